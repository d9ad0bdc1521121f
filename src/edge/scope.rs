//! How much of a plan is sent: all of it, the plan without what came back from people, or without anybody's name.
//!
//! Whatever is left out, every amount stays what it was. Without names, those of the organisation and of customers become
//! neutral words, and so does whatever else has one of them in it; tags, notes and the grounds of the target are left out,
//! for nobody can tell what they say. Refused: changing the plan that it was made from, and words, which the caller has.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::fields::{Fields, Texts};
use crate::plan::{
    Basis, Benchmark, CapacityField, Dimension, Edit, Field, FunnelField, Goal, GoalField, List, Node, NodeId, Plan,
    Tree,
};

/// What goes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Whole,
    /// Without submitted and actual numbers, and how far those are trusted.
    Planned,
    Anonymous,
    /// What is tried out over the plan, and not the plan.
    WhatIf,
}

/// What stands in the place of a name. Numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standin {
    /// Of the plan for the year.
    Title(i32),
    /// Somebody without anybody below.
    Person(usize),
    /// Whoever has people right below.
    Team(usize),
    /// Whoever has teams below.
    Unit(usize),
    Customer(usize),
    Customers(usize),
    /// A product or a channel that is called after somebody.
    Node(Dimension, usize),
    /// A past period or a factor that is.
    Column(usize),
}

/// A name that is shorter is in every other word.
const SHORTEST: usize = 2;

/// The plan as it is sent. `word` says what stands in the place of a name.
pub fn scoped(plan: &Plan, scope: Scope, word: impl Fn(Standin) -> String) -> Plan {
    let mut plan = plan.clone();
    match scope {
        Scope::Whole | Scope::WhatIf => {}
        Scope::Planned => {
            trees(&mut plan).into_iter().flat_map(|(_, it)| it.nodes.values_mut()).for_each(clear);
            let planned = |edits: &mut Vec<Edit>| without(edits, &is_return, &mut clear);
            plan.scenarios.list.values_mut().for_each(|it| it.edits.change(planned));
        }
        Scope::Anonymous => anonymous(&mut plan, &word),
    }
    plan
}

/// There is something that `Scope::Planned` leaves out.
pub fn has_returns(plan: &Plan) -> bool {
    let has = |it: &Node| it.submitted.is_some() || it.actual.is_some() || it.trust.is_some();
    let mut edits = plan.scenarios.list.values().flat_map(|it| it.edits.read());
    Dimension::ALL.into_iter().any(|dimension| plan.tree(dimension).nodes.values().any(has))
        || edits.any(|it| says_return(&it))
}

/// An edit that `Scope::Planned` leaves out, or some of which it does.
fn says_return(edit: &Edit) -> bool {
    let has = |it: &Node| it.submitted.is_some() || it.actual.is_some() || it.trust.is_some();
    match edit {
        Edit::Batch(edits) => edits.iter().any(says_return),
        Edit::Add { node, .. } => has(node),
        Edit::Tree { tree, .. } => tree.nodes.values().any(has),
        _ => is_return(edit),
    }
}

fn is_return(edit: &Edit) -> bool {
    matches!(edit, Edit::Node { field: Field::Submitted(_) | Field::Trust(_) | Field::Actual(_), .. })
}

/// Takes edits out of a list wherever they stand in it, and changes the nodes that others bring.
fn without(edits: &mut Vec<Edit>, goes: &dyn Fn(&Edit) -> bool, change: &mut dyn FnMut(&mut Node)) {
    edits.retain(|it| !goes(it));
    for edit in edits {
        match edit {
            Edit::Batch(edits) => without(edits, goes, change),
            Edit::Add { node, .. } => change(node),
            Edit::Tree { tree, .. } => tree.nodes.values_mut().for_each(&mut *change),
            _ => {}
        }
    }
}

fn clear(node: &mut Node) {
    (node.submitted, node.actual, node.trust) = (None, None, None);
}

fn trees(plan: &mut Plan) -> [(Dimension, &mut Tree); 5] {
    let trees = &mut plan.trees;
    [
        (Dimension::Organisation, &mut trees.organisation),
        (Dimension::Product, &mut trees.product),
        (Dimension::Customer, &mut trees.customer),
        (Dimension::Channel, &mut trees.channel),
        (Dimension::Time, &mut trees.time),
    ]
}

