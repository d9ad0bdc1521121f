//! The promise of the engine, checked from outside: everything is added up again here, by other code than the engine's.

use std::collections::BTreeMap;

use sextant::amount::Amount;
use sextant::engine::{Finding, Outcome, evaluate};
use sextant::plan::{At, Dimension, NodeId, Pair, Plan, Tree};

/// Evaluates, and fails unless everything that is promised of any plan holds.
#[track_caller]
pub fn kept(plan: &Plan) -> Outcome {
    let outcome = evaluate(plan);
    if let Err(broken) = check(plan, &outcome) {
        panic!("{broken}\n{}", plan.to_compact_json());
    }
    outcome
}

/// What is promised of any plan, in words where it is broken.
pub fn check(plan: &Plan, outcome: &Outcome) -> Result<(), String> {
    let hold = |holds: bool, what: &dyn Fn() -> String| if holds { Ok(()) } else { Err(what()) };
    hold(outcome.sums.hold(), &|| format!("the engine's own sums: {:?}", outcome.sums.broken))?;
    trees_hold(plan, outcome)?;
    tables_hold(plan, outcome)?;
    let target = plan.goal.target.unwrap_or_default();
    let met = !outcome.findings.iter().any(|it| matches!(it, Finding::TargetNotMet { .. }));
    hold(met == (outcome.total() == target), &|| format!("total {:?}, target {target:?}", outcome.total()))?;
    locks_hold(plan, outcome)?;
    typed_holds(plan, outcome)?;
    let severities: Vec<_> = outcome.findings.iter().map(Finding::severity).collect();
    hold(severities.is_sorted(), &|| "findings out of order".to_owned())
}

pub fn amount(outcome: &Outcome, dimension: Dimension, id: NodeId) -> i64 {
    let division = outcome.division(dimension);
    division.amounts[division.layout.position(id).expect("the node is in the tree")]
}

pub fn cell(outcome: &Outcome, at: At) -> i64 {
    let position = |dimension, id| outcome.division(dimension).layout.position(id).expect("the node is in the tree");
    outcome
        .table(at.pair)
        .expect("a table")
        .get(position(at.pair.rows(), at.row), position(at.pair.columns(), at.column))
}

/// The leaves below each node, itself where it is one.
fn leaves(tree: &Tree) -> BTreeMap<NodeId, Vec<NodeId>> {
    fn gather(tree: &Tree, id: NodeId, found: &mut BTreeMap<NodeId, Vec<NodeId>>) -> Vec<NodeId> {
        let children = tree.nodes[&id].children.clone();
        let mut below: Vec<NodeId> = children.iter().flat_map(|child| gather(tree, *child, found)).collect();
        if children.is_empty() {
            below.push(id);
        }
        found.insert(id, below.clone());
        below
    }
    let mut found = BTreeMap::new();
    gather(tree, tree.root, &mut found);
    found
}

/// Every node is the sum of the leaves below it, nothing is negative, and every tree divides the same total.
fn trees_hold(plan: &Plan, outcome: &Outcome) -> Result<(), String> {
    for dimension in Dimension::ALL {
        let tree = plan.tree(dimension);
        for (id, below) in leaves(tree) {
            let given = amount(outcome, dimension, id);
            let sum: i64 = below.iter().map(|leaf| amount(outcome, dimension, *leaf)).sum();
            if sum != given || given < 0 {
                return Err(format!("{dimension:?} node {}: {given}, its leaves sum to {sum}", id.0));
            }
        }
        let root = amount(outcome, dimension, tree.root);
        if root != outcome.total().units() {
            return Err(format!("{dimension:?} divides {root}, the plan {:?}", outcome.total()));
        }
    }
    Ok(())
}

