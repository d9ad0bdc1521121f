//! Numbers that were said at several levels of a tree brought together: what the root wants, what the teams promise and what
//! the people expect add up nowhere, and some of them are better known than others.
//!
//! Found is the tree that adds up and is nearest to what was said: the sum of squares of what is moved, each over its
//! variance, is least (weighted least squares, as in MinT with a diagonal). A tree needs two passes for that. Whoever has a
//! variance of nothing does not move, so that bottom-up, top-down and middle-out are its ends. Nobody is ever below zero.
//!
//! Floats say where a node should lie. Which whole number it becomes, and that siblings sum to their parent, is decided in
//! integers.

use kernel::{GRAIN, floored};
use kernels::largest::raise;

/// What is said of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// The place of its parent, which comes before its own. The root is the first, and its own parent.
    pub parent: usize,
    /// None where nobody said a number. Such a leaf takes what the others leave, and several share it evenly.
    pub own: Option<i64>,
    /// How uncertain the number is, as a variance in any unit that is the same for all. At zero it is hard: it stays. Where
    /// hard numbers of two levels disagree, those of the lower level stay.
    pub variance: u64,
}

impl Said {
    fn is_nothing(&self) -> bool {
        self.own == Some(0) && self.variance == 0
    }
}

/// Whole units for every node: each node is the sum of its children, and siblings are the whole units nearest to where they
/// should lie.
pub fn reconcile(said: &[Said]) -> Vec<i64> {
    let (mut units, rests): (Vec<i64>, Vec<u64>) = reconciled(said).into_iter().map(floored).unzip();
    if let (Some(root), Some(rest)) = (units.first_mut(), rests.first()) {
        *root += i64::from(GRAIN <= 2 * rest);
    }
    let mut nodes: Vec<usize> = (1..said.len()).collect();
    nodes.sort_by_key(|at| said[*at].parent);
    for siblings in nodes.chunk_by(|one, other| said[*one].parent == said[*other].parent) {
        let whole = units[said[siblings[0]].parent];
        let rests: Vec<u64> = siblings.iter().map(|at| rests[*at]).collect();
        let mut parts: Vec<i64> = siblings.iter().map(|at| units[*at]).collect();
        hand_out(whole - parts.iter().sum::<i64>(), &mut parts, &rests);
        for (at, part) in siblings.iter().zip(parts) {
            units[*at] = part;
        }
    }
    units
}

/// A unit more for the largest rests, until nothing is left. Of amounts that a float cannot tell to the unit, more or less
/// than a unit each may be left: then everybody gets or gives as many.
fn hand_out(left: i64, parts: &mut [i64], rests: &[u64]) {
    let mut taken = left.min(0);
    for part in &mut *parts {
        let step = taken.max(-*part);
        *part += step;
        taken -= step;
    }
    let (each, spare) = (left.max(0) / parts.len() as i64, left.max(0) % parts.len() as i64);
    parts.iter_mut().for_each(|part| *part += each);
    raise(parts, rests, GRAIN - 1, spare as usize);
}

mod kernel {
    //! Where nodes should lie before they are rounded.
    #![allow(clippy::float_arithmetic, reason = "a numeric kernel: no float leaves it as money")]

    use std::borrow::Cow;

    use super::Said;

    /// A number before it is rounded.
    pub type Real = f64;

    const HAIR: f64 = 1e-6;
    /// How finely the part of a number below one unit is told.
    pub const GRAIN: u64 = 1 << 40;

    /// Whole units, and what is above them. A number a hair beside a whole one is that.
    pub fn floored(number: Real) -> (i64, u64) {
        let whole = (number + HAIR) as i64;
        let rest = number - whole as f64;
        (whole, if rest < HAIR { 0 } else { ((rest * GRAIN as f64) as u64).min(GRAIN - 1) })
    }

