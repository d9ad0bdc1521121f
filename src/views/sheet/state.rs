//! What a sheet shows at the moment: folded rows and columns, the active cell and the block that reaches from it, what is being
//! typed, and the window that is drawn. Nothing here is part of the plan.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::display::Display;
use super::super::finding::unreadable_entry;
use super::super::focus;
use super::drawing::{Drawing, head_text, name_width, widest};
use super::search;
use super::tracks::{Need, Room, Tracks};
use crate::amount::{Amount, plain};
use crate::engine::breakback::{self, Above};
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::{At, Dimension, Edit, Field, NodeId, Pair};
use crate::results::arrange::{Arranged, Only, Order, Ranks};
use crate::results::entry::{self, Entry, Takes};
use crate::results::figure::{Figures, basis_points, print_percent};
use crate::results::paste::Wished;
use crate::results::sheet::{self, Column, Row, Unfolded};
use crate::results::show::{Show, Showing, Shown, Tint};
use crate::session::{Refused, Selected, Session};

/// The columns of a sheet, the name of the row first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    Name,
    /// The share of the row's parent.
    Share,
    /// A node of the columns' tree.
    Cell(NodeId),
    LastYear,
}

/// The cell that keys go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Active {
    /// The row; the whole's where it is a head.
    pub row: NodeId,
    pub slot: Slot,
    pub is_head: bool,
}

impl Active {
    pub fn cell(row: NodeId, slot: Slot) -> Active {
        Active { row, slot, is_head: false }
    }
}

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub active: Active,
    pub text: String,
    /// Why the text was not taken.
    pub problem: Option<String>,
    /// How the typing began.
    pub over: Over,
}

/// What the first key of typing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// It replaced what the cell has: arrows take the text and move on.
    Replaced,
    /// It opened what the cell has, to be changed: arrows move in the text.
    Opened,
}

/// The part of the sheet that is seen, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub top: u32,
    pub height: u32,
    pub left: u32,
    pub width: u32,
    /// How wide a digit is, in hundredths of a pixel.
    pub digit: u32,
}

/// The rows and the places of the columns that are drawn: from, and up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub rows: (usize, usize),
    pub places: (usize, usize),
}

/// Which cells are marked: rows and places, the heads being row `HEADS`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    pub active: Option<(usize, usize)>,
    /// The first and the last row and place of the chosen block, both in it.
    pub block: Option<((usize, usize), (usize, usize))>,
}

/// The row of the heads, among the rows.
pub const HEADS: usize = usize::MAX;

/// The height of a row in pixels, as `--row` says.
pub const ROW: u32 = 32;
/// Rows drawn above and below what is seen.
const MARGIN: usize = 8;
/// The window moves by so many rows at once, so that most of scrolling draws nothing.
const STRIDE: usize = 4;

#[derive(Clone, Copy)]
pub struct SheetState {
    pub pair: Pair,
    pub session: Session,
    pub words: Words,
    pub show: Held<Show>,
    pub tint: Held<Tint>,
    /// How siblings were put in order, and the order that this came to then: rows stay where they are while figures change.
    pub order: Held<Order>,
    pub ranks: Held<Option<Arc<Ranks>>>,
    /// What rows are looked for by.
    pub query: Held<String>,
    pub only_changed: Held<bool>,
    /// What becomes of the wholes above a typed amount.
    pub above: Held<Above>,
    pub unfolded: Held<Unfolded>,
    pub folded: Held<BTreeSet<NodeId>>,
    pub active: Held<Option<Active>>,
    /// The other end of the chosen block, where it is more than the active cell.
    pub reach: Held<Option<Active>>,
    pub draft: Held<Option<Draft>>,
    /// The block that was pasted last, and whether its preview is open.
    pub pasted: Held<Option<Arc<Vec<Vec<String>>>>>,
    pub is_pasting: Held<bool>,
    pub seen: Held<Seen>,
    pub showing: Derived<Made<Showing>>,
    /// The rows that are looked for, where some are.
    pub only: Derived<Option<Made<Only>>>,
    pub rows: Derived<Arc<Vec<Row>>>,
    pub columns: Derived<Arc<Vec<Column>>>,
    pub slots: Derived<Arc<Vec<Slot>>>,
    pub figures: Derived<Figures>,
    pub tracks: Derived<Tracks>,
    pub drawing: Derived<Made<Drawing>>,
    pub span: Derived<Span>,
    pub marked: Derived<Marked>,
}

/// What is made of the plan and the state of the sheet: another one whenever it was made again.
pub struct Made<T>(pub Arc<T>);

