//! What would settle a finding: edits of one step each, that take it away.
//!
//! Proposed is only what follows from the numbers that the finding names. Refused: to choose for the user among people, and
//! to settle one remark by another error; where nothing of that kind is left, nothing is proposed.

use kernels::{Rounding, apportion};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::capacity::{MONTHS, heads_needed, order_value};
use super::finding::Finding;
use super::funnel::{Flow, total};
use crate::amount::Amount;
use crate::plan::check::MAX_PERCENT;
use crate::plan::{
    At, Calendar, CapacityField, Cell, Crew, Day, Dimension, Edit, Factor, Field, FunnelField, GoalField, ItemId,
    LeadSource, Node, NodeId, Plan,
};

/// What is done, for the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The target becomes so much.
    Target(Amount),
    /// The lock of the place is opened.
    OpenLock,
    /// All locks of the dimension are opened.
    OpenLocks,
    /// The most that the place takes becomes so much.
    Cap(Amount),
    /// The least that the place takes becomes so much.
    Floor(Amount),
    /// The place takes any amount.
    NoIncrement,
    /// What was typed is let go.
    Untyped,
    /// Percentages below become, in proportion, 100.
    PercentTo100,
    /// Weights of the factors become, in proportion, 100.
    FactorsTo100,
    /// Amounts below become, in proportion, what there is.
    AmountsToTotal,
    /// So many percent more or less than there is may be handed out.
    Tolerance(Decimal),
    /// Exactly what there is is handed out.
    NoTolerance,
    /// So many people of a level start with the year.
    Hire { level: ItemId, heads: u32 },
    /// A source brings so many leads a month.
    Leads { source: ItemId, leads: Decimal },
}

/// What could be done about a finding, each with the edit that does it. Empty where the user knows better.
pub fn remedies(plan: &Plan, finding: &Finding) -> Vec<(Remedy, Edit)> {
    let is_possible = |remedy: Remedy| match remedy {
        Remedy::Target(amount) | Remedy::Cap(amount) | Remedy::Floor(amount) => amount <= Amount::MAX,
        _ => true,
    };
    all(plan, finding).into_iter().filter(|(remedy, _)| is_possible(*remedy)).collect()
}

fn all(plan: &Plan, finding: &Finding) -> Vec<(Remedy, Edit)> {
    let target = |amount: Amount| (Remedy::Target(amount), Edit::Goal(GoalField::Target(Some(amount))));
    match *finding {
        Finding::TargetNotMet { dimension, total, .. } => vec![target(total), open_locks(plan, dimension)],
        Finding::LocksDropped { dimension, .. } => vec![open_locks(plan, dimension)],
        Finding::FloorsExceed { dimension, node, floors, most } => {
            let of_node = |it: &Node| it.cap == Some(most);
            bound(plan, dimension, node, of_node, target(floors), cap(floors))
        }
        Finding::CapsFallShort { dimension, node, caps, least } => {
            let of_node = |it: &Node| it.floor == Some(least);
            bound(plan, dimension, node, of_node, target(caps), floor(caps))
        }
        Finding::FloorBroken { dimension, node, given, .. } => vec![floor(given).at(dimension, node)],
        Finding::CapBroken { dimension, node, given, .. } => vec![cap(given).at(dimension, node)],
        Finding::FloorAboveCap { dimension, node, floor: least, cap: most } => {
            vec![cap(least).at(dimension, node), floor(most).at(dimension, node)]
        }
        Finding::OffIncrement { dimension, node, .. } => {
            vec![Change(Remedy::NoIncrement, Field::Increment(None)).at(dimension, node)]
        }
        Finding::LockBroken { dimension, node, .. } => {
            vec![Change(Remedy::OpenLock, Field::Lock(None)).at(dimension, node)]
        }
        Finding::TypedGaveWay { dimension, node, .. } => {
            vec![Change(Remedy::Untyped, Field::Typed(None)).at(dimension, node)]
        }
        Finding::CellLockBroken { at, .. } => vec![of_cell(plan, at, Remedy::OpenLock, |it| Cell { lock: None, ..it })],
        Finding::CellTypedGaveWay { at, .. } => {
            vec![of_cell(plan, at, Remedy::Untyped, |it| Cell { typed: None, ..it })]
        }
        Finding::CellFloorBroken { at, given, .. } => {
            vec![of_cell(plan, at, Remedy::Floor(given), |it| Cell { floor: Some(given), ..it })]
        }
        Finding::CellCapBroken { at, given, .. } => {
            vec![of_cell(plan, at, Remedy::Cap(given), |it| Cell { cap: Some(given), ..it })]
        }
        Finding::CellOffIncrement { at, .. } => {
            vec![of_cell(plan, at, Remedy::NoIncrement, |it| Cell { increment: None, ..it })]
        }
        Finding::PercentNot100 { dimension, node, percent } => percentages(plan, dimension, node, percent),
        Finding::FactorsNot100 { dimension, node, .. } => factors(plan, dimension, node).into_iter().collect(),
        Finding::AmountsOffTotal { dimension, node, sum, total } => {
            let is_root = node == plan.tree(dimension).root;
            let raise = Some(target(sum)).filter(|_| is_root);
            amounts(plan, dimension, node, total).into_iter().chain(raise).collect()
        }
        Finding::HandedOut { node, .. } => {
            let change = Change(Remedy::NoTolerance, Field::Tolerance(None));
            vec![change.at(Dimension::Organisation, node)]
        }
        Finding::BeyondReach { node, capacity, .. } => vec![cap(capacity).at(Dimension::Organisation, node)],
        Finding::BelowLastYear { node, last_year, .. } => vec![floor(last_year).at(Dimension::Organisation, node)],
        Finding::PeopleShort { target: wanted, possible } | Finding::RampIgnored { target: wanted, possible, .. } => {
            let gap = Amount::from_units(wanted.units() - possible.units());
            hire(plan, gap).into_iter().chain([target(possible)]).collect()
        }
        Finding::LeadsShort { target: wanted, possible, .. } => {
            let gap = Amount::from_units(wanted.units() - possible.units());
            more_leads(plan, gap).into_iter().chain([target(possible)]).collect()
        }
        Finding::LimitExceeded { possible, .. } | Finding::MarketExceeded { possible, .. } => vec![target(possible)],
        Finding::NoTarget
        | Finding::NoBasis
        | Finding::CellFloorsExceed { .. }
        | Finding::CellCapsFallShort { .. }
        | Finding::NoScores { .. }
        | Finding::NoWeights { .. }
        | Finding::BlankWeights { .. }
        | Finding::GetsNothing { .. }
        | Finding::EvenQuarters
        | Finding::EvenPeople { .. }
        | Finding::MonthsShort { .. }
        | Finding::StageTight { .. }
        | Finding::StageStops { .. }
        | Finding::StageUnsaid { .. }
        | Finding::StageUnbound { .. }
        | Finding::SourcePaused { .. }
        | Finding::NoOrderValue
        | Finding::CrewWithoutLevel { .. }
        | Finding::RampBeyondYear { .. }
        | Finding::StretchUnusual { .. }
        | Finding::FloorUnusual { .. }
        | Finding::FewYears { .. }
        | Finding::FewRates { .. }
        | Finding::MeasureForNothing { .. }
        | Finding::OneHorizon
        | Finding::TableTooLarge { .. }
        | Finding::MarksMissing { .. } => Vec::new(),
    }
}

