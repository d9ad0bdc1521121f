//! The target and its grounds.

use leptos::prelude::*;

#[component]
pub fn GoalPage() -> impl IntoView {}
