//! Earlier versions of a plan: listed, named, looked at and brought back. Looking writes nothing; what is brought back is
//! written as the next version, and the one before it is kept.

use leptos::prelude::*;

use super::{Library, Role, Shown};
use crate::edge::clock;
use crate::edge::store::snapshot::{self, Cause, Label, Snapshot};
use crate::edge::store::{self, PlanId};
use crate::plan::Plan;
use crate::results::difference::{Difference, difference};
use crate::say;
use crate::views::notice::Notice;

/// An earlier version, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub taken: u64,
    pub saved: u64,
    pub label: Label,
    /// The plan, and what it is that is another in it than now; none where it cannot be read.
    pub plan: Option<(Plan, Difference)>,
}

/// The earlier version that is on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub saved: u64,
    pub label: Label,
}

impl Library {
    /// Opens the list of a plan's earlier versions.
    pub fn list_versions(self, id: PlanId) {
        self.keep();
        self.listed.set(Some(id));
        self.asks_versions.set(true);
    }

    /// The same, of the plan on screen.
    pub fn list_versions_here(self) {
        if let Shown::Own(id) | Shown::Earlier(id, _) = self.shown.get_untracked() {
            self.list_versions(id);
        }
    }

    /// The plan whose versions are listed, tracked.
    pub fn listed(self) -> Option<PlanId> {
        self.listed.get()
    }

    /// Its versions, the latest first, tracked.
    pub fn versions(self) -> Vec<Version> {
        self.scans.track();
        let Some(id) = self.listed.get() else { return Vec::new() };
        let now = self.get(id).map(|it| it.0);
        let version = |it: Snapshot| {
            let Snapshot { taken, saved, label, plan } = it;
            let differs = |plan: Plan| now.as_ref().map(|now| (plan.clone(), difference(&plan, now)));
            Version { taken, saved, label, plan: plan.ok().and_then(differs) }
        };
        snapshot::all(id).into_iter().map(version).collect()
    }

    /// Keeps the listed plan as it is now under a name.
    pub fn save_version(self, name: &str) {
        let name = snapshot::tidy(name);
        let Some(id) = self.listed.get_untracked().filter(|_| !name.is_empty()) else { return };
        self.keep();
        let Some((plan, _)) = self.get(id) else { return };
        let now = clock::now();
        let saved = store::read(id).and_then(|it| it.saved).unwrap_or(now);
        let kept = snapshot::keep(id, &plan, &Label::Named(name), saved, now);
        self.told_of(kept.map(|_| ()));
    }

    /// Keeps the plan on screen as it is before a table comes in. Undo goes back too, for as long as the page lives; this
    /// version outlives it, where there is room for one.
    pub fn keep_before_import(self) {
        self.keep();
        if let Shown::Own(id) = self.shown.get_untracked() {
            let now = clock::now();
            _ = snapshot::keep(id, &self.session.base_untracked(), &Label::Before(Cause::Import), now, now);
        }
    }

    /// Gives a version a name, or another one.
    pub fn name_version(self, taken: u64, name: &str) {
        if let Some(id) = self.listed.get_untracked().filter(|_| !snapshot::tidy(name).is_empty()) {
            self.told_of(snapshot::name(id, taken, name));
        }
    }

    /// Takes a version away, and offers the way back.
    pub fn remove_version(self, taken: u64) {
        let Some(id) = self.listed.get_untracked() else { return };
        let Some(text) = snapshot::remove(id, taken) else { return };
        self.scan();
        let said = untrack(|| say!(self.words, store.version_removed)).into_owned();
        self.notices.undoable(said, move || self.told_of(snapshot::put_back(id, taken, &text)));
    }

    fn told_of(self, result: Result<(), store::StoreError>) {
        if let Err(error) = result {
            let said = untrack(|| super::super::fault::of_store(self.words, error));
            self.notices.say(Notice::Problem(said));
        }
        self.scan();
    }

    fn scan(self) {
        self.scans.update(|it| *it += 1);
    }

    /// Shows an earlier version of the listed plan.
    pub fn look_at_version(self, taken: u64) {
        let Some(id) = self.listed.get_untracked() else { return };
        let Some(Ok(plan)) = snapshot::read(id, taken).map(|it| it.plan) else { return };
        self.keep();
        self.asks_versions.set(false);
        self.show(Shown::Earlier(id, taken), plan, Vec::new());
        self.arrive();
    }

    /// What is on screen is an earlier version, tracked.
    pub fn earlier(self) -> Option<Earlier> {
        let Shown::Earlier(id, taken) = self.shown.get() else { return None };
        snapshot::read(id, taken).map(|it| Earlier { saved: it.saved, label: it.label })
    }

    /// Goes back from it to the plan as it is.
    pub fn leave_earlier(self) {
        if let Shown::Earlier(id, _) = self.shown.get_untracked()
            && !self.show_kept(id)
        {
            self.close();
        }
    }

    /// Brings back the version on screen.
    pub fn restore_earlier(self) {
        if let Shown::Earlier(id, taken) = self.shown.get_untracked() {
            self.restore_version(id, taken);
        }
    }

    /// Brings an earlier version of a plan back. The one that it replaces is kept, and a button brings that back.
    pub fn restore_version(self, id: PlanId, taken: u64) {
        let is_open = matches!(self.shown.get_untracked(), Shown::Own(it) | Shown::Earlier(it, _) if it == id);
        if is_open && self.role.get_untracked() == Role::Reader {
            self.notices.say(Notice::Problem(untrack(|| say!(self.words, store.reader_title)).into_owned()));
            return;
        }
        self.keep();
        let Some(Ok(plan)) = snapshot::read(id, taken).map(|it| it.plan) else { return };
        let Some((mine, known)) = self.get(id) else { return };
        let now = clock::now();
        let saved = store::read(id).and_then(|it| it.saved).unwrap_or(now);
        let before = match snapshot::keep(id, &mine, &Label::Before(Cause::Restore), saved, now) {
            Ok(before) => before,
            // Without the way back nothing is replaced.
            Err(error) => return self.told_of(Err(error)),
        };
        if let Err(error) = self.put(id, &plan, known) {
            return self.told_of(Err(error));
        }
        self.asks_versions.set(false);
        if is_open {
            self.show_kept(id);
        }
        let said = untrack(|| say!(self.words, store.restored)).into_owned();
        self.notices.undoable(said, move || self.restore_version(id, before));
    }
}