/// People of the level that has the shortest ramp, hired for the first day of the year, who bring what is missing.
fn hire(plan: &Plan, gap: Amount) -> Option<(Remedy, Edit)> {
    let levels = plan.capacity.levels.iter();
    let needed = levels.filter_map(|(id, level)| Some((level.ramp.months(), heads_needed(plan, id, 0, gap)?, id)));
    let (_, tenths, level) = needed.min()?;
    let heads = u32::try_from((tenths + 9) / 10).ok().filter(|it| *it <= Crew::MOST_HEADS)?;
    let (start, _) = plan.calendar.span(Calendar::month(1))?;
    let node = plan.trees.organisation.root;
    let crew = Crew { node, level: Some(level), heads, start: Some(Day(start)), ..Crew::default() };
    let edit = Edit::Capacity(CapacityField::Crew(plan.capacity.crews.add(crew)));
    Some((Remedy::Hire { level, heads }, edit))
}

/// The source of whose leads most become orders brings as many more as do for what is missing; never one that is to be
/// paused.
fn more_leads(plan: &Plan, gap: Amount) -> Option<(Remedy, Edit)> {
    let flow = Flow::of(plan, None)?;
    let active = flow.sources.iter().filter(|it| it.paused_below(&plan.funnel).is_none());
    let best = active.max_by_key(|it| it.conversion)?;
    let source = plan.funnel.sources.get(best.id)?;
    let orders = Decimal::from(gap.units()) / Decimal::from(order_value(plan)?.units());
    // Of a source that begins within the year, what a lead a month brings in it.
    let yearly = total(&best.orders).checked_div(best.monthly).unwrap_or(best.conversion * Decimal::from(MONTHS));
    let more = (source.leads.unwrap_or_default() + orders.checked_div(yearly)?).ceil();
    let edit = plan.funnel.sources.put(best.id, LeadSource { leads: Some(more), ..source.clone() });
    Some((Remedy::Leads { source: best.id, leads: more }, Edit::Funnel(FunnelField::Source(edit))))
}

/// A change of one node, whichever it will be.
struct Change(Remedy, Field);

impl Change {
    fn at(self, dimension: Dimension, id: NodeId) -> (Remedy, Edit) {
        (self.0, Edit::Node { dimension, id, field: self.1 })
    }
}

