//! What moves the chance most: one factor at a time, lower and higher, with the same draws. What each stream brings is drawn
//! once and kept for the block; a factor that changes costs its own streams again and no others.

use super::simulate::{Draw, nearly, share};
use super::{BLOCK, Model, Stream};

/// Streams that change together, and what they are then.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tornado {
    /// By factor: the place of a stream, and what it is lower and higher.
    pub factors: Vec<Vec<(usize, Stream, Stream)>>,
}

/// Trials that reach the target with a factor lower, and with it higher.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    pub low: u32,
    pub high: u32,
}

impl Tornado {
    /// The trials that reach the year's target as it is, and factor by factor.
    pub fn reached(&self, model: &Model) -> (u32, Vec<Bar>) {
        let target = model.nodes.last().map_or(0.0, |it| it.target.iter().fold(0.0, |sum, it| sum + it));
        let enough = nearly(target);
        let segments = model.streams.iter().map(|it| it.segment as usize + 1).max().unwrap_or(0);
        let mut shared = vec![[0.0; BLOCK]; segments];
        let mut draw = Draw::default();
        let mut kept = vec![[0.0; BLOCK]; model.streams.len()];
        let (mut base, mut bars) = (0, vec![Bar::default(); self.factors.len()]);
        for block in 0..model.blocks() {
            let trials = model.trials_of(block);
            for (segment, shared) in shared.iter_mut().enumerate() {
                share(model.seed, block as u64, segment as u32, shared);
            }
            let mut totals = [0.0; BLOCK];
            for (stream, kept) in model.streams.iter().zip(&mut kept) {
                *kept = *draw.stream(model.seed, block as u64, stream, &shared[stream.segment as usize]);
                totals.iter_mut().zip(kept.iter()).for_each(|(total, it)| *total += *it);
            }
            let reach = |totals: &[f64; BLOCK]| totals[..trials].iter().map(|it| u32::from(enough <= *it)).sum::<u32>();
            base += reach(&totals);
            for (factor, bar) in self.factors.iter().zip(&mut bars) {
                let (mut low, mut high) = (totals, totals);
                for (place, lower, higher) in factor {
                    let before = &kept[*place];
                    for (totals, stream) in [(&mut low, lower), (&mut high, higher)] {
                        let now = draw.stream(model.seed, block as u64, stream, &shared[stream.segment as usize]);
                        for ((total, now), before) in totals.iter_mut().zip(now).zip(before) {
                            // Where nothing changes, nothing at all changes.
                            *total += *now - *before;
                        }
                    }
                }
                bar.low += reach(&low);
                bar.high += reach(&high);
            }
        }
        (base, bars)
    }
}
