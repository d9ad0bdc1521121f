//! A table whose rows and columns both have prescribed sums: fitted in proportion, then rounded so that both hold exactly.
//!
//! Without bounds the fit is the product of the margins, in integers from end to end. With bounds it is found by iterative
//! proportional fitting in its scaling form, where each sweep solves for one factor a row or column under the bounds
//! (scaling an already clamped table would reach the margins too, but lose the proportions). Floats serve here only to
//! say where a cell should lie; which whole number it becomes, and that the margins hold, is decided in integers.
//!
//! Rounding follows controlled rounding (Bacharach 1966; Cox 1987): largest remainder in every row, then units are moved
//! inside rows from columns that have too much to columns that have too little, the cheapest moves first.

use super::apportion::Quotas;

/// A table to be filled. `floors` and `caps` are in row order, one a cell.
#[derive(Clone, Debug)]
pub struct Block {
    pub rows: Vec<i64>,
    pub columns: Vec<i64>,
    pub floors: Vec<i64>,
    pub caps: Vec<i64>,
}

/// Cells before rounding: the whole units below each, and how far each lies above them.
struct Unrounded {
    whole: Vec<i64>,
    /// Of one, in a unit that is the same for all cells of the table.
    rest: Vec<u64>,
    /// One, in that unit.
    one: u64,
}

/// The table in proportion to its margins. They are not negative and have the same sum.
pub fn product(rows: &[i64], columns: &[i64]) -> Vec<i64> {
    let weights: Vec<u64> = columns.iter().map(|column| column.unsigned_abs()).collect();
    let mut start = Unrounded { whole: Vec::new(), rest: Vec::new(), one: weights.iter().sum() };
    let mut cells = Vec::with_capacity(rows.len() * columns.len());
    // 1. Each row by largest remainder: the rows hold.
    for row in rows {
        let quotas = Quotas::of(*row, &weights);
        cells.extend(quotas.rounded());
        start.whole.extend(quotas.whole);
        start.rest.extend(quotas.rests);
    }
    // 2. Units moved inside rows, between the two whole numbers that each cell lies between: the columns hold.
    let floors = start.whole.clone();
    let caps = start.whole.iter().zip(&start.rest).map(|(whole, rest)| whole + i64::from(0 < *rest)).collect();
    let block = Block { rows: rows.to_vec(), columns: columns.to_vec(), floors, caps };
    balance_columns(&block, &start, &mut cells);
    cells
}

/// The table within bounds that is nearest in proportion to the product of its margins. None if no table has these
/// margins within these bounds.
pub fn bounded(block: &Block) -> Option<Vec<i64>> {
    let block = &narrowed(block)?;
    // Most bounds are single cells that are held, or that stay empty. If no other one binds, the rest of the table is scaled
    // without a thought of them, at a fraction of the cost; that some table is possible then shows by itself.
    if let Some(cells) = scaled(block).and_then(|cells| rounded(block, &floor(block, &cells))) {
        return Some(cells);
    }
    if is_filled(block) { rounded(block, &floor(block, &clamped(block))) } else { None }
}

/// Whole units near to where each cell should lie. None if the margins cannot be made.
fn rounded(block: &Block, start: &Unrounded) -> Option<Vec<i64>> {
    let mut cells = start.whole.clone();
    let near = Block {
        floors: start.whole.clone(),
        caps: cells.iter().zip(&block.caps).map(|(whole, cap)| (whole + 1).min(*cap).max(*whole)).collect(),
        ..block.clone()
    };
    round_rows(&near, start, &mut cells);
    fill_rows(block, &mut cells);
    balance_columns(&near, start, &mut cells);
    balance_columns(block, start, &mut cells);
    (rows_hold(block, &cells) && columns_hold(block, &cells)).then_some(cells)
}

/// Some table has these margins within these bounds. Far cheaper than to find the best one.
pub fn is_possible(block: &Block) -> bool {
    narrowed(block).is_some_and(|block| is_filled(&block))
}

