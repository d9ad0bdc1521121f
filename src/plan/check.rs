//! What a plan must be for the engine to read it, and how a foreign plan is brought to be it.
//!
//! [`repair`] is total: every bad field is dropped or replaced by a named rule, and each of these is reported as a code.
//! What cannot be mended, a tree without a root for instance, is refused by `migrate::decode`.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::crossing::{At, Pair};
use super::day::When;
use super::fields::{Fields, Mend};
use super::tree::{Dimension, Factor, Lock, Node, NodeId, Tree, Typed};
use super::{Calendar, Crew, Edit, LeadRule, Plan, Ramp, Scenarios, Unit};
use crate::amount::Amount;
use crate::order::gathered;

pub const MAX_NAME: usize = 80;
pub const MAX_TITLE: usize = 120;
pub const MAX_PROSE: usize = 2_000;
/// More than a company of ten thousand people needs.
pub const MAX_NODES: usize = 20_000;
pub const MAX_DEPTH: usize = 60;
/// Past periods, scores or factors of one node.
pub const MAX_COLUMNS: usize = 40;
pub const MAX_DECIMALS: u32 = 6;
pub const MAX_PERCENT: Decimal = Decimal::from_parts(1_000, 0, 0, false, 0);
pub const MAX_WEIGHT: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// Something in a foreign plan that was not as it must be, and was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// A name was cut to the length allowed, or freed of control characters.
    Text(String),
    /// A negative or too large amount was dropped: it counts as not entered.
    Amount(Amount),
    /// A negative, too large or too precise weight or percentage was dropped.
    Decimal(Decimal),
    /// A node that hangs on nothing was dropped.
    Orphan(Dimension, NodeId),
    /// A child that does not exist, or hangs on two nodes, was dropped from this node.
    Child(Dimension, NodeId),
    /// A cell of a node that does not exist, or of no table, was dropped.
    Cell(At),
    /// A past period, a score or a factor too many, or a second one of the same name, was dropped.
    Column(String),
    /// The unit was none; the plan counts in yuan.
    Unit(String),
    /// The fiscal year was outside what the calendar knows.
    Calendar(i32, u8),
    /// A holiday or a peak that lies on no day, is too long or is one too many was dropped.
    Holiday(String),
    /// People of a node that does not exist, or who go before they come; a ramp, a leave or a count out of
    /// bounds.
    Crew(String),
    /// A scenario too many.
    Scenario(String),
    /// The plan is of a newer schema, and what this version does not know of it was left out.
    Newer { schema: u64 },
}

/// Whether text may have line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    One,
    Many,
}

/// Text as it may be stored: without control characters, and without the marks that turn the direction of writing, by
/// which one name can be made to look like another.
pub fn clean(text: &str, lines: Lines) -> String {
    let allowed = |letter: char| match letter {
        '\n' => lines == Lines::Many,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => false,
        _ => !letter.is_control(),
    };
    let text: String = text.chars().filter(|letter| allowed(*letter)).collect();
    match lines {
        Lines::One => text.trim().to_owned(),
        Lines::Many => text,
    }
}

/// Mends what a node says of itself, its place in the tree aside.
pub(super) fn clean_node(node: &mut Node) {
    repair_node(node, &mut Vec::new());
}

/// Every child exists, hangs on one node, and hangs in the end on the root; the tree is not too deep.
pub fn is_tree(tree: &Tree) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![(tree.root, 1)];
    while let Some((id, depth)) = open.pop() {
        let Some(node) = tree.get(id) else { return false };
        if !seen.insert(id) || MAX_DEPTH < depth || tree.next <= id.0 {
            return false;
        }
        open.extend(node.children.iter().map(|child| (*child, depth + 1)));
    }
    seen.len() == tree.nodes.len()
}

/// A tree of the shape that the calendar gives.
pub fn is_year(calendar: &Calendar, tree: &Tree) -> bool {
    let year = calendar.tree();
    tree.root == year.root
        && tree.nodes.len() == year.nodes.len()
        && year.nodes.iter().all(|(id, node)| tree.get(*id).is_some() && tree.children(*id) == node.children)
}

/// There are such days, and not too many of them.
pub(super) fn is_some_day(when: When, days: u16) -> bool {
    when.is_possible() && (1..=Calendar::MAX_LENGTH).contains(&days)
}

