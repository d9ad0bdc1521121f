//! A day of the calendar as the plan file has it, `2027-02-06`, and days that are told by a rule, so that they move with the
//! year.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::{Date, Duration, Month};

use super::festival::Festival;

/// Which day, in whatever year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// This one day of this one year.
    On(Day),
    /// The same day every year. 29 February is left out of years that have none.
    Yearly { month: u8, day: u8 },
    /// So many days after a festival, or before it where that is negative.
    Festival {
        festival: Festival,
        #[serde(default, skip_serializing_if = "is_zero")]
        after: i16,
    },
}

fn is_zero(days: &i16) -> bool {
    *days == 0
}

impl When {
    /// The day in a year of the calendar. None where the year has no such day.
    pub fn day(self, year: i32) -> Option<Date> {
        match self {
            When::On(Day(date)) => Some(date).filter(|it| it.year() == year),
            When::Yearly { month, day } => Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok(),
            When::Festival { festival, after } => festival.day(year)?.checked_add(Duration::days(after.into())),
        }
    }

    /// There are years that have this day.
    pub(super) fn is_possible(self) -> bool {
        match self {
            When::On(_) => true,
            When::Yearly { .. } => self.day(LEAP_YEAR).is_some(),
            When::Festival { after, .. } => (-183..=183).contains(&after),
        }
    }
}

const LEAP_YEAR: i32 = 2000;

/// One day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

/// The text is not a day written as `2027-02-06`, or there is no such day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADay;

impl std::fmt::Display for NotADay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a day of the calendar, such as 2027-02-06")
    }
}

impl std::str::FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Day, NotADay> {
        let mut parts = text.trim().split(['-', '/', '.']);
        let mut next = || parts.next()?.parse::<u16>().ok();
        let (Some(year), Some(month), Some(day), None) = (next(), next(), next(), next()) else { return Err(NotADay) };
        let small = |part: u16| u8::try_from(part).map_err(|_| NotADay);
        let month = Month::try_from(small(month)?).map_err(|_| NotADay)?;
        Date::from_calendar_date(year.into(), month, small(day)?).map(Day).map_err(|_| NotADay)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}