/// The block, its caps lowered to what its margins allow anyway. None where already a row or a column has too high floors.
fn narrowed(block: &Block) -> Option<Block> {
    let width = block.width();
    let margin = |at: usize| block.rows[at / width].min(block.columns[at % width]);
    let caps: Vec<i64> = block.caps.iter().enumerate().map(|(at, cap)| (*cap).min(margin(at))).collect();
    let wide = |sum: i128, cell: &i64| sum + i128::from(*cell);
    let row = |at: usize| block.floors[at * width..(at + 1) * width].iter().fold(0, wide);
    let column = |at: usize| block.floors.iter().skip(at).step_by(width).fold(0, wide);
    let fits = block.floors.iter().zip(&caps).all(|(floor, cap)| floor <= cap)
        && (0..block.rows.len()).all(|at| row(at) <= block.rows[at].into())
        && (0..width).all(|at| column(at) <= block.columns[at].into());
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
    fill_rows(block, &mut cells);
    let mut excess = excess(block, &cells);
    flow(block, &mut cells, &mut excess);
    rows_hold(block, &cells) && columns_hold(block, &cells)
}

impl Block {
    fn width(&self) -> usize {
        self.columns.len()
    }

    fn row_sum(&self, cells: &[i64], row: usize) -> i64 {
        cells[row * self.width()..(row + 1) * self.width()].iter().sum()
    }
}

fn rows_hold(block: &Block, cells: &[i64]) -> bool {
    (0..block.rows.len()).all(|row| block.row_sum(cells, row) == block.rows[row])
}

fn columns_hold(block: &Block, cells: &[i64]) -> bool {
    excess(block, cells).iter().all(|by| *by == 0)
}

/// By how much each column is above its sum.
fn excess(block: &Block, cells: &[i64]) -> Vec<i64> {
    let mut excess: Vec<i64> = block.columns.iter().map(|column| -column).collect();
    for row in cells.chunks_exact(block.width().max(1)) {
        for (excess, cell) in excess.iter_mut().zip(row) {
            *excess += cell;
        }
    }
    excess
}

/// Gives each row what it lacks, a unit a cell, to the largest remainders first.
fn round_rows(block: &Block, start: &Unrounded, cells: &mut [i64]) {
    let width = block.width();
    for row in 0..block.rows.len() {
        let lacking = usize::try_from(block.rows[row] - block.row_sum(cells, row)).unwrap_or(0);
        let mut order: Vec<usize> =
            (row * width..(row + 1) * width).filter(|at| cells[*at] < block.caps[*at]).collect();
        if lacking < order.len() {
            // Not in order, but nobody behind this place comes before anybody in front of it.
            order.select_nth_unstable_by_key(lacking, |at| (std::cmp::Reverse(start.rest[*at]), *at));
        }
        for at in order.into_iter().take(lacking) {
            cells[at] += 1;
        }
    }
}

/// Where bounds or an unfinished fit leave more than a unit a cell, any cell takes what its bounds allow.
fn fill_rows(block: &Block, cells: &mut [i64]) {
    let width = block.width();
    for row in 0..block.rows.len() {
        let mut lacking = block.rows[row] - block.row_sum(cells, row);
        for (at, cell) in cells.iter_mut().enumerate().skip(row * width).take(width) {
            let room = if 0 < lacking { block.caps[at] - *cell } else { block.floors[at] - *cell };
            let step = if 0 < lacking { lacking.min(room.max(0)) } else { lacking.max(room.min(0)) };
            *cell += step;
            lacking -= step;
        }
    }
}

/// One unit from one column to another, inside a row.
struct Move {
    cost: i64,
    row: usize,
    from: usize,
    to: usize,
}

/// Moves units inside rows until every column has its sum, or no move within the bounds is left.
fn balance_columns(block: &Block, start: &Unrounded, cells: &mut [i64]) {
    let width = block.width();
    let mut excess = excess(block, cells);
    // A few of the moves settle almost every table, and the cheapest come first: so they are listed by rising cost, a
    // range at a time. No move opens another one: a column that has too much only gives, one with too little only takes.
    let dearest = i64::try_from(start.one).unwrap_or(i64::MAX);
    let (mut above, mut most) = (-dearest - 1, dearest / 16);
    while above < dearest && excess.iter().any(|by| *by != 0) {
        for Move { row, from, to, .. } in moves(block, start, cells, &excess, above + 1..=most) {
            let (giver, taker) = (row * width + from, row * width + to);
            let open = block.floors[giver] < cells[giver] && cells[taker] < block.caps[taker];
            if open && 0 < excess[from] && excess[to] < 0 {
                cells[giver] -= 1;
                cells[taker] += 1;
                excess[from] -= 1;
                excess[to] += 1;
            }
        }
        (above, most) = (most, (4 * most + 1).min(dearest));
    }
    flow(block, cells, &mut excess);
}

