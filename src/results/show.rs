//! What the cells of a sheet show: amounts, or what they are beside something else. Nothing here is rounded but for showing;
//! what a cell has is the engine's.

use std::sync::Arc;

use super::figure::basis_points;
use super::sheet::{self, Row};
use crate::amount::Amount;
use crate::engine::Outcome;
use crate::plan::{At, Dimension, Pair, Plan};

/// What the cells of a sheet show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    Amount,
    /// Of the row's parent in the first column, of the row in the others.
    Share,
    /// Of the whole plan.
    ShareOfTotal,
    /// Against last year.
    Growth,
    /// Of what the row can bring in the whole year.
    Capacity,
    /// By those who carry it below the row.
    PerHead,
    /// More or less than when the plan was opened.
    Change,
}

impl Show {
    /// What there is to show of a pair of trees.
    pub fn of(pair: Pair) -> Vec<Show> {
        let is_over_time = pair.is_over_time();
        let is_of_people = pair.rows() == Dimension::Organisation;
        let all = [
            (Show::Amount, true),
            (Show::Share, true),
            (Show::ShareOfTotal, true),
            (Show::Growth, is_over_time),
            (Show::Capacity, true),
            (Show::PerHead, is_of_people),
            (Show::Change, true),
        ];
        all.into_iter().filter(|(_, is_there)| *is_there).map(|(show, _)| show).collect()
    }
}

/// What a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Amount(Amount),
    /// In hundredths of a percent.
    Percent(i64),
    /// There is nothing to show: no whole, no last year, no capacity.
    Nothing,
}

/// A plan, and what follows from it, as it was when it was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    pub plan: Arc<Plan>,
    pub outcome: Arc<Outcome>,
}

impl Opened {
    /// What a place had. What was not there had nothing.
    pub fn amount(&self, At { pair, row, column }: At) -> i64 {
        let position = |dimension: Dimension, id| self.outcome.division(dimension).layout.position(id);
        let at = position(pair.rows(), row).zip(position(pair.columns(), column));
        at.map_or(0, |(row, column)| sheet::amount(&self.outcome, pair, row, column))
    }
}

/// A plan in one of its sheets, and what its cells are shown beside.
pub struct Showing {
    pub plan: Arc<Plan>,
    pub outcome: Arc<Outcome>,
    pub pair: Pair,
    pub show: Show,
    /// Of each row, by position: those who carry it, or what it can bring.
    of_rows: Vec<Option<i64>>,
    opened: Opened,
}

impl Showing {
    pub fn of(plan: Arc<Plan>, outcome: Arc<Outcome>, pair: Pair, show: Show, opened: Opened) -> Showing {
        let rows = &outcome.division(pair.rows()).layout;
        let of_rows = match show {
            Show::PerHead => gathered(&outcome, pair.rows(), |position| rows.is_leaf(position).then_some(1)),
            Show::Capacity => capacities(&plan, &outcome, pair.rows()),
            _ => Vec::new(),
        };
        Showing { plan, outcome, pair, show, of_rows, opened }
    }

    /// What a row shows in a column.
    pub fn figure(&self, row: Row, column: usize) -> Shown {
        let units = sheet::units(&self.outcome, self.pair, row, column);
        if row.is_rest {
            return self.of_rest(row, column, units);
        }
        let percent = |it: Option<i64>| it.map_or(Shown::Nothing, Shown::Percent);
        let of_whole = || percent(self.whole(row.position, column).and_then(|whole| basis_points(units, whole)));
        match self.show {
            Show::Amount => Shown::Amount(Amount::from_units(units)),
            Show::Share if column == 0 => {
                percent(sheet::share_of_parent(&self.outcome, self.pair.rows(), row.position))
            }
            Show::Share | Show::ShareOfTotal | Show::Capacity => of_whole(),
            Show::Growth => {
                percent(sheet::last_year_growth(&self.plan, &self.outcome, self.pair, row.position, column))
            }
            Show::PerHead => self.heads(row.position).map_or(Shown::Nothing, |heads| each(units, heads)),
            Show::Change => Shown::Amount(Amount::from_units(units - self.before(row, column))),
        }
    }

    fn of_rest(&self, row: Row, column: usize, units: i64) -> Shown {
        let whole = match self.show {
            Show::Amount => return Shown::Amount(Amount::from_units(units)),
            Show::Share => sheet::amount(&self.outcome, self.pair, row.position, column),
            Show::ShareOfTotal => self.total(),
            Show::Growth | Show::Capacity | Show::PerHead | Show::Change => return Shown::Nothing,
        };
        basis_points(units, whole).map_or(Shown::Nothing, Shown::Percent)
    }

