//! What two plans differ in, as the edits that make the one the other. `diff(base, theirs)` applied to `base` is `theirs`.
//!
//! Each edit is done as it is found, on a copy, so that the next one is found against what really is. A tree that differs in
//! more places than anybody moves by hand goes whole. What scenarios the two have is no part of it: a scenario speaks of the
//! rest of the plan. Nor is what they were made from.

use std::collections::{BTreeMap, BTreeSet};

use super::edit::{Edit, Field};
use super::goal::BasisKind;
use super::list::{ItemEdit, ItemId, List};
use super::subjects::{CapacityField, FunnelField, GoalField};
use super::tree::{Dimension, Node, NodeId, Tree};
use super::{Crew, Plan};
use crate::amount::Amount;
use crate::order::gathered;

/// Nodes that are added, taken out or moved one by one; of more, the tree goes whole.
const MOST_MOVES: usize = 200;

/// The edits that make `base` what `theirs` is, scenarios aside.
pub fn diff(base: &Plan, theirs: &Plan) -> Vec<Edit> {
    let mut made = Made { plan: base.clone(), edits: Vec::new() };
    made.unit(theirs);
    if made.plan.title != theirs.title {
        made.push(Edit::Title(theirs.title.clone()));
    }
    if made.plan.calendar != theirs.calendar {
        made.push(Edit::Calendar(theirs.calendar.clone()));
    }
    Dimension::ALL.into_iter().for_each(|dimension| made.tree(dimension, theirs.tree(dimension)));
    made.cells(theirs);
    made.goal(theirs);
    made.capacity(theirs);
    made.funnel(theirs);
    if made.plan.buffer != theirs.buffer {
        made.push(Edit::Buffer(theirs.buffer.clone()));
    }
    if made.plan.chance != theirs.chance {
        made.push(Edit::Chance(theirs.chance.clone()));
    }
    made.edits
}

/// The plan as far as it has been made the other, and the edits that made it so.
struct Made {
    plan: Plan,
    edits: Vec<Edit>,
}

impl Made {
    /// Does an edit; false where the plan does not take it.
    fn push(&mut self, edit: Edit) -> bool {
        let is_done = self.plan.apply(edit.clone()).is_ok();
        if is_done {
            self.edits.push(edit);
        }
        is_done
    }

    /// Amounts that the new unit cannot hold are set to nothing first; whoever compares the amounts sets them right after.
    fn unit(&mut self, theirs: &Plan) {
        if self.plan.unit == theirs.unit || self.push(Edit::Unit(theirs.unit.clone())) {
            return;
        }
        let mut nothing = self.plan.clone();
        nothing.for_each_amount(|it| *it = Amount::from_units(0));
        nothing.scenarios = self.plan.scenarios.clone();
        let edits = diff(&self.plan, &nothing);
        edits.into_iter().for_each(|it| _ = self.push(it));
        self.push(Edit::Unit(theirs.unit.clone()));
    }

    // ---- Trees and cells ----

    fn tree(&mut self, dimension: Dimension, theirs: &Tree) {
        if self.plan.tree(dimension) == theirs {
            return;
        }
        if dimension != Dimension::Time && !has_same_shape(self.plan.tree(dimension), theirs) {
            self.shape(dimension, theirs);
        }
        let fields = match self.plan.tree(dimension).nodes.differences(&theirs.nodes) {
            Some(nodes) => nodes.into_iter().flat_map(|(id, ours, theirs)| with(id, fields(ours, theirs))).collect(),
            None => Vec::new(),
        };
        for (id, field) in fields {
            self.push(Edit::Node { dimension, id, field });
        }
        let next = theirs.next;
        if self.plan.tree(dimension).next != next {
            self.push(Edit::Next { dimension, next });
        }
    }

    /// The same nodes in the same places: one by one where they are few, or the tree whole.
    fn shape(&mut self, dimension: Dimension, theirs: &Tree) {
        let before = (self.plan.clone(), self.edits.len());
        if self.moves(dimension, theirs).is_none() || !has_same_shape(self.plan.tree(dimension), theirs) {
            self.plan = before.0;
            self.edits.truncate(before.1);
            self.push(Edit::Tree { dimension, tree: Box::new(theirs.clone()) });
        }
    }

