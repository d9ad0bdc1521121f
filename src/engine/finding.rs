//! What the engine has to say about a plan, as codes with the nodes and amounts that they speak of. The words are the
//! views' business.

use rust_decimal::Decimal;

use super::gate::Against;
use crate::amount::Amount;
use crate::plan::{At, Dimension, ItemId, Method, NodeId, Pair};

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
    /// The target is beyond what all people can bring.
    PeopleShort {
        target: Amount,
        possible: Amount,
    },
    /// The target could be reached only if newcomers brought all from their first day (S0-12).
    RampIgnored {
        target: Amount,
        possible: Amount,
        unramped: Amount,
    },
    /// The target asks for more leads than the sources bring: so many more a month.
    LeadsShort {
        target: Amount,
        possible: Amount,
        leads: Decimal,
    },
    /// The target is beyond what can be supplied or carried (S1-04).
    LimitExceeded {
        limit: ItemId,
        target: Amount,
        possible: Amount,
    },
    /// The target is beyond what the whole market gives.
    MarketExceeded {
        target: Amount,
        possible: Amount,
    },
    /// The year would do, and months of it do not: the first, and how many.
    MonthsShort {
        by: Against,
        month: NodeId,
        months: usize,
    },
    /// More comes to a stage than it can take (S0-05).
    StageTight {
        stage: ItemId,
        needed: Decimal,
        resource: Decimal,
    },
    /// Nothing goes on from a stage.
    StageStops {
        stage: ItemId,
    },
    /// What goes on from stages is not said, so that all does: the first, and how many.
    StageUnsaid {
        stage: ItemId,
        stages: usize,
    },
    /// What stages can take is not said, though others say it: the first, and how many.
    StageUnbound {
        stage: ItemId,
        stages: usize,
    },
    /// Fewer leads of a source become orders than it is to be paid for (S1-24), in percent.
    SourcePaused {
        source: ItemId,
        conversion: Decimal,
        limit: Decimal,
    },
    /// What an order brings is not said, so that nobody knows what orders are worth.
    NoOrderValue,
    /// People of no level, who count as bringing nothing: the first, and how many lines.
    CrewWithoutLevel {
        crew: ItemId,
        crews: usize,
    },
    /// Newcomers whose ramp ends after the year.
    RampBeyondYear {
        crew: ItemId,
        crews: usize,
    },
    /// What is aimed at beyond the target is less or more than is usual (S0-39), in percent.
    StretchUnusual {
        percent: Decimal,
    },
    /// So is what the range begins below the plan, in points (S1-43).
    FloorUnusual {
        points: Decimal,
    },
    /// Fewer than three years are known (S1-06).
    FewYears {
        years: usize,
    },
    /// Of how leads of a source, or of all, fared fewer than three years are known (S1-06).
    FewRates {
        source: Option<ItemId>,
        years: usize,
    },
    /// All measures are for one horizon (S1-10).
    OneHorizon,
    /// Measures that lead to nothing that the year is about: the first, and how many (S3-06).
    MeasureForNothing {
        measure: ItemId,
        measures: usize,
    },
    /// Two trees would make more cells than are worked out.
    TableTooLarge {
        pair: Pair,
        cells: usize,
        most: usize,
    },
    /// Marks of a goal that nobody has found yet (S2-04).
    MarksMissing {
        count: usize,
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
    /// A table of two trees.
    Table(Pair),
    Capacity,
    Funnel,
    /// The target held against what is possible.
    Gate,
}

impl Finding {
    pub fn subject(&self) -> Subject {
        match *self {
            Finding::NoTarget
            | Finding::NoBasis
            | Finding::TargetNotMet { .. }
            | Finding::StretchUnusual { .. }
            | Finding::FloorUnusual { .. }
            | Finding::FewYears { .. }
            | Finding::OneHorizon
            | Finding::MeasureForNothing { .. }
            | Finding::MarksMissing { .. } => Subject::Target,
            Finding::PeopleShort { .. }
            | Finding::RampIgnored { .. }
            | Finding::LeadsShort { .. }
            | Finding::LimitExceeded { .. }
            | Finding::MarketExceeded { .. }
            | Finding::MonthsShort { .. } => Subject::Gate,
            Finding::StageTight { .. }
            | Finding::StageStops { .. }
            | Finding::StageUnsaid { .. }
            | Finding::StageUnbound { .. }
            | Finding::FewRates { .. }
            | Finding::SourcePaused { .. } => Subject::Funnel,
            Finding::NoOrderValue | Finding::CrewWithoutLevel { .. } | Finding::RampBeyondYear { .. } => {
                Subject::Capacity
            }
            Finding::LocksDropped { dimension, .. } => Subject::Tree(dimension),
            Finding::TableTooLarge { pair, .. } => Subject::Table(pair),
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
            | Finding::BelowLastYear { .. }
            | Finding::PeopleShort { .. }
            | Finding::RampIgnored { .. }
            | Finding::LeadsShort { .. }
            | Finding::LimitExceeded { .. }
            | Finding::MarketExceeded { .. }
            | Finding::StageTight { .. }
            | Finding::StageStops { .. }
            | Finding::SourcePaused { .. }
            | Finding::NoOrderValue
            | Finding::CrewWithoutLevel { .. }
            | Finding::RampBeyondYear { .. }
            | Finding::StretchUnusual { .. }
            | Finding::FloorUnusual { .. }
            | Finding::FewYears { .. }
            | Finding::FewRates { .. }
            | Finding::MeasureForNothing { .. }
            | Finding::OneHorizon => Severity::Warning,
            Finding::MonthsShort { .. }
            | Finding::StageUnsaid { .. }
            | Finding::StageUnbound { .. }
            | Finding::TableTooLarge { .. }
            | Finding::MarksMissing { .. } => Severity::Hint,
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
