//! What the engine has to say about a plan, as codes with the nodes and amounts that they speak of. The words are the
//! views' business.

use rust_decimal::Decimal;

use crate::amount::Amount;
use crate::plan::{At, Dimension, Method, NodeId};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A number that somebody fixed could not be kept.
    Error,
    /// Something that a careful planner would look at.
    Warning,
    /// A choice that the engine made because nobody else did.
    Hint,
}

impl Severity {
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Hint];
}

/// One thing to say about the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The target is not decided yet; everything is zero.
    NoTarget,
    /// The target is a bare number (S0-01).
    NoBasis,
    /// A node of the organisation hands out more or less than it has, as its tolerance allows (U19).
    HandedOut {
        node: NodeId,
        handed: Amount,
        given: Amount,
    },
    /// Locks force another total than the target; the locks were kept.
    TargetNotMet {
        dimension: Dimension,
        target: Amount,
        total: Amount,
    },
    /// The locks of this dimension cannot sum to the total; they were let go.
    LocksDropped {
        dimension: Dimension,
        lowest: Amount,
        highest: Amount,
        total: Amount,
    },
    /// Floors below a node come to more than it can have: its cap, what is locked, or at the root the total.
    FloorsExceed {
        dimension: Dimension,
        node: NodeId,
        floors: Amount,
        most: Amount,
    },
    /// Caps below a node come to less than it must have: its floor, what is locked, or at the root the total.
    CapsFallShort {
        dimension: Dimension,
        node: NodeId,
        caps: Amount,
        least: Amount,
    },
    /// A node has less than its floor.
    FloorBroken {
        dimension: Dimension,
        node: NodeId,
        floor: Amount,
        given: Amount,
    },
    /// A node has more than its cap.
    CapBroken {
        dimension: Dimension,
        node: NodeId,
        cap: Amount,
        given: Amount,
    },
    /// The floor of a node is above its cap, so that the cap is not kept.
    FloorAboveCap {
        dimension: Dimension,
        node: NodeId,
        floor: Amount,
        cap: Amount,
    },
    /// A node has no multiple of its increment: it was typed or locked so, or it takes what no multiple can.
    OffIncrement {
        dimension: Dimension,
        node: NodeId,
        increment: Amount,
        given: Amount,
    },
    /// What is locked below a locked node forces another amount on it.
    LockBroken {
        dimension: Dimension,
        node: NodeId,
        locked: Amount,
        given: Amount,
    },
    /// A lock inside a table that the totals of its row and column do not allow.
    CellLockBroken {
        at: At,
        locked: Amount,
        given: Amount,
    },
    /// A typed number that had to give way to locks.
    TypedGaveWay {
        dimension: Dimension,
        node: NodeId,
        typed: Amount,
        given: Amount,
    },
    CellTypedGaveWay {
        at: At,
        typed: Amount,
        given: Amount,
    },
    /// Floors of the cells of a row, or of a column, come to more than there is: of the row over the column named, or of the
    /// column over the row.
    CellFloorsExceed {
        at: At,
        floors: Amount,
        most: Amount,
    },
    /// Caps of the cells of a row, or of a column, come to less than there is.
    CellCapsFallShort {
        at: At,
        caps: Amount,
        least: Amount,
    },
    /// A cell has less than its floor.
    CellFloorBroken {
        at: At,
        floor: Amount,
        given: Amount,
    },
    /// A cell has more than its cap.
    CellCapBroken {
        at: At,
        cap: Amount,
        given: Amount,
    },
    /// A cell has no multiple of its increment.
    CellOffIncrement {
        at: At,
        increment: Amount,
        given: Amount,
    },
    /// The percentages below a node do not total 100; they were used as weights.
    PercentNot100 {
        dimension: Dimension,
        node: NodeId,
        percent: Decimal,
    },
    /// The weights of the factors below a node do not total 100; only their proportion counts.
    FactorsNot100 {
        dimension: Dimension,
        node: NodeId,
        percent: Decimal,
    },
    /// Nobody below the node has a score for one of its factors, by its number, so that all have the same.
    NoScores {
        dimension: Dimension,
        node: NodeId,
        factor: usize,
    },
    /// The amounts below a node do not total what it carries; they were used as weights.
    AmountsOffTotal {
        dimension: Dimension,
        node: NodeId,
        sum: Amount,
        total: Amount,
    },
    /// Nothing to go by: all weights below the node are zero or blank, so everyone gets the same.
    NoWeights {
        dimension: Dimension,
        node: NodeId,
        method: Method,
    },
    /// Some weights below the node are blank and count as the average.
    BlankWeights {
        dimension: Dimension,
        node: NodeId,
        method: Method,
        count: usize,
    },
    /// A weight of zero: the node gets nothing.
    GetsNothing {
        dimension: Dimension,
        node: NodeId,
        method: Method,
    },
    /// The four quarters are the same (S2-07).
    EvenQuarters,
    /// Everyone below the node gets the same (S0-22).
    EvenPeople {
        node: NodeId,
    },
    /// People are to bring far more than they are able to do (S2-12): how many, and who is farthest from it.
    BeyondReach {
        node: NodeId,
        given: Amount,
        capacity: Amount,
        people: usize,
    },
    /// People are to bring less than last year while the whole grows (S2-12): how many, and who falls most.
    BelowLastYear {
        node: NodeId,
        given: Amount,
        last_year: Amount,
        people: usize,
    },
}

