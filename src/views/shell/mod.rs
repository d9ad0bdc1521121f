//! The frame around every page: bar, rail, inspector, status line.

mod bar;
mod inspector;
mod rail;
mod status;

pub use bar::Bar;
pub use inspector::{Inspector, InspectorBody};
pub use rail::Rail;
pub use status::Status;
