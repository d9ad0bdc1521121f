//! One's own data: a blank plan, a file, a table, a link.

use leptos::prelude::*;

use super::super::app::Dialogs;
use super::super::library::Library;
use super::blank::blank;
use super::{LinkForm, PickFile};
use crate::i18n::use_words;
use crate::text;

#[component]
pub fn OwnData() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let dialogs = expect_context::<Dialogs>();
    view! {
        <section class="start__part" aria-labelledby="own-title">
            <div class="start__bar">
                <h2 class="start__title" id="own-title">{text!(words, start.own)}</h2>
            </div>
            <ul class="start__cards">
                <li>
                    <button type="button" class="choice" on:click=move |_| library.create(blank(words))>
                        <span class="choice__name">{text!(words, start.blank)}</span>
                        <span class="choice__line">{text!(words, start.blank_hint)}</span>
                    </button>
                </li>
                <li>
                    <PickFile class="choice">
                        <span class="choice__name">{text!(words, start.file)}</span>
                        <span class="choice__line">{text!(words, start.file_hint)}</span>
                    </PickFile>
                </li>
                <li>
                    <button type="button" class="choice" on:click=move |_| dialogs.import.set(true)>
                        <span class="choice__name">{text!(words, start.table)}</span>
                        <span class="choice__line">{text!(words, start.table_hint)}</span>
                    </button>
                </li>
            </ul>
            <div class="start__link">
                <LinkForm/>
            </div>
        </section>
    }
}
