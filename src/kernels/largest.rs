//! A unit more for each of the largest of some numbers, without sorting them all.
//!
//! Of each number only its place is kept, a byte: in which of some ranges of equal width it lies. How many lie in each tells in
//! which range the units run out; the few numbers inside that one are put in order.

use std::ops::AddAssign;

/// A unit more for so many of the largest numbers, in the order given where they tie. None is above `most`.
pub fn raise(parts: &mut [i64], numbers: &[u64], most: u64, many: usize) {
    let mut ranges = Ranges::of(most, parts.len());
    let places: Vec<u8> = numbers.iter().map(|number| ranges.count(*number)).collect();
    let last = ranges.last(many);
    let inside = last.inside(&places, |at| numbers[at]);
    last.raise(parts, &places, inside);
}

/// Ranges of equal width: how many numbers lie in each.
pub struct Ranges {
    shift: u32,
    highest: u8,
    counts: [u32; 256],
}

impl Ranges {
    /// About so many, at most 256, for numbers of which none is above `most`.
    pub fn of(most: u64, many: usize) -> Ranges {
        let bits = u64::BITS - most.leading_zeros();
        let shift = bits.saturating_sub(many.max(1).ilog2().min(8));
        Ranges { shift, highest: (most >> shift) as u8, counts: [0; 256] }
    }

    /// The range in which a number lies.
    pub fn place(&self, number: u64) -> u8 {
        (number >> self.shift) as u8
    }

    /// The same, and that one more lies there.
    pub fn count(&mut self, number: u64) -> u8 {
        let place = self.place(number);
        self.counts[usize::from(place)] += 1;
        place
    }

    /// Counts other numbers than before, of which the places are known.
    pub fn recount(&mut self, places: &[u8]) {
        self.counts[..=usize::from(self.highest)].fill(0);
        for place in places {
            self.counts[usize::from(*place)] += 1;
        }
    }

    /// Where so many units run out, when they go to the largest numbers first.
    pub fn last(&self, many: usize) -> Last {
        let (mut place, mut left) = (self.highest, many);
        while 0 < place && self.counts[usize::from(place)] as usize <= left {
            left -= self.counts[usize::from(place)] as usize;
            place -= 1;
        }
        Last { place, left, many: self.counts[usize::from(place)] as usize }
    }

    /// The lowest number of a range.
    pub fn start(&self, place: u64) -> u64 {
        place << self.shift
    }
}

/// The range in which the units run out, how many are left for those in it, and how many those are.
pub struct Last {
    pub place: u8,
    pub left: usize,
    many: usize,
}

impl Last {
    /// Who lies in it, each with the number.
    pub fn inside(&self, places: &[u8], number: impl Fn(usize) -> u64) -> Vec<(u64, usize)> {
        const SIDE_BY_SIDE: usize = 16;
        let mut inside = Vec::with_capacity(self.many);
        for (block, few) in places.chunks(SIDE_BY_SIDE).enumerate() {
            // Of most blocks nobody does, which one comparison of all of them tells.
            if few.iter().fold(false, |any, place| any | (*place == self.place)) {
                let whose = few.iter().enumerate().filter(|(_, place)| **place == self.place);
                inside.extend(whose.map(|(at, _)| block * SIDE_BY_SIDE + at).map(|at| (number(at), at)));
            }
        }
        inside
    }

    /// Whoever lies above it gets a unit; of those inside, the first by number. The sort is stable.
    pub fn raise<Part>(&self, parts: &mut [Part], places: &[u8], mut inside: Vec<(u64, usize)>)
    where
        Part: AddAssign + From<bool>,
    {
        for (part, place) in parts.iter_mut().zip(places) {
            *part += Part::from(self.place < *place);
        }
        inside.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
        for (_, at) in inside.iter().take(self.left) {
            parts[*at] += Part::from(true);
        }
    }
}
