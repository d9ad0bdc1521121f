//! All plans as one file, and back. What a backup would do to each plan is shown before anything is written; what it
//! replaces is kept as an earlier version.

use leptos::prelude::*;

use super::{FileFault, Library, Shown, Trouble};
use crate::edge::clock;
use crate::edge::file;
use crate::edge::store::snapshot::{self, Cause, Label};
use crate::edge::store::{self, Backup, Packed, PackedVersion, PlanId, StoreError, goes_along};
use crate::plan::Plan;
use crate::say;
use crate::views::notice::Notice;

/// What a plan of a backup is to the one on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none here.
    New,
    Same,
    /// The one in the backup was saved later.
    Newer,
    /// The one here was saved later.
    Older,
    /// The one here cannot be read.
    Harmed,
    /// It cannot be read itself.
    Unreadable,
}

impl Standing {
    /// Whether bringing it back does anything.
    pub fn changes_something(self) -> bool {
        !matches!(self, Standing::Same | Standing::Unreadable)
    }

    /// Whether it is brought back unless somebody says otherwise.
    pub fn is_wanted(self) -> bool {
        matches!(self, Standing::New | Standing::Newer | Standing::Harmed)
    }
}

/// A plan of a backup, as it is shown before anything is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub id: PlanId,
    pub title: Option<String>,
    pub saved: u64,
    pub versions: usize,
    pub standing: Standing,
}

impl Library {
    /// Hands out all plans of this machine as one file.
    pub fn save_backup(self) {
        self.by_hand(move |hands| (hands.save_backup)(self));
    }

    /// Shows what a backup would do. Nothing is written.
    pub fn look_into_backup(self, name: String, text: String) {
        self.by_hand(move |hands| (hands.look_into_backup)(self, name, &text));
    }

    pub(in crate::views) fn write_backup(self) {
        self.keep();
        let shelf = self.shelf.get_untracked();
        let of_shelf = shelf.all().iter().map(|(id, it)| packed(*id, Plan::clone(&it.plan), clock::now()));
        let kept = store::all().into_iter().filter(|(id, _)| shelf.get(*id).is_none());
        let kept = kept.filter_map(|(id, it)| Some(packed(id, it.plan.ok()?.0, it.saved.unwrap_or_default())));
        let backup = Backup { saved: clock::now(), plans: kept.chain(of_shelf).collect() };
        let name = untrack(|| say!(self.words, store.backup_name, date = clock::Moment::now().date()));
        let is_out = file::download(&file::name_of(&name, "json"), file::PLAN, &backup.write());
        if is_out {
            self.mark_exported();
        } else {
            self.notices.say(Notice::Problem(untrack(|| say!(self.words, share.file_refused)).into_owned()));
        }
    }

    pub(in crate::views) fn read_backup(self, name: String, text: &str) {
        match Backup::read(text) {
            Ok(backup) => {
                self.keep();
                self.backup.set(Some(backup));
                self.asks_backup.set(true);
            }
            Err(error) => self.say_trouble(Trouble::File { name, fault: FileFault::Backup(error) }),
        }
    }

    /// What the backup that is looked at holds, tracked.
    pub fn offered(self) -> Vec<Offered> {
        self.backup.with(|it| it.as_ref().map(|it| it.plans.iter().map(offered).collect()).unwrap_or_default())
    }

    /// Brings the plans back that somebody chose. What they replace is kept as an earlier version.
    pub fn restore_backup(self, chosen: &[PlanId]) {
        let Some(backup) = self.backup.get_untracked() else { return };
        self.backup.set(None);
        self.asks_backup.set(false);
        let open = self.shown.get_untracked();
        let (mut count, mut refused) = (0, false);
        for packed in backup.plans.iter().filter(|it| chosen.contains(&it.id)) {
            match self.bring_in(packed) {
                Ok(()) => count += 1,
                Err(_) => refused = true,
            }
            if open == Shown::Own(packed.id) {
                self.show_kept(packed.id);
            }
        }
        self.settle(None);
        self.notices.say(untrack(|| match refused {
            true => Notice::Problem(say!(self.words, store.restored_some, count = count).into_owned()),
            false => Notice::Done(say!(self.words, store.restored_all, count = count).into_owned()),
        }));
    }

    fn bring_in(self, packed: &Packed) -> Result<(), StoreError> {
        let Packed { id, plan, versions, .. } = packed;
        let Ok(plan) = plan else { return Ok(()) };
        let now = clock::now();
        match store::read(*id) {
            Some(kept) => {
                if let (Ok((mine, _)), saved) = (&kept.plan, kept.saved.unwrap_or(now)) {
                    snapshot::keep(*id, mine, &Label::Before(Cause::Replace), saved, now)?;
                }
                let known = (kept.harmed == 0 || kept.plan.is_ok()).then_some(kept.rev);
                _ = store::write(*id, plan, now, known)?;
            }
            None => _ = store::write(*id, plan, now, None)?,
        }
        let there = snapshot::all(*id);
        let is_there = |it: &PackedVersion| {
            there.iter().any(|there| there.label == it.label && there.plan.as_ref() == Ok(&it.plan))
        };
        for version in versions.iter().filter(|it| !is_there(it)) {
            snapshot::keep(*id, &version.plan, &version.label, version.saved, version.saved)?;
        }
        Ok(())
    }
}

/// A plan with its versions, as it goes into a backup.
fn packed(id: PlanId, plan: Plan, saved: u64) -> Packed {
    let version = |it: snapshot::Snapshot| {
        let plan = it.plan.ok().filter(|_| goes_along(&it.label))?;
        Some(PackedVersion { label: it.label, saved: it.saved, plan })
    };
    Packed { id, saved, plan: Ok(plan), versions: snapshot::all(id).into_iter().filter_map(version).collect() }
}

fn offered(packed: &Packed) -> Offered {
    let title = packed.plan.as_ref().ok().map(|it| it.title.clone());
    let named = packed.versions.iter().filter(|it| matches!(it.label, Label::Named(_))).count();
    Offered { id: packed.id, title, saved: packed.saved, versions: named, standing: standing(packed) }
}

fn standing(packed: &Packed) -> Standing {
    let Ok(theirs) = &packed.plan else { return Standing::Unreadable };
    let Some(kept) = store::read(packed.id) else { return Standing::New };
    match kept.plan {
        Err(_) => Standing::Harmed,
        Ok((mine, _)) if mine == *theirs => Standing::Same,
        Ok(_) if kept.saved < Some(packed.saved) => Standing::Newer,
        Ok(_) => Standing::Older,
    }
}
