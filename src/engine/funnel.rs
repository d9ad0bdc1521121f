//! From leads to orders to cash and back: what the sources of leads bring month by month, what the target asks of each stage,
//! and where it does not suffice.
//!
//! Counts are decimals, for a third of a lead is a figure here and no unit of money. Thirty days are a month: what takes 45
//! arrives half in the next month and half in the one after. A source that was there before the year began is taken to have
//! run before as it runs in it.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use time::Date;

use super::capacity::{MONTHS, month_of, months, order_value};
use super::large::{over, plus, times};
use crate::amount::Amount;
use crate::plan::{Funnel, ItemId, LeadSource, Plan, Stage};

/// One figure a month.
pub type Monthly = [Decimal; MONTHS];

const NOTHING: Monthly = [Decimal::ZERO; MONTHS];

/// Decimals that are kept of what a division gives.
const KEPT: u32 = 12;

/// Days of a month, as far as a stage takes days.
const DAYS_OF_A_MONTH: Decimal = Decimal::from_parts(30, 0, 0, false, 0);

/// What the funnel of a plan gives, and what the target asks of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Stage by stage, what comes in.
    pub supply: Vec<Monthly>,
    /// Stage by stage, what has to come in for the target. Empty where that is not known.
    pub demand: Vec<Monthly>,
    /// Stage by stage, what of that would have had to come in before the year began.
    pub before: Vec<Decimal>,
    pub sources: Vec<SourceFlow>,
    /// The stage at which orders are counted.
    pub order_stage: usize,
    /// What the orders of each month bring.
    pub amount: Option<[i64; MONTHS]>,
    /// What the leads of the year cost.
    pub cost: Option<Amount>,
    /// What those would cost that the target asks for.
    pub cost_needed: Option<Amount>,
}

/// What one source gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFlow {
    pub id: ItemId,
    /// Leads of a whole month.
    pub monthly: Decimal,
    /// Stage by stage, the part that goes on.
    pub rates: Vec<Decimal>,
    /// The part of its leads that become orders.
    pub conversion: Decimal,
    pub leads: Monthly,
    pub orders: Monthly,
    /// What an order costs to win.
    pub cac: Option<Amount>,
    pub cost: Option<Amount>,
}

impl SourceFlow {
    /// In percent, what of its leads becomes orders.
    pub fn conversion_percent(&self) -> Decimal {
        (self.conversion * Decimal::ONE_HUNDRED).round_dp(4).normalize()
    }

    /// Below what conversion it is to be paused, where it is so.
    pub fn paused_below(&self, funnel: &Funnel) -> Option<Decimal> {
        let limit = funnel.sources.get(self.id)?.pause_below;
        limit.filter(|it| self.conversion_percent() < *it)
    }

    /// What of a month's leads comes to a stage.
    fn steady(&self, place: usize) -> Decimal {
        self.rates.iter().take(place).fold(self.monthly, |left, rate| kept(times(left, *rate)))
    }
}

/// A stage that does not suffice, or holds up all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tight {
    pub stage: ItemId,
    /// In the month in which most come.
    pub needed: Decimal,
    pub resource: Decimal,
}

pub fn total(months: &Monthly) -> Decimal {
    months.iter().fold(Decimal::ZERO, |sum, it| plus(sum, *it))
}

impl Flow {
    /// None where the plan has no stages. `target` is what the year is to bring, month by month.
    pub fn of(plan: &Plan, target: Option<[i64; MONTHS]>) -> Option<Flow> {
        let order_stage = plan.funnel.order_stage()?;
        let months = months(&plan.calendar);
        let stages: Vec<(ItemId, &Stage)> = plan.funnel.stages.iter().collect();
        let mut flow = Flow { order_stage, supply: vec![NOTHING; stages.len()], ..Flow::default() };
        for (id, source) in plan.funnel.sources.iter() {
            flow.add(&stages, &months, id, source);
        }
        let value = order_value(plan).filter(|it| 0 < it.units());
        flow.amount = value.map(|it| flow.worth(it));
        flow.cost = sum(flow.sources.iter().map(|it| it.cost));
        if let (Some(target), Some(value)) = (target, value) {
            flow.ask(&stages, target, value);
        }
        Some(flow)
    }

