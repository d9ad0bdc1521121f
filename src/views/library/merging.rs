//! What goes out and what comes in is remembered by its version, so that what somebody else makes of a plan can be merged with
//! what became of it here. Nothing is written before the user says so; what is replaced is kept, and one step of undo brings
//! it back.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Library, Role, Shown};
use crate::edge::clock;
use crate::edge::store::kin::{self, Standing};
use crate::edge::store::snapshot::{self, Cause, Label};
use crate::edge::store::{self, PlanId, StoreError};
use crate::plan::{Edit, Plan, merge};
use crate::say;
use crate::views::notice::Notice;

/// A plan of this machine, beside the one that is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub id: PlanId,
    pub title: String,
    /// None: they have nothing in common that anybody knows of.
    pub standing: Option<Standing>,
}

impl Library {
    /// The plans that the one on screen can be compared with: those that are one with it first, then the one that was open.
    pub fn beside(self) -> Vec<Mine> {
        let theirs = self.session.base_untracked();
        let kin = kin::of(&theirs);
        let mine = |entry: &super::Entry| {
            let standing = kin.iter().find(|it| it.0 == entry.id).map(|it| it.1.clone());
            Some(Mine { id: entry.id, title: entry.title()?.to_owned(), standing })
        };
        let behind = self.behind.get_untracked();
        let rank = |it: &Mine| match it.standing {
            Some(_) => 0,
            None if Some(it.id) == behind => 1,
            None => 2,
        };
        crate::order::by_number(self.entries_now().iter().filter_map(mine).collect(), rank)
    }

    /// A plan of this machine as it is now.
    pub fn mine(self, id: PlanId) -> Option<Arc<Plan>> {
        self.get(id).map(|it| it.0)
    }

    /// Puts what came of my plan and the one that is looked at in the place of mine, in one step that can be undone.
    pub fn take_in(self, id: PlanId, plan: &Plan, cause: Cause) -> bool {
        let theirs = self.session.base_untracked();
        let Some((mine, _)) = self.get(id) else { return false };
        let now = clock::now();
        let saved = store::read(id).and_then(|it| it.saved).unwrap_or(now);
        let kept = snapshot::keep(id, &mine, &Label::Before(cause), saved, now);
        // Without the way back nothing is replaced.
        if let Err(error) = kept.and_then(|_| self.remember_version(id, &theirs, Label::Received)) {
            let said = untrack(|| super::super::fault::of_store(self.words, error));
            self.notices.say(Notice::Problem(said));
            return false;
        }
        store::forget(store::Note::Link);
        if !self.show_kept(id) {
            return false;
        }
        self.arrive();
        if self.role.get_untracked() == Role::Reader {
            self.notices.say(Notice::Problem(untrack(|| say!(self.words, store.reader_title)).into_owned()));
            return false;
        }
        let later = theirs.ancestors.sums().iter().copied();
        let plan = Plan { ancestors: mine.ancestors.after(later), ..plan.clone() };
        let done = self.session.edit(Edit::Batch(merge::edits(&mine, &plan)));
        let is_done = done.is_ok();
        self.notices.heed(done);
        self.keep();
        if is_done {
            let said = untrack(|| match cause {
                Cause::Merge => say!(self.words, merge.merged_into, title = plan.title.clone()),
                _ => say!(self.words, merge.replaced, title = plan.title.clone()),
            });
            self.notices.undoable(said.into_owned(), move || self.session.undo());
        }
        is_done
    }

    /// The plan as it goes out: with what it is made of.
    pub fn outgoing(self, plan: &Plan) -> Plan {
        match self.shown.get_untracked() {
            Shown::Own(id) => Plan { ancestors: kin::ancestors(id, plan), ..plan.clone() },
            _ => plan.clone(),
        }
    }

    /// Remembers a version of the open plan that went out.
    pub fn mark_sent(self, plan: &Plan) {
        if let Shown::Own(id) = self.shown.get_untracked() {
            // Where there is no room for it, what comes back is compared and not merged.
            _ = self.remember_version(id, plan, Label::Sent);
        }
    }

    /// Remembers in which version a plan came.
    pub(super) fn keep_received(self, id: PlanId, plan: &Plan) {
        // The same.
        _ = self.remember_version(id, plan, Label::Received);
    }

    fn remember_version(self, id: PlanId, plan: &Plan, label: Label) -> Result<(), StoreError> {
        if kin::has(id, plan, &label) {
            return Ok(());
        }
        let now = clock::now();
        snapshot::keep(id, plan, &label, now, now).map(|_| ())
    }
}
