//! Why a number is what it is: the chain of steps from the year's target to a place of a sheet.

use super::breakback::{lock_at, typed_at};
use super::cascade::Source;
use super::{Division, Outcome};
use crate::amount::Amount;
use crate::plan::{At, Dimension, NodeId, Plan};

/// One step of the chain: what it came to, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub amount: Amount,
    /// What the amount is a part of.
    pub whole: Amount,
    pub reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The year's target, or the nearest total that the locks allow.
    Target,
    /// A node of a tree, and where its amount comes from.
    Node { dimension: Dimension, node: NodeId, source: Source },
    /// The row's part in a column: in proportion to both margins, typed, or locked.
    Cell { column: NodeId, state: CellState },
    /// How far rounding to whole units moved the last amount, in hundredths of the smallest unit.
    Rounding { hundredths: i64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellState {
    /// By the shares of both margins.
    Fitted,
    /// By the shares of both margins, after cells beside it, typed or locked, had theirs.
    Displaced,
    Typed,
    Locked,
}

/// The chain for a place of a sheet. Empty if the place is not in the plan.
pub fn trace(plan: &Plan, outcome: &Outcome, at: At) -> Vec<Step> {
    let (rows, columns) = (outcome.division(at.pair.rows()), outcome.division(at.pair.columns()));
    let (Some(row), Some(column)) = (rows.layout.position(at.row), columns.layout.position(at.column)) else {
        return Vec::new();
    };
    let total = outcome.total();
    let mut steps = vec![Step { amount: total, whole: total, reason: Reason::Target }];
    // Down the rows' tree first; in the whole's own row, down the columns' tree.
    steps.extend(nodes(rows, row));
    if row == 0 {
        steps.extend(nodes(columns, column));
    }
    if row == 0 || column == 0 {
        let last = if column == 0 { (rows, row) } else { (columns, column) };
        steps.extend(rounding(last.0, last.1));
        return steps;
    }
    let Some(table) = outcome.table(at.pair) else { return Vec::new() };
    for position in columns.layout.path(column).into_iter().skip(1) {
        let amount = Amount::from_units(table.get(row, position));
        let whole = Amount::from_units(table.get(row, columns.layout.parent(position)));
        let here = At { column: columns.layout.id(position), ..at };
        let margins = (rows.amounts[row], columns.amounts[position], rows.total());
        let state = state(plan, here, amount, margins);
        steps.push(Step { amount, whole, reason: Reason::Cell { column: here.column, state } });
    }
    let margins = (rows.amounts[row], columns.amounts[column], rows.total());
    let off = off_product(table.get(row, column), margins);
    let is_fitted = matches!(steps.last().map(|it| it.reason), Some(Reason::Cell { state: CellState::Fitted, .. }));
    if let (true, Some(hundredths)) = (is_fitted, off) {
        let amount = Amount::from_units(table.get(row, column));
        steps.push(Step { amount, whole: amount, reason: Reason::Rounding { hundredths } });
    }
    steps
}

fn nodes(division: &Division, position: usize) -> impl Iterator<Item = Step> + '_ {
    division.layout.path(position).into_iter().skip(1).map(|at| Step {
        amount: Amount::from_units(division.amounts[at]),
        whole: Amount::from_units(division.amounts[division.layout.parent(at)]),
        reason: Reason::Node {
            dimension: division.dimension,
            node: division.layout.id(at),
            source: division.sources[at],
        },
    })
}

fn rounding(division: &Division, position: usize) -> Option<Step> {
    let Source::Share { weight, sum, shared, .. } = division.sources[position] else { return None };
    let amount = division.amounts[position];
    let exact = i128::from(shared) * i128::from(weight) * 100;
    let hundredths = nearest(i128::from(amount) * 100 * i128::from(sum) - exact, i128::from(sum));
    let amount = Amount::from_units(amount);
    Some(Step { amount, whole: amount, reason: Reason::Rounding { hundredths } })
}

/// A cell that is near the product of its margins was left alone by everything but rounding. Each level of both trees can
/// move it by one unit.
fn state(plan: &Plan, at: At, amount: Amount, margins: (i64, i64, i64)) -> CellState {
    if lock_at(plan, at).is_some() {
        return CellState::Locked;
    }
    if typed_at(plan, at).is_some() {
        return CellState::Typed;
    }
    const NEAR: i64 = 800;
    match off_product(amount.units(), margins) {
        Some(hundredths) if hundredths.abs() <= NEAR => CellState::Fitted,
        _ => CellState::Displaced,
    }
}

/// How far a cell lies from the product of its margins, in hundredths of the smallest unit.
fn off_product(cell: i64, (row, column, total): (i64, i64, i64)) -> Option<i64> {
    if total == 0 {
        return Some(0);
    }
    let total = i128::from(total);
    Some(nearest(i128::from(cell) * 100 * total - i128::from(row) * i128::from(column) * 100, total))
}

fn nearest(numerator: i128, denominator: i128) -> i64 {
    if denominator == 0 {
        return 0;
    }
    i64::try_from((2 * numerator + denominator).div_euclid(2 * denominator)).unwrap_or(i64::MAX)
}
