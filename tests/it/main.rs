#![cfg(not(target_arch = "wasm32"))]
mod amount;
mod chart;
mod import;
mod link;
mod table;
