//! The keys, on one sheet.
//!
//! A part of the page: it is downloaded when it is first asked for (`later`).

use leptos::prelude::*;

use super::app::Dialogs;
use super::command::Command;
use super::parts::{CollectAny, Dialog};
use crate::i18n::{Text, use_words};
use crate::text;

#[component]
pub fn Shortcuts() -> impl IntoView {
    let words = use_words();
    let dialogs = expect_context::<Dialogs>();
    let anywhere = move || {
        [Command::Palette, Command::Undo, Command::Redo, Command::Meeting, Command::Print, Command::Shortcuts]
            .map(|it| row(it.keys(), crate::i18n::told(move || it.word(words.locale()).into())))
    };
    let in_a_sheet = move || {
        [
            ("↑ ↓ ← →", text!(words, command.keys_move)),
            ("Home End PgUp PgDn", text!(words, command.keys_far)),
            ("Enter F2", text!(words, command.keys_edit)),
            ("0 – 9", text!(words, command.keys_type)),
            ("Tab Enter", text!(words, command.keys_take)),
            ("Esc", text!(words, command.keys_leave)),
            ("Delete", text!(words, command.clear)),
            ("L", text!(words, sheet.lock)),
            ("Space ← →", text!(words, command.keys_fold)),
        ]
        .map(|(keys, word)| row(keys, word))
    };
    view! {
        <Dialog name="shortcuts" is_open=dialogs.shortcuts title=text!(words, command.shortcuts)
            close=text!(words, shell.close)>
            <h3 class="shortcuts__head">{text!(words, command.keys_anywhere)}</h3>
            <dl class="shortcuts__keys">{anywhere().into_iter().collect_any()}</dl>
            <h3 class="shortcuts__head">{text!(words, command.keys_in_sheet)}</h3>
            <dl class="shortcuts__keys">{in_a_sheet().into_iter().collect_any()}</dl>
        </Dialog>
    }
}

fn row(keys: &'static str, word: Text) -> AnyView {
    let keys = keys.split(' ').map(|it| view! { <kbd>{it}</kbd> }).collect_any();
    view! {
        <dt>{word}</dt>
        <dd>{keys}</dd>
    }
    .into_any()
}
