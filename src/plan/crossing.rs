//! Where two dimensions meet: what somebody typed, locked or bounded inside a table.
//!
//! No table is stored. A cell is here only while it says something; all others follow from the margins.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::fields::{Fields, Visitor};
use super::tree::{Dimension, Lock, NodeId, Typed};
use super::visit::visit_lock;
use super::written::by_fields;
use crate::amount::Amount;

/// Two different dimensions, the earlier one down the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Sides")]
pub struct Pair {
    rows: Dimension,
    columns: Dimension,
}

/// A pair as an edit brings it, before it is known to be one.
#[derive(Deserialize)]
struct Sides {
    rows: Dimension,
    columns: Dimension,
}

impl TryFrom<Sides> for Pair {
    type Error = &'static str;

    fn try_from(Sides { rows, columns }: Sides) -> Result<Pair, Self::Error> {
        let pair = Pair::of(rows, columns).ok_or("rows and columns are the same dimension")?;
        if pair.rows == rows { Ok(pair) } else { Err("rows come before columns in the order of dimensions") }
    }
}

impl Pair {
    /// None where both are the same.
    pub fn of(one: Dimension, other: Dimension) -> Option<Pair> {
        match one.cmp(&other) {
            std::cmp::Ordering::Less => Some(Pair { rows: one, columns: other }),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(Pair { rows: other, columns: one }),
        }
    }

    /// A dimension against time.
    pub const fn over_time(rows: Dimension) -> Pair {
        Pair { rows, columns: Dimension::Time }
    }

    pub const ORGANISATION_PRODUCT: Pair = Pair { rows: Dimension::Organisation, columns: Dimension::Product };

    /// Those that are not over time.
    pub const CROSSED: [Pair; 6] = [
        Pair::ORGANISATION_PRODUCT,
        Pair { rows: Dimension::Organisation, columns: Dimension::Customer },
        Pair { rows: Dimension::Organisation, columns: Dimension::Channel },
        Pair { rows: Dimension::Product, columns: Dimension::Customer },
        Pair { rows: Dimension::Product, columns: Dimension::Channel },
        Pair { rows: Dimension::Customer, columns: Dimension::Channel },
    ];

    /// Every two dimensions that a plan can be divided along together. Links count them in this order.
    pub const ALL: [Pair; 10] = [
        Pair::over_time(Dimension::Organisation),
        Pair::over_time(Dimension::Product),
        Pair::over_time(Dimension::Customer),
        Pair::over_time(Dimension::Channel),
        Pair::CROSSED[0],
        Pair::CROSSED[1],
        Pair::CROSSED[2],
        Pair::CROSSED[3],
        Pair::CROSSED[4],
        Pair::CROSSED[5],
    ];

    pub fn is_over_time(self) -> bool {
        self.columns == Dimension::Time
    }

    pub fn rows(self) -> Dimension {
        self.rows
    }

    pub fn columns(self) -> Dimension {
        self.columns
    }
}

/// A cell of one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct At {
    pub pair: Pair,
    pub row: NodeId,
    pub column: NodeId,
}

/// What somebody said about a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its share of what its row has over the column's parent.
    pub typed: Option<Typed>,
    pub lock: Option<Lock>,
    /// The least that it takes.
    pub floor: Option<Amount>,
    /// The most that it takes.
    pub cap: Option<Amount>,
    /// It takes whole multiples of this.
    pub increment: Option<Amount>,
    /// What it is of its row over the column's parent, in percent, before the table is fitted; absent, what its column is
    /// of all rows. A region's own season is a row of these.
    pub percent: Option<Decimal>,
}

impl Cell {
    pub fn is_empty(&self) -> bool {
        *self == Cell::default()
    }
}

/// All cells of all tables about which somebody said something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<Entry>", try_from = "Vec<Entry>")]
pub struct Cells(BTreeMap<At, Cell>);

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Cells {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cells".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<Written>::json_schema(generator)
    }
}

impl Cells {
    pub fn get(&self, at: At) -> Cell {
        self.0.get(&at).copied().unwrap_or_default()
    }

    /// Puts what is said about a cell, and returns what was said before. Nothing said is nothing stored.
    pub fn set(&mut self, at: At, cell: Cell) -> Cell {
        let before = if cell.is_empty() { self.0.remove(&at) } else { self.0.insert(at, cell) };
        before.unwrap_or_default()
    }

    pub fn iter(&self) -> impl Iterator<Item = (At, Cell)> + '_ {
        self.0.iter().map(|(at, cell)| (*at, *cell))
    }

    pub fn of(&self, pair: Pair) -> impl Iterator<Item = (At, Cell)> + '_ {
        self.iter().filter(move |(at, _)| at.pair == pair)
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.0.values_mut()
    }

    pub(super) fn retain(&mut self, keep: impl Fn(At, Cell) -> bool) {
        self.0.retain(|at, cell| keep(*at, *cell));
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Fields for Cell {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.other("typed", &mut self.typed);
        visitor.other("lock", &mut self.lock);
        visit_lock(&mut self.lock, visitor);
        visitor.money("floor", &mut self.floor);
        visitor.money("cap", &mut self.cap);
        visitor.money("increment", &mut self.increment);
        visitor.percent("percent", &mut self.percent);
    }
}

/// A cell as the file has it.
#[derive(Clone, Default)]
struct Entry {
    rows: Dimension,
    columns: Dimension,
    row: NodeId,
    column: NodeId,
    cell: Cell,
}

impl Fields for Entry {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kind("rows", &mut self.rows);
        visitor.kind("columns", &mut self.columns);
        visitor.kind("row", &mut self.row);
        visitor.kind("column", &mut self.column);
        self.cell.visit(visitor);
    }
}

by_fields!(Entry);

impl From<Cells> for Vec<Entry> {
    fn from(cells: Cells) -> Vec<Entry> {
        let entry = |(at, cell): (At, Cell)| Entry {
            rows: at.pair.rows,
            columns: at.pair.columns,
            row: at.row,
            column: at.column,
            cell,
        };
        cells.iter().map(entry).collect()
    }
}

impl TryFrom<Vec<Entry>> for Cells {
    type Error = &'static str;

    fn try_from(entries: Vec<Entry>) -> Result<Cells, Self::Error> {
        let mut cells = Cells::default();
        for Entry { rows, columns, row, column, cell } in entries {
            let pair = Pair::try_from(Sides { rows, columns })?;
            cells.set(At { pair, row, column }, cell);
        }
        Ok(cells)
    }
}

/// A cell as the schema of the file has it.
#[cfg(not(target_arch = "wasm32"))]
#[derive(schemars::JsonSchema)]
#[schemars(rename = "Entry", deny_unknown_fields)]
#[expect(dead_code, reason = "it is what the schema is made of")]
struct Written {
    rows: Dimension,
    columns: Dimension,
    row: NodeId,
    column: NodeId,
    typed: Option<Typed>,
    lock: Option<Lock>,
    floor: Option<Amount>,
    cap: Option<Amount>,
    increment: Option<Amount>,
    #[schemars(with = "Option<String>")]
    percent: Option<Decimal>,
}
