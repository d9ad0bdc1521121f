//! What comes from outside: a link is looked at, a file becomes a plan of its own. What cannot be read is said, and the
//! plan on screen stays.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Library, Saved, Shown, new_id};
use crate::edge::file::ReadError;
use crate::edge::plan_link::PlanLinkError;
use crate::edge::store::{self, BackupError, Note, PlanId, kin};
use crate::edge::what_if::WhatIfLink;
use crate::edge::{address, file};
use crate::plan::check::Repair;
use crate::plan::migrate::DecodeError;
use crate::plan::{Plan, Unit};
use crate::say;
use crate::views::later::{self, ReadLink};
use crate::views::notice::Notice;
use crate::views::route::{Address, Route};

/// What was wrong with something that came from outside. Stays on screen until the user takes it away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The address held a link that cannot be opened.
    Link(LinkFault),
    File {
        name: String,
        fault: FileFault,
    },
    /// The plan on screen was opened from one of its two slots; the other cannot be read.
    Harmed(PlanId),
    /// A what-if counts in something else than the plan.
    OtherUnit {
        theirs: Unit,
        ours: Unit,
    },
    /// The plan on screen was opened, and some of it was mended.
    Mended {
        unit: Unit,
        repairs: Vec<Repair>,
    },
}

/// Why a link shows no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// What was wrong with it.
    Link(PlanLinkError),
    /// What reads links could not be downloaded.
    NotHere,
}

/// What reads links, fetched before the app is there where it is to show one at once.
pub async fn link_reader() -> Option<ReadLink> {
    let is_asked = matches!(Route::read(&address::hash()), Address::Link(_)) || store::recall(Note::Link).is_some();
    if is_asked { later::links().await.ok() } else { None }
}

/// A link whose plan is behind a passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedLink {
    /// The link as it came, or the message around it.
    text: String,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    Plan(DecodeError),
    Backup(BackupError),
    Read(ReadError),
}

impl Library {
    pub fn trouble(self) -> Option<Trouble> {
        self.trouble.get()
    }

    pub fn say_trouble(self, trouble: Trouble) {
        self.trouble.set(Some(trouble));
    }

    pub fn dismiss_trouble(self) {
        self.trouble.set(None);
    }

    /// Shows the plan of a link that came in the address, without writing anything; or says what is wrong with it.
    pub fn preview(self, text: String) {
        self.open_link(text, move |fault| {
            // The address goes back to where the user is, so that a reload does not say the same again.
            let is_open = self.shown.get_untracked() != Shown::Nothing;
            address::replace_hash(if is_open { self.here.0.get_untracked().hash() } else { "" });
            self.say_trouble(Trouble::Link(fault));
        });
    }

    /// The same for a text that the user pasted: whoever asked says what is wrong.
    pub fn open_link(self, text: String, refused: impl FnOnce(LinkFault) + 'static) {
        self.with_link_reader(Box::new(move || {
            if let Err(fault) = self.opened_link(&text) {
                refused(fault);
            }
        }));
    }

    /// At once where links can be read already, else when they can, or when that was tried in vain.
    pub(super) fn with_link_reader(self, then: Box<dyn FnOnce()>) {
        if self.read_link.get_untracked().is_some() {
            return then();
        }
        spawn_local(async move {
            if let Ok(read_link) = later::links().await {
                self.read_link.set(Some(read_link));
            }
            then();
        });
    }

    fn opened_link(self, text: &str) -> Result<(), LinkFault> {
        let remembered = match self.look_at(text) {
            Err(LinkFault::Link(PlanLinkError::Sealed(bytes))) => {
                self.ask_for_passphrase(text, bytes);
                return Ok(());
            }
            Err(LinkFault::Link(PlanLinkError::WhatIf(link, repairs))) => {
                self.receive(*link, repairs);
                return Ok(());
            }
            other => other?,
        };
        self.arrive();
        if remembered {
            address::replace_hash(self.here.0.get_untracked().hash());
        }
        Ok(())
    }

    /// Shows the plan of a link. Says whether this tab will remember the link, so that the address need not.
    pub(super) fn look_at(self, text: &str) -> Result<bool, LinkFault> {
        let read_link = self.read_link.get_untracked().ok_or(LinkFault::NotHere)?;
        let (plan, repairs) = read_link(text).map_err(LinkFault::Link)?;
        Ok(self.look(text, plan, repairs))
    }

    fn look(self, text: &str, plan: Plan, repairs: Vec<Repair>) -> bool {
        self.look_at_plan(plan, repairs);
        store::remember(Note::Link, text)
    }

    fn look_at_plan(self, plan: Plan, repairs: Vec<Repair>) {
        self.keep();
        if let Shown::Own(id) = self.shown.get_untracked() {
            self.behind.set(Some(id));
        }
        self.show(Shown::Preview, kin::received(plan), repairs);
    }

