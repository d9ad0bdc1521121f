//! The fiscal year, its holidays and its peaks.
//!
//! A day is a code and a number: 0, a day of one year, counted from 2000-01-01; 1, a day of every year, 32 × month + day;
//! from 2 on a festival, and so many days after it.

use rust_decimal::Decimal;
use time::Date;

use super::ColumnError;
use super::input::In;
use super::kind::{Kind, code_of, decoded};
use super::out::Out;
use crate::plan::{Calendar, Day, Festival, Holiday, Peak, Weeks, When};

/// 2000-01-01, as a day of Julius Scaliger's count.
const FIRST_DAY: i64 = 2_451_545;

const ON: u8 = 0;
const YEARLY: u8 = 1;
const FESTIVAL: u8 = 2;

pub fn write(calendar: &Calendar, out: &mut Out) {
    out.signed(i64::from(calendar.year) - i64::from(*Calendar::YEARS.start()));
    out.byte(calendar.start_month);
    out.byte(calendar.weeks.map_or(0, |it| 1 + code_of(&Weeks::ALL, &it)));
    out.byte(calendar.work_week);
    out.byte(calendar.carries_days.into());
    let holidays = &calendar.holidays;
    out.count(holidays.len());
    write_days(holidays.iter().map(|it| (&it.name, it.when, it.days)), out);
    holidays.iter().for_each(|it| out.byte(it.is_worked.into()));
    let peaks = &calendar.peaks;
    out.count(peaks.len());
    write_days(peaks.iter().map(|it| (&it.name, it.when, it.days)), out);
    Decimal::write(&peaks.iter().map(|it| &it.factor).collect::<Vec<_>>(), out);
}

pub fn read(input: &mut In<'_>) -> Result<Calendar, ColumnError> {
    let year = i64::from(*Calendar::YEARS.start()).checked_add(input.signed()?);
    let year = year.and_then(|it| i32::try_from(it).ok()).filter(|it| Calendar::YEARS.contains(it));
    let start_month = Some(input.byte()?).filter(|it| (1..=12).contains(it));
    let weeks = match input.byte()? {
        0 => None,
        code => Some(decoded(&Weeks::ALL, code - 1)?),
    };
    let work_week = Some(input.byte()?).filter(|it| (5..=7).contains(it));
    let carries_days = read_flag(input)?;
    let (holidays, peaks) = (read_holidays(input)?, read_peaks(input)?);
    match (year, start_month, work_week) {
        (Some(year), Some(start_month), Some(work_week)) => {
            Ok(Calendar { year, start_month, weeks, work_week, holidays, peaks, carries_days })
        }
        _ => Err(ColumnError::Number),
    }
}

fn read_holidays(input: &mut In<'_>) -> Result<Vec<Holiday>, ColumnError> {
    let count = input.count()?;
    let days = read_days(count, input)?;
    let holiday = |((name, when, days), is_worked)| Holiday { name, when, days, is_worked };
    let are_worked = (0..count).map(|_| read_flag(input)).collect::<Result<Vec<_>, _>>()?;
    Ok(days.into_iter().zip(are_worked).map(holiday).collect())
}

fn read_peaks(input: &mut In<'_>) -> Result<Vec<Peak>, ColumnError> {
    let count = input.count()?;
    let days = read_days(count, input)?;
    let factors = Decimal::read(count, input)?;
    Ok(days.into_iter().zip(factors).map(|((name, when, days), factor)| Peak { name, when, days, factor }).collect())
}

fn read_flag(input: &mut In<'_>) -> Result<bool, ColumnError> {
    decoded(&[false, true], input.byte()?)
}

/// Days on end: their names, the first of each, and how many they are.
fn write_days<'a>(days: impl Iterator<Item = (&'a String, When, u16)> + Clone, out: &mut Out) {
    String::write(&days.clone().map(|(name, ..)| name).collect::<Vec<_>>(), out);
    days.clone().for_each(|(_, when, _)| write_when(when, out));
    days.for_each(|(.., days)| out.number(days.into()));
}

fn read_days(count: usize, input: &mut In<'_>) -> Result<Vec<(String, When, u16)>, ColumnError> {
    let names = String::read(count, input)?;
    let whens = (0..count).map(|_| read_when(input)).collect::<Result<Vec<_>, _>>()?;
    let days = (0..count).map(|_| input.small()).collect::<Result<Vec<_>, _>>()?;
    Ok(names.into_iter().zip(whens).zip(days).map(|((name, when), days)| (name, when, days)).collect())
}

fn write_when(when: When, out: &mut Out) {
    match when {
        When::On(Day(date)) => {
            out.byte(ON);
            out.signed(i64::from(date.to_julian_day()) - FIRST_DAY);
        }
        When::Yearly { month, day } => {
            out.byte(YEARLY);
            out.number(u64::from(month) << 5 | u64::from(day));
        }
        When::Festival { festival, after } => {
            out.byte(FESTIVAL + code_of(&Festival::ALL, &festival));
            out.signed(after.into());
        }
    }
}

fn read_when(input: &mut In<'_>) -> Result<When, ColumnError> {
    match input.byte()? {
        ON => {
            let day = FIRST_DAY.checked_add(input.signed()?).and_then(|it| i32::try_from(it).ok());
            let date = day.and_then(|it| Date::from_julian_day(it).ok());
            date.map(|it| When::On(Day(it))).ok_or(ColumnError::Number)
        }
        YEARLY => {
            let number = input.small::<u16>()?;
            let month = u8::try_from(number >> 5).map_err(|_| ColumnError::Number)?;
            Ok(When::Yearly { month, day: (number & 31) as u8 })
        }
        code => {
            let festival = decoded(&Festival::ALL, code - FESTIVAL)?;
            let after = i16::try_from(input.signed()?).map_err(|_| ColumnError::Number)?;
            Ok(When::Festival { festival, after })
        }
    }
}
