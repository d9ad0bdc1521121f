//! A node of the organisation as it is chosen in a line: by its name.

use std::collections::BTreeMap;

use super::super::name as called;
use crate::i18n::Words;
use crate::plan::{Dimension, NodeId, Plan};
use crate::say;

/// What it is called, with the one above it where others have its name.
pub fn node_name(words: Words, plan: &Plan, id: NodeId) -> String {
    let tree = &plan.trees.organisation;
    let is_only = tree.nodes.values().filter(|it| it.name == tree.name(id)).count() < 2;
    told_apart(words, plan, id, is_only)
}

fn told_apart(words: Words, plan: &Plan, id: NodeId, is_only: bool) -> String {
    let name = called::node(words, plan, Dimension::Organisation, id);
    match plan.trees.organisation.parent(id).filter(|_| !is_only) {
        Some(parent) => format!("{} / {name}", called::node(words, plan, Dimension::Organisation, parent)),
        None => name,
    }
}

/// The first so many of them in the order of the tree, each by its name. All names are counted once, and not for each.
fn named(words: Words, plan: &Plan, most: usize) -> impl Iterator<Item = (NodeId, String)> {
    let tree = &plan.trees.organisation;
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for node in tree.nodes.values() {
        *bearers.entry(&node.name).or_default() += 1;
    }
    let is_only = move |id: NodeId| bearers.get(tree.name(id)).is_none_or(|it| *it < 2);
    let walk = tree.walk(tree.root).into_iter().take(most);
    walk.map(move |id| (id, told_apart(words, plan, id, is_only(id))))
}

/// All of them, to choose from.
pub fn nodes(words: Words, plan: &Plan) -> Vec<(String, String)> {
    /// More than these no browser shows at once.
    const MOST: usize = 500;
    named(words, plan, MOST).map(|(_, name)| (name, String::new())).collect()
}

/// The one that is called so, or that there is none.
pub fn node_of(words: Words, plan: &Plan, text: &str) -> Result<NodeId, String> {
    let found = named(words, plan, usize::MAX).find(|(_, name)| name == text);
    let unknown = || say!(words, capacity.bad_node, given = text.to_owned()).into_owned();
    found.map(|(id, _)| id).ok_or_else(unknown)
}