    /// What the cell is shown as a percentage of. In the first column of shares that is the parent, whose parts total 100.00;
    /// for whoever types one.
    pub fn whole(&self, row: usize, column: usize) -> Option<i64> {
        match self.show {
            Show::Share => Some(sheet::amount(&self.outcome, self.pair, row, 0)),
            Show::ShareOfTotal => Some(self.total()),
            // What somebody can bring is known of the year.
            Show::Capacity if column == 0 => self.of_rows.get(row).copied().flatten(),
            _ => None,
        }
    }

    /// How many carry a row.
    pub fn heads(&self, row: usize) -> Option<i64> {
        self.of_rows.get(row).copied().flatten().filter(|_| self.show == Show::PerHead)
    }

    /// Whether a row has anything else than when the plan was opened, in any column of the whole tree.
    pub fn is_changed(&self, row: usize) -> bool {
        let columns = &self.outcome.division(self.pair.columns()).layout;
        let id = self.outcome.division(self.pair.rows()).layout.id(row);
        let at = |column: usize| At { pair: self.pair, row: id, column: columns.id(column) };
        let is_other =
            |column: usize| sheet::amount(&self.outcome, self.pair, row, column) != self.opened.amount(at(column));
        self.opened.plan.node(self.pair.rows(), id).is_none() || (0..columns.len()).any(is_other)
    }

    fn before(&self, row: Row, column: usize) -> i64 {
        let column = self.outcome.division(self.pair.columns()).layout.id(column);
        self.opened.amount(At { pair: self.pair, row: row.id, column })
    }

    fn total(&self) -> i64 {
        sheet::amount(&self.outcome, self.pair, 0, 0)
    }
}

/// What each node can bring, by position, in units.
pub(super) fn capacities(plan: &Plan, outcome: &Outcome, dimension: Dimension) -> Vec<Option<i64>> {
    let layout = &outcome.division(dimension).layout;
    gathered(outcome, dimension, |at| outcome.capacity(plan, dimension, layout.id(at)).map(Amount::units))
}

/// A figure of each node, by position: its own, or the sum of those below it.
fn gathered(outcome: &Outcome, dimension: Dimension, own: impl Fn(usize) -> Option<i64>) -> Vec<Option<i64>> {
    let layout = &outcome.division(dimension).layout;
    let mut gathered: Vec<Option<i64>> = vec![None; layout.len()];
    for position in (0..layout.len()).rev() {
        let below = || layout.children(position).into_iter().filter_map(|it| gathered[it]).reduce(i64::saturating_add);
        gathered[position] = own(position).or_else(below);
    }
    gathered
}

/// The part of each, to the nearest unit.
fn each(units: i64, heads: i64) -> Shown {
    let twice = 2 * i128::from(units) + i128::from(heads);
    let each = twice.div_euclid(2 * i128::from(heads.max(1)));
    Shown::Amount(Amount::from_units(i64::try_from(each).unwrap_or(i64::MAX)))
}

/// What the cells of a sheet are tinted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    Nothing,
    /// How much there is.
    Value,
    /// How far the share that a column has of the row lies from the share that it has of the whole.
    Deviation,
}

/// How strongly a cell is tinted, 0 to 4: its share of the largest cell among those of its kind.
pub fn heat(amount: i64, largest: i64) -> i8 {
    match basis_points(amount, largest).unwrap_or(0) {
        share if share <= 200 => 0,
        share if share < 1_200 => 1,
        share if share < 2_800 => 2,
        share if share < 5_500 => 3,
        _ => 4,
    }
}

/// The same for a deviation, below zero where the row has less than usual in a column: 2, 5, 10 and 20 percent are the steps.
/// `part` of the row beside what the column has of the whole.
pub fn deviation(part: i64, row: i64, column: i64, whole: i64) -> i8 {
    let (is, usual) = (i128::from(part) * i128::from(whole), i128::from(row) * i128::from(column));
    let by = is - usual;
    let exceeds = |percent: &&i128| usual * **percent < 100 * by.abs();
    let steps = [2, 5, 10, 20].iter().take_while(exceeds).count() as i8;
    if by < 0 { -steps } else { steps }
}
