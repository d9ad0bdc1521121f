//! Trees of three plans as one tree, node by node: where each node is, and whether it is there at all. The three plans have
//! that tree then, each with what it says of the nodes, so that all else is a matter of fields and cells.
//!
//! Refused: a branch that one has taken out and the other has worked on goes to nobody without being asked for. Nodes that the
//! two have moved into each other stay where mine has them. The periods of a year are the calendar's.

use std::collections::{BTreeMap, BTreeSet};

use super::super::list::ItemId;
use super::super::tree::Tree;
use super::super::{At, Dimension, Edit, Node, NodeId, Plan};
use super::list::{interleaved, is_order_of_theirs};
use super::place::Place;
use super::{Sides, diff};

pub(super) type Parents = BTreeMap<NodeId, NodeId>;

/// Each node but the root by what it hangs on.
pub(super) fn parents(tree: &Tree) -> Parents {
    tree.nodes.iter().flat_map(|(id, node)| node.children.iter().map(move |child| (*child, *id))).collect()
}

pub(super) fn all(sides: &mut Sides<'_>) {
    let before = [&sides.base, &sides.mine, &sides.theirs].map(Plan::clone);
    for dimension in Dimension::ALL.into_iter().filter(|it| *it != Dimension::Time) {
        let children = Shape::of(sides, dimension).merged();
        let trees = [&before[0], &before[1], &before[2]].map(|it| it.tree(dimension));
        let next = trees.iter().map(|it| it.next).max().unwrap_or_default();
        let shaped = |first: usize, second: usize, third: usize| {
            let node = |(id, children): (&NodeId, &Vec<NodeId>)| {
                let node = [first, second, third].into_iter().find_map(|it| trees[it].get(*id)).cloned();
                (*id, Node { children: children.clone(), ..node.unwrap_or_default() })
            };
            let root = trees[1].root;
            Tree {
                root: if children.contains_key(&root) { root } else { trees[2].root },
                next,
                nodes: children.iter().map(node).collect(),
            }
        };
        // What only one has is no difference of the others.
        let both = |id: &NodeId| trees[1].get(*id).is_some() && trees[2].get(*id).is_some();
        let mut base = shaped(0, 1, 2);
        for (id, node) in base.nodes.iter_mut().filter(|it| !both(it.0)) {
            let only = trees[1].get(*id).or(trees[2].get(*id)).cloned().unwrap_or_default();
            *node = Node { children: std::mem::take(&mut node.children), ..only };
        }
        *sides.base.tree_mut(dimension) = base;
        *sides.mine.tree_mut(dimension) = shaped(1, 2, 0);
        *sides.theirs.tree_mut(dimension) = shaped(2, 1, 0);
    }
    cells(sides, &before);
    crews(sides, &before);
}

/// People go with the node that they work for, and come back with it: where a side does not have it, that it does not have
/// them is no difference.
fn crews(sides: &mut Sides<'_>, before: &[Plan; 3]) {
    let lists = before.each_ref().map(|it| &it.capacity.crews);
    let all: BTreeSet<ItemId> = lists.iter().flat_map(|it| it.ids()).copied().collect();
    let organisation = sides.mine.trees.organisation.clone();
    for id in all {
        let Some(crew) = lists.iter().find_map(|it| it.get(id)) else { continue };
        let is_there = organisation.get(crew.node).is_some();
        for (before, plan) in before.iter().zip([&mut sides.base, &mut sides.mine, &mut sides.theirs]) {
            let lacks = before.trees.organisation.get(crew.node).is_none();
            let crews = &mut plan.capacity.crews;
            if lacks && is_there && crews.get(id).is_none() {
                // There was room for it where it comes from.
                _ = crews.apply(crews.put(id, crew.clone()));
            } else if !is_there && crews.get(id).is_some_and(|it| it.node == crew.node) {
                crews.remove(id);
            }
        }
    }
}

