//! The frame around every page: bar, rail, status line.

mod bar;
mod rail;
mod status;

pub use bar::Bar;
pub use rail::Rail;
pub use status::Status;
