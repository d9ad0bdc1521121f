//! What can be sent of the plan on screen, each made ready: the plan, its link and the message around it.

use std::sync::Arc;

use super::super::display::Display;
use super::message::message;
use crate::edge::scope::{Scope, Standin, has_returns, scoped};
use crate::edge::what_if::WhatIfLink;
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
    /// What goes out in the place of the plan.
    what_if: Option<Arc<WhatIfLink>>,
}

impl Offer {
    /// The link behind a passphrase.
    pub async fn sealed(&self, passphrase: &str) -> Option<String> {
        match &self.what_if {
            Some(what_if) => plan_link::write_sealed_body(what_if.body(), passphrase).await,
            None => plan_link::write_sealed(&self.plan, passphrase).await,
        }
    }

    /// Of the link, the address of the page included.
    pub fn chars(&self) -> Option<usize> {
        self.link.as_ref().map(|it| it.chars().count())
    }
}

/// What is tried out first, where something is; then the whole plan. Without what came back only where something did.
pub fn offers(
    words: Words,
    display: Display,
    (plan, outcome): (&Plan, &Outcome),
    what_if: Option<WhatIfLink>,
) -> Arc<[Offer]> {
    let what_if = what_if.map(|it| of_what_if(words, plan, it));
    let scopes = [Scope::Whole, Scope::Planned, Scope::Anonymous];
    let is_offered = |it: &Scope| *it != Scope::Planned || has_returns(plan);
    let offer = |scope| {
        let plan = scoped(plan, scope, |it| standin(words, it));
        let link = plan_link::write(&plan).ok().map(|it| format!("{}#{it}", address::page()));
        let message = link.as_ref().map(|it| message(words, display, &plan, outcome, it));
        Offer { scope, plan: Arc::new(plan), link, message, what_if: None }
    };
    what_if.into_iter().chain(scopes.into_iter().filter(is_offered).map(offer)).collect()
}

fn of_what_if(words: Words, plan: &Plan, it: WhatIfLink) -> Offer {
    let link = it.write().map(|it| format!("{}#{it}", address::page()));
    let (name, title) = (it.name.clone(), plan.title.clone());
    let head = match name.is_empty() {
        true => say!(words, share.message_what_if, title = title),
        false => say!(words, share.message_scenario, name = name, title = title),
    };
    let message = link.as_ref().map(|link| format!("{head}\n{}\n{link}", say!(words, share.message_what_if_link)));
    Offer { scope: Scope::WhatIf, plan: Arc::new(plan.clone()), link, message, what_if: Some(Arc::new(it)) }
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
