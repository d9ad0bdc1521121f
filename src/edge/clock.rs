//! The time, and numbers that nobody else has: the only place that asks the browser for either, but for the salt of a seal.
//!
//! Refused here: dates in words. Whoever shows a moment says it in the language in force.

use js_sys::{Date, Math};
use wasm_bindgen::JsValue;

/// A point in time as the clock on the wall shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub year: u32,
    /// 1 to 12.
    pub month: u32,
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
}

impl Moment {
    /// The wall clock of this machine at so many milliseconds after 1970.
    pub fn at(millis: u64) -> Moment {
        let date = Date::new(&JsValue::from(millis as f64));
        Moment {
            year: date.get_full_year(),
            month: date.get_month() + 1,
            day: date.get_date(),
            hour: date.get_hours(),
            minute: date.get_minutes(),
        }
    }

    pub fn now() -> Moment {
        Moment::at(now())
    }

    pub fn is_same_day(self, other: Moment) -> bool {
        (self.year, self.month, self.day) == (other.year, other.month, other.day)
    }

    /// Of the same day the same, of a later one more.
    pub fn day_number(self) -> i64 {
        i64::from(self.year) * 372 + i64::from(self.month) * 31 + i64::from(self.day)
    }

    /// `14:02`
    pub fn time(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    /// `2026-08-21`
    pub fn date(self) -> String {
        format!("{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Milliseconds after 1970.
pub fn now() -> u64 {
    Date::now() as u64
}

/// 64 random bits. Not for secrets: they only keep two plans apart. `crypto.randomUUID` is missing on plain http.
#[allow(clippy::float_arithmetic, reason = "the browser's random numbers are fractions")]
pub fn random() -> u64 {
    let half = || (Math::random() * f64::from(u32::MAX)) as u64;
    half() << 32 | half()
}
