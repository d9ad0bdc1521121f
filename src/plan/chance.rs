//! What the chance of the year is reckoned from: what varies and by how much, what years of one draw have in common, when one
//! would stop, and how sure one wants to be. Whatever is not said has a value that is usual.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::fields::{Fields, Key, Visitor, visit_columns};
use super::list::ItemId;
use super::written::by_fields;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Chance {
    /// What is drawn: the deals of the funnel, or what people bring. Absent: what the plan knows more of.
    pub draws: Option<Draws>,
    /// The number that all draws follow from; absent, 1.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub seed: Option<Decimal>,
    /// How many years are drawn; absent, 10,000.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub trials: Option<Decimal>,
    /// In percent, how sure one wants to be of the target; absent, 80.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub confidence: Option<Decimal>,
    /// In percent of what they were given, what people bring on average, where nothing else says what they can; absent, 100.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub attainment: Option<Decimal>,
    /// In percent, by how much the year of one of the people varies; absent, 30.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub spread: Option<Decimal>,
    /// The same of those of a level.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<String, String>"))]
    pub level_spreads: BTreeMap<ItemId, Decimal>,
    /// In percent, by how much the worth of a deal varies; absent, 60, and 0 where the plan counts what is ordered.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub deal_spread: Option<Decimal>,
    /// The same of the deals of a source.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<String, String>"))]
    pub source_spreads: BTreeMap<ItemId, Decimal>,
    /// In percent, how much of what varies is common to all of a segment; absent, 20 of people and 2 of deals.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub common: Option<Decimal>,
    /// One would stop after so many months on end; absent, 2.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub stop_months: Option<Decimal>,
    /// That bring less than so many percent of their target; absent, 70.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub stop_below: Option<Decimal>,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Draws {
    /// Each deal of the funnel: won or not, and of a size.
    Deals,
    /// What each of the people brings each month.
    People,
}

impl Draws {
    pub const ALL: [Draws; 2] = [Draws::Deals, Draws::People];
}

const fn whole(number: u32) -> Decimal {
    Decimal::from_parts(number, 0, 0, false, 0)
}

impl Chance {
    pub const MOST_SEED: u32 = 999_999_999;
    pub const TRIALS: (u32, u32) = (1_000, 200_000);
    pub const MOST_SPREAD: u32 = 300;
    pub const MOST_STOP_MONTHS: u32 = 12;
    /// Beyond it no number of trials that is drawn here says anything.
    const CONFIDENCE: (Decimal, Decimal) = (whole(50), Decimal::from_parts(995, 0, 0, false, 1));
    /// Where all is common to all, nothing is anybody's own.
    const MOST_COMMON: u32 = 95;

    pub fn is_empty(&self) -> bool {
        *self == Chance::default()
    }

    pub fn seed(&self) -> Decimal {
        self.seed.unwrap_or(whole(1))
    }

    pub fn trials(&self) -> Decimal {
        self.trials.unwrap_or(whole(10_000))
    }

    pub fn confidence(&self) -> Decimal {
        self.confidence.unwrap_or(whole(80))
    }

    pub fn attainment(&self) -> Decimal {
        self.attainment.unwrap_or(whole(100))
    }

    /// Of those of a level, or of no level.
    pub fn spread(&self, level: Option<ItemId>) -> Decimal {
        let own = level.and_then(|it| self.level_spreads.get(&it).copied());
        own.or(self.spread).unwrap_or(whole(30))
    }

    /// Of the deals of a source.
    pub fn deal_spread(&self, source: Option<ItemId>, is_money: bool) -> Decimal {
        let own = source.and_then(|it| self.source_spreads.get(&it).copied());
        own.or(self.deal_spread).unwrap_or(whole(if is_money { 60 } else { 0 }))
    }

    pub fn common(&self, draws: Draws) -> Decimal {
        let usual = match draws {
            Draws::Deals => 2,
            Draws::People => 20,
        };
        self.common.unwrap_or(whole(usual))
    }

    pub fn stop_months(&self) -> Decimal {
        self.stop_months.unwrap_or(whole(2))
    }

    pub fn stop_below(&self) -> Decimal {
        self.stop_below.unwrap_or(whole(70))
    }
}

impl Fields for Chance {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        let (fewest, most) = Chance::TRIALS;
        let (least_sure, most_sure) = Chance::CONFIDENCE;
        visitor.other("draws", &mut self.draws);
        count(visitor, "seed", &mut self.seed, 0, Chance::MOST_SEED);
        count(visitor, "trials", &mut self.trials, fewest, most);
        visitor.decimal("confidence".into(), &mut self.confidence, least_sure, most_sure);
        visitor.percent("attainment", &mut self.attainment);
        spread(visitor, "spread".into(), &mut self.spread);
        spreads(visitor, "level_spreads", &mut self.level_spreads);
        spread(visitor, "deal_spread".into(), &mut self.deal_spread);
        spreads(visitor, "source_spreads", &mut self.source_spreads);
        visitor.decimal("common".into(), &mut self.common, Decimal::ZERO, whole(Chance::MOST_COMMON));
        count(visitor, "stop_months", &mut self.stop_months, 1, Chance::MOST_STOP_MONTHS);
        visitor.part("stop_below", &mut self.stop_below);
    }
}

by_fields!(Chance);

fn count(visitor: &mut dyn Visitor, name: &'static str, value: &mut Option<Decimal>, least: u32, most: u32) {
    *value = value.map(|it| it.trunc());
    visitor.decimal(name.into(), value, whole(least), whole(most));
}

fn spread(visitor: &mut dyn Visitor, key: Key, value: &mut Option<Decimal>) {
    visitor.decimal(key, value, Decimal::ZERO, whole(Chance::MOST_SPREAD));
}

fn spreads(visitor: &mut dyn Visitor, name: &'static str, values: &mut BTreeMap<ItemId, Decimal>) {
    visitor.other(name, values);
    visit_columns(values, |_, value| spread(visitor, Key::WITHIN, value));
}
