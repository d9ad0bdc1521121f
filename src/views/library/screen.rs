//! What is on screen: a plan is put there, shown again as it is kept, and taken off.

use leptos::prelude::*;

use super::{Library, Role, Saved, Shelved, Shown, Trouble};
use crate::edge::clock;
use crate::edge::store::{self, Note, PlanId};
use crate::plan::check::Repair;
use crate::plan::{Dimension, Plan};
use crate::session::Access;
use crate::views::focus;
use crate::views::route::Route;

impl Library {
    /// Puts a plan on screen. What was there is kept already.
    pub(super) fn show(self, shown: Shown, plan: Plan, repairs: Vec<Repair>) {
        self.notices.clear();
        let mended = (!repairs.is_empty()).then(|| Trouble::Mended { unit: plan.unit.clone(), repairs });
        let access = if matches!(shown, Shown::Own(_)) { Access::Own } else { Access::Preview };
        self.hold(shown);
        self.session.open(plan, if self.role.get_untracked() == Role::Reader { Access::Preview } else { access });
        self.written.set(self.changes());
        self.elsewhere.set(None);
        self.trouble.set(mended);
        self.shown.set(shown);
        match shown {
            Shown::Own(id) => {
                store::forget(Note::Link);
                store::remember(Note::Open, &id.to_string());
                store::remember(Note::Last, &id.to_string());
            }
            Shown::Preview | Shown::Earlier(..) | Shown::Nothing => self.saved.set(Saved::Nothing),
        }
        self.received.set(None);
        if let Some(link) = self.waiting.get_untracked() {
            self.waiting.set(None);
            self.try_over(link);
        }
    }

    /// Shows a plan as it is kept or lies on the shelf. False if there is none that can be read.
    pub(super) fn show_kept(self, id: PlanId) -> bool {
        self.keep();
        if let Some(Shelved { plan, known }) = self.shelf.with_untracked(|it| it.get(id).cloned()) {
            self.show(Shown::Own(id), Plan::clone(&plan), Vec::new());
            self.known.set(known);
            self.saved.set(Saved::Failed);
            return true;
        }
        let Some(kept) = store::read(id) else { return false };
        let Ok((plan, repairs)) = kept.plan else { return false };
        self.show(Shown::Own(id), plan, repairs);
        self.known.set(Some(kept.rev));
        self.saved.set(Saved::At(clock::Moment::at(kept.saved.unwrap_or_default()).time()));
        if kept.harmed != 0 {
            self.say_trouble(Trouble::Harmed(id));
        }
        true
    }

    /// Takes the plan off the screen.
    pub(super) fn close(self) {
        self.shown.set(Shown::Nothing);
        self.hold(Shown::Nothing);
        self.saved.set(Saved::Nothing);
        self.elsewhere.set(None);
        self.trouble.set(None);
        store::forget(Note::Open);
        store::forget(Note::Link);
        self.go(Route::Start);
    }

    /// Goes to the page on which work on the plan begins.
    pub(super) fn arrive(self) {
        let has_target = self.session.base_untracked().goal.target.is_some();
        self.go(if has_target { Route::Sheet(Dimension::Organisation) } else { Route::Goal });
    }

    pub(super) fn go(self, route: Route) {
        if self.here.0.get_untracked() != route {
            self.here.0.set(route);
        }
        focus::to_page();
    }

    pub(super) fn is_preview_now(self) -> bool {
        self.shown.get_untracked() == Shown::Preview
    }

    pub(super) fn changes(self) -> u64 {
        untrack(|| self.session.changes())
    }
}
