//! The heat of a sheet: one level of its rows against one of its columns, every cell of them, and where it is heaviest.

use super::cut::{Piece, cut, deepest};
use super::sheet::amount;
use crate::engine::Outcome;
use crate::plan::Pair;

/// So many rows and columns, and no more, are a picture.
const MOST_ROWS: usize = 16;
const MOST_COLUMNS: usize = 13;

/// The cells that are drawn, exact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heat {
    pub rows: Vec<Piece>,
    pub columns: Vec<Piece>,
    /// By row, and in it by column.
    pub cells: Vec<Vec<i64>>,
    /// What each row has in all.
    pub sums: Vec<i64>,
    /// What the whole has in each column, and in all.
    pub wholes: Vec<i64>,
    pub total: i64,
}

impl Heat {
    /// The heat of a sheet whose columns unfold to a depth. Rows are as deep as they fit.
    pub fn of(outcome: &Outcome, pair: Pair, depth: usize) -> Heat {
        let rows = deepest(outcome, pair.rows(), usize::MAX, MOST_ROWS);
        let columns = deepest(outcome, pair.columns(), depth.max(1), MOST_COLUMNS);
        let rows = cut(outcome, pair.rows(), rows, MOST_ROWS);
        let columns = cut(outcome, pair.columns(), columns, MOST_COLUMNS);
        let cell = |row: &Piece, column: &Piece| row.sum(|row| column.sum(|column| amount(outcome, pair, row, column)));
        Heat {
            cells: rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect(),
            sums: rows.iter().map(|row| row.sum(|row| amount(outcome, pair, row, 0))).collect(),
            wholes: columns.iter().map(|column| column.sum(|column| amount(outcome, pair, 0, column))).collect(),
            total: amount(outcome, pair, 0, 0),
            rows,
            columns,
        }
    }

    /// All cells, row by row.
    pub fn amounts(&self) -> Vec<i64> {
        self.cells.concat()
    }

    /// Whether a cell is of one row and one column. Many in one would dwarf all others.
    pub fn is_single(&self, row: usize, column: usize) -> bool {
        self.rows[row].id.is_some() && self.columns[column].id.is_some()
    }

    /// The cells of one row and one column, row by row: where each is, and its amount.
    pub fn single(&self) -> Vec<((usize, usize), i64)> {
        let places = (0..self.rows.len()).flat_map(|row| (0..self.columns.len()).map(move |column| (row, column)));
        let single = places.filter(|(row, column)| self.is_single(*row, *column));
        single.map(|(row, column)| ((row, column), self.cells[row][column])).collect()
    }

    /// The heaviest of these.
    pub fn largest(&self) -> i64 {
        self.single().into_iter().map(|(_, amount)| amount).max().unwrap_or(0)
    }

    /// What the whole has and none of the rows, by column and in all: what is handed out less, or more, than there is.
    pub fn rest(&self) -> (Vec<i64>, i64) {
        let handed = |at: usize| self.cells.iter().map(|row| row[at]).sum::<i64>();
        let rest = self.wholes.iter().enumerate().map(|(at, whole)| whole - handed(at)).collect();
        (rest, self.total - self.sums.iter().sum::<i64>())
    }
}
