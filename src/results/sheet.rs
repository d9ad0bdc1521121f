//! A sheet: two trees that cross, as rows and columns that fold.

use std::collections::BTreeSet;

use super::figure::{basis_points, growth};
use crate::amount::Amount;
use crate::engine::{Outcome, Rounding, apportion};
use crate::plan::{At, Dimension, NodeId, Pair, Plan};

/// What the cells of a sheet show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    Amount,
    /// Of the row's parent in the first column, of the row in the others.
    Share,
    /// Against last year.
    Growth,
}

/// A visible row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: NodeId,
    pub position: usize,
    pub depth: usize,
    pub is_leaf: bool,
    pub is_folded: bool,
}

/// A visible column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    pub id: NodeId,
    pub position: usize,
    pub depth: usize,
    pub is_leaf: bool,
}

/// What a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Amount(Amount),
    /// In hundredths of a percent.
    Percent(i64),
    /// There is nothing to show: no whole, or no last year.
    Nothing,
}

/// How a cell came to its number, as far as a mark in the cell says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    None,
    Typed,
    Locked,
}

/// The rows of a tree, without those below a folded one.
pub fn rows(outcome: &Outcome, dimension: Dimension, folded: &BTreeSet<NodeId>) -> Vec<Row> {
    let layout = &outcome.division(dimension).layout;
    let mut rows = Vec::new();
    let mut position = 0;
    while position < layout.len() {
        let id = layout.id(position);
        let is_leaf = layout.is_leaf(position);
        let is_folded = !is_leaf && folded.contains(&id);
        rows.push(Row { id, position, depth: layout.depth(position), is_leaf, is_folded });
        position = if is_folded { layout.end(position) } else { position + 1 };
    }
    rows
}

/// The columns of a tree down to a depth: the whole, then each level's nodes in order, parents before their parts.
pub fn columns(outcome: &Outcome, dimension: Dimension, depth: usize) -> Vec<Column> {
    let layout = &outcome.division(dimension).layout;
    (0..layout.len())
        .filter(|position| layout.depth(*position) <= depth)
        .map(|position| Column {
            id: layout.id(position),
            position,
            depth: layout.depth(position),
            is_leaf: layout.is_leaf(position),
        })
        .collect()
}

/// The amount of a cell.
pub fn amount(outcome: &Outcome, pair: Pair, row: usize, column: usize) -> i64 {
    outcome.table(pair).map_or(0, |table| table.get(row, column))
}

/// What a cell shows.
pub fn shown(plan: &Plan, outcome: &Outcome, pair: Pair, row: usize, column: usize, show: Show) -> Shown {
    let part = amount(outcome, pair, row, column);
    match show {
        Show::Amount => Shown::Amount(Amount::from_units(part)),
        Show::Share if column == 0 => share_of_parent(outcome, pair.rows(), row).map_or(Shown::Nothing, Shown::Percent),
        Show::Share => basis_points(part, amount(outcome, pair, row, 0)).map_or(Shown::Nothing, Shown::Percent),
        Show::Growth => last_year(plan, outcome, pair, row, column)
            .and_then(|before| growth(part, before.units()))
            .map_or(Shown::Nothing, Shown::Percent),
    }
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

/// A node's share of its parent, in hundredths of a percent. Siblings' shares total 100.00, or what the parent hands out of
/// all that it has, as long as it has anything: the last hundredths go to the largest remainders.
pub fn share_of_parent(outcome: &Outcome, dimension: Dimension, position: usize) -> Option<i64> {
    let division = outcome.division(dimension);
    if position == 0 {
        return Some(10_000).filter(|_| division.amounts[0] != 0);
    }
    let parent = division.layout.parent(position);
    let siblings = division.layout.children(parent);
    let weights: Vec<u64> = siblings.iter().map(|it| division.amounts[*it].unsigned_abs()).collect();
    if weights.iter().all(|weight| *weight == 0) {
        return None;
    }
    let handed = basis_points(division.handed[parent], division.amounts[parent])?;
    let shares = apportion(handed, &weights, Rounding::LargestRemainder);
    siblings.iter().position(|it| *it == position).map(|index| shares[index])
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

/// How strongly a cell is tinted, 0 to 4: its share of the largest cell among those of its kind.
pub fn heat(amount: i64, largest: i64) -> u8 {
    match basis_points(amount, largest).unwrap_or(0) {
        share if share <= 200 => 0,
        share if share < 1_200 => 1,
        share if share < 2_800 => 2,
        share if share < 5_500 => 3,
        _ => 4,
    }
}

/// How many numbers somebody locked.
pub fn locks(plan: &Plan) -> usize {
    let nodes = |dimension| plan.tree(dimension).nodes.values().filter(|node| node.lock.is_some()).count();
    let cells = plan.cells.iter().filter(|(_, cell)| cell.lock.is_some()).count();
    Dimension::ALL.into_iter().map(nodes).sum::<usize>() + cells
}
