//! A node of the organisation as it is chosen in a line: by its name.

use super::super::name as called;
use crate::i18n::Words;
use crate::plan::{Dimension, NodeId, Plan};
use crate::say;

/// What it is called, with the one above it where others have its name.
pub fn node_name(words: Words, plan: &Plan, id: NodeId) -> String {
    let tree = &plan.trees.organisation;
    let name = called::node(words, plan, Dimension::Organisation, id);
    let is_only = tree.nodes.values().filter(|it| it.name == tree.name(id)).count() < 2;
    match tree.parent(id).filter(|_| !is_only) {
        Some(parent) => format!("{} / {name}", called::node(words, plan, Dimension::Organisation, parent)),
        None => name,
    }
}

/// All of them, to choose from.
pub fn nodes(words: Words, plan: &Plan) -> Vec<(String, String)> {
    /// More than these no browser shows at once.
    const MOST: usize = 500;
    let tree = &plan.trees.organisation;
    tree.walk(tree.root).into_iter().take(MOST).map(|id| (node_name(words, plan, id), String::new())).collect()
}

/// The one that is called so, or that there is none.
pub fn node_of(words: Words, plan: &Plan, text: &str) -> Result<NodeId, String> {
    let tree = &plan.trees.organisation;
    let is_it = |id: &NodeId| node_name(words, plan, *id) == text;
    let unknown = || say!(words, capacity.bad_node, given = text.to_owned()).into_owned();
    tree.walk(tree.root).into_iter().find(is_it).ok_or_else(unknown)
}
