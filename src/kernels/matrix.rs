//! A table whose rows and columns both have prescribed sums: fitted in proportion, then rounded so that both hold exactly.
//!
//! Without bounds the fit is the product of the margins, in integers from end to end. With bounds it is found by iterative
//! proportional fitting in its scaling form, where each sweep solves for one factor a row or column under the bounds
//! (scaling an already clamped table would reach the margins too, but lose the proportions). Floats serve here only to
//! say where a cell should lie; which whole number it becomes, and that the margins hold, is decided in integers (`rounding`).

use super::apportion::quotas;
use super::rounding::{self, Rests};

/// A table to be filled. `floors` and `caps` are in row order, one a cell.
#[derive(Clone, Debug, Default)]
pub struct Block {
    pub rows: Vec<i64>,
    pub columns: Vec<i64>,
    pub floors: Vec<i64>,
    pub caps: Vec<i64>,
    /// What single cells are of their rows before the table is fitted, in millionths of a percent, by their places; the
    /// others what their columns are of all.
    pub percents: Vec<(usize, u64)>,
}

/// A hundred percent, as a block counts.
const WHOLE: u64 = 100_000_000;

/// The table in proportion to its margins. They are not negative and have the same sum.
pub fn product(rows: &[i64], columns: &[i64]) -> Vec<i64> {
    let weights: Vec<u64> = columns.iter().map(|column| column.unsigned_abs()).collect();
    let (width, many) = (columns.len().max(1), rows.len() * columns.len());
    let mut floors = vec![0; many];
    let mut rests = Rests { each: vec![0; many], one: weights.iter().sum() };
    let of_rows = floors.chunks_exact_mut(width).zip(rests.each.chunks_exact_mut(width));
    for (row, (floors, each)) in rows.iter().zip(of_rows) {
        quotas(*row, rests.one, &weights, floors, each);
    }
    let settled = rounding::settled(rows, columns, &floors, &rests);
    if settled.columns_hold {
        return settled.above(floors);
    }
    let mut cells = settled.above(floors.clone());
    let caps = floors.iter().zip(&rests.each).map(|(floor, rest)| floor + i64::from(0 < *rest)).collect();
    let near = Block { rows: rows.to_vec(), columns: columns.to_vec(), floors, caps, percents: Vec::new() };
    rounding::flow(&near, &mut cells);
    cells
}

/// The table within bounds that is nearest in proportion to the product of its margins. None if no table has these
/// margins within these bounds.
pub fn bounded(block: &Block) -> Option<Vec<i64>> {
    let block = &narrowed(block)?;
    // Most bounds are single cells that are held, or that stay empty. If no other one binds, the rest of the table is scaled
    // without a thought of them, at a fraction of the cost; that some table is possible then shows by itself.
    if let Some(cells) = scaled(block).and_then(|cells| rounded(block, &cells)) {
        return Some(cells);
    }
    if is_filled(block) { rounded(block, &clamped(block)) } else { None }
}

/// Whole units near to where each cell should lie. None if the margins cannot be made.
fn rounded(block: &Block, cells: &[Real]) -> Option<Vec<i64>> {
    let (floors, mut rests) = floored(block, cells);
    // One more, so that nothing is left to those that are at their caps.
    for ((rest, floor), cap) in rests.each.iter_mut().zip(&floors).zip(&block.caps) {
        *rest = if floor < cap { *rest + 1 } else { 0 };
    }
    let mut cells = rounding::settled(&block.rows, &block.columns, &floors, &rests).above(floors);
    // Where the fit was not finished, a unit a cell is not enough.
    rounding::fill_rows(block, &mut cells);
    rounding::flow(block, &mut cells);
    (rounding::rows_hold(block, &cells) && rounding::columns_hold(block, &cells)).then_some(cells)
}

/// Some table has these margins within these bounds. Far cheaper than to find the best one.
pub fn is_possible(block: &Block) -> bool {
    narrowed(block).is_some_and(|block| is_filled(&block))
}