/// Whose names they are, and no others': the nodes of these are called anew.
fn has_people(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::Organisation | Dimension::Customer)
}

fn anonymous(plan: &mut Plan, word: &dyn Fn(Standin) -> String) {
    let names = names(plan);
    let gives_away = |text: &str| names.iter().any(|it| text.contains(it.as_str()));
    plan.title = word(Standin::Title(plan.calendar.year));
    let goal = std::mem::take(&mut plan.goal);
    plan.goal = Goal {
        basis: Basis::default(),
        evidence: List::default(),
        events: List::default(),
        benchmark: Benchmark { source: String::new(), ..goal.benchmark },
        ..goal
    };
    plan.capacity.crews.values_mut().for_each(|it| it.name.clear());
    plan.funnel.lead.words.clear();
    let mut conceal = Texts(|text: &mut String| {
        if gives_away(text) {
            text.clear();
        }
    });
    plan.goal.visit(&mut conceal);
    plan.capacity.visit(&mut conceal);
    plan.funnel.visit(&mut conceal);
    conceal_scenarios(plan, &gives_away, word);
    let days = plan.calendar.holidays.iter_mut().map(|it| &mut it.name);
    days.chain(plan.calendar.peaks.iter_mut().map(|it| &mut it.name))
        .filter(|it| gives_away(it))
        .for_each(String::clear);
    for (dimension, tree) in trees(plan) {
        call_anew(tree, dimension, &gives_away, word);
        rename_columns(tree, &gives_away, word);
    }
}

/// Scenarios keep what they change and lose what they say: their names and notes, grounds, titles and whoever is called by a
/// name.
fn conceal_scenarios(plan: &mut Plan, gives_away: &dyn Fn(&str) -> bool, word: &dyn Fn(Standin) -> String) {
    let mut number = plan.trees.organisation.nodes.len();
    for scenario in plan.scenarios.list.values_mut() {
        (scenario.name, scenario.note) = (String::new(), String::new());
        scenario.edits.change(|edits| {
            edits.iter_mut().for_each(hush);
            without(edits, &|it| is_word(it, gives_away), &mut |node| {
                number += 1;
                node.name = word(Standin::Person(number));
                node.tag.clear();
                node.note.clear();
                let columns = columns(node).filter(|it| gives_away(it)).cloned().collect::<Vec<_>>();
                columns.iter().for_each(|it| forget(node, it));
            });
            let mut conceal = Texts(|text: &mut String| {
                if gives_away(text) {
                    text.clear();
                }
            });
            edits.iter_mut().for_each(|it| it.visit(&mut conceal));
        });
    }
}

/// What of an edit is left out of the plan too, whatever it says.
fn hush(edit: &mut Edit) {
    match edit {
        Edit::Batch(edits) => edits.iter_mut().for_each(hush),
        Edit::Capacity(CapacityField::Crew(edit)) => edit.item.iter_mut().for_each(|it| it.name.clear()),
        Edit::Funnel(FunnelField::Lead(rule)) => rule.words.clear(),
        Edit::Goal(GoalField::Benchmark(it)) => it.source.clear(),
        _ => {}
    }
}

/// An edit that is about words alone, or speaks of a column that is called after somebody.
fn is_word(edit: &Edit, gives_away: &dyn Fn(&str) -> bool) -> bool {
    match edit {
        Edit::Title(_) | Edit::Goal(GoalField::Basis(..) | GoalField::Evidence(_) | GoalField::Event(_)) => true,
        Edit::Node { field: Field::Name(_) | Field::Tag(_) | Field::Note(_), .. } => true,
        Edit::Node { field: Field::Past(name, _) | Field::Score(name, _), .. } => gives_away(name),
        Edit::Node { field: Field::Mix(Some(mix)), .. } => mix.past.keys().any(|it| gives_away(it)),
        Edit::Node { field: Field::Factors(factors), .. } => factors.iter().any(|it| gives_away(&it.name)),
        _ => false,
    }
}

fn forget(node: &mut Node, column: &str) {
    node.past.remove(column);
    node.scores.remove(column);
    node.factors.retain(|it| it.name != column);
    node.mix.iter_mut().for_each(|it| _ = it.past.remove(column));
}

