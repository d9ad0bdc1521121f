//! Whole units in proportion to weights, with a floor and a cap for each.
//!
//! Everybody gets `clamp(level * weight, floor, cap)` at the one level at which the sum is the total. The level is found
//! by freezing whoever lies outside the bounds, as CSS resolves flexible lengths; the free ones are then apportioned. The
//! bounds are integers, so that rounding cannot break them: a free share lies between two integers that both satisfy them.

use super::apportion::apportion;
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
    let shares: Vec<u64> = free.iter().map(|index| weights[*index]).collect();
    // Webster's parts are moved within the bounds below, which a share that he moved might not keep to.
    let first = if rounding == Rounding::Webster { Rounding::LargestRemainder } else { rounding };
    for (index, part) in free.iter().zip(apportion(rest, &shares, first)) {
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

/// Takes out of `free` whoever lies at a bound, writes the bound into `parts`, and returns what is left for the others.
fn freeze(total: i64, weights: &[u64], floors: &[i64], caps: &[i64], free: &mut Vec<usize>, parts: &mut [i64]) -> i64 {
    let mut left = total;
    loop {
        let rest = i128::from(left);
        let sum: i128 = free.iter().map(|index| i128::from(weights[*index])).sum();
        // How far a share lies below its floor, or above its cap, times the sum of weights.
        let below = |index: &usize| i128::from(floors[*index]) * sum - rest * i128::from(weights[*index]);
        let above = |index: &usize| rest * i128::from(weights[*index]) - i128::from(caps[*index]) * sum;
        let under: i128 = free.iter().map(below).filter(|by| 0 < *by).sum();
        let over: i128 = free.iter().map(above).filter(|by| 0 < *by).sum();
        if under == 0 && over == 0 {
            return left;
        }
        // More is missing below than is too much above: the level falls, and whoever is at the floor stays there.
        let at_bound = |index: &usize| {
            if over <= under && 0 < below(index) {
                Some(floors[*index])
            } else if under <= over && 0 < above(index) {
                Some(caps[*index])
            } else {
                None
            }
        };
        let frozen: Vec<(usize, i64)> =
            free.iter().filter_map(|index| at_bound(index).map(|bound| (*index, bound))).collect();
        free.retain(|index| at_bound(index).is_none());
        for (index, bound) in frozen {
            parts[index] = bound;
            left -= bound;
        }
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
