//! The one way in which a plan changes. Every edit that is applied returns the edit that takes it back.
//!
//! An edit says what is to be stored, no more: what a typed number does to its neighbours is decided by the engine
//! before the edit is made (`engine::breakback`). An edit that would leave a plan that the engine cannot read is refused,
//! by a code that carries the value, and nothing has changed then.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::buffer::Buffer;
use super::chance::Chance;
use super::crossing::{At, Cell};
use super::day::{Day, When};
use super::fields::Strict;
use super::list::ItemId;
use super::scenario::{self, ScenarioField};
use super::subjects::{self, CapacityField, FunnelField, GoalField};
use super::tree::{Dimension, Factor, Lock, Method, Mix, Node, NodeId, Rounding, Tree, Typed};
use super::{Calendar, Plan, Unit, check};
use crate::amount::Amount;

/// A change of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    Title(String),
    /// Amounts keep what they say: 12 yuan become 12 yen, not 1,200.
    Unit(Unit),
    Calendar(Calendar),
    Goal(GoalField),
    Capacity(CapacityField),
    Funnel(FunnelField),
    Buffer(Buffer),
    Chance(Chance),
    Scenario(ScenarioField),
    Node {
        dimension: Dimension,
        id: NodeId,
        field: Field,
    },
    /// A new node without children, as the child of `parent` before what stands at `position`.
    Add {
        dimension: Dimension,
        parent: NodeId,
        position: usize,
        id: NodeId,
        node: Box<Node>,
    },
    /// A node with everything below it, and what was said about its cells.
    Remove {
        dimension: Dimension,
        id: NodeId,
    },
    Move {
        dimension: Dimension,
        id: NodeId,
        parent: NodeId,
        position: usize,
    },
    /// Another tree in the place of this one, as an import brings it. What was said about cells of nodes that are gone
    /// goes with them.
    Tree {
        dimension: Dimension,
        tree: Box<Tree>,
    },
    Cell {
        at: At,
        cell: Cell,
    },
    /// Several edits that are one to the user.
    Batch(Vec<Edit>),
    /// The id that the next new node gets: only ever the inverse of an addition.
    Next {
        dimension: Dimension,
        next: u32,
    },
}

/// One field of a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Name(String),
    Tag(String),
    Note(String),
    Method(Option<Method>),
    Rounding(Option<Rounding>),
    Percent(Option<Decimal>),
    Amount(Option<Amount>),
    Weight(Option<Decimal>),
    LastYear(Option<Amount>),
    /// A figure of one past period, by its name.
    Past(String, Option<Amount>),
    Growth(Option<Decimal>),
    Potential(Option<Amount>),
    Capacity(Option<Amount>),
    WorkingDays(Option<Decimal>),
    /// A score for one factor, by its name.
    Score(String, Option<Decimal>),
    Mix(Option<Mix>),
    Factors(Vec<Factor>),
    Typed(Option<Typed>),
    Lock(Option<Lock>),
    Floor(Option<Amount>),
    Cap(Option<Amount>),
    Increment(Option<Amount>),
    Tolerance(Option<Decimal>),
    Submitted(Option<Amount>),
    Trust(Option<Decimal>),
    Actual(Option<Amount>),
}

