//! What is tried out survives a reload: kept for this tab while it changes, and tried out again over the plan that it was
//! made over. What the plan no longer takes is said, as of a what-if that came by a link.

use leptos::prelude::*;

use super::{Library, Shown};
use crate::edge::plan_link::PlanLinkError;
use crate::edge::trial::{self, Kept};
use crate::edge::what_if::WhatIfLink;

impl Library {
    /// What lies under a trial, as this tab would name it after a reload. None of what is not shown again then.
    fn over(self) -> Option<String> {
        match self.shown.get_untracked() {
            Shown::Own(id) => Some(id.to_string()),
            Shown::Preview => Some("preview".to_owned()),
            Shown::Nothing | Shown::Earlier(..) => None,
        }
    }

    /// Keeps what is tried out by now, and what waits to be tried out again.
    pub fn keep_trial(self) {
        let view = untrack(|| self.session.what_if());
        let shown = view.map_or(trial::Shown::Base, |it| it.of.map_or(trial::Shown::Trial, trial::Shown::Scenario));
        let edits = self.session.unkept();
        let link = match edits.is_empty() && shown != trial::Shown::Trial {
            true => None,
            false => WhatIfLink::of(&self.session.base_untracked(), String::new(), edits).write(),
        };
        let is_nothing = link.is_none() && !matches!(shown, trial::Shown::Scenario(_));
        match self.over().filter(|_| !is_nothing) {
            Some(over) => trial::keep(&Kept { over, shown, link }),
            None => trial::forget(),
        }
    }

    /// Tries out again what this tab tried out before it was loaded anew.
    pub(super) fn resume_trial(self) {
        let Some(Kept { over, shown, link }) = trial::recall() else { return };
        if self.over().as_ref() != Some(&over) {
            return trial::forget();
        }
        if let trial::Shown::Scenario(id) = shown {
            let over = over.clone();
            self.by_hand(move |hands| {
                if self.is_over(&over) {
                    (hands.look_at)(self.session, id);
                }
            });
        }
        let Some(text) = link else { return };
        self.with_link_reader(Box::new(move || {
            let read = self.read_link.get_untracked().map(|read| read(&text));
            let Some(Err(PlanLinkError::WhatIf(link, _))) = read else { return };
            if shown != trial::Shown::Trial {
                if self.over().as_ref() == Some(&over) {
                    self.session.set_aside(link.edits);
                }
                return;
            }
            self.by_hand(move |hands| {
                if !self.is_over(&over) {
                    return;
                }
                (hands.try_out)(self.session, &link.edits, None);
                // The plan is another one by now: edit by edit it is said what fits.
                if !link.is_over(&self.session.base_untracked()) {
                    self.received.set(Some(*link));
                }
            });
        }));
    }

    /// It is still that plan that is shown, and nothing else is tried out over it.
    fn is_over(self, over: &str) -> bool {
        self.over().as_deref() == Some(over) && !self.session.is_trial_now()
    }
}
