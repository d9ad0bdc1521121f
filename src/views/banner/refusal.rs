//! Says that storage would not take a plan, and how it is not lost.

use leptos::prelude::*;

use super::super::fault;
use super::super::library::{Library, Saved};
use super::super::notice::{Notice, Notices};
use super::super::parts::Show;
use crate::i18n::use_words;
use crate::say;

#[component]
pub fn RefusalBanner() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let notices = expect_context::<Notices>();
    let reason = move || library.refusal().map(|it| fault::of_store(words, it));
    let save = move |_| {
        if !library.save_file() {
            notices.say(Notice::Problem(untrack(|| say!(words, share.file_refused)).into_owned()));
        }
    };
    view! {
        <Show when=move || library.refusal().is_some()>
            <section class="banner banner--bad" aria-label=move || say!(words, error.store_title)>
                <div class="banner__text" role="alert">
                    <p class="banner__title">{move || say!(words, error.store_title)}</p>
                    <p>{move || reason()}</p>
                </div>
                <div class="banner__ways">
                    <Show when=move || library.saved() == Saved::Failed>
                        <button type="button" class="button" on:click=save>
                            {move || say!(words, share.save_file)}
                        </button>
                    </Show>
                    <button type="button" class="button" on:click=move |_| library.try_again()>
                        {move || say!(words, share.try_again)}
                    </button>
                </div>
            </section>
        </Show>
    }
}