/// Why an edit was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The node is not, or is no longer, in the tree.
    UnknownNode(Dimension, NodeId),
    /// Margins are no cells, and not every two dimensions have a table.
    NotACell(At),
    /// The root of a tree stays where it is.
    Root,
    /// A node cannot become a part of itself.
    IntoItself(NodeId),
    /// The periods of a year are given by the calendar.
    FixedShape,
    Negative(Amount),
    NegativeDecimal(Decimal),
    TooLarge(Amount),
    TooLargeDecimal {
        given: Decimal,
        most: Decimal,
    },
    TooPrecise(Decimal),
    /// Less than it may be.
    OutOfRange {
        given: Decimal,
        least: Decimal,
        most: Decimal,
    },
    TooLong {
        given: usize,
        most: usize,
    },
    TooManyNodes {
        most: usize,
    },
    /// A node has only so many past periods, scores or factors.
    TooManyColumns {
        most: usize,
    },
    /// Two factors of one node have this name.
    SameName(String),
    TooDeep {
        most: usize,
    },
    NotAUnit(String),
    /// The new unit has fewer decimals, and this amount needs them.
    WouldRound(Amount),
    Year(i32),
    Month(u8),
    /// So many days of a week cannot be worked.
    WorkWeek(u8),
    /// A holiday or a peak of this name lies on no day, or is too long.
    NotADay(String),
    TooManyHolidays {
        most: usize,
    },
    /// The thing is not, or is no longer, in its list.
    UnknownItem(ItemId),
    TooManyItems {
        most: usize,
    },
    /// A ramp that is too long, or has a month below nothing or above all.
    NotARamp {
        most: u8,
    },
    TooManyHeads {
        most: u32,
    },
    /// Somebody would go before they come.
    EndsBeforeStart {
        from: Day,
        to: Day,
    },
    /// A scenario changes neither the unit nor scenarios.
    NotInAScenario,
    /// The tree that was to be put in place is not one, or would not be one with this id in it.
    BrokenTree(Dimension),
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            EditError::UnknownNode(dimension, id) => write!(f, "node {} is not in the {dimension:?} tree", id.0),
            EditError::NotACell(at) => {
                write!(f, "row {} and column {} of {:?} are no cell of a table", at.row.0, at.column.0, at.pair)
            }
            EditError::Root => write!(f, "the root of a tree can be neither removed nor moved"),
            EditError::IntoItself(id) => write!(f, "node {} cannot be moved below itself", id.0),
            EditError::FixedShape => write!(f, "periods can be neither added, removed nor moved"),
            EditError::Negative(amount) => write!(f, "{} is negative; give zero or more", amount.units()),
            EditError::NegativeDecimal(value) => write!(f, "{value} is negative; give zero or more"),
            EditError::TooLarge(amount) => {
                write!(f, "{} is more than {} of the smallest unit", amount.units(), Amount::MAX.units())
            }
            EditError::TooLargeDecimal { given, most } => write!(f, "{given} is more than {most}"),
            EditError::TooPrecise(value) => write!(f, "{value} has more than {} decimals", check::MAX_DECIMALS),
            EditError::OutOfRange { given, least, most } => {
                write!(f, "{given} is not possible here; give {least} to {most}")
            }
            EditError::TooLong { given, most } => write!(f, "{given} characters given, at most {most} allowed"),
            EditError::TooManyNodes { most } => write!(f, "a tree holds at most {most} nodes"),
            EditError::TooManyColumns { most } => {
                write!(f, "a node holds at most {most} past periods, scores or factors")
            }
            EditError::SameName(name) => write!(f, "two factors are named {name:?}"),
            EditError::TooDeep { most } => write!(f, "a tree is at most {most} levels deep"),
            EditError::NotAUnit(text) => write!(f, "{text:?} is neither a currency code of three letters nor a count"),
            EditError::WouldRound(amount) => {
                write!(f, "the new unit has fewer decimals, and {} of the smallest unit needs them", amount.units())
            }
            EditError::Year(year) => write!(f, "the year {year} is outside {:?}", Calendar::YEARS),
            EditError::Month(month) => write!(f, "{month} is not a month; give 1 to 12"),
            EditError::WorkWeek(days) => write!(f, "{days} days of a week cannot be worked; give 5, 6 or 7"),
            EditError::NotADay(name) => {
                write!(f, "{name:?} lies on no day, or does not last 1 to {} days", Calendar::MAX_LENGTH)
            }
            EditError::TooManyHolidays { most } => {
                write!(f, "a calendar holds at most {most} holidays and {most} peaks")
            }
            EditError::UnknownItem(id) => write!(f, "item {} is not in its list", id.0),
            EditError::TooManyItems { most } => write!(f, "a list holds at most {most}"),
            EditError::NotARamp { most } => {
                write!(f, "a ramp has at most {most} months, each from 0 to 100 percent with up to six decimals")
            }
            EditError::TooManyHeads { most } => write!(f, "at most {most} people stand in one line"),
            EditError::EndsBeforeStart { from, to } => write!(f, "{to} is before {from}; give a day from {from} on"),
            EditError::NotInAScenario => write!(f, "a scenario changes neither the unit nor scenarios"),
            EditError::BrokenTree(dimension) => write!(f, "the new {dimension:?} tree is not a tree"),
        }
    }
}

impl std::error::Error for EditError {}

