//! Step 3 of a tree, from the root down: what each node gets.
//!
//! A node's parts sum to it by construction, so that rounding happens once, in the division of each group of siblings.

use std::collections::BTreeSet;
use std::sync::Arc;

use kernels::{Rounding, normalise};

use super::base::Base;
use super::bounds::{Bounds, Fit, Frame, Locks, Tolerance};
use super::check::People;
use super::claim::{Claims, millionths};
use super::columns::Column;
use super::finding::Finding;
use super::group::{Group, Member, Share, part_of};
use super::layout::{Laid, Layout};
use super::remarks::Remarks;
use super::sums::{self, Sums};
use crate::amount::Amount;
use crate::order::gathered;
use crate::plan::{Dimension, Lock, Method, Node, NodeId, Plan, Typed};

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

/// A tree that is divided, and what it was made of: kept for the next time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divided {
    pub base: Arc<Base>,
    /// What bounds the nodes in the place of the base's bounds, where the locks were let go.
    loose: Option<Bounds>,
    pub division: Division,
    pub sums: Sums,
    /// What could be remarked of the organisation. Nothing in other trees.
    pub people: People,
    /// By parent, and by node.
    groups: Remarks<usize>,
    broken: Remarks<usize>,
}

impl Divided {
    /// Each group of siblings shares what their parent got.
    pub fn of(plan: &Plan, base: Arc<Base>, locks: Locks, total: i64) -> Divided {
        let layout = &base.layout;
        let laid = Laid::of(base.dimension, plan, layout);
        let loose = (locks == Locks::Dropped).then(|| Bounds::of(laid, locks).0);
        let all = 0..layout.len();
        let division = Division::blank(&base, total);
        let mut cascade = Cascade::of(plan, &base, loose.as_ref(), division);
        cascade.run(gathered(all.clone().filter(|it| !layout.is_leaf(*it))));
        all.for_each(|position| cascade.look_at(position));
        let Cascade { division, people, groups, broken, .. } = cascade;
        Divided { sums: sums::of_tree(&division), base: Arc::clone(&base), loose, division, people, groups, broken }
    }

    /// The same of a base that is made again from this one's, and who has another amount than before. `changed` say something
    /// else, and `open` have children who bring something else. The locks of the tree held before, and hold.
    pub fn again(
        &self,
        plan: &Plan,
        base: Arc<Base>,
        (changed, mut open): (&BTreeSet<usize>, BTreeSet<usize>),
        total: i64,
    ) -> (Divided, Vec<usize>) {
        let layout = &base.layout;
        let mut cascade = Cascade {
            people: self.people.clone(),
            groups: self.groups.clone(),
            broken: self.broken.clone(),
            ..Cascade::of(plan, &base, None, self.division.clone())
        };
        let mut moved = Vec::new();
        if cascade.division.amounts[0] != total {
            cascade.division.amounts[0] = total;
            moved.push(0);
            open.extend(Some(0).filter(|it| !layout.is_leaf(*it)));
        }
        let (done, below) = cascade.run(open);
        moved.extend(below);
        cascade.division.remember(&base, changed.iter().flat_map(|position| layout.path(*position)));
        changed.iter().chain(&moved).for_each(|position| cascade.look_at(*position));
        let Cascade { division, people, groups, broken, .. } = cascade;
        let sums = sums::of_tree_again(&division, &self.sums, &done);
        let divided = Divided { sums, base: Arc::clone(&base), loose: None, division, people, groups, broken };
        (divided, moved)
    }

    /// What bounds the nodes.
    pub fn bounds(&self) -> &Bounds {
        self.loose.as_ref().unwrap_or(&self.base.bounds)
    }

    /// Whether the locks of the tree hold.
    pub fn locks(&self) -> Locks {
        if self.loose.is_some() { Locks::Dropped } else { Locks::Kept }
    }

    /// What there is to say, from the root down, and then of each node.
    pub fn said(&self) -> impl Iterator<Item = Finding> + '_ {
        self.groups.forward().chain(self.broken.forward())
    }
}

