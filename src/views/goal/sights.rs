//! What earlier years, the trade, the market and the company itself say of the target, each as figures that somebody enters
//! and a range that follows.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::chart::{Of, PathsChart, ReachChart};
use super::super::display::Display;
use super::super::finding::{refusal, unreadable};
use super::super::lines::{Say, field};
use super::super::name;
use super::super::notice::Notices;
use super::super::parts::{CollectAny, Look, Picture, Show, button_unless, icon_button};
use super::super::settle::trailing;
use crate::amount::{Amount, Numeral, Places, parse, print};
use crate::engine::sights::{growths, levers, penetration, sights, wanted_customers, wanted_growth, wanted_share};
use crate::i18n::{Text, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Benchmark, Edit, GoalField, Levers, Market, Plan, Rate};
use crate::results::goal::paths;
use crate::session::Access;
use crate::{say, text};

/// All sights on one axis with the target.
pub fn sights_card() -> AnyView {
    let session = trailing();
    let has_some = Derived::new(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        plan.goal.target.is_some() && !sights(&plan, &outcome.gate, outcome.last_year(&plan)).is_empty()
    });
    view! { <Show when=move || has_some.get()><div class="reach__wide"><ReachChart of=Of::Sights/></div></Show> }
        .into_any()
}

/// What is wished beside what is feasible, through the year.
pub fn paths_card() -> AnyView {
    let session = trailing();
    let is_known = Derived::new(move || paths(&session.outcome().gate).is_some());
    view! { <Show when=move || is_known.get()><div class="reach__wide"><PathsChart/></div></Show> }.into_any()
}

fn card(id: &'static str, title: Text, fields: Vec<AnyView>) -> AnyView {
    view! {
        <section class="card" aria-labelledby=id>
            <div class="card__bar"><h2 class="card__title" id=id>{title}</h2></div>
            <div class="card__body goal__fields">{fields}</div>
        </section>
    }
    .into_any()
}

/// A sentence that follows from the fields above it.
fn says(sentence: impl Fn() -> Option<String> + Send + Sync + 'static) -> AnyView {
    view! { <p class="goal__reading muted" role="status">{move || sentence()}</p> }.into_any()
}

fn of_market(set: fn(&mut Market, Option<Decimal>)) -> impl Fn(&Plan, Option<Decimal>) -> Edit {
    move |plan, value| {
        let mut market = plan.goal.market.clone();
        set(&mut market, value);
        Edit::Goal(GoalField::Market(market))
    }
}

/// What the company wants, and what the market could give (S0-03, S1-09).
pub fn market_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let sentence = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let figure = |amount: Amount| name::exact_amount(words, &plan, amount);
        let growth = wanted_growth(&plan, outcome.last_year(&plan))
            .map(|it| say!(words, goal.market_growth, amount = figure(it)));
        let share = wanted_share(&plan).map(|it| say!(words, goal.market_share, amount = figure(it)));
        let now =
            penetration(&plan).map(|it| say!(words, goal.market_now, percent = it.round_dp(2).normalize().to_string()));
        let wanted = wanted_customers(&plan).map(|it| {
            let more = it - plan.goal.market.served.unwrap_or_default();
            say!(words, goal.market_wanted, count = name::count(it), more = name::count(more))
        });
        let all: Vec<String> = [growth, share, now, wanted].into_iter().flatten().map(|it| it.into_owned()).collect();
        (!all.is_empty()).then(|| all.join(if words.is_chinese() { "" } else { " " }))
    };
    card(
        "goal-market",
        text!(words, goal.market_title),
        vec![
            field(
                "market-growth",
                text!(words, goal.market_growth_wish),
                None,
                Say::Number(
                    |plan| plan.goal.market.growth,
                    |plan, it| of_market(|market, it| market.growth = it)(plan, it),
                ),
            ),
            field(
                "market-share",
                text!(words, goal.market_share_wish),
                None,
                Say::Number(
                    |plan| plan.goal.market.share,
                    |plan, it| of_market(|market, it| market.share = it)(plan, it),
                ),
            ),
            field(
                "market-size",
                text!(words, goal.market_size),
                None,
                Say::Amount(
                    |plan| plan.goal.market.size,
                    |plan, size| Edit::Goal(GoalField::Market(Market { size, ..plan.goal.market.clone() })),
                ),
            ),
            field(
                "market-customers",
                text!(words, goal.market_customers),
                None,
                Say::Number(
                    |plan| plan.goal.market.customers,
                    |plan, it| of_market(|market, it| market.customers = it)(plan, it),
                ),
            ),
            field(
                "market-served",
                text!(words, goal.market_served),
                None,
                Say::Number(
                    |plan| plan.goal.market.served,
                    |plan, it| of_market(|market, it| market.served = it)(plan, it),
                ),
            ),
            field(
                "market-penetration",
                text!(words, goal.market_penetration),
                None,
                Say::Number(
                    |plan| plan.goal.market.penetration,
                    |plan, it| of_market(|market, it| market.penetration = it)(plan, it),
                ),
            ),
            field(
                "market-value",
                text!(words, goal.market_value),
                Some(text!(words, goal.market_value_hint)),
                Say::Price(
                    |plan| plan.goal.market.value,
                    |plan, value| Edit::Goal(GoalField::Market(Market { value, ..plan.goal.market.clone() })),
                ),
            ),
            says(sentence),
        ],
    )
}