/// The levels from a node down to the deepest below it, itself included.
pub(super) fn height(tree: &Tree, id: NodeId) -> usize {
    let mut deepest = 0;
    let mut open = vec![(id, 1)];
    while let Some((id, level)) = open.pop() {
        deepest = deepest.max(level);
        open.extend(tree.children(id).iter().map(|child| (*child, level + 1)));
    }
    deepest
}

/// The cell lies inside a table that the plan is divided into. Margins do not: what is typed or locked there stands in
/// the node of the tree.
pub(super) fn is_cell(plan: &Plan, at: At) -> bool {
    let inside = |dimension, id| plan.node(dimension, id).is_some() && id != plan.tree(dimension).root;
    Pair::ALL.contains(&at.pair) && inside(at.pair.rows(), at.row) && inside(at.pair.columns(), at.column)
}

/// Brings a foreign plan to what the engine can read, and says what was mended. What is left to the caller to refuse:
/// a tree without its root, a time tree of another shape, more nodes than allowed.
pub fn repair(plan: &mut Plan) -> Vec<Repair> {
    let mut repairs = Vec::new();
    repair_text(&mut plan.title, MAX_TITLE, Lines::One, &mut repairs);
    if !plan.unit.is_valid() {
        let (Unit::Money(text) | Unit::Count(text)) = plan.unit.clone();
        repairs.push(Repair::Unit(text));
        plan.unit = Unit::Money("CNY".to_owned());
    }
    repair_calendar(&mut plan.calendar, &mut repairs);
    for dimension in Dimension::ALL {
        let tree = plan.tree_mut(dimension);
        repair_shape(tree, dimension, &mut repairs);
        tree.nodes.values_mut().for_each(|node| repair_node(node, &mut repairs));
    }
    repair_cells(plan, &mut repairs);
    repair_subjects(plan, &mut repairs);
    repairs
}

/// What stands beside the trees: every field, and then what refers to something else.
fn repair_subjects(plan: &mut Plan, repairs: &mut Vec<Repair>) {
    let mut mend = Mend(repairs);
    plan.goal.visit(&mut mend);
    plan.capacity.visit(&mut mend);
    plan.funnel.visit(&mut mend);
    plan.buffer.visit(&mut mend);
    plan.chance.visit(&mut mend);
    plan.scenarios.visit(&mut mend);
    let goal = &mut plan.goal;
    goal.evidence.repair();
    goal.events.repair();
    goal.limits.repair();
    goal.measures.repair();
    plan.capacity.levels.repair();
    plan.capacity.crews.repair();
    plan.funnel.stages.repair();
    plan.funnel.sources.repair();
    plan.funnel.activities.repair();
    repair_scenarios(&mut plan.scenarios, repairs);
    while MAX_COLUMNS < goal.past.len() {
        repairs.extend(goal.past.pop_last().map(|(year, _)| Repair::Column(year)));
    }
    plan.funnel.lead.views = plan.funnel.lead.views.min(LeadRule::MOST_VIEWS);
    for level in plan.capacity.levels.values_mut().filter(|it| !it.ramp.is_sound()) {
        level.ramp = Ramp::None;
        repairs.push(Repair::Crew(level.name.clone()));
    }
    repair_crews(plan, repairs);
}

/// Mends edits that come by themselves under a name, and says what had to be.
pub fn repair_edits(name: &mut String, edits: &mut [Edit]) -> Vec<Repair> {
    let mut repairs = Vec::new();
    repair_text(name, MAX_NAME, Lines::One, &mut repairs);
    edits.iter_mut().for_each(|it| it.visit(&mut Mend(&mut repairs)));
    repairs
}

/// One too many goes, the last first. What their edits say is mended by whoever reads them.
fn repair_scenarios(scenarios: &mut Scenarios, repairs: &mut Vec<Repair>) {
    scenarios.list.repair();
    for id in scenarios.list.ids().iter().skip(Scenarios::MOST).copied().collect::<Vec<_>>() {
        repairs.push(Repair::Scenario(scenarios.list.get(id).map_or_else(String::new, |it| it.name.clone())));
        scenarios.list.remove(id);
    }
}

