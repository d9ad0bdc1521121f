//! The plans on this machine: which one is open, and that every change of it is kept.

use leptos::prelude::*;

use super::app::Here;
use super::notice::Notices;
use super::route::Route;
use crate::plan::Plan;
use crate::session::{Access, Session};

/// Whether what is on screen is safe on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Nothing is open, or it is a preview.
    Nothing,
    /// The time of day.
    At(String),
    /// Storage is blocked or full: the plan lives in this tab only.
    Failed,
}

/// The plans on this machine.
#[derive(Clone, Copy)]
pub struct Library {
    session: Session,
    here: Here,
    notices: Notices,
    open: RwSignal<bool>,
    saved: RwSignal<Saved>,
}

impl Library {
    pub fn new(session: Session, here: Here, notices: Notices) -> Library {
        Library { session, here, notices, open: RwSignal::new(false), saved: RwSignal::new(Saved::Nothing) }
    }

    /// Opens what was open last, if anything was.
    pub fn resume(self) {}

    /// Some plan is on screen, one's own or a preview.
    pub fn is_open(self) -> bool {
        self.open.get()
    }

    pub fn saved(self) -> Saved {
        self.saved.get()
    }

    /// Keeps a new plan on this machine and shows it.
    pub fn create(self, plan: Plan) {
        self.notices.clear();
        self.session.open(plan, Access::Own);
        self.open.set(true);
        self.here.0.set(Route::Sheet(crate::plan::Dimension::Organisation));
    }

    /// Shows the plan of a link without writing anything.
    pub fn preview(self, _text: &str) {}
}
