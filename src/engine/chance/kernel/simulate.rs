//! A block of trials: every stream drawn, added up month by month from the leaves to the whole, and of each node counted how
//! often it reaches its target and how often its stop-loss fires.

use super::curve::{WHOLE, below, exp_within, inverse, normals, uniform};
use super::model::sum;
use super::{BLOCK, MONTHS, Model, Random, Stream};

/// What all of a segment share is drawn from streams of these numbers: no stream of a plan has one as high.
const SEGMENTS: u64 = 1 << 52;

/// What comes of a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// Of each node, the trials that reach its target, and those in which its stop-loss fires.
    pub reached: Vec<u32>,
    pub stopped: Vec<u32>,
    /// Of the whole, what each trial has brought by the end of each month, month by month.
    pub running: Vec<f64>,
    /// Of the whole, the trials that bring in a month what it is to bring.
    pub months: [u32; MONTHS],
    /// Of each node that is kept, the year of each trial, node by node.
    pub years: Vec<f64>,
}

/// A model, and room for what is drawn of it.
pub struct Simulation<'a> {
    model: &'a Model,
    /// By segment, what all of it share.
    shared: Vec<[f32; BLOCK]>,
    /// By level of the tree, and by month up to the last in which anything is brought.
    levels: Vec<Vec<[f64; BLOCK]>>,
    draw: Draw,
}

/// Room for the draws of one stream.
pub struct Draw {
    wins: [u32; BLOCK],
    sizes: [u32; BLOCK],
    normals: [f32; BLOCK],
    sized: [f32; BLOCK],
    drawn: [f32; BLOCK],
    /// By version.
    limits: Vec<[f32; BLOCK]>,
    sums: Vec<[f64; BLOCK]>,
}

impl Default for Draw {
    fn default() -> Draw {
        Draw {
            wins: [0; BLOCK],
            sizes: [0; BLOCK],
            normals: [0.0; BLOCK],
            sized: [0.0; BLOCK],
            drawn: [0.0; BLOCK],
            limits: Vec::new(),
            sums: Vec::new(),
        }
    }
}

impl Draw {
    /// What a stream brings in each trial of a block.
    pub fn stream(&mut self, seed: u64, block: u64, stream: &Stream, shared: &[f32; BLOCK]) -> &[f64; BLOCK] {
        &self.versions(seed, block, std::slice::from_ref(stream), shared)[0]
    }

    /// What each version of one stream brings in each trial of a block: all by the same draws, which are made once. Each has
    /// the bits that it has by itself.
    pub fn versions(&mut self, seed: u64, block: u64, versions: &[Stream], shared: &[f32; BLOCK]) -> &[[f64; BLOCK]] {
        self.sums.clear();
        self.sums.resize(versions.len(), [0.0; BLOCK]);
        self.limits.resize(versions.len(), [0.0; BLOCK]);
        versions.iter().zip(&mut self.limits).for_each(|(stream, limits)| limit(stream, shared, limits));
        let mut random = Random::new(seed, versions.first().map_or(0, |it| it.id), block);
        let do_vary = versions.iter().any(|it| spread(it) != (0.0, 0.0));
        for draw in 0..versions.iter().map(|it| it.draws).max().unwrap_or(0) {
            // Both are always taken, so that another chance or spread moves no later draw.
            random.fill(&mut self.wins);
            random.fill(&mut self.sizes);
            if do_vary {
                normals(&self.sizes, &mut self.normals);
            }
            let mut sized = None;
            for (version, stream) in versions.iter().enumerate().filter(|it| draw < it.1.draws) {
                // Versions that vary alike are of the same sizes.
                if sized.replace(spread(stream)) != Some(spread(stream)) {
                    size(spread(stream), &self.normals, shared, &mut self.sized);
                }
                self.win(version, stream);
            }
        }
        for (sums, stream) in self.sums.iter_mut().zip(versions) {
            sums.iter_mut().for_each(|sum| *sum *= stream.median);
        }
        &self.sums
    }

