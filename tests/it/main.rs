#![cfg(not(target_arch = "wasm32"))]
mod amount;
mod breakback;
mod laws;
mod plans;
mod promise;
