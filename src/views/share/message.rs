//! The plan in a few lines, for a chat: what it is about, how its first level divides it, and the link on a line of its own,
//! so that nothing sticks to it. The reader of links takes the whole message.

use super::super::display::Display;
use super::super::name;
use crate::amount::Amount;
use crate::engine::Outcome;
use crate::i18n::Words;
use crate::plan::{Dimension, Plan};
use crate::results::figure::basis_points;
use crate::say;

/// A chat shows so many lines without folding them.
const MOST_LINES: usize = 6;

/// The amounts of the outcome are those of the plan, whatever its nodes are called.
pub fn message(words: Words, display: Display, plan: &Plan, outcome: &Outcome, link: &str) -> String {
    let total = outcome.total();
    let figures = display.figures(plan, std::iter::once(total.units()));
    let amount = |it: i64| name::amount(words, plan, &figures, Amount::from_units(it));
    let mut lines = vec![plan.title.clone()];
    lines.push(say!(words, share.message_total, amount = amount(total.units())).into_owned());
    let dimension = Dimension::ALL.into_iter().find(|it| plan.tree(*it).is_divided()).unwrap_or(Dimension::Time);
    let division = outcome.division(dimension);
    let parts = division.layout.level(1);
    for part in parts.iter().take(MOST_LINES).copied() {
        let units = division.amounts[part];
        let share = basis_points(units, total.units()).map_or(String::new(), |it| name::percent(it, 1));
        let node = name::node(words, plan, dimension, division.layout.id(part));
        lines.push(say!(words, share.message_part, node = node, amount = amount(units), share = share).into_owned());
    }
    if MOST_LINES < parts.len() {
        lines.push(say!(words, share.message_more, count = parts.len() - MOST_LINES).into_owned());
    }
    lines.push(say!(words, share.message_link).into_owned());
    lines.push(link.to_owned());
    lines.join("\n")
}