/// The block, its caps lowered to what its margins allow anyway. None where already a row or a column has too high floors.
fn narrowed(block: &Block) -> Option<Block> {
    let width = block.width().max(1);
    // 1. No cell takes more than its row and its column have.
    let mut caps = Vec::with_capacity(block.caps.len());
    for (row, of_row) in block.rows.iter().zip(block.caps.chunks(width)) {
        caps.extend(of_row.iter().zip(&block.columns).map(|(cap, column)| *cap.min(row).min(column)));
    }
    // 2. What the floors take from each margin.
    let mut columns: Vec<i128> = block.columns.iter().map(|it| i128::from(*it)).collect();
    let mut fits = block.floors.iter().zip(&caps).all(|(floor, cap)| floor <= cap);
    for (row, floors) in block.rows.iter().zip(block.floors.chunks(width)) {
        fits &= floors.iter().map(|it| i128::from(*it)).sum::<i128>() <= i128::from(*row);
        for (column, floor) in columns.iter_mut().zip(floors) {
            *column -= i128::from(*floor);
        }
    }
    fits &= columns.iter().all(|left| 0 <= *left);
    fits.then(|| Block { caps, ..block.clone() })
}

/// Some table fills the block. Decided in integers, by a flow from columns that have too much to columns that have too
/// little.
fn is_filled(block: &Block) -> bool {
    let width = block.width();
    let total: i128 = block.columns.iter().map(|it| i128::from(*it)).sum::<i128>().max(1);
    let share = |at: usize| (i128::from(block.rows[at / width]) * i128::from(block.columns[at % width]) / total) as i64;
    let mut cells: Vec<i64> =
        (0..block.floors.len()).map(|at| share(at).clamp(block.floors[at], block.caps[at])).collect();
    rounding::fill_rows(block, &mut cells);
    rounding::flow(block, &mut cells);
    rounding::rows_hold(block, &cells) && rounding::columns_hold(block, &cells)
}

impl Block {
    pub(crate) fn width(&self) -> usize {
        self.columns.len()
    }

    pub(crate) fn row_sum(&self, cells: &[i64], row: usize) -> i64 {
        cells[row * self.width()..(row + 1) * self.width()].iter().sum()
    }
}

mod kernel {
    //! The one place where cells are floats: where each should lie before it is rounded.
    #![allow(clippy::float_arithmetic, reason = "a numeric kernel: no float leaves it as money")]

    use super::{Block, Rests, WHOLE};

    /// A cell before it is rounded.
    pub type Real = f64;

    const SWEEPS: usize = 1_000;
    /// A table that needs more is fitted under its bounds.
    const SCALINGS: usize = 200;
    const CLOSE: f64 = 1e-13;
    const HAIR: f64 = 1e-6;
    /// How finely the part of a cell below one unit is told.
    const GRAIN: u64 = 1 << 40;

    /// Before scaling, cells are as the product of the margins has them.
    fn seeds(block: &Block) -> Vec<f64> {
        let total = total(block);
        let mut seeds = Vec::with_capacity(block.rows.len() * block.columns.len());
        for row in &block.rows {
            let share = *row as f64 / total;
            seeds.extend(block.columns.iter().map(|column| share * *column as f64));
        }
        for (place, percent) in &block.percents {
            seeds[*place] = block.rows[*place / block.columns.len()] as f64 * of_one(*percent);
        }
        seeds
    }

    fn of_one(percent: u64) -> f64 {
        percent as f64 / WHOLE as f64
    }

    fn total(block: &Block) -> f64 {
        block.columns.iter().map(|it| *it as f64).sum::<f64>().max(1.0)
    }

    /// The cells of a table that are not held, and what the held ones leave of its margins. Public for whoever times or checks
    /// how they are fitted; what comes of it is real numbers, and no money.
    pub struct Scaling {
        /// What a cell is in proportion to its margins: one, as far as nobody says otherwise, and nothing where it is held.
        cells: Vec<f64>,
        rows: Vec<f64>,
        columns: Vec<f64>,
        /// Where the factors of the columns begin: as in the product of the margins.
        start: Vec<f64>,
    }

    /// Cells that were fitted, and how often the table was read for that.
    pub struct Scaled {
        pub cells: Vec<Real>,
        pub sweeps: usize,
    }

    impl Scaling {
        pub fn of(block: &Block) -> Scaling {
            let width = block.width().max(1);
            let (mut rows, mut columns) = (block.rows.clone(), block.columns.clone());
            let mut cells = vec![0.0; block.floors.len()];
            let bounds = block.floors.chunks(width).zip(block.caps.chunks(width));
            for ((row, cells), (floors, caps)) in rows.iter_mut().zip(cells.chunks_mut(width)).zip(bounds) {
                let mut left = *row;
                let of_row = cells.iter_mut().zip(&mut columns).zip(floors.iter().zip(caps));
                for ((cell, column), (floor, cap)) in of_row {
                    let is_open = floor < cap;
                    let held = if is_open { 0 } else { *floor };
                    (left, *column) = (left - held, *column - held);
                    *cell = f64::from(u8::from(is_open));
                }
                *row = left;
            }
            for (place, percent) in &block.percents {
                cells[*place] *= ratio(1.0, block.columns[*place % width] as f64) * of_one(*percent) * total(block);
            }
            let real = |margins: &[i64]| margins.iter().map(|it| *it as f64).collect();
            Scaling { cells, rows: real(&rows), columns: real(&columns), start: real(&block.columns) }
        }