/// A cell of a node that somebody does not have is no difference of theirs.
fn cells(sides: &mut Sides<'_>, before: &[Plan; 3]) {
    let all: BTreeSet<At> = before.iter().flat_map(|it| it.cells.iter().map(|it| it.0)).collect();
    let mut merged = [0, 1, 2].map(|_| super::super::Cells::default());
    for at in all {
        let has = |plan: &Plan| {
            plan.node(at.pair.rows(), at.row).is_some() && plan.node(at.pair.columns(), at.column).is_some()
        };
        // The calendar may bring other periods yet: what is said of those that go is passed over when they do.
        if at.pair.columns() != Dimension::Time && !has(&sides.mine)
            || sides.mine.node(at.pair.rows(), at.row).is_none()
        {
            continue;
        }
        let cell = |order: [usize; 3]| {
            order.into_iter().find(|it| has(&before[*it])).map(|it| before[it].cells.get(at)).unwrap_or_default()
        };
        let only = [1, 2].into_iter().filter(|it| has(&before[*it])).collect::<Vec<_>>();
        let base = if let [one] = only[..] { before[one].cells.get(at) } else { cell([0, 1, 2]) };
        for (cells, cell) in merged.iter_mut().zip([base, cell([1, 2, 0]), cell([2, 1, 0])]) {
            cells.set(at, cell);
        }
    }
    let [base, mine, theirs] = merged;
    (sides.base.cells, sides.mine.cells, sides.theirs.cells) = (base, mine, theirs);
}

/// One dimension of the three.
struct Shape<'s, 'a> {
    sides: &'s mut Sides<'a>,
    dimension: Dimension,
    trees: [Tree; 3],
    above: [Parents; 3],
    /// Where each node hangs; the root hangs on itself.
    at: Parents,
}

const BASE: usize = 0;
const MINE: usize = 1;
const THEIRS: usize = 2;

impl<'s, 'a> Shape<'s, 'a> {
    fn of(sides: &'s mut Sides<'a>, dimension: Dimension) -> Shape<'s, 'a> {
        let trees = [&sides.base, &sides.mine, &sides.theirs].map(|it| it.tree(dimension).clone());
        let above = [parents(&trees[BASE]), parents(&trees[MINE]), parents(&trees[THEIRS])];
        let mut at = above[MINE].clone();
        at.insert(trees[MINE].root, trees[MINE].root);
        Shape { sides, dimension, trees, above, at }
    }

    fn has(&self, side: usize, id: NodeId) -> bool {
        self.trees[side].get(id).is_some()
    }

    /// The children of every node that there is then.
    fn merged(mut self) -> BTreeMap<NodeId, Vec<NodeId>> {
        let [base, mine, theirs] = &self.trees;
        if mine.root != theirs.root {
            let (place, dimension) = (Place::Tree(self.dimension), self.dimension);
            let edit = |tree: &Tree| vec![Edit::Tree { dimension, tree: Box::new(tree.clone()) }];
            let (mine, theirs, is_mine_too) = (edit(mine), edit(theirs), base != mine);
            let is_taken = base == &self.trees[THEIRS] || self.sides.said.take(place, is_mine_too, || mine, theirs);
            return children(&self.trees[if is_taken && base != &self.trees[THEIRS] { THEIRS } else { MINE }]);
        }
        if children(mine) == children(theirs) {
            return children(mine);
        }
        self.taken_out_by_them();
        self.taken_out_by_me();
        self.added_by_them();
        self.moved_by_them();
        self.mend();
        self.in_order()
    }

    /// Of the nodes that one has no more, the branches that they make in the base.
    fn branches(&self, gone: &BTreeSet<NodeId>) -> BTreeMap<NodeId, BTreeSet<NodeId>> {
        let mut branches: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
        for id in gone {
            let mut top = *id;
            while let Some(parent) = self.above[BASE].get(&top).filter(|it| gone.contains(it)) {
                top = *parent;
            }
            branches.entry(top).or_default().insert(*id);
        }
        branches
    }

