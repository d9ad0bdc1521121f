//! How the amounts of one sheet are shown.

use sextant::amount::{Amount, Scale};
use sextant::results::figure::Figures;

/// In ten thousands of yuan, amounts in fen.
fn check(amounts: &[i64], shown: &[&str]) {
    let figures = Figures::of(amounts.iter().copied(), 2, Scale::TenThousand);
    let printed: Vec<String> = amounts.iter().map(|it| figures.print(Amount::from_units(*it))).collect();
    assert_eq!(printed, shown);
}

#[test]
fn all_figures_have_as_many_decimals_as_the_longest_needs() {
    check(&[1_200_000_000, 12_500_000], &["1,200.0", "12.5"]);
    check(&[1_200_000_000, 500_000_000], &["1,200", "500"]);
}

#[test]
fn two_decimals_are_enough_and_something_is_never_nothing() {
    check(&[1_200_000_000, 49_999, 50_000, 1, 0], &["1,200.00", "0.05", "0.05", "<0.01", "0.00"]);
    check(&[333_333_333, 4_999], &["333.33", "<0.01"]);
    check(&[333_333_333, 5_000], &["333.33", "0.01"]);
}