        /// Open cells that are in proportion to these numbers besides their margins.
        pub fn seeded(seeds: &[Real], block: &Block) -> Scaling {
            let mut scaling = Scaling::of(block);
            scaling.cells.iter_mut().zip(seeds).for_each(|(cell, seed)| *cell *= seed);
            scaling
        }

        /// Iterative proportional fitting: cell = row factor * column factor, found in turns. One reading of the table a
        /// sweep: each row is scaled, and adds to the sums of the columns at once. None if that does not come to an end.
        pub fn fitted(&self) -> Option<Scaled> {
            let width = self.columns.len().max(1);
            let close = CLOSE * self.start.iter().sum::<f64>().max(1.0);
            let (mut rows, mut columns) = (vec![0.0; self.rows.len()], self.start.clone());
            for sweep in 1..=SCALINGS {
                let mut sums = vec![0.0; columns.len()];
                for ((factor, row), cells) in rows.iter_mut().zip(&self.rows).zip(self.cells.chunks(width)) {
                    *factor = ratio(*row, dot(cells, &columns));
                    add(&mut sums, cells, *factor);
                }
                let mut worst: f64 = 0.0;
                for (factor, (column, sum)) in columns.iter_mut().zip(self.columns.iter().zip(&sums)) {
                    worst = worst.max((sum * *factor - column).abs());
                    *factor = ratio(*column, *sum);
                }
                if worst < close {
                    return Some(Scaled { cells: self.scaled(&rows, &columns), sweeps: sweep });
                }
            }
            None
        }

        fn scaled(&self, rows: &[f64], columns: &[f64]) -> Vec<f64> {
            let mut cells = Vec::with_capacity(self.cells.len());
            for (row, of_row) in rows.iter().zip(self.cells.chunks(columns.len().max(1))) {
                cells.extend(of_row.iter().zip(columns).map(|(cell, column)| cell * row * column));
            }
            cells
        }
    }

    /// The open cells fitted. None where that breaks a bound.
    pub fn scaled(block: &Block) -> Option<Vec<f64>> {
        let mut cells = Scaling::of(block).fitted()?.cells;
        within_bounds(block, &mut cells).then_some(cells)
    }

    /// Brings every cell to its bounds, and says whether all but the held ones were there already.
    fn within_bounds(block: &Block, cells: &mut [f64]) -> bool {
        let slack = CLOSE * total(block);
        let mut within = true;
        for (cell, (floor, cap)) in cells.iter_mut().zip(block.floors.iter().zip(&block.caps)) {
            let kept = kept_within(*cell, *floor as f64, *cap as f64);
            within &= cap <= floor || (kept - *cell).abs() <= slack;
            *cell = kept;
        }
        within
    }

    /// Unlike `f64::clamp` it has no sentence for bounds that cross, nor a part of the page that can print floats.
    fn kept_within(it: f64, floor: f64, cap: f64) -> f64 {
        if it < floor {
            floor
        } else if cap < it {
            cap
        } else {
            it
        }
    }

    fn ratio(margin: f64, sum: f64) -> f64 {
        if 0.0 < sum { margin / sum } else { 0.0 }
    }

    /// Adds so many times the cells, sixteen at once: of a loop as short as this, most would be counting.
    fn add(sums: &mut [f64], cells: &[f64], factor: f64) {
        let ((blocks, few), (of_cells, few_cells)) = (sums.as_chunks_mut::<16>(), cells.as_chunks::<16>());
        for (sums, cells) in blocks.iter_mut().zip(of_cells) {
            sums.iter_mut().zip(cells).for_each(|(sum, cell)| *sum += cell * factor);
        }
        few.iter_mut().zip(few_cells).for_each(|(sum, cell)| *sum += cell * factor);
    }

    /// The sum of products, in eight strands that the processor adds up side by side.
    fn dot(one: &[f64], other: &[f64]) -> f64 {
        let mut strands = [0.0; 8];
        let (ones, others) = (one.chunks_exact(8), other.chunks_exact(8));
        let left: f64 = ones.remainder().iter().zip(others.remainder()).map(|(a, b)| a * b).sum();
        for (ones, others) in ones.zip(others) {
            for (strand, (a, b)) in strands.iter_mut().zip(ones.iter().zip(others)) {
                *strand += a * b;
            }
        }
        strands.iter().sum::<f64>() + left
    }

