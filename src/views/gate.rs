//! Whether the target can be reached: against people, leads, supply and channels, and the market, in the year and in each
//! month, with what binds, by how much, and what would settle it.
//!
//! Nothing is worked out here: every figure is the engine's.

use leptos::prelude::*;

use super::chart::{Of, ReachChart};
use super::display::Display;
use super::finding::{Findings, against};
use super::lines::{Lines, amount, choice, lines, name, number, shown};
use super::name as called;
use super::parts::{CollectAny, Show, standing};
use super::settle::trailing;
use crate::amount::Amount;
use crate::engine::capacity::MONTHS;
use crate::engine::gate::{Against, of_limit};
use crate::i18n::{Words, use_words};
use crate::live::Derived;
use crate::plan::{Calendar, Edit, GoalField, ItemId, Limit, LimitKind, Plan};
use crate::results::capacity::hire;
use crate::session::Session;
use crate::{say, text};

#[component]
pub fn GatePage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let is_bound = Derived::new(move || !session.outcome().gate.bounds.is_empty());
    view! {
        <h1>{text!(words, gate.page)}</h1>
        <p class="sub">{text!(words, gate.sub)}</p>
        <div class="reach">
            {verdict()}
            <Show when=move || is_bound.get()>
                <div class="reach__wide"><ReachChart of=Of::Bounds/></div>
            </Show>
            {months()}
            <div class="reach__wide">{limits()}</div>
        </div>
        <Findings/>
    }
}

/// In a sentence: what binds, by how much, and what is feasible against what is wished (S0-02).
fn verdict() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let state = Derived::new(move || {
        let gate = &session.outcome().gate;
        standing(gate.bounds.first().map(|_| gate.binding().is_none()))
    });
    let sentence = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let gate = &outcome.gate;
        let figure = |amount: Amount| called::exact_amount(words, &plan, amount);
        match (gate.bounds.first(), gate.binding()) {
            (None, _) => say!(words, gate.unknown),
            (_, Some(bound)) => say!(
                words,
                gate.says_bound,
                target = figure(gate.target),
                feasible = figure(gate.feasible()),
                by = against(words, &plan, bound.by),
                gap = figure(bound.short(gate.target).unwrap_or_default()),
                cause = cause(words, &plan, &outcome, bound.by)
            ),
            (Some(first), None) => say!(
                words,
                gate.says_free,
                target = figure(gate.target),
                by = against(words, &plan, first.by),
                spare = figure(Amount::from_units(first.year.units() - gate.target.units()))
            ),
        }
    };
    view! { <p class=move || state.get() role="status">{move || sentence()}</p> }.into_any()
}

/// The gap in the unit of what binds: leads a month, people from a month on.
fn cause(words: Words, plan: &Plan, outcome: &crate::engine::Outcome, by: Against) -> String {
    match by {
        Against::Leads => {
            let short = outcome.flow.as_ref().and_then(|it| it.leads_short()).unwrap_or_default();
            say!(words, gate.cause_leads, count = called::count(short.round_dp(1))).into_owned()
        }
        Against::People => people(words, plan, outcome).unwrap_or_default(),
        Against::Limit(_) | Against::Market => String::new(),
    }
}

fn people(words: Words, plan: &Plan, outcome: &crate::engine::Outcome) -> Option<String> {
    let hire = hire(plan, outcome)?;
    let heads = called::count(rust_decimal::Decimal::new(hire.heads, 1));
    let (level, month) = (called::level(words, plan, hire.level), called::short_period(words, plan, hire.month));
    Some(say!(words, gate.cause_people, heads = heads, level = level, month = month).into_owned())
}