/// Applies an edit and returns its inverse.
pub(super) fn apply(plan: &mut Plan, edit: Edit) -> Result<Edit, EditError> {
    match edit {
        Edit::Title(title) => retitle(plan, title),
        Edit::Unit(unit) => set_unit(plan, unit),
        Edit::Calendar(calendar) => set_calendar(plan, calendar),
        Edit::Goal(field) => subjects::set_goal(&mut plan.goal, field).map(Edit::Goal),
        Edit::Capacity(field) => {
            subjects::set_capacity(&mut plan.capacity, &plan.trees.organisation, field).map(Edit::Capacity)
        }
        Edit::Funnel(field) => subjects::set_funnel(&mut plan.funnel, field).map(Edit::Funnel),
        Edit::Buffer(buffer) => {
            let buffer = Strict::sound(buffer)?;
            Ok(Edit::Buffer(std::mem::replace(&mut plan.buffer, buffer)))
        }
        Edit::Chance(chance) => {
            let chance = Strict::sound(chance)?;
            Ok(Edit::Chance(std::mem::replace(&mut plan.chance, chance)))
        }
        Edit::Scenario(field) => scenario::set_scenario(&mut plan.scenarios, field).map(Edit::Scenario),
        Edit::Node { dimension, id, field } => set_field(plan, dimension, id, field),
        Edit::Add { dimension, parent, position, id, node } => add(plan, dimension, parent, position, id, *node),
        Edit::Remove { dimension, id } => remove(plan, dimension, id),
        Edit::Move { dimension, id, parent, position } => relocate(plan, dimension, id, parent, position),
        Edit::Tree { dimension, tree } => replace_tree(plan, dimension, *tree),
        Edit::Cell { at, cell } => set_cell(plan, at, cell),
        Edit::Batch(edits) => batch(plan, edits),
        Edit::Next { dimension, next } => set_next(plan, dimension, next),
    }
}

pub(super) fn retitle(plan: &mut Plan, title: String) -> Result<Edit, EditError> {
    let title = text(title, check::MAX_TITLE)?;
    Ok(Edit::Title(std::mem::replace(&mut plan.title, title)))
}

fn batch(plan: &mut Plan, edits: Vec<Edit>) -> Result<Edit, EditError> {
    let mut inverses = Vec::with_capacity(edits.len());
    for edit in edits {
        match apply(plan, edit) {
            Ok(inverse) => inverses.push(inverse),
            Err(error) => {
                // All or nothing: what was done so far is taken back.
                for inverse in inverses.into_iter().rev() {
                    apply(plan, inverse)?;
                }
                return Err(error);
            }
        }
    }
    inverses.reverse();
    Ok(Edit::Batch(inverses))
}

fn set_unit(plan: &mut Plan, unit: Unit) -> Result<Edit, EditError> {
    if !unit.is_valid() {
        let (Unit::Money(text) | Unit::Count(text)) = unit;
        return Err(EditError::NotAUnit(text));
    }
    let (before, after) = (plan.unit.decimals(), unit.decimals());
    let mut rescaled = plan.clone();
    let mut refused = None;
    rescaled.for_each_amount(|amount| match rescale(*amount, before, after) {
        Ok(it) => *amount = it,
        Err(why) => refused = refused.take().or(Some(why)),
    });
    if let Some(why) = refused {
        return Err(why);
    }
    let old = std::mem::replace(&mut rescaled.unit, unit);
    *plan = rescaled;
    Ok(Edit::Unit(old))
}

fn rescale(amount: Amount, before: u8, after: u8) -> Result<Amount, EditError> {
    let units = amount.units();
    if before <= after {
        let factor = 10_i64.pow(u32::from(after - before));
        return units
            .checked_mul(factor)
            .map(Amount::from_units)
            .filter(|it| it.abs() <= Amount::MAX)
            .ok_or(EditError::TooLarge(amount));
    }
    let factor = 10_i64.pow(u32::from(before - after));
    if units % factor == 0 { Ok(Amount::from_units(units / factor)) } else { Err(EditError::WouldRound(amount)) }
}

