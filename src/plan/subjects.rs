//! Edits of what stands beside the trees: the goal, the people, the funnel. Each field or thing of a list is put whole into
//! the place of what was there, and what was there is what takes it back.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::capacity::{Capacity, Crew, Level, Ramp};
use super::check;
use super::edit::EditError;
use super::fields::{Fields, Strict};
use super::funnel::{Activity, Funnel, LeadRule, LeadSource, PastRate, Stage, Week};
use super::goal::{BasisKind, Benchmark, Event, Evidence, Goal, Intent, Levers, Limit, Mark, Market, Measure};
use super::list::{ItemEdit, List};
use super::tree::{NodeId, Tree};
use crate::amount::Amount;

/// One field of the goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalField {
    Target(Option<Amount>),
    LastYear(Option<Amount>),
    /// A figure of one past year, by its name.
    Past(String, Option<Amount>),
    Basis(BasisKind, String),
    Evidence(ItemEdit<Evidence>),
    Intent(Option<Intent>),
    Benchmark(Benchmark),
    Market(Market),
    Levers(Levers),
    Event(ItemEdit<Event>),
    Limit(ItemEdit<Limit>),
    Measure(ItemEdit<Measure>),
    Marks(BTreeSet<Mark>),
}

/// One field of the capacity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapacityField {
    IsCap(bool),
    Level(ItemEdit<Level>),
    Crew(ItemEdit<Crew>),
}

/// One field of the funnel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FunnelField {
    OrderValue(Option<Amount>),
    Stage(ItemEdit<Stage>),
    Source(ItemEdit<LeadSource>),
    Lead(LeadRule),
    Activity(ItemEdit<Activity>),
    Past(ItemEdit<PastRate>),
    Week(Week),
    /// Open opportunities, and the orders that they are to bring.
    Pipeline(Option<rust_decimal::Decimal>, Option<rust_decimal::Decimal>),
}

pub(super) fn set_goal(goal: &mut Goal, field: GoalField) -> Result<GoalField, EditError> {
    Ok(match field {
        GoalField::Target(target) => GoalField::Target(put_amount(&mut goal.target, target)?),
        GoalField::LastYear(figure) => GoalField::LastYear(put_amount(&mut goal.last_year, figure)?),
        GoalField::Past(year, figure) => {
            let year = check::clean(&year, check::Lines::One);
            let given = year.chars().count();
            if check::MAX_NAME < given {
                return Err(EditError::TooLong { given, most: check::MAX_NAME });
            }
            if figure.is_some() && !goal.past.contains_key(&year) && check::MAX_COLUMNS <= goal.past.len() {
                return Err(EditError::TooManyColumns { most: check::MAX_COLUMNS });
            }
            let mut old = goal.past.get(&year).copied();
            put_amount(&mut old, figure)?;
            let old = match figure {
                Some(figure) => goal.past.insert(year.clone(), figure),
                None => goal.past.remove(&year),
            };
            GoalField::Past(year, old)
        }
        GoalField::Basis(kind, words) => {
            let mut basis = goal.basis.clone();
            *basis.get_mut(kind) = words;
            let words = std::mem::take(Strict::sound(basis)?.get_mut(kind));
            GoalField::Basis(kind, std::mem::replace(goal.basis.get_mut(kind), words))
        }
        GoalField::Evidence(edit) => GoalField::Evidence(put(&mut goal.evidence, edit)?),
        GoalField::Intent(intent) => GoalField::Intent(std::mem::replace(&mut goal.intent, intent)),
        GoalField::Benchmark(it) => GoalField::Benchmark(std::mem::replace(&mut goal.benchmark, Strict::sound(it)?)),
        GoalField::Market(it) => GoalField::Market(std::mem::replace(&mut goal.market, Strict::sound(it)?)),
        GoalField::Levers(it) => GoalField::Levers(std::mem::replace(&mut goal.levers, Strict::sound(it)?)),
        GoalField::Event(edit) => GoalField::Event(put(&mut goal.events, edit)?),
        GoalField::Limit(edit) => GoalField::Limit(put(&mut goal.limits, edit)?),
        GoalField::Measure(edit) => GoalField::Measure(put(&mut goal.measures, edit)?),
        GoalField::Marks(marks) => GoalField::Marks(std::mem::replace(&mut goal.marks, marks)),
    })
}

