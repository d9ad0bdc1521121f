#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails says so")]

mod again;
mod amount;
mod bits;
mod breakback;
mod calendar;
mod capacity;
mod cases;
mod chain;
mod chart;
mod columns;
#[path = "../../examples/links/company.rs"]
mod company;
mod consensus;
mod contrast;
mod edges;
mod entry;
mod evaluate;
mod fairness;
mod figure;
mod find;
mod fit;
mod format;
mod funnel;
mod fuzz;
mod gate;
mod goal;
mod import;
mod laws;
mod layers;
mod link;
mod nodes;
mod oracle;
mod pictures;
mod plans;
mod promise;
mod reconcile;
mod remedy;
mod scenario;
mod scope;
mod seal;
mod session;
mod sheet;
mod store;
mod table;
mod workbook;
