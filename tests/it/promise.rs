//! The promise of the engine, checked from outside: everything is added up again here, by other code than the engine's.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use sextant::amount::Amount;
use sextant::engine::{Finding, Outcome, evaluate};
use sextant::plan::{At, Dimension, Lock, Node, NodeId, Pair, Plan, Tree, Typed};

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
    bounds_hold(plan, outcome)?;
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
    let (row, column) = (position(at.pair.rows(), at.row), position(at.pair.columns(), at.column));
    outcome.cell(at.pair, row, column).expect("a cell")
}

/// Every node is the sum of its children, but for what its tolerance allows and a finding says; nothing is negative, and
/// every tree divides the same total.
fn trees_hold(plan: &Plan, outcome: &Outcome) -> Result<(), String> {
    for dimension in Dimension::ALL {
        let tree = plan.tree(dimension);
        for (id, node) in &tree.nodes {
            let given = amount(outcome, dimension, *id);
            if given < 0 {
                return Err(format!("{dimension:?} node {}: {given}", id.0));
            }
            if node.children.is_empty() {
                continue;
            }
            let handed: i64 = node.children.iter().map(|child| amount(outcome, dimension, *child)).sum();
            let said = Finding::HandedOut { node: *id, handed: units(handed), given: units(given) };
            let allowed = allowed(dimension, node, given);
            if allowed < (handed - given).abs() || (handed != given) != outcome.findings.contains(&said) {
                return Err(format!("{dimension:?} node {}: {given}, its children sum to {handed}", id.0));
            }
        }
        let root = amount(outcome, dimension, tree.root);
        if root != outcome.total().units() {
            return Err(format!("{dimension:?} divides {root}, the plan {:?}", outcome.total()));
        }
    }
    Ok(())
}

/// How much more or less than it has a node may hand out.
fn allowed(dimension: Dimension, node: &Node, given: i64) -> i64 {
    let percent = node.tolerance.filter(|_| dimension == Dimension::Organisation).unwrap_or_default();
    (percent * Decimal::from(given) / Decimal::ONE_HUNDRED).floor().to_i64().expect("an amount")
}

