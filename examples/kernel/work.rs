//! One kernel and what it is given, as text: lines of whole numbers.
//!
//! Kinds: `tree` (total, children a node on each level, then a line of weights a level), `bounded` (total, weights, floors,
//! caps), `product` (rows, columns), `fitted` (rows, columns, floors, caps), `scaled` (the same, real numbers only, which
//! have no answer), `reconciled` (parents, numbers, variances; real numbers only), `reconcile` (the same in whole units), `plan`
//! (a plan file) and `people` (how many: a plan of so many in teams of ten over the months of a year).
//!
//! `chance` (seed and years; then of deals their chances in thousandths, their middles, their spreads in thousandths: drawn,
//! with three quantiles), `tornado` (the same: each chance a tenth lower and higher; its answer is how often the mean is reached).
//!
//! Three are divided once, and then again after each of many small changes: `weight` (what `tree` is given: one leaf's weight
//! changes, and its siblings share anew), `reweighed` (what `tree` is given, as a plan: all that follows from one weight) and
//! `people-weight` and `people-number` (how many: all that follows from one weight, or one number typed, in the plan of `people`).

#![allow(clippy::float_arithmetic, reason = "what is drawn by chance is no money")]

use std::hint::black_box;

use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::breakback::{amount_at, type_amount};
use sextant::engine::chance::kernel::{
    Factor, MONTHS, Model, Node as Drawn, Simulation, Stop, Stream, Tornado, quantile,
};
use sextant::engine::{
    Block, Division, Outcome, Rounding, Said, Scaling, apportion as divide_group, evaluate, evaluate_again,
    fit_bounded, fit_product, reconcile, reconciled, split,
};
use sextant::plan::migrate::decode;
use sextant::plan::{At, Calendar, Dimension, Edit, Field, Method, Node, NodeId, Pair, Plan, Unit};

pub enum Work {
    Tree { total: i64, levels: Vec<Level> },
    Bounded { total: i64, weights: Vec<u64>, floors: Vec<i64>, caps: Vec<i64> },
    Product { rows: Vec<i64>, columns: Vec<i64> },
    Fitted(Block),
    Scaled(Scaling),
    Reconcile(Vec<Said>),
    Reconciled(Vec<Said>),
    Plan(Box<Plan>),
    Weight(Kept),
    Again(Box<Again>),
    Chance(Model),
    Tornado(Model, Tornado),
}

/// A tree with what its nodes have, so that a change is divided where it is.
pub struct Kept {
    levels: Vec<Level>,
    amounts: Vec<Vec<i64>>,
}

/// A plan before and after one edit, and what followed from it before.
pub struct Again {
    before: Plan,
    outcome: Outcome,
    plan: Plan,
}

/// The nodes of one level of a tree, in groups of siblings of one size.
pub struct Level {
    siblings: usize,
    weights: Vec<u64>,
}

impl Work {
    pub fn of(kind: &str, text: &str) -> Result<Work, String> {
        if kind == "plan" {
            return Ok(Work::Plan(Box::new(decode(text).map_err(|error| error.to_string())?.0)));
        }
        let lines: Vec<Vec<i64>> = text.lines().map(numbers).collect::<Result<_, _>>()?;
        match (kind, lines.as_slice()) {
            ("tree", [total, siblings, levels @ ..]) if total.len() == 1 && siblings.len() == levels.len() => {
                Ok(Work::Tree { total: total[0], levels: levels_of(siblings, levels) })
            }
            ("bounded", [total, line, floors, caps]) if total.len() == 1 => {
                let (floors, caps) = (floors.clone(), caps.clone());
                Ok(Work::Bounded { total: total[0], weights: weights(line), floors, caps })
            }
            ("product", [rows, columns]) => Ok(Work::Product { rows: rows.clone(), columns: columns.clone() }),
            ("fitted" | "scaled", [rows, columns, floors, caps]) => {
                let (rows, columns) = (rows.clone(), columns.clone());
                let block = Block { rows, columns, floors: floors.clone(), caps: caps.clone(), percents: Vec::new() };
                Ok(if kind == "scaled" { Work::Scaled(Scaling::of(&block)) } else { Work::Fitted(block) })
            }
            ("reconcile" | "reconciled", [parents, own, variances]) => {
                let nodes = parents.iter().zip(own.iter().zip(variances));
                let said = |(parent, (own, variance)): (&i64, (&i64, &i64))| Said {
                    parent: parent.unsigned_abs() as usize,
                    own: Some(*own),
                    variance: variance.unsigned_abs(),
                };
                let said = nodes.map(said).collect();
                Ok(if kind == "reconciled" { Work::Reconciled(said) } else { Work::Reconcile(said) })
            }
            ("weight", [total, siblings, levels @ ..]) if total.len() == 1 && siblings.len() == levels.len() => {
                let levels = levels_of(siblings, levels);
                Ok(Work::Weight(Kept { amounts: divide(total[0], &levels), levels }))
            }
            ("reweighed", [total, siblings, levels @ ..]) if total.len() == 1 && siblings.len() == levels.len() => {
                let (plan, leaf) = planned(total[0], &levels_of(siblings, levels));
                Again::of(plan, weight(leaf))
            }
            ("chance", [head, deals @ ..]) => Ok(Work::Chance(drawn(head, deals)?)),
            ("tornado", [head, deals @ ..]) => {
                let model = drawn(head, deals)?;
                let target = model.nodes.last().map_or(0.0, |it| it.target.iter().sum());
                let factor = |(at, it): (usize, &Stream)| {
                    let by = |part: f32| Stream { chance: it.chance * part, ..*it };
                    Factor { streams: vec![(at, by(0.9), by(1.1))], targets: [target; 2] }
                };
                let factors = model.streams.iter().enumerate().map(factor).collect();
                Ok(Work::Tornado(model, Tornado { factors }))
            }
            ("people", [many]) if many.len() == 1 => Ok(Work::Plan(Box::new(people(many[0])))),
            ("people-weight", [many]) if many.len() == 1 => Again::of(people(many[0]), weight(PERSON)),
            ("people-number", [many]) if many.len() == 1 => {
                let plan = people(many[0]);
                let outcome = evaluate(&plan);
                let at = At { pair: Pair::over_time(Dimension::Organisation), row: PERSON, column: Calendar::month(5) };
                let amount = amount_at(&plan, &outcome, at).ok_or("nobody is there")?;
                let edit = type_amount(&plan, &outcome, at, Amount::from_units(amount.units() / 2));
                Again::of(plan, edit.map_err(|refusal| format!("{refusal:?}"))?)
            }
            _ => Err(format!("no work of the kind {kind:?}")),
        }
    }

