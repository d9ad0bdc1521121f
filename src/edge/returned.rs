//! The workbook that others fill in, on its way back: what it says that each of them can do, and what each period brought,
//! beside what the plan says now.
//!
//! A row is known by the id of its node, in a hidden column, whatever it is called and wherever it was moved to. A blank
//! says nothing, and takes nothing away. Refused: the workbook of another plan, of another year or in another unit; one of
//! a newer version; and, each by its cell, a number that cannot be read, a row that is of nobody, and one that is there
//! twice.

use std::collections::BTreeMap;

use super::xlsx::{Grid, Workbook, WorkbookError};
use crate::amount::{Amount, Numeral, ParseAmountError, Scale, parse};
use crate::plan::check::MAX_NODES;
use crate::plan::{Dimension, Edit, Field, NodeId, Plan, Unit};

/// The hidden sheet that says what the workbook is of.
pub const MARKS: &str = "sextant";
/// What the first cell of a sheet says where numbers are filled in: this, and which numbers.
const MARK: &str = "sextant:";
const VERSION: &str = "1";

/// The numbers that others fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// What each can do.
    Submitted,
    /// What each period really brought.
    Actual,
}

impl Told {
    pub const ALL: [Told; 2] = [Told::Submitted, Told::Actual];

    /// What the first cell of its sheet says.
    pub fn mark(self) -> String {
        format!("{MARK}{}", self.name())
    }

    fn name(self) -> &'static str {
        match self {
            Told::Submitted => "submitted",
            Told::Actual => "actual",
        }
    }

    pub fn dimension(self) -> Dimension {
        match self {
            Told::Submitted => Dimension::Organisation,
            Told::Actual => Dimension::Time,
        }
    }

    /// What the plan says of a node now.
    pub fn of(self, plan: &Plan, id: NodeId) -> Option<Amount> {
        let node = plan.node(self.dimension(), id)?;
        match self {
            Told::Submitted => node.submitted,
            Told::Actual => node.actual,
        }
    }

    fn field(self, amount: Amount) -> Field {
        match self {
            Told::Submitted => Field::Submitted(Some(amount)),
            Told::Actual => Field::Actual(Some(amount)),
        }
    }
}

/// The rows of the hidden sheet: what, and its value. `heads` are those of the columns that are filled in.
pub fn marks(plan: &Plan, heads: &[(Told, String)]) -> Vec<[String; 2]> {
    let pair = |what: &str, value: String| [what.to_owned(), value];
    let mut marks = vec![
        pair(MARKS, VERSION.to_owned()),
        pair("title", plan.title.clone()),
        pair("year", plan.calendar.year.to_string()),
        pair("start_month", plan.calendar.start_month.to_string()),
        pair("unit", unit_of(plan)),
    ];
    marks.extend(heads.iter().map(|(told, head)| pair(told.name(), head.clone())));
    marks
}

fn unit_of(plan: &Plan) -> String {
    match &plan.unit {
        Unit::Money(code) => format!("money {code}"),
        Unit::Count(noun) => format!("count {noun}"),
    }
}

/// What stands in the hidden column beside a node: its id, and its name as it was then.
pub fn key(id: NodeId, name: &str) -> String {
    format!("{} {name}", id.0).trim_end().to_owned()
}

fn read_key(text: &str) -> Option<(NodeId, &str)> {
    let (id, name) = text.split_once(' ').unwrap_or((text, ""));
    id.parse().ok().map(|id| (NodeId(id), name))
}

/// Why a workbook is not taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReturnError {
    Workbook(WorkbookError),
    /// A newer version wrote it.
    Newer,
    /// The rows by which its numbers are known are gone.
    Unmarked,
    /// Of another plan, by its nodes: so many of so many rows are not in this one.
    OtherPlan {
        title: String,
        unknown: usize,
        rows: usize,
    },
    OtherYear {
        title: String,
        year: String,
    },
    OtherUnit {
        title: String,
        unit: String,
    },
}

impl From<WorkbookError> for ReturnError {
    fn from(error: WorkbookError) -> ReturnError {
        ReturnError::Workbook(error)
    }
}

/// A workbook that came back, as it is: no plan has been asked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    marks: BTreeMap<String, String>,
    entries: Vec<Entry>,
}

/// A row in which something can be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    told: Told,
    key: String,
    /// Who the row is about, as it can be read.
    shown: String,
    given: String,
    /// The cell, as people find it: its sheet, and its address.
    at: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub sheet: String,
    pub cell: String,
}

/// Whether a workbook is one of those that others fill in.
pub fn is_returned(book: &Workbook) -> bool {
    book.find(MARKS).is_some()
}

/// Reads a workbook that came back.
pub fn gather(book: &Workbook) -> Result<Returned, ReturnError> {
    let hidden = book.find(MARKS).ok_or(ReturnError::Unmarked)?;
    let grid = book.read(hidden)?;
    let marks: BTreeMap<String, String> =
        grid.rows().map(|row| (grid.get(row, 1).to_owned(), grid.get(row, 2).to_owned())).collect();
    match marks.get(MARKS).map(String::as_str) {
        Some(VERSION) => {}
        Some(version) if version.parse::<u32>().is_ok() => return Err(ReturnError::Newer),
        _ => return Err(ReturnError::Unmarked),
    }
    let mut entries = Vec::new();
    let names: Vec<String> = book.sheets().map(|(name, _)| name.to_owned()).collect();
    for (at, sheet) in names.into_iter().enumerate().filter(|(at, _)| *at != hidden) {
        // A row for each node, whatever a pasted table may have.
        let grid = book.read_up_to(at, MAX_NODES)?;
        let Some(told) = Told::ALL.into_iter().find(|it| it.mark() == grid.get(1, 1)) else { continue };
        let head = marks.get(told.name()).ok_or(ReturnError::Unmarked)?;
        let column = grid.columns_of(1).find(|it| grid.get(1, *it) == head).ok_or(ReturnError::Unmarked)?;
        entries.extend(rows_of(&grid, told, column, &sheet));
    }
    if entries.is_empty() { Err(ReturnError::Unmarked) } else { Ok(Returned { marks, entries }) }
}