/// The moves of some costs that bounds and columns allow, the cheapest first.
fn moves(
    block: &Block,
    start: &Unrounded,
    cells: &[i64],
    excess: &[i64],
    costs: std::ops::RangeInclusive<i64>,
) -> Vec<Move> {
    let width = block.width();
    let (surplus, deficit): (Vec<usize>, Vec<usize>) =
        (0..width).filter(|column| excess[*column] != 0).partition(|column| 0 < excess[*column]);
    let (mut moves, mut takers) = (Vec::new(), Vec::new());
    for row in 0..block.rows.len() {
        let at = |column: &usize| row * width + column;
        takers.clear();
        let takes = |to: &&usize| cells[at(to)] < block.caps[at(to)];
        takers.extend(deficit.iter().filter(takes).map(|to| (*to, start.rest[at(to)] as i64)));
        for from in surplus.iter().filter(|from| block.floors[at(from)] < cells[at(from)]) {
            let given = start.rest[at(from)] as i64;
            let in_range = takers.iter().filter(|(_, taken)| costs.contains(&(given - taken)));
            moves.extend(in_range.map(|(to, taken)| Move { cost: given - taken, row, from: *from, to: *to }));
        }
    }
    moves.sort_by_key(|it| it.cost);
    moves
}

/// Moves what cannot be moved inside one row, over several.
fn flow(block: &Block, cells: &mut [i64], excess: &mut [i64]) {
    while let Some(path) = augmenting_path(block, cells, excess) {
        follow(block, cells, excess, &path);
    }
}

/// The shortest way from a column with too much to one with too little, through rows: (row, from, to) each.
fn augmenting_path(block: &Block, cells: &[i64], excess: &[i64]) -> Option<Vec<(usize, usize, usize)>> {
    let width = block.width();
    let mut came: Vec<Option<(usize, usize)>> = vec![None; width];
    let mut seen: Vec<bool> = excess.iter().map(|by| 0 < *by).collect();
    let mut open: std::collections::VecDeque<usize> = (0..width).filter(|column| seen[*column]).collect();
    while let Some(from) = open.pop_front() {
        if excess[from] < 0 {
            let mut path = Vec::new();
            let mut at = from;
            while let Some((row, before)) = came[at] {
                path.push((row, before, at));
                at = before;
            }
            path.reverse();
            return Some(path);
        }
        for to in (0..width).filter(|to| !seen[*to]).collect::<Vec<usize>>() {
            let row = (0..block.rows.len()).find(|row| {
                let (giver, taker) = (row * width + from, row * width + to);
                block.floors[giver] < cells[giver] && cells[taker] < block.caps[taker]
            });
            if let Some(row) = row {
                seen[to] = true;
                came[to] = Some((row, from));
                open.push_back(to);
            }
        }
    }
    None
}

/// Moves as much as the narrowest cell of the path allows.
fn follow(block: &Block, cells: &mut [i64], excess: &mut [i64], path: &[(usize, usize, usize)]) {
    let (Some((_, first, _)), Some((.., last))) = (path.first().copied(), path.last().copied()) else { return };
    let width = block.width();
    let room = path.iter().map(|(row, from, to)| {
        let (giver, taker) = (row * width + from, row * width + to);
        (cells[giver] - block.floors[giver]).min(block.caps[taker] - cells[taker])
    });
    let step = room.min().unwrap_or(0).min(excess[first]).min(-excess[last]);
    for (row, from, to) in path {
        cells[row * width + from] -= step;
        cells[row * width + to] += step;
    }
    excess[first] -= step;
    excess[last] += step;
}

mod kernel {
    //! The one place where cells are floats: where each should lie before it is rounded.
    #![allow(clippy::float_arithmetic, reason = "a numeric kernel: no float leaves it as money")]

    use super::{Block, Unrounded};

