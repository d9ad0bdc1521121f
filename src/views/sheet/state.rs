//! What a sheet shows at the moment: folded rows, the depth of columns, the active cell, what is being typed, and the
//! window of rows that is drawn. Nothing here is part of the plan.

use std::collections::BTreeSet;

use super::super::display::Display;
use super::super::finding::unreadable;
use super::super::focus;
use super::super::name;
use crate::amount::{Amount, parse, parse_decimal, plain};
use crate::engine::breakback::{self, Above};
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::{At, Dimension, Edit, Field, NodeId, Pair, Plan};
use crate::results::figure::{Figures, basis_points, print_percent};
use crate::results::sheet::{self, Column, Mark, Row, Show, Shown};
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
    pub row: NodeId,
    pub slot: Slot,
}

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub active: Active,
    pub text: String,
    /// Why the text was not taken.
    pub problem: Option<String>,
    /// The whole text is selected at first, so that typing replaces it.
    pub select: bool,
}

/// A drawn row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowView {
    pub row: Row,
    pub index: usize,
    pub name: String,
    pub tag: String,
    pub share: String,
    /// Of a thousand.
    pub share_of_thousand: i64,
    pub cells: Vec<CellView>,
    pub last_year: String,
    pub share_mark: Mark,
}

/// A drawn cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellView {
    pub text: String,
    pub heat: u8,
    pub mark: Mark,
    pub is_down: bool,
}

/// The height of a row in pixels, as `--row` says.
pub const ROW: usize = 32;
/// Rows drawn above and below what is seen.
const MARGIN: usize = 8;

#[derive(Clone, Copy)]
pub struct SheetState {
    pub pair: Pair,
    pub session: Session,
    pub words: Words,
    pub show: Held<Show>,
    /// What becomes of the wholes above a typed amount.
    pub above: Held<Above>,
    pub depth: Held<usize>,
    pub folded: Held<BTreeSet<NodeId>>,
    pub active: Held<Option<Active>>,
    pub draft: Held<Option<Draft>>,
    /// First row seen, and how many.
    pub seen: Held<(usize, usize)>,
    pub rows: Derived<Vec<Row>>,
    pub columns: Derived<Vec<Column>>,
    pub figures: Derived<Figures>,
    pub window: Derived<Vec<RowView>>,
}

impl SheetState {
    pub fn new(pair: Pair, session: Session, display: Display) -> SheetState {
        let words = use_words();
        let show = Held::new(Show::Amount);
        let above = Held::new(Above::Hold);
        let depth = Held::new(1_usize);
        let folded = Held::new(BTreeSet::new());
        let seen = Held::new((0_usize, 40_usize));
        let rows = Derived::new(move || folded.with(|it| sheet::rows(&session.outcome(), pair.rows(), it)));
        let columns = Derived::new(move || sheet::columns(&session.outcome(), pair.columns(), depth.get()));
        let figures = Derived::new(move || {
            let (plan, outcome) = (session.plan(), session.outcome());
            let (all, columns) = (rows.get(), columns.get());
            let places = all.iter().flat_map(|row| columns.iter().map(move |it| (row.position, it.position)));
            let amounts = places.map(|(row, column)| sheet::amount(&outcome, pair, row, column));
            // Last year stands in the same sheet, which says of all its figures whether they are exact.
            let is_over_time = pair.columns() == Dimension::Time;
            let shown = all.iter().filter(|_| is_over_time);
            let before = shown.filter_map(|row| sheet::last_year(&plan, &outcome, pair, row.position, 0));
            display.figures(&plan, amounts.chain(before.map(Amount::units)))
        });
        // Not a part of the window: scrolling changes nothing of it.
        let largest = Derived::new(move || columns.with(|it| largest(&session.outcome(), pair, it)));
        let window = Derived::new(move || {
            let (first, count) = seen.get();
            let rows = rows.get();
            let from = first.saturating_sub(MARGIN);
            let to = (first + count + MARGIN).min(rows.len());
            let drawing = Drawing {
                words,
                pair,
                plan: session.plan(),
                outcome: session.outcome(),
                show: show.get(),
                columns: columns.get(),
                figures: figures.get(),
                largest: largest.get(),
            };
            (from.min(to)..to).map(|index| drawing.row(index, rows[index])).collect()
        });
        let (active, draft) = (Held::new(None), Held::new(None));
        SheetState {
            pair,
            session,
            words,
            show,
            above,
            depth,
            folded,
            active,
            draft,
            seen,
            rows,
            columns,
            figures,
            window,
        }
    }

