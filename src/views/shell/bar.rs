use leptos::prelude::*;

#[component]
pub fn Bar() -> impl IntoView {}
