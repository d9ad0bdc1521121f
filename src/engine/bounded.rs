//! Whole units in proportion to weights, with a floor and a cap for each.
//!
//! Everybody gets `clamp(level * weight, floor, cap)` at the one level at which the sum is the total. The level is found
//! by freezing whoever lies outside the bounds, as CSS resolves flexible lengths; the free ones are then apportioned. The
//! bounds are integers, so that rounding cannot break them: a free share lies between two integers that both satisfy them.

use super::apportion::{Quotas, apportion};
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
    let mut parts: Vec<i64> = floors.to_vec();
    let mut free: Vec<usize> = (0..weights.len()).filter(|index| 0 < weights[*index]).collect();
    let idle: Vec<usize> = (0..weights.len()).filter(|index| weights[*index] == 0).collect();
    let left = total - idle.iter().map(|index| floors[*index]).sum::<i64>();
    let room: i64 = free.iter().fold(0_i64, |sum, index| sum.saturating_add(caps[*index]));
    let for_weighted = left.min(room);
    let rest = freeze(for_weighted, weights, floors, caps, &mut free, &mut parts);
    for (index, part) in free.iter().zip(rest.rounded(rounding)) {
        parts[*index] = part;
    }
    if rounding == Rounding::Webster {
        let most = |index: usize| if weights[index] == 0 { parts[index] } else { caps[index] };
        let caps: Vec<i64> = (0..parts.len()).map(most).collect();
        webster::settle(&mut parts, weights, floors, &caps);
    }
    if for_weighted < left {
        fill_evenly(left - for_weighted, &idle, caps, &mut parts);
    }
    Ok(parts)
}

/// Where a share lies.
#[derive(Clone, Copy)]
enum Side {
    BelowFloor,
    Within,
    AboveCap,
}

/// What the free ones share: as much as those at their bounds leave.
struct Rest {
    total: i64,
    shares: Vec<u64>,
    quotas: Quotas,
}

impl Rest {
    fn rounded(&self, rounding: Rounding) -> Vec<i64> {
        match rounding {
            // Webster's units are moved within the bounds afterwards, which his own start might not keep to.
            Rounding::LargestRemainder | Rounding::Webster => self.quotas.rounded(),
            Rounding::Cumulative => apportion(self.total, &self.shares, rounding),
        }
    }
}

/// Takes out of `free` whoever lies at a bound, writes the bound into `parts`, and returns what is left for the others.
fn freeze(total: i64, weights: &[u64], floors: &[i64], caps: &[i64], free: &mut Vec<usize>, parts: &mut [i64]) -> Rest {
    let mut left = total;
    loop {
        let shares: Vec<u64> = free.iter().map(|index| weights[*index]).collect();
        let quotas = Quotas::of(left, &shares);
        // 1. Whose share lies outside the bounds, and how far all of them do: whole units less parts of a unit.
        let (mut under, mut over) = (Distance::default(), Distance::default());
        let mut side = |(index, (whole, rest)): (&usize, (&i64, &u64))| {
            let (floor, cap) = (floors[*index], caps[*index]);
            if *whole < floor {
                under.add(floor - whole, *rest);
                Side::BelowFloor
            } else if cap < *whole + i64::from(0 < *rest) {
                over.add(cap - whole, *rest);
                Side::AboveCap
            } else {
                Side::Within
            }
        };
        let sides: Vec<Side> = free.iter().zip(quotas.whole.iter().zip(&quotas.rests)).map(&mut side).collect();
        let (under, over) = (under.times(quotas.sum), -over.times(quotas.sum));
        if under == 0 && over == 0 {
            return Rest { total: left, shares, quotas };
        }
        // 2. More is missing below than is too much above: the level falls, and whoever is at the floor stays there. Or the
        // other way round. Or neither, and all stay.
        let mut sides = sides.into_iter();
        free.retain(|index| {
            let bound = match sides.next() {
                Some(Side::BelowFloor) if over <= under => floors[*index],
                Some(Side::AboveCap) if under <= over => caps[*index],
                _ => return true,
            };
            parts[*index] = bound;
            left -= bound;
            false
        });
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
