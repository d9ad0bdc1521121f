//! Controlled rounding: whole units for the cells of a table, so that both margins hold exactly (Bacharach 1966; Cox 1987).
//!
//! Every row by itself gives what it lacks to its largest remainders; then units move inside rows, from columns that got too
//! much to columns that got too little, at the least cost. Integers decide everything.

use super::apportion::raise;
use super::matrix::Block;

/// How far cells lie above their floors before rounding.
pub struct Rests {
    /// Of one, in a unit that is the same for all cells of the table.
    pub each: Vec<u64>,
    /// One, in that unit.
    pub one: u64,
}

pub fn rows_hold(block: &Block, cells: &[i64]) -> bool {
    (0..block.rows.len()).all(|row| block.row_sum(cells, row) == block.rows[row])
}

pub fn columns_hold(block: &Block, cells: &[i64]) -> bool {
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
pub fn fill_rows(block: &Block, cells: &mut [i64]) {
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

/// Whole units near to where the cells should lie, of those that the bounds leave: all margins hold if they can. `cells` is
/// what each row gives by itself.
pub fn settled(block: &Block, rests: &Rests, cells: Vec<i64>) -> Vec<i64> {
    let Priced { mut cells, prices, excess } = priced(block, rests, cells);
    if excess.iter().any(|by| *by != 0) {
        let mut moves = Moves { block, rests, cells: &mut cells, excess, prices, ways: vec![None; block.width()] };
        if block.floors.len() <= NEAREST { moves.along_shortest_paths() } else { moves.cheapest_first() }
    }
    cells
}

/// What each row gives where columns have prices, and by how much each column is then above its sum.
struct Priced {
    cells: Vec<i64>,
    prices: Vec<i64>,
    excess: Vec<i64>,
}

/// Columns that get too much become cheaper and those that get too little dearer, and each row gives units to its largest
/// rests, each plus the price of its column: if that brings the columns nearer to their sums.
fn priced(block: &Block, rests: &Rests, cells: Vec<i64>) -> Priced {
    let off = |excess: &[i64]| excess.iter().map(|by| by.abs()).sum::<i64>();
    let height = block.rows.len().max(1) as i64;
    let price = |by: &i64| -by.clamp(&-height, &height) * (rests.one as i64 / height);
    let before = excess(block, &cells);
    let prices: Vec<i64> = before.iter().map(price).collect();
    let others = rounded_rows(block, rests, &prices);
    let after = excess(block, &others);
    if off(&after) < off(&before) {
        Priced { cells: others, prices, excess: after }
    } else {
        Priced { cells, prices: vec![0; block.width()], excess: before }
    }
}

/// Each row gives what it lacks above its floors, a unit a cell, to the largest rests first.
pub fn rounded_rows(block: &Block, rests: &Rests, prices: &[i64]) -> Vec<i64> {
    let width = block.width();
    let mut cells = block.floors.clone();
    let mut keys = vec![0; width];
    for (row, cells) in cells.chunks_exact_mut(width.max(1)).enumerate() {
        let of_row = row * width..(row + 1) * width;
        let mut open = 0;
        let priced = rests.each[of_row.clone()].iter().zip(prices);
        for ((key, (rest, price)), (cell, cap)) in
            keys.iter_mut().zip(priced).zip(cells.iter().zip(&block.caps[of_row]))
        {
            // Prices lie between one and minus one. Zero is for those that take nothing.
            let is_open = cell < cap;
            open += usize::from(is_open);
            *key = if is_open { (*rest as i64 + price + rests.one as i64 + 1) as u64 } else { 0 };
        }
        let lacking = usize::try_from(block.rows[row] - cells.iter().sum::<i64>()).unwrap_or(0);
        raise(cells, &keys, 3 * rests.one + 2, lacking.min(open));
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
    rests: &'a Rests,
    cells: &'a mut [i64],
    excess: Vec<i64>,
    /// By which no move costs less than nothing: what it costs, plus the price of the giver, less that of the taker.
    prices: Vec<i64>,
    /// The cheapest moves out of a column into each, where they are known.
    ways: Vec<Option<Vec<Move>>>,
}

/// One row of the table.
struct MovesInRow<'a> {
    cells: &'a [i64],
    floors: &'a [i64],
    caps: &'a [i64],
    rests: &'a [u64],
    prices: &'a [i64],
}

/// What a move costs that cannot be. Far enough from the largest integer for a difference of two.
const NEVER: i64 = i64::MAX / 4;

impl MovesInRow<'_> {
    fn value(&self, column: usize) -> i64 {
        self.rests[column] as i64 + self.prices[column]
    }

    /// What a unit costs that a column gives. Of half of the cells it cannot be, and which ones nobody can tell beforehand: so
    /// that is a number, and no branch.
    fn given(&self, column: usize) -> i64 {
        if self.floors[column] < self.cells[column] { self.value(column) } else { NEVER }
    }

    /// What a unit is worth that a column takes.
    fn taken(&self, column: usize) -> i64 {
        if self.cells[column] < self.caps[column] { self.value(column) } else { -NEVER }
    }
}

impl Moves<'_> {
    /// A few of the moves settle almost every table, and the cheapest come first: so they are listed by rising cost, a range
    /// at a time. None opens another one: a column that has too much only gives, one with too little only takes.
    fn cheapest_first(&mut self) {
        let dearest = 2 * self.rests.one as i64;
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
        let (mut moves, mut taken) = (Vec::new(), vec![0; deficit.len()]);
        for row in 0..self.block.rows.len() {
            let of_row = self.row(row);
            taken.iter_mut().zip(&deficit).for_each(|(taken, to)| *taken = of_row.taken(*to));
            let most = taken.iter().copied().max().unwrap_or(-NEVER);
            for from in &surplus {
                let given = of_row.given(*from);
                if *costs.end() < given - most {
                    continue;
                }
                let in_range = deficit.iter().zip(&taken).filter(|(_, taken)| costs.contains(&(given - **taken)));
                moves.extend(in_range.map(|(to, taken)| (given - taken, (row, *from, *to))));
            }
        }
        moves.sort_by_key(|(cost, _)| *cost);
        moves
    }

    fn row(&self, row: usize) -> MovesInRow<'_> {
        let of_row = row * self.block.width()..(row + 1) * self.block.width();
        MovesInRow {
            cells: &self.cells[of_row.clone()],
            floors: &self.block.floors[of_row.clone()],
            caps: &self.block.caps[of_row.clone()],
            rests: &self.rests.each[of_row],
            prices: &self.prices,
        }
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
            let given = self.rests.each[of_row.start + from] as i64;
            let takers = self.cells[of_row.clone()].iter().zip(&self.block.caps[of_row.clone()]);
            for ((way, rest), (cell, cap)) in ways.iter_mut().zip(&self.rests.each[of_row]).zip(takers) {
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
            let rests = &self.rests.each[row * width..(row + 1) * width];
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
pub fn flow(block: &Block, cells: &mut [i64]) {
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
