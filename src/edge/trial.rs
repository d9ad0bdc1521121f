//! What is tried out, for as long as this tab lives: kept in the tab's own storage, so that a reload does not lose it. Two tabs
//! try out different things over the same plan, and neither hears of the other's.
//!
//! Edits are kept as the link that they would go out as: it knows which plan it was made over. Refused: to keep what is too
//! large for a link. Where the tab has no storage, nothing is kept.

use web_sys::Storage;

use crate::plan::ItemId;

const KEY: &str = "stp1:trial";

/// What is tried out over something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The plan under it, as the caller names it.
    pub over: String,
    pub shown: Shown,
    /// What nobody has kept as a scenario, as a link; where something else is shown, for when something is tried out again.
    pub link: Option<String>,
}

/// What is on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Base,
    /// What the link holds.
    Trial,
    /// A scenario, whose edits the plan has.
    Scenario(ItemId),
}

impl Kept {
    pub fn write(&self) -> String {
        let shown = match self.shown {
            Shown::Base => "base".to_owned(),
            Shown::Trial => "trial".to_owned(),
            Shown::Scenario(id) => id.0.to_string(),
        };
        format!("{} {shown} {}", self.over, self.link.as_deref().unwrap_or_default())
    }

    /// None where it is nothing that was written here.
    pub fn read(text: &str) -> Option<Kept> {
        let mut words = text.splitn(3, ' ');
        let (over, shown, link) = (words.next()?.to_owned(), words.next()?, words.next()?);
        let shown = match shown {
            "base" => Shown::Base,
            "trial" => Shown::Trial,
            id => Shown::Scenario(ItemId(id.parse().ok()?)),
        };
        Some(Kept { over, shown, link: Some(link.to_owned()).filter(|it| !it.is_empty()) })
    }
}

/// Keeps it; what cannot be kept leaves nothing older behind.
pub fn keep(kept: &Kept) {
    let is_kept = storage().is_some_and(|it| it.set_item(KEY, &kept.write()).is_ok());
    if !is_kept {
        forget();
    }
}

pub fn recall() -> Option<Kept> {
    Kept::read(&storage()?.get_item(KEY).ok()??)
}

pub fn forget() {
    if let Some(storage) = storage() {
        _ = storage.remove_item(KEY);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
