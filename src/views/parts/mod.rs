//! Pieces that know no plan: icons, switches. Props only.

mod icon;
mod segments;
mod show;

pub use icon::{Icon, Picture};
pub use segments::{Segment, Segments};
pub use show::{Each, Show};
