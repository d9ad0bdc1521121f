//! Where in the app the user is: a small enum, read from the hash and written to it. The address holds no plan, except a
//! link that was just opened.

use leptos_i18n::td_string;

use crate::edge::link;
use crate::engine::Subject;
use crate::i18n::Locale;
use crate::plan::{Dimension, Pair, Plan};

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
    /// Two dimensions against each other, neither of them time.
    Cross(Pair),
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
    pub const ALL: [Route; 19] = [
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
        Route::Cross(Pair::CROSSED[0]),
        Route::Cross(Pair::CROSSED[1]),
        Route::Cross(Pair::CROSSED[2]),
        Route::Cross(Pair::CROSSED[3]),
        Route::Cross(Pair::CROSSED[4]),
        Route::Cross(Pair::CROSSED[5]),
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
            Subject::Cell(at) => Route::to(at.pair),
            Subject::Table(pair) => Route::to(pair),
        }
    }

    /// The page of a table.
    pub fn to(pair: Pair) -> Route {
        if pair.is_over_time() { Route::Sheet(pair.rows()) } else { Route::Cross(pair) }
    }

    /// The table of a page, on pages that show one.
    pub fn pair(self) -> Option<Pair> {
        match self {
            Route::Sheet(dimension) => Some(Pair::over_time(dimension)),
            Route::Cross(pair) => Some(pair),
            _ => None,
        }
    }

    /// What the page is called in a language, whichever is in force.
    pub fn word(self, locale: Locale) -> &'static str {
        match self {
            Route::Start => td_string!(locale, shell.page_start),
            Route::Goal => td_string!(locale, shell.page_goal),
            Route::Calendar => td_string!(locale, shell.page_calendar),
            Route::Capacity => td_string!(locale, shell.page_capacity),
            Route::Funnel => td_string!(locale, shell.page_funnel),
            Route::Gate => td_string!(locale, shell.page_gate),
            Route::Chance => td_string!(locale, shell.page_chance),
            Route::Scenarios => td_string!(locale, shell.page_scenarios),
            Route::Sheet(Dimension::Organisation | Dimension::Time) => td_string!(locale, shell.page_organisation),
            Route::Sheet(Dimension::Product) => td_string!(locale, shell.page_product),
            Route::Sheet(Dimension::Customer) => td_string!(locale, shell.page_customer),
            Route::Sheet(Dimension::Channel) => td_string!(locale, shell.page_channel),
            Route::Cross(pair) => match (pair.rows(), pair.columns()) {
                (Dimension::Organisation, Dimension::Customer) => td_string!(locale, shell.page_organisation_customer),
                (Dimension::Organisation, Dimension::Channel) => td_string!(locale, shell.page_organisation_channel),
                (Dimension::Product, Dimension::Customer) => td_string!(locale, shell.page_product_customer),
                (Dimension::Product, _) => td_string!(locale, shell.page_product_channel),
                (Dimension::Customer, _) => td_string!(locale, shell.page_customer_channel),
                _ => td_string!(locale, shell.page_mix),
            },
            Route::Agree => td_string!(locale, shell.page_agree),
        }
    }

    /// Tables that few plans have are offered where both of their trees are divided.
    pub fn is_offered(self, plan: &Plan) -> bool {
        match self {
            Route::Cross(pair) => pair == Pair::ORGANISATION_PRODUCT || plan.is_crossed(pair),
            _ => true,
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
            Route::Cross(pair) => match (pair.rows(), pair.columns()) {
                (Dimension::Organisation, Dimension::Customer) => "#/organisation-customer",
                (Dimension::Organisation, Dimension::Channel) => "#/organisation-channel",
                (Dimension::Product, Dimension::Customer) => "#/product-customer",
                (Dimension::Product, _) => "#/product-channel",
                (Dimension::Customer, _) => "#/customer-channel",
                _ => "#/mix",
            },
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
