//! The decomposition as an icicle: each node a block as high as its amount, its parts beside it in their order, and those
//! too low to be read as one.

use crate::engine::Outcome;
use crate::plan::{Dimension, NodeId};

/// A block, in units from the top of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The node, or the one whose last parts stand together here.
    pub id: NodeId,
    pub depth: usize,
    /// How many parts stand together; none where it is a node of its own.
    pub others: usize,
    pub amount: i64,
    /// What its parent has.
    pub whole: i64,
    /// Where it begins and how far it reaches. As much as its amount, but where more is handed out than there is: then what
    /// there is is shared by what is handed out.
    pub from: i64,
    pub span: i64,
}

/// The blocks, parents before their parts. What is lower than one of `fineness` parts of the whole is none of its own.
pub fn icicle(outcome: &Outcome, dimension: Dimension, fineness: i64) -> Vec<Block> {
    let division = outcome.division(dimension);
    let total = division.total();
    let id = division.layout.id(0);
    let whole = Block { id, depth: 0, others: 0, amount: total, whole: total, from: 0, span: total };
    let mut blocks = Vec::new();
    if 0 < total {
        unfold(outcome, dimension, (0, whole), total / fineness.max(1), &mut blocks);
    }
    blocks
}

fn unfold(
    outcome: &Outcome,
    dimension: Dimension,
    (position, block): (usize, Block),
    least: i64,
    blocks: &mut Vec<Block>,
) {
    let division = outcome.division(dimension);
    blocks.push(block);
    let handed = division.handed[position].max(block.amount);
    // A product of two amounts is longer than an amount.
    let scaled = |units: i64| i64::try_from(i128::from(units) * i128::from(block.span) / i128::from(handed.max(1)));
    let span = |units: i64| scaled(units).unwrap_or(0);
    let parts = division.layout.children(position);
    let is_low = |part: &usize| span(division.amounts[*part]) < least.max(1);
    let (low, high): (Vec<usize>, Vec<usize>) = parts.into_iter().partition(is_low);
    let mut before = 0;
    let mut take = |amount: i64, id: NodeId, others: usize| {
        let from = block.from + span(before);
        before += amount;
        let span = block.from + span(before) - from;
        Block { id, depth: block.depth + 1, others, amount, whole: block.amount, from, span }
    };
    for part in high {
        let next = take(division.amounts[part], division.layout.id(part), 0);
        unfold(outcome, dimension, (part, next), least, blocks);
    }
    let rest: i64 = low.iter().map(|part| division.amounts[*part]).sum();
    match low[..] {
        [] => {}
        // One alone is called by its name.
        [part] => blocks.push(take(rest, division.layout.id(part), 0)),
        _ => blocks.push(take(rest, block.id, low.len())),
    }
}