    /// Iterative proportional fitting under bounds: cell = clamp(seed * row factor * column factor).
    pub(crate) fn clamped(block: &Block) -> Vec<f64> {
        let (height, width) = (block.rows.len(), block.columns.len());
        let total = total(block);
        let seeds = seeds(block);
        let seed = |row: usize, column: usize| seeds[row * width + column];
        let mut row_factors = vec![1.0; height];
        let mut column_factors = vec![1.0; width];
        for _ in 0..SWEEPS {
            for (row, factor) in row_factors.iter_mut().enumerate() {
                let cells =
                    (0..width).map(|column| bound(block, row, column, seed(row, column) * column_factors[column]));
                *factor = level(&cells.collect::<Vec<Bound>>(), block.rows[row] as f64, *factor);
            }
            let mut worst: f64 = 0.0;
            for (column, factor) in column_factors.iter_mut().enumerate() {
                let cells: Vec<Bound> =
                    (0..height).map(|row| bound(block, row, column, seed(row, column) * row_factors[row])).collect();
                let sum: f64 = cells.iter().map(|it| it.at(*factor)).sum();
                worst = worst.max((sum - block.columns[column] as f64).abs() / total);
                *factor = level(&cells, block.columns[column] as f64, *factor);
            }
            if worst < CLOSE {
                break;
            }
        }
        let cell = |row: usize, column: usize| {
            bound(block, row, column, seed(row, column) * column_factors[column]).at(row_factors[row])
        };
        (0..height)
            .flat_map(|row| (0..width).map(move |column| (row, column)))
            .map(|(row, column)| cell(row, column))
            .collect()
    }

    struct Bound {
        weight: f64,
        floor: f64,
        cap: f64,
    }

    impl Bound {
        fn at(&self, level: f64) -> f64 {
            kept_within(self.weight * level, self.floor, self.cap)
        }
    }

    fn bound(block: &Block, row: usize, column: usize, weight: f64) -> Bound {
        let at = row * block.columns.len() + column;
        let weight = if weight.is_finite() { weight } else { f64::MAX.sqrt() };
        Bound { weight, floor: block.floors[at] as f64, cap: block.caps[at].max(block.floors[at]) as f64 }
    }

    /// The level at which the clamped weights sum to the total, by freezing whoever lies outside the bounds. The level of
    /// before where all are frozen.
    fn level(cells: &[Bound], total: f64, before: f64) -> f64 {
        let mut free: Vec<&Bound> = cells.iter().filter(|it| 0.0 < it.weight && it.floor < it.cap).collect();
        let mut rest =
            total - cells.iter().filter(|it| it.weight <= 0.0 || it.cap <= it.floor).map(|it| it.floor).sum::<f64>();
        loop {
            let sum: f64 = free.iter().map(|it| it.weight).sum();
            if free.is_empty() || sum <= 0.0 {
                return before;
            }
            let level = (rest / sum).max(0.0);
            let under: f64 = free.iter().map(|it| (it.floor - it.weight * level).max(0.0)).sum();
            let over: f64 = free.iter().map(|it| (it.weight * level - it.cap).max(0.0)).sum();
            if under <= 0.0 && over <= 0.0 {
                return level;
            }
            let frozen = |it: &Bound| {
                (over <= under && it.weight * level < it.floor) || (under <= over && it.cap < it.weight * level)
            };
            rest -= free.iter().filter(|it| frozen(it)).map(|it| it.at(level)).sum::<f64>();
            let many = free.len();
            free.retain(|it| !frozen(it));
            if free.len() == many {
                return level;
            }
        }
    }

    /// The whole units of each cell, and what it has above them. A cell a hair beside a whole number is that number.
    pub fn floored(block: &Block, cells: &[Real]) -> (Vec<i64>, Rests) {
        let (floors, each) = cells
            .iter()
            .zip(block.floors.iter().zip(&block.caps))
            .map(|(cell, (floor, cap))| {
                let whole = (cell + HAIR) as i64;
                let rest = cell - whole as f64;
                let rest = if rest < HAIR { 0 } else { (rest * GRAIN as f64) as u64 };
                (whole.clamp(*floor, *cap.max(floor)), rest)
            })
            .unzip();
        (floors, Rests { each, one: GRAIN })
    }
}

pub use kernel::Scaling;
pub use kernel::floored;
use kernel::{Real, clamped, scaled};
