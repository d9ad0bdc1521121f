//! How the values of one column stand one after another, by what they are.
//!
//! Amounts and decimals share a power of ten, written once: a column of round ten thousands is a column of small numbers,
//! and no float is ever made. Texts are one text, a U+0001 between two of them, which no text of a plan may hold. Codes are
//! a byte each. What has parts is a column of each part.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::ColumnError;
use super::input::In;
use super::out::Out;
use super::row;
use crate::amount::Amount;
use crate::order::gathered;
use crate::plan::check::{MAX_DECIMALS, MAX_NAME};
use crate::plan::{Factor, Lock, Method, Mix, Rounding, Typed};

/// Between two texts of a column.
const BETWEEN: char = '\u{1}';

/// A name stands once for a whole column, but in each node of a plan that has it. Of longer names, and of more entries,
/// a few bytes would make many megabytes.
const MAX_NAME_BYTES: usize = MAX_NAME * 4;
const MAX_ENTRIES: usize = 100_000;

/// What a column may hold.
pub trait Kind: Sized {
    fn write(values: &[&Self], out: &mut Out);

    /// So many values, which are not believed to be there before they are read.
    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<Self>, ColumnError>;
}

/// One value after another, made as they are read.
fn each<T>(
    count: usize,
    input: &mut In<'_>,
    one: impl Fn(&mut In<'_>) -> Result<T, ColumnError>,
) -> Result<Vec<T>, ColumnError> {
    let mut values = Vec::new();
    for _ in 0..count {
        values.push(one(input)?);
    }
    Ok(values)
}

impl Kind for Amount {
    fn write(values: &[&Amount], out: &mut Out) {
        let zeros = values.iter().filter(|it| it.units() != 0).map(|it| zeros_of(it.units())).min().unwrap_or(0);
        out.byte(zeros);
        values.iter().for_each(|it| out.number((it.units() / 10_i64.pow(zeros.into())) as u64));
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<Amount>, ColumnError> {
        let zeros = input.byte()?;
        let unit = 10_i64.checked_pow(zeros.into()).ok_or(ColumnError::Number)?;
        each(count, input, |input| {
            let units = (input.number()? as i64).checked_mul(unit).ok_or(ColumnError::Number)?;
            Ok(Amount::from_units(units))
        })
    }
}

/// How often ten divides a number that is not zero.
fn zeros_of(mut units: i64) -> u8 {
    let mut zeros = 0;
    while units % 10 == 0 {
        units /= 10;
        zeros += 1;
    }
    zeros
}

impl Kind for Decimal {
    fn write(values: &[&Decimal], out: &mut Out) {
        let scale = values.iter().map(|it| it.normalize().scale()).max().unwrap_or(0).min(MAX_DECIMALS);
        out.byte(scale as u8);
        for value in values {
            let mut scaled = **value;
            scaled.rescale(scale);
            out.signed(i64::try_from(scaled.mantissa()).unwrap_or(i64::MAX));
        }
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<Decimal>, ColumnError> {
        let scale = u32::from(input.byte()?);
        if MAX_DECIMALS < scale {
            return Err(ColumnError::Number);
        }
        each(count, input, |input| Ok(Decimal::new(input.signed()?, scale).normalize()))
    }
}

impl Kind for String {
    fn write(values: &[&String], out: &mut Out) {
        let texts: Vec<&str> = values.iter().map(|it| it.as_str()).collect();
        out.text(&texts.join(BETWEEN.encode_utf8(&mut [0])));
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<String>, ColumnError> {
        let text = input.text()?;
        let texts: Vec<String> = match (count, text) {
            (0, "") => Vec::new(),
            _ => text.split(BETWEEN).map(str::to_owned).collect(),
        };
        if texts.len() == count { Ok(texts) } else { Err(ColumnError::Text) }
    }
}

/// It says all by being there.
impl Kind for () {
    fn write(_: &[&()], _: &mut Out) {}

    fn read(count: usize, _: &mut In<'_>) -> Result<Vec<()>, ColumnError> {
        Ok(vec![(); count])
    }
}

/// A byte each: the place in the list of all.
macro_rules! codes {
    ($($kind:ty),*) => {
        $(impl Kind for $kind {
            fn write(values: &[&$kind], out: &mut Out) {
                values.iter().for_each(|it| out.byte(code_of(&<$kind>::ALL, it)));
            }

            fn read(count: usize, input: &mut In<'_>) -> Result<Vec<$kind>, ColumnError> {
                each(count, input, |input| decoded(&<$kind>::ALL, input.byte()?))
            }
        })*
    };
}

codes!(Method, Rounding);

/// The code of one of all there are.
pub fn code_of<T: PartialEq>(all: &[T], value: &T) -> u8 {
    all.iter().position(|it| it == value).map_or(u8::MAX, |at| at as u8)
}

/// What a code stands for.
pub fn decoded<T: Copy>(all: &[T], code: u8) -> Result<T, ColumnError> {
    all.get(usize::from(code)).copied().ok_or(ColumnError::Code)
}

impl Kind for Typed {
    fn write(values: &[&Typed], out: &mut Out) {
        Amount::write(&values.iter().map(|it| &it.part).collect::<Vec<_>>(), out);
        Amount::write(&values.iter().map(|it| &it.whole).collect::<Vec<_>>(), out);
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<Typed>, ColumnError> {
        let (parts, wholes) = (Amount::read(count, input)?, Amount::read(count, input)?);
        Ok(parts.into_iter().zip(wholes).map(|(part, whole)| Typed { part, whole }).collect())
    }
}

/// Which kind each is, then the amounts, then the shares.
impl Kind for Lock {
    fn write(values: &[&Lock], out: &mut Out) {
        let (mut amounts, mut shares) = (Vec::new(), Vec::new());
        for lock in values {
            out.byte(matches!(lock, Lock::Share(_)).into());
            match lock {
                Lock::Value(amount) => amounts.push(amount),
                Lock::Share(share) => shares.push(share),
            }
        }
        Amount::write(&amounts, out);
        Typed::write(&shares, out);
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<Lock>, ColumnError> {
        let are_shares = each(count, input, |input| decoded(&[false, true], input.byte()?))?;
        let many = are_shares.iter().filter(|it| **it).count();
        let mut amounts = Amount::read(count - many, input)?.into_iter().map(Lock::Value);
        let mut shares = Typed::read(many, input)?.into_iter().map(Lock::Share);
        // There is one for each, by construction.
        Ok(are_shares.iter().filter_map(|is_share| if *is_share { shares.next() } else { amounts.next() }).collect())
    }
}

/// How many each has, then the names of all, then the weights.
impl Kind for Vec<Factor> {
    fn write(values: &[&Vec<Factor>], out: &mut Out) {
        values.iter().for_each(|it| out.count(it.len()));
        let all = || values.iter().copied().flatten();
        String::write(&all().map(|it| &it.name).collect::<Vec<_>>(), out);
        Decimal::write(&all().map(|it| &it.weight).collect::<Vec<_>>(), out);
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<Vec<Factor>>, ColumnError> {
        let counts = each(count, input, |input| input.count())?;
        let total = counts.iter().fold(0_usize, |sum, it| sum.saturating_add(*it));
        let (names, weights) = (String::read(total, input)?, Decimal::read(total, input)?);
        let mut factors = names.into_iter().zip(weights).map(|(name, weight)| Factor { name, weight });
        Ok(counts.iter().map(|count| factors.by_ref().take(*count).collect()).collect())
    }
}

/// The names of all, then a column of each.
impl<T: Kind> Kind for BTreeMap<String, T> {
    fn write(values: &[&BTreeMap<String, T>], out: &mut Out) {
        let names: Vec<&String> =
            gathered::<BTreeSet<_>, _>(values.iter().flat_map(|it| it.keys())).into_iter().collect();
        out.count(names.len());
        String::write(&names, out);
        for name in names {
            row::write_cells(values.iter().map(|it| it.get(name)), out);
        }
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<BTreeMap<String, T>>, ColumnError> {
        let many = input.count()?;
        let names = String::read(many, input)?;
        if names.iter().any(|it| MAX_NAME_BYTES < it.len()) {
            return Err(ColumnError::Text);
        }
        let mut maps: Vec<BTreeMap<String, T>> = (0..count).map(|_| BTreeMap::new()).collect();
        let mut entries = 0;
        for name in names {
            for (place, value) in row::read_cells(count, input)? {
                entries += 1;
                let is_new = maps.get_mut(place).is_some_and(|map| map.insert(name.clone(), value).is_none());
                if MAX_ENTRIES < entries || !is_new {
                    return Err(ColumnError::Place);
                }
            }
        }
        Ok(maps)
    }
}

impl Kind for Mix {
    fn write(values: &[&Mix], out: &mut Out) {
        Decimal::write(&values.iter().map(|it| &it.last_year).collect::<Vec<_>>(), out);
        BTreeMap::write(&values.iter().map(|it| &it.past).collect::<Vec<_>>(), out);
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<Mix>, ColumnError> {
        let (weights, pasts) = (Decimal::read(count, input)?, BTreeMap::read(count, input)?);
        Ok(weights.into_iter().zip(pasts).map(|(last_year, past)| Mix { last_year, past }).collect())
    }
}
