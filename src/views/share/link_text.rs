//! The link itself: to be copied by a click, or by hand where the page may not.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::fault::grouped;
use super::Done;
use super::light::Light;
use crate::edge::clipboard;
use crate::i18n::use_words;
use crate::live::Held;
use crate::{say, text};

#[component]
pub fn LinkText(link: String, done: Held<Done>) -> impl IntoView {
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
            done.set(if copied { Done::Copied } else { Done::ByHand });
        });
    };
    view! {
        <div class="field">
            <label class="field__label" for="share-link">{text!(words, share.link)}</label>
            <textarea class="field__input share__link" id="share-link" node_ref=field readonly=true rows="4"
                spellcheck="false" aria-describedby="share-hint share-length" prop:value=link
                on:focus=move |_| select()></textarea>
            <p class="field__hint" id="share-hint">{text!(words, share.link_hint)}</p>
        </div>
        <div class="share__row">
            <p class=light.class() id="share-length">
                <span class="light__length">{move || say!(words, share.length, length = grouped(chars))}</span>
                <span>{move || light.word(words)}</span>
            </p>
            <button type="button" class="button button--primary" autofocus=true on:click=copy>
                {text!(words, share.copy)}
            </button>
        </div>
    }
}