/// Where another calendar has other periods, those that stay keep what was entered for them, and what was entered for
/// those that go comes back with the inverse.
fn set_calendar(plan: &mut Plan, calendar: Calendar) -> Result<Edit, EditError> {
    let calendar = sound_calendar(calendar)?;
    let mut year = calendar.tree();
    let old = std::mem::replace(&mut plan.calendar, calendar);
    if check::is_year(&plan.calendar, &plan.trees.time) {
        return Ok(Edit::Calendar(old));
    }
    for (id, node) in &mut year.nodes {
        if let Some(entered) = plan.trees.time.get(*id) {
            let usual = std::mem::take(node);
            let method = entered.method.or(usual.method);
            *node = Node { children: usual.children, method, ..entered.clone() };
        }
    }
    let mut inverse = vec![Edit::Calendar(old)];
    match replace_tree(plan, Dimension::Time, year)? {
        Edit::Batch(edits) => inverse.extend(edits),
        edit => inverse.push(edit),
    }
    Ok(Edit::Batch(inverse))
}

fn sound_calendar(mut calendar: Calendar) -> Result<Calendar, EditError> {
    if !Calendar::YEARS.contains(&calendar.year) {
        return Err(EditError::Year(calendar.year));
    }
    if !(1..=12).contains(&calendar.start_month) {
        return Err(EditError::Month(calendar.start_month));
    }
    if !(5..=7).contains(&calendar.work_week) {
        return Err(EditError::WorkWeek(calendar.work_week));
    }
    if Calendar::MAX_DAYS_OFF < calendar.holidays.len().max(calendar.peaks.len()) {
        return Err(EditError::TooManyHolidays { most: Calendar::MAX_DAYS_OFF });
    }
    for holiday in &mut calendar.holidays {
        holiday.name = text(std::mem::take(&mut holiday.name), check::MAX_NAME)?;
        lasts(&holiday.name, holiday.when, holiday.days)?;
    }
    for peak in &mut calendar.peaks {
        peak.name = text(std::mem::take(&mut peak.name), check::MAX_NAME)?;
        peak.factor = decimal(peak.factor, check::MAX_PERCENT)?;
        lasts(&peak.name, peak.when, peak.days)?;
    }
    Ok(calendar)
}

fn lasts(name: &str, when: When, days: u16) -> Result<(), EditError> {
    let is_sound = check::is_some_day(when, days);
    if is_sound { Ok(()) } else { Err(EditError::NotADay(name.to_owned())) }
}

fn set_field(plan: &mut Plan, dimension: Dimension, id: NodeId, field: Field) -> Result<Edit, EditError> {
    let node = plan.tree_mut(dimension).nodes.get_mut(&id).ok_or(EditError::UnknownNode(dimension, id))?;
    let field = match field {
        Field::Name(name) => Field::Name(std::mem::replace(&mut node.name, text(name, check::MAX_NAME)?)),
        Field::Tag(tag) => Field::Tag(std::mem::replace(&mut node.tag, text(tag, check::MAX_NAME)?)),
        Field::Note(note) => Field::Note(std::mem::replace(&mut node.note, prose(note, check::MAX_PROSE)?)),
        Field::Method(method) => Field::Method(std::mem::replace(&mut node.method, method)),
        Field::Rounding(rounding) => Field::Rounding(std::mem::replace(&mut node.rounding, rounding)),
        Field::Percent(value) => {
            let value = value.map(|it| decimal(it, check::MAX_PERCENT)).transpose()?;
            Field::Percent(std::mem::replace(&mut node.percent, value))
        }
        Field::Weight(value) => {
            let value = value.map(|it| decimal(it, check::MAX_WEIGHT)).transpose()?;
            Field::Weight(std::mem::replace(&mut node.weight, value))
        }
        Field::Amount(value) => Field::Amount(std::mem::replace(&mut node.amount, value.map(amount).transpose()?)),
        Field::LastYear(value) => {
            Field::LastYear(std::mem::replace(&mut node.last_year, value.map(amount).transpose()?))
        }
        Field::Past(period, value) => {
            let period = text(period, check::MAX_NAME)?;
            let old = set_column(&mut node.past, &period, value.map(amount).transpose()?)?;
            Field::Past(period, old)
        }
        Field::Growth(value) => Field::Growth(std::mem::replace(&mut node.growth, value.map(growth).transpose()?)),
        Field::Potential(value) => {
            Field::Potential(std::mem::replace(&mut node.potential, value.map(amount).transpose()?))
        }
        Field::Capacity(value) => {
            Field::Capacity(std::mem::replace(&mut node.capacity, value.map(amount).transpose()?))
        }
        Field::WorkingDays(value) => {
            let value = value.map(|it| decimal(it, check::MAX_WEIGHT)).transpose()?;
            Field::WorkingDays(std::mem::replace(&mut node.working_days, value))
        }
        Field::Score(factor, value) => {
            let factor = text(factor, check::MAX_NAME)?;
            let value = value.map(|it| decimal(it, check::MAX_WEIGHT)).transpose()?;
            let old = set_column(&mut node.scores, &factor, value)?;
            Field::Score(factor, old)
        }
        Field::Mix(value) => Field::Mix(std::mem::replace(&mut node.mix, value.map(mix).transpose()?)),
        Field::Factors(value) => Field::Factors(std::mem::replace(&mut node.factors, factors(value)?)),
        Field::Typed(value) => Field::Typed(std::mem::replace(&mut node.typed, value.map(typed).transpose()?)),
        Field::Lock(value) => Field::Lock(std::mem::replace(&mut node.lock, value.map(lock).transpose()?)),
        Field::Floor(value) => Field::Floor(std::mem::replace(&mut node.floor, value.map(amount).transpose()?)),
        Field::Cap(value) => Field::Cap(std::mem::replace(&mut node.cap, value.map(amount).transpose()?)),
        Field::Increment(value) => {
            Field::Increment(std::mem::replace(&mut node.increment, value.map(amount).transpose()?))
        }
        Field::Tolerance(value) => {
            let value = value.map(|it| decimal(it, check::MAX_PERCENT)).transpose()?;
            Field::Tolerance(std::mem::replace(&mut node.tolerance, value))
        }
        Field::Submitted(value) => {
            Field::Submitted(std::mem::replace(&mut node.submitted, value.map(amount).transpose()?))
        }
        Field::Trust(value) => {
            let value = value.map(|it| decimal(it, Decimal::ONE_HUNDRED)).transpose()?;
            Field::Trust(std::mem::replace(&mut node.trust, value))
        }
        Field::Actual(value) => Field::Actual(std::mem::replace(&mut node.actual, value.map(amount).transpose()?)),
    };
    Ok(Edit::Node { dimension, id, field })
}

