//! Says that what is shown came by a link and is not kept.

use leptos::prelude::*;

use super::super::library::Library;
use super::super::parts::Show;
use crate::i18n::use_words;
use crate::say;
use crate::session::Session;

#[component]
pub fn PreviewBanner() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let session = expect_context::<Session>();
    view! {
        <Show when=move || library.is_preview()>
            <section class="banner banner--preview" aria-label=move || say!(words, share.preview)>
                <div class="banner__text" role="status">
                    <p class="banner__title">
                        {move || say!(words, share.preview)} " · " {move || session.plan().title.clone()}
                    </p>
                    <p>{move || say!(words, share.preview_text)}</p>
                </div>
                <div class="banner__ways">
                    <button type="button" class="button button--primary" on:click=move |_| library.take_preview()>
                        {move || say!(words, share.take)}
                    </button>
                    <button type="button" class="button" on:click=move |_| library.close_preview()>
                        {move || say!(words, share.close)}
                    </button>
                </div>
            </section>
        </Show>
    }
}