fn of_benchmark(plan: &Plan, change: impl FnOnce(&mut Benchmark)) -> Edit {
    let mut benchmark = plan.goal.benchmark.clone();
    change(&mut benchmark);
    Edit::Goal(GoalField::Benchmark(benchmark))
}

/// A rate of the trade, its percentile and what lies there (S1-08).
pub fn benchmark_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let notices = expect_context::<Notices>();
    let rate = Derived::new(move || session.plan().goal.benchmark.rate);
    let choose = move |value: String| {
        let chosen = if value == "growth" { Rate::Growth } else { Rate::Conversion };
        notices.heed(session.edit(of_benchmark(&session.plan_untracked(), |it| it.rate = chosen)));
    };
    let option = move |it: Rate| {
        let (value, word) = match it {
            Rate::Conversion => ("conversion", text!(words, goal.rate_conversion)),
            Rate::Growth => ("growth", text!(words, goal.rate_growth)),
        };
        view! { <option value=value selected=move || rate.get() == it prop:selected=move || rate.get() == it>{word}</option> }
    };
    let chooser = view! {
        <div class="field">
            <label class="field__label" for="benchmark-rate">{text!(words, goal.rate)}</label>
            <select class="field__input" id="benchmark-rate" disabled=move || session.access() == Access::Preview
                on:change:target=move |event| choose(event.target().value())>
                {Rate::ALL.into_iter().map(option).collect_any()}
            </select>
        </div>
    };
    card(
        "goal-benchmark",
        text!(words, goal.benchmark),
        vec![
            chooser.into_any(),
            field(
                "benchmark-ours",
                text!(words, goal.rate_ours),
                None,
                Say::Number(|plan| plan.goal.benchmark.ours, |plan, value| of_benchmark(plan, |it| it.ours = value)),
            ),
            field(
                "benchmark-average",
                text!(words, goal.rate_average),
                None,
                Say::Number(
                    |plan| plan.goal.benchmark.average,
                    |plan, value| of_benchmark(plan, |it| it.average = value),
                ),
            ),
            field(
                "benchmark-percentile",
                text!(words, goal.rate_percentile),
                None,
                Say::Number(
                    |plan| plan.goal.benchmark.percentile,
                    |plan, value| of_benchmark(plan, |it| it.percentile = value),
                ),
            ),
            field(
                "benchmark-value",
                text!(words, goal.rate_value),
                Some(text!(words, goal.rate_value_hint)),
                Say::Number(|plan| plan.goal.benchmark.value, |plan, value| of_benchmark(plan, |it| it.value = value)),
            ),
            field(
                "benchmark-source",
                text!(words, goal.source),
                Some(text!(words, goal.source_hint)),
                Say::Words(
                    |plan| plan.goal.benchmark.source.clone(),
                    |plan, value| of_benchmark(plan, |it| it.source = value),
                ),
            ),
        ],
    )
}

fn of_levers(plan: &Plan, change: impl FnOnce(&mut Levers)) -> Edit {
    let mut levers = plan.goal.levers.clone();
    change(&mut levers);
    Edit::Goal(GoalField::Levers(levers))
}

/// Customers whom we have and new ones, taken apart (S2-13).
pub fn levers_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let sentence = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let (existing, new) = levers(&plan);
        if existing.is_none() && new.is_none() {
            return None;
        }
        let figure = |amount: Amount| name::exact_amount(words, &plan, amount);
        let (existing, new) = (existing.unwrap_or_default(), new.unwrap_or_default());
        let both = Amount::from_units(existing.units().saturating_add(new.units()));
        let off = outcome.total().units() - both.units();
        let (existing, new, both) = (figure(existing), figure(new), figure(both));
        let off_said = figure(Amount::from_units(off.abs()));
        Some(
            match 0 < off {
                true => say!(words, goal.levers_short, existing = existing, new = new, both = both, off = off_said),
                false => say!(words, goal.levers_enough, existing = existing, new = new, both = both, off = off_said),
            }
            .into_owned(),
        )
    };
    card(
        "goal-levers",
        text!(words, goal.levers),
        vec![
            field(
                "lever-customers",
                text!(words, goal.lever_customers),
                None,
                Say::Number(
                    |plan| plan.goal.levers.customers,
                    |plan, value| of_levers(plan, |it| it.customers = value),
                ),
            ),
            field(
                "lever-frequency",
                text!(words, goal.lever_frequency),
                None,
                Say::Number(
                    |plan| plan.goal.levers.frequency,
                    |plan, value| of_levers(plan, |it| it.frequency = value),
                ),
            ),
            field(
                "lever-items",
                text!(words, goal.lever_items),
                None,
                Say::Number(|plan| plan.goal.levers.items, |plan, value| of_levers(plan, |it| it.items = value)),
            ),
            field(
                "lever-price",
                text!(words, goal.lever_price),
                None,
                Say::Price(|plan| plan.goal.levers.price, |plan, value| of_levers(plan, |it| it.price = value)),
            ),
            field(
                "lever-new",
                text!(words, goal.lever_new),
                None,
                Say::Number(
                    |plan| plan.goal.levers.new_customers,
                    |plan, value| of_levers(plan, |it| it.new_customers = value),
                ),
            ),
            field(
                "lever-new-value",
                text!(words, goal.lever_new_value),
                None,
                Say::Price(|plan| plan.goal.levers.new_value, |plan, value| of_levers(plan, |it| it.new_value = value)),
            ),
            says(sentence),
        ],
    )
}

