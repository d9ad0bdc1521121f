//! Why a number is what it is, in words: a sentence a step. The names are the user's own; the reason is one of a few.

use super::super::name;
use crate::amount::{Amount, Scale};
use crate::engine::Source;
use crate::engine::trace::{CellState, Reason, Step};
use crate::i18n::Words;
use crate::plan::{At, Plan, Typed};
use crate::results::figure::{Figures, basis_points};
use crate::say;

/// A step in words.
pub fn sentence(words: Words, plan: &Plan, at: At, step: &Step) -> String {
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
pub fn rounded(plan: &Plan, hundredths: i64) -> String {
    let sign = if 0 < hundredths { "+" } else { "" };
    let decimals = plan.unit.decimals() + 2;
    let figures = Figures::of(std::iter::once(hundredths), decimals, Scale::One).to_the_unit();
    format!("{sign}{}", figures.print(Amount::from_units(hundredths)))
}
