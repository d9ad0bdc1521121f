//! Sending a plan, and looking at one that was sent.

use leptos::prelude::*;

/// Says that what is shown came by a link and is not kept.
#[component]
pub fn PreviewBanner() -> impl IntoView {}

/// The link of the plan, its length, and who can read it.
#[component]
pub fn ShareDialog() -> impl IntoView {}