    pub fn has_last_year(self) -> bool {
        self.pair.columns() == Dimension::Time
    }

    /// All columns, as keys walk them.
    pub fn slots(self) -> Vec<Slot> {
        let mut slots = vec![Slot::Name, Slot::Share];
        slots.extend(self.columns.get_untracked().iter().map(|column| Slot::Cell(column.id)));
        slots.extend(self.has_last_year().then_some(Slot::LastYear));
        slots
    }

    /// Makes a cell the one that keys go to, and shows it in the inspector.
    pub fn activate(self, active: Active) {
        if self.active.get_untracked() != Some(active) {
            self.active.set(Some(active));
        }
        self.session.selected.set(Some(Selected(self.at(active))));
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
        let depth = std::iter::successors(columns.parent(at.column), |it| columns.parent(*it)).count();
        self.depth.update(|it| *it = (*it).max(depth));
        self.activate(Active { row: at.row, slot: Slot::Cell(at.column) });
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

    /// Starts typing: over what the cell has, or with the key that was struck.
    pub fn start(self, active: Active, struck: Option<String>) {
        let select = struck.is_none();
        let text = struck.unwrap_or_else(|| self.text_of(active));
        self.activate(active);
        self.draft.set(Some(Draft { active, text, problem: None, select }));
    }

    /// What a cell has, as one would type it.
    fn text_of(self, active: Active) -> String {
        let (plan, outcome) = (self.session.plan_untracked(), self.session.outcome_untracked());
        let numeral = self.figures.get_untracked().numeral;
        let rows = outcome.division(self.pair.rows());
        let Some(row) = rows.layout.position(active.row) else { return String::new() };
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
                match sheet::shown(&plan, &outcome, self.pair, row, position, self.show.get_untracked()) {
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
                self.draft.set(Some(Draft { problem: Some(problem), select: false, ..draft }));
                false
            }
        }
    }

    fn take(self, draft: &Draft) -> Result<(), String> {
        let Active { row, slot } = draft.active;
        let text = draft.text.trim();
        let session = self.session;
        let dimension = self.pair.rows();
        let at = self.at(draft.active);
        let numeral = self.figures.get_untracked().numeral;
        let read = |text: &str| parse(text, numeral).map_err(|it| unreadable(self.words, &it));
        let said =
            |result: Result<(), Refused>| result.map_err(|it| super::super::finding::refusal(self.words, session, &it));
        match slot {
            Slot::Name => said(session.edit(Edit::Node { dimension, id: row, field: Field::Name(text.to_owned()) })),
            Slot::LastYear => {
                let figure = if text.is_empty() { None } else { Some(read(text)?) };
                said(session.edit(Edit::Node { dimension, id: row, field: Field::LastYear(figure) }))
            }
            _ if text.is_empty() => said(session.clear(at)),
            // Leaving a cell as it was is not typing into it.
            _ if draft.text == self.text_of(draft.active) => Ok(()),
            Slot::Share => said(session.type_share(at, self.share(at, text)?)),
            Slot::Cell(_) => match self.show.get_untracked() {
                Show::Share if !text_has_unit(text) => said(session.type_share(at, self.share(at, text)?)),
                Show::Growth => said(session.type_amount_by(at, self.grown(at, text)?, self.above.get_untracked())),
                _ if text.ends_with(['%', '％']) => said(session.type_share(at, self.share(at, text)?)),
                _ => said(session.type_amount_by(at, read(text)?, self.above.get_untracked())),
            },
        }
    }

    fn percent(self, text: &str) -> Result<rust_decimal::Decimal, String> {
        parse_decimal(text).map_err(|it| unreadable(self.words, &it))
    }

