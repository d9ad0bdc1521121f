//! The number that the year is about, and why it is this number: its grounds in words and evidence, what it is held
//! against, what limits it, and what else is to be reached.
//!
//! A target without a basis is a bare number (S0-01): the plan may hold one, and a check says so.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::day::Day;
use super::fields::{Fields, Key, Visitor, visit_columns};
use super::list::List;
use super::written::by_fields;
use crate::amount::Amount;

/// The target, what it is held against, and its grounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Goal {
    /// What the year is to bring. Absent: not decided yet.
    pub target: Option<Amount>,
    /// What last year brought. Absent: the sum of what the organisation's nodes say.
    pub last_year: Option<Amount>,
    /// What the years before it brought, by their names, such as 2024.
    pub past: BTreeMap<String, Amount>,
    pub basis: Basis,
    pub evidence: List<Evidence>,
    /// What the company is after first.
    pub intent: Option<Intent>,
    pub benchmark: Benchmark,
    pub market: Market,
    pub levers: Levers,
    /// What happens in the market, and by how much that moves the target.
    pub events: List<Event>,
    /// What cannot bring more than so much.
    pub limits: List<Limit>,
    /// What else is to be reached, near and far.
    pub measures: List<Measure>,
    /// Which of the five marks of a goal somebody has looked at and found.
    pub marks: BTreeSet<Mark>,
}

/// The grounds of the target, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Basis {
    /// What the company wants to become.
    pub strategy: String,
    /// What the market gives.
    pub market: String,
    /// What the team is able to do.
    pub capability: String,
    /// What earlier years say.
    pub history: String,
    /// What is coming.
    pub outlook: String,
}

/// One of the kinds of grounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BasisKind {
    #[default]
    Strategy,
    Market,
    Capability,
    History,
    Outlook,
}

impl BasisKind {
    pub const ALL: [BasisKind; 5] =
        [BasisKind::Strategy, BasisKind::Market, BasisKind::Capability, BasisKind::History, BasisKind::Outlook];
}

impl Basis {
    pub fn get(&self, kind: BasisKind) -> &str {
        match kind {
            BasisKind::Strategy => &self.strategy,
            BasisKind::Market => &self.market,
            BasisKind::Capability => &self.capability,
            BasisKind::History => &self.history,
            BasisKind::Outlook => &self.outlook,
        }
    }

    pub fn get_mut(&mut self, kind: BasisKind) -> &mut String {
        match kind {
            BasisKind::Strategy => &mut self.strategy,
            BasisKind::Market => &mut self.market,
            BasisKind::Capability => &mut self.capability,
            BasisKind::History => &mut self.history,
            BasisKind::Outlook => &mut self.outlook,
        }
    }

    /// Nobody has said why the target is what it is.
    pub fn is_empty(&self) -> bool {
        BasisKind::ALL.iter().all(|kind| self.get(*kind).trim().is_empty())
    }
}

/// What bears a ground of the target out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Evidence {
    pub kind: BasisKind,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(default))]
    pub words: String,
    /// Who says so.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(default))]
    pub source: String,
    pub day: Option<Day>,
}

/// What the company is after first (S2-03).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// A larger part of the market.
    Share,
    /// A business that is new to it.
    NewBusiness,
    /// More profit from what it sells.
    Profit,
}

impl Intent {
    pub const ALL: [Intent; 3] = [Intent::Share, Intent::NewBusiness, Intent::Profit];

    /// How much each of the three counts then, in percent: share, new business, margin.
    pub fn weights(self) -> [u8; 3] {
        match self {
            Intent::Share => [50, 25, 25],
            Intent::NewBusiness => [25, 50, 25],
            Intent::Profit => [25, 25, 50],
        }
    }
}

/// A rate of the trade, and where in it we want to be (S1-08). The percentile and the value that lies there are both known
/// from the source; neither follows from the average.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Benchmark {
    /// What is compared: growth, or the part of leads that become orders.
    pub rate: Rate,
    /// In percent, as the four below.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub ours: Option<Decimal>,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub average: Option<Decimal>,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub percentile: Option<Decimal>,
    /// What whoever stands at that percentile reaches.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub value: Option<Decimal>,
    pub source: String,
}

/// What a benchmark compares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rate {
    #[default]
    Conversion,
    Growth,
}

impl Rate {
    pub const ALL: [Rate; 2] = [Rate::Conversion, Rate::Growth];
}

impl Benchmark {
    pub fn is_empty(&self) -> bool {
        *self == Benchmark::default()
    }
}

/// What the market could give at most, and the part of it that we want.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Market {
    /// All who could be customers.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub customers: Option<Decimal>,
    /// Those who are.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub served: Option<Decimal>,
    /// In percent of all, those who are to be.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub penetration: Option<Decimal>,
    /// What a customer brings in a year; absent, one where the plan counts customers.
    pub value: Option<Amount>,
    /// What all of the trade sells in a year.
    pub size: Option<Amount>,
    /// In percent, the part of that which we want.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub share: Option<Decimal>,
    /// In percent, by how much the company wants to grow on last year.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub growth: Option<Decimal>,
}

impl Market {
    pub fn is_empty(&self) -> bool {
        *self == Market::default()
    }
}

/// What customers old and new bring, taken apart (S2-13).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Levers {
    /// Customers whom we have.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub customers: Option<Decimal>,
    /// How often each buys in a year.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub frequency: Option<Decimal>,
    /// How many things each time.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub items: Option<Decimal>,
    /// What one of them costs.
    pub price: Option<Amount>,
    /// Customers who are new this year.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub new_customers: Option<Decimal>,
    /// What each of these brings.
    pub new_value: Option<Amount>,
}

