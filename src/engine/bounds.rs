//! Step 1 of a tree, from the leaves up: what each node can get, and what it should get.
//!
//! Two ranges a node, one inside the other. What is `possible` follows from locked amounts alone. What is `wanted` follows
//! from floors, caps and increments too, of the node and of everything below it. Locks are stronger than floors, and
//! floors stronger than caps; a total that is outside of what is wanted is divided all the same, nearest to it.

use std::ops::Index;

use kernels::NO_CAP;

use super::claim::millionths;
use super::finding::Finding;
use super::group::part_of;
use super::layout::Laid;
use super::pages::List;
use super::remarks::Remarks;
use crate::amount::Amount;
use crate::plan::{Dimension, Lock, Node, NodeId};

/// From one amount to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub lowest: i64,
    pub highest: i64,
}

impl Range {
    pub const ANY: Range = Range { lowest: 0, highest: NO_CAP };
    const NOTHING: Range = Range { lowest: 0, highest: 0 };

    pub fn at(amount: i64) -> Range {
        Range { lowest: amount, highest: amount }
    }

    pub fn is_point(self) -> bool {
        self.lowest == self.highest
    }

    pub fn contains(self, amount: i64) -> bool {
        (self.lowest..=self.highest).contains(&amount)
    }

    pub fn clamp(self, amount: i64) -> i64 {
        amount.clamp(self.lowest, self.highest)
    }

    /// The part of it that lies in another range, or the end of the other that is nearest.
    fn inside(self, other: Range) -> Range {
        Range { lowest: other.clamp(self.lowest), highest: other.clamp(self.highest) }
    }

    /// Of what parts can have together, what their whole can have that hands out so much more or less than it has.
    fn loosened(self, tolerance: Tolerance) -> Range {
        Range { lowest: tolerance.least_whole(self.lowest), highest: tolerance.most_whole(self.highest) }
    }

    fn plus(self, other: Range) -> Range {
        Range {
            lowest: self.lowest.saturating_add(other.lowest).min(NO_CAP),
            highest: self.highest.saturating_add(other.highest).min(NO_CAP),
        }
    }

    pub fn sum(ranges: impl IntoIterator<Item = Range>) -> Range {
        ranges.into_iter().fold(Range::NOTHING, Range::plus)
    }
}

/// By how much the children of a node may have more or less than it has, in millionths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tolerance(u64);

/// A hundred percent, as a tolerance counts.
const WHOLE: i128 = 100_000_000;

impl Tolerance {
    /// Only people are given more than there is, so that some of them may miss it.
    pub fn of(dimension: Dimension, node: &Node) -> Tolerance {
        let percent = node.tolerance.filter(|_| dimension == Dimension::Organisation);
        Tolerance(percent.map_or(0, |it| millionths(it) as u64))
    }

    /// By how much, of an amount.
    fn part(self, amount: i64) -> i64 {
        (i128::from(amount) * i128::from(self.0) / WHOLE) as i64
    }

    /// What may be handed out of an amount: never more than a plan can hold, which is as much as anybody could type below it.
    pub fn around(self, amount: i64) -> Range {
        let part = self.part(amount);
        let most = Amount::MAX.units().max(amount);
        Range { lowest: (amount - part).max(0), highest: amount.saturating_add(part).min(most) }
    }

    /// The least amount of which so much may be handed out.
    fn least_whole(self, parts: i64) -> i64 {
        let all = WHOLE + i128::from(self.0);
        ((i128::from(parts) * WHOLE + all - 1) / all) as i64
    }

    /// The most amount of which so little may be handed out.
    fn most_whole(self, parts: i64) -> i64 {
        let left = WHOLE - i128::from(self.0);
        if left <= 0 || NO_CAP <= parts {
            return NO_CAP;
        }
        (i128::from(parts) * WHOLE / left).min(i128::from(NO_CAP)) as i64
    }
}

/// Whether the locks of a tree hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locks {
    Kept,
    Dropped,
}

