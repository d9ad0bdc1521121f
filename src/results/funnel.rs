//! The funnel in rows: stage by stage what comes in and what has to, source by source what it brings and costs, month by
//! month whether leads suffice, and what everybody does each week.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::amount::Amount;
use crate::engine::Outcome;
use crate::engine::capacity::{MONTHS, order_value};
use crate::engine::funnel::{Flow, SourceFlow, coverage, ladder, total};
use crate::engine::large::{plus, times};
use crate::plan::{Calendar, Dimension, FunnelField, ItemId, NodeId, Plan, Stage, Week};

/// A stage in the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRow {
    pub id: ItemId,
    pub supply: Decimal,
    pub demand: Option<Decimal>,
    /// What goes on of all that comes, in percent.
    pub conversion: Decimal,
    pub is_order: bool,
    pub is_bottleneck: bool,
}

impl StageRow {
    pub fn short(&self) -> Option<Decimal> {
        self.demand.map(|it| it - self.supply).filter(|it| Decimal::ZERO < *it)
    }
}

pub fn stages(plan: &Plan, flow: &Flow) -> Vec<StageRow> {
    let all: Vec<(ItemId, &Stage)> = plan.funnel.stages.iter().collect();
    let bottleneck = flow.bottleneck(plan);
    let row = |(place, (id, _)): (usize, &(ItemId, &Stage))| StageRow {
        id: *id,
        supply: shown(total(&flow.supply[place])),
        demand: flow.demand.get(place).map(|it| shown(plus(total(it), flow.before[place]))),
        conversion: (flow.blended(&all, place) * Decimal::ONE_HUNDRED).round_dp(2).normalize(),
        is_order: place == flow.order_stage,
        is_bottleneck: bottleneck == Some(*id),
    };
    all.iter().enumerate().map(row).collect()
}

/// A month of the year: leads that have to come in, and those that do; orders and what they bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthRow {
    pub month: NodeId,
    pub leads: Decimal,
    pub needed: Option<Decimal>,
    pub orders: Decimal,
    pub amount: Option<i64>,
    pub target: i64,
}

impl MonthRow {
    pub fn short(&self) -> Option<Decimal> {
        self.needed.map(|it| it - self.leads).filter(|it| Decimal::ZERO < *it)
    }
}

pub fn months(outcome: &Outcome, flow: &Flow) -> Vec<MonthRow> {
    let row = |month: usize| MonthRow {
        month: Calendar::month(month as u32 + 1),
        leads: shown(flow.supply.first().map(|it| it[month]).unwrap_or_default()),
        needed: flow.demand.first().map(|it| shown(it[month])),
        orders: shown(flow.supply[flow.order_stage][month]),
        amount: flow.amount.map(|it| it[month]),
        target: outcome.gate.months[month],
    };
    (0..MONTHS).map(row).collect()
}

/// What has to come in at each stage for the year's orders, each to the next whole one, and what it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    pub needed: Vec<(ItemId, Decimal)>,
    pub cost: Option<Amount>,
}

/// None where the target asks for no orders, or a stage lets nothing through.
pub fn rungs(plan: &Plan, flow: &Flow) -> Option<Ladder> {
    let all: Vec<(ItemId, &Stage)> = plan.funnel.stages.iter().collect();
    let orders = total(flow.demand.get(flow.order_stage)?);
    let rates: Vec<Decimal> = (0..flow.order_stage).map(|place| flow.blended(&all, place)).collect();
    let needed = ladder(orders.round_dp(6), &rates)?;
    let needed = all.iter().zip(needed).map(|((id, _), it)| (*id, it)).collect();
    Some(Ladder { needed, cost: flow.cost_needed })
}

/// How many days it takes from lead to order, where a stage says so, and in percent how many leads get there (S3-38).
pub fn cycle(plan: &Plan, flow: &Flow) -> Option<(Option<Decimal>, Decimal)> {
    let said = plan.funnel.stages.values().take(flow.order_stage).filter_map(|it| it.days);
    let days = said.reduce(|one, other| one + other).map(|it| it.normalize());
    let conversion = (flow.conversion()? * Decimal::ONE_HUNDRED).round_dp(2).normalize();
    Some((days, conversion))
}

/// What one of the earlier years says beside the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PastRow {
    /// In points, how much more went on than in the year before, where that is known of the same source.
    pub change: Option<Decimal>,
    /// How often what an order cost to win comes back: LTV over CAC.
    pub ratio: Option<Decimal>,
}

