//! From leads to orders to cash: the stages, what goes on from each to the next and how long it takes, where leads come
//! from and what they cost, and what everybody does each week for it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::day::Day;
use super::fields::{Fields, Visitor};
use super::list::{ItemId, List};
use crate::amount::Amount;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Funnel {
    /// What an order brings; absent, one where the plan counts what is ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_value: Option<Amount>,
    /// From leads on.
    #[serde(skip_serializing_if = "List::is_empty")]
    pub stages: List<Stage>,
    /// Where leads come from.
    #[serde(skip_serializing_if = "List::is_empty")]
    pub sources: List<LeadSource>,
    #[serde(skip_serializing_if = "LeadRule::is_empty")]
    pub lead: LeadRule,
    #[serde(skip_serializing_if = "List::is_empty")]
    pub activities: List<Activity>,
    /// Opportunities that are open now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub pipeline: Option<Decimal>,
    /// Orders that these are to bring; absent, those that the year needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub pipeline_orders: Option<Decimal>,
}

/// One stage: what goes through it, and what of that goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Stage {
    pub name: String,
    /// In percent, how many go on to the next stage. Absent: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub conversion: Option<Decimal>,
    /// How many days they take to get there, thirty to a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub days: Option<Decimal>,
    /// How many the people and means of the stage can take in a month. Absent: not known, and never short.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub resource: Option<Decimal>,
    /// In percent, how many go on elsewhere in the trade.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub benchmark: Option<Decimal>,
    /// What arrives here is an order. Where no stage says so, the last is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_order: bool,
    /// What is done here, and with what, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Where leads come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LeadSource {
    pub name: String,
    /// What it is there for, in a word: reach, conversion, experience.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// How many it can bring in a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub leads: Option<Decimal>,
    /// In percent, how many of its own go on from a stage, by the stage; absent, as many as of all.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<String, String>"))]
    pub conversions: BTreeMap<ItemId, Decimal>,
    /// What a lead costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Amount>,
    /// What an order costs to win; absent, what the leads of one cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cac: Option<Amount>,
    /// Its first day; absent, it was there before the year began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Day>,
    /// In percent, how many leads become orders elsewhere in the trade.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub benchmark: Option<Decimal>,
    /// In percent: where fewer leads than this become orders, stop paying for it and mend the page that they land on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub pause_below: Option<Decimal>,
}

/// What counts as a lead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LeadRule {
    /// They have filled in the form.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub needs_form: bool,
    /// And have looked at the product so often.
    #[serde(skip_serializing_if = "is_none")]
    pub views: u32,
    /// In words, what else.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
}

fn is_none(views: &u32) -> bool {
    *views == 0
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Activity {
    pub name: String,
    /// How often one of them does it in a week.
    #[serde(skip_serializing_if = "Option::is_none")]
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
        visitor.name(&mut self.name);
        visitor.part(&mut self.conversion);
        visitor.number(&mut self.days);
        visitor.number(&mut self.resource);
        visitor.part(&mut self.benchmark);
        visitor.prose(&mut self.note);
    }
}

impl Fields for LeadSource {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name(&mut self.name);
        visitor.name(&mut self.purpose);
        visitor.number(&mut self.leads);
        for (stage, own) in std::mem::take(&mut self.conversions) {
            let mut own = Some(own);
            visitor.part(&mut own);
            self.conversions.extend(own.map(|it| (stage, it)));
        }
        visitor.amount(&mut self.cost);
        visitor.amount(&mut self.cac);
        visitor.part(&mut self.benchmark);
        visitor.part(&mut self.pause_below);
    }
}

impl Fields for LeadRule {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.prose(&mut self.words);
    }
}

impl Fields for Activity {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name(&mut self.name);
        visitor.number(&mut self.weekly);
    }
}

impl Fields for Funnel {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.amount(&mut self.order_value);
        self.stages.visit(visitor);
        self.sources.visit(visitor);
        self.lead.visit(visitor);
        self.activities.visit(visitor);
        visitor.number(&mut self.pipeline);
        visitor.number(&mut self.pipeline_orders);
    }
}