impl<T> Made<T> {
    fn of(made: T) -> Made<T> {
        Made(Arc::new(made))
    }
}

impl<T> Clone for Made<T> {
    fn clone(&self) -> Made<T> {
        Made(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Made<T> {
    fn eq(&self, other: &Made<T>) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl SheetState {
    pub fn new(pair: Pair, session: Session, display: Display) -> SheetState {
        let words = use_words();
        let show = Held::new(Show::Amount);
        let above = Held::new(Above::Hold);
        let unfolded = Held::new(Unfolded::to(1));
        let folded = Held::new(BTreeSet::new());
        let seen = Held::new(Seen { top: 0, height: 640, left: 0, width: 860, digit: 880 });
        let (active, reach, draft) = (Held::new(None), Held::new(None), Held::new(None));
        let (tint, order, ranks) = (Held::new(Tint::Value), Held::new(Order::Plan), Held::new(None));
        let (query, only_changed) = (Held::new(String::new()), Held::new(false));
        let showing = Derived::new(move || {
            Made::of(Showing::of(session.plan(), session.outcome(), pair, show.get(), session.opened()))
        });
        let only = Derived::new(move || search::only(words, showing, query, only_changed).map(Made::of));
        let rows = Derived::new(move || {
            let (outcome, only, ranks) = (session.outcome(), only.get(), ranks.get());
            folded.with(|folded| {
                let (ranks, only) = (ranks.as_deref(), only.as_ref().map(|it| &*it.0));
                Arc::new(Arranged { folded: Some(folded), ranks, only }.rows(&outcome, pair.rows()))
            })
        });
        let columns =
            Derived::new(move || unfolded.with(|it| Arc::new(sheet::columns(&session.outcome(), pair.columns(), it))));
        let slots = Derived::new(move || Arc::new(columns.with(|it| slots(pair, it))));
        let figures = Derived::new(move || {
            let (plan, outcome) = (session.plan(), session.outcome());
            let (all, columns) = (rows.get(), columns.get());
            let showing = showing.get().0;
            let shows_others = matches!(showing.show, Show::PerHead | Show::Change);
            let places = all.iter().flat_map(|row| columns.iter().map(move |it| (*row, it.position)));
            let amounts = places.map(|(row, column)| match shows_others.then(|| showing.figure(row, column)) {
                Some(Shown::Amount(amount)) => amount.units(),
                Some(_) => 0,
                None => sheet::amount(&outcome, pair, row.position, column),
            });
            // Last year stands in the same sheet, which says of all its figures whether they are exact.
            let is_over_time = pair.is_over_time();
            let shown = all.iter().filter(|_| is_over_time);
            let before = shown.filter_map(|row| sheet::last_year(&plan, &outcome, pair, row.position, 0));
            display.figures(&plan, amounts.chain(before.map(Amount::units)))
        });
        let room = Derived::new(move || seen.with(|it| Room { width: it.width, digit: it.digit }));
        let tracks = Derived::new(move || {
            let plan = session.plan();
            let (rows, columns, slots) = (rows.get(), columns.get(), slots.get());
            let widest = widest(&showing.get().0, (&rows, &columns), &figures.get());
            let folds = |slot: Slot| columns.iter().any(|it| Slot::Cell(it.id) == slot && !it.is_leaf);
            let heads = slots.iter().skip(1).map(|slot| (head_text(words, &plan, pair, *slot), folds(*slot)));
            let needs: Vec<Need> =
                widest.into_iter().zip(heads).map(|(figure, (head, folds))| Need { figure, head, folds }).collect();
            Tracks::of(&needs, name_width(words, &plan, pair.rows(), &rows), room.get())
        });
        let drawing = Derived::new(move || {
            let (outcome, columns) = (session.outcome(), columns.get());
            // Names and marks follow the language too.
            _ = (words.locale(), words.is_nameless());
            Made::of(Drawing {
                words,
                pair,
                plan: session.plan(),
                showing: showing.get().0,
                tint: tint.get(),
                rows: rows.get(),
                slots: slots.get(),
                tracks: tracks.get(),
                figures: figures.get(),
                largest: sheet::largest(&outcome, pair, &columns),
                shares: Default::default(),
                outcome,
                columns,
            })
        });
        let span = Derived::new(move || {
            let seen = seen.get();
            let (first, count) = ((seen.top / ROW) as usize, (seen.height / ROW + 1) as usize);
            let from = first.saturating_sub(MARGIN) / STRIDE * STRIDE;
            let to = (first + count + MARGIN).next_multiple_of(STRIDE).min(rows.with(|it| it.len()));
            let places = tracks.with(|it| it.within(seen.left + it.get(0).width, seen.left + seen.width));
            Span { rows: (from.min(to), to), places }
        });
        let marked = Derived::new(move || {
            let Some(active) = active.get() else { return Marked::default() };
            let (rows, slots) = (rows.get(), slots.get());
            let place = |it: Active| place_of(&rows, &slots, it);
            let at = place(active);
            let block = reach.get().and_then(place).zip(at).map(|(one, other)| spanned(one, other));
            Marked { active: at, block }
        });
        SheetState {
            pair,
            session,
            words,
            show,
            tint,
            order,
            ranks,
            query,
            only_changed,
            above,
            unfolded,
            folded,
            active,
            reach,
            draft,
            pasted: Held::new(None),
            is_pasting: Held::new(false),
            seen,
            showing,
            only,
            rows,
            columns,
            slots,
            figures,
            tracks,
            drawing,
            span,
            marked,
        }
    }

    /// The row and the place of a cell, while it is shown.
    pub fn place(self, active: Active) -> Option<(usize, usize)> {
        place_of(&self.rows.get_untracked(), &self.slots.get_untracked(), active)
    }

    /// The cell in a row and a place. Row `HEADS` is that of the heads.
    pub fn active_in(self, (row, place): (usize, usize)) -> Option<Active> {
        let is_head = row == HEADS;
        let row = self.rows.with_untracked(|it| it.get(if is_head { 0 } else { row }).map(|it| it.id))?;
        let slot = self.slots.with_untracked(|it| it.get(place).copied())?;
        Some(Active { row, slot, is_head })
    }

    /// Makes a cell the one that keys go to, and shows it in the inspector.
    pub fn activate(self, active: Active) {
        if self.reach.get_untracked().is_some() {
            self.reach.set(None);
        }
        if self.active.get_untracked() != Some(active) {
            self.active.set(Some(active));
        }
        let selected = Some(Selected(self.at(active))).filter(|_| self.is_node(active));
        if self.session.selected.get_untracked() != selected {
            self.session.selected.set(selected);
        }
    }

    /// A row of what is handed out more or less than there is is to be read only.
    pub fn is_node(self, active: Active) -> bool {
        self.session.plan_untracked().node(self.pair.rows(), active.row).is_some()
    }

    /// Has the chosen block reach from the active cell to this one.
    pub fn extend(self, to: Active) {
        let reach = if self.active.get_untracked() == Some(to) { None } else { Some(to) };
        if self.reach.get_untracked() != reach {
            self.reach.set(reach);
        }
    }

    /// Shows a place, whatever is folded above it, and gives it the keys.
    pub fn go_to(self, at: At) {
        let plan = self.session.plan_untracked();
        let (rows, columns) = (plan.tree(self.pair.rows()), plan.tree(self.pair.columns()));
        if rows.get(at.row).is_none() || columns.get(at.column).is_none() {
            return;
        }
        let above: Vec<NodeId> = std::iter::successors(rows.parent(at.row), |it| rows.parent(*it)).collect();
        self.folded.update(|folded| folded.retain(|it| !above.contains(it)));
        let over: Vec<NodeId> = std::iter::successors(columns.parent(at.column), |it| columns.parent(*it)).collect();
        self.unfolded.update(|it| over.iter().rev().enumerate().for_each(|(depth, column)| it.show(*column, depth)));
        self.activate(Active::cell(at.row, Slot::Cell(at.column)));
        focus::on(".sheet__table");
    }

    /// The place in the plan of a cell. Name, share and last year speak of the row as a whole.
    pub fn at(self, active: Active) -> At {
        let column = match active.slot {
            Slot::Cell(column) => column,
            Slot::Name | Slot::Share | Slot::LastYear => self.session.plan_untracked().tree(self.pair.columns()).root,
        };
        At { pair: self.pair, row: active.row, column }
    }

    pub fn fold(self, row: NodeId, fold: bool) {
        self.folded.update(|it| {
            if fold {
                it.insert(row);
            } else {
                it.remove(&row);
            }
        });
    }

    /// Shows the parts of a column, or its sum alone.
    pub fn turn_column(self, slot: Slot) {
        let Slot::Cell(id) = slot else { return };
        let folds = self.columns.with_untracked(|it| it.iter().any(|it| it.id == id && !it.is_leaf));
        if folds {
            self.unfolded.update(|it| it.turn(id));
        }
    }

    /// Opens what a cell has, to be changed.
    pub fn start(self, active: Active) {
        self.activate(active);
        if !self.is_node(active) {
            return;
        }
        let text = self.text_of(active);
        self.draft.set(Some(Draft { active, text, problem: None, over: Over::Opened }));
    }

    /// Types over what the active cell has.
    pub fn replace(self, text: String) {
        let Some(active) = self.active.get_untracked().filter(|it| !it.is_head && self.is_node(*it)) else { return };
        self.activate(active);
        self.draft.set(Some(Draft { active, text, problem: None, over: Over::Replaced }));
    }

    /// What a cell has, as one would type it.
    pub fn text_of(self, active: Active) -> String {
        let (plan, outcome) = (self.session.plan_untracked(), self.session.outcome_untracked());
        let numeral = self.figures.get_untracked().numeral;
        let rows = outcome.division(self.pair.rows());
        let shown = self.rows.with_untracked(|rows| rows.iter().find(|it| it.id == active.row).copied());
        let Some(shown) = shown.filter(|it| !it.is_rest || matches!(active.slot, Slot::Cell(_))) else {
            return String::new();
        };
        let row = shown.position;
        let percent = |part: i64, whole: i64| {
            basis_points(part, whole)
                .map(|it| print_percent(it, 2).trim_end_matches('0').trim_end_matches('.').to_owned())
        };
        match active.slot {
            Slot::Name => plan.tree(self.pair.rows()).name(active.row).to_owned(),
            Slot::Share => {
                let parent = rows.amounts[rows.layout.parent(row)];
                percent(rows.amounts[row], parent).unwrap_or_default()
            }
            Slot::LastYear => plan
                .node(self.pair.rows(), active.row)
                .and_then(|node| node.last_year)
                .map(|it| plain(it, numeral))
                .unwrap_or_default(),
            Slot::Cell(column) => {
                let Some(position) = outcome.division(self.pair.columns()).layout.position(column) else {
                    return String::new();
                };
                match self.showing.get_untracked().0.figure(shown, position) {
                    // A difference is looked at; what is typed is what the cell is to have.
                    Shown::Amount(_) if self.show.get_untracked() == Show::Change => {
                        plain(Amount::from_units(sheet::units(&outcome, self.pair, shown, position)), numeral)
                    }
                    Shown::Amount(amount) => plain(amount, numeral),
                    Shown::Percent(it) => print_percent(it, 2).replace(',', ""),
                    Shown::Nothing => String::new(),
                }
            }
        }
    }

    /// Takes what was typed. False, and the reason beside the text, where it cannot be.
    pub fn commit(self) -> bool {
        let Some(draft) = self.draft.get_untracked() else { return true };
        match self.take(&draft) {
            Ok(()) => {
                self.draft.set(None);
                true
            }
            Err(problem) => {
                self.draft.set(Some(Draft { problem: Some(problem), ..draft }));
                false
            }
        }
    }

    fn take(self, draft: &Draft) -> Result<(), String> {
        let Active { row, slot, .. } = draft.active;
        let session = self.session;
        let dimension = self.pair.rows();
        let at = self.at(draft.active);
        let said =
            |result: Result<(), Refused>| result.map_err(|it| super::super::finding::refusal(self.words, session, &it));
        // Leaving a cell as it was is not typing into it.
        if !matches!(slot, Slot::Name) && !draft.text.trim().is_empty() && draft.text == self.text_of(draft.active) {
            return Ok(());
        }
        said(match self.wish(draft.active, &draft.text)? {
            Wished::Name(name) => session.edit(Edit::Node { dimension, id: row, field: Field::Name(name) }),
            Wished::LastYear(figure) => session.edit(Edit::Node { dimension, id: row, field: Field::LastYear(figure) }),
            Wished::Nothing => session.clear(at),
            Wished::Share(percent) => session.type_share(at, percent),
            Wished::Amount(amount) => session.type_amount_by(at, amount, self.above.get_untracked()),
        })
    }

    /// What a text in a cell asks for.
    pub fn wish(self, active: Active, text: &str) -> Result<Wished, String> {
        let at = self.at(active);
        let takes = match active.slot {
            Slot::Name => return Ok(Wished::Name(text.trim().to_owned())),
            Slot::LastYear => Takes::Amounts,
            Slot::Share => Takes::Shares,
            Slot::Cell(_) => Takes::Shown(self.show.get_untracked()),
        };
        let (plan, outcome) = (self.session.plan_untracked(), self.session.outcome_untracked());
        let now = match active.slot {
            Slot::LastYear => plan.node(self.pair.rows(), active.row).and_then(|it| it.last_year),
            _ => breakback::amount_at(&plan, &outcome, at),
        };
        let numeral = self.figures.get_untracked().numeral;
        let entry = entry::read(text, takes, now.unwrap_or_default(), numeral)
            .map_err(|it| unreadable_entry(self.words, &it))?;
        Ok(match (entry, active.slot) {
            (Entry::Amount(amount), Slot::LastYear) => Wished::LastYear(Some(amount)),
            (_, Slot::LastYear) => Wished::LastYear(None),
            (Entry::Nothing, _) => Wished::Nothing,
            (Entry::Amount(amount), _) => Wished::Amount(amount),
            (Entry::Share(percent), _) => Wished::Share(self.share(at, percent, text)?),
            (Entry::Growth(percent), _) => Wished::Amount(self.grown(at, percent)?),
            (Entry::Part(percent), _) => Wished::Amount(self.part(at, percent)?),
            (Entry::Each(amount), _) => Wished::Amount(self.for_each(at, amount)?),
        })
    }

    /// A percentage of what stands above. Above the whole there is nothing.
    fn share(self, at: At, percent: Decimal, text: &str) -> Result<Decimal, String> {
        let plan = self.session.plan_untracked();
        let is_whole = at.row == plan.tree(self.pair.rows()).root && at.column == plan.tree(self.pair.columns()).root;
        if is_whole {
            return Err(crate::say!(self.words, sheet.share_of_whole, given = text.trim().to_owned()).into_owned());
        }
        Ok(percent)
    }

    /// So many percent of what the sheet shows a place beside.
    fn part(self, at: At, percent: Decimal) -> Result<Amount, String> {
        let (row, column) = self.positions(at);
        let whole = self.showing.get_untracked().0.whole(row, column);
        let whole = whole.ok_or_else(|| crate::say!(self.words, sheet.no_capacity).into_owned())?;
        breakback::grown(Amount::from_units(whole), percent - Decimal::ONE_HUNDRED)
            .map_err(|it| super::super::finding::refusal(self.words, self.session, &it.into()))
    }

    /// So much for each of those who carry a row.
    fn for_each(self, at: At, amount: Amount) -> Result<Amount, String> {
        let (row, _) = self.positions(at);
        let heads = self.showing.get_untracked().0.heads(row).unwrap_or(1);
        breakback::grown(amount, Decimal::from(heads - 1) * Decimal::ONE_HUNDRED)
            .map_err(|it| super::super::finding::refusal(self.words, self.session, &it.into()))
    }

    fn positions(self, at: At) -> (usize, usize) {
        let outcome = self.session.outcome_untracked();
        let position = |dimension: Dimension, id| outcome.division(dimension).layout.position(id).unwrap_or(0);
        (position(self.pair.rows(), at.row), position(self.pair.columns(), at.column))
    }

    /// Last year's figure of a place, and so many percent more.
    fn grown(self, at: At, percent: Decimal) -> Result<Amount, String> {
        let (plan, outcome) = (self.session.plan_untracked(), self.session.outcome_untracked());
        let (rows, columns) = self.positions(at);
        let before = sheet::last_year(&plan, &outcome, self.pair, rows, columns)
            .ok_or_else(|| crate::say!(self.words, sheet.no_last_year).into_owned())?;
        breakback::grown(before, percent)
            .map_err(|it| super::super::finding::refusal(self.words, self.session, &it.into()))
    }
}

/// The columns in their order.
fn slots(pair: Pair, columns: &[Column]) -> Vec<Slot> {
    let mut slots = vec![Slot::Name, Slot::Share];
    slots.extend(columns.iter().map(|column| Slot::Cell(column.id)));
    slots.extend(pair.is_over_time().then_some(Slot::LastYear));
    slots
}

fn place_of(rows: &[Row], slots: &[Slot], active: Active) -> Option<(usize, usize)> {
    let row = if active.is_head { Some(HEADS) } else { rows.iter().position(|it| it.id == active.row) };
    row.zip(slots.iter().position(|it| *it == active.slot))
}

/// The block between two cells: from and to of its rows, and of its places. Heads belong to no block.
fn spanned(one: (usize, usize), other: (usize, usize)) -> ((usize, usize), (usize, usize)) {
    let sorted = |one: usize, other: usize| (one.min(other), one.max(other));
    (sorted(one.0, other.0), sorted(one.1, other.1))
}
