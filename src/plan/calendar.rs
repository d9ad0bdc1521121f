//! The fiscal year: when it starts, the tree of periods that it is made of, and which of its days are worked.
//!
//! Time is a dimension like any other, a tree of year, quarters, months and, if wished, weeks; only its shape is given. What a
//! period is called and which days it has follow from its id and from the calendar, so that neither is stored.

use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use time::{Date, Duration, Month};

use super::day::When;
use super::tree::{Method, Node, NodeId, Tree};

/// The year that the plan is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// The year in which the fiscal year starts.
    pub year: i32,
    /// The month in which it starts, 1 to 12.
    pub start_month: u8,
    /// How months are made of weeks, which start on Monday; absent, months are not divided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks: Option<Weeks>,
    /// The days from Monday on that are worked in a week, 5 to 7.
    #[serde(default = "five", skip_serializing_if = "is_five")]
    pub work_week: u8,
    /// Days that are not worked although the week says so, or the other way round.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
    /// Days that count for more, or for less, than one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub peaks: Vec<Peak>,
    /// Past figures of periods are carried over by day: a holiday or a peak that has moved takes its sales with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub carries_days: bool,
}

fn five() -> u8 {
    5
}

fn is_five(days: &u8) -> bool {
    *days == 5
}

/// How months are made of whole weeks. The fiscal year starts on the Monday whose week has the first Thursday of its first
/// month, as weeks are numbered in ISO 8601, so that it has 52 weeks or 53.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Weeks {
    /// A week belongs to the month of its Thursday.
    Iso,
    /// The months of a quarter have four, four and five weeks; a 53rd week goes to the last month, here and below.
    FourFourFive,
    FourFiveFour,
    FiveFourFour,
}

impl Weeks {
    pub const ALL: [Weeks; 4] = [Weeks::Iso, Weeks::FourFourFive, Weeks::FourFiveFour, Weeks::FiveFourFour];

    /// How many weeks the months of each quarter have. None where that depends on the year.
    fn pattern(self) -> Option<[u32; 3]> {
        match self {
            Weeks::Iso => None,
            Weeks::FourFourFive => Some([4, 4, 5]),
            Weeks::FourFiveFour => Some([4, 5, 4]),
            Weeks::FiveFourFour => Some([5, 4, 4]),
        }
    }
}

/// Some days on end that are free, or worked although they would be free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub name: String,
    pub when: When,
    /// From that day on.
    pub days: u16,
    /// Worked although the week or another holiday says otherwise: 调休上班.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_worked: bool,
}

/// Some days on end of which each counts as so many working days: 618, 双11.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Peak {
    pub name: String,
    pub when: When,
    pub days: u16,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub factor: Decimal,
}

/// What a node of the time tree stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    Year,
    /// 1 to 4.
    Quarter(u8),
    /// A month of the calendar, 1 to 12, and the year that it lies in. Where months are made of weeks, it lies within a
    /// week of it.
    Month {
        year: i32,
        month: u8,
    },
    /// Its number, in ISO 8601 or in the fiscal year as the calendar has it, and its Monday.
    Week {
        number: u8,
        monday: Date,
    },
}

const QUARTERS: u32 = 4;
const MONTHS_OF_A_QUARTER: u32 = 3;
const MONTHS: u32 = QUARTERS * MONTHS_OF_A_QUARTER;
const FIRST_MONTH: u32 = 1 + QUARTERS;
const FIRST_WEEK: u32 = FIRST_MONTH + MONTHS;
/// As many as a year can have.
const MAX_WEEKS: u32 = 53;

impl Calendar {
    pub const YEARS: RangeInclusive<i32> = 1990..=2200;
    /// The year, its quarters and its months.
    pub const MONTHS_AND_ABOVE: usize = FIRST_WEEK as usize;
    /// Holidays, and peaks.
    pub const MAX_DAYS_OFF: usize = 60;
    /// Of one holiday or peak.
    pub const MAX_LENGTH: u16 = 120;

    /// A year of months, Monday to Friday worked, without holidays.
    pub fn new(year: i32, start_month: u8) -> Calendar {
        let (holidays, peaks) = (Vec::new(), Vec::new());
        Calendar { year, start_month, weeks: None, work_week: 5, holidays, peaks, carries_days: false }
    }

    /// The id of a quarter, 1 to 4.
    pub fn quarter(number: u32) -> NodeId {
        NodeId(number)
    }

    /// The id of a month, counted from the first of the fiscal year, 1 to 12.
    pub fn month(number: u32) -> NodeId {
        NodeId(FIRST_MONTH + number - 1)
    }

    /// The id of a week, counted from the first of the fiscal year, 1 to 53.
    pub fn week(number: u32) -> NodeId {
        NodeId(FIRST_WEEK + number - 1)
    }

