//! The first screen: templates, the plans on this machine, a file, a table, a link.

use leptos::prelude::*;

use super::library::Library;
use crate::plan::template::{Language, Template};

#[component]
pub fn StartPage() -> impl IntoView {
    let library = expect_context::<Library>();
    Template::ALL
        .map(|template| {
            view! { <button on:click=move |_| library.create(template.plan(Language::Zh, 2027))>{template.id()}</button> }
        })
        .into_iter()
        .collect_view()
}
