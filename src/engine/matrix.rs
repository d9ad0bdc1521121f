//! A table whose rows and columns both have prescribed sums: fitted in proportion, then rounded so that both hold exactly.
//!
//! Without bounds the fit is the product of the margins, in integers from end to end. With bounds it is found by iterative
//! proportional fitting in its scaling form, where each sweep solves for one factor a row or column under the bounds
//! (scaling an already clamped table would reach the margins too, but lose the proportions). Floats serve here only to
//! say where a cell should lie; which whole number it becomes, and that the margins hold, is decided in integers.
//!
//! Rounding follows controlled rounding (Bacharach 1966; Cox 1987): largest remainder in every row, then units are moved
//! inside rows from columns that have too much to columns that have too little, each on the cheapest way that is left.

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
    for row in rows {
        let quotas = Quotas::of(*row, &weights);
        start.whole.extend(quotas.whole);
        start.rest.extend(quotas.rests);
    }
    let floors = start.whole.clone();
    let caps = start.whole.iter().zip(&start.rest).map(|(whole, rest)| whole + i64::from(0 < *rest)).collect();
    let block = Block { rows: rows.to_vec(), columns: columns.to_vec(), floors, caps };
    let mut cells = settled(&block, &start);
    flow(&block, &mut cells);
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
    let near = start.whole.iter().zip(&block.caps).map(|(whole, cap)| (whole + 1).min(*cap).max(*whole));
    let near = Block {
        rows: block.rows.clone(),
        columns: block.columns.clone(),
        floors: start.whole.clone(),
        caps: near.collect(),
    };
    let mut cells = settled(&near, start);
    // Where the fit was not finished, a unit a cell is not enough.
    fill_rows(block, &mut cells);
    flow(block, &mut cells);
    (rows_hold(block, &cells) && columns_hold(block, &cells)).then_some(cells)
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
    fits.then(|| Block { rows: block.rows.clone(), columns: block.columns.clone(), floors: block.floors.clone(), caps })
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
    flow(block, &mut cells);
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

/// Where bounds or an unfinished fit leave more than a unit a cell, any cell takes what its bounds allow.
fn fill_rows(block: &Block, cells: &mut [i64]) {
    let width = block.width();
    for row in 0..block.rows.len() {
        let mut lacking = block.rows[row] - block.row_sum(cells, row);
        if lacking == 0 {
            continue;
        }
        for (at, cell) in cells.iter_mut().enumerate().skip(row * width).take(width) {
            let room = if 0 < lacking { block.caps[at] - *cell } else { block.floors[at] - *cell };
            let step = if 0 < lacking { lacking.min(room.max(0)) } else { lacking.max(room.min(0)) };
            *cell += step;
            lacking -= step;
        }
    }
}

/// Tables of so many cells and fewer come out as near as can be. Larger ones come out near enough, in a tenth of the time.
const NEAREST: usize = 4_000;

/// Whole units near to where the cells should lie, of those that the bounds leave: all margins hold if they can.
fn settled(block: &Block, start: &Unrounded) -> Vec<i64> {
    let (mut cells, prices) = priced(block, start);
    let excess = excess(block, &cells);
    if excess.iter().any(|by| *by != 0) {
        let mut moves = Moves { block, start, cells: &mut cells, excess, prices, ways: vec![None; block.width()] };
        if block.floors.len() <= NEAREST { moves.along_shortest_paths() } else { moves.cheapest_first() }
    }
    cells
}

/// Each row by itself gives units to its largest rests, each plus the price of its column. Columns that get too much become
/// cheaper and those that get too little dearer, if that brings them nearer to their sums.
fn priced(block: &Block, start: &Unrounded) -> (Vec<i64>, Vec<i64>) {
    let off = |cells: &[i64]| excess(block, cells).iter().map(|by| by.abs()).sum::<i64>();
    let free = vec![0; block.width()];
    let cells = rounded_rows(block, start, &free);
    let height = block.rows.len().max(1) as i64;
    let price = |by: i64| -by.clamp(-height, height) * (start.one as i64 / height);
    let prices: Vec<i64> = excess(block, &cells).into_iter().map(price).collect();
    let others = rounded_rows(block, start, &prices);
    if off(&others) < off(&cells) { (others, prices) } else { (cells, free) }
}

