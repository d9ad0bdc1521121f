//! Two trees that meet: a table that is exact at every node of both.
//!
//! The table is filled block by block, from the two roots down. The block of a row node and a column node holds their
//! children; its margins are what those children got before, one level up. Every cell lies in exactly one block, so that
//! whatever was typed or locked, at any level of both trees, bounds exactly one of them, and all sums hold by construction.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kernels::matrix::{self, Block};
use kernels::{NO_CAP, Rounding, apportion};

use super::cascade::Division;
use super::claim::millionths;
use super::finding::Finding;
use super::group::part_of;
use super::layout::Layout;
use super::pages::Pages;
use super::remarks::Remarks;
use super::sums::{self, Sums};
use crate::amount::Amount;
use crate::order::gathered;
use crate::plan::{At, Cell, Cells, Lock, Pair};

/// The amounts of two crossing trees, row after row in the order of their layouts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub pair: Pair,
    cells: Pages<i64>,
    /// What bounds its cells, the most that anybody wishes first, and at last what is locked alone.
    tiers: Arc<Vec<Bounds>>,
    /// By block.
    remarks: Remarks<Place>,
    sums: Sums,
}

impl Table {
    pub fn get(&self, row: usize, column: usize) -> i64 {
        *self.cells.get(row, column)
    }

    /// What a row has in each column.
    pub fn row(&self, row: usize) -> &[i64] {
        self.cells.row(row)
    }

    pub fn width(&self) -> usize {
        self.cells.width()
    }

    pub fn height(&self) -> usize {
        self.cells.height()
    }

    /// What there is to say of it, from its first block to its last.
    pub(super) fn said(&self) -> impl Iterator<Item = Finding> + '_ {
        self.remarks.forward()
    }

    pub(super) fn sums(&self) -> &Sums {
        &self.sums
    }
}

/// A table in the making: what is known of it, and what bounds it.
pub struct Crossing<'a> {
    rows: &'a Layout,
    columns: &'a Layout,
    said: &'a Cells,
    table: Table,
}

/// A cell position: row, column.
type Place = (usize, usize);

/// Which wishes count besides locked amounts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wishes {
    FloorsAndCaps,
    Floors,
    None,
}

/// The least and the most of the cells that anything speaks of, directly or from below.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Bounds {
    cells: BTreeMap<Place, (i64, i64)>,
    /// The blocks in which something is said.
    blocks: BTreeSet<Place>,
}

/// What one block asks for, and which cells of it.
pub struct Problem {
    pub block: Block,
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
    typed: Vec<(usize, i64)>,
}

/// What became of the two divisions since a table was filled, and of what is said about its cells: who has another amount,
/// by position, and the cells of which something else is said.
pub struct Since<'a> {
    pub rows: &'a [usize],
    pub columns: &'a [usize],
    pub cells: &'a [At],
}

/// Fills the table of two divisions of the same total.
pub fn cross(pair: Pair, rows: &Division, columns: &Division, said: &Cells) -> Table {
    let tiers = Arc::new(tiers(pair, &rows.layout, &columns.layout, said));
    let cells = Pages::new(rows.layout.len(), columns.layout.len(), 0);
    let table = Table { pair, cells, tiers, remarks: Remarks::default(), sums: Sums::default() };
    let mut crossing = Crossing { rows: &rows.layout, columns: &columns.layout, said, table };
    let margins = (0..rows.layout.len()).map(|row| (row, 0)).chain((0..columns.layout.len()).map(|column| (0, column)));
    crossing.put_margins(margins, rows, columns);
    let inner = |layout: &Layout| (0..layout.len()).filter(|at| !layout.is_leaf(*at)).collect::<Vec<usize>>();
    let inner_columns = inner(&columns.layout);
    let blocks = inner(&rows.layout).into_iter().flat_map(|row| inner_columns.iter().map(move |column| (row, *column)));
    crossing.run(gathered(blocks));
    let sums = sums::of_table(&crossing.table, rows, &columns.layout);
    Table { sums, ..crossing.table }
}

