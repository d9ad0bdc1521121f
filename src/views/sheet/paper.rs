//! The drawn rows as the page has them: elements that are made once, and written over where the window moves or a figure
//! changes.
//!
//! Not made of signals: a thousand cells that follow a sheet each by its own take longer to be told than all the rest of an
//! edit, and a row that scrolls into sight takes longer to make than to write over. Refused here: deciding anything. What
//! stands where is in the drawing, which cells are marked in the marks; nobody else writes into these elements.

use std::sync::Arc;

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Element, HtmlElement, Text};

use super::drawing::{Cell, Drawing, Head, Lead};
use super::state::{HEADS, Marked, ROW, Slot, Span};
use super::tracks::{Track, Tracks};
use crate::plan::NodeId;
use crate::results::sheet::{Mark, Row};
use crate::say;

/// The table, and what is drawn in it.
pub struct Paper {
    table: Element,
    /// A lock, to be copied into cells.
    lock: Element,
    heads: HeadLine,
    lines: Vec<Line>,
    drawing: Option<Arc<Drawing>>,
    /// The rows that the window showed when it was last looked at, from the first to past the last.
    in_sight: (usize, usize),
}

/// A row.
struct Line {
    element: HtmlElement,
    index: usize,
    due: Due,
    name: NameCell,
    share: ShareCell,
    figures: Vec<Figure>,
}

/// When a row is to be written anew.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Never,
    /// Figures are others: with the frame, or behind it where nobody sees the row.
    Soon,
    /// It stands for another row than it was last written for.
    Now,
}

struct NameCell {
    frame: Frame,
    indent: HtmlElement,
    twisty: Element,
    name: Text,
    tag: Element,
    lead: Option<(Lead, Row)>,
}

struct ShareCell {
    frame: Frame,
    /// The room behind it, of the columns that are not drawn.
    gap: Option<u32>,
    text: Text,
    bar: HtmlElement,
}

struct Figure {
    frame: Frame,
    place: usize,
    is_fresh: bool,
    text: Text,
    marks: Vec<Element>,
    cell: Option<Cell>,
}

struct HeadLine {
    element: HtmlElement,
    heads: Vec<HeadCell>,
}

struct HeadCell {
    frame: Frame,
    place: usize,
    text: Text,
    twisty: Option<Element>,
    head: Option<Head>,
}

/// What all cells have: where they stand, who they are, and how they are marked.
struct Frame {
    element: HtmlElement,
    track: Option<Track>,
    id: String,
    place: Option<usize>,
    is_active: bool,
    is_chosen: bool,
}

impl Paper {
    pub fn new(table: &Element, lock: &Element) -> Paper {
        // Another sheet is made out of the elements of the one before it: what that one drew goes.
        table.set_text_content(None);
        let element = made("div", "sheet__heads");
        set(&element, "role", "row");
        set(&element, "aria-rowindex", "1");
        append(table, &element);
        let heads = HeadLine { element, heads: Vec::new() };
        let (table, lock, in_sight) = (table.clone(), lock.clone(), (0, usize::MAX));
        Paper { table, lock, heads, lines: Vec::new(), drawing: None, in_sight }
    }

    /// Brings the page to what the drawing says of the span. Figures of rows that nobody sees wait for `finish`: to lay
    /// them out and to paint them costs the frame as much as those that are seen.
    pub fn paint(&mut self, drawing: &Arc<Drawing>, span: Span, marked: Marked) {
        let is_new = self.drawing.as_ref().is_none_or(|it| !Arc::ptr_eq(it, drawing));
        self.drawing = Some(Arc::clone(drawing));
        self.heads.paint(drawing, span.places, marked, is_new);
        self.take_lines(span.rows);
        for line in &mut self.lines {
            line.take_figures(span.places);
            let Some(row) = drawing.rows.get(line.index) else { continue };
            line.due = line.due.max(if is_new { Due::Soon } else { Due::Never });
            let is_seen = (self.in_sight.0..self.in_sight.1).contains(&line.index);
            line.write(drawing, *row, if is_seen { Due::Soon } else { Due::Now }, &self.lock);
            line.make_room(&drawing.tracks);
            line.mark(marked);
        }
    }

