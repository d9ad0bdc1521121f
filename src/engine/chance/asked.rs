//! What is drawn of a plan: each deal of the funnel, or what each of the people brings each month, below one node.
#![allow(clippy::float_arithmetic, reason = "draws are no money")]

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::kernel::curve::{exp_exactly, ln_exactly};
use super::kernel::{MONTHS, Model, Node, Stop, Stream};
use crate::engine::gate::Against;
use crate::engine::{Layout, Outcome, buffer};
use crate::plan::{Calendar, Dimension, Draws, ItemId, NodeId, Pair, Plan, Unit};

/// What is known of what will be brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Leads, how many of them are won, and what a deal is worth.
    Deals,
    /// What people are able to bring.
    Able,
    /// No more than what everybody was given.
    Given,
}

/// Why there is nothing to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// Nothing is to be reached.
    NoTarget,
    /// The funnel brings no deals, or it is not known what one is worth.
    NoDeals,
    /// Those people bring nothing.
    NoPeople,
}

/// What is drawn, and which nodes it is of.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub model: Model,
    pub basis: Basis,
    /// In the order of the model's.
    pub nodes: Vec<NodeId>,
    /// More people or deals than are drawn one by one: some are drawn together.
    pub is_merged: bool,
}

/// Nodes of which each trial is kept, and numbers of all of them.
const MOST_KEPT: usize = 240;
const MOST_NUMBERS: usize = 6_000_000;

/// People, or groups of them, that are drawn by themselves.
const MOST_PEOPLE: usize = 1_000;

/// Up to so many of one kind are drawn one by one.
const FEW: f64 = 12.0;

/// Deals of one kind and month, and draws of a trial.
const MOST_STREAMS: usize = 6_000;
const MOST_DRAWS: f64 = 6_000.0;

/// What is drawn for the node `scope` and all below it.
pub fn asked(plan: &Plan, outcome: &Outcome, scope: NodeId) -> Result<Asked, Nothing> {
    let layout = &outcome.division(Dimension::Organisation).layout;
    let root = layout.position(scope).unwrap_or(0);
    let ground = Ground { plan, outcome, layout, root };
    if outcome.division(Dimension::Organisation).amounts[root] <= 0 {
        return Err(Nothing::NoTarget);
    }
    let basis = basis(plan, outcome);
    let (mut streams, is_merged) = match basis {
        Basis::Deals => ground.deals()?,
        Basis::Able | Basis::Given => ground.people(basis)?,
    };
    let mut model = ground.model(basis);
    // A later position is an earlier node.
    let last = model.nodes.len() - 1;
    streams.iter_mut().for_each(|it| it.node = last - (it.node - root));
    streams.sort_by_key(|it| (it.node, it.id));
    model.streams = streams;
    let nodes = (0..=last).rev().map(|at| layout.id(root + at)).collect();
    Ok(Asked { model, basis, nodes, is_merged })
}

fn basis(plan: &Plan, outcome: &Outcome) -> Basis {
    let people = if outcome.staff.is_priced(plan) { Basis::Able } else { Basis::Given };
    let has_deals = || outcome.flow.as_ref().is_some_and(|it| it.amount.is_some_and(|it| 0 < it.iter().sum::<i64>()));
    match plan.chance.draws {
        Some(Draws::Deals) => Basis::Deals,
        Some(Draws::People) => people,
        None if people == Basis::Given && has_deals() => Basis::Deals,
        None => people,
    }
}

fn number(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

fn part(percent: Decimal) -> f64 {
    number(percent) / 100.0
}

/// A plan with what follows from it, and the node that is asked of.
struct Ground<'a> {
    plan: &'a Plan,
    outcome: &'a Outcome,
    layout: &'a Layout,
    root: usize,
}

/// Who brings something: a crew, a node by what it was given, or several of them.
#[derive(Clone, Debug)]
struct Bringer {
    position: usize,
    /// Beside the seed, what its draws follow from.
    id: u64,
    /// By how much a year of one of them varies, as a part of it.
    spread: f64,
    heads: f64,
    months: [f64; MONTHS],
}

