//! Merging: what two made of one plan, in one plan.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use sextant::amount::Amount;
use sextant::edge::plan_link;
use sextant::engine::evaluate;
use sextant::plan::merge::{Merge, MergeError, Place, edits, merge};
use sextant::plan::migrate::decode;
use sextant::plan::template::{Language, Template};
use sextant::plan::{
    Ancestors, CapacityField, Crew, Dimension, Edit, Edits, Field, GoalField, ItemId, Level, Limit, Node, NodeId, Plan,
    Scenario, Unit,
};

use crate::columns::every_plan;
use crate::laws::{hold, of_plans};
use crate::plans::{Shown, Wish, wishes};
use crate::promise::check;

fn none() -> BTreeSet<Place> {
    BTreeSet::new()
}

fn merged(base: &Plan, mine: &Plan, theirs: &Plan) -> Merge {
    merge(Some(base), mine, theirs, &none()).expect("plans of one unit")
}

fn all_theirs(base: &Plan, mine: &Plan, theirs: &Plan) -> Merge {
    let mut takes = none();
    // What is taken may bring up more that is asked for.
    for _ in 0..5 {
        let found = merge(Some(base), mine, theirs, &takes).expect("plans of one unit");
        takes.extend(found.changes.into_iter().filter(|it| it.is_asked).map(|it| it.place));
    }
    merge(Some(base), mine, theirs, &takes).expect("plans of one unit")
}

/// The plan as somebody made it, by edits alone. Nobody changes the unit.
fn edited(base: &Plan, wishes: &[Wish]) -> Plan {
    let mut plan = base.clone();
    for wish in wishes {
        let mut changed = plan.clone();
        if changed.apply(wish.edit(&plan)).is_ok() && changed.unit == base.unit {
            plan = changed;
        }
    }
    // What cannot be saved and opened again as it is, nobody has.
    decode(&plan.to_json()).map_or_else(|_| base.clone(), |it| it.0)
}

/// Something new is in it, or was: the numbers of what comes next have moved on.
fn has_added(base: &Plan, plan: &Plan) -> bool {
    let next = |plan: &Plan| {
        let (goal, capacity, funnel) = (&plan.goal, &plan.capacity, &plan.funnel);
        let lists = [
            goal.evidence.next(),
            goal.events.next(),
            goal.limits.next(),
            goal.measures.next(),
            capacity.levels.next(),
            capacity.crews.next(),
            funnel.stages.next(),
            funnel.sources.next(),
            funnel.activities.next(),
            plan.scenarios.list.next(),
        ];
        (Dimension::ALL.map(|it| plan.tree(it).next), lists)
    };
    next(base) != next(plan)
}

fn sound(base: Plan) -> Plan {
    decode(&base.to_json()).map_or(base, |it| it.0)
}

