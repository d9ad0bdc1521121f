//! The grid itself: the frame that scrolls, one tab stop, and the active cell named to assistive technology.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, HtmlElement};

use super::super::notice::Notices;
use super::super::parts::{Icon, Picture};
use super::super::settle::after_paint;
use super::entry::{Entry, GRID_ID, focus, give_up};
use super::paper::{Paper, of_id};
use super::state::{Active, HEADS, ROW, Seen, SheetState, Slot};
use crate::i18n::use_words;
use crate::live::{Derived, follow};
use crate::plan::NodeId;
use crate::text;

#[component]
pub fn Grid() -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let notices = expect_context::<Notices>();
    let table = NodeRef::<html::Div>::new();
    let frame = NodeRef::<html::Div>::new();
    let probe = NodeRef::<html::Span>::new();
    let lock = NodeRef::<html::Span>::new();
    let entry = NodeRef::<html::Input>::new();
    let aim = StoredValue::new(None);
    // Where it is about to be scrolled to counts, and not where it still stands.
    let measure = move || {
        if let (None, Some(frame), Some(probe)) = (aim.get_value(), frame.get_untracked(), probe.get_untracked()) {
            look(state, &frame, &probe);
        }
    };
    frame.on_load(move |_| measure());
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    keep_active(state);
    keep_in_sight(state, frame, aim, measure);
    paint(state, table, frame, lock);
    let pressed = move |event: MouseEvent| {
        if event.button() != 0 || !acts_on_cell(&event) {
            return;
        }
        let Some(cell) = cell_of(state, &event) else { return };
        // The keys stay with the field that takes them.
        event.prevent_default();
        give_up(state, notices);
        if event.shift_key() && state.active.get_untracked().is_some() {
            state.extend(cell);
        } else {
            state.activate(cell);
        }
        focus(entry);
    };
    let dragged = move |event: MouseEvent| {
        if event.buttons() == 1 && state.active.get_untracked().is_some() && state.draft.with_untracked(Option::is_none)
        {
            _ = cell_of(state, &event).filter(|it| !it.is_head).map(|it| state.extend(it));
        }
    };
    let opened = move |event: MouseEvent| {
        if acts_on_cell(&event)
            && let Some(cell) = cell_of(state, &event)
        {
            if cell.is_head { state.turn_column(cell.slot) } else { state.start(cell) }
        }
    };
    let folded = move |event: MouseEvent| {
        if acts_on_cell(&event) {
            return;
        }
        let Some(cell) = cell_of(state, &event) else { return };
        if cell.is_head {
            state.turn_column(cell.slot);
        } else {
            let is_folded = state.folded.with_untracked(|it| it.contains(&cell.row));
            state.fold(cell.row, !is_folded);
        }
    };
    let rows = move || state.rows.with(|it| it.len());
    // Names stand still only where there is something to scroll past them: each that does is a layer of its own.
    let is_wide = Derived::new(move || state.seen.with(|it| it.width) < state.tracks.with(|it| it.width()));
    view! {
        <div class="sheet__frame" node_ref=frame on:scroll=move |_| measure()>
            <span class="sheet__probe" aria-hidden="true" node_ref=probe>"0000000000"</span>
            <span hidden node_ref=lock><Icon of=Picture::Lock/></span>
            <div class="sheet__canvas" style:width=move || format!("{}px", state.tracks.with(|it| it.width()))
                style:height=move || format!("{}px", (rows() as u32 + 1) * ROW)>
                <div class="sheet__table" class:sheet__table--tight=move || state.tracks.with(|it| it.is_tight)
                    class:sheet__table--wide=move || is_wide.get()
                    id=GRID_ID role="treegrid" tabindex="-1" node_ref=table
                    aria-label=text!(words, sheet.table)
                    aria-multiselectable="true"
                    aria-rowcount=move || rows() + 1
                    aria-colcount=move || state.slots.with(|it| it.len())
                    on:focus=move |_| focus(entry)
                    on:mousedown=pressed
                    on:mouseover=dragged
                    on:click=folded
                    on:dblclick=opened>
                </div>
                <Entry field=entry/>
            </div>
        </div>
    }
}

/// Writes into the page what is drawn, each time that anything of it is another: what is seen of it with the frame.
fn paint(state: SheetState, table: NodeRef<html::Div>, frame: NodeRef<html::Div>, lock: NodeRef<html::Span>) {
    let paper: Rc<RefCell<Option<Paper>>> = Rc::default();
    follow(move || {
        let (Some(table), Some(lock)) = (table.get(), lock.get()) else { return };
        let (drawing, span, marked) = (state.drawing.get(), state.span.get(), state.marked.get());
        let (Some(lock), Some(frame)) = (lock.first_element_child(), frame.get_untracked()) else { return };
        paper.borrow_mut().get_or_insert_with(|| Paper::new(&table, &lock)).paint(&drawing.0, span, marked);
        let paper = Rc::clone(&paper);
        after_paint(move || paper.borrow_mut().iter_mut().for_each(|it| it.finish(&frame)));
    });
}

/// Takes down which part of the sheet is seen.
fn look(state: SheetState, frame: &HtmlElement, probe: &HtmlElement) {
    let pixels = |it: i32| u32::try_from(it).unwrap_or(0);
    /// As many digits as the probe has.
    const DIGITS: u32 = 10;
    let seen = Seen {
        top: pixels(frame.scroll_top()),
        height: pixels(frame.client_height()),
        left: pixels(frame.scroll_left()),
        width: pixels(frame.client_width()),
        digit: (pixels(probe.offset_width()) * 100 / DIGITS).max(100),
    };
    if 0 < seen.width && state.seen.get_untracked() != seen {
        state.seen.set(seen);
    }
}

