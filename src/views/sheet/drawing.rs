//! What the cells of a sheet say at the moment: the texts, tints and marks of any row and column that is drawn. It follows
//! from the plan and from how it is shown, and knows nothing of the page.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::name;
use super::state::Slot;
use super::tracks::Tracks;
use crate::amount::Amount;
use crate::engine::Outcome;
use crate::i18n::Words;
use crate::plan::{At, Dimension, Pair, Plan};
use crate::results::figure::{Figures, basis_points};
use crate::results::sheet::{self, Column, Mark, Row};
use crate::results::show::{self, Show, Showing, Shown, Tint};
use crate::say;

/// What every row has, wherever the window stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lead {
    pub name: String,
    pub tag: String,
    pub share: String,
    /// Of a thousand.
    pub share_of_thousand: i64,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    /// Below zero where there is less than usual.
    pub heat: i8,
    pub mark: Mark,
    pub is_down: bool,
    pub is_quiet: bool,
}

/// A head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub text: String,
    /// Whether its parts are shown; none where it has none.
    pub unfolds: Option<bool>,
    pub is_part: bool,
}

/// All that cells are drawn from.
pub struct Drawing {
    pub words: Words,
    pub pair: Pair,
    pub plan: Arc<Plan>,
    pub outcome: Arc<Outcome>,
    pub showing: Arc<Showing>,
    pub tint: Tint,
    pub rows: Arc<Vec<Row>>,
    pub columns: Arc<Vec<Column>>,
    pub slots: Arc<Vec<Slot>>,
    pub tracks: Tracks,
    pub figures: Figures,
    /// What the tint of each depth of columns is measured against.
    pub largest: Vec<i64>,
    /// Shares by the position of the parent, worked out once for all its children.
    pub shares: Mutex<BTreeMap<usize, BTreeMap<usize, i64>>>,
}

impl Drawing {
    pub fn lead(&self, row: Row) -> Lead {
        let dimension = self.pair.rows();
        if row.is_rest {
            return self.rest(row);
        }
        let share = self.share(row.position);
        Lead {
            name: name::node(self.words, &self.plan, dimension, row.id),
            tag: self.plan.node(dimension, row.id).map(|it| it.tag.clone()).unwrap_or_default(),
            share: share.map_or("–".to_owned(), |it| name::percent(it, 1)),
            share_of_thousand: share.unwrap_or(0) / 10,
        }
    }

    fn rest(&self, row: Row) -> Lead {
        let (rest, whole) =
            (sheet::units(&self.outcome, self.pair, row, 0), sheet::amount(&self.outcome, self.pair, row.position, 0));
        let name = if rest < 0 { say!(self.words, sheet.over) } else { say!(self.words, sheet.under) };
        Lead {
            name: name.into_owned(),
            share: basis_points(rest, whole).map_or("–".to_owned(), |it| name::percent(it, 1)),
            ..Lead::default()
        }
    }

    fn share(&self, position: usize) -> Option<i64> {
        let dimension = self.pair.rows();
        if position == 0 {
            return sheet::share_of_parent(&self.outcome, dimension, 0);
        }
        let parent = self.outcome.division(dimension).layout.parent(position);
        let mut known = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        let of_parent = || sheet::shares_of_parent(&self.outcome, dimension, parent);
        known.entry(parent).or_insert_with(of_parent).get(&position).copied()
    }

    /// The figure of a row in a place among the columns; names and shares are in the lead.
    pub fn cell(&self, row: Row, place: usize) -> Cell {
        // The name and the share come first.
        match place.checked_sub(2).and_then(|it| self.columns.get(it)) {
            Some(column) => self.figure(row, *column),
            None => self.last_year(row),
        }
    }

    fn figure(&self, row: Row, column: Column) -> Cell {
        let shown = self.showing.figure(row, column.position);
        let at = At { pair: self.pair, row: row.id, column: column.id };
        Cell {
            text: self.text(shown),
            heat: self.heat(row, column),
            mark: sheet::mark(&self.plan, at),
            is_down: match shown {
                Shown::Amount(amount) => amount.is_negative(),
                Shown::Percent(it) => it < 0,
                Shown::Nothing => false,
            },
            is_quiet: false,
        }
    }

    /// The whole's row and column are not tinted: what is measured lies in them.
    fn heat(&self, row: Row, column: Column) -> i8 {
        if row.position == 0 || column.position == 0 || row.is_rest {
            return 0;
        }
        let units = |row: usize, column: usize| sheet::amount(&self.outcome, self.pair, row, column);
        let (own, of_column) = (units(row.position, column.position), self.largest.get(column.depth));
        match self.tint {
            Tint::Nothing => 0,
            Tint::Value => show::heat(own, of_column.copied().unwrap_or(0)),
            Tint::Deviation => show::deviation(own, units(row.position, 0), units(0, column.position), units(0, 0)),
        }
    }

