//! Whole units in proportion to weights, with a floor and a cap for each.
//!
//! Everybody gets `clamp(level * weight, floor, cap)` at the one level at which the sum is the total. The level is found
//! by freezing whoever lies outside the bounds, as CSS resolves flexible lengths; the free ones are then apportioned. The
//! bounds are integers, so that rounding cannot break them: a free share lies between two integers that both satisfy them.

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
    let highest = sum_up_to(total, caps);
    if total < lowest {
        return Err(Shortfall::BelowFloors(lowest - total));
    }
    if highest < total {
        return Err(Shortfall::AboveCaps(total - highest));
    }
    // 1. Whoever has no weight stays at the floor, and so does whoever is locked. Looked at again are only those whose
    // bounds could bind. Without branches: nobody can tell beforehand who is who.
    let mut sharing = Sharing { total, sum: 0, weights: vec![0; weights.len()], parts: vec![0; weights.len()] };
    let (mut watched, mut many, mut room) = (vec![0; weights.len() + 1], 0, 0_i64);
    let members = sharing.weights.iter_mut().zip(&mut sharing.parts).zip(weights).zip(floors.iter().zip(caps));
    for (at, (((own, part), weight), (floor, cap))) in members.enumerate() {
        let shares = (*weight != 0) & (floor != cap);
        (*own, *part) = (only_if(shares, weight.cast_signed()).cast_unsigned(), only_if(!shares, *floor));
        sharing.total -= *part;
        sharing.sum += *own;
        // Room enough for everything is room enough, and so the sum stays small.
        room += only_if(shares & (room < total), *cap);
        watched[many] = at;
        many += usize::from(shares & ((0 < *floor) | (*cap < total)));
    }
    let bounded = |at: &usize| Bounded { at: *at, weight: weights[*at], floor: floors[*at], cap: caps[*at] };
    let bounded = watched[..many].iter().map(bounded).collect();
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

fn only_if(holds: bool, number: i64) -> i64 {
    number & i64::from(holds).wrapping_neg()
}

/// The sum of caps, of which nobody needs to know by how much it is above the total.
fn sum_up_to(total: i64, caps: &[i64]) -> i64 {
    const FEW: usize = 1 << 12; // so many totals can be added up in 64 bits
    let of_few = |few: &[i64]| few.iter().map(|cap| *cap.min(&total)).sum();
    caps.chunks(FEW).map(of_few).fold(0, i64::saturating_add)
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
    /// Settles whoever of these lies at a bound.
    fn freeze(&mut self, mut bounded: Vec<Bounded>) {
        let mut sides = vec![Side::Inside; bounded.len()];
        while let Some(rate) = Rate::of(self.total, self.sum) {
            // 1. Whose share lies outside the bounds, and how far all of them do: whole units less parts of a unit.
            let (mut below, mut above) = (Distance::default(), Distance::default());
            for (it, side) in bounded.iter().zip(&mut sides) {
                let (whole, rest) = rate.quota(it.weight);
                let (short, over) = (it.floor - whole, whole + i64::from(0 < rest) - it.cap);
                below.add_if(0 < short, short, rest);
                above.add_if(0 < over, it.cap - whole, rest);
                *side = Side::of(0 < short, 0 < over);
            }
            let (below, above) = (below.times(self.sum), -above.times(self.sum));
            if below == 0 && above == 0 {
                break;
            }
            // 2. More is missing below than is too much above: the level falls, and whoever is at the floor stays there. Or
            // the other way round. Or neither, and all stay.
            let (falls, rises) = (above <= below, below <= above);
            let mut sides = sides.iter();
            bounded.retain_mut(|it| {
                let side = *sides.next().unwrap_or(&Side::Inside);
                let part = match side {
                    Side::Below if falls => it.floor,
                    Side::Above if rises => it.cap,
                    _ => return it.is_open_after(side, falls, rises),
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
        let mut parts = apportion(self.total, &self.weights, by);
        parts.iter_mut().zip(&self.parts).for_each(|(share, part)| *share += part);
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

/// A sum of differences between bounds and shares. The units of all floors together are no more than the total, nor are
/// those of all shares.
#[derive(Default)]
struct Distance {
    units: i64,
    /// In two halves, which needs no sum of 128 bits for each of many.
    high: u64,
    low: u64,
}

impl Distance {
    /// Without a branch: nobody can tell beforehand where a share lies.
    fn add_if(&mut self, counts: bool, units: i64, rest: u64) {
        let mask = u64::from(counts).wrapping_neg();
        self.units += only_if(counts, units);
        self.high += (rest & mask) >> 32;
        self.low += rest & mask & u64::from(u32::MAX);
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
