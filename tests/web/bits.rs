//! In a browser the engine gives the numbers that it gives natively.

#[path = "../bits/mod.rs"]
mod shared;

use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_same_bits_as_everywhere() {
    assert_eq!(shared::bits(), shared::EXPECTED);
}

#[wasm_bindgen_test]
fn the_same_years_as_everywhere() {
    assert_eq!(shared::bits_of_chance(), shared::EXPECTED_OF_CHANCE);
}
