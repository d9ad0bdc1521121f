//! A sheet: two trees that cross, as rows and columns that fold.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::{basis_points, growth};
use crate::amount::Amount;
use crate::engine::{Outcome, Rounding, apportion};
use crate::plan::{At, Dimension, NodeId, Pair, Plan};

/// A visible row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: NodeId,
    pub position: usize,
    pub depth: usize,
    pub is_leaf: bool,
    pub is_folded: bool,
    /// No node, but what the node at the position hands out less than it has, or, below zero, more (U19). With the rows
    /// beside it, it makes the whole.
    pub is_rest: bool,
}

/// The id of the row of what a node hands out less or more than it has. No node has it: ids are given from zero up, and
/// there are never so many.
pub(super) fn rest_id(node: NodeId) -> NodeId {
    NodeId(u32::MAX - node.0)
}

/// A visible column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    pub id: NodeId,
    pub position: usize,
    pub depth: usize,
    pub is_leaf: bool,
    pub is_folded: bool,
}

/// How far the columns of a sheet unfold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unfolded {
    /// Columns above this depth show their parts.
    pub depth: usize,
    /// Columns that do the opposite.
    pub turned: BTreeSet<NodeId>,
}

impl Unfolded {
    pub fn to(depth: usize) -> Unfolded {
        Unfolded { depth, turned: BTreeSet::new() }
    }

    fn shows_parts(&self, id: NodeId, depth: usize) -> bool {
        (depth < self.depth) != self.turned.contains(&id)
    }

    /// Has a column of this depth show its parts.
    pub fn show(&mut self, id: NodeId, depth: usize) {
        if !self.shows_parts(id, depth) {
            self.turn(id);
        }
    }

    /// Folds a column, or unfolds it.
    pub fn turn(&mut self, id: NodeId) {
        if !self.turned.remove(&id) {
            self.turned.insert(id);
        }
    }
}

/// How a cell came to its number, as far as a mark in the cell says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    None,
    Typed,
    Locked,
}

/// The columns of a tree as far as they unfold, parents before their parts.
pub fn columns(outcome: &Outcome, dimension: Dimension, unfolded: &Unfolded) -> Vec<Column> {
    let layout = &outcome.division(dimension).layout;
    let mut columns = Vec::new();
    let mut position = 0;
    while position < layout.len() {
        let (id, depth, is_leaf) = (layout.id(position), layout.depth(position), layout.is_leaf(position));
        let is_folded = !is_leaf && !unfolded.shows_parts(id, depth);
        columns.push(Column { id, position, depth, is_leaf, is_folded });
        position = if is_folded { layout.end(position) } else { position + 1 };
    }
    columns
}

/// The amount of a cell.
pub fn amount(outcome: &Outcome, pair: Pair, row: usize, column: usize) -> i64 {
    outcome.cell(pair, row, column).unwrap_or(0)
}

/// The units of a row in a column: of its node, or of what its node hands out less than it has.
pub fn units(outcome: &Outcome, pair: Pair, row: Row, column: usize) -> i64 {
    let own = amount(outcome, pair, row.position, column);
    if !row.is_rest {
        return own;
    }
    let parts = outcome.division(pair.rows()).layout.children(row.position);
    own - parts.into_iter().map(|part| amount(outcome, pair, part, column)).sum::<i64>()
}

/// How much more than last year a cell has, in hundredths of a percent.
pub fn last_year_growth(plan: &Plan, outcome: &Outcome, pair: Pair, row: usize, column: usize) -> Option<i64> {
    let before = last_year(plan, outcome, pair, row, column)?;
    growth(amount(outcome, pair, row, column), before.units())
}

/// Last year's figure of a cell, where one is known: of a row's whole, and of a column's whole.
pub fn last_year(plan: &Plan, outcome: &Outcome, pair: Pair, row: usize, column: usize) -> Option<Amount> {
    match (row, column) {
        (0, 0) => outcome.last_year(plan),
        (_, 0) => outcome.division(pair.rows()).last_year[row],
        (0, _) => outcome.division(pair.columns()).last_year[column],
        _ => None,
    }
}

/// The shares that the children of a node have of it, in hundredths of a percent, by position. They total 100.00, or what
/// their parent hands out of all that it has: the last hundredths go to the largest remainders. Nothing where it has nothing.
pub fn shares_of_parent(outcome: &Outcome, dimension: Dimension, parent: usize) -> BTreeMap<usize, i64> {
    let division = outcome.division(dimension);
    let children = division.layout.children(parent);
    let weights: Vec<u64> = children.iter().map(|it| division.amounts[*it].unsigned_abs()).collect();
    if weights.iter().all(|weight| *weight == 0) {
        return BTreeMap::new();
    }
    let handed = basis_points(division.handed[parent], division.amounts[parent]).unwrap_or(10_000);
    children.into_iter().zip(apportion(handed, &weights, Rounding::LargestRemainder)).collect()
}

/// A node's share of its parent. The whole is its own.
pub fn share_of_parent(outcome: &Outcome, dimension: Dimension, position: usize) -> Option<i64> {
    let division = outcome.division(dimension);
    if position == 0 {
        return Some(10_000).filter(|_| division.amounts[0] != 0);
    }
    shares_of_parent(outcome, dimension, division.layout.parent(position)).get(&position).copied()
}

/// The largest amount of each depth of the columns, the whole's row aside: what the tint is measured against. A part is at
/// most its whole, so that the largest lie right below the root.
pub fn largest(outcome: &Outcome, pair: Pair, columns: &[Column]) -> Vec<i64> {
    let deepest = columns.iter().map(|it| it.depth).max().unwrap_or(0);
    let rows = outcome.division(pair.rows()).layout.children(0);
    let mut largest = vec![0; deepest + 1];
    for column in columns {
        let most = rows.iter().map(|row| amount(outcome, pair, *row, column.position)).max().unwrap_or(0);
        largest[column.depth] = most.max(largest[column.depth]);
    }
    largest
}

/// The mark of a cell.
pub fn mark(plan: &Plan, at: At) -> Mark {
    use crate::engine::breakback::{lock_at, typed_at};
    match (lock_at(plan, at), typed_at(plan, at)) {
        (Some(_), _) => Mark::Locked,
        (None, Some(_)) => Mark::Typed,
        (None, None) => Mark::None,
    }
}

/// What the chosen cells come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub sum: Amount,
    /// Rounded to the smallest unit, half away from zero.
    pub average: Amount,
    pub count: usize,
}

impl Tally {
    pub fn of(amounts: impl Iterator<Item = Amount>) -> Tally {
        let (mut sum, mut count) = (0_i128, 0_usize);
        for amount in amounts {
            sum += i128::from(amount.units());
            count += 1;
        }
        let whole = (count as i128).max(1);
        let average = sum / whole + if whole <= 2 * (sum % whole).abs() { (sum % whole).signum() } else { 0 };
        let amount = |it: i128| Amount::from_units(i64::try_from(it).unwrap_or(i64::MAX));
        Tally { sum: amount(sum), average: amount(average), count }
    }
}

/// How many numbers somebody locked.
pub fn locks(plan: &Plan) -> usize {
    let nodes = |dimension| plan.tree(dimension).nodes.values().filter(|node| node.lock.is_some()).count();
    let cells = plan.cells.iter().filter(|(_, cell)| cell.lock.is_some()).count();
    Dimension::ALL.into_iter().map(nodes).sum::<usize>() + cells
}