    /// Behind the frame: writes what waits, and looks which rows the window shows of the frame that scrolls. Where the page
    /// has moved since, rows that are seen are a frame late, and no more.
    pub fn finish(&mut self, frame: &Element) {
        let Some(drawing) = &self.drawing else { return };
        for line in &mut self.lines {
            let Some(row) = drawing.rows.get(line.index) else { continue };
            line.write(drawing, *row, Due::Soon, &self.lock);
        }
        let (shown, top) = (frame.get_bounding_client_rect(), self.table.get_bounding_client_rect().top() as i32);
        let height = window().inner_height().ok().and_then(|it| it.as_f64()).map_or(i32::MAX, |it| it as i32);
        // The heads stand in the place of the first row, and a row that is seen in part is seen.
        let row_at = |pixel: i32| u32::try_from(pixel - top).unwrap_or(0) / ROW;
        let (from, to) = (row_at((shown.top() as i32).max(0)), row_at((shown.bottom() as i32).min(height)));
        self.in_sight = (from.saturating_sub(1) as usize, to as usize + 1);
    }

    /// A line for each row of the span, in their order. Lines that left it come in again where others are wanted.
    fn take_lines(&mut self, (from, to): (usize, usize)) {
        let is_same = self.lines.first().is_some_and(|it| it.index == from) && self.lines.len() == to - from;
        if is_same || self.lines.is_empty() && from == to {
            return;
        }
        let (kept, spare): (Vec<Line>, Vec<Line>) = self.lines.drain(..).partition(|it| (from..to).contains(&it.index));
        // Where none of them stays, each is written over where it is: a row that is taken out and put in again costs the
        // page its style and its place anew.
        let is_elsewhere = kept.is_empty();
        let (mut kept, mut spare) = (kept.into_iter().peekable(), spare.into_iter());
        for index in from..to {
            if let Some(line) = kept.next_if(|it| it.index == index) {
                self.lines.push(line);
                continue;
            }
            let old = spare.next();
            let is_in_place = is_elsewhere && old.is_some();
            let mut line = old.unwrap_or_else(Line::new);
            line.move_to(index);
            if !is_in_place {
                insert(&self.table, &line.element, kept.peek().map(|it| &it.element));
            }
            self.lines.push(line);
        }
        for line in spare {
            line.element.remove();
        }
    }
}

impl Line {
    fn new() -> Line {
        let element = made("div", "sheet__row");
        set(&element, "role", "row");
        let (name, share) = (NameCell::new(), ShareCell::new());
        append(&element, &name.frame.element);
        append(&element, &share.frame.element);
        Line { element, index: 0, due: Due::Now, name, share, figures: Vec::new() }
    }

    fn move_to(&mut self, index: usize) {
        self.index = index;
        self.due = Due::Now;
        style(&self.element, "top", &px(ROW * (index as u32 + 1)));
        set(&self.element, "aria-rowindex", &(index + 2).to_string());
    }

    /// A cell for each place of the span, in their order.
    fn take_figures(&mut self, (from, to): (usize, usize)) {
        if self.figures.first().is_some_and(|it| it.place == from) && self.figures.len() == to - from {
            return;
        }
        let (kept, mut spare): (Vec<Figure>, Vec<Figure>) =
            self.figures.drain(..).partition(|it| (from..to).contains(&it.place));
        let mut kept = kept.into_iter().peekable();
        for place in from..to {
            if let Some(figure) = kept.next_if(|it| it.place == place) {
                self.figures.push(figure);
                continue;
            }
            let mut figure = spare.pop().unwrap_or_else(Figure::new);
            (figure.place, figure.is_fresh) = (place, true);
            insert(&self.element, &figure.frame.element, kept.peek().map(|it| &it.frame.element));
            self.figures.push(figure);
        }
        for figure in spare {
            figure.frame.element.remove();
        }
    }

    /// Writes all of it where that is due by now, and otherwise the cells that stand in another place.
    fn write(&mut self, drawing: &Drawing, row: Row, now: Due, lock: &Element) {
        let is_due = now <= self.due;
        if is_due {
            self.due = Due::Never;
            self.name.frame.stand(drawing, 0, row.id);
            self.share.frame.stand(drawing, 1, row.id);
            self.write_lead(drawing.lead(row), row);
        }
        for figure in &mut self.figures {
            if std::mem::take(&mut figure.is_fresh) || is_due {
                figure.frame.stand(drawing, figure.place, row.id);
                figure.write(drawing.cell(row, figure.place), drawing, lock);
            }
        }
    }