impl Ground<'_> {
    fn positions(&self) -> std::ops::Range<usize> {
        self.root..self.layout.end(self.root)
    }

    fn depth(&self, position: usize) -> usize {
        self.layout.depth(position) - self.layout.depth(self.root)
    }

    fn year(&self, position: usize) -> f64 {
        self.outcome.division(Dimension::Organisation).amounts[position] as f64
    }

    /// What a node was given, month by month.
    fn given(&self, position: usize) -> [f64; MONTHS] {
        let time = &self.outcome.division(Dimension::Time).layout;
        let table = self.outcome.table(Pair::over_time(Dimension::Organisation));
        std::array::from_fn(|month| {
            let column = time.position(Calendar::month(month as u32 + 1));
            table.zip(column).map_or(0.0, |(table, column)| table.get(position, column) as f64)
        })
    }

    /// Everything but the streams.
    fn model(&self, basis: Basis) -> Model {
        let chance = &self.plan.chance;
        let trials = chance.trials().to_usize().unwrap_or_default();
        let depth = self.kept_depth(MOST_KEPT.min(MOST_NUMBERS / trials.max(1)));
        let node = |position: usize| Node {
            depth: self.depth(position),
            target: self.given(position),
            cap: self.cap(basis, position),
            is_kept: self.depth(position) <= depth,
        };
        Model {
            seed: chance.seed().to_u64().unwrap_or_default(),
            trials,
            confidence: part(chance.confidence()),
            stop: Stop {
                months: chance.stop_months().to_usize().unwrap_or_default(),
                below: part(chance.stop_below()),
            },
            own: buffer::over_assigned(self.plan, self.outcome.total()).map_or(0.0, part),
            // Behind a node lies all that is below it: the other way round, children come before their parents.
            nodes: self.positions().rev().map(node).collect(),
            streams: Vec::new(),
        }
    }

    /// The deepest level down to which there are no more than so many nodes.
    fn kept_depth(&self, most: usize) -> usize {
        let mut of_level: Vec<usize> = Vec::new();
        for position in self.positions() {
            let depth = self.depth(position);
            of_level.resize(of_level.len().max(depth + 1), 0);
            of_level[depth] += 1;
        }
        let mut sum = 0;
        let fits = |many: &&usize| {
            sum += **many;
            sum <= most
        };
        of_level.iter().take_while(fits).count().saturating_sub(1)
    }

    /// What a node brings at most, however much it is given.
    fn cap(&self, basis: Basis, position: usize) -> f64 {
        let id = self.layout.id(position);
        let node = self.plan.node(Dimension::Organisation, id);
        let said = match basis {
            // What leads and people bring grows with how many there are of them, not with what they are given.
            Basis::Deals | Basis::Able => None,
            Basis::Given => node.and_then(|it| it.cap.into_iter().chain(it.capacity).min()),
        };
        let is_whole = position == 0;
        let bounds = self.outcome.gate.bounds.iter().filter(|it| is_whole && is_a_limit(it.by)).map(|it| it.year);
        said.into_iter().chain(bounds).min().map_or(f64::INFINITY, |it| it.units() as f64)
    }

    // ---- People ----

    fn people(&self, basis: Basis) -> Result<(Vec<Stream>, bool), Nothing> {
        let bringers = if basis == Basis::Able { self.crews() } else { self.leaves() };
        if bringers.iter().all(|it| it.months.iter().all(|it| *it <= 0.0)) {
            return Err(Nothing::NoPeople);
        }
        let many = bringers.len();
        let bringers = if MOST_PEOPLE < many { self.together(bringers) } else { bringers };
        let is_merged = bringers.len() < many || bringers.iter().any(|it| FEW < it.heads);
        let common = part(self.plan.chance.common(Draws::People));
        let segments = self.segments();
        let streams = bringers.iter().flat_map(|it| streams_of(it, common, segments(it.position))).collect();
        Ok((streams, is_merged))
    }

    fn crews(&self) -> Vec<Bringer> {
        let crew = |(id, output): &(ItemId, crate::engine::capacity::Output)| {
            let crew = self.plan.capacity.crews.get(*id)?;
            let position = self.layout.position(crew.node).filter(|it| self.positions().contains(it))?;
            Some(Bringer {
                position,
                id: CREWS + u64::from(id.0),
                spread: part(self.plan.chance.spread(crew.level)),
                heads: f64::from(crew.heads.max(1)),
                months: output.amount.map(|it| it as f64),
            })
        };
        self.outcome.staff.crews.iter().filter_map(crew).collect()
    }

    fn leaves(&self) -> Vec<Bringer> {
        let attained = part(self.plan.chance.attainment());
        let leaf = |position: usize| Bringer {
            position,
            id: NODES + u64::from(self.layout.id(position).0),
            spread: part(self.plan.chance.spread(None)),
            heads: 1.0,
            months: self.given(position).map(|it| it * attained),
        };
        self.positions().filter(|it| self.layout.is_leaf(*it)).map(leaf).collect()
    }

    /// The same by fewer: those of a team who vary alike as one.
    fn together(&self, bringers: Vec<Bringer>) -> Vec<Bringer> {
        let most = self.kept_depth(MOST_PEOPLE);
        let mut teams: BTreeMap<(usize, u64), Bringer> = BTreeMap::new();
        for it in bringers {
            let mut at = it.position;
            while most < self.depth(at) {
                at = self.layout.parent(at);
            }
            let year = |it: &Bringer| it.months.iter().sum::<f64>();
            teams
                .entry((at, it.spread.to_bits()))
                .and_modify(|team| {
                    // As many equal ones as vary together as much as these do.
                    let (one, other) = (year(team), year(&it));
                    let squares = one * one / team.heads + other * other / it.heads;
                    team.heads = if squares <= 0.0 { team.heads } else { (one + other) * (one + other) / squares };
                    team.months.iter_mut().zip(it.months).for_each(|(sum, it)| *sum += it);
                })
                .or_insert(Bringer { position: at, ..it });
        }
        teams.into_values().collect()
    }

    /// The segment of a position: the part of the whole, directly below it, that it lies in.
    fn segments(&self) -> impl Fn(usize) -> u32 {
        let mut of = vec![0_u32; self.layout.len()];
        let mut next = 0;
        for position in 1..self.layout.len() {
            of[position] = match self.layout.parent(position) {
                0 => {
                    next += 1;
                    next
                }
                parent => of[parent],
            };
        }
        move |position| of[position]
    }

    // ---- Deals ----

    fn deals(&self) -> Result<(Vec<Stream>, bool), Nothing> {
        let flow = self.outcome.flow.as_ref().ok_or(Nothing::NoDeals)?;
        let worth = crate::engine::capacity::order_value(self.plan).ok_or(Nothing::NoDeals)?.units() as f64;
        let is_money = matches!(self.plan.unit, Unit::Money(_));
        let common = part(self.plan.chance.common(Draws::Deals)) as f32;
        let whole = self.year(0).max(1.0);
        let units = self.units(MOST_STREAMS / (MONTHS * flow.sources.len().max(1)));
        let mut kinds: Vec<(Stream, f64, f64)> = Vec::new();
        for (place, source) in flow.sources.iter().enumerate() {
            let won = flow.order_stage.checked_sub(1).and_then(|it| source.rates.get(it).copied());
            let won = won.map_or(1.0, number).clamp(0.0, 1.0);
            let spread = part(self.plan.chance.deal_spread(Some(source.id), is_money));
            for unit in units.iter().filter(|_| 0.0 < won) {
                let share = self.year(*unit) / whole;
                for (month, orders) in source.orders.iter().enumerate() {
                    let deals = number(*orders) * share / won;
                    let id = u64::from(self.layout.id(*unit).0) << 24 | u64::from(source.id.0 & 0xf_ffff) << 4;
                    let stream = Stream {
                        id: DEALS + id + month as u64,
                        node: *unit,
                        month,
                        chance: won as f32,
                        common,
                        segment: place as u32,
                        ..Stream::sized(worth, spread)
                    };
                    kinds.extend((0.0 < deals).then_some((stream, deals, spread)));
                }
            }
        }
        if kinds.is_empty() || worth <= 0.0 {
            return Err(Nothing::NoDeals);
        }
        let few = few_enough(kinds.iter().map(|it| it.1));
        let is_merged = kinds.iter().any(|it| few < it.1);
        let stream = |(stream, deals, spread): (Stream, f64, f64)| {
            if few < deals {
                let Stream { id, node, month, segment, .. } = stream;
                let together = Stream::bulk(deals, f64::from(stream.chance), worth, spread);
                return Stream { id, node, month, segment, common, ..together };
            }
            // A part of a deal is a whole one that is won less often.
            let draws = deals.ceil().max(1.0);
            Stream { draws: draws as usize, chance: (f64::from(stream.chance) * deals / draws) as f32, ..stream }
        };
        Ok((kinds.into_iter().map(stream).collect(), is_merged))
    }

    /// Nodes that make the whole together and lie beside each other, as low as so many allow.
    fn units(&self, most: usize) -> Vec<usize> {
        let of = |depth: usize| {
            let is_unit = |it: &usize| {
                let level = self.depth(*it);
                level == depth || self.layout.is_leaf(*it) && level < depth
            };
            self.positions().filter(is_unit).collect::<Vec<usize>>()
        };
        let deepest = self.positions().map(|it| self.depth(it)).max().unwrap_or(0);
        (0..=deepest).rev().map(of).find(|it| it.len() <= most).unwrap_or_else(|| vec![self.root])
    }
}

