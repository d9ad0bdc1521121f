//! The fields of a node that are typed in: what each has, as one would type it, and what was typed, as the plan takes it.
//!
//! Refused: what cannot be read as what the field takes. Whether the plan takes it is the plan's business.

use rust_decimal::Decimal;

use super::lines;
use crate::amount::{Amount, Numeral, ParseAmountError, Places, parse, parse_decimal, print};
use crate::i18n::Words;
use crate::plan::{Factor, Field, Mix, Node, NodeId};
use crate::say;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Percent,
    Amount,
    Weight,
    LastYear,
    Growth,
    Potential,
    Capacity,
    WorkingDays,
    /// For one factor, by its name.
    Score(String),
    /// What the children are scored by: a line a factor, its name and its weight.
    Factors,
    Floor,
    Cap,
    Increment,
    /// By how many percent its children may have more or less than it has.
    Tolerance,
    Submitted,
    /// Its figures of earlier periods: a line a period, its name and its figure.
    Past,
    /// The periods by which the children share: a line a period, its name and how much it counts.
    Mix,
    Tag,
    Note,
    Label,
}

impl Kind {
    /// Its name on the page.
    pub fn word(&self, words: Words) -> String {
        match self {
            Kind::Percent => say!(words, inspector.field_percent),
            Kind::Amount => say!(words, inspector.field_amount),
            Kind::Weight => say!(words, inspector.field_weight),
            Kind::LastYear => say!(words, inspector.field_last_year),
            Kind::Growth => say!(words, inspector.field_growth),
            Kind::Potential => say!(words, inspector.field_potential),
            Kind::Capacity => say!(words, inspector.field_capacity),
            Kind::WorkingDays => say!(words, inspector.field_working_days),
            Kind::Score(factor) => say!(words, inspector.field_score, factor = factor.clone()),
            Kind::Factors => say!(words, inspector.field_factors),
            Kind::Floor => say!(words, inspector.field_floor),
            Kind::Cap => say!(words, inspector.field_cap),
            Kind::Increment => say!(words, inspector.field_increment),
            Kind::Tolerance => say!(words, inspector.field_tolerance),
            Kind::Submitted => say!(words, inspector.field_submitted),
            Kind::Past => say!(words, inspector.field_past),
            Kind::Mix => say!(words, inspector.field_mix),
            Kind::Tag => say!(words, inspector.field_tag),
            Kind::Note => say!(words, inspector.field_note),
            Kind::Label => say!(words, inspector.field_label),
        }
        .into_owned()
    }

    /// What the field has, as one would type it.
    pub fn text(&self, words: Words, node: &Node, numeral: Numeral) -> String {
        let figure = |amount: Option<Amount>| amount.map(|it| print(it, numeral, Places::Exact)).unwrap_or_default();
        let decimal = |it: Option<Decimal>| it.map(|it| it.normalize().to_string()).unwrap_or_default();
        match self {
            Kind::Percent => decimal(node.percent),
            Kind::Weight => decimal(node.weight),
            Kind::Growth => decimal(node.growth),
            Kind::WorkingDays => decimal(node.working_days),
            Kind::Score(factor) => decimal(node.scores.get(factor).copied()),
            Kind::Factors => lines::print(node.factors.iter().map(|it| (&it.name, decimal(Some(it.weight))))),
            Kind::Past => lines::print(node.past.iter().map(|(name, it)| (name, figure(Some(*it))))),
            Kind::Mix => node.mix.as_ref().map(|mix| print_mix(words, mix)).unwrap_or_default(),
            Kind::Tolerance => decimal(node.tolerance),
            Kind::Submitted => figure(node.submitted),
            Kind::Amount => figure(node.amount),
            Kind::LastYear => figure(node.last_year),
            Kind::Potential => figure(node.potential),
            Kind::Capacity => figure(node.capacity),
            Kind::Floor => figure(node.floor),
            Kind::Cap => figure(node.cap),
            Kind::Increment => figure(node.increment),
            Kind::Tag => node.tag.clone(),
            Kind::Note => node.note.clone(),
            Kind::Label => node.name.clone(),
        }
    }

