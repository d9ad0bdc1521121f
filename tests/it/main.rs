#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails says so")]

mod amount;
mod breakback;
mod chart;
mod import;
mod laws;
mod link;
mod plans;
mod promise;
mod session;
mod store;
mod table;