/// What draws follow from, beside the seed, is never the same for two kinds of things.
const CREWS: u64 = 1 << 32;
const NODES: u64 = 2 << 32;
const DEALS: u64 = 1 << 51;

fn is_a_limit(by: Against) -> bool {
    matches!(by, Against::Limit(_) | Against::Market)
}

/// Up to how many deals of one kind are drawn one by one, so that a trial takes no more draws than it may.
fn few_enough(deals: impl Iterator<Item = f64> + Clone) -> f64 {
    let draws = |few: f64| deals.clone().map(|it| if few < it { 1.0 } else { it.ceil() }).sum::<f64>();
    [200.0, 100.0, 50.0, 25.0, FEW, 6.0, 3.0].into_iter().find(|few| draws(*few) <= MOST_DRAWS).unwrap_or(1.0)
}

/// What somebody brings, month by month. A year varies as much as is said: what is common to the segment lasts all of it,
/// what is their own changes from month to month.
fn streams_of(bringer: &Bringer, common: f64, segment: u32) -> Vec<Stream> {
    let Bringer { position, id, spread, heads, months } = bringer;
    let year: f64 = months.iter().sum();
    let squares: f64 = months.iter().map(|it| it * it).sum();
    let logarithm = ln_exactly(1.0 + spread * spread);
    let shared = (common * logarithm).max(0.0);
    let own = exp_exactly((1.0 - common) * logarithm) - 1.0;
    // Months that vary by themselves even each other out.
    let monthly = if squares <= 0.0 { 0.0 } else { (own * year * year / squares).max(0.0) };
    let (draws, each) = if *heads <= FEW { (heads.round().max(1.0), 1.0) } else { (1.0, *heads) };
    let lift = exp_exactly(shared / 2.0);
    let stream = |(month, brought): (usize, &f64)| Stream {
        id: id * 16 + month as u64,
        node: *position,
        month,
        draws: draws as usize,
        shared: shared.sqrt() as f32,
        segment,
        ..Stream::sized(brought / draws / lift, (monthly / each).sqrt())
    };
    months.iter().enumerate().filter(|(_, it)| 0.0 < **it).map(stream).collect()
}
