//! What stands beside the number of a node: what was submitted for it, what it had before, what bounds it, and what it is
//! thought to be able to bring.

use super::consensus;
use super::figure::{basis_points, growth};
use super::show::capacities;
use crate::amount::Amount;
use crate::engine::Outcome;
use crate::plan::{Dimension, NodeId, Plan};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    pub what: What,
    pub amount: Amount,
    /// In hundredths of a percent: of a gap, of what was given; of what was before, the growth since; of what somebody can
    /// bring, how much of it is asked for.
    pub percent: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Given,
    /// By the node itself, or by all or some of those below it.
    Submitted,
    /// Submitted less given.
    Gap,
    LastYear,
    /// A past period, by its name.
    Past(String),
    Floor,
    Cap,
    Capacity,
    Potential,
}

/// The lines of a node, in the order in which they are read. What is not known has none; a node of which nothing is known
/// has no line at all.
pub fn beside(plan: &Plan, outcome: &Outcome, dimension: Dimension, id: NodeId) -> Vec<Beside> {
    let division = outcome.division(dimension);
    let (Some(position), Some(node)) = (division.layout.position(id), plan.node(dimension, id)) else {
        return Vec::new();
    };
    let given = Amount::from_units(division.amounts[position]);
    let line = |what: What, amount: Option<Amount>, percent: Option<i64>| {
        amount.map(|it| Beside { what, amount: it, percent })
    };
    let since = |before: Amount| growth(given.units(), before.units());
    let used = |of: Option<Amount>| of.and_then(|of| basis_points(given.units(), of.units()));
    let mut lines = submitted(plan, outcome, dimension, position);
    let before = division.last_year[position];
    lines.extend(line(What::LastYear, before, before.and_then(since)));
    lines.extend(node.past.iter().filter_map(|(name, it)| line(What::Past(name.clone()), Some(*it), since(*it))));
    lines.extend(line(What::Floor, node.floor, None));
    lines.extend(line(What::Cap, node.cap, used(node.cap)));
    let capacity = capacities(plan, outcome, dimension)[position].map(Amount::from_units);
    lines.extend(line(What::Capacity, capacity, used(capacity)));
    lines.extend(line(What::Potential, node.potential, used(node.potential)));
    lines
}

/// Given beside submitted, where anything was.
fn submitted(plan: &Plan, outcome: &Outcome, dimension: Dimension, position: usize) -> Vec<Beside> {
    let says = |it: &crate::plan::Node| it.submitted.is_some();
    if !plan.tree(dimension).nodes.values().any(says) {
        return Vec::new();
    }
    let row = consensus::rows(plan, outcome, dimension)[position];
    let said = row.submitted.or(row.below.map(|it| it.sum));
    let (Some(said), Some(gap)) = (said, row.gap) else { return Vec::new() };
    vec![
        Beside { what: What::Given, amount: row.given, percent: None },
        Beside { what: What::Submitted, amount: said, percent: None },
        Beside { what: What::Gap, amount: gap.amount, percent: gap.of_given },
    ]
}
