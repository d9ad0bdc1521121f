//! What stands under a sheet: what was found, the same figures as pictures, and the whole of it where it is printed.
//!
//! A part of the page: it is downloaded after the sheet (`later`).

use leptos::prelude::*;

use super::super::chart::Depth;
use super::super::finding::Findings;
use super::super::later::{self, Later};
use super::super::settle::provide_trailing;
use super::printed::PrintedSheet;
use super::state::SheetState;
use crate::live::Derived;

#[component]
pub fn UnderSheet() -> impl IntoView {
    let state = expect_context::<SheetState>();
    provide_context(Depth(Derived::new(move || state.unfolded.with(|it| it.depth))));
    provide_trailing();
    view! {
        <PrintedSheet/>
        <Findings/>
        <Later part=later::pictures/>
    }
}
