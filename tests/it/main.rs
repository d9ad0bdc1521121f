#![cfg(not(target_arch = "wasm32"))]
mod amount;
mod laws;
mod plans;
mod promise;
