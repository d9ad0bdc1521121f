//! What an edit speaks of: two edits that speak of the same are about one thing, whatever they say of it.

use std::mem::{Discriminant, discriminant};

use super::super::edit::Field;
use super::super::{At, CapacityField, Dimension, Edit, FunnelField, GoalField, ItemId, NodeId, ScenarioField};

/// A thing of a plan that two can change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The title, the calendar, the buffer, the chance: there is one of each.
    Whole(Discriminant<Edit>),
    /// A field of the goal; a past year or a kind of ground by its name.
    Goal(Discriminant<GoalField>, String),
    Capacity(Discriminant<CapacityField>),
    Funnel(Discriminant<FunnelField>),
    /// A field of a node; a past period or a factor by its name.
    Node(Dimension, NodeId, Discriminant<Field>, String),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
                Place::Node(*dimension, *id, discriminant(field), name)
            }
            Edit::Add { dimension, id, .. } | Edit::Remove { dimension, id } => Place::Branch(*dimension, *id),
            Edit::Move { dimension, id, .. } => Place::Parent(*dimension, *id),
            Edit::Tree { dimension, .. } | Edit::Next { dimension, .. } => Place::Tree(*dimension),
            Edit::Cell { at, .. } => Place::Cell(*at),
            Edit::Goal(field) => of_goal(field),
            Edit::Capacity(field) => match field {
                CapacityField::Level(it) => Place::Item(Listed::Levels, it.id),
                CapacityField::Crew(it) => Place::Item(Listed::Crews, it.id),
                CapacityField::IsCap(_) => Place::Capacity(discriminant(field)),
            },
            Edit::Funnel(field) => match field {
                FunnelField::Stage(it) => Place::Item(Listed::Stages, it.id),
                FunnelField::Source(it) => Place::Item(Listed::Sources, it.id),
                FunnelField::Activity(it) => Place::Item(Listed::Activities, it.id),
                _ => Place::Funnel(discriminant(field)),
            },
            Edit::Scenario(ScenarioField::Scenario(it)) => Place::Item(Listed::Scenarios, it.id),
            Edit::Scenario(ScenarioField::Pins(_)) => Place::Pins,
            other => Place::Whole(discriminant(other)),
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
    match field {
        GoalField::Evidence(it) => Place::Item(Listed::Evidence, it.id),
        GoalField::Event(it) => Place::Item(Listed::Events, it.id),
        GoalField::Limit(it) => Place::Item(Listed::Limits, it.id),
        GoalField::Measure(it) => Place::Item(Listed::Measures, it.id),
        GoalField::Past(year, _) => Place::Goal(discriminant(field), year.clone()),
        GoalField::Basis(kind, _) => Place::Goal(discriminant(field), format!("{kind:?}")),
        _ => Place::Goal(discriminant(field), String::new()),
    }
}
