//! Beside a sheet: why the selected number is what it is, and what the selected node brings to its division.

mod beside;
mod cell;
mod choice;
mod field;
mod form;
mod kind;
mod lines;
mod why;

use leptos::prelude::*;

use super::display::Display;
use super::later::{self, Later};
use super::name;
use super::parts::CollectAny;
use crate::engine::breakback;
use crate::engine::trace::{Reason, Step, trace};
use crate::i18n::use_words;
use crate::live::Derived;
use crate::plan::At;
use crate::session::{Selected, Session};
use crate::text;
use cell::CellForm;
use choice::LockField;
use form::{NodeForm, PeriodForm};

/// The frame, in which the rest comes later.
#[component]
pub fn Inspector() -> impl IntoView {
    let words = use_words();
    view! {
        <aside class="inspector" aria-label=text!(words, inspector.title)>
            <Later part=later::inspector/>
        </aside>
    }
}

#[component]
pub fn InspectorBody() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let selected = Derived::new(move || session.selected.get().map(|Selected(at)| at));
    let content = move || match selected.get() {
        Some(at) => view! { <Inspected at/> }.into_any(),
        None => view! { <p class="muted">{text!(words, inspector.nothing)}</p> }.into_any(),
    };
    move || content()
}

#[component]
fn Inspected(at: At) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let amount = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        breakback::amount_at(&plan, &outcome, at).unwrap_or_default()
    };
    let figures = move || display.figures(&session.plan(), std::iter::once(amount().units()));
    let big = move || name::amount(words, &session.plan(), &figures(), amount());
    let exact = move || name::exact_amount(words, &session.plan(), amount());
    let steps = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let steps = trace(&plan, &outcome, at);
        let figures = display.figures(&plan, steps.iter().map(|it| it.amount.units()));
        // What rounding neither gave nor took is no step.
        let is_step = |it: &Step| it.reason != Reason::Rounding { hundredths: 0 };
        steps
            .into_iter()
            .filter(is_step)
            .enumerate()
            .map(|(index, step)| {
                let text = why::sentence(words, &plan, at, &step);
                let figure = match step.reason {
                    Reason::Rounding { hundredths } => why::rounded(&plan, hundredths),
                    _ => figures.print(step.amount),
                };
                view! {
                    <li class="step">
                        <span class="step__number">{index + 1}</span>
                        <span>{text}</span>
                        <span class="step__amount">{figure}</span>
                    </li>
                }
            })
            .collect_any()
    };
    // The roots of both trees stay what they are, so that the fields of a place do.
    let plan = session.plan_untracked();
    let is_whole_row = at.row == plan.tree(at.pair.rows()).root;
    let is_whole_column = at.column == plan.tree(at.pair.columns()).root;
    let form = match (is_whole_row, is_whole_column) {
        (true, false) if at.pair.is_over_time() => view! { <PeriodForm id=at.column/> }.into_any(),
        (true, false) => view! { <NodeForm dimension=at.pair.columns() id=at.column/> }.into_any(),
        (_, true) => view! { <NodeForm dimension=at.pair.rows() id=at.row/> }.into_any(),
        (false, false) => view! {
            <CellForm at/>
            <NodeForm dimension=at.pair.rows() id=at.row/>
        }
        .into_any(),
    };
    view! {
        <h2 class="inspector__name">{move || name::cell(words, &session.plan(), at)}</h2>
        <p class="inspector__big">{move || big()}</p>
        <p class="inspector__exact muted">{move || exact()}</p>
        <h3 class="inspector__head">{text!(words, inspector.why)}</h3>
        <ol class="steps">{move || steps()}</ol>
        <LockField at/>
        {is_whole_column.then(|| beside::beside_of(at.pair.rows(), at.row))}
        {form}
    }
}
