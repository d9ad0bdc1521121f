//! The fiscal year: its weeks, its working days, holidays and peaks, and what its periods are made of.
//!
//! Nothing is worked out here: which days a rule means and what a period counts for is the engine's.

mod carry;
mod days;
mod periods;
mod when;
mod year;

use leptos::prelude::*;

use super::finding::{Findings, refusal};
use crate::i18n::{Words, use_words};
use crate::plan::{Calendar, Edit};
use crate::session::Session;
use crate::text;

#[component]
pub fn CalendarPage() -> impl IntoView {
    let words = use_words();
    view! {
        <h1>{text!(words, calendar.page)}</h1>
        <p class="sub">{text!(words, calendar.sub)}</p>
        <div class="calendar">
            <year::YearCard/>
            <periods::PeriodsCard/>
            <days::DaysCard list=days::List::Holidays/>
            <days::DaysCard list=days::List::Peaks/>
            <periods::ClosingCard/>
            <carry::CarryCard/>
        </div>
        <Findings/>
    }
}

/// Makes a change of the calendar, or says why not.
fn change(
    words: Words,
    session: Session,
    change: impl FnOnce(&mut Calendar) -> Result<(), String>,
) -> Result<(), String> {
    let mut calendar = session.plan_untracked().calendar.clone();
    change(&mut calendar)?;
    session.edit(Edit::Calendar(calendar)).map_err(|it| refusal(words, session, &it))
}