    fn add(&mut self, stages: &[(ItemId, &Stage)], months: &[(Date, Date)], id: ItemId, source: &LeadSource) {
        let monthly = source.leads.unwrap_or_default();
        let leads = leads_of(source, months);
        let was_there = source.start.is_none_or(|it| month_of(months, it.0) < 0);
        let rates: Vec<Decimal> = stages.iter().map(|(stage, it)| rate_of(source, *stage, it)).collect();
        let (mut coming, mut before) = (leads, if was_there { monthly } else { Decimal::ZERO });
        let mut orders = NOTHING;
        for (place, (rate, (_, stage))) in rates.iter().zip(stages).enumerate() {
            self.supply[place].iter_mut().zip(&coming).for_each(|(sum, it)| *sum = plus(*sum, *it));
            if place == self.order_stage {
                orders = coming;
            }
            coming = delayed(&coming, before, months_of(stage)).map(|it| kept(times(it, *rate)));
            before = kept(times(before, *rate));
        }
        let conversion = rates.iter().take(self.order_stage).fold(Decimal::ONE, |all, rate| kept(times(all, *rate)));
        let by_leads = source.cost.filter(|_| !conversion.is_zero());
        let cac = source.cac.or(by_leads.map(|cost| money(over(Decimal::from(cost.units()), conversion))));
        let spent = source.cost.map(|cost| money(times(total(&leads), Decimal::from(cost.units()))));
        // Where leads have no price, orders have.
        let cost = spent.or(source.cac.map(|cac| money(times(total(&orders), Decimal::from(cac.units())))));
        self.sources.push(SourceFlow { id, monthly, rates, conversion, leads, orders, cac, cost });
    }

    /// What orders bring, in whole units whose running total stays the nearest to the true one.
    fn worth(&self, value: Amount) -> [i64; MONTHS] {
        let (mut running, mut told) = (Decimal::ZERO, 0);
        self.supply[self.order_stage].map(|it| {
            running = plus(running, times(it, Decimal::from(value.units())));
            let until_here = money(running).units();
            let this = until_here - told;
            told = until_here;
            this
        })
    }

    /// From the orders that the target takes back to the leads, and on to the cash.
    fn ask(&mut self, stages: &[(ItemId, &Stage)], target: [i64; MONTHS], value: Amount) {
        let orders = target.map(|it| kept(over(Decimal::from(it), Decimal::from(value.units()))));
        let (mut demand, mut before) = (vec![NOTHING; stages.len()], vec![Decimal::ZERO; stages.len()]);
        let at = self.order_stage;
        demand[at] = orders;
        for place in (0..at).rev() {
            let rate = self.blended(stages, place);
            if rate.is_zero() {
                return;
            }
            let (needed, earlier) = advanced(&demand[place + 1], months_of(stages[place].1));
            demand[place] = needed.map(|it| kept(over(it, rate)));
            before[place] = kept(over(plus(earlier, before[place + 1]), rate));
        }
        // What the orders bring comes in later, and all of it counts.
        for place in at + 1..stages.len() {
            let rate = self.blended(stages, place - 1);
            demand[place] = demand[place - 1].map(|it| kept(times(it, rate)));
        }
        self.cost_needed = self.average_cac().map(|cac| money(times(cac, total(&orders))));
        (self.demand, self.before) = (demand, before);
    }

    /// What goes on from a stage of all that the sources bring to it; what the stage says where they bring nothing.
    pub fn blended(&self, stages: &[(ItemId, &Stage)], place: usize) -> Decimal {
        let comes = self.sources.iter().map(|it| it.steady(place)).fold(Decimal::ZERO, plus);
        let goes = self.sources.iter().map(|it| it.steady(place + 1)).fold(Decimal::ZERO, plus);
        match comes.is_zero() {
            true => stages.get(place).map_or(Decimal::ONE, |(_, it)| part(it.conversion)),
            false => kept(over(goes, comes)),
        }
    }

    /// The part of all leads that become orders.
    pub fn conversion(&self) -> Option<Decimal> {
        let leads = self.sources.iter().map(|it| it.monthly).fold(Decimal::ZERO, plus);
        let orders = self.sources.iter().map(|it| it.steady(self.order_stage)).fold(Decimal::ZERO, plus);
        if leads.is_zero() { None } else { Some(kept(over(orders, leads))) }
    }

    /// What an order costs on average, by what each source brings.
    fn average_cac(&self) -> Option<Decimal> {
        let bring = self.sources.iter().map(|it| (it.steady(self.order_stage), it.cac));
        let (mut cost, mut orders) = (Decimal::ZERO, Decimal::ZERO);
        for (brought, cac) in bring.filter(|(brought, _)| !brought.is_zero()) {
            cost = plus(cost, times(brought, Decimal::from(cac?.units())));
            orders = plus(orders, brought);
        }
        if orders.is_zero() { None } else { Some(kept(over(cost, orders))) }
    }

    /// By how many leads a month the year falls short of what the target asks for. None where neither is known.
    pub fn leads_short(&self) -> Option<Decimal> {
        let (supply, demand) = (total(self.supply.first()?), total(self.demand.first()?));
        let needed = plus(demand, self.before.first().copied().unwrap_or_default());
        Some(kept((needed - supply).max(Decimal::ZERO) / Decimal::from(MONTHS)))
    }