    /// What one side has done to the nodes of a branch, or put below them.
    fn worked_on(&mut self, side: usize, branch: &BTreeSet<NodeId>) -> Vec<Edit> {
        let is_new_here = |id: &NodeId| branch.contains(id) && self.above[side].get(id) != self.above[BASE].get(id);
        let comes_in =
            |(id, parent): (&NodeId, &NodeId)| branch.contains(parent) && self.above[BASE].get(id) != Some(parent);
        let is_moved = self.above[side].keys().any(is_new_here) || self.above[side].iter().any(comes_in);
        let dimension = self.dimension;
        let of_branch = |edit: &&Edit| {
            let nodes = Place::of(edit).nodes();
            let into = match edit {
                Edit::Add { parent, .. } | Edit::Move { parent, .. } => branch.contains(parent),
                _ => false,
            };
            into || nodes.iter().any(|(of, id)| *of == dimension && branch.contains(id))
        };
        let is_said = {
            let [base, of_side] = [&self.trees[BASE], &self.trees[side]];
            let bare = |it: &Node| Node { children: Vec::new(), ..it.clone() };
            branch.iter().any(|id| {
                let [one, other] = [base.get(*id), of_side.get(*id)];
                one.zip(other).is_some_and(|(one, other)| bare(one) != bare(other))
            })
        };
        let plans = [&self.sides.base, if side == MINE { &self.sides.mine } else { &self.sides.theirs }];
        let of_row = |at: &At| {
            (at.pair.rows() == dimension && branch.contains(&at.row))
                || (at.pair.columns() == dimension && branch.contains(&at.column))
        };
        let [one, other] = plans.map(|it| it.cells.iter().filter(|it| of_row(&it.0)).collect::<Vec<_>>());
        if !is_moved && !is_said && one == other {
            return Vec::new();
        }
        let [base, of_side] = plans;
        diff(base, of_side).iter().filter(of_branch).cloned().collect()
    }

    fn taken_out_by_them(&mut self) {
        let gone: BTreeSet<NodeId> = self.trees[BASE].nodes.keys().copied().collect();
        let gone = gone.into_iter().filter(|it| self.has(MINE, *it) && !self.has(THEIRS, *it)).collect();
        for (top, branch) in self.branches(&gone) {
            let mine = self.worked_on(MINE, &branch);
            let (place, is_mine_too) = (Place::Branch(self.dimension, top), !mine.is_empty());
            let theirs = vec![Edit::Remove { dimension: self.dimension, id: top }];
            if self.sides.said.take(place, is_mine_too, || mine, theirs) {
                self.at.retain(|id, _| !branch.contains(id));
                self.drop_hanging();
            }
        }
    }

    /// What I have put below a branch that goes goes with it, but for what was elsewhere before.
    fn drop_hanging(&mut self) {
        loop {
            let hangs = |(id, parent): (&NodeId, &NodeId)| !self.at.contains_key(parent) && !self.has(BASE, *id);
            let hanging: Vec<NodeId> = self.at.iter().filter(|it| hangs(*it)).map(|it| *it.0).collect();
            if hanging.is_empty() {
                return;
            }
            hanging.iter().for_each(|id| _ = self.at.remove(id));
        }
    }

    fn taken_out_by_me(&mut self) {
        let gone: BTreeSet<NodeId> = self.trees[BASE].nodes.keys().copied().collect();
        let gone = gone.into_iter().filter(|it| !self.has(MINE, *it) && self.has(THEIRS, *it)).collect();
        for (top, branch) in self.branches(&gone) {
            let theirs = self.worked_on(THEIRS, &branch);
            if theirs.is_empty() {
                continue;
            }
            let mine = vec![Edit::Remove { dimension: self.dimension, id: top }];
            if self.sides.said.take(Place::Branch(self.dimension, top), true, || mine, theirs) {
                let back = branch.iter().filter_map(|id| Some((*id, *self.above[THEIRS].get(id)?)));
                self.at.extend(back);
            }
        }
    }

    /// Branch by branch; below one that is not there nothing is added.
    fn added_by_them(&mut self) {
        let is_new = |it: &NodeId| !self.has(BASE, *it) && !self.has(MINE, *it);
        for id in self.trees[THEIRS].walk(self.trees[THEIRS].root).into_iter().filter(is_new).collect::<Vec<_>>() {
            let Some(parent) = self.above[THEIRS].get(&id).copied().filter(|it| self.at.contains_key(it)) else {
                continue;
            };
            let is_top = self.has(BASE, parent) || self.has(MINE, parent);
            let is_there = !is_top || {
                let position = self.trees[THEIRS].children(parent).iter().position(|it| *it == id).unwrap_or_default();
                let node = Box::new(self.trees[THEIRS].get(id).cloned().unwrap_or_default());
                let edit = Edit::Add { dimension: self.dimension, parent, position, id, node };
                self.sides.said.take(Place::Branch(self.dimension, id), false, Vec::new, vec![edit])
            };
            if is_there {
                self.at.insert(id, parent);
            }
        }
    }

