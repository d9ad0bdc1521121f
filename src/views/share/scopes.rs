//! How much of the plan goes along: one choice of a few, each with the length of its link and how far that gets.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::fault::grouped;
use super::super::parts::CollectAny;
use super::light::Light;
use super::offer::Offer;
use super::{Sending, scope_words};
use crate::i18n::use_words;
use crate::{say, text};

#[component]
pub fn Scopes(offers: Arc<[Offer]>, sending: Sending) -> impl IntoView {
    let words = use_words();
    let rows = offers.iter().map(|it| row(it, sending)).collect_any();
    view! {
        <fieldset class="scopes">
            <legend class="field__label">{text!(words, share.what)}</legend>
            {rows}
        </fieldset>
    }
}

fn row(offer: &Offer, sending: Sending) -> AnyView {
    let words = use_words();
    let (scope, chars) = (offer.scope, offer.chars());
    let [name, hint] = scope_words(scope);
    let length = move || match chars {
        Some(chars) => say!(words, share.length, length = grouped(chars)),
        None => say!(words, share.no_link),
    };
    view! {
        <label class="scope">
            <input type="radio" name="share-scope" prop:checked=move || sending.scope.get() == scope
                on:change=move |_| sending.choose_scope(scope)/>
            <span class="scope__text">
                <span class="scope__name">{name}</span>
                <span class="scope__hint">{hint}</span>
            </span>
            <span class=Light::of(chars).class()><span class="light__length">{move || length()}</span></span>
        </label>
    }
    .into_any()
}
