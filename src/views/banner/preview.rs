//! Says that what is shown came by a link and is not kept.

use leptos::prelude::*;

use super::super::later::{self, Besides};
use super::super::library::Library;
use super::super::parts::{Look, Show, button};
use crate::i18n::use_words;
use crate::session::Session;
use crate::text;

#[component]
pub fn PreviewBanner() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let session = expect_context::<Session>();
    view! {
        <Show when=move || library.is_preview()>
            <section class="banner banner--preview" aria-label=text!(words, share.preview)>
                <div class="banner__text" role="status">
                    <p class="banner__title">
                        {text!(words, share.preview)} " · " {move || session.plan().title.clone()}
                    </p>
                    <p>{text!(words, share.preview_text)}</p>
                </div>
                <div class="banner__ways">
                    {button(Look::Primary, text!(words, share.take), move || library.take_preview())}
                    <Besides part=later::merging/>
                    {button(Look::Plain, text!(words, share.close), move || library.close_preview())}
                </div>
            </section>
        </Show>
    }
}
