//! Who is there to bring the target: people by what they are able to bring a month, from when and until when, and how long
//! newcomers take until they bring all of it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::day::Day;
use super::fields::{Fields, Visitor};
use super::list::{ItemId, List};
use super::tree::NodeId;
use super::written::by_fields;
use crate::amount::Amount;

/// The people, and what counts for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Capacity {
    /// Nobody is given more than the people there can bring: it counts as a cap of whoever has none.
    pub is_cap: bool,
    pub levels: List<Level>,
    pub crews: List<Crew>,
}

/// What one kind of people brings: seniors, newcomers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Level {
    pub name: String,
    /// Orders that one of them brings a month, once past the ramp.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub orders: Option<Decimal>,
    /// What one of them brings a month; absent, the orders times what an order is worth.
    pub amount: Option<Amount>,
    /// What one of them carries in a year, for the mix of levels; absent, twelve months of what one brings.
    pub quota: Option<Amount>,
    /// In percent, how much of what they carry is to come from key accounts.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub key_accounts: Option<Decimal>,
    pub ramp: Ramp,
    /// What they are there for, in words.
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
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Crew {
    /// Empty: what the node is called.
    pub name: String,
    /// Whom they work for.
    pub node: NodeId,
    pub level: Option<ItemId>,
    pub heads: u32,
    /// Their first day; absent, they were there before the year began, and are past the ramp.
    pub start: Option<Day>,
    /// Their last day.
    pub end: Option<Day>,
    pub leave: Vec<Leave>,
    /// In percent a year, how many of them go, as many each month.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub attrition: Option<Decimal>,
    /// So many months after somebody has gone somebody new starts; absent, nobody does.
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
        visitor.name("name", &mut self.name);
        visitor.number("orders", &mut self.orders);
        visitor.money("amount", &mut self.amount);
        visitor.money("quota", &mut self.quota);
        visitor.part("key_accounts", &mut self.key_accounts);
        visitor.other("ramp", &mut self.ramp);
        visitor.word("role", &mut self.role);
    }
}

impl Fields for Crew {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.word("name", &mut self.name);
        visitor.always("node", &mut self.node);
        visitor.other("level", &mut self.level);
        visitor.always("heads", &mut self.heads);
        visitor.other("start", &mut self.start);
        visitor.other("end", &mut self.end);
        visitor.other("leave", &mut self.leave);
        visitor.part("attrition", &mut self.attrition);
        visitor.other("backfill", &mut self.backfill);
    }
}

impl Fields for Capacity {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.other("is_cap", &mut self.is_cap);
        visitor.list("levels", &mut self.levels);
        visitor.list("crews", &mut self.crews);
    }
}

by_fields!(Capacity, Level, Crew);
