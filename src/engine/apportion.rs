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
        Rounding::LargestRemainder => Quotas::of(total, weights).rounded(),
        Rounding::Webster => by_webster(total, weights),
        Rounding::Cumulative => cumulative(total, weights),
    }
}

/// What proportion alone gives: the whole units of each, how far each quota lies above them, of the sum of weights, and
/// how many units are then still to be handed out.
pub(super) struct Quotas {
    pub whole: Vec<i64>,
    pub rests: Vec<u64>,
    pub sum: u64,
    spare: usize,
}

impl Quotas {
    pub fn of(total: i64, weights: &[u64]) -> Quotas {
        let Some(rate) = Rate::of(total, weights.iter().sum()) else {
            return Quotas { whole: vec![0; weights.len()], rests: vec![0; weights.len()], sum: 0, spare: 0 };
        };
        let (whole, rests): (Vec<i64>, Vec<u64>) = weights.iter().map(|weight| rate.quota(*weight)).unzip();
        let spare = total - whole.iter().sum::<i64>();
        Quotas { whole, rests, sum: rate.sum, spare: spare as usize }
    }

    /// By Hamilton's method.
    pub fn rounded(&self) -> Vec<i64> {
        let mut parts = self.whole.clone();
        if 0 < self.spare {
            raise(&mut parts, &self.rests, self.sum, self.spare);
        }
        parts
    }
}

/// A unit more for so many of the largest rests, in the order given where they tie. The rests are below `sum`.
pub(super) fn raise(parts: &mut [i64], rests: &[u64], sum: u64, many: usize) {
    // 1. Ranges of equal width, about as many as there are parts: how many rests lie in each.
    let shift = (1 + sum.ilog2()).saturating_sub(parts.len().max(1).ilog2().min(8));
    let range = |rest: u64| usize::from((rest >> shift) as u8);
    let mut counts = [0_u32; 256];
    for rest in rests {
        counts[range(*rest)] += 1;
    }
    // 2. The range in which the units run out.
    let (mut last, mut left) = (range(sum - 1), many);
    while 0 < last && counts[last] as usize <= left {
        left -= counts[last] as usize;
        last -= 1;
    }
    // 3. Whoever lies above it gets one; of those inside, the first by rest. The sort is stable.
    let mut inside = Vec::with_capacity(counts[last] as usize);
    for (index, (part, rest)) in parts.iter_mut().zip(rests).enumerate() {
        let at = range(*rest);
        *part += i64::from(last < at);
        if at == last {
            inside.push(index);
        }
    }
    inside.sort_by_key(|index| std::cmp::Reverse(rests[*index]));
    for index in inside.into_iter().take(left) {
        parts[index] += 1;
    }
}

fn by_webster(total: i64, weights: &[u64]) -> Vec<i64> {
    let mut parts = Quotas::of(total, weights).rounded();
    let caps: Vec<i64> = weights.iter().map(|weight| if *weight == 0 { 0 } else { total }).collect();
    webster::settle(&mut parts, weights, &vec![0; weights.len()], &caps);
    parts
}

fn cumulative(total: i64, weights: &[u64]) -> Vec<i64> {
    let Some(rate) = Rate::of(total, weights.iter().sum()) else {
        return vec![0; weights.len()];
    };
    let mut running = 0_u64;
    let mut before = 0_i64;
    let mut parts = Vec::with_capacity(weights.len());
    for weight in weights {
        running += weight;
        let (whole, rest) = rate.quota(running);
        // Half up.
        let after = whole + i64::from(rate.sum <= 2 * rest);
        parts.push(after - before);
        before = after;
    }
    parts
}

/// So many units for so large a sum of weights, as a fraction by which weights are multiplied instead of divided.
pub(super) struct Rate {
    total: u64,
    sum: u64,
    /// `total / sum` times two to the power of `shift`, rounded down.
    factor: u64,
    shift: u32,
    /// No product needs more than 64 bits.
    is_narrow: bool,
}

impl Rate {
    /// None where there is nothing to hand out, or nobody to go by.
    pub fn of(total: i64, sum: u64) -> Option<Rate> {
        let total = u64::try_from(total).ok().filter(|total| 0 < *total && 0 < sum)?;
        let (of_total, of_sum) = (1 + total.ilog2(), 1 + sum.ilog2());
        let is_narrow = of_total + of_sum <= u64::BITS;
        let shift = if is_narrow { of_sum } else { 63 + of_sum - of_total };
        let factor =
            if is_narrow { (total << shift) / sum } else { ((u128::from(total) << shift) / u128::from(sum)) as u64 };
        Some(Rate { total, sum, factor, shift, is_narrow })
    }

    /// What a weight comes to: whole units, and what is left over, of the sum of weights. No weight is larger than the sum.
    ///
    /// The fraction is less than one too small, which the weight makes less than the power of two. So the product is right or
    /// one too small, and the rest right or one sum too large: less than 2^61, whatever wraps on the way to it.
    pub fn quota(&self, weight: u64) -> (i64, u64) {
        let whole = if self.is_narrow {
            (weight * self.factor) >> self.shift
        } else {
            product_over(weight, self.factor, self.shift)
        };
        let rest = self.total.wrapping_mul(weight).wrapping_sub(whole.wrapping_mul(self.sum));
        if self.sum <= rest { (whole as i64 + 1, rest - self.sum) } else { (whole as i64, rest) }
    }
}

/// `(one * other) >> shift`, in halves of 32 bits: WebAssembly multiplies no wider numbers than those of 64, and calls a
/// function for what is wider.
fn product_over(one: u64, other: u64, shift: u32) -> u64 {
    const HALF: u64 = (1 << 32) - 1;
    let (high, low) = (one >> 32, one & HALF);
    let (other_high, other_low) = (other >> 32, other & HALF);
    let least = low * other_low;
    let mid = high * other_low + (least >> 32);
    let rest = low * other_high + (mid & HALF);
    let above = high * other_high + (mid >> 32) + (rest >> 32);
    let below = (rest << 32) | (least & HALF);
    if shift < 64 { (above << (64 - shift)) | (below >> shift) } else { above >> (shift - 64) }
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
