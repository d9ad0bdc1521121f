//! One tree: from the leaves up, what locks make possible; from the root down, what each node gets.
//!
//! A node's parts sum to it by construction, so that rounding happens once, in the division of each group of siblings.

use super::apportion::{Rounding, apportion};
use super::bounded::{self, NO_CAP};
use super::claim::Claims;
use super::finding::Finding;
use super::layout::Layout;
use crate::amount::Amount;
use crate::plan::{Dimension, Lock, Method, Node, Tree, Typed};

/// The amounts of one tree, in the order of its layout, and where each came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    pub dimension: Dimension,
    pub layout: Layout,
    pub amounts: Vec<i64>,
    pub sources: Vec<Source>,
    pub last_year: Vec<Option<Amount>>,
    pub methods: Vec<Method>,
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

/// The least and the most that each node can get.
pub struct Bounds {
    pub lowest: Vec<i64>,
    pub highest: Vec<i64>,
}

impl Bounds {
    /// Nothing is locked.
    pub fn none(len: usize) -> Bounds {
        Bounds { lowest: vec![0; len], highest: vec![NO_CAP; len] }
    }
}

/// Whether the locks of a tree hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locks {
    Kept,
    Dropped,
}

/// Step 1 of a tree, from the leaves up: what locks make possible. A lock that those below it do not allow is moved to
/// the nearest amount that they do.
pub fn bounds(dimension: Dimension, tree: &Tree, layout: &Layout, findings: &mut Vec<Finding>) -> Bounds {
    let mut lowest = vec![0; layout.len()];
    let mut highest = vec![0_i64; layout.len()];
    for position in (0..layout.len()).rev() {
        if layout.is_leaf(position) {
            highest[position] = NO_CAP;
        }
        let node = layout.id(position);
        // The root's amount is the target; a lock on it says nothing.
        let lock = tree.get(node).and_then(|it| it.lock).filter(|_| 0 < position);
        if let Some(Lock::Value(locked)) = lock {
            let given = locked.units().clamp(lowest[position], highest[position]);
            if given != locked.units() {
                let given = Amount::from_units(given);
                findings.push(Finding::LockBroken { dimension, node, locked, given });
            }
            (lowest[position], highest[position]) = (given, given);
        }
        if 0 < position {
            let parent = layout.parent(position);
            lowest[parent] = lowest[parent].saturating_add(lowest[position]).min(NO_CAP);
            highest[parent] = highest[parent].saturating_add(highest[position]).min(NO_CAP);
        }
    }
    Bounds { lowest, highest }
}

