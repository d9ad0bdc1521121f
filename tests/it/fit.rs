//! Laws of tables whose rows and columns both have prescribed sums.
#![allow(clippy::float_arithmetic, reason = "real numbers are what whole ones are held against")]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use sextant::engine::{Block, NO_CAP, Scaling, fit_bounded, fit_product};

use crate::laws::config;

/// A cell that some table has, and the room that its bounds leave below and above it.
type Cell = (i64, Option<i64>, Option<i64>);

fn cells(most: i64) -> impl Strategy<Value = Vec<Vec<Cell>>> {
    let size = prop_oneof![1 => Just(0), 4 => 0..20_i64, 4 => 0..most];
    let cell = (size, option::weighted(0.2, 0..most), option::weighted(0.2, 0..most));
    (1..9_usize).prop_flat_map(move |width| vec(vec(cell.clone(), width), 1..9))
}

/// The margins of the cells, and bounds in which at least those cells fit.
fn block(cells: &[Vec<Cell>]) -> Block {
    let row = |row: &Vec<Cell>| row.iter().map(|it| it.0).sum();
    let column = |at: usize| cells.iter().map(|row| row[at].0).sum();
    let each = || cells.iter().flatten();
    Block {
        rows: cells.iter().map(row).collect(),
        columns: (0..cells[0].len()).map(column).collect(),
        floors: each().map(|(cell, below, _)| below.map_or(0, |by| (cell - by).max(0))).collect(),
        caps: each().map(|(cell, _, above)| above.map_or(NO_CAP, |by| cell + by)).collect(),
        percents: Vec::new(),
    }
}

fn margins_hold(block: &Block, cells: &[i64]) -> bool {
    let width = block.columns.len();
    let column = |at: usize| cells.iter().skip(at).step_by(width).sum::<i64>();
    cells.chunks(width).map(|row| row.iter().sum::<i64>()).eq(block.rows.iter().copied())
        && (0..width).map(column).eq(block.columns.iter().copied())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_table_that_fits_somehow_is_fitted(cells in cells(1_000_000_000)) {
        let block = block(&cells);
        let fitted = fit_bounded(&block);
        let Some(fitted) = fitted else { return Err(TestCaseError::fail(format!("nothing for {block:?}"))) };
        prop_assert!(margins_hold(&block, &fitted), "{fitted:?} of {block:?}");
        let inside = |at: usize| block.floors[at] <= fitted[at] && fitted[at] <= block.caps[at];
        prop_assert!((0..fitted.len()).all(inside), "{fitted:?} of {block:?}");
    }

    #[test]
    fn without_bounds_a_cell_is_its_share_rounded_down_or_up(cells in cells(1_000_000_000)) {
        let block = block(&cells);
        let whole = block.rows.iter().copied().map(i128::from).sum::<i128>();
        let fitted = fit_product(&block.rows, &block.columns);
        prop_assert!(margins_hold(&block, &fitted), "{fitted:?} of {block:?}");
        for (at, cell) in fitted.iter().enumerate() {
            let (row, column) = (block.rows[at / block.columns.len()], block.columns[at % block.columns.len()]);
            let off = i128::from(*cell) * whole - i128::from(row) * i128::from(column);
            prop_assert!(off.abs() < whole.max(1), "{cell} for {row} x {column} of {whole}");
        }
    }

    /// What makes it the table nearest in proportion: any two rows are in one proportion wherever both are open.
    #[test]
    fn open_cells_are_a_row_factor_times_a_column_factor(cells in cells(1_000_000)) {
        // Every fifth cell or so is held at what it is; the others know no bound.
        let held: Vec<Vec<Cell>> =
            cells.iter().map(|row| row.iter().map(|(cell, below, _)| (*cell, below.map(|_| 0), below.map(|_| 0))).collect()).collect();
        let block = block(&held);
        let width = block.columns.len();
        let Some(fit) = Scaling::of(&block).fitted() else { return Ok(()) };
        let is_open = |at: usize| block.floors[at] < block.caps[at];
        for (at, cell) in fit.cells.iter().enumerate() {
            prop_assert!(0.0 <= *cell && (is_open(at) || *cell <= 0.0), "{cell} at {at} of {block:?}");
        }
        let total: i64 = block.rows.iter().sum();
        let all: Vec<f64> = fit.cells.iter().zip(&block.floors).map(|(cell, floor)| if 0.0 < *cell { *cell } else { *floor as f64 }).collect();
        for (row, cells) in block.rows.iter().zip(all.chunks(width)) {
            prop_assert!((cells.iter().sum::<f64>() - *row as f64).abs() <= 1e-9 * total as f64, "{row} of {block:?}");
        }
        for (at, column) in block.columns.iter().enumerate() {
            let sum: f64 = all.iter().skip(at).step_by(width).sum();
            prop_assert!((sum - *column as f64).abs() <= 1e-9 * total as f64, "{column} of {block:?}");
        }
        let places = 0..fit.cells.len();
        for (one, other) in places.clone().flat_map(|one| places.clone().map(move |other| (one, other))) {
            let (across, down) = (one / width * width + other % width, other / width * width + one % width);
            if [one, other, across, down].into_iter().all(is_open) {
                let (left, right) = (fit.cells[one] * fit.cells[other], fit.cells[across] * fit.cells[down]);
                prop_assert!((left - right).abs() <= 1e-9 * left.max(right), "{left} and {right} of {block:?}");
            }
        }
    }
}
