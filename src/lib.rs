//! Sextant 目标罗盘: sets a sales target and divides it, exactly, along every dimension at once.
//!
//! One direction: plan, engine, results, views. `ARCHITECTURE.md` says what each floor is and what it refuses.

pub mod amount;
pub mod edge;
pub mod engine;
pub mod i18n;
pub mod live;
mod order;
pub mod plan;
pub mod results;
pub mod session;
pub mod views;
