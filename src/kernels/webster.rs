//! Webster's method, also called Sainte-Laguë: whoever's next unit is worth the most gets it, until none is left.
//!
//! Its virtue is that nobody ever falls when the total rises, which largest remainders cannot promise and which shows where
//! units are coarse. Its price is that a part may lie more than a unit from its share, which is rare. The result is the
//! one that handing out unit by unit would give, found by moving units from a nearby start.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Parts that sum to the total and lie within their bounds, moved until no unit is worth more elsewhere. Weights are above
/// zero.
pub fn settle(parts: &mut [i64], weights: &[u64], floors: &[i64], caps: &[i64]) {
    let next = |parts: &[i64], at: usize| (parts[at] < caps[at]).then(|| Seat::of(weights[at], parts[at] + 1, at));
    let last = |parts: &[i64], at: usize| (floors[at] < parts[at]).then(|| Seat::of(weights[at], parts[at], at));
    let mut takers: BinaryHeap<Seat> = (0..parts.len()).filter_map(|at| next(parts, at)).collect();
    let mut givers: BinaryHeap<Least> = (0..parts.len()).filter_map(|at| last(parts, at)).map(Least).collect();
    while let (Some(best), Some(Least(worst))) = (takers.peek().copied(), givers.peek().copied()) {
        // A seat that was in the heap before its owner's part changed is out of date.
        if next(parts, best.owner) != Some(best) {
            takers.pop();
        } else if last(parts, worst.owner) != Some(worst) {
            givers.pop();
        } else if worst < best {
            parts[best.owner] += 1;
            parts[worst.owner] -= 1;
            for owner in [best.owner, worst.owner] {
                takers.extend(next(parts, owner));
                givers.extend(last(parts, owner).map(Least));
            }
        } else {
            break;
        }
    }
}

/// Somebody's unit of a number: the first, the second, ... It is worth the weight over twice its number less one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seat {
    weight: u64,
    odd: u64,
    owner: usize,
}

impl Seat {
    fn of(weight: u64, number: i64, owner: usize) -> Seat {
        Seat { weight, odd: 2 * number.unsigned_abs() - 1, owner }
    }
}

impl Ord for Seat {
    /// Of two that are worth the same, that of the first owner comes first.
    fn cmp(&self, other: &Seat) -> Ordering {
        let (one, two) =
            (u128::from(self.weight) * u128::from(other.odd), u128::from(other.weight) * u128::from(self.odd));
        one.cmp(&two).then(other.owner.cmp(&self.owner))
    }
}

impl PartialOrd for Seat {
    fn partial_cmp(&self, other: &Seat) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Turns the heap round: the least first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Least(Seat);

impl Ord for Least {
    fn cmp(&self, other: &Least) -> Ordering {
        other.0.cmp(&self.0)
    }
}

impl PartialOrd for Least {
    fn partial_cmp(&self, other: &Least) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