/// What a finding speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The target of the plan.
    Target,
    Tree(Dimension),
    Node(Dimension, NodeId),
    Cell(At),
}

impl Finding {
    pub fn subject(&self) -> Subject {
        match *self {
            Finding::NoTarget | Finding::NoBasis | Finding::TargetNotMet { .. } => Subject::Target,
            Finding::LocksDropped { dimension, .. } => Subject::Tree(dimension),
            Finding::EvenQuarters => Subject::Tree(Dimension::Time),
            Finding::FloorsExceed { dimension, node, .. }
            | Finding::CapsFallShort { dimension, node, .. }
            | Finding::FloorBroken { dimension, node, .. }
            | Finding::CapBroken { dimension, node, .. }
            | Finding::FloorAboveCap { dimension, node, .. }
            | Finding::OffIncrement { dimension, node, .. }
            | Finding::LockBroken { dimension, node, .. }
            | Finding::TypedGaveWay { dimension, node, .. }
            | Finding::PercentNot100 { dimension, node, .. }
            | Finding::FactorsNot100 { dimension, node, .. }
            | Finding::NoScores { dimension, node, .. }
            | Finding::AmountsOffTotal { dimension, node, .. }
            | Finding::NoWeights { dimension, node, .. }
            | Finding::BlankWeights { dimension, node, .. }
            | Finding::GetsNothing { dimension, node, .. } => Subject::Node(dimension, node),
            Finding::HandedOut { node, .. }
            | Finding::EvenPeople { node }
            | Finding::BeyondReach { node, .. }
            | Finding::BelowLastYear { node, .. } => Subject::Node(Dimension::Organisation, node),
            Finding::CellLockBroken { at, .. }
            | Finding::CellTypedGaveWay { at, .. }
            | Finding::CellFloorsExceed { at, .. }
            | Finding::CellCapsFallShort { at, .. }
            | Finding::CellFloorBroken { at, .. }
            | Finding::CellCapBroken { at, .. }
            | Finding::CellOffIncrement { at, .. } => Subject::Cell(at),
        }
    }

    pub fn severity(&self) -> Severity {
        match self {
            Finding::TargetNotMet { .. }
            | Finding::LocksDropped { .. }
            | Finding::FloorsExceed { .. }
            | Finding::CapsFallShort { .. }
            | Finding::FloorBroken { .. }
            | Finding::CapBroken { .. }
            | Finding::FloorAboveCap { .. }
            | Finding::LockBroken { .. }
            | Finding::CellLockBroken { .. }
            | Finding::CellFloorsExceed { .. }
            | Finding::CellCapsFallShort { .. }
            | Finding::CellFloorBroken { .. }
            | Finding::CellCapBroken { .. } => Severity::Error,
            Finding::NoTarget
            | Finding::NoBasis
            | Finding::OffIncrement { .. }
            | Finding::TypedGaveWay { .. }
            | Finding::CellTypedGaveWay { .. }
            | Finding::CellOffIncrement { .. }
            | Finding::PercentNot100 { .. }
            | Finding::FactorsNot100 { .. }
            | Finding::NoScores { .. }
            | Finding::AmountsOffTotal { .. }
            | Finding::NoWeights { .. }
            | Finding::EvenQuarters
            | Finding::EvenPeople { .. }
            | Finding::BeyondReach { .. }
            | Finding::BelowLastYear { .. } => Severity::Warning,
            // A season with a month left out is a mistake more often than a choice (U7).
            Finding::BlankWeights { dimension: Dimension::Time, .. } => Severity::Warning,
            Finding::BlankWeights { .. } | Finding::GetsNothing { .. } | Finding::HandedOut { .. } => Severity::Hint,
        }
    }

    /// It says what a method found to go by, and nothing that was fixed.
    pub(super) fn is_about_weights(&self) -> bool {
        matches!(
            self,
            Finding::PercentNot100 { .. }
                | Finding::FactorsNot100 { .. }
                | Finding::NoScores { .. }
                | Finding::AmountsOffTotal { .. }
                | Finding::NoWeights { .. }
                | Finding::BlankWeights { .. }
                | Finding::GetsNothing { .. }
        )
    }
}
