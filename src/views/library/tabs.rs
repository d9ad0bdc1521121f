//! Two tabs with the same plan: neither writes over what the other did.

use leptos::prelude::*;

use super::{Library, Shown, new_id};
use crate::edge::store::{self, PlanId};
use crate::plan::Edit;
use crate::say;
use crate::views::notice::Notice;

/// What another tab did to the open plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    Changed,
    Deleted,
}

impl Library {
    /// What another tab did to the open plan since it was opened here.
    pub fn elsewhere(self) -> Option<Elsewhere> {
        self.elsewhere.get()
    }

    /// Shows the version that the other tab wrote.
    pub fn show_theirs(self) {
        if let Shown::Own(id) = self.shown.get_untracked() {
            self.written.set(self.changes());
            self.show_kept(id);
        }
    }

    /// Goes on here with a plan of its own, beside the one that another tab wrote.
    pub fn fork(self) {
        let title = self.copy_title(&self.session.plan_untracked().title);
        if let Shown::Own(id) = self.shown.get_untracked() {
            self.shelf.update(|it| _ = it.take(id));
        }
        let id = new_id();
        self.shown.set(Shown::Own(id));
        self.known.set(None);
        self.elsewhere.set(None);
        store::remember(store::Note::Open, &id.to_string());
        // The title was made to fit; were it refused, the copy would have the old one.
        _ = self.session.edit(Edit::Title(title.clone()));
        self.write();
        self.notices.say(Notice::Done(untrack(|| say!(self.words, share.forked, title = title.clone())).into_owned()));
    }

    /// Heeds a write of another tab. No key: everything was cleared.
    pub(super) fn heed_other_tab(self, key: Option<&str>, value: Option<&str>) {
        let changed = key.and_then(PlanId::of_key);
        if key.is_some() && changed.is_none() {
            return;
        }
        self.scans.update(|it| *it += 1);
        if let Shown::Own(open) = self.shown.get_untracked()
            && changed.is_none_or(|it| it == open)
            && self.known.get_untracked().is_some()
        {
            let is_ours = value.is_some() && value.and_then(store::stamp) == self.known.get_untracked();
            let elsewhere = if value.is_some() { Elsewhere::Changed } else { Elsewhere::Deleted };
            self.elsewhere.set((!is_ours).then_some(elsewhere));
        }
        self.try_again();
    }
}
