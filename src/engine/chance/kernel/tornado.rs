//! What moves the chance most: one factor at a time, lower and higher, with the same draws. Each stream is drawn once, for
//! all factors that change it: a factor costs what its streams bring otherwise, and one that changes nothing moves nothing.

use super::model::{OF_STREAM, sum};
use super::simulate::{Draw, count, share};
use super::{BLOCK, Model, Stream, quantile};

/// Streams that change together, and what they are then.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Factor {
    /// The place of a stream, and what it is lower and higher.
    pub streams: Vec<(usize, Stream, Stream)>,
    /// What the year is to bring then.
    pub targets: [f64; 2],
}

/// The factors of a model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tornado {
    pub factors: Vec<Factor>,
}

/// What comes of all years that are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct End {
    /// Trials that reach the target.
    pub reached: u32,
    /// What half of them bring.
    pub middle: f64,
}

/// A factor lower and higher.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bar {
    pub low: End,
    pub high: End,
}

/// What may be said of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TornadoSaid {
    pub trials: usize,
    pub base: End,
    /// Factor by factor.
    pub bars: Vec<Bar>,
}

/// A tornado while it is drawn, block by block.
pub struct Turning {
    model: Model,
    /// By stream.
    versions: Vec<Versions>,
    base: Side,
    sides: Vec<[Side; 2]>,
    draw: Draw,
}

/// A stream as it is, and then lower and higher by each factor that changes it.
struct Versions {
    streams: Vec<Stream>,
    factors: Vec<usize>,
}

/// What the trials of one side bring, and what they are to bring.
#[derive(Clone, Debug)]
struct Side {
    target: f64,
    reached: u32,
    /// For the middle alone, of which nobody reads more digits.
    years: Vec<f32>,
}

impl Side {
    fn new(target: f64) -> Side {
        Side { target, reached: 0, years: Vec::new() }
    }

    fn add(&mut self, years: &[f64]) {
        self.reached += count(years, self.target);
        self.years.extend(years.iter().map(|it| *it as f32));
    }

    fn end(&self) -> End {
        let mut years: Vec<f64> = self.years.iter().map(|it| f64::from(*it)).collect();
        End { reached: self.reached, middle: quantile(&mut years, 0.5) }
    }
}

impl Turning {
    pub fn new(model: Model, tornado: &Tornado) -> Turning {
        let as_is = |it: &Stream| Versions { streams: vec![*it], factors: Vec::new() };
        let mut versions: Vec<Versions> = model.streams.iter().map(as_is).collect();
        for (at, factor) in tornado.factors.iter().enumerate() {
            for (place, low, high) in &factor.streams {
                versions[*place].streams.extend([*low, *high]);
                versions[*place].factors.push(at);
            }
        }
        let target = model.nodes.last().map_or(0.0, |it| sum(&it.target));
        let sides = tornado.factors.iter().map(|it| it.targets.map(Side::new)).collect();
        Turning { model, versions, base: Side::new(target), sides, draw: Draw::default() }
    }

    /// Draws a block: each but once, and in any order.
    pub fn block(&mut self, number: usize) {
        let Turning { model, versions, base, sides, draw } = self;
        let (seed, block) = (model.seed, number as u64);
        let segments = model.streams.iter().map(|it| it.segment as usize + 1).max().unwrap_or(0);
        let mut shared = vec![[0.0; BLOCK]; segments];
        for (segment, shared) in shared.iter_mut().enumerate() {
            share(seed, block, segment as u32, shared);
        }
        let mut totals = [0.0; BLOCK];
        let mut moved = vec![[[0.0; BLOCK]; 2]; sides.len()];
        for (stream, Versions { streams, factors }) in model.streams.iter().zip(versions) {
            let brought = draw.versions(seed, block, streams, &shared[stream.segment as usize]);
            let (before, changed) = brought.split_at(1);
            totals.iter_mut().zip(&before[0]).for_each(|(total, it)| *total += *it);
            for (factor, ends) in factors.iter().zip(changed.as_chunks::<2>().0) {
                for (moved, now) in moved[*factor].iter_mut().zip(ends) {
                    // Where nothing changes, nothing at all changes.
                    for ((moved, now), before) in moved.iter_mut().zip(now).zip(&before[0]) {
                        *moved += *now - *before;
                    }
                }
            }
        }
        let trials = model.trials_of(number);
        base.add(&totals[..trials]);
        for (side, moved) in sides.iter_mut().flatten().zip(moved.iter_mut().flatten()) {
            moved.iter_mut().zip(&totals).for_each(|(moved, total)| *moved += *total);
            side.add(&moved[..trials]);
        }
    }