proptest! {
    #![proptest_config(of_plans())]

    #[test]
    fn of_one_that_alone_was_changed_the_merger_is_that_one(
        Shown(base) in every_plan(), theirs in vec(wishes(), 0..6),
    ) {
        let base = sound(base);
        let theirs = edited(&base, &theirs);
        prop_assert!(merged(&base, &base, &theirs).plan == theirs, "only they changed it");
        prop_assert!(merged(&base, &theirs, &base).plan == theirs, "only I changed it");
        let alike = merged(&base, &theirs, &theirs);
        prop_assert!(alike.plan == theirs && alike.changes.is_empty(), "both changed it alike");
    }

    /// Of any two: a plan that keeps its promises, in which mine stays wherever both changed something, and in which theirs is
    /// wherever they alone did. Merging once more changes nothing.
    #[test]
    fn mine_stays_theirs_comes_and_every_sum_holds(
        Shown(base) in every_plan(), mine in vec(wishes(), 0..6), theirs in vec(wishes(), 0..6),
    ) {
        let base = sound(base);
        let (mine, theirs) = (edited(&base, &mine), edited(&base, &theirs));
        let found = merged(&base, &mine, &theirs);
        hold(&found.plan, check(&found.plan, &evaluate(&found.plan)))?;
        prop_assert!(sound(found.plan.clone()) == found.plan, "it is opened as it was saved");
        let changed: BTreeSet<Place> = edits(&mine, &found.plan).iter().map(Place::of).collect();
        for conflict in found.changes.iter().filter(|it| it.is_conflict) {
            prop_assert!(!changed.contains(&conflict.place), "mine stays at {:?}", conflict.place);
        }
        let again = merged(&base, &found.plan, &theirs);
        if found.unfit.is_empty() && found.repairs.is_empty() && !has_added(&base, &mine) {
            prop_assert!(again.plan == found.plan, "once more: {:?}", edits(&found.plan, &again.plan));
        }
        // The edits that make mine the merger are one step, and so is the way back.
        let mut plan = mine.clone();
        let back = plan.apply(Edit::Batch(edits(&mine, &found.plan))).expect("edits of a difference");
        prop_assert!(plan == found.plan, "the step: {:?}", edits(&plan, &found.plan));
        plan.apply(back).expect("the way back");
        prop_assert!(plan == mine);
    }

    #[test]
    fn without_conflicts_it_does_not_matter_who_merges(
        Shown(base) in every_plan(), mine in vec(wishes(), 0..5), theirs in vec(wishes(), 0..5),
    ) {
        let base = sound(base);
        let (mine, theirs) = (edited(&base, &mine), edited(&base, &theirs));
        // Who adds first gets the lower number.
        prop_assume!(!(has_added(&base, &mine) && has_added(&base, &theirs)));
        let (here, there) = (merged(&base, &mine, &theirs), merged(&base, &theirs, &mine));
        prop_assume!([&here, &there].iter().all(|it| it.unfit.is_empty() && it.repairs.is_empty()));
        let is_free = |it: &Merge| it.changes.iter().all(|it| !it.is_conflict);
        prop_assert_eq!(is_free(&here), is_free(&there));
        if is_free(&here) {
            prop_assert!(here.plan == there.plan, "{:?}", edits(&here.plan, &there.plan));
        }
    }

    /// Without a base nothing is done that nobody asked for.
    #[test]
    fn of_strangers_mine_stays(Shown(mine) in every_plan(), Shown(theirs) in every_plan()) {
        let mine = sound(mine);
        match merge(None, &mine, &theirs, &none()) {
            Ok(found) => {
                prop_assert!(found.plan == mine);
                prop_assert!(found.changes.iter().all(|it| it.is_asked && !it.is_taken));
                let places = found.changes.into_iter().map(|it| it.place).collect();
                let taken = merge(None, &mine, &theirs, &places).expect("the same plans");
                hold(&taken.plan, check(&taken.plan, &evaluate(&taken.plan)))?;
            }
            Err(why) => prop_assert!(why == MergeError::Unit && mine.unit != theirs.unit),
        }
    }
}

const ORGANISATION: Dimension = Dimension::Organisation;

fn template() -> Plan {
    Template::EcommercePercent.plan(Language::Zh, 2027)
}

fn with(base: &Plan, edits: impl IntoIterator<Item = Edit>) -> Plan {
    let mut plan = base.clone();
    for edit in edits {
        plan.apply(edit).expect("an edit that the plan takes");
    }
    plan
}

fn set(id: u32, field: Field) -> Edit {
    Edit::Node { dimension: ORGANISATION, id: NodeId(id), field }
}

fn name(id: u32, to: &str) -> Edit {
    set(id, Field::Name(to.to_owned()))
}

fn target(units: i64) -> Edit {
    Edit::Goal(GoalField::Target(Some(Amount::from_units(units))))
}

fn new(plan: &Plan, parent: NodeId, name: &str) -> Edit {
    let id = NodeId(plan.trees.organisation.next);
    let position = plan.trees.organisation.children(parent).len();
    Edit::Add { dimension: ORGANISATION, parent, position, id, node: Box::new(Node::named(name)) }
}

