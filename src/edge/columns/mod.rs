//! A plan as columns of bytes: what a link carries. The same field of all nodes stands together, so that deflate sees what is
//! alike, and a plan takes about half of what its JSON takes.
//!
//! ```text
//! schema  oldest  section*      which plan this is, and the oldest reader that may read it
//! section = id length bytes     ids rise; of a newer plan, a reader skips what it does not know
//! ```
//!
//! | id | section | bytes |
//! | --- | --- | --- |
//! | 1 | title | kind of the unit, its word, the title |
//! | 2, 3 | goal, basis | columns of one row |
//! | 4 | calendar | year from 1990, month, weeks, work week, whether days are carried, holidays, peaks |
//! | 5 to 8 | organisation, product, customer, channel | shape, then columns of the nodes |
//! | 9 | time | columns of the nodes; the shape is that of the calendar |
//! | 10 | cells | tables, rows and columns by place, then columns of what is said |
//! | 11 to 16 | what else the goal says, capacity, funnel, buffer, chance, scenarios | as the plan file has it: they are few, and each its own |
//! | 17 | ancestors | checksums of four bytes, of each the lowest byte first |
//!
//! Numbers are the varints of postcard; what the columns of each kind look like stands in `kind`. A section that says what a
//! blank plan says is not written.
//!
//! Refused: bytes that end early or late, numbers that are not written the shortest way, codes and places that do not
//! exist, and any count that what is left could not fill. Nothing here knows of compression or of links.

mod calendar;
mod cells;
mod input;
mod kind;
mod out;
mod row;
mod said;
mod tree;

use std::fmt;

use input::In;
use out::Out;
use row::Row;

use crate::plan::check::Repair;
use crate::plan::migrate::{self, DecodeError};
use crate::plan::{Ancestors, Basis, Calendar, Dimension, Goal, Plan, SCHEMA, Unit};

/// The oldest schema whose readers understand what is written here.
const OLDEST: u32 = 3;

const TITLE: u64 = 1;
const GOAL: u64 = 2;
const BASIS: u64 = 3;
const CALENDAR: u64 = 4;
const TREES: [(u64, Dimension); 4] =
    [(5, Dimension::Organisation), (6, Dimension::Product), (7, Dimension::Customer), (8, Dimension::Channel)];
const TIME: u64 = 9;
const CELLS: u64 = 10;
const GROUNDS: u64 = 11;
const CAPACITY: u64 = 12;
const FUNNEL: u64 = 13;
const BUFFER: u64 = 14;
const CHANCE: u64 = 15;
const SCENARIOS: u64 = 16;
const ANCESTORS: u64 = 17;

/// Why bytes are no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnError {
    /// They end before what they announce.
    Short,
    /// Something follows where nothing may.
    Over,
    /// A number that is too large, or written longer than it need be.
    Number,
    /// A code that stands for nothing.
    Code,
    /// A place that is not there, or comes twice, or out of turn.
    Place,
    /// Text that is not UTF-8, or too few or too many of them.
    Text,
    /// Only a reader of this schema or a later one may read it.
    Newer { schema: u64 },
    /// Columns, but of no plan.
    Plan(DecodeError),
}

