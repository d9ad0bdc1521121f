//! Says that a newer version of the page lies ready, and takes it when somebody wants it.

use leptos::prelude::*;

use super::super::parts::{Look, Show, button};
use crate::edge::update;
use crate::i18n::use_words;
use crate::live::Held;
use crate::text;

#[component]
pub fn UpdateBanner() -> impl IntoView {
    let words = use_words();
    let is_ready = Held::new(false);
    // Without a window there is no newer version either.
    _ = update::on_ready(move || is_ready.set(true));
    view! {
        <Show when=move || is_ready.get()>
            <section class="banner" aria-label=text!(words, shell.newer)>
                <div class="banner__text" role="status">
                    <p>{text!(words, shell.newer)}</p>
                </div>
                <div class="banner__ways">
                    {button(Look::Primary, text!(words, shell.newer_take), || _ = update::take())}
                    {button(Look::Plain, text!(words, shell.newer_later), move || is_ready.set(false))}
                </div>
            </section>
        </Show>
    }
}
