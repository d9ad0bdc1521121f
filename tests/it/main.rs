#![cfg(not(target_arch = "wasm32"))]
mod amount;
mod chart;
mod link;
mod table;
