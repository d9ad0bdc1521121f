//! What a text in a cell of a sheet means: an amount, a share, a growth, or that the cell is to follow the rules again. The
//! same whether it was typed or pasted.

use rust_decimal::Decimal;

use super::show::Show;
use crate::amount::{Amount, FormulaError, Numeral, ParseAmountError, has_unit, parse, parse_decimal, work_out};

/// What a text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The cell follows the rules again.
    Nothing,
    Amount(Amount),
    /// In percent of the parent.
    Share(Decimal),
    /// In percent more than last year.
    Growth(Decimal),
    /// In percent of what the sheet shows the cell beside.
    Part(Decimal),
    /// For each of those who carry the row.
    Each(Amount),
}

/// Why a text means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryError {
    Number(ParseAmountError),
    Formula(FormulaError),
}

impl From<ParseAmountError> for EntryError {
    fn from(error: ParseAmountError) -> EntryError {
        EntryError::Number(error)
    }
}

/// What a column of a sheet takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Numbers as the sheet shows them.
    Shown(Show),
    /// Shares of the parent.
    Shares,
    /// Amounts alone.
    Amounts,
}

/// Reads a text in a cell that has so much now.
pub fn read(text: &str, takes: Takes, now: Amount, numeral: Numeral) -> Result<Entry, EntryError> {
    let text = text.trim();
    let is_percent = text.ends_with(['%', '％']);
    let changes_growth = takes == Takes::Shown(Show::Growth) && is_percent && !text.starts_with(['=', '＝']);
    if text.is_empty() {
        return Ok(Entry::Nothing);
    }
    if !changes_growth && let Some(result) = work_out(text, now, numeral) {
        return result.map(Entry::Amount).map_err(EntryError::Formula);
    }
    match takes {
        Takes::Shares => Ok(Entry::Share(parse_decimal(text)?)),
        Takes::Shown(Show::Share) if !has_unit(text) => Ok(Entry::Share(parse_decimal(text)?)),
        Takes::Shown(Show::Growth) => Ok(Entry::Growth(parse_decimal(text)?)),
        Takes::Shown(Show::ShareOfTotal | Show::Capacity) if !has_unit(text) => Ok(Entry::Part(parse_decimal(text)?)),
        Takes::Shown(_) if is_percent => Ok(Entry::Share(parse_decimal(text)?)),
        Takes::Shown(Show::PerHead) => Ok(Entry::Each(parse(text, numeral)?)),
        Takes::Shown(_) | Takes::Amounts => Ok(Entry::Amount(parse(text, numeral)?)),
    }
}
