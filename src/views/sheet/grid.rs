//! The grid itself: a window of rows, one tab stop, and the active cell named to assistive technology.

use leptos::attr::custom::custom_attribute;
use leptos::html;
use leptos::prelude::*;

use super::super::name;
use super::super::notice::Notices;
use super::super::parts::{Each, Icon, Picture, Show};
use super::cell::{Editor, cell_id};
use super::keys::on_key;
use super::state::{Active, ROW, RowView, SheetState, Slot};
use crate::i18n::use_words;
use crate::live::{Derived, follow};
use crate::plan::NodeId;
use crate::results::sheet::{Column, Mark};
use crate::text;

#[component]
pub fn Grid() -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let notices = expect_context::<Notices>();
    let table = NodeRef::<html::Table>::new();
    let frame = NodeRef::<html::Div>::new();
    let measure = move || {
        if let Some(frame) = frame.get_untracked() {
            let first = usize::try_from(frame.scroll_top()).unwrap_or(0) / ROW;
            let count = usize::try_from(frame.client_height()).unwrap_or(0) / ROW + 1;
            if state.seen.get_untracked() != (first, count) {
                state.seen.set((first, count));
            }
        }
    };
    frame.on_load(move |_| measure());
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let give_back = Callback::new(move |()| {
        if let Some(table) = table.get_untracked() {
            _ = table.focus();
        }
    });
    keep_active(state);
    keep_in_sight(state, frame);
    let above = Derived::new(move || state.window.with(|rows| rows.first().map_or(0, |it| it.index)));
    let below = Derived::new(move || {
        let drawn = state.window.with(|rows| rows.last().map_or(0, |it| it.index + 1));
        state.rows.with(Vec::len).saturating_sub(drawn)
    });
    let drawn = move || (0..).take(state.window.with(Vec::len)).collect();
    let active_id = move || state.active.get().map(cell_id);
    let wide = Derived::new(move || state.columns.with(Vec::len) + 2 + usize::from(state.has_last_year()));
    view! {
        <div class="sheet__frame" node_ref=frame on:scroll=move |_| measure()>
            <table class="sheet__table" role="treegrid" tabindex="0" node_ref=table
                aria-label=text!(words, sheet.table)
                aria-activedescendant=active_id
                aria-rowcount=move || state.rows.with(Vec::len) + 1
                aria-colcount=move || wide.get()
                on:keydown=move |event| on_key(state, notices, &event)
                on:focus=move |_| start_somewhere(state)>
                <thead>
                    <tr role="row" aria-rowindex="1">
                        <th role="columnheader" scope="col" class="sheet__head sheet__head--name">
                            {move || name::dimension(words, state.pair.rows())}
                        </th>
                        <th role="columnheader" scope="col" class="sheet__head">{text!(words, sheet.share)}</th>
                        <Each keys=move || column_keys(state) row=move |key| view! { <Head column=column_of(state, key).1/> }/>
                        <Show when=move || state.has_last_year()>
                            <th role="columnheader" scope="col" class="sheet__head">
                                {text!(words, sheet.last_year)}
                            </th>
                        </Show>
                    </tr>
                </thead>
                <tbody>
                    <Gap rows=above wide/>
                    <Each keys=drawn row=move |index| view! { <GridRow index=usize::try_from(index).unwrap_or(usize::MAX) give_back/> }/>
                    <Gap rows=below wide/>
                </tbody>
            </table>
        </div>
    }
}

/// A key for each column: its node, and its place, which the numbers of a row go by.
fn column_keys(state: SheetState) -> Vec<u64> {
    state.columns.with(|columns| (0..).zip(columns).map(|(place, it)| place << 32 | u64::from(it.id.0)).collect())
}

/// The column of a key, as it was when the key was made.
fn column_of(state: SheetState, key: u64) -> (usize, Column) {
    let place = usize::try_from(key >> 32).unwrap_or(0);
    (place, state.columns.with_untracked(|columns| columns.get(place).copied().unwrap_or_default()))
}

/// Rows that are not drawn, as empty space.
#[component]
fn Gap(rows: Derived<usize>, wide: Derived<usize>) -> impl IntoView {
    view! {
        <Show when=move || { 0 < rows.get() }>
            <tr class="sheet__gap" aria-hidden="true">
                <td colspan=move || wide.get() style:height=move || format!("{}px", rows.get() * ROW)></td>
            </tr>
        </Show>
    }
}

#[component]
fn Head(column: Column) -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let name = move || name::node(words, &state.session.plan(), state.pair.columns(), column.id);
    let is_part = 1 < column.depth;
    view! {
        <th role="columnheader" scope="col" class="sheet__head" class:sheet__head--part=is_part>{move || name()}</th>
    }
}

/// Which of a row's cells keys go to, and which is being typed in.
#[derive(Clone, Copy)]
struct Touch {
    active: Derived<Option<Slot>>,
    typed_in: Derived<Option<Slot>>,
    /// Called when typing is over.
    give_back: Callback<()>,
}