/// Each row gives what it lacks, a unit a cell, to the largest rests first.
fn rounded_rows(block: &Block, start: &Unrounded, prices: &[i64]) -> Vec<i64> {
    let width = block.width();
    let mut cells = start.whole.clone();
    let mut order: Vec<(std::cmp::Reverse<i64>, usize)> = Vec::with_capacity(width);
    for row in 0..block.rows.len() {
        let lacking = usize::try_from(block.rows[row] - block.row_sum(&cells, row)).unwrap_or(0);
        order.clear();
        let open =
            (0..width).map(|column| (row * width + column, column)).filter(|(at, _)| cells[*at] < block.caps[*at]);
        order.extend(open.map(|(at, column)| (std::cmp::Reverse(start.rest[at] as i64 + prices[column]), at)));
        if lacking < order.len() {
            // Not in order, but nobody behind this place comes before anybody in front of it.
            order.select_nth_unstable(lacking);
        }
        for (_, at) in order.iter().take(lacking) {
            cells[*at] += 1;
        }
    }
    cells
}

/// One unit from a column to another one, in the row where that costs least.
#[derive(Clone, Copy)]
struct Move {
    cost: i64,
    row: usize,
}

const NO_MOVE: Move = Move { cost: i64::MAX, row: usize::MAX };

/// One unit inside a row: (row, from, to).
type Step = (usize, usize, usize);

/// Units that move inside rows, from columns that have too much to columns that have too little.
struct Moves<'a> {
    block: &'a Block,
    start: &'a Unrounded,
    cells: &'a mut [i64],
    excess: Vec<i64>,
    /// By which no move costs less than nothing: what it costs, plus the price of the giver, less that of the taker.
    prices: Vec<i64>,
    /// The cheapest moves out of a column into each, where they are known.
    ways: Vec<Option<Vec<Move>>>,
}

