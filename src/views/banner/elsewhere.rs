//! Says that another tab changed or deleted the open plan. Nothing is written over either version.

use leptos::prelude::*;

use super::super::library::{Elsewhere, Library};
use super::super::parts::Show;
use crate::i18n::use_words;
use crate::say;

#[component]
pub fn ElsewhereBanner() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let text = move || {
        library.elsewhere().map(|it| match it {
            Elsewhere::Changed => say!(words, share.changed),
            Elsewhere::Deleted => say!(words, share.deleted),
        })
    };
    view! {
        <Show when=move || library.elsewhere().is_some()>
            <section class="banner banner--warn" aria-label=move || say!(words, share.elsewhere)>
                <div class="banner__text" role="alert">
                    <p>{move || text()}</p>
                </div>
                <div class="banner__ways">
                    <Show when=move || library.elsewhere() == Some(Elsewhere::Changed)>
                        <button type="button" class="button button--primary" on:click=move |_| library.show_theirs()>
                            {move || say!(words, share.show_theirs)}
                        </button>
                    </Show>
                    <button type="button" class="button" on:click=move |_| library.fork()>
                        {move || say!(words, share.fork)}
                    </button>
                </div>
            </section>
        </Show>
    }
}