pub fn past(plan: &Plan, id: ItemId) -> PastRow {
    let Some(this) = plan.funnel.past.get(id) else { return PastRow::default() };
    let earlier = plan.funnel.past.values().filter(|it| it.source == this.source && it.year < this.year);
    let before = earlier.max_by(|one, other| one.year.cmp(&other.year)).and_then(|it| it.conversion);
    let units = |it: Option<Amount>| it.map(|it| Decimal::from(it.units()));
    let ratio = units(this.ltv).zip(units(this.cac)).and_then(|(ltv, cac)| ltv.checked_div(cac));
    PastRow {
        change: this.conversion.zip(before).map(|(now, before)| now - before),
        ratio: ratio.map(|it| it.round_dp(1).normalize()),
    }
}

/// The best and the weakest of the days of a week of which something is known, counted from Monday, the first of equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BestDay {
    pub best: usize,
    pub least: usize,
    /// In percent, by how much the best is above the weakest. None above nothing.
    pub above: Option<Decimal>,
}

/// None where there is nothing to compare.
pub fn best_day(week: &Week) -> Option<BestDay> {
    let days = week.days();
    let known: Vec<(usize, Decimal)> = days.iter().enumerate().filter_map(|(at, it)| Some((at, (*it)?))).collect();
    if known.len() < 2 {
        return None;
    }
    let (least, low) = known.iter().copied().min_by_key(|it| it.1)?;
    let (best, high) = known.iter().rev().copied().max_by_key(|it| it.1)?;
    let above = (high - low).checked_div(low).and_then(|it| it.checked_mul(Decimal::ONE_HUNDRED));
    Some(BestDay { best, least, above: above.map(|it| it.round_dp(1).normalize()) })
}

/// A territory or a salesperson: what leads of their own bring, and what their target asks for (U58).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerritoryRow {
    /// None: leads that are nobody's in particular.
    pub id: Option<NodeId>,
    pub depth: usize,
    pub leads: Decimal,
    pub orders: Decimal,
    pub cost: Option<Amount>,
    pub target: Option<Amount>,
    /// Leads that the target asks for, by how their own fare.
    pub needed: Option<Decimal>,
}

impl TerritoryRow {
    /// The part of their leads that become orders, in percent.
    pub fn conversion(&self) -> Option<Decimal> {
        Some((self.orders.checked_div(self.leads)? * Decimal::ONE_HUNDRED).round_dp(2).normalize())
    }

    pub fn short(&self) -> Option<Decimal> {
        self.needed.map(|it| it - self.leads).filter(|it| Decimal::ZERO < *it)
    }

    fn add(&mut self, source: &SourceFlow) {
        self.leads = plus(self.leads, total(&source.leads));
        self.orders = plus(self.orders, total(&source.orders));
        self.cost = match (self.cost, source.cost) {
            (Some(sum), Some(more)) => Some(Amount::from_units(sum.units().saturating_add(more.units()))),
            (sum, more) => sum.or(more),
        };
    }

    /// By the leads and the orders of the year; both take the same time on their way.
    fn ask(&mut self, value: Option<Amount>) {
        let orders = self
            .target
            .zip(value)
            .and_then(|(target, value)| Decimal::from(target.units()).checked_div(Decimal::from(value.units())));
        self.needed =
            orders.and_then(|it| it.checked_div(self.orders.checked_div(self.leads)?)).map(|it| it.round_dp(6));
    }
}

