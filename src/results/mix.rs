//! The mix: of what products each region's target is made, or of what of any other tree, as shares that total the whole of it.

use super::cut::{Piece, cut};
use super::sheet::amount;
use crate::engine::{Outcome, Rounding, apportion};
use crate::plan::Pair;

/// So many parts of a bar can be told apart; the last is all others.
pub const PARTS: usize = 5;
const MOST_ROWS: usize = 12;

/// A bar: what it is made of, in units and in hundredths of a percent that total 100.00.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// None of the whole.
    pub piece: Option<Piece>,
    pub amounts: Vec<i64>,
    pub shares: Vec<i64>,
    pub total: i64,
}

impl Bar {
    fn of(piece: Option<Piece>, amounts: Vec<i64>) -> Bar {
        let weights: Vec<u64> = amounts.iter().map(|it| it.unsigned_abs()).collect();
        let total: i64 = amounts.iter().sum();
        let shares = match total {
            0 => vec![0; amounts.len()],
            _ => apportion(10_000, &weights, Rounding::LargestRemainder),
        };
        Bar { piece, amounts, shares, total }
    }
}

/// The bars of all regions, that of the whole first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mix {
    pub parts: Vec<Piece>,
    pub whole: Bar,
    pub rows: Vec<Bar>,
}

/// Where a region's share of a part is furthest from that of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Apart {
    pub row: usize,
    pub part: usize,
    pub share: i64,
    pub usual: i64,
}

impl Mix {
    /// None where nothing is divided by what runs across, or where the table is too large to be made.
    pub fn of(outcome: &Outcome, pair: Pair) -> Option<Mix> {
        let is_divided = |dimension| 1 < outcome.division(dimension).layout.len();
        if !is_divided(pair.columns())
            || is_divided(pair.rows()) && outcome.table(pair).is_none()
            || outcome.division(pair.rows()).total() <= 0
        {
            return None;
        }
        let parts = cut(outcome, pair.columns(), 1, PARTS);
        let of = |row: usize, part: &Piece| part.sum(|column| amount(outcome, pair, row, column));
        let whole = Bar::of(None, parts.iter().map(|part| of(0, part)).collect());
        let rows = if is_divided(pair.rows()) { cut(outcome, pair.rows(), 1, MOST_ROWS) } else { Vec::new() };
        let bar = |row: Piece| {
            let amounts = parts.iter().map(|part| row.sum(|row| of(row, part))).collect();
            Bar::of(Some(row), amounts)
        };
        let rows = rows.into_iter().map(bar).collect();
        Some(Mix { whole, rows, parts })
    }

    /// None where no region differs by a percentage point.
    pub fn apart(&self) -> Option<Apart> {
        let rows = self.rows.iter().enumerate().filter(|(_, bar)| 0 < bar.total);
        let each = rows.flat_map(|(row, bar)| {
            let shares = bar.shares.iter().zip(&self.whole.shares).enumerate();
            shares.map(move |(part, (share, usual))| Apart { row, part, share: *share, usual: *usual })
        });
        let over = each.filter(|it| self.parts[it.part].id.is_some()).max_by_key(|it| it.share - it.usual);
        over.filter(|it| 100 <= it.share - it.usual)
    }

    /// The part that the whole has most of.
    pub fn leading(&self) -> usize {
        let shares = self.whole.shares.iter().enumerate();
        shares.rev().max_by_key(|(_, share)| **share).map_or(0, |(at, _)| at)
    }
}