/// The same table after a while. Neither tree has changed its shape.
pub fn cross_again(table: &Table, rows: &Division, columns: &Division, said: &Cells, since: &Since<'_>) -> Table {
    let mut crossing = Crossing { rows: &rows.layout, columns: &columns.layout, said, table: table.clone() };
    let margins = since.rows.iter().map(|row| (*row, 0)).chain(since.columns.iter().map(|column| (0, *column)));
    let margins: Vec<Place> = margins.collect();
    crossing.put_margins(margins.iter().copied(), rows, columns);
    let mut open: BTreeSet<Place> = gathered(margins.iter().flat_map(|place| crossing.readers(*place)));
    open.extend(crossing.bind_again(since.cells));
    let mut changed = crossing.run(open);
    changed.extend(margins.iter().map(|(row, _)| *row));
    changed.sort_unstable();
    changed.dedup();
    let sums = sums::of_table_again(&crossing.table, rows, &columns.layout, &table.sums, &changed);
    Table { sums, ..crossing.table }
}

impl<'a> Crossing<'a> {
    /// A finished table again, to ask what one of its blocks would allow.
    pub fn again(table: &Table, rows: &'a Division, columns: &'a Division, said: &'a Cells) -> Crossing<'a> {
        let tiers = Arc::new(tiers(table.pair, &rows.layout, &columns.layout, said));
        Crossing { rows: &rows.layout, columns: &columns.layout, said, table: Table { tiers, ..table.clone() } }
    }

    /// The first row and the first column are what the nodes of the two trees have.
    fn put_margins(&mut self, places: impl Iterator<Item = Place>, rows: &Division, columns: &Division) {
        for (row, column) in places {
            self.table.cells.row_mut(row)[column] =
                if column == 0 { rows.amounts[row] } else { columns.amounts[column] };
        }
    }

    /// Something else is said of these cells. In which blocks that has a say.
    fn bind_again(&mut self, cells: &[At]) -> Vec<Place> {
        if cells.is_empty() {
            return Vec::new();
        }
        let new = tiers(self.table.pair, self.rows, self.columns, self.said);
        let old = std::mem::replace(&mut self.table.tiers, Arc::new(new));
        let new = &self.table.tiers;
        if old.len() != new.len() {
            return old.iter().chain(new.iter()).flat_map(|it| it.blocks.iter().copied()).collect();
        }
        let bound = old.iter().zip(new.iter()).flat_map(|(old, new)| old.differences(new));
        let said = cells.iter().filter_map(|at| Some((self.rows.position(at.row)?, self.columns.position(at.column)?)));
        bound.chain(said).map(|(row, column)| (self.rows.parent(row), self.columns.parent(column))).collect()
    }

    /// Fills these blocks, and those that read what changes by that, from the two roots down. In which rows something has
    /// changed, some of them more than once.
    fn run(&mut self, mut open: BTreeSet<Place>) -> Vec<usize> {
        let mut changed = Vec::new();
        while let Some(block) = open.pop_first() {
            let (rows, columns) = self.fill(block);
            self.open_readers(&mut open, block, &rows, &columns);
            changed.extend(rows);
        }
        changed
    }

    /// Those that read what these rows and columns of a block have: once for each, and not once a cell.
    fn open_readers(&self, open: &mut BTreeSet<Place>, (above, before): Place, rows: &[usize], columns: &[usize]) {
        let divided =
            |layout: &Layout, some: &[usize]| some.iter().copied().filter(|at| !layout.is_leaf(*at)).collect();
        let (rows, columns): (Vec<usize>, Vec<usize>) = (divided(self.rows, rows), divided(self.columns, columns));
        open.extend(columns.iter().map(|column| (above, *column)));
        for row in rows {
            open.insert((row, before));
            open.extend(columns.iter().map(|column| (row, *column)));
        }
    }

    /// The blocks that read a cell: as a margin of theirs, or as what they divide. None of them comes before the block of the
    /// cell.
    fn readers(&self, (row, column): Place) -> impl Iterator<Item = Place> + use<> {
        let (above, before) = (self.rows.parent(row), self.columns.parent(column));
        let (divides_row, divides_column) = (!self.rows.is_leaf(row), !self.columns.is_leaf(column));
        let as_row = (row != 0 && divides_column).then_some((above, column));
        let as_column = (column != 0 && divides_row).then_some((row, before));
        let as_whole = (divides_row && divides_column).then_some((row, column));
        [as_row, as_column, as_whole].into_iter().flatten()
    }

    /// Says which rows, and which columns, have a cell with another amount than before.
    fn fill(&mut self, (row, column): Place) -> (Vec<usize>, Vec<usize>) {
        let (rows, columns) = (self.rows.children(row), self.columns.children(column));
        let mut said = Vec::new();
        let cells = if self.table.tiers[0].blocks.contains(&(row, column)) {
            self.fill_bounded((row, column), &mut said)
        } else {
            let row_sums: Vec<i64> = rows.iter().map(|row| self.table.get(*row, column)).collect();
            let column_sums = self.column_sums((row, column), &row_sums, &columns);
            matrix::product(&row_sums, &column_sums)
        };
        self.table.remarks.set((row, column), said);
        let mut new_rows = Vec::with_capacity(rows.len());
        let mut is_new = vec![false; columns.len()];
        for (row, cells) in rows.into_iter().zip(cells.chunks(columns.len())) {
            let had = self.table.row(row);
            let mut is_new_row = false;
            for ((column, cell), is_new) in columns.iter().zip(cells).zip(&mut is_new) {
                let differs = had[*column] != *cell;
                *is_new |= differs;
                is_new_row |= differs;
            }
            if is_new_row {
                let has = self.table.cells.row_mut(row);
                columns.iter().zip(cells).for_each(|(column, cell)| has[*column] = *cell);
                new_rows.push(row);
            }
        }
        let new_columns = columns.into_iter().zip(is_new).filter(|(_, is_new)| *is_new).map(|(column, _)| column);
        (new_rows, new_columns.collect())
    }

    /// What the children of a row have in each of the columns: what the row has there, and a part of what it hands out more
    /// or less than it has.
    fn column_sums(&self, (row, column): Place, row_sums: &[i64], columns: &[usize]) -> Vec<i64> {
        let mut sums: Vec<i64> = columns.iter().map(|column| self.table.get(row, *column)).collect();
        let over = row_sums.iter().sum::<i64>() - self.table.get(row, column);
        if over != 0 {
            let weights: Vec<u64> = sums.iter().map(|it| it.unsigned_abs()).collect();
            let parts = apportion(over.abs(), &weights, Rounding::LargestRemainder);
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part * over.signum());
        }
        sums
    }

