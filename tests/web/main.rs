//! What only a real browser can show. Journeys on the built page are in tests/e2e.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "clippy takes only #[test] for a test")]

mod bits;
mod store;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