fn add(
    plan: &mut Plan,
    dimension: Dimension,
    parent: NodeId,
    position: usize,
    id: NodeId,
    mut node: Node,
) -> Result<Edit, EditError> {
    if dimension == Dimension::Time {
        return Err(EditError::FixedShape);
    }
    let tree = plan.tree_mut(dimension);
    if check::MAX_NODES <= tree.nodes.len() {
        return Err(EditError::TooManyNodes { most: check::MAX_NODES });
    }
    if tree.nodes.contains_key(&id) || !tree.nodes.contains_key(&parent) {
        return Err(EditError::UnknownNode(dimension, if tree.nodes.contains_key(&id) { id } else { parent }));
    }
    if check::MAX_DEPTH <= tree.path(parent).len() {
        return Err(EditError::TooDeep { most: check::MAX_DEPTH });
    }
    let next = tree.next;
    tree.next = next.max(id.0.checked_add(1).ok_or(EditError::BrokenTree(dimension))?);
    node.children.clear();
    check::clean_node(&mut node);
    tree.nodes.insert(id, node);
    if let Some(parent) = tree.nodes.get_mut(&parent) {
        parent.children.insert(position.min(parent.children.len()), id);
    }
    Ok(Edit::Batch(vec![Edit::Remove { dimension, id }, Edit::Next { dimension, next }]))
}

/// An id is never given twice: the next one lies above all that there are.
fn set_next(plan: &mut Plan, dimension: Dimension, next: u32) -> Result<Edit, EditError> {
    let tree = plan.tree_mut(dimension);
    if tree.nodes.keys().any(|id| next <= id.0) {
        return Err(EditError::BrokenTree(dimension));
    }
    Ok(Edit::Next { dimension, next: std::mem::replace(&mut tree.next, next) })
}

