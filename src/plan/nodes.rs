//! The nodes of a tree by their ids: a map that copies share node by node.
//!
//! A plan is copied with every edit and every trial of one, and what two plans differ in is asked after each. So a copy has
//! the very nodes that it was copied from until it changes them, and two nodes that are one need not be read to be equal.

use std::collections::{BTreeMap, btree_map};
use std::ops::Index;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::tree::{Node, NodeId};

/// In the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nodes(BTreeMap<NodeId, Arc<Node>>);

impl Nodes {
    pub fn get(&self, id: &NodeId) -> Option<&Node> {
        self.0.get(id).map(|node| &**node)
    }

    pub fn get_mut(&mut self, id: &NodeId) -> Option<&mut Node> {
        self.0.get_mut(id).map(Arc::make_mut)
    }

    /// What was there before.
    pub fn insert(&mut self, id: NodeId, node: Node) -> Option<Node> {
        self.0.insert(id, Arc::new(node)).map(Arc::unwrap_or_clone)
    }

    pub fn remove(&mut self, id: &NodeId) -> Option<Node> {
        self.0.remove(id).map(Arc::unwrap_or_clone)
    }

    pub fn contains_key(&self, id: &NodeId) -> bool {
        self.0.contains_key(id)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn keys(&self) -> btree_map::Keys<'_, NodeId, Arc<Node>> {
        self.0.keys()
    }

    pub fn into_keys(self) -> impl Iterator<Item = NodeId> {
        self.0.into_keys()
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Node> + ExactSizeIterator + Clone {
        self.0.values().map(|node| &**node)
    }

    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Node> + ExactSizeIterator {
        self.0.values_mut().map(Arc::make_mut)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&NodeId, &Node)> + ExactSizeIterator + Clone {
        self.0.iter().map(|(id, node)| (id, &**node))
    }

    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&NodeId, &mut Node)> + ExactSizeIterator {
        self.0.iter_mut().map(|(id, node)| (id, Arc::make_mut(node)))
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&NodeId, &Node) -> bool) {
        self.0.retain(|id, node| keep(id, node));
    }

    /// Each id with its node here and its node there, as far as the ids are the same and the nodes are not. None where an id
    /// is not.
    pub(crate) fn differences<'a>(&'a self, other: &'a Nodes) -> Option<Vec<(NodeId, &'a Node, &'a Node)>> {
        let mut different = Vec::new();
        for ((id, one), (other_id, other)) in self.0.iter().zip(&other.0) {
            if id != other_id {
                return None;
            }
            if one != other {
                different.push((*id, &**one, &**other));
            }
        }
        (self.len() == other.len()).then_some(different)
    }
}

/// For whoever knows that it is there.
impl Index<&NodeId> for Nodes {
    type Output = Node;

    fn index(&self, id: &NodeId) -> &Node {
        &self.0[id]
    }
}

impl FromIterator<(NodeId, Node)> for Nodes {
    fn from_iter<I: IntoIterator<Item = (NodeId, Node)>>(nodes: I) -> Nodes {
        Nodes(nodes.into_iter().map(|(id, node)| (id, Arc::new(node))).collect())
    }
}

impl<const N: usize> From<[(NodeId, Node); N]> for Nodes {
    fn from(nodes: [(NodeId, Node); N]) -> Nodes {
        nodes.into_iter().collect()
    }
}

impl<'a> IntoIterator for &'a Nodes {
    type Item = (&'a NodeId, &'a Node);
    type IntoIter = std::iter::Map<
        btree_map::Iter<'a, NodeId, Arc<Node>>,
        fn((&'a NodeId, &'a Arc<Node>)) -> (&'a NodeId, &'a Node),
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(id, node)| (id, node))
    }
}

impl<'a> IntoIterator for &'a mut Nodes {
    type Item = (&'a NodeId, &'a mut Node);
    type IntoIter = std::iter::Map<
        btree_map::IterMut<'a, NodeId, Arc<Node>>,
        fn((&'a NodeId, &'a mut Arc<Node>)) -> (&'a NodeId, &'a mut Node),
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut().map(|(id, node)| (id, Arc::make_mut(node)))
    }
}

impl Serialize for Nodes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de> Deserialize<'de> for Nodes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Nodes, D::Error> {
        BTreeMap::<NodeId, Node>::deserialize(deserializer).map(|nodes| nodes.into_iter().collect())
    }
}