fn cap(amount: Amount) -> Change {
    Change(Remedy::Cap(amount), Field::Cap(Some(amount)))
}

fn floor(amount: Amount) -> Change {
    Change(Remedy::Floor(amount), Field::Floor(Some(amount)))
}

/// What bounds a node is the target, or its own bound, or its lock.
fn bound(
    plan: &Plan,
    dimension: Dimension,
    id: NodeId,
    is_own: impl Fn(&Node) -> bool,
    target: (Remedy, Edit),
    change: Change,
) -> Vec<(Remedy, Edit)> {
    let Some(node) = plan.node(dimension, id) else { return Vec::new() };
    if id == plan.tree(dimension).root {
        vec![target]
    } else if node.lock.is_some_and(|it| it.value().is_some()) {
        vec![Change(Remedy::OpenLock, Field::Lock(None)).at(dimension, id)]
    } else if is_own(node) {
        vec![change.at(dimension, id)]
    } else {
        Vec::new()
    }
}

fn open_locks(plan: &Plan, dimension: Dimension) -> (Remedy, Edit) {
    let locked = plan.tree(dimension).nodes.iter().filter(|(_, node)| node.lock.is_some());
    let edits = locked.map(|(id, _)| Edit::Node { dimension, id: *id, field: Field::Lock(None) });
    (Remedy::OpenLocks, Edit::Batch(edits.collect()))
}

fn of_cell(plan: &Plan, at: At, remedy: Remedy, change: impl Fn(Cell) -> Cell) -> (Remedy, Edit) {
    (remedy, Edit::Cell { at, cell: change(plan.cells.get(at)) })
}

/// In hundredths of a percent where that is as exact as what was entered.
fn to_100(parts: &[Decimal]) -> Option<Vec<Decimal>> {
    let weights: Option<Vec<u64>> = parts.iter().map(|it| (*it * Decimal::from(1_000_000)).to_u64()).collect();
    let weights = weights.filter(|them| them.iter().any(|it| 0 < *it))?;
    let shares = apportion(10_000, &weights, Rounding::LargestRemainder);
    Some(shares.into_iter().map(|it| Decimal::new(it, 2).normalize()).collect())
}

fn percentages(plan: &Plan, dimension: Dimension, id: NodeId, percent: Decimal) -> Vec<(Remedy, Edit)> {
    let children = plan.tree(dimension).children(id);
    let given = children.iter().filter_map(|it| Some((*it, plan.node(dimension, *it)?.percent?)));
    let (ids, percents): (Vec<NodeId>, Vec<Decimal>) = given.unzip();
    let scaled = to_100(&percents).map(|shares| {
        let set = |(id, share)| Edit::Node { dimension, id, field: Field::Percent(Some(share)) };
        (Remedy::PercentTo100, Edit::Batch(ids.iter().copied().zip(shares).map(set).collect()))
    });
    let off = (percent - Decimal::ONE_HUNDRED).abs();
    let may_tolerate = dimension == Dimension::Organisation && ids.len() == children.len() && off <= MAX_PERCENT;
    let tolerated = Change(Remedy::Tolerance(off.normalize()), Field::Tolerance(Some(off))).at(dimension, id);
    scaled.into_iter().chain(Some(tolerated).filter(|_| may_tolerate)).collect()
}

fn factors(plan: &Plan, dimension: Dimension, id: NodeId) -> Option<(Remedy, Edit)> {
    let tree = plan.tree(dimension);
    // Who has none goes by those of the nodes above.
    let owner = std::iter::successors(Some(id), |it| tree.parent(*it))
        .find(|it| tree.get(*it).is_some_and(|node| !node.factors.is_empty()))?;
    let factors = &tree.get(owner)?.factors;
    let shares = to_100(&factors.iter().map(|it| it.weight).collect::<Vec<Decimal>>())?;
    let scaled = factors.iter().zip(shares).map(|(it, weight)| Factor { name: it.name.clone(), weight });
    Some(Change(Remedy::FactorsTo100, Field::Factors(scaled.collect())).at(dimension, owner))
}

fn amounts(plan: &Plan, dimension: Dimension, id: NodeId, total: Amount) -> Option<(Remedy, Edit)> {
    let given = plan.tree(dimension).children(id).iter();
    let given = given.filter_map(|it| Some((*it, plan.node(dimension, *it)?.amount?)));
    let (ids, amounts): (Vec<NodeId>, Vec<Amount>) = given.unzip();
    let weights: Vec<u64> = amounts.iter().map(|it| it.units().unsigned_abs()).collect();
    if weights.iter().all(|it| *it == 0) {
        return None;
    }
    let parts = apportion(total.units(), &weights, Rounding::LargestRemainder);
    let set = |(id, part)| Edit::Node { dimension, id, field: Field::Amount(Some(Amount::from_units(part))) };
    Some((Remedy::AmountsToTotal, Edit::Batch(ids.into_iter().zip(parts).map(set).collect())))
}
