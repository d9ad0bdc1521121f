//! What the days of each period count for: working days, holidays, and peaks in which a day is worth several.
//!
//! A day that is worked counts as one, a free day as nothing, and a day of a peak as its factor, free or not; where peaks
//! overlap, the highest counts. Counted in millionths of a day, as weights are.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use time::{Date, Duration};

use super::claim::millionths;
use crate::amount::Amount;
use crate::order::{by_number, gathered};
use crate::plan::{Calendar, NodeId, When};

/// A working day.
const ONE: u128 = 1_000_000;

/// A fiscal year, day by day.
pub struct Days<'a> {
    calendar: &'a Calendar,
    first: Date,
    days: Vec<Day>,
}

#[derive(Clone, Copy)]
struct Day {
    is_worked: bool,
    counts: u128,
}

/// What a period is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub days: u32,
    pub working_days: u32,
    /// What its days count for, in millionths of a working day.
    pub counts: u128,
}

impl Span {
    /// What its days count for, in working days.
    pub fn weight(&self) -> Decimal {
        Decimal::from_i128_with_scale(self.counts as i128, 6).normalize()
    }
}

impl<'a> Days<'a> {
    /// None for a year out of all bounds.
    pub fn of(calendar: &'a Calendar) -> Option<Days<'a>> {
        let (first, last) = calendar.span(NodeId(0))?;
        let many = (last - first).whole_days() + 1;
        let is_worked = |day: i64| {
            let weekday = (first + Duration::days(day)).weekday().number_days_from_monday();
            weekday < calendar.work_week
        };
        let day = |day: i64| Day { is_worked: is_worked(day), counts: 0 };
        let mut year = Days { calendar, first, days: (0..many).map(day).collect() };
        // What is worked all the same comes last, so that it is stronger than the holiday that it makes up for.
        for is_worked in [false, true] {
            for holiday in calendar.holidays.iter().filter(|it| it.is_worked == is_worked) {
                year.each(holiday.when, holiday.days, |day| day.is_worked = is_worked);
            }
        }
        for day in &mut year.days {
            day.counts = if day.is_worked { ONE } else { 0 };
        }
        let peaks = calendar.peaks.iter().map(|it| (millionths(it.factor), it));
        for (factor, peak) in by_number(peaks.collect(), |(factor, _)| *factor as i128) {
            year.each(peak.when, peak.days, |day| day.counts = factor);
        }
        Some(year)
    }

    /// The days that a rule speaks of, as far as they lie in the year.
    fn each(&mut self, when: When, days: u16, mut change: impl FnMut(&mut Day)) {
        for place in occurrences(when, days, self.calendar).filter_map(|date| self.place(date)).collect::<Vec<_>>() {
            change(&mut self.days[place]);
        }
    }

    fn place(&self, date: Date) -> Option<usize> {
        usize::try_from((date - self.first).whole_days()).ok().filter(|place| *place < self.days.len())
    }

    /// What a period is made of. None for a period that the year has not.
    pub fn span(&self, id: NodeId) -> Option<Span> {
        let (first, last) = self.calendar.span(id)?;
        let days = &self.days[self.place(first)?..=self.place(last)?];
        Some(Span {
            days: days.len() as u32,
            working_days: days.iter().filter(|it| it.is_worked).count() as u32,
            counts: days.iter().map(|it| it.counts).sum(),
        })
    }
}

/// The days of a holiday or peak that may lie in a fiscal year: it may begin in the year before.
fn occurrences(when: When, days: u16, calendar: &Calendar) -> impl Iterator<Item = Date> {
    let starts = (calendar.year - 1..=calendar.year + 1).filter_map(move |year| when.day(year));
    starts.flat_map(move |start| (0..i64::from(days)).filter_map(move |day| start.checked_add(Duration::days(day))))
}

/// The first day of a holiday or peak in the fiscal year. None where no day of it lies there.
pub fn first_day(when: When, days: u16, calendar: &Calendar) -> Option<Date> {
    let (first, last) = calendar.span(NodeId(0))?;
    occurrences(when, days, calendar).filter(|day| (first..=last).contains(day)).min()
}

/// By what past figures of periods are to be multiplied, where days that have moved take their sales along: what the days of
/// a period count for this year, and what they counted for then. None for a period that either year has not, or in which
/// then no day counted.
pub fn carried(calendar: &Calendar, past_year: i32) -> impl Fn(NodeId) -> Option<(u128, u128)> {
    let past = calendar.in_year(past_year);
    let counts = |calendar: &Calendar| -> BTreeMap<NodeId, u128> {
        let year = Days::of(calendar);
        let of = |id| Some((id, year.as_ref()?.span(id)?.counts));
        gathered(calendar.tree().nodes.into_keys().filter_map(of))
    };
    let (now, before) = (counts(calendar), counts(&past));
    move |id| Some((*now.get(&id)?, *before.get(&id).filter(|it| 0 < **it)?))
}

/// What is left of a whole for its last part, once the others have brought what they have: the month's target for its fourth
/// week (S0-17). Nothing where they have brought enough.
pub fn left_for_last(whole: Amount, brought: impl IntoIterator<Item = Amount>) -> Amount {
    let brought: i128 = brought.into_iter().map(|it| i128::from(it.units())).sum();
    let left = i128::from(whole.units()) - brought;
    Amount::from_units(i64::try_from(left.max(0)).unwrap_or(i64::MAX))
}