    /// All that is said if it can be kept, else the wishes in the order of the tiers let go, at last the locks too; what was
    /// not kept is said.
    fn fill_bounded(&self, place: Place, findings: &mut Vec<Finding>) -> Vec<i64> {
        let problem = self.problem(place);
        if 1 < self.table.tiers.len() {
            self.say_clashes(place, findings);
        }
        let usual = || Block { percents: Vec::new(), ..problem.block.clone() };
        let wishes: [&dyn Fn() -> Option<Block>; 3] =
            [&|| problem.with_typed(), &|| Some(problem.block.clone()), &|| Some(usual())];
        let filled = |wish: &dyn Fn() -> Option<Block>| {
            let block = wish()?;
            matrix::bounded(&block).map(|cells| self.in_steps(&problem, block, cells))
        };
        let cells = wishes.into_iter().find_map(filled);
        let cells = cells.unwrap_or_else(|| matrix::product(&problem.block.rows, &problem.block.columns));
        self.say(&problem, &cells, findings);
        cells
    }

    /// Which rows and columns of a block have floors above, or caps below, what they have.
    fn say_clashes(&self, (row, column): Place, findings: &mut Vec<Finding>) {
        let Block { rows: row_sums, columns: column_sums, floors, caps, .. } =
            self.problem_within((row, column), &self.table.tiers[0]).block;
        let (rows, columns) = (self.rows.children(row), self.columns.children(column));
        let width = columns.len().max(1);
        let amount = Amount::from_units;
        let mut check = |at: At, has: i64, cells: &mut dyn Iterator<Item = usize>| {
            let ends =
                |(floor, cap): (i64, i64), at: usize| (floor.saturating_add(floors[at]), cap.saturating_add(caps[at]));
            let (floor, cap) = cells.fold((0, 0), ends);
            if has < floor {
                findings.push(Finding::CellFloorsExceed { at, floors: amount(floor), most: amount(has) });
            } else if cap < has {
                findings.push(Finding::CellCapsFallShort { at, caps: amount(cap), least: amount(has) });
            }
        };
        for (index, has) in row_sums.into_iter().enumerate() {
            check(self.at(rows[index], column), has, &mut (index * width..(index + 1) * width));
        }
        for (index, has) in column_sums.into_iter().enumerate() {
            check(self.at(row, columns[index]), has, &mut (index..floors.len()).step_by(width));
        }
    }

