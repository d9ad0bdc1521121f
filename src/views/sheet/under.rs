//! What stands under a sheet: what was found, and the same figures as pictures.
//!
//! A part of the page: it is downloaded after the sheet (`later`).

use leptos::prelude::*;

use super::super::chart::{CarrierChart, YearChart};
use super::super::finding::Findings;
use super::super::parts::Show;
use super::super::settle::provide_trailing;
use super::state::SheetState;
use crate::plan::Dimension;

#[component]
pub fn UnderSheet() -> impl IntoView {
    let pair = expect_context::<SheetState>().pair;
    provide_trailing();
    let is_over_time = pair.columns() == Dimension::Time;
    view! {
        <Findings/>
        <div class="charts">
            <Show when=move || is_over_time>
                <YearChart/>
            </Show>
            <CarrierChart dimension=pair.rows()/>
        </div>
    }
}
