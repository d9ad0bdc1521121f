//! Which input moves the year most: each set low and high by itself, all others as they are, and what follows from it; the
//! widest first. That order answers where to start.
//!
//! Nothing is drawn at random: a bar that does nothing is nothing wide.

use rust_decimal::Decimal;

use super::gate::Against;
use super::{Outcome, evaluate_again};
use crate::order;
use crate::plan::{Kind, Knob, Plan};

/// What of the year is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// What is possible by all that bounds it: the least of them.
    Possible,
    /// What people can bring.
    People,
    /// What leads bring.
    Leads,
    /// By how much what is possible falls short of what is divided; below nothing, there is room.
    Gap,
}

impl Effect {
    pub const ALL: [Effect; 4] = [Effect::Possible, Effect::People, Effect::Leads, Effect::Gap];
}

/// In units of the plan. None where the plan says nothing from which it follows.
pub fn effect(outcome: &Outcome, by: Effect) -> Option<i64> {
    let of = |against: Against| outcome.gate.bounds.iter().find(|it| it.by == against).map(|it| it.year.units());
    let possible = || outcome.gate.bounds.first().map(|it| it.year.units());
    match by {
        Effect::Possible => possible(),
        Effect::People => of(Against::People),
        Effect::Leads => of(Against::Leads),
        Effect::Gap => possible().map(|it| outcome.total().units() - it),
    }
}

/// One input, and how far it is moved to each side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swing {
    pub knob: Knob,
    pub low: Decimal,
    pub high: Decimal,
}

/// A tenth less and a tenth more; of people and months at least one. None where the input says nothing, or stands at nothing.
pub fn usual(plan: &Plan, knob: Knob) -> Option<Swing> {
    let now = knob.value(plan)?;
    let (least, most) = knob.bounds();
    let tenth = now.abs() / Decimal::TEN;
    let by = match knob.kind() {
        Kind::Heads | Kind::Months => tenth.ceil().max(Decimal::ONE),
        kind => tenth.round_dp(decimals(kind)),
    };
    let swing = Swing { knob, low: (now - by).max(least), high: (now + by).min(most) };
    (swing.low < swing.high).then_some(swing)
}

/// Inputs are turned in whole units, people and months, and in ten-thousandths of anything else.
pub(super) fn decimals(kind: Kind) -> u32 {
    match kind {
        Kind::Money | Kind::Heads | Kind::Months => 0,
        Kind::Part | Kind::Percent | Kind::Number => 4,
    }
}

/// What follows with an input at a value, all others as they are. None where the plan does not take it.
pub(super) fn turned(plan: &Plan, outcome: &Outcome, knob: Knob, value: Decimal) -> Option<Outcome> {
    let mut tried = plan.clone();
    tried.apply(knob.edit(plan, Some(value)).ok()?).ok()?;
    Some(evaluate_again(plan, outcome, &tried))
}

/// What an input does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    pub swing: Swing,
    pub at_low: i64,
    pub at_high: i64,
}

impl Bar {
    pub fn width(&self) -> i64 {
        (self.at_high.saturating_sub(self.at_low)).saturating_abs()
    }
}

/// The widest first; of two alike, as they were given. Inputs from whose ends nothing follows are left out.
pub fn tornado(plan: &Plan, outcome: &Outcome, swings: &[Swing], by: Effect) -> Vec<Bar> {
    let at = |knob: Knob, value: Decimal| effect(&turned(plan, outcome, knob, value)?, by);
    let bar = |swing: &Swing| {
        let (at_low, at_high) = (at(swing.knob, swing.low)?, at(swing.knob, swing.high)?);
        Some(Bar { swing: *swing, at_low, at_high })
    };
    order::by_number(swings.iter().filter_map(bar).collect(), |it: &Bar| -i128::from(it.width()))
}
