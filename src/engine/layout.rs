//! A tree laid out flat: parents before children, everything below a node right behind it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::plan::{Dimension, Node, NodeId, Plan, Tree};

/// The order in which the engine and the sheets go through a tree. Position 0 is the root. Copies share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout(Arc<Order>);

#[derive(Debug, PartialEq, Eq)]
struct Order {
    ids: Vec<NodeId>,
    parents: Vec<usize>,
    /// One past the last position below each node.
    ends: Vec<usize>,
    depths: Vec<usize>,
    positions: BTreeMap<NodeId, usize>,
}

impl Layout {
    pub fn of(tree: &Tree) -> Layout {
        let mut order = Order {
            ids: Vec::with_capacity(tree.nodes.len()),
            parents: Vec::with_capacity(tree.nodes.len()),
            ends: Vec::new(),
            depths: Vec::with_capacity(tree.nodes.len()),
            positions: BTreeMap::new(),
        };
        let mut open = vec![(tree.root, 0, 0)];
        while let Some((id, parent, depth)) = open.pop() {
            let position = order.ids.len();
            order.ids.push(id);
            order.parents.push(parent);
            order.depths.push(depth);
            order.positions.insert(id, position);
            open.extend(tree.children(id).iter().rev().map(|child| (*child, position, depth + 1)));
        }
        order.ends = (1..=order.ids.len()).collect();
        for position in (1..order.ids.len()).rev() {
            let parent = order.parents[position];
            order.ends[parent] = order.ends[parent].max(order.ends[position]);
        }
        Layout(Arc::new(order))
    }

    pub fn len(&self) -> usize {
        self.0.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.ids.is_empty()
    }

    pub fn id(&self, position: usize) -> NodeId {
        self.0.ids[position]
    }

    pub fn position(&self, id: NodeId) -> Option<usize> {
        self.0.positions.get(&id).copied()
    }

    /// The root is its own parent.
    pub fn parent(&self, position: usize) -> usize {
        self.0.parents[position]
    }

    /// 0 at the root.
    pub fn depth(&self, position: usize) -> usize {
        self.0.depths[position]
    }

    /// One past the last position below a node.
    pub fn end(&self, position: usize) -> usize {
        self.0.ends[position]
    }

    pub fn is_leaf(&self, position: usize) -> bool {
        self.0.ends[position] == position + 1
    }

    /// The nodes at a depth, and the leaves above it: every part of the whole once.
    pub fn level(&self, depth: usize) -> Vec<usize> {
        let is_cut = |at: &usize| self.0.depths[*at] == depth || (self.0.depths[*at] < depth && self.is_leaf(*at));
        (0..self.len()).filter(is_cut).collect()
    }

    pub fn children(&self, position: usize) -> Vec<usize> {
        let end = self.0.ends[position];
        let first = Some(position + 1).filter(|child| *child < end);
        std::iter::successors(first, |child| Some(self.0.ends[*child]).filter(|next| *next < end)).collect()
    }

    /// From the root to a node, both included.
    pub fn path(&self, position: usize) -> Vec<usize> {
        let up = |at: &usize| Some(self.0.parents[*at]).filter(|_| *at != 0);
        let mut path: Vec<usize> = std::iter::successors(Some(position), up).collect();
        path.reverse();
        path
    }
}

/// A tree of a plan and the order in which it is gone through.
#[derive(Clone, Copy)]
pub struct Laid<'a> {
    pub dimension: Dimension,
    pub plan: &'a Plan,
    pub tree: &'a Tree,
    pub layout: &'a Layout,
}

impl<'a> Laid<'a> {
    pub fn of(dimension: Dimension, plan: &'a Plan, layout: &'a Layout) -> Laid<'a> {
        Laid { dimension, plan, tree: plan.tree(dimension), layout }
    }

    pub fn node(self, position: usize) -> Option<&'a Node> {
        self.tree.get(self.layout.id(position))
    }
}
