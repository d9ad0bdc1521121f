//! Rename, duplicate, delete, and the way back from a delete.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Library, Shelved, Shown, new_id};
use crate::edge::file;
use crate::edge::store::slot::Slot;
use crate::edge::store::{self, PlanId, Removed, StoreError};
use crate::plan::Plan;
use crate::say;
use crate::views::notice::Notice;

/// What was deleted last, so that it can come back.
#[derive(Clone)]
pub(super) struct Deleted {
    id: PlanId,
    removed: Removed,
    shelved: Option<Shelved>,
    was_open: bool,
}

impl Library {
    /// Gives a plan another title. The open one changes by an edit, which can be undone; an empty title changes nothing.
    pub fn rename(self, id: PlanId, title: &str) {
        if title.trim().is_empty() {
            return;
        }
        if self.shown.get_untracked() == Shown::Own(id) {
            self.notices.heed(self.session.retitle(title.to_owned()));
            self.keep();
        } else if let Some((plan, known)) = self.get(id) {
            let plan = store::titled(&plan, title);
            if let Err(StoreError::Changed | StoreError::Gone) = self.put(id, &plan, known) {
                _ = self.put(new_id(), &plan, None);
            }
        }
    }

    /// Keeps a second plan that is the same, the title aside.
    pub fn duplicate(self, id: PlanId) {
        self.keep();
        let Some((plan, _)) = self.get(id) else { return };
        let copy = store::titled(&plan, &self.copy_title(&plan.title));
        // Where storage refuses it, it is on the shelf, and that is said.
        if self.put(new_id(), &copy, None).is_ok() {
            let title = copy.title.clone();
            self.notices.say(Notice::Done(untrack(|| say!(self.words, start.duplicated, title = title)).into_owned()));
        }
    }

    /// Deletes a plan, readable or not, and offers the way back.
    pub fn remove(self, id: PlanId) {
        self.keep();
        let title = self.get(id).map(|(plan, _)| plan.title.clone()).unwrap_or_default();
        let was_open = self.shown.get_untracked() == Shown::Own(id);
        let shelved = self.shelf.try_update(|it| it.take(id)).flatten();
        self.deleted.set(Some(Deleted { id, removed: store::remove(id), shelved, was_open }));
        if was_open {
            self.close();
        }
        if self.behind.get_untracked() == Some(id) {
            self.behind.set(None);
        }
        self.settle(None);
        let text = untrack(|| say!(self.words, start.deleted, title = title)).into_owned();
        self.notices.undoable(text, move || {
            if let Some(deleted) = self.deleted.get_untracked() {
                self.bring_back(deleted);
            }
        });
    }

    /// Hands out what is stored for a plan as it is, also where nobody can read it.
    pub fn save_stored(self, id: PlanId) -> bool {
        let save = |(slot, text): &(Slot, String)| {
            let name = format!("sextant-{id}{}.json", slot.ending().replace(':', "-"));
            file::download(&name, file::PLAN, text)
        };
        store::texts(id).iter().all(save)
    }

    /// Hands out the texts of a plan that could not be read, as they are.
    pub fn save_harmed(self, id: PlanId) -> bool {
        let save = |(key, text): &(String, String)| {
            let name = format!("{}.json", key.trim_start_matches("stp1:").replace(':', "-"));
            file::download(&name, file::PLAN, text)
        };
        store::harmed(id).iter().all(save)
    }

    /// How many such texts the listed plan has, tracked.
    pub fn harmed_copies(self) -> usize {
        self.scans.track();
        self.listed().map_or(0, |id| store::harmed(id).len())
    }

    /// Deletes them, once somebody said so.
    pub fn remove_harmed(self) {
        for (key, _) in self.listed.get_untracked().map(store::harmed).unwrap_or_default() {
            store::remove_harmed(&key);
        }
        self.settle(None);
    }

    fn bring_back(self, deleted: Deleted) {
        let Deleted { id, removed, shelved, was_open } = deleted;
        let mut shelved = shelved;
        let mut refused = None;
        if let Err(error) = store::put_back(id, &removed) {
            // The room that it had was taken in the meantime: it lives on in this tab.
            let plan = removed.plan().map(Arc::new);
            shelved = shelved.or(plan.map(|plan| Shelved { plan, known: None }));
            refused = Some(error);
        }
        if let Some(shelved) = shelved {
            self.shelf.update(|it| it.put(id, shelved));
            refused = refused.or(Some(StoreError::Blocked));
        }
        self.settle(refused);
        if was_open {
            self.show_kept(id);
        }
    }

    /// A plan and the version of it that is stored.
    pub(super) fn get(self, id: PlanId) -> Option<(Arc<Plan>, Option<u64>)> {
        if let Some(Shelved { plan, known }) = self.shelf.with_untracked(|it| it.get(id).cloned()) {
            return Some((plan, known));
        }
        let kept = store::read(id)?;
        Some((Arc::new(kept.plan.ok()?.0), Some(kept.rev)))
    }

    /// A title for a copy that no other plan has.
    pub(super) fn copy_title(self, title: &str) -> String {
        let next =
            |title: &String| Some(untrack(|| say!(self.words, start.copy_of, title = title.clone())).into_owned());
        let titles = std::iter::successors(next(&title.to_owned()), next);
        let longest = crate::plan::check::MAX_TITLE;
        titles.take_while(|it| it.chars().count() <= longest).find(|it| !self.is_taken(it)).unwrap_or(title.to_owned())
    }

    /// Some plan on this machine has this title.
    pub(super) fn is_taken(self, title: &str) -> bool {
        self.entries_now().iter().any(|it| it.title() == Some(title))
    }
}
