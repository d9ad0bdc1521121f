//! A button that lets the user pick a file, of whatever kind the page can open.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::parts::FileButton;
use super::intake::Intake;
use crate::i18n::use_words;
use crate::text;

#[component]
pub fn PickFile(
    class: &'static str,
    /// What the button says, where that is more than its name.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = use_words();
    let intake = Intake::in_context();
    let inside = match children {
        Some(children) => children(),
        None => view! { {text!(words, start.file)} }.into_any(),
    };
    view! {
        <FileButton class accept=".json,.xlsx,.csv,.tsv,.txt,application/json,text/csv,text/plain" name=text!(words, start.file)
            take=Arc::new(move |file| intake.take(file))>
            {inside}
        </FileButton>
    }
}
