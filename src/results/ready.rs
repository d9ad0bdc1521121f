//! What-ifs that every trade asks about, made to fit the plan at hand: as the edits that they come to, or what the plan lacks
//! for them.
//!
//! Which product is sold offline and which people are newcomers is told by what they are called; the words for that are the
//! caller's.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::scenario::Seen;
use crate::amount::Amount;
use crate::engine::breakback::{amount_at, type_amount, whole_of};
use crate::engine::funnel::total;
use crate::plan::{
    At, CapacityField, Crew, Day, Dimension, Edit, FunnelField, GoalField, ItemId, Knob, LeadSource, Measure, NodeId,
    Pair, Plan, Stage, diff,
};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// A competitor cuts prices, and we follow by a tenth (S3-18, S3-32).
    PriceCut,
    /// What an order costs to win goes up by 30%, and the target down by 10% (S0-35).
    CostUp,
    /// Exports fall by 15%, and the margin is to rise by 5 points (S0-37).
    ExportDown,
    /// 40% of what is spent offline goes to the pool of one's own (S1-25).
    OwnPool,
    /// Live sales from what they are to 35% of all (S1-07).
    LiveShare,
    /// Ten newcomers from April.
    Newcomers,
    /// The content team from five to eight (S1-51).
    ContentTeam,
    /// Approved proposals up by half: from 50% to 75% (S0-32).
    Approval,
    /// A fifth more go on from leads (S1-28).
    Conversion,
    /// Plan B: the amount of one product goes to another (S0-41).
    PlanB,
    /// Less growth, and a goal for the pool of one's own instead (S1-50).
    SofterTarget,
    /// Each segment spoken to as what it is: repurchase from 30% to 55%, potential ones from 15% to 28% (S1-33).
    Segments,
    /// Mails and messages that go out by themselves: nurtured in 7 days instead of 15, and 35% more go on (S1-34).
    Nurture,
    /// Drafts by a machine, polished by people: 60% more content, and as many more leads of it (S1-35).
    Drafts,
}

impl Ready {
    pub const ALL: [Ready; 14] = [
        Ready::PriceCut,
        Ready::CostUp,
        Ready::ExportDown,
        Ready::OwnPool,
        Ready::LiveShare,
        Ready::Newcomers,
        Ready::ContentTeam,
        Ready::Approval,
        Ready::Conversion,
        Ready::PlanB,
        Ready::SofterTarget,
        Ready::Segments,
        Ready::Nurture,
        Ready::Drafts,
    ];
}

/// What something is called like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Like {
    Offline,
    Own,
    Online,
    Live,
    Export,
    Content,
    Newcomer,
    Approval,
    Margin,
    /// Those who have bought before, and those who may.
    Repeat,
    Potential,
    Nurture,
}

/// What the plan lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    Target,
    /// Last year's figure, from which growth is told.
    LastYear,
    Price,
    /// What leads or orders cost.
    Costs,
    Level,
    /// People, a stage, a source or a node that is called so.
    Crew(Like),
    Stage(Like),
    /// A stage with a conversion and the days that it takes.
    Days,
    Source(Like),
    Node(Dimension, Like),
    /// A stage from which not all go on.
    Stages,
    /// Two products.
    Products,
    /// There is no room: locks, or all go on already.
    Room,
}

/// How things are found by what they are called, and what the margin and the pool are called where nobody has.
pub struct Called<'a> {
    pub is_like: &'a dyn Fn(Like, &str) -> bool,
    pub margin: String,
    pub pool: String,
    pub newcomers: String,
}

