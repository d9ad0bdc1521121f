//! The first rows of the table, each column with what it is taken for.

use leptos::prelude::*;

use super::super::parts::{CollectAny, Show};
use super::draft::Draft;
use super::words;
use crate::edge::import::assign;
use crate::edge::table::Role;
use crate::i18n::use_words;
use crate::live::Derived;
use crate::{say, text};

/// Rows that are shown, to recognise the table by.
const FIRST: usize = 6;

const ROLES: [Role; 7] =
    [Role::Level, Role::Person, Role::LastYear, Role::Weight, Role::Target, Role::Percent, Role::Ignore];

#[component]
pub fn Columns(draft: Draft) -> impl IntoView {
    let words = use_words();
    let columns = Derived::new(move || draft.table.get().map(|it| it.sheet.headers.clone()).unwrap_or_default());
    let heads = move || {
        let head = |(at, header)| view! { <th scope="col" class="import__head"><Head draft at header/></th> };
        columns.get().into_iter().enumerate().map(head).collect_any()
    };
    let rows = move || {
        let Ok(table) = draft.table.get() else { return Vec::new() };
        let count = table.sheet.headers.len();
        let row = |(line, cells): (&usize, &Vec<String>)| {
            let cells: Vec<String> = cells.iter().take(count).cloned().collect();
            let is_ignored = move |at: usize| draft.roles.with(|it| it.get(at) == Some(&Role::Ignore));
            let cell = move |(at, text)| {
                view! { <td class="import__cell" class:import__cell--ignored=move || is_ignored(at)>{text}</td> }
            };
            view! {
                <tr>
                    <th scope="row" class="import__line">{*line}</th>
                    {cells.into_iter().enumerate().map(cell).collect_any()}
                </tr>
            }
        };
        table.lines.iter().zip(&table.sheet.rows).take(FIRST).map(row).collect::<Vec<_>>()
    };
    let more = move || draft.table.get().map_or(0, |it| it.sheet.rows.len().saturating_sub(FIRST));
    view! {
        <div class="import__part">
            <h3 class="import__title">{text!(words, table.columns)}</h3>
            <div class="import__scroll" role="region" tabindex="0" aria-label=text!(words, table.columns)>
                <table class="import__table">
                    <thead>
                        <tr>
                            <th scope="col" class="import__line">{text!(words, table.line)}</th>
                            {move || heads()}
                        </tr>
                    </thead>
                    <tbody>{move || rows()}</tbody>
                </table>
            </div>
            <Show when=move || { 0 < more() }>
                <p class="field__hint">{move || say!(words, table.more_rows, n = more())}</p>
            </Show>
        </div>
    }
}

/// A column's own name, and the choice of what it is.
#[component]
fn Head(draft: Draft, at: usize, header: String) -> impl IntoView {
    let words = use_words();
    let role = Derived::new(move || draft.roles.with(|it| it.get(at).copied()).unwrap_or(Role::Ignore));
    let choose = move |position: String| {
        let Some(role) = position.parse::<usize>().ok().and_then(|it| ROLES.get(it)) else { return };
        let mut roles = draft.roles.get_untracked();
        assign(&mut roles, at, *role);
        draft.choices.update(|it| it.roles = Some(roles));
    };
    let option = move |(position, it): (usize, Role)| {
        let is_chosen = move || role.get() == it;
        view! {
            <option value=position.to_string() prop:selected=move || is_chosen() selected=move || is_chosen()>
                {move || words::role(words, it)}
            </option>
        }
    };
    let name = StoredValue::new(header);
    let shown = move || name.with_value(|it| words::column(words, it, at));
    view! {
        <span class="import__header" title=move || shown()>{move || shown()}</span>
        <select class="field__input import__role" aria-label=move || say!(words, table.role_of, column = shown())
            on:change:target=move |event| choose(event.target().value())>
            {ROLES.into_iter().enumerate().map(option).collect_any()}
        </select>
    }
}
