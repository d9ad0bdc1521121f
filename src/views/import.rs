//! A pasted or dropped table becomes the organisation of a plan: what each column is, and what comes of it, before
//! anything changes.

use leptos::prelude::*;

#[component]
pub fn ImportDialog() -> impl IntoView {}
