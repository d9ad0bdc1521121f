//! What people can bring beside what they are to bring: by node and month, whom one has to hire for what is missing, and which
//! mix of levels carries the target.

use rust_decimal::Decimal;

use crate::amount::Amount;
use crate::engine::Outcome;
use crate::engine::capacity::{MONTHS, Mixed, Output, heads_needed, mixes, quota};
use crate::plan::{Calendar, Dimension, ItemId, NodeId, Plan};

/// A node with people, in the order of its tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRow {
    pub id: NodeId,
    pub depth: usize,
    pub heads: Decimal,
    pub months: [i64; MONTHS],
    pub capacity: Amount,
    pub target: Amount,
}

impl NodeRow {
    /// What is missing; below zero, what is to spare.
    pub fn gap(&self) -> i64 {
        self.target.units() - self.capacity.units()
    }
}

/// Every node that people work for, and those above it.
pub fn nodes(plan: &Plan, outcome: &Outcome) -> Vec<NodeRow> {
    let division = outcome.division(Dimension::Organisation);
    let row = |position: usize| {
        let id = division.layout.id(position);
        let output = outcome.staff.nodes.get(&id)?;
        let depth = division.layout.depth(position);
        Some(NodeRow {
            id,
            depth,
            heads: heads(output),
            months: output.amount,
            capacity: output.total(),
            target: Amount::from_units(division.amounts[position]),
        })
    };
    let order = plan.trees.organisation.walk(plan.trees.organisation.root);
    order.into_iter().filter_map(|id| row(division.layout.position(id)?)).collect()
}

/// On average over the year.
fn heads(output: &Output) -> Decimal {
    let sum: i64 = output.heads.iter().sum();
    (Decimal::new(sum, 6) / Decimal::from(MONTHS)).round_dp(1).normalize()
}

/// In orders, as a decimal.
pub fn orders(output: &Output) -> Decimal {
    Decimal::new(output.total_orders(), 6).normalize()
}

/// What all people bring in a month in which nothing holds them up: everybody who is there in the last one, unramped.
pub fn monthly_orders(output: &Output) -> [Decimal; MONTHS] {
    output.orders.map(|it| Decimal::new(it, 6).normalize())
}

/// How many of a level it takes for what is missing, by the month in which they start, in tenths of a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HireRow {
    pub level: ItemId,
    pub heads: [Option<i64>; MONTHS],
}

/// None where nothing is missing.
pub fn hires(plan: &Plan, outcome: &Outcome) -> Option<(Amount, Vec<HireRow>)> {
    let able = outcome.staff.whole(plan)?.total();
    let gap = outcome.total().units() - able.units();
    if gap <= 0 {
        return None;
    }
    let gap = Amount::from_units(gap);
    let row =
        |level: ItemId| HireRow { level, heads: std::array::from_fn(|month| heads_needed(plan, level, month, gap)) };
    Some((gap, plan.capacity.levels.ids().iter().map(|it| row(*it)).collect()))
}

/// The first month in which people bring less than they are to.
pub fn first_short(plan: &Plan, outcome: &Outcome) -> Option<NodeId> {
    let able = outcome.staff.whole(plan)?;
    let month = (0..MONTHS).find(|month| able.amount[*month] < outcome.gate.months[*month])?;
    Some(Calendar::month(month as u32 + 1))
}

/// Whom to hire from the first month that falls short on: of the level of which the fewest do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hire {
    pub gap: Amount,
    /// In tenths.
    pub heads: i64,
    pub level: ItemId,
    pub month: NodeId,
}

/// None where nothing is missing, or nobody hired then would bring it.
pub fn hire(plan: &Plan, outcome: &Outcome) -> Option<Hire> {
    let (gap, rows) = hires(plan, outcome)?;
    let month = first_short(plan, outcome)?;
    let at = (0..MONTHS).position(|it| Calendar::month(it as u32 + 1) == month)?;
    let (heads, level) = rows.iter().filter_map(|it| Some((it.heads[at]?, it.level))).min()?;
    Some(Hire { gap, heads, level, month })
}

/// A level, and what one of it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    pub level: ItemId,
    pub quota: Amount,
    /// From key accounts, and from others; none where that is not said.
    pub parts: Option<(Amount, Amount)>,
}

pub fn tiers(plan: &Plan) -> Vec<Tier> {
    let tier = |(level, it): (ItemId, &crate::plan::Level)| {
        let quota = quota(plan, it)?;
        let key = it.key_accounts.and_then(|part| crate::engine::sights::times(quota, part / Decimal::ONE_HUNDRED));
        let parts = key.map(|key| (key, Amount::from_units(quota.units() - key.units())));
        Some(Tier { level, quota, parts })
    };
    plan.capacity.levels.iter().filter_map(tier).collect()
}

/// The mixes of two levels that carry the target most nearly.
pub fn mixed(target: Amount, tiers: [&Tier; 2]) -> Vec<Mixed> {
    const MOST: usize = 8;
    mixes(target, tiers.map(|it| it.quota), MOST)
}
