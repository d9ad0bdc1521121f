//! The sheet of two crossing trees.

use leptos::prelude::*;

use crate::plan::Pair;

#[component]
pub fn SheetPage(pair: Pair) -> impl IntoView {
    _ = pair;
}
