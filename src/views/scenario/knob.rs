//! An input of the plan in the bar: what it is called, what it reads, and how it is written.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::display::Display;
use super::super::finding::unreadable;
use super::super::lines::decimal;
use super::super::name;
use crate::amount::{Amount, Numeral, Places, Scale, parse, print};
use crate::i18n::Words;
use crate::plan::{Dimension, Kind, Knob, NodeId, Plan};
use crate::say;

/// What it is called.
pub fn called(words: Words, plan: &Plan, knob: Knob) -> String {
    let node = |dimension: Dimension, id: NodeId| name::node(words, plan, dimension, id);
    match knob {
        Knob::Target => say!(words, scenario.knob_target),
        Knob::Price => say!(words, scenario.knob_price),
        Knob::Conversion(id) => say!(words, scenario.knob_conversion, name = name::stage(words, plan, id)),
        Knob::Own { source, stage } => {
            let (source, stage) = (name::source(words, plan, source), name::stage(words, plan, stage));
            say!(words, scenario.knob_own, source = source, stage = stage)
        }
        Knob::Leads(id) => say!(words, scenario.knob_leads, name = name::source(words, plan, id)),
        Knob::LeadCost(id) => say!(words, scenario.knob_lead_cost, name = name::source(words, plan, id)),
        Knob::Cac(id) => say!(words, scenario.knob_cac, name = name::source(words, plan, id)),
        Knob::Heads(id) => say!(words, scenario.knob_heads, name = name::crew(words, plan, id)),
        Knob::Attrition(id) => say!(words, scenario.knob_attrition, name = name::crew(words, plan, id)),
        Knob::Orders(id) => say!(words, scenario.knob_orders, name = name::level(words, plan, id)),
        Knob::Brings(id) => say!(words, scenario.knob_brings, name = name::level(words, plan, id)),
        Knob::Ramp(id) => say!(words, scenario.knob_ramp, name = name::level(words, plan, id)),
        Knob::Percent { dimension, id } => say!(words, scenario.knob_percent, name = node(dimension, id)),
        Knob::Weight { dimension, id } => say!(words, scenario.knob_weight, name = node(dimension, id)),
        Knob::Amount { dimension, id } => say!(words, scenario.knob_amount, name = node(dimension, id)),
        Knob::Growth { dimension, id } => say!(words, scenario.knob_growth, name = node(dimension, id)),
        Knob::Lock { dimension, id } => say!(words, scenario.knob_lock, name = node(dimension, id)),
        Knob::Floor { dimension, id } => say!(words, scenario.knob_floor, name = node(dimension, id)),
        Knob::Cap { dimension, id } => say!(words, scenario.knob_cap, name = node(dimension, id)),
    }
    .into_owned()
}

/// What one of something costs or brings is read in the plan's own unit, whatever the sheets are in.
fn scale(display: Display, plan: &Plan, knob: Knob) -> Scale {
    match knob {
        Knob::Price | Knob::LeadCost(_) | Knob::Cac(_) | Knob::Brings(_) => Scale::One,
        _ => display.scale(plan),
    }
}

fn numeral(display: Display, plan: &Plan, knob: Knob) -> Numeral {
    Numeral { decimals: plan.unit.decimals(), scale: scale(display, plan, knob) }
}

/// What stands behind its figure.
pub fn unit(words: Words, display: Display, plan: &Plan, knob: Knob) -> String {
    match knob.kind() {
        Kind::Money => name::unit(words, plan, scale(display, plan, knob)),
        Kind::Part | Kind::Percent => "%".to_owned(),
        Kind::Heads => say!(words, scenario.unit_heads).into_owned(),
        Kind::Months => say!(words, scenario.unit_months).into_owned(),
        Kind::Number => String::new(),
    }
}

/// Its figure alone, as it is typed. Empty where it says nothing.
pub fn figure(display: Display, plan: &Plan, knob: Knob, value: Option<Decimal>) -> String {
    let Some(value) = value else { return String::new() };
    match knob.kind() {
        Kind::Money => {
            let units = value.round().to_i64().unwrap_or(i64::MAX);
            print(Amount::from_units(units), numeral(display, plan, knob), Places::Exact)
        }
        _ => name::count(value),
    }
}

/// Its figure in a sentence.
pub fn said(words: Words, display: Display, plan: &Plan, knob: Knob, value: Option<Decimal>) -> String {
    if value.is_none() {
        return say!(words, scenario.blank).into_owned();
    }
    let (figure, unit) = (figure(display, plan, knob, value), unit(words, display, plan, knob));
    let joint = if unit == "%" || unit.is_empty() { "" } else { " " };
    format!("{figure}{joint}{unit}")
}

/// What was typed, or why it is no value.
pub fn typed(words: Words, display: Display, plan: &Plan, knob: Knob, text: &str) -> Result<Decimal, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(say!(words, scenario.type_something).into_owned());
    }
    match knob.kind() {
        Kind::Money => parse(text, numeral(display, plan, knob))
            .map(|it| Decimal::from(it.units()))
            .map_err(|it| unreadable(words, &it)),
        _ => decimal(words, text)?.ok_or_else(|| say!(words, scenario.type_something).into_owned()),
    }
}
