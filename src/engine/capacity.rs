//! What the people of a plan can bring, by crew, by node and by month: their heads on their days, their level's month, and
//! how far up its ramp they are.
//!
//! Everything is counted in whole parts, a millionth of an order and a unit of the plan, so that months add up to the year
//! and crews to their node. A month counts by its days; the month that somebody starts in is the first of the ramp; those who
//! are lost go at the end of a month, as many each month, and whoever takes their place starts on its ramp.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use time::Date;

use crate::amount::Amount;
use crate::order;
use crate::plan::{Calendar, Crew, Dimension, ItemId, Level, Node, NodeId, Nodes, Plan, Ramp, Unit};

/// The months of a fiscal year.
pub const MONTHS: usize = 12;

/// One order, or one head, in the parts that they are counted in.
pub const ONE: i64 = 1_000_000;

/// Finer parts, in which everything is added up before it is rounded.
const FINE: i128 = 1_000_000;

/// What somebody can bring, month by month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// In millionths of an order.
    pub orders: [i64; MONTHS],
    /// In units of the plan.
    pub amount: [i64; MONTHS],
    /// The same as if nobody had to climb a ramp.
    pub unramped: [i64; MONTHS],
    /// In millionths of a head.
    pub heads: [i64; MONTHS],
}

impl Output {
    pub fn total(&self) -> Amount {
        Amount::from_units(sum(&self.amount))
    }

    pub fn total_unramped(&self) -> Amount {
        Amount::from_units(sum(&self.unramped))
    }

    /// In the year, in millionths.
    pub fn total_orders(&self) -> i64 {
        sum(&self.orders)
    }

    fn add(&mut self, other: &Output) {
        let columns = [
            (&mut self.orders, &other.orders),
            (&mut self.amount, &other.amount),
            (&mut self.unramped, &other.unramped),
            (&mut self.heads, &other.heads),
        ];
        for (mine, theirs) in columns {
            mine.iter_mut().zip(theirs).for_each(|(mine, it)| *mine = mine.saturating_add(*it));
        }
    }
}

fn sum(months: &[i64; MONTHS]) -> i64 {
    months.iter().fold(0_i64, |sum, it| sum.saturating_add(*it)).min(Amount::MAX.units())
}

/// What all people of a plan can bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// By their numbers, in the order of the plan.
    pub crews: Vec<(ItemId, Output)>,
    /// Of a node, everybody in it and below it.
    pub nodes: BTreeMap<NodeId, Output>,
}

impl Staff {
    pub fn of(plan: &Plan) -> Staff {
        Staff::made(plan, |_, _| None)
    }

    /// The same for a plan of which something has changed, given what the plan was and what its people could bring: whoever is
    /// the same person on the same terms brings the same.
    pub fn again(&self, before: &Plan, plan: &Plan) -> Staff {
        let is_same_year = before.calendar == plan.calendar && order_value(before) == order_value(plan);
        let known = |id: ItemId| {
            let place = before.capacity.crews.position(id)?;
            self.crews.get(place).filter(|(it, _)| *it == id).map(|(_, output)| *output)
        };
        Staff::made(plan, |id, crew| {
            let level = |of: &Plan| crew.level.and_then(|it| of.capacity.levels.get(it).cloned());
            let is_same = is_same_year && before.capacity.crews.get(id) == Some(crew) && level(before) == level(plan);
            known(id).filter(|_| is_same)
        })
    }

    fn made(plan: &Plan, known: impl Fn(ItemId, &Crew) -> Option<Output>) -> Staff {
        let months = months(&plan.calendar);
        let tree = &plan.trees.organisation;
        let mut staff = Staff::default();
        let mut above = BTreeMap::new();
        for (id, node) in tree.nodes.iter().filter(|_| !plan.capacity.crews.is_empty()) {
            above.extend(node.children.iter().map(|child| (*child, *id)));
        }
        for (id, crew) in plan.capacity.crews.iter() {
            let output = known(id, crew).unwrap_or_else(|| bring(plan, crew, &months));
            let mut at = Some(crew.node);
            while let Some(node) = at {
                staff.nodes.entry(node).or_default().add(&output);
                at = above.get(&node).copied();
            }
            staff.crews.push((id, output));
        }
        staff
    }

    pub fn is_empty(&self) -> bool {
        self.crews.is_empty()
    }

    /// What everybody together can bring.
    pub fn whole(&self, plan: &Plan) -> Option<&Output> {
        self.nodes.get(&plan.trees.organisation.root)
    }

