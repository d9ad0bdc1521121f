//! Beside a sheet: why the selected number is what it is, and what the selected node brings to its division.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::later::{self, Later};
use super::super::name;
use super::super::parts::CollectAny;
use super::super::sheet::{NodeForm, PeriodForm};
use crate::amount::Amount;
use crate::engine::trace::{CellState, Reason, Step, trace};
use crate::engine::{Source, breakback};
use crate::i18n::{Words, use_words};
use crate::live::Derived;
use crate::plan::{At, Dimension, Plan, Typed};
use crate::results::figure::{Figures, basis_points};
use crate::session::{Selected, Session};
use crate::{say, text};

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
                let text = reason(words, &plan, at, &step);
                let figure = match step.reason {
                    Reason::Rounding { hundredths } => rounded(&plan, hundredths),
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
    let form = move || {
        let plan = session.plan();
        let is_node = at.row != plan.tree(at.pair.rows()).root
            || at.pair.columns() != Dimension::Time
            || at.column == plan.tree(at.pair.columns()).root;
        if is_node {
            view! { <NodeForm dimension=at.pair.rows() id=at.row/> }.into_any()
        } else {
            view! { <PeriodForm id=at.column/> }.into_any()
        }
    };
    view! {
        <h2 class="inspector__name">{move || name::cell(words, &session.plan(), at)}</h2>
        <p class="inspector__big">{move || big()}</p>
        <p class="inspector__exact muted">{move || exact()}</p>
        <h3 class="inspector__head">{text!(words, inspector.why)}</h3>
        <ol class="steps">{move || steps()}</ol>
        {move || form()}
    }
}

/// A step in words. The names are the user's own; the reason is one of a few.
fn reason(words: Words, plan: &Plan, at: At, step: &Step) -> String {
    let share =
        basis_points(step.amount.units(), step.whole.units()).map(|it| name::percent(it, 1)).unwrap_or_default();
    match step.reason {
        Reason::Target => {
            let kept = plan.goal.target.unwrap_or_default() == step.amount;
            if kept { say!(words, inspector.target) } else { say!(words, inspector.target_forced) }.into_owned()
        }
        Reason::Node { dimension, node, source } => {
            let node = name::node(words, plan, dimension, node);
            format!("{node} · {}", why(words, source, &share))
        }
        Reason::Cell { column, state } => {
            let column = name::node(words, plan, at.pair.columns(), column);
            let why = match state {
                CellState::Fitted => say!(words, inspector.fitted, share = share),
                CellState::Displaced => say!(words, inspector.displaced, share = share),
                CellState::Typed => say!(words, inspector.typed, share = share),
                CellState::Locked => say!(words, inspector.locked),
            };
            format!("{column} · {why}")
        }
        Reason::Rounding { .. } => say!(words, inspector.rounding).into_owned(),
    }
}

fn why(words: Words, source: Source, share: &str) -> String {
    let share = share.to_owned();
    match source {
        Source::Whole => say!(words, inspector.target),
        Source::Share { method, .. } => {
            say!(words, inspector.by_method, method = name::method(words, method), share = share)
        }
        Source::Bound { .. } => say!(words, inspector.bound, share = share),
        Source::Typed(typed) => say!(words, inspector.typed, share = typed_share(typed).unwrap_or(share)),
        Source::TypedGaveWay(_) => say!(words, inspector.gave_way, share = share),
        Source::Locked => say!(words, inspector.locked),
        Source::Forced => say!(words, inspector.forced, share = share),
    }
    .into_owned()
}

fn typed_share(typed: Typed) -> Option<String> {
    basis_points(typed.part.units(), typed.whole.units()).map(|it| name::percent(it, 1))
}

/// What rounding gave or took, in the unit in which people speak of the plan: 0.0033 yuan.
fn rounded(plan: &Plan, hundredths: i64) -> String {
    let sign = if 0 < hundredths { "+" } else { "" };
    let decimals = plan.unit.decimals() + 2;
    let figures = Figures::of(std::iter::once(hundredths), decimals, crate::amount::Scale::One).to_the_unit();
    format!("{sign}{}", figures.print(Amount::from_units(hundredths)))
}
