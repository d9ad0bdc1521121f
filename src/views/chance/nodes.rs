//! The chance of every node: how likely it reaches what it was given, what it brings in a bad, a middling and a good year, how
//! likely one would stop it, and by how much it would have to aim higher.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::name;
use super::super::parts::{CollectAny, Look, Show, button};
use super::aim::node;
use super::run::Run;
use super::says::percent;
use crate::engine::chance::{AnsweredNode, Needed};
use crate::i18n::{told, use_words};
use crate::results::chance::nodes;
use crate::session::Session;
use crate::views::display::Display;
use crate::{say, text};

/// More than these nobody reads; whoever is further down is asked for by itself.
const MOST: usize = 60;

pub fn nodes_card(run: Run) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let count = move || run.shown.with(|it| it.as_ref().map_or(0, |it| it.answer.nodes.len()));
    let shown = move || run.shown.with(|it| it.as_ref().map_or(0, |it| nodes(&it.answer).count().min(MOST)));
    let rows = move || {
        let plan = session.plan();
        let known: Vec<AnsweredNode> = run
            .shown
            .with(|it| it.as_ref().map(|it| nodes(&it.answer).take(MOST).copied().collect()).unwrap_or_default());
        let figures = display.figures(&plan, known.iter().map(|it| it.target.units()));
        let row = |it: &AnsweredNode| {
            let id = it.id;
            let called = node(words, &plan, id);
            let unknown = || "–".to_owned();
            let print = |at: usize| it.quantiles.filter(|_| it.is_fed).map_or_else(unknown, |it| figures.print(it[at]));
            let needed = match it.needed {
                Needed::By { part, .. } => format!("{}%", Decimal::new(part, 2).round_dp(1).normalize()),
                Needed::TooSure | Needed::Never | Needed::Unknown => unknown(),
            };
            let is_low = it.is_fed && it.chance < 5_000;
            // A word beside the colour.
            let chance = match it.is_fed {
                true if is_low => format!("▼ {}", percent(it.chance)),
                true => percent(it.chance),
                false => unknown(),
            };
            let stops = if it.is_fed { percent(it.stops) } else { unknown() };
            view! {
                <tr class:bad=is_low>
                    <th scope="row" style:--depth=it.depth.to_string()>
                        {button(Look::Link, told(move || called.clone().into()), move || run.scope.set(Some(id)))}
                    </th>
                    <td>{figures.print(it.target)}</td>
                    <td>{chance}</td>
                    <td>{print(0)}</td>
                    <td>{print(1)}</td>
                    <td>{print(2)}</td>
                    <td>{stops}</td>
                    <td>{needed}</td>
                </tr>
            }
        };
        known.iter().map(row).collect_any()
    };
    let unit = move || name::unit(words, &session.plan(), display.scale(&session.plan()));
    view! {
        <section class="card reach__wide" aria-labelledby="chance-nodes">
            <div class="card__bar">
                <h2 class="card__title" id="chance-nodes">{text!(words, chance.nodes)}</h2>
                <span class="muted">{move || unit()}</span>
            </div>
            <div class="card__body">
                <p class="field__hint">{text!(words, chance.nodes_hint)}</p>
                <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, chance.nodes)>
                    <table class="lines__table lines__figures">
                        <thead><tr>
                            <th scope="col">{text!(words, chance.node)}</th>
                            <th scope="col">{text!(words, chance.target)}</th>
                            <th scope="col">{text!(words, chance.chance)}</th>
                            <th scope="col">{text!(words, chance.p10)}</th>
                            <th scope="col">{text!(words, chance.p50)}</th>
                            <th scope="col">{text!(words, chance.p90)}</th>
                            <th scope="col">{text!(words, chance.stop_loss)}</th>
                            <th scope="col">{text!(words, chance.buffer)}</th>
                        </tr></thead>
                        <tbody>{move || rows()}</tbody>
                    </table>
                </div>
                <Show when=move || shown() < count()>
                    <p class="muted">{move || say!(words, chance.more_nodes, count = count() - shown())}</p>
                </Show>
            </div>
        </section>
    }
    .into_any()
}
