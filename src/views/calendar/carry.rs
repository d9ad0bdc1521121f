//! What past months brought, and the difference carried into the months that are left (U6).

use leptos::prelude::*;

use super::super::name;
use super::super::notice::{Notice, Notices};
use super::super::parts::{CollectAny, Look, button_unless};
use super::periods::{ActualField, ActualHead};
use crate::amount::Amount;
use crate::engine::carry::{NotCarried, Past, Towards, carry, months, past};
use crate::i18n::{Words, told, use_words};
use crate::live::Derived;
use crate::plan::{Dimension, NodeId, Plan};
use crate::session::{Access, Session};
use crate::{say, text};

#[component]
pub fn CarryCard() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let state = Derived::new(move || past(&session.plan(), &session.outcome()));
    let says = move || state.get().map(|it| sentence(words, &session.plan(), &it));
    let next = Derived::new(move || state.get().and_then(|it| it.next()));
    let is_off = move || next.get().is_none() || session.access() == Access::Preview;
    let carry = move |towards: Towards| match carry(&session.plan_untracked(), &session.outcome_untracked(), towards) {
        Ok(edit) => match session.edit(edit) {
            Ok(()) => {
                let done = untrack(|| say!(words, calendar.carried).into_owned());
                notices.undoable(done, move || session.undo());
            }
            refused => notices.heed(refused),
        },
        Err(why) => notices.say(Notice::Problem(untrack(|| refused(words, session, why)))),
    };
    let into_next = told(move || {
        let named = next.get().map(|it| name::period(words, &session.plan(), it));
        let month = named.unwrap_or_else(|| say!(words, calendar.carry_any).into_owned());
        say!(words, calendar.carry_next, month = month)
    });
    view! {
        <section class="card" aria-labelledby="calendar-carry">
            <div class="card__bar">
                <h2 class="card__title" id="calendar-carry">{text!(words, calendar.carry)}</h2>
            </div>
            <div class="card__body">
                <p class="field__hint">{text!(words, calendar.carry_hint)}</p>
                <div class="calendar__scroll" role="group" tabindex="0" aria-label=text!(words, calendar.carry)>
                    <table class="calendar__table calendar__figures">
                        <thead><tr>
                            <th scope="col">{text!(words, calendar.closing_month)}</th>
                            <th scope="col">{text!(words, calendar.target)}</th>
                            <th scope="col"><ActualHead/></th>
                            <th scope="col">{text!(words, calendar.difference)}</th>
                        </tr></thead>
                        <tbody>{months().map(|id| view! { <MonthRow id/> }).collect_any()}</tbody>
                    </table>
                </div>
                <p role="status" class="calendar__closing">{move || says()}</p>
                <div class="calendar__ways">
                    {button_unless(Look::Plain, None, into_next, is_off, move || carry(Towards::Next))}
                    {button_unless(Look::Plain, None, text!(words, calendar.carry_rest), is_off, move || carry(Towards::Rest))}
                </div>
            </div>
        </section>
    }
}

#[component]
fn MonthRow(id: NodeId) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let target = move || {
        let outcome = session.outcome();
        let time = outcome.division(Dimension::Time);
        time.layout.position(id).map(|at| Amount::from_units(time.amounts[at]))
    };
    let figure = move |amount: Amount| name::exact_amount(words, &session.plan(), amount);
    let difference = move || {
        let actual = session.plan().node(Dimension::Time, id)?.actual?;
        let gap = actual.units() - target()?.units();
        let sign = if gap < 0 { "−" } else { "+" };
        (gap != 0).then(|| format!("{sign}{}", figure(Amount::from_units(gap.saturating_abs()))))
    };
    view! {
        <tr>
            <th scope="row">{move || name::period(words, &session.plan(), id)}</th>
            <td>{move || target().map(figure)}</td>
            <td><ActualField id/></td>
            <td>{move || difference()}</td>
        </tr>
    }
}

/// How far the year has come.
fn sentence(words: Words, plan: &Plan, past: &Past) -> String {
    let figure = |amount: Amount| name::exact_amount(words, plan, amount);
    let month = months().nth(past.months - 1).map(|it| name::period(words, plan, it)).unwrap_or_default();
    let (actual, target) = (figure(past.actual), figure(past.target));
    let gap = figure(Amount::from_units(past.gap().saturating_abs()));
    match past.gap() {
        0 => say!(words, calendar.carry_even, month = month, actual = actual),
        1.. => say!(words, calendar.carry_short, month = month, actual = actual, target = target, gap = gap),
        _ => say!(words, calendar.carry_ahead, month = month, actual = actual, target = target, gap = gap),
    }
    .into_owned()
}

/// Why nothing was carried.
fn refused(words: Words, session: Session, why: NotCarried) -> String {
    let state = past(&session.plan_untracked(), &session.outcome_untracked());
    let next = state.and_then(|it| it.next());
    let month = next.map(|it| name::period(words, &session.plan_untracked(), it)).unwrap_or_default();
    match why {
        NotCarried::Unknown => say!(words, calendar.carry_hint).into_owned(),
        NotCarried::YearOver => say!(words, calendar.carry_over).into_owned(),
        NotCarried::Nothing => state.map(|it| sentence(words, &session.plan_untracked(), &it)).unwrap_or_default(),
        NotCarried::TooMuch => say!(words, calendar.carry_too_much, month = month).into_owned(),
        NotCarried::Held => say!(words, calendar.carry_held).into_owned(),
    }
}
