//! A plan with nothing decided, in the words and the currency of the language in force.

use leptos::prelude::*;

use super::template::coming_year;
use crate::i18n::Words;
use crate::plan::{Calendar, Plan, Tree, Unit};
use crate::say;

pub fn blank(words: Words) -> Plan {
    untrack(|| {
        let currency = if words.is_chinese() { "CNY" } else { "USD" };
        let calendar = Calendar::new(coming_year(), 1);
        let mut plan = Plan::blank(say!(words, start.untitled), Unit::Money(currency.to_owned()), calendar);
        plan.trees.organisation = Tree::single(say!(words, start.company));
        plan.trees.product = Tree::single(say!(words, start.all_products));
        plan.trees.customer = Tree::single(say!(words, start.all_customers));
        plan.trees.channel = Tree::single(say!(words, start.all_channels));
        plan
    })
}