impl Moves<'_> {
    /// A few of the moves settle almost every table, and the cheapest come first: so they are listed by rising cost, a range
    /// at a time. None opens another one: a column that has too much only gives, one with too little only takes.
    fn cheapest_first(&mut self) {
        let dearest = 2 * self.start.one as i64;
        let (mut above, mut most) = (-dearest - 1, dearest / 64);
        while above < dearest && self.excess.iter().any(|by| *by != 0) {
            for (_, (row, from, to)) in self.between(above + 1..=most) {
                let open = self.gives(row, from) && self.takes(row, to);
                if open && 0 < self.excess[from] && self.excess[to] < 0 {
                    self.take((row, from, to));
                }
            }
            (above, most) = (most, (4 * most + 1).min(dearest));
        }
    }

    /// The moves of some costs, the cheapest first.
    fn between(&self, costs: std::ops::RangeInclusive<i64>) -> Vec<(i64, Step)> {
        let width = self.block.width();
        let (surplus, deficit): (Vec<usize>, Vec<usize>) =
            (0..width).filter(|column| self.excess[*column] != 0).partition(|column| 0 < self.excess[*column]);
        let value = |row: usize, column: usize| self.start.rest[row * width + column] as i64 + self.prices[column];
        let (mut moves, mut takers) = (Vec::new(), Vec::new());
        for row in 0..self.block.rows.len() {
            takers.clear();
            takers.extend(deficit.iter().filter(|to| self.takes(row, **to)).map(|to| (*to, value(row, *to))));
            for from in surplus.iter().filter(|from| self.gives(row, **from)) {
                let given = value(row, *from);
                let in_range = takers.iter().filter(|(_, taken)| costs.contains(&(given - taken)));
                moves.extend(in_range.map(|(to, taken)| (given - taken, (row, *from, *to))));
            }
        }
        moves.sort_by_key(|(cost, _)| *cost);
        moves
    }

    /// Each unit on the cheapest way that is left, over other columns where that is cheaper. What comes of it lies nearest of
    /// all (successive shortest paths).
    fn along_shortest_paths(&mut self) {
        for from in 0..self.block.width() {
            while 0 < self.excess[from] {
                let Some(path) = self.cheapest_path(from) else { break };
                path.iter().for_each(|step| self.take(*step));
                path.iter().for_each(|step| self.forget(*step));
            }
        }
    }

    fn take(&mut self, (row, from, to): Step) {
        let width = self.block.width();
        self.cells[row * width + from] -= 1;
        self.cells[row * width + to] += 1;
        self.excess[from] -= 1;
        self.excess[to] += 1;
    }

    fn takes(&self, row: usize, column: usize) -> bool {
        let at = row * self.block.width() + column;
        self.cells[at] < self.block.caps[at]
    }

    fn gives(&self, row: usize, column: usize) -> bool {
        let at = row * self.block.width() + column;
        self.block.floors[at] < self.cells[at]
    }

    fn ways(&self, from: usize) -> Vec<Move> {
        let width = self.block.width();
        let mut ways = vec![NO_MOVE; width];
        for row in (0..self.block.rows.len()).filter(|row| self.gives(*row, from)) {
            let of_row = row * width..(row + 1) * width;
            let given = self.start.rest[of_row.start + from] as i64;
            let takers = self.cells[of_row.clone()].iter().zip(&self.block.caps[of_row.clone()]);
            for ((way, rest), (cell, cap)) in ways.iter_mut().zip(&self.start.rest[of_row]).zip(takers) {
                let cost = given - *rest as i64;
                if cell < cap && cost < way.cost {
                    *way = Move { cost, row };
                }
            }
        }
        ways
    }

    /// The cheapest way for a unit out of a column into one that has too little.
    fn cheapest_path(&mut self, from: usize) -> Option<Vec<Step>> {
        let width = self.block.width();
        let mut costs = vec![i64::MAX; width];
        let mut came = vec![(usize::MAX, from); width];
        let mut open: Vec<usize> = (0..width).collect();
        let mut done = Vec::new();
        costs[from] = 0;
        // 1. Columns by rising cost of the way to them, until one has too little (Dijkstra).
        let last = loop {
            let nearest = (0..open.len()).min_by_key(|place| costs[open[*place]])?;
            let at = open.swap_remove(nearest);
            if costs[at] == i64::MAX {
                return None;
            }
            if self.excess[at] < 0 {
                break at;
            }
            done.push(at);
            let ways = self.ways[at].take().unwrap_or_else(|| self.ways(at));
            for next in &open {
                let Move { cost, row } = ways[*next];
                let cost = costs[at].saturating_add(cost.saturating_add(self.prices[at] - self.prices[*next]).max(0));
                if row != NO_MOVE.row && cost < costs[*next] {
                    (costs[*next], came[*next]) = (cost, (row, at));
                }
            }
            self.ways[at] = Some(ways);
        };
        // 2. New prices, by which this way costs nothing, and still no move less.
        for at in done {
            self.prices[at] += costs[at] - costs[last];
        }
        // 3. The way, from its end.
        let (mut path, mut to) = (Vec::new(), last);
        while to != from {
            let (row, before) = came[to];
            path.push((row, before, to));
            to = before;
        }
        Some(path)
    }

    /// What was known of a row that moved a unit is so no more.
    fn forget(&mut self, (row, from, to): Step) {
        let width = self.block.width();
        (self.ways[from], self.ways[to]) = (None, None);
        for column in (0..width).filter(|column| *column != from && *column != to) {
            let gives = self.gives(row, column);
            let rests = &self.start.rest[row * width..(row + 1) * width];
            let Some(ways) = &mut self.ways[column] else { continue };
            if ways[to].row == row {
                self.ways[column] = None;
            } else if gives {
                // Whoever gave can take now.
                let cost = rests[column] as i64 - rests[from] as i64;
                if cost < ways[from].cost {
                    ways[from] = Move { cost, row };
                }
            }
        }
    }
}