/// What one node can get, and what it should get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// What locked amounts allow.
    pub possible: Range,
    /// What floors, caps and increments ask for inside of that.
    pub wanted: Range,
    /// It takes multiples of this.
    pub step: i64,
    /// The lock that holds.
    pub lock: Option<Lock>,
}

impl Bound {
    /// Of a leaf of which nothing is said.
    const NONE: Bound = Bound { possible: Range::ANY, wanted: Range::ANY, step: 1, lock: None };
}

/// Those of all nodes of a tree, by position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds(List<Bound>);

impl Index<usize> for Bounds {
    type Output = Bound;

    fn index(&self, position: usize) -> &Bound {
        &self.0[position]
    }
}

/// How a total lies to what siblings want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Wanted,
    /// Less than their floors: nobody gets more than the floor.
    BelowFloors,
    /// More than their caps: nobody gets less than the cap.
    AboveCaps,
}

/// What bounds siblings that share a total. The total lies between the sums of the ends.
pub struct Frame {
    pub ranges: Vec<Range>,
    pub fit: Fit,
    /// Locked shares are held; if not, they cannot all be, and count as typed.
    pub shares_held: bool,
}

impl Bounds {
    /// And what there is to say of each node.
    pub fn of(laid: Laid<'_>, locks: Locks) -> (Bounds, Remarks<usize>) {
        let mut bounds = Bounds(List::new(laid.layout.len(), Bound::NONE));
        let mut remarks = Remarks::default();
        for position in (0..laid.layout.len()).rev() {
            let (_, said) = bounds.settle(laid, locks, position);
            remarks.set(position, said);
        }
        (bounds, remarks)
    }

    /// What bounds a node, once that is known of its children: whether it is another bound than before, and what there is to
    /// say of it.
    pub fn settle(&mut self, laid: Laid<'_>, locks: Locks, position: usize) -> (bool, Vec<Finding>) {
        let mut said = Vec::new();
        let bound = self.bound(laid, locks, position, &mut said);
        let is_new = self[position] != bound;
        if is_new {
            self.0.set(position, bound);
        }
        (is_new, said)
    }

    fn bound(&self, laid: Laid<'_>, locks: Locks, position: usize, said: &mut Vec<Finding>) -> Bound {
        let below = self.below(laid, position);
        let Some(node) = laid.node(position).filter(|_| position != 0) else {
            // The root's amount is the target; a lock on it says nothing.
            return below;
        };
        let (dimension, id) = (laid.dimension, laid.layout.id(position));
        let lock = node.lock.filter(|_| locks == Locks::Kept);
        let mut say = |finding: fn(Dimension, NodeId, Amount, Amount) -> Finding, one: i64, other: i64| {
            said.push(finding(dimension, id, Amount::from_units(one), Amount::from_units(other)));
        };
        let (allowed, bound) = match lock.and_then(Lock::value).map(Amount::units) {
            Some(locked) => {
                let given = below.possible.clamp(locked);
                if given != locked {
                    say(lock_broken, locked, given);
                }
                let given = Range::at(given);
                (given, Bound { possible: given, wanted: given, lock, ..below })
            }
            None => {
                let own = own(node, below.step);
                (own, Bound { wanted: own.inside(below.wanted), lock, ..below })
            }
        };
        if allowed.highest < below.wanted.lowest {
            say(floors_exceed, below.wanted.lowest, allowed.highest);
        } else if below.wanted.highest < allowed.lowest {
            say(caps_fall_short, below.wanted.highest, allowed.lowest);
        }
        bound
    }

    /// What follows for a node from those below it, and its step.
    fn below(&self, laid: Laid<'_>, position: usize) -> Bound {
        let (node, children) = (laid.node(position), laid.layout.children(position));
        let own_step = node.and_then(|it| it.increment).map(Amount::units).filter(|it| 0 < *it);
        if children.is_empty() {
            return Bound { step: own_step.unwrap_or(1), ..Bound::NONE };
        }
        let tolerance = node.map_or(Tolerance(0), |it| Tolerance::of(laid.dimension, it));
        let sum = |of: fn(&Bound) -> Range| Range::sum(children.iter().map(|it| of(&self[*it]))).loosened(tolerance);
        let common = || children.iter().fold(0, |step, child| common_divisor(step, self[*child].step)).max(1);
        Bound {
            possible: sum(|it| it.possible),
            wanted: sum(|it| it.wanted),
            step: own_step.unwrap_or_else(common),
            lock: None,
        }
    }