    /// None where that is too much, or a step on the way would not be a tree.
    fn moves(&mut self, dimension: Dimension, theirs: &Tree) -> Option<()> {
        let ours = self.plan.tree(dimension);
        if ours.root != theirs.root {
            return None;
        }
        let mut above = parents(ours);
        let count = |one: &Tree, other: &Tree| one.nodes.keys().filter(|id| other.get(**id).is_none()).count();
        if MOST_MOVES < count(ours, theirs) + count(theirs, ours) {
            return None;
        }
        let first = self.edits.len();
        let done =
            |made: &mut Made, edit: Edit| (made.edits.len() - first < MOST_MOVES && made.push(edit)).then_some(());
        // Whole branches that are gone go first, so that nobody has to make room for them.
        for id in gone(self.plan.tree(dimension), theirs, &above) {
            done(self, Edit::Remove { dimension, id })?;
        }
        for parent in theirs.walk(theirs.root) {
            let wanted: Vec<NodeId> = theirs.children(parent).to_vec();
            for (position, id) in wanted.iter().copied().enumerate() {
                let there = self.plan.tree(dimension).children(parent).to_vec();
                if there.get(position) == Some(&id) {
                    continue;
                }
                if self.plan.tree(dimension).get(id).is_none() {
                    let node = Box::new(theirs.get(id).cloned().unwrap_or_default());
                    done(self, Edit::Add { dimension, parent, position, id, node })?;
                } else if let Some(late) =
                    there.get(position).filter(|it| there.get(position + 1) == Some(&id) && wanted.contains(it))
                {
                    // One that moved down the list moves, and not all that it has passed.
                    done(self, Edit::Move { dimension, id: *late, parent, position: there.len() - 1 })?;
                } else {
                    done(self, Edit::Move { dimension, id, parent, position })?;
                }
                above.insert(id, parent);
            }
        }
        // What was left of branches whose other nodes have moved on.
        let above = parents(self.plan.tree(dimension));
        for id in gone(self.plan.tree(dimension), theirs, &above) {
            done(self, Edit::Remove { dimension, id })?;
        }
        Some(())
    }

    fn cells(&mut self, theirs: &Plan) {
        let all: BTreeSet<_> = self.plan.cells.iter().chain(theirs.cells.iter()).map(|(at, _)| at).collect();
        for at in all {
            let cell = theirs.cells.get(at);
            if self.plan.cells.get(at) != cell {
                self.push(Edit::Cell { at, cell });
            }
        }
    }

    // ---- What stands beside the trees ----

    fn goal(&mut self, theirs: &Plan) {
        let (ours, goal) = (self.plan.goal.clone(), &theirs.goal);
        if ours == *goal {
            return;
        }
        let mut fields = Vec::new();
        let mut say = |differs: bool, field: GoalField| fields.extend(differs.then_some(field));
        say(ours.target != goal.target, GoalField::Target(goal.target));
        say(ours.last_year != goal.last_year, GoalField::LastYear(goal.last_year));
        say(ours.intent != goal.intent, GoalField::Intent(goal.intent));
        say(ours.benchmark != goal.benchmark, GoalField::Benchmark(goal.benchmark.clone()));
        say(ours.market != goal.market, GoalField::Market(goal.market.clone()));
        say(ours.levers != goal.levers, GoalField::Levers(goal.levers.clone()));
        say(ours.marks != goal.marks, GoalField::Marks(goal.marks.clone()));
        for kind in BasisKind::ALL {
            let words = goal.basis.get(kind);
            say(ours.basis.get(kind) != words, GoalField::Basis(kind, words.to_owned()));
        }
        fields.extend(columns(&ours.past, &goal.past).into_iter().map(|(year, figure)| GoalField::Past(year, figure)));
        fields.extend(items(&ours.evidence, &goal.evidence, Default::default).into_iter().map(GoalField::Evidence));
        fields.extend(items(&ours.events, &goal.events, Default::default).into_iter().map(GoalField::Event));
        fields.extend(items(&ours.limits, &goal.limits, Default::default).into_iter().map(GoalField::Limit));
        fields.extend(items(&ours.measures, &goal.measures, Default::default).into_iter().map(GoalField::Measure));
        fields.into_iter().for_each(|it| _ = self.push(Edit::Goal(it)));
    }

