//! The grounds of the target in rows: measures by horizon, groups that are met only together, what the market's events come
//! to, and who aims at how much beyond what is given.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::amount::Amount;
use crate::engine::Outcome;
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
