//! What both have added got the same numbers, for both counted on from the same one. Theirs get others, wherever their plan
//! speaks of them. What both have added alike, word for word, is one and stays one.
//!
//! Scenarios are left as they are; `list::scenarios` leaves out those that speak of what has another number.

use std::collections::{BTreeMap, BTreeSet};

use super::super::list::{ItemEdit, ItemId, List};
use super::super::tree::Tree;
use super::super::{At, Dimension, Node, NodeId, Plan, Serves};
use super::shape::parents;

/// Every number that something of theirs had and has no more.
pub(super) type Renumbered = BTreeSet<u32>;

/// Gives what they have added numbers that nothing of mine has.
pub(super) fn theirs(base: &Plan, mine: &Plan, theirs: &mut Plan) -> Renumbered {
    let mut all = Renumbered::new();
    for dimension in Dimension::ALL.into_iter().filter(|it| *it != Dimension::Time) {
        let numbers = nodes(base.tree(dimension), mine.tree(dimension), theirs.tree(dimension));
        all.extend(numbers.keys().map(|it| it.0));
        if !numbers.is_empty() {
            renumber_nodes(theirs, dimension, &numbers);
        }
    }
    let mut said = |numbers: Items| {
        all.extend(numbers.keys().map(|it| it.0));
        numbers
    };
    let (goal, capacity, funnel) = (&mut theirs.goal, &mut theirs.capacity, &mut theirs.funnel);
    _ = said(items(&base.goal.evidence, &mine.goal.evidence, &mut goal.evidence));
    _ = said(items(&base.goal.events, &mine.goal.events, &mut goal.events));
    _ = said(items(&base.goal.limits, &mine.goal.limits, &mut goal.limits));
    let measures = said(items(&base.goal.measures, &mine.goal.measures, &mut goal.measures));
    if !measures.is_empty() {
        for measure in goal.measures.values_mut() {
            if let Some(Serves::Measure(id)) = &mut measure.serves {
                *id = anew(&measures, *id);
            }
        }
    }
    _ = said(items(&base.funnel.activities, &mine.funnel.activities, &mut funnel.activities));
    let levels = said(items(&base.capacity.levels, &mine.capacity.levels, &mut capacity.levels));
    if !levels.is_empty() {
        for crew in capacity.crews.values_mut() {
            crew.level = crew.level.map(|it| anew(&levels, it));
        }
        theirs.chance.level_spreads = keys(&levels, &theirs.chance.level_spreads);
    }
    let stages = said(items(&base.funnel.stages, &mine.funnel.stages, &mut funnel.stages));
    if !stages.is_empty() {
        funnel.sources.values_mut().for_each(|it| it.conversions = keys(&stages, &it.conversions));
    }
    let sources = said(items(&base.funnel.sources, &mine.funnel.sources, &mut funnel.sources));
    if !sources.is_empty() {
        theirs.chance.source_spreads = keys(&sources, &theirs.chance.source_spreads);
        funnel.past.values_mut().for_each(|it| it.source = it.source.map(|it| anew(&sources, it)));
    }
    _ = said(items(&base.funnel.past, &mine.funnel.past, &mut funnel.past));
    _ = said(items(&base.capacity.crews, &mine.capacity.crews, &mut capacity.crews));
    // Nothing refers to a scenario by its number.
    _ = items(&base.scenarios.list, &mine.scenarios.list, &mut theirs.scenarios.list);
    all
}

type Items = BTreeMap<ItemId, ItemId>;

fn anew<T: Copy + Ord>(numbers: &BTreeMap<T, T>, id: T) -> T {
    numbers.get(&id).copied().unwrap_or(id)
}

fn keys<T: Copy>(numbers: &Items, values: &BTreeMap<ItemId, T>) -> BTreeMap<ItemId, T> {
    values.iter().map(|(id, value)| (anew(numbers, *id), *value)).collect()
}

fn items<T: Clone + PartialEq>(base: &List<T>, mine: &List<T>, theirs: &mut List<T>) -> Items {
    let is_twice = |(id, item): &(ItemId, &T)| base.get(*id).is_none() && mine.get(*id).is_some_and(|it| it != *item);
    let twice: Vec<ItemId> = theirs.iter().filter(is_twice).map(|it| it.0).collect();
    let free = base.next().max(mine.next()).max(theirs.next());
    let numbers: Items = twice.into_iter().zip((free..).map(ItemId)).collect();
    for (old, new) in &numbers {
        let Some((position, item)) = theirs.position(*old).zip(theirs.get(*old).cloned()) else { continue };
        theirs.remove(*old);
        // There is room for it, for it has just made that.
        _ = theirs.apply(ItemEdit { id: *new, position, item: Some(item), next: None });
    }
    numbers
}

fn nodes(base: &Tree, mine: &Tree, theirs: &Tree) -> BTreeMap<NodeId, NodeId> {
    let [above_mine, above_theirs] = [parents(mine), parents(theirs)];
    let is_alike = |id: NodeId, mine: &Node, theirs: &Node| {
        let bare = |it: &Node| Node { children: Vec::new(), ..it.clone() };
        bare(mine) == bare(theirs) && above_mine.get(&id) == above_theirs.get(&id)
    };
    let is_twice = |(id, node): &(&NodeId, &Node)| {
        base.get(**id).is_none() && mine.get(**id).is_some_and(|it| !is_alike(**id, it, node))
    };
    // A tree with another root is another tree: nobody lays the two over each other.
    if mine.root != theirs.root {
        return BTreeMap::new();
    }
    let twice: Vec<NodeId> = theirs.nodes.iter().filter(is_twice).map(|it| *it.0).collect();
    twice.into_iter().zip((base.next.max(mine.next).max(theirs.next)..).map(NodeId)).collect()
}

fn renumber_nodes(plan: &mut Plan, dimension: Dimension, numbers: &BTreeMap<NodeId, NodeId>) {
    let tree = plan.tree_mut(dimension);
    let renumbered = |(id, node): (&NodeId, &Node)| {
        let children = node.children.iter().map(|it| anew(numbers, *it)).collect();
        (anew(numbers, *id), Node { children, ..node.clone() })
    };
    tree.nodes = tree.nodes.iter().map(renumbered).collect();
    tree.next = tree.nodes.keys().last().map_or(tree.next, |it| tree.next.max(it.0 + 1));
    let cells: Vec<_> = plan.cells.iter().collect();
    plan.cells = Default::default();
    for (At { pair, mut row, mut column }, cell) in cells {
        if pair.rows() == dimension {
            row = anew(numbers, row);
        }
        if pair.columns() == dimension {
            column = anew(numbers, column);
        }
        plan.cells.set(At { pair, row, column }, cell);
    }
    if dimension == Dimension::Organisation {
        plan.capacity.crews.values_mut().for_each(|it| it.node = anew(numbers, it.node));
        plan.funnel.sources.values_mut().for_each(|it| it.node = it.node.map(|it| anew(numbers, it)));
    }
}