    /// It is known what the work of the people is worth.
    pub fn is_priced(&self, plan: &Plan) -> bool {
        let has_amounts = || plan.capacity.levels.values().any(|it| it.amount.is_some());
        !self.is_empty() && (order_value(plan).is_some() || has_amounts())
    }

    /// What a node is able to bring: what the plan says, or what its people can.
    pub fn capacity(&self, plan: &Plan, id: NodeId) -> Option<Amount> {
        let said = plan.node(Dimension::Organisation, id).and_then(|it| it.capacity);
        said.or_else(|| self.nodes.get(&id).filter(|_| self.is_priced(plan)).map(Output::total))
    }

    /// What everybody together can bring, the plan unseen.
    pub fn whole_of_all(&self) -> Option<Output> {
        let mut all = Output::default();
        self.crews.iter().for_each(|(_, it)| all.add(it));
        (!self.is_empty()).then_some(all)
    }

    /// The nodes of the organisation as the engine divides among them: what people can bring is the capacity of whoever has no
    /// other, and, where the plan says so, the cap. None where there are no people. `known` is a plan and its nodes as they
    /// were filled: of those that are still the same nothing is copied.
    pub fn fill(&self, plan: &Plan, known: Option<(&Plan, &Nodes)>) -> Option<Nodes> {
        if self.is_empty() {
            return None;
        }
        let tree = &plan.trees.organisation;
        let mut filled = tree.nodes.clone();
        for id in self.nodes.keys() {
            let Some(node) = tree.nodes.get(id) else { continue };
            let capacity = self.capacity(plan, *id);
            let is_cap = plan.capacity.is_cap && *id != tree.root;
            let cap = node.cap.or(capacity.filter(|_| is_cap));
            let is_as_known = |(before, known): &(&Plan, &Nodes)| {
                let is_filled_so = |it: &Node| (it.capacity, it.cap) == (capacity, cap);
                tree.nodes.has_the_very(id, &before.trees.organisation.nodes) && known.get(id).is_some_and(is_filled_so)
            };
            match known.filter(is_as_known) {
                Some((_, known)) => filled.share(id, known),
                None => {
                    filled.get_mut(id).into_iter().for_each(|node| (node.capacity, node.cap) = (capacity, cap));
                }
            }
        }
        Some(filled)
    }
}

/// What an order brings: what the plan says, or one where it counts what is ordered.
pub fn order_value(plan: &Plan) -> Option<Amount> {
    let one = matches!(plan.unit, Unit::Count(_)).then(|| Amount::from_units(10_i64.pow(plan.unit.decimals().into())));
    plan.funnel.order_value.or(one)
}

/// The first and the last day of each month of the fiscal year.
pub fn months(calendar: &Calendar) -> Vec<(Date, Date)> {
    (1..=MONTHS as u32).filter_map(|month| calendar.span(Calendar::month(month))).collect()
}

/// The month, counted from 0, that a day lies in; below 0 before the year, 12 and more after it.
pub fn month_of(months: &[(Date, Date)], day: Date) -> i64 {
    let (Some((first, _)), Some((_, last))) = (months.first(), months.last()) else { return 0 };
    if day < *first {
        let before = i64::from(first.year() - day.year()) * 12 + i64::from(u8::from(first.month()));
        return -(before - i64::from(u8::from(day.month()))).max(1);
    }
    if *last < day {
        return MONTHS as i64;
    }
    months.iter().position(|(_, last)| day <= *last).map_or(MONTHS as i64, |it| it as i64)
}

/// What a crew of a plan brings.
pub fn bring(plan: &Plan, crew: &Crew, months: &[(Date, Date)]) -> Output {
    let level = crew.level.and_then(|it| plan.capacity.levels.get(it));
    let none = Level::default();
    let level = level.unwrap_or(&none);
    let worth = Worth::of(level, order_value(plan));
    let mut sums = Sums::default();
    for Cohort { heads, first, is_new } in cohorts(crew, months) {
        let first_month = first.map(|it| month_of(months, it));
        for (month, span) in months.iter().enumerate().take(MONTHS) {
            let heads = heads[month];
            let days = days_there(crew, first, *span);
            let all = i128::from((span.1 - span.0).whole_days()) + 1;
            let there = part(i128::from(heads) * FINE, days, all);
            let climbed = match first_month {
                Some(first) if is_new => ramped(&level.ramp, month as i64 - first, there),
                _ => there,
            };
            sums.heads[month] += there;
            sums.orders[month] += part(climbed, worth.orders, ONE.into());
            sums.amount[month] += part(climbed, worth.amount, i128::from(ONE) * i128::from(ONE));
            sums.unramped[month] += part(there, worth.amount, i128::from(ONE) * i128::from(ONE));
        }
    }
    sums.output()
}