fn names(plan: &Plan) -> Vec<&str> {
    let tree = &plan.trees.organisation;
    tree.walk(tree.root).into_iter().map(|it| tree.name(it)).collect()
}

/// Some team of the plan that has people, and its first member.
fn team(plan: &Plan) -> (NodeId, NodeId) {
    let tree = &plan.trees.organisation;
    let team = tree.walk(tree.root).into_iter().rfind(|it| *it != tree.root && !tree.children(*it).is_empty());
    let team = team.unwrap_or_else(|| tree.children(tree.root)[0]);
    (team, tree.children(team).first().copied().unwrap_or(team))
}

#[test]
fn a_conflict_is_named_and_decided_one_by_one() {
    let base = template();
    let id = base.trees.organisation.children(base.trees.organisation.root)[0].0;
    let mine = with(&base, [name(id, "我的"), target(100), set(id, Field::Note("我".to_owned()))]);
    let theirs = with(&base, [name(id, "他的"), target(200), set(id, Field::Tag("他".to_owned()))]);
    let found = merged(&base, &mine, &theirs);
    let conflicts: Vec<_> = found.changes.iter().filter(|it| it.is_conflict).collect();
    assert_eq!(conflicts.len(), 2);
    assert_eq!((&conflicts[0].mine, &conflicts[0].theirs), (&vec![name(id, "我的")], &vec![name(id, "他的")]));
    assert_eq!(found.plan.goal.target, Some(Amount::from_units(100)));
    let node = |plan: &Plan| plan.node(ORGANISATION, NodeId(id)).expect("there").clone();
    let [note, tag, title] = [node(&found.plan).note, node(&found.plan).tag, node(&found.plan).name];
    assert_eq!([note, tag, title], ["我", "他", "我的"]);
    let takes = BTreeSet::from([Place::of(&target(0))]);
    let found = merge(Some(&base), &mine, &theirs, &takes).expect("the same plans");
    assert_eq!(found.plan.goal.target, Some(Amount::from_units(200)));
    assert_eq!(node(&found.plan).name, "我的");
}

#[test]
fn both_have_hired_and_both_are_there() {
    let base = template();
    let root = base.trees.organisation.root;
    let crew = |plan: &Plan, id: u32, heads| {
        let crew = Crew { node: NodeId(id), heads, ..Crew::default() };
        Edit::Capacity(CapacityField::Crew(plan.capacity.crews.add(crew)))
    };
    let next = base.trees.organisation.next;
    let mine = with(&base, [new(&base, root, "张三"), crew(&base, next, 3)]);
    let theirs = with(&base, [new(&base, root, "李四"), crew(&base, next, 5)]);
    let found = merged(&base, &mine, &theirs);
    assert!(found.changes.iter().all(|it| !it.is_conflict), "{:?}", found.changes);
    let there = names(&found.plan);
    assert!(there.contains(&"张三") && there.contains(&"李四"), "{there:?}");
    let works_for = |heads| {
        let crew = found.plan.capacity.crews.values().find(|it| it.heads == heads).expect("the crew");
        found.plan.trees.organisation.name(crew.node)
    };
    assert_eq!([works_for(3), works_for(5)], ["张三", "李四"]);
    // What both have added alike is one.
    let alike = merged(&base, &mine, &mine.clone());
    assert_eq!(names(&alike.plan).len(), names(&mine).len());
}

#[test]
fn who_works_for_a_level_added_twice_keeps_the_level() {
    let base = template();
    let level = |name: &str| Level { name: name.to_owned(), ..Level::default() };
    let hired = |name: &str, heads| {
        let add = base.capacity.levels.add(level(name));
        let crew = Crew { node: base.trees.organisation.root, level: Some(add.id), heads, ..Crew::default() };
        let crew = base.capacity.crews.add(crew);
        with(&base, [Edit::Capacity(CapacityField::Level(add)), Edit::Capacity(CapacityField::Crew(crew))])
    };
    let found = merged(&base, &hired("资深", 3), &hired("新人", 5));
    let capacity = &found.plan.capacity;
    let of = |heads| {
        let crew = capacity.crews.values().find(|it| it.heads == heads).expect("the crew");
        capacity.levels.get(crew.level.unwrap_or(ItemId(999))).expect("the level").name.clone()
    };
    assert_eq!([of(3), of(5)], ["资深", "新人"]);
}

