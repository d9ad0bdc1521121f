//! Seven questions that a target has to stand up to (S3-01), answered by the plan itself.

use leptos::prelude::*;

use super::super::parts::CollectAny;
use super::super::settle::trailing;
use crate::i18n::{Words, use_words};
use crate::live::Derived;
use crate::results::goal::{Check, checks};
use crate::{say, text};

pub fn checks_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let answers = Derived::new(move || checks(&session.plan(), &session.outcome()));
    let found = move || {
        let found = answers.with(|it| it.iter().filter(|(_, is_so)| *is_so == Some(true)).count());
        say!(words, goal.checks_found, count = found)
    };
    let row = move |(check, is_so): (Check, Option<bool>)| {
        let sign = match is_so {
            Some(true) => "✓",
            Some(false) => "✗",
            None => "?",
        };
        let advice = (is_so != Some(true)).then(|| advice(words, check, is_so));
        view! {
            <li class:bad=is_so == Some(false)>
                <span class="goal__sign">{sign}</span>
                <span>{name(words, check)}{advice.map(|it| view! { <span class="field__hint">{it}</span> })}</span>
            </li>
        }
    };
    view! {
        <section class="card reach__wide" aria-labelledby="goal-checks">
            <div class="card__bar">
                <h2 class="card__title" id="goal-checks">{text!(words, goal.checks)}</h2>
                <span class="muted" role="status">{move || found()}</span>
            </div>
            <div class="card__body">
                <ul class="goal__checks">{move || answers.get().into_iter().map(row).collect_any()}</ul>
            </div>
        </section>
    }
    .into_any()
}

fn name(words: Words, check: Check) -> String {
    match check {
        Check::Clear => say!(words, goal.check_clear),
        Check::Specific => say!(words, goal.check_specific),
        Check::Feasible => say!(words, goal.check_feasible),
        Check::Challenging => say!(words, goal.check_challenging),
        Check::Consistent => say!(words, goal.check_consistent),
        Check::Measurable => say!(words, goal.check_measurable),
        Check::Flexible => say!(words, goal.check_flexible),
    }
    .into_owned()
}

/// What would make it so, or what has to be known to say.
fn advice(words: Words, check: Check, is_so: Option<bool>) -> String {
    match (check, is_so) {
        (Check::Clear, _) => say!(words, goal.check_clear_how),
        (Check::Specific, _) => say!(words, goal.check_specific_how),
        (Check::Feasible, None) => say!(words, goal.check_feasible_unknown),
        (Check::Feasible, _) => say!(words, goal.check_feasible_how),
        (Check::Challenging, None) => say!(words, goal.check_challenging_unknown),
        (Check::Challenging, _) => say!(words, goal.check_challenging_how),
        (Check::Consistent, _) => say!(words, goal.check_consistent_how),
        (Check::Measurable, _) => say!(words, goal.check_measurable_how),
        (Check::Flexible, _) => say!(words, goal.check_flexible_how),
    }
    .into_owned()
}