impl Division {
    /// Nobody has anything yet.
    fn blank(base: &Base, total: i64) -> Division {
        let len = base.layout.len();
        let mut division = Division {
            dimension: base.dimension,
            layout: base.layout.clone(),
            amounts: vec![0; len],
            handed: vec![0; len],
            sources: vec![Source::Whole; len],
            last_year: vec![None; len],
            methods: base.methods.clone(),
            roundings: base.roundings.clone(),
        };
        division.amounts[0] = total;
        division.remember(base, 0..len);
        division
    }

    /// What these nodes had last year: their own figures, or the sums of those below them.
    fn remember(&mut self, base: &Base, positions: impl Iterator<Item = usize>) {
        for position in positions {
            let units = base.columns.get(&Column::LastYear, position);
            self.last_year[position] = units.map(|it| Amount::from_units(i64::try_from(it).unwrap_or(i64::MAX)));
        }
    }
}

/// A division in the making.
struct Cascade<'a> {
    laid: Laid<'a>,
    base: &'a Base,
    bounds: &'a Bounds,
    division: Division,
    people: People,
    groups: Remarks<usize>,
    broken: Remarks<usize>,
}

impl<'a> Cascade<'a> {
    fn of(plan: &'a Plan, base: &'a Base, loose: Option<&'a Bounds>, division: Division) -> Cascade<'a> {
        Cascade {
            laid: Laid::of(base.dimension, plan, &base.layout),
            base,
            bounds: loose.unwrap_or(&base.bounds),
            division,
            people: People::default(),
            groups: Remarks::default(),
            broken: Remarks::default(),
        }
    }

    /// Divides what these nodes have, and what those have who get another amount by that, from the root down. Says whose
    /// parts were divided, and who has another amount.
    fn run(&mut self, mut open: BTreeSet<usize>) -> (Vec<usize>, Vec<usize>) {
        let (mut done, mut moved) = (Vec::new(), Vec::new());
        while let Some(parent) = open.pop_first() {
            done.push(parent);
            let new = self.divide(parent);
            if self.base.dimension == Dimension::Organisation {
                self.people.look_at_team(&self.division, parent);
            }
            for child in new {
                moved.push(child);
                open.extend(Some(child).filter(|it| !self.laid.layout.is_leaf(*it)));
            }
        }
        (done, moved)
    }

    /// Divides what a node has among its children. Says which of them have another amount than before.
    fn divide(&mut self, parent: usize) -> Vec<usize> {
        let (laid, bounds) = (self.laid, self.bounds);
        let (dimension, layout) = (laid.dimension, laid.layout);
        let children = layout.children(parent);
        let whole = self.division.amounts[parent];
        let (method, rounding) = (self.base.methods[parent], self.base.roundings[parent]);
        // 1. What each child brings, and how much is handed out.
        let (mut said, mut about_whole) = (Vec::new(), None);
        let claims = Claims { laid, columns: &self.base.columns, parent, children: &children, method };
        let weights = claims.weigh(whole, &mut said);
        let (total, wished) = Handing { laid, bounds, method }.out(parent, &children, whole);
        self.division.handed[parent] = total;
        if total != whole {
            let (handed, given) = (Amount::from_units(total), Amount::from_units(whole));
            let is_off = |it: &Finding| matches!(it, Finding::PercentNot100 { .. } | Finding::AmountsOffTotal { .. });
            said.retain(|it| total != wished || !is_off(it));
            about_whole = Some(Finding::HandedOut { node: layout.id(parent), handed, given });
        }
        // 2. The siblings share that.
        let frame = bounds.frame(&children, total, whole);
        let members = members(laid, bounds, &children, &frame, &weights, total);
        let group = Group { total, whole, method, rounding, fit: frame.fit, members };
        let mut moved = Vec::new();
        let Division { amounts, sources, .. } = &mut self.division;
        for (child, share) in children.iter().zip(group.share()) {
            let node = layout.id(*child);
            let share = match bounds[*child].lock.and_then(Lock::share) {
                Some(lock) => locked_share(dimension, node, lock, &group, &frame, share, &mut said),
                None => share,
            };
            if amounts[*child] != share.amount {
                moved.push(*child);
            }
            (amounts[*child], sources[*child]) = (share.amount, share.source);
            if let Source::TypedGaveWay(typed) = share.source {
                let (typed, given) = (Amount::from_units(part_of(typed, whole)), Amount::from_units(share.amount));
                said.push(Finding::TypedGaveWay { dimension, node, typed, given });
            }
        }
        // 3. Weights that nobody goes by are not worth a word.
        let by_weight = children.iter().any(|child| matches!(sources[*child], Source::Share { .. }));
        said.retain(|finding| by_weight || !finding.is_about_weights());
        said.retain(|finding| !is_moot(finding, layout, sources));
        self.groups.set(parent, about_whole.into_iter().chain(said).collect());
        moved
    }

    /// Which floor, cap or increment of a node is not kept, and what else could be remarked of it.
    fn look_at(&mut self, position: usize) {
        self.broken.set(position, broken(self.laid, position, self.division.amounts[position]));
        if self.base.dimension == Dimension::Organisation {
            self.people.look_at(self.laid, &self.division, position);
        }
    }
}

fn members(
    laid: Laid<'_>,
    bounds: &Bounds,
    children: &[usize],
    frame: &Frame,
    weights: &[u64],
    total: i64,
) -> Vec<Member> {
    // Outside of what is wanted everyone is as far from the floor, or from the cap, as that is high.
    let strained: Option<Vec<u64>> = match frame.fit {
        Fit::Wanted => None,
        Fit::BelowFloors => Some(children.iter().map(|child| bounds[*child].wanted.lowest).collect::<Vec<i64>>()),
        Fit::AboveCaps => Some(children.iter().map(|child| bounds[*child].wanted.highest).collect()),
    }
    .map(|ends| normalise(&ends.iter().map(|it| u128::from(it.unsigned_abs())).collect::<Vec<u128>>()));
    let member = |(index, child): (usize, &usize)| Member {
        weight: strained.as_deref().unwrap_or(weights)[index],
        range: frame.ranges[index],
        step: bounds[*child].step,
        locked: bounds[*child].lock.is_some(),
        typed: typed(laid.node(*child), bounds[*child].lock, frame).filter(|_| 0 <= total),
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
    laid: Laid<'a>,
    bounds: &'a Bounds,
    method: Method,
}

impl Handing<'_> {
    /// What all children together say that they have, where each of them says it, and what the parent has where one of them
    /// takes what is left: as far as the tolerance of the parent, what is locked below, and floors and caps there allow; and as
    /// it was wished.
    fn out(&self, parent: usize, children: &[usize], whole: i64) -> (i64, i64) {
        let Some(node) = self.laid.node(parent).filter(|it| it.tolerance.is_some()) else {
            return (whole, whole);
        };
        let wished = self.said(children, whole).unwrap_or(whole);
        let around = Tolerance::of(self.laid.dimension, node).around(whole);
        let wanted = self.bounds.room(children, |it| it.wanted).clamp(wished);
        (self.bounds.room(children, |it| it.possible).clamp(around.clamp(wanted)), wished)
    }

    fn said(&self, children: &[usize], whole: i64) -> Option<i64> {
        let (mut sum, mut percents) = (0_i128, 0_i128);
        for child in children {
            let node = self.laid.node(*child)?;
            let typed = node.typed.filter(|it| 0 < it.whole.units());
            let share = self.bounds[*child].lock.map_or(typed, Lock::share);
            match self.bounds[*child].lock.and_then(Lock::value).map(Amount::units) {
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

/// Which floor, cap or increment a node does not keep with an amount.
fn broken(laid: Laid<'_>, position: usize, given: i64) -> Vec<Finding> {
    let mut said = Vec::new();
    let Some(node) = laid.node(position) else { return said };
    let (dimension, node_id, given) = (laid.dimension, laid.layout.id(position), Amount::from_units(given));
    if let Some(floor) = node.floor.filter(|floor| given < *floor) {
        said.push(Finding::FloorBroken { dimension, node: node_id, floor, given });
    }
    match (node.floor, node.cap) {
        (Some(floor), Some(cap)) if cap < floor => {
            said.push(Finding::FloorAboveCap { dimension, node: node_id, floor, cap });
        }
        (_, Some(cap)) if cap < given => said.push(Finding::CapBroken { dimension, node: node_id, cap, given }),
        _ => {}
    }
    let off = |increment: &Amount| 0 < increment.units() && given.units() % increment.units() != 0;
    if let Some(increment) = node.increment.filter(off) {
        said.push(Finding::OffIncrement { dimension, node: node_id, increment, given });
    }
    said
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