    /// The cells that take multiples of something at the multiple that is nearest to what they have, or at the next one,
    /// where a table is possible so; the others make room.
    fn in_steps(&self, problem: &Problem, block: Block, cells: Vec<i64>) -> Vec<i64> {
        let mut held = block;
        let mut is_moved = false;
        for (at, cell) in cells.iter().enumerate() {
            let step = self.step(problem.place(at));
            if step <= 1 || held.floors[at] == held.caps[at] {
                continue;
            }
            let (below, above) = (cell - cell % step, cell - cell % step + step);
            let nearest = if cell - below <= above - cell { [below, above] } else { [above, below] };
            let possible = |amount: &i64| hold(held.clone(), at, *amount).filter(matrix::is_possible);
            if let Some(block) = nearest.iter().find_map(possible) {
                (held, is_moved) = (block, true);
            }
        }
        if is_moved { matrix::bounded(&held).unwrap_or(cells) } else { cells }
    }

    /// What a cell takes multiples of.
    fn step(&self, (row, column): Place) -> i64 {
        self.cell(row, column).increment.map_or(1, Amount::units)
    }

    /// The block of a row node and a column node: the margins, what bounds its cells as far as a table is possible so, and
    /// what was typed.
    pub fn problem(&self, place: Place) -> Problem {
        let mut problems = self.table.tiers.iter().map(|bounds| self.problem_within(place, bounds));
        let first = problems.next();
        let mut problem = first.unwrap_or_else(|| self.problem_within(place, &Bounds::default()));
        for less in problems {
            if matrix::is_possible(&problem.block) {
                break;
            }
            problem = less;
        }
        problem
    }

    fn problem_within(&self, (row, column): Place, bounds: &Bounds) -> Problem {
        let (rows, columns) = (self.rows.children(row), self.columns.children(column));
        let size = rows.len() * columns.len();
        let row_sums: Vec<i64> = rows.iter().map(|row| self.table.get(*row, column)).collect();
        let mut block = Block {
            columns: self.column_sums((row, column), &row_sums, &columns),
            rows: row_sums,
            floors: Vec::with_capacity(size),
            caps: Vec::with_capacity(size),
            percents: Vec::new(),
        };
        let mut typed = Vec::new();
        for (i, r) in rows.iter().enumerate() {
            for c in &columns {
                let (floor, cap) = bounds.cells.get(&(*r, *c)).copied().unwrap_or((0, NO_CAP));
                let (cell, place) = (self.cell(*r, *c), block.floors.len());
                let said = cell.typed.filter(|it| 0 < it.whole.units());
                if let (Some(it), true) = (said, floor < cap) {
                    typed.push((place, part_of(it, block.rows[i])));
                }
                block.percents.extend(cell.percent.map(|it| (place, millionths(it) as u64)));
                block.floors.push(floor);
                block.caps.push(cap);
            }
        }
        if let Some(held) = self.with_shares(&block, &rows, &columns) {
            block = held;
            typed.retain(|(place, _)| block.floors[*place] < block.caps[*place]);
        }
        Problem { block, rows, columns, typed }
    }

