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
    pub tried: Tried,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// A scenario, whose edits the plan has.
    Scenario(ItemId),
    /// What nobody has kept, as a link.
    Link(String),
}

impl Kept {
    pub fn write(&self) -> String {
        match &self.tried {
            Tried::Scenario(id) => format!("{} scenario {}", self.over, id.0),
            Tried::Link(link) => format!("{} link {link}", self.over),
        }
    }

    /// None where it is nothing that was written here.
    pub fn read(text: &str) -> Option<Kept> {
        let mut words = text.splitn(3, ' ');
        let (over, kind, rest) = (words.next()?.to_owned(), words.next()?, words.next()?);
        let tried = match kind {
            "scenario" => Tried::Scenario(ItemId(rest.parse().ok()?)),
            "link" => Tried::Link(rest.to_owned()),
            _ => return None,
        };
        Some(Kept { over, tried })
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
