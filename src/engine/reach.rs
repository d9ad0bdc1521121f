//! What a careful planner would remark about the people, the funnel, the limits and the grounds of a plan.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Outcome;
use super::buffer;
use super::capacity;
use super::finding::Finding;
use super::gate::{Against, Bound, Gate};
use crate::plan::{Calendar, Dimension, Goal, Horizon, ItemId, Mark, Measure, Plan, Serves};

pub fn check(plan: &Plan, outcome: &Outcome) -> Vec<Finding> {
    let mut remarks = Vec::new();
    if plan.goal.target.is_some() {
        remarks.extend(of_gate(outcome));
        remarks.extend(of_buffer(plan, outcome));
    }
    remarks.extend(of_people(plan));
    remarks.extend(of_funnel(plan, outcome));
    remarks.extend(of_goal(plan, outcome));
    remarks
}

/// The target beyond what is possible, by everything that it is beyond; and the months of a year that would do.
fn of_gate(outcome: &Outcome) -> Vec<Finding> {
    let gate = &outcome.gate;
    let beyond = |bound: &Bound| of_bound(outcome, gate, bound);
    gate.bounds.iter().filter_map(beyond).collect()
}

fn of_bound(outcome: &Outcome, gate: &Gate, bound: &Bound) -> Option<Finding> {
    let (target, possible) = (gate.target, bound.year);
    if possible < target {
        return Some(match bound.by {
            Against::People => {
                let unramped = outcome.staff.whole_of_all().map(|it| it.total_unramped()).unwrap_or_default();
                match target <= unramped {
                    true => Finding::RampIgnored { target, possible, unramped },
                    false => Finding::PeopleShort { target, possible },
                }
            }
            Against::Leads => {
                let leads = outcome.flow.as_ref().and_then(|it| it.leads_short()).unwrap_or_default();
                Finding::LeadsShort { target, possible, leads: leads.round_dp(1) }
            }
            Against::Limit(limit) => Finding::LimitExceeded { limit, target, possible },
            Against::Market => Finding::MarketExceeded { target, possible },
        });
    }
    let mut short = (0..capacity::MONTHS).filter(|month| bound.is_short_in(&gate.months, *month));
    let first = short.next()?;
    let month = Calendar::month(first as u32 + 1);
    Some(Finding::MonthsShort { by: bound.by, month, months: short.count() + 1 })
}

fn of_buffer(plan: &Plan, outcome: &Outcome) -> Vec<Finding> {
    let unusual = |it: &Decimal| buffer::is_unusual(*it);
    let stretch = buffer::over_assigned(plan, outcome.total()).filter(unusual);
    let floor = plan.buffer.floor.filter(unusual);
    let stretch = stretch.map(|percent| Finding::StretchUnusual { percent });
    stretch.into_iter().chain(floor.map(|points| Finding::FloorUnusual { points })).collect()
}

