//! What the plan counts: money of one currency, or things.

use serde::{Deserialize, Serialize};

use super::check;

/// What one unit of an amount is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// An ISO 4217 code of three capital letters; amounts are in its smallest unit.
    Money(String),
    /// What is counted: 人, 家, 次, orders.
    Count(String),
}

const WITHOUT_DECIMALS: [&str; 16] =
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
const WITH_THREE_DECIMALS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

impl Unit {
    /// The decimals of the unit in which people speak of it: 2 for yuan, whose smallest unit is the fen; 0 for a count.
    /// For money, the minor unit of ISO 4217.
    pub fn decimals(&self) -> u8 {
        match self {
            Unit::Count(_) => 0,
            Unit::Money(code) if WITHOUT_DECIMALS.contains(&code.as_str()) => 0,
            Unit::Money(code) if WITH_THREE_DECIMALS.contains(&code.as_str()) => 3,
            Unit::Money(_) => 2,
        }
    }

    /// A currency code that looks like one, or a word for what is counted.
    pub fn is_valid(&self) -> bool {
        match self {
            Unit::Money(code) => code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase()),
            Unit::Count(noun) => {
                !noun.is_empty() && noun.chars().count() <= 20 && check::clean(noun, check::Lines::One) == *noun
            }
        }
    }
}
