//! Three sights on the target, each a range, and a fourth: what earlier years, the trade and the market say, and what we are
//! able to do.
//!
//! A percentile and the value that lies there are both told by whoever knows the trade; neither is reckoned from the average.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::gate::{Against, Gate};
use crate::amount::Amount;
use crate::plan::{Plan, Rate, Unit};

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// What the company wants: growth, and a part of the market.
    Strategy,
    History,
    Benchmark,
    Market,
    Capability,
}

/// A range of what the year could bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    pub look: Look,
    pub low: Amount,
    pub high: Amount,
}

impl Sight {
    fn of(look: Look, amounts: impl IntoIterator<Item = Amount>) -> Option<Sight> {
        let amounts: Vec<Amount> = amounts.into_iter().collect();
        Some(Sight { look, low: *amounts.iter().min()?, high: *amounts.iter().max()? })
    }
}

/// Every sight of which something is known, in that order.
pub fn sights(plan: &Plan, gate: &Gate, last_year: Option<Amount>) -> Vec<Sight> {
    let able = gate.bounds.iter().filter(|it| matches!(it.by, Against::People | Against::Leads)).map(|it| it.year);
    [
        Sight::of(Look::Strategy, [wanted_growth(plan, last_year), wanted_share(plan)].into_iter().flatten()),
        history(plan, last_year),
        benchmark(plan, last_year),
        market(plan),
        Sight::of(Look::Capability, able),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The growth that the company wants, as an amount (S0-03).
pub fn wanted_growth(plan: &Plan, last_year: Option<Amount>) -> Option<Amount> {
    times(last_year?, Decimal::ONE + plan.goal.market.growth? / Decimal::ONE_HUNDRED)
}

/// The part of the market that the company wants, as an amount (S0-03).
pub fn wanted_share(plan: &Plan) -> Option<Amount> {
    times(plan.goal.market.size?, plan.goal.market.share? / Decimal::ONE_HUNDRED)
}

/// The growth of each year on the one before, in percent, the latest last.
pub fn growths(plan: &Plan, last_year: Option<Amount>) -> Vec<Decimal> {
    let years: Vec<Amount> = plan.goal.past.values().copied().chain(last_year).collect();
    let growth = |pair: &[Amount]| {
        let [before, after] = [pair[0], pair[1]].map(|it| Decimal::from(it.units()));
        Some(((after / Some(before).filter(|it| !it.is_zero())? - Decimal::ONE) * Decimal::ONE_HUNDRED).round_dp(2))
    };
    years.windows(2).filter_map(growth).collect()
}

/// Last year as it would grow by the weakest and by the strongest growth of the years known; last year itself where only
/// that is.
fn history(plan: &Plan, last_year: Option<Amount>) -> Option<Sight> {
    let before = last_year?;
    let grown = growths(plan, last_year);
    let by = |growth: &Decimal| times(before, Decimal::ONE + *growth / Decimal::ONE_HUNDRED);
    Sight::of(Look::History, grown.iter().filter_map(by)).or_else(|| Sight::of(Look::History, [before]))
}

/// Last year at the rates of the trade: from the average to the value at the percentile that we are after.
fn benchmark(plan: &Plan, last_year: Option<Amount>) -> Option<Sight> {
    let benchmark = &plan.goal.benchmark;
    let before = last_year?;
    let at = |rate: Decimal| match benchmark.rate {
        Rate::Growth => times(before, Decimal::ONE + rate / Decimal::ONE_HUNDRED),
        Rate::Conversion => times(before, rate.checked_div(benchmark.ours?)?),
    };
    Sight::of(Look::Benchmark, [benchmark.average, benchmark.value].into_iter().flatten().filter_map(at))
}

/// From the customers whom we have to the part of all whom we want (S1-09).
fn market(plan: &Plan) -> Option<Sight> {
    let market = &plan.goal.market;
    let served = market.served.and_then(|it| worth(plan, it));
    let wanted = wanted_customers(plan).and_then(|it| worth(plan, it));
    Sight::of(Look::Market, served.into_iter().chain(wanted)).filter(|_| wanted.is_some())
}

/// The customers whom we want.
pub fn wanted_customers(plan: &Plan) -> Option<Decimal> {
    let market = &plan.goal.market;
    Some((market.customers? * market.penetration? / Decimal::ONE_HUNDRED).round_dp(6))
}

/// In percent of all who could be, those who are.
pub fn penetration(plan: &Plan) -> Option<Decimal> {
    let market = &plan.goal.market;
    Some((market.served?.checked_div(market.customers?)? * Decimal::ONE_HUNDRED).round_dp(4))
}

/// What all who could be customers would bring (S1-09).
pub fn ceiling(plan: &Plan) -> Option<Amount> {
    let all = worth(plan, plan.goal.market.customers?);
    [all, plan.goal.market.size].into_iter().flatten().min()
}

/// What so many customers bring.
fn worth(plan: &Plan, customers: Decimal) -> Option<Amount> {
    let one = matches!(plan.unit, Unit::Count(_)).then(|| Amount::from_units(10_i64.pow(plan.unit.decimals().into())));
    times(plan.goal.market.value.or(one)?, customers)
}

/// What customers whom we have bring, and what new ones do (S2-13).
pub fn levers(plan: &Plan) -> (Option<Amount>, Option<Amount>) {
    let levers = &plan.goal.levers;
    let existing =
        || times(levers.price?, levers.customers? * levers.frequency? * levers.items.unwrap_or(Decimal::ONE));
    let new = || times(levers.new_value?, levers.new_customers?);
    (existing(), new())
}

/// To the nearest unit, half up. None where that is more than a plan can hold.
pub fn times(amount: Amount, factor: Decimal) -> Option<Amount> {
    let units = Decimal::from(amount.units()).checked_mul(factor)?;
    let units = units.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()?;
    Some(Amount::from_units(units)).filter(|it| !it.is_negative() && *it <= Amount::MAX)
}
