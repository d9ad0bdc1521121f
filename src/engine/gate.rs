//! Whether the target can be reached: held against what people can bring, what leads bring, what can be supplied and carried,
//! and what the market gives, in the year and in each month, with the one named that binds.

use rust_decimal::Decimal;

use super::capacity::{MONTHS, Output, Staff};
use super::funnel::Flow;
use super::sights;
use crate::amount::Amount;
use crate::order;
use crate::plan::{ItemId, Limit, Plan};

/// What a target is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    People,
    Leads,
    Limit(ItemId),
    /// All who could be customers.
    Market,
}

/// What of a target is possible by one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    pub by: Against,
    pub year: Amount,
    /// Where it is known month by month.
    pub months: Option<[i64; MONTHS]>,
}

impl Bound {
    /// By how much it falls short of the target in the year. None where it does not.
    pub fn short(&self, target: Amount) -> Option<Amount> {
        let short = target.units() - self.year.units();
        (0 < short).then(|| Amount::from_units(short))
    }

    pub fn is_short_in(&self, target: &[i64; MONTHS], month: usize) -> bool {
        self.months.is_some_and(|it| it[month] < target[month])
    }
}

/// The target, and all that bounds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    pub target: Amount,
    pub months: [i64; MONTHS],
    /// The tightest in the year first.
    pub bounds: Vec<Bound>,
}

impl Gate {
    pub fn of(
        plan: &Plan,
        target: Amount,
        months: [i64; MONTHS],
        (staff, flow): (&Staff, Option<&Flow>),
        last_year: Option<Amount>,
    ) -> Gate {
        let people = staff.whole(plan).filter(|_| staff.is_priced(plan)).map(of_people);
        // Where an order has no worth, leads bring no amount.
        let leads = flow.filter(|it| !it.sources.is_empty()).and_then(|it| it.amount).map(|months| Bound {
            by: Against::Leads,
            year: sum(&months),
            months: Some(months),
        });
        let limits = plan.goal.limits.iter().filter_map(|(id, limit)| of_limit(id, limit, last_year));
        let market = sights::ceiling(plan).map(|year| Bound { by: Against::Market, year, months: None });
        let bounds = people.into_iter().chain(leads).chain(limits).chain(market).collect();
        let bounds = order::by_number(bounds, |it: &Bound| it.year.units().into());
        Gate { target, months, bounds }
    }

    /// The one that binds: the tightest, if the target is beyond it.
    pub fn binding(&self) -> Option<&Bound> {
        self.bounds.first().filter(|it| it.year < self.target)
    }

    /// Whether one of them suffices for the year. None where nothing is known of it.
    pub fn suffices(&self, by: Against) -> Option<bool> {
        let bound = self.bounds.iter().find(|it| it.by == by)?;
        Some(bound.short(self.target).is_none())
    }

    /// What is possible by all of them; no more than the target.
    pub fn feasible(&self) -> Amount {
        self.binding().map_or(self.target, |it| it.year)
    }

    /// The one that falls short most in a month. None where none does.
    pub fn binding_in(&self, month: usize) -> Option<&Bound> {
        let known = self.bounds.iter().filter_map(|it| Some((it.months?[month], it)));
        known.min_by_key(|(figure, _)| *figure).filter(|(figure, _)| *figure < self.months[month]).map(|(_, it)| it)
    }
}

fn of_people(output: &Output) -> Bound {
    Bound { by: Against::People, year: output.total(), months: Some(output.amount) }
}

/// The least of what a limit says. None where it says nothing, or only of a last year that is not known.
pub fn of_limit(id: ItemId, limit: &Limit, last_year: Option<Amount>) -> Option<Bound> {
    let months = limit.monthly.map(|it| [it.units(); MONTHS]);
    let by_growth = limit
        .growth
        .zip(last_year)
        .and_then(|(growth, before)| sights::times(before, Decimal::ONE + growth / Decimal::ONE_HUNDRED));
    let year = [limit.amount, months.as_ref().map(sum), by_growth].into_iter().flatten().min()?;
    Some(Bound { by: Against::Limit(id), year, months })
}

fn sum(months: &[i64; MONTHS]) -> Amount {
    let sum = months.iter().fold(0_i64, |sum, it| sum.saturating_add(*it));
    Amount::from_units(sum.min(Amount::MAX.units()))
}
