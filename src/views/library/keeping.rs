//! Every change is written behind the frame that shows it, and before the page goes. What storage refuses goes on the shelf, and
//! what another tab wrote is never written over.

use leptos::ev;
use leptos::prelude::*;

use super::super::settle::after_paint;
use super::{Library, Saved, Shelved, Shown, new_id};
use crate::edge::clock::{self, Moment};
use crate::edge::store::{self, PlanId, StoreError};
use crate::plan::Plan;

impl Library {
    /// Why storage refuses plans, while any lives in this tab only.
    pub fn refusal(self) -> Option<StoreError> {
        self.refusal.get()
    }

    /// Tries again to keep what storage refused.
    pub fn try_again(self) {
        for (id, Shelved { plan, known }) in self.shelf.get_untracked().all().iter().cloned() {
            let is_open = self.shown.get_untracked() == Shown::Own(id);
            let plan = if is_open { self.session.plan_untracked() } else { plan };
            match self.put(id, &plan, known) {
                Ok(saved) if is_open => self.mark_saved(saved),
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
        });
    }

    /// Writes the open plan if it was changed since the last time.
    pub(super) fn keep(self) {
        let is_own = matches!(self.shown.get_untracked(), Shown::Own(_));
        if is_own && self.written.get_untracked() != self.changes() {
            self.write();
        }
    }

    /// Writes the open plan. While another tab's version lies there, a change made here makes a plan of its own.
    pub(super) fn write(self) {
        let Shown::Own(id) = self.shown.get_untracked() else { return };
        self.written.set(self.changes());
        let plan = self.session.plan_untracked();
        match self.put(id, &plan, self.known.get_untracked()) {
            Ok(saved) => self.mark_saved(saved),
            Err(StoreError::Changed | StoreError::Gone) => self.fork(),
            Err(StoreError::Blocked | StoreError::Full { .. }) => self.saved.set(Saved::Failed),
        }
    }

    /// Writes any plan; what storage refuses goes on the shelf.
    pub(super) fn put(self, id: PlanId, plan: &Plan, known: Option<u64>) -> Result<u64, StoreError> {
        let saved = clock::now().max(known.map_or(0, |it| it + 1));
        let result = store::write(id, plan, saved, known);
        match result {
            Ok(()) => self.shelf.update(|it| _ = it.take(id)),
            Err(StoreError::Changed | StoreError::Gone) => {}
            Err(StoreError::Blocked | StoreError::Full { .. }) => {
                let plan = std::sync::Arc::new(plan.clone());
                self.shelf.update(|it| it.put(id, Shelved { plan, known }));
            }
        }
        self.settle(result.err());
        result.map(|()| saved)
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

    fn mark_saved(self, saved: u64) {
        self.known.set(Some(saved));
        let now = Saved::At(Moment::at(saved).time());
        if self.saved.get_untracked() != now {
            self.saved.set(now);
        }
    }
}