/// What one head brings in a month.
struct Worth {
    /// In millionths of an order.
    orders: i128,
    /// In millionths of a unit.
    amount: i128,
}

impl Worth {
    fn of(level: &Level, order_value: Option<Amount>) -> Worth {
        let orders = level.orders.map_or(0, millionths);
        let by_orders = orders * i128::from(order_value.unwrap_or_default().units());
        let amount = level.amount.map_or(by_orders, |it| i128::from(it.units()) * i128::from(ONE));
        Worth { orders, amount }
    }
}

fn millionths(value: Decimal) -> i128 {
    (value * Decimal::from(ONE)).trunc().to_i128().unwrap_or_default()
}

/// Heads who came together.
struct Cohort {
    /// In millionths, month by month.
    heads: [i64; MONTHS],
    /// Their first day; none where they were there before.
    first: Option<Date>,
    /// They have a ramp to climb.
    is_new: bool,
}

/// Those who are there first, and whoever takes the place of those who go.
fn cohorts(crew: &Crew, months: &[(Date, Date)]) -> Vec<Cohort> {
    let heads = i64::from(crew.heads) * ONE;
    let first = crew.start.map(|it| it.0);
    let lost_monthly = crew.attrition.map_or(0, |rate| {
        let of_all = millionths(rate) * i128::from(heads);
        (of_all / (100 * 12 * i128::from(ONE))) as i64
    });
    let from = first.map_or(0, |it| month_of(months, it)).max(0);
    // Who goes, goes at the end of a month.
    let gone = |month: usize| (month as i64 - from).clamp(0, MONTHS as i64).saturating_mul(lost_monthly).min(heads);
    let mut there = [0; MONTHS];
    (0..MONTHS).for_each(|month| there[month] = heads - gone(month));
    let mut all = vec![Cohort { heads: there, first, is_new: first.is_some() }];
    let Some(backfill) = crew.backfill.filter(|_| 0 < lost_monthly) else { return all };
    for month in 0..MONTHS.saturating_sub(1) {
        let lost = gone(month + 1) - gone(month);
        let start = month + 1 + usize::from(backfill);
        if let (true, Some((first, _))) = (0 < lost, months.get(start)) {
            all.push(Cohort { heads: [lost; MONTHS], first: Some(*first), is_new: true });
        }
    }
    all
}

/// On how many days of a span a crew is there.
fn days_there(crew: &Crew, first: Option<Date>, span: (Date, Date)) -> i128 {
    let from = first.map_or(span.0, |it| it.max(span.0));
    let to = crew.end.map_or(span.1, |it| it.0.min(span.1));
    let count = |from: Date, to: Date| ((to - from).whole_days() + 1).max(0);
    let mut days = count(from, to);
    let away: Vec<RangeInclusive<Date>> =
        crew.leave.iter().map(|it| it.from.0.max(from)..=it.to.0.min(to)).filter(|it| !it.is_empty()).collect();
    let away = order::by_number(away, |it| it.start().to_julian_day().into());
    let mut counted: Option<Date> = None;
    for leave in away {
        // A day on which two leaves lie is one day.
        let from = counted.and_then(|it| it.next_day()).map_or(*leave.start(), |it| it.max(*leave.start()));
        days -= count(from, *leave.end());
        counted = counted.max(Some(*leave.end()));
    }
    days.max(0).into()
}

/// What is left of a figure so many months after the first, which is 0.
fn ramped(ramp: &Ramp, months: i64, figure: i128) -> i128 {
    if months < 0 {
        return 0;
    }
    let at = i128::from(months) + 1;
    match ramp {
        Ramp::Zero(length) if at <= i128::from(*length) => 0,
        Ramp::Linear(length) if at <= i128::from(*length) => part(figure, at, i128::from(*length) + 1),
        Ramp::Thirds(length) if at <= i128::from(*length) => part(figure, at, (*length).into()),
        Ramp::Own(percents) => match percents.get(months as usize) {
            Some(percent) => part(figure, millionths(*percent), 100 * i128::from(ONE)),
            None => figure,
        },
        _ => figure,
    }
}

/// To the nearest, half up; what is not negative.
fn part(figure: i128, of: i128, whole: i128) -> i128 {
    figure.checked_mul(of).map_or(i128::from(i64::MAX), |it| it.saturating_add(whole / 2) / whole)
}

