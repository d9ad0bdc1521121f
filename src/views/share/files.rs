//! The kinds of files that a plan goes out as: one choice of a few, its name, and what is done with it.

use leptos::prelude::*;

use super::super::fault::grouped;
use super::super::parts::{CollectAny, Show};
use super::super::workbook;
use super::{Done, Sending};
use crate::edge::clock::Moment;
use crate::edge::file;
use crate::edge::scope::Scope;
use crate::edge::xlsx::Book;
use crate::engine::Outcome;
use crate::i18n::{Text, Words, use_words};
use crate::plan::Plan;
use crate::session::Session;
use crate::{say, text};

/// As what the plan goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All of it, for this page to open.
    Plan,
    /// Tables with formulas.
    Workbook,
    /// The organisation by periods.
    Table,
    /// The workbook that others fill in.
    Fill,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Plan, Kind::Workbook, Kind::Table, Kind::Fill];

    fn words(self) -> [Text; 2] {
        let words = use_words();
        match self {
            Kind::Plan => [text!(words, share.file_plan), text!(words, share.file_hint)],
            Kind::Workbook => [text!(words, share.file_workbook), text!(words, share.file_workbook_hint)],
            Kind::Table => [text!(words, share.file_table), text!(words, share.file_table_hint)],
            Kind::Fill => [text!(words, share.file_fill), text!(words, share.file_fill_hint)],
        }
    }

    /// What the file is called.
    fn name(self, words: Words, title: &str) -> String {
        match self {
            Kind::Plan => file::name_of(title, "json"),
            Kind::Workbook => file::name_of(title, "xlsx"),
            Kind::Table => file::name_of(title, "csv"),
            Kind::Fill => file::name_of(&say!(words, workbook.fill_file, title = title.to_owned()), "xlsx"),
        }
    }
}

/// What is to be saved, and as what.
#[component]
pub fn Files(sending: Sending) -> impl IntoView {
    let words = use_words();
    let offer = sending.offer;
    let name = move || sending.kind.get().name(words, &offer.with(|it| it.plan.title.clone()));
    let bytes = move || offer.with(|it| grouped(it.plan.to_json().len()));
    view! {
        <fieldset class="scopes">
            <legend class="field__label">{text!(words, share.file_kind)}</legend>
            {Kind::ALL.into_iter().map(|it| row(it, sending)).collect_any()}
        </fieldset>
        <div class="share__file">
            <p class="share__file-name">{move || name()}</p>
            <Show when=move || sending.kind.get() == Kind::Plan>
                <p class="muted">{move || say!(words, share.file_size, bytes = bytes())}</p>
            </Show>
            <Show when=move || is_pointless(sending)>
                <p class="field__problem">{move || pointless(words, sending)}</p>
            </Show>
            <Show when=move || sending.is_sealed()>
                <p class="field__problem">{text!(words, seal.not_the_file)}</p>
            </Show>
        </div>
    }
}

fn row(kind: Kind, sending: Sending) -> AnyView {
    let [name, hint] = kind.words();
    view! {
        <label class="scope">
            <input type="radio" name="share-file" prop:checked=move || sending.kind.get() == kind
                on:change=move |_| sending.choose_kind(kind)/>
            <span class="scope__text">
                <span class="scope__name">{name}</span>
                <span class="scope__hint">{hint}</span>
            </span>
        </label>
    }
    .into_any()
}

/// Nobody finds themselves in a workbook without names, and their numbers would not find the way back; and a what-if is no
/// plan, that a file could hold.
pub fn is_pointless(sending: Sending) -> bool {
    sending.scope.get() == Scope::WhatIf || sending.kind.get() == Kind::Fill && sending.scope.get() == Scope::Anonymous
}

fn pointless(words: Words, sending: Sending) -> std::borrow::Cow<'static, str> {
    match sending.scope.get() {
        Scope::WhatIf => say!(words, share.file_no_what_if),
        _ => say!(words, share.file_fill_names),
    }
}

/// Hands the file to the browser, and says what became of that.
/// True where the whole plan is in a file then, from which it can be opened again.
pub fn save(words: Words, session: Session, sending: Sending) -> bool {
    let is_taken = untrack(|| write(words, session, sending));
    sending.done.set(if is_taken { Done::Nothing } else { Done::FileRefused });
    is_taken && sending.kind.get_untracked() == Kind::Plan && sending.scope.get_untracked() == Scope::Whole
}

fn write(words: Words, session: Session, sending: Sending) -> bool {
    // The amounts are those of the plan, whatever its nodes are called.
    write_as(words, sending.kind.get(), &sending.offer.get().plan, &session.base_outcome_untracked())
}

/// Hands the whole of the plan that is kept to the browser as a file. False where it would not take it.
pub fn save_whole(words: Words, session: Session, kind: Kind) -> bool {
    untrack(|| write_as(words, kind, &session.base_untracked(), &session.base_outcome_untracked()))
}

fn write_as(words: Words, kind: Kind, plan: &Plan, outcome: &Outcome) -> bool {
    let name = kind.name(words, &plan.title);
    let save = |book: Book| file::download_bytes(&name, Book::KIND, &book.to_bytes());
    match kind {
        Kind::Plan => file::download(&name, file::PLAN, &plan.to_json()),
        Kind::Workbook => {
            let now = Moment::now();
            save(workbook::book(words, plan, outcome, &format!("{} {}", now.date(), now.time())))
        }
        Kind::Table => file::download(&name, file::TABLE, &workbook::csv(words, plan, outcome)),
        Kind::Fill => save(workbook::fill(words, plan, outcome)),
    }
}
