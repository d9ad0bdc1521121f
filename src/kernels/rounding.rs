//! Controlled rounding: whole units for the cells of a table, so that both margins hold exactly (Bacharach 1966; Cox 1987).
//!
//! Every row by itself gives what it lacks to its largest remainders; then units move inside rows, from columns that got too
//! much to columns that got too little, at the least cost. Integers decide everything.

use super::largest::Ranges;
use super::matrix::Block;

/// How far cells lie above their floors before rounding.
pub struct Rests {
    /// Of one, in a unit that is the same for all cells of the table. Nothing where a cell stays at its floor.
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

/// Which cells lie one unit above their floors, so that all margins hold if they can, near to where the cells should lie.
pub fn settled(rows: &[i64], columns: &[i64], floors: &[i64], rests: &Rests) -> Settled {
    let Priced { rounded: Rounded { mut units, mut excess }, prices } =
        priced(&Lacking::of(rows, columns, floors, rests));
    if !is_even(&excess) {
        let ways = vec![None; columns.len()];
        let mut moves = Moves { rests, units: &mut units, excess: &mut excess, prices, ways };
        if floors.len() <= NEAREST { moves.along_shortest_paths() } else { moves.cheapest_first() }
    }
    Settled { columns_hold: is_even(&excess), units }
}

/// Units above floors.
pub struct Settled {
    /// One or nothing a cell.
    units: Vec<u8>,
    pub columns_hold: bool,
}

impl Settled {
    pub fn above(&self, floors: Vec<i64>) -> Vec<i64> {
        let mut cells = floors;
        cells.iter_mut().zip(&self.units).for_each(|(cell, unit)| *cell += i64::from(*unit));
        cells
    }
}

fn is_even(excess: &[i64]) -> bool {
    excess.iter().all(|by| *by == 0)
}

/// What a table lacks above its floors.
struct Lacking<'a> {
    rows: Vec<usize>,
    columns: Vec<i64>,
    rests: &'a Rests,
}

impl Lacking<'_> {
    fn of<'a>(rows: &[i64], columns: &[i64], floors: &[i64], rests: &'a Rests) -> Lacking<'a> {
        let width = columns.len().max(1);
        let mut columns = columns.to_vec();
        let of_row = |(row, floors): (&i64, &[i64])| {
            columns.iter_mut().zip(floors).for_each(|(column, floor)| *column -= floor);
            usize::try_from(row - floors.iter().sum::<i64>()).unwrap_or(0)
        };
        let rows = rows.iter().zip(floors.chunks(width)).map(of_row).collect();
        Lacking { rows, columns, rests }
    }
}

/// Which cells get a unit where each row gives what it lacks, and by how much each column is then above its sum.
struct Rounded {
    units: Vec<u8>,
    excess: Vec<i64>,
}

/// The same where columns have prices.
struct Priced {
    rounded: Rounded,
    prices: Vec<i64>,
}

/// Columns that get too much become cheaper and those that get too little dearer, and each row gives units to its largest
/// rests, each plus the price of its column: if that brings the columns nearer to their sums.
fn priced(lacking: &Lacking) -> Priced {
    let off = |rounded: &Rounded| rounded.excess.iter().map(|by| by.abs()).sum::<i64>();
    let height = lacking.rows.len().max(1) as i64;
    let price = |by: &i64| -by.clamp(&-height, &height) * (lacking.rests.one as i64 / height);
    let free = vec![0; lacking.columns.len()];
    let before = rounded_rows(lacking, &free);
    // Small tables often come out right at once.
    if is_even(&before.excess) {
        return Priced { rounded: before, prices: free };
    }
    let prices: Vec<i64> = before.excess.iter().map(price).collect();
    let after = rounded_rows(lacking, &prices);
    if off(&after) < off(&before) {
        Priced { rounded: after, prices }
    } else {
        Priced { rounded: before, prices: free }
    }
}

