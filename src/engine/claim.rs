//! What each child brings to the division of its parent: the weights that its method gives, as integers.

use rust_decimal::Decimal;

use super::apportion::normalise;
use super::blend::{Column, blend};
use super::calendar::{Days, carried};
use super::finding::Finding;
use super::layout::Layout;
use crate::amount::Amount;
use crate::plan::check::{MAX_DECIMALS, MAX_PERCENT};
use crate::plan::{Dimension, Factor, Method, Mix, Node, NodeId, Plan, Rounding, Tree};

/// What is known of each node of one tree, from the leaves up: its own figure, or the sum of those below it.
type Known = Vec<Option<u128>>;

/// What the children of every node of one tree bring.
pub struct Claims<'a> {
    dimension: Dimension,
    plan: &'a Plan,
    tree: &'a Tree,
    layout: &'a Layout,
    methods: Vec<Method>,
    roundings: Vec<Rounding>,
    mixes: Vec<Option<&'a Mix>>,
    factors: Vec<&'a [Factor]>,
    history: Known,
    /// The columns of the methods that the tree uses, each gathered once.
    weights: Known,
    grown: Known,
    potential: Known,
    capacity: Known,
    working_days: Known,
}

/// Percentages and weights in millionths: the plan takes no more decimals.
pub fn millionths(value: Decimal) -> u128 {
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
    pub fn of(dimension: Dimension, plan: &'a Plan, layout: &'a Layout) -> Claims<'a> {
        let tree = plan.tree(dimension);
        let methods = inherited(tree, layout, Method::Even, |node| node.method);
        let roundings = inherited(tree, layout, usual_rounding(dimension), |node| node.rounding);
        let gather = |method: Method, read: fn(&Node) -> Option<u128>| match methods.contains(&method) {
            true => known(tree, layout, |_, node| read(node), |_, figure| figure),
            false => Vec::new(),
        };
        // Periods know their working days from the calendar, unless somebody says otherwise.
        let is_by_days = dimension == Dimension::Time && methods.contains(&Method::WorkingDays);
        let year = Some(&plan.calendar).filter(|_| is_by_days).and_then(Days::of);
        let days = |id: NodeId, node: &Node| {
            let said = node.working_days.map(millionths);
            said.or_else(|| Some(year.as_ref().filter(|_| node.children.is_empty())?.span(id)?.counts))
        };
        Claims {
            dimension,
            plan,
            tree,
            layout,
            history: known(tree, layout, |_, node| last_year(node), |_, figure| figure),
            weights: gather(Method::Weight, |node| node.weight.map(millionths)),
            grown: match methods.contains(&Method::History) {
                true => grown(dimension, plan, layout, Some(plan.calendar.year - 1), &last_year),
                false => Vec::new(),
            },
            potential: gather(Method::Potential, |node| node.potential.map(units)),
            capacity: gather(Method::Capacity, |node| node.capacity.map(units)),
            working_days: match methods.contains(&Method::WorkingDays) {
                true => known(tree, layout, days, |_, figure| figure),
                false => Vec::new(),
            },
            methods,
            roundings,
            mixes: inherited(tree, layout, None, |node| node.mix.as_ref().map(Some)),
            factors: inherited(tree, layout, &[], |node| Some(node.factors.as_slice()).filter(|it| !it.is_empty())),
        }
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
            Method::History => self.figures(parent, children, findings),
            Method::Potential => self.averaged(parent, children, &self.potential, findings),
            Method::Capacity => self.averaged(parent, children, &self.capacity, findings),
            Method::WorkingDays => self.averaged(parent, children, &self.working_days, findings),
            Method::Score => self.scored(parent, children, findings),
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
            findings.push(Finding::PercentNot100 {
                dimension: self.dimension,
                node: self.layout.id(parent),
                percent: percent(sum).min(MAX_PERCENT * Decimal::from(children.len())),
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
    fn averaged(&self, parent: usize, children: &[usize], known: &Known, findings: &mut Vec<Finding>) -> Vec<u128> {
        let figures: Vec<Option<u128>> = children.iter().map(|child| known[*child]).collect();
        self.say_blanks(parent, &[&figures], findings);
        averages(&figures)
    }

    /// Last year's figures, or those of the periods that the parent mixes, as they are expected to grow.
    fn figures(&self, parent: usize, children: &[usize], findings: &mut Vec<Finding>) -> Vec<u128> {
        let Some(mix) = self.mixes[parent] else {
            return self.averaged(parent, children, &self.grown, findings);
        };
        let of = |known: &Known| children.iter().map(|child| known[*child]).collect::<Vec<_>>();
        let mut columns = vec![(millionths(mix.last_year), of(&self.grown))];
        for (period, weight) in &mix.past {
            let read = |node: &Node| node.past.get(period).copied().map(units);
            // A period that is named by a number is that year.
            let year = period.trim().parse().ok();
            columns.push((millionths(*weight), of(&grown(self.dimension, self.plan, self.layout, year, &read))));
        }
        self.blended(parent, columns, findings)
    }

    /// The scores of the factors of the parent, each factor by its weight.
    fn scored(&self, parent: usize, children: &[usize], findings: &mut Vec<Finding>) -> Vec<u128> {
        let (dimension, node) = (self.dimension, self.layout.id(parent));
        let factors = self.factors[parent];
        let sum: u128 = factors.iter().map(|it| millionths(it.weight)).sum();
        if !factors.is_empty() && sum != WHOLE {
            findings.push(Finding::FactorsNot100 { dimension, node, percent: percent(sum) });
        }
        let score =
            |child: &usize, factor: &Factor| self.node(*child)?.scores.get(&factor.name).copied().map(millionths);
        let column = |factor: &Factor| children.iter().map(|child| score(child, factor)).collect::<Vec<_>>();
        let columns: Vec<(u128, Vec<Option<u128>>)> =
            factors.iter().map(|factor| (millionths(factor.weight), column(factor))).collect();
        for (factor, _) in columns.iter().enumerate().filter(|(_, (weight, scores))| 0 < *weight && is_nothing(scores))
        {
            findings.push(Finding::NoScores { dimension, node, factor });
        }
        if columns.iter().all(|(_, scores)| is_nothing(scores)) {
            return vec![0; children.len()];
        }
        self.blended(parent, columns, findings)
    }

    /// Columns in which a blank counts as the average, each by its weight.
    fn blended(
        &self,
        parent: usize,
        columns: Vec<(u128, Vec<Option<u128>>)>,
        findings: &mut Vec<Finding>,
    ) -> Vec<u128> {
        let counted: Vec<&Vec<Option<u128>>> =
            columns.iter().filter(|(weight, figures)| 0 < *weight && !is_nothing(figures)).map(|it| &it.1).collect();
        self.say_blanks(parent, &counted, findings);
        let len = columns.first().map_or(0, |(_, figures)| figures.len());
        let column =
            |(weight, figures): &(u128, Vec<Option<u128>>)| Column { weight: *weight, figures: averages(figures) };
        blend(&columns.iter().map(column).collect::<Vec<Column>>(), len)
    }

    /// How many children lack a figure that their siblings have.
    fn say_blanks(&self, parent: usize, columns: &[&Vec<Option<u128>>], findings: &mut Vec<Finding>) {
        let len = columns.first().map_or(0, |figures| figures.len());
        let lacks = |child: &usize| columns.iter().any(|figures| figures[*child].is_none());
        let count = (0..len).filter(lacks).count();
        let is_all_blank = columns.iter().all(|figures| figures.iter().all(Option::is_none));
        if 0 < count && !is_all_blank {
            let (dimension, node, method) = (self.dimension, self.layout.id(parent), self.methods[parent]);
            findings.push(Finding::BlankWeights { dimension, node, method, count });
        }
    }
}

/// From the leaves up: a node's own figure, or the sum of those below it, and what its node makes of that.
fn known(
    tree: &Tree,
    layout: &Layout,
    read: impl Fn(NodeId, &Node) -> Option<u128>,
    finish: impl Fn(&Node, u128) -> u128,
) -> Known {
    let mut known: Known = vec![None; layout.len()];
    let mut below: Known = vec![None; layout.len()];
    for position in (0..layout.len()).rev() {
        let id = layout.id(position);
        let Some(node) = tree.get(id) else { continue };
        known[position] = read(id, node).or(below[position]).map(|figure| finish(node, figure));
        if let (Some(figure), true) = (known[position], 0 < position) {
            let parent = layout.parent(position);
            below[parent] = Some(below[parent].unwrap_or(0) + figure);
        }
    }
    known
}

fn last_year(node: &Node) -> Option<u128> {
    node.last_year.map(units)
}

/// Figures of a year as they are expected to grow, and, where the calendar says so, carried over to the days of this one.
/// Where neither changes anything they are left as they are, to the unit; otherwise they are in millionths of it.
fn grown(
    dimension: Dimension,
    plan: &Plan,
    layout: &Layout,
    year: Option<i32>,
    read: &dyn Fn(&Node) -> Option<u128>,
) -> Known {
    let tree = plan.tree(dimension);
    let moves = dimension == Dimension::Time && plan.calendar.carries_days;
    if !moves && tree.nodes.values().all(|node| node.growth.is_none()) {
        return known(tree, layout, |_, node| read(node), |_, figure| figure);
    }
    let carried = year.filter(|_| moves).map(|year| carried(&plan.calendar, year));
    let read = |id: NodeId, node: &Node| {
        let figure = read(node)?.min(MAX_FIGURE) * 1_000_000;
        let days = carried.as_ref().and_then(|carried| carried(id));
        Some(days.map_or(figure, |(now, before)| figure * now / before))
    };
    let grow = |node: &Node, figure: u128| {
        let growth = node.growth.unwrap_or_default();
        let change = millionths(growth);
        let factor = if growth.is_sign_negative() { WHOLE.saturating_sub(change) } else { WHOLE + change };
        figure.min(MAX_FIGURE) * factor / WHOLE
    };
    known(tree, layout, read, grow)
}

/// Growth upon growth ends here, far above every amount.
const MAX_FIGURE: u128 = 1 << 90;

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