impl fmt::Display for ColumnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => f.write_str("the columns end early"),
            Self::Over => f.write_str("the columns go on after their end"),
            Self::Number => f.write_str("a number of the columns is out of bounds"),
            Self::Code => f.write_str("a code of the columns stands for nothing"),
            Self::Place => f.write_str("a place of the columns is not there, or comes twice"),
            Self::Text => f.write_str("a text of the columns is none"),
            Self::Newer { schema } => write!(f, "the columns are for readers of schema {schema}"),
            Self::Plan(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ColumnError {}

/// The bytes of a plan: equal plans have equal bytes. What breaks the rules of `plan::check` may come out as another plan;
/// whoever sends the bytes reads them first.
pub fn write(plan: &Plan) -> Vec<u8> {
    let mut out = Out::default();
    out.number(plan.schema.into());
    out.number(OLDEST.into());
    out.section(TITLE, |out| write_title(plan, out));
    out.section(GOAL, |out| Goal::write(&[&plan.goal], out));
    out.section(BASIS, |out| Basis::write(&[&plan.goal.basis], out));
    out.section(CALENDAR, |out| calendar::write(&plan.calendar, out));
    for (id, dimension) in TREES {
        out.section(id, |out| tree::write(plan.tree(dimension), out));
    }
    out.section(TIME, |out| tree::write_time(&plan.trees.time, &plan.calendar, out));
    out.section(CELLS, |out| cells::write(plan, out));
    out.section(GROUNDS, |out| said::write(&said::grounds(&plan.goal), out));
    out.section(CAPACITY, |out| said::write(&plan.capacity, out));
    out.section(FUNNEL, |out| said::write(&plan.funnel, out));
    out.section(BUFFER, |out| said::write(&plan.buffer, out));
    out.section(CHANCE, |out| said::write(&plan.chance, out));
    out.section(SCENARIOS, |out| said::write(&plan.scenarios, out));
    out.section(ANCESTORS, |out| write_ancestors(&plan.ancestors, out));
    out.bytes()
}

/// The plan of such bytes, and what had to be mended in it.
pub fn read(bytes: &[u8]) -> Result<(Plan, Vec<Repair>), ColumnError> {
    let mut input = In::new(bytes);
    let (schema, oldest) = (input.number()?, input.number()?);
    if u64::from(SCHEMA) < oldest {
        return Err(ColumnError::Newer { schema: oldest });
    }
    if schema < oldest || oldest < OLDEST.into() {
        return Err(ColumnError::Number);
    }
    let is_newer = u64::from(SCHEMA) < schema;
    input.skips_unknown(is_newer);
    let plan = read_sections(&mut input)?;
    let (plan, mut repairs) = migrate::sound(plan).map_err(ColumnError::Plan)?;
    if is_newer {
        repairs.push(Repair::Newer { schema });
    }
    Ok((plan, repairs))
}

fn read_sections(input: &mut In<'_>) -> Result<Plan, ColumnError> {
    let mut plan = Plan::blank("", Unit::Count(String::new()), Calendar::new(*Calendar::YEARS.start(), 1));
    while let Some((id, mut section)) = input.section()? {
        match id {
            TITLE => read_title(&mut plan, &mut section)?,
            GOAL => Goal::read(std::slice::from_mut(&mut plan.goal), &mut section)?,
            BASIS => Basis::read(std::slice::from_mut(&mut plan.goal.basis), &mut section)?,
            CALENDAR => {
                plan.calendar = calendar::read(&mut section)?;
                plan.trees.time = plan.calendar.tree();
            }
            TIME => plan.trees.time = tree::read_time(&plan.calendar, &mut section)?,
            CELLS => plan.cells = cells::read(&plan, &mut section)?,
            GROUNDS => said::put_grounds(&mut plan.goal, said::read(&mut section)?),
            CAPACITY => plan.capacity = said::read(&mut section)?,
            FUNNEL => plan.funnel = said::read(&mut section)?,
            BUFFER => plan.buffer = said::read(&mut section)?,
            CHANCE => plan.chance = said::read(&mut section)?,
            SCENARIOS => plan.scenarios = said::read(&mut section)?,
            ANCESTORS => plan.ancestors = read_ancestors(&mut section)?,
            _ => match TREES.into_iter().find(|(tree, _)| *tree == id) {
                Some((_, dimension)) => *slot(&mut plan, dimension) = tree::read(&mut section)?,
                None => section.skip()?,
            },
        }
        section.end()?;
    }
    Ok(plan)
}

fn slot(plan: &mut Plan, dimension: Dimension) -> &mut crate::plan::Tree {
    match dimension {
        Dimension::Organisation => &mut plan.trees.organisation,
        Dimension::Product => &mut plan.trees.product,
        Dimension::Customer => &mut plan.trees.customer,
        Dimension::Channel => &mut plan.trees.channel,
        Dimension::Time => &mut plan.trees.time,
    }
}

fn write_ancestors(ancestors: &Ancestors, out: &mut Out) {
    ancestors.sums().iter().flat_map(|it| it.to_le_bytes()).for_each(|it| out.byte(it));
}

fn read_ancestors(input: &mut In<'_>) -> Result<Ancestors, ColumnError> {
    let mut sums = Vec::new();
    while input.end().is_err() && sums.len() < Ancestors::MOST {
        sums.push(u32::from_le_bytes([input.byte()?, input.byte()?, input.byte()?, input.byte()?]));
    }
    Ok(Ancestors::of(sums))
}

fn write_title(plan: &Plan, out: &mut Out) {
    let (code, word) = match &plan.unit {
        Unit::Money(code) => (0, code),
        Unit::Count(noun) => (1, noun),
    };
    out.byte(code);
    out.text(word);
    out.text(&plan.title);
}

fn read_title(plan: &mut Plan, input: &mut In<'_>) -> Result<(), ColumnError> {
    let code = input.byte()?;
    let word = input.text()?.to_owned();
    plan.unit = match code {
        0 => Unit::Money(word),
        1 => Unit::Count(word),
        _ => return Err(ColumnError::Code),
    };
    plan.title = input.text()?.to_owned();
    Ok(())
}
