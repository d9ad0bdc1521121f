//! The nodes of a tree are a map by id, whatever is put in and taken out.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use sextant::plan::{Node, NodeId, Nodes};

use crate::laws::config;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn they_are_a_map(steps in vec((0..12_u32, prop::option::of(0..100_u32)), 0..40)) {
        let (mut nodes, mut map) = (Nodes::default(), BTreeMap::new());
        for (id, name) in steps {
            let id = NodeId(id);
            let (one, other) = match name {
                Some(name) => {
                    let node = Node::named(name.to_string());
                    (nodes.insert(id, node.clone()), map.insert(id, node))
                }
                None => (nodes.remove(&id), map.remove(&id)),
            };
            prop_assert_eq!(one, other);
            prop_assert!((0..13).map(NodeId).all(|id| nodes.get(&id) == map.get(&id)));
            prop_assert!(nodes.iter().eq(&map));
        }
        prop_assert_eq!(map.into_iter().collect::<Nodes>(), nodes);
    }
}

#[test]
fn a_copy_that_is_changed_leaves_the_first_as_it_is() {
    let nodes = Nodes::from([(NodeId(0), Node::named("one")), (NodeId(7), Node::named("two"))]);
    let mut copy = nodes.clone();
    copy.get_mut(&NodeId(7)).expect("a node").name.push('!');
    assert_eq!((nodes[&NodeId(7)].name.as_str(), copy[&NodeId(7)].name.as_str()), ("two", "two!"));
    assert!(std::ptr::eq(&nodes[&NodeId(0)], &copy[&NodeId(0)]));
}