fn of_people(plan: &Plan) -> Vec<Finding> {
    let known = |level: &Option<ItemId>| level.is_some_and(|it| plan.capacity.levels.get(it).is_some());
    let nameless: Vec<ItemId> =
        plan.capacity.crews.iter().filter(|(_, it)| !known(&it.level)).map(|(id, _)| id).collect();
    let months = capacity::months(&plan.calendar);
    let late: Vec<ItemId> = capacity::never_whole(plan, &months).collect();
    let brings_orders =
        |id: &ItemId| plan.capacity.levels.get(*id).is_some_and(|it| it.orders.is_some() && it.amount.is_none());
    let is_priceless = capacity::order_value(plan).is_none()
        && plan.capacity.crews.values().any(|it| it.level.as_ref().is_some_and(brings_orders));
    let first = |all: &[ItemId]| all.first().map(|it| (*it, all.len()));
    [
        first(&nameless).map(|(crew, crews)| Finding::CrewWithoutLevel { crew, crews }),
        first(&late).map(|(crew, crews)| Finding::RampBeyondYear { crew, crews }),
        is_priceless.then_some(Finding::NoOrderValue),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_funnel(plan: &Plan, outcome: &Outcome) -> Vec<Finding> {
    let Some(flow) = &outcome.flow else { return Vec::new() };
    let funnel = &plan.funnel;
    let before_order = || funnel.stages.iter().take(flow.order_stage);
    let mut remarks = Vec::new();
    for (stage, _) in before_order().filter(|(_, it)| it.conversion.is_some_and(|it| it.is_zero())) {
        remarks.push(Finding::StageStops { stage });
    }
    let unsaid: Vec<ItemId> = before_order().filter(|(_, it)| it.conversion.is_none()).map(|(id, _)| id).collect();
    if let Some(stage) = unsaid.first() {
        remarks.push(Finding::StageUnsaid { stage: *stage, stages: unsaid.len() });
    }
    // Where some stages say what they can take and some do not, these are forgotten rather than without bound.
    let open: Vec<ItemId> = before_order().filter(|(_, it)| it.resource.is_none()).map(|(id, _)| id).collect();
    if let Some(stage) = open.first().filter(|_| open.len() < flow.order_stage) {
        remarks.push(Finding::StageUnbound { stage: *stage, stages: open.len() });
    }
    if plan.goal.target.is_some() {
        let tight = flow.tight(plan);
        remarks.extend(tight.map(|it| Finding::StageTight {
            stage: it.stage,
            needed: it.needed.round_dp(1),
            resource: it.resource,
        }));
    }
    remarks.extend(
        years_known(plan)
            .into_iter()
            .filter(|(_, years)| *years < 3)
            .map(|(source, years)| Finding::FewRates { source, years }),
    );
    remarks.extend(flow.sources.iter().filter_map(|it| {
        let (source, conversion) = (it.id, it.conversion_percent());
        it.paused_below(funnel).map(|limit| Finding::SourcePaused { source, conversion, limit })
    }));
    remarks
}

fn of_goal(plan: &Plan, outcome: &Outcome) -> Vec<Finding> {
    let goal = &plan.goal;
    let mut remarks = Vec::new();
    let years = goal.past.len() + usize::from(outcome.last_year(plan).is_some());
    if !goal.past.is_empty() && years < 3 {
        remarks.push(Finding::FewYears { years });
    }
    let adrift = measures_for_nothing(goal);
    if let Some(measure) = adrift.first() {
        remarks.push(Finding::MeasureForNothing { measure: *measure, measures: adrift.len() });
    }
    let horizons: BTreeSet<Horizon> = goal.measures.values().map(|it| it.horizon).collect();
    if horizons.len() == 1 {
        remarks.push(Finding::OneHorizon);
    }
    if !goal.marks.is_empty() && goal.marks.len() < Mark::ALL.len() {
        remarks.push(Finding::MarksMissing { count: Mark::ALL.len() - goal.marks.len() });
    }
    remarks
}

/// Of how many years it is known how leads fared, by source.
fn years_known(plan: &Plan) -> Vec<(Option<ItemId>, usize)> {
    let mut known: Vec<(Option<ItemId>, Vec<&str>)> = Vec::new();
    for past in plan.funnel.past.values() {
        match known.iter_mut().find(|(source, _)| *source == past.source) {
            Some((_, years)) if years.contains(&past.year.as_str()) => {}
            Some((_, years)) => years.push(&past.year),
            None => known.push((past.source, vec![&past.year])),
        }
    }
    known.into_iter().map(|(source, years)| (source, years.len())).collect()
}

/// Measures from which no chain of what serves what leads to the target.
fn measures_for_nothing(goal: &Goal) -> Vec<ItemId> {
    let leads_there = |measure: &Measure| {
        let mut serves = measure.serves;
        // As many steps as there are measures: who goes on after that goes in a circle.
        for _ in 0..=goal.measures.len() {
            match serves {
                Some(Serves::Target) => return true,
                Some(Serves::Measure(id)) => serves = goal.measures.get(id).and_then(|it| it.serves),
                None => return false,
            }
        }
        false
    };
    goal.measures.iter().filter(|(_, it)| !leads_there(it)).map(|(id, _)| id).collect()
}

/// The target of each month of the fiscal year.
pub fn monthly(outcome: &Outcome) -> [i64; capacity::MONTHS] {
    let time = outcome.division(Dimension::Time);
    std::array::from_fn(|month| {
        let id = Calendar::month(month as u32 + 1);
        time.layout.position(id).map_or(0, |position| time.amounts[position])
    })
}
