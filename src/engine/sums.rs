//! The promise checked: every part sums to its whole, in every tree and in every table, at every node of both. Where a node
//! hands out more or less than it has, the parts and that difference do.
//!
//! After an edit whatever was computed again is added up again; a sum of numbers none of which is new still holds if it held.

use std::collections::BTreeSet;

use super::cascade::Division;
use super::crossing::Table;
use super::layout::Layout;
use crate::order::gathered;
use crate::plan::{Dimension, NodeId, Pair};

/// How many sums there are, each added up since its numbers were last computed, and which do not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub checked: usize,
    pub broken: Vec<Broken>,
}

/// A whole that its parts do not sum to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    Tree { dimension: Dimension, node: NodeId },
    Table { pair: Pair, row: NodeId, column: NodeId },
}

impl Sums {
    pub fn hold(&self) -> bool {
        self.broken.is_empty()
    }

    fn check(&mut self, holds: bool, broken: Broken) {
        self.checked += 1;
        if !holds {
            self.broken.push(broken);
        }
    }

    /// What was added up in several parts.
    pub(super) fn together<'a>(parts: impl Iterator<Item = &'a Sums>) -> Sums {
        parts.fold(Sums::default(), |mut all, part| {
            all.checked += part.checked;
            all.broken.extend(&part.broken);
            all
        })
    }
}

/// Adds up everything in a tree.
pub(super) fn of_tree(division: &Division) -> Sums {
    let mut sums = Sums::default();
    let inner = (0..division.layout.len()).filter(|position| !division.layout.is_leaf(*position));
    for position in inner {
        let broken = Broken::Tree { dimension: division.dimension, node: division.layout.id(position) };
        sums.check(node_holds(division, position), broken);
    }
    sums
}

/// Adds up the parts of these nodes again. Of the others nothing is new, so that what held before holds.
pub(super) fn of_tree_again(division: &Division, before: &Sums, parents: &[usize]) -> Sums {
    let hold = before.hold() && parents.iter().all(|position| node_holds(division, *position));
    if hold { before.clone() } else { of_tree(division) }
}

fn node_holds(division: &Division, position: usize) -> bool {
    let parts: i64 = division.layout.children(position).iter().map(|child| division.amounts[*child]).sum();
    parts == division.handed[position]
}

/// Adds up everything in a table.
pub(super) fn of_table(table: &Table, rows: &Division, columns: &Layout) -> Sums {
    let mut sums = Sums::default();
    let inner = |layout: &Layout| (0..layout.len()).filter(|at| !layout.is_leaf(*at)).collect::<Vec<usize>>();
    for row in inner(&rows.layout) {
        check_parts_of_row(&mut sums, table, rows, columns, row);
    }
    let inner_columns: Vec<(usize, Vec<usize>)> =
        inner(columns).into_iter().map(|at| (at, columns.children(at))).collect();
    for (column, children) in &inner_columns {
        for row in 0..rows.layout.len() {
            check_parts_of_cell(&mut sums, table, (&rows.layout, columns), (row, *column), children);
        }
    }
    sums
}

/// Adds up these rows again, and what they are parts of. Of the others nothing is new, so that what held before holds.
pub(super) fn of_table_again(
    table: &Table,
    rows: &Division,
    columns: &Layout,
    before: &Sums,
    changed: &[usize],
) -> Sums {
    let layout = &rows.layout;
    let mut sums = Sums::default();
    let wholes: BTreeSet<usize> = gathered(changed.iter().flat_map(|row| [*row, layout.parent(*row)]));
    for row in wholes.into_iter().filter(|row| !layout.is_leaf(*row)) {
        check_parts_of_row(&mut sums, table, rows, columns, row);
    }
    for column in (0..columns.len()).filter(|column| !columns.is_leaf(*column)) {
        let children = columns.children(column);
        for row in changed {
            check_parts_of_cell(&mut sums, table, (layout, columns), (*row, column), &children);
        }
    }
    if before.hold() && sums.hold() { before.clone() } else { of_table(table, rows, columns) }
}

/// What the children of a row have in each column comes to what it has there.
fn check_parts_of_row(sums: &mut Sums, table: &Table, rows: &Division, columns: &Layout, row: usize) {
    let broken =
        |column: usize| Broken::Table { pair: table.pair, row: rows.layout.id(row), column: columns.id(column) };
    let mut parts = vec![0_i64; columns.len()];
    for child in rows.layout.children(row) {
        parts.iter_mut().zip(table.row(child)).for_each(|(sum, cell)| *sum += cell);
    }
    // What a node hands out more or less than it has is the same over its year, and over the parts of that.
    let over = rows.handed[row] - rows.amounts[row];
    let more: Vec<i64> = parts.iter().zip(table.row(row)).map(|(parts, whole)| parts - whole).collect();
    let of_leaves =
        || more.iter().enumerate().filter(|(column, _)| columns.is_leaf(*column)).map(|(_, more)| more).sum::<i64>();
    for (column, more) in more.iter().enumerate() {
        // Where it is nothing, it is nothing in each of them; else it is told of the year. As many sums either way: how many
        // there are never depends on the numbers.
        let holds = match (over, column) {
            (0, _) => *more == 0,
            (_, 0) => over == of_leaves(),
            _ => true,
        };
        sums.check(holds, broken(column));
    }
}

/// What a row has in the parts of a column comes to what it has there.
fn check_parts_of_cell(
    sums: &mut Sums,
    table: &Table,
    (rows, columns): (&Layout, &Layout),
    (row, column): (usize, usize),
    children: &[usize],
) {
    let cells = table.row(row);
    let parts: i64 = children.iter().map(|child| cells[*child]).sum();
    let broken = Broken::Table { pair: table.pair, row: rows.id(row), column: columns.id(column) };
    sums.check(parts == cells[column], broken);
}
