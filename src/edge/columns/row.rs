//! Tables of rows: which field of a row is which column, and which rows say anything in it.
//!
//! A column is a section. It begins with runs, so many rows that say nothing, so many that do, in turn and up to the last
//! row; then come the values of those that do. A column in which no row says anything is not there.
//!
//! A number once given to a field is never given to another: links of today are read by the reader of tomorrow.

use std::collections::BTreeMap;

use super::ColumnError;
use super::input::In;
use super::kind::Kind;
use super::out::Out;
use crate::plan::{Basis, Cell, Factor, Goal, Node};

/// What is written as columns.
pub trait Row: Sized {
    fn write(rows: &[&Self], out: &mut Out);

    /// Puts one column into the rows.
    fn read_column(rows: &mut [Self], id: u64, input: &mut In<'_>) -> Result<(), ColumnError>;

    /// Puts all columns that follow into the rows.
    fn read(rows: &mut [Self], input: &mut In<'_>) -> Result<(), ColumnError> {
        while let Some((id, mut column)) = input.section()? {
            Self::read_column(rows, id, &mut column)?;
            column.end()?;
        }
        Ok(())
    }
}

/// The fields of a row, each with the number of its column.
macro_rules! columns {
    ($row:ty { $($id:literal $field:ident,)* }) => {
        impl Row for $row {
            fn write(rows: &[&$row], out: &mut Out) {
                $(out.section($id, |out| write_cells(rows.iter().map(|row| row.$field.said()), out));)*
            }

            fn read_column(rows: &mut [$row], id: u64, input: &mut In<'_>) -> Result<(), ColumnError> {
                match id {
                    $($id => put(rows, input, |row, value| row.$field = Slot::of(value)),)*
                    _ => input.skip(),
                }
            }
        }
    };
}

columns!(Node {
    1 name,
    2 tag,
    3 note,
    4 method,
    5 rounding,
    6 percent,
    7 amount,
    8 weight,
    9 last_year,
    10 past,
    11 growth,
    12 potential,
    13 capacity,
    14 working_days,
    15 scores,
    16 mix,
    17 factors,
    18 typed,
    19 lock,
    20 floor,
    21 cap,
    22 increment,
    23 tolerance,
    24 submitted,
    25 trust,
    26 actual,
});

columns!(Cell {
    1 typed,
    2 lock,
    3 floor,
    4 cap,
    5 increment,
    6 percent,
});

columns!(Goal {
    1 target,
    2 last_year,
});

columns!(Basis {
    1 strategy,
    2 market,
    3 capability,
});

/// A field that may say nothing.
trait Slot {
    type Value: Kind;

    fn said(&self) -> Option<&Self::Value>;

    fn of(value: Self::Value) -> Self;
}

impl<T: Kind> Slot for Option<T> {
    type Value = T;

    fn said(&self) -> Option<&T> {
        self.as_ref()
    }

    fn of(value: T) -> Option<T> {
        Some(value)
    }
}

/// Where nothing is said by being empty.
macro_rules! empty_says_nothing {
    ($(<$($given:ident)?> $slot:ty,)*) => {
        $(impl$(<$given: Kind>)? Slot for $slot {
            type Value = $slot;

            fn said(&self) -> Option<&$slot> {
                Some(self).filter(|it| !it.is_empty())
            }

            fn of(value: $slot) -> $slot {
                value
            }
        })*
    };
}

empty_says_nothing! {
    <> String,
    <> Vec<Factor>,
    <T> BTreeMap<String, T>,
}

/// The rows that say something, and what they say. Nothing where none does.
pub fn write_cells<'a, T: Kind + 'a>(rows: impl Iterator<Item = Option<&'a T>>, out: &mut Out) {
    let (mut runs, mut values) = (vec![0_usize], Vec::new());
    for cell in rows {
        // Runs of silence stand at even places.
        if cell.is_some() != (runs.len() % 2 == 0) {
            runs.push(0);
        }
        if let Some(run) = runs.last_mut() {
            *run += 1;
        }
        values.extend(cell);
    }
    if !values.is_empty() {
        runs.iter().for_each(|run| out.count(*run));
        T::write(&values, out);
    }
}

/// The rows, of so many, that say something, and what they say.
pub fn read_cells<T: Kind>(rows: usize, input: &mut In<'_>) -> Result<impl Iterator<Item = (usize, T)>, ColumnError> {
    let places = read_runs(rows, input)?;
    let values = T::read(places.len(), input)?;
    Ok(places.into_iter().zip(values))
}

fn read_runs(rows: usize, input: &mut In<'_>) -> Result<Vec<usize>, ColumnError> {
    let (mut at, mut places, mut says) = (0, Vec::new(), false);
    while at < rows {
        let run = input.small::<usize>()?;
        // The first run alone may be of nobody.
        if rows - at < run || (run == 0 && (says || 0 < at)) {
            return Err(ColumnError::Place);
        }
        if says {
            places.extend(at..at + run);
        }
        at += run;
        says = !says;
    }
    if places.is_empty() { Err(ColumnError::Place) } else { Ok(places) }
}

fn put<R, T: Kind>(rows: &mut [R], input: &mut In<'_>, put: impl Fn(&mut R, T)) -> Result<(), ColumnError> {
    for (place, value) in read_cells(rows.len(), input)? {
        if let Some(row) = rows.get_mut(place) {
            put(row, value);
        }
    }
    Ok(())
}