/// Everything that somebody is called by, in the plan or in a scenario of it.
fn names(plan: &Plan) -> BTreeSet<String> {
    let trees = Dimension::ALL.into_iter().filter(|it| has_people(*it)).map(|it| plan.tree(it));
    let names = trees.flat_map(|it| it.nodes.values()).map(|it| it.name.clone());
    let mut all: BTreeSet<String> = names.collect();
    plan.scenarios.list.values().for_each(|it| it.edits.read().iter().for_each(|edit| names_in(edit, &mut all)));
    all.retain(|it| SHORTEST <= it.chars().count());
    all
}

fn names_in(edit: &Edit, all: &mut BTreeSet<String>) {
    match edit {
        Edit::Batch(edits) => edits.iter().for_each(|it| names_in(it, all)),
        Edit::Node { dimension, field: Field::Name(name), .. } if has_people(*dimension) => {
            _ = all.insert(name.clone())
        }
        Edit::Add { dimension, node, .. } if has_people(*dimension) => _ = all.insert(node.name.clone()),
        Edit::Tree { dimension, tree } if has_people(*dimension) => {
            all.extend(tree.nodes.values().map(|it| it.name.clone()));
        }
        _ => {}
    }
}

fn call_anew(
    tree: &mut Tree,
    dimension: Dimension,
    gives_away: &dyn Fn(&str) -> bool,
    word: &dyn Fn(Standin) -> String,
) {
    let mut counts = BTreeMap::new();
    for id in tree.walk(tree.root) {
        let level = if has_people(dimension) { level(tree, id) } else { 0 };
        let is_called_by_the_page = id == tree.root || dimension == Dimension::Time;
        let Some(node) = tree.nodes.get_mut(&id) else { continue };
        node.note.clear();
        if has_people(dimension) || gives_away(&node.tag) {
            node.tag.clear();
        }
        if has_people(dimension) || gives_away(&node.name) {
            node.name.clear();
            if !is_called_by_the_page {
                let count = counts.entry(level).or_insert(0);
                *count += 1;
                node.name = word(standin(dimension, level, *count));
            }
        }
    }
}

/// How far the nodes right below go down, as far as their words differ.
fn level(tree: &Tree, id: NodeId) -> u8 {
    let children = tree.children(id);
    match children.is_empty() {
        true => 0,
        false if children.iter().all(|it| tree.children(*it).is_empty()) => 1,
        false => 2,
    }
}

fn standin(dimension: Dimension, level: u8, count: usize) -> Standin {
    match (dimension, level) {
        (Dimension::Customer, 0) => Standin::Customer(count),
        (Dimension::Customer, _) => Standin::Customers(count),
        (Dimension::Organisation, 0) => Standin::Person(count),
        (Dimension::Organisation, 1) => Standin::Team(count),
        (Dimension::Organisation, _) => Standin::Unit(count),
        (dimension, _) => Standin::Node(dimension, count),
    }
}

/// Past periods and factors keep who has what of which, whatever they are called.
fn rename_columns(tree: &mut Tree, gives_away: &dyn Fn(&str) -> bool, word: &dyn Fn(Standin) -> String) {
    let all: BTreeSet<String> = tree.nodes.values().flat_map(columns).cloned().collect();
    let mut free = (1..).map(|it| word(Standin::Column(it))).filter(|it| !all.contains(it));
    let anew = |it: &String| free.next().map(|new| (it.clone(), new));
    let names: BTreeMap<String, String> = all.iter().filter(|it| gives_away(it)).filter_map(anew).collect();
    if !names.is_empty() {
        tree.nodes.values_mut().for_each(|it| rename(it, &names));
    }
}

fn columns(node: &Node) -> impl Iterator<Item = &String> {
    let mixed = node.mix.iter().flat_map(|it| it.past.keys());
    node.past.keys().chain(node.scores.keys()).chain(node.factors.iter().map(|it| &it.name)).chain(mixed)
}

fn rename(node: &mut Node, names: &BTreeMap<String, String>) {
    rename_keys(&mut node.past, names);
    rename_keys(&mut node.scores, names);
    node.mix.iter_mut().for_each(|it| rename_keys(&mut it.past, names));
    for factor in &mut node.factors {
        if let Some(name) = names.get(&factor.name) {
            factor.name.clone_from(name);
        }
    }
}

fn rename_keys<T>(columns: &mut BTreeMap<String, T>, names: &BTreeMap<String, String>) {
    let renamed = |(name, value): (String, T)| (names.get(&name).cloned().unwrap_or(name), value);
    *columns = std::mem::take(columns).into_iter().map(renamed).collect();
}
