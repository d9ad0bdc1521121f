//! What each child brings to the division of its parent: the weights that its method gives, as integers.

use rust_decimal::Decimal;

use super::apportion::normalise;
use super::finding::Finding;
use super::layout::Layout;
use crate::amount::Amount;
use crate::plan::check::{MAX_DECIMALS, MAX_PERCENT};
use crate::plan::{Dimension, Method, Node, Rounding, Tree};

/// What is known below each node of one tree, from the leaves up: a node's own figure, or the sum of those below it.
pub struct Claims<'a> {
    dimension: Dimension,
    tree: &'a Tree,
    layout: &'a Layout,
    methods: Vec<Method>,
    roundings: Vec<Rounding>,
    weights: Vec<Option<u128>>,
    history: Vec<Option<u128>>,
}

/// Percentages and weights in millionths: the plan takes no more decimals.
fn millionths(value: Decimal) -> u128 {
    let mut value = value;
    value.rescale(MAX_DECIMALS);
    value.mantissa().unsigned_abs()
}

fn units(amount: Amount) -> u128 {
    amount.units().max(0).unsigned_abs().into()
}

/// One whole, in the unit in which percentages are counted here.
const WHOLE: u128 = 100_000_000;

impl<'a> Claims<'a> {
    pub fn of(dimension: Dimension, tree: &'a Tree, layout: &'a Layout) -> Claims<'a> {
        let node = |position: usize| tree.get(layout.id(position));
        let methods = inherited(tree, layout, Method::Even, |node| node.method);
        let roundings = inherited(tree, layout, usual_rounding(dimension), |node| node.rounding);
        let own = |read: fn(&Node) -> Option<u128>| -> Vec<Option<u128>> {
            let mut known: Vec<Option<u128>> =
                (0..layout.len()).map(|position| node(position).and_then(read)).collect();
            let mut below: Vec<Option<u128>> = vec![None; layout.len()];
            for position in (0..layout.len()).rev() {
                known[position] = known[position].or(below[position]);
                if let (Some(value), true) = (known[position], 0 < position) {
                    let parent = layout.parent(position);
                    below[parent] = Some(below[parent].unwrap_or(0) + value);
                }
            }
            known
        };
        let weights = own(|node| node.weight.map(millionths));
        let history = own(|node| node.last_year.map(units));
        Claims { dimension, tree, layout, methods, roundings, weights, history }
    }

    /// The method by which the children of a node share.
    pub fn method(&self, position: usize) -> Method {
        self.methods[position]
    }

    /// How what the children of a node get is rounded.
    pub fn rounding(&self, position: usize) -> Rounding {
        self.roundings[position]
    }

    /// Last year's figure of a node: its own, or the sum of those below it.
    pub fn history(&self, position: usize) -> Option<Amount> {
        self.history[position].map(|units| Amount::from_units(i64::try_from(units).unwrap_or(i64::MAX)))
    }

    /// The weights of the children of a node that carries `total`, and what there is to say about them. At least one
    /// weight is above zero.
    pub fn weigh(&self, parent: usize, children: &[usize], total: i64, findings: &mut Vec<Finding>) -> Vec<u64> {
        let method = self.methods[parent];
        let weights = match method {
            Method::Even => vec![1; children.len()],
            Method::Percent => self.percentages(parent, children, findings),
            Method::Amount => self.amounts(parent, children, total, findings),
            Method::Weight => self.averaged(parent, children, &self.weights, findings),
            Method::History => self.averaged(parent, children, &self.history, findings),
        };
        if weights.iter().all(|weight| *weight == 0) {
            if 1 < children.len() {
                findings.push(Finding::NoWeights { dimension: self.dimension, node: self.layout.id(parent), method });
            }
            return vec![1; children.len()];
        }
        for (child, weight) in children.iter().zip(&weights) {
            if *weight == 0 && 0 < total {
                findings.push(Finding::GetsNothing { dimension: self.dimension, node: self.layout.id(*child), method });
            }
        }
        normalise(&weights)
    }

    fn node(&self, position: usize) -> Option<&Node> {
        self.tree.get(self.layout.id(position))
    }

    /// A blank takes part in what is left of 100.
    fn percentages(&self, parent: usize, children: &[usize], findings: &mut Vec<Finding>) -> Vec<u128> {
        let given: Vec<Option<u128>> =
            children.iter().map(|child| self.node(*child).and_then(|node| node.percent).map(millionths)).collect();
        let sum: u128 = given.iter().flatten().sum();
        let complete = given.iter().all(Option::is_some);
        if WHOLE < sum || (complete && sum != WHOLE) {
            let percent = Decimal::from_i128_with_scale(sum.try_into().unwrap_or(i128::MAX), MAX_DECIMALS).normalize();
            findings.push(Finding::PercentNot100 {
                dimension: self.dimension,
                node: self.layout.id(parent),
                percent: percent.min(MAX_PERCENT * Decimal::from(children.len())),
            });
        }
        share_the_rest(&given, WHOLE)
    }

    /// A blank takes part in what is left of the total.
    fn amounts(&self, parent: usize, children: &[usize], total: i64, findings: &mut Vec<Finding>) -> Vec<u128> {
        let given: Vec<Option<u128>> =
            children.iter().map(|child| self.node(*child).and_then(|node| node.amount).map(units)).collect();
        let sum: u128 = given.iter().flatten().sum();
        let whole = total.max(0).unsigned_abs().into();
        let complete = given.iter().all(Option::is_some);
        if whole < sum || (complete && sum != whole) {
            findings.push(Finding::AmountsOffTotal {
                dimension: self.dimension,
                node: self.layout.id(parent),
                sum: Amount::from_units(i64::try_from(sum).unwrap_or(i64::MAX)),
                total: Amount::from_units(total),
            });
        }
        share_the_rest(&given, whole)
    }

    /// A blank counts as the average of its siblings.
    fn averaged(
        &self,
        parent: usize,
        children: &[usize],
        known: &[Option<u128>],
        findings: &mut Vec<Finding>,
    ) -> Vec<u128> {
        let given: Vec<u128> = children.iter().filter_map(|child| known[*child]).collect();
        let blanks = children.len() - given.len();
        if given.is_empty() || blanks == 0 {
            return children.iter().map(|child| known[*child].unwrap_or(0)).collect();
        }
        findings.push(Finding::BlankWeights {
            dimension: self.dimension,
            node: self.layout.id(parent),
            method: self.methods[parent],
            count: blanks,
        });
        // Everything times the number of siblings known, so that the average is a whole number.
        let sum: u128 = given.iter().sum();
        children.iter().map(|child| known[*child].map_or(sum, |value| value * given.len() as u128)).collect()
    }
}

/// What each node says, or else the nearest one above it, or else what is usual.
fn inherited<T: Copy>(tree: &Tree, layout: &Layout, usual: T, read: fn(&Node) -> Option<T>) -> Vec<T> {
    let mut said: Vec<T> = Vec::with_capacity(layout.len());
    for position in 0..layout.len() {
        let above = if position == 0 { usual } else { said[layout.parent(position)] };
        said.push(tree.get(layout.id(position)).and_then(read).unwrap_or(above));
    }
    said
}

/// Time is rounded so that every running total is true; people and products so that everyone is nearest to their share.
fn usual_rounding(dimension: Dimension) -> Rounding {
    if dimension == Dimension::Time { Rounding::Cumulative } else { Rounding::LargestRemainder }
}

/// What is given, and for each blank an equal part of what the given ones leave of the whole.
fn share_the_rest(given: &[Option<u128>], whole: u128) -> Vec<u128> {
    let blanks = given.iter().filter(|value| value.is_none()).count() as u128;
    let rest = whole.saturating_sub(given.iter().flatten().sum());
    // Everything times the number of blanks, so that an equal part is a whole number.
    given.iter().map(|value| value.map_or(rest, |it| it * blanks.max(1))).collect()
}
