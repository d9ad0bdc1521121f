//! Pieces that know no plan: icons, switches. Props only.

mod button;
mod icon;
mod segments;
mod show;

pub use button::{Look, button, button_unless, icon_button};
pub use icon::{Icon, Picture};
pub use segments::{Segment, Segments};
pub use show::{CollectAny, Each, Show};