#[test]
fn what_one_works_on_and_the_other_takes_out_is_asked_for() {
    let base = template();
    let (team, member) = team(&base);
    let remove = Edit::Remove { dimension: ORGANISATION, id: team };
    let worked = with(&base, [set(member.0, Field::Note("忙".to_owned()))]);
    let removed = with(&base, [remove]);
    let place = Place::Branch(ORGANISATION, team);
    // They took it out: it stays, until I say otherwise.
    let found = merged(&base, &worked, &removed);
    assert_eq!(edits(&worked, &found.plan), []);
    assert!(found.changes.iter().any(|it| it.place == place && it.is_conflict && !it.mine.is_empty()));
    let taken = all_theirs(&base, &worked, &removed);
    assert!(taken.plan.node(ORGANISATION, team).is_none());
    // I took it out: it stays away, until I say otherwise.
    let found = merged(&base, &removed, &worked);
    assert_eq!(edits(&removed, &found.plan), []);
    let taken = all_theirs(&base, &removed, &worked);
    assert_eq!(taken.plan.node(ORGANISATION, member).expect("back").note, "忙");
    assert_eq!(edits(&worked, &taken.plan), []);
    // Nobody worked on it: it goes without a word.
    let elsewhere = with(&base, [Edit::Title("别处".to_owned())]);
    let found = merged(&base, &elsewhere, &removed);
    assert!(found.plan.node(ORGANISATION, team).is_none() && found.changes.iter().all(|it| !it.is_conflict));
}

#[test]
fn two_moved_into_each_other_stay_where_mine_has_them() {
    let mut base = template();
    let root = base.trees.organisation.root;
    for name in ["甲", "乙"] {
        let edit = new(&base, root, name);
        base.apply(edit).expect("a new node");
    }
    let [one, other] = [2, 1].map(|it| NodeId(base.trees.organisation.next - it));
    let into = |id, parent| Edit::Move { dimension: ORGANISATION, id, parent, position: 0 };
    let (mine, theirs) = (with(&base, [into(one, other)]), with(&base, [into(other, one)]));
    let found = merged(&base, &mine, &theirs);
    assert_eq!(found.plan.trees.organisation, mine.trees.organisation);
    assert!(found.changes.iter().any(|it| it.is_conflict && !it.is_taken), "{:?}", found.changes);
}

#[test]
fn scenarios_of_both_are_there_but_for_those_that_speak_of_other_numbers() {
    let base = template();
    let root = base.trees.organisation.root;
    let scenario = |name: &str, edits: Vec<Edit>| Scenario {
        name: name.to_owned(),
        edits: Edits::of(&edits),
        ..Scenario::default()
    };
    let next = base.trees.organisation.next;
    let (_, mine) = base.save_scenario(scenario("我的", vec![target(1)]));
    let (_, theirs) = base.save_scenario(scenario("他的", vec![target(2)]));
    let (mine, theirs) = (with(&base, [mine]), with(&base, [theirs]));
    let found = merged(&base, &mine, &theirs);
    let called: Vec<_> = found.plan.scenarios.list.values().map(|it| it.name.clone()).collect();
    assert_eq!((called, found.left_out), (vec!["我的".to_owned(), "他的".to_owned()], vec![]));
    // The same of one over a node that has another number now.
    let mine = with(&mine, [new(&base, root, "张三")]);
    let theirs = with(&base, [new(&base, root, "李四")]);
    let (_, over) = theirs.save_scenario(scenario("给李四", vec![set(next, Field::Note("x".to_owned()))]));
    let found = merged(&base, &mine, &with(&theirs, [over]));
    assert_eq!(found.left_out, ["给李四"]);
}