/// The edits that it comes to in a plan.
pub fn ready(it: Ready, seen: &Seen, called: &Called<'_>) -> Result<Vec<Edit>, Lack> {
    let plan = &*seen.plan;
    let edits = match it {
        Ready::PriceCut => vec![scaled(plan, Knob::Price, 90).ok_or(Lack::Price)?],
        Ready::CostUp => cost_up(plan)?,
        Ready::ExportDown => vec![Edit::Batch(export_down(seen, called)?)],
        Ready::OwnPool => own_pool(plan, called)?,
        Ready::LiveShare => {
            let id = node_like(plan, Dimension::Channel, called, Like::Live)?;
            let at = margin(plan, Dimension::Channel, id);
            let whole = whole_of(plan, &seen.outcome, at).ok_or(Lack::Room)?;
            let amount = Amount::from_units(percent_of(whole.units(), 35));
            vec![type_amount(plan, &seen.outcome, at, amount).map_err(|_| Lack::Room)?]
        }
        Ready::Newcomers => vec![newcomers(plan, called)?],
        Ready::ContentTeam => vec![content_team(plan, called)?],
        Ready::Approval => {
            let stages = plan.funnel.stages.iter().filter(|(_, it)| it.conversion.is_some());
            let stage = stages.into_iter().find(|(_, it)| (called.is_like)(Like::Approval, &it.name));
            let id = stage.map(|(id, _)| id).ok_or(Lack::Stage(Like::Approval))?;
            lifted(plan, id, 50)?
        }
        Ready::Conversion => {
            let stage = plan.funnel.stages.iter().find(|(_, it)| it.conversion.is_some());
            lifted(plan, stage.map(|(id, _)| id).ok_or(Lack::Stages)?, 20)?
        }
        Ready::PlanB => vec![Edit::Batch(plan_b(seen, called)?)],
        Ready::SofterTarget => softer(seen, called)?,
        Ready::Segments => segments(plan, called)?,
        Ready::Nurture => nurture(plan, called)?,
        Ready::Drafts => {
            let (id, _) = source_like(plan, called, Like::Content)?;
            vec![scaled(plan, Knob::Leads(id), 160).ok_or(Lack::Source(Like::Content))?]
        }
    };
    Ok(edits)
}

/// What an input says, times so many hundredths.
fn scaled(plan: &Plan, knob: Knob, percent: i64) -> Option<Edit> {
    let value = knob.value(plan)?.checked_mul(Decimal::new(percent, 2))?;
    knob.edit(plan, Some(value.round_dp(4).normalize())).ok()
}

fn cost_up(plan: &Plan) -> Result<Vec<Edit>, Lack> {
    let target = scaled(plan, Knob::Target, 90).ok_or(Lack::Target)?;
    let dearer = |amount: Amount| {
        let more = (Decimal::from(amount.units()) * Decimal::new(130, 2)).round();
        more.to_i64().map_or(Amount::MAX, |it| Amount::from_units(it).min(Amount::MAX))
    };
    let sources = plan.funnel.sources.iter().filter(|(_, it)| it.cost.is_some() || it.cac.is_some());
    let edits: Vec<Edit> = sources
        .map(|(id, it)| {
            let source = LeadSource { cost: it.cost.map(dearer), cac: it.cac.map(dearer), ..it.clone() };
            put_source(plan, id, source)
        })
        .collect();
    if edits.is_empty() { Err(Lack::Costs) } else { Ok([edits, vec![target]].concat()) }
}

fn put_source(plan: &Plan, id: ItemId, source: LeadSource) -> Edit {
    Edit::Funnel(FunnelField::Source(plan.funnel.sources.put(id, source)))
}

/// Both in one, so that nobody has the one without the other. A plan that is called after exports falls as a whole.
fn export_down(seen: &Seen, called: &Called<'_>) -> Result<Vec<Edit>, Lack> {
    let plan = &*seen.plan;
    let target = plan.goal.target.ok_or(Lack::Target)?.units();
    let found = [Dimension::Product, Dimension::Channel, Dimension::Customer]
        .into_iter()
        .find_map(|dimension| Some((dimension, node_like(plan, dimension, called, Like::Export).ok()?)));
    let mut edits = Vec::new();
    let mut lower = target;
    match found {
        Some((dimension, id)) => {
            let at = margin(plan, dimension, id);
            let now = amount_at(plan, &seen.outcome, at).ok_or(Lack::Room)?.units();
            let less = percent_of(now, 15);
            lower = target - less;
            edits.push(Knob::Lock { dimension, id }.edit(plan, Some((now - less).into())).map_err(|_| Lack::Room)?);
        }
        None if (called.is_like)(Like::Export, &plan.title) => lower -= percent_of(target, 15),
        None => return Err(Lack::Node(Dimension::Product, Like::Export)),
    }
    edits.push(Edit::Goal(GoalField::Target(Some(Amount::from_units(lower)))));
    edits.push(measure_up(plan, Decimal::from(5), &|it| (called.is_like)(Like::Margin, &it.name), &called.margin));
    Ok(edits)
}

/// So many hundredths of an amount, to the nearest unit.
fn percent_of(units: i64, percent: i64) -> i64 {
    ((i128::from(units) * i128::from(percent) + 50) / 100) as i64
}

/// What else is to be reached, by so many points more; or for the first time.
fn measure_up(plan: &Plan, by: Decimal, is_it: &dyn Fn(&Measure) -> bool, name: &str) -> Edit {
    let measures = &plan.goal.measures;
    // Points are of percent: a number of anything else is another measure.
    let edit = match measures.iter().find(|(_, it)| it.unit == "%" && is_it(it)) {
        Some((id, it)) => measures.put(id, Measure { goal: Some(it.goal.unwrap_or_default() + by), ..it.clone() }),
        None => {
            let blank = Measure { name: name.to_owned(), goal: Some(by), unit: "%".to_owned(), ..Measure::default() };
            measures.add(blank)
        }
    };
    Edit::Goal(GoalField::Measure(edit))
}

