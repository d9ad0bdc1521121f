//! What past months fell short of, or brought beyond, carried into what is left of the year, whose target stays (U6).
//!
//! Months are past from the first one on for as long as it is known what they brought. They become that, locked; the
//! difference goes into the next month, or over all that are left in proportion to what they have. One edit says it all.
//! Refused: to move anything that a lock, a floor or a cap holds.

use kernels::{Rounding, apportion};

use super::capacity::MONTHS;
use super::reach::monthly;
use super::{Outcome, evaluate};
use crate::amount::Amount;
use crate::plan::{Calendar, Dimension, Edit, Field, Lock, NodeId, Plan, Typed};

const MONTHS_OF_QUARTER: usize = 3;

/// The months that are over, and what they come to together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// How many; the first of the year among them.
    pub months: usize,
    pub target: Amount,
    pub actual: Amount,
}

impl Past {
    /// What is missing; less than nothing where they brought more.
    pub fn gap(&self) -> i64 {
        self.target.units() - self.actual.units()
    }

    /// The month that comes next. None where the year is over.
    pub fn next(&self) -> Option<NodeId> {
        months().nth(self.months)
    }
}

/// Where the difference goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Towards {
    Next,
    Rest,
}

/// Why nothing is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCarried {
    /// Nobody said what the first month brought.
    Unknown,
    /// No month is left.
    YearOver,
    /// The months that are over brought what they were to bring.
    Nothing,
    /// More was brought than the month, or all that are left, were to bring.
    TooMuch,
    /// A lock, a floor or a cap of a period holds.
    Held,
}

/// The months of the year, in their order.
pub fn months() -> impl Iterator<Item = NodeId> {
    (1..=MONTHS as u32).map(Calendar::month)
}

/// None where nobody said what the first month brought.
pub fn past(plan: &Plan, outcome: &Outcome) -> Option<Past> {
    let known: Vec<i64> = known(plan).collect();
    let sum = |units: &mut dyn Iterator<Item = i64>| Amount::from_units(units.fold(0, i64::saturating_add));
    let target = sum(&mut monthly(outcome).into_iter().take(known.len()));
    let actual = sum(&mut known.iter().copied());
    (!known.is_empty()).then_some(Past { months: known.len(), target, actual })
}

/// The edit that carries the difference.
pub fn carry(plan: &Plan, outcome: &Outcome, towards: Towards) -> Result<Edit, NotCarried> {
    let past = past(plan, outcome).ok_or(NotCarried::Unknown)?;
    let next = past.months;
    if past.next().is_none() {
        return Err(NotCarried::YearOver);
    }
    let had = monthly(outcome);
    let mut wanted = had;
    wanted.iter_mut().zip(known(plan)).for_each(|(month, brought)| *month = brought);
    if wanted == had {
        return Err(NotCarried::Nothing);
    }
    match towards {
        Towards::Next => wanted[next] = wanted[next].saturating_add(past.gap()),
        Towards::Rest => share(&mut wanted[next..], past.gap())?,
    }
    if wanted[next..].iter().any(|it| *it < 0) {
        return Err(NotCarried::TooMuch);
    }
    let edit = Edit::Batch(edits(&wanted, next, &had));
    let mut then = plan.clone();
    then.apply(edit.clone()).map_err(|_| NotCarried::Held)?;
    let made = evaluate(&then);
    if monthly(&made) == wanted && made.total() == outcome.total() { Ok(edit) } else { Err(NotCarried::Held) }
}

/// What months have together becomes so much more, in proportion to what each has; the same of each where none has any.
fn share(months: &mut [i64], more: i64) -> Result<(), NotCarried> {
    let total = months.iter().sum::<i64>().saturating_add(more);
    if total < 0 {
        return Err(NotCarried::TooMuch);
    }
    let mut weights: Vec<u64> = months.iter().map(|it| it.unsigned_abs()).collect();
    if weights.iter().all(|it| *it == 0) {
        weights.fill(1);
    }
    months.copy_from_slice(&apportion(total, &weights, Rounding::LargestRemainder));
    Ok(())
}

/// Months that are over are locked; each quarter that is not has its sum typed, and each month left in it that changes it.
fn edits(wanted: &[i64], next: usize, had: &[i64]) -> Vec<Edit> {
    let set = |id, field| Edit::Node { dimension: Dimension::Time, id, field };
    let typed =
        |part, whole| Field::Typed(Some(Typed { part: Amount::from_units(part), whole: Amount::from_units(whole) }));
    let ids: Vec<NodeId> = months().collect();
    let mut edits = Vec::new();
    for (quarter, first) in (0..wanted.len()).step_by(MONTHS_OF_QUARTER).enumerate() {
        let of_quarter = first..first + MONTHS_OF_QUARTER;
        let whole: i64 = wanted[of_quarter.clone()].iter().sum();
        let is_left = next < of_quarter.end;
        if is_left {
            edits.push(set(Calendar::quarter(quarter as u32 + 1), typed(whole, wanted.iter().sum())));
        }
        let changes = wanted[of_quarter.clone()] != had[of_quarter.clone()];
        for month in of_quarter.filter(|month| changes || *month < next) {
            edits.push(set(
                ids[month],
                match month < next {
                    true => Field::Lock(Some(Lock::Value(Amount::from_units(wanted[month])))),
                    false => typed(wanted[month], whole),
                },
            ));
        }
    }
    edits
}

/// What is known of the months, from the first on until one is not.
fn known(plan: &Plan) -> impl Iterator<Item = i64> + '_ {
    let actual = |id| plan.node(Dimension::Time, id).and_then(|it| it.actual);
    months().map_while(move |id| actual(id).map(Amount::units))
}
