//! What quarters and months are made of, and how a month is closed by its last week.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::finding::{refusal, unreadable};
use super::super::name;
use super::super::notice::Notices;
use super::super::parts::{CollectAny, Look, Show, button_unless};
use crate::amount::{Numeral, Places, parse, print};
use crate::i18n::use_words;
use crate::live::{Derived, Held};
use crate::plan::{Calendar, Dimension, Edit, Field, Method, NodeId};
use crate::results::calendar::{PeriodRow, Week, closing, periods};
use crate::results::figure::print_percent;
use crate::session::{Access, Session};
use crate::{say, text};

#[component]
pub fn PeriodsCard() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let rows = Derived::new(move || periods(&session.plan(), &session.outcome()));
    let by_days = Derived::new(move || {
        let tree = &session.plan().trees.time;
        rows.get().iter().filter(|it| it.depth == 1).all(|it| tree.method(it.id) == Method::WorkingDays)
            && tree.method(tree.root) == Method::WorkingDays
    });
    let is_off = move || by_days.get() || session.access() == Access::Preview;
    let divide = move || {
        let set = |id| Edit::Node { dimension: Dimension::Time, id, field: Field::Method(Some(Method::WorkingDays)) };
        let quarters = (1..=4).map(Calendar::quarter);
        notices.heed(session.edit(Edit::Batch(std::iter::once(NodeId(0)).chain(quarters).map(set).collect())));
    };
    let row = move |it: PeriodRow| {
        let plan = session.plan();
        let share = it.share.map(|share| format!("{}%", print_percent(share, 2)));
        view! {
            <tr class:calendar__quarter=it.depth == 1>
                <th scope="row">{name::period(words, &plan, it.id)}</th>
                <td>{it.days}</td>
                <td>{it.working_days}</td>
                <td>{it.counts.to_string()}</td>
                <td>{share}</td>
                <td>{name::exact_amount(words, &plan, it.amount)}</td>
            </tr>
        }
    };
    view! {
        <section class="card" aria-labelledby="calendar-periods">
            <div class="card__bar">
                <h2 class="card__title" id="calendar-periods">{text!(words, calendar.periods)}</h2>
                <span class="grow"></span>
                {button_unless(Look::Plain, None, text!(words, calendar.by_days), is_off, divide)}
            </div>
            <div class="card__body">
                <p class="field__hint">{move || if by_days.get() {
                    say!(words, calendar.is_by_days)
                } else {
                    say!(words, calendar.is_not_by_days)
                }}</p>
                <div class="calendar__scroll" role="group" tabindex="0" aria-label=text!(words, calendar.periods)>
                    <table class="calendar__table calendar__figures">
                        <thead><tr>
                            <th scope="col">{text!(words, calendar.period)}</th>
                            <th scope="col">{text!(words, calendar.days)}</th>
                            <th scope="col">{text!(words, calendar.working_days)}</th>
                            <th scope="col">{text!(words, calendar.counts)}</th>
                            <th scope="col">{text!(words, calendar.share)}</th>
                            <th scope="col">{text!(words, calendar.amount)}</th>
                        </tr></thead>
                        <tbody>{move || rows.get().into_iter().map(row).collect_any()}</tbody>
                    </table>
                </div>
            </div>
        </section>
    }
}