    /// Leaves room for the columns between the share and the first that is drawn.
    fn make_room(&mut self, tracks: &Tracks) {
        let gap = self.figures.first().map(|it| gap(tracks, it.place));
        if self.share.gap != gap {
            style(&self.share.frame.element, "margin-right", &px(gap.unwrap_or(0)));
            self.share.gap = gap;
        }
    }

    fn write_lead(&mut self, lead: Lead, row: Row) {
        let before = self.name.lead.take();
        let was = before.as_ref().map(|it| &it.0);
        if was.map(|it| &it.name) != Some(&lead.name) {
            self.name.name.set_data(&lead.name);
            set(&self.name.frame.element, "title", &lead.name);
        }
        if was.map(|it| &it.tag) != Some(&lead.tag) {
            self.name.tag.set_text_content(Some(&lead.tag));
            turn(&self.name.tag, "hidden", lead.tag.is_empty().then_some(""));
        }
        if was.map(|it| &it.share) != Some(&lead.share) {
            self.share.text.set_data(&lead.share);
        }
        if was.map(|it| it.share_of_thousand) != Some(lead.share_of_thousand) {
            style(&self.share.bar, "--of-thousand", &lead.share_of_thousand.to_string());
        }
        if before.as_ref().map(|it| it.1) != Some(row) {
            style(&self.name.indent, "--depth", &row.depth.to_string());
            set(&self.element, "aria-level", &(row.depth + 1).to_string());
            set(&self.element, "class", if row.depth == 0 { "sheet__row sheet__row--whole" } else { "sheet__row" });
            turn(&self.element, "aria-expanded", expanded(!row.is_leaf, !row.is_folded));
            self.name.twisty.set_text_content(Some(twisty(!row.is_leaf, !row.is_folded)));
        }
        self.name.lead = Some((lead, row));
    }

    fn mark(&mut self, marked: Marked) {
        self.name.frame.mark(marked, (self.index, 0));
        self.share.frame.mark(marked, (self.index, 1));
        for figure in &mut self.figures {
            figure.frame.mark(marked, (self.index, figure.place));
        }
    }
}

impl NameCell {
    fn new() -> NameCell {
        let frame = Frame::new("gridcell", "sheet__cell sheet__cell--name");
        let (indent, twisty) = (made("span", "sheet__indent"), made("span", "sheet__twisty"));
        set(&twisty, "aria-hidden", "true");
        let (holder, tag, name) = (made("span", "sheet__name"), made("span", "tag"), document().create_text_node(""));
        append(&holder, &name);
        for part in [&indent, &twisty, &holder, &tag] {
            append(&frame.element, part);
        }
        NameCell { frame, indent, twisty: twisty.into(), name, tag: tag.into(), lead: None }
    }
}

impl ShareCell {
    fn new() -> ShareCell {
        let frame = Frame::new("gridcell", "sheet__cell sheet__cell--share");
        let (text, place, bar) = (document().create_text_node(""), made("span", "sheet__share"), made("i", ""));
        set(&place, "aria-hidden", "true");
        append(&place, &bar);
        append(&frame.element, &text);
        append(&frame.element, &place);
        ShareCell { frame, gap: None, text, bar }
    }
}

impl Figure {
    fn new() -> Figure {
        let frame = Frame::new("gridcell", "sheet__cell");
        let text = document().create_text_node("");
        append(&frame.element, &text);
        Figure { frame, place: 0, is_fresh: true, text, marks: Vec::new(), cell: None }
    }

