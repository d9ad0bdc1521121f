//! The plans on this machine: which one is open, and that every change of it is kept.
//!
//! What comes by a link is shown and never written until the user takes it. A plan that storage refuses stays in this
//! tab, on the shelf, and is listed with the others. No plan is ever written over a version that this tab has not seen, and
//! of several tabs with the same plan one writes.

mod backup;
mod entry;
mod incoming;
mod keeping;
mod manage;
mod merging;
mod screen;
mod shelf;
mod tabs;
mod trial;
mod versions;

use super::app::Here;
use super::later::{Hands, ReadLink, by_hand};
use super::notice::Notices;
use super::route::{Address, Route};
use crate::edge::plan_link::PlanLinkError;
use crate::edge::store::exported::Exported;
use crate::edge::store::journal::Settled;
use crate::edge::store::{self, Backup, Healed, Note, PlanId, StoreError};
use crate::edge::what_if::WhatIfLink;
use crate::edge::{address, clock};
use crate::i18n::{Words, use_words};
use crate::live::Held;
use crate::plan::Plan;
use crate::session::Session;
use shelf::{Shelf, Shelved};

pub use backup::{Offered, Standing};
pub use entry::{Entry, Place, What};
pub use incoming::{FileFault, LinkFault, SealedLink, Trouble, link_reader};
use manage::Deleted;
pub use merging::Mine;
pub use tabs::{Elsewhere, Role};
pub use versions::Version;

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

/// What is on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Nothing,
    Own(PlanId),
    Preview,
    /// An earlier version of a plan, by when it was taken.
    Earlier(PlanId, u64),
}

/// The plans on this machine.
#[derive(Clone, Copy)]
pub struct Library {
    session: Session,
    here: Here,
    notices: Notices,
    words: Words,
    shown: Held<Shown>,
    saved: Held<Saved>,
    /// Whether this tab writes the open plan, and of which plan it said that it has it open.
    role: Held<Role>,
    held: Held<Option<PlanId>>,
    /// This start opens no plan by itself.
    is_safe: Held<bool>,
    /// What the journal knew better when the page began.
    healed: Held<Vec<Healed>>,
    /// So many hundredths of storage are taken, as far as they are worth a word.
    crowded: Held<Option<usize>>,
    /// It is time to make a file of the plans.
    reminder: Held<Option<Exported>>,
    /// The version of the open plan that this tab read or wrote last.
    known: Held<Option<u64>>,
    /// The count of the session's changes that is written.
    written: Held<u64>,
    /// What was open before the preview.
    behind: Held<Option<PlanId>>,
    shelf: Held<Shelf>,
    refusal: Held<Option<StoreError>>,
    elsewhere: Held<Option<Elsewhere>>,
    trouble: Held<Option<Trouble>>,
    /// A link that waits for its passphrase, and whether the dialog asks for it.
    sealed: Held<Option<SealedLink>>,
    /// What reads links, once it is here.
    read_link: Held<Option<ReadLink>>,
    pub asks_passphrase: Held<bool>,
    /// A what-if that waits for a plan, and one that is tried out over the plan on screen.
    waiting: Held<Option<WhatIfLink>>,
    received: Held<Option<WhatIfLink>>,
    deleted: Held<Option<Deleted>>,
    /// A backup that is looked at, and whether the dialog shows it.
    backup: Held<Option<Backup>>,
    pub asks_backup: Held<bool>,
    /// The plan whose earlier versions are listed, and whether the dialog lists them.
    listed: Held<Option<PlanId>>,
    pub asks_versions: Held<bool>,
    /// Counts what changed among the kept plans: whoever lists them watches it.
    scans: Held<u64>,
}

