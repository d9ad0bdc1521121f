//! Says that storage would not take a plan, and how it is not lost: as a file, or by a link that goes out.

use leptos::prelude::*;

use super::super::app::Dialogs;
use super::super::fault;
use super::super::library::{Library, Saved};
use super::super::notice::{Notice, Notices};
use super::super::parts::{Look, Show, button};
use crate::i18n::use_words;
use crate::{say, text};

#[component]
pub fn RefusalBanner() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let notices = expect_context::<Notices>();
    let dialogs = expect_context::<Dialogs>();
    let reason = move || library.refusal().map(|it| fault::of_store(words, it));
    let save = move || {
        if !library.save_file() {
            notices.say(Notice::Problem(untrack(|| say!(words, share.file_refused)).into_owned()));
        }
    };
    view! {
        <Show when=move || library.refusal().is_some()>
            <section class="banner banner--bad" aria-label=text!(words, error.store_title)>
                <div class="banner__text" role="alert">
                    <p class="banner__title">{text!(words, error.store_title)}</p>
                    <p>{move || reason()}</p>
                </div>
                <div class="banner__ways">
                    <Show when=move || library.saved() == Saved::Failed>
                        {button(Look::Plain, text!(words, share.save_file), save)}
                        {button(Look::Plain, text!(words, shell.share), move || dialogs.share.set(true))}
                    </Show>
                    {button(Look::Plain, text!(words, share.try_again), move || library.try_again())}
                </div>
            </section>
        </Show>
    }
}
