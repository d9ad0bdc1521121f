//! From leads to orders to cash: the stages, what goes on from each to the next and how long it takes, where leads come
//! from and what they cost, and what everybody does each week for it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::day::Day;
use super::fields::{Fields, Key, Visitor, visit_columns};
use super::list::{ItemId, List};
use super::tree::NodeId;
use super::written::by_fields;
use crate::amount::Amount;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Funnel {
    /// What an order brings; absent, one where the plan counts what is ordered.
    pub order_value: Option<Amount>,
    /// From leads on.
    pub stages: List<Stage>,
    /// Where leads come from.
    pub sources: List<LeadSource>,
    pub lead: LeadRule,
    pub activities: List<Activity>,
    /// Opportunities that are open now.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub pipeline: Option<Decimal>,
    /// Orders that these are to bring; absent, those that the year needs.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub pipeline_orders: Option<Decimal>,
    /// How it went in earlier years.
    pub past: List<PastRate>,
    /// How lively each day of the week is.
    pub week: Week,
}

/// One stage: what goes through it, and what of that goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Stage {
    pub name: String,
    /// In percent, how many go on to the next stage. Absent: all.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub conversion: Option<Decimal>,
    /// How many days they take to get there, thirty to a month.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub days: Option<Decimal>,
    /// How many the people and means of the stage can take in a month. Absent: not known, and never short.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub resource: Option<Decimal>,
    /// In percent, how many go on elsewhere in the trade.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub benchmark: Option<Decimal>,
    /// What arrives here is an order. Where no stage says so, the last is.
    pub is_order: bool,
    /// What is done here, and with what, in words.
    pub note: String,
}

/// Where leads come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct LeadSource {
    pub name: String,
    /// What it is there for, in a word: reach, conversion, experience.
    pub purpose: String,
    /// How many it can bring in a month.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub leads: Option<Decimal>,
    /// In percent, how many of its own go on from a stage, by the stage; absent, as many as of all.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<String, String>"))]
    pub conversions: BTreeMap<ItemId, Decimal>,
    /// What a lead costs.
    pub cost: Option<Amount>,
    /// What an order costs to win; absent, what the leads of one cost.
    pub cac: Option<Amount>,
    /// Its first day; absent, it was there before the year began.
    pub start: Option<Day>,
    /// In percent, how many leads become orders elsewhere in the trade.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub benchmark: Option<Decimal>,
    /// In percent: where fewer leads than this become orders, stop paying for it and mend the page that they land on.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub pause_below: Option<Decimal>,
    /// Whose leads they are, with all below: a territory, a salesperson. Absent: nobody's in particular.
    pub node: Option<NodeId>,
}

/// How leads of one source, or of all, fared in one year (S1-06).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct PastRate {
    /// The year, such as 2024.
    pub year: String,
    /// Of which source. Absent: of all.
    pub source: Option<ItemId>,
    /// In percent, how many leads became orders.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub conversion: Option<Decimal>,
    /// What a customer brought as long as it was one: the customer lifetime value.
    pub ltv: Option<Amount>,
    /// What an order cost to win.
    pub cac: Option<Amount>,
}

/// What each day of a week brings, in whatever it is counted: interactions, calls, visits (S1-23). Days are compared with each
/// other and with nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Week {
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub monday: Option<Decimal>,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub tuesday: Option<Decimal>,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub wednesday: Option<Decimal>,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub thursday: Option<Decimal>,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub friday: Option<Decimal>,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub saturday: Option<Decimal>,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub sunday: Option<Decimal>,
}

impl Week {
    pub fn is_empty(&self) -> bool {
        *self == Week::default()
    }

    /// From Monday on.
    pub fn days(&self) -> [Option<Decimal>; 7] {
        [self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday]
    }

    pub fn days_mut(&mut self) -> [&mut Option<Decimal>; 7] {
        [
            &mut self.monday,
            &mut self.tuesday,
            &mut self.wednesday,
            &mut self.thursday,
            &mut self.friday,
            &mut self.saturday,
            &mut self.sunday,
        ]
    }
}

/// What counts as a lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct LeadRule {
    /// They have filled in the form.
    pub needs_form: bool,
    /// And have looked at the product so often.
    pub views: u32,
    /// In words, what else.
    pub words: String,
}

impl LeadRule {
    pub const MOST_VIEWS: u32 = 1_000;

    pub fn is_empty(&self) -> bool {
        *self == LeadRule::default()
    }

    /// Whether somebody who did so much is a lead (S1-47).
    pub fn is_lead(&self, has_form: bool, views: u32) -> bool {
        (has_form || !self.needs_form) && self.views <= views
    }
}

/// What everybody who sells does each week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Activity {
    pub name: String,
    /// How often one of them does it in a week.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub weekly: Option<Decimal>,
}

impl Funnel {
    pub fn is_empty(&self) -> bool {
        *self == Funnel::default()
    }

    /// Where orders are counted: the stage that says so, or the last.
    pub fn order_stage(&self) -> Option<usize> {
        let last = self.stages.len().checked_sub(1)?;
        Some(self.stages.values().position(|it| it.is_order).unwrap_or(last))
    }
}

impl Fields for Stage {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name("name", &mut self.name);
        visitor.part("conversion", &mut self.conversion);
        visitor.number("days", &mut self.days);
        visitor.number("resource", &mut self.resource);
        visitor.part("benchmark", &mut self.benchmark);
        visitor.other("is_order", &mut self.is_order);
        visitor.note("note", &mut self.note);
    }
}

impl Fields for LeadSource {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name("name", &mut self.name);
        visitor.word("purpose", &mut self.purpose);
        visitor.number("leads", &mut self.leads);
        visitor.other("conversions", &mut self.conversions);
        visit_columns(&mut self.conversions, |_, own| visitor.part(Key::WITHIN, own));
        visitor.money("cost", &mut self.cost);
        visitor.money("cac", &mut self.cac);
        visitor.other("start", &mut self.start);
        visitor.part("benchmark", &mut self.benchmark);
        visitor.part("pause_below", &mut self.pause_below);
        visitor.other("node", &mut self.node);
    }
}

impl Fields for PastRate {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name("year", &mut self.year);
        visitor.other("source", &mut self.source);
        visitor.part("conversion", &mut self.conversion);
        visitor.money("ltv", &mut self.ltv);
        visitor.money("cac", &mut self.cac);
    }
}

impl Fields for Week {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.number("monday", &mut self.monday);
        visitor.number("tuesday", &mut self.tuesday);
        visitor.number("wednesday", &mut self.wednesday);
        visitor.number("thursday", &mut self.thursday);
        visitor.number("friday", &mut self.friday);
        visitor.number("saturday", &mut self.saturday);
        visitor.number("sunday", &mut self.sunday);
    }
}

impl Fields for LeadRule {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.other("needs_form", &mut self.needs_form);
        visitor.other("views", &mut self.views);
        visitor.note("words", &mut self.words);
    }
}

impl Fields for Activity {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name("name", &mut self.name);
        visitor.number("weekly", &mut self.weekly);
    }
}

impl Fields for Funnel {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.money("order_value", &mut self.order_value);
        visitor.list("stages", &mut self.stages);
        visitor.list("sources", &mut self.sources);
        visitor.group("lead", &mut self.lead);
        visitor.list("activities", &mut self.activities);
        visitor.number("pipeline", &mut self.pipeline);
        visitor.number("pipeline_orders", &mut self.pipeline_orders);
        visitor.list("past", &mut self.past);
        visitor.group("week", &mut self.week);
    }
}

by_fields!(Funnel, Stage, LeadSource, PastRate, Week, LeadRule, Activity);