/// Every cell of every table is the sum of the leaf cells below it in both trees, nothing is negative, and the margins are
/// what the trees say.
fn tables_hold(plan: &Plan, outcome: &Outcome) -> Result<(), String> {
    for pair in Pair::ALL {
        let (rows, columns) = (leaves(plan.tree(pair.rows())), leaves(plan.tree(pair.columns())));
        let (top, left) = (plan.tree(pair.rows()).root, plan.tree(pair.columns()).root);
        for (row, rows_below) in &rows {
            for (column, columns_below) in &columns {
                let at = At { pair, row: *row, column: *column };
                let given = cell(outcome, at);
                let sum: i64 = rows_below
                    .iter()
                    .flat_map(|row| columns_below.iter().map(|column| At { row: *row, column: *column, ..at }))
                    .map(|leaf| cell(outcome, leaf))
                    .sum();
                let margin = match (*row == top, *column == left) {
                    (_, true) => amount(outcome, pair.rows(), *row),
                    (true, _) => amount(outcome, pair.columns(), *column),
                    _ => given,
                };
                if sum != given || given < 0 || margin != given {
                    return Err(format!("{at:?}: {given}, its leaves sum to {sum}, its margin is {margin}"));
                }
            }
        }
    }
    Ok(())
}

/// A lock is kept, or a finding names it and says truly what was given instead.
fn locks_hold(plan: &Plan, outcome: &Outcome) -> Result<(), String> {
    for dimension in Dimension::ALL {
        let dropped = outcome
            .findings
            .iter()
            .any(|it| matches!(it, Finding::LocksDropped { dimension: which, .. } if *which == dimension));
        let tree = plan.tree(dimension);
        for (id, node) in tree.nodes.iter().filter(|(id, _)| !dropped && **id != tree.root) {
            let given = amount(outcome, dimension, *id);
            let said = outcome.findings.iter().find_map(|it| match it {
                Finding::LockBroken { dimension: which, node, given, .. } if (*which, *node) == (dimension, *id) => {
                    Some(given.units())
                }
                _ => None,
            });
            let promised = said.or(node.lock.map(|lock| lock.value().units()));
            if promised.is_some_and(|promised| promised != given) {
                return Err(format!("{dimension:?} node {}: {given} for the lock {promised:?}", id.0));
            }
        }
    }
    for (at, said) in plan.cells.iter() {
        let given = cell(outcome, at);
        let broken = outcome.findings.iter().find_map(|it| match it {
            Finding::CellLockBroken { at: which, given, .. } if *which == at => Some(given.units()),
            _ => None,
        });
        let promised = broken.or(said.lock.map(|lock| lock.value().units()));
        if promised.is_some_and(|promised| promised != given) {
            return Err(format!("{at:?}: {given} for the lock {promised:?}"));
        }
    }
    Ok(())
}

/// A typed number is kept to a unit for each sibling, or a finding names it and says truly what was given instead.
fn typed_holds(plan: &Plan, outcome: &Outcome) -> Result<(), String> {
    for dimension in Dimension::ALL {
        let tree = plan.tree(dimension);
        for (parent, node) in &tree.nodes {
            let slack = node.children.len() as i128;
            for child in &node.children {
                let it = &tree.nodes[child];
                let Some(typed) = it.typed.filter(|typed| it.lock.is_none() && 0 < typed.whole.units()) else {
                    continue;
                };
                let (given, whole) = (amount(outcome, dimension, *child), amount(outcome, dimension, *parent));
                let off = i128::from(given) * i128::from(typed.whole.units())
                    - i128::from(typed.part.units()) * i128::from(whole);
                let near = off.abs() <= (slack + 1) * i128::from(typed.whole.units());
                let said = outcome.findings.iter().find_map(|it| match it {
                    Finding::TypedGaveWay { dimension: which, node, given, .. }
                        if (*which, *node) == (dimension, *child) =>
                    {
                        Some(given.units())
                    }
                    _ => None,
                });
                if said.map_or(!near, |said| said != given) {
                    return Err(format!("{dimension:?} node {}: {given} of {whole} for {typed:?}, {said:?}", child.0));
                }
            }
        }
    }
    Ok(())
}

/// An amount in units, as the engine takes it.
pub fn units(units: i64) -> Amount {
    Amount::from_units(units)
}
