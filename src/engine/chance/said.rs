//! What came of the trials, in whole units and hundredths of a percent: each an estimate, rounded once.
#![allow(clippy::float_arithmetic, reason = "it is here that draws become amounts")]

use super::Asked;
use super::kernel::{Buffer, DOTS, MONTHS, MonthSaid, Node, NodeSaid, Summary};
use crate::amount::Amount;
use crate::plan::NodeId;

/// What is said of the whole that was asked of, and of every node below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub trials: usize,
    /// The whole first, each node before those below it.
    pub nodes: Vec<AnsweredNode>,
    pub months: [AnsweredMonth; MONTHS],
    pub needed: Needed,
    /// How likely the target is reached when one aims higher by 10 percent, by 15, and by as much as the plan does.
    pub aimed: [i64; 3],
    pub mean: Amount,
    /// What is brought in so many years that are as likely as each other, the worst first.
    pub dots: [Amount; DOTS],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnsweredNode {
    pub id: NodeId,
    /// Levels below the whole.
    pub depth: usize,
    pub target: Amount,
    /// Something that is drawn belongs to it or to those below it: of others nothing is known.
    pub is_fed: bool,
    /// How likely it reaches that, and what of that chance leaves open, 95 times in 100; both in hundredths of a percent.
    pub chance: i64,
    pub error: i64,
    /// How likely its stop-loss fires.
    pub stops: i64,
    /// Of ten years nine bring more than the first of these, five more than the second, one more than the third. None for
    /// nodes so far down that their trials are not kept.
    pub quantiles: Option<[Amount; 3]>,
    pub needed: Needed,
}

/// By the end of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnsweredMonth {
    pub target: Amount,
    pub quantiles: [Amount; 3],
    /// How likely there is then what there is to be by then, and how likely the month by itself brings what it is to bring.
    pub chance: i64,
    pub alone: i64,
}

/// By how much to aim higher, in hundredths of a percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Needed {
    #[default]
    Unknown,
    TooSure,
    Never,
    By {
        part: i64,
        /// Between these, 95 times in 100; no upper end where none is known.
        least: i64,
        most: Option<i64>,
    },
}

pub fn answer(asked: &Asked, summary: &Summary) -> Answer {
    let trials = summary.trials;
    let fed = fed(asked);
    let told = |(((id, node), said), is_fed): (((&NodeId, &Node), &NodeSaid), bool)| AnsweredNode {
        id: *id,
        depth: node.depth,
        target: amount(node.target.iter().sum()),
        is_fed,
        chance: share(said.reached, trials),
        error: error(said.reached, trials),
        stops: share(said.stopped, trials),
        quantiles: said.quantiles.map(|it| it.map(amount)),
        needed: needed(said.buffer),
    };
    let nodes = asked.nodes.iter().zip(&asked.model.nodes).zip(&summary.nodes).zip(fed).map(told);
    let mut nodes: Vec<AnsweredNode> = nodes.collect();
    nodes.reverse();
    let mut until = 0.0;
    let target = asked.model.nodes.last().map(|it| it.target).unwrap_or_default();
    let months = std::array::from_fn(|month| {
        until += target[month];
        let MonthSaid { quantiles, reached, alone } = summary.months[month];
        let (chance, alone) = (share(reached, trials), share(alone, trials));
        AnsweredMonth { target: amount(until), quantiles: quantiles.map(amount), chance, alone }
    });
    Answer {
        trials,
        nodes,
        months,
        needed: needed(summary.buffer),
        aimed: summary.aimed.map(|it| share(it, trials)),
        mean: amount(summary.mean),
        dots: summary.dots.map(amount),
    }
}

/// How likely the whole reaches what it was given, in hundredths of a percent. None of nothing drawn.
pub fn chance(summary: &Summary) -> Option<i64> {
    let whole = summary.nodes.last().filter(|_| 0 < summary.trials)?;
    Some(share(whole.reached, summary.trials))
}

/// By node, whether a stream feeds it or any below it.
fn fed(asked: &Asked) -> Vec<bool> {
    let nodes = &asked.model.nodes;
    let mut fed = vec![false; nodes.len()];
    asked.model.streams.iter().for_each(|it| fed[it.node] = true);
    let deepest = nodes.iter().map(|it| it.depth).max().unwrap_or(0);
    // By level, whether any of those waits for its parent, which comes behind all that is below it.
    let mut waits = vec![false; deepest + 2];
    for (fed, node) in fed.iter_mut().zip(nodes) {
        *fed |= std::mem::take(&mut waits[node.depth + 1]);
        waits[node.depth] |= *fed;
    }
    fed
}

/// To the nearest unit.
pub(super) fn amount(units: f64) -> Amount {
    Amount::from_units((units.round() as i64).clamp(0, Amount::MAX.units()))
}

/// In hundredths of a percent, to the nearest.
pub(super) fn share(count: u32, trials: usize) -> i64 {
    let trials = trials.max(1) as i64;
    (20_000 * i64::from(count) + trials) / (2 * trials)
}

/// Half of what lies between the ends of the error bar. What never happened, or always did, may still happen three times in
/// as many trials.
fn error(count: u32, trials: usize) -> i64 {
    let trials = trials.max(1) as f64;
    let part = f64::from(count) / trials;
    let by = (1.96 * (part * (1.0 - part) / trials).max(0.0).sqrt()).max(if part <= 0.0 || 1.0 <= part {
        3.0 / trials
    } else {
        0.0
    });
    (by * 10_000.0).ceil() as i64
}

fn needed(buffer: Buffer) -> Needed {
    let hundredths = |it: f64| (it * 10_000.0).ceil().clamp(0.0, 1e12) as i64;
    match buffer {
        Buffer::Unknown => Needed::Unknown,
        Buffer::TooSure => Needed::TooSure,
        Buffer::Never => Needed::Never,
        Buffer::Needed { part, least, most } => {
            let most = most.is_finite().then(|| hundredths(most));
            Needed::By { part: hundredths(part), least: hundredths(least), most }
        }
    }
}
