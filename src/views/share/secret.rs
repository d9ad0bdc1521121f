//! Putting the link behind a passphrase. Sealing takes an eighth of a second, so that only what was typed last is sealed, once
//! the typing pauses. Refused: to keep the passphrase longer than the dialog is open.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::fault::grouped;
use super::super::parts::Show;
use super::{Done, Offer, Sending};
use crate::edge::address;
use crate::edge::seal::MIN_CHARS;
use crate::i18n::use_words;
use crate::live::{Held, follow};
use crate::{say, text};

/// As long as between two keys.
const PAUSE: Duration = Duration::from_millis(400);

/// What became of the passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seal {
    /// The plan goes as it is.
    Off,
    /// So many characters, which are too few.
    Short(usize),
    Busy,
    /// The link of the sealed plan.
    Ready(String),
    Refused,
}

#[component]
pub fn Secret(sending: Sending) -> impl IntoView {
    let words = use_words();
    let (is_on, typed) = (Held::new(false), Held::new(String::new()));
    seal_what_is_typed(sending, is_on, typed);
    let said = move || match sending.seal.get() {
        Seal::Off => String::new(),
        Seal::Short(0) => say!(words, seal.add_hint, least = MIN_CHARS).into_owned(),
        Seal::Short(count) => say!(words, seal.too_short, count = count, least = MIN_CHARS).into_owned(),
        Seal::Busy => say!(words, seal.sealing).into_owned(),
        Seal::Ready(link) => say!(words, seal.sealed, length = grouped(link.chars().count())).into_owned(),
        Seal::Refused => say!(words, seal.refused).into_owned(),
    };
    view! {
        <div class="secret">
            <label class="secret__on">
                <input type="checkbox" prop:checked=move || is_on.get()
                    on:change:target=move |event| is_on.set(event.target().checked())/>
                <span>{text!(words, seal.add)}</span>
            </label>
            <Show when=move || is_on.get()>
                <input class="field__input secret__field" type="text" autocomplete="off" spellcheck="false"
                    aria-label=text!(words, seal.passphrase) aria-describedby="secret-said" prop:value=typed.get_untracked()
                    on:input:target=move |event| typed.set(event.target().value())/>
            </Show>
            <p class="field__hint" id="secret-said" role="status">{move || said()}</p>
        </div>
    }
}

fn seal_what_is_typed(sending: Sending, is_on: Held<bool>, typed: Held<String>) {
    let last = StoredValue::new(0_u64);
    follow(move || {
        let (is_on, typed, offer) = (is_on.get(), typed.get(), sending.offer.get());
        last.update_value(|it| *it += 1);
        let this = last.get_value();
        // The dialog may be closed by then, and its values gone.
        let is_last = move || last.try_get_value() == Some(this);
        let count = typed.chars().count();
        // What was copied before is not what goes out now.
        sending.done.set(Done::Nothing);
        sending.seal.set(match () {
            () if !is_on => Seal::Off,
            () if count < MIN_CHARS => Seal::Short(count),
            () => Seal::Busy,
        });
        if is_on && MIN_CHARS <= count {
            set_timeout(move || seal(sending, offer, typed, is_last), PAUSE);
        }
    });
}

fn seal(sending: Sending, offer: Offer, passphrase: String, is_last: impl Fn() -> bool + 'static) {
    spawn_local(async move {
        if !is_last() {
            return;
        }
        let link = offer.sealed(&passphrase).await;
        if is_last() {
            let ready = link.map(|it| Seal::Ready(format!("{}#{it}", address::page())));
            sending.seal.set(ready.unwrap_or(Seal::Refused));
        }
    });
}
