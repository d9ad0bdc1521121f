//! The funnel by territory and salesperson: what leads of their own bring, beside what their targets ask for.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::name;
use super::super::parts::{CollectAny, Show};
use super::super::settle::trailing;
use crate::amount::Amount;
use crate::i18n::use_words;
use crate::live::Derived;
use crate::plan::Dimension;
use crate::results::funnel::{TerritoryRow, shown, territories};
use crate::{say, text};

/// More than these nobody reads.
const MOST: usize = 200;

pub fn territories_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let display = expect_context::<Display>();
    let rows = Derived::new(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        outcome.flow.as_ref().map(|it| territories(&plan, &outcome, it)).unwrap_or_default()
    });
    let count = Derived::new(move || rows.with(Vec::len));
    let row = move |row: &TerritoryRow| {
        let plan = session.plan();
        let figures = display.figures(&plan, row.target.iter().map(|it| it.units()));
        let called = match row.id {
            Some(id) => name::node(words, &plan, Dimension::Organisation, id),
            None => say!(words, funnel.nobodys).into_owned(),
        };
        let needed = row.needed.map(|it| name::count(it.round_dp(1))).unwrap_or_default();
        let short = row.short().map(|it| format!("▲ {}", name::count(it.round_dp(1)))).unwrap_or_default();
        view! {
            <tr class:bad=row.short().is_some()>
                <th scope="row" style:--depth=row.depth.to_string()>{called}</th>
                <td>{name::count(shown(row.leads))}</td>
                <td>{row.conversion().map(|it| format!("{}%", name::count(it)))}</td>
                <td>{name::count(shown(row.orders))}</td>
                <td>{row.cost.map(|it| name::exact_amount(words, &plan, it))}</td>
                <td>{row.target.map(|it: Amount| figures.print(it))}</td>
                <td>{needed}</td>
                <td>{short}</td>
            </tr>
        }
    };
    let unit = move || name::unit(words, &session.plan(), display.scale(&session.plan()));
    view! {
        <Show when=move || 0 < count.get()>
            <section class="card reach__wide" aria-labelledby="funnel-territories">
                <div class="card__bar">
                    <h2 class="card__title" id="funnel-territories">{text!(words, funnel.territories)}</h2>
                    <span class="muted">{move || unit()}</span>
                </div>
                <div class="card__body">
                    <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, funnel.territories)>
                        <table class="lines__table lines__figures">
                            <thead><tr>
                                <th scope="col">{text!(words, capacity.node)}</th>
                                <th scope="col">{text!(words, funnel.leads)}</th>
                                <th scope="col">{text!(words, funnel.to_orders)}</th>
                                <th scope="col">{text!(words, funnel.orders)}</th>
                                <th scope="col">{text!(words, funnel.spent)}</th>
                                <th scope="col">{text!(words, capacity.target)}</th>
                                <th scope="col">{text!(words, funnel.leads_needed)}</th>
                                <th scope="col">{text!(words, funnel.leads_short)}</th>
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
