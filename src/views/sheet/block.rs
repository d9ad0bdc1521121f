//! What is done to all cells of the chosen block at once, as one step to undo.

use super::state::{Active, SheetState, Slot};
use crate::amount::Amount;
use crate::edge::block::{write, write_html};
use crate::edge::table::Cell;
use crate::engine::breakback;
use crate::plan::{Edit, Field};
use crate::results::sheet::{self, Tally};
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
    put(state, cells(state).into_iter().flatten().filter(|it| state.is_node(*it)).filter_map(cleared).collect())
}

/// Locks every cell at what it has; where all of them are locked, opens the locks.
pub fn toggle_lock(state: SheetState) -> Result<(), Refused> {
    let (plan, outcome) = (state.session.plan_untracked(), state.session.outcome_untracked());
    let places: Vec<_> = cells(state)
        .into_iter()
        .flatten()
        .filter(|it| it.slot != Slot::Name && state.is_node(*it))
        .map(|it| state.at(it))
        .collect();
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

/// The block as the clipboard takes it: text, and a table. Amounts are exact, in the unit that is shown.
pub fn copied(state: SheetState) -> (String, String) {
    let with_heads = state.active.get_untracked().is_some_and(|it| it.is_head);
    let drawing = state.drawing.get_untracked().0;
    let mut texts: Vec<Vec<(bool, String)>> = Vec::new();
    if with_heads {
        texts.push((0..drawing.slots.len()).map(|it| (false, drawing.head(it).text)).collect());
        choose_all(state);
    }
    let figure = |it: &Active| (it.slot != Slot::Name, state.text_of(*it));
    texts.extend(cells(state).iter().map(|row| row.iter().map(figure).collect()));
    let rows: Vec<Vec<Cell<'_>>> = texts
        .iter()
        .map(|row| {
            row.iter().map(|(is_number, it)| if *is_number { Cell::Number(it) } else { Cell::Text(it) }).collect()
        })
        .collect();
    (write(&rows), write_html(&rows))
}

/// The sum of the block and so on, while it is more than one cell.
pub fn tally(state: SheetState) -> Option<Tally> {
    let marked = state.marked.get();
    marked.block?;
    let (plan, outcome) = (state.session.plan(), state.session.outcome());
    let ((top, bottom), (left, right)) = marked.block?;
    let (rows, slots) = (state.rows.get(), state.slots.get());
    let rows = rows.get(top..=bottom)?;
    let columns = &outcome.division(state.pair.columns()).layout;
    let amounts = slots.get(left..=right)?.iter().flat_map(|slot| {
        let column = if let Slot::Cell(id) = slot { columns.position(*id) } else { None };
        let (plan, outcome, pair) = (&plan, &outcome, state.pair);
        let is_last_year = *slot == Slot::LastYear;
        rows.iter().filter_map(move |row| match column {
            Some(column) => Some(Amount::from_units(sheet::units(outcome, pair, *row, column))),
            None => sheet::last_year(plan, outcome, pair, row.position, 0).filter(|_| is_last_year && !row.is_rest),
        })
    });
    Some(Tally::of(amounts))
}
