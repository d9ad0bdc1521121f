//! What everybody together can bring against the target, by month, and by node.

use leptos::prelude::*;

use super::super::chart::AbleChart;
use super::super::display::Display;
use super::super::name;
use super::super::parts::{CollectAny, Show, standing};
use super::super::settle::trailing;
use crate::amount::Amount;
use crate::engine::gate::Against;
use crate::i18n::use_words;
use crate::live::Derived;
use crate::plan::{Calendar, Dimension};
use crate::results::capacity::{NodeRow, first_short, nodes, orders};
use crate::session::Session;
use crate::{say, text};

/// The year in a sentence, and in a picture.
pub fn able_card() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let is_priced = Derived::new(move || session.outcome().staff.is_priced(&session.plan()));
    let sentence = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let Some(able) = outcome.staff.whole(&plan) else { return say!(words, capacity.nobody) };
        let orders = orders(able).round_dp(1);
        if !outcome.staff.is_priced(&plan) {
            return say!(words, capacity.says_orders, orders = name::count(orders));
        }
        let figure = |units: i64| name::exact_amount(words, &plan, Amount::from_units(units));
        let (able, target) = (able.total().units(), outcome.total().units());
        let off = figure((target - able).abs());
        // Of people whose amounts are given, nobody knows how many orders they are.
        let said = match orders.is_zero() {
            true => figure(able),
            false => say!(words, capacity.of_orders, able = figure(able), orders = name::count(orders)).into_owned(),
        };
        match first_short(&plan, &outcome) {
            _ if able < target => {
                let month =
                    first_short(&plan, &outcome).map(|it| name::short_period(words, &plan, it)).unwrap_or_default();
                say!(words, capacity.says_short, able = said, target = figure(target), off = off, month = month)
            }
            Some(month) => {
                let month = name::short_period(words, &plan, month);
                say!(words, capacity.says_months, able = said, target = figure(target), month = month)
            }
            None => say!(words, capacity.says_enough, able = said, target = figure(target), off = off),
        }
    };
    let state = Derived::new(move || standing(session.outcome().gate.suffices(Against::People)));
    view! {
        <p class=move || state.get() role="status">{move || sentence()}</p>
        <Show when=move || is_priced.get()>
            <div class="reach__wide"><AbleChart/></div>
        </Show>
    }
    .into_any()
}

/// By node and by month.
pub fn by_node() -> AnyView {
    let words = use_words();
    let session = trailing();
    let display = expect_context::<Display>();
    /// More than these nobody reads; the sheet shows them all.
    const MOST: usize = 60;
    let rows = Derived::new(move || nodes(&session.plan(), &session.outcome()));
    let count = Derived::new(move || rows.with(Vec::len));
    let heads = (1..=12).map(move |it| {
        view! {
            <th scope="col">{move || name::short_period(words, &session.plan(), Calendar::month(it))}</th>
        }
    });
    let row = move |row: &NodeRow| {
        let plan = session.plan();
        let figures =
            display.figures(&plan, row.months.iter().copied().chain([row.target.units(), row.capacity.units()]));
        let print = |units: i64| figures.print(Amount::from_units(units));
        let gap = row.gap();
        let word = if 0 < gap { format!("▲ {}", print(gap)) } else { print(0.max(-gap)) };
        view! {
            <tr class:bad=0 < gap>
                <th scope="row" style:--depth=row.depth.to_string()>{name::node(words, &plan, Dimension::Organisation, row.id)}</th>
                <td>{row.heads.to_string()}</td>
                {row.months.iter().map(|it| view! { <td>{print(*it)}</td> }).collect_any()}
                <td>{print(row.capacity.units())}</td>
                <td>{print(row.target.units())}</td>
                <td>{if 0 < gap { say!(words, capacity.short, amount = word) } else { say!(words, capacity.spare, amount = word) }}</td>
            </tr>
        }
    };
    let unit = move || name::unit(words, &session.plan(), display.scale(&session.plan()));
    view! {
        <Show when=move || 0 < count.get() && session.outcome().staff.is_priced(&session.plan())>
            <section class="card reach__wide" aria-labelledby="capacity-nodes">
                <div class="card__bar">
                    <h2 class="card__title" id="capacity-nodes">{text!(words, capacity.by_node)}</h2>
                    <span class="muted">{move || unit()}</span>
                </div>
                <div class="card__body">
                    <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, capacity.by_node)>
                        <table class="lines__table lines__figures">
                            <thead><tr>
                                <th scope="col">{text!(words, capacity.node)}</th>
                                <th scope="col">{text!(words, capacity.heads)}</th>
                                {heads.clone().collect_any()}
                                <th scope="col">{text!(words, capacity.year)}</th>
                                <th scope="col">{text!(words, capacity.target)}</th>
                                <th scope="col">{text!(words, capacity.gap)}</th>
                            </tr></thead>
                            <tbody>{move || rows.with(|it| it.iter().take(MOST).map(row).collect_any())}</tbody>
                        </table>
                    </div>
                    <Show when=move || MOST < count.get()>
                        <p class="muted">{move || say!(words, capacity.more_nodes, count = count.get() - MOST)}</p>
                    </Show>
                </div>
            </section>
        </Show>
    }
    .into_any()
}
