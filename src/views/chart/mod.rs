//! Pictures, each with a title that states the point, a text alternative, and its table one key away.
//!
//! `results::chart` gives the points, a plot draws them with plotters upon a canvas of named inks, a frame shows them.
//! Refused: colours in code, markup as text, and a picture that says what its table does not.

pub mod canvas;
mod carrier;
pub mod carrier_plot;
mod frame;
mod year;
pub mod year_plot;

pub use canvas::width as text_width;
pub use carrier::CarrierChart;
pub use year::YearChart;

use crate::results::figure::print_percent;

/// A part of a whole in a sentence: 95% or 94.7%.
fn percent(basis_points: i64) -> String {
    let text = print_percent(basis_points, 1);
    format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
}
