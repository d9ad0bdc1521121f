//! What those who carry a target can agree on: what they were given and what they submitted, each as far as it is trusted,
//! brought together into numbers that add up.
//!
//! A number is the less certain the more leaves stand for it. Trusting nothing that was submitted gives what was given, from
//! the top down; trusting it alone gives what was submitted, from where it was submitted up and down. Refused: moving what
//! is locked, and anybody below zero.

use rust_decimal::Decimal;

use super::cascade::Division;
use super::claim::{inherited, millionths};
use super::reconcile::{Said, reconcile};
use crate::amount::Amount;
use crate::plan::{Edit, Field, GoalField, Lock, NodeId, Plan, Typed};

/// Half and half, where nobody says otherwise.
const USUAL_TRUST: Decimal = Decimal::from_parts(50, 0, 0, false, 0);
/// All trust that there is: a hundred percent, in millionths.
const WHOLE: u64 = 100_000_000;
/// How finely variances are told.
const FINE: u64 = 1_000;
/// The variance of a leaf's number that is not trusted at all: it stands where nothing else is known.
const HARDLY: u64 = 1 << 60;

/// How far submitted numbers are trusted at each node, in percent, in the order of the layout.
pub fn trust(plan: &Plan, division: &Division) -> Vec<Decimal> {
    inherited(plan.tree(division.dimension), &division.layout, USUAL_TRUST, |node| node.trust)
}

/// Whole units for every node, in the order of the layout: each node is the sum of its children.
pub fn consensus(plan: &Plan, division: &Division) -> Vec<i64> {
    let layout = &division.layout;
    let mut said: Vec<Said> = Vec::new();
    let mut places: Vec<usize> = Vec::with_capacity(layout.len());
    let mut is_as_given = true;
    for (at, trust) in trust(plan, division).into_iter().enumerate() {
        let mut parent = places.get(layout.parent(at)).copied().unwrap_or(0);
        // Of two numbers for one node the one stands above the other, as if it had a single child: both are the same then.
        for (own, variance) in numbers(plan, division, at, trust) {
            is_as_given &= own == Some(division.amounts[at]);
            said.push(Said { parent, own, variance });
            parent = said.len() - 1;
        }
        places.push(parent);
    }
    if is_as_given {
        return division.amounts.clone();
    }
    let amounts = reconcile(&said);
    places.into_iter().map(|place| amounts[place]).collect()
}

/// What is said of a node, and the variance of that: one or two numbers, or that nothing is known.
fn numbers(plan: &Plan, division: &Division, at: usize, trust: Decimal) -> Vec<(Option<i64>, u64)> {
    let node = plan.node(division.dimension, division.layout.id(at));
    let given = Some(division.amounts[at]).filter(|_| plan.goal.target.is_some());
    let submitted = node.and_then(|it| it.submitted).map(Amount::units);
    if matches!(node.and_then(|it| it.lock), Some(Lock::Value(_))) && 0 < at {
        return vec![(Some(division.amounts[at]), 0)];
    }
    let trust = u64::try_from(millionths(trust)).unwrap_or(WHOLE).min(WHOLE);
    let is_leaf = |below: &usize| division.layout.is_leaf(*below);
    let leaves = (at..division.layout.end(at)).filter(is_leaf).count() as u64;
    let variance = |trust: u64| (leaves * FINE * WHOLE).checked_div(trust);
    let said = [(submitted, variance(trust)), (given, variance(WHOLE - trust))];
    let known: Vec<_> = said.iter().filter_map(|(own, variance)| Some((Some((*own)?), (*variance)?))).collect();
    if known.is_empty() {
        // Somebody has to be something: the leaves are.
        return vec![(given.or(submitted).filter(|_| is_leaf(&at)), HARDLY)];
    }
    known
}

/// The one edit that makes the plan give these numbers, which are one for each node in the order of the layout. What is
/// locked keeps its lock.
pub fn adopt(plan: &Plan, division: &Division, amounts: &[i64]) -> Edit {
    let (dimension, layout) = (division.dimension, &division.layout);
    let target = Some(Amount::from_units(amounts[0]));
    let typed = |at: usize| {
        let (part, whole) = (Amount::from_units(amounts[at]), Amount::from_units(amounts[layout.parent(at)]));
        // Of nothing, everybody gets nothing, whatever was typed.
        let is_said = 0 < whole.units() && plan.node(dimension, layout.id(at))?.lock.is_none();
        let field = Field::Typed(Some(Typed { part, whole }));
        is_said.then(|| Edit::Node { dimension, id: layout.id(at), field })
    };
    let target = std::iter::once(Edit::Goal(GoalField::Target(target)));
    Edit::Batch(target.chain((1..layout.len()).filter_map(typed)).collect())
}

/// Whom [`adopt`] leaves at their lock.
pub fn locked(plan: &Plan, division: &Division) -> Vec<NodeId> {
    let is_locked = |id: &NodeId| plan.node(division.dimension, *id).is_some_and(|it| it.lock.is_some());
    (1..division.layout.len()).map(|at| division.layout.id(at)).filter(is_locked).collect()
}
