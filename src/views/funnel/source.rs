//! Where leads come from, what of them become orders, and what they cost.

use std::collections::BTreeMap;

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::lines::{Lines, day, lines, name, node_name, node_of, nodes, number, own, price, shown, suggested};
use super::super::name as called;
use super::super::settle::trailing;
use crate::amount::parse_decimal;
use crate::engine::funnel::{SourceFlow, total};
use crate::i18n::{Words, use_words};
use crate::plan::{Edit, FunnelField, ItemId, LeadSource, NodeId, Plan};
use crate::results::funnel::shown as to_read;
use crate::{say, text};

pub fn sources_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let of = move |id: ItemId, read: &dyn Fn(&SourceFlow) -> String| {
        let outcome = session.outcome();
        let sources = outcome.flow.as_ref().map(|it| it.sources.as_slice()).unwrap_or_default();
        sources.iter().find(|it| it.id == id).map(read).unwrap_or_default()
    };
    let orders = move |id| of(id, &|it| called::count(to_read(total(&it.orders))));
    let conversion =
        move |id| of(id, &|it| format!("{}%", called::count((it.conversion * Decimal::ONE_HUNDRED).round_dp(2))));
    let cac = move |id| {
        let plan = session.plan();
        of(id, &|it| it.cac.map(|it| called::exact_amount(words, &plan, it)).unwrap_or_default())
    };
    let columns = vec![
        name(text!(words, funnel.source), |it: &mut LeadSource| &mut it.name),
        name(text!(words, funnel.purpose), |it| &mut it.purpose),
        suggested(own(text!(words, funnel.whose), whose, set_whose), nodes),
        number(text!(words, funnel.monthly), |it| &mut it.leads),
        own(text!(words, funnel.own_conversions), |_, plan, it| rates(plan, it), set_rates),
        price(text!(words, funnel.cost), |it| &mut it.cost),
        price(text!(words, funnel.cac), |it| &mut it.cac),
        day(text!(words, funnel.start), |it| &mut it.start),
        number(text!(words, funnel.benchmark), |it| &mut it.benchmark),
        number(text!(words, funnel.pause_below), |it| &mut it.pause_below),
        shown(text!(words, funnel.to_orders), conversion),
        shown(text!(words, funnel.orders), orders),
        shown(text!(words, funnel.order_cost), cac),
    ];
    lines(Lines {
        id: "sources",
        title: text!(words, funnel.sources),
        hint: text!(words, funnel.sources_hint),
        add: text!(words, funnel.add_source),
        list: |plan| &plan.funnel.sources,
        edit: |edit| Edit::Funnel(FunnelField::Source(edit)),
        blank: |words, _| LeadSource { name: say!(words, funnel.new_source).into_owned(), ..LeadSource::default() },
        columns,
        is_ordered: true,
        ways: Vec::new(),
    })
}

/// Whose leads they are: nobody's in particular where nothing stands there.
fn whose(words: Words, plan: &Plan, source: &LeadSource) -> String {
    let is_there = |id: &NodeId| plan.trees.organisation.get(*id).is_some();
    source.node.filter(is_there).map(|it| node_name(words, plan, it)).unwrap_or_default()
}

fn set_whose(words: Words, plan: &Plan, source: &mut LeadSource, text: &str) -> Result<(), String> {
    source.node = if text.is_empty() { None } else { Some(node_of(words, plan, text)?) };
    Ok(())
}

/// The stages before the order, at which leads are lost.
fn before_order(plan: &Plan) -> Vec<ItemId> {
    let order = plan.funnel.order_stage().unwrap_or_default();
    plan.funnel.stages.ids().iter().take(order).copied().collect()
}

/// Its own conversions, stage by stage; a dash where it has none: `10` or `40 / -`.
fn rates(plan: &Plan, source: &LeadSource) -> String {
    let stages = before_order(plan);
    if stages.iter().all(|it| !source.conversions.contains_key(it)) {
        return String::new();
    }
    let rate = |it: &ItemId| source.conversions.get(it).map_or("-".to_owned(), |it| it.normalize().to_string());
    stages.iter().map(rate).collect::<Vec<_>>().join(" / ")
}

fn set_rates(words: Words, plan: &Plan, source: &mut LeadSource, text: &str) -> Result<(), String> {
    let stages = before_order(plan);
    let bad = || say!(words, funnel.bad_rates, given = text.to_owned(), count = stages.len()).into_owned();
    let parts: Vec<&str> = match text {
        "" => Vec::new(),
        _ => text.split(['/', '／', ',', '，', ' ']).map(str::trim).filter(|it| !it.is_empty()).collect(),
    };
    if stages.len() < parts.len() {
        return Err(bad());
    }
    let mut own = BTreeMap::new();
    for (stage, part) in stages.iter().zip(&parts) {
        let part = part.trim_end_matches(['%', '％']);
        if part != "-" && part != "–" && part != "—" {
            own.insert(*stage, parse_decimal(part).map_err(|_| bad())?);
        }
    }
    source.conversions = own;
    Ok(())
}