    /// What every node should be, as real numbers that add up. Public for whoever checks or times it: it is no money.
    ///
    /// A leaf that comes out below zero is held at zero, and all is done again. That is not always the nearest of all trees
    /// without numbers below zero, but nearly (Girolimetto 2025), and it ends: each time a leaf more is held.
    pub fn reconciled(said: &[Said]) -> Vec<Real> {
        let mut is_leaf = vec![true; said.len()];
        said.iter().skip(1).for_each(|it| is_leaf[it.parent] = false);
        let mut held = Cow::Borrowed(said);
        loop {
            let numbers = passes(&held, &is_leaf);
            let is_below = |at: &usize| numbers[*at] < 0.0 && is_leaf[*at] && !held[*at].is_nothing();
            let negative: Vec<usize> = (0..numbers.len()).filter(is_below).collect();
            if negative.is_empty() {
                return numbers;
            }
            for at in negative {
                let it = &mut held.to_mut()[at];
                (it.own, it.variance) = (Some(0), 0);
            }
        }
    }

    /// What is believed of a node, or of several together.
    #[derive(Clone, Copy, Default)]
    struct Belief {
        mean: f64,
        variance: f64,
        /// The leaves of which nothing is known: beside them no variance counts.
        unknown: f64,
    }

    impl Belief {
        fn said(it: &Said) -> Option<Belief> {
            it.own.map(|own| Belief { mean: own as f64, variance: it.variance as f64, unknown: 0.0 })
        }

        const UNKNOWN: Belief = Belief { mean: 0.0, variance: 0.0, unknown: 1.0 };

        fn add(&mut self, other: Belief) {
            self.mean += other.mean;
            self.variance += other.variance;
            self.unknown += other.unknown;
        }

        fn moved(self, by: Belief) -> f64 {
            self.mean + self.variance * by.variance + self.unknown * by.unknown
        }

        /// By how much each variance, or else each unknown leaf, is moved so that all together come to a number.
        fn moved_to(self, number: f64) -> Belief {
            let gap = number - self.mean;
            if 0.0 < self.unknown {
                Belief { unknown: gap / self.unknown, ..Belief::default() }
            } else if 0.0 < self.variance {
                Belief { variance: gap / self.variance, ..Belief::default() }
            } else {
                Belief::default()
            }
        }

        /// What the children of a node make of it, and what is said of itself.
        fn and(self, own: Option<Belief>) -> Belief {
            match own {
                None => self,
                Some(own) if 0.0 < self.unknown => own,
                // Hard numbers at both levels.
                Some(own) if own.variance + self.variance <= 0.0 => self,
                Some(own) => {
                    let trust = own.variance / (own.variance + self.variance);
                    let mean = trust * self.mean + (1.0 - trust) * own.mean;
                    Belief { mean, variance: trust * self.variance, unknown: 0.0 }
                }
            }
        }
    }

    /// Two passes over the tree.
    fn passes(said: &[Said], is_leaf: &[bool]) -> Vec<Real> {
        let mut below = vec![Belief::default(); said.len()];
        let belief = |at: usize, below: &[Belief]| {
            let own = Belief::said(&said[at]);
            if is_leaf[at] { own.unwrap_or(Belief::UNKNOWN) } else { below[at].and(own) }
        };
        // 1. From the leaves up: what is believed of the children of a node together.
        for at in (1..said.len()).rev() {
            let belief = belief(at, &below);
            below[said[at].parent].add(belief);
        }
        // 2. From the root down: what a node has more than its children moves each by its part of the uncertainty. From here on
        // `below` holds by how much.
        let mut numbers = Vec::with_capacity(said.len());
        for (at, it) in said.iter().enumerate() {
            let belief = belief(at, &below);
            let number = if at == 0 { belief.mean } else { belief.moved(below[it.parent]) };
            if !is_leaf[at] {
                below[at] = below[at].moved_to(number);
            }
            numbers.push(number);
        }
        numbers
    }
}

pub use kernel::reconciled;