impl Library {
    pub fn new(session: Session, here: Here, notices: Notices, read_link: Option<ReadLink>) -> Library {
        Library {
            session,
            here,
            notices,
            words: use_words(),
            shown: Held::new(Shown::Nothing),
            saved: Held::new(Saved::Nothing),
            role: Held::new(Role::Writer),
            held: Held::new(None),
            is_safe: Held::new(store::is_safe_start()),
            healed: Held::new(Vec::new()),
            crowded: Held::new(None),
            reminder: Held::new(None),
            known: Held::new(None),
            written: Held::new(0),
            behind: Held::new(None),
            shelf: Held::new(Shelf::default()),
            refusal: Held::new(None),
            elsewhere: Held::new(None),
            trouble: Held::new(None),
            sealed: Held::new(None),
            read_link: Held::new(read_link),
            asks_passphrase: Held::new(false),
            waiting: Held::new(None),
            received: Held::new(None),
            deleted: Held::new(None),
            backup: Held::new(None),
            asks_backup: Held::new(false),
            listed: Held::new(None),
            asks_versions: Held::new(false),
            scans: Held::new(0),
        }
    }

    /// Opens what this tab had open, or what was open last on this machine, if anything was. From now on every change
    /// is kept.
    pub fn resume(self, settled: Settled) {
        self.follow();
        self.shelve(settled);
        self.take_stock();
        let trouble = self.trouble.get_untracked();
        self.show_remembered();
        self.resume_trial();
        // What was wrong with the address is still to be said; a what-if may have found its plan meanwhile.
        let is_over = matches!(trouble, Some(Trouble::Link(LinkFault::Link(PlanLinkError::WhatIf(..)))))
            && self.waiting.with_untracked(Option::is_none);
        if trouble.is_some() && !is_over {
            self.trouble.set(trouble);
        }
    }

    fn show_remembered(self) {
        if self.is_safe.get_untracked() {
            return;
        }
        let remembered = [Note::Open, Note::Last].into_iter().find_map(kept_plan);
        if self.is_preview_now() {
            self.behind.set(remembered);
            return;
        }
        let asked = Route::read(&address::hash());
        let link = store::recall(Note::Link);
        let looked = link.as_ref().map(|link| self.look_at(link));
        if let Some(Ok(_)) = looked {
            self.behind.set(remembered);
        } else if let Some(id) = remembered {
            self.show_kept(id);
        }
        match (link, looked) {
            (Some(text), Some(Err(LinkFault::Link(PlanLinkError::Sealed(bytes))))) => {
                self.ask_for_passphrase(&text, bytes);
            }
            (Some(_), Some(Err(fault @ LinkFault::NotHere))) => self.say_trouble(Trouble::Link(fault)),
            _ => {}
        }
        if !matches!(asked, Address::Route(_)) && self.shown.get_untracked() != Shown::Nothing {
            self.arrive();
            address::replace_hash(self.here.0.get_untracked().hash());
        }
    }

    fn by_hand(self, act: impl FnOnce(Hands) + 'static) {
        by_hand(self.words, self.notices, act);
    }

    /// Some plan is on screen, one's own or a preview.
    pub fn is_open(self) -> bool {
        self.shown.get() != Shown::Nothing
    }

    /// What is on screen came by a link and is not kept.
    pub fn is_preview(self) -> bool {
        self.shown.get() == Shown::Preview
    }

    pub fn is_shown(self, id: PlanId) -> bool {
        self.shown.get() == Shown::Own(id)
    }

    /// This start opened no plan by itself, and nobody has opened one since.
    pub fn is_safe(self) -> bool {
        self.is_safe.get() && !self.is_open()
    }

    /// Opens the page again as usual.
    pub fn leave_safe(self) {
        self.is_safe.set(false);
        address::leave_search();
        self.show_remembered();
    }

    pub fn saved(self) -> Saved {
        self.saved.get()
    }

    /// Keeps a new plan on this machine and shows it.
    pub fn create(self, plan: Plan) {
        self.keep();
        let id = new_id();
        self.show(Shown::Own(id), plan, Vec::new());
        self.known.set(None);
        self.write();
        self.arrive();
    }

    /// Shows a kept plan.
    pub fn open(self, id: PlanId) {
        if self.shown.get_untracked() == Shown::Own(id) || self.show_kept(id) {
            self.arrive();
        }
    }
}

fn new_id() -> PlanId {
    PlanId::of(clock::random())
}

/// The plan that a note names, if it is still there and can be read.
fn kept_plan(note: Note) -> Option<PlanId> {
    let id = store::recall(note)?.parse().ok()?;
    store::read(id)?.plan.is_ok().then_some(id)
}
