//! Whole units in proportion to weights, with a floor and a cap for each.
//!
//! Everybody gets `clamp(level * weight, floor, cap)` at the one level at which the sum is the total. The level is found
//! by freezing whoever lies outside the bounds, as CSS resolves flexible lengths; the free ones are then apportioned. The
//! bounds are integers, so that rounding cannot break them: a free share lies between two integers that both satisfy them.

use std::cmp::Ordering;

use super::apportion::{Rate, apportion};
use super::webster;
use crate::plan::Rounding;

/// No cap. Far above every amount, and far enough below the largest integer that thousands of them can be summed.
pub const NO_CAP: i64 = 1 << 53;

/// What is asked for cannot be: by so many units the total is below all floors, or above all caps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    BelowFloors(i64),
    AboveCaps(i64),
}

/// `total` units by `weights` within `floors` and `caps`. A weight of zero gets its floor, unless all others are full.
pub fn split(
    total: i64,
    weights: &[u64],
    floors: &[i64],
    caps: &[i64],
    rounding: Rounding,
) -> Result<Vec<i64>, Shortfall> {
    let lowest: i64 = floors.iter().sum();
    let highest: i64 = caps.iter().fold(0_i64, |sum, cap| sum.saturating_add(*cap));
    if total < lowest {
        return Err(Shortfall::BelowFloors(lowest - total));
    }
    if highest < total {
        return Err(Shortfall::AboveCaps(total - highest));
    }
    // 1. Whoever has no weight stays at the floor, and so does whoever is locked. Looked at again are only those whose
    // bounds could bind.
    let mut sharing = Sharing { total, sum: 0, weights: weights.to_vec(), parts: vec![0; weights.len()] };
    let (mut bounded, mut room) = (Vec::new(), 0_i64);
    let members = sharing.weights.iter_mut().zip(&mut sharing.parts).zip(floors.iter().zip(caps)).enumerate();
    for (at, ((weight, part), (floor, cap))) in members {
        if *weight == 0 || floor == cap {
            (*weight, *part) = (0, *floor);
            sharing.total -= floor;
            continue;
        }
        sharing.sum += *weight;
        room = room.saturating_add(*cap);
        if 0 < *floor || *cap < total {
            bounded.push(Bounded { at, weight: *weight, floor: *floor, cap: *cap });
        }
    }
    // 2. What nobody with a weight can take is put aside. Whoever lies at a bound gets that; the others share the rest.
    let aside = (sharing.total - room).max(0);
    sharing.total -= aside;
    sharing.freeze(bounded);
    let mut parts = sharing.rounded(rounding);
    if rounding == Rounding::Webster {
        let most = |at: usize| if weights[at] == 0 { parts[at] } else { caps[at] };
        let caps: Vec<i64> = (0..parts.len()).map(most).collect();
        webster::settle(&mut parts, weights, floors, &caps);
    }
    if 0 < aside {
        let idle: Vec<usize> = (0..weights.len()).filter(|at| weights[*at] == 0).collect();
        fill_evenly(aside, &idle, caps, &mut parts);
    }
    Ok(parts)
}

/// Those who share a total by weight, and those who do no more: their part is known, and their weight is zero.
struct Sharing {
    total: i64,
    /// Of the weights.
    sum: u64,
    weights: Vec<u64>,
    parts: Vec<i64>,
}

/// Somebody who shares, but not below the floor nor above the cap.
struct Bounded {
    at: usize,
    weight: u64,
    floor: i64,
    cap: i64,
}

impl Sharing {
    /// Settles whoever of these lies at a bound.
    fn freeze(&mut self, mut bounded: Vec<Bounded>) {
        while let Some(rate) = Rate::of(self.total, self.sum) {
            // 1. Whose share lies outside the bounds, and how far all of them do: whole units less parts of a unit.
            let (mut below, mut above) = (Distance::default(), Distance::default());
            let sides: Vec<Ordering> = bounded
                .iter()
                .map(|it| {
                    let (whole, rest) = rate.quota(it.weight);
                    if whole < it.floor {
                        below.add(it.floor - whole, rest);
                        Ordering::Less
                    } else if it.cap < whole + i64::from(0 < rest) {
                        above.add(it.cap - whole, rest);
                        Ordering::Greater
                    } else {
                        Ordering::Equal
                    }
                })
                .collect();
            let (below, above) = (below.times(self.sum), -above.times(self.sum));
            if below == 0 && above == 0 {
                break;
            }
            // 2. More is missing below than is too much above: the level falls, and whoever is at the floor stays there. Or
            // the other way round. Or neither, and all stay.
            let mut sides = sides.into_iter();
            bounded.retain(|it| {
                let part = match sides.next() {
                    Some(Ordering::Less) if above <= below => it.floor,
                    Some(Ordering::Greater) if below <= above => it.cap,
                    _ => return true,
                };
                (self.weights[it.at], self.parts[it.at]) = (0, part);
                (self.sum, self.total) = (self.sum - it.weight, self.total - part);
                false
            });
        }
    }

    fn rounded(self, rounding: Rounding) -> Vec<i64> {
        let by = match rounding {
            // Webster's units are moved within the bounds afterwards, which his own start might not keep to.
            Rounding::Webster => Rounding::LargestRemainder,
            _ => rounding,
        };
        let shares = apportion(self.total, &self.weights, by);
        shares.iter().zip(&self.parts).map(|(share, part)| share + part).collect()
    }
}

/// A sum of differences between bounds and shares.
#[derive(Default)]
struct Distance {
    units: i128,
    rests: i128,
}

impl Distance {
    fn add(&mut self, units: i64, rest: u64) {
        self.units += i128::from(units);
        self.rests += i128::from(rest);
    }

    /// In parts of a unit, of which `sum` make one.
    fn times(&self, sum: u64) -> i128 {
        self.units * i128::from(sum) - self.rests
    }
}

/// What nobody with a weight can take goes evenly to those without, up to their caps.
fn fill_evenly(mut left: i64, idle: &[usize], caps: &[i64], parts: &mut [i64]) {
    let mut open: Vec<usize> = idle.iter().copied().filter(|index| parts[*index] < caps[*index]).collect();
    while 0 < left && !open.is_empty() {
        let each = (left / open.len() as i64).max(1);
        for index in &open {
            let more = each.min(caps[*index] - parts[*index]).min(left);
            parts[*index] += more;
            left -= more;
        }
        open.retain(|index| parts[*index] < caps[*index]);
    }
}
