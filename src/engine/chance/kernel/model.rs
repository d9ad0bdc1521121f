//! What is drawn: nodes with their targets, and the streams that feed them. As numbers it goes to whoever draws.

use super::curve::ln_exactly;
use super::{BLOCK, MONTHS};

/// All that a simulation is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub seed: u64,
    pub trials: usize,
    /// How sure one wants to be, from 0 to 1.
    pub confidence: f64,
    pub stop: Stop,
    /// By how much more than the target the plan aims as it is, as a part of it.
    pub own: f64,
    /// Children before their parents; the last is the whole.
    pub nodes: Vec<Node>,
    /// In the order of their nodes.
    pub streams: Vec<Stream>,
}

/// So many months on end that bring less than a part of their target.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stop {
    pub months: usize,
    pub below: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Levels below the whole.
    pub depth: usize,
    pub target: [f64; MONTHS],
    /// It brings no more than this in a year, however much it is given.
    pub cap: f64,
    /// What it brings in each trial is kept, for quantiles and samples.
    pub is_kept: bool,
}

/// Deals of one kind in one month, or what some people bring in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stream {
    /// What its draws are made of, beside the seed. The same stream of two models has the same.
    pub id: u64,
    pub node: usize,
    pub month: usize,
    /// So many of them, each drawn by itself.
    pub draws: usize,
    /// How likely each is won.
    pub chance: f32,
    /// What one brings that lies in the middle of all.
    pub median: f64,
    /// By how much the logarithm of a size varies: by itself, and with all of the segment.
    pub sigma: f32,
    pub shared: f32,
    /// How far winning hangs on what the segment shares: a correlation from 0 up to below 1.
    pub common: f32,
    pub segment: u32,
    /// They are too many to be drawn one by one: together they bring `median` in the middle, and the part that is won is
    /// that of a segment's year.
    pub is_bulk: bool,
}

impl Default for Stream {
    fn default() -> Stream {
        Stream {
            id: 0,
            node: 0,
            month: 0,
            draws: 1,
            chance: 1.0,
            median: 0.0,
            sigma: 0.0,
            shared: 0.0,
            common: 0.0,
            segment: 0,
            is_bulk: false,
        }
    }
}

/// Numbers of a node, and of a stream.
const OF_NODE: usize = MONTHS + 3;
pub const OF_STREAM: usize = 11;
const HEAD: usize = 8;

impl Model {
    pub fn blocks(&self) -> usize {
        self.trials.div_ceil(BLOCK)
    }

    /// Trials of a block that count.
    pub fn trials_of(&self, block: usize) -> usize {
        self.trials.saturating_sub(block * BLOCK).min(BLOCK)
    }

    /// The same years of the whole alone, where nobody asks of the nodes below it.
    pub fn whole(&self) -> Model {
        let root = self.nodes.last().map(|it| Node { is_kept: false, ..it.clone() });
        let streams = self.streams.iter().map(|it| Stream { node: 0, ..*it }).collect();
        Model { nodes: root.into_iter().collect(), streams, ..*self }
    }

    /// As numbers, for a module or a worker that has no other words in common with this one.
    pub fn to_numbers(&self) -> Vec<f64> {
        let Model { seed, trials, confidence, stop, own, nodes, streams } = self;
        let mut numbers = vec![
            *seed as f64,
            *trials as f64,
            *confidence,
            stop.months as f64,
            stop.below,
            *own,
            nodes.len() as f64,
            streams.len() as f64,
        ];
        for node in nodes {
            numbers.extend(node.target);
            numbers.extend([node.depth as f64, node.cap, f64::from(u8::from(node.is_kept))]);
        }
        for it in streams {
            numbers.extend(it.to_numbers());
        }
        numbers
    }

    /// None where they are no such numbers.
    pub fn of_numbers(numbers: &[f64]) -> Option<Model> {
        let (head, rest) = numbers.split_at_checked(HEAD)?;
        let (of_nodes, of_streams) = rest.split_at_checked((head[6] as usize).checked_mul(OF_NODE)?)?;
        let node = |it: &[f64]| Node {
            target: std::array::from_fn(|month| it[month]),
            depth: it[MONTHS] as usize,
            cap: it[MONTHS + 1],
            is_kept: it[MONTHS + 2] != 0.0,
        };
        let model = Model {
            seed: head[0] as u64,
            trials: head[1] as usize,
            confidence: head[2],
            stop: Stop { months: head[3] as usize, below: head[4] },
            own: head[5],
            nodes: of_nodes.chunks_exact(OF_NODE).map(node).collect(),
            streams: of_streams.chunks_exact(OF_STREAM).map(Stream::of_numbers).collect(),
        };
        (of_streams.len() == head[7] as usize * OF_STREAM && model.is_sound()).then_some(model)
    }

    /// The nodes are in order and end with the whole, and every stream feeds one of them.
    fn is_sound(&self) -> bool {
        let are_fed = self.streams.iter().all(|it| it.node < self.nodes.len() && it.month < MONTHS);
        let is_in_order = self.streams.windows(2).all(|two| two[0].node <= two[1].node);
        let ends = self.nodes.last().is_some_and(|it| it.depth == 0);
        are_fed && is_in_order && ends && self.nodes.iter().filter(|it| it.depth == 0).count() == 1
    }
}

/// Middle and spread of sizes with a mean and a relative standard deviation.
pub fn lognormal(mean: f64, relative: f64) -> (f64, f32) {
    let spread = 1.0 + relative * relative;
    (mean / spread.sqrt(), ln_exactly(spread).max(0.0).sqrt() as f32)
}

impl Stream {
    pub fn to_numbers(self) -> [f64; OF_STREAM] {
        [
            self.id as f64,
            self.node as f64,
            self.month as f64,
            self.draws as f64,
            f64::from(self.chance),
            self.median,
            f64::from(self.sigma),
            f64::from(self.shared),
            f64::from(self.common),
            f64::from(self.segment),
            f64::from(u8::from(self.is_bulk)),
        ]
    }

    /// Of as many numbers as it has.
    pub fn of_numbers(it: &[f64]) -> Stream {
        Stream {
            id: it[0] as u64,
            node: it[1] as usize,
            month: it[2] as usize,
            draws: it[3] as usize,
            chance: it[4] as f32,
            median: it[5],
            sigma: it[6] as f32,
            shared: it[7] as f32,
            common: it[8] as f32,
            segment: it[9] as u32,
            is_bulk: it[10] != 0.0,
        }
    }

    /// Each of a mean size that varies by a part of itself.
    pub fn sized(mean: f64, relative: f64) -> Stream {
        let (median, sigma) = lognormal(mean, relative);
        Stream { median, sigma, ..Stream::default() }
    }

    /// So many deals at once, each won with a chance, of a mean size that varies by a part of itself: as a lognormal that has
    /// their mean and variance. Good where a hundred or so are won, and never used where few are.
    pub fn bulk(deals: f64, chance: f64, mean: f64, relative: f64) -> Stream {
        let won = (deals * chance).max(f64::MIN_POSITIVE);
        let (median, sigma) = lognormal(won * mean, ((1.0 + relative * relative - chance) / won).max(0.0).sqrt());
        Stream { median, sigma, chance: chance as f32, is_bulk: true, ..Stream::default() }
    }
}

/// In order, whoever adds.
pub fn sum(numbers: &[f64]) -> f64 {
    numbers.iter().fold(0.0, |sum, it| sum + it)
}
