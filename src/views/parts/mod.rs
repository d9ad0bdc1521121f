//! Pieces that know no plan: buttons, dialogs, switches. Props only.

mod button;
mod dialog;
mod file_button;
mod icon;
mod segments;
mod show;

pub use button::{Look, button, button_unless, icon_button};
pub use dialog::Dialog;
pub use file_button::FileButton;
pub use icon::{Icon, Picture};
pub use segments::{Segment, Segments};
pub use show::{CollectAny, Each, Show};

/// How a sentence looks that says whether something suffices; where nobody knows, it takes no side.
pub fn standing(suffices: Option<bool>) -> &'static str {
    match suffices {
        None => "reach__says reach__wide",
        Some(false) => "reach__says reach__says--bad reach__wide",
        Some(true) => "reach__says reach__says--good reach__wide",
    }
}