fn repair_crews(plan: &mut Plan, repairs: &mut Vec<Repair>) {
    let organisation = &plan.trees.organisation;
    for crew in plan.capacity.crews.values_mut() {
        let mut sound = crew.clone();
        if organisation.get(sound.node).is_none() {
            sound.node = organisation.root;
        }
        sound.heads = sound.heads.min(Crew::MOST_HEADS);
        sound.leave.retain(|it| it.from <= it.to);
        sound.leave.truncate(Crew::MOST_LEAVES);
        sound.backfill = sound.backfill.filter(|it| *it <= Crew::LONGEST_BACKFILL);
        sound.end = sound.end.filter(|end| sound.start.is_none_or(|start| start <= *end));
        if sound != *crew {
            repairs.push(Repair::Crew(crew.name.clone()));
            *crew = sound;
        }
    }
}

fn repair_calendar(calendar: &mut Calendar, repairs: &mut Vec<Repair>) {
    let (year, start_month) = (calendar.year, calendar.start_month);
    calendar.year = year.clamp(*Calendar::YEARS.start(), *Calendar::YEARS.end());
    calendar.start_month = start_month.clamp(1, 12);
    if (year, start_month) != (calendar.year, calendar.start_month) {
        repairs.push(Repair::Calendar(year, start_month));
    }
    calendar.work_week = calendar.work_week.clamp(5, 7);
    for (place, mut holiday) in std::mem::take(&mut calendar.holidays).into_iter().enumerate() {
        repair_text(&mut holiday.name, MAX_NAME, Lines::One, repairs);
        if Calendar::MAX_DAYS_OFF <= place || !is_some_day(holiday.when, holiday.days) {
            repairs.push(Repair::Holiday(holiday.name));
        } else {
            calendar.holidays.push(holiday);
        }
    }
    for (place, mut peak) in std::mem::take(&mut calendar.peaks).into_iter().enumerate() {
        repair_text(&mut peak.name, MAX_NAME, Lines::One, repairs);
        repair_weight(&mut peak.factor, repairs);
        if Calendar::MAX_DAYS_OFF <= place || !is_some_day(peak.when, peak.days) {
            repairs.push(Repair::Holiday(peak.name));
        } else {
            calendar.peaks.push(peak);
        }
    }
}

/// Walks from the root: what is reached twice or does not exist is dropped as a child, what is not reached as a node.
fn repair_shape(tree: &mut Tree, dimension: Dimension, repairs: &mut Vec<Repair>) {
    let mut seen: BTreeSet<NodeId> = gathered([tree.root]);
    let mut open = vec![(tree.root, 1)];
    while let Some((id, depth)) = open.pop() {
        let children = tree.children(id).to_vec();
        let (keep, drop): (Vec<NodeId>, Vec<NodeId>) = children
            .iter()
            .partition(|child| depth < MAX_DEPTH && tree.nodes.contains_key(child) && seen.insert(**child));
        repairs.extend(drop.iter().map(|_| Repair::Child(dimension, id)));
        open.extend(keep.iter().map(|child| (*child, depth + 1)));
        if let Some(node) = tree.nodes.get_mut(&id) {
            node.children = keep;
        }
    }
    let orphans: Vec<NodeId> = tree.nodes.keys().copied().filter(|id| !seen.contains(id)).collect();
    for id in orphans {
        tree.nodes.remove(&id);
        repairs.push(Repair::Orphan(dimension, id));
    }
    let highest = tree.nodes.keys().next_back().map_or(0, |id| id.0);
    tree.next = tree.next.max(highest.saturating_add(1));
}

fn repair_node(node: &mut Node, repairs: &mut Vec<Repair>) {
    // Columns first: whoever goes through the fields takes their names for told apart.
    repair_columns(&mut node.past, repair_amount, repairs);
    repair_columns(&mut node.scores, |score, repairs| repair_decimal(score, MAX_WEIGHT, repairs), repairs);
    if let Some(mix) = &mut node.mix {
        repair_weight(&mut mix.last_year, repairs);
        repair_columns(&mut mix.past, |weight, repairs| repair_decimal(weight, MAX_PERCENT, repairs), repairs);
    }
    repair_factors(&mut node.factors, repairs);
    repair_typed(&mut node.typed, repairs);
    repair_lock(&mut node.lock, repairs);
    node.visit(&mut Mend(repairs));
}