    /// Stages whose people and means do not suffice for what the target asks of them (S0-05).
    pub fn tight<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = Tight> + 'a {
        let stages = plan.funnel.stages.iter().zip(&self.demand);
        stages.filter_map(|((stage, it), demand)| {
            let needed = demand.iter().copied().max().unwrap_or_default();
            it.resource.filter(|it| *it < needed).map(|resource| Tight { stage, needed, resource })
        })
    }

    /// The stage that holds up all others: the one whose means are used most where they do not suffice; else the one whose
    /// conversion is farthest below that of the trade; else the one where fewest go on.
    pub fn bottleneck(&self, plan: &Plan) -> Option<ItemId> {
        let ratio = |it: &Tight| it.needed.checked_div(it.resource).unwrap_or(Decimal::MAX);
        if let Some(tight) = self.tight(plan).max_by_key(ratio) {
            return Some(tight.stage);
        }
        let stages: Vec<(ItemId, &Stage)> = plan.funnel.stages.iter().collect();
        let rates = |place: usize| self.blended(&stages, place);
        let below = (0..self.order_stage).filter_map(|place| {
            let benchmark = part(Some(stages[place].1.benchmark?));
            let of_trade = rates(place).checked_div(benchmark)?;
            Some((of_trade, stages[place].0)).filter(|(it, _)| *it < Decimal::ONE)
        });
        let lowest = || (0..self.order_stage).map(|place| (rates(place), stages[place].0)).min();
        below.min().or_else(lowest).map(|(_, stage)| stage)
    }
}

/// Orders, and what has to come in at each stage before them, each to the next whole one (S0-04). None where a stage lets
/// nothing through.
pub fn ladder(orders: Decimal, rates: &[Decimal]) -> Option<Vec<Decimal>> {
    let mut needed = vec![orders.ceil()];
    for rate in rates.iter().rev() {
        let last = *needed.last()?;
        needed.push(kept(last.checked_div(*rate)?).ceil());
    }
    needed.reverse();
    Some(needed)
}

/// So much more open than is needed: how often the orders wanted lie open, and how many of those open have to be won.
pub fn coverage(open: Decimal, orders: Decimal) -> Option<(Decimal, Decimal)> {
    Some((open.checked_div(orders)?.round_dp(4), orders.checked_div(open)?.round_dp(4)))
}

/// Leads of each month: of a source that begins within one, as many as it has days left.
fn leads_of(source: &LeadSource, months: &[(Date, Date)]) -> Monthly {
    let monthly = source.leads.unwrap_or_default();
    let mut leads = NOTHING;
    for (leads, (first, last)) in leads.iter_mut().zip(months) {
        let from = source.start.map_or(*first, |it| it.0.max(*first));
        let days = ((*last - from).whole_days() + 1).max(0);
        let all = (*last - *first).whole_days() + 1;
        *leads = kept(times(monthly, Decimal::from(days)) / Decimal::from(all));
    }
    leads
}

/// The part that goes on from a stage.
fn rate_of(source: &LeadSource, stage: ItemId, said: &Stage) -> Decimal {
    part(source.conversions.get(&stage).copied().or(said.conversion))
}

/// Of a percentage; all where none is said.
fn part(percent: Option<Decimal>) -> Decimal {
    percent.map_or(Decimal::ONE, |it| it / Decimal::ONE_HUNDRED)
}

fn months_of(stage: &Stage) -> Decimal {
    stage.days.unwrap_or_default() / DAYS_OF_A_MONTH
}

/// A stream that arrives so many months later. Before the year began `before` flowed every month.
fn delayed(months: &Monthly, before: Decimal, delay: Decimal) -> Monthly {
    let (whole, rest) = (delay.trunc().to_usize().unwrap_or(usize::MAX), delay.fract());
    let at = |month: usize, delay: usize| month.checked_sub(delay).map_or(before, |it| months[it]);
    std::array::from_fn(|month| {
        kept(plus(times(Decimal::ONE - rest, at(month, whole)), times(rest, at(month, whole.saturating_add(1)))))
    })
}

/// When a stream has to set out that takes so many months, and how much of it before the year began.
fn advanced(months: &Monthly, delay: Decimal) -> (Monthly, Decimal) {
    let (whole, rest) = (delay.trunc().to_usize().unwrap_or(usize::MAX), delay.fract());
    let (mut needed, mut before) = (NOTHING, Decimal::ZERO);
    for (month, figure) in months.iter().enumerate() {
        for (delay, share) in [(whole, Decimal::ONE - rest), (whole.saturating_add(1), rest)] {
            match month.checked_sub(delay) {
                Some(earlier) => needed[earlier] = plus(needed[earlier], times(*figure, share)),
                None => before = plus(before, times(*figure, share)),
            }
        }
    }
    (needed, before)
}

fn kept(value: Decimal) -> Decimal {
    value.round_dp(KEPT)
}

/// To the nearest unit, half up.
fn money(units: Decimal) -> Amount {
    let units = units.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64();
    Amount::from_units(units.unwrap_or(i64::MAX).min(Amount::MAX.units()))
}

/// None where nothing is known.
fn sum(mut amounts: impl Iterator<Item = Option<Amount>>) -> Option<Amount> {
    let mut known = amounts.by_ref().flatten().peekable();
    known.peek()?;
    Some(Amount::from_units(known.fold(0, |sum: i64, it| sum.saturating_add(it.units())).min(Amount::MAX.units())))
}
