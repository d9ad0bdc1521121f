//! Whether leads suffice, in a sentence and month by month, and what has to come in at each stage.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::name;
use super::super::parts::{CollectAny, Show, standing};
use super::super::settle::trailing;
use crate::amount::Amount;
use crate::engine::funnel::total;
use crate::engine::gate::Against;
use crate::i18n::use_words;
use crate::live::Derived;
use crate::results::funnel::{MonthRow, cycle, months, rungs, shown};
use crate::session::Session;
use crate::{say, text};

/// The year in a sentence.
pub fn says() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let sentence = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let Some(flow) = &outcome.flow else { return say!(words, funnel.nothing) };
        let leads = flow.supply.first().map(total).unwrap_or_default();
        let orders = shown(total(&flow.supply[flow.order_stage]));
        let (leads, orders) = (name::count(shown(leads)), name::count(orders));
        let brings = flow.amount.map(|it| name::exact_amount(words, &plan, Amount::from_units(it.iter().sum())));
        match (brings, flow.leads_short()) {
            (Some(brings), Some(short)) if !short.is_zero() => {
                let short = name::count(short.round_dp(1));
                say!(words, funnel.says_short, leads = leads, orders = orders, brings = brings, short = short)
            }
            (Some(brings), _) => say!(words, funnel.says_enough, leads = leads, orders = orders, brings = brings),
            (None, _) => say!(words, funnel.says_orders, leads = leads, orders = orders),
        }
    };
    let ladder = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let ladder = rungs(&plan, outcome.flow.as_ref()?)?;
        let step = |(id, count): &(crate::plan::ItemId, rust_decimal::Decimal)| {
            format!("{} {}", name::stage(words, &plan, *id), name::count(*count))
        };
        let steps = ladder.needed.iter().map(step).collect::<Vec<_>>().join(" → ");
        Some(match ladder.cost {
            Some(cost) => say!(words, funnel.ladder_cost, steps = steps, cost = name::exact_amount(words, &plan, cost)),
            None => say!(words, funnel.ladder, steps = steps),
        })
    };
    let cycle = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let (days, percent) = cycle(&plan, outcome.flow.as_ref()?)?;
        let percent = percent.to_string();
        Some(match days {
            Some(days) => say!(words, funnel.cycle, days = name::count(days), percent = percent),
            None => say!(words, funnel.conversion_whole, percent = percent),
        })
    };
    let state = Derived::new(move || standing(session.outcome().gate.suffices(Against::Leads)));
    view! {
        <p class=move || state.get() role="status">{move || sentence()}</p>
        <p class="reach__wide muted reach__ladder">{move || ladder()}</p>
        <p class="reach__wide muted reach__ladder">{move || cycle()}</p>
    }
    .into_any()
}

pub fn months_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let display = expect_context::<Display>();
    let rows = Derived::new(move || {
        let outcome = session.outcome();
        outcome.flow.as_ref().map(|it| months(&outcome, it)).unwrap_or_default()
    });
    let before = move || {
        let outcome = session.outcome();
        let before = outcome.flow.as_ref()?.before.first().copied().filter(|it| !it.is_zero())?;
        Some(say!(words, funnel.before_year, count = name::count(before.round_dp(1))))
    };
    let row = move |it: &MonthRow| {
        let plan = session.plan();
        let figures = display.figures(&plan, it.amount.into_iter().chain([it.target]));
        let print = |units: i64| figures.print(Amount::from_units(units));
        let needed = it.needed.map(|it| name::count(it.round_dp(1))).unwrap_or_default();
        let short = it.short().map(|it| format!("▲ {}", name::count(it.round_dp(1)))).unwrap_or_default();
        view! {
            <tr class:bad=it.short().is_some()>
                <th scope="row">{name::short_period(words, &plan, it.month)}</th>
                <td>{name::count(it.leads)}</td>
                <td>{needed}</td>
                <td>{short}</td>
                <td>{name::count(it.orders)}</td>
                <td>{it.amount.map(print)}</td>
                <td>{print(it.target)}</td>
            </tr>
        }
    };
    let unit = move || name::unit(words, &session.plan(), display.scale(&session.plan()));
    view! {
        <Show when=move || !rows.with(Vec::is_empty)>
            <section class="card reach__wide" aria-labelledby="funnel-months">
                <div class="card__bar">
                    <h2 class="card__title" id="funnel-months">{text!(words, funnel.months)}</h2>
                    <span class="muted">{move || unit()}</span>
                </div>
                <div class="card__body">
                    <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, funnel.months)>
                        <table class="lines__table lines__figures">
                            <thead><tr>
                                <th scope="col">{text!(words, capacity.month)}</th>
                                <th scope="col">{text!(words, funnel.leads)}</th>
                                <th scope="col">{text!(words, funnel.leads_needed)}</th>
                                <th scope="col">{text!(words, funnel.leads_short)}</th>
                                <th scope="col">{text!(words, funnel.orders)}</th>
                                <th scope="col">{text!(words, funnel.brings)}</th>
                                <th scope="col">{text!(words, capacity.target)}</th>
                            </tr></thead>
                            <tbody>{move || rows.with(|it| it.iter().map(row).collect_any())}</tbody>
                        </table>
                    </div>
                    <p class="muted">{move || before()}</p>
                </div>
            </section>
        </Show>
    }
    .into_any()
}
