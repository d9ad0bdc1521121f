//! From leads to orders to cash: the stages, where leads come from and whose they are, whether they suffice month by month,
//! how they fared in earlier years, what counts as a lead, what everybody does each week for it, and which day of the week is the best.
//!
//! Nothing is worked out here: every figure is the engine's.

mod lead;
mod months;
mod past;
mod source;
mod stage;
mod territory;
mod uplift;
mod week;

use leptos::prelude::*;

use super::chart::{Of, ReachChart};
use super::finding::Findings;
use super::parts::Show;
use crate::i18n::use_words;
use crate::live::Derived;
use crate::session::Session;
use crate::text;

#[component]
pub fn FunnelPage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let is_there = Derived::new(move || session.outcome().flow.is_some());
    view! {
        <h1>{text!(words, funnel.page)}</h1>
        <p class="sub">{text!(words, funnel.sub)}</p>
        <div class="reach">
            {months::says()}
            <Show when=move || is_there.get()>
                <div class="reach__wide"><ReachChart of=Of::Funnel/></div>
            </Show>
            {stage::stages_card()}
            {source::sources_card()}
            {territory::territories_card()}
            {months::months_card()}
            {past::past_card()}
            {uplift::uplift_card()}
            {lead::pipeline_card()}
            {lead::lead_card()}
            {lead::activities_card()}
            {week::week_card()}
        </div>
        <Findings/>
    }
}
