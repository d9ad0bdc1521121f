//! Step 3 of a tree, from the root down: what each node gets.
//!
//! A node's parts sum to it by construction, so that rounding happens once, in the division of each group of siblings.

use super::apportion::normalise;
use super::bounds::{Bounds, Fit, Frame, Range, Tolerance};
use super::claim::{Claims, millionths};
use super::finding::Finding;
use super::group::{Group, Member, Share, part_of};
use super::layout::Layout;
use crate::amount::Amount;
use crate::plan::{Dimension, Lock, Method, Node, NodeId, Plan, Rounding, Tree, Typed};

/// The amounts of one tree, in the order of its layout, and where each came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    pub dimension: Dimension,
    pub layout: Layout,
    pub amounts: Vec<i64>,
    /// What each node hands out to its children: what it has, but for what its tolerance allows.
    pub handed: Vec<i64>,
    pub sources: Vec<Source>,
    pub last_year: Vec<Option<Amount>>,
    pub methods: Vec<Method>,
    pub roundings: Vec<Rounding>,
}

impl Division {
    pub fn total(&self) -> i64 {
        self.amounts[0]
    }
}

/// Why a node has the amount that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The whole that the plan divides.
    Whole,
    /// `weight` of `sum` in what the free siblings share.
    Share {
        method: Method,
        weight: u64,
        sum: u64,
        shared: i64,
    },
    /// Its share by weight lay outside what the locks below allow.
    Bound {
        method: Method,
    },
    /// Somebody typed it: so much of the parent.
    Typed(Typed),
    /// Somebody typed it, and it had to give way.
    TypedGaveWay(Typed),
    Locked,
    /// Locks below, or locks beside it, leave no choice.
    Forced,
}

/// Each group of siblings shares what their parent got.
pub fn divide(
    dimension: Dimension,
    plan: &Plan,
    layout: Layout,
    bounds: &Bounds,
    total: i64,
    findings: &mut Vec<Finding>,
) -> Division {
    let tree = plan.tree(dimension);
    let claims = Claims::of(dimension, plan, &layout);
    let mut amounts = vec![0; layout.len()];
    let mut handed = vec![0; layout.len()];
    let mut sources = vec![Source::Whole; layout.len()];
    amounts[0] = total;
    for parent in 0..layout.len() {
        let children = layout.children(parent);
        if children.is_empty() {
            continue;
        }
        let whole = amounts[parent];
        let mut said = Vec::new();
        let weights = claims.weigh(parent, &children, whole, &mut said);
        let handing = Handing { dimension, tree, layout: &layout, bounds, method: claims.method(parent) };
        let (total, wished) = handing.out(parent, &children, whole);
        handed[parent] = total;
        if total != whole {
            let (handed, given) = (Amount::from_units(total), Amount::from_units(whole));
            let is_off = |it: &Finding| matches!(it, Finding::PercentNot100 { .. } | Finding::AmountsOffTotal { .. });
            said.retain(|it| total != wished || !is_off(it));
            findings.push(Finding::HandedOut { node: layout.id(parent), handed, given });
        }
        let frame = bounds.frame(&children, total, whole);
        let group = Group {
            total,
            whole,
            method: claims.method(parent),
            rounding: claims.rounding(parent),
            fit: frame.fit,
            members: members(tree, &layout, bounds, &children, &frame, &weights, total),
        };
        for (child, share) in children.iter().zip(group.share()) {
            let node = layout.id(*child);
            let share = match bounds.locks[*child].and_then(Lock::share) {
                Some(lock) => locked_share(dimension, node, lock, &group, &frame, share, &mut said),
                None => share,
            };
            (amounts[*child], sources[*child]) = (share.amount, share.source);
            if let Source::TypedGaveWay(typed) = share.source {
                let (typed, given) = (Amount::from_units(part_of(typed, whole)), Amount::from_units(share.amount));
                said.push(Finding::TypedGaveWay { dimension, node, typed, given });
            }
        }
        // Weights that nobody goes by are not worth a word.
        let by_weight = children.iter().any(|child| matches!(sources[*child], Source::Share { .. }));
        said.retain(|finding| by_weight || !finding.is_about_weights());
        said.retain(|finding| !is_moot(finding, &layout, &sources));
        findings.extend(said);
    }
    let last_year = (0..layout.len()).map(|position| claims.history(position)).collect();
    let methods = (0..layout.len()).map(|position| claims.method(position)).collect();
    let roundings = (0..layout.len()).map(|position| claims.rounding(position)).collect();
    let division = Division { dimension, layout, amounts, handed, sources, last_year, methods, roundings };
    say_broken(tree, &division, findings);
    division
}

fn members(
    tree: &Tree,
    layout: &Layout,
    bounds: &Bounds,
    children: &[usize],
    frame: &Frame,
    weights: &[u64],
    total: i64,
) -> Vec<Member> {
    // Outside of what is wanted everyone is as far from the floor, or from the cap, as that is high.
    let strained: Option<Vec<u64>> = match frame.fit {
        Fit::Wanted => None,
        Fit::BelowFloors => Some(children.iter().map(|child| bounds.wanted[*child].lowest).collect::<Vec<i64>>()),
        Fit::AboveCaps => Some(children.iter().map(|child| bounds.wanted[*child].highest).collect()),
    }
    .map(|ends| normalise(&ends.iter().map(|it| u128::from(it.unsigned_abs())).collect::<Vec<u128>>()));
    let member = |(index, child): (usize, &usize)| Member {
        weight: strained.as_deref().unwrap_or(weights)[index],
        range: frame.ranges[index],
        step: bounds.steps[*child],
        locked: bounds.locks[*child].is_some(),
        typed: typed(tree.get(layout.id(*child)), bounds.locks[*child], frame).filter(|_| 0 <= total),
    };
    children.iter().enumerate().map(member).collect()
}

