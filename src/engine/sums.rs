//! The promise checked: every part sums to its whole, in every tree and in every table, at every node of both. Where a node
//! hands out more or less than it has, the parts and that difference do.

use super::Outcome;
use super::cascade::Division;
use super::crossing::Table;
use super::layout::Layout;
use crate::plan::{Dimension, NodeId, Pair};

/// How many sums were added up again, and which do not hold.
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
}

/// Adds up everything in an outcome.
pub fn check(outcome: &Outcome) -> Sums {
    let mut sums = Sums::default();
    for division in outcome.divisions() {
        check_tree(&mut sums, division);
    }
    for table in outcome.tables() {
        let (rows, columns) = (outcome.division(table.pair.rows()), outcome.division(table.pair.columns()));
        check_table(&mut sums, table, rows, &columns.layout);
    }
    sums
}

fn check_tree(sums: &mut Sums, division: &Division) {
    let layout = &division.layout;
    for position in (0..layout.len()).filter(|position| !layout.is_leaf(*position)) {
        let parts: i64 = layout.children(position).iter().map(|child| division.amounts[*child]).sum();
        let broken = Broken::Tree { dimension: division.dimension, node: layout.id(position) };
        sums.check(parts == division.handed[position], broken);
    }
}

fn check_table(sums: &mut Sums, table: &Table, division: &Division, columns: &Layout) {
    let rows = &division.layout;
    let inner = |layout: &Layout| {
        (0..layout.len()).filter(|at| !layout.is_leaf(*at)).map(|at| (at, layout.children(at))).collect::<Vec<_>>()
    };
    let broken =
        |row: usize, column: usize| Broken::Table { pair: table.pair, row: rows.id(row), column: columns.id(column) };
    for (row, children) in inner(rows) {
        // What a node hands out more or less than it has is the same over its year, and over the parts of that.
        let over = division.handed[row] - division.amounts[row];
        let mut overs = 0;
        for column in 0..columns.len() {
            let parts: i64 = children.iter().map(|child| table.get(*child, column)).sum();
            let more = parts - table.get(row, column);
            overs += if columns.is_leaf(column) { more } else { 0 };
            sums.check(more == 0 || over != 0, broken(row, column));
        }
        sums.check(overs == over, broken(row, 0));
    }
    for (column, children) in inner(columns) {
        for row in 0..rows.len() {
            let parts: i64 = children.iter().map(|child| table.get(row, *child)).sum();
            sums.check(parts == table.get(row, column), broken(row, column));
        }
    }
}