fn rows_of(grid: &Grid, told: Told, column: usize, sheet: &str) -> Vec<Entry> {
    let entry = |row: usize| {
        let shown = (2..column).rev().map(|it| grid.get(row, it)).find(|it| !it.is_empty() && !is_number(it));
        Entry {
            told,
            key: grid.get(row, 1).to_owned(),
            shown: shown.unwrap_or_default().to_owned(),
            given: grid.get(row, column).trim().to_owned(),
            at: Place { sheet: sheet.to_owned(), cell: super::xlsx::named(row, column) },
        }
    };
    grid.rows().filter(|it| *it != 1).map(entry).collect()
}

fn is_number(text: &str) -> bool {
    crate::amount::parse_decimal(text).is_ok()
}

/// A number that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub told: Told,
    pub id: NodeId,
    pub old: Option<Amount>,
    pub new: Amount,
    pub at: Place,
}

/// A row that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Odd {
    /// No node of the plan: it was removed since, or the row was added by hand.
    Unknown {
        at: Place,
        shown: String,
        given: String,
    },
    /// The node is there a second time; the number of the first counts.
    Twice {
        at: Place,
        shown: String,
        given: String,
    },
    Unreadable {
        at: Place,
        error: ParseAmountError,
    },
    Negative {
        at: Place,
        given: String,
    },
}

/// What would come of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    pub title: String,
    pub changes: Vec<Change>,
    /// Rows that say what the plan says already.
    pub same: usize,
    /// Rows in which nothing was filled in.
    pub blank: usize,
    pub odd: Vec<Odd>,
}

impl Returned {
    /// Holds the workbook against a plan.
    pub fn compare(&self, plan: &Plan) -> Result<Comparison, ReturnError> {
        self.is_of(plan)?;
        let numeral = Numeral { decimals: plan.unit.decimals(), scale: Scale::One };
        let mut comparison = Comparison { title: self.mark("title"), ..Comparison::default() };
        let mut seen: BTreeMap<(Told, NodeId), Amount> = BTreeMap::new();
        for entry in &self.entries {
            let (at, given) = (entry.at.clone(), entry.given.clone());
            if given.is_empty() {
                comparison.blank += 1;
                continue;
            }
            let node = read_key(&entry.key).filter(|(id, _)| plan.node(entry.told.dimension(), *id).is_some());
            let Some((id, _)) = node else {
                comparison.odd.push(Odd::Unknown { at, shown: entry.shown.clone(), given });
                continue;
            };
            let new = match parse(&given, numeral) {
                Ok(new) if new.is_negative() => {
                    comparison.odd.push(Odd::Negative { at, given });
                    continue;
                }
                Ok(new) => new,
                Err(error) => {
                    comparison.odd.push(Odd::Unreadable { at, error });
                    continue;
                }
            };
            match seen.insert((entry.told, id), new) {
                Some(first) => {
                    seen.insert((entry.told, id), first);
                    if first != new {
                        comparison.odd.push(Odd::Twice { at, shown: entry.shown.clone(), given });
                    }
                }
                None => {
                    let old = entry.told.of(plan, id);
                    if old == Some(new) {
                        comparison.same += 1;
                    } else {
                        comparison.changes.push(Change { told: entry.told, id, old, new, at });
                    }
                }
            }
        }
        Ok(comparison)
    }

    /// The year, the unit, and most of the nodes by their ids and names. A plan that was renamed, or is a copy, is the same;
    /// so is a node that was renamed, as long as most were not.
    fn is_of(&self, plan: &Plan) -> Result<(), ReturnError> {
        let title = self.mark("title");
        let year = self.mark("year");
        if year != plan.calendar.year.to_string() || self.mark("start_month") != plan.calendar.start_month.to_string() {
            return Err(ReturnError::OtherYear { title, year });
        }
        if self.mark("unit") != unit_of(plan) {
            let unit = self.mark("unit").split_once(' ').map_or(String::new(), |(_, it)| it.to_owned());
            return Err(ReturnError::OtherUnit { title, unit });
        }
        let of_people = || self.entries.iter().filter(|it| it.told == Told::Submitted && !it.key.is_empty());
        let is_known = |it: &&Entry| {
            read_key(&it.key)
                .is_some_and(|(id, name)| plan.node(Dimension::Organisation, id).is_some_and(|node| node.name == name))
        };
        let (rows, known) = (of_people().count(), of_people().filter(is_known).count());
        if known * 2 < rows { Err(ReturnError::OtherPlan { title, unknown: rows - known, rows }) } else { Ok(()) }
    }

    fn mark(&self, what: &str) -> String {
        self.marks.get(what).cloned().unwrap_or_default()
    }
}

/// The one edit that takes all of it.
pub fn edit(comparison: &Comparison) -> Edit {
    let one = |it: &Change| Edit::Node { dimension: it.told.dimension(), id: it.id, field: it.told.field(it.new) };
    Edit::Batch(comparison.changes.iter().map(one).collect())
}