    fn write(&mut self, cell: Cell, drawing: &Drawing, lock: &Element) {
        let before = self.cell.take();
        let was = before.as_ref();
        if was.map(|it| &it.text) != Some(&cell.text) {
            self.text.set_data(&cell.text);
        }
        if was.map(|it| it.heat) != Some(cell.heat) {
            let heat = cell.heat.to_string();
            turn(&self.frame.element, "data-heat", Some(heat.as_str()).filter(|_| cell.heat != 0));
        }
        if was.map(|it| (it.is_down, it.is_quiet)) != Some((cell.is_down, cell.is_quiet)) {
            turn(&self.frame.element, "data-kind", kind(&cell));
        }
        if was.map_or(Mark::None, |it| it.mark) != cell.mark {
            self.write_mark(cell.mark, drawing, lock);
        }
        self.cell = Some(cell);
    }

    /// A picture for those who see it, and a word for those who do not.
    fn write_mark(&mut self, mark: Mark, drawing: &Drawing, lock: &Element) {
        for element in self.marks.drain(..) {
            element.remove();
        }
        let (class, word) = match mark {
            Mark::None => return,
            Mark::Locked => ("sheet__mark", say!(drawing.words, sheet.locked)),
            Mark::Typed => ("sheet__mark sheet__mark--typed", say!(drawing.words, sheet.typed)),
        };
        let (picture, unseen) = (made("span", class), made("span", "unseen"));
        set(&picture, "aria-hidden", "true");
        match mark {
            Mark::Locked => append(&picture, &lock.clone_node_with_deep(true).unwrap_throw()),
            _ => picture.set_text_content(Some("•")),
        }
        unseen.set_text_content(Some(&word));
        for part in [picture, unseen] {
            _ = self.frame.element.insert_before(&part, Some(&self.text));
            self.marks.push(part.into());
        }
    }
}

/// A class of figures that are not like the others.
fn kind(cell: &Cell) -> Option<&'static str> {
    match (cell.is_down, cell.is_quiet) {
        (true, _) => Some("down"),
        (_, true) => Some("quiet"),
        _ => None,
    }
}

impl HeadLine {
    /// Heads of names and shares are always there, like their cells.
    fn paint(&mut self, drawing: &Drawing, (from, to): (usize, usize), marked: Marked, is_new: bool) {
        let places = || [0, 1].into_iter().chain(from..to);
        let is_same = self.heads.iter().map(|it| it.place).eq(places());
        if !is_same {
            for head in self.heads.drain(..) {
                head.frame.element.remove();
            }
            for place in places() {
                let head = HeadCell::new(place);
                append(&self.element, &head.frame.element);
                self.heads.push(head);
            }
        }
        for head in &mut self.heads {
            if is_new || !is_same {
                head.frame.stand_as_head(drawing, head.place);
                head.write(drawing.head(head.place));
            }
            head.frame.mark(marked, (HEADS, head.place));
            if head.place == 1 {
                style(&head.frame.element, "margin-right", &px(gap(&drawing.tracks, from)));
            }
        }
    }
}

impl HeadCell {
    fn new(place: usize) -> HeadCell {
        let class = if place == 0 { "sheet__head sheet__head--name" } else { "sheet__head" };
        let frame = Frame::new("columnheader", class);
        let (holder, text) = (made("span", "sheet__name"), document().create_text_node(""));
        append(&holder, &text);
        append(&frame.element, &holder);
        HeadCell { frame, place, text, twisty: None, head: None }
    }

    fn write(&mut self, head: Head) {
        if self.head.as_ref() == Some(&head) {
            return;
        }
        let element = &self.frame.element;
        self.text.set_data(&head.text);
        set(element, "title", &head.text);
        turn(element, "data-kind", head.is_part.then_some("part"));
        turn(element, "aria-expanded", expanded(head.unfolds.is_some(), head.unfolds == Some(true)));
        if let Some(old) = self.twisty.take() {
            old.remove();
        }
        if let Some(unfolds) = head.unfolds {
            let sign = made("span", "sheet__twisty");
            set(&sign, "aria-hidden", "true");
            sign.set_text_content(Some(if unfolds { "◂" } else { "▸" }));
            insert(element, &sign, element.first_child().as_ref());
            self.twisty = Some(sign.into());
        }
        self.head = Some(head);
    }
}

impl Frame {
    fn new(role: &str, class: &str) -> Frame {
        let element = made("div", class);
        set(&element, "role", role);
        Frame { element, track: None, id: String::new(), place: None, is_active: false, is_chosen: false }
    }