    pub fn blocks(&self) -> usize {
        self.model.blocks()
    }

    /// The trials that reach the target as it is, and factor by factor, lower and higher.
    pub fn reached(&self) -> (u32, Vec<[u32; 2]>) {
        (self.base.reached, self.sides.iter().map(|[low, high]| [low.reached, high.reached]).collect())
    }

    /// Of the blocks that are drawn by now.
    pub fn said(&self) -> TornadoSaid {
        let bar = |[low, high]: &[Side; 2]| Bar { low: low.end(), high: high.end() };
        TornadoSaid { trials: self.base.years.len(), base: self.base.end(), bars: self.sides.iter().map(bar).collect() }
    }
}

impl Tornado {
    /// All of it at once.
    pub fn drawn(&self, model: &Model) -> Turning {
        let mut turning = Turning::new(model.clone(), self);
        (0..turning.blocks()).for_each(|it| turning.block(it));
        turning
    }

    /// As numbers, for a module or a worker that has no other words in common with this one.
    pub fn to_numbers(&self) -> Vec<f64> {
        let mut numbers = vec![self.factors.len() as f64];
        for Factor { streams, targets } in &self.factors {
            numbers.extend([targets[0], targets[1], streams.len() as f64]);
            for (place, low, high) in streams {
                numbers.push(*place as f64);
                [low, high].iter().for_each(|it| numbers.extend(it.to_numbers()));
            }
        }
        numbers
    }

    /// None where they are no such numbers, or of another model.
    pub fn of_numbers(model: &Model, numbers: &[f64]) -> Option<Tornado> {
        const OF_CHANGE: usize = 1 + 2 * OF_STREAM;
        let (many, mut rest) = numbers.split_first()?;
        let mut factors = Vec::new();
        for _ in 0..*many as usize {
            let (head, after) = rest.split_at_checked(3)?;
            let (changes, after) = after.split_at_checked((head[2] as usize).checked_mul(OF_CHANGE)?)?;
            let change = |it: &[f64]| {
                let (low, high) = it[1..].split_at(OF_STREAM);
                (it[0] as usize, Stream::of_numbers(low), Stream::of_numbers(high))
            };
            let streams: Vec<_> = changes.chunks_exact(OF_CHANGE).map(change).collect();
            if streams.iter().any(|it| model.streams.len() <= it.0) {
                return None;
            }
            factors.push(Factor { streams, targets: [head[0], head[1]] });
            rest = after;
        }
        rest.is_empty().then_some(Tornado { factors })
    }
}

impl TornadoSaid {
    /// As numbers, for the page.
    pub fn to_numbers(&self) -> Vec<f64> {
        let mut numbers = vec![self.trials as f64];
        let ends = self.bars.iter().flat_map(|it| [it.low, it.high]);
        numbers.extend([self.base].into_iter().chain(ends).flat_map(|it| [f64::from(it.reached), it.middle]));
        numbers
    }

    /// None where they are no such numbers.
    pub fn of_numbers(numbers: &[f64]) -> Option<TornadoSaid> {
        let (head, bars) = numbers.split_at_checked(3)?;
        let end = |it: &[f64]| End { reached: it[0] as u32, middle: it[1] };
        let bar = |it: &[f64]| Bar { low: end(it), high: end(&it[2..]) };
        bars.len().is_multiple_of(4).then(|| TornadoSaid {
            trials: head[0] as usize,
            base: end(&head[1..]),
            bars: bars.chunks_exact(4).map(bar).collect(),
        })
    }
}
