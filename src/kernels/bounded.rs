//! Whole units in proportion to weights, with a floor and a cap for each.
//!
//! Everybody gets `clamp(level * weight, floor, cap)` at the one level at which the sum is the total. The level is found
//! by freezing whoever lies outside the bounds, as CSS resolves flexible lengths; the free ones are then apportioned. The
//! bounds are integers, so that rounding cannot break them: a free share lies between two integers that both satisfy them.

use super::Rounding;
use super::apportion::{Rate, apportion};
use super::webster;

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
    // 1. Looked at again are only those whose bounds could bind. Without branches: nobody can tell beforehand who is who.
    let (mut lowest, mut sum) = (0, 0);
    let (mut watched, mut many) = (vec![0_u32; weights.len() + 1], 0);
    for (at, (weight, (floor, cap))) in (0..).zip(weights.iter().zip(floors.iter().zip(caps))) {
        (lowest, sum) = (lowest + floor, sum + weight);
        watched[many] = at;
        many += usize::from((0 < *floor) | (*cap < total));
    }
    let watched = &watched[..many];
    if total < lowest {
        return Err(Shortfall::BelowFloors(lowest - total));
    }
    // A single one without a cap has room for everything.
    let highest = if many < weights.len() { total } else { sum_up_to(total, caps.iter().copied()) };
    if highest < total {
        return Err(Shortfall::AboveCaps(total - highest));
    }
    let mut sharing = Sharing { total, sum, weights: weights.to_vec(), settled: Vec::with_capacity(many) };
    let bounded = sharing.bounded(watched, floors, caps);
    // 2. What nobody with a weight can take is put aside. Whoever lies at a bound gets that; the others share the rest.
    let is_unbounded = bounded.iter().map(|it| it.weight).sum::<u64>() < sharing.sum;
    let room = if is_unbounded { sharing.total } else { sum_up_to(total, bounded.iter().map(|it| it.cap)) };
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

fn only_if(holds: bool, number: i64) -> i64 {
    number & i64::from(holds).wrapping_neg()
}

/// The sum of caps, of which nobody needs to know by how much it is above the total.
fn sum_up_to(total: i64, caps: impl Iterator<Item = i64>) -> i64 {
    caps.fold(0, |sum, cap| sum.saturating_add(cap.min(total)))
}

/// Those who share a total by weight, and those who do no more: what they have is known, and their weight is zero.
struct Sharing {
    total: i64,
    /// Of the weights.
    sum: u64,
    weights: Vec<u64>,
    settled: Vec<(usize, i64)>,
}

/// Somebody who shares, but not below the floor nor above the cap.
struct Bounded {
    at: usize,
    weight: u64,
    floor: i64,
    cap: i64,
}

impl Bounded {
    /// Whether a bound could still bind. No share that keeps below its cap breaks it once the level falls, wherever the level
    /// ends; nor a floor once it rises.
    fn is_open_after(&mut self, side: Side, falls: bool, rises: bool) -> bool {
        if falls && side != Side::Above {
            self.cap = NO_CAP;
        }
        if rises && side != Side::Below {
            self.floor = 0;
        }
        0 < self.floor || self.cap < NO_CAP
    }
}

impl Sharing {
    /// Of those whose bounds could bind, the ones that share: whoever has no weight stays at the floor, and so does whoever is
    /// locked.
    fn bounded(&mut self, watched: &[u32], floors: &[i64], caps: &[i64]) -> Vec<Bounded> {
        let mut bounded = Vec::with_capacity(watched.len());
        for at in watched.iter().map(|at| *at as usize) {
            let it = Bounded { at, weight: self.weights[at], floor: floors[at], cap: caps[at] };
            if it.weight == 0 || it.floor == it.cap {
                self.settle(&it, it.floor);
            } else {
                bounded.push(it);
            }
        }
        bounded
    }

    fn settle(&mut self, it: &Bounded, part: i64) {
        self.weights[it.at] = 0;
        (self.sum, self.total) = (self.sum - it.weight, self.total - part);
        self.settled.push((it.at, part));
    }

    /// Settles whoever of these lies at a bound.
    fn freeze(&mut self, mut bounded: Vec<Bounded>) {
        let mut sides = vec![Side::Inside; bounded.len()];
        while let Some(rate) = Rate::of(self.total, self.sum) {
            // 1. Whose share lies outside the bounds, and what bringing all of them there takes from the others.
            let mut taken = Taken::default();
            for (it, side) in bounded.iter().zip(&mut sides) {
                let (whole, rest) = rate.quota(it.weight);
                *side = Side::of(whole < it.floor, it.cap < whole + i64::from(0 < rest));
                let bound = if *side == Side::Below { it.floor } else { it.cap };
                taken.add_if(*side != Side::Inside, bound - whole, rest);
            }
            if taken.by == 0 {
                break;
            }
            // 2. More is missing below than is too much above: the level falls, and whoever is at the floor stays there. Or
            // the other way round. Or neither, and all stay.
            let taken = taken.times(self.sum);
            let (falls, rises) = (0 <= taken, taken <= 0);
            let mut sides = sides.iter();
            bounded.retain_mut(|it| {
                let side = *sides.next().unwrap_or(&Side::Inside);
                let part = match side {
                    Side::Below if falls => it.floor,
                    Side::Above if rises => it.cap,
                    _ => return it.is_open_after(side, falls, rises),
                };
                self.settle(it, part);
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
        let mut parts = apportion(self.total, &self.weights, by);
        self.settled.iter().for_each(|(at, part)| parts[*at] = *part);
        parts
    }
}

/// Where a share lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Inside,
    Below,
    Above,
}

impl Side {
    /// No share lies on both sides.
    fn of(is_below: bool, is_above: bool) -> Side {
        match (is_below, is_above) {
            (true, _) => Side::Below,
            (_, true) => Side::Above,
            _ => Side::Inside,
        }
    }
}

/// A sum of differences between bounds and shares: whole units less parts of a unit. The units of all floors together are no
/// more than the total, nor are those of all shares.
#[derive(Default)]
struct Taken {
    /// So many members.
    by: usize,
    units: i64,
    /// In two halves, which needs no sum of 128 bits for each of many.
    high: u64,
    low: u64,
}

impl Taken {
    /// Without a branch: nobody can tell beforehand where a share lies.
    fn add_if(&mut self, counts: bool, units: i64, rest: u64) {
        let rest = rest & u64::from(counts).wrapping_neg();
        self.by += usize::from(counts);
        self.units += only_if(counts, units);
        self.high += rest >> 32;
        self.low += rest & u64::from(u32::MAX);
    }

    /// In parts of a unit, of which `sum` make one.
    fn times(&self, sum: u64) -> i128 {
        let rests = (i128::from(self.high) << 32) + i128::from(self.low);
        i128::from(self.units) * i128::from(sum) - rests
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
