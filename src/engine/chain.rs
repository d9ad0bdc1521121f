//! Three dimensions at once: what each person is to sell of each product in each month, in whole units.
//!
//! Whole numbers for three tables at once need not exist, and to find them is as hard as any integer program (De Loera &
//! Onn). So it is a chain: two of the three tables hold exactly, and the third as nearly as whole units let it. The two
//! share a dimension, the centre of the chain; each of its nodes is a table of its own with the margins that they give it,
//! and a table has whole numbers for whatever margins.
//!
//! 1. Where each cell should lie: iterative proportional fitting over all three tables, beginning with what a person has,
//!    spread by the person's months and the person's products.
//! 2. Node after node of the centre is rounded so that both of its margins hold, each cell up or down from where it should
//!    lie (`rounding`). What the third table is owed after one node goes first in the next, so that it does not add up.
//!
//! All sums along one dimension follow, at every level, since two tables with them hold. What the third table is off is
//! reported, for every pair, by adding up. Where the organisation hands out more or less than it has, its own tables hold, and
//! every other is off by that. Refused: three dimensions of which none is divided along with both others, and
//! more cells than a spreadsheet has rows.

use kernels::matrix::{self, Block, Scaling};
use kernels::rounding::{self, Rests};
use kernels::{Rounding, apportion};

use super::Outcome;
use crate::plan::{Dimension, Pair};
use kernel::{Real, Seeds};

/// The most cells. A spreadsheet has 1,048,576 rows.
pub const MOST: u64 = 1_000_000;

/// The nodes of a tree at a depth, and the leaves above it: every part of the whole once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    pub dimension: Dimension,
    pub depth: usize,
}

impl Level {
    pub const QUARTERS: Level = Level { dimension: Dimension::Time, depth: 1 };
    pub const MONTHS: Level = Level { dimension: Dimension::Time, depth: 2 };

    pub const fn leaves(dimension: Dimension) -> Level {
        Level { dimension, depth: usize::MAX }
    }
}

/// Why there is no chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unchained {
    /// Two of the three are the same, or too large together for a table.
    Apart,
    TooMany {
        cells: u64,
    },
}

/// The cells of three levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The positions of the nodes of each level, in the order of their layouts.
    pub nodes: [Vec<usize>; 3],
    /// Each pair of the three that the plan is divided along, and what the cells leave of it.
    pub residuals: Vec<Residual>,
    cells: Vec<i64>,
    strides: [usize; 3],
}

/// How far the cells of three dimensions, added up along one, are from the table of the other two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Residual {
    pub pair: Pair,
    /// The largest difference, in units.
    pub largest: i64,
    /// All differences, each as a positive number.
    pub sum: i64,
    /// How many cells of the table differ.
    pub cells: usize,
}

impl Chain {
    /// The amount of a cell, by the places of its nodes in `nodes`.
    pub fn get(&self, places: [usize; 3]) -> i64 {
        let at: usize = places.iter().zip(self.strides).map(|(place, stride)| place * stride).sum();
        self.cells[at]
    }

    pub fn len(&self) -> usize {
        self.cells.len()
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The residual that is the largest, if any table is off.
    pub fn worst(&self) -> Option<Residual> {
        self.residuals.iter().copied().filter(|it| 0 < it.largest).max_by_key(|it| it.largest)
    }
}

/// Divides along three dimensions. The organisation, or else the first of them, is the centre, unless it has no table with
/// one of the others: these two hold.
pub fn chain(outcome: &Outcome, by: [Level; 3]) -> Result<Chain, Unchained> {
    let nodes = by.map(|level| outcome.division(level.dimension).layout.level(level.depth));
    let axis = |it: usize| Axis { dimension: by[it].dimension, nodes: &nodes[it] };
    let table = |one: usize, other: usize| table(outcome, axis(one), axis(other));
    let tables = |centre: usize| {
        let (rows, columns) = ((centre + 1) % 3, (centre + 2) % 3);
        Pair::of(by[rows].dimension, by[columns].dimension)?;
        Some((centre, rows, columns, table(centre, rows)?, table(centre, columns)?))
    };
    let cells = nodes.iter().map(|it| it.len() as u64).product();
    if MOST < cells {
        return Err(Unchained::TooMany { cells });
    }
    let is_organisation = |it: &usize| by[*it].dimension == Dimension::Organisation;
    let centres = (0..3).filter(is_organisation).chain(0..3);
    let (centre, rows, columns, of_rows, of_columns) = centres.into_iter().find_map(tables).ok_or(Unchained::Apart)?;
    let (height, width) = (nodes[rows].len(), nodes[columns].len());
    let margins = of_rows.chunks(height).zip(of_columns.chunks(width));
    let slices: Vec<Block> = match is_organisation(&columns) {
        false => margins.map(|(rows, columns)| slice(rows, &levelled(columns, rows))).collect(),
        true => margins.map(|(rows, columns)| slice(&levelled(rows, columns), columns)).collect(),
    };
    let cells = divided(&slices, table(rows, columns).as_deref());
    let mut strides = [1; 3];
    (strides[centre], strides[rows]) = (height * width, width);
    let mut chain = Chain { nodes: nodes.clone(), residuals: Vec::new(), cells, strides };
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        if let (Some(pair), Some(table)) = (Pair::of(by[one].dimension, by[other].dimension), table(one, other)) {
            chain.residuals.push(residual(pair, &table, &sums(&chain, one, other)));
        }
    }
    Ok(chain)
}