    const SWEEPS: usize = 1_000;
    /// A table that needs more is fitted under its bounds.
    const SCALINGS: usize = 200;
    const CLOSE: f64 = 1e-13;
    /// How finely the part of a cell below one unit is told.
    const GRAIN: u64 = 1 << 40;

    /// Before scaling, cells are as the product of the margins has them.
    fn seeds(block: &Block) -> impl Iterator<Item = f64> + '_ {
        let total = total(block);
        let seed = move |row: i64, column: i64| row as f64 * column as f64 / total;
        block.rows.iter().flat_map(move |row| block.columns.iter().map(move |column| seed(*row, *column)))
    }

    fn total(block: &Block) -> f64 {
        block.columns.iter().map(|it| *it as f64).sum::<f64>().max(1.0)
    }

    /// Iterative proportional fitting of the cells that are not held: cell = seed * row factor * column factor, the factors
    /// found in turns. None if it does not come to an end, or if it breaks a bound.
    pub(super) fn scaled(block: &Block) -> Option<Vec<f64>> {
        let width = block.width();
        let is_held = |at: usize| block.caps[at] <= block.floors[at];
        // 1. What is held leaves the table and its margins.
        let mut seeds: Vec<f64> = seeds(block).collect();
        let (mut rows, mut columns) = (block.rows.clone(), block.columns.clone());
        for at in (0..seeds.len()).filter(|at| is_held(*at)) {
            seeds[at] = 0.0;
            rows[at / width] -= block.floors[at];
            columns[at % width] -= block.floors[at];
        }
        // 2. One reading of the table a sweep: each row is scaled, and adds to the sums of the columns at once.
        let mut row_factors = vec![1.0; rows.len()];
        let mut column_factors = vec![1.0; width];
        let mut worst = f64::MAX;
        for _ in 0..SCALINGS {
            let mut sums = vec![0.0; width];
            for ((row, factor), seeds) in rows.iter().zip(&mut row_factors).zip(seeds.chunks_exact(width.max(1))) {
                *factor = ratio(*row, dot(seeds, &column_factors));
                for (sum, seed) in sums.iter_mut().zip(seeds) {
                    *sum += seed * *factor;
                }
            }
            worst = 0.0;
            for ((column, factor), sum) in columns.iter().zip(&mut column_factors).zip(&sums) {
                worst = f64::max(worst, (sum * *factor - *column as f64).abs() / total(block));
                *factor = ratio(*column, *sum);
            }
            if worst < CLOSE {
                break;
            }
        }
        // 3. The table, if it keeps to its margins and bounds.
        let slack = CLOSE * total(block);
        let inside = |at: usize, cell: f64| {
            let (floor, cap) = (block.floors[at] as f64, block.caps[at] as f64);
            (floor - slack <= cell && cell <= cap + slack).then(|| cell.clamp(floor, cap))
        };
        let cell = |at: usize| seeds[at] * row_factors[at / width] * column_factors[at % width];
        let place = |at: usize| if is_held(at) { Some(block.floors[at] as f64) } else { inside(at, cell(at)) };
        if worst < CLOSE { (0..seeds.len()).map(place).collect() } else { None }
    }

    fn ratio(margin: i64, sum: f64) -> f64 {
        if 0.0 < sum { margin as f64 / sum } else { 0.0 }
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
    pub(super) fn clamped(block: &Block) -> Vec<f64> {
        let (height, width) = (block.rows.len(), block.columns.len());
        let total = total(block);
        let seeds: Vec<f64> = seeds(block).collect();
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
            (self.weight * level).clamp(self.floor, self.cap)
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

    /// Whole units and the rest of each cell. A cell a hair below a whole number is that number.
    pub(super) fn floor(block: &Block, cells: &[f64]) -> Unrounded {
        let snapped = cells.iter().map(|cell| if (cell.round() - cell).abs() < 1e-6 { cell.round() } else { *cell });
        let whole =
            |cell: f64, at: usize| (cell.floor() as i64).clamp(block.floors[at], block.caps[at].max(block.floors[at]));
        let (whole, rest) = snapped
            .enumerate()
            .map(|(at, cell)| (whole(cell, at), ((cell - cell.floor()) * GRAIN as f64) as u64))
            .unzip();
        Unrounded { whole, rest, one: GRAIN }
    }
}

use kernel::{clamped, floor, scaled};
