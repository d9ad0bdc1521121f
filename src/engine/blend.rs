//! Several columns of figures made into one: each column counts by its weight, whatever the size of what it holds.
//!
//! A column is first brought to shares of its own sum, so that scores from 1 to 5 and turnovers in millions can stand
//! beside each other. A column of nothing gives everyone the same share.

use super::apportion::normalise;

/// One column, and how much it counts.
pub struct Column {
    /// In any unit, the same for all columns; at most 2^30.
    pub weight: u128,
    /// In any unit, the same for all figures of the column.
    pub figures: Vec<u128>,
}

/// The whole of a column, as shares are counted here.
const ONE: u128 = 1 << 60;

/// What the columns give each together. All nothing if no column counts.
pub fn blend(columns: &[Column], len: usize) -> Vec<u128> {
    let mut blended = vec![0; len];
    for column in columns {
        for (sum, share) in blended.iter_mut().zip(shares(&column.figures)) {
            *sum += column.weight * share;
        }
    }
    blended
}

fn shares(figures: &[u128]) -> Vec<u128> {
    let figures = normalise(figures);
    let sum: u128 = figures.iter().map(|it| u128::from(*it)).sum();
    match sum {
        0 => vec![ONE / (figures.len() as u128).max(1); figures.len()],
        _ => figures.into_iter().map(|it| u128::from(it) * ONE / sum).collect(),
    }
}
