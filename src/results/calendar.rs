//! What the periods of the year are made of, and what is left of a month for its last week.

use rust_decimal::Decimal;

use super::figure::basis_points;
use crate::amount::Amount;
use crate::engine::Outcome;
use crate::engine::calendar::{Days, left_for_last};
use crate::plan::{Dimension, NodeId, Plan};

/// One quarter or month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodRow {
    pub id: NodeId,
    /// 1 for a quarter, 2 for a month.
    pub depth: usize,
    pub days: u32,
    pub working_days: u32,
    /// What its days count for, in working days.
    pub counts: Decimal,
    /// Of the year, in hundredths of a percent, by what its days count for. None where no day of the year counts.
    pub share: Option<i64>,
    pub amount: Amount,
}

/// Quarters and months in their order.
pub fn periods(plan: &Plan, outcome: &Outcome) -> Vec<PeriodRow> {
    let time = outcome.division(Dimension::Time);
    let Some(year) = Days::of(&plan.calendar) else { return Vec::new() };
    let whole = year.span(time.layout.id(0)).map_or(0, |it| it.counts as i64);
    let row = |position: usize| {
        let (id, depth) = (time.layout.id(position), time.layout.depth(position));
        let span = year.span(id)?;
        Some(PeriodRow {
            id,
            depth,
            days: span.days,
            working_days: span.working_days,
            counts: span.weight(),
            share: basis_points(span.counts as i64, whole),
            amount: Amount::from_units(time.amounts[position]),
        })
    };
    (1..time.layout.len()).filter(|position| time.layout.depth(*position) <= 2).filter_map(row).collect()
}

/// A week of a month that is being closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    pub id: NodeId,
    pub target: Amount,
    /// What it really brought.
    pub actual: Option<Amount>,
}

/// How a month stands: its weeks, and what the last of them has to bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    pub target: Amount,
    pub weeks: Vec<Week>,
    /// The month's target less what the weeks before the last brought, each that has not ended yet counting as its target;
    /// never below nothing (S0-17).
    pub last: Amount,
}

/// None for a month that is not divided into weeks.
pub fn closing(plan: &Plan, outcome: &Outcome, month: NodeId) -> Option<Closing> {
    let time = outcome.division(Dimension::Time);
    let position = time.layout.position(month)?;
    let week = |position: usize| {
        let id = time.layout.id(position);
        let actual = plan.node(Dimension::Time, id).and_then(|it| it.actual);
        Week { id, target: Amount::from_units(time.amounts[position]), actual }
    };
    let weeks: Vec<Week> = time.layout.children(position).into_iter().map(week).collect();
    let (_, before) = weeks.split_last()?;
    let target = Amount::from_units(time.amounts[position]);
    let last = left_for_last(target, before.iter().map(|it| it.actual.unwrap_or(it.target)));
    Some(Closing { target, weeks, last })
}