    fn text(&self, shown: Shown) -> String {
        let show = self.showing.show;
        match shown {
            Shown::Amount(amount) if show == Show::Change => signed(&self.figures, amount),
            Shown::Amount(amount) => self.figures.print(amount),
            Shown::Percent(it) if show == Show::Growth => name::change(it),
            Shown::Percent(it) => name::percent(it, 1),
            Shown::Nothing => "–".to_owned(),
        }
    }

    fn last_year(&self, row: Row) -> Cell {
        let amount = sheet::last_year(&self.plan, &self.outcome, self.pair, row.position, 0).filter(|_| !row.is_rest);
        Cell {
            text: amount.map_or("–".to_owned(), |it| self.figures.print(it)),
            heat: 0,
            mark: Mark::None,
            is_down: false,
            is_quiet: true,
        }
    }

    pub fn head(&self, place: usize) -> Head {
        let column = place.checked_sub(2).and_then(|it| self.columns.get(it));
        let slot = self.slots.get(place).copied().unwrap_or(Slot::Name);
        Head {
            text: head_text(self.words, &self.plan, self.pair, slot),
            unfolds: column.filter(|it| !it.is_leaf).map(|it| !it.is_folded),
            is_part: column.is_some_and(|it| 1 < it.depth),
        }
    }
}

/// A difference, with its sign; none is a dash.
fn signed(figures: &Figures, by: Amount) -> String {
    match by.units() {
        0 => "–".to_owned(),
        1.. => format!("+{}", figures.print(by)),
        _ => figures.print(by),
    }
}

/// What stands above a column.
pub fn head_text(words: Words, plan: &Plan, pair: Pair, slot: Slot) -> String {
    match slot {
        Slot::Name => name::dimension(words, pair.rows()),
        Slot::Share => crate::say!(words, sheet.share).into_owned(),
        Slot::Cell(id) => name::node(words, plan, pair.columns(), id),
        Slot::LastYear => crate::say!(words, sheet.last_year).into_owned(),
    }
}

/// The widest figure of each column, the share's first. Amounts are never negative, so that the whole has the widest.
pub fn widest(showing: &Showing, (rows, columns): (&[Row], &[Column]), figures: &Figures) -> Vec<String> {
    let Showing { plan, outcome, pair, .. } = showing;
    let pair = *pair;
    let least = figures.print(Amount::from_units(1));
    let longer = |one: String, other: &str| if one.len() < other.len() { other.to_owned() } else { one };
    let growth = |column: usize| {
        let ends = rows.iter().filter_map(|row| sheet::last_year_growth(plan, outcome, pair, row.position, column));
        let (low, high) = ends.fold((0, 0), |(low, high), it| (low.min(it), high.max(it)));
        longer(name::change(low), &name::change(high))
    };
    let ends = |column: &Column| {
        let all = rows.iter().map(|row| match showing.figure(*row, column.position) {
            Shown::Amount(amount) => amount.units(),
            Shown::Percent(percent) => percent,
            Shown::Nothing => 0,
        });
        all.fold((0, 0), |(low, high), it| (it.min(low), it.max(high)))
    };
    let figure = |column: &Column| match showing.show {
        Show::Amount | Show::PerHead => {
            let most = sheet::amount(outcome, pair, 0, column.position);
            longer(figures.print(Amount::from_units(most)), &least)
        }
        Show::Share | Show::ShareOfTotal => "100.0%".to_owned(),
        Show::Capacity => longer(name::percent(ends(column).1, 1), "100.0%"),
        Show::Change => {
            let (low, high) = ends(column);
            longer(signed(figures, Amount::from_units(low)), &signed(figures, Amount::from_units(high)))
        }
        Show::Growth => growth(column.position),
    };
    let mut widest = vec!["100.0%".to_owned()];
    widest.extend(columns.iter().map(figure));
    if pair.is_over_time() {
        let known = rows.iter().filter_map(|row| sheet::last_year(plan, outcome, pair, row.position, 0));
        widest.push(known.max().map_or(String::new(), |it| longer(figures.print(it), &least)));
    }
    widest
}

/// How wide the longest name would be, in pixels, with the room that its depth takes. Of the first rows: further down a
/// longer one is cut, and read in full where the mouse rests.
pub fn name_width(words: Words, plan: &Plan, dimension: Dimension, rows: &[Row]) -> u32 {
    /// Of one step down the tree, of the sign that folds, and around it all.
    const STEP: u32 = 18;
    const AROUND: u32 = 24 + 26;
    const FIRST: usize = 500;
    let letter = |it: char| if it < '\u{2E80}' { 8 } else { 14 };
    let width = |row: &Row| {
        let Some(node) = plan.node(dimension, row.id) else { return 0 };
        let unnamed = if node.name.is_empty() { name::node(words, plan, dimension, row.id) } else { String::new() };
        let name: u32 = node.name.chars().chain(unnamed.chars()).map(letter).sum();
        let tag: u32 = if node.tag.is_empty() { 0 } else { 20 + node.tag.chars().map(letter).sum::<u32>() };
        AROUND + STEP * row.depth as u32 + name + tag
    };
    rows.iter().take(FIRST).map(width).max().unwrap_or(0)
}
