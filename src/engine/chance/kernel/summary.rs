//! What may be said of the trials that have been drawn: chances, quantiles, and by how much to aim higher to be as sure as one
//! wants to be, each with what chance itself leaves open. The order of the blocks has no say in any of it.

use super::model::sum;
use super::simulate::{count, nearly};
use super::{Block, DOTS, MONTHS, Model};

/// Half of what lies between the two ends of an error bar that holds the truth 95 times in 100, in standard deviations.
const BAR: f64 = 1.96;

/// Fewer trials than this beyond a quantile say nothing of it.
const LEAST_BEYOND: f64 = 20.0;

/// A buffer is looked for in steps of a hundredth of a percent, up to eleven times the target.
const STEPS: f64 = 10_000.0;
const MOST_STEPS: u32 = 100_000;

/// What is said of all trials so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    pub trials: usize,
    pub nodes: Vec<NodeSaid>,
    pub months: [MonthSaid; MONTHS],
    pub buffer: Buffer,
    /// The trials that reach the target when one aims higher by 10 percent, by 15, and by as much as the plan does.
    pub aimed: [u32; 3],
    /// What a trial brings on average.
    pub mean: f64,
    /// What the whole brings in so many years that are as likely as each other, the worst first.
    pub dots: [f64; DOTS],
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NodeSaid {
    pub reached: u32,
    pub stopped: u32,
    /// What is brought but for one trial in ten, in the middle, and only in one in ten. None where trials are not kept.
    pub quantiles: Option<[f64; 3]>,
    /// By how much the node would have to aim higher.
    pub buffer: Buffer,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MonthSaid {
    /// Of all that was brought by its end.
    pub quantiles: [f64; 3],
    /// The trials that have by its end what they are to have by then, and those that bring in it what it is to bring.
    pub reached: u32,
    pub alone: u32,
}

/// By how much more than the target to aim, as a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Buffer {
    /// There is no target, or nothing drawn.
    #[default]
    Unknown,
    /// Too few trials would lie beyond: nothing can be said of being so sure.
    TooSure,
    /// However high one aims, it is reached too seldom.
    Never,
    Needed {
        part: f64,
        /// Between these it lies, 95 times in 100; no upper end where none is known.
        least: f64,
        most: f64,
    },
}

impl Summary {
    /// Of the blocks that are there, by their numbers.
    pub fn of(model: &Model, blocks: &[Option<Block>]) -> Summary {
        let blocks: Vec<&Block> = blocks.iter().flatten().collect();
        let trials = blocks.iter().map(|it| it.running.len() / MONTHS).sum();
        let Some(root) = model.nodes.last() else { return Summary::default() };
        let target = sum(&root.target);
        let mut summary = Summary { trials, ..Summary::default() };
        let mut kept = 0;
        let mut years = Vec::new();
        for (at, node) in model.nodes.iter().enumerate() {
            let counted = |read: fn(&Block) -> &Vec<u32>| blocks.iter().map(|it| read(it)[at]).sum();
            let mut said = NodeSaid {
                reached: counted(|it| &it.reached),
                stopped: counted(|it| &it.stopped),
                ..NodeSaid::default()
            };
            if node.is_kept {
                years = of_kept(&blocks, kept);
                kept += 1;
                said.quantiles = (!years.is_empty()).then(|| quantiles(&mut years));
                said.buffer = plain_buffer(&mut years, sum(&node.target), model.confidence);
            }
            summary.nodes.push(said);
        }
        if trials == 0 {
            return summary;
        }
        // The last node is the whole.
        summary.mean = sum(&years) / trials as f64;
        // Each stands for as many trials as any other, and is the middle of them.
        summary.dots = std::array::from_fn(|at| quantile(&mut years, (at as f64 + 0.5) / DOTS as f64));
        summary.aimed = [0.10, 0.15, model.own].map(|part| chance_at(&years, target, part));
        summary.buffer = match capped(model) {
            // Trial by trial, and not as selection has left them.
            Some(units) => capped_buffer(model, &blocks, &units, &of_kept(&blocks, kept - 1), target),
            None => summary.nodes.last().map(|it| it.buffer).unwrap_or_default(),
        };
        let mut until = 0.0;
        for (month, said) in summary.months.iter_mut().enumerate() {
            until += root.target[month];
            let mut running: Vec<f64> = blocks.iter().flat_map(|it| of_month(it, month)).copied().collect();
            said.reached = count(&running, until);
            said.alone = blocks.iter().map(|it| it.months[month]).sum();
            said.quantiles = quantiles(&mut running);
        }
        summary
    }