/// Figures in finer parts than they are told in.
#[derive(Default)]
struct Sums {
    orders: [i128; MONTHS],
    amount: [i128; MONTHS],
    unramped: [i128; MONTHS],
    heads: [i128; MONTHS],
}

impl Sums {
    fn output(&self) -> Output {
        Output {
            orders: rounded(&self.orders),
            amount: rounded(&self.amount),
            unramped: rounded(&self.unramped),
            heads: self.heads.map(whole),
        }
    }
}

/// Whole parts whose running total stays the nearest to the true one.
fn rounded(months: &[i128; MONTHS]) -> [i64; MONTHS] {
    let (mut running, mut told) = (0, 0_i64);
    months.map(|it| {
        running += it;
        let until_here = whole(running);
        let this = until_here - told;
        told = until_here;
        this
    })
}

fn whole(fine: i128) -> i64 {
    i64::try_from((fine + FINE / 2) / FINE).unwrap_or(i64::MAX).min(Amount::MAX.units())
}

/// How many heads of a level, hired on the first day of a month, bring so much by the end of the year, in tenths. None where
/// they bring nothing by then.
pub fn heads_needed(plan: &Plan, level: ItemId, month: usize, gap: Amount) -> Option<i64> {
    let months = months(&plan.calendar);
    let (first, _) = *months.get(month)?;
    let one = Crew { level: Some(level), start: Some(crate::plan::Day(first)), ..Crew::default() };
    let brings = bring(plan, &one, &months).total().units();
    let tenths = i128::from(gap.units()).checked_mul(10)?;
    if brings <= 0 { None } else { i64::try_from((tenths + i128::from(brings) - 1) / i128::from(brings)).ok() }
}

/// So many people of each of two levels who carry a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mixed {
    pub heads: [u32; 2],
    /// What they carry beyond the target.
    pub over: Amount,
}

/// Which numbers of people of two levels carry a target with the least to spare (S0-24): the fewest heads first where they
/// tie. Empty where nobody carries anything, or it takes more than anybody hires.
pub fn mixes(target: Amount, quotas: [Amount; 2], most: usize) -> Vec<Mixed> {
    let [one, other] = quotas.map(Amount::units);
    let target = target.units();
    if one <= 0 || other <= 0 || target <= 0 || Crew::MOST_HEADS as i64 <= target / one.max(other) {
        return Vec::new();
    }
    let up = |sum: i64, each: i64| if sum <= 0 { 0 } else { (sum - 1) / each + 1 };
    let all = up(target, one).min(Crew::MOST_HEADS.into());
    let mut found: Vec<Mixed> = Vec::new();
    for heads in 0..=all {
        let rest = target - heads * one;
        let others = up(rest, other);
        let (Ok(heads), Ok(others)) = (u32::try_from(heads), u32::try_from(others)) else { continue };
        let over = i64::from(heads) * one + i64::from(others) * other - target;
        if others <= Crew::MOST_HEADS {
            found.push(Mixed { heads: [heads, others], over: Amount::from_units(over) });
        }
    }
    let mut found = order::by_number(found, |it| {
        i128::from(it.over.units()) << 64 | i128::from(it.heads[0] + it.heads[1]) << 32 | i128::from(it.heads[0])
    });
    found.truncate(most);
    found
}

/// What one of a level carries in a year: its quota, or twelve months of what one brings.
pub fn quota(plan: &Plan, level: &Level) -> Option<Amount> {
    let monthly = Worth::of(level, order_value(plan)).amount;
    let yearly = i64::try_from((monthly * MONTHS as i128 + i128::from(ONE) / 2) / i128::from(ONE)).ok();
    let yearly = yearly.map(|it| Amount::from_units(it.min(Amount::MAX.units())));
    level.quota.or(yearly).filter(|it| 0 < it.units())
}

/// Those in the plan who climb a ramp longer than the year has left for them.
pub fn never_whole<'a>(plan: &'a Plan, months: &'a [(Date, Date)]) -> impl Iterator<Item = ItemId> + 'a {
    plan.capacity.crews.iter().filter_map(move |(id, crew)| {
        let level = plan.capacity.levels.get(crew.level?)?;
        let start = month_of(months, crew.start?.0);
        let is_late = 0 <= start && start < MONTHS as i64 && MONTHS as i64 <= start + i64::from(level.ramp.months());
        Some(id).filter(|_| is_late && 0 < level.ramp.months())
    })
}