fn remove(plan: &mut Plan, dimension: Dimension, id: NodeId) -> Result<Edit, EditError> {
    if dimension == Dimension::Time {
        return Err(EditError::FixedShape);
    }
    let tree = plan.tree_mut(dimension);
    let (parent, position) = place(tree, dimension, id)?;
    let gone = tree.walk(id);
    let mut inverse = Vec::with_capacity(gone.len());
    for at in &gone {
        let (parent, position) = if *at == id { (parent, position) } else { place(tree, dimension, *at)? };
        let node = Box::new(tree.nodes.get(at).cloned().unwrap_or_default());
        inverse.push(Edit::Add { dimension, parent, position, id: *at, node });
    }
    for at in &gone {
        tree.nodes.remove(at);
    }
    if let Some(parent) = tree.nodes.get_mut(&parent) {
        parent.children.remove(position);
    }
    let cells: Vec<(At, Cell)> = plan.cells.iter().filter(|(at, _)| speaks_of(*at, dimension, &gone)).collect();
    for (at, cell) in cells {
        plan.cells.set(at, Cell::default());
        inverse.push(Edit::Cell { at, cell });
    }
    inverse.extend(dismiss(plan, dimension, &gone)?);
    Ok(Edit::Batch(inverse))
}

/// Takes out the people of nodes that are gone, and returns what brings them back, the last first.
fn dismiss(plan: &mut Plan, dimension: Dimension, gone: &[NodeId]) -> Result<Vec<Edit>, EditError> {
    if dimension != Dimension::Organisation {
        return Ok(Vec::new());
    }
    let mut back = Vec::new();
    for edit in subjects::crews_of(&plan.capacity, gone) {
        back.push(Edit::Capacity(CapacityField::Crew(plan.capacity.crews.apply(edit)?)));
    }
    back.reverse();
    Ok(back)
}

fn speaks_of(at: At, dimension: Dimension, nodes: &[NodeId]) -> bool {
    (at.pair.rows() == dimension && nodes.contains(&at.row))
        || (at.pair.columns() == dimension && nodes.contains(&at.column))
}

fn relocate(
    plan: &mut Plan,
    dimension: Dimension,
    id: NodeId,
    parent: NodeId,
    position: usize,
) -> Result<Edit, EditError> {
    if dimension == Dimension::Time {
        return Err(EditError::FixedShape);
    }
    let tree = plan.tree_mut(dimension);
    let (from, at) = place(tree, dimension, id)?;
    if tree.get(parent).is_none() {
        return Err(EditError::UnknownNode(dimension, parent));
    }
    if tree.path(parent).contains(&id) {
        return Err(EditError::IntoItself(id));
    }
    if check::MAX_DEPTH < tree.path(parent).len() + check::height(tree, id) {
        return Err(EditError::TooDeep { most: check::MAX_DEPTH });
    }
    if let Some(from) = tree.nodes.get_mut(&from) {
        from.children.remove(at);
    }
    if let Some(parent) = tree.nodes.get_mut(&parent) {
        parent.children.insert(position.min(parent.children.len()), id);
    }
    Ok(Edit::Move { dimension, id, parent: from, position: at })
}

fn replace_tree(plan: &mut Plan, dimension: Dimension, mut tree: Tree) -> Result<Edit, EditError> {
    if dimension == Dimension::Time && !check::is_year(&plan.calendar, &tree) {
        return Err(EditError::FixedShape);
    }
    if check::MAX_NODES < tree.nodes.len() {
        return Err(EditError::TooManyNodes { most: check::MAX_NODES });
    }
    if !check::is_tree(&tree) {
        return Err(EditError::BrokenTree(dimension));
    }
    tree.nodes.values_mut().for_each(check::clean_node);
    let old = std::mem::replace(plan.tree_mut(dimension), tree);
    let is_gone = |id: &NodeId| plan.tree(dimension).get(*id).is_none();
    let gone: Vec<NodeId> = old.nodes.keys().copied().filter(is_gone).collect();
    let mut inverse = vec![Edit::Tree { dimension, tree: Box::new(old) }];
    let orphans: Vec<(At, Cell)> = plan.cells.iter().filter(|(at, _)| !check::is_cell(plan, *at)).collect();
    for (at, cell) in orphans {
        plan.cells.set(at, Cell::default());
        inverse.push(Edit::Cell { at, cell });
    }
    inverse.extend(dismiss(plan, dimension, &gone)?);
    Ok(Edit::Batch(inverse))
}

fn set_cell(plan: &mut Plan, at: At, cell: Cell) -> Result<Edit, EditError> {
    for (dimension, id) in [(at.pair.rows(), at.row), (at.pair.columns(), at.column)] {
        if plan.node(dimension, id).is_none() {
            return Err(EditError::UnknownNode(dimension, id));
        }
    }
    if !check::is_cell(plan, at) {
        return Err(EditError::NotACell(at));
    }
    cell.typed.map(typed).transpose()?;
    cell.lock.map(lock).transpose()?;
    for bound in [cell.floor, cell.cap, cell.increment] {
        bound.map(amount).transpose()?;
    }
    let percent = cell.percent.map(|it| decimal(it, check::MAX_PERCENT)).transpose()?;
    let cell = Cell { percent, ..cell };
    Ok(Edit::Cell { at, cell: plan.cells.set(at, cell) })
}