fn source_like<'a>(plan: &'a Plan, called: &Called<'_>, like: Like) -> Result<(ItemId, &'a LeadSource), Lack> {
    let found = plan.funnel.sources.iter().find(|(_, it)| (called.is_like)(like, &it.name));
    found.ok_or(Lack::Source(like))
}

/// From 30 to 55 and from 15 to 28 percent; of other rates by as much. In one, for it is one change of how one speaks to them.
fn segments(plan: &Plan, called: &Called<'_>) -> Result<Vec<Edit>, Lack> {
    let stage = plan.funnel.stages.iter().find(|(_, it)| it.conversion.is_some());
    let (stage, _) = stage.ok_or(Lack::Stages)?;
    let lifted = |like: Like, from: i64, to: i64| {
        let (source, _) = source_like(plan, called, like)?;
        let knob = Knob::Own { source, stage };
        let rate = knob.value(plan).unwrap_or_default() * Decimal::from(to) / Decimal::from(from);
        let rate = Some(rate.round_dp(4).normalize()).filter(|it| *it <= Decimal::ONE_HUNDRED);
        knob.edit(plan, Some(rate.ok_or(Lack::Room)?)).map_err(|_| Lack::Room)
    };
    Ok(vec![Edit::Batch(vec![lifted(Like::Repeat, 30, 55)?, lifted(Like::Potential, 15, 28)?])])
}

/// From 15 to 7 days; of other spans by as much.
fn nurture(plan: &Plan, called: &Called<'_>) -> Result<Vec<Edit>, Lack> {
    let is_one = |it: &Stage| it.conversion.is_some() && it.days.is_some_and(|it| !it.is_zero());
    let all = || plan.funnel.stages.iter().filter(|(_, it)| is_one(it));
    let named = all().find(|(_, it)| (called.is_like)(Like::Nurture, &it.name));
    let (id, stage) = named.or(all().next()).ok_or(Lack::Days)?;
    let days = stage.days.map(|it| (it * Decimal::from(7) / Decimal::from(15)).round_dp(1).normalize());
    let (mut lifted, _) = super::funnel::lifted(plan, id, 35.into()).ok_or(Lack::Room)?;
    let stage = Stage { days, ..lifted.funnel.stages.get(id).cloned().unwrap_or_default() };
    let edit = Edit::Funnel(FunnelField::Stage(lifted.funnel.stages.put(id, stage)));
    lifted.apply(edit).map_err(|_| Lack::Room)?;
    Ok(diff(plan, &lifted))
}

fn own_pool(plan: &Plan, called: &Called<'_>) -> Result<Vec<Edit>, Lack> {
    let source = |like: Like| source_like(plan, called, like);
    let ((from, offline), (to, own)) = (source(Like::Offline)?, source(Like::Own)?);
    let (Some(leads), Some(cost), Some(own_cost)) = (offline.leads, offline.cost, own.cost) else {
        return Err(Lack::Costs);
    };
    let moved = (leads * Decimal::new(40, 2)).round_dp(4);
    let gained = moved.checked_mul(cost.units().into()).and_then(|it| it.checked_div(own_cost.units().into()));
    let gained = gained.ok_or(Lack::Costs)?.round_dp(4);
    let less = LeadSource { leads: Some((leads - moved).normalize()), ..offline.clone() };
    let more = LeadSource { leads: Some((own.leads.unwrap_or_default() + gained).normalize()), ..own.clone() };
    Ok(vec![Edit::Batch(vec![put_source(plan, from, less), put_source(plan, to, more)])])
}

fn newcomers(plan: &Plan, called: &Called<'_>) -> Result<Edit, Lack> {
    let levels = &plan.capacity.levels;
    let named = levels.iter().find(|(_, it)| (called.is_like)(Like::Newcomer, &it.name));
    let least = || levels.iter().min_by_key(|(_, it)| (it.amount, it.orders));
    let (level, _) = named.or_else(least).ok_or(Lack::Level)?;
    let (first, last) = plan.calendar.span(NodeId(0)).ok_or(Lack::Level)?;
    // April of the fiscal year, wherever in it that lies.
    let mut start = first;
    while u8::from(start.month()) != 4 && start < last {
        start = start.next_day().ok_or(Lack::Level)?;
    }
    let crew = Crew {
        name: called.newcomers.clone(),
        node: plan.trees.organisation.root,
        level: Some(level),
        heads: 10,
        start: Some(Day(start)),
        ..Crew::default()
    };
    Ok(Edit::Capacity(CapacityField::Crew(plan.capacity.crews.add(crew))))
}

