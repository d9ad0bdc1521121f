//! The curves that draws are made of: exponential, logarithm, the normal distribution and its inverse. Polynomials of ours
//! and nothing of any library, so that every machine gives the same bits; without branches, so that the compiler takes
//! several trials at a time.

use super::BLOCK;

/// Bits of a random number that count: as many as a number of 32 bits holds exactly.
const KEPT: u32 = 24;

/// All of them, as a number.
pub const WHOLE: f32 = 16_777_216.0;

/// A uniform number from 0 up to below [`WHOLE`], all of them whole.
#[inline]
pub fn uniform(bits: u32) -> f32 {
    (bits >> (32 - KEPT)) as f32
}

/// A normal number for each random one, by the inverse of the distribution: one uniform number each, and the larger the one,
/// the larger the other. All by the polynomial of the middle first, and then the few that lie far out by that of the ends.
/// A twentieth slower where it is called instead of put in its place.
#[inline(always)]
pub fn normals(bits: &[u32; BLOCK], normal: &mut [f32; BLOCK]) {
    /// The numbers of each end, of 2^24, whose logarithm is five or more: 34 of ten thousand in both.
    const FAR: u32 = 28_313;
    for (normal, bits) in normal.iter_mut().zip(bits) {
        *normal = middle(odd(*bits));
    }
    for (normal, bits) in normal.as_chunks_mut::<16>().0.iter_mut().zip(bits.as_chunks::<16>().0) {
        // From one end through zero to the other, so that both are one comparison.
        let is_far = |bits: u32| (bits >> (32 - KEPT)).wrapping_add(FAR) & ((1 << KEPT) - 1) < 2 * FAR;
        if bits.iter().fold(false, |any, it| any | is_far(*it)) {
            for (normal, bits) in normal.iter_mut().zip(bits).filter(|it| is_far(*it.1)) {
                *normal = inverse(odd(*bits));
            }
        }
    }
}

/// An odd number of halves, between -1 and 1: never the ends, never the middle, and both sides alike.
#[inline]
fn odd(bits: u32) -> f32 {
    ((bits >> (32 - KEPT)) as i32 * 2 + 1 - (1 << KEPT)) as f32 * (1.0 / WHOLE)
}

/// How far out a number between -1 and 1 lies.
#[inline]
fn outward(x: f32) -> f32 {
    -ln((1.0 - x) * (1.0 + x))
}

/// The normal number below which so many lie, where that is no end: `x` is twice that part, less one. After Giles,
/// "Approximating the erfinv function".
#[inline]
fn middle(x: f32) -> f32 {
    let t = outward(x) - 2.5;
    let mut p = 2.810_226_36e-8;
    p = 3.432_739_39e-7 + p * t;
    p = -3.523_387_7e-6 + p * t;
    p = -4.391_506_54e-6 + p * t;
    p = 0.000_218_580_87 + p * t;
    p = -0.001_253_725_03 + p * t;
    p = -0.004_177_681_64 + p * t;
    p = 0.246_640_727 + p * t;
    p = 1.501_409_41 + p * t;
    std::f32::consts::SQRT_2 * p * x
}

/// The same anywhere.
pub fn inverse(x: f32) -> f32 {
    let far = outward(x);
    if far < 5.0 {
        return middle(x);
    }
    let t = far.sqrt() - 3.0;
    let mut p = -0.000_200_214_257;
    p = 0.000_100_950_558 + p * t;
    p = 0.001_349_343_22 + p * t;
    p = -0.003_673_428_44 + p * t;
    p = 0.005_739_507_73 + p * t;
    p = -0.007_622_461_3 + p * t;
    p = 0.009_438_870_47 + p * t;
    p = 1.001_674_06 + p * t;
    p = 2.832_976_82 + p * t;
    std::f32::consts::SQRT_2 * p * x
}