    fn moved_by_them(&mut self) {
        let all: Vec<NodeId> =
            self.at.keys().copied().filter(|it| self.has(BASE, *it) && self.has(MINE, *it)).collect();
        for id in all {
            let [was, mine, theirs] = [BASE, MINE, THEIRS].map(|it| self.above[it].get(&id).copied());
            let Some(parent) = theirs.filter(|_| theirs != was && theirs != mine) else { continue };
            let dimension = self.dimension;
            let edit = |parent: NodeId| Edit::Move { dimension, id, parent, position: 0 };
            let place = Place::Parent(dimension, id);
            let mine_edits = || mine.map(edit).into_iter().collect();
            if self.sides.said.take(place, mine != was, mine_edits, vec![edit(parent)]) {
                self.at.insert(id, parent);
            }
        }
    }

    /// Hangs whatever hangs on nothing, or on itself, where it hung.
    fn mend(&mut self) {
        let root = self.trees[MINE].root;
        let all: Vec<NodeId> = self.at.keys().copied().collect();
        for id in all.iter().filter(|it| **it != root) {
            if !self.at.get(id).is_some_and(|it| self.at.contains_key(it)) {
                let parents = [MINE, THEIRS, BASE].into_iter().filter_map(|it| self.above[it].get(id).copied());
                let parent = parents.into_iter().find(|it| self.at.contains_key(it)).unwrap_or(root);
                self.at.insert(*id, parent);
            }
        }
        // Two that were moved into each other: mine stand where they stood.
        for id in self.in_circles() {
            if let Some(parent) = self.above[MINE].get(&id).copied().filter(|it| self.at.contains_key(it))
                && self.at.get(&id) != Some(&parent)
            {
                self.at.insert(id, parent);
                self.sides.said.take_back(&Place::Parent(self.dimension, id));
            }
        }
        for id in self.in_circles() {
            self.at.insert(id, root);
        }
    }

    /// Nodes from which no way up ends at the root.
    fn in_circles(&self) -> Vec<NodeId> {
        let root = self.trees[MINE].root;
        let mut below: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
        for (id, parent) in self.at.iter().filter(|it| *it.0 != root) {
            below.entry(*parent).or_default().push(*id);
        }
        let (mut reached, mut open) = (BTreeSet::new(), vec![root]);
        while let Some(id) = open.pop() {
            reached.insert(id);
            open.extend(below.get(&id).into_iter().flatten());
        }
        self.at.keys().copied().filter(|it| !reached.contains(it)).collect()
    }

    fn in_order(self) -> BTreeMap<NodeId, Vec<NodeId>> {
        let root = self.trees[MINE].root;
        let mut below: BTreeMap<NodeId, BTreeSet<NodeId>> = self.at.keys().map(|it| (*it, BTreeSet::new())).collect();
        for (id, parent) in self.at.iter().filter(|it| *it.0 != root) {
            below.entry(*parent).or_default().insert(*id);
        }
        let (dimension, trees, said) = (self.dimension, &self.trees, &mut self.sides.said);
        let ordered = |(parent, there): (NodeId, BTreeSet<NodeId>)| {
            let [base, mine, theirs] = [BASE, MINE, THEIRS].map(|it| trees[it].children(parent));
            let is_theirs = is_order_of_theirs(said, Place::Order(dimension, parent), [base, mine, theirs]);
            let (first, second) = if is_theirs { (theirs, mine) } else { (mine, theirs) };
            (parent, interleaved(first, second, &there))
        };
        below.into_iter().map(ordered).collect()
    }
}

fn children(tree: &Tree) -> BTreeMap<NodeId, Vec<NodeId>> {
    tree.nodes.iter().map(|(id, node)| (*id, node.children.clone())).collect()
}
