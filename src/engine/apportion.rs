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
        Rounding::LargestRemainder => by_largest_remainder(total, weights),
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
        let (mut whole, mut rests) = (vec![0; weights.len()], vec![0; weights.len()]);
        // Asked once, and not once a weight.
        let given = if rate.is_narrow {
            fill(&mut whole, &mut rests, weights, |weight| rate.narrow(weight))
        } else {
            fill(&mut whole, &mut rests, weights, |weight| rate.wide(weight))
        };
        Quotas { whole, rests, sum: rate.sum, spare: (total - given) as usize }
    }

    /// By Hamilton's method.
    pub fn rounded(mut self) -> Vec<i64> {
        if 0 < self.spare {
            raise(&mut self.whole, &self.rests, self.sum, self.spare);
        }
        self.whole
    }
}

/// What each weight comes to, and the sum of the whole units.
fn fill(whole: &mut [i64], rests: &mut [u64], weights: &[u64], quota: impl Fn(u64) -> (i64, u64)) -> i64 {
    let mut given = 0;
    for ((whole, rest), weight) in whole.iter_mut().zip(rests).zip(weights) {
        (*whole, *rest) = quota(*weight);
        given += *whole;
    }
    given
}

/// The same as all quotas rounded, without a list of their rests: to make one again is quicker than to fetch it.
fn by_largest_remainder(total: i64, weights: &[u64]) -> Vec<i64> {
    match Rate::of(total, weights.iter().sum()) {
        None => vec![0; weights.len()],
        Some(rate) if rate.is_narrow => rate.largest_remainders(weights, |weight| rate.narrow(weight)),
        Some(rate) => rate.largest_remainders(weights, |weight| rate.wide(weight)),
    }
}

/// A unit more for so many of the largest rests, in the order given where they tie. The rests are below `sum`.
pub(super) fn raise(parts: &mut [i64], rests: &[u64], sum: u64, many: usize) {
    let mut ranges = Ranges::of(sum, parts.len());
    rests.iter().for_each(|rest| ranges.count(*rest));
    ranges.raise(parts, |at, _| rests[at], many);
}

/// Ranges of equal width, about as many as there are parts: how many rests lie in each.
struct Ranges {
    shift: u32,
    highest: u8,
    counts: [u32; 256],
}

impl Ranges {
    /// For so many rests, all below `sum`.
    fn of(sum: u64, many: usize) -> Ranges {
        let shift = (1 + sum.ilog2()).saturating_sub(many.max(1).ilog2().min(8));
        Ranges { shift, highest: ((sum - 1) >> shift) as u8, counts: [0; 256] }
    }

    fn at(&self, rest: u64) -> u8 {
        (rest >> self.shift) as u8
    }

    fn count(&mut self, rest: u64) {
        self.counts[usize::from(self.at(rest))] += 1;
    }

    /// A unit more for so many of the largest of the rests that were counted: what each part leaves over at its place.
    fn raise(&self, parts: &mut [i64], rest: impl Fn(usize, i64) -> u64, many: usize) {
        // 1. The range in which the units run out.
        let (mut last, mut left) = (self.highest, many);
        while 0 < last && self.counts[usize::from(last)] as usize <= left {
            left -= self.counts[usize::from(last)] as usize;
            last -= 1;
        }
        // 2. Whoever lies above it gets one; of those inside, the first by rest. Most often few do, and need no memory of
        // their own. The sort is stable.
        let (mut few, mut many) = ([(0, 0); 16], Vec::new());
        let inside = match self.counts[usize::from(last)] as usize {
            count if count <= few.len() => &mut few[..count],
            count => {
                many.resize(count, (0, 0));
                &mut many[..]
            }
        };
        let mut open = inside.iter_mut();
        for (place, part) in parts.iter_mut().enumerate() {
            let rest = rest(place, *part);
            let at = self.at(rest);
            *part += i64::from(last < at);
            if at == last
                && let Some(open) = open.next()
            {
                *open = (rest, place);
            }
        }
        inside.sort_by_key(|(rest, _)| std::cmp::Reverse(*rest));
        for (_, place) in inside.iter().take(left) {
            parts[*place] += 1;
        }
    }
}

fn by_webster(total: i64, weights: &[u64]) -> Vec<i64> {
    let mut parts = by_largest_remainder(total, weights);
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
        if self.is_narrow { self.narrow(weight) } else { self.wide(weight) }
    }

    /// The parts of all weights.
    fn largest_remainders(&self, weights: &[u64], quota: impl Fn(u64) -> (i64, u64)) -> Vec<i64> {
        let mut ranges = Ranges::of(self.sum, weights.len());
        let mut spare = self.total;
        let mut parts: Vec<i64> = Vec::with_capacity(weights.len());
        parts.extend(weights.iter().map(|weight| {
            let (whole, rest) = quota(*weight);
            ranges.count(rest);
            spare -= whole.cast_unsigned();
            whole
        }));
        if 0 < spare {
            ranges.raise(&mut parts, |at, part| self.rest(weights[at], part.cast_unsigned()), spare as usize);
        }
        parts
    }

    /// What a weight leaves over of so many whole units.
    fn rest(&self, weight: u64, whole: u64) -> u64 {
        self.total.wrapping_mul(weight).wrapping_sub(whole.wrapping_mul(self.sum))
    }

    fn narrow(&self, weight: u64) -> (i64, u64) {
        self.near(weight, (weight * self.factor) >> self.shift)
    }

    fn wide(&self, weight: u64) -> (i64, u64) {
        self.near(weight, product_over(weight, self.factor, self.shift))
    }

    /// The quota, of which the whole units are known but for one too few.
    fn near(&self, weight: u64, whole: u64) -> (i64, u64) {
        let rest = self.rest(weight, whole);
        let is_short = u64::from(self.sum <= rest);
        ((whole + is_short) as i64, rest - (self.sum & is_short.wrapping_neg()))
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
