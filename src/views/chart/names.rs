//! What the rows of a picture are called: by their names, and where several have one, by what they hang on as well.

use std::collections::BTreeMap;

use super::super::name;
use crate::i18n::Words;
use crate::plan::{Dimension, NodeId, Plan};

pub fn names(words: Words, plan: &Plan, dimension: Dimension, nodes: &[NodeId]) -> Vec<String> {
    let tree = plan.tree(dimension);
    let name = |id: NodeId| name::node(words, plan, dimension, id);
    let mut counts = BTreeMap::<String, usize>::new();
    for id in nodes {
        *counts.entry(name(*id)).or_default() += 1;
    }
    let told_apart = |id: &NodeId| {
        let own = name(*id);
        let is_shared = counts.get(&own).is_some_and(|count| 1 < *count);
        match tree.parent(*id).filter(|parent| is_shared && *parent != tree.root) {
            Some(parent) => format!("{} · {own}", name(parent)),
            None => own,
        }
    };
    nodes.iter().map(told_apart).collect()
}