    /// Its periods, nothing entered yet. Weeks share what their month has by their working days until somebody says
    /// otherwise.
    pub fn tree(&self) -> Tree {
        let mut tree = Tree::single("");
        let root = tree.root;
        let quarters: Vec<NodeId> = (0..QUARTERS).map(|_| tree.grow(root, Node::default())).collect();
        let mut months = Vec::new();
        for quarter in quarters {
            let method = self.weeks.map(|_| Method::WorkingDays);
            months.extend((0..MONTHS_OF_A_QUARTER).map(|_| tree.grow(quarter, Node { method, ..Node::default() })));
        }
        for (month, weeks) in months.into_iter().zip(self.weeks_by_month()) {
            for _ in 0..weeks {
                tree.grow(month, Node::default());
            }
        }
        // An id is given once, also where the next year has a week more.
        tree.next = FIRST_WEEK + if self.weeks.is_some() { MAX_WEEKS } else { 0 };
        tree
    }

    /// How many weeks each month has, from the first of the fiscal year on.
    fn weeks_by_month(&self) -> Vec<u32> {
        let mut weeks = vec![0; MONTHS as usize];
        let (Some(kind), Some((first, last))) = (self.weeks, self.span(NodeId(0))) else { return weeks };
        let many = ((last - first).whole_days() / 7 + 1) as u32;
        match kind.pattern() {
            Some(pattern) => {
                weeks = pattern.repeat(QUARTERS as usize);
                weeks[MONTHS as usize - 1] += many.saturating_sub(QUARTERS * 13);
            }
            None => {
                for week in 0..many {
                    let thursday = first + Duration::days(i64::from(week) * 7 + 3);
                    weeks[self.month_of(thursday)] += 1;
                }
            }
        }
        weeks
    }

    /// Which month of the fiscal year, from 0, a day lies in by the calendar on the wall.
    fn month_of(&self, day: Date) -> usize {
        usize::from((u8::from(day.month()) + 12 - self.start_month.clamp(1, 12)) % 12)
    }

    /// What a node of the time tree stands for.
    pub fn period(&self, id: NodeId) -> Period {
        match id.0 {
            0 => Period::Year,
            quarter if quarter <= QUARTERS => Period::Quarter(quarter as u8),
            month if month < FIRST_WEEK => {
                let (year, month) = self.month_on_the_wall(month - FIRST_MONTH);
                Period::Month { year, month }
            }
            week => {
                let number = (week - FIRST_WEEK).min(MAX_WEEKS - 1);
                let monday = self.first_monday(self.year).unwrap_or(Date::MIN) + Duration::weeks(number.into());
                let number = if self.weeks == Some(Weeks::Iso) { monday.iso_week() } else { number as u8 + 1 };
                Period::Week { number, monday }
            }
        }
    }

    /// The first and the last day of a period. None for an id that the year has not, and for a year out of all bounds.
    pub fn span(&self, id: NodeId) -> Option<(Date, Date)> {
        let months = match id.0 {
            0 => 0..MONTHS,
            quarter if quarter <= QUARTERS => (quarter - 1) * MONTHS_OF_A_QUARTER..quarter * MONTHS_OF_A_QUARTER,
            month if month < FIRST_WEEK => month - FIRST_MONTH..month - FIRST_MONTH + 1,
            week => {
                let monday = self.first_monday(self.year)?.checked_add(Duration::weeks((week - FIRST_WEEK).into()))?;
                let is_ours = self.weeks.is_some() && monday < self.first_monday(self.year + 1)?;
                return Some((monday, monday + Duration::days(6))).filter(|_| is_ours);
            }
        };
        if self.weeks.is_none() {
            let first = |month: u32| {
                let (year, month) = self.month_on_the_wall(month);
                Date::from_calendar_date(year, Month::try_from(month).ok()?, 1).ok()
            };
            return Some((first(months.start)?, first(months.end)?.previous_day()?));
        }
        let (first, next) = (self.first_monday(self.year)?, self.first_monday(self.year + 1)?);
        if months == (0..MONTHS) {
            return Some((first, next.previous_day()?));
        }
        let weeks = self.weeks_by_month();
        let before = |month: u32| weeks.iter().take(month as usize).sum::<u32>();
        let monday = |month: u32| first + Duration::weeks(before(month).into());
        Some((monday(months.start), monday(months.end).previous_day()?))
    }

    /// The same calendar in another year.
    pub fn in_year(&self, year: i32) -> Calendar {
        Calendar { year, ..self.clone() }
    }

    /// The year and the month, 1 to 12, of a month of the fiscal year, counted from 0.
    fn month_on_the_wall(&self, month: u32) -> (i32, u8) {
        let from_january = u32::from(self.start_month.max(1)) - 1 + month.min(MONTHS);
        (self.year + (from_january / 12) as i32, (from_january % 12 + 1) as u8)
    }

    /// The Monday on which a fiscal year of whole weeks starts.
    fn first_monday(&self, year: i32) -> Option<Date> {
        let month = Month::try_from(self.start_month).ok()?;
        // The week of the fourth is the one that has the first Thursday.
        let fourth = Date::from_calendar_date(year, month, 4).ok()?;
        Some(fourth - Duration::days(fourth.weekday().number_days_from_monday().into()))
    }
}
