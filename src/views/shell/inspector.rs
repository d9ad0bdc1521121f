use leptos::prelude::*;

#[component]
pub fn Inspector() -> impl IntoView {}
