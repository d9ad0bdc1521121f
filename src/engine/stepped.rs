//! Whole multiples in proportion to weights: each part is a multiple of its own step, as cartons and round thousands are.
//!
//! The coarsest steps choose first, each the multiple nearest to its share; the finest take what is left. What no multiple
//! can take goes to one part, the one of the largest weight, so that the sum is exact. Nothing here says so: whoever
//! looks at the parts sees which is no multiple.

use kernels::{NO_CAP, Rounding, bounded};

use super::bounds::{Range, multiples};

/// A part to be.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    pub weight: u64,
    pub range: Range,
    pub step: i64,
}

impl Claim {
    /// Its step, or one where its range has no multiple of it.
    fn step(&self) -> i64 {
        if multiples(self.range, self.step).is_some() { self.step } else { 1 }
    }
}

/// `total` by the claims. It lies between the sums of the ends of their ranges.
pub fn split(total: i64, claims: &[Claim], rounding: Rounding) -> Vec<i64> {
    let mut parts = vec![0; claims.len()];
    let mut open: Vec<usize> = (0..claims.len()).collect();
    let mut left = total;
    while let Some(step) = open.iter().map(|at| claims[*at].step()).max() {
        let among: Vec<Claim> = open.iter().map(|at| claims[*at]).collect();
        let (coarse, fine): (Vec<usize>, Vec<usize>) = (0..open.len()).partition(|index| among[*index].step() == step);
        let given = if fine.is_empty() {
            alike(left, &among, step, rounding)
        } else {
            nearest(left, &among, &coarse, step, rounding)
        };
        for (index, part) in coarse.iter().zip(given) {
            parts[open[*index]] = part;
            left -= part;
        }
        open = fine.into_iter().map(|index| open[index]).collect();
    }
    parts
}

/// The parts of those with the coarsest step: the multiple nearest to the share, as far as the others leave room.
fn nearest(total: i64, among: &[Claim], coarse: &[usize], step: i64, rounding: Rounding) -> Vec<i64> {
    let shares = plain(total, among, rounding);
    let mut least: i128 = among.iter().map(|it| i128::from(it.range.lowest)).sum();
    let mut most: i128 = among.iter().map(|it| i128::from(it.range.highest)).sum();
    let mut left = i128::from(total);
    let choose = |index: &usize| {
        let range = among[*index].range;
        // From here on the sums are those of the others.
        least -= i128::from(range.lowest);
        most -= i128::from(range.highest);
        let room = Range { lowest: clamp(left - most, range), highest: clamp(left - least, range) };
        let part = nearest_multiple(shares[*index], step, room);
        left -= i128::from(part);
        part
    };
    coarse.iter().map(choose).collect()
}

fn clamp(amount: i128, range: Range) -> i64 {
    amount.clamp(range.lowest.into(), range.highest.into()) as i64
}

/// The multiple of a step in a range that is nearest to an amount, or the amount where the range has none.
pub fn nearest_multiple(amount: i64, step: i64, range: Range) -> i64 {
    match multiples(range, step) {
        Some(multiples) => multiples.clamp((amount.min(NO_CAP) + step / 2).div_euclid(step) * step),
        None => range.clamp(amount),
    }
}

/// All have the same step: so many steps are divided, and what is less than one goes to the largest weight with room.
fn alike(total: i64, among: &[Claim], step: i64, rounding: Rounding) -> Vec<i64> {
    in_steps(total, among, step, rounding).unwrap_or_else(|| plain(total, among, rounding))
}

/// None where the ranges have too few multiples for the total.
fn in_steps(total: i64, among: &[Claim], step: i64, rounding: Rounding) -> Option<Vec<i64>> {
    let steps = |it: &Claim| multiples(it.range, step).map(|it| (it.lowest / step, it.highest / step));
    let (floors, caps): (Vec<i64>, Vec<i64>) = among.iter().map(steps).collect::<Option<Vec<_>>>()?.into_iter().unzip();
    let weights: Vec<u64> = among.iter().map(|it| it.weight).collect();
    let parts = bounded::split(total.div_euclid(step), &weights, &floors, &caps, rounding).ok()?;
    let mut parts: Vec<i64> = parts.into_iter().map(|it| it * step).collect();
    let rest = total.rem_euclid(step);
    if 0 < rest {
        let has_room = |at: &usize| parts[*at] + rest <= among[*at].range.highest;
        // Of equal weights the first: the last of the reversed.
        let takes = (0..among.len()).rev().filter(has_room).max_by_key(|at| among[*at].weight)?;
        parts[takes] += rest;
    }
    Some(parts)
}

/// Regardless of steps.
fn plain(total: i64, among: &[Claim], rounding: Rounding) -> Vec<i64> {
    let weights: Vec<u64> = among.iter().map(|it| it.weight).collect();
    let floors: Vec<i64> = among.iter().map(|it| it.range.lowest).collect();
    let caps: Vec<i64> = among.iter().map(|it| it.range.highest).collect();
    bounded::split(total, &weights, &floors, &caps, rounding).unwrap_or(floors)
}
