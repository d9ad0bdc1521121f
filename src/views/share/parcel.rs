//! What goes out, to be looked at: the link or the message as text, the link as a code for cameras, or a file.

use leptos::prelude::*;
use web_sys::HtmlTextAreaElement;
use web_sys::wasm_bindgen::JsCast;

use super::code::Code;
use super::files::Files;
use super::light::Light;
use super::{Sending, Way};
use crate::i18n::use_words;
use crate::live::Derived;
use crate::{say, text};

/// The field that what is copied stands in.
const FIELD: &str = "share-link";

#[component]
pub fn Parcel(sending: Sending) -> impl IntoView {
    let words = use_words();
    let way = sending.way;
    let light = Derived::new(move || Light::of(sending.link().map(|it| it.chars().count())));
    let is_waiting = Derived::new(move || sending.is_sealed() && sending.link().is_none());
    let link = Derived::new(move || sending.link().unwrap_or_default());
    move || match (way.get(), is_waiting.get(), light.get()) {
        (Way::File, ..) => view! { <Files sending/> }.into_any(),
        (_, true, _) => view! { <p class="muted">{text!(words, seal.type_first)}</p> }.into_any(),
        (_, _, Light::None) => view! { <Reach light/> }.into_any(),
        (Way::Code, ..) => view! { <Code link/> }.into_any(),
        (Way::Link | Way::Message, ..) => view! { <TextParcel sending/> <Reach light/> }.into_any(),
    }
}

#[component]
fn TextParcel(sending: Sending) -> impl IntoView {
    let words = use_words();
    let is_link = move || sending.way.get() == Way::Link;
    let text = move || if is_link() { sending.link() } else { sending.message(words) }.unwrap_or_default();
    let label = move || if is_link() { say!(words, share.link) } else { say!(words, share.message) };
    let hint = move || if is_link() { say!(words, share.link_hint) } else { say!(words, share.message_hint) };
    view! {
        <div class="field">
            <label class="field__label" for=FIELD>{move || label()}</label>
            <textarea class="field__input share__link" class:share__link--message=move || !is_link() id=FIELD
                readonly=true rows="4" spellcheck="false" aria-describedby="share-hint share-reach"
                prop:value=move || text() on:focus=move |_| select()></textarea>
            <p class="field__hint" id="share-hint">{move || hint()}</p>
        </div>
    }
}

/// Selects what is to be copied by hand.
pub fn select() {
    let field = document().get_element_by_id(FIELD).and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
    if let Some(field) = field {
        // Without focus the selection would not show.
        _ = field.focus();
        field.select();
    }
}

/// How far the link gets.
#[component]
fn Reach(light: Derived<Light>) -> impl IntoView {
    let words = use_words();
    view! { <p class=move || light.get().class() id="share-reach">{move || light.get().word(words)}</p> }
}
