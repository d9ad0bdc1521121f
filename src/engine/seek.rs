//! What one input must be for something to hold: the value nearest to what it is now, to the last unit of money and to the
//! last whole person, or a ten-thousandth of a rate.
//!
//! From the value as it is, steps twice as wide each time until it holds, then halves of the last one. Nothing is assumed of
//! what lies between but that it goes one way; where neither end of the input will do, the better one is named.

use rust_decimal::Decimal;

use super::Outcome;
use super::sensitivity::{Effect, decimals, effect, turned};
use crate::plan::{Knob, Plan};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// It holds as it is.
    Already,
    At(Decimal),
    /// It holds at neither end; at the better one so much is missing.
    Never {
        best: Decimal,
        short: i64,
    },
    /// The plan says nothing from which it could be told.
    Unknown,
}

/// What `knob` must be for `by` to reach what is divided.
pub fn seek(plan: &Plan, outcome: &Outcome, knob: Knob, by: Effect) -> Sought {
    let Some(now) = knob.value(plan).or(Some(Decimal::ZERO)).filter(|_| knob.is_there(plan)) else {
        return Sought::Unknown;
    };
    let short = |value: Decimal| missing(&turned(plan, outcome, knob, value)?, by);
    match missing(outcome, by) {
        Some(short) if short <= 0 => return Sought::Already,
        Some(_) => {}
        // It may become known once the input says something.
        None if knob.value(plan).is_none() => {}
        None => return Sought::Unknown,
    }
    sought(knob, now, &short)
}

/// By how much it falls short of what is divided. None where that is not known.
fn missing(outcome: &Outcome, by: Effect) -> Option<i64> {
    match by {
        Effect::Gap => effect(outcome, by),
        _ => effect(outcome, by).map(|it| outcome.total().units() - it),
    }
}

/// The same for anything that falls short by so much at a value.
fn sought(knob: Knob, now: Decimal, short: &dyn Fn(Decimal) -> Option<i64>) -> Sought {
    let (least, most) = knob.bounds();
    let holds = |value: Decimal| short(value).is_some_and(|it| it <= 0);
    let ends = [most, least];
    if let Some(end) = ends.into_iter().find(|it| holds(*it)) {
        return Sought::At(nearest(knob, now, end, &holds));
    }
    let known = ends.into_iter().filter_map(|it| Some((short(it)?, it)));
    match known.min_by_key(|(short, _)| *short) {
        Some((short, best)) => Sought::Never { best, short },
        None => Sought::Unknown,
    }
}

/// Of all that holds on the way from here to an end that does, the nearest.
fn nearest(knob: Knob, now: Decimal, end: Decimal, holds: &dyn Fn(Decimal) -> bool) -> Decimal {
    let grain = Decimal::new(1, decimals(knob.kind()));
    let is_up = now < end;
    let at = |steps: i64| {
        let way = grain * Decimal::from(steps);
        if is_up { (now + way).min(end) } else { (now - way).max(end) }
    };
    let reach = |steps: i64| at(steps) == end;
    // It does not hold `before` steps away, and does `after`.
    let (mut before, mut after) = (0_i64, 1_i64);
    while !holds(at(after)) && !reach(after) {
        before = after;
        after = after.saturating_mul(2);
    }
    while 1 < after - before {
        let middle = before + (after - before) / 2;
        if holds(at(middle)) {
            after = middle;
        } else {
            before = middle;
        }
    }
    at(after).normalize()
}