/// What counts as typed: a locked share that cannot be held, or what somebody typed where nothing is locked.
pub fn typed(node: Option<&Node>, lock: Option<Lock>, frame: &Frame) -> Option<Typed> {
    match lock {
        Some(lock) => lock.share().filter(|_| !frame.shares_held),
        None => node.and_then(|it| it.typed).filter(|typed| 0 < typed.whole.units()),
    }
}

/// What a node hands out.
struct Handing<'a> {
    dimension: Dimension,
    tree: &'a Tree,
    layout: &'a Layout,
    bounds: &'a Bounds,
    method: Method,
}

impl Handing<'_> {
    /// What all children together say that they have, where each of them says it, and what the parent has where one of them
    /// takes what is left: as far as the tolerance of the parent, what is locked below, and floors and caps there allow; and as
    /// it was wished.
    fn out(&self, parent: usize, children: &[usize], whole: i64) -> (i64, i64) {
        let Some(node) = self.tree.get(self.layout.id(parent)).filter(|it| it.tolerance.is_some()) else {
            return (whole, whole);
        };
        let wished = self.said(children, whole).unwrap_or(whole);
        let around = Tolerance::of(self.dimension, node).around(whole);
        let room = |of: &[Range]| Range::sum(children.iter().map(|it| of[*it]));
        let (possible, wanted) = (room(&self.bounds.possible), room(&self.bounds.wanted));
        (possible.clamp(around.clamp(wanted.clamp(wished))), wished)
    }

    fn said(&self, children: &[usize], whole: i64) -> Option<i64> {
        let (mut sum, mut percents) = (0_i128, 0_i128);
        for child in children {
            let node = self.tree.get(self.layout.id(*child))?;
            let typed = node.typed.filter(|it| 0 < it.whole.units());
            let share = self.bounds.locks[*child].map_or(typed, Lock::share);
            match self.bounds.locks[*child].and_then(Lock::value).map(Amount::units) {
                Some(locked) => sum += i128::from(locked),
                None if share.is_some() => sum += i128::from(part_of(share?, whole)),
                None if self.method == Method::Percent => percents += millionths(node.percent?) as i128,
                None if self.method == Method::Amount => sum += i128::from(node.amount?.units()),
                None => return None,
            }
        }
        // Rounded once: a hundredth of a percent each would be a unit each.
        let by_percent = (2 * percents * i128::from(whole) + PERCENT) / (2 * PERCENT);
        i64::try_from(sum + by_percent).ok()
    }
}

/// A hundred percent in millionths of one.
const PERCENT: i128 = 100_000_000;

/// What a locked share came to, and a word where it is another part than was locked.
fn locked_share(
    dimension: Dimension,
    node: NodeId,
    lock: Typed,
    group: &Group,
    frame: &Frame,
    share: Share,
    said: &mut Vec<Finding>,
) -> Share {
    let wish = part_of(lock, group.whole);
    // Shares that together make one whole are kept even where rounding moves them by a unit.
    let slack = if frame.shares_held { 0 } else { group.members.len() as i64 };
    if slack < (share.amount - wish).abs() {
        let (locked, given) = (Amount::from_units(wish), Amount::from_units(share.amount));
        said.push(Finding::LockBroken { dimension, node, locked, given });
    }
    Share { source: Source::Locked, ..share }
}

/// Which floors, caps and increments are not kept.
fn say_broken(tree: &Tree, division: &Division, findings: &mut Vec<Finding>) {
    let dimension = division.dimension;
    for (position, given) in division.amounts.iter().enumerate() {
        let id = division.layout.id(position);
        let Some(node) = tree.get(id) else { continue };
        let given = Amount::from_units(*given);
        if let Some(floor) = node.floor.filter(|floor| given < *floor) {
            findings.push(Finding::FloorBroken { dimension, node: id, floor, given });
        }
        match (node.floor, node.cap) {
            (Some(floor), Some(cap)) if cap < floor => {
                findings.push(Finding::FloorAboveCap { dimension, node: id, floor, cap });
            }
            (_, Some(cap)) if cap < given => findings.push(Finding::CapBroken { dimension, node: id, cap, given }),
            _ => {}
        }
        let off = |increment: &Amount| 0 < increment.units() && given.units() % increment.units() != 0;
        if let Some(increment) = node.increment.filter(off) {
            findings.push(Finding::OffIncrement { dimension, node: id, increment, given });
        }
    }
}

/// A node that was typed or locked gets what was said, whatever its weight is.
fn is_moot(finding: &Finding, layout: &Layout, sources: &[Source]) -> bool {
    match finding {
        Finding::GetsNothing { node, .. } => {
            layout.position(*node).is_none_or(|position| !matches!(sources[position], Source::Share { .. }))
        }
        _ => false,
    }
}
