//! What the user sees and touches. Pages read the results and the words, send edits to the session, and decide nothing.
//!
//! Refused here: a change of a plan that is not an edit of the session; literal prose; inline colours.
#![allow(unreachable_pub, reason = "the component macro makes every component public")]
#![allow(
    clippy::redundant_closure,
    reason = "a closure written inside a view is compiled once for all, a named one for each"
)]

mod agree;
mod app;
mod backup;
mod banner;
mod calendar;
mod capacity;
mod chain;
mod chance;
pub mod chart;
mod command;
mod display;
mod fault;
mod finding;
mod focus;
mod funnel;
mod gate;
mod goal;
mod import;
mod inspector;
mod later;
mod library;
mod lines;
mod merge;
mod name;
mod notice;
mod on_paper;
mod palette;
mod parts;
mod route;
mod scenario;
mod settle;
mod share;
mod sheet;
mod shell;
mod shortcuts;
mod start;
mod unseal;
mod versions;
mod warm;
pub mod workbook;

pub use app::App;
pub use library::link_reader;