/// Nodes of a tree.
struct Axis<'a> {
    dimension: Dimension,
    nodes: &'a [usize],
}

/// What the plan's table of two dimensions has, row after row of the first. None where it has no such table.
fn table(outcome: &Outcome, one: Axis<'_>, other: Axis<'_>) -> Option<Vec<i64>> {
    let pair = Pair::of(one.dimension, other.dimension)?;
    let is_turned = pair.rows() != one.dimension;
    let get = |one: usize, other: usize| match is_turned {
        true => outcome.cell(pair, other, one),
        false => outcome.cell(pair, one, other),
    };
    one.nodes.iter().flat_map(|one| other.nodes.iter().map(|other| get(*one, *other))).collect()
}

/// In proportion to what they are, what together comes to what others have.
fn levelled(amounts: &[i64], others: &[i64]) -> Vec<i64> {
    let (sum, total): (i64, i64) = (amounts.iter().sum(), others.iter().sum());
    if sum == total {
        return amounts.to_vec();
    }
    let weights: Vec<u64> = amounts.iter().map(|it| it.unsigned_abs()).collect();
    apportion(total, &weights, Rounding::LargestRemainder)
}

/// The table of one node of the centre: no cell is more than its row and its column have.
fn slice(rows: &[i64], columns: &[i64]) -> Block {
    let caps: Vec<i64> = rows.iter().flat_map(|row| columns.iter().map(move |column| *row.min(column))).collect();
    let floors = vec![0; caps.len()];
    Block { rows: rows.to_vec(), columns: columns.to_vec(), floors, caps, percents: Vec::new() }
}

/// The cells of all slices, one slice after the other. `third` is what they are to come to together, as far as they can.
fn divided(slices: &[Block], third: Option<&[i64]>) -> Vec<i64> {
    let seeds = Seeds::of(slices, third);
    let size = slices.first().map_or(0, |it| it.caps.len());
    let mut owed = vec![0; size];
    let mut cells = Vec::with_capacity(size * slices.len());
    for (place, slice) in slices.iter().enumerate() {
        cells.extend(rounded(slice, &seeds.fitted(place, slice), &mut owed));
    }
    cells
}

/// Whole units for one slice. `owed` is what its cells should have got in the slices before and did not, in the grain of the
/// rests; it has a say in which cells are rounded up, and is brought up to date.
fn rounded(slice: &Block, cells: &[Real], owed: &mut [i64]) -> Vec<i64> {
    let (floors, Rests { each, one }) = matrix::floored(slice, cells);
    let whole = one as i64;
    // From minus one to two, brought to between zero and one: rests are compared, and nothing else is done with them.
    let urgency = |(rest, owed): (&u64, &i64)| ((*rest as i64 + owed.clamp(&-whole, &whole) + whole) / 3) as u64;
    // One more, so that nothing is left to those that are whole already or at their caps.
    let urgent = each.iter().zip(&*owed).zip(floors.iter().zip(&slice.caps));
    let urgent = urgent.map(|(it, (floor, cap))| if 0 < *it.0 && floor < cap { urgency(it) + 1 } else { 0 });
    let urgent = Rests { each: urgent.collect(), one };
    let mut given = rounding::settled(&slice.rows, &slice.columns, &floors, &urgent).above(floors.clone());
    // Where floats could not tell the units, or the fit was not finished, a unit a cell is not enough.
    rounding::fill_rows(slice, &mut given);
    rounding::flow(slice, &mut given);
    for (((owed, rest), floor), given) in owed.iter_mut().zip(&each).zip(&floors).zip(&given) {
        *owed = owed.saturating_add((floor - given).saturating_mul(whole)).saturating_add(*rest as i64);
    }
    given
}

