#![cfg(not(target_arch = "wasm32"))]

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