    fn capacity(&mut self, theirs: &Plan) {
        let (ours, capacity) = (self.plan.capacity.clone(), &theirs.capacity);
        let node = theirs.trees.organisation.root;
        let mut fields = Vec::new();
        fields.extend((ours.is_cap != capacity.is_cap).then_some(CapacityField::IsCap(capacity.is_cap)));
        fields.extend(items(&ours.levels, &capacity.levels, Default::default).into_iter().map(CapacityField::Level));
        let crews = items(&ours.crews, &capacity.crews, || Crew { node, ..Crew::default() });
        fields.extend(crews.into_iter().map(CapacityField::Crew));
        fields.into_iter().for_each(|it| _ = self.push(Edit::Capacity(it)));
    }

    fn funnel(&mut self, theirs: &Plan) {
        let (ours, funnel) = (self.plan.funnel.clone(), &theirs.funnel);
        let mut fields = Vec::new();
        let mut say = |differs: bool, field: FunnelField| fields.extend(differs.then_some(field));
        say(ours.order_value != funnel.order_value, FunnelField::OrderValue(funnel.order_value));
        say(ours.lead != funnel.lead, FunnelField::Lead(funnel.lead.clone()));
        say(ours.week != funnel.week, FunnelField::Week(funnel.week.clone()));
        let pipeline = (funnel.pipeline, funnel.pipeline_orders);
        say((ours.pipeline, ours.pipeline_orders) != pipeline, FunnelField::Pipeline(pipeline.0, pipeline.1));
        fields.extend(items(&ours.stages, &funnel.stages, Default::default).into_iter().map(FunnelField::Stage));
        fields.extend(items(&ours.sources, &funnel.sources, Default::default).into_iter().map(FunnelField::Source));
        let activities = items(&ours.activities, &funnel.activities, Default::default);
        fields.extend(activities.into_iter().map(FunnelField::Activity));
        fields.extend(items(&ours.past, &funnel.past, Default::default).into_iter().map(FunnelField::Past));
        fields.into_iter().for_each(|it| _ = self.push(Edit::Funnel(it)));
    }
}

fn with(id: NodeId, fields: Vec<Field>) -> impl Iterator<Item = (NodeId, Field)> {
    fields.into_iter().map(move |it| (id, it))
}

/// The same nodes under the same nodes.
fn has_same_shape(one: &Tree, other: &Tree) -> bool {
    one.root == other.root
        && one.nodes.len() == other.nodes.len()
        && one
            .nodes
            .iter()
            .zip(other.nodes.iter())
            .all(|((id, node), (other_id, other))| id == other_id && node.children == other.children)
}

fn parents(tree: &Tree) -> BTreeMap<NodeId, NodeId> {
    gathered(tree.nodes.iter().flat_map(|(id, node)| node.children.iter().map(move |child| (*child, *id))))
}

/// Branches of which the other tree has no node, by their tops.
fn gone(ours: &Tree, theirs: &Tree, above: &BTreeMap<NodeId, NodeId>) -> Vec<NodeId> {
    // A node stays where it is in the other tree, or has somebody below it who is.
    let mut stay: BTreeSet<NodeId> = BTreeSet::new();
    for id in ours.nodes.keys().filter(|id| theirs.get(**id).is_some()) {
        let mut at = Some(*id);
        while let Some(node) = at {
            if !stay.insert(node) {
                break;
            }
            at = above.get(&node).copied();
        }
    }
    let is_top = |id: &&NodeId| !stay.contains(*id) && above.get(*id).is_none_or(|it| stay.contains(it));
    ours.nodes.keys().filter(is_top).copied().collect()
}

