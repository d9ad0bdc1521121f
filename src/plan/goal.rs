//! The number that the year is about, and why it is this number.
//!
//! A target without a basis is a bare number (S0-01): the plan may hold one, and a check says so.

use serde::{Deserialize, Serialize};

use crate::amount::Amount;

/// The target, what it is held against, and its grounds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Goal {
    /// What the year is to bring. Absent: not decided yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Amount>,
    /// What last year brought. Absent: the sum of what the organisation's nodes say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_year: Option<Amount>,
    pub basis: Basis,
}

/// The grounds of the target, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Basis {
    /// What the company wants to become.
    pub strategy: String,
    /// What the market gives.
    pub market: String,
    /// What the team is able to do.
    pub capability: String,
}

/// One of the three kinds of grounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BasisKind {
    Strategy,
    Market,
    Capability,
}

impl BasisKind {
    pub const ALL: [BasisKind; 3] = [BasisKind::Strategy, BasisKind::Market, BasisKind::Capability];
}

impl Basis {
    pub fn get(&self, kind: BasisKind) -> &str {
        match kind {
            BasisKind::Strategy => &self.strategy,
            BasisKind::Market => &self.market,
            BasisKind::Capability => &self.capability,
        }
    }

    pub fn get_mut(&mut self, kind: BasisKind) -> &mut String {
        match kind {
            BasisKind::Strategy => &mut self.strategy,
            BasisKind::Market => &mut self.market,
            BasisKind::Capability => &mut self.capability,
        }
    }

    /// Nobody has said why the target is what it is.
    pub fn is_empty(&self) -> bool {
        BasisKind::ALL.iter().all(|kind| self.get(*kind).trim().is_empty())
    }
}