    /// The block with every locked share held. None where there are none, or where they cannot all be.
    fn with_shares(&self, block: &Block, rows: &[usize], columns: &[usize]) -> Option<Block> {
        let width = columns.len();
        let share = |place: usize| self.share((rows[place / width], columns[place % width]), block.rows[place / width]);
        let mut shares = (0..block.floors.len()).filter_map(|place| share(place).map(|it| (place, it))).peekable();
        shares.peek()?;
        shares.try_fold(block.clone(), |block, (place, amount)| hold(block, place, amount)).filter(matrix::is_possible)
    }

    /// What a locked share comes to.
    fn share(&self, (row, column): Place, whole: i64) -> Option<i64> {
        let share = self.cell(row, column).lock.and_then(Lock::share)?;
        Some(part_of(share, whole))
    }

    fn at(&self, row: usize, column: usize) -> At {
        At { pair: self.table.pair, row: self.rows.id(row), column: self.columns.id(column) }
    }

    fn cell(&self, row: usize, column: usize) -> Cell {
        self.said.get(self.at(row, column))
    }

    fn say(&self, problem: &Problem, cells: &[i64], findings: &mut Vec<Finding>) {
        let width = problem.columns.len();
        for (index, given) in cells.iter().enumerate() {
            let (row, column) = (problem.rows[index / width], problem.columns[index % width]);
            let (at, given) = (self.at(row, column), Amount::from_units(*given));
            let share = || self.share((row, column), problem.block.rows[index / width]).map(Amount::from_units);
            let locked = self.cell(row, column).lock.and_then(Lock::value).or_else(share);
            if let Some(locked) = locked.filter(|it| *it != given) {
                findings.push(Finding::CellLockBroken { at, locked, given });
            }
            let wish = problem.typed.iter().find(|(place, _)| *place == index).map(|(_, it)| Amount::from_units(*it));
            if let Some(typed) = wish.filter(|typed| *typed != given) {
                findings.push(Finding::CellTypedGaveWay { at, typed, given });
            }
            let Cell { floor, cap, increment, .. } = self.cell(row, column);
            if let Some(floor) = floor.filter(|floor| given < *floor) {
                findings.push(Finding::CellFloorBroken { at, floor, given });
            } else if let Some(cap) = cap.filter(|cap| *cap < given) {
                findings.push(Finding::CellCapBroken { at, cap, given });
            }
            let off = |increment: &Amount| 0 < increment.units() && given.units() % increment.units() != 0;
            if let Some(increment) = increment.filter(off) {
                findings.push(Finding::CellOffIncrement { at, increment, given });
            }
        }
    }
}

impl Problem {
    /// The block with every typed number held, as near to it as bounds allow.
    fn with_typed(&self) -> Option<Block> {
        let near = |at: usize, amount: i64| amount.clamp(self.block.floors[at], self.block.caps[at]);
        self.typed.iter().try_fold(self.block.clone(), |it, (at, amount)| hold(it, *at, near(*at, *amount)))
    }

    fn place(&self, at: usize) -> Place {
        (self.rows[at / self.columns.len()], self.columns[at % self.columns.len()])
    }

    /// The block with one cell held at an amount, and besides it the typed numbers in the cells that `keep` picks.
    pub fn with_cell(&self, place: usize, amount: i64, keep: impl Fn(usize) -> bool) -> Option<Block> {
        let block = hold(self.block.clone(), place, amount)?;
        let mut kept = self.typed.iter().filter(|(other, _)| *other != place && keep(*other));
        kept.try_fold(block, |block, (other, amount)| hold(block, *other, *amount))
    }

    /// The cells of the block in which something is typed.
    pub fn typed_places(&self) -> impl Iterator<Item = usize> + '_ {
        self.typed.iter().map(|(place, _)| *place)
    }
}

fn hold(mut block: Block, place: usize, amount: i64) -> Option<Block> {
    if amount < block.floors[place] || block.caps[place] < amount {
        return None;
    }
    (block.floors[place], block.caps[place]) = (amount, amount);
    Some(block)
}

/// A sum of bounds from below: how many parts have one, and what they make.
#[derive(Clone, Copy, Default)]
struct Sum {
    floor: i64,
    capped: usize,
    cap: i64,
}

