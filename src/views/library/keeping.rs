//! Every change is written behind the frame that shows it, and before the page goes. What storage refuses goes on the shelf, and
//! what another tab wrote is never written over.

use leptos::ev;
use leptos::prelude::*;

use std::sync::Arc;
use std::time::Duration;

use super::super::settle::after_paint;
use super::{Library, Role, Saved, Shelved, Shown, new_id};
use crate::edge::clock::{self, Moment};
use crate::edge::store::exported::Exported;
use crate::edge::store::journal::Settled;
use crate::edge::store::{self, Healed, PlanId, StoreError};
use crate::plan::Plan;

/// So often it is tried again to keep what storage refused.
const AGAIN: Duration = Duration::from_secs(10);

/// From so many hundredths of storage on it is said that little is left.
const CROWDED: usize = 60;

impl Library {
    /// Why storage refuses plans, while any lives in this tab only.
    pub fn refusal(self) -> Option<StoreError> {
        self.refusal.get()
    }

    /// Tries again to keep what storage refused.
    pub fn try_again(self) {
        for (id, Shelved { plan, known }) in self.shelf.get_untracked().all().iter().cloned() {
            let is_open = self.shown.get_untracked() == Shown::Own(id);
            let plan = if is_open { self.session.base_untracked() } else { plan };
            match self.put(id, &plan, known) {
                Ok(rev) if is_open => self.mark_saved(rev),
                // The version here and the one there are both kept.
                Err(StoreError::Changed | StoreError::Gone) if is_open => self.fork(),
                Err(StoreError::Changed | StoreError::Gone) => {
                    self.shelf.update(|it| _ = it.take(id));
                    _ = self.put(new_id(), &plan, None);
                }
                _ => {}
            }
        }
    }

    /// Watches the changes made here and what other tabs do.
    pub(super) fn follow(self) {
        Effect::new(move |before: Option<u64>| {
            let changes = self.session.changes();
            if before.is_some_and(|it| it != changes) {
                after_paint(move || self.keep());
            }
            changes
        });
        // A page that goes waits for no frame.
        let hidden = window_event_listener(ev::visibilitychange, move |_| self.keep());
        let left = window_event_listener(ev::pagehide, move |_| self.keep());
        let again = move || {
            if !self.shelf.with_untracked(|it| it.is_empty()) {
                self.try_again();
            }
        };
        // A browser that keeps no time has a button for it.
        let again = set_interval_with_handle(again, AGAIN).ok();
        let storage = window_event_listener(ev::storage, move |event| {
            self.heed_other_tab(event.key().as_deref(), event.new_value().as_deref());
        });
        let unload = window_event_listener(ev::beforeunload, move |event| {
            self.keep();
            if !self.shelf.with_untracked(|it| it.is_empty()) {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            hidden.remove();
            left.remove();
            storage.remove();
            unload.remove();
            _ = again.map(|it| it.clear());
        });
    }

    /// Writes the open plan if it was changed since the last time.
    pub(super) fn keep(self) {
        let is_own = matches!(self.shown.get_untracked(), Shown::Own(_));
        if is_own && self.role.get_untracked() == Role::Writer && self.written.get_untracked() != self.changes() {
            self.write();
        }
    }

    /// Writes the open plan. While another tab's version lies there, a change made here makes a plan of its own.
    pub(super) fn write(self) {
        let Shown::Own(id) = self.shown.get_untracked() else { return };
        self.written.set(self.changes());
        let plan = self.session.base_untracked();
        match self.put(id, &plan, self.known.get_untracked()) {
            Ok(rev) => {
                self.mark_saved(rev);
                self.count_change();
            }
            Err(StoreError::Changed | StoreError::Gone) => self.fork(),
            Err(StoreError::Newer { .. }) => {
                self.saved.set(Saved::Failed);
                self.stop_for_newer();
            }
            Err(StoreError::Blocked | StoreError::Full { .. }) => self.saved.set(Saved::Failed),
        }
    }

    /// Writes any plan; what storage refuses goes on the shelf.
    pub(super) fn put(self, id: PlanId, plan: &Plan, known: Option<u64>) -> Result<u64, StoreError> {
        let result = store::write(id, plan, clock::now(), known);
        match result {
            Ok(_) => self.shelf.update(|it| _ = it.take(id)),
            Err(StoreError::Changed | StoreError::Gone) => {}
            Err(StoreError::Blocked | StoreError::Full { .. } | StoreError::Newer { .. }) => {
                let plan = Arc::new(plan.clone());
                self.shelf.update(|it| it.put(id, Shelved { plan, known }));
            }
        }
        self.settle(result.err());
        result
    }

    /// Says anew which plans there are, and whether any of them lives in this tab only.
    pub(super) fn settle(self, refused: Option<StoreError>) {
        let is_empty = self.shelf.with_untracked(|it| it.is_empty());
        let refusal = if is_empty { None } else { refused.or(self.refusal.get_untracked()) };
        if self.refusal.get_untracked() != refusal {
            self.refusal.set(refusal);
        }
        self.scans.update(|it| *it += 1);
    }

    /// What the journal had and storage has no room for lives in this tab.
    pub(super) fn shelve(self, settled: Settled) {
        let Settled { healed, homeless } = settled;
        self.healed.set(healed);
        let chars = homeless.first().map(|(_, plan, _)| plan.to_compact_json().chars().count());
        for (id, plan, known) in homeless {
            self.shelf.update(|it| it.put(id, Shelved { plan: Arc::new(plan), known }));
        }
        if let Some(chars) = chars {
            self.settle(Some(StoreError::Full { chars }));
        }
    }

    /// What of the open plan the journal knew better when the page began, tracked.
    pub fn healed(self) -> Option<Healed> {
        let Shown::Own(id) = self.shown.get() else { return None };
        self.healed.with(|all| all.iter().find(|it| it.id == id).copied())
    }

    pub fn dismiss_healed(self) {
        self.healed.set(Vec::new());
    }

    // ---- Room, and files ----

    /// Looks whether there is little room left, and whether it is time to make a file.
    pub(super) fn take_stock(self) {
        let percent = store::percent_taken();
        self.crowded.set((CROWDED <= percent).then_some(percent));
        self.remind(Exported::now());
    }

    /// So many hundredths of storage are taken, where that is worth a word.
    pub fn crowded(self) -> Option<usize> {
        self.crowded.get()
    }

    pub fn dismiss_crowded(self) {
        self.crowded.set(None);
    }

    /// When files were last made, where it is time to make some.
    pub fn reminder(self) -> Option<Exported> {
        self.reminder.get()
    }

    pub fn dismiss_reminder(self) {
        let hushed = Exported::now().hush(clock::now());
        hushed.remember();
        self.reminder.set(None);
    }

    pub fn mark_exported(self) {
        Exported::now().exported(clock::now()).remember();
        self.reminder.set(None);
    }

    fn count_change(self) {
        let before = Exported::now();
        if before.changes == 0 && store::is_secure() {
            store::persist();
        }
        let now = before.changed(clock::now());
        now.remember();
        self.remind(now);
    }

    fn remind(self, exported: Exported) {
        let due = exported.is_due(clock::now()).then_some(exported);
        if self.reminder.get_untracked().is_some() != due.is_some() {
            self.reminder.set(due);
        }
    }

    fn mark_saved(self, rev: u64) {
        self.known.set(Some(rev));
        let now = Saved::At(Moment::now().time());
        if self.saved.get_untracked() != now {
            self.saved.set(now);
        }
    }
}
