//! A button that lets the user pick a file.

use leptos::html;
use leptos::prelude::*;

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
    let field = NodeRef::<html::Input>::new();
    let open = move |_| {
        if let Some(field) = field.get_untracked() {
            field.click();
        }
    };
    let take = move |_| {
        let Some(field) = field.get_untracked() else { return };
        if let Some(file) = field.files().and_then(|it| it.get(0)) {
            intake.take(file);
        }
        // So that the same file can be picked again.
        field.set_value("");
    };
    let inside = match children {
        Some(children) => children(),
        None => view! { {text!(words, start.file)} }.into_any(),
    };
    view! {
        <button type="button" class=class on:click=open>{inside}</button>
        <input type="file" hidden node_ref=field accept=".json,.csv,.tsv,.txt,application/json,text/csv,text/plain"
            aria-label=text!(words, start.file) on:change=take/>
    }
}
