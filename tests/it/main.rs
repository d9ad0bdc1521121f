#![cfg(not(target_arch = "wasm32"))]

mod amount;
mod breakback;
mod cases;
mod chart;
mod edges;
mod evaluate;
mod format;
mod import;
mod laws;
mod layers;
mod link;
mod plans;
mod promise;
mod session;
mod store;
mod table;
