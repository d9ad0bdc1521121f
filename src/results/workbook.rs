//! A sheet of a workbook: all rows and columns of two trees, and which of its numbers are sums of which others. Whoever gets
//! the workbook can have it added up again.

use super::arrange::Arranged;
use super::sheet::{self, Column, Row, Unfolded};
use crate::engine::Outcome;
use crate::plan::{Dimension, Pair, Plan};

/// More cells than these are slow to open, and are left out one tree at a time.
const MOST_CELLS: usize = 400_000;
/// Of things across; time has fewer.
const MOST_COLUMNS: usize = 500;
/// Months lie so deep in the year.
const MONTHS: usize = 2;

/// Where the number of a cell comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made<'a> {
    Given,
    /// The sum of these columns of its row.
    Across(&'a [usize]),
    /// The sum of these rows of its column.
    Down(&'a [usize]),
}

/// Two trees, unfolded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrolled {
    pub pair: Pair,
    pub rows: Vec<Row>,
    pub columns: Vec<Column>,
    parts_of_rows: Vec<Vec<usize>>,
    parts_of_columns: Vec<Vec<usize>>,
}

/// The tables that a workbook has: of every tree that is divided, over time; and of every two that are divided,
/// against each other.
pub fn pairs(plan: &Plan) -> Vec<Pair> {
    let is_divided = |it: &Pair| match it.columns() {
        Dimension::Time => it.rows() == Dimension::Organisation || plan.tree(it.rows()).is_divided(),
        _ => plan.is_crossed(*it),
    };
    Pair::ALL.into_iter().filter(is_divided).collect()
}

impl Unrolled {
    /// Without weeks where these would make too many cells. None where there are too many all the same.
    pub fn of(outcome: &Outcome, pair: Pair) -> Option<Unrolled> {
        let rows = Arranged::default().rows(outcome, pair.rows());
        let fits = |it: &Vec<Column>| {
            it.len().saturating_mul(rows.len()) <= MOST_CELLS && (it.len() <= MOST_COLUMNS || pair.is_over_time())
        };
        let to = |depth: usize| sheet::columns(outcome, pair.columns(), &Unfolded::to(depth));
        let months = || pair.is_over_time().then(|| to(MONTHS));
        let columns = Some(to(usize::MAX)).filter(fits).or_else(months)?;
        let parts_of_rows = parts(rows.iter().map(|it| it.depth));
        let parts_of_columns = parts(columns.iter().map(|it| it.depth));
        Some(Unrolled { pair, rows, columns, parts_of_rows, parts_of_columns })
    }

    pub fn units(&self, outcome: &Outcome, row: usize, column: usize) -> i64 {
        sheet::units(outcome, self.pair, self.rows[row], self.columns[column].position)
    }

    /// Across where the column has parts, else down.
    pub fn made(&self, row: usize, column: usize) -> Made<'_> {
        match (self.parts_of_columns[column].as_slice(), self.parts_of_rows[row].as_slice()) {
            ([], []) => Made::Given,
            ([], rows) => Made::Down(rows),
            (columns, _) => Made::Across(columns),
        }
    }

    /// The rows that a row is the sum of.
    pub fn parts(&self, row: usize) -> &[usize] {
        &self.parts_of_rows[row]
    }

    /// The row that a row is a part of. None for the whole.
    pub fn above(&self, row: usize) -> Option<usize> {
        let depth = self.rows[row].depth;
        (0..row).rev().find(|it| self.rows[*it].depth < depth)
    }
}

/// By place, the places of the parts: what follows, one level deeper, until something lies as high.
fn parts(depths: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let mut path: Vec<(usize, usize)> = Vec::new();
    for (place, depth) in depths.enumerate() {
        parts.push(Vec::new());
        while path.last().is_some_and(|(_, it)| depth <= *it) {
            path.pop();
        }
        if let Some((parent, _)) = path.last() {
            parts[*parent].push(place);
        }
        path.push((place, depth));
    }
    parts
}