    /// As numbers, for the page.
    pub fn to_numbers(&self) -> Vec<f64> {
        let mut numbers = vec![self.trials as f64, self.nodes.len() as f64, self.mean];
        numbers.extend(self.dots);
        numbers.extend(self.aimed.map(f64::from));
        numbers.extend(self.buffer.to_numbers());
        for it in &self.months {
            numbers.extend(it.quantiles);
            numbers.extend([it.reached, it.alone].map(f64::from));
        }
        for it in &self.nodes {
            numbers.extend([it.reached, it.stopped, u32::from(it.quantiles.is_some())].map(f64::from));
            numbers.extend(it.quantiles.unwrap_or_default());
            numbers.extend(it.buffer.to_numbers());
        }
        numbers
    }

    /// None where they are no such numbers.
    pub fn of_numbers(numbers: &[f64]) -> Option<Summary> {
        const OF_MONTH: usize = 5;
        const OF_NODE: usize = 10;
        let (head, rest) = numbers.split_at_checked(3)?;
        let (dots, rest) = rest.split_at_checked(DOTS)?;
        let (aims, rest) = rest.split_at_checked(7)?;
        let (months, nodes) = rest.split_at_checked(MONTHS * OF_MONTH)?;
        let month =
            |it: &[f64]| MonthSaid { quantiles: [it[0], it[1], it[2]], reached: it[3] as u32, alone: it[4] as u32 };
        let node = |it: &[f64]| NodeSaid {
            reached: it[0] as u32,
            stopped: it[1] as u32,
            quantiles: (it[2] != 0.0).then(|| [it[3], it[4], it[5]]),
            buffer: Buffer::of_numbers(&it[6..]),
        };
        let summary = Summary {
            trials: head[0] as usize,
            nodes: nodes.chunks_exact(OF_NODE).map(node).collect(),
            months: std::array::from_fn(|at| month(&months[at * OF_MONTH..])),
            buffer: Buffer::of_numbers(&aims[3..]),
            aimed: [aims[0] as u32, aims[1] as u32, aims[2] as u32],
            mean: head[2],
            dots: std::array::from_fn(|at| dots[at]),
        };
        (summary.nodes.len() == head[1] as usize).then_some(summary)
    }
}

impl Buffer {
    fn to_numbers(self) -> [f64; 4] {
        match self {
            Buffer::Unknown => [0.0; 4],
            Buffer::TooSure => [1.0, 0.0, 0.0, 0.0],
            Buffer::Never => [2.0, 0.0, 0.0, 0.0],
            Buffer::Needed { part, least, most } => [3.0, part, least, most],
        }
    }

    fn of_numbers(numbers: &[f64]) -> Buffer {
        match *numbers {
            [1.0, ..] => Buffer::TooSure,
            [2.0, ..] => Buffer::Never,
            [3.0, part, least, most, ..] => Buffer::Needed { part, least, most },
            _ => Buffer::Unknown,
        }
    }
}

/// The number that so many of a hundred do not exceed, of numbers that it puts in another order: one of them, no mean of two.
pub fn quantile(numbers: &mut [f64], part: f64) -> f64 {
    let rank = (part * numbers.len() as f64).ceil() as usize;
    at_rank(numbers, rank.saturating_sub(1))
}

fn quantiles(numbers: &mut [f64]) -> [f64; 3] {
    [0.1, 0.5, 0.9].map(|part| quantile(numbers, part))
}

/// By selection: the number that would stand there if they were in order.
fn at_rank(numbers: &mut [f64], rank: usize) -> f64 {
    match numbers.len().checked_sub(1) {
        Some(last) => *numbers.select_nth_unstable_by(rank.min(last), f64::total_cmp).1,
        None => 0.0,
    }
}

/// The ranks between which a quantile lies, 95 times in 100, whatever the distribution.
pub fn rank_bounds(many: usize, part: f64) -> (f64, f64) {
    let middle = many as f64 * part;
    let by = BAR * (middle * (1.0 - part)).max(0.0).sqrt();
    (middle - by, middle + by)
}

/// Trials that reach a target when one aims higher by a part of it, and what is brought grows with that.
pub fn chance_at(years: &[f64], target: f64, part: f64) -> u32 {
    let enough = nearly(target);
    years.iter().map(|it| u32::from(enough <= *it * (1.0 + part))).sum()
}

