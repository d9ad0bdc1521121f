//! The list of the plans on this machine, as it is shown. One that cannot be read is listed too, and kept.

use leptos::prelude::*;

use super::{Library, Shelved};
use crate::edge::store::{self, Kept, KeptError, PlanId};
use crate::order;

/// A plan on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: PlanId,
    /// In milliseconds after 1970. None: never, or nobody knows.
    pub saved: Option<u64>,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Plan {
        title: String,
        year: i32,
        place: Place,
    },
    /// Kept as it is; it can be saved as a file.
    Damaged(KeptError),
}

/// Where a plan lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Machine,
    /// In this tab only: storage refused it.
    Tab,
}

impl Entry {
    pub fn title(&self) -> Option<&str> {
        match &self.what {
            What::Plan { title, .. } => Some(title),
            What::Damaged(_) => None,
        }
    }
}

impl Library {
    /// Every plan, the latest first; tracked.
    pub fn entries(self) -> Vec<Entry> {
        self.scans.track();
        untrack(|| self.entries_now())
    }

    pub(super) fn entries_now(self) -> Vec<Entry> {
        let shelf = self.shelf.get_untracked();
        let kept = store::all().into_iter().filter(|(id, _)| shelf.get(*id).is_none()).map(of_kept);
        let entries: Vec<Entry> = kept.chain(shelf.all().iter().map(of_shelved)).collect();
        // What lives in this tab only comes first: it is what may be lost.
        let saved = |it: &Entry| it.saved.map_or(-1, i128::from);
        order::by_number(entries, |it| if is_of_tab(it) { i128::MIN } else { -saved(it) })
    }
}

fn is_of_tab(entry: &Entry) -> bool {
    matches!(entry.what, What::Plan { place: Place::Tab, .. })
}

fn of_kept((id, kept): (PlanId, Kept)) -> Entry {
    let what = match kept.plan {
        Ok((plan, _)) => What::Plan { title: plan.title, year: plan.calendar.year, place: Place::Machine },
        Err(error) => What::Damaged(error),
    };
    Entry { id, saved: kept.saved, what }
}

fn of_shelved((id, shelved): &(PlanId, Shelved)) -> Entry {
    let Shelved { plan, .. } = shelved;
    let what = What::Plan { title: plan.title.clone(), year: plan.calendar.year, place: Place::Tab };
    Entry { id: *id, saved: None, what }
}
