//! The points of the charts.

use crate::engine::Outcome;
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

/// The year by month, in whole units.
pub fn year_by_month(outcome: &Outcome) -> Vec<Month> {
    let time = outcome.division(Dimension::Time);
    let mut running = 0;
    (0..time.layout.len())
        .filter(|position| time.layout.is_leaf(*position))
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

/// Who carries how much, the most first: the leaves of the organisation, and as one what does not fit among `most`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carriers {
    pub first: Vec<Carrier>,
    pub others: usize,
    pub others_amount: i64,
}

pub fn carriers(outcome: &Outcome, dimension: Dimension, most: usize) -> Carriers {
    let division = outcome.division(dimension);
    let mut all: Vec<Carrier> = (0..division.layout.len())
        .filter(|position| division.layout.is_leaf(*position))
        .map(|position| Carrier {
            id: division.layout.id(position),
            amount: division.amounts[position],
            last_year: division.last_year[position].map(|it| it.units()),
        })
        .collect();
    // The sort is stable: equals stay in the order of the tree.
    all.sort_by_key(|carrier| std::cmp::Reverse(carrier.amount));
    let rest = all.split_off(all.len().min(most));
    Carriers { others: rest.len(), others_amount: rest.iter().map(|it| it.amount).sum(), first: all }
}