    /// Does it, and forgets what comes of it.
    pub fn run(&mut self) {
        match self {
            Work::Weight(kept) => kept.change(),
            Work::Again(again) => drop(black_box(again.follow())),
            Work::Plan(plan) => drop(black_box(evaluate(black_box(plan)))),
            Work::Scaled(table) => drop(black_box(black_box(table).fitted())),
            Work::Reconciled(said) => drop(black_box(reconciled(black_box(said)))),
            _ => drop(black_box(self.answer())),
        }
    }

    /// What comes of it: leaves, parts or cells. Empty where nothing can be.
    pub fn answer(&self) -> Vec<i64> {
        match self {
            Work::Tree { total, levels } => divide(*total, levels).pop().unwrap_or_default(),
            Work::Weight(kept) => kept.amounts.last().cloned().unwrap_or_default(),
            Work::Bounded { total, weights, floors, caps } => {
                split(*total, weights, floors, caps, Rounding::LargestRemainder).unwrap_or_default()
            }
            Work::Product { rows, columns } => fit_product(rows, columns),
            Work::Fitted(block) => fit_bounded(block).unwrap_or_default(),
            Work::Reconcile(said) => reconcile(said),
            Work::Chance(model) => thirds(model).into(),
            Work::Tornado(model, tornado) => {
                let (base, bars) = tornado.drawn(model).reached();
                std::iter::once(base).chain(bars.into_iter().flatten()).map(i64::from).collect()
            }
            Work::Scaled(_) | Work::Reconciled(_) => Vec::new(),
            Work::Plan(plan) => evaluate(plan).division(Dimension::Organisation).amounts.clone(),
            Work::Again(again) => leaves(again.follow().division(Dimension::Organisation)),
        }
    }

    /// How often one run reads the table that it scales.
    pub fn sweeps(&self) -> usize {
        match self {
            Work::Scaled(table) => table.fitted().map_or(0, |it| it.sweeps),
            _ => 0,
        }
    }
}

/// Deals of one month, without a tree.
fn drawn(head: &[i64], deals: &[Vec<i64>]) -> Result<Model, String> {
    let ([seed, years], [chances, middles, spreads]) = (head, deals) else {
        return Err("years want a seed, a number of them, and three lines of deals".to_owned());
    };
    let stream = |at: usize| Stream {
        id: at as u64 + 1,
        chance: chances[at] as f32 / 1_000.0,
        median: middles[at] as f64,
        sigma: spreads[at] as f32 / 1_000.0,
        ..Stream::default()
    };
    let streams: Vec<Stream> = (0..chances.len()).map(stream).collect();
    let mean = streams.iter().map(|it| f64::from(it.chance) * it.median).sum();
    let mut target = [0.0; MONTHS];
    target[0] = mean;
    let node = Drawn { depth: 0, target, cap: f64::INFINITY, is_kept: true };
    let (seed, trials) = (seed.unsigned_abs(), years.unsigned_abs() as usize);
    Ok(Model { seed, trials, confidence: 0.8, stop: Stop::default(), own: 0.0, nodes: vec![node], streams })
}