/// Month by month, and the one that binds in each.
fn months() -> AnyView {
    let words = use_words();
    let session = trailing();
    let display = expect_context::<Display>();
    let gate = Derived::new(move || session.outcome().gate.clone());
    let known = Derived::new(move || {
        gate.with(|it| it.bounds.iter().filter(|it| it.months.is_some()).map(|it| it.by).collect::<Vec<_>>())
    });
    let row = move |month: usize| {
        let plan = session.plan();
        gate.with(|gate| {
            let of =
                |by: Against| gate.bounds.iter().find(|it| it.by == by).and_then(|it| it.months).map(|it| it[month]);
            let all = known.get();
            let figures = display.figures(&plan, all.iter().filter_map(|it| of(*it)).chain([gate.months[month]]));
            let print = |units: i64| figures.print(Amount::from_units(units));
            let cells = all.iter().map(|it| view! { <td>{of(*it).map(print)}</td> }).collect_any();
            let binding = gate.binding_in(month);
            let word = binding.map(|it| {
                let short = gate.months[month] - it.months.map_or(0, |it| it[month]);
                say!(words, gate.month_short, by = against(words, &plan, it.by), amount = print(short))
            });
            view! {
                <tr class:bad=binding.is_some()>
                    <th scope="row">{called::short_period(words, &plan, Calendar::month(month as u32 + 1))}</th>
                    <td>{print(gate.months[month])}</td>
                    {cells}
                    <td>{word}</td>
                </tr>
            }
        })
    };
    let heads = move || {
        known
            .get()
            .into_iter()
            .map(|it| view! { <th scope="col">{against(words, &session.plan(), it)}</th> })
            .collect_any()
    };
    let unit = move || called::unit(words, &session.plan(), display.scale(&session.plan()));
    view! {
        <Show when=move || !known.with(Vec::is_empty)>
            <section class="card reach__wide" aria-labelledby="gate-months">
                <div class="card__bar">
                    <h2 class="card__title" id="gate-months">{text!(words, gate.months)}</h2>
                    <span class="muted">{move || unit()}</span>
                </div>
                <div class="card__body">
                    <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, gate.months)>
                        <table class="lines__table lines__figures">
                            <thead><tr>
                                <th scope="col">{text!(words, capacity.month)}</th>
                                <th scope="col">{text!(words, capacity.target)}</th>
                                {move || heads()}
                                <th scope="col">{text!(words, gate.binds)}</th>
                            </tr></thead>
                            <tbody>{move || (0..MONTHS).map(row).collect_any()}</tbody>
                        </table>
                    </div>
                </div>
            </section>
        </Show>
    }
    .into_any()
}

/// What cannot be supplied or carried.
fn limits() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let year = move |id: ItemId| {
        let (plan, outcome) = (session.plan(), session.outcome());
        let bound = plan.goal.limits.get(id).and_then(|it| of_limit(id, it, outcome.last_year(&plan)));
        let figures = display.figures(&plan, bound.iter().map(|it| it.year.units()));
        bound.map(|it| figures.print(it.year)).unwrap_or_default()
    };
    let columns = vec![
        name(text!(words, gate.limit_name), |it: &mut Limit| &mut it.name),
        choice(
            text!(words, gate.limit_kind),
            kinds,
            |it| value(it.kind).to_owned(),
            |it, chosen| {
                it.kind = LimitKind::ALL.into_iter().find(|it| value(*it) == chosen).unwrap_or_default();
            },
        ),
        amount(text!(words, gate.limit_amount), |it| &mut it.amount),
        amount(text!(words, gate.limit_monthly), |it| &mut it.monthly),
        number(text!(words, gate.limit_growth), |it| &mut it.growth),
        shown(text!(words, gate.limit_year), year),
    ];
    lines(Lines {
        id: "limits",
        title: text!(words, gate.limits),
        hint: text!(words, gate.limits_hint),
        add: text!(words, gate.add_limit),
        list: |plan| &plan.goal.limits,
        edit: |edit| Edit::Goal(GoalField::Limit(edit)),
        blank: |words, _| Limit { name: say!(words, gate.new_limit).into_owned(), ..Limit::default() },
        columns,
        is_ordered: true,
        ways: Vec::new(),
    })
}

fn value(kind: LimitKind) -> &'static str {
    match kind {
        LimitKind::Supply => "supply",
        LimitKind::Channel => "channel",
    }
}

fn kinds(words: Words, _: &Plan) -> Vec<(String, String)> {
    let word = |kind: LimitKind| match kind {
        LimitKind::Supply => say!(words, gate.supply_chain).into_owned(),
        LimitKind::Channel => say!(words, gate.channels).into_owned(),
    };
    LimitKind::ALL.map(|it| (value(it).to_owned(), word(it))).into()
}