    /// A percentage of what stands above. Above the whole there is nothing.
    fn share(self, at: At, text: &str) -> Result<rust_decimal::Decimal, String> {
        let plan = self.session.plan_untracked();
        let is_whole = at.row == plan.tree(self.pair.rows()).root && at.column == plan.tree(self.pair.columns()).root;
        if is_whole {
            return Err(crate::say!(self.words, sheet.share_of_whole, given = text.to_owned()).into_owned());
        }
        self.percent(text)
    }

    /// Last year's figure of a place, and so many percent more.
    fn grown(self, at: At, text: &str) -> Result<Amount, String> {
        let (plan, outcome) = (self.session.plan_untracked(), self.session.outcome_untracked());
        let rows = outcome.division(self.pair.rows()).layout.position(at.row).unwrap_or(0);
        let columns = outcome.division(self.pair.columns()).layout.position(at.column).unwrap_or(0);
        let before = sheet::last_year(&plan, &outcome, self.pair, rows, columns)
            .ok_or_else(|| crate::say!(self.words, sheet.no_last_year).into_owned())?;
        let percent = self.percent(text)?;
        breakback::grown(before, percent)
            .map_err(|it| super::super::finding::refusal(self.words, self.session, &it.into()))
    }
}

/// 12万 in a sheet of shares is an amount, not a percentage.
fn text_has_unit(text: &str) -> bool {
    text.contains(['万', '亿', '元', '¥', '$', '￥'])
}

/// The largest amount among the columns of each depth, the whole's row aside: what the tint is measured against.
fn largest(outcome: &crate::engine::Outcome, pair: Pair, columns: &[Column]) -> Vec<i64> {
    let deepest = columns.iter().map(|it| it.depth).max().unwrap_or(0);
    let rows = outcome.division(pair.rows()).layout.len();
    let mut largest = vec![0; deepest + 1];
    for column in columns {
        let most = (1..rows).map(|row| sheet::amount(outcome, pair, row, column.position)).max().unwrap_or(0);
        largest[column.depth] = most.max(largest[column.depth]);
    }
    largest
}

/// What all rows of a window are drawn from.
struct Drawing {
    words: Words,
    pair: Pair,
    plan: std::sync::Arc<Plan>,
    outcome: std::sync::Arc<crate::engine::Outcome>,
    show: Show,
    columns: Vec<Column>,
    figures: Figures,
    /// The largest amount of a leaf among the columns of each depth, for the tint.
    largest: Vec<i64>,
}

impl Drawing {
    fn row(&self, index: usize, row: Row) -> RowView {
        let dimension = self.pair.rows();
        let share = sheet::share_of_parent(&self.outcome, dimension, row.position);
        let node = self.plan.node(dimension, row.id);
        let last_year = sheet::last_year(&self.plan, &self.outcome, self.pair, row.position, 0);
        let whole = At { pair: self.pair, row: row.id, column: self.plan.tree(self.pair.columns()).root };
        RowView {
            row,
            index,
            name: name::node(self.words, &self.plan, dimension, row.id),
            tag: node.map(|it| it.tag.clone()).unwrap_or_default(),
            share: share.map_or("–".to_owned(), |it| name::percent(it, 1)),
            share_of_thousand: share.unwrap_or(0) / 10,
            share_mark: sheet::mark(&self.plan, whole),
            cells: self.columns.iter().map(|column| self.cell(row, *column)).collect(),
            last_year: last_year.map_or("–".to_owned(), |it| self.figures.print(it)),
        }
    }

    fn cell(&self, row: Row, column: Column) -> CellView {
        let shown = sheet::shown(&self.plan, &self.outcome, self.pair, row.position, column.position, self.show);
        let amount = sheet::amount(&self.outcome, self.pair, row.position, column.position);
        let is_tinted = 0 < row.position && 0 < column.position;
        let at = At { pair: self.pair, row: row.id, column: column.id };
        CellView {
            text: match shown {
                Shown::Amount(amount) => self.figures.print(amount),
                Shown::Percent(it) if self.show == Show::Growth => name::change(it),
                Shown::Percent(it) => name::percent(it, 1),
                Shown::Nothing => "–".to_owned(),
            },
            heat: if is_tinted { sheet::heat(amount, self.largest[column.depth]) } else { 0 },
            mark: sheet::mark(&self.plan, at),
            is_down: matches!(shown, Shown::Percent(it) if it < 0),
        }
    }
}
