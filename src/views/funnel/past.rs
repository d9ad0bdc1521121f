//! How leads fared in earlier years: conversion, what a customer was worth, and what an order cost to win.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::lines::{Lines, choice, lines, name, number, price, shown};
use super::super::name as called;
use super::super::settle::trailing;
use crate::i18n::{Words, use_words};
use crate::plan::{Edit, FunnelField, ItemId, PastRate, Plan};
use crate::results::funnel::past;
use crate::{say, text};

pub fn past_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let change = move |id: ItemId| past(&session.plan(), id).change.map(points).unwrap_or_default();
    let ratio = move |id: ItemId| {
        let ratio = past(&session.plan(), id).ratio;
        ratio.map(|it| say!(words, funnel.times, times = called::count(it)).into_owned()).unwrap_or_default()
    };
    let columns = vec![
        name(text!(words, funnel.past_year), |it: &mut PastRate| &mut it.year),
        choice(
            text!(words, funnel.source),
            sources,
            |it| it.source.map(|it| it.0.to_string()).unwrap_or_default(),
            |it, value| it.source = value.parse().ok().map(ItemId),
        ),
        number(text!(words, funnel.past_conversion), |it| &mut it.conversion),
        price(text!(words, funnel.ltv), |it| &mut it.ltv),
        price(text!(words, funnel.past_cac), |it| &mut it.cac),
        shown(text!(words, funnel.change), change),
        shown(text!(words, funnel.ltv_to_cac), ratio),
    ];
    lines(Lines {
        id: "past-rates",
        title: text!(words, funnel.past),
        hint: text!(words, funnel.past_hint),
        add: text!(words, funnel.add_past),
        list: |plan| &plan.funnel.past,
        edit: |edit| Edit::Funnel(FunnelField::Past(edit)),
        blank: |_, plan| blank(plan),
        columns,
        is_ordered: true,
        ways: Vec::new(),
    })
}

/// The year before the earliest one of the line above, of the same source.
fn blank(plan: &Plan) -> PastRate {
    let last = plan.funnel.past.values().last();
    let before = last.and_then(|it| it.year.trim().parse::<i32>().ok()).unwrap_or(plan.calendar.year);
    PastRate {
        year: before.saturating_sub(1).to_string(),
        source: last.and_then(|it| it.source),
        ..PastRate::default()
    }
}

fn sources(words: Words, plan: &Plan) -> Vec<(String, String)> {
    let all = (String::new(), say!(words, funnel.all_sources).into_owned());
    let source = |id: &ItemId| (id.0.to_string(), called::source(words, plan, *id));
    std::iter::once(all).chain(plan.funnel.sources.ids().iter().map(source)).collect()
}

fn points(change: Decimal) -> String {
    let sign = if change.is_sign_negative() { "" } else { "+" };
    format!("{sign}{}", called::count(change.round_dp(2)))
}
