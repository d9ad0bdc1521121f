//! What if: the bar over every page in which inputs are turned and the result stands beside the base, and the page of
//! scenarios, their comparison, and what moves the year most.
//!
//! Two parts of the page: each is downloaded when it is first asked for, or in idle time. Nothing is worked out here.

mod bar;
mod chances;
mod compare;
mod edit;
mod effect;
mod knob;
mod list;
mod ready;
mod received;

pub use bar::WhatIfBar;
pub use edit::sentence as edit_sentence;
pub use knob::{called as knob_name, said as knob_said};
pub use list::ScenarioPage;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::chance::percent;
use super::display::Display;
use super::name;
use crate::amount::Amount;
use crate::i18n::Words;
use crate::live::Derived;
use crate::plan::{ItemId, Plan};
use crate::results::scenario::{Seen, What};
use crate::say;
use crate::session::Session;

/// What is on screen, tracked.
fn shown(session: Session) -> Seen {
    Seen { plan: session.plan(), outcome: session.outcome() }
}

/// What is on screen, tracked whenever no slider is on its way: for what takes longer than a frame.
fn rested(session: Session) -> Derived<Seen> {
    Derived::again(move |last: Option<&Seen>| match last {
        Some(last) if session.is_dragged() => last.clone(),
        _ => shown(session),
    })
}

/// What is kept, tracked.
fn base(session: Session) -> Seen {
    Seen { plan: session.base(), outcome: session.base_outcome() }
}

/// What a scenario is called.
fn scenario_name(words: Words, plan: &Plan, id: ItemId) -> String {
    let name = plan.scenarios.list.get(id).map(|it| it.name.clone()).unwrap_or_default();
    if name.is_empty() { say!(words, scenario.unnamed, number = id.0 + 1).into_owned() } else { name }
}

/// What of a plan is compared, in a word.
fn what(words: Words, plan: &Plan, what: What) -> String {
    match what {
        What::Target => say!(words, scenario.what_target),
        What::Divided => say!(words, scenario.what_divided),
        What::People => say!(words, scenario.what_people),
        What::Leads => say!(words, scenario.what_leads),
        What::Possible => say!(words, scenario.what_possible),
        What::Gap => say!(words, scenario.what_gap),
        What::LeadsNeeded => say!(words, scenario.what_leads_needed),
        What::LeadsThere => say!(words, scenario.what_leads_there),
        What::Orders => say!(words, scenario.what_orders),
        What::Budget => say!(words, scenario.what_budget),
        What::BudgetNeeded => say!(words, scenario.what_budget_needed),
        What::OrderCost => say!(words, scenario.what_order_cost),
        What::Heads => say!(words, scenario.what_heads),
        What::Chance => say!(words, scenario.what_chance),
        What::Node(dimension, id) => return name::node(words, plan, dimension, id),
    }
    .into_owned()
}

/// A figure of the comparison: money with its unit, anything else as it is counted. What is not known is not nothing.
fn figure(words: Words, display: Display, plan: &Plan, what: What, value: Option<Decimal>) -> String {
    match value {
        None => "–".to_owned(),
        Some(value) if what.is_money() => money(words, display, plan, value),
        Some(value) if what == What::Chance => percent(value.to_i64().unwrap_or_default()),
        Some(value) => name::count(value.round_dp(1)),
    }
}

fn money(words: Words, display: Display, plan: &Plan, value: Decimal) -> String {
    let units = value.round().to_i64().unwrap_or_default();
    let figures = display.figures(plan, std::iter::once(units));
    name::amount(words, plan, &figures, Amount::from_units(units))
}

/// That a target goes up, and nothing is added that would bring it.
fn raised(words: Words, display: Display, plan: &Plan, by: Amount) -> String {
    say!(words, scenario.raised_bare, by = money(words, display, plan, by.units().into())).into_owned()
}

/// A change with its sign.
fn change(words: Words, display: Display, plan: &Plan, what: What, by: Decimal) -> String {
    let sign = if by.is_sign_positive() && !by.is_zero() { "+" } else { "" };
    if what == What::Chance {
        return say!(words, scenario.points, points = format!("{sign}{}", (by / Decimal::ONE_HUNDRED).round_dp(1)))
            .into_owned();
    }
    format!("{sign}{}", figure(words, display, plan, what, Some(by)))
}

/// A change in percent of what was. None where that was nothing.
fn rate(before: Option<Decimal>, by: Decimal) -> Option<String> {
    let before = before.filter(|it| !it.is_zero())?;
    let points = by.checked_mul(Decimal::from(10_000))?.checked_div(before.abs())?.round().to_i64()?;
    Some(name::change(points))
}
