//! What a merger comes to: the whole and its first parts, in my plan, in theirs and in what comes of both.

use std::collections::BTreeSet;

use crate::amount::Amount;
use crate::engine::evaluate;
use crate::plan::{Dimension, NodeId, Plan};

/// A line of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// A part of the whole, or the whole.
    pub node: Option<(Dimension, NodeId)>,
    /// In each of the plans; none where it is not there.
    pub amounts: Vec<Option<Amount>>,
}

/// The whole, and the parts of it in the first dimension that any of the plans divides it by.
pub fn lines(plans: &[&Plan]) -> Vec<Line> {
    let outcomes: Vec<_> = plans.iter().map(|it| evaluate(it)).collect();
    let whole = Line { node: None, amounts: outcomes.iter().map(|it| Some(it.total())).collect() };
    let is_divided = |dimension: &Dimension| plans.iter().any(|it| it.tree(*dimension).is_divided());
    let Some(dimension) = Dimension::ALL.into_iter().find(is_divided) else { return vec![whole] };
    let parts = |plan: &&Plan| plan.tree(dimension).children(plan.tree(dimension).root).to_vec();
    let mut seen = BTreeSet::new();
    let all: Vec<NodeId> = plans.iter().flat_map(parts).filter(|it| seen.insert(*it)).collect();
    let amount = |at: usize, id: NodeId| {
        let division = outcomes[at].division(dimension);
        let level = division.layout.level(1);
        let place = level.iter().copied().find(|it| division.layout.id(*it) == id)?;
        Some(Amount::from_units(division.amounts[place]))
    };
    let line =
        |id: NodeId| Line { node: Some((dimension, id)), amounts: (0..plans.len()).map(|at| amount(at, id)).collect() };
    std::iter::once(whole).chain(all.into_iter().map(line)).collect()
}
