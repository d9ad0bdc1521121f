//! What an edit speaks of: two edits that speak of the same are about one thing, whatever they say of it.

use super::super::edit::Field;
use super::super::{At, CapacityField, Dimension, Edit, FunnelField, GoalField, ItemId, NodeId, ScenarioField};

/// A thing of a plan that two can change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Title,
    Unit,
    Calendar,
    Buffer,
    Chance,
    Ancestors,
    /// Several at once: `diff` makes no such edit.
    Batch,
    /// A field of the goal; a past year or a kind of ground by its name.
    Goal(u8, String),
    /// That nobody is given more than the people there can bring.
    IsCap,
    /// A field of the funnel.
    Funnel(u8),
    /// A field of a node; a past period or a factor by its name.
    Node(Dimension, NodeId, u8, String),
    Cell(At),
    /// That a node is there, with everything below it.
    Branch(Dimension, NodeId),
    /// Below which node it is.
    Parent(Dimension, NodeId),
    /// In which order those below a node stand.
    Order(Dimension, NodeId),
    /// All of a tree: what the two have cannot be laid over each other.
    Tree(Dimension),
    /// A thing of a list.
    Item(Listed, ItemId),
    /// In which order the things of a list stand.
    Sequence(Listed),
    /// Which inputs are pinned.
    Pins,
}

/// The lists of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listed {
    Evidence,
    Events,
    Limits,
    Measures,
    Levels,
    Crews,
    Stages,
    Sources,
    Activities,
    PastRates,
    Scenarios,
}

impl Place {
    pub fn of(edit: &Edit) -> Place {
        match edit {
            Edit::Node { dimension, id, field } => {
                let name = match field {
                    Field::Past(name, _) | Field::Score(name, _) => name.clone(),
                    _ => String::new(),
                };
                Place::Node(*dimension, *id, of_node(field), name)
            }
            Edit::Add { dimension, id, .. } | Edit::Remove { dimension, id } => Place::Branch(*dimension, *id),
            Edit::Move { dimension, id, .. } => Place::Parent(*dimension, *id),
            Edit::Tree { dimension, .. } | Edit::Next { dimension, .. } => Place::Tree(*dimension),
            Edit::Cell { at, .. } => Place::Cell(*at),
            Edit::Goal(field) => of_goal(field),
            Edit::Capacity(field) => match field {
                CapacityField::Level(it) => Place::Item(Listed::Levels, it.id),
                CapacityField::Crew(it) => Place::Item(Listed::Crews, it.id),
                CapacityField::IsCap(_) => Place::IsCap,
            },
            Edit::Funnel(field) => match field {
                FunnelField::Stage(it) => Place::Item(Listed::Stages, it.id),
                FunnelField::Source(it) => Place::Item(Listed::Sources, it.id),
                FunnelField::Activity(it) => Place::Item(Listed::Activities, it.id),
                FunnelField::Past(it) => Place::Item(Listed::PastRates, it.id),
                FunnelField::OrderValue(_) => Place::Funnel(0),
                FunnelField::Lead(_) => Place::Funnel(1),
                FunnelField::Pipeline(..) => Place::Funnel(2),
                FunnelField::Week(_) => Place::Funnel(3),
            },
            Edit::Scenario(ScenarioField::Scenario(it)) => Place::Item(Listed::Scenarios, it.id),
            Edit::Scenario(ScenarioField::Pins(_)) => Place::Pins,
            Edit::Title(_) => Place::Title,
            Edit::Unit(_) => Place::Unit,
            Edit::Calendar(_) => Place::Calendar,
            Edit::Buffer(_) => Place::Buffer,
            Edit::Chance(_) => Place::Chance,
            Edit::Ancestors(_) => Place::Ancestors,
            Edit::Batch(_) => Place::Batch,
        }
    }

    /// The node that it is of, or the nodes.
    pub(super) fn nodes(&self) -> Vec<(Dimension, NodeId)> {
        match self {
            Place::Node(dimension, id, ..)
            | Place::Branch(dimension, id)
            | Place::Parent(dimension, id)
            | Place::Order(dimension, id) => vec![(*dimension, *id)],
            Place::Cell(at) => vec![(at.pair.rows(), at.row), (at.pair.columns(), at.column)],
            _ => Vec::new(),
        }
    }
}

fn of_goal(field: &GoalField) -> Place {
    let one = |number| Place::Goal(number, String::new());
    match field {
        GoalField::Evidence(it) => Place::Item(Listed::Evidence, it.id),
        GoalField::Event(it) => Place::Item(Listed::Events, it.id),
        GoalField::Limit(it) => Place::Item(Listed::Limits, it.id),
        GoalField::Measure(it) => Place::Item(Listed::Measures, it.id),
        GoalField::Target(_) => one(0),
        GoalField::LastYear(_) => one(1),
        GoalField::Past(year, _) => Place::Goal(2, year.clone()),
        GoalField::Basis(kind, _) => Place::Goal(3, format!("{kind:?}")),
        GoalField::Intent(_) => one(4),
        GoalField::Benchmark(_) => one(5),
        GoalField::Market(_) => one(6),
        GoalField::Levers(_) => one(7),
        GoalField::Marks(_) => one(8),
    }
}

/// The fields of a node, told apart.
fn of_node(field: &Field) -> u8 {
    match field {
        Field::Name(_) => 0,
        Field::Tag(_) => 1,
        Field::Note(_) => 2,
        Field::Method(_) => 3,
        Field::Rounding(_) => 4,
        Field::Percent(_) => 5,
        Field::Amount(_) => 6,
        Field::Weight(_) => 7,
        Field::LastYear(_) => 8,
        Field::Past(..) => 9,
        Field::Growth(_) => 10,
        Field::Potential(_) => 11,
        Field::Capacity(_) => 12,
        Field::WorkingDays(_) => 13,
        Field::Score(..) => 14,
        Field::Mix(_) => 15,
        Field::Factors(_) => 16,
        Field::Typed(_) => 17,
        Field::Lock(_) => 18,
        Field::Floor(_) => 19,
        Field::Cap(_) => 20,
        Field::Increment(_) => 21,
        Field::Tolerance(_) => 22,
        Field::Submitted(_) => 23,
        Field::Trust(_) => 24,
        Field::Actual(_) => 25,
    }
}
