//! A workbook that others filled in, before it is taken: what it says of each beside what the plan says now, and every cell that
//! cannot be taken, with the way out.

use leptos::prelude::*;

use super::super::app::{Dialogs, Here};
use super::super::library::Library;
use super::super::notice::Notices;
use super::super::parts::{CollectAny, Look, Show, button, button_unless};
use super::super::route::Route;
use super::draft::Draft;
use super::words;
use crate::edge::returned::{Change, Comparison, Told, edit};
use crate::i18n::{Words, told, use_words};
use crate::live::Derived;
use crate::plan::Plan;
use crate::session::{Access, Session};
use crate::views::name;
use crate::{say, text};

/// More than these nobody reads.
const MOST: usize = 300;

#[component]
pub fn Returns(draft: Draft) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let library = expect_context::<Library>();
    let compared = draft.compared;
    let problem = move || match compared.get() {
        _ if !library.is_open() => Some(say!(words, table.return_no_plan).into_owned()),
        Some(Err(error)) => Some(words::returned(words, &error)),
        _ if session.access() != Access::Own => Some(say!(words, table.return_preview).into_owned()),
        _ => None,
    };
    let changes = Derived::new(move || read(draft, |it| it.changes.clone()));
    let odd = Derived::new(move || read(draft, |it| it.odd.clone()));
    let rows = move || {
        let plan = session.plan();
        changes.with(|it| it.iter().take(MOST).map(|it| row(words, &plan, it)).collect_any())
    };
    let count = move || changes.with(Vec::len);
    let odd_count = move || odd.with(Vec::len);
    let others = move || {
        odd.with(|it| it.iter().take(MOST).map(|it| view! { <li>{words::odd_return(words, it)}</li> }).collect_any())
    };
    view! {
        <div class="import__part" role="status">
            <h3 class="import__title">{move || say!(words, table.return_title, name = draft.file.get().unwrap_or_default())}</h3>
            <ul class="import__list">
                {move || sentences(words, draft, &session.plan()).into_iter().map(|it| view! { <li>{it}</li> }).collect_any()}
            </ul>
        </div>
        <p class="field__problem" role="alert">{move || problem()}</p>
        <Show when=move || { 0 < count() }>
            <div class="import__scroll import__scroll--long" role="region" tabindex="0" aria-label=text!(words, table.return_changes)>
                <table class="import__table import__table--wide">
                    <thead>
                        <tr>
                            <th scope="col" class="import__head">{text!(words, table.return_who)}</th>
                            <th scope="col" class="import__head">{text!(words, table.return_what)}</th>
                            <th scope="col" class="import__head import__head--number">{text!(words, table.return_old)}</th>
                            <th scope="col" class="import__head import__head--number">{text!(words, table.return_new)}</th>
                            <th scope="col" class="import__head">{text!(words, table.return_cell)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows()}</tbody>
                </table>
            </div>
            <Show when=move || { MOST < count() }>
                <p class="field__hint">{move || say!(words, table.more_rows, n = count() - MOST)}</p>
            </Show>
        </Show>
        <Show when=move || { 0 < odd_count() }>
            <div class="import__part">
                <h3 class="import__title warn">{move || say!(words, table.return_odd, n = odd_count())}</h3>
                <ul class="import__list import__list--long" tabindex="0" aria-label=move || say!(words, table.return_odd, n = odd_count())>
                    {move || others()}
                </ul>
            </div>
        </Show>
    }
}

/// Something of what the workbook comes to; nothing of one that is refused.
fn read<T>(draft: Draft, of: impl Fn(&Comparison) -> Vec<T>) -> Vec<T> {
    draft.compared.with(|it| match it {
        Some(Ok(comparison)) => of(comparison),
        _ => Vec::new(),
    })
}

fn row(words: Words, plan: &Plan, change: &Change) -> AnyView {
    let amount = |it| name::exact_amount(words, plan, it);
    let old = change.old.map_or_else(|| say!(words, table.return_none).into_owned(), amount);
    let what = match change.told {
        Told::Submitted => say!(words, table.return_submitted),
        Told::Actual => say!(words, table.return_actual),
    };
    view! {
        <tr>
            <th scope="row" class="import__cell import__cell--who">{name::node(words, plan, change.told.dimension(), change.id)}</th>
            <td class="import__cell">{what.into_owned()}</td>
            <td class="import__cell import__cell--number">{old}</td>
            <td class="import__cell import__cell--number">{amount(change.new)}</td>
            <td class="import__cell">{change.at.cell.clone()}</td>
        </tr>
    }
    .into_any()
}

fn sentences(words: Words, draft: Draft, plan: &Plan) -> Vec<String> {
    let Some(Ok(comparison)) = draft.compared.get() else { return Vec::new() };
    let Comparison { title, changes, same, blank, odd } = &*comparison;
    let is_renamed = *title != plan.title;
    let renamed =
        is_renamed.then(|| say!(words, table.return_renamed, theirs = title.clone(), ours = plan.title.clone()));
    let nothing = changes.is_empty().then(|| say!(words, table.return_nothing));
    let counts =
        say!(words, table.return_counts, changes = changes.len(), same = *same, blank = *blank, odd = odd.len());
    let all = [Some(counts), nothing, renamed];
    all.into_iter().flatten().map(std::borrow::Cow::into_owned).collect()
}

/// The one way on, and the way to another file.
#[component]
pub fn ReturnsFoot(draft: Draft) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let dialogs = expect_context::<Dialogs>();
    let notices = expect_context::<Notices>();
    let here = expect_context::<Here>();
    let count = Derived::new(move || read(draft, |it| it.changes.clone()).len());
    let is_off = move || count.get() == 0 || session.access() != Access::Own;
    let take = move || {
        let Some(Ok(comparison)) = draft.compared.get_untracked() else { return };
        let taken = comparison.changes.len();
        let has_submitted = comparison.changes.iter().any(|it| it.told == Told::Submitted);
        let result = session.edit(edit(&comparison));
        let is_done = result.is_ok();
        notices.heed(result);
        dialogs.import.set(false);
        if is_done {
            draft.clear();
            if has_submitted {
                here.go(Route::Agree);
            }
            let text = untrack(|| say!(words, table.return_taken, n = taken).into_owned());
            notices.undoable(text, move || session.undo());
        }
    };
    view! {
        <div class="dialog__foot">
            {button(Look::Plain, text!(words, table.return_other_file), move || draft.clear())}
            {button_unless(
                Look::Primary,
                None,
                told(move || say!(words, table.return_take, n = count.get())),
                is_off,
                take,
            )}
        </div>
    }
}