impl Sum {
    fn add(&mut self, (floor, cap): (i64, i64)) {
        self.floor = self.floor.saturating_add(floor).min(NO_CAP);
        if cap < NO_CAP {
            self.capped += 1;
            self.cap = self.cap.saturating_add(cap).min(NO_CAP);
        }
    }

    /// A cap follows only if every part has one.
    fn cap(&self, parts: usize) -> i64 {
        if 0 < parts && parts == self.capped { self.cap } else { NO_CAP }
    }
}

/// What a cell itself says of its amount.
enum Own {
    Locked(i64),
    /// The least and the most.
    Wished(i64, i64),
}

impl Own {
    fn of(cell: Cell, wishes: Wishes) -> Option<Own> {
        if let Some(locked) = cell.lock.and_then(Lock::value) {
            return Some(Own::Locked(locked.units()));
        }
        let floor = cell.floor.filter(|_| wishes != Wishes::None);
        let cap = cell.cap.filter(|_| wishes == Wishes::FloorsAndCaps);
        let is_bound = floor.is_some() || cap.is_some();
        is_bound.then(|| Own::Wished(floor.map_or(0, Amount::units), cap.map_or(NO_CAP, Amount::units)))
    }
}

/// One tier alone where nobody set a floor or a cap.
fn tiers(pair: Pair, rows: &Layout, columns: &Layout, said: &Cells) -> Vec<Bounds> {
    let has = |has: fn(Cell) -> bool| said.of(pair).any(|(_, cell)| has(cell));
    let wishes = [
        Some(Wishes::FloorsAndCaps).filter(|_| has(|it| it.cap.is_some())),
        Some(Wishes::Floors).filter(|_| has(|it| it.floor.is_some())),
        Some(Wishes::None),
    ];
    wishes.into_iter().flatten().map(|wishes| Bounds::of(pair, rows, columns, said, wishes)).collect()
}

impl Bounds {
    /// From the last cells to the first, so that whatever lies below a cell in either tree comes before it.
    fn of(pair: Pair, rows: &Layout, columns: &Layout, said: &Cells, wishes: Wishes) -> Bounds {
        let mut bounds = Bounds::default();
        let mut open: BTreeMap<Place, (Sum, Sum)> = BTreeMap::new();
        let mut own: BTreeMap<Place, Own> = BTreeMap::new();
        for (at, cell) in said.of(pair) {
            let (Some(row), Some(column)) = (rows.position(at.row), columns.position(at.column)) else { continue };
            if row == 0 || column == 0 {
                // A margin: it is locked in its tree.
                continue;
            }
            bounds.blocks.insert((rows.parent(row), columns.parent(column)));
            if let Some(it) = Own::of(cell, wishes) {
                own.insert((row, column), it);
                open.entry((row, column)).or_default();
            }
        }
        while let Some(((row, column), (from_rows, from_columns))) = open.pop_last() {
            let mut floor = from_rows.floor.max(from_columns.floor);
            let mut cap = from_rows.cap(rows.children(row).len()).min(from_columns.cap(columns.children(column).len()));
            // Where what is said below forces another amount, the block of those below will say so.
            match own.get(&(row, column)) {
                Some(Own::Locked(locked)) => (floor, cap) = (*locked, *locked),
                Some(Own::Wished(least, most)) => (floor, cap) = (floor.max(*least), cap.min(*most)),
                None => {}
            }
            bounds.cells.insert((row, column), (floor, cap.max(floor)));
            bounds.blocks.insert((rows.parent(row), columns.parent(column)));
            if 1 < row && rows.parent(row) != 0 {
                open.entry((rows.parent(row), column)).or_default().0.add((floor, cap));
            }
            if 1 < column && columns.parent(column) != 0 {
                open.entry((row, columns.parent(column))).or_default().1.add((floor, cap));
            }
        }
        bounds
    }

    /// The cells that others bind otherwise.
    fn differences<'a>(&'a self, other: &'a Bounds) -> impl Iterator<Item = Place> + 'a {
        let differs = |place: &&Place| self.cells.get(place) != other.cells.get(place);
        self.cells.keys().chain(other.cells.keys()).filter(differs).copied()
    }
}
