//! What two plans differ in, as far as it decides what has to be computed again.

use std::collections::BTreeSet;

use super::layout::Layout;
use crate::order::gathered;
use crate::plan::{At, Dimension, Node, Pair, Plan};

/// What became of one tree.
pub enum Change {
    /// The nodes at these positions say something else. The tree has its shape, and all share by the same rules.
    Nodes(BTreeSet<usize>),
    /// It has its shape, but some rule is another one, which everything below a node may go by.
    Rules,
    /// It is another tree.
    Shape,
}

impl Change {
    /// `layout` is that of the tree as it was.
    pub fn of(dimension: Dimension, before: &Plan, plan: &Plan, layout: &Layout) -> Change {
        let (old, new) = (before.tree(dimension), plan.tree(dimension));
        let Some(different) = old.nodes.differences(&new.nodes).filter(|_| old.root == new.root) else {
            return Change::Shape;
        };
        let mut nodes = BTreeSet::new();
        let mut same_rules = dimension != Dimension::Time || before.calendar == plan.calendar;
        for (id, one, other) in different {
            let Some(position) = layout.position(id).filter(|_| one.children == other.children) else {
                return Change::Shape;
            };
            same_rules &= follow_the_same(one, other);
            nodes.insert(position);
        }
        if same_rules { Change::Nodes(nodes) } else { Change::Rules }
    }
}

/// Whatever somebody below them may go by is the same.
fn follow_the_same(one: &Node, other: &Node) -> bool {
    let rules = |node: &Node| (node.method, node.rounding, node.growth.is_some());
    rules(one) == rules(other) && one.mix == other.mix && one.factors == other.factors
}

/// The cells of a table of which something else is said.
pub fn cells(pair: Pair, before: &Plan, plan: &Plan) -> Vec<At> {
    let (old, new) = (&before.cells, &plan.cells);
    let is_other = |at: &At| old.get(*at) != new.get(*at);
    let changed: BTreeSet<At> = gathered(old.of(pair).chain(new.of(pair)).map(|(at, _)| at).filter(is_other));
    changed.into_iter().collect()
}
