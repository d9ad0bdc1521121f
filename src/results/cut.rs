//! A tree cut once from side to side: so few nodes that a picture can show them, each part of the whole once.

use crate::engine::{Layout, Outcome};
use crate::order;
use crate::plan::{Dimension, NodeId};

/// One of the cut: a node, or as one all that do not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// None of the others.
    pub id: Option<NodeId>,
    /// Where in the tree it lies: one place, or those of the others.
    pub positions: Vec<usize>,
}

impl Piece {
    fn node(layout: &Layout, position: usize) -> Piece {
        Piece { id: Some(layout.id(position)), positions: vec![position] }
    }

    /// How many stand in it.
    pub fn count(&self) -> usize {
        self.positions.len()
    }

    /// What they come to.
    pub fn sum(&self, amount: impl Fn(usize) -> i64) -> i64 {
        self.positions.iter().map(|it| amount(*it)).sum()
    }
}

/// The nodes at a depth, at most so many: of more, the largest in the order of the tree, and behind them the others as one.
pub fn cut(outcome: &Outcome, dimension: Dimension, depth: usize, most: usize) -> Vec<Piece> {
    let division = outcome.division(dimension);
    let all = division.layout.level(depth);
    let piece = |position: &usize| Piece::node(&division.layout, *position);
    if all.len() <= most {
        return all.iter().map(piece).collect();
    }
    let mut sorted = order::by_number(all, |at| -i128::from(division.amounts[*at]));
    let mut others = sorted.split_off(most.saturating_sub(1));
    sorted.sort_unstable();
    others.sort_unstable();
    let others = Piece { id: None, positions: others };
    sorted.iter().map(piece).chain([others]).collect()
}

/// The deepest level of at most so many, above a depth; the first below the whole where even that has more.
pub fn deepest(outcome: &Outcome, dimension: Dimension, above: usize, most: usize) -> usize {
    let layout = &outcome.division(dimension).layout;
    let depths = (0..layout.len()).map(|at| layout.depth(at)).max().unwrap_or(0).min(above);
    (2..=depths).rev().find(|depth| layout.level(*depth).len() <= most).unwrap_or(depths.min(1))
}
