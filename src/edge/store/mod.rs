//! The plans that this machine keeps, in local storage: two slots a plan, written in turn, and no index, so that two tabs
//! never fight over one. Beside them, for each tab, which plan it has open and which link it looks at.
//!
//! ```text
//! stp1:plan:<16 hex>:a   local     a version of a plan, sealed (slot)
//! stp1:plan:<16 hex>:b   local     the version before or after
//! stp1:plan:<16 hex>     local     {"saved":<ms>,"plan":{…}}: how plans were kept before; read, and never written
//! stp1:harm:<16 hex>:…   local     what lay in a slot and could not be read
//! stp1:snap:<16 hex>:…   local     versions from before, automatic and named (snapshot)
//! stp1:last              local     what was open last
//! stp1:open, stp1:link   session   what this tab has open; the link that it looks at
//! stp, journal           IndexedDB the latest version of each plan once more, and what is young of those from before (journal)
//! ```
//!
//! Refused here: to write over a version that this tab has not seen, or over one of a newer format, and to lose a text
//! that it cannot read. Storage may be blocked or full; then nothing was changed, and the answer says which of the two it
//! is.

mod backup;
pub mod exported;
pub mod journal;
pub mod kin;
mod local;
mod note;
pub mod slot;
pub mod snapshot;
pub mod tab;

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::order::by_number;
use crate::plan::check::{self, Lines, Repair};
use crate::plan::migrate::{self, DecodeError};
use crate::plan::{Plan, SCHEMA};
use slot::{Head, Slot};

pub use backup::{Backup, BackupError, Packed, PackedVersion, goes_along};
pub use local::{is_safe_start, is_secure, percent_taken, persist};
pub use note::{Note, forget, recall, remember};

const PLAN: &str = "stp1:plan:";
const HARM: &str = "stp1:harm:";

/// In bytes. Of a plan that is larger two versions may not fit, however little else there is.
const LARGE: usize = 1_000_000;

/// The name of a kept plan. Given once, never shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanId(u64);

impl PlanId {
    pub fn of(bits: u64) -> PlanId {
        PlanId(bits)
    }

    pub fn bits(self) -> u64 {
        self.0
    }

    /// Where a version of the plan lies in local storage.
    pub fn key(self, slot: Slot) -> String {
        format!("{PLAN}{self}{}", slot.ending())
    }

    /// The plan of which a version lies there.
    pub fn of_key(key: &str) -> Option<PlanId> {
        let rest = key.strip_prefix(PLAN)?;
        let (name, slot) = rest.split_at_checked(16)?;
        Slot::ALL.iter().any(|it| it.ending() == slot).then(|| name.parse().ok()).flatten()
    }
}

impl fmt::Display for PlanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The text is not sixteen hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl FromStr for PlanId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<PlanId, NotAnId> {
        let id = u64::from_str_radix(text, 16).map(PlanId).map_err(|_| NotAnId)?;
        if id.to_string() == text { Ok(id) } else { Err(NotAnId) }
    }
}

/// Why a plan was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser gives the page no storage.
    Blocked,
    /// There is no room for so many characters.
    Full { chars: usize },
    /// Another tab wrote it since this one read or wrote it.
    Changed,
    /// Another tab deleted it.
    Gone,
    /// A newer version of this page wrote it.
    Newer { schema: u32 },
}

/// Why a kept plan cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptError {
    /// None of its texts is what was written.
    Harmed,
    /// The text is whole and holds no plan that this page reads.
    Plan(DecodeError),
}

/// A kept plan, or what is left of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What tells its versions apart; the later one has more.
    pub rev: u64,
    /// In milliseconds after 1970.
    pub saved: Option<u64>,
    pub plan: Result<(Plan, Vec<Repair>), KeptError>,
    /// How many of its slots could not be read. They are kept.
    pub harmed: usize,
}

/// How plans were kept before there were slots.
#[derive(Deserialize)]
struct Single<'a> {
    saved: u64,
    #[serde(borrow)]
    plan: &'a RawValue,
}

// ---- Versions of a plan ----

/// A text of a plan that is whole.
struct Version<'a> {
    slot: Slot,
    head: Head,
    body: &'a str,
}

/// What is written for a version of a plan.
pub fn encode(plan: &Plan, rev: u64, saved: u64) -> String {
    slot::seal(Head { rev, schema: SCHEMA, saved }, &plan.to_compact_json())
}