/// One drawn row: what it shows changes as the window moves.
#[component]
fn GridRow(index: usize, give_back: Callback<()>) -> impl IntoView {
    let state = expect_context::<SheetState>();
    let row = Derived::new(move || state.window.with(|rows| rows.get(index).cloned()));
    let of = move |read: fn(&RowView) -> String| row.with(|it| it.as_ref().map(read).unwrap_or_default());
    let id = Derived::new(move || row.with(|it| it.as_ref().map(|it| it.row.id).unwrap_or_default()));
    let is_leaf = Derived::new(move || row.with(|it| it.as_ref().is_none_or(|it| it.row.is_leaf)));
    let is_folded = Derived::new(move || row.with(|it| it.as_ref().is_some_and(|it| it.row.is_folded)));
    let depth = Derived::new(move || row.with(|it| it.as_ref().map_or(0, |it| it.row.depth)));
    // Cells follow their row, and rows the sheet: a thousand cells that all followed the sheet would take longer to be
    // told than all the rest of an edit.
    let touch = Touch {
        active: Derived::new(move || state.active.get().filter(|it| it.row == id.get()).map(|it| it.slot)),
        typed_in: Derived::new(move || {
            let active = state.draft.with(|it| it.as_ref().map(|it| it.active));
            active.filter(|it| it.row == id.get()).map(|it| it.slot)
        }),
        give_back,
    };
    let toggle = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        state.fold(id.get_untracked(), !is_folded.get_untracked());
    };
    view! {
        <tr role="row" class="sheet__row" class:sheet__row--whole=move || depth.get() == 0
            {..custom_attribute("aria-level", move || depth.get() + 1)}
            aria-rowindex=move || row.with(|it| it.as_ref().map_or(0, |it| it.index + 2))
            aria-expanded=move || (!is_leaf.get()).then_some(if is_folded.get() { "false" } else { "true" })>
            <GridCell id of=Slot::Name touch>
                <span class="sheet__indent" style:--depth=move || depth.get().to_string()></span>
                <span class="sheet__twisty" aria-hidden="true" on:mousedown=move |event| event.stop_propagation()
                    on:click=toggle>
                    {move || if is_leaf.get() { "" } else if is_folded.get() { "▸" } else { "▾" }}
                </span>
                <span class="sheet__name">{move || of(|it| it.name.clone())}</span>
                <Show when=move || row.with(|it| it.as_ref().is_some_and(|it| !it.tag.is_empty()))>
                    <span class="tag">{move || of(|it| it.tag.clone())}</span>
                </Show>
            </GridCell>
            <GridCell id of=Slot::Share touch>
                <span>{move || of(|it| it.share.clone())}</span>
                <span class="sheet__share" aria-hidden="true">
                    <i style:--of-thousand=move || of(|it| it.share_of_thousand.to_string())></i>
                </span>
            </GridCell>
            <Each keys=move || column_keys(state) row=move |key| {
                let (place, column) = column_of(state, key);
                view! { <Figure row id place column touch/> }
            }/>
            <Show when=move || state.has_last_year()>
                <GridCell id of=Slot::LastYear touch>
                    <span class="muted">{move || of(|it| it.last_year.clone())}</span>
                </GridCell>
            </Show>
        </tr>
    }
}

/// A cell with a number of the plan.
#[component]
fn Figure(
    row: Derived<Option<RowView>>,
    id: Derived<NodeId>,
    /// Which of the row's numbers.
    place: usize,
    column: Column,
    touch: Touch,
) -> impl IntoView {
    let words = use_words();
    let cell = Derived::new(move || row.with(|it| it.as_ref().and_then(|it| it.cells.get(place).cloned())));
    let text = move || cell.with(|it| it.as_ref().map(|it| it.text.clone()).unwrap_or_default());
    let mark = Derived::new(move || cell.with(|it| it.as_ref().map_or(Mark::None, |it| it.mark)));
    let heat = Derived::new(move || cell.with(|it| it.as_ref().map_or(0, |it| it.heat)));
    let is_down = move || cell.with(|it| it.as_ref().is_some_and(|it| it.is_down));
    view! {
        <GridCell id of=Slot::Cell(column.id) heat touch>
            <Show when=move || mark.get() == Mark::Locked>
                <span class="sheet__mark"><Icon of=Picture::Lock/></span>
                <span class="unseen">{text!(words, sheet.locked)}</span>
            </Show>
            <Show when=move || mark.get() == Mark::Typed>
                <span class="sheet__mark sheet__mark--typed" aria-hidden="true">"•"</span>
                <span class="unseen">{text!(words, sheet.typed)}</span>
            </Show>
            <span class:bad=move || is_down()>{move || text()}</span>
        </GridCell>
    }
}

