//! Amounts in a picture's words: the unit of its axis, a figure with its unit, the months of the year.

use crate::amount::{Amount, Scale};
use crate::i18n::Words;
use crate::plan::{Calendar, NodeId, Period, Unit};
use crate::results::figure::{Figures, print_percent};
use crate::say;

/// How the amounts of one picture are written, and in what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    pub figures: Figures,
    pub unit: Unit,
}

impl Measure {
    /// What one of a figure is: 万元, USD million, 人.
    pub fn unit(&self, words: Words) -> String {
        let scale = scale(words, self.figures.numeral.scale);
        match &self.unit {
            Unit::Count(noun) => say!(words, chart.unit_count, scale = scale, noun = noun.clone()),
            Unit::Money(code) => say!(words, chart.unit_money, scale = scale, currency = currency(words, code)),
        }
        .trim()
        .to_owned()
    }

    /// A figure in a sentence: 160 万元, USD 3.2 million, 160 people.
    pub fn amount(&self, words: Words, amount: i64) -> String {
        let figure = self.figures.print_short(Amount::from_units(amount));
        let scale = scale(words, self.figures.numeral.scale);
        match &self.unit {
            Unit::Count(noun) => {
                say!(words, chart.amount_count, figure = figure, scale = scale, noun = noun.clone())
            }
            Unit::Money(code) => {
                say!(words, chart.amount_money, figure = figure, scale = scale, currency = currency(words, code))
            }
        }
        .trim()
        .replace("  ", " ")
    }
}

/// A part of a whole for a sentence: 95 or 94.7.
pub fn percent(basis_points: i64) -> String {
    let text = print_percent(basis_points, 1);
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn scale(words: Words, scale: Scale) -> String {
    match scale {
        Scale::One => String::new(),
        Scale::Thousand => say!(words, chart.thousand).into_owned(),
        Scale::TenThousand => say!(words, chart.ten_thousand).into_owned(),
        Scale::Million => say!(words, chart.million).into_owned(),
        Scale::HundredMillion => say!(words, chart.hundred_million).into_owned(),
        Scale::Billion => say!(words, chart.billion).into_owned(),
    }
}

/// The word for a currency where there is one in daily use, else its code.
fn currency(words: Words, code: &str) -> String {
    match code {
        "CNY" => say!(words, chart.cny).into_owned(),
        "USD" => say!(words, chart.usd).into_owned(),
        "EUR" => say!(words, chart.eur).into_owned(),
        "JPY" => say!(words, chart.jpy).into_owned(),
        "GBP" => say!(words, chart.gbp).into_owned(),
        "HKD" => say!(words, chart.hkd).into_owned(),
        _ => code.to_owned(),
    }
}

/// The month of the calendar that a node of the time tree stands for, 1 to 12.
pub fn month_of(calendar: Calendar, id: NodeId) -> u8 {
    if let Period::Month { month, .. } = calendar.period(id) { month } else { 0 }
}

/// A month in a sentence.
pub fn month(words: Words, month: u8) -> String {
    match month {
        1 => say!(words, chart.january),
        2 => say!(words, chart.february),
        3 => say!(words, chart.march),
        4 => say!(words, chart.april),
        5 => say!(words, chart.may),
        6 => say!(words, chart.june),
        7 => say!(words, chart.july),
        8 => say!(words, chart.august),
        9 => say!(words, chart.september),
        10 => say!(words, chart.october),
        11 => say!(words, chart.november),
        _ => say!(words, chart.december),
    }
    .into_owned()
}

/// A month below its column: its first three letters, or its number.
pub fn month_short(words: Words, number: u8) -> String {
    let name = month(words, number);
    let number: String = name.chars().filter(char::is_ascii_digit).collect();
    if number.is_empty() { name.chars().take(3).collect() } else { name.replace(' ', "") }
}
