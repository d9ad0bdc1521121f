//! Who is there to bring the target: people by what they are able to bring a month, from when and until when, and how long
//! newcomers take until they bring all of it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::day::Day;
use super::fields::{Fields, Visitor};
use super::list::{ItemId, List};
use super::tree::NodeId;
use crate::amount::Amount;

/// The people, and what counts for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Capacity {
    /// Nobody is given more than the people there can bring: it counts as a cap of whoever has none.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_cap: bool,
    #[serde(skip_serializing_if = "List::is_empty")]
    pub levels: List<Level>,
    #[serde(skip_serializing_if = "List::is_empty")]
    pub crews: List<Crew>,
}

/// What one kind of people brings: seniors, newcomers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Level {
    pub name: String,
    /// Orders that one of them brings a month, once past the ramp.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub orders: Option<Decimal>,
    /// What one of them brings a month; absent, the orders times what an order is worth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// What one of them carries in a year, for the mix of levels; absent, twelve months of what one brings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<Amount>,
    /// In percent, how much of what they carry is to come from key accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub key_accounts: Option<Decimal>,
    #[serde(skip_serializing_if = "Ramp::is_none")]
    pub ramp: Ramp,
    /// What they are there for, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
}

/// How much of what they will bring newcomers bring in each month from the one that they start in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ramp {
    /// All of it from the first day.
    #[default]
    None,
    /// Nothing for so many months, then all.
    Zero(u8),
    /// It rises evenly over so many months and is whole in the month after: 25, 50, 75 percent over three.
    Linear(u8),
    /// It rises evenly and is whole in the last of so many months: a third, two thirds, all over three.
    Thirds(u8),
    /// In percent, month by month; whole after them.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<String>"))]
    Own(Vec<Decimal>),
}

impl Ramp {
    /// Nobody takes longer.
    pub const MOST: u8 = 36;

    pub fn is_none(&self) -> bool {
        *self == Ramp::None
    }

    /// How long it lasts.
    pub fn months(&self) -> u8 {
        match self {
            Ramp::None => 0,
            Ramp::Zero(months) | Ramp::Linear(months) | Ramp::Thirds(months) => *months,
            Ramp::Own(percents) => percents.len() as u8,
        }
    }

    /// It is as long as a ramp may be, and no month of it is below nothing or above all.
    pub(super) fn is_sound(&self) -> bool {
        let percents: &[Decimal] = if let Ramp::Own(percents) = self { percents } else { &[] };
        let is_part = |it: &Decimal| !it.is_sign_negative() && *it <= Decimal::ONE_HUNDRED && it.scale() <= 6;
        percents.len() <= usize::from(Ramp::MOST) && self.months() <= Ramp::MOST && percents.iter().all(is_part)
    }
}

/// Some people who work for one node of the organisation: one by name, or so many of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Crew {
    /// Empty: what the node is called.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Whom they work for.
    pub node: NodeId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<ItemId>,
    pub heads: u32,
    /// Their first day; absent, they were there before the year began, and are past the ramp.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Day>,
    /// Their last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Day>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub leave: Vec<Leave>,
    /// In percent a year, how many of them go, as many each month.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub attrition: Option<Decimal>,
    /// So many months after somebody has gone somebody new starts; absent, nobody does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backfill: Option<u8>,
}

impl Default for Crew {
    fn default() -> Crew {
        Crew {
            name: String::new(),
            node: NodeId(0),
            level: None,
            heads: 1,
            start: None,
            end: None,
            leave: Vec::new(),
            attrition: None,
            backfill: None,
        }
    }
}

impl Crew {
    pub const MOST_HEADS: u32 = 100_000;
    pub const MOST_LEAVES: usize = 40;
    pub const LONGEST_BACKFILL: u8 = 24;

    pub(super) fn has_sound_numbers(&self) -> bool {
        self.heads <= Crew::MOST_HEADS
            && self.leave.len() <= Crew::MOST_LEAVES
            && self.backfill.is_none_or(|it| it <= Crew::LONGEST_BACKFILL)
    }
}

/// Days on which they are not there, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Leave {
    pub from: Day,
    pub to: Day,
}

impl Capacity {
    pub fn is_empty(&self) -> bool {
        *self == Capacity::default()
    }
}

impl Fields for Level {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name(&mut self.name);
        visitor.number(&mut self.orders);
        visitor.amount(&mut self.amount);
        visitor.amount(&mut self.quota);
        visitor.part(&mut self.key_accounts);
        visitor.name(&mut self.role);
    }
}

impl Fields for Crew {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name(&mut self.name);
        visitor.part(&mut self.attrition);
    }
}

impl Fields for Capacity {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.levels.visit(visitor);
        self.crews.visit(visitor);
    }
}
