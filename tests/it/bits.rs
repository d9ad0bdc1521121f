//! Natively the engine gives the numbers that it gives in a browser.

#[path = "../bits/mod.rs"]
mod shared;

#[test]
fn the_same_bits_as_everywhere() {
    assert_eq!(shared::bits(), shared::EXPECTED);
}

#[test]
fn the_same_years_as_everywhere() {
    assert_eq!(shared::bits_of_chance(), shared::EXPECTED_OF_CHANCE);
}