/// Every cell of every table is the sum of the cells below it in both trees, but for what a node hands out more or less than
/// it has, which its leaf columns share; nothing is negative, and the margins are what the trees say.
fn tables_hold(plan: &Plan, outcome: &Outcome) -> Result<(), String> {
    for pair in Pair::ALL {
        let (rows, columns) = (plan.tree(pair.rows()), plan.tree(pair.columns()));
        for (row, row_node) in &rows.nodes {
            let handed: i64 = row_node.children.iter().map(|child| amount(outcome, pair.rows(), *child)).sum();
            let over = if row_node.children.is_empty() { 0 } else { handed - amount(outcome, pair.rows(), *row) };
            let mut overs = 0;
            for (column, column_node) in &columns.nodes {
                let at = At { pair, row: *row, column: *column };
                let given = cell(outcome, at);
                let right: i64 = column_node.children.iter().map(|it| cell(outcome, At { column: *it, ..at })).sum();
                let below: i64 = row_node.children.iter().map(|it| cell(outcome, At { row: *it, ..at })).sum();
                let margin = match (*row == rows.root, *column == columns.root) {
                    (_, true) => amount(outcome, pair.rows(), *row),
                    (true, _) => amount(outcome, pair.columns(), *column),
                    _ => given,
                };
                let more = if row_node.children.is_empty() { 0 } else { below - given };
                overs += if column_node.children.is_empty() { more } else { 0 };
                let is_whole = column_node.children.is_empty() || right == given;
                if !is_whole || given < 0 || margin != given || (more != 0 && more.signum() != over.signum()) {
                    return Err(format!(
                        "{at:?}: {given}, beside it {right}, below it {below}, its margin is {margin}"
                    ));
                }
            }
            if overs != over {
                return Err(format!("{pair:?} row {}: {overs} over the columns, {over} in the tree", row.0));
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
            let whole = tree.parent(*id).map_or(0, |parent| amount(outcome, dimension, parent));
            let siblings = tree.parent(*id).map_or(0, |parent| tree.children(parent).len());
            // Shares that together make one whole may be a unit off each.
            let slack = if said.is_some() || !is_share(node.lock) { 0 } else { siblings as i64 };
            let promised = said.or(node.lock.and_then(|lock| promise(lock, whole)));
            if promised.is_some_and(|promised| slack < (promised - given).abs()) {
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
        let parent = plan.tree(at.pair.columns()).parent(at.column).expect("no cell is a margin");
        let whole = cell(outcome, At { column: parent, ..at });
        let promised = broken.or(said.lock.and_then(|lock| promise(lock, whole)));
        if promised.is_some_and(|promised| promised != given) {
            return Err(format!("{at:?}: {given} for the lock {promised:?}"));
        }
    }
    Ok(())
}

fn is_share(lock: Option<Lock>) -> bool {
    matches!(lock, Some(Lock::Share(_)))
}

/// What a lock promises of a whole. A share of nothing promises nothing.
fn promise(lock: Lock, whole: i64) -> Option<i64> {
    match lock {
        Lock::Value(amount) => Some(amount.units()),
        Lock::Share(Typed { part, whole: of }) => {
            let (part, of) = (i128::from(part.units()), i128::from(of.units()));
            (0 < of).then(|| ((2 * part * i128::from(whole) + of) / (2 * of)).min(i64::MAX.into()) as i64)
        }
    }
}

/// Floors, caps and increments are kept, or a finding names the node and says truly what it got. Nothing is said of those
/// that are kept.
fn bounds_hold(plan: &Plan, outcome: &Outcome) -> Result<(), String> {
    let said = |wanted: &Finding| outcome.findings.contains(wanted);
    let decided = plan.goal.target.is_some();
    for dimension in Dimension::ALL {
        for (id, it) in &plan.tree(dimension).nodes {
            let (node, given) = (*id, units(amount(outcome, dimension, *id)));
            let bad = |what: &str| Err(format!("{dimension:?} node {}: {what}, {given:?}, {it:?}", id.0));
            if let Some(floor) = it.floor {
                let broken = Finding::FloorBroken { dimension, node, floor, given };
                if said(&broken) != (given < floor && decided) {
                    return bad("the floor");
                }
            }
            let crossed = it.floor.zip(it.cap).filter(|(floor, cap)| cap < floor);
            if let Some(cap) = it.cap {
                let broken = Finding::CapBroken { dimension, node, cap, given };
                if said(&broken) != (crossed.is_none() && cap < given) {
                    return bad("the cap");
                }
            }
            let told = |(floor, cap)| said(&Finding::FloorAboveCap { dimension, node, floor, cap });
            if !crossed.is_none_or(told) {
                return bad("a floor above the cap");
            }
            if let Some(increment) = it.increment.filter(|it| 0 < it.units()) {
                let off = Finding::OffIncrement { dimension, node, increment, given };
                if said(&off) != (given.units() % increment.units() != 0) {
                    return bad("the increment");
                }
            }
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
                let step = it.increment.map_or(1, |it| i128::from(it.units()));
                let near = off.abs() <= (slack + step.max(divisor(tree, *child)) + 1) * i128::from(typed.whole.units());
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

/// What divides the increments of all below a node.
fn divisor(tree: &Tree, id: NodeId) -> i128 {
    fn common(one: i128, other: i128) -> i128 {
        if other == 0 { one } else { common(other, one % other) }
    }
    let own = tree.nodes[&id].increment.map(|it| i128::from(it.units())).filter(|it| 0 < *it);
    let below = || tree.children(id).iter().map(|child| divisor(tree, *child)).fold(0, common);
    own.unwrap_or_else(below).max(1)
}

/// An amount in units, as the engine takes it.
pub fn units(units: i64) -> Amount {
    Amount::from_units(units)
}