    /// Adds what is won of a draw.
    fn win(&mut self, version: usize, stream: &Stream) {
        // A size is read whether it is won or not: only so several trials are taken at a time.
        let sizes = self.sized.iter().copied().zip(&self.limits[version]);
        if stream.is_bulk {
            let part = 1.0 / (WHOLE * stream.chance.max(f32::MIN_POSITIVE));
            for (drawn, (size, limit)) in self.drawn.iter_mut().zip(sizes) {
                *drawn = size * (*limit * part);
            }
        } else {
            for ((drawn, wins), (size, limit)) in self.drawn.iter_mut().zip(&self.wins).zip(sizes) {
                let won = uniform(*wins) < *limit;
                *drawn = if won { size } else { 0.0 };
            }
        }
        for (sum, drawn) in self.sums[version].iter_mut().zip(&self.drawn) {
            *sum += f64::from(*drawn);
        }
    }
}

/// Below which uniform numbers a deal is won: the same in every trial, or by what the segment shares.
fn limit(stream: &Stream, shared: &[f32; BLOCK], limits: &mut [f32; BLOCK]) {
    let Stream { chance, common, .. } = *stream;
    if common <= 0.0 || chance <= 0.0 || 1.0 <= chance {
        *limits = [chance.clamp(0.0, 1.0) * WHOLE; BLOCK];
        return;
    }
    let (threshold, weight) = (inverse(2.0 * chance - 1.0), common.sqrt());
    let scale = 1.0 / (1.0 - common).max(f32::EPSILON).sqrt();
    for (limit, shared) in limits.iter_mut().zip(shared) {
        *limit = below((threshold + weight * *shared) * scale) * WHOLE;
    }
}

/// By how much a size varies by itself, and with all of the segment. No normal number that is drawn is beyond 5.5: what is
/// raised stays within bounds.
fn spread(stream: &Stream) -> (f32, f32) {
    (stream.sigma.clamp(0.0, MOST_SIGMA), stream.shared.clamp(0.0, MOST_SIGMA))
}

/// How large each would be, in middles.
fn size(spread: (f32, f32), normals: &[f32; BLOCK], shared: &[f32; BLOCK], sized: &mut [f32; BLOCK]) {
    match spread {
        (0.0, 0.0) => *sized = [1.0; BLOCK],
        (sigma, 0.0) => sized.iter_mut().zip(normals).for_each(|(sized, normal)| *sized = exp_within(sigma * *normal)),
        (sigma, together) => {
            for (sized, (normal, shared)) in sized.iter_mut().zip(normals.iter().zip(shared)) {
                *sized = exp_within(sigma * *normal + together * *shared);
            }
        }
    }
}

/// Nothing varies by as much.
const MOST_SIGMA: f32 = 7.5;

/// What all of a segment share in each trial of a block.
pub fn share(seed: u64, block: u64, segment: u32, shared: &mut [f32; BLOCK]) {
    let mut bits = [0; BLOCK];
    Random::new(seed, SEGMENTS + u64::from(segment), block).fill(&mut bits);
    normals(&bits, shared);
}