/// The part of a normal distribution that lies below a number, to seven decimals (Abramowitz and Stegun 26.2.17).
#[inline]
pub fn below(x: f32) -> f32 {
    let size = x.abs();
    let t = 1.0 / (1.0 + 0.231_641_9 * size);
    let p = t * (0.319_381_53 + t * (-0.356_563_78 + t * (1.781_477_9 + t * (-1.821_255_9 + t * 1.330_274_5))));
    let above = 0.398_942_3 * exp(-0.5 * size * size) * p;
    if x < 0.0 { above } else { 1.0 - above }
}

/// Of numbers from -87 to 88; beyond them as at these.
#[inline]
pub fn exp(x: f32) -> f32 {
    exp_within(x.clamp(-87.0, 88.0))
}

/// The same where it is known that they are.
#[inline]
pub fn exp_within(x: f32) -> f32 {
    // Added to a number below it, this leaves it rounded to whole, in the last bits.
    const ROUNDS: f32 = 12_582_912.0;
    let shifted = x * std::f32::consts::LOG2_E + ROUNDS;
    let n = shifted - ROUNDS;
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let p =
        ((((1.987_569_1e-4 * r + 1.398_2e-3) * r + 8.333_452e-3) * r + 4.166_579_6e-2) * r + 0.166_666_65) * r + 0.5;
    let part = p * r * r + r + 1.0;
    f32::from_bits(part.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// Of numbers above zero that are not too small to be whole numbers of their kind.
#[inline]
pub fn ln(x: f32) -> f32 {
    /// The square root of a half, as bits: what lies between it and its double is told apart from the power of two.
    const ROOT: u32 = 0x3f35_04f3;
    let bits = x.to_bits();
    let exponent = (bits.wrapping_sub(ROOT) as i32) >> 23;
    let f = f32::from_bits(bits.wrapping_sub((exponent << 23) as u32)) - 1.0;
    let e = exponent as f32;
    let z = f * f;
    let mut p = 7.037_683_6e-2_f32;
    p = p * f - 0.115_146_1;
    p = p * f + 0.116_769_99;
    p = p * f - 0.124_201_41;
    p = p * f + 0.142_493_23;
    p = p * f - 0.166_680_58;
    p = p * f + 0.200_007_15;
    p = p * f - 0.249_999_94;
    p = p * f + 0.333_333_3;
    let y = p * f * z - 2.121_944_4e-4 * e - 0.5 * z;
    f + y + 0.693_359_4 * e
}

/// The same to sixteen digits, for what is reckoned once: of finite numbers above zero.
pub fn ln_exactly(x: f64) -> f64 {
    if !(f64::MIN_POSITIVE..f64::INFINITY).contains(&x) {
        return if x <= 0.0 { f64::NEG_INFINITY } else { x };
    }
    let bits = x.to_bits();
    let mut exponent = ((bits >> 52) as i64 - 1_023) as f64;
    let mut m = f64::from_bits(bits & ((1 << 52) - 1) | 1_023 << 52);
    if std::f64::consts::SQRT_2 < m {
        m *= 0.5;
        exponent += 1.0;
    }
    let s = (m - 1.0) / (m + 1.0);
    let square = s * s;
    let series = (0..14).rev().fold(0.0, |sum, at| sum * square + 2.0 / f64::from(2 * at + 1));
    series * s + exponent * std::f64::consts::LN_2
}

/// The same the other way round: of numbers from -700 to 700; beyond them as at these.
pub fn exp_exactly(x: f64) -> f64 {
    let x = x.clamp(-700.0, 700.0);
    let n = (x * std::f64::consts::LOG2_E).round();
    // The logarithm of two in two pieces, so that what is left over is exact.
    let r = x - n * 0.693_147_180_369_123_8 - n * 1.908_214_929_270_587_7e-10;
    let series = (1..18).rev().fold(1.0, |sum, at| 1.0 + sum * r / f64::from(at));
    series * f64::from_bits(((n as i64 + 1_023) as u64) << 52)
}
