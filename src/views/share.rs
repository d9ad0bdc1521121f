//! Sending a plan: its link, how long that is and where it gets through, who can read it, and the file instead.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::Dialogs;
use super::fault::grouped;
use super::library::Library;
use crate::edge::{address, clipboard, plan_link};
use crate::i18n::{Words, use_words};
use crate::say;
use crate::session::Session;

/// How far a link of some length gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Light {
    Green,
    Yellow,
    Orange,
    Red,
}

impl Light {
    /// The lengths at which programs are known to cut.
    fn of(chars: usize) -> Light {
        match chars {
            0..=2_000 => Light::Green,
            2_001..=4_000 => Light::Yellow,
            4_001..=8_000 => Light::Orange,
            _ => Light::Red,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Light::Green => "light light--green",
            Light::Yellow => "light light--yellow",
            Light::Orange => "light light--orange",
            Light::Red => "light light--red",
        }
    }

    fn word(self, words: Words) -> String {
        match self {
            Light::Green => say!(words, share.green),
            Light::Yellow => say!(words, share.yellow),
            Light::Orange => say!(words, share.orange),
            Light::Red => say!(words, share.red),
        }
        .into_owned()
    }
}

/// What the dialog says of the last thing that the user did in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Nothing,
    Copied,
    /// The browser would not: the text is selected.
    ByHand,
    FileRefused,
}

/// The link of the plan, its length, and who can read it.
#[component]
pub fn ShareDialog() -> impl IntoView {
    let words = use_words();
    let dialogs = expect_context::<Dialogs>();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (dialogs.share.get(), dialog.open()) {
            // It is in the page and not open yet: there is nothing to refuse.
            (true, false) => _ = dialog.show_modal(),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let close = move || dialogs.share.set(false);
    view! {
        <dialog class="dialog share" node_ref=dialog aria-labelledby="share-title" on:close=move |_| close()>
            <div class="dialog__head">
                <h2 class="dialog__title" id="share-title">{move || say!(words, share.title)}</h2>
                <span class="grow"></span>
                <button type="button" class="button button--ghost" on:click=move |_| close()>
                    {move || say!(words, share.close)}
                </button>
            </div>
            <Show when=move || dialogs.share.get()>
                <ShareBody/>
            </Show>
        </dialog>
    }
}

/// Made anew each time the dialog opens, so that nothing is packed that nobody sends.
#[component]
fn ShareBody() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let library = expect_context::<Library>();
    let done = RwSignal::new(Done::Nothing);
    let link = plan_link::write(&session.plan_untracked()).ok().map(|it| format!("{}#{it}", address::page()));
    let save = move |_| {
        if !library.save_file() {
            done.set(Done::FileRefused);
        }
    };
    let said = move || match done.get() {
        Done::Nothing => String::new(),
        Done::Copied => say!(words, share.copied).into_owned(),
        Done::ByHand => say!(words, share.by_hand).into_owned(),
        Done::FileRefused => say!(words, share.file_refused).into_owned(),
    };
    let body = match link {
        Some(link) => view! { <LinkText link done/> }.into_any(),
        None => view! { <p>{move || say!(words, share.too_large)}</p> }.into_any(),
    };
    view! {
        <div class="dialog__body">
            {body}
            <p class="share__warning">{move || say!(words, share.warning)}</p>
        </div>
        <div class="dialog__foot">
            <p class="share__said" role="status">{said}</p>
            <button type="button" class="button" on:click=save>{move || say!(words, share.save_file)}</button>
        </div>
    }
}

#[component]
fn LinkText(link: String, done: RwSignal<Done>) -> impl IntoView {
    let words = use_words();
    let field = NodeRef::<html::Textarea>::new();
    let chars = link.chars().count();
    let light = Light::of(chars);
    let text = link.clone();
    let select = move || {
        if let Some(field) = field.get_untracked() {
            // Without focus the selection would not show.
            _ = field.focus();
            field.select();
        }
    };
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let copied = clipboard::copy(&text).await;
            if !copied {
                select();
            }
            // The dialog may be closed by now.
            _ = done.try_set(if copied { Done::Copied } else { Done::ByHand });
        });
    };
    view! {
        <div class="field">
            <label class="field__label" for="share-link">{move || say!(words, share.link)}</label>
            <textarea class="field__input share__link" id="share-link" node_ref=field readonly=true rows="4"
                spellcheck="false" aria-describedby="share-hint share-length" prop:value=link
                on:focus=move |_| select()></textarea>
            <p class="field__hint" id="share-hint">{move || say!(words, share.link_hint)}</p>
        </div>
        <div class="share__row">
            <p class=light.class() id="share-length">
                <span class="light__length">{move || say!(words, share.length, length = grouped(chars))}</span>
                <span>{move || light.word(words)}</span>
            </p>
            <button type="button" class="button button--primary" autofocus=true on:click=copy>
                {move || say!(words, share.copy)}
            </button>
        </div>
    }
}
