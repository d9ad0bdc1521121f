//! A pasted or dropped table becomes the organisation of a plan: what each column is, and what comes of it, before
//! anything changes. A workbook that others filled in becomes what they said, in the same way.
//!
//! Refused: guessing behind the user's back. What is proposed is shown, and what is odd is said.

mod choices;
mod columns;
mod draft;
mod outcome;
mod returns;
mod source;
mod words;

use leptos::prelude::*;

use super::app::{Dialogs, Here};
use super::library::Library;
use super::notice::Notices;
use super::parts::{Dialog, Look, Show, button_unless};
use super::route::Route;
use crate::edge::clock::Moment;
use crate::edge::import;
use crate::i18n::use_words;
use crate::live::{Derived, follow};
use crate::plan::{Calendar, Dimension};
use crate::session::{Access, Session};
use crate::{say, text};
use draft::Draft;

#[component]
pub fn ImportDialog() -> impl IntoView {
    let words = use_words();
    let dialogs = expect_context::<Dialogs>();
    let draft = Draft::new(words, expect_context(), expect_context());
    // A dropped file is handed over once: it becomes the text, and there is nothing left to hand over.
    follow(move || {
        if let Some((name, bytes)) = dialogs.dropped.get() {
            draft.take_file(name, bytes);
            dialogs.dropped.set(None);
            dialogs.import.set(true);
        }
    });
    view! {
        <Dialog name="import" is_open=dialogs.import title=text!(words, table.title) close=text!(words, shell.close)>
            <Body draft/>
        </Dialog>
    }
}

#[component]
fn Body(draft: Draft) -> impl IntoView {
    let has_table = Derived::new(move || draft.table.with(|it| it.is_ok()));
    let is_returned = Derived::new(move || draft.returned.with(Option::is_some));
    view! {
        <div class="dialog__body import__body">
            <Show when=move || is_returned.get()><returns::Returns draft/></Show>
            <Show when=move || !is_returned.get()>
                <source::Source draft/>
                <Show when=move || has_table.get()>
                    <columns::Columns draft/>
                    <choices::ChoiceFields draft/>
                    <outcome::Outcome draft/>
                </Show>
            </Show>
        </div>
        <Show when=move || is_returned.get()><returns::ReturnsFoot draft/></Show>
        <Show when=move || !is_returned.get()><Foot draft/></Show>
    }
}

/// The two ways on.
#[component]
fn Foot(draft: Draft) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let library = expect_context::<Library>();
    let dialogs = expect_context::<Dialogs>();
    let notices = expect_context::<Notices>();
    let here = expect_context::<Here>();
    let is_ready = Derived::new(move || draft.import.with(|it| matches!(it, Some(Ok(_)))) && draft.target().is_ok());
    let owns_plan = Derived::new(move || library.is_open() && session.access() == Access::Own);
    let other_unit = move || owns_plan.get() && is_ready.get() && session.plan().unit != draft.unit.get();

    let create = move || {
        let (Some(Ok(found)), Ok(target)) = (draft.import.get_untracked(), untrack(|| draft.target())) else { return };
        let calendar = if library.is_open() { session.plan_untracked().calendar.clone() } else { coming_year() };
        let title = draft.file.get_untracked().map(|name| stem(&name)).filter(|it| !it.is_empty());
        let title = title.unwrap_or_else(|| untrack(|| say!(words, table.untitled).into_owned()));
        let unit = draft.unit.get_untracked();
        // Whoever types none means what the column of targets comes to.
        let target = target.or(found.report.target);
        let plan = import::plan(title, unit, calendar, import::Import::clone(&found), target);
        draft.clear();
        dialogs.import.set(false);
        library.create(plan);
    };
    let replace = move || {
        let (Some(found), Ok(target)) = (draft.for_plan(), untrack(|| draft.target())) else { return };
        let leaves = found.report.leaves;
        library.keep_before_import();
        let result = session.edit(import::edit(found, target));
        let is_done = result.is_ok();
        notices.heed(result);
        dialogs.import.set(false);
        if is_done {
            draft.clear();
            here.go(Route::Sheet(Dimension::Organisation));
            let text = untrack(|| say!(words, table.replaced, n = leaves).into_owned());
            notices.undoable(text, move || session.undo());
        }
    };
    view! {
        <div class="dialog__foot">
            <Show when=other_unit>
                <p class="import__aside">
                    {move || say!(words, table.other_unit, unit = words::unit(words, &session.plan().unit))}
                </p>
            </Show>
            <Show when=move || owns_plan.get()>
                {button_unless(Look::Plain, None, text!(words, table.replace), move || !is_ready.get(), replace)}
            </Show>
            {button_unless(Look::Primary, None, text!(words, table.create), move || !is_ready.get(), create)}
        </div>
    }
}

/// Plans are made for the year to come.
fn coming_year() -> Calendar {
    let year = i32::try_from(Moment::now().year).unwrap_or(i32::MAX).saturating_add(1);
    Calendar::new(year, 1)
}

/// A file's name without what kind of file it is.
fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim().chars().take(crate::plan::check::MAX_TITLE).collect()
}