/// Not on the sign that folds, which acts by itself.
fn acts_on_cell(event: &MouseEvent) -> bool {
    event_target::<Element>(event)
        .closest(".sheet__twisty")
        .ok()
        .flatten()
        .is_none_or(|it| it.text_content().unwrap_or_default().is_empty())
}

/// The cell under the mouse.
fn cell_of(state: SheetState, event: &MouseEvent) -> Option<Active> {
    let cell = event_target::<Element>(event).closest("[role=gridcell], [role=columnheader]").ok().flatten()?;
    let (row, slot) = of_id(&cell.id())?;
    match row {
        Some(row) => Some(Active::cell(row, slot)),
        None => {
            let place = state.slots.with_untracked(|it| it.iter().position(|it| *it == slot))?;
            state.active_in((HEADS, place))
        }
    }
}

/// A cell that went, by undo, by folding or with its column, leaves the keys to the one that is shown in its place: the
/// nearest above it in its tree, or else the row that now stands where it stood.
fn keep_active(state: SheetState) {
    Effect::new(move |before: Option<usize>| {
        let slots = state.slots.get();
        let rows = state.rows.get();
        let Some(active) = state.active.get() else { return 0 };
        let plan = state.session.plan_untracked();
        let tree = plan.tree(state.pair.rows());
        let place_of = |id: NodeId| rows.iter().position(|it| it.id == id);
        let above = std::iter::successors(Some(active.row), |id| tree.parent(*id)).find_map(place_of);
        let place = above.or(before).unwrap_or(0).min(rows.len().saturating_sub(1));
        let Some(row) = rows.get(place) else { return place };
        let columns = plan.tree(state.pair.columns());
        let shown = match active.slot {
            Slot::Cell(id) => std::iter::successors(Some(id), |id| columns.parent(*id))
                .map(Slot::Cell)
                .find(|it| slots.contains(it))
                .or_else(|| slots.get(2).copied())
                .unwrap_or(Slot::Name),
            slot => slot,
        };
        let shown = Active { row: row.id, slot: shown, is_head: active.is_head };
        if shown != active {
            state.activate(shown);
        }
        place
    });
}

/// How far down and to the right the sheet is about to be scrolled, in pixels.
type Aim = StoredValue<Option<(i32, i32)>>;

/// Scrolls just far enough for the cell that moved to be seen, clear of the frozen head and name. What will be seen then is
/// drawn at once; the page scrolls when all of it is written, in the frame that is about to be laid out anyway. Scrolled
/// here, it would be laid out twice.
fn keep_in_sight(state: SheetState, frame: NodeRef<html::Div>, aim: Aim, measure: impl Fn() + Copy + 'static) {
    follow(move || {
        let (Some(active), Some(frame)) = (state.active.get(), frame.get_untracked()) else { return };
        let moved = state.reach.get().unwrap_or(active);
        let Some((row, place)) = untrack(|| state.place(moved)) else { return };
        let seen = state.seen.get_untracked();
        let (width, height) = (seen.width as i32, seen.height as i32);
        let (top, left) = (seen.top as i32, seen.left as i32);
        let (row_height, name) = (ROW as i32, state.tracks.with_untracked(|it| it.get(0).width) as i32);
        let by_rows =
            if row == HEADS { 0 } else { inside(row as i32 * row_height - top, row_height, 0, height - row_height) };
        let track = state.tracks.with_untracked(|it| it.get(place));
        let by_columns = if place == 0 { 0 } else { inside(track.left as i32 - left, track.width as i32, name, width) };
        let (top, left) = ((top + by_rows).max(0), (left + by_columns).max(0));
        if by_rows != 0 || by_columns != 0 {
            aim.set_value(Some((top, left)));
            state.seen.set(Seen { top: top as u32, left: left as u32, ..seen });
        }
        let row_top = (row != HEADS).then_some((row as i32 + 1) * row_height - top);
        request_animation_frame(move || {
            if let Some((top, left)) = aim.try_update_value(Option::take).flatten() {
                frame.set_scroll_top(top);
                frame.set_scroll_left(left);
                measure();
            }
            if let Some(row_top) = row_top {
                keep_page_in_sight(&frame, row_top);
            }
        });
    });
}

/// Scrolls the page for a row to be seen, where the frame is higher than what the window shows of it.
fn keep_page_in_sight(frame: &HtmlElement, row_top: i32) {
    /// The bars above and below, which cover the page of a phone.
    const BARS: i32 = 56;
    let top = frame.get_bounding_client_rect().top() as i32 + row_top;
    let Some(main) = document().get_element_by_id("main") else { return };
    if main.client_height() < main.scroll_height() {
        let seen = main.get_bounding_client_rect();
        let by = inside(top, ROW as i32, seen.top() as i32, seen.bottom() as i32);
        if by != 0 {
            main.set_scroll_top(main.scroll_top() + by);
        }
    } else if let Some(height) = window().inner_height().ok().and_then(|it| it.as_f64()) {
        let by = inside(top, ROW as i32, BARS, height as i32 - BARS);
        if by != 0 {
            window().scroll_by_with_x_and_y(0.0, f64::from(by));
        }
    }
}

/// How far to scroll for a stretch to lie between two ends, in pixels.
fn inside(start: i32, length: i32, from: i32, to: i32) -> i32 {
    if start < from { start - from } else { (start + length - to).max(0).min(start - from) }
}