/// Each row gives what it lacks, a unit a cell, to the largest rests first, each plus the price of its column.
fn rounded_rows(lacking: &Lacking, prices: &[i64]) -> Rounded {
    let (rests, width) = (lacking.rests, prices.len().max(1));
    // 1. Prices from the lowest one on, so that cells which take no unit come last.
    let lowest = prices.iter().min().copied().unwrap_or(0);
    let prices: Vec<u64> = prices.iter().map(|price| (price - lowest) as u64).collect();
    // A mask and no branch: so several are made at once.
    let key = |(rest, price): (&u64, &u64)| (rest + price) & u64::from(*rest == 0).wrapping_sub(1);
    // 2. The units, row by row. Of four ranges a cell, that in which they run out seldom holds another one.
    let mut ranges = Ranges::of(rests.one + prices.iter().max().copied().unwrap_or(0), 4 * width);
    let (mut units, mut given) = (vec![0; rests.each.len()], vec![0_u32; prices.len()]);
    let mut places = vec![0; width];
    let of_rows = rests.each.chunks_exact(width).zip(units.chunks_exact_mut(width));
    for ((rests, units), many) in of_rows.zip(&lacking.rows) {
        places.iter_mut().zip(rests.iter().zip(&prices)).for_each(|(place, it)| *place = ranges.place(key(it)));
        ranges.recount(&places);
        let last = ranges.last(*many);
        let number = |at: usize| key((&rests[at], &prices[at]));
        let mut inside = if 0 < last.left { last.inside(&places, number) } else { Vec::new() };
        inside.retain(|(key, _)| 0 < *key);
        last.raise(units, &places, inside);
        given.iter_mut().zip(units).for_each(|(given, unit)| *given += u32::from(*unit));
    }
    // 3. What the columns got.
    let excess = given.iter().zip(&lacking.columns).map(|(given, lacks)| i64::from(*given) - lacks).collect();
    Rounded { units, excess }
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
    rests: &'a Rests,
    units: &'a mut [u8],
    excess: &'a mut [i64],
    /// By which no move costs less than nothing: what it costs, plus the price of the giver, less that of the taker.
    prices: Vec<i64>,
    /// The cheapest moves out of a column into each, where they are known.
    ways: Vec<Option<Vec<Move>>>,
}

/// One row of the table.
struct MovesInRow<'a> {
    units: &'a [u8],
    rests: &'a [u64],
    prices: &'a [i64],
}

/// What a move costs that cannot be. Far enough from the largest integer for a difference of two.
const NEVER: i64 = i64::MAX / 4;

fn gives(unit: u8) -> bool {
    unit != 0
}

fn takes(unit: u8, rest: u64) -> bool {
    unit == 0 && rest != 0
}

impl MovesInRow<'_> {
    fn value(&self, column: usize) -> i64 {
        self.rests[column] as i64 + self.prices[column]
    }

    /// What a unit costs that a column gives. Of half of the cells it cannot be, and which ones nobody can tell beforehand: so
    /// that is a number, and no branch.
    fn given(&self, column: usize) -> i64 {
        if gives(self.units[column]) { self.value(column) } else { NEVER }
    }

    /// What a unit is worth that a column takes.
    fn taken(&self, column: usize) -> i64 {
        if takes(self.units[column], self.rests[column]) { self.value(column) } else { -NEVER }
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
        let width = self.excess.len();
        let (surplus, deficit): (Vec<usize>, Vec<usize>) =
            (0..width).filter(|column| self.excess[*column] != 0).partition(|column| 0 < self.excess[*column]);
        let (mut moves, mut taken) = (Vec::new(), vec![0; deficit.len()]);
        for row in 0..self.height() {
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

    fn height(&self) -> usize {
        self.units.len() / self.excess.len().max(1)
    }

    fn row(&self, row: usize) -> MovesInRow<'_> {
        let of_row = row * self.excess.len()..(row + 1) * self.excess.len();
        MovesInRow { units: &self.units[of_row.clone()], rests: &self.rests.each[of_row], prices: &self.prices }
    }

    /// Each unit on the cheapest way that is left, over other columns where that is cheaper. What comes of it lies nearest of
    /// all (successive shortest paths).
    fn along_shortest_paths(&mut self) {
        for from in 0..self.excess.len() {
            while 0 < self.excess[from] {
                let Some(path) = self.cheapest_path(from) else { break };
                path.iter().for_each(|step| self.take(*step));
                path.iter().for_each(|step| self.forget(*step));
            }
        }
    }

    fn take(&mut self, (row, from, to): Step) {
        let width = self.excess.len();
        self.units[row * width + from] -= 1;
        self.units[row * width + to] += 1;
        self.excess[from] -= 1;
        self.excess[to] += 1;
    }

    fn takes(&self, row: usize, column: usize) -> bool {
        let at = row * self.excess.len() + column;
        takes(self.units[at], self.rests.each[at])
    }

    fn gives(&self, row: usize, column: usize) -> bool {
        gives(self.units[row * self.excess.len() + column])
    }

    fn ways(&self, from: usize) -> Vec<Move> {
        let width = self.excess.len();
        let mut ways = vec![NO_MOVE; width];
        for row in (0..self.height()).filter(|row| self.gives(*row, from)) {
            let of_row = row * width..(row + 1) * width;
            let rests = &self.rests.each[of_row.clone()];
            for ((way, rest), unit) in ways.iter_mut().zip(rests).zip(&self.units[of_row]) {
                let cost = rests[from] as i64 - *rest as i64;
                if takes(*unit, *rest) && cost < way.cost {
                    *way = Move { cost, row };
                }
            }
        }
        ways
    }

    /// The cheapest way for a unit out of a column into one that has too little.
    fn cheapest_path(&mut self, from: usize) -> Option<Vec<Step>> {
        let width = self.excess.len();
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
        let width = self.excess.len();
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
