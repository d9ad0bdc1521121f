//! Which input moves the chance of the year most: what is drawn of a plan as it is, and what of it is another draw with each
//! of some inputs turned low and high by itself; and what came of that, the widest first.
//!
//! The same years are drawn each time, so that a bar is what the input does, and not what chance does. Refused: to draw. An
//! input is turned in two evaluations of the plan: whoever has a page to answer for turns one after the other.
#![allow(clippy::float_arithmetic, reason = "draws are no money")]

use std::collections::BTreeMap;

use super::asked::{Asked, Nothing, asked};
use super::kernel::{End, Factor, Model, Stream, Tornado, TornadoSaid};
use super::said::{amount, share};
use crate::amount::Amount;
use crate::engine::Outcome;
use crate::engine::sensitivity::{Swing, turned};
use crate::order;
use crate::plan::{NodeId, Plan};

/// What is drawn, and what each input that was turned changes of it.
#[derive(Clone, Debug)]
pub struct Moves {
    asked: Asked,
    target: f64,
    scope: NodeId,
    turned: Vec<Turned>,
}

#[derive(Clone, Debug)]
struct Turned {
    swing: Swing,
    /// By what a stream is drawn from, what it is low and high, where it is another one.
    streams: BTreeMap<u64, [Stream; 2]>,
    targets: [f64; 2],
}

/// How likely the year is, and what half of all years bring.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MovedEnd {
    /// In hundredths of a percent.
    pub chance: i64,
    pub middle: Amount,
}

/// What an input does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    pub swing: Swing,
    pub low: MovedEnd,
    pub high: MovedEnd,
}

/// All of them, the widest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub trials: usize,
    pub base: MovedEnd,
    pub moves: Vec<Move>,
}

impl Move {
    /// In hundredths of a percent.
    pub fn width(&self) -> i64 {
        (self.high.chance - self.low.chance).abs()
    }
}

impl Moves {
    pub fn new(plan: &Plan, outcome: &Outcome, scope: NodeId) -> Result<Moves, Nothing> {
        let asked = asked(plan, outcome, scope)?;
        let target = target(&asked.model);
        Ok(Moves { asked, target, scope, turned: Vec::new() })
    }

    /// One input more. Left out where the plan does not take one of its ends, or nothing is to be drawn there.
    pub fn turn(&mut self, plan: &Plan, outcome: &Outcome, swing: Swing) {
        let at = |value| {
            let mut tried = plan.clone();
            tried.apply(swing.knob.edit(plan, Some(value)).ok()?).ok()?;
            let outcome = turned(plan, outcome, swing.knob, value)?;
            asked(&tried, &outcome, self.scope).ok().filter(|it| it.basis == self.asked.basis)
        };
        let (Some(low), Some(high)) = (at(swing.low), at(swing.high)) else { return };
        let streams = changed(&self.asked.model, [&low.model, &high.model]);
        let near = |it: f64| if is_near(it, self.target) { self.target } else { it };
        let targets = [target(&low.model), target(&high.model)].map(near);
        self.turned.push(Turned { swing, streams, targets });
    }

    /// As it is drawn.
    pub fn drawn(&self) -> (Model, Tornado) {
        let mut model = self.asked.model.whole();
        let mut places: BTreeMap<u64, usize> = model.streams.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
        // What is drawn only where an input is turned is nothing as it is.
        for (id, [low, _]) in self.turned.iter().flat_map(|it| &it.streams) {
            places.entry(*id).or_insert_with(|| {
                model.streams.push(Stream { node: 0, ..nothing(low) });
                model.streams.len() - 1
            });
        }
        let factor = |it: &Turned| Factor {
            streams: it.streams.iter().map(|(id, [low, high])| (places[id], *low, *high)).collect(),
            targets: it.targets,
        };
        let factors = self.turned.iter().map(factor).collect();
        (model, Tornado { factors })
    }

    /// What came of it.
    pub fn moved(&self, said: &TornadoSaid) -> Moved {
        let end = |it: End| MovedEnd { chance: share(it.reached, said.trials), middle: amount(it.middle) };
        let moves = self.turned.iter().zip(&said.bars);
        let moves = moves.map(|(it, bar)| Move { swing: it.swing, low: end(bar.low), high: end(bar.high) });
        let narrow = |it: &Move| {
            let middle = (it.high.middle.units() - it.low.middle.units()).abs();
            -(i128::from(it.width()) << 64 | i128::from(middle))
        };
        Moved { trials: said.trials, base: end(said.base), moves: order::by_number(moves.collect(), narrow) }
    }
}

fn target(model: &Model) -> f64 {
    model.nodes.last().map_or(0.0, |it| it.target.iter().sum())
}

/// What is drawn otherwise at one of the ends, or at one of them only.
fn changed(base: &Model, ends: [&Model; 2]) -> BTreeMap<u64, [Stream; 2]> {
    let by_id = |model: &Model| model.streams.iter().map(|it| (it.id, *it)).collect::<BTreeMap<u64, Stream>>();
    let [base, low, high] = [base, ends[0], ends[1]].map(by_id);
    let mut changed = BTreeMap::new();
    for (id, any) in base.iter().chain(&low).chain(&high) {
        let at = |model: &BTreeMap<u64, Stream>| model.get(id).copied().unwrap_or(nothing(any));
        let was = at(&base);
        let ends = [at(&low), at(&high)].map(|it| if is_alike(&it, &was) { was } else { it });
        if ends.iter().any(|it| *it != was) {
            changed.insert(*id, ends);
        }
    }
    changed
}

/// The same stream where it brings nothing.
fn nothing(stream: &Stream) -> Stream {
    Stream { draws: 0, median: 0.0, ..*stream }
}

/// What whole units leave of what is divided again is no change.
fn is_alike(one: &Stream, other: &Stream) -> bool {
    let near = |read: fn(&Stream) -> f32| is_near(f64::from(read(one)), f64::from(read(other)));
    let same = |read: fn(&Stream) -> usize| read(one) == read(other);
    same(|it| it.draws)
        && same(|it| usize::from(it.is_bulk))
        && is_near(one.median, other.median)
        && near(|it| it.chance)
        && near(|it| it.sigma)
        && near(|it| it.shared)
        && near(|it| it.common)
}

fn is_near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-6 * one.abs().max(other.abs())
}
