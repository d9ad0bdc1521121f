use leptos::prelude::*;

#[component]
pub fn Rail() -> impl IntoView {}