/// Step 2 of a tree, from the root down: each group of siblings shares what their parent got.
pub fn divide(
    dimension: Dimension,
    tree: &Tree,
    layout: Layout,
    bounds: &Bounds,
    locks: Locks,
    total: i64,
    findings: &mut Vec<Finding>,
) -> Division {
    let claims = Claims::of(dimension, tree, &layout);
    let mut amounts = vec![0; layout.len()];
    let mut sources = vec![Source::Whole; layout.len()];
    amounts[0] = total;
    for parent in 0..layout.len() {
        let children = layout.children(parent);
        if children.is_empty() {
            continue;
        }
        let mut said = Vec::new();
        let weights = claims.weigh(parent, &children, amounts[parent], &mut said);
        let group = Group {
            total: amounts[parent],
            method: claims.method(parent),
            rounding: rounding(dimension),
            members: children
                .iter()
                .zip(weights)
                .map(|(child, weight)| {
                    member(tree.get(layout.id(*child)), weight, bounds, locks, *child, amounts[parent])
                })
                .collect(),
        };
        for (child, share) in children.iter().zip(group.share()) {
            amounts[*child] = share.amount;
            sources[*child] = share.source;
            if let (Source::TypedGaveWay(typed), node) = (share.source, layout.id(*child)) {
                let (typed, given) =
                    (Amount::from_units(part_of(typed, amounts[parent])), Amount::from_units(share.amount));
                said.push(Finding::TypedGaveWay { dimension, node, typed, given });
            }
        }
        // Weights that nobody goes by are not worth a word.
        let by_weight = children.iter().any(|child| matches!(sources[*child], Source::Share { .. }));
        said.retain(|finding| by_weight || matches!(finding, Finding::TypedGaveWay { .. }));
        said.retain(|finding| !is_moot(finding, &layout, &sources));
        findings.extend(said);
    }
    let last_year = (0..layout.len()).map(|position| claims.history(position)).collect();
    let methods = (0..layout.len()).map(|position| claims.method(position)).collect();
    Division { dimension, layout, amounts, sources, last_year, methods }
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

/// Time is rounded so that every running total is true; people and products so that everyone is nearest to their share.
pub fn rounding(dimension: Dimension) -> Rounding {
    if dimension == Dimension::Time { Rounding::Cumulative } else { Rounding::LargestRemainder }
}

fn member(node: Option<&Node>, weight: u64, bounds: &Bounds, locks: Locks, position: usize, total: i64) -> Member {
    let (lowest, highest) = match locks {
        Locks::Kept => (bounds.lowest[position], bounds.highest[position]),
        Locks::Dropped => (0, NO_CAP),
    };
    let locked = locks == Locks::Kept && node.is_some_and(|it| it.lock.is_some());
    let typed = node.and_then(|it| it.typed).filter(|typed| 0 < typed.whole.units() && !locked && 0 <= total);
    Member { weight, lowest, highest, locked, typed }
}

/// What a typed number is of a whole, to the nearest unit.
pub fn part_of(typed: Typed, whole: i64) -> i64 {
    let of = i128::from(typed.whole.units());
    if of <= 0 {
        return 0;
    }
    let twice = 2 * i128::from(typed.part.units()) * i128::from(whole);
    i64::try_from((twice + of).div_euclid(2 * of)).unwrap_or(i64::MAX)
}

/// Siblings that share what their parent got. The total lies between the sums of `lowest` and `highest`.
pub struct Group {
    pub total: i64,
    pub method: Method,
    pub rounding: Rounding,
    pub members: Vec<Member>,
}

#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub weight: u64,
    pub lowest: i64,
    pub highest: i64,
    pub locked: bool,
    pub typed: Option<Typed>,
}

pub struct Share {
    pub amount: i64,
    pub source: Source,
}

impl Group {
    /// Locked members first, then typed ones, then the free ones by weight. Where nobody is free to take the rest, or the
    /// typed numbers leave too little or too much, the typed ones share instead.
    pub fn share(&self) -> Vec<Share> {
        let fixed = |member: &Member| member.lowest == member.highest;
        let wish =
            |member: &Member| member.typed.map(|typed| part_of(typed, self.total).clamp(member.lowest, member.highest));
        let is_free = |member: &Member| !fixed(member) && member.typed.is_none();
        let sum = |pick: &dyn Fn(&Member) -> i64| self.members.iter().map(pick).fold(0_i64, i64::saturating_add);
        let taken = sum(&|it| if fixed(it) { it.lowest } else { wish(it).unwrap_or(0) });
        let least = sum(&|it| if is_free(it) { it.lowest } else { 0 });
        let most = sum(&|it| if is_free(it) { it.highest } else { 0 });
        let rest = self.total - taken;
        if self.members.iter().any(is_free) && least <= rest && rest <= most {
            self.with_typed(rest, wish)
        } else if self.members.iter().all(|it| it.typed.is_none() || fixed(it)) {
            self.without_typed()
        } else {
            self.among_typed()
        }
    }

    /// Typed numbers stand; the free members share the rest by weight.
    fn with_typed(&self, rest: i64, wish: impl Fn(&Member) -> Option<i64>) -> Vec<Share> {
        let free: Vec<&Member> =
            self.members.iter().filter(|it| it.lowest < it.highest && it.typed.is_none()).collect();
        let mut parts = self.by_weight(rest, &free).into_iter();
        self.members
            .iter()
            .map(|member| match (member.lowest == member.highest, wish(member), member.typed) {
                (true, ..) => self.fixed(member),
                (false, Some(amount), Some(typed)) => {
                    let kept = amount == part_of(typed, self.total);
                    let source = if kept { Source::Typed(typed) } else { Source::TypedGaveWay(typed) };
                    Share { amount, source }
                }
                _ => parts.next().unwrap_or(Share { amount: member.lowest, source: Source::Forced }),
            })
            .collect()
    }

