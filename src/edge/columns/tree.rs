//! A tree: its shape, then the columns of its nodes.
//!
//! Nodes stand level by level, as they are shown: the leaves, which say much, come together. Each is told by how many
//! children it has, so that every sequence of counts that comes out even is one tree, and no node can hang on two or on
//! itself. Ids are told by how far each is from the one before it.

use std::collections::BTreeSet;

use super::ColumnError;
use super::input::In;
use super::out::Out;
use super::row::Row;
use crate::plan::check::MAX_NODES;
use crate::plan::{Calendar, Node, NodeId, Tree};

/// Level by level from the root on; the place of a node in this is what stands for it elsewhere.
pub fn order(tree: &Tree) -> Vec<NodeId> {
    let mut order = vec![tree.root];
    let mut at = 0;
    while let Some(id) = order.get(at).copied() {
        order.extend(tree.children(id));
        at += 1;
        // What is no tree could go round for ever.
        if tree.nodes.len() < order.len() {
            break;
        }
    }
    order
}

/// Nothing for a tree of one node that says nothing.
pub fn write(tree: &Tree, out: &mut Out) {
    if *tree == Tree::single("") {
        return;
    }
    let order = order(tree);
    out.count(order.len());
    out.number(spare_ids(tree));
    order.iter().for_each(|id| out.count(tree.children(*id).len()));
    let before = std::iter::once(-1).chain(order.iter().map(|id| i64::from(id.0)));
    order.iter().zip(before).for_each(|(id, before)| out.signed(i64::from(id.0) - before - 1));
    Node::write(&rows(tree, &order), out);
}

pub fn read(input: &mut In<'_>) -> Result<Tree, ColumnError> {
    let count = input.count()?;
    if count == 0 || MAX_NODES < count {
        return Err(ColumnError::Place);
    }
    let spare = input.number()?;
    let counts = (0..count).map(|_| input.small::<usize>()).collect::<Result<Vec<_>, _>>()?;
    let ids = read_ids(count, input)?;
    let mut nodes = shaped(&ids, &counts)?;
    Node::read(&mut nodes, input)?;
    tree(ids, nodes, spare)
}

/// Nothing for a year of which nothing is said.
pub fn write_time(time: &Tree, calendar: &Calendar, out: &mut Out) {
    if *time == calendar.tree() {
        return;
    }
    out.number(spare_ids(time));
    Node::write(&rows(time, &order(time)), out);
}

pub fn read_time(calendar: &Calendar, input: &mut In<'_>) -> Result<Tree, ColumnError> {
    let year = calendar.tree();
    let spare = input.number()?;
    let ids = order(&year);
    let mut nodes: Vec<Node> =
        ids.iter().map(|id| Node { children: year.children(*id).to_vec(), ..Node::default() }).collect();
    Node::read(&mut nodes, input)?;
    tree(ids, nodes, spare)
}

fn rows<'a>(tree: &'a Tree, order: &[NodeId]) -> Vec<&'a Node> {
    order.iter().filter_map(|id| tree.get(*id)).collect()
}

/// How many ids above the highest in use were given before, to nodes that are gone.
fn spare_ids(tree: &Tree) -> u64 {
    u64::from(tree.next).saturating_sub(first_free(tree.nodes.keys()))
}

fn first_free<'a>(ids: impl Iterator<Item = &'a NodeId>) -> u64 {
    ids.map(|id| u64::from(id.0) + 1).max().unwrap_or(0)
}

fn read_ids(count: usize, input: &mut In<'_>) -> Result<Vec<NodeId>, ColumnError> {
    let (mut ids, mut seen, mut next) = (Vec::new(), BTreeSet::new(), 0_i64);
    for _ in 0..count {
        let id = next.checked_add(input.signed()?).and_then(|it| u32::try_from(it).ok()).ok_or(ColumnError::Number)?;
        if !seen.insert(id) {
            return Err(ColumnError::Place);
        }
        ids.push(NodeId(id));
        next = i64::from(id) + 1;
    }
    Ok(ids)
}

/// Each node takes as many of those that come next as it has children.
fn shaped(ids: &[NodeId], counts: &[usize]) -> Result<Vec<Node>, ColumnError> {
    let (mut nodes, mut from) = (Vec::new(), 1_usize);
    for (at, count) in counts.iter().enumerate() {
        let to = from.checked_add(*count).ok_or(ColumnError::Place)?;
        // One that nobody above it took would hang on nothing.
        let children = ids.get(from..to).filter(|_| at < from).ok_or(ColumnError::Place)?;
        nodes.push(Node { children: children.to_vec(), ..Node::default() });
        from = to;
    }
    if from == ids.len() { Ok(nodes) } else { Err(ColumnError::Place) }
}

fn tree(ids: Vec<NodeId>, nodes: Vec<Node>, spare: u64) -> Result<Tree, ColumnError> {
    let next = first_free(ids.iter()).checked_add(spare).and_then(|it| u32::try_from(it).ok());
    let root = ids.first().copied().ok_or(ColumnError::Place)?;
    let nodes = ids.into_iter().zip(nodes).collect();
    Ok(Tree { root, next: next.ok_or(ColumnError::Number)?, nodes })
}
