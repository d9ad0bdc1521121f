//! The layer over the split: what each level aims at beyond what it is given, how much that comes to from the whole down to
//! a person, and the range that the plan is managed as.
//!
//! It is reckoned from what the split gives, and changes none of it: after another split it stands over the new numbers by
//! itself.

use rust_decimal::Decimal;

use super::large;
use super::sights::times;
use crate::amount::Amount;
use crate::plan::{NodeId, Plan, Tree};

/// What is usual, in percent (S0-39).
pub const USUAL: (Decimal, Decimal) =
    (Decimal::from_parts(10, 0, 0, false, 0), Decimal::from_parts(15, 0, 0, false, 0));

/// One level of the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// 0 is the whole.
    pub level: u8,
    /// In percent, what it adds to the level above.
    pub own: Decimal,
    /// In percent, what it and those above add together.
    pub together: Decimal,
    /// What the level as a whole aims at.
    pub aim: Amount,
}

/// Every level of the organisation, the whole first. `total` is what is divided.
pub fn ledger(plan: &Plan, total: Amount) -> Vec<Rung> {
    let levels = depth(&plan.trees.organisation);
    let mut factor = Decimal::ONE;
    let rung = |level: u8| {
        let own = plan.buffer.stretch.get(&level).copied().unwrap_or_default();
        factor = raised(factor, own);
        let together = large::times(factor - Decimal::ONE, Decimal::ONE_HUNDRED).round_dp(6).normalize();
        Rung { level, own, together, aim: times(total, factor).unwrap_or(Amount::MAX) }
    };
    (0..levels).map(rung).collect()
}

/// What a node aims at: what it is given and all that its level and those above add.
pub fn aim(plan: &Plan, given: Amount, level: u8) -> Amount {
    let factor = (0..=level).fold(Decimal::ONE, |factor, level| {
        let own = plan.buffer.stretch.get(&level).copied().unwrap_or_default();
        raised(factor, own)
    });
    times(given, factor).unwrap_or(Amount::MAX)
}

fn raised(factor: Decimal, own: Decimal) -> Decimal {
    large::times(factor, Decimal::ONE + own / Decimal::ONE_HUNDRED).round_dp(12)
}

/// How far below the root a node lies.
pub fn level(tree: &Tree, id: NodeId) -> u8 {
    u8::try_from(tree.path(id).len().saturating_sub(1)).unwrap_or(u8::MAX)
}

/// In percent, what the whole of it comes to from the company to a person. None where nothing is said.
pub fn over_assigned(plan: &Plan, total: Amount) -> Option<Decimal> {
    let last = ledger(plan, total).last()?.together;
    Some(last).filter(|it| !it.is_zero())
}

/// It is less or more than is usual.
pub fn is_unusual(percent: Decimal) -> bool {
    percent < USUAL.0 || USUAL.1 < percent
}

/// The range that the plan is managed as: the planned growth less so many points, and the planned growth (S1-43).
pub fn range(plan: &Plan, target: Amount, last_year: Option<Amount>) -> Option<(Amount, Amount)> {
    let below = times(last_year?, plan.buffer.floor? / Decimal::ONE_HUNDRED)?;
    let low = Amount::from_units((target.units() - below.units()).max(0));
    Some((low, target))
}

/// The levels of a tree.
fn depth(tree: &Tree) -> u8 {
    let (mut levels, mut open) = (0, vec![tree.root]);
    while !open.is_empty() && levels < u8::MAX {
        levels += 1;
        open = open.iter().flat_map(|id| tree.children(*id)).copied().collect();
    }
    levels
}
