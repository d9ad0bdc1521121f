//! The rule by which a holiday or a peak finds its day: what one chooses, and what one types beside it.

use std::borrow::Cow;

use time::Date;

use crate::i18n::Words;
use crate::plan::{Day, Festival, When};
use crate::say;

/// What one chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Yearly,
    On,
    Festival(Festival),
}

impl Rule {
    pub const ALL: [Rule; 6] = [
        Rule::Yearly,
        Rule::On,
        Rule::Festival(Festival::Spring),
        Rule::Festival(Festival::Qingming),
        Rule::Festival(Festival::DragonBoat),
        Rule::Festival(Festival::MidAutumn),
    ];

    pub fn of(when: When) -> Rule {
        match when {
            When::Yearly { .. } => Rule::Yearly,
            When::On(_) => Rule::On,
            When::Festival { festival, .. } => Rule::Festival(festival),
        }
    }

    pub fn word(self, words: Words) -> Cow<'static, str> {
        match self {
            Rule::Yearly => say!(words, calendar.rule_yearly),
            Rule::On => say!(words, calendar.rule_on),
            Rule::Festival(Festival::Spring) => say!(words, calendar.rule_spring),
            Rule::Festival(Festival::Qingming) => say!(words, calendar.rule_qingming),
            Rule::Festival(Festival::DragonBoat) => say!(words, calendar.rule_dragon_boat),
            Rule::Festival(Festival::MidAutumn) => say!(words, calendar.rule_mid_autumn),
        }
    }

    /// What the text beside it means.
    pub fn hint(self, words: Words) -> Cow<'static, str> {
        match self {
            Rule::Yearly => say!(words, calendar.hint_yearly),
            Rule::On => say!(words, calendar.hint_on),
            Rule::Festival(_) => say!(words, calendar.hint_festival),
        }
    }

    /// The rule for a day that another rule had found.
    pub fn at(self, day: Date) -> When {
        match self {
            Rule::Yearly => When::Yearly { month: day.month().into(), day: day.day() },
            Rule::On => When::On(Day(day)),
            Rule::Festival(festival) => When::Festival { festival, after: 0 },
        }
    }

    /// What was typed, under this rule. None for what is no such day.
    pub fn read(self, text: &str) -> Option<When> {
        let text = text.trim();
        match self {
            Rule::On => text.parse().ok().map(When::On),
            Rule::Yearly => {
                let mut parts = text.trim_end_matches('日').split(['-', '/', '.', '月']);
                let mut next = || parts.next()?.trim().parse::<u8>().ok();
                let (Some(month), Some(day), None) = (next(), next(), next()) else { return None };
                Some(When::Yearly { month, day })
            }
            Rule::Festival(festival) => {
                let after = if text.is_empty() { 0 } else { text.replace('−', "-").parse().ok()? };
                Some(When::Festival { festival, after })
            }
        }
    }
}

/// A rule as one would type it.
pub fn print(when: When) -> String {
    match when {
        When::Yearly { month, day } => format!("{month:02}-{day:02}"),
        When::On(day) => day.to_string(),
        When::Festival { after, .. } => after.to_string(),
    }
}
