//! Two tabs with the same plan: one writes it, the other looks on and can ask to write. Where neither knows of the other,
//! neither writes over what the other did.

use leptos::prelude::*;

use super::{Library, Saved, Shown, new_id};
use crate::edge::clock::Moment;
use crate::edge::store::tab::{self, Heard};
use crate::edge::store::{self, PlanId, slot};
use crate::plan::SCHEMA;
use crate::say;
use crate::session::Access;
use crate::views::notice::Notice;

/// What another tab did to the open plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    Changed,
    Deleted,
    /// A newer version of the page wrote it.
    Newer,
}

/// What this tab is to the open plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Writer,
    /// Another tab writes it; this one follows.
    Reader,
}

impl Library {
    /// What another tab did to the open plan since it was opened here.
    pub fn elsewhere(self) -> Option<Elsewhere> {
        self.elsewhere.get()
    }

    pub fn role(self) -> Role {
        self.role.get()
    }

    /// Asks the tab that writes the open plan to let this one.
    pub fn edit_here(self) {
        tab::take_over();
    }

    /// Says which plan this tab has open. Until it hears otherwise it writes it.
    pub(super) fn hold(self, shown: Shown) {
        let now = if let Shown::Own(id) | Shown::Earlier(id, _) = shown { Some(id) } else { None };
        if self.held.get_untracked() == now {
            return;
        }
        self.held.set(now);
        self.role.set(Role::Writer);
        match now {
            Some(id) => tab::hold(id, move |heard| self.heed(id, heard)),
            None => tab::let_go(),
        }
    }

    fn heed(self, id: PlanId, heard: Heard) -> Option<String> {
        if self.held.get_untracked() != Some(id) {
            return None;
        }
        match heard {
            Heard::Asked => {
                self.keep();
                return store::latest(id);
            }
            Heard::Reader => {
                // Taken without a word from a tab that was asleep: what it had not written is written, or goes on as a copy.
                self.keep();
                if self.held.get_untracked() == Some(id) {
                    self.set_role(Role::Reader);
                }
            }
            Heard::Writer(text) => {
                // What the other tab wrote last may not have come here yet. If it finds no room, it is there already.
                _ = text.map(|it| store::heal(id, &it));
                self.catch_up(id);
                self.set_role(Role::Writer);
            }
        }
        None
    }

    fn set_role(self, role: Role) {
        self.role.set(role);
        if matches!(self.shown.get_untracked(), Shown::Own(_)) {
            self.session.allow(if role == Role::Reader { Access::Preview } else { Access::Own });
        }
    }

    /// Shows the version that another tab wrote, where nothing was changed here since.
    fn catch_up(self, id: PlanId) {
        let is_open = self.shown.get_untracked() == Shown::Own(id);
        if !is_open || self.written.get_untracked() != self.changes() {
            return;
        }
        let Some(kept) = store::read(id).filter(|it| self.known.get_untracked() < Some(it.rev)) else { return };
        let Ok((plan, _)) = kept.plan else { return };
        let access = if self.role.get_untracked() == Role::Reader { Access::Preview } else { Access::Own };
        match self.session.is_trial_now() {
            true => self.by_hand(move |hands| (hands.reopen)(self.session, plan, access)),
            false => self.session.open(plan, access),
        }
        self.known.set(Some(kept.rev));
        self.saved.set(Saved::At(Moment::at(kept.saved.unwrap_or_default()).time()));
        self.elsewhere.set(None);
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
        let title = self.copy_title(&self.session.base_untracked().title);
        if let Shown::Own(id) = self.shown.get_untracked() {
            self.shelf.update(|it| _ = it.take(id));
        }
        let id = new_id();
        self.shown.set(Shown::Own(id));
        self.hold(Shown::Own(id));
        self.session.allow(Access::Own);
        self.known.set(None);
        self.elsewhere.set(None);
        store::remember(store::Note::Open, &id.to_string());
        // The title was made to fit; were it refused, the copy would have the old one.
        _ = self.session.retitle(title.clone());
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
            match value.and_then(slot::glance) {
                Some(head) if SCHEMA < head.schema => self.stop_for_newer(),
                Some(head) if Some(head.rev) <= self.known.get_untracked() => {}
                Some(_) if self.role.get_untracked() == Role::Reader => self.catch_up(open),
                Some(_) => self.elsewhere.set(Some(Elsewhere::Changed)),
                None if store::texts(open).is_empty() => self.elsewhere.set(Some(Elsewhere::Deleted)),
                None => {}
            }
        }
        self.try_again();
    }

    /// A newer version of the page has the plan: this one writes it no more. What was not written stays in this tab.
    pub(super) fn stop_for_newer(self) {
        self.session.allow(Access::Preview);
        self.elsewhere.set(Some(Elsewhere::Newer));
    }
}
