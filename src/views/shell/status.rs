//! The line at the foot: how many sums were added up again, and whether they hold; locks; what was found.

use leptos::prelude::*;

use super::super::app::Chosen;
use super::super::library::Library;
use super::super::parts::Show;
use super::super::settle::trailing;
use crate::engine::Severity;
use crate::i18n::use_words;
use crate::plan::Unit;
use crate::results::sheet::locks;
use crate::{say, text};

#[component]
pub fn Status() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let session = trailing();
    let chosen = expect_context::<Chosen>();
    let sums = move || {
        let outcome = session.outcome();
        let checked = outcome.sums.checked;
        let broken = outcome.sums.broken.len();
        match (broken, &session.plan().unit) {
            (0, Unit::Money(code)) if code == "CNY" => say!(words, shell.sums_hold_yuan, count = checked),
            (0, _) => say!(words, shell.sums_hold, count = checked),
            _ => say!(words, shell.sums_broken, count = checked, broken = broken),
        }
    };
    let hold = move || session.outcome().sums.hold();
    let count = move |wanted: fn(Severity) -> bool| {
        session.outcome().findings.iter().filter(|it| wanted(it.severity())).count()
    };
    let errors = move || count(|it| it == Severity::Error);
    let warnings = move || count(|it| it == Severity::Warning);
    let locked = move || locks(&session.plan());
    view! {
        <footer class="status">
            <Show when=move || library.is_open() fallback=move || view! { <span>{text!(words, shell.local)}</span> }>
                <span class="status__sums" class:good=move || hold() class:bad=move || !hold() role="status">
                    {move || if hold() { "✓ " } else { "✕ " }} {move || sums()}
                </span>
                <Show when=move || { 0 < locked() }>
                    <span>{move || say!(words, shell.locked, count = locked())}</span>
                </Show>
                <Show when=move || { 0 < errors() }>
                    <a class="bad" href="#findings" on:click=to_findings>"✕ " {move || say!(words, shell.errors, count = errors())}</a>
                </Show>
                <Show when=move || { 0 < warnings() }>
                    <a class="warn" href="#findings" on:click=to_findings>"▲ " {move || say!(words, shell.warnings, count = warnings())}</a>
                </Show>
                <span class="grow"></span>
                <span class="status__chosen" aria-live="polite">{move || chosen.0.get()}</span>
                <span class="status__keys muted">{text!(words, shell.keys)}</span>
            </Show>
        </footer>
    }
}

/// The address says where the user is, so that a jump inside the page leaves it alone.
fn to_findings(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    if let Some(findings) = document().get_element_by_id("findings") {
        findings.scroll_into_view();
    }
}
