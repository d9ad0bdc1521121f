//! Who brings the target: levels, people, what they can bring by month, whom to hire for what is missing, and which mix of
//! levels carries it.
//!
//! Nothing is worked out here: every figure is the engine's.

mod able;
mod crew;
mod hire;
mod level;

use leptos::prelude::*;

use super::finding::Findings;
use super::lines::{Say, field};
use super::notice::Notices;
use crate::i18n::use_words;
use crate::live::Derived;
use crate::plan::{CapacityField, Edit, FunnelField};
use crate::session::{Access, Session};
use crate::text;

#[component]
pub fn CapacityPage() -> impl IntoView {
    let words = use_words();
    view! {
        <h1>{text!(words, capacity.page)}</h1>
        <p class="sub">{text!(words, capacity.sub)}</p>
        <div class="reach">
            {able::able_card()}
            {level::levels()}
            <section class="card reach__wide" aria-labelledby="capacity-rules">
                <div class="card__bar"><h2 class="card__title" id="capacity-rules">{text!(words, capacity.rules)}</h2></div>
                <div class="card__body reach__fields reach__fields--beside">
                    {field("capacity-order", text!(words, capacity.order_value), Some(text!(words, capacity.order_value_hint)), Say::Price(
                        |plan| plan.funnel.order_value,
                        |_, value| Edit::Funnel(FunnelField::OrderValue(value)),
                    ))}
                    {caps()}
                </div>
            </section>
            {crew::crews()}
            {able::by_node()}
            {hire::hire_card()}
            {hire::mix_card()}
        </div>
        <Findings/>
    }
}

/// Whether people bound what they are given.
fn caps() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let is_cap = Derived::new(move || session.plan().capacity.is_cap);
    view! {
        <label class="reach__check">
            <input type="checkbox" disabled=move || session.access() == Access::Preview prop:checked=move || is_cap.get()
                on:change:target=move |event| {
                    notices.heed(session.edit(Edit::Capacity(CapacityField::IsCap(event.target().checked()))));
                }/>
            <span>{text!(words, capacity.is_cap)}</span>
            <span class="field__hint">{text!(words, capacity.is_cap_hint)}</span>
        </label>
    }
    .into_any()
}