/// The cells added up along the dimension that is neither.
fn sums(chain: &Chain, one: usize, other: usize) -> Vec<i64> {
    let along = 3 - one - other;
    let stride = chain.strides[along];
    let mut sums = Vec::with_capacity(chain.nodes[one].len() * chain.nodes[other].len());
    for i in 0..chain.nodes[one].len() {
        for j in 0..chain.nodes[other].len() {
            let first = i * chain.strides[one] + j * chain.strides[other];
            sums.push((0..chain.nodes[along].len()).map(|k| chain.cells[first + k * stride]).sum());
        }
    }
    sums
}

fn residual(pair: Pair, table: &[i64], sums: &[i64]) -> Residual {
    let mut residual = Residual { pair, largest: 0, sum: 0, cells: 0 };
    for off in table.iter().zip(sums).map(|(wanted, has)| (wanted - has).abs()).filter(|off| 0 < *off) {
        residual.largest = residual.largest.max(off);
        residual.sum += off;
        residual.cells += 1;
    }
    residual
}

mod kernel {
    //! Where the cells of three dimensions should lie before they are rounded.
    #![allow(clippy::float_arithmetic, reason = "a numeric kernel: no float leaves it as money")]

    use super::{Block, Scaling};

    /// A cell before it is rounded.
    pub type Real = f64;

    /// A third table that the first two allow is met long before; one that they do not is not met by any number of them.
    const SWEEPS: usize = 20;
    /// Nearer than this to every cell of the third table is near enough, in units: the rest is rounding.
    const NEAR: f64 = 0.25;
    /// No cell is so many times more, or less, than its margins say, so that no product of factors is out of reach.
    const LEAN: f64 = 1e12;

    /// What the cells of every slice are in proportion to, besides their margins, so that all slices together come near to
    /// the third table.
    pub struct Seeds {
        factors: Vec<Real>,
        even: Vec<Real>,
        /// The slices whose margins cannot be met so go by their margins alone.
        is_even: Vec<bool>,
    }

    impl Seeds {
        pub fn of(slices: &[Block], third: Option<&[i64]>) -> Seeds {
            let even = vec![1.0; slices.first().map_or(0, |it| it.caps.len())];
            let mut seeds = Seeds { factors: even.clone(), even, is_even: vec![third.is_none(); slices.len()] };
            for _ in 0..SWEEPS {
                let Some(third) = third else { break };
                let sums = seeds.sums(slices);
                let off = |(sum, wanted): (&f64, &i64)| (sum - *wanted as f64).abs();
                if sums.iter().zip(third).map(off).fold(0.0, f64::max) < NEAR {
                    break;
                }
                for (factor, (sum, wanted)) in seeds.factors.iter_mut().zip(sums.iter().zip(third)) {
                    if 0.0 < *sum {
                        let lean = *factor * *wanted as f64 / sum;
                        *factor = if lean <= 0.0 { 0.0 } else { lean.clamp(1.0 / LEAN, LEAN) };
                    }
                }
            }
            seeds
        }

        fn sums(&mut self, slices: &[Block]) -> Vec<f64> {
            let mut sums = vec![0.0; self.factors.len()];
            for (place, slice) in slices.iter().enumerate() {
                let cells = self.leaning(place, slice).unwrap_or_else(|| {
                    self.is_even[place] = true;
                    self.evenly(slice)
                });
                for (sum, cell) in sums.iter_mut().zip(cells) {
                    *sum += cell;
                }
            }
            sums
        }

        /// The cells of a slice, both of its margins met.
        pub fn fitted(&self, place: usize, slice: &Block) -> Vec<Real> {
            self.leaning(place, slice).unwrap_or_else(|| self.evenly(slice))
        }

        fn leaning(&self, place: usize, slice: &Block) -> Option<Vec<Real>> {
            let is_open = !self.is_even[place];
            is_open.then(|| Scaling::seeded(&self.factors, slice).fitted().map(|it| it.cells)).flatten()
        }

        /// By the product of the margins, which is found at once.
        fn evenly(&self, slice: &Block) -> Vec<Real> {
            Scaling::seeded(&self.even, slice).fitted().map_or_else(|| self.even.clone(), |it| it.cells)
        }
    }
}