/// Everybody whose leads are told apart, with those above them: the whole first, and last what is nobody's. Empty where all
/// leads are nobody's in particular.
pub fn territories(plan: &Plan, outcome: &Outcome, flow: &Flow) -> Vec<TerritoryRow> {
    let tree = &plan.trees.organisation;
    let division = outcome.division(Dimension::Organisation);
    let blank = |id: Option<NodeId>, depth: usize, target: Option<Amount>| TerritoryRow {
        id,
        depth,
        leads: Decimal::ZERO,
        orders: Decimal::ZERO,
        cost: None,
        target,
        needed: None,
    };
    let mut rows: BTreeMap<NodeId, TerritoryRow> = BTreeMap::new();
    let mut rest = blank(None, 1, None);
    for ((_, source), flow) in plan.funnel.sources.iter().zip(&flow.sources) {
        let own = source.node.filter(|it| *it != tree.root && tree.get(*it).is_some());
        if own.is_none() {
            rest.add(flow);
        }
        let mut at = Some(own.unwrap_or(tree.root));
        while let Some(id) = at {
            let position = division.layout.position(id);
            let depth = position.map_or(0, |it| division.layout.depth(it));
            let target = position.map(|it| Amount::from_units(division.amounts[it]));
            rows.entry(id).or_insert_with(|| blank(Some(id), depth, target)).add(flow);
            at = tree.parent(id);
        }
    }
    if rows.len() < 2 {
        return Vec::new();
    }
    let value = order_value(plan).filter(|it| 0 < it.units());
    rows.values_mut().for_each(|it| it.ask(value));
    let mut in_order: Vec<TerritoryRow> = tree.walk(tree.root).iter().filter_map(|id| rows.remove(id)).collect();
    in_order.extend(Some(rest).filter(|it| !it.leads.is_zero()));
    in_order
}

/// What the activities come to: by all who sell in a week, and by one of them in four weeks and in the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRow {
    pub id: ItemId,
    pub all_weekly: Decimal,
    pub four_weeks: Decimal,
    pub yearly: Decimal,
}

/// `heads` is how many sell.
pub fn activities(plan: &Plan, heads: Decimal) -> Vec<ActivityRow> {
    let row = |(id, it): (ItemId, &crate::plan::Activity)| {
        let weekly = it.weekly.unwrap_or_default();
        let times = |weeks: u32| (weekly * Decimal::from(weeks)).normalize();
        ActivityRow { id, all_weekly: (weekly * heads).normalize(), four_weeks: times(4), yearly: times(52) }
    };
    plan.funnel.activities.iter().map(row).collect()
}

/// How many sell: everybody in the lines of people, or the leaves of the organisation where there are none.
pub fn sellers(plan: &Plan) -> Decimal {
    let heads: u64 = plan.capacity.crews.values().map(|it| u64::from(it.heads)).sum();
    let tree = &plan.trees.organisation;
    let leaves = || tree.nodes.values().filter(|it| it.children.is_empty()).count() as u64;
    Decimal::from(if heads == 0 { leaves() } else { heads })
}

/// How often the orders wanted lie open, and how many of the open ones have to be won, in percent (S3-10).
pub fn covered(plan: &Plan, flow: Option<&Flow>) -> Option<(Decimal, Decimal)> {
    let needed = flow.and_then(|it| it.demand.get(it.order_stage)).map(total);
    let (times, rate) = coverage(plan.funnel.pipeline?, plan.funnel.pipeline_orders.or(needed)?)?;
    Some((times.round_dp(2).normalize(), (rate * Decimal::ONE_HUNDRED).round_dp(1).normalize()))
}

/// What the funnel would bring if so many percent more went on from a stage, all its sources alike (S1-28). None where the
/// funnel has no such stage, or more than all would go on.
pub fn lifted(plan: &Plan, stage: ItemId, percent: Decimal) -> Option<(Plan, Flow)> {
    let mut lifted = plan.clone();
    let factor = plus(Decimal::ONE, percent / Decimal::ONE_HUNDRED);
    let up = |rate: Decimal| Some(times(rate, factor).round_dp(6)).filter(|it| *it <= Decimal::ONE_HUNDRED);
    let mut changed = plan.funnel.stages.get(stage)?.clone();
    changed.conversion = Some(up(changed.conversion.unwrap_or(Decimal::ONE_HUNDRED))?);
    let edit = plan.funnel.stages.put(stage, changed);
    lifted.apply(crate::plan::Edit::Funnel(FunnelField::Stage(edit))).ok()?;
    for (id, source) in plan.funnel.sources.iter() {
        let mut source = source.clone();
        if let Some(own) = source.conversions.get_mut(&stage) {
            *own = up(*own)?;
            let edit = plan.funnel.sources.put(id, source);
            lifted.apply(crate::plan::Edit::Funnel(FunnelField::Source(edit))).ok()?;
        }
    }
    let flow = Flow::of(&lifted, None)?;
    Some((lifted, flow))
}

/// To two decimals: what one reads. Sums are made of what is exact.
pub fn shown(value: Decimal) -> Decimal {
    value.round_dp(2).normalize()
}