/// `organisation` is the tree that crews work in.
pub(super) fn set_capacity(
    capacity: &mut Capacity,
    organisation: &Tree,
    field: CapacityField,
) -> Result<CapacityField, EditError> {
    Ok(match field {
        CapacityField::IsCap(is_cap) => CapacityField::IsCap(std::mem::replace(&mut capacity.is_cap, is_cap)),
        CapacityField::Level(mut edit) => {
            if let Some(level) = &mut edit.item {
                sound_ramp(&mut level.ramp)?;
            }
            CapacityField::Level(put(&mut capacity.levels, edit)?)
        }
        CapacityField::Crew(mut edit) => {
            if let Some(crew) = &mut edit.item {
                sound_crew(crew, organisation)?;
            }
            CapacityField::Crew(put(&mut capacity.crews, edit)?)
        }
    })
}

fn sound_ramp(ramp: &mut Ramp) -> Result<(), EditError> {
    if let Ramp::Own(percents) = ramp {
        percents.iter_mut().for_each(|it| *it = it.normalize());
    }
    if ramp.is_sound() { Ok(()) } else { Err(EditError::NotARamp { most: Ramp::MOST }) }
}

fn sound_crew(crew: &Crew, organisation: &Tree) -> Result<(), EditError> {
    if organisation.get(crew.node).is_none() {
        return Err(EditError::UnknownNode(super::Dimension::Organisation, crew.node));
    }
    if Crew::MOST_HEADS < crew.heads {
        return Err(EditError::TooManyHeads { most: Crew::MOST_HEADS });
    }
    if !crew.has_sound_numbers() {
        return Err(EditError::TooManyItems { most: Crew::MOST_LEAVES });
    }
    let spans = crew.leave.iter().map(|it| (it.from, it.to)).chain(crew.start.zip(crew.end));
    match spans.into_iter().find(|(from, to)| to < from) {
        Some((from, to)) => Err(EditError::EndsBeforeStart { from, to }),
        None => Ok(()),
    }
}

pub(super) fn set_funnel(funnel: &mut Funnel, field: FunnelField) -> Result<FunnelField, EditError> {
    Ok(match field {
        FunnelField::OrderValue(value) => FunnelField::OrderValue(put_amount(&mut funnel.order_value, value)?),
        FunnelField::Stage(edit) => FunnelField::Stage(put(&mut funnel.stages, edit)?),
        FunnelField::Source(edit) => FunnelField::Source(put(&mut funnel.sources, edit)?),
        FunnelField::Lead(rule) => {
            let rule = Strict::sound(rule)?;
            if LeadRule::MOST_VIEWS < rule.views {
                return Err(EditError::TooLargeDecimal { given: rule.views.into(), most: LeadRule::MOST_VIEWS.into() });
            }
            FunnelField::Lead(std::mem::replace(&mut funnel.lead, rule))
        }
        FunnelField::Activity(edit) => FunnelField::Activity(put(&mut funnel.activities, edit)?),
        FunnelField::Past(edit) => FunnelField::Past(put(&mut funnel.past, edit)?),
        FunnelField::Week(week) => FunnelField::Week(std::mem::replace(&mut funnel.week, Strict::sound(week)?)),
        FunnelField::Pipeline(open, orders) => {
            let given = Funnel { pipeline: open, pipeline_orders: orders, ..Funnel::default() };
            let given = Strict::sound(given)?;
            let old = (funnel.pipeline, funnel.pipeline_orders);
            (funnel.pipeline, funnel.pipeline_orders) = (given.pipeline, given.pipeline_orders);
            FunnelField::Pipeline(old.0, old.1)
        }
    })
}

/// The edits that take out the crews of nodes that go.
pub(super) fn crews_of(capacity: &Capacity, gone: &[NodeId]) -> Vec<ItemEdit<Crew>> {
    let crews = capacity.crews.iter().filter(|(_, it)| gone.contains(&it.node));
    crews.map(|(id, _)| capacity.crews.take(id)).collect()
}

fn put<T: Fields>(list: &mut List<T>, edit: ItemEdit<T>) -> Result<ItemEdit<T>, EditError> {
    let ItemEdit { id, position, item, next } = edit;
    let item = item.map(Strict::sound).transpose()?;
    list.apply(ItemEdit { id, position, item, next })
}

fn put_amount(slot: &mut Option<Amount>, amount: Option<Amount>) -> Result<Option<Amount>, EditError> {
    Ok(std::mem::replace(slot, Strict::sound_amount(amount)?))
}
