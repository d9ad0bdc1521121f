//! The points of the charts, and what stands out among them.

use super::figure::Figures;
use crate::engine::Outcome;
use crate::order;
use crate::plan::{Dimension, NodeId};

/// One period of the year, and how the year runs up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    pub id: NodeId,
    pub amount: i64,
    /// This month and all before it.
    pub running: i64,
    pub last_year: Option<i64>,
}

/// How deep months lie in the year, below quarters. Weeks lie below them.
const MONTHS: usize = 2;

/// The year by month, in whole units.
pub fn year_by_month(outcome: &Outcome) -> Vec<Month> {
    let time = outcome.division(Dimension::Time);
    let mut running = 0;
    (0..time.layout.len())
        .filter(|position| time.layout.depth(*position) == MONTHS)
        .map(|position| {
            running += time.amounts[position];
            let last_year = time.last_year[position].map(|it| it.units());
            Month { id: time.layout.id(position), amount: time.amounts[position], running, last_year }
        })
        .collect()
}

/// One who carries a part of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carrier {
    pub id: NodeId,
    pub amount: i64,
    pub last_year: Option<i64>,
}

/// Who carries how much, the most first: the leaves of a tree, and as one what does not fit among `most`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carriers {
    pub total: i64,
    pub first: Vec<Carrier>,
    pub others: usize,
    pub others_amount: i64,
    /// None where that of any of them is not known.
    pub others_last_year: Option<i64>,
}

pub fn carriers(outcome: &Outcome, dimension: Dimension, most: usize) -> Carriers {
    let division = outcome.division(dimension);
    let all: Vec<Carrier> = (0..division.layout.len())
        .filter(|position| division.layout.is_leaf(*position))
        .map(|position| Carrier {
            id: division.layout.id(position),
            amount: division.amounts[position],
            last_year: division.last_year[position].map(|it| it.units()),
        })
        .collect();
    // Equals stay in the order of the tree.
    let mut all = order::by_number(all, |carrier| -i128::from(carrier.amount));
    let rest = all.split_off(all.len().min(most));
    Carriers {
        total: division.total(),
        first: all,
        others: rest.len(),
        others_amount: rest.iter().map(|it| it.amount).sum(),
        others_last_year: rest.iter().map(|it| it.last_year).sum(),
    }
}

/// Which of a series are the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peak {
    /// There is nothing above zero.
    Nowhere,
    At(usize),
    /// From one to another, both included.
    Along(usize, usize),
    /// So many, here and there.
    Scattered(usize),
    Everywhere,
}

/// The highest of a series. What looks the same at a glance is the same, and so are hundreds that differ by the unit that
/// rounding gave.
pub fn peak(amounts: &[i64], figures: &Figures) -> Peak {
    let highest = amounts.iter().copied().max().unwrap_or(0);
    if highest <= 0 {
        return Peak::Nowhere;
    }
    let by_rounding = if 100 <= highest { 1 } else { 0 };
    let slack = by_rounding.max(figures.glance() - 1);
    let tops: Vec<usize> = (0..amounts.len()).filter(|at| highest - amounts[*at] <= slack).collect();
    match (tops.first(), tops.last()) {
        (Some(first), Some(last)) if first == last => Peak::At(*first),
        (Some(_), Some(_)) if tops.len() == amounts.len() => Peak::Everywhere,
        (Some(first), Some(last)) if last - first + 1 == tops.len() => Peak::Along(*first, *last),
        _ => Peak::Scattered(tops.len()),
    }
}

/// The figures beside the marks: so few decimals that the largest has about four digits.
pub fn label_figures(figures: &Figures, largest: i64) -> Figures {
    let one = 10_i64.saturating_pow(u32::from(figures.numeral.decimals) + figures.numeral.scale.exponent());
    let room = match largest / one {
        1_000.. => 0,
        100.. => 1,
        _ => 2,
    };
    Figures { places: figures.places.min(room), ..*figures }
}
