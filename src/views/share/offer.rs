//! What can be sent of the plan on screen, each made ready: the plan, its link and the message around it.

use std::sync::Arc;

use super::super::display::Display;
use super::message::message;
use crate::edge::scope::{Scope, Standin, has_returns, scoped};
use crate::edge::{address, plan_link};
use crate::engine::Outcome;
use crate::i18n::Words;
use crate::plan::{Dimension, Plan};
use crate::say;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub scope: Scope,
    pub plan: Arc<Plan>,
    /// None where the plan is too large for one.
    pub link: Option<String>,
    pub message: Option<String>,
}

impl Offer {
    /// Of the link, the address of the page included.
    pub fn chars(&self) -> Option<usize> {
        self.link.as_ref().map(|it| it.chars().count())
    }
}

/// The whole plan first. Without what came back only where something did.
pub fn offers(words: Words, display: Display, plan: &Plan, outcome: &Outcome) -> Arc<[Offer]> {
    let scopes = [Scope::Whole, Scope::Planned, Scope::Anonymous];
    let is_offered = |it: &Scope| *it != Scope::Planned || has_returns(plan);
    let offer = |scope| {
        let plan = scoped(plan, scope, |it| standin(words, it));
        let link = plan_link::write(&plan).ok().map(|it| format!("{}#{it}", address::page()));
        let message = link.as_ref().map(|it| message(words, display, &plan, outcome, it));
        Offer { scope, plan: Arc::new(plan), link, message }
    };
    scopes.into_iter().filter(is_offered).map(offer).collect()
}

/// What stands in the place of a name.
fn standin(words: Words, standin: Standin) -> String {
    match standin {
        Standin::Title(year) => say!(words, share.standin_title, year = year),
        Standin::Person(number) => say!(words, share.standin_person, number = number),
        Standin::Team(number) => say!(words, share.standin_team, number = number),
        Standin::Unit(number) => say!(words, share.standin_unit, number = number),
        Standin::Customer(number) => say!(words, share.standin_customer, number = number),
        Standin::Customers(number) => say!(words, share.standin_customers, number = number),
        Standin::Node(Dimension::Channel, number) => say!(words, share.standin_channel, number = number),
        Standin::Node(_, number) => say!(words, share.standin_product, number = number),
        Standin::Column(number) => say!(words, share.standin_column, number = number),
    }
    .into_owned()
}