/// What two nodes say differently, their children aside.
fn fields(ours: &Node, theirs: &Node) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut say = |differs: bool, field: Field| fields.extend(differs.then_some(field));
    say(ours.name != theirs.name, Field::Name(theirs.name.clone()));
    say(ours.tag != theirs.tag, Field::Tag(theirs.tag.clone()));
    say(ours.note != theirs.note, Field::Note(theirs.note.clone()));
    say(ours.method != theirs.method, Field::Method(theirs.method));
    say(ours.rounding != theirs.rounding, Field::Rounding(theirs.rounding));
    say(ours.percent != theirs.percent, Field::Percent(theirs.percent));
    say(ours.amount != theirs.amount, Field::Amount(theirs.amount));
    say(ours.weight != theirs.weight, Field::Weight(theirs.weight));
    say(ours.last_year != theirs.last_year, Field::LastYear(theirs.last_year));
    say(ours.growth != theirs.growth, Field::Growth(theirs.growth));
    say(ours.potential != theirs.potential, Field::Potential(theirs.potential));
    say(ours.capacity != theirs.capacity, Field::Capacity(theirs.capacity));
    say(ours.working_days != theirs.working_days, Field::WorkingDays(theirs.working_days));
    say(ours.mix != theirs.mix, Field::Mix(theirs.mix.clone()));
    say(ours.factors != theirs.factors, Field::Factors(theirs.factors.clone()));
    say(ours.typed != theirs.typed, Field::Typed(theirs.typed));
    say(ours.lock != theirs.lock, Field::Lock(theirs.lock));
    say(ours.floor != theirs.floor, Field::Floor(theirs.floor));
    say(ours.cap != theirs.cap, Field::Cap(theirs.cap));
    say(ours.increment != theirs.increment, Field::Increment(theirs.increment));
    say(ours.tolerance != theirs.tolerance, Field::Tolerance(theirs.tolerance));
    say(ours.submitted != theirs.submitted, Field::Submitted(theirs.submitted));
    say(ours.trust != theirs.trust, Field::Trust(theirs.trust));
    say(ours.actual != theirs.actual, Field::Actual(theirs.actual));
    fields.extend(columns(&ours.past, &theirs.past).into_iter().map(|(name, it)| Field::Past(name, it)));
    fields.extend(columns(&ours.scores, &theirs.scores).into_iter().map(|(name, it)| Field::Score(name, it)));
    fields
}

/// Named figures that differ: those that are gone first, for there may be only so many.
fn columns<T: Copy + PartialEq>(ours: &BTreeMap<String, T>, theirs: &BTreeMap<String, T>) -> Vec<(String, Option<T>)> {
    let gone = ours.keys().filter(|it| !theirs.contains_key(*it)).map(|it| (it.clone(), None));
    let other = theirs.iter().filter(|(name, it)| ours.get(*name) != Some(*it));
    gone.chain(other.map(|(name, it)| (name.clone(), Some(*it)))).collect()
}

/// What makes one list the other. `blank` is a thing that the list takes, for one that is put in and taken out again.
pub(super) fn items<T: Clone + PartialEq>(
    ours: &List<T>,
    theirs: &List<T>,
    blank: impl FnOnce() -> T,
) -> Vec<ItemEdit<T>> {
    if ours == theirs {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut there: Vec<ItemId> = ours.ids().to_vec();
    for id in ours.ids().iter().filter(|id| theirs.get(**id).is_none()) {
        let position = there.iter().position(|it| it == id).unwrap_or_default();
        there.remove(position);
        edits.push(ItemEdit { id: *id, position, item: None, next: None });
    }
    for (position, (id, item)) in theirs.iter().enumerate() {
        if there.get(position) == Some(&id) && ours.get(id) == Some(item) {
            continue;
        }
        there.retain(|it| *it != id);
        there.insert(position.min(there.len()), id);
        edits.push(ItemEdit { id, position, item: Some(item.clone()), next: None });
    }
    // The number of the next thing, which may be lower than what the steps above have made it.
    let mut copy = ours.clone();
    edits.iter().for_each(|it| _ = copy.apply(it.clone()));
    if copy.next() != theirs.next() {
        let next = Some(theirs.next());
        match theirs.iter().last() {
            Some((id, item)) => {
                edits.push(ItemEdit { id, position: theirs.len(), item: Some(item.clone()), next });
            }
            None => {
                let id = ItemId(copy.next());
                edits.push(ItemEdit { id, position: 0, item: Some(blank()), next: None });
                edits.push(ItemEdit { id, position: 0, item: None, next });
            }
        }
    }
    edits
}