/// What the texts of a plan say, one from each of its slots: the latest version that can be read.
pub fn decode(texts: &[(Slot, String)]) -> Kept {
    let mut versions = versions(texts);
    let harmed = texts.len() - versions.len();
    let (rev, saved) = versions.last().map_or((0, None), |it| (it.head.rev, Some(it.head.saved)));
    let mut kept = Kept { rev, saved, plan: Err(KeptError::Harmed), harmed };
    while let Some(Version { head, body, .. }) = versions.pop() {
        match migrate::decode(body) {
            Ok(plan) => return Kept { rev, saved: Some(head.saved), plan: Ok(plan), ..kept },
            // What a newer page wrote is not to be taken for an older version of itself.
            Err(error @ DecodeError::Newer { .. }) => return Kept { plan: Err(KeptError::Plan(error)), ..kept },
            Err(error) if kept.plan == Err(KeptError::Harmed) => kept.plan = Err(KeptError::Plan(error)),
            Err(_) => {}
        }
    }
    kept
}

/// Those that are whole, the latest last.
fn versions(texts: &[(Slot, String)]) -> Vec<Version<'_>> {
    let whole = texts
        .iter()
        .filter_map(|(slot, text)| Some(whole(*slot, text)?).map(|(head, body)| Version { slot: *slot, head, body }));
    by_number(whole.collect(), |it| i128::from(it.head.rev) << 64 | i128::from(it.head.saved))
}

fn whole(slot: Slot, text: &str) -> Option<(Head, &str)> {
    if slot != Slot::Single {
        return slot::open(text).ok();
    }
    let Single { saved, plan } = serde_json::from_str(text).ok()?;
    // Of which format it is the plan says; one that is older is as good as any older one.
    Some((Head { rev: 0, schema: schema_of(plan.get()), saved }, plan.get()))
}

fn schema_of(plan: &str) -> u32 {
    #[derive(Deserialize)]
    struct Schema {
        schema: u32,
    }
    serde_json::from_str::<Schema>(plan).map_or(0, |it| it.schema)
}

/// The same plan under another title, freed of what no title may have.
pub fn titled(plan: &Plan, title: &str) -> Plan {
    let title = check::clean(title, Lines::One).chars().take(check::MAX_TITLE).collect();
    Plan { title, ..plan.clone() }
}

// ---- Plans ----

/// Every plan on this machine, in no order.
pub fn all() -> Vec<(PlanId, Kept)> {
    ids().into_iter().filter_map(|id| Some((id, read(id)?))).collect()
}