    /// The same with one node's own lock open. Where its amount is not what floors and caps want, only locks bound it.
    pub fn opened(&self, laid: Laid<'_>, position: usize, now: i64) -> Bounds {
        let mut bounds = self.clone();
        if self[position].lock.is_none() {
            return bounds;
        }
        let below = self.below(laid, position);
        let own = laid.node(position).map_or(Range::ANY, |node| own(node, below.step));
        let wanted = own.inside(below.wanted);
        let wanted = if wanted.contains(now) { wanted } else { below.possible };
        bounds.0.set(position, Bound { wanted, ..below });
        bounds
    }

    /// What siblings have together of one of their ranges.
    pub fn room(&self, siblings: &[usize], of: fn(&Bound) -> Range) -> Range {
        Range::sum(siblings.iter().map(|it| of(&self[*it])))
    }

    /// What bounds siblings that share a total, of a whole. It is possible: it lies between the sums of what is possible.
    pub fn frame(&self, siblings: &[usize], total: i64, whole: i64) -> Frame {
        let wanted = self.room(siblings, |it| it.wanted);
        let fit = match total {
            _ if total < wanted.lowest => Fit::BelowFloors,
            _ if wanted.highest < total => Fit::AboveCaps,
            _ => Fit::Wanted,
        };
        let range = |position: &usize| {
            let Bound { possible, wanted, .. } = self[*position];
            match fit {
                Fit::Wanted => wanted,
                Fit::BelowFloors => Range { lowest: possible.lowest, highest: wanted.lowest },
                Fit::AboveCaps => Range { lowest: wanted.highest, highest: possible.highest },
            }
        };
        let ranges: Vec<Range> = siblings.iter().map(range).collect();
        let held = siblings.iter().zip(&ranges).map(|(position, range)| {
            let share = self[*position].lock.and_then(Lock::share);
            share.map_or(*range, |share| Range::at(range.clamp(part_of(share, whole))))
        });
        let held: Vec<Range> = held.collect();
        let shares_held = Range::sum(held.iter().copied()).contains(total);
        Frame { ranges: if shares_held { held } else { ranges }, fit, shares_held }
    }
}

fn lock_broken(dimension: Dimension, node: NodeId, locked: Amount, given: Amount) -> Finding {
    Finding::LockBroken { dimension, node, locked, given }
}

fn floors_exceed(dimension: Dimension, node: NodeId, floors: Amount, most: Amount) -> Finding {
    Finding::FloorsExceed { dimension, node, floors, most }
}

fn caps_fall_short(dimension: Dimension, node: NodeId, caps: Amount, least: Amount) -> Finding {
    Finding::CapsFallShort { dimension, node, caps, least }
}

/// The floor and the cap of a node at multiples of its increment, where there is one between them. A floor above the cap
/// is kept, and the cap is not.
fn own(node: &Node, step: i64) -> Range {
    let floor = node.floor.map_or(0, Amount::units).max(0);
    let cap = node.cap.map_or(NO_CAP, Amount::units).max(floor);
    multiples(Range { lowest: floor, highest: cap }, step).unwrap_or(Range { lowest: floor, highest: cap })
}

/// From the first to the last multiple of a step in a range.
pub fn multiples(range: Range, step: i64) -> Option<Range> {
    let lowest = range.lowest.div_euclid(step) * step;
    let lowest = if lowest < range.lowest { lowest + step } else { lowest };
    let highest = range.highest.div_euclid(step) * step;
    (lowest <= highest).then_some(Range { lowest, highest })
}

fn common_divisor(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { common_divisor(other, one % other) }
}
