//! Uniform numbers: xoshiro128++ in four lanes, one such generator for each stream and block of trials, so that what a trial draws
//! depends on the seed, the stream and the trial, and on nothing else: not on who computes it, nor on what else there is.

use super::BLOCK;

/// Generators side by side, as one instruction goes through them.
const LANES: usize = 4;

pub struct Random {
    state: [[u32; LANES]; 4],
}

impl Random {
    /// The generator of a stream in a block of trials.
    pub fn new(seed: u64, stream: u64, block: u64) -> Random {
        let mut mix = Mix(mixed(mixed(mixed(seed) ^ stream) ^ block));
        let mut state = [[0; LANES]; 4];
        for word in &mut state {
            for pair in word.chunks_exact_mut(2) {
                let bits = mix.next();
                pair[0] = bits as u32;
                pair[1] = (bits >> 32) as u32;
            }
        }
        Random { state }
    }

    /// Thirty-two random bits for each trial of a block.
    pub fn fill(&mut self, bits: &mut [u32; BLOCK]) {
        let [mut s0, mut s1, mut s2, mut s3] = self.state.map(lanes::of);
        for four in bits.as_chunks_mut::<LANES>().0 {
            *four = lanes::told(lanes::add(lanes::turn::<7, 25>(lanes::add(s0, s3)), s0));
            let shifted = lanes::left::<9>(s1);
            s2 = lanes::xor(s2, s0);
            s3 = lanes::xor(s3, s1);
            s1 = lanes::xor(s1, s2);
            s0 = lanes::xor(s0, s3);
            s2 = lanes::xor(s2, shifted);
            s3 = lanes::turn::<11, 21>(s3);
        }
        self.state = [s0, s1, s2, s3].map(lanes::told);
    }
}

/// Four numbers at once, by the instructions that a browser has for them: of itself the compiler takes one after the other
/// here.
#[cfg(target_feature = "simd128")]
mod lanes {
    use core::arch::wasm32::{u32x4, u32x4_add, u32x4_extract_lane, u32x4_shl, u32x4_shr, v128, v128_or, v128_xor};

    pub fn of(lanes: [u32; 4]) -> v128 {
        u32x4(lanes[0], lanes[1], lanes[2], lanes[3])
    }

    pub fn told(it: v128) -> [u32; 4] {
        [
            u32x4_extract_lane::<0>(it),
            u32x4_extract_lane::<1>(it),
            u32x4_extract_lane::<2>(it),
            u32x4_extract_lane::<3>(it),
        ]
    }

    pub fn add(one: v128, other: v128) -> v128 {
        u32x4_add(one, other)
    }

    pub fn xor(one: v128, other: v128) -> v128 {
        v128_xor(one, other)
    }

    pub fn left<const BY: u32>(it: v128) -> v128 {
        u32x4_shl(it, BY)
    }

    /// The bits turned to the left.
    pub fn turn<const LEFT: u32, const RIGHT: u32>(it: v128) -> v128 {
        v128_or(u32x4_shl(it, LEFT), u32x4_shr(it, RIGHT))
    }
}

#[cfg(not(target_feature = "simd128"))]
mod lanes {
    type Lanes = [u32; super::LANES];

    pub fn of(lanes: Lanes) -> Lanes {
        lanes
    }

    pub fn told(lanes: Lanes) -> Lanes {
        lanes
    }

    pub fn add(one: Lanes, other: Lanes) -> Lanes {
        std::array::from_fn(|lane| one[lane].wrapping_add(other[lane]))
    }

    pub fn xor(one: Lanes, other: Lanes) -> Lanes {
        std::array::from_fn(|lane| one[lane] ^ other[lane])
    }

    pub fn left<const BY: u32>(it: Lanes) -> Lanes {
        it.map(|it| it << BY)
    }

    /// The bits turned to the left.
    pub fn turn<const LEFT: u32, const RIGHT: u32>(it: Lanes) -> Lanes {
        it.map(|it| it << LEFT | it >> RIGHT)
    }
}

/// Splitmix: it makes the states of other generators, none of them alike.
struct Mix(u64);

impl Mix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        finished(self.0)
    }
}

fn mixed(bits: u64) -> u64 {
    finished(bits.wrapping_add(0x9e37_79b9_7f4a_7c15))
}

fn finished(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}
