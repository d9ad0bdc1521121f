//! Step 1 of a tree, from the leaves up: what each node can get, and what it should get.
//!
//! Two ranges a node, one inside the other. What is `possible` follows from locked amounts alone. What is `wanted` follows
//! from floors, caps and increments too, of the node and of everything below it. Locks are stronger than floors, and
//! floors stronger than caps; a total that is outside of what is wanted is divided all the same, nearest to it.

use super::bounded::NO_CAP;
use super::claim::millionths;
use super::finding::Finding;
use super::group::part_of;
use super::layout::Layout;
use crate::amount::Amount;
use crate::plan::{Dimension, Lock, Node, NodeId, Tree};

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

    /// What may be handed out of an amount.
    pub fn around(self, amount: i64) -> Range {
        let part = self.part(amount);
        Range { lowest: (amount - part).max(0), highest: amount.saturating_add(part).min(NO_CAP) }
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

/// The ranges of all nodes of a tree, by position.
#[derive(Clone)]
pub struct Bounds {
    /// What locked amounts allow.
    pub possible: Vec<Range>,
    /// What floors, caps and increments ask for inside of that.
    pub wanted: Vec<Range>,
    /// Each node takes multiples of this.
    pub steps: Vec<i64>,
    /// The locks that hold.
    pub locks: Vec<Option<Lock>>,
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
    pub fn of(dimension: Dimension, tree: &Tree, layout: &Layout, locks: Locks, findings: &mut Vec<Finding>) -> Bounds {
        let start = |position: usize| if layout.is_leaf(position) { Range::ANY } else { Range::NOTHING };
        let ranges: Vec<Range> = (0..layout.len()).map(start).collect();
        let mut bounds = Bounds {
            possible: ranges.clone(),
            wanted: ranges,
            steps: steps(tree, layout),
            locks: vec![None; layout.len()],
        };
        for position in (0..layout.len()).rev() {
            let id = layout.id(position);
            let Some(node) = tree.get(id) else { continue };
            if !layout.is_leaf(position) {
                let tolerance = Tolerance::of(dimension, node);
                bounds.possible[position] = bounds.possible[position].loosened(tolerance);
                bounds.wanted[position] = bounds.wanted[position].loosened(tolerance);
            }
            if position == 0 {
                // The root's amount is the target; a lock on it says nothing.
                break;
            }
            bounds.locks[position] = node.lock.filter(|_| locks == Locks::Kept);
            let mut say = |finding: fn(Dimension, NodeId, Amount, Amount) -> Finding, one: i64, other: i64| {
                findings.push(finding(dimension, id, Amount::from_units(one), Amount::from_units(other)));
            };
            let below = bounds.wanted[position];
            let allowed = match bounds.locks[position].and_then(Lock::value) {
                Some(locked) => {
                    let given = bounds.possible[position].clamp(locked.units());
                    if given != locked.units() {
                        say(lock_broken, locked.units(), given);
                    }
                    bounds.possible[position] = Range::at(given);
                    bounds.wanted[position] = Range::at(given);
                    Range::at(given)
                }
                None => {
                    let own = own(node, bounds.steps[position]);
                    bounds.wanted[position] = own.inside(below);
                    own
                }
            };
            if allowed.highest < below.lowest {
                say(floors_exceed, below.lowest, allowed.highest);
            } else if below.highest < allowed.lowest {
                say(caps_fall_short, below.highest, allowed.lowest);
            }
            let parent = layout.parent(position);
            bounds.possible[parent] = bounds.possible[parent].plus(bounds.possible[position]);
            bounds.wanted[parent] = bounds.wanted[parent].plus(bounds.wanted[position]);
        }
        bounds
    }

    /// The same with one node's own lock open. Where its amount is not what floors and caps want, only locks bound it.
    pub fn opened(&self, dimension: Dimension, tree: &Tree, layout: &Layout, position: usize, now: i64) -> Bounds {
        let mut bounds = self.clone();
        if bounds.locks[position].take().is_none() {
            return bounds;
        }
        let children = layout.children(position);
        let tolerance = tree.get(layout.id(position)).map_or(Tolerance(0), |node| Tolerance::of(dimension, node));
        let sum = |of: &[Range]| match children.is_empty() {
            true => Range::ANY,
            false => Range::sum(children.iter().map(|child| of[*child])).loosened(tolerance),
        };
        bounds.possible[position] = sum(&self.possible);
        let own = tree.get(layout.id(position)).map_or(Range::ANY, |node| own(node, self.steps[position]));
        let wanted = own.inside(sum(&self.wanted));
        bounds.wanted[position] = if wanted.contains(now) { wanted } else { bounds.possible[position] };
        bounds
    }

    /// What bounds siblings that share a total, of a whole. It is possible: it lies between the sums of what is possible.
    pub fn frame(&self, siblings: &[usize], total: i64, whole: i64) -> Frame {
        let wanted = Range::sum(siblings.iter().map(|it| self.wanted[*it]));
        let fit = match total {
            _ if total < wanted.lowest => Fit::BelowFloors,
            _ if wanted.highest < total => Fit::AboveCaps,
            _ => Fit::Wanted,
        };
        let range = |position: &usize| {
            let (possible, wanted) = (self.possible[*position], self.wanted[*position]);
            match fit {
                Fit::Wanted => wanted,
                Fit::BelowFloors => Range { lowest: possible.lowest, highest: wanted.lowest },
                Fit::AboveCaps => Range { lowest: wanted.highest, highest: possible.highest },
            }
        };
        let ranges: Vec<Range> = siblings.iter().map(range).collect();
        let held = siblings.iter().zip(&ranges).map(|(position, range)| {
            let share = self.locks[*position].and_then(Lock::share);
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

/// What each node takes multiples of: its own increment, or what divides the steps of all below it.
fn steps(tree: &Tree, layout: &Layout) -> Vec<i64> {
    let mut steps = vec![0; layout.len()];
    for position in (0..layout.len()).rev() {
        let own = tree.get(layout.id(position)).and_then(|node| node.increment).map(Amount::units);
        steps[position] = own.filter(|it| 0 < *it).unwrap_or(steps[position]).max(1);
        if 0 < position {
            let parent = layout.parent(position);
            steps[parent] = common_divisor(steps[parent], steps[position]);
        }
    }
    steps
}

fn common_divisor(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { common_divisor(other, one % other) }
}
