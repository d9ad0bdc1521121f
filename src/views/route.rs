//! Where in the app the user is: a small enum, read from the hash and written to it. The address holds no plan, except a
//! link that was just opened.

use crate::edge::link;
use crate::engine::Subject;
use crate::plan::{Dimension, Pair};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Templates, my plans, open a file, a table, a link.
    Start,
    Goal,
    Calendar,
    /// Who brings the target.
    Capacity,
    /// From leads to orders to cash.
    Funnel,
    /// Whether the target can be reached.
    Gate,
    /// How likely it is reached.
    Chance,
    /// What might be: scenarios, compared, and what moves the year most.
    Scenarios,
    /// A dimension against time.
    Sheet(Dimension),
    /// The organisation against products.
    Mix,
    /// What was given, what was submitted, and what both can agree on.
    Agree,
}

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    Route(Route),
    /// A plan, or what is left of one.
    Link(String),
    /// Nothing, or nothing known.
    Elsewhere,
}

impl Route {
    pub const ALL: [Route; 14] = [
        Route::Start,
        Route::Goal,
        Route::Calendar,
        Route::Capacity,
        Route::Funnel,
        Route::Gate,
        Route::Chance,
        Route::Scenarios,
        Route::Sheet(Dimension::Organisation),
        Route::Sheet(Dimension::Product),
        Route::Sheet(Dimension::Customer),
        Route::Sheet(Dimension::Channel),
        Route::Mix,
        Route::Agree,
    ];

    /// The page on which one sees what a finding speaks of.
    pub fn of(subject: Subject) -> Route {
        match subject {
            Subject::Target => Route::Goal,
            Subject::Capacity => Route::Capacity,
            Subject::Funnel => Route::Funnel,
            Subject::Gate => Route::Gate,
            // The periods of the year are the columns of every sheet.
            Subject::Tree(Dimension::Time) | Subject::Node(Dimension::Time, _) => Route::Sheet(Dimension::Organisation),
            Subject::Tree(dimension) | Subject::Node(dimension, _) => Route::Sheet(dimension),
            Subject::Cell(at) if at.pair == Pair::ORGANISATION_PRODUCT => Route::Mix,
            Subject::Cell(at) => Route::Sheet(at.pair.rows()),
        }
    }

    pub fn hash(self) -> &'static str {
        match self {
            Route::Start => "#/start",
            Route::Goal => "#/goal",
            Route::Calendar => "#/calendar",
            Route::Capacity => "#/capacity",
            Route::Funnel => "#/funnel",
            Route::Gate => "#/gate",
            Route::Chance => "#/chance",
            Route::Scenarios => "#/scenarios",
            Route::Sheet(Dimension::Organisation | Dimension::Time) => "#/organisation",
            Route::Sheet(Dimension::Product) => "#/product",
            Route::Sheet(Dimension::Customer) => "#/customer",
            Route::Sheet(Dimension::Channel) => "#/channel",
            Route::Mix => "#/mix",
            Route::Agree => "#/agree",
        }
    }

    /// Reads a hash.
    pub fn read(hash: &str) -> Address {
        if let Some(route) = Route::ALL.into_iter().find(|route| route.hash() == hash) {
            return Address::Route(route);
        }
        if link::find(hash) { Address::Link(hash.to_owned()) } else { Address::Elsewhere }
    }
}
