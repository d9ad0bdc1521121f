//! A tree laid out flat: parents before children, everything below a node right behind it.

use std::collections::BTreeMap;

use crate::plan::{NodeId, Tree};

/// The order in which the engine and the sheets go through a tree. Position 0 is the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    ids: Vec<NodeId>,
    parents: Vec<usize>,
    /// One past the last position below each node.
    ends: Vec<usize>,
    depths: Vec<usize>,
    positions: BTreeMap<NodeId, usize>,
}

impl Layout {
    pub fn of(tree: &Tree) -> Layout {
        let mut layout = Layout {
            ids: Vec::with_capacity(tree.nodes.len()),
            parents: Vec::with_capacity(tree.nodes.len()),
            ends: Vec::new(),
            depths: Vec::with_capacity(tree.nodes.len()),
            positions: BTreeMap::new(),
        };
        let mut open = vec![(tree.root, 0, 0)];
        while let Some((id, parent, depth)) = open.pop() {
            let position = layout.ids.len();
            layout.ids.push(id);
            layout.parents.push(parent);
            layout.depths.push(depth);
            layout.positions.insert(id, position);
            open.extend(tree.children(id).iter().rev().map(|child| (*child, position, depth + 1)));
        }
        layout.ends = (1..=layout.ids.len()).collect();
        for position in (1..layout.ids.len()).rev() {
            let parent = layout.parents[position];
            layout.ends[parent] = layout.ends[parent].max(layout.ends[position]);
        }
        layout
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn id(&self, position: usize) -> NodeId {
        self.ids[position]
    }

    pub fn position(&self, id: NodeId) -> Option<usize> {
        self.positions.get(&id).copied()
    }

    /// The root is its own parent.
    pub fn parent(&self, position: usize) -> usize {
        self.parents[position]
    }

    /// 0 at the root.
    pub fn depth(&self, position: usize) -> usize {
        self.depths[position]
    }

    /// One past the last position below a node.
    pub fn end(&self, position: usize) -> usize {
        self.ends[position]
    }

    pub fn is_leaf(&self, position: usize) -> bool {
        self.ends[position] == position + 1
    }

    /// The nodes at a depth, and the leaves above it: every part of the whole once.
    pub fn level(&self, depth: usize) -> Vec<usize> {
        let is_cut = |at: &usize| self.depths[*at] == depth || (self.depths[*at] < depth && self.is_leaf(*at));
        (0..self.len()).filter(is_cut).collect()
    }

    pub fn children(&self, position: usize) -> Vec<usize> {
        let end = self.ends[position];
        let first = Some(position + 1).filter(|child| *child < end);
        std::iter::successors(first, |child| Some(self.ends[*child]).filter(|next| *next < end)).collect()
    }

    /// From the root to a node, both included.
    pub fn path(&self, position: usize) -> Vec<usize> {
        let up = |at: &usize| Some(self.parents[*at]).filter(|_| *at != 0);
        let mut path: Vec<usize> = std::iter::successors(Some(position), up).collect();
        path.reverse();
        path
    }
}
