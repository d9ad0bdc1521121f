//! What the table does not say of itself: the currency, what its numbers are counted in, by what the target is divided,
//! what an empty cell means, and the target.

use leptos::prelude::*;

use super::super::parts::{CollectAny, Show};
use super::draft::Draft;
use super::words;
use crate::amount::Scale;
use crate::edge::import::methods;
use crate::edge::table::Role;
use crate::i18n::{Text, use_words};
use crate::live::Derived;
use crate::plan::{Method, Unit};
use crate::session::Session;
use crate::views::finding::unreadable;
use crate::views::name;
use crate::{say, text};

const CURRENCIES: [&str; 12] = ["CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "KRW", "AUD", "CAD", "INR"];

#[component]
pub fn ChoiceFields(draft: Draft) -> impl IntoView {
    let has_amounts =
        Derived::new(move || draft.roles.with(|it| it.iter().any(|it| matches!(it, Role::LastYear | Role::Target))));
    let has_choice = Derived::new(move || draft.roles.with(|it| 1 < methods(it).len()));
    let has_gaps = Derived::new(move || {
        let Ok(table) = draft.table.get() else { return false };
        let levels: Vec<usize> =
            draft.roles.with(|it| (0..it.len()).filter(|at| it.get(*at) == Some(&Role::Level)).collect());
        let is_blank = |row: &Vec<String>| levels.iter().any(|at| row.get(*at).is_none_or(String::is_empty));
        table.sheet.rows.iter().any(is_blank)
    });
    view! {
        <div class="import__fields">
            <UnitField draft/>
            <Show when=move || has_amounts.get()><ScaleField draft/></Show>
            <Show when=move || has_choice.get()><MethodField draft/></Show>
            <TargetField draft/>
        </div>
        <Show when=move || has_gaps.get()><GapsField draft/></Show>
    }
}

/// One choice of a field: its word, and whether it is in force.
fn option(position: usize, word: String, is_chosen: bool) -> impl IntoView {
    view! { <option value=position.to_string() prop:selected=is_chosen selected=is_chosen>{word}</option> }
}

/// A field with a few choices. What is chosen is told by its place among them.
fn choice(
    label: Text,
    options: impl Fn() -> Vec<AnyView> + Send + 'static,
    choose: impl Fn(Option<usize>) + 'static,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <select class="field__input" on:change:target=move |event| choose(event.target().value().parse().ok())>
                {move || options()}
            </select>
        </label>
    }
}

#[component]
fn UnitField(draft: Draft) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let units = Derived::new(move || {
        let mut units: Vec<Unit> = CURRENCIES.iter().map(|code| Unit::Money((*code).to_owned())).collect();
        units.push(Unit::Count(say!(words, table.pieces).into_owned()));
        // The plan that is open and the table may be in another one.
        for unit in [session.plan().unit.clone(), draft.unit.get()] {
            if !units.contains(&unit) {
                units.insert(0, unit);
            }
        }
        units
    });
    let options = move || {
        let chosen = draft.unit.get();
        let units = units.get().into_iter().enumerate();
        units.map(|(at, unit)| option(at, words::unit(words, &unit), unit == chosen)).collect_any()
    };
    let choose = move |position: Option<usize>| {
        let unit = position.and_then(|at| units.with_untracked(|it| it.get(at).cloned()));
        draft.choices.update(|it| it.unit = unit);
    };
    choice(text!(words, table.unit), options, choose)
}

#[component]
fn ScaleField(draft: Draft) -> impl IntoView {
    let words = use_words();
    let options = move || {
        let (chosen, sample) = (draft.scale.get(), draft.sample());
        let scales = Scale::ALL.into_iter().enumerate();
        scales.map(|(at, scale)| option(at, name::unit(words, &sample, scale), scale == chosen)).collect_any()
    };
    let choose = move |position: Option<usize>| {
        let scale = position.and_then(|at| Scale::ALL.get(at).copied());
        draft.choices.update(|it| it.scale = scale);
    };
    choice(text!(words, table.scale), options, choose)
}

#[component]
fn MethodField(draft: Draft) -> impl IntoView {
    let words = use_words();
    let possible = Derived::new(move || draft.roles.with(|it| methods(it)));
    let options = move || {
        let possible = possible.get();
        let chosen =
            draft.choices.with(|it| it.method).filter(|it| possible.contains(it)).or(possible.first().copied());
        let word = |method: Method| name::method(words, method);
        possible.into_iter().enumerate().map(|(at, it)| option(at, word(it), Some(it) == chosen)).collect_any()
    };
    let choose = move |position: Option<usize>| {
        let method = position.and_then(|at| possible.with_untracked(|it| it.get(at).copied()));
        draft.choices.update(|it| it.method = method);
    };
    choice(text!(words, table.method), options, choose)
}

#[component]
fn TargetField(draft: Draft) -> impl IntoView {
    let words = use_words();
    let problem = move || draft.target().err().map(|error| unreadable(words, &error));
    let of_column = move || match draft.import.get() {
        Some(Ok(import)) => import.report.target,
        _ => None,
    };
    let read = move || match (draft.target(), of_column()) {
        (Ok(Some(amount)), _) => name::exact_amount(words, &draft.sample(), amount),
        (_, Some(sum)) => {
            say!(words, table.target_of_column, amount = name::exact_amount(words, &draft.sample(), sum)).into_owned()
        }
        _ => say!(words, table.target_hint).into_owned(),
    };
    view! {
        <div class="field">
            <label class="field__label" for="import-target">{text!(words, table.target)}</label>
            <input class="field__input" id="import-target" inputmode="decimal" autocomplete="off"
                aria-describedby="import-target-hint import-target-problem"
                aria-invalid=move || problem().is_some().to_string()
                prop:value=move || draft.target.get()
                on:input:target=move |event| draft.target.set(event.target().value())/>
            <p class="field__hint" id="import-target-hint">{move || read()}</p>
            <p class="field__problem" id="import-target-problem">{move || problem()}</p>
        </div>
    }
}

#[component]
fn GapsField(draft: Draft) -> impl IntoView {
    let words = use_words();
    view! {
        <label class="import__check">
            <input type="checkbox" prop:checked=move || draft.choices.with(|it| it.fills_down)
                on:change:target=move |event| {
                    let fills_down = event.target().checked();
                    draft.choices.update(|it| it.fills_down = fills_down);
                }/>
            <span>{text!(words, table.fill_down)}</span>
        </label>
    }
}
