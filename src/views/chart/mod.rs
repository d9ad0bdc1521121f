//! Pictures, each with a title that states the point, a text alternative, and its table one key away.

use leptos::prelude::*;

/// The year by month.
#[component]
pub fn YearChart() -> impl IntoView {}

/// Who carries how much.
#[component]
pub fn CarrierChart(dimension: crate::plan::Dimension) -> impl IntoView {
    _ = dimension;
}