fn content_team(plan: &Plan, called: &Called<'_>) -> Result<Edit, Lack> {
    let is_content = |it: &Crew| {
        let node = plan.trees.organisation.name(it.node);
        (called.is_like)(Like::Content, &it.name) || (called.is_like)(Like::Content, node)
    };
    let found = plan.capacity.crews.iter().find(|(_, it)| is_content(it));
    let (id, crew) = found.ok_or(Lack::Crew(Like::Content))?;
    // From five to eight; of another size by as much.
    let heads = (crew.heads * 8).div_ceil(5);
    let crew = Crew { heads, ..crew.clone() };
    Ok(Edit::Capacity(CapacityField::Crew(plan.capacity.crews.put(id, crew))))
}

fn lifted(plan: &Plan, stage: ItemId, percent: i64) -> Result<Vec<Edit>, Lack> {
    let (lifted, flow) = super::funnel::lifted(plan, stage, percent.into()).ok_or(Lack::Room)?;
    if total(&flow.supply[flow.order_stage]).is_zero() && plan.funnel.sources.is_empty() {
        return Err(Lack::Stages);
    }
    Ok(diff(plan, &lifted))
}

/// What one product was to bring another is to bring besides its own.
fn plan_b(seen: &Seen, called: &Called<'_>) -> Result<Vec<Edit>, Lack> {
    let plan = &*seen.plan;
    let tree = plan.tree(Dimension::Product);
    let leaves: Vec<NodeId> =
        tree.walk(tree.root).into_iter().filter(|id| *id != tree.root && tree.children(*id).is_empty()).collect();
    let like = |like: Like| leaves.iter().copied().find(|id| (called.is_like)(like, tree.name(*id)));
    let from = like(Like::Offline).or(leaves.last().copied()).ok_or(Lack::Products)?;
    let siblings = || leaves.iter().copied().find(|id| *id != from);
    let to = like(Like::Online).filter(|it| *it != from).or_else(siblings).ok_or(Lack::Products)?;
    let amount = |id| amount_at(plan, &seen.outcome, margin(plan, Dimension::Product, id)).ok_or(Lack::Room);
    let (left, kept) = (amount(from)?, amount(to)?);
    let sum = Amount::from_units(left.units() + kept.units());
    let first = type_amount(plan, &seen.outcome, margin(plan, Dimension::Product, to), sum).map_err(|_| Lack::Room)?;
    let then = seen.with(std::slice::from_ref(&first));
    let nothing = Amount::from_units(0);
    let second = type_amount(&then.plan, &then.outcome, margin(plan, Dimension::Product, from), nothing);
    // The one that takes over keeps what it has while the other goes down to nothing.
    let keep = Knob::Lock { dimension: Dimension::Product, id: to }.edit(plan, Some(sum.units().into()));
    match (second, keep) {
        (Ok(second), Ok(keep)) => Ok(vec![first, keep, second]),
        _ => Err(Lack::Room),
    }
}

/// Three fifths of the growth, and the pool by 80% more.
fn softer(seen: &Seen, called: &Called<'_>) -> Result<Vec<Edit>, Lack> {
    let plan = &*seen.plan;
    let target = plan.goal.target.ok_or(Lack::Target)?.units();
    let last = seen.outcome.last_year(plan).ok_or(Lack::LastYear)?.units();
    if target <= last {
        return Err(Lack::Room);
    }
    let lower = last + ((i128::from(target - last) * 3 + 2) / 5) as i64;
    let pool = measure_up(plan, Decimal::from(80), &|it| (called.is_like)(Like::Own, &it.name), &called.pool);
    Ok(vec![Edit::Goal(GoalField::Target(Some(Amount::from_units(lower)))), pool])
}

fn node_like(plan: &Plan, dimension: Dimension, called: &Called<'_>, like: Like) -> Result<NodeId, Lack> {
    let tree = plan.tree(dimension);
    let found = tree.walk(tree.root).into_iter().find(|id| *id != tree.root && (called.is_like)(like, tree.name(*id)));
    found.ok_or(Lack::Node(dimension, like))
}

/// A node over the year.
fn margin(plan: &Plan, rows: Dimension, row: NodeId) -> At {
    At { pair: Pair::over_time(rows), row, column: plan.tree(Dimension::Time).root }
}
