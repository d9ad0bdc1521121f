//! How far a link of some length gets, by colour and in words.

use crate::i18n::Words;
use crate::say;

/// How far a link of some length gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    Green,
    Yellow,
    Orange,
    Red,
    /// There is no link of such a plan.
    None,
}

impl Light {
    /// The lengths at which programs are known to cut.
    pub fn of(chars: Option<usize>) -> Light {
        match chars {
            Some(0..=2_000) => Light::Green,
            Some(2_001..=4_000) => Light::Yellow,
            Some(4_001..=8_000) => Light::Orange,
            Some(_) => Light::Red,
            None => Light::None,
        }
    }

    pub fn class(self) -> &'static str {
        match self {
            Light::Green => "light light--green",
            Light::Yellow => "light light--yellow",
            Light::Orange => "light light--orange",
            Light::Red | Light::None => "light light--red",
        }
    }

    pub fn word(self, words: Words) -> String {
        match self {
            Light::Green => say!(words, share.green),
            Light::Yellow => say!(words, share.yellow),
            Light::Orange => say!(words, share.orange),
            Light::Red => say!(words, share.red),
            Light::None => say!(words, share.too_large),
        }
        .into_owned()
    }
}