    /// Tries a what-if out over the plan that it was made over, if that is kept here, or over the one on screen; or over the
    /// next one that is opened. Nothing is written.
    pub fn receive(self, link: WhatIfLink, repairs: Vec<Repair>) {
        let is_open = self.shown.get_untracked() != Shown::Nothing;
        // While it waits for a plan it stays in the address, so that a reload does not lose it.
        if is_open {
            address::replace_hash(self.here.0.get_untracked().hash());
        }
        let is_here = is_open && link.is_over(&self.session.base_untracked());
        let own = if is_here { None } else { store::ids().into_iter().find(|it| self.is_made_over(&link, *it)) };
        let unit = link.unit.clone();
        match own {
            // It is tried out as soon as the plan is there.
            Some(id) => {
                self.waiting.set(Some(link));
                self.open(id);
            }
            None if is_open => self.try_over(link),
            None => {
                let waits = PlanLinkError::WhatIf(Box::new(link.clone()), Vec::new());
                self.say_trouble(Trouble::Link(LinkFault::Link(waits)));
                self.waiting.set(Some(link));
            }
        }
        if !repairs.is_empty() {
            self.say_trouble(Trouble::Mended { unit, repairs });
        }
    }

    fn is_made_over(self, link: &WhatIfLink, id: PlanId) -> bool {
        store::read(id).and_then(|it| it.plan.ok()).is_some_and(|(plan, _)| link.is_over(&plan))
    }

    pub(super) fn try_over(self, link: WhatIfLink) {
        let ours = self.session.base_untracked().unit.clone();
        if link.unit != ours {
            return self.say_trouble(Trouble::OtherUnit { theirs: link.unit, ours });
        }
        self.by_hand(move |hands| {
            (hands.try_out)(self.session, &link.edits, None);
            self.received.set(Some(link));
        });
    }

    /// The what-if of a link that is tried out, tracked.
    pub fn received(self) -> Option<WhatIfLink> {
        self.received.get()
    }

    pub fn dismiss_received(self) {
        self.received.set(None);
    }

    /// Until somebody has typed it, what is on screen stays, and the address too: a reload asks again.
    pub(super) fn ask_for_passphrase(self, text: &str, bytes: Vec<u8>) {
        self.sealed.set(Some(SealedLink { text: text.to_owned(), bytes }));
        self.asks_passphrase.set(true);
    }

    /// The link that waits for its passphrase.
    pub fn sealed(self) -> Option<SealedLink> {
        self.sealed.get_untracked()
    }

    /// Shows what was behind the passphrase. This tab remembers the link, and not the passphrase.
    pub fn unsealed(self, plan: Plan, repairs: Vec<Repair>) {
        let Some(link) = self.sealed.get_untracked() else { return };
        self.sealed.set(None);
        self.asks_passphrase.set(false);
        self.look(&link.text, plan, repairs);
        self.arrive();
        address::replace_hash(self.here.0.get_untracked().hash());
    }

    /// Tries out the what-if that was behind the passphrase.
    pub fn unsealed_what_if(self, link: WhatIfLink, repairs: Vec<Repair>) {
        self.sealed.set(None);
        self.asks_passphrase.set(false);
        self.receive(link, repairs);
    }

    /// Nobody typed it: the address goes back to where the user is.
    pub fn leave_sealed(self) {
        if self.sealed.get_untracked().is_none() {
            return;
        }
        self.sealed.set(None);
        let is_open = self.shown.get_untracked() != Shown::Nothing;
        address::replace_hash(if is_open { self.here.0.get_untracked().hash() } else { "" });
    }

    /// Keeps the plan that is looked at: it becomes one of the user's own.
    pub fn take_preview(self) {
        if !self.is_preview_now() {
            return;
        }
        let id = new_id();
        let received = self.session.base_untracked();
        self.shown.set(Shown::Own(id));
        self.hold(Shown::Own(id));
        self.known.set(None);
        store::forget(Note::Link);
        store::remember(Note::Open, &id.to_string());
        store::remember(Note::Last, &id.to_string());
        self.session.take();
        let title = self.session.base_untracked().title.clone();
        if self.is_taken(&title) {
            // The title was made to fit; were it refused, two plans would have the same one.
            _ = self.session.retitle(self.copy_title(&title));
        }
        self.write();
        self.keep_received(id, &received);
        if self.saved.get_untracked() != Saved::Failed {
            let title = self.session.base_untracked().title.clone();
            self.notices.say(Notice::Done(untrack(|| say!(self.words, share.taken, title = title)).into_owned()));
        }
    }

    /// Goes back from the preview to what was open.
    pub fn close_preview(self) {
        if !self.is_preview_now() {
            return;
        }
        store::forget(Note::Link);
        match self.behind.get_untracked() {
            Some(id) if self.show_kept(id) => self.arrive(),
            _ => self.close(),
        }
    }

    /// A plan from a file becomes one of the user's own; one that is here in another version is looked at first.
    pub fn adopt(self, plan: Plan, repairs: Vec<Repair>) {
        if kin::is_known(&plan) {
            self.look_at_plan(plan, repairs);
            return self.arrive();
        }
        let unit = plan.unit.clone();
        let received = kin::received(plan);
        self.create(received.clone());
        if let Shown::Own(id) = self.shown.get_untracked() {
            self.keep_received(id, &received);
        }
        if !repairs.is_empty() {
            self.say_trouble(Trouble::Mended { unit, repairs });
        }
    }

    /// Hands the plan on screen out as a file. False if the browser would not take it.
    pub fn save_file(self) -> bool {
        let plan = self.session.base_untracked();
        let is_out = file::download(&file::name_of(&plan.title, "json"), file::PLAN, &self.outgoing(&plan).to_json());
        if is_out {
            self.mark_exported();
            self.mark_sent(&plan);
        }
        is_out
    }
}
