//! Lists and what else stands beside the trees, each of a kind of its own.
//!
//! A list is the number of its next thing, how many it has and their numbers in order; behind those of all lists of the
//! column stand the columns of all their things.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use time::Date;

use super::ColumnError;
use super::input::In;
use super::kind::{Kind, code_of, each};
use super::out::Out;
use super::row::Row;
use crate::plan::{Benchmark, Day, ItemId, LeadRule, Leave, Levers, List, Mark, Market, NodeId, Ramp};

impl<T: Row + Default> Kind for List<T> {
    fn write(values: &[&List<T>], out: &mut Out) {
        for list in values {
            out.number(list.next().into());
            out.count(list.len());
            list.ids().iter().for_each(|id| out.number(id.0.into()));
        }
        T::write(&values.iter().flat_map(|it| it.values()).collect::<Vec<_>>(), out);
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<List<T>>, ColumnError> {
        let heads = each(count, input, |input| {
            let next: u32 = input.small()?;
            let many = input.count()?;
            Ok((next, each(many, input, |input| input.small().map(ItemId))?))
        })?;
        let total = heads.iter().map(|(_, ids)| ids.len()).sum();
        let mut rows: Vec<T> = Vec::new();
        rows.resize_with(total, T::default);
        T::read(&mut rows, input)?;
        let mut rows = rows.into_iter();
        let list = |(next, ids): (u32, Vec<ItemId>)| {
            let many = ids.len();
            let is_above = ids.iter().all(|it| it.0 < next);
            let list = List::of(next, ids.into_iter().zip(rows.by_ref()));
            if is_above && list.len() == many { Ok(list) } else { Err(ColumnError::Place) }
        };
        heads.into_iter().map(list).collect()
    }
}

/// Of a kind whose values are rows.
macro_rules! rows {
    ($($kind:ty),*) => {
        $(impl Kind for $kind {
            fn write(values: &[&$kind], out: &mut Out) {
                <$kind as Row>::write(values, out);
            }

            fn read(count: usize, input: &mut In<'_>) -> Result<Vec<$kind>, ColumnError> {
                let mut rows = vec![<$kind>::default(); count];
                <$kind as Row>::read(&mut rows, input)?;
                Ok(rows)
            }
        })*
    };
}

rows!(Benchmark, Market, Levers, LeadRule);

macro_rules! numbers {
    ($($kind:ty: $of:expr, $number:expr;)*) => {
        $(impl Kind for $kind {
            fn write(values: &[&$kind], out: &mut Out) {
                let number: fn(&$kind) -> u64 = $number;
                values.iter().for_each(|it| out.number(number(it)));
            }

            fn read(count: usize, input: &mut In<'_>) -> Result<Vec<$kind>, ColumnError> {
                each(count, input, |input| input.small().map($of))
            }
        })*
    };
}

numbers! {
    u8: |it: u8| it, |it| (*it).into();
    u32: |it: u32| it, |it| (*it).into();
    NodeId: NodeId, |it| it.0.into();
    ItemId: ItemId, |it| it.0.into();
}

/// 2000-01-01, as a day of Julius Scaliger's count.
const FIRST_DAY: i64 = 2_451_545;

impl Kind for Day {
    fn write(values: &[&Day], out: &mut Out) {
        values.iter().for_each(|it| out.signed(i64::from(it.0.to_julian_day()) - FIRST_DAY));
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<Day>, ColumnError> {
        each(count, input, |input| {
            let day = FIRST_DAY.checked_add(input.signed()?).and_then(|it| i32::try_from(it).ok());
            let date = day.and_then(|it| Date::from_julian_day(it).ok());
            // As far as a day can be written with four digits of the year.
            date.filter(|it| (0..=9_999).contains(&it.year())).map(Day).ok_or(ColumnError::Number)
        })
    }
}

const ZERO: u8 = 1;
const LINEAR: u8 = 2;
const THIRDS: u8 = 3;
const OWN: u8 = 4;

/// Which shape each has and how many months; then the months of those that are told one by one.
impl Kind for Ramp {
    fn write(values: &[&Ramp], out: &mut Out) {
        let mut own = Vec::new();
        for ramp in values {
            out.byte(match ramp {
                Ramp::None => 0,
                Ramp::Zero(_) => ZERO,
                Ramp::Linear(_) => LINEAR,
                Ramp::Thirds(_) => THIRDS,
                Ramp::Own(_) => OWN,
            });
            out.byte(ramp.months());
            if let Ramp::Own(percents) = ramp {
                own.extend(percents);
            }
        }
        Decimal::write(&own, out);
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<Ramp>, ColumnError> {
        let shapes = each(count, input, |input| Ok((input.byte()?, input.byte()?)))?;
        let total = shapes.iter().filter(|(code, _)| *code == OWN).map(|(_, months)| usize::from(*months)).sum();
        let mut own = Decimal::read(total, input)?.into_iter();
        let ramp = |(code, months): (u8, u8)| match code {
            0 if months == 0 => Ok(Ramp::None),
            ZERO => Ok(Ramp::Zero(months)),
            LINEAR => Ok(Ramp::Linear(months)),
            THIRDS => Ok(Ramp::Thirds(months)),
            OWN => Ok(Ramp::Own(own.by_ref().take(months.into()).collect())),
            _ => Err(ColumnError::Code),
        };
        shapes.into_iter().map(ramp).collect()
    }
}

/// How many each has, then the first days of all, then the last.
impl Kind for Vec<Leave> {
    fn write(values: &[&Vec<Leave>], out: &mut Out) {
        values.iter().for_each(|it| out.count(it.len()));
        let all = || values.iter().copied().flatten();
        Day::write(&all().map(|it| &it.from).collect::<Vec<_>>(), out);
        Day::write(&all().map(|it| &it.to).collect::<Vec<_>>(), out);
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<Vec<Leave>>, ColumnError> {
        let counts = each(count, input, |input| input.count())?;
        let total = counts.iter().fold(0_usize, |sum, it| sum.saturating_add(*it));
        let (from, to) = (Day::read(total, input)?, Day::read(total, input)?);
        let mut leaves = from.into_iter().zip(to).map(|(from, to)| Leave { from, to });
        Ok(counts.iter().map(|count| leaves.by_ref().take(*count).collect()).collect())
    }
}

/// Maps by number: how many each has and their keys, which rise; then the values of all.
macro_rules! keyed {
    ($($key:ty),*) => {
        $(impl Kind for BTreeMap<$key, Decimal> {
            fn write(values: &[&BTreeMap<$key, Decimal>], out: &mut Out) {
                for map in values {
                    out.count(map.len());
                    Kind::write(&map.keys().collect::<Vec<_>>(), out);
                }
                Decimal::write(&values.iter().flat_map(|it| it.values()).collect::<Vec<_>>(), out);
            }

            fn read(count: usize, input: &mut In<'_>) -> Result<Vec<BTreeMap<$key, Decimal>>, ColumnError> {
                let keys: Vec<Vec<$key>> = each(count, input, |input| {
                    let many = input.count()?;
                    Kind::read(many, input)
                })?;
                if keys.iter().any(|it| !it.is_sorted_by(|one, next| one < next)) {
                    return Err(ColumnError::Place);
                }
                let mut values = Decimal::read(keys.iter().map(Vec::len).sum(), input)?.into_iter();
                Ok(keys.into_iter().map(|keys| keys.into_iter().zip(values.by_ref()).collect()).collect())
            }
        })*
    };
}

keyed!(u8, ItemId);

/// A bit each.
impl Kind for BTreeSet<Mark> {
    fn write(values: &[&BTreeSet<Mark>], out: &mut Out) {
        for marks in values {
            out.byte(marks.iter().map(|it| 1 << code_of(&Mark::ALL, it)).sum());
        }
    }

    fn read(count: usize, input: &mut In<'_>) -> Result<Vec<BTreeSet<Mark>>, ColumnError> {
        each(count, input, |input| {
            let bits = input.byte()?;
            if bits >> Mark::ALL.len() != 0 {
                return Err(ColumnError::Code);
            }
            Ok(Mark::ALL.into_iter().filter(|it| bits & 1 << code_of(&Mark::ALL, it) != 0).collect())
        })
    }
}
