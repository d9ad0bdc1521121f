//! Where the table comes from: a text that is pasted, a file that is chosen or dropped, which sheet of it and in which encoding;
//! and why it cannot be read.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::super::parts::{CollectAny, FileButton};
use super::draft::{Draft, Fault, Origin};
use super::words;
use crate::edge::encoding::{Encoding, unread};
use crate::edge::file;
use crate::edge::table::TableError;
use crate::i18n::{Text, use_words};
use crate::{say, text};

#[component]
pub fn Source(draft: Draft) -> impl IntoView {
    let words = use_words();
    let problem = move || {
        let name = || draft.file.get().unwrap_or_default();
        match draft.fault.get() {
            Some(Fault::Table(error)) => {
                Some(say!(words, table.of_file, name = name(), why = words::table(words, error)))
            }
            Some(Fault::Read(error)) => {
                Some(say!(words, table.of_file, name = name(), why = words::read(words, error)))
            }
            Some(Fault::Workbook(error)) => {
                Some(say!(words, table.of_file, name = name(), why = words::workbook(words, error)))
            }
            Some(Fault::Return(error)) => {
                Some(say!(words, table.of_file, name = name(), why = words::returned(words, &error)))
            }
            None => match draft.table.get() {
                // Nothing is there yet: the hint says what to do.
                Ok(_) | Err(TableError::Empty) => None,
                Err(error) => Some(words::table(words, error).into()),
            },
        }
    };
    let note = move || {
        let unread = draft.text.with(|it| unread(it));
        match (draft.encoding.get(), draft.table.with(|it| it.is_ok())) {
            _ if 0 < unread => Some(say!(words, table.unread, n = unread)),
            (_, false) | (Encoding::Utf8, _) => None,
            (Encoding::Utf8Marked, _) => Some(say!(words, table.utf8_marked)),
            (Encoding::Utf16, _) => Some(say!(words, table.utf16)),
            (Encoding::Gbk, _) => Some(say!(words, table.gbk)),
            (other, _) => Some(say!(words, table.read_as_other, encoding = other.name())),
        }
    };
    view! {
        <div class="field">
            <div class="import__row">
                <label class="field__label grow" for="import-text">{text!(words, table.text)}</label>
                <ChooseFile draft/>
            </div>
            <textarea class="field__input import__text" id="import-text" rows="5" spellcheck="false" autofocus=true
                wrap="off" aria-describedby="import-hint import-problem"
                aria-invalid=move || problem().is_some().to_string()
                prop:value=move || draft.text.get()
                on:input:target=move |event| draft.take_text(event.target().value())></textarea>
            {move || another_way(draft)}
            <p class="field__hint" id="import-hint">
                {move || note().unwrap_or_else(|| say!(words, table.hint))}
            </p>
            <p class="field__problem" id="import-problem" role="alert">{move || problem()}</p>
        </div>
    }
}

/// The other sheets of a workbook, or the other encodings of a text. Nothing where there is no choice.
fn another_way(draft: Draft) -> Option<AnyView> {
    let words = use_words();
    match draft.origin.get() {
        Origin::Typed => None,
        Origin::Bytes(_) => {
            let chosen = draft.encoding.get().choice();
            let options = Encoding::CHOICES.map(|it| (it.name().to_owned(), it == chosen));
            let choose = move |at: usize| {
                if let Some(encoding) = Encoding::CHOICES.get(at) {
                    draft.read_as(*encoding);
                }
            };
            Some(choice(text!(words, table.read_as), options.into(), choose))
        }
        Origin::Sheet(book, sheet) => {
            // Where they stand among all sheets, and their names.
            let in_sight: Vec<(usize, String)> = book
                .sheets()
                .enumerate()
                .filter(|(_, (_, is_in_sight))| *is_in_sight)
                .map(|(at, (name, _))| (at, name.to_owned()))
                .collect();
            if in_sight.len() < 2 {
                return None;
            }
            let options = in_sight.iter().map(|(at, name)| (name.clone(), *at == sheet)).collect();
            let choose = move |at: usize| {
                if let Some((sheet, _)) = in_sight.get(at) {
                    draft.take_sheet(Arc::clone(&book), *sheet);
                }
            };
            Some(choice(text!(words, table.sheet), options, choose))
        }
    }
}

fn choice(label: Text, options: Vec<(String, bool)>, choose: impl Fn(usize) + 'static) -> AnyView {
    let option = |(at, (word, is_chosen)): (usize, (String, bool))| {
        view! { <option value=at.to_string() prop:selected=is_chosen selected=is_chosen>{word}</option> }
    };
    let changed = move |value: String| {
        if let Ok(at) = value.parse() {
            choose(at);
        }
    };
    view! {
        <label class="field import__way">
            <span class="field__label">{label}</span>
            <select class="field__input" on:change:target=move |event| changed(event.target().value())>
                {options.into_iter().enumerate().map(option).collect_any()}
            </select>
        </label>
    }
    .into_any()
}

#[component]
fn ChooseFile(draft: Draft) -> impl IntoView {
    let words = use_words();
    let take = move |file: File| {
        spawn_local(async move {
            match file::read(&file).await {
                Ok(bytes) => draft.take_file(file.name(), bytes),
                Err(error) => {
                    draft.file.set(Some(file.name()));
                    draft.fault.set(Some(Fault::Read(error)));
                }
            }
        });
    };
    view! {
        <FileButton class="button import__file" name=text!(words, table.choose_file) take=Arc::new(take)
            accept=".xlsx,.csv,.tsv,.tab,.txt,text/csv,text/tab-separated-values,text/plain">
            {text!(words, table.choose_file)}
        </FileButton>
    }
}
