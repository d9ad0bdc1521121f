//! Says that another tab changed or deleted the open plan. Nothing is written over either version.

use leptos::prelude::*;

use super::super::library::{Elsewhere, Library};
use super::super::parts::{Look, Show, button};
use crate::i18n::use_words;
use crate::{say, text};

#[component]
pub fn ElsewhereBanner() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let text = move || {
        library.elsewhere().map(|it| match it {
            Elsewhere::Changed => say!(words, share.changed),
            Elsewhere::Deleted => say!(words, share.deleted),
            Elsewhere::Newer => say!(words, store.newer_elsewhere),
        })
    };
    let save = move || _ = library.save_file();
    view! {
        <Show when=move || library.elsewhere().is_some()>
            <section class="banner banner--warn" aria-label=text!(words, share.elsewhere)>
                <div class="banner__text" role="alert">
                    <p>{move || text()}</p>
                </div>
                <div class="banner__ways">
                    <Show when=move || library.elsewhere() == Some(Elsewhere::Changed)>
                        {button(Look::Primary, text!(words, share.show_theirs), move || library.show_theirs())}
                    </Show>
                    <Show
                        when=move || library.elsewhere() == Some(Elsewhere::Newer)
                        fallback=move || view! { {button(Look::Plain, text!(words, share.fork), move || library.fork())} }
                    >
                        {button(Look::Plain, text!(words, share.save_file), save)}
                        {button(Look::Primary, text!(words, store.reload), || _ = window().location().reload())}
                    </Show>
                </div>
            </section>
        </Show>
    }
}