/// Names are cleaned as all text is; of two that become the same, the first is kept.
fn repair_columns<T: Clone>(
    columns: &mut BTreeMap<String, T>,
    repair: impl Fn(&mut Option<T>, &mut Vec<Repair>),
    repairs: &mut Vec<Repair>,
) {
    let mut sound = BTreeMap::new();
    for (mut name, value) in std::mem::take(columns) {
        repair_text(&mut name, MAX_NAME, Lines::One, repairs);
        let mut value = Some(value);
        repair(&mut value, repairs);
        let Some(value) = value else { continue };
        if sound.contains_key(&name) || MAX_COLUMNS <= sound.len() {
            repairs.push(Repair::Column(name));
        } else {
            sound.insert(name, value);
        }
    }
    *columns = sound;
}

fn repair_factors(factors: &mut Vec<Factor>, repairs: &mut Vec<Repair>) {
    let mut sound: Vec<Factor> = Vec::with_capacity(factors.len());
    for mut factor in std::mem::take(factors) {
        repair_text(&mut factor.name, MAX_NAME, Lines::One, repairs);
        repair_weight(&mut factor.weight, repairs);
        if sound.iter().any(|it| it.name == factor.name) || MAX_COLUMNS <= sound.len() {
            repairs.push(Repair::Column(factor.name));
        } else {
            sound.push(factor);
        }
    }
    *factors = sound;
}

/// A weight that cannot be absent counts as zero where it is none.
fn repair_weight(weight: &mut Decimal, repairs: &mut Vec<Repair>) {
    let mut kept = Some(*weight);
    repair_decimal(&mut kept, MAX_PERCENT, repairs);
    *weight = kept.unwrap_or_default();
}

fn repair_cells(plan: &mut Plan, repairs: &mut Vec<Repair>) {
    let unknown: Vec<At> = plan.cells.iter().map(|(at, _)| at).filter(|at| !is_cell(plan, *at)).collect();
    plan.cells.retain(|at, _| unknown.binary_search(&at).is_err());
    repairs.extend(unknown.into_iter().map(Repair::Cell));
    for cell in plan.cells.values_mut() {
        repair_typed(&mut cell.typed, repairs);
        repair_lock(&mut cell.lock, repairs);
        cell.visit(&mut Mend(repairs));
    }
    plan.cells.retain(|_, cell| !cell.is_empty());
}

pub(super) fn repair_text(text: &mut String, most: usize, lines: Lines, repairs: &mut Vec<Repair>) {
    let cut: String = clean(text, lines).chars().take(most).collect();
    // A cut may leave a space at the end.
    let cleaned = clean(&cut, lines);
    if cleaned != *text {
        repairs.push(Repair::Text(cleaned.clone()));
        *text = cleaned;
    }
}

pub(super) fn repair_amount(amount: &mut Option<Amount>, repairs: &mut Vec<Repair>) {
    if let Some(bad) = amount.take_if(|it| !is_sound(*it)) {
        repairs.push(Repair::Amount(bad));
    }
}

fn repair_decimal(value: &mut Option<Decimal>, most: Decimal, repairs: &mut Vec<Repair>) {
    let sound = |it: &Decimal| !it.is_sign_negative() && *it <= most && it.normalize().scale() <= MAX_DECIMALS;
    match value.take() {
        Some(bad) if !sound(&bad) && !bad.is_zero() => repairs.push(Repair::Decimal(bad)),
        other => *value = other.map(|it| it.normalize()),
    }
}

fn repair_typed(typed: &mut Option<Typed>, repairs: &mut Vec<Repair>) {
    if let Some(bad) = typed.take_if(|it| !is_sound(it.part) || !is_sound(it.whole)) {
        repairs.push(Repair::Amount(bad.part));
    }
}

fn repair_lock(lock: &mut Option<Lock>, repairs: &mut Vec<Repair>) {
    match lock {
        Some(Lock::Value(amount)) => {
            let mut kept = Some(*amount);
            repair_amount(&mut kept, repairs);
            *lock = kept.map(Lock::Value);
        }
        Some(Lock::Share(share)) => {
            let mut kept = Some(*share);
            repair_typed(&mut kept, repairs);
            *lock = kept.map(Lock::Share);
        }
        None => {}
    }
}

fn is_sound(amount: Amount) -> bool {
    !amount.is_negative() && amount <= Amount::MAX
}
