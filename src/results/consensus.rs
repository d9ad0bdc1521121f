//! Given against submitted, node by node: what was submitted from below, the gap, and what both can agree on.
//!
//! Who has submitted nothing is not known, and takes no part in a gap: a blank is not zero.

use rust_decimal::Decimal;

use super::figure::basis_points;
use crate::amount::Amount;
use crate::engine::consensus::{consensus, trust};
use crate::engine::{Layout, Outcome};
use crate::plan::{Dimension, NodeId, Plan};

/// A node of the tree, in the order of its layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: NodeId,
    pub depth: usize,
    pub is_leaf: bool,
    pub given: Amount,
    /// What the node itself submitted.
    pub submitted: Option<Amount>,
    /// What its children submitted, or those below them. None where nobody did.
    pub below: Option<Below>,
    /// None where neither the node nor anybody below it submitted anything.
    pub gap: Option<Gap>,
    /// In percent, how far what was submitted is trusted here.
    pub trust: Decimal,
    /// Whether that was said here, and not above.
    pub is_own_trust: bool,
    pub reconciled: Amount,
}

/// A sum of what was submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Below {
    pub sum: Amount,
    /// Every child counts in it, with its own number or with complete ones below it.
    pub is_complete: bool,
}

/// Submitted less given, of those who submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub amount: Amount,
    /// In hundredths of a percent of what they were given.
    pub of_given: Option<i64>,
}

/// What counts as submitted for a node, and what was given to those who did.
#[derive(Clone, Copy, Default)]
struct Said {
    submitted: i64,
    given: i64,
    /// None at all, some, or all of it.
    how_much: HowMuch,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum HowMuch {
    #[default]
    Nothing,
    Some,
    All,
}

impl Said {
    fn below(children: impl Iterator<Item = Said>) -> Said {
        let mut sum = Said::default();
        let (mut any, mut all) = (false, true);
        for it in children {
            sum.submitted = sum.submitted.saturating_add(it.submitted);
            sum.given = sum.given.saturating_add(it.given);
            any |= it.how_much != HowMuch::Nothing;
            all &= it.how_much == HowMuch::All;
        }
        let how_much = match (any, all) {
            (false, _) => HowMuch::Nothing,
            (true, false) => HowMuch::Some,
            (true, true) => HowMuch::All,
        };
        Said { how_much, ..sum }
    }
}

pub fn rows(plan: &Plan, outcome: &Outcome, dimension: Dimension) -> Vec<Row> {
    let division = outcome.division(dimension);
    let layout = &division.layout;
    let own = |at: usize| plan.node(dimension, layout.id(at)).and_then(|node| node.submitted);
    let (said, below) = from_below(layout, &division.amounts, own);
    let (trust, reconciled) = (trust(plan, division), consensus(plan, division));
    let row = |at: usize| {
        let Said { submitted, given, how_much } = said[at];
        let gap =
            Gap { amount: Amount::from_units(submitted - given), of_given: basis_points(submitted - given, given) };
        let sum =
            Below { sum: Amount::from_units(below[at].submitted), is_complete: below[at].how_much == HowMuch::All };
        Row {
            id: layout.id(at),
            depth: layout.depth(at),
            is_leaf: layout.is_leaf(at),
            given: Amount::from_units(division.amounts[at]),
            submitted: own(at),
            below: Some(sum).filter(|_| below[at].how_much != HowMuch::Nothing),
            gap: Some(gap).filter(|_| how_much != HowMuch::Nothing),
            trust: trust[at],
            is_own_trust: plan.node(dimension, layout.id(at)).is_some_and(|node| node.trust.is_some()),
            reconciled: Amount::from_units(reconciled[at]),
        }
    };
    (0..layout.len()).map(row).collect()
}

/// What counts as submitted for each node, its own number first, and what is submitted below it.
fn from_below(layout: &Layout, given: &[i64], own: impl Fn(usize) -> Option<Amount>) -> (Vec<Said>, Vec<Said>) {
    let (mut said, mut below) = (vec![Said::default(); layout.len()], vec![Said::default(); layout.len()]);
    for at in (0..layout.len()).rev() {
        below[at] = Said::below(layout.children(at).into_iter().map(|child| said[child]));
        let number = |it: Amount| Said { submitted: it.units(), given: given[at], how_much: HowMuch::All };
        said[at] = own(at).map_or(below[at], number);
    }
    (said, below)
}
