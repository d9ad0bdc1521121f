//! One kernel and what it is given, as text: lines of whole numbers.
//!
//! Kinds: `tree` (total, children a node on each level, then a line of weights a level), `bounded` (total, weights, floors,
//! caps), `product` (rows, columns), `fitted` (rows, columns, floors, caps), `scaled` (the same, real numbers only, which
//! have no answer), `reconciled` (parents, numbers, variances; real numbers only), `reconcile` (the same in whole units), `plan`
//! (a plan file) and `people` (how many: a plan of so many in teams of ten over the months of a year).

use std::hint::black_box;

use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::{
    Block, Rounding, Said, Scaling, apportion as divide_group, evaluate, fit_bounded, fit_product, reconcile,
    reconciled, split,
};
use sextant::plan::migrate::decode;
use sextant::plan::{Calendar, Dimension, Method, Node, Plan, Unit};

pub enum Work {
    Tree { total: i64, levels: Vec<Level> },
    Bounded { total: i64, weights: Vec<u64>, floors: Vec<i64>, caps: Vec<i64> },
    Product { rows: Vec<i64>, columns: Vec<i64> },
    Fitted(Block),
    Scaled(Scaling),
    Reconcile(Vec<Said>),
    Reconciled(Vec<Said>),
    Plan(Box<Plan>),
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
                let level = |(siblings, line): (&i64, &Vec<i64>)| Level {
                    siblings: siblings.unsigned_abs() as usize,
                    weights: weights(line),
                };
                Ok(Work::Tree { total: total[0], levels: siblings.iter().zip(levels).map(level).collect() })
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
            ("people", [many]) if many.len() == 1 => Ok(Work::Plan(Box::new(people(many[0])))),
            _ => Err(format!("no work of the kind {kind:?}")),
        }
    }

    /// Does it, and forgets what comes of it.
    pub fn run(&self) {
        match self {
            Work::Plan(plan) => drop(black_box(evaluate(black_box(plan)))),
            Work::Scaled(table) => drop(black_box(black_box(table).fitted())),
            Work::Reconciled(said) => drop(black_box(reconciled(black_box(said)))),
            _ => drop(black_box(self.answer())),
        }
    }

    /// What comes of it: leaves, parts or cells. Empty where nothing can be.
    pub fn answer(&self) -> Vec<i64> {
        match self {
            Work::Tree { total, levels } => divide(*total, levels),
            Work::Bounded { total, weights, floors, caps } => {
                split(*total, weights, floors, caps, Rounding::LargestRemainder).unwrap_or_default()
            }
            Work::Product { rows, columns } => fit_product(rows, columns),
            Work::Fitted(block) => fit_bounded(block).unwrap_or_default(),
            Work::Reconcile(said) => reconcile(said),
            Work::Scaled(_) | Work::Reconciled(_) => Vec::new(),
            Work::Plan(plan) => evaluate(plan).division(Dimension::Organisation).amounts.clone(),
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

/// From the root down, each group of siblings shares what its parent got.
fn divide(total: i64, levels: &[Level]) -> Vec<i64> {
    let mut amounts = vec![total];
    for level in levels {
        let mut below = Vec::with_capacity(level.weights.len());
        for (total, group) in amounts.iter().zip(level.weights.chunks(level.siblings.max(1))) {
            below.extend(divide_group(*total, group, Rounding::LargestRemainder));
        }
        amounts = below;
    }
    amounts
}