impl<'a> Simulation<'a> {
    pub fn new(model: &'a Model) -> Simulation<'a> {
        let segments = model.streams.iter().map(|it| it.segment as usize + 1).max().unwrap_or(0);
        let depth = model.nodes.iter().map(|it| it.depth + 1).max().unwrap_or(1);
        let months = model.streams.iter().map(|it| it.month + 1).max().unwrap_or(0);
        Simulation {
            model,
            shared: vec![[0.0; BLOCK]; segments],
            levels: vec![vec![[0.0; BLOCK]; months]; depth],
            draw: Draw::default(),
        }
    }

    /// Draws one block. Its number is all that tells it from the others.
    pub fn block(&mut self, number: usize) -> Block {
        let model = self.model;
        let trials = model.trials_of(number);
        for (segment, shared) in self.shared.iter_mut().enumerate() {
            share(model.seed, number as u64, segment as u32, shared);
        }
        let mut block = Block::default();
        let mut streams = model.streams.iter().peekable();
        for (at, node) in model.nodes.iter().enumerate() {
            while let Some(stream) = streams.next_if(|it| it.node == at) {
                let shared = &self.shared[stream.segment as usize];
                let brought = self.draw.stream(model.seed, number as u64, stream, shared);
                add(&mut self.levels[node.depth][stream.month], brought);
            }
            let months = &self.levels[node.depth];
            let years = years(months);
            let target = sum(&node.target);
            block.reached.push(count(&years[..trials], target));
            block.stopped.push(stopped(months, &node.target, model, trials));
            if node.is_kept {
                block.years.extend(&years[..trials]);
            }
            if node.depth == 0 {
                block.months =
                    std::array::from_fn(|month| count(&of_month(months, month)[..trials], node.target[month]));
                block.running = running(months, trials);
            }
            self.hand_up(node.depth);
        }
        block
    }

    /// Adds what a node brings to the one above it, and makes room for the next of its level.
    fn hand_up(&mut self, depth: usize) {
        let (above, here) = self.levels.split_at_mut(depth);
        for (month, brought) in here[0].iter_mut().enumerate() {
            if let Some(above) = above.last_mut() {
                add(&mut above[month], brought);
            }
            *brought = [0.0; BLOCK];
        }
    }
}

fn add(sums: &mut [f64; BLOCK], brought: &[f64; BLOCK]) {
    for (sum, it) in sums.iter_mut().zip(brought) {
        *sum += *it;
    }
}

fn years(months: &[[f64; BLOCK]]) -> [f64; BLOCK] {
    let mut years = [0.0; BLOCK];
    months.iter().for_each(|month| add(&mut years, month));
    years
}

/// What is brought in a month; nothing after the last in which anything is.
fn of_month(months: &[[f64; BLOCK]], month: usize) -> &[f64; BLOCK] {
    const NOTHING: [f64; BLOCK] = [0.0; BLOCK];
    months.get(month).unwrap_or(&NOTHING)
}

fn running(months: &[[f64; BLOCK]], trials: usize) -> Vec<f64> {
    let mut sums = [0.0; BLOCK];
    let mut running = Vec::with_capacity(MONTHS * trials);
    for month in 0..MONTHS {
        if let Some(brought) = months.get(month) {
            add(&mut sums, brought);
        }
        running.extend(&sums[..trials]);
    }
    running
}

/// Trials that bring as much, but for what adding up may have lost.
pub fn count(brought: &[f64], target: f64) -> u32 {
    let enough = nearly(target);
    brought.iter().map(|it| u32::from(enough <= *it)).sum()
}

/// A target that floats which were added up in another order still reach.
pub fn nearly(target: f64) -> f64 {
    target - target.abs() * 1e-9
}

/// Trials in which so many months on end bring less than a part of their target. A month without a target is none.
fn stopped(months: &[[f64; BLOCK]], target: &[f64; MONTHS], model: &Model, trials: usize) -> u32 {
    let stop = model.stop;
    if stop.months == 0 {
        return 0;
    }
    let (mut on_end, mut fired) = ([0_u8; BLOCK], [0_u8; BLOCK]);
    let enough = stop.months.min(MONTHS + 1) as u8;
    for (month, target) in target.iter().enumerate() {
        let least = nearly(target * stop.below);
        for ((on_end, fired), brought) in on_end.iter_mut().zip(&mut fired).zip(of_month(months, month)) {
            *on_end = if *brought < least { *on_end + 1 } else { 0 };
            *fired |= u8::from(enough <= *on_end);
        }
    }
    fired[..trials].iter().map(|it| u32::from(*it)).sum()
}

impl Block {
    /// As numbers, for whoever puts the blocks of several workers together.
    pub fn to_numbers(&self) -> Vec<f64> {
        let counts = self.reached.iter().chain(&self.stopped).chain(&self.months);
        counts.map(|it| f64::from(*it)).chain(self.running.iter().copied()).chain(self.years.iter().copied()).collect()
    }

    /// None where they are no numbers of such a block.
    pub fn of_numbers(model: &Model, number: usize, numbers: &[f64]) -> Option<Block> {
        let (nodes, trials) = (model.nodes.len(), model.trials_of(number));
        let counts = |it: &[f64]| it.iter().map(|it| *it as u32).collect::<Vec<u32>>();
        let (reached, rest) = numbers.split_at_checked(nodes)?;
        let (stopped, rest) = rest.split_at_checked(nodes)?;
        let (months, rest) = rest.split_at_checked(MONTHS)?;
        let (running, years) = rest.split_at_checked(MONTHS * trials)?;
        let kept = model.nodes.iter().filter(|it| it.is_kept).count();
        (years.len() == kept * trials).then(|| Block {
            reached: counts(reached),
            stopped: counts(stopped),
            months: std::array::from_fn(|month| months[month] as u32),
            running: running.to_vec(),
            years: years.to_vec(),
        })
    }
}