    fn stand(&mut self, drawing: &Drawing, place: usize, row: NodeId) {
        let slot = drawing.slots.get(place).copied().unwrap_or(Slot::Name);
        self.stand_at(drawing.tracks.get(place), place, cell_id(row, slot));
    }

    fn stand_as_head(&mut self, drawing: &Drawing, place: usize) {
        let slot = drawing.slots.get(place).copied().unwrap_or(Slot::Name);
        self.stand_at(drawing.tracks.get(place), place, head_id(slot));
    }

    fn stand_at(&mut self, track: Track, place: usize, id: String) {
        if self.track != Some(track) {
            style(&self.element, "width", &px(track.width));
            self.track = Some(track);
        }
        if self.place != Some(place) {
            set(&self.element, "aria-colindex", &(place + 1).to_string());
            self.place = Some(place);
        }
        if self.id != id {
            self.element.set_id(&id);
            self.id = id;
        }
    }

    fn mark(&mut self, marked: Marked, (row, place): (usize, usize)) {
        let is_active = marked.active == Some((row, place));
        let is_in = |((top, bottom), (left, right)): ((usize, usize), (usize, usize))| {
            (top..=bottom).contains(&row) && (left..=right).contains(&place)
        };
        let is_chosen = is_active || marked.block.is_some_and(is_in);
        if self.is_active != is_active {
            turn(&self.element, "data-active", is_active.then_some(""));
            self.is_active = is_active;
        }
        if self.is_chosen != is_chosen {
            turn(&self.element, "aria-selected", is_chosen.then_some("true"));
            self.is_chosen = is_chosen;
        }
    }
}

/// The id of a cell in the document: what the grid names as active.
pub fn cell_id(row: NodeId, slot: Slot) -> String {
    format!("cell-{}-{}", row.0, slot_name(slot))
}

pub fn head_id(slot: Slot) -> String {
    format!("head-{}", slot_name(slot))
}

fn slot_name(slot: Slot) -> String {
    match slot {
        Slot::Name => "name".to_owned(),
        Slot::Share => "share".to_owned(),
        Slot::LastYear => "before".to_owned(),
        Slot::Cell(id) => id.0.to_string(),
    }
}

/// Which cell has an id: its row, none for a head, and its column.
pub fn of_id(id: &str) -> Option<(Option<NodeId>, Slot)> {
    let slot = |name: &str| match name {
        "name" => Some(Slot::Name),
        "share" => Some(Slot::Share),
        "before" => Some(Slot::LastYear),
        number => number.parse().ok().map(NodeId).map(Slot::Cell),
    };
    if let Some(name) = id.strip_prefix("head-") {
        return Some((None, slot(name)?));
    }
    let (row, name) = id.strip_prefix("cell-")?.split_once('-')?;
    Some((Some(NodeId(row.parse().ok()?)), slot(name)?))
}

fn expanded(folds: bool, unfolds: bool) -> Option<&'static str> {
    folds.then_some(if unfolds { "true" } else { "false" })
}

fn twisty(folds: bool, unfolds: bool) -> &'static str {
    match (folds, unfolds) {
        (false, _) => "",
        (true, true) => "▾",
        (true, false) => "▸",
    }
}

/// From the end of the share to the start of a column.
fn gap(tracks: &Tracks, place: usize) -> u32 {
    let share = tracks.get(1);
    tracks.get(place).left.saturating_sub(share.left + share.width)
}

fn px(pixels: u32) -> String {
    format!("{pixels}px")
}

fn made(name: &str, class: &str) -> HtmlElement {
    let element: HtmlElement = document().create_element(name).unwrap_throw().unchecked_into();
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element
}

fn set(element: &Element, name: &str, value: &str) {
    _ = element.set_attribute(name, value);
}

fn turn(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => set(element, name, value),
        None => _ = element.remove_attribute(name),
    }
}

fn style(element: &HtmlElement, name: &str, value: &str) {
    _ = element.style().set_property(name, value);
}

fn append(parent: &web_sys::Node, child: &web_sys::Node) {
    _ = parent.append_child(child);
}

fn insert<N: AsRef<web_sys::Node>>(parent: &web_sys::Node, child: &web_sys::Node, before: Option<&N>) {
    _ = parent.insert_before(child, before.map(AsRef::as_ref));
}
