//! The one field of the sheet. It always has the keys while the grid has: at rest it lies unseen over the active cell, and
//! opens with the first letter that is written into it. A field that were made for that letter would come too late for an
//! input method, which writes only into one that is there.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use web_sys::{ClipboardEvent, FocusOptions};

use super::super::notice::{Notice, Notices};
use super::super::parts::Show;
use super::keys::{advance, on_key};
use super::paper::{cell_id, head_id};
use super::state::{Active, Over, ROW, SheetState, Slot};
use super::{block, paste};
use crate::i18n::use_words;
use crate::live::Derived;
use crate::say;

/// The grid, as the field names it.
pub const GRID_ID: &str = "sheet-grid";

/// The widest that a sentence beside a cell gets, as the style has it.
const PROBLEM: u32 = 320;

/// Gives the keys to the grid, without a jump of the page.
pub fn focus(field: NodeRef<html::Input>) {
    if let Some(field) = field.get_untracked() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        _ = field.focus_with_options(&options);
    }
}

/// Typing ends because something else was chosen: what was typed is taken; what cannot be taken is given up with its reason
/// said, nothing changed.
pub fn give_up(state: SheetState, notices: Notices) {
    // A sheet that goes takes the keys from its field when it is gone itself.
    if state.draft.try_get_untracked().flatten().is_none() || state.commit() {
        return;
    }
    let problem = state.draft.with_untracked(|it| it.as_ref().and_then(|it| it.problem.clone()));
    state.draft.set(None);
    if let Some(problem) = problem {
        notices.say(Notice::Problem(problem));
    }
}

#[component]
pub fn Entry(field: NodeRef<html::Input>) -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let notices = expect_context::<Notices>();
    let is_open = Derived::new(move || state.draft.with(Option::is_some));
    let problem = Derived::new(move || state.draft.with(|it| it.as_ref().and_then(|it| it.problem.clone())));
    let is_composing = StoredValue::new(false);
    write_draft(state, field);
    let active_id = move || {
        let active = state.active.get().filter(|_| !is_open.get())?;
        Some(if active.is_head { head_id(active.slot) } else { cell_id(active.row, active.slot) })
    };
    let label = move || if is_open.get() { say!(words, sheet.field) } else { say!(words, sheet.keys) };
    let written = move |text: String| {
        if state.draft.with_untracked(Option::is_none) {
            return state.replace(text);
        }
        state.draft.update(|it| {
            if let Some(draft) = it {
                draft.text = text;
                draft.problem = None;
            }
        });
    };
    let pressed = move |event: KeyboardEvent| {
        // An input method has the key: its Enter chooses a word, it does not end the typing.
        if event.is_composing() || event.key_code() == 229 || is_composing.get_value() {
            return;
        }
        if is_open.get_untracked() { typing_key(state, &event) } else { on_key(state, notices, &event) }
    };
    // While a cell is typed in, the clipboard is the field's own.
    let copied = move |event: &ClipboardEvent| {
        let Some(clipboard) = event.clipboard_data().filter(|_| !is_open.get_untracked()) else { return false };
        event.prevent_default();
        let (text, table) = block::copied(state);
        clipboard.set_data("text/plain", &text).is_ok() & clipboard.set_data("text/html", &table).is_ok()
    };
    let pasted = move |event: &ClipboardEvent| {
        let Some(clipboard) = event.clipboard_data().filter(|_| !is_open.get_untracked()) else { return };
        event.prevent_default();
        if let Ok(text) = clipboard.get_data("text/plain") {
            paste::take(state, notices, &text);
        }
    };
    let place = Derived::new(move || {
        let marked = state.marked.get();
        let (row, place) = marked.active.unwrap_or((0, 0));
        let track = state.tracks.with(|it| it.get(place));
        // Over a name that stands still while the rest scrolls.
        let left = if place == 0 { state.seen.with(|it| it.left) } else { track.left };
        (left, ROW * (row.wrapping_add(1) as u32), track.width)
    });
    view! {
        <input class="sheet__entry" class:sheet__entry--open=move || is_open.get()
            class:sheet__entry--name=move || state.active.get().is_some_and(|it| it.slot == Slot::Name)
            type="text" autocomplete="off" spellcheck="false" node_ref=field
            style:left=move || format!("{}px", place.get().0)
            style:top=move || format!("{}px", place.get().1)
            style:width=move || format!("{}px", place.get().2)
            inputmode=move || if is_open.get() { "text" } else { "none" }
            aria-label=label
            aria-controls=GRID_ID
            aria-activedescendant=active_id
            aria-invalid=move || problem.get().is_some().then_some("true")
            on:focus=move |_| start_somewhere(state)
            on:blur=move |_| give_up(state, notices)
            on:compositionstart=move |_| {
                is_composing.set_value(true);
                if !is_open.get_untracked() {
                    state.replace(String::new());
                }
            }
            on:copy=move |event| _ = copied(&event)
            on:cut=move |event| if copied(&event) { notices.heed(block::clear(state)) }
            on:paste=move |event| pasted(&event)
            on:compositionend=move |_| is_composing.set_value(false)
            on:input:target=move |event| written(event.target().value())
            on:keydown=pressed/>
        <Show when=move || problem.get().is_some()>
            <span class="sheet__problem" role="alert"
                style:left=move || format!("{}px", place.get().0.min(state.seen.with(|it| it.left + it.width.saturating_sub(PROBLEM))))
                style:top=move || format!("{}px", place.get().1 + ROW)>
                {move || problem.get()}
            </span>
        </Show>
    }
}

/// Puts into the field what typing begins with. What is written there by hand is left alone, above all while an input method
/// writes it.
fn write_draft(state: SheetState, field: NodeRef<html::Input>) {
    Effect::new(move |before: Option<bool>| {
        let draft = state.draft.get();
        let is_open = draft.is_some();
        let Some(field_element) = field.get_untracked() else { return is_open };
        let opens = is_open && before != Some(true);
        let text = draft.as_ref().map(|it| it.text.clone()).unwrap_or_default();
        if (opens || !is_open) && field_element.value() != text {
            field_element.set_value(&text);
        }
        if opens && draft.is_some_and(|it| it.over == Over::Opened) {
            focus(field);
            // After the double click that opened the field: its own default would put the caret somewhere.
            request_animation_frame(move || field_element.select());
        }
        is_open
    });
}

/// Acts on a key that was struck while a cell is typed in: Enter, Tab and, over what was replaced, arrows take the text.
fn typing_key(state: SheetState, event: &KeyboardEvent) {
    let Some((active, over)) = state.draft.with_untracked(|it| it.as_ref().map(|it| (it.active, it.over))) else {
        return;
    };
    let key = event.key();
    let goes_on = match key.as_str() {
        "Enter" | "Tab" => true,
        "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight" => over == Over::Replaced,
        _ => false,
    };
    if goes_on {
        event.prevent_default();
        if state.commit() {
            advance(state, active, &key, event.shift_key());
        }
    } else if key == "Escape" {
        event.prevent_default();
        state.draft.set(None);
    }
}

/// Coming in by Tab, some cell is active.
fn start_somewhere(state: SheetState) {
    if state.active.get_untracked().is_some() {
        return;
    }
    let row = state.rows.with_untracked(|rows| rows.first().map(|it| it.id));
    let column = state.columns.with_untracked(|columns| columns.first().map(|it| it.id));
    if let (Some(row), Some(column)) = (row, column) {
        state.activate(Active::cell(row, Slot::Cell(column)));
    }
}
