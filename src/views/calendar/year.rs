//! How the year is cut into weeks, which days of a week are worked, and whether past figures follow days that move.

use leptos::prelude::*;

use super::super::notice::{Notice, Notices};
use super::super::parts::CollectAny;
use super::change;
use crate::i18n::{Text, use_words};
use crate::live::Derived;
use crate::plan::{Calendar, Weeks};
use crate::session::{Access, Session};
use crate::{say, text};

#[component]
pub fn YearCard() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let said = move |set: &dyn Fn(&mut Calendar)| {
        let done = change(words, session, |calendar| {
            set(calendar);
            Ok(())
        });
        if let Err(why) = done {
            notices.say(Notice::Problem(why));
        }
    };
    let weeks = Derived::new(move || session.plan().calendar.weeks);
    let week_words = [
        (None, text!(words, calendar.weeks_none)),
        (Some(Weeks::Iso), text!(words, calendar.weeks_iso)),
        (Some(Weeks::FourFourFive), text!(words, calendar.weeks_445)),
        (Some(Weeks::FourFiveFour), text!(words, calendar.weeks_454)),
        (Some(Weeks::FiveFourFour), text!(words, calendar.weeks_544)),
    ];
    let work_week = Derived::new(move || session.plan().calendar.work_week);
    let day_words = [
        (5, text!(words, calendar.work_week_5)),
        (6, text!(words, calendar.work_week_6)),
        (7, text!(words, calendar.work_week_7)),
    ];
    let carries = Derived::new(move || session.plan().calendar.carries_days);
    let is_fixed = move || session.access() == Access::Preview;
    let span = move || {
        let plan = session.plan();
        let (first, last) = plan.calendar.span(plan.trees.time.root)?;
        let (first, last) = (crate::plan::Day(first).to_string(), crate::plan::Day(last).to_string());
        let many = plan.trees.time.nodes.len().saturating_sub(Calendar::MONTHS_AND_ABOVE);
        Some(match many {
            0 => say!(words, calendar.span, first = first, last = last),
            _ => say!(words, calendar.span_weeks, first = first, last = last, n = many),
        })
    };
    view! {
        <section class="card" aria-labelledby="calendar-year">
            <div class="card__bar"><h2 class="card__title" id="calendar-year">{text!(words, calendar.year)}</h2></div>
            <div class="card__body calendar__fields">
                <div class="field">
                    <label class="field__label" for="calendar-weeks">{text!(words, calendar.weeks)}</label>
                    <select class="field__input" id="calendar-weeks" disabled=is_fixed
                        on:change:target=move |event| {
                            let value = event.target().value();
                            let chosen = Weeks::ALL.into_iter().find(|it| format!("{it:?}") == value);
                            said(&|calendar| calendar.weeks = chosen);
                        }>
                        {options(week_words.into(), weeks, |it| it.map_or(String::new(), |it| format!("{it:?}")))}
                    </select>
                    <span class="field__hint">{text!(words, calendar.weeks_hint)}</span>
                </div>
                <div class="field">
                    <label class="field__label" for="calendar-work-week">{text!(words, calendar.work_week)}</label>
                    <select class="field__input" id="calendar-work-week" disabled=is_fixed
                        on:change:target=move |event| {
                            let days = event.target().value().parse().unwrap_or(5);
                            said(&|calendar| calendar.work_week = days);
                        }>
                        {options(day_words.into(), work_week, |it| it.to_string())}
                    </select>
                </div>
                <label class="calendar__check">
                    <input type="checkbox" disabled=is_fixed prop:checked=move || carries.get()
                        on:change:target=move |event| {
                            let carries = event.target().checked();
                            said(&|calendar| calendar.carries_days = carries);
                        }/>
                    <span>{text!(words, calendar.carries)}</span>
                    <span class="field__hint">{text!(words, calendar.carries_hint)}</span>
                </label>
                <p class="muted calendar__span">{move || span()}</p>
            </div>
        </section>
    }
}

fn options<T: Copy + PartialEq + Send + Sync + 'static>(
    items: Vec<(T, Text)>,
    chosen: Derived<T>,
    value: fn(T) -> String,
) -> Vec<AnyView> {
    let option = |(item, word): (T, Text)| {
        let is_chosen = move || chosen.get() == item;
        view! { <option value=value(item) selected=is_chosen prop:selected=is_chosen>{word}</option> }
    };
    items.into_iter().map(option).collect_any()
}