/// The frame of a cell: it is chosen by a click, typed in by a double click.
#[component]
fn GridCell(
    id: Derived<NodeId>,
    of: Slot,
    #[prop(optional, into)] heat: Option<Derived<u8>>,
    touch: Touch,
    children: Children,
) -> impl IntoView {
    let state = expect_context::<SheetState>();
    let active = move || Active { row: id.get(), slot: of };
    let is_active = Derived::new(move || touch.active.get() == Some(of));
    let is_typed_in = Derived::new(move || touch.typed_in.get() == Some(of));
    let content = children();
    let is_name = of == Slot::Name;
    view! {
        <td role="gridcell" class="sheet__cell" class:sheet__cell--name=is_name
            class:sheet__cell--active=move || is_active.get()
            id=move || cell_id(active())
            data-heat=move || heat.map(|it| it.get().to_string())
            aria-selected=move || is_active.get().then_some("true")
            on:mousedown=move |_| state.activate(active())
            on:dblclick=move |_| state.start(active(), None)>
            <span class="sheet__content" class:sheet__content--under=move || is_typed_in.get()>{content}</span>
            <Show when=move || is_typed_in.get()>
                <Editor active=active() done=touch.give_back/>
            </Show>
        </td>
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
        state.activate(Active { row, slot: Slot::Cell(column) });
    }
}

/// A cell that went, by undo, by folding or with its column, leaves the keys to the one that is shown in its place: the
/// nearest row above it in the tree, or else the row that now stands where it stood.
fn keep_active(state: SheetState) {
    Effect::new(move |before: Option<usize>| {
        state.columns.track();
        let slots = state.slots();
        let rows = state.rows.get();
        let Some(active) = state.active.get() else { return 0 };
        let plan = state.session.plan_untracked();
        let tree = plan.tree(state.pair.rows());
        let place_of = |id: NodeId| rows.iter().position(|it| it.id == id);
        let above = std::iter::successors(Some(active.row), |id| tree.parent(*id)).find_map(place_of);
        let place = above.or(before).unwrap_or(0).min(rows.len().saturating_sub(1));
        let slot = if slots.contains(&active.slot) { active.slot } else { slots.get(2).copied().unwrap_or(Slot::Name) };
        let Some(row) = rows.get(place) else { return place };
        let shown = Active { row: row.id, slot };
        if shown != active {
            state.activate(shown);
        }
        place
    });
}

/// Scrolls just far enough for the active cell to be seen, clear of the frozen head and name.
fn keep_in_sight(state: SheetState, frame: NodeRef<html::Div>) {
    follow(move || {
        let (Some(active), Some(frame)) = (state.active.get(), frame.get_untracked()) else { return };
        let index = state.rows.with_untracked(|rows| rows.iter().position(|it| it.id == active.row));
        let Some(index) = index.and_then(|it| i32::try_from(it * ROW).ok()) else { return };
        let head = i32::try_from(ROW).unwrap_or(0);
        let (top, height) = (frame.scroll_top(), frame.client_height() - 2 * head);
        if index < top {
            frame.set_scroll_top(index);
        } else if top + height < index {
            frame.set_scroll_top(index - height);
        }
        keep_page_in_sight(frame.get_bounding_client_rect().top(), head + index - frame.scroll_top());
        let cell = document().get_element_by_id(&cell_id(active));
        if let Some(cell) = cell.filter(|_| active.slot != Slot::Name) {
            let (cell, frame_box) = (cell.get_bounding_client_rect(), frame.get_bounding_client_rect());
            let name = frame.query_selector(".sheet__head--name").ok().flatten();
            let left = name.map_or(frame_box.left(), |it| it.get_bounding_client_rect().right());
            let by = sideways(cell.left(), cell.right(), left, frame_box.right());
            frame.set_scroll_left(frame.scroll_left() + by);
        }
    });
}

/// Scrolls the page for a row to be seen, where the frame is higher than what the window shows of it.
#[allow(clippy::float_arithmetic, reason = "pixels, not money")]
fn keep_page_in_sight(frame_top: f64, row_top: i32) {
    /// The bars above and below, which cover the page of a phone.
    const BARS: f64 = 56.0;
    let top = frame_top + f64::from(row_top);
    let bottom = top + f64::from(i32::try_from(ROW).unwrap_or(0));
    let Some(main) = document().get_element_by_id("main") else { return };
    if main.client_height() < main.scroll_height() {
        let seen = main.get_bounding_client_rect();
        main.set_scroll_top(main.scroll_top() + sideways(top, bottom, seen.top(), seen.bottom()));
    } else if let Some(height) = window().inner_height().ok().and_then(|it| it.as_f64()) {
        window().scroll_by_with_x_and_y(0.0, f64::from(sideways(top, bottom, BARS, height - BARS)));
    }
}

/// How far to scroll for a span to lie inside another, in pixels.
#[allow(clippy::float_arithmetic, reason = "pixels, not money")]
fn sideways(left: f64, right: f64, from: f64, to: f64) -> i32 {
    if left < from {
        (left - from).floor() as i32
    } else if to < right {
        (right - to).ceil() as i32
    } else {
        0
    }
}
