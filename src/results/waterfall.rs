//! From last year to the target, step by step: which parts of the whole make the difference.

use super::cut::{Piece, cut};
use crate::engine::Outcome;
use crate::plan::{Dimension, Plan};

/// More steps than these are no picture.
const MOST: usize = 9;

/// A step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// None of what no part has a last year for.
    pub piece: Option<Piece>,
    pub before: Option<i64>,
    pub now: i64,
    pub change: i64,
    /// How far the way was before this step.
    pub from: i64,
}

/// The way, exact: last year and all changes make the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waterfall {
    pub before: i64,
    pub now: i64,
    pub steps: Vec<Step>,
}

impl Waterfall {
    /// None where last year is not known.
    pub fn of(plan: &Plan, outcome: &Outcome, dimension: Dimension) -> Option<Waterfall> {
        let division = outcome.division(dimension);
        let (before, now) = (outcome.last_year(plan)?.units(), division.total());
        let mut steps = Vec::new();
        let mut from = before;
        let pieces = if division.layout.len() < 2 { Vec::new() } else { cut(outcome, dimension, 1, MOST) };
        for piece in pieces {
            let last: Option<i64> = piece.positions.iter().map(|at| division.last_year[*at].map(|it| it.units())).sum();
            // Without a last year of its own it is part of what is left.
            let Some(last) = last else { continue };
            let now = piece.sum(|at| division.amounts[at]);
            // Nothing before and nothing now is no step.
            if last == 0 && now == 0 {
                continue;
            }
            steps.push(Step { piece: Some(piece), before: Some(last), now, change: now - last, from });
            from += now - last;
        }
        if from != now {
            let known: i64 = steps.iter().map(|it| it.now).sum();
            steps.push(Step { piece: None, before: None, now: now - known, change: now - from, from });
        }
        Some(Waterfall { before, now, steps })
    }

    pub fn change(&self) -> i64 {
        self.now - self.before
    }

    /// The step that goes furthest the way that all go together; up where they end where they began.
    pub fn furthest(&self) -> Option<&Step> {
        let direction = if self.change() < 0 { -1 } else { 1 };
        self.steps.iter().filter(|it| it.piece.is_some() && 0 < it.change * direction).max_by_key(|it| it.change.abs())
    }
}
