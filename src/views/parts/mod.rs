//! Pieces that know no plan: icons, switches. Props only.

mod icon;
mod segments;

pub use icon::{Icon, Picture};
pub use segments::{Segment, Segments};
