//! What keys do in a sheet, as in a spreadsheet and in the treegrid pattern of the ARIA practices.

use leptos::ev::KeyboardEvent;

use super::super::notice::Notices;
use super::state::{Active, HEADS, ROW, SheetState, Slot};
use super::{block, paste};

/// One way through the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Top,
    Bottom,
    RowStart,
    RowEnd,
    First,
    Last,
}

/// Acts on a key that was struck while no cell is being typed in. What is not acted on is written into the field, which
/// opens by it.
pub fn on_key(state: SheetState, notices: Notices, event: &KeyboardEvent) {
    let key = event.key();
    let with_control = event.ctrl_key() || event.meta_key();
    if event.alt_key() {
        return;
    }
    let Some(active) = state.active.get_untracked().or_else(|| state.active_in((0, 0))) else { return };
    if let Some(step) = step(&key, with_control) {
        event.prevent_default();
        if event.shift_key() && !active.is_head {
            reach(state, active, step);
        } else if !fold_by(state, active, step) {
            go(state, active, step);
        }
        return;
    }
    let is_done = if with_control {
        on_command(state, notices, &key, event.shift_key())
    } else {
        on_plain(state, notices, active, &key)
    };
    // A letter that no number begins with would open the field for nothing.
    let is_letter = !with_control && key.chars().count() == 1;
    if is_done || is_letter && (active.is_head || !types_into(active.slot, &key)) {
        event.prevent_default();
    }
}

/// With Ctrl or ⌘. The clipboard's own come as events of the clipboard.
fn on_command(state: SheetState, notices: Notices, key: &str, with_shift: bool) -> bool {
    match (key.to_ascii_lowercase().as_str(), with_shift) {
        ("z", false) => state.session.undo(),
        ("y", false) | ("z", true) => state.session.redo(),
        ("d", false) => paste::fill_down(state, notices),
        ("a", false) => block::choose_all(state),
        _ => return false,
    }
    true
}

fn on_plain(state: SheetState, notices: Notices, active: Active, key: &str) -> bool {
    match key {
        "Enter" | " " if active.is_head => state.turn_column(active.slot),
        "Enter" | "F2" => state.start(active),
        "Escape" if state.reach.get_untracked().is_some() => state.reach.set(None),
        _ if active.is_head => return false,
        "Delete" | "Backspace" => notices.heed(block::clear(state)),
        " " if active.slot == Slot::Name => {
            let is_folded = state.folded.with_untracked(|it| it.contains(&active.row));
            state.fold(active.row, !is_folded);
        }
        "l" | "L" if active.slot != Slot::Name => notices.heed(block::toggle_lock(state)),
        _ => return false,
    }
    true
}

/// Names take any letter; numbers take what numbers begin with.
fn types_into(slot: Slot, struck: &str) -> bool {
    let begins_number =
        |it: char| it.is_ascii_digit() || ('０'..='９').contains(&it) || "+-*/.=¥￥$(（＋－＊＝".contains(it);
    slot == Slot::Name || struck.chars().all(begins_number)
}

fn step(key: &str, with_control: bool) -> Option<Step> {
    Some(match (key, with_control) {
        ("ArrowUp", false) => Step::Up,
        ("ArrowDown", false) => Step::Down,
        ("ArrowLeft", false) => Step::Left,
        ("ArrowRight", false) => Step::Right,
        ("ArrowUp", true) => Step::Top,
        ("ArrowDown", true) => Step::Bottom,
        ("PageUp", _) => Step::PageUp,
        ("PageDown", _) => Step::PageDown,
        ("Home", false) | ("ArrowLeft", true) => Step::RowStart,
        ("End", false) | ("ArrowRight", true) => Step::RowEnd,
        ("Home", true) => Step::First,
        ("End", true) => Step::Last,
        _ => return None,
    })
}

/// In the column of names and among the heads, left folds and right unfolds, before they move.
fn fold_by(state: SheetState, active: Active, step: Step) -> bool {
    if active.is_head {
        let column = state.columns.with_untracked(|it| it.iter().find(|it| Slot::Cell(it.id) == active.slot).copied());
        match (step, column) {
            (Step::Left, Some(it)) if !it.is_leaf && !it.is_folded => state.turn_column(active.slot),
            (Step::Right, Some(it)) if it.is_folded => state.turn_column(active.slot),
            _ => return false,
        }
        return true;
    }
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

/// Where a step from a cell leads, as far as there are cells. The heads lie above the first row.
fn target(state: SheetState, from: Active, step: Step) -> Option<Active> {
    let (row, place) = state.place(from)?;
    let (rows, places) = (state.rows.with_untracked(|it| it.len()), state.slots.with_untracked(|it| it.len()));
    let (last_row, last_place) = (rows.checked_sub(1)?, places.saturating_sub(1));
    let page = (state.seen.with_untracked(|it| it.height) / ROW).saturating_sub(2).max(1) as usize;
    let down = |by: usize| if row == HEADS { by - 1 } else { row + by }.min(last_row);
    let up = |by: usize| if row == HEADS { HEADS } else { row.saturating_sub(by) };
    let to = match step {
        Step::Up if row == 0 => (HEADS, place),
        Step::Up => (up(1), place),
        Step::Down => (down(1), place),
        Step::Left => (row, place.saturating_sub(1)),
        Step::Right => (row, (place + 1).min(last_place)),
        Step::PageUp => (up(page), place),
        Step::PageDown => (down(page), place),
        Step::Top => (up(last_row), place),
        Step::Bottom => (last_row, place),
        Step::RowStart => (row, 0),
        Step::RowEnd => (row, last_place),
        Step::First => (0, 0),
        Step::Last => (last_row, last_place),
    };
    state.active_in(to)
}

/// Moves the active cell.
fn go(state: SheetState, active: Active, step: Step) {
    if let Some(to) = target(state, active, step) {
        state.activate(to);
    }
}

/// Moves the other end of the chosen block; heads belong to none.
fn reach(state: SheetState, active: Active, step: Step) {
    let end = state.reach.get_untracked().unwrap_or(active);
    if let Some(to) = target(state, end, step).filter(|it| !it.is_head) {
        state.extend(to);
    }
}

/// After a number was taken: on to the next row, or the next column.
pub fn advance(state: SheetState, active: Active, key: &str, back: bool) {
    let step = match (key, back) {
        ("Enter", false) | ("ArrowDown", _) => Step::Down,
        ("Enter", true) | ("ArrowUp", _) => Step::Up,
        ("Tab", true) | ("ArrowLeft", _) => Step::Left,
        _ => Step::Right,
    };
    go(state, active, step);
}
