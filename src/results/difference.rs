//! What tells two versions of a plan apart, in a few counts: for a list of versions, where each has one line.

use crate::amount::Amount;
use crate::plan::{Dimension, Plan};

/// From one version to the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// What the target is more; none where one of the two has none, or counts something else.
    pub target: Option<Amount>,
    pub added: usize,
    pub removed: usize,
    /// Nodes that are in both and say something else.
    pub altered: usize,
    /// Cells that were typed, locked or bounded in one and not so in the other.
    pub cells: usize,
    /// Anything else: titles, grounds, the calendar.
    pub rest: bool,
}

impl Difference {
    pub fn is_none(self) -> bool {
        self == Difference { target: self.target.filter(|it| it.units() == 0), ..Difference::default() }
    }
}

pub fn difference(from: &Plan, to: &Plan) -> Difference {
    let mut found = Difference { target: target(from, to), ..Difference::default() };
    for dimension in Dimension::ALL.into_iter().filter(|it| *it != Dimension::Time) {
        let (one, other) = (&from.tree(dimension).nodes, &to.tree(dimension).nodes);
        found.added += other.keys().filter(|it| !one.contains_key(it)).count();
        found.removed += one.keys().filter(|it| !other.contains_key(it)).count();
        found.altered += one.iter().filter(|(id, node)| other.get(id).is_some_and(|it| it != *node)).count();
    }
    found.cells = cells(from, to);
    let is_shown = found.added + found.removed + found.altered + found.cells != 0;
    let target_tells = found.target.is_some_and(|it| it.units() != 0);
    found.rest = from != to && !is_shown && !target_tells;
    found
}

fn target(from: &Plan, to: &Plan) -> Option<Amount> {
    let (one, other) = (from.goal.target?, to.goal.target?);
    let by = other.units().checked_sub(one.units())?;
    (from.unit == to.unit).then_some(Amount::from_units(by))
}

fn cells(from: &Plan, to: &Plan) -> usize {
    let in_one = from.cells.iter().filter(|(at, cell)| to.cells.get(*at) != *cell).count();
    let in_other = to.cells.iter().filter(|(at, _)| from.cells.get(*at).is_empty()).count();
    in_one + in_other
}
