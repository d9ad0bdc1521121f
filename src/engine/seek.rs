//! What one input must be for something to hold: the value nearest to what it is now, to the last unit of money and to the
//! last whole person, or a ten-thousandth of a rate.
//!
//! From the value as it is, steps twice as wide each time until it holds, then the last one narrowed. Nothing is assumed of
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
        return Sought::At(nearest(knob, now, end, short));
    }
    let known = ends.into_iter().filter_map(|it| Some((short(it)?, it)));
    match known.min_by_key(|(short, _)| *short) {
        Some((short, best)) => Sought::Never { best, short },
        None => Sought::Unknown,
    }
}

/// Of all that holds on the way from here to an end that does, the nearest.
fn nearest(knob: Knob, now: Decimal, end: Decimal, short: &dyn Fn(Decimal) -> Option<i64>) -> Decimal {
    let grain = Decimal::new(1, decimals(knob.kind()));
    let is_up = now < end;
    let at = |steps: i64| {
        let way = grain * Decimal::from(steps);
        if is_up { (now + way).min(end) } else { (now - way).max(end) }
    };
    let point = |steps: i64| Point { steps, short: short(at(steps)) };
    let (mut before, mut after) = (Point { steps: 0, short: None }, point(1));
    while !after.holds() && at(after.steps) != end {
        before = after;
        after = point(before.steps.saturating_mul(2));
    }
    at(narrowed(before, after, &|steps| short(at(steps)))).normalize()
}

/// So many steps away, and by how much it falls short there. None where that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub steps: i64,
    pub short: Option<i64>,
}

impl Point {
    fn holds(self) -> bool {
        self.short.is_some_and(|it| it <= 0)
    }
}

/// The first step at which it holds, of those behind one at which it does not and up to one at which it does: interpolated,
/// truncated and projected (Oliveira and Takahashi), in whole steps. Where what is missing goes down evenly a few steps are
/// looked at, and never more than halving takes and one.
pub fn narrowed(mut before: Point, mut after: Point, short: &dyn Fn(i64) -> Option<i64>) -> i64 {
    let all = wide(before, after);
    let mut left = halvings(all) + 1;
    while 1 < wide(before, after) {
        left = left.saturating_sub(1);
        let steps = between(before, after, all, 1_i128 << left);
        let here = Point { steps, short: short(steps) };
        *(if here.holds() { &mut after } else { &mut before }) = here;
    }
    after.steps
}

fn wide(before: Point, after: Point) -> i128 {
    i128::from(after.steps) - i128::from(before.steps)
}

/// How often so many steps are halved until one is left.
fn halvings(steps: i128) -> u32 {
    if steps <= 1 { 0 } else { i128::BITS - (steps - 1).leading_zeros() }
}

/// The next step to look at, which leaves no more than `most` on either side.
fn between(before: Point, after: Point, all: i128, most: i128) -> i64 {
    let (low, high, wide) = (i128::from(before.steps), i128::from(after.steps), wide(before, after));
    let middle = low + wide / 2;
    let interpolated = match (before.short, after.short) {
        (Some(over), Some(under)) if 0 < over => {
            let (over, under) = (i128::from(over), -i128::from(under));
            // A line falls to nothing so far on; the first whole step behind that is looked for.
            low + (wide * over + over + under - 1) / (over + under).max(1)
        }
        _ => middle,
    };
    // A little towards the middle, so that both ends come closer.
    let by = (wide * wide / (5 * all).max(1)).max(1);
    let aside = middle - interpolated;
    let truncated = interpolated + aside.signum() * by.min(aside.abs());
    let projected = truncated.max(high - most).min(low + most);
    projected.max(low + 1).min(high - 1) as i64
}