fn place(tree: &Tree, dimension: Dimension, id: NodeId) -> Result<(NodeId, usize), EditError> {
    if tree.get(id).is_none() {
        return Err(EditError::UnknownNode(dimension, id));
    }
    let parent = tree.parent(id).ok_or(EditError::Root)?;
    let position = tree.children(parent).iter().position(|child| *child == id).ok_or(EditError::Root)?;
    Ok((parent, position))
}

fn amount(amount: Amount) -> Result<Amount, EditError> {
    if amount.is_negative() {
        return Err(EditError::Negative(amount));
    }
    if Amount::MAX < amount { Err(EditError::TooLarge(amount)) } else { Ok(amount) }
}

fn typed(typed: Typed) -> Result<Typed, EditError> {
    Ok(Typed { part: amount(typed.part)?, whole: amount(typed.whole)? })
}

fn lock(lock: Lock) -> Result<Lock, EditError> {
    Ok(match lock {
        Lock::Value(value) => Lock::Value(amount(value)?),
        Lock::Share(share) => Lock::Share(typed(share)?),
    })
}

fn decimal(value: Decimal, most: Decimal) -> Result<Decimal, EditError> {
    let value = value.normalize();
    if value.is_sign_negative() && !value.is_zero() {
        return Err(EditError::NegativeDecimal(value));
    }
    if most < value {
        return Err(EditError::TooLargeDecimal { given: value, most });
    }
    if check::MAX_DECIMALS < value.scale() { Err(EditError::TooPrecise(value)) } else { Ok(value) }
}

/// From a loss of everything up.
fn growth(value: Decimal) -> Result<Decimal, EditError> {
    let value = value.normalize();
    if value < -Decimal::ONE_HUNDRED {
        return Err(EditError::NegativeDecimal(value));
    }
    decimal(value.abs(), check::MAX_PERCENT)?;
    Ok(value)
}

/// Puts a figure under a name, or takes it away, and returns the one before.
fn set_column<T>(columns: &mut BTreeMap<String, T>, name: &str, value: Option<T>) -> Result<Option<T>, EditError> {
    let is_new = !columns.contains_key(name);
    match value {
        Some(_) if is_new && check::MAX_COLUMNS <= columns.len() => {
            Err(EditError::TooManyColumns { most: check::MAX_COLUMNS })
        }
        Some(value) => Ok(columns.insert(name.to_owned(), value)),
        None => Ok(columns.remove(name)),
    }
}

fn mix(given: Mix) -> Result<Mix, EditError> {
    let mut past = BTreeMap::new();
    for (period, weight) in given.past {
        set_column(&mut past, &text(period, check::MAX_NAME)?, Some(decimal(weight, check::MAX_PERCENT)?))?;
    }
    Ok(Mix { last_year: decimal(given.last_year, check::MAX_PERCENT)?, past })
}

fn factors(given: Vec<Factor>) -> Result<Vec<Factor>, EditError> {
    if check::MAX_COLUMNS < given.len() {
        return Err(EditError::TooManyColumns { most: check::MAX_COLUMNS });
    }
    let mut factors: Vec<Factor> = Vec::with_capacity(given.len());
    for Factor { name, weight } in given {
        let factor = Factor { name: text(name, check::MAX_NAME)?, weight: decimal(weight, check::MAX_PERCENT)? };
        if factors.iter().any(|it| it.name == factor.name) {
            return Err(EditError::SameName(factor.name));
        }
        factors.push(factor);
    }
    Ok(factors)
}

fn text(text: String, most: usize) -> Result<String, EditError> {
    let text = check::clean(&text, check::Lines::One);
    within(text, most)
}

fn prose(text: String, most: usize) -> Result<String, EditError> {
    let text = check::clean(&text, check::Lines::Many);
    within(text, most)
}

fn within(text: String, most: usize) -> Result<String, EditError> {
    let given = text.chars().count();
    if most < given { Err(EditError::TooLong { given, most }) } else { Ok(text) }
}