/// What is brought in a bad, a middling and a good year.
fn thirds(model: &Model) -> [i64; 3] {
    let mut simulation = Simulation::new(model);
    let mut years: Vec<f64> = (0..model.blocks()).flat_map(|it| simulation.block(it).years).collect();
    [0.1, 0.5, 0.9].map(|part| quantile(&mut years, part).round() as i64)
}

/// By weights that look like chance.
fn people(many: i64) -> Plan {
    let mut plan = Plan::blank("people", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::from_units(123_456_789_012));
    let tree = &mut plan.trees.organisation;
    let weighed = |weight: i64| Node {
        method: Some(Method::Weight),
        weight: Some(Decimal::from(1 + weight % 29)),
        ..Node::default()
    };
    tree.nodes.insert(tree.root, weighed(0));
    for team in 0..many / 10 {
        let team_id = tree.grow(tree.root, weighed(11 * team));
        for person in 0..10 {
            tree.grow(team_id, weighed(7 * team + 13 * person));
        }
    }
    plan
}

fn numbers(line: &str) -> Result<Vec<i64>, String> {
    line.split_whitespace().map(|it| it.parse().map_err(|_| format!("{it:?} is not a whole number"))).collect()
}

fn weights(line: &[i64]) -> Vec<u64> {
    line.iter().map(|it| it.unsigned_abs()).collect()
}

fn levels_of(siblings: &[i64], levels: &[Vec<i64>]) -> Vec<Level> {
    let level = |(siblings, line): (&i64, &Vec<i64>)| Level {
        siblings: siblings.unsigned_abs() as usize,
        weights: weights(line),
    };
    siblings.iter().zip(levels).map(level).collect()
}

/// From the root down, each group of siblings shares what its parent got: what the nodes of each level have.
fn divide(total: i64, levels: &[Level]) -> Vec<Vec<i64>> {
    let mut amounts = vec![vec![total]];
    for level in levels {
        let above = amounts.last().map_or(&[][..], Vec::as_slice);
        let mut below = Vec::with_capacity(level.weights.len());
        for (total, group) in above.iter().zip(level.weights.chunks(level.siblings.max(1))) {
            below.extend(divide_group(*total, group, Rounding::LargestRemainder));
        }
        amounts.push(below);
    }
    amounts
}

impl Kept {
    /// The first leaf weighs one more, and it and its siblings share anew what their parent has, which no weight of theirs
    /// has a say in.
    fn change(&mut self) {
        let [.., above, leaves] = self.amounts.as_mut_slice() else { return };
        let (Some(level), Some(total)) = (self.levels.last_mut(), above.first()) else { return };
        let siblings = &mut level.weights[..level.siblings];
        siblings[0] += 1;
        leaves[..siblings.len()].copy_from_slice(&divide_group(*total, siblings, Rounding::LargestRemainder));
        black_box(leaves);
    }
}

impl Again {
    fn of(before: Plan, edit: Edit) -> Result<Work, String> {
        let mut plan = before.clone();
        plan.apply(edit).map_err(|error| error.to_string())?;
        Ok(Work::Again(Box::new(Again { outcome: evaluate(&before), before, plan })))
    }

    fn follow(&self) -> Outcome {
        evaluate_again(black_box(&self.before), &self.outcome, black_box(&self.plan))
    }
}

/// Somebody of the first team of `people`.
const PERSON: NodeId = NodeId(5);

fn leaves(division: &Division) -> Vec<i64> {
    (0..division.layout.len()).filter(|at| division.layout.is_leaf(*at)).map(|at| division.amounts[at]).collect()
}

fn weight(id: NodeId) -> Edit {
    Edit::Node { dimension: Dimension::Organisation, id, field: Field::Weight(Some(Decimal::from(777))) }
}

/// A tree as a plan, and its first leaf.
fn planned(total: i64, levels: &[Level]) -> (Plan, NodeId) {
    let mut plan = Plan::blank("tree", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::from_units(total));
    let tree = &mut plan.trees.organisation;
    let mut above = vec![tree.root];
    if let Some(root) = tree.nodes.get_mut(&tree.root) {
        root.method = Some(Method::Weight);
    }
    for level in levels {
        let parents = above.iter().flat_map(|parent| std::iter::repeat_n(*parent, level.siblings));
        let node = |weight: &u64| Node { weight: Some(Decimal::from(*weight)), ..Node::default() };
        above = parents.zip(&level.weights).map(|(parent, weight)| tree.grow(parent, node(weight))).collect();
    }
    let first = above.first().copied().unwrap_or(tree.root);
    (plan, first)
}
