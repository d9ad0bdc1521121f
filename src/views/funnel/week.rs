//! What each day of a week brings, and which day is the one to publish on (S1-23).

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::lines::{Say, field};
use super::super::name;
use super::super::settle::trailing;
use crate::i18n::{Text, Words, use_words};
use crate::plan::{Edit, FunnelField, Plan};
use crate::results::funnel::best_day;
use crate::{say, text};

pub fn week_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let says = move || {
        let found = best_day(&session.plan().funnel.week)?;
        let [best, least] = [found.best, found.least].map(|it| day(words, it));
        Some(match found.above {
            Some(above) if above.is_zero() => say!(words, funnel.week_even),
            Some(above) => {
                say!(words, funnel.week_says, best = best, least = least, percent = name::count(above))
            }
            None => say!(words, funnel.week_nothing, best = best, least = least),
        })
    };
    view! {
        <section class="card reach__wide" aria-labelledby="funnel-week">
            <div class="card__bar"><h2 class="card__title" id="funnel-week">{text!(words, funnel.week)}</h2></div>
            <div class="card__body reach__fields">
                <p class="field__hint">{text!(words, funnel.week_hint)}</p>
                <div class="reach__week">
                    {one::<0>("week-monday", text!(words, funnel.monday))}
                    {one::<1>("week-tuesday", text!(words, funnel.tuesday))}
                    {one::<2>("week-wednesday", text!(words, funnel.wednesday))}
                    {one::<3>("week-thursday", text!(words, funnel.thursday))}
                    {one::<4>("week-friday", text!(words, funnel.friday))}
                    {one::<5>("week-saturday", text!(words, funnel.saturday))}
                    {one::<6>("week-sunday", text!(words, funnel.sunday))}
                </div>
                <p role="status">{move || says()}</p>
            </div>
        </section>
    }
    .into_any()
}

fn one<const DAY: usize>(id: &'static str, label: Text) -> AnyView {
    field(id, label, None, Say::Number(brings::<DAY>, bring::<DAY>))
}

fn brings<const DAY: usize>(plan: &Plan) -> Option<Decimal> {
    plan.funnel.week.days()[DAY]
}

fn bring<const DAY: usize>(plan: &Plan, value: Option<Decimal>) -> Edit {
    let mut week = plan.funnel.week.clone();
    *week.days_mut()[DAY] = value;
    Edit::Funnel(FunnelField::Week(week))
}

/// Counted from Monday.
fn day(words: Words, day: usize) -> String {
    match day {
        0 => say!(words, funnel.monday),
        1 => say!(words, funnel.tuesday),
        2 => say!(words, funnel.wednesday),
        3 => say!(words, funnel.thursday),
        4 => say!(words, funnel.friday),
        5 => say!(words, funnel.saturday),
        _ => say!(words, funnel.sunday),
    }
    .into_owned()
}
