//! Where the table comes from: a text that is pasted, a file that is chosen or dropped; and why it cannot be read.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::super::parts::FileButton;
use super::draft::{Draft, Fault};
use super::words;
use crate::edge::encoding::Encoding;
use crate::edge::file;
use crate::edge::table::TableError;
use crate::i18n::use_words;
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
            None => match draft.table.get() {
                // Nothing is there yet: the hint says what to do.
                Ok(_) | Err(TableError::Empty) => None,
                Err(error) => Some(words::table(words, error).into()),
            },
        }
    };
    let note = move || match (draft.encoding.get(), draft.table.with(|it| it.is_ok())) {
        (_, false) | (Encoding::Utf8, _) => None,
        (Encoding::Utf8Marked, _) => Some(say!(words, table.utf8_marked)),
        (Encoding::Utf16, _) => Some(say!(words, table.utf16)),
        (Encoding::Gbk, _) => Some(say!(words, table.gbk)),
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
            <p class="field__hint" id="import-hint">
                {move || note().unwrap_or_else(|| say!(words, table.hint))}
            </p>
            <p class="field__problem" id="import-problem" role="alert">{move || problem()}</p>
        </div>
    }
}

#[component]
fn ChooseFile(draft: Draft) -> impl IntoView {
    let words = use_words();
    let take = move |file: File| {
        spawn_local(async move {
            match file::read(&file).await {
                Ok(bytes) => draft.take_file(file.name(), &bytes),
                Err(error) => {
                    draft.file.set(Some(file.name()));
                    draft.fault.set(Some(Fault::Read(error)));
                }
            }
        });
    };
    view! {
        <FileButton class="button import__file" name=text!(words, table.choose_file) take=Arc::new(take)
            accept=".csv,.tsv,.tab,.txt,text/csv,text/tab-separated-values,text/plain">
            {text!(words, table.choose_file)}
        </FileButton>
    }
}