/// What the years before last year brought, and by how much each grew (S1-06).
pub fn years_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let display = expect_context::<Display>();
    let (year, figure, problem) = (Held::new(String::new()), Held::new(String::new()), Held::new(None::<String>));
    let numeral = move |plan: &Plan| Numeral { decimals: plan.unit.decimals(), scale: display.scale(plan) };
    let years = Derived::new(move || session.plan().goal.past.keys().cloned().collect::<Vec<_>>());
    let is_fixed = move || session.access() == Access::Preview;
    let put = move |year: String, text: &str| {
        let plan = session.plan_untracked();
        let figure = match text.trim() {
            "" => None,
            text => match untrack(|| parse(text, numeral(&plan)).map_err(|it| unreadable(words, &it))) {
                Ok(figure) => Some(figure),
                Err(why) => return problem.set(Some(why)),
            },
        };
        let done = session.edit(Edit::Goal(GoalField::Past(year, figure)));
        problem.set(done.err().map(|it| untrack(|| refusal(words, session, &it))));
    };
    let add = move || {
        if year.get_untracked().trim().is_empty() || figure.get_untracked().trim().is_empty() {
            return problem.set(Some(untrack(|| say!(words, goal.year_missing)).into_owned()));
        }
        put(year.get_untracked(), &figure.get_untracked());
        if problem.get_untracked().is_none() {
            year.set(String::new());
            figure.set(String::new());
        }
    };
    let row = move |name: String| {
        let (key, label, gone) = (name.clone(), name.clone(), name.clone());
        let text = move || {
            let plan = session.plan();
            plan.goal.past.get(&key).map(|it| print(*it, numeral(&plan), Places::Exact)).unwrap_or_default()
        };
        let typed = name.clone();
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td><input class="field__input" type="text" inputmode="decimal" autocomplete="off" readonly=is_fixed aria-label=label
                    prop:value=text on:change:target=move |event| put(typed.clone(), &event.target().value())/></td>
                <td>{icon_button("button button--icon", Picture::Bin, [text!(words, lines.delete), text!(words, lines.delete)], is_fixed, move || put(gone.clone(), ""))}</td>
            </tr>
        }
    };
    let grown = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let all = growths(&plan, outcome.last_year(&plan));
        let all: Vec<String> = all.iter().map(|it| format!("{}%", it.round_dp(1).normalize())).collect();
        (!all.is_empty()).then(|| say!(words, goal.years_grew, growths = all.join(" → ")))
    };
    view! {
        <section class="card" aria-labelledby="goal-years">
            <div class="card__bar"><h2 class="card__title" id="goal-years">{text!(words, goal.years)}</h2></div>
            <div class="card__body reach__fields">
                <p class="field__hint">{text!(words, goal.years_hint)}</p>
                <table class="lines__table"><tbody>{move || years.get().into_iter().map(row).collect_any()}</tbody></table>
                <div class="goal__add">
                    <input class="field__input" type="text" autocomplete="off" readonly=is_fixed aria-label=text!(words, goal.year_name)
                        placeholder=text!(words, goal.year_name) prop:value=move || year.get()
                        on:input:target=move |event| year.set(event.target().value())/>
                    <input class="field__input" type="text" inputmode="decimal" autocomplete="off" readonly=is_fixed aria-label=text!(words, goal.year_figure)
                        placeholder=text!(words, goal.year_figure) prop:value=move || figure.get()
                        on:input:target=move |event| figure.set(event.target().value())/>
                    {button_unless(Look::Plain, None, text!(words, goal.add_year), is_fixed, add)}
                </div>
                <span class="field__problem" role="alert">{move || problem.get()}</span>
                <p class="muted">{move || grown()}</p>
            </div>
        </section>
    }
    .into_any()
}