/// Moves what is left, at whatever cost, as far as the bounds allow.
fn flow(block: &Block, cells: &mut [i64]) {
    let mut excess = excess(block, cells);
    while let Some(path) = augmenting_path(block, cells, &excess) {
        follow(block, cells, &mut excess, &path);
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
    const HAIR: f64 = 1e-6;
    /// How finely the part of a cell below one unit is told.
    const GRAIN: u64 = 1 << 40;

    /// Before scaling, cells are as the product of the margins has them.
    fn seeds(block: &Block) -> Vec<f64> {
        let total = total(block);
        let mut seeds = Vec::with_capacity(block.rows.len() * block.columns.len());
        for row in &block.rows {
            seeds.extend(block.columns.iter().map(|column| *row as f64 * *column as f64 / total));
        }
        seeds
    }

    fn total(block: &Block) -> f64 {
        block.columns.iter().map(|it| *it as f64).sum::<f64>().max(1.0)
    }

    /// Iterative proportional fitting of the cells that are not held: cell = seed * row factor * column factor, the factors
    /// found in turns. None if it does not come to an end, or if it breaks a bound.
    pub fn scaled(block: &Block) -> Option<Vec<f64>> {
        let rest = without_held(block);
        let (row_factors, column_factors) = rest.factors(total(block))?;
        let mut cells = Vec::with_capacity(rest.seeds.len());
        for (row, seeds) in row_factors.iter().zip(rest.seeds.chunks(block.width().max(1))) {
            cells.extend(seeds.iter().zip(&column_factors).map(|(seed, column)| seed * row * column));
        }
        within_bounds(block, &mut cells).then_some(cells)
    }

    /// A table in which no cell is bounded.
    struct Open {
        seeds: Vec<f64>,
        rows: Vec<i64>,
        columns: Vec<i64>,
    }

    /// What is held leaves the table and its margins.
    fn without_held(block: &Block) -> Open {
        let width = block.width().max(1);
        let mut open = Open { seeds: seeds(block), rows: block.rows.clone(), columns: block.columns.clone() };
        let bounds = block.floors.chunks(width).zip(block.caps.chunks(width));
        for ((seeds, row), (floors, caps)) in open.seeds.chunks_mut(width).zip(&mut open.rows).zip(bounds) {
            for (((seed, column), floor), cap) in seeds.iter_mut().zip(&mut open.columns).zip(floors).zip(caps) {
                if cap <= floor {
                    (*seed, *row, *column) = (0.0, *row - floor, *column - floor);
                }
            }
        }
        open
    }

    impl Open {
        /// The factors of rows and columns. One reading of the table a sweep: each row is scaled, and adds to the sums of
        /// the columns at once. None if they do not settle.
        fn factors(&self, total: f64) -> Option<(Vec<f64>, Vec<f64>)> {
            let mut row_factors = vec![1.0; self.rows.len()];
            let mut column_factors = vec![1.0; self.columns.len()];
            for _ in 0..SCALINGS {
                let mut sums = vec![0.0; self.columns.len()];
                let rows = self.rows.iter().zip(self.seeds.chunks(self.columns.len().max(1)));
                for (factor, (row, seeds)) in row_factors.iter_mut().zip(rows) {
                    *factor = ratio(*row, dot(seeds, &column_factors));
                    for (sum, seed) in sums.iter_mut().zip(seeds) {
                        *sum += seed * *factor;
                    }
                }
                let mut worst: f64 = 0.0;
                for (factor, (column, sum)) in column_factors.iter_mut().zip(self.columns.iter().zip(&sums)) {
                    worst = worst.max((sum * *factor - *column as f64).abs() / total);
                    *factor = ratio(*column, *sum);
                }
                if worst < CLOSE {
                    return Some((row_factors, column_factors));
                }
            }
            None
        }
    }

    /// Brings every cell to its bounds, and says whether all but the held ones were there already.
    fn within_bounds(block: &Block, cells: &mut [f64]) -> bool {
        let slack = CLOSE * total(block);
        let mut within = true;
        for (cell, (floor, cap)) in cells.iter_mut().zip(block.floors.iter().zip(&block.caps)) {
            let kept = cell.clamp(*floor as f64, *cap as f64);
            within &= cap <= floor || (kept - *cell).abs() <= slack;
            *cell = kept;
        }
        within
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

    /// Whole units and the rest of each cell. A cell a hair beside a whole number is that number.
    pub(super) fn floor(block: &Block, cells: &[f64]) -> Unrounded {
        let (whole, rest) = cells
            .iter()
            .zip(block.floors.iter().zip(&block.caps))
            .map(|(cell, (floor, cap))| {
                let whole = (cell + HAIR) as i64;
                let rest = cell - whole as f64;
                let rest = if rest < HAIR { 0 } else { (rest * GRAIN as f64) as u64 };
                (whole.clamp(*floor, *cap.max(floor)), rest)
            })
            .unzip();
        Unrounded { whole, rest, one: GRAIN }
    }
}

pub use kernel::scaled;
use kernel::{clamped, floor};