/// A month's weeks, what they brought, and what the last has to bring (S0-17).
#[component]
pub fn ClosingCard() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let month = Held::new(Calendar::month(1));
    let has_weeks = Derived::new(move || session.plan().calendar.weeks.is_some());
    let state = Derived::new(move || closing(&session.plan(), &session.outcome(), month.get()));
    let option = move |number: u32| {
        let id = Calendar::month(number);
        let is_chosen = move || month.get() == id;
        view! {
            <option value=number.to_string() prop:selected=is_chosen>{move || name::period(words, &session.plan(), id)}</option>
        }
    };
    let sentence = move || {
        let (plan, state) = (session.plan(), state.get()?);
        let figure = |amount| name::exact_amount(words, &plan, amount);
        let week = name::period(words, &plan, state.weeks.last()?.id);
        Some(say!(
            words,
            calendar.closing_says,
            month = name::period(words, &plan, month.get()),
            target = figure(state.target),
            week = week,
            last = figure(state.last)
        ))
    };
    let weeks = Derived::new(move || {
        state.get().map(|it| it.weeks.iter().map(|it| it.id).collect::<Vec<_>>()).unwrap_or_default()
    });
    let row = move |id: NodeId| {
        let target = move || {
            let weeks = state.get()?.weeks;
            let Week { target, .. } = *weeks.iter().find(|it| it.id == id)?;
            Some(name::exact_amount(words, &session.plan(), target))
        };
        view! {
            <tr>
                <th scope="row">{move || name::period(words, &session.plan(), id)}</th>
                <td>{move || target()}</td>
                <td><ActualField id/></td>
            </tr>
        }
    };
    view! {
        <Show when=move || has_weeks.get()>
            <section class="card" aria-labelledby="calendar-closing">
                <div class="card__bar">
                    <h2 class="card__title" id="calendar-closing">{text!(words, calendar.closing)}</h2>
                    <span class="grow"></span>
                    <select class="field__input calendar__month" aria-label=text!(words, calendar.closing_month)
                        on:change:target=move |event| if let Ok(number) = event.target().value().parse() {
                            month.set(Calendar::month(number));
                        }>
                        {(1..=12).map(option).collect_any()}
                    </select>
                </div>
                <div class="card__body">
                    <p class="field__hint">{text!(words, calendar.closing_hint)}</p>
                    <div class="calendar__scroll" role="group" tabindex="0" aria-label=text!(words, calendar.closing)>
                        <table class="calendar__table calendar__figures">
                            <thead><tr>
                                <th scope="col">{text!(words, calendar.week)}</th>
                                <th scope="col">{text!(words, calendar.target)}</th>
                                <th scope="col"><ActualHead/></th>
                            </tr></thead>
                            <tbody>{move || weeks.get().into_iter().map(row).collect_any()}</tbody>
                        </table>
                    </div>
                    <p role="status" class="calendar__closing">{move || sentence()}</p>
                </div>
            </section>
        </Show>
    }
}

/// The head over what was brought, with the unit in which that is entered.
#[component]
pub fn ActualHead() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    move || {
        let plan = session.plan();
        let (what, unit) = (say!(words, calendar.actual), name::unit(words, &plan, display.scale(&plan)));
        say!(words, workbook.in_unit, what = what, unit = unit)
    }
}

/// What a week or a month really brought. A blank is not known yet.
#[component]
pub fn ActualField(id: NodeId) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let problem = Held::new(None::<String>);
    let dimension = Dimension::Time;
    let numeral = move || {
        let plan = session.plan();
        Numeral { decimals: plan.unit.decimals(), scale: display.scale(&plan) }
    };
    let text = move || {
        let actual = session.plan().node(dimension, id).and_then(|it| it.actual);
        actual.map(|it| print(it, numeral(), Places::Exact)).unwrap_or_default()
    };
    let commit = move |typed: String| {
        let figure = match typed.trim() {
            "" => Ok(None),
            typed => parse(typed, untrack(numeral)).map(Some).map_err(|it| unreadable(words, &it)),
        };
        let done = figure.and_then(|figure| {
            let edit = Edit::Node { dimension, id, field: Field::Actual(figure) };
            session.edit(edit).map_err(|it| refusal(words, session, &it))
        });
        problem.set(done.err());
    };
    let label = move || {
        let plan = session.plan();
        let unit = name::unit(words, &plan, display.scale(&plan));
        format!("{} {} ({unit})", say!(words, calendar.actual), name::period(words, &plan, id))
    };
    view! {
        <input class="field__input calendar__actual" type="text" inputmode="decimal" autocomplete="off"
            readonly=move || session.access() == Access::Preview aria-label=label
            aria-invalid=move || problem.with(Option::is_some).then_some("true")
            prop:value=move || text() on:change:target=move |event| commit(event.target().value())/>
        <span class="field__problem" role="alert">{move || problem.get()}</span>
    }
}
