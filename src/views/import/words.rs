//! The words of columns, units, and of everything that a table can be wrong about: each sentence names the value, the
//! line and the way out.

use crate::amount::ParseAmountError;
use crate::edge::file::ReadError;
use crate::edge::import::{ImportError, Odd};
use crate::edge::returned::{self, ReturnError};
use crate::edge::table::{Role, TableError};
use crate::edge::xlsx::WorkbookError;
use crate::i18n::Words;
use crate::plan::Unit;
use crate::plan::check::MAX_NAME;
use crate::plan::migrate::MAX_BYTES;
use crate::say;
use crate::views::fault::grouped;
use crate::views::finding::unreadable;

pub fn role(words: Words, role: Role) -> String {
    match role {
        Role::Level => say!(words, table.role_level),
        Role::Person => say!(words, table.role_person),
        Role::LastYear => say!(words, table.role_last_year),
        Role::Weight => say!(words, table.role_weight),
        Role::Target => say!(words, table.role_target),
        Role::Percent => say!(words, table.role_percent),
        Role::Ignore => say!(words, table.role_ignore),
    }
    .into_owned()
}

/// A column by its own name, or by its place.
pub fn column(words: Words, header: &str, at: usize) -> String {
    if header.is_empty() { say!(words, table.column, n = at + 1).into_owned() } else { header.to_owned() }
}

pub fn unit(words: Words, unit: &Unit) -> String {
    match unit {
        Unit::Money(code) => match code.as_str() {
            "CNY" => say!(words, table.cny).into_owned(),
            "USD" => say!(words, table.usd).into_owned(),
            "EUR" => say!(words, table.eur).into_owned(),
            "GBP" => say!(words, table.gbp).into_owned(),
            "JPY" => say!(words, table.jpy).into_owned(),
            "HKD" => say!(words, table.hkd).into_owned(),
            code => code.to_owned(),
        },
        Unit::Count(noun) => say!(words, table.counted, noun = noun.clone()).into_owned(),
    }
}

/// Why a text is no table.
pub fn table(words: Words, error: TableError) -> String {
    match error {
        TableError::Empty => say!(words, table.empty),
        TableError::NotText => say!(words, table.not_text),
        TableError::NotUtf8 => say!(words, table.not_utf8),
        TableError::TooLarge { bytes, limit } => {
            say!(words, table.too_large, bytes = grouped(bytes), limit = grouped(limit))
        }
        TableError::TooManyRows { found, limit } => {
            say!(words, table.too_many_rows, found = grouped(found), limit = grouped(limit))
        }
        TableError::TooManyColumns { found, limit } => {
            say!(words, table.too_many_columns, found = grouped(found), limit = grouped(limit))
        }
    }
    .into_owned()
}

/// Why the bytes of a file did not come.
pub fn read(words: Words, error: ReadError) -> String {
    match error {
        ReadError::TooLong { bytes } => {
            say!(words, table.too_large, bytes = grouped(bytes), limit = grouped(MAX_BYTES)).into_owned()
        }
        ReadError::Unreadable => say!(words, error.file_unreadable).into_owned(),
    }
}

/// Why a workbook is not read.
pub fn workbook(words: Words, error: WorkbookError) -> String {
    match error {
        WorkbookError::TooLarge { bytes, limit } => {
            say!(words, table.too_large, bytes = grouped(bytes), limit = grouped(limit))
        }
        WorkbookError::OldOrLocked => say!(words, table.old_or_locked),
        WorkbookError::NotAWorkbook => say!(words, table.not_a_workbook),
        WorkbookError::Damaged => say!(words, table.workbook_damaged),
        WorkbookError::Bomb => say!(words, table.workbook_bomb),
        WorkbookError::TooManyRows { limit, .. } => say!(words, table.sheet_too_long, limit = grouped(limit)),
        WorkbookError::TooManyColumns { limit, .. } => say!(words, table.sheet_too_wide, limit = grouped(limit)),
    }
    .into_owned()
}

/// Why a workbook that others filled in is not taken back.
pub fn returned(words: Words, error: &ReturnError) -> String {
    match error {
        ReturnError::Workbook(error) => return workbook(words, *error),
        ReturnError::Newer => say!(words, table.return_newer),
        ReturnError::Unmarked => say!(words, table.return_unmarked),
        ReturnError::OtherPlan { title, unknown, rows } => {
            say!(words, table.return_other, title = title.clone(), unknown = *unknown, rows = *rows)
        }
        ReturnError::OtherYear { title, year } => {
            say!(words, table.return_year, title = title.clone(), year = year.clone())
        }
        ReturnError::OtherUnit { title, unit } => {
            say!(words, table.return_unit, title = title.clone(), unit = unit.clone())
        }
    }
    .into_owned()
}

/// A row of such a workbook that cannot be taken, by its cell.
pub fn odd_return(words: Words, odd: &returned::Odd) -> String {
    let (at, what) = match odd {
        returned::Odd::Unknown { at, shown, given } if shown.is_empty() => {
            (at, say!(words, table.return_nobody, given = given.clone()))
        }
        returned::Odd::Unknown { at, shown, given } => {
            (at, say!(words, table.return_unknown, name = shown.clone(), given = given.clone()))
        }
        returned::Odd::Twice { at, shown, given } => {
            (at, say!(words, table.return_twice, name = shown.clone(), given = given.clone()))
        }
        returned::Odd::Unreadable { at, error } => {
            (at, say!(words, table.return_unreadable, why = of_cell(words, error)))
        }
        returned::Odd::Negative { at, given } => (at, say!(words, table.return_negative, given = given.clone())),
    };
    say!(words, table.at_cell, sheet = at.sheet.clone(), cell = at.cell.clone(), what = what.into_owned()).into_owned()
}

/// Why a table does not become an organisation.
pub fn import(words: Words, error: ImportError) -> String {
    match error {
        ImportError::NoRows => say!(words, table.no_rows),
        ImportError::NoNames => say!(words, table.no_names),
        ImportError::TooMany { found, most } => {
            say!(words, table.too_many, found = grouped(found), most = grouped(most))
        }
    }
    .into_owned()
}

/// Something odd, by its line.
pub fn odd(words: Words, odd: &Odd) -> String {
    let what = match odd {
        Odd::Ragged { .. } => say!(words, table.ragged),
        Odd::NotANumber { header, error, .. } => {
            say!(words, table.not_a_number, column = header.clone(), why = of_cell(words, error))
        }
        Odd::Negative { header, given, .. } => {
            say!(words, table.negative, column = header.clone(), given = given.clone())
        }
        Odd::Repeated { name, .. } => say!(words, table.repeated, name = name.clone()),
        Odd::Nameless { .. } => say!(words, table.nameless),
        Odd::Sum { name, .. } => say!(words, table.sum, name = name.clone()),
        Odd::Formula { name, .. } => say!(words, table.formula, name = name.clone()),
        Odd::LongName { name, .. } => say!(words, table.long_name, most = MAX_NAME, name = name.clone()),
    };
    say!(words, table.at_line, line = odd.line(), what = what.into_owned()).into_owned()
}

fn of_cell(words: Words, error: &ParseAmountError) -> String {
    unreadable(words, error)
}