impl Levers {
    pub fn is_empty(&self) -> bool {
        *self == Levers::default()
    }
}

/// Something that happens in the market (S0-06).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Event {
    pub kind: EventKind,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(default))]
    pub words: String,
    /// In percent, by how much it moves the target; absent, not known.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub effect: Option<Decimal>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Where the trade goes.
    #[default]
    Trend,
    /// What a competitor does.
    Competitor,
    /// What customers ask for.
    Demand,
}

impl EventKind {
    pub const ALL: [EventKind; 3] = [EventKind::Trend, EventKind::Competitor, EventKind::Demand];
}

/// What cannot bring more than so much in a year: the least of what is said here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Limit {
    pub kind: LimitKind,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(default))]
    pub name: String,
    /// In the year.
    pub amount: Option<Amount>,
    /// In any one month.
    pub monthly: Option<Amount>,
    /// In percent, more than last year.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub growth: Option<Decimal>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// What can be made and delivered.
    #[default]
    Supply,
    /// What the channels can carry.
    Channel,
}

impl LimitKind {
    pub const ALL: [LimitKind; 2] = [LimitKind::Supply, LimitKind::Channel];
}

/// Something else that is to be reached, in whatever it is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Measure {
    pub horizon: Horizon,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(default))]
    pub name: String,
    /// How much.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub goal: Option<Decimal>,
    /// Of what: 万, %, customers.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(default))]
    pub unit: String,
    /// How much of it there is so far.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub reached: Option<Decimal>,
    /// Measures of one group are met only together (S0-07).
    #[cfg_attr(not(target_arch = "wasm32"), schemars(default))]
    pub group: String,
}

/// When something is to be reached (S1-10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// One month to three.
    #[default]
    Short,
    /// Three months to six.
    Middle,
    /// Six months to twelve.
    Long,
}

impl Horizon {
    pub const ALL: [Horizon; 3] = [Horizon::Short, Horizon::Middle, Horizon::Long];
}

/// The five marks of a goal (S2-04).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Specific,
    Measurable,
    Achievable,
    Relevant,
    TimeBound,
}

impl Mark {
    pub const ALL: [Mark; 5] = [Mark::Specific, Mark::Measurable, Mark::Achievable, Mark::Relevant, Mark::TimeBound];
}

impl Fields for Basis {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.prose("strategy", &mut self.strategy);
        visitor.prose("market", &mut self.market);
        visitor.prose("capability", &mut self.capability);
        visitor.note("history", &mut self.history);
        visitor.note("outlook", &mut self.outlook);
    }
}

impl Fields for Evidence {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kind("kind", &mut self.kind);
        visitor.prose("words", &mut self.words);
        visitor.word("source", &mut self.source);
        visitor.other("day", &mut self.day);
    }
}

impl Fields for Benchmark {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.other("rate", &mut self.rate);
        visitor.percent("ours", &mut self.ours);
        visitor.percent("average", &mut self.average);
        visitor.part("percentile", &mut self.percentile);
        visitor.percent("value", &mut self.value);
        visitor.word("source", &mut self.source);
    }
}

impl Fields for Market {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.number("customers", &mut self.customers);
        visitor.number("served", &mut self.served);
        visitor.part("penetration", &mut self.penetration);
        visitor.money("value", &mut self.value);
        visitor.money("size", &mut self.size);
        visitor.part("share", &mut self.share);
        visitor.change("growth", &mut self.growth);
    }
}

impl Fields for Levers {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.number("customers", &mut self.customers);
        visitor.number("frequency", &mut self.frequency);
        visitor.number("items", &mut self.items);
        visitor.money("price", &mut self.price);
        visitor.number("new_customers", &mut self.new_customers);
        visitor.money("new_value", &mut self.new_value);
    }
}

impl Fields for Event {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kind("kind", &mut self.kind);
        visitor.prose("words", &mut self.words);
        visitor.change("effect", &mut self.effect);
    }
}

impl Fields for Limit {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kind("kind", &mut self.kind);
        visitor.name("name", &mut self.name);
        visitor.money("amount", &mut self.amount);
        visitor.money("monthly", &mut self.monthly);
        visitor.change("growth", &mut self.growth);
    }
}

impl Fields for Measure {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kind("horizon", &mut self.horizon);
        visitor.name("name", &mut self.name);
        visitor.number("goal", &mut self.goal);
        visitor.word("unit", &mut self.unit);
        visitor.number("reached", &mut self.reached);
        visitor.word("group", &mut self.group);
    }
}

impl Fields for Goal {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.money("target", &mut self.target);
        visitor.money("last_year", &mut self.last_year);
        visitor.other("past", &mut self.past);
        visit_columns(&mut self.past, |year, figure| {
            visitor.word(Key::WITHIN, year);
            visitor.money(Key::WITHIN, figure);
        });
        visitor.group(Key::always("basis"), &mut self.basis);
        visitor.list("evidence", &mut self.evidence);
        visitor.other("intent", &mut self.intent);
        visitor.group("benchmark", &mut self.benchmark);
        visitor.group("market", &mut self.market);
        visitor.group("levers", &mut self.levers);
        visitor.list("events", &mut self.events);
        visitor.list("limits", &mut self.limits);
        visitor.list("measures", &mut self.measures);
        visitor.other("marks", &mut self.marks);
    }
}

by_fields!(Goal, Basis, Evidence, Benchmark, Market, Levers, Event, Limit, Measure);