#[test]
fn what_counts_in_something_else_is_not_merged() {
    let base = template();
    let theirs = with(&base, [Edit::Unit(Unit::Money("USD".to_owned()))]);
    assert_eq!(merge(Some(&base), &base, &theirs, &none()), Err(MergeError::Unit));
    // Both have changed it since, and the base has not.
    let mine = with(&theirs, [Edit::Title("美元".to_owned())]);
    assert_eq!(merged(&base, &mine, &theirs).plan, mine);
}

#[test]
fn ancestors_travel_with_links_and_files_and_are_few() {
    let ancestors = Ancestors::of([7, 7, u32::MAX, 1, 2, 3, 4, 5, 6]);
    assert_eq!(ancestors.sums(), [7, u32::MAX, 1, 2, 3, 4]);
    assert_eq!(ancestors.after([9]).sums(), [9, 7, u32::MAX, 1, 2, 3]);
    let plan = Plan { ancestors, ..template() };
    let link = plan_link::write(&plan).expect("a link");
    assert!(link.starts_with("p1c"), "{link}");
    assert_eq!(plan_link::read(&link), Ok((plan.clone(), vec![])));
    assert_eq!(decode(&plan.to_json()), Ok((plan.clone(), vec![])));
    // They are no part of what differs.
    assert_eq!(sextant::plan::diff(&template(), &plan), vec![]);
}

/// What they added and took out again has had a number: nothing else is ever called by it.
#[test]
fn a_number_that_they_gave_away_is_given_to_nothing_else() {
    let base = Template::ALL[0].plan(Language::En, 2027);
    let mut theirs = base.clone();
    let added = theirs.goal.limits.push(Limit::default());
    theirs.apply(Edit::Goal(GoalField::Limit(theirs.goal.limits.take(added)))).expect("it is there");
    assert_ne!(theirs.goal.limits.next(), base.goal.limits.next());
    assert!(merged(&base, &base, &theirs).plan == theirs);
    assert!(merged(&base, &theirs, &base).plan == theirs);
    // Also where I have done something else meanwhile.
    let mine = with(&base, [target(100)]);
    let [here, there] = [merged(&base, &mine, &theirs), merged(&base, &theirs, &mine)];
    assert_eq!(here.plan.goal.limits.next(), theirs.goal.limits.next());
    assert!(here.plan == there.plan && here.changes.is_empty());
}

/// One moved somebody to a team that had nobody, the other hired somebody there: who stands first is not who merges.
#[test]
fn those_who_came_to_one_place_stand_alike_whoever_merges() {
    let mut base = template();
    let root = base.trees.organisation.root;
    for name in ["甲", "乙"] {
        let edit = new(&base, root, name);
        base.apply(edit).expect("a new node");
    }
    let [one, team] = [2, 1].map(|it| NodeId(base.trees.organisation.next - it));
    let into = |id, position| Edit::Move { dimension: ORGANISATION, id, parent: team, position };
    let (mine, theirs) = (with(&base, [into(one, 0)]), with(&base, [new(&base, team, "丙")]));
    let [here, there] = [merged(&base, &mine, &theirs), merged(&base, &theirs, &mine)];
    assert_eq!(here.plan.trees.organisation, there.plan.trees.organisation);
    assert_eq!(here.plan.trees.organisation.children(team), [one, NodeId(team.0 + 1)]);
    // Both have moved the same two there, each in an order of their own: that is asked for.
    let some = base.trees.organisation.children(root)[0];
    let (mine, theirs) = (with(&base, [into(one, 0), into(some, 0)]), with(&base, [into(one, 0), into(some, 1)]));
    let found = merged(&base, &mine, &theirs);
    assert_eq!(found.plan.trees.organisation.children(team), [some, one]);
    assert!(found.changes.iter().any(|it| it.place == Place::Order(ORGANISATION, team) && it.is_conflict));
    assert_eq!(all_theirs(&base, &mine, &theirs).plan.trees.organisation.children(team), [one, some]);
}
