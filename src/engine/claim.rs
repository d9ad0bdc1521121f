//! What each child brings to the division of its parent: the weights that its method gives, as integers.

use kernels::{Rounding, normalise};
use rust_decimal::Decimal;

use super::blend::{self, blend};
use super::columns::{Column, Columns};
use super::finding::Finding;
use super::layout::{Laid, Layout};
use crate::amount::Amount;
use crate::plan::check::{MAX_DECIMALS, MAX_PERCENT};
use crate::plan::{self, Dimension, Factor, Method, Node, NodeId, Tree};

/// What the children of one node bring.
pub struct Claims<'a> {
    pub laid: Laid<'a>,
    pub columns: &'a Columns,
    pub parent: usize,
    pub children: &'a [usize],
    pub method: Method,
}

/// Percentages and weights in millionths: the plan takes no more decimals.
pub fn millionths(value: Decimal) -> u128 {
    let mut value = value;
    value.rescale(MAX_DECIMALS);
    value.mantissa().unsigned_abs()
}

pub fn units(amount: Amount) -> u128 {
    amount.units().max(0).unsigned_abs().into()
}

/// One whole, in the unit in which percentages are counted here.
pub const WHOLE: u128 = 100_000_000;

impl<'a> Claims<'a> {
    /// The weights of the children of a node that carries `total`, and what there is to say about them. At least one
    /// weight is above zero.
    pub fn weigh(&self, total: i64, findings: &mut Vec<Finding>) -> Vec<u64> {
        let (dimension, method, children) = (self.laid.dimension, self.method, self.children);
        let weights = match method {
            Method::Even => vec![1; children.len()],
            Method::Percent => self.percentages(findings),
            Method::Amount => self.amounts(total, findings),
            Method::Weight => self.averaged(&Column::Weight, findings),
            Method::History => self.figures(findings),
            Method::Potential => self.averaged(&Column::Potential, findings),
            Method::Capacity => self.averaged(&Column::Capacity, findings),
            Method::WorkingDays => self.averaged(&Column::WorkingDays, findings),
            Method::Score => self.scored(findings),
        };
        if weights.iter().all(|weight| *weight == 0) {
            if 1 < children.len() {
                findings.push(Finding::NoWeights { dimension, node: self.id(self.parent), method });
            }
            return vec![1; children.len()];
        }
        for (child, weight) in children.iter().zip(&weights) {
            if *weight == 0 && 0 < total {
                findings.push(Finding::GetsNothing { dimension, node: self.id(*child), method });
            }
        }
        normalise(&weights)
    }

    fn id(&self, position: usize) -> NodeId {
        self.laid.layout.id(position)
    }

