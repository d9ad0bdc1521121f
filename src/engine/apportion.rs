//! Whole units in proportion to weights: the sum is exact, and what rounding does beyond that is a choice of the plan.
//!
//! All decisions are made in integers, so that every machine decides alike. Totals are never negative here, and the
//! weights are not all zero: what to do then is the caller's policy.

use super::webster;
use crate::plan::Rounding;

/// `total` units by `weights`. The total is at most 2^50 and the weights sum to at most 2^60, so that every product stays
/// inside 128 bits.
pub fn apportion(total: i64, weights: &[u64], rounding: Rounding) -> Vec<i64> {
    match rounding {
        Rounding::LargestRemainder => largest_remainder(total, weights),
        Rounding::Webster => by_webster(total, weights),
        Rounding::Cumulative => cumulative(total, weights),
    }
}

fn largest_remainder(total: i64, weights: &[u64]) -> Vec<i64> {
    let sum = sum(weights);
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: u64| i128::from(total) * i128::from(weight);
    let mut parts: Vec<i64> = weights.iter().map(|weight| (exact(*weight) / sum) as i64).collect();
    let spare = total - parts.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    // The sort is stable: ties keep the order given.
    order.sort_by_key(|index| std::cmp::Reverse(exact(weights[*index]) % sum));
    for index in order.into_iter().take(spare as usize) {
        parts[index] += 1;
    }
    parts
}

fn by_webster(total: i64, weights: &[u64]) -> Vec<i64> {
    let mut parts = largest_remainder(total, weights);
    let caps: Vec<i64> = weights.iter().map(|weight| if *weight == 0 { 0 } else { total }).collect();
    webster::settle(&mut parts, weights, &vec![0; weights.len()], &caps);
    parts
}

fn cumulative(total: i64, weights: &[u64]) -> Vec<i64> {
    let sum = sum(weights);
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let mut running = 0_i128;
    let mut before = 0_i64;
    let mut parts = Vec::with_capacity(weights.len());
    for weight in weights {
        running += i128::from(*weight);
        // Half up: twice the running share plus one whole, halved and floored.
        let after = ((2 * i128::from(total) * running + sum) / (2 * sum)) as i64;
        parts.push(after - before);
        before = after;
    }
    parts
}

fn sum(weights: &[u64]) -> i128 {
    weights.iter().map(|weight| i128::from(*weight)).sum()
}

/// The largest sum of weights that [`apportion`] takes.
const MAX_SUM: u128 = 1 << 60;

/// Weights of any size brought to a size that [`apportion`] takes, in the same proportion but for the bits that fall off
/// at the lower end of gigantic ones.
pub fn normalise(weights: &[u128]) -> Vec<u64> {
    let sum: u128 = weights.iter().sum();
    let shift = (0..128).find(|shift| sum >> shift <= MAX_SUM).unwrap_or(128);
    weights.iter().map(|weight| (weight >> shift) as u64).collect()
}
