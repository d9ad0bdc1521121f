#![cfg(not(target_arch = "wasm32"))]
mod amount;
mod link;
mod store;
mod table;
