//! What the chance of the year comes to, as rows: what one would have to aim at to be how sure, and every node's own.

use crate::amount::Amount;
use crate::engine::chance::{Answer, AnsweredNode, Needed};
use crate::engine::sights::times;
use crate::plan::Plan;
use rust_decimal::Decimal;

/// Why one would aim at something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aimed {
    /// At the target itself.
    Plain,
    /// Higher by what is customary, in percent.
    Customary(u8),
    /// By what the plan's own levels add.
    Own,
    /// By what it takes to be as sure as one wants to be.
    Needed,
}

/// An aim, by how much it is higher than the target in hundredths of a percent, what that comes to, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AimRow {
    pub why: Aimed,
    pub part: i64,
    pub aim: Amount,
    pub chance: i64,
}

/// The lowest first as far as they are known: `own` is what the plan adds, in percent.
pub fn aims(plan: &Plan, answer: &Answer, own: Option<Decimal>) -> Vec<AimRow> {
    let Some(whole) = answer.nodes.first() else { return Vec::new() };
    let row = |why: Aimed, part: i64, chance: i64| {
        let factor = Decimal::ONE + Decimal::new(part, 4);
        AimRow { why, part, aim: times(whole.target, factor).unwrap_or(Amount::MAX), chance }
    };
    let own_part = own.map_or(0, |it| i64::try_from((it * Decimal::ONE_HUNDRED).round().mantissa()).unwrap_or(0));
    let mut rows = vec![
        row(Aimed::Plain, 0, whole.chance),
        row(Aimed::Customary(10), 1_000, answer.aimed[0]),
        row(Aimed::Customary(15), 1_500, answer.aimed[1]),
    ];
    if own.is_some() {
        rows.push(row(Aimed::Own, own_part, answer.aimed[2]));
    }
    if let Needed::By { part, .. } = answer.needed {
        let confidence = plan.chance.confidence() * Decimal::ONE_HUNDRED;
        let sure = i64::try_from(confidence.trunc().mantissa()).unwrap_or(0);
        rows.push(row(Aimed::Needed, part, if part == 0 { whole.chance } else { sure }));
    }
    rows
}

/// The nodes of which something is shown, the whole first: as deep as all of a level are kept.
pub fn nodes(answer: &Answer) -> impl Iterator<Item = &AnsweredNode> {
    answer.nodes.iter().filter(|it| it.quantiles.is_some())
}

/// An estimate in a sentence: four digits, for the others are chance.
pub fn estimate(amount: Amount) -> Amount {
    const DIGITS: u32 = 4;
    let units = amount.units();
    let digits = units.checked_abs().and_then(i64::checked_ilog10).map_or(0, |it| it + 1);
    let step = 10_i64.pow(digits.saturating_sub(DIGITS));
    Amount::from_units((units + step / 2) / step * step)
}