/// Trials that have to reach a target, to be so sure, and those for the two ends of its error bar: the more, the higher.
fn needed(many: usize, confidence: f64) -> Option<[usize; 3]> {
    if many as f64 * (1.0 - confidence) < LEAST_BEYOND {
        return None;
    }
    let (fewer, more) = rank_bounds(many, confidence);
    Some([confidence * many as f64, fewer, more].map(|it| ((it - 1e-9).ceil().max(1.0) as usize).min(many)))
}

/// b = T / Q - 1, where Q is what is brought as surely as one wants to be.
fn plain_buffer(years: &mut [f64], target: f64, confidence: f64) -> Buffer {
    if years.is_empty() || target <= 0.0 {
        return Buffer::Unknown;
    }
    let Some(needed) = needed(years.len(), confidence) else { return Buffer::TooSure };
    let many = years.len();
    let [part, least, most] = needed.map(|enough| {
        let sure = at_rank(years, many - enough);
        if 0.0 < sure { (target / sure - 1.0).max(0.0) } else { f64::INFINITY }
    });
    if part.is_infinite() { Buffer::Never } else { Buffer::Needed { part, least, most } }
}

/// A node that is kept, by its place among those, and what it brings at most.
struct Unit {
    kept: usize,
    cap: f64,
}

/// The lowest nodes that are kept. None where nothing holds any of them, nor the whole.
fn capped(model: &Model) -> Option<Vec<Unit>> {
    let is_held = model.nodes.iter().any(|it| it.is_kept && it.cap.is_finite());
    let mut units = Vec::new();
    // Children come before their parents: a node is a unit where the one before it is no deeper.
    let kept = model.nodes.iter().filter(|it| it.is_kept);
    let mut deepest_before = 0;
    for (kept, node) in kept.enumerate() {
        if deepest_before <= node.depth && node.depth != 0 {
            units.push(Unit { kept, cap: node.cap });
        }
        deepest_before = node.depth;
    }
    is_held.then_some(units)
}

/// Where caps bind, aiming higher brings no more of those whom they hold: the least buffer is looked for, with the same draws
/// each time, so that more is never reached less often.
fn capped_buffer(model: &Model, blocks: &[&Block], units: &[Unit], years: &[f64], target: f64) -> Buffer {
    let Some(needed) = needed(years.len(), model.confidence).filter(|_| 0.0 < target) else {
        return if 0.0 < target { Buffer::TooSure } else { Buffer::Unknown };
    };
    let of_units: Vec<(Vec<f64>, f64)> = units.iter().map(|it| (of_kept(blocks, it.kept), it.cap)).collect();
    let cap = model.nodes.last().map_or(f64::INFINITY, |it| it.cap);
    let enough = nearly(target);
    let reached = |steps: u32| {
        let factor = 1.0 + f64::from(steps) / STEPS;
        let brought = |trial: usize| {
            let (mut held, mut rest) = (0.0, years[trial]);
            for (unit, cap) in &of_units {
                held += (unit[trial] * factor).min(*cap);
                rest -= unit[trial];
            }
            (held + rest.max(0.0) * factor).min(cap)
        };
        (0..years.len()).filter(|trial| enough <= brought(*trial)).count()
    };
    let least = |trials: usize| {
        let (mut low, mut high) = (0, MOST_STEPS);
        if reached(high) < trials {
            return f64::INFINITY;
        }
        while low < high {
            let middle = (low + high) / 2;
            if trials <= reached(middle) { high = middle } else { low = middle + 1 }
        }
        f64::from(low) / STEPS
    };
    let [part, fewer, more] = needed.map(least);
    if part.is_infinite() { Buffer::Never } else { Buffer::Needed { part, least: fewer, most: more } }
}

/// The years of the node that is kept at a place, of all trials.
fn of_kept(blocks: &[&Block], place: usize) -> Vec<f64> {
    let of = |it: &&Block| {
        let trials = it.running.len() / MONTHS;
        it.years.get(place * trials..(place + 1) * trials).unwrap_or_default().to_vec()
    };
    blocks.iter().flat_map(of).collect()
}

fn of_month(block: &Block, month: usize) -> &[f64] {
    let trials = block.running.len() / MONTHS;
    &block.running[month * trials..(month + 1) * trials]
}

/// Of each trial, what the whole has brought by the end of each month.
pub fn samples(blocks: &[Option<Block>]) -> Vec<f64> {
    let mut samples = Vec::new();
    for block in blocks.iter().flatten() {
        let trials = block.running.len() / MONTHS;
        for trial in 0..trials {
            samples.extend((0..MONTHS).map(|month| block.running[month * trials + trial]));
        }
    }
    samples
}