    /// What was typed, as fields of the plan. A blank is nothing entered.
    pub fn read(
        &self,
        words: Words,
        node: &Node,
        text: &str,
        numeral: Numeral,
    ) -> Result<Vec<Field>, ParseAmountError> {
        let text = text.trim();
        let figure = || if text.is_empty() { Ok(None) } else { parse(text, numeral).map(Some) };
        let decimal = || if text.is_empty() { Ok(None) } else { read_decimal(text).map(Some) };
        Ok(vec![match self {
            Kind::Past => return read_past(node, text, numeral),
            Kind::Percent => Field::Percent(decimal()?),
            Kind::Weight => Field::Weight(decimal()?),
            Kind::Amount => Field::Amount(figure()?),
            Kind::LastYear => Field::LastYear(figure()?),
            Kind::Growth => Field::Growth(decimal()?),
            Kind::WorkingDays => Field::WorkingDays(decimal()?),
            Kind::Score(factor) => Field::Score(factor.clone(), decimal()?),
            Kind::Factors => Field::Factors(read_factors(text)?),
            Kind::Mix => Field::Mix(read_mix(words, text)?),
            Kind::Potential => Field::Potential(figure()?),
            Kind::Capacity => Field::Capacity(figure()?),
            Kind::Floor => Field::Floor(figure()?),
            Kind::Cap => Field::Cap(figure()?),
            Kind::Increment => Field::Increment(figure()?),
            Kind::Tolerance => Field::Tolerance(decimal()?),
            Kind::Submitted => Field::Submitted(figure()?),
            Kind::Tag => Field::Tag(text.to_owned()),
            Kind::Note => Field::Note(text.to_owned()),
            Kind::Label => Field::Name(text.to_owned()),
        }])
    }

    pub fn is_amount(&self) -> bool {
        let is_figure = matches!(self, Kind::Potential | Kind::Capacity | Kind::Submitted | Kind::Past);
        is_figure || matches!(self, Kind::Amount | Kind::LastYear | Kind::Floor | Kind::Cap | Kind::Increment)
    }

    /// It takes several lines; this is how they are written.
    pub fn lines(&self, words: Words) -> Option<String> {
        match self {
            Kind::Factors => Some(say!(words, inspector.factors_hint)),
            Kind::Past => Some(say!(words, inspector.past_hint)),
            Kind::Mix => Some(say!(words, inspector.mix_hint)),
            _ => None,
        }
        .map(std::borrow::Cow::into_owned)
    }

    /// The name of the field in the document.
    pub fn id(&self, node: NodeId) -> String {
        match self {
            // A factor's name may be anything.
            Kind::Score(factor) => {
                let letters: String = factor.chars().map(|it| format!("{:x}", u32::from(it))).collect();
                format!("node-{}-score-{letters}", node.0)
            }
            kind => format!("node-{}-{kind:?}", node.0),
        }
    }
}

/// A percent sign after a percentage says nothing new.
fn read_decimal(text: &str) -> Result<Decimal, ParseAmountError> {
    parse_decimal(text.trim_end_matches(['%', '％']).trim_end())
}

/// A factor without a weight has none.
fn read_weight(text: &str) -> Result<Decimal, ParseAmountError> {
    if text.is_empty() { Ok(Decimal::ZERO) } else { read_decimal(text) }
}

fn read_factors(text: &str) -> Result<Vec<Factor>, ParseAmountError> {
    lines::read(text).map(|(name, weight)| Ok(Factor { name: name.to_owned(), weight: read_weight(weight)? })).collect()
}

/// A period that is not there any more is not entered any more.
fn read_past(node: &Node, text: &str, numeral: Numeral) -> Result<Vec<Field>, ParseAmountError> {
    let said: Vec<(&str, Amount)> =
        lines::read(text).map(|(name, figure)| Ok((name, parse(figure, numeral)?))).collect::<Result<_, _>>()?;
    let gone = node.past.keys().filter(|name| said.iter().all(|(it, _)| it != name));
    let fields = gone.map(|name| Field::Past(name.clone(), None));
    Ok(fields.chain(said.iter().map(|(name, figure)| Field::Past((*name).to_owned(), Some(*figure)))).collect())
}

fn print_mix(words: Words, mix: &Mix) -> String {
    let last_year = (say!(words, inspector.field_last_year).into_owned(), mix.last_year);
    let past = mix.past.iter().map(|(name, weight)| (name.clone(), *weight));
    let said = std::iter::once(last_year).chain(past).filter(|(_, weight)| !weight.is_zero());
    lines::print(said.map(|(name, weight)| (name, weight.normalize().to_string())))
}

/// Nothing said is the mix of the node above.
fn read_mix(words: Words, text: &str) -> Result<Option<Mix>, ParseAmountError> {
    let last_year = say!(words, inspector.field_last_year);
    let mut mix = Mix::default();
    for (name, weight) in lines::read(text) {
        let weight = read_weight(weight)?;
        if name.to_lowercase() == last_year.to_lowercase() {
            mix.last_year = weight;
        } else {
            mix.past.insert(name.to_owned(), weight);
        }
    }
    Ok(Some(mix).filter(|_| !text.is_empty()))
}
