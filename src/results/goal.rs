//! The grounds of the target in rows: measures by horizon, groups that are met only together, what the market's events come
//! to, seven questions that a target has to stand up to, and the way of what is wished beside that of what is feasible.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::amount::Amount;
use crate::engine::Outcome;
use crate::engine::capacity::MONTHS;
use crate::engine::gate::Gate;
use crate::engine::sights::times;
use crate::plan::{Measure, Plan};

/// A measure is met where as much is reached as was to be.
pub fn is_met(measure: &Measure) -> bool {
    measure.goal.zip(measure.reached).is_some_and(|(goal, reached)| goal <= reached)
}

/// The groups of measures by their names, and whether all of each are met (S0-07).
pub fn groups(plan: &Plan) -> Vec<(String, bool)> {
    let mut groups: BTreeMap<&str, bool> = BTreeMap::new();
    for measure in plan.goal.measures.values().filter(|it| !it.group.is_empty()) {
        *groups.entry(&measure.group).or_insert(true) &= is_met(measure);
    }
    groups.into_iter().map(|(name, is_met)| (name.to_owned(), is_met)).collect()
}

/// The target with all that happens in the market counted in. None where nothing of it has a known effect.
pub fn moved_target(plan: &Plan, outcome: &Outcome) -> Option<Amount> {
    let effects: Vec<Decimal> = plan.goal.events.values().filter_map(|it| it.effect).collect();
    let all: Decimal = effects.iter().sum();
    let factor = (Decimal::ONE + all / Decimal::ONE_HUNDRED).max(Decimal::ZERO);
    times(outcome.total(), factor).filter(|_| !effects.is_empty())
}

/// What is wished and what is feasible by the end of each month, both as sums of the year so far (S0-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paths {
    pub wished: [i64; MONTHS],
    pub feasible: [i64; MONTHS],
}

impl Paths {
    /// By how much the wish is beyond what is feasible at the end of the year; below zero, what is to spare.
    pub fn gap(&self) -> i64 {
        self.wished[MONTHS - 1] - self.feasible[MONTHS - 1]
    }
}

/// None where nothing bounds the target, or there is none. What is known of the year alone is taken to come as the target
/// does.
pub fn paths(gate: &Gate) -> Option<Paths> {
    let year = gate.bounds.first()?.year.units();
    let target = gate.target.units();
    if target == 0 {
        return None;
    }
    let wished = running(&gate.months);
    let known: Vec<[i64; MONTHS]> = gate.bounds.iter().filter_map(|it| it.months.as_ref().map(running)).collect();
    let feasible = |month: usize| match known.iter().map(|it| it[month]).min() {
        Some(least) => least.min(year),
        None => part(year, wished[month], target),
    };
    Some(Paths { wished, feasible: std::array::from_fn(feasible) })
}

fn running(months: &[i64; MONTHS]) -> [i64; MONTHS] {
    let mut sum = 0_i64;
    months.map(|it| {
        sum = sum.saturating_add(it);
        sum
    })
}

/// What a target is asked before it is divided (S3-01). The answers follow from the plan; nobody ticks them off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Said as a figure.
    Clear,
    /// Of a part of the market: regions, channels, groups of customers.
    Specific,
    /// Within what people, leads, supply and the market bear.
    Feasible,
    /// More than last year, and not far out of reach.
    Challenging,
    /// It follows from the strategy, and what else is to be reached serves something.
    Consistent,
    /// There are other measures beside it, each with a figure.
    Measurable,
    /// There is room for another year than planned: a range, a buffer or a scenario.
    Flexible,
}

/// Beyond this part of what is feasible a target is out of reach, as a person's is (S2-12).
const FAR: (i64, i64) = (5, 4);

/// The seven, each with its answer; none where too little is known to answer.
pub fn checks(plan: &Plan, outcome: &Outcome) -> [(Check, Option<bool>); 7] {
    let (goal, trees, gate) = (&plan.goal, &plan.trees, &outcome.gate);
    let target = goal.target.filter(|it| *it != Amount::default());
    let is_cut = [&trees.organisation, &trees.customer, &trees.channel].iter().any(|it| it.is_divided());
    let feasible = gate.bounds.first().map(|it| it.year).filter(|_| target.is_some());
    let in_reach =
        feasible.is_none_or(|it| target.is_none_or(|target| target.units() <= part(it.units(), FAR.0, FAR.1)));
    let last_year = outcome.last_year(plan);
    let serves = goal.measures.values().all(|it| it.serves.is_some());
    let has_figures = !goal.measures.is_empty() && goal.measures.values().all(|it| it.goal.is_some());
    let has_room = plan.buffer.floor.is_some()
        || plan.buffer.stretch.values().any(|it| !it.is_zero())
        || !plan.scenarios.list.is_empty();
    [
        (Check::Clear, Some(target.is_some())),
        (Check::Specific, Some(is_cut)),
        (Check::Feasible, feasible.map(|_| gate.binding().is_none())),
        (Check::Challenging, target.zip(last_year).map(|(target, before)| before < target && in_reach)),
        (Check::Consistent, Some(!goal.basis.strategy.trim().is_empty() && serves)),
        (Check::Measurable, Some(has_figures)),
        (Check::Flexible, Some(has_room)),
    ]
}

/// So many of so many parts of an amount.
fn part(amount: i64, of: i64, whole: i64) -> i64 {
    let part = i128::from(amount) * i128::from(of) / i128::from(whole.max(1));
    i64::try_from(part).unwrap_or(i64::MAX)
}
