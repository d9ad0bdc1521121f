//! What is done to all cells of the chosen block at once, as one step to undo.

use super::state::{Active, SheetState, Slot};
use crate::engine::breakback;
use crate::plan::{Edit, Field};
use crate::session::Refused;

/// The cells that keys act on: the block, or the active cell alone; row by row.
pub fn cells(state: SheetState) -> Vec<Vec<Active>> {
    let marked = state.marked.get_untracked();
    let Some(at) = marked.active else { return Vec::new() };
    let ((top, bottom), (left, right)) = marked.block.unwrap_or(((at.0, at.0), (at.1, at.1)));
    let row = |row: usize| (left..=right).filter_map(|place| state.active_in((row, place))).collect();
    (top..=bottom).map(row).collect()
}

/// Lets every cell follow the rules again.
pub fn clear(state: SheetState) -> Result<(), Refused> {
    let plan = state.session.plan_untracked();
    let dimension = state.pair.rows();
    let cleared = |it: Active| match it.slot {
        Slot::Name => None,
        Slot::LastYear => Some(Edit::Node { dimension, id: it.row, field: Field::LastYear(None) }),
        Slot::Share | Slot::Cell(_) => breakback::clear(&plan, state.at(it)),
    };
    put(state, cells(state).into_iter().flatten().filter_map(cleared).collect())
}

/// Locks every cell at what it has; where all of them are locked, opens the locks.
pub fn toggle_lock(state: SheetState) -> Result<(), Refused> {
    let (plan, outcome) = (state.session.plan_untracked(), state.session.outcome_untracked());
    let places: Vec<_> =
        cells(state).into_iter().flatten().filter(|it| it.slot != Slot::Name).map(|it| state.at(it)).collect();
    let is_locked = |at| breakback::lock_at(&plan, at).is_some();
    let opens = places.iter().all(|at| is_locked(*at));
    let edit = |at| breakback::toggle_lock(&plan, &outcome, at).filter(|_| opens || !is_locked(at));
    put(state, places.into_iter().filter_map(edit).collect())
}

/// Some edits as one step.
pub fn put(state: SheetState, mut edits: Vec<Edit>) -> Result<(), Refused> {
    match edits.len() {
        0 => Ok(()),
        1 => state.session.edit(edits.remove(0)),
        _ => state.session.edit(Edit::Batch(edits)),
    }
}

/// Chooses all cells.
pub fn choose_all(state: SheetState) {
    let (rows, places) = (state.rows.with_untracked(|it| it.len()), state.slots.with_untracked(|it| it.len()));
    let ends = state.active_in((0, 0)).zip(state.active_in((rows.saturating_sub(1), places.saturating_sub(1))));
    if let Some((first, last)) = ends {
        state.activate(first);
        state.extend(last);
    }
}

pub fn fill_down(_state: SheetState) -> Result<(), Refused> {
    Ok(())
}