/// The names of all of them.
pub fn ids() -> Vec<PlanId> {
    let mut ids: Vec<PlanId> = local::keys(PLAN).iter().filter_map(|key| PlanId::of_key(key)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

pub fn read(id: PlanId) -> Option<Kept> {
    let texts = texts(id);
    if texts.is_empty() { None } else { Some(decode(&texts)) }
}

/// Every text that is kept of a plan, as it is, also what cannot be read: its place and the text.
pub fn texts(id: PlanId) -> Vec<(Slot, String)> {
    Slot::ALL.into_iter().filter_map(|slot| Some((slot, local::get(&id.key(slot))?))).collect()
}

/// The texts that cannot be read, each by its name in storage.
pub fn harmed(id: PlanId) -> Vec<(String, String)> {
    let in_slots = texts(id).into_iter().filter(|(slot, text)| whole(*slot, text).is_none());
    let in_slots = in_slots.map(|(slot, text)| (id.key(slot), text));
    let aside = local::keys(&format!("{HARM}{id}:")).into_iter();
    in_slots.chain(aside.filter_map(|key| local::get(&key).map(|text| (key, text)))).collect()
}

/// Takes away a text that cannot be read, once somebody has said so.
pub fn remove_harmed(key: &str) {
    if key.starts_with(HARM) || key.starts_with(PLAN) {
        local::delete(key);
    }
}

/// The text of the latest version, if any is whole.
pub fn latest(id: PlanId) -> Option<String> {
    let texts = texts(id);
    let slot = versions(&texts).last()?.slot;
    texts.into_iter().find(|it| it.0 == slot).map(|it| it.1)
}

/// Writes a plan over the version that this tab knows; `None` is a plan that was never written. Returns the version that it
/// is now.
pub fn write(id: PlanId, plan: &Plan, saved: u64, known: Option<u64>) -> Result<u64, StoreError> {
    if local::local().is_none() {
        return Err(StoreError::Blocked);
    }
    let texts = texts(id);
    let versions = versions(&texts);
    let last = versions.last();
    if let Some(schema) = versions.iter().map(|it| it.head.schema).find(|it| SCHEMA < *it) {
        return Err(StoreError::Newer { schema });
    }
    match (last, known) {
        (None, Some(_)) if texts.is_empty() => return Err(StoreError::Gone),
        (Some(last), known) if known != Some(last.head.rev) => return Err(StoreError::Changed),
        _ => {}
    }
    if let Some(last) = last {
        snapshot::before_write(id, last.head, last.body, saved);
    }
    let rev = known.map_or(1, |it| it + 1);
    let text = encode(plan, rev, saved);
    put(id, last.map(|it| it.slot), &text)?;
    Ok(rev)
}

/// Puts a sealed text where the version after the latest goes, and into the journal.
fn put(id: PlanId, last: Option<Slot>, text: &str) -> Result<(), StoreError> {
    journal::write(id, Some(text));
    let slot = last.map_or(Slot::A, Slot::next);
    set_aside(id, slot)?;
    let mut result = local::set(&id.key(slot), text);
    while matches!(result, Err(StoreError::Full { .. })) && snapshot::make_room() {
        result = local::set(&id.key(slot), text);
    }
    match (result, last) {
        (Err(StoreError::Full { .. }), Some(last)) if LARGE < text.len() => put_alone(id, last, text)?,
        (result, _) => result?,
    }
    if slot == Slot::B {
        set_aside(id, Slot::Single)?;
        local::delete(&id.key(Slot::Single));
    }
    Ok(())
}

/// A plan so large that two versions of it do not fit has one slot; its other version is in the journal. What lay in the
/// slot stays where the text does not fit either.
fn put_alone(id: PlanId, last: Slot, text: &str) -> Result<(), StoreError> {
    let other = id.key(last.next());
    let before = local::get(&other);
    local::delete(&other);
    let home = if last == Slot::Single { Slot::A } else { last };
    local::set(&id.key(home), text).inspect_err(|_| {
        if let Some(before) = before {
            // It had the room a moment ago.
            _ = local::set(&other, &before);
        }
    })
}

/// A text that cannot be read makes way for the next version, and is kept.
fn set_aside(id: PlanId, slot: Slot) -> Result<(), StoreError> {
    let key = id.key(slot);
    let Some(text) = local::get(&key).filter(|it| whole(slot, it).is_none()) else { return Ok(()) };
    let aside = (0..).map(|at| format!("{HARM}{id}:{at}")).find(|it| local::get(it).is_none()).unwrap_or_default();
    local::delete(&key);
    local::set(&aside, &text).inspect_err(|_| {
        // It had the room a moment ago.
        _ = local::set(&key, &text);
    })
}

/// Puts a text of a plan that came from elsewhere, the journal or another tab, where it belongs if it is whole and later
/// than all that lies there. Says by how many milliseconds it is later; none if nothing was to be done.
pub fn heal(id: PlanId, text: &str) -> Result<Option<Healed>, StoreError> {
    let Ok((head, body)) = slot::open(text) else { return Ok(None) };
    let texts = texts(id);
    let versions = versions(&texts);
    let last = versions.last();
    if last.is_some_and(|it| head.rev <= it.head.rev) {
        // Once the journal could not be read in time, and both went on from the same version: neither is lost.
        if texts.iter().all(|it| it.1 != text) {
            snapshot::found(id, head, body);
        }
        return Ok(None);
    }
    put(id, last.map(|it| it.slot), text)?;
    Ok(Some(Healed { id, later_by: last.map(|it| head.saved.saturating_sub(it.head.saved)) }))
}

/// A plan of which the journal had a later version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Healed {
    pub id: PlanId,
    /// In milliseconds; none where local storage had nothing of it that could be read.
    pub later_by: Option<u64>,
}

/// What was taken away with a plan, so that it can be put back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed(Vec<(String, String)>);

/// Takes a plan away, with its earlier versions.
pub fn remove(id: PlanId) -> Removed {
    let prefixes = [format!("{PLAN}{id}"), format!("{HARM}{id}:"), snapshot::prefix(id)];
    let keys = prefixes.iter().flat_map(|it| local::keys(it));
    let removed: Vec<(String, String)> = keys.filter_map(|key| local::get(&key).map(|text| (key, text))).collect();
    for (key, _) in &removed {
        if snapshot::is_one(key) { snapshot::drop(key) } else { local::delete(key) }
    }
    journal::write(id, None);
    Removed(removed)
}

/// Puts back what `remove` returned. Versions of the plan come first, and where they find no room, nothing is put back.
pub fn put_back(id: PlanId, removed: &Removed) -> Result<(), StoreError> {
    let Removed(texts) = removed;
    let (versions, others): (Vec<_>, Vec<_>) = texts.iter().partition(|(key, _)| key.starts_with(PLAN));
    for (at, (key, text)) in versions.iter().enumerate() {
        if let Err(error) = local::set(key, text) {
            versions.iter().take(at).for_each(|(key, _)| local::delete(key));
            return Err(error);
        }
    }
    for (key, text) in others {
        local::set(key, text)?;
    }
    journal::write(id, latest(id).as_deref());
    Ok(())
}

impl Removed {
    /// The plan as it was kept.
    pub fn plan(&self) -> Option<Plan> {
        let of_slot = |(key, text): &(String, String)| {
            let slot = Slot::ALL.into_iter().rev().find(|it| key.ends_with(it.ending()))?;
            key.starts_with(PLAN).then(|| (slot, text.clone()))
        };
        let texts: Vec<(Slot, String)> = self.0.iter().filter_map(of_slot).collect();
        decode(&texts).plan.ok().map(|it| it.0)
    }
}
