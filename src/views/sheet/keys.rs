//! What keys do in a sheet, as in a spreadsheet and in the treegrid pattern of the ARIA practices.

use leptos::ev::KeyboardEvent;

use super::super::notice::Notices;
use super::state::{Active, SheetState, Slot};

/// One way through the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    RowStart,
    RowEnd,
    First,
    Last,
}

/// Acts on a key that was struck while no cell is being typed in.
pub fn on_key(state: SheetState, notices: Notices, event: &KeyboardEvent) {
    let key = event.key();
    let with_control = event.ctrl_key() || event.meta_key();
    if event.alt_key() {
        return;
    }
    let Some(active) = state.active.get_untracked().or_else(|| first(state)) else { return };
    if let Some(step) = step(&key, with_control) {
        event.prevent_default();
        if !fold_by(state, active, step) {
            go(state, active, step);
        }
        return;
    }
    if with_control {
        return;
    }
    match key.as_str() {
        "Enter" | "F2" => state.start(active, None),
        "Delete" | "Backspace" => {
            if !matches!(active.slot, Slot::Name) {
                notices.heed(clear(state, active));
            }
        }
        " " if active.slot == Slot::Name => {
            let folded = state.folded.with_untracked(|it| it.contains(&active.row));
            state.fold(active.row, !folded);
        }
        "l" | "L" if active.slot != Slot::Name => {
            notices.heed(state.session.toggle_lock(state.at(active)));
        }
        // An input method has the key: an empty field is opened for it to write into.
        "Process" => state.start(active, Some(String::new())),
        struck if struck.chars().count() == 1 && types_into(active.slot, struck) => {
            state.start(active, Some(struck.to_owned()));
        }
        _ => return,
    }
    event.prevent_default();
}

fn clear(state: SheetState, active: Active) -> Result<(), crate::session::Refused> {
    use crate::plan::{Edit, Field};
    if active.slot == Slot::LastYear {
        let field = Field::LastYear(None);
        return state.session.edit(Edit::Node { dimension: state.pair.rows(), id: active.row, field });
    }
    state.session.clear(state.at(active))
}

/// Names take any letter; numbers take what numbers begin with.
fn types_into(slot: Slot, struck: &str) -> bool {
    let begins_number = |it: char| it.is_ascii_digit() || ('０'..='９').contains(&it) || "+-.=¥￥$(".contains(it);
    slot == Slot::Name || struck.chars().all(begins_number)
}

fn step(key: &str, with_control: bool) -> Option<Step> {
    Some(match (key, with_control) {
        ("ArrowUp", false) => Step::Up,
        ("ArrowDown", false) => Step::Down,
        ("ArrowLeft", false) => Step::Left,
        ("ArrowRight", false) => Step::Right,
        ("PageUp", _) => Step::PageUp,
        ("PageDown", _) => Step::PageDown,
        ("Home", false) => Step::RowStart,
        ("End", false) => Step::RowEnd,
        ("Home", true) => Step::First,
        ("End", true) => Step::Last,
        _ => return None,
    })
}

fn first(state: SheetState) -> Option<Active> {
    let row = state.rows.with_untracked(|rows| rows.first().map(|it| it.id))?;
    Some(Active { row, slot: Slot::Name })
}

/// In the column of names, left folds and right unfolds, before they move.
fn fold_by(state: SheetState, active: Active, step: Step) -> bool {
    if active.slot != Slot::Name {
        return false;
    }
    let row = state.rows.with_untracked(|rows| rows.iter().find(|it| it.id == active.row).copied());
    match (step, row) {
        (Step::Left, Some(row)) if !row.is_leaf && !row.is_folded => state.fold(row.id, true),
        (Step::Right, Some(row)) if row.is_folded => state.fold(row.id, false),
        _ => return false,
    }
    true
}

/// Moves the active cell, as far as there are cells.
fn go(state: SheetState, active: Active, step: Step) {
    let slots = state.slots();
    let rows = state.rows.get_untracked();
    let row = rows.iter().position(|it| it.id == active.row).unwrap_or(0);
    let column = slots.iter().position(|it| *it == active.slot).unwrap_or(0);
    let (last_row, last_column) = (rows.len().saturating_sub(1), slots.len().saturating_sub(1));
    let page = state.seen.get_untracked().1.saturating_sub(1).max(1);
    let (row, column) = match step {
        Step::Up => (row.saturating_sub(1), column),
        Step::Down => ((row + 1).min(last_row), column),
        Step::Left => (row, column.saturating_sub(1)),
        Step::Right => (row, (column + 1).min(last_column)),
        Step::PageUp => (row.saturating_sub(page), column),
        Step::PageDown => ((row + page).min(last_row), column),
        Step::RowStart => (row, 0),
        Step::RowEnd => (row, last_column),
        Step::First => (0, 0),
        Step::Last => (last_row, last_column),
    };
    if let (Some(row), Some(slot)) = (rows.get(row), slots.get(column)) {
        state.activate(Active { row: row.id, slot: *slot });
    }
}

/// After a number was taken: on to the next row, or the next column.
pub fn advance(state: SheetState, active: Active, key: &str, back: bool) {
    let step = match (key, back) {
        ("Enter", false) => Step::Down,
        ("Enter", true) => Step::Up,
        (_, false) => Step::Right,
        (_, true) => Step::Left,
    };
    go(state, active, step);
}