    fn without_typed(&self) -> Vec<Share> {
        let free: Vec<&Member> = self.members.iter().filter(|it| it.lowest < it.highest).collect();
        let taken: i64 = self.members.iter().filter(|it| it.lowest == it.highest).map(|it| it.lowest).sum();
        let mut parts = self.by_weight(self.total - taken, &free).into_iter();
        let mut next = |member: &Member| match member.lowest == member.highest {
            true => self.fixed(member),
            false => parts.next().unwrap_or(Share { amount: member.lowest, source: Source::Forced }),
        };
        self.members.iter().map(&mut next).collect()
    }

    /// Nobody is free to take the rest: the typed members share, in proportion to what was typed.
    fn among_typed(&self) -> Vec<Share> {
        let weights = typed_weights(&self.members);
        let (lowest, highest): (Vec<i64>, Vec<i64>) = self.members.iter().map(|it| (it.lowest, it.highest)).unzip();
        let amounts = bounded::split(self.total, &weights, &lowest, &highest, self.rounding).unwrap_or(lowest);
        // Shares that together make one whole are kept even where rounding moves them by a unit.
        let slack = self.members.len() as i64;
        let source = |member: &Member, amount: i64| match member.typed {
            _ if member.lowest == member.highest => self.fixed(member).source,
            Some(typed) if (amount - part_of(typed, self.total)).abs() <= slack => Source::Typed(typed),
            Some(typed) => Source::TypedGaveWay(typed),
            None => Source::Forced,
        };
        self.members
            .iter()
            .zip(amounts)
            .map(|(member, amount)| Share { amount, source: source(member, amount) })
            .collect()
    }

    /// A member to whom locks, its own or those below it, leave no choice. A number typed there may have to give way.
    fn fixed(&self, member: &Member) -> Share {
        let amount = member.lowest;
        let source = match member.typed {
            _ if member.locked => Source::Locked,
            Some(typed) if part_of(typed, self.total) != amount => Source::TypedGaveWay(typed),
            _ => Source::Forced,
        };
        Share { amount, source }
    }

    fn by_weight(&self, rest: i64, free: &[&Member]) -> Vec<Share> {
        let mut weights: Vec<u64> = free.iter().map(|it| it.weight).collect();
        if weights.iter().all(|weight| *weight == 0) {
            weights.fill(1);
        }
        let (lowest, highest): (Vec<i64>, Vec<i64>) = free.iter().map(|it| (it.lowest, it.highest)).unzip();
        let unbounded = free.iter().all(|it| it.lowest == 0 && it.highest == NO_CAP);
        let amounts = match unbounded {
            true => apportion(rest, &weights, self.rounding),
            false => bounded::split(rest, &weights, &lowest, &highest, self.rounding).unwrap_or(lowest),
        };
        let sum: u64 = weights.iter().sum();
        let near = |amount: i64, weight: u64| {
            let off = i128::from(amount) * i128::from(sum) - i128::from(rest) * i128::from(weight);
            off.abs() < i128::from(sum.max(1))
        };
        let source = |amount: i64, weight: u64| match unbounded || near(amount, weight) {
            true => Source::Share { method: self.method, weight, sum, shared: rest },
            false => Source::Bound { method: self.method },
        };
        amounts
            .into_iter()
            .zip(weights)
            .map(|(amount, weight)| Share { amount, source: source(amount, weight) })
            .collect()
    }
}

/// What was typed, as weights on one scale. Numbers typed against the same whole are their own weights.
fn typed_weights(members: &[Member]) -> Vec<u64> {
    let typed = |member: &Member| member.typed.filter(|_| member.lowest < member.highest);
    let wholes: Vec<Amount> = members.iter().filter_map(typed).map(|it| it.whole).collect();
    let alike = wholes.windows(2).all(|pair| pair[0] == pair[1]);
    let weight = |it: Typed| {
        let part = u128::from(it.part.units().unsigned_abs());
        if alike { part } else { (part << 40) / u128::from(it.whole.units().unsigned_abs().max(1)) }
    };
    super::apportion::normalise(&members.iter().map(|it| typed(it).map_or(0, weight)).collect::<Vec<u128>>())
}