    fn node(&self, position: usize) -> Option<&'a Node> {
        self.laid.node(position)
    }

    /// What the parent says, or else the nearest one above it.
    fn inherited<T>(&self, read: impl Fn(&'a Node) -> Option<T>) -> Option<T> {
        let path = self.laid.layout.path(self.parent);
        path.into_iter().rev().find_map(|position| read(self.node(position)?))
    }

    /// A blank takes part in what is left of 100.
    fn percentages(&self, findings: &mut Vec<Finding>) -> Vec<u128> {
        let given: Vec<Option<u128>> =
            self.children.iter().map(|child| self.node(*child).and_then(|node| node.percent).map(millionths)).collect();
        let sum: u128 = given.iter().flatten().sum();
        let complete = given.iter().all(Option::is_some);
        if WHOLE < sum || (complete && sum != WHOLE) {
            findings.push(Finding::PercentNot100 {
                dimension: self.laid.dimension,
                node: self.id(self.parent),
                percent: percent(sum).min(MAX_PERCENT * Decimal::from(self.children.len())),
            });
        }
        share_the_rest(&given, WHOLE)
    }

    /// A blank takes part in what is left of the total.
    fn amounts(&self, total: i64, findings: &mut Vec<Finding>) -> Vec<u128> {
        let given: Vec<Option<u128>> =
            self.children.iter().map(|child| self.node(*child).and_then(|node| node.amount).map(units)).collect();
        let sum: u128 = given.iter().flatten().sum();
        let whole = total.max(0).unsigned_abs().into();
        let complete = given.iter().all(Option::is_some);
        if whole < sum || (complete && sum != whole) {
            findings.push(Finding::AmountsOffTotal {
                dimension: self.laid.dimension,
                node: self.id(self.parent),
                sum: Amount::from_units(i64::try_from(sum).unwrap_or(i64::MAX)),
                total: Amount::from_units(total),
            });
        }
        share_the_rest(&given, whole)
    }

    /// A blank counts as the average of its siblings.
    fn averaged(&self, column: &Column, findings: &mut Vec<Finding>) -> Vec<u128> {
        let figures = self.known(column);
        self.say_blanks(&[&figures], findings);
        averages(&figures)
    }

    fn known(&self, column: &Column) -> Vec<Option<u128>> {
        self.children.iter().map(|child| self.columns.get(column, *child)).collect()
    }

    /// Last year's figures, or those of the periods that the parent mixes, as they are expected to grow.
    fn figures(&self, findings: &mut Vec<Finding>) -> Vec<u128> {
        let Some(mix) = self.inherited(|node| node.mix.as_ref()) else {
            return self.averaged(&Column::Grown, findings);
        };
        let mut columns = vec![(millionths(mix.last_year), self.known(&Column::Grown))];
        columns
            .extend(mix.past.iter().map(|(period, it)| (millionths(*it), self.known(&Column::Past(period.clone())))));
        self.blended(columns, findings)
    }

    /// The scores of the factors of the parent, each factor by its weight.
    fn scored(&self, findings: &mut Vec<Finding>) -> Vec<u128> {
        let (dimension, node) = (self.laid.dimension, self.id(self.parent));
        let factors = |node: &'a Node| Some(node.factors.as_slice()).filter(|it| !it.is_empty());
        let factors = self.inherited(factors).unwrap_or_default();
        let sum: u128 = factors.iter().map(|it| millionths(it.weight)).sum();
        if !factors.is_empty() && sum != WHOLE {
            findings.push(Finding::FactorsNot100 { dimension, node, percent: percent(sum) });
        }
        let score =
            |child: &usize, factor: &Factor| self.node(*child)?.scores.get(&factor.name).copied().map(millionths);
        let column = |factor: &Factor| self.children.iter().map(|child| score(child, factor)).collect::<Vec<_>>();
        let columns: Vec<(u128, Vec<Option<u128>>)> =
            factors.iter().map(|factor| (millionths(factor.weight), column(factor))).collect();
        for (factor, _) in columns.iter().enumerate().filter(|(_, (weight, scores))| 0 < *weight && is_nothing(scores))
        {
            findings.push(Finding::NoScores { dimension, node, factor });
        }
        if columns.iter().all(|(_, scores)| is_nothing(scores)) {
            return vec![0; self.children.len()];
        }
        self.blended(columns, findings)
    }

    /// Columns in which a blank counts as the average, each by its weight.
    fn blended(&self, columns: Vec<(u128, Vec<Option<u128>>)>, findings: &mut Vec<Finding>) -> Vec<u128> {
        let counted: Vec<&Vec<Option<u128>>> =
            columns.iter().filter(|(weight, figures)| 0 < *weight && !is_nothing(figures)).map(|it| &it.1).collect();
        self.say_blanks(&counted, findings);
        let column = |(weight, figures): &(u128, Vec<Option<u128>>)| blend::Column {
            weight: *weight,
            figures: averages(figures),
        };
        blend(&columns.iter().map(column).collect::<Vec<_>>(), self.children.len())
    }

    /// How many children lack a figure that their siblings have.
    fn say_blanks(&self, columns: &[&Vec<Option<u128>>], findings: &mut Vec<Finding>) {
        let len = columns.first().map_or(0, |figures| figures.len());
        let lacks = |child: &usize| columns.iter().any(|figures| figures[*child].is_none());
        let count = (0..len).filter(lacks).count();
        let is_all_blank = columns.iter().all(|figures| figures.iter().all(Option::is_none));
        if 0 < count && !is_all_blank {
            let (dimension, node, method) = (self.laid.dimension, self.id(self.parent), self.method);
            findings.push(Finding::BlankWeights { dimension, node, method, count });
        }
    }
}

fn percent(millionths: u128) -> Decimal {
    Decimal::from_i128_with_scale(millionths.try_into().unwrap_or(i128::MAX), MAX_DECIMALS).normalize()
}

fn is_nothing(figures: &[Option<u128>]) -> bool {
    figures.iter().flatten().all(|figure| *figure == 0)
}

/// Each blank counts as the average of what is given.
fn averages(figures: &[Option<u128>]) -> Vec<u128> {
    let given = figures.iter().flatten().count();
    if given == 0 || given == figures.len() {
        return figures.iter().map(|figure| figure.unwrap_or(0)).collect();
    }
    // Everything times the number of figures given, so that the average is a whole number.
    let sum: u128 = figures.iter().flatten().sum();
    figures.iter().map(|figure| figure.map_or(sum, |it| it * given as u128)).collect()
}

/// What each node says, or else the nearest one above it, or else what is usual.
pub fn inherited<'a, T: Copy>(
    tree: &'a Tree,
    layout: &Layout,
    usual: T,
    read: impl Fn(&'a Node) -> Option<T>,
) -> Vec<T> {
    let mut said: Vec<T> = Vec::with_capacity(layout.len());
    for position in 0..layout.len() {
        let above = if position == 0 { usual } else { said[layout.parent(position)] };
        said.push(tree.get(layout.id(position)).and_then(&read).unwrap_or(above));
    }
    said
}

/// Time is rounded so that every running total is true; people and products so that everyone is nearest to their share.
pub fn usual_rounding(dimension: Dimension) -> Rounding {
    if dimension == Dimension::Time { Rounding::Cumulative } else { Rounding::LargestRemainder }
}

/// What a plan asks for, as the kernels know it.
impl From<plan::Rounding> for Rounding {
    fn from(asked: plan::Rounding) -> Rounding {
        match asked {
            plan::Rounding::LargestRemainder => Rounding::LargestRemainder,
            plan::Rounding::Webster => Rounding::Webster,
            plan::Rounding::Cumulative => Rounding::Cumulative,
        }
    }
}

/// What is given, and for each blank an equal part of what the given ones leave of the whole.
fn share_the_rest(given: &[Option<u128>], whole: u128) -> Vec<u128> {
    let blanks = given.iter().filter(|value| value.is_none()).count() as u128;
    let rest = whole.saturating_sub(given.iter().flatten().sum());
    // Everything times the number of blanks, so that an equal part is a whole number.
    given.iter().map(|value| value.map_or(rest, |it| it * blanks.max(1))).collect()
}
