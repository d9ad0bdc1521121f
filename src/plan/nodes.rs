//! The nodes of a tree by their ids: a map that copies share node by node.
//!
//! A plan is copied with every edit and every trial of one, and what two plans differ in is asked after each. So a copy has
//! the very nodes that it was copied from until it changes them, and two nodes that are one need not be read to be equal. Ids
//! are given in order and nearly all are in use, so that a node mostly lies where its id says.

use std::collections::BTreeMap;
use std::ops::Index;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::tree::{Node, NodeId};
use crate::order::by_number;

/// In the order of their ids, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nodes(Vec<Entry>);

/// A node as it is stored.
type Entry = (NodeId, Arc<Node>);

impl Nodes {
    /// Where an id lies, or would.
    fn place(&self, id: NodeId) -> Result<usize, usize> {
        // It cannot lie farther up than its number says: every id before it has another number, and a lower one.
        let last = (id.0 as usize).min(self.0.len());
        match self.0.get(last) {
            Some((at, _)) if *at == id => Ok(last),
            _ => self.0[..last].binary_search_by_key(&id, |(at, _)| *at),
        }
    }

    pub fn get(&self, id: &NodeId) -> Option<&Node> {
        self.place(*id).ok().map(|place| &*self.0[place].1)
    }

    pub fn get_mut(&mut self, id: &NodeId) -> Option<&mut Node> {
        self.place(*id).ok().map(|place| Arc::make_mut(&mut self.0[place].1))
    }

    /// Whether an id has the very node that it has there, which need not be read to be equal.
    pub(crate) fn has_the_very(&self, id: &NodeId, others: &Nodes) -> bool {
        let (Ok(place), Ok(other)) = (self.place(*id), others.place(*id)) else { return false };
        Arc::ptr_eq(&self.0[place].1, &others.0[other].1)
    }

    /// Takes the very node that others have, of which nothing is copied. Nothing happens where either has none.
    pub(crate) fn share(&mut self, id: &NodeId, others: &Nodes) {
        if let (Ok(place), Ok(other)) = (self.place(*id), others.place(*id)) {
            self.0[place].1 = Arc::clone(&others.0[other].1);
        }
    }

    /// What was there before.
    pub fn insert(&mut self, id: NodeId, node: Node) -> Option<Node> {
        let node = Arc::new(node);
        match self.place(id) {
            Ok(place) => Some(Arc::unwrap_or_clone(std::mem::replace(&mut self.0[place].1, node))),
            Err(place) => {
                self.0.insert(place, (id, node));
                None
            }
        }
    }

    pub fn remove(&mut self, id: &NodeId) -> Option<Node> {
        self.place(*id).ok().map(|place| Arc::unwrap_or_clone(self.0.remove(place).1))
    }

    pub fn contains_key(&self, id: &NodeId) -> bool {
        self.place(*id).is_ok()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &NodeId> + ExactSizeIterator + Clone {
        self.0.iter().map(|(id, _)| id)
    }

    pub fn into_keys(self) -> impl Iterator<Item = NodeId> {
        self.0.into_iter().map(|(id, _)| id)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Node> + ExactSizeIterator + Clone {
        self.0.iter().map(|(_, node)| &**node)
    }

    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Node> + ExactSizeIterator {
        self.0.iter_mut().map(|(_, node)| Arc::make_mut(node))
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&NodeId, &Node)> + ExactSizeIterator + Clone {
        self.into_iter()
    }

    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&NodeId, &mut Node)> + ExactSizeIterator {
        self.into_iter()
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&NodeId, &Node) -> bool) {
        self.0.retain(|(id, node)| keep(id, node));
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
        let place = self.place(*id).unwrap_or_else(|_| unreachable!("{id:?} is in the tree"));
        &self.0[place].1
    }
}

impl FromIterator<(NodeId, Node)> for Nodes {
    fn from_iter<I: IntoIterator<Item = (NodeId, Node)>>(nodes: I) -> Nodes {
        // Of an id that comes more than once the last counts.
        let mut nodes: Vec<Entry> =
            by_number(nodes.into_iter().map(|(id, node)| (id, Arc::new(node))).collect(), |(id, _)| id.0.into());
        nodes.dedup_by(|later, earlier| {
            let is_same = later.0 == earlier.0;
            if is_same {
                std::mem::swap(later, earlier);
            }
            is_same
        });
        Nodes(nodes)
    }
}

impl<const N: usize> From<[(NodeId, Node); N]> for Nodes {
    fn from(nodes: [(NodeId, Node); N]) -> Nodes {
        nodes.into_iter().collect()
    }
}

impl<'a> IntoIterator for &'a Nodes {
    type Item = (&'a NodeId, &'a Node);
    type IntoIter = std::iter::Map<std::slice::Iter<'a, Entry>, fn(&'a Entry) -> (&'a NodeId, &'a Node)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(id, node)| (id, node))
    }
}

impl<'a> IntoIterator for &'a mut Nodes {
    type Item = (&'a NodeId, &'a mut Node);
    type IntoIter = std::iter::Map<std::slice::IterMut<'a, Entry>, fn(&'a mut Entry) -> (&'a NodeId, &'a mut Node)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut().map(|(id, node)| (&*id, Arc::make_mut(node)))
    }
}

impl Serialize for Nodes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de> Deserialize<'de> for Nodes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Nodes, D::Error> {
        BTreeMap::<NodeId, Node>::deserialize(deserializer)
            .map(|nodes| Nodes(nodes.into_iter().map(|(id, node)| (id, Arc::new(node))).collect()))
    }
}
