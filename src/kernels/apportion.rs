//! Whole units in proportion to weights: the sum is exact, and what rounding does beyond that is a choice of the plan.
//!
//! All decisions are made in integers, so that every machine decides alike. Totals are never negative here, and the
//! weights are not all zero: what to do then is the caller's policy.

use super::Rounding;
use super::largest::Ranges;
use super::webster;

/// `total` units by `weights`. The total is at most 2^50 and the weights sum to at most 2^60, so that every product stays
/// inside 128 bits.
pub fn apportion(total: i64, weights: &[u64], rounding: Rounding) -> Vec<i64> {
    match rounding {
        Rounding::LargestRemainder => by_largest_remainder(total, weights),
        Rounding::Webster => by_webster(total, weights),
        Rounding::Cumulative => cumulative(total, weights),
    }
}

/// What proportion alone gives each weight: whole units, and how far its quota lies above them, of `sum`, which is that of the
/// weights. Nothing is written where nothing is handed out.
pub(crate) fn quotas(total: i64, sum: u64, weights: &[u64], whole: &mut [i64], rests: &mut [u64]) {
    let Some(rate) = Rate::of(total, sum) else { return };
    let quotas = whole.iter_mut().zip(rests).zip(weights);
    // Asked once, and not once a weight.
    if rate.is_narrow {
        quotas.for_each(|((whole, rest), weight)| (*whole, *rest) = rate.narrow(*weight));
    } else {
        quotas.for_each(|((whole, rest), weight)| (*whole, *rest) = rate.wide(*weight));
    }
}

/// The same as all quotas rounded, without a list of their rests: of most of them a byte is enough.
fn by_largest_remainder(total: i64, weights: &[u64]) -> Vec<i64> {
    let Some(rate) = Rate::of(total, weights.iter().sum()) else {
        return vec![0; weights.len()];
    };
    if let Some(parts) = Fine::of(&rate, weights).and_then(|fine| fine.largest_remainders(weights)) {
        return parts;
    }
    // Asked once, and not once a weight.
    if rate.is_narrow {
        rate.largest_remainders(weights, |weight| rate.narrow(weight))
    } else {
        rate.largest_remainders(weights, |weight| rate.wide(weight))
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
pub(crate) struct Rate {
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
        let mut ranges = Ranges::of(self.sum - 1, weights.len());
        let mut spare = self.total;
        let (mut parts, mut places) = (vec![0; weights.len()], vec![0; weights.len()]);
        for ((part, place), weight) in parts.iter_mut().zip(&mut places).zip(weights) {
            let (whole, rest) = quota(*weight);
            *place = ranges.count(rest);
            spare -= whole.cast_unsigned();
            *part = whole;
        }
        if 0 < spare {
            let last = ranges.last(spare as usize);
            let inside = last.inside(&places, |at| self.rest(weights[at], parts[at].cast_unsigned()));
            last.raise(&mut parts, &places, inside);
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

/// A rate so much finer than the weights are large that no product needs to be set right (Granlund and Montgomery 1994).
///
/// The factor is rounded up, by less than one. A weight below `2^bits` makes less than `2^bits` of that, and a rest of one is
/// worth `2^shift / sum`, which is no less: so the whole part of the product is right, and the fraction behind it lies at its
/// rest or above it, but below the next one. It orders weights as their rests do, except where these are the same.
struct Fine<'a> {
    rate: &'a Rate,
    factor: u64,
    shift: u32,
}

impl Fine<'_> {
    /// Below it, rests are so few that many are the same.
    const LEAST_SUM: u64 = 1 << 12;

    /// None where a product would need more than 64 bits.
    fn of<'a>(rate: &'a Rate, weights: &[u64]) -> Option<Fine<'a>> {
        let most = weights.iter().fold(0, |all, weight| all | weight);
        let bits = u64::BITS - most.leading_zeros();
        let (of_total, of_sum) = (1 + rate.total.ilog2(), 1 + rate.sum.ilog2());
        let shift = bits + of_sum;
        if rate.sum < Self::LEAST_SUM || u64::BITS <= of_total + 2 * bits + 1 {
            return None;
        }
        // Twice as wide a division only where it must be: WebAssembly calls a function for it.
        let factor = match of_total + shift {
            ..=u64::BITS => (rate.total << shift) / rate.sum,
            _ => ((u128::from(rate.total) << shift) / u128::from(rate.sum)) as u64,
        };
        Some(Fine { rate, factor: factor + 1, shift })
    }

    /// The parts of all weights. None where the fractions do not tell who comes first.
    fn largest_remainders(&self, weights: &[u64]) -> Option<Vec<i64>> {
        let behind = (1 << self.shift) - 1;
        let mut ranges = Ranges::of(behind, weights.len());
        let mut spare = self.rate.total;
        let (mut parts, mut places) = (vec![0; weights.len()], vec![0; weights.len()]);
        let mut place = |weight: u64, part: &mut i64, place: &mut u8| {
            let product = weight * self.factor;
            let whole = product >> self.shift;
            spare -= whole;
            (*part, *place) = (whole.cast_signed(), ranges.count(product & behind));
        };
        let ((fours, few), (of_parts, few_parts)) = (weights.as_chunks::<4>(), parts.as_chunks_mut::<4>());
        let (of_places, few_places) = places.as_chunks_mut::<4>();
        for ((weights, parts), places) in fours.iter().zip(of_parts).zip(of_places) {
            (0..4).for_each(|at| place(weights[at], &mut parts[at], &mut places[at]));
        }
        for ((weight, part), its_place) in few.iter().zip(few_parts).zip(few_places) {
            place(*weight, part, its_place);
        }
        if 0 < spare {
            let last = ranges.last(spare as usize);
            let inside = last.inside(&places, |at| self.rate.rest(weights[at], parts[at].cast_unsigned()));
            let ends = [ranges.start(u64::from(last.place)), ranges.start(u64::from(last.place) + 1)];
            if ends.iter().any(|end| inside.iter().any(|(rest, _)| *rest == self.rest_at(*end))) {
                return None;
            }
            last.raise(&mut parts, &places, inside);
        }
        Some(parts)
    }

    /// The rest that a fraction belongs to: where a range ends there, who has it may lie on either side.
    fn rest_at(&self, fraction: u64) -> u64 {
        ((u128::from(fraction) * u128::from(self.rate.sum)) >> self.shift) as u64
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
