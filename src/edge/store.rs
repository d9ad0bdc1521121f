//! The plans that this machine keeps, in local storage: one key a plan, and no index, so that two tabs never fight over
//! one. Beside them, for each tab, which plan it has open and which link it looks at.
//!
//! ```text
//! stp1:plan:<16 hex>   {"saved":<ms>,"plan":{…}}     local: one a plan
//! stp1:last            "<16 hex>"                    local: what was open last
//! stp1:open            "<16 hex>"                    session: what this tab has open
//! stp1:link            "p1c.…"                       session: the preview of this tab
//! ```
//!
//! Refused here: to write over a version that this tab has not seen, and to touch a value that it cannot read. Storage
//! may be blocked or full; then nothing was changed, and the answer says which of the two it is.

use std::fmt;
use std::str::FromStr;

use gloo_storage::errors::StorageError;
use gloo_storage::{LocalStorage, SessionStorage, Storage};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::plan::Plan;
use crate::plan::check::{self, Lines, Repair};
use crate::plan::migrate::{self, DecodeError};

const PLAN: &str = "stp1:plan:";

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

    /// Where the plan lies in local storage.
    pub fn key(self) -> String {
        format!("{PLAN}{self}")
    }

    pub fn of_key(key: &str) -> Option<PlanId> {
        key.strip_prefix(PLAN)?.parse().ok()
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
}

/// A kept plan, or what is left of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// When it was written, in milliseconds after 1970; also what tells its versions apart.
    pub saved: Option<u64>,
    pub plan: Result<(Plan, Vec<Repair>), DecodeError>,
}

#[derive(Serialize)]
struct Writing<'a> {
    saved: u64,
    plan: &'a Plan,
}

#[derive(Deserialize)]
struct Reading<'a> {
    saved: u64,
    #[serde(borrow)]
    plan: &'a RawValue,
}

// ---- The value of a key ----

/// What is written for a plan.
pub fn encode(plan: &Plan, saved: u64) -> String {
    serde_json::to_string(&Writing { saved, plan }).unwrap_or_default()
}

pub fn decode(text: &str) -> Kept {
    match serde_json::from_str::<Reading<'_>>(text) {
        Ok(Reading { saved, plan }) => Kept { saved: Some(saved), plan: migrate::decode(plan.get()) },
        Err(error) if error.is_data() => Kept { saved: stamp(text), plan: Err(DecodeError::NotAPlan) },
        Err(error) => {
            Kept { saved: stamp(text), plan: Err(DecodeError::NotJson { line: error.line(), column: error.column() }) }
        }
    }
}

/// When a value was written, without reading all of it.
pub fn stamp(text: &str) -> Option<u64> {
    let digits = text.strip_prefix("{\"saved\":")?;
    digits.split_once(|it: char| !it.is_ascii_digit())?.0.parse().ok()
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

pub fn read(id: PlanId) -> Option<Kept> {
    text(id).map(|it| decode(&it))
}

/// The value as it is, also one that cannot be read.
pub fn text(id: PlanId) -> Option<String> {
    local()?.get_item(&id.key()).ok()?
}

/// Writes a plan over the version that this tab knows; `None` is a plan that was never written.
pub fn write(id: PlanId, plan: &Plan, saved: u64, known: Option<u64>) -> Result<(), StoreError> {
    let there = text(id);
    match (&there, known) {
        (None, Some(_)) if local().is_some() => return Err(StoreError::Gone),
        (Some(text), known) if known.is_none() || stamp(text) != known => return Err(StoreError::Changed),
        _ => {}
    }
    if local().is_none() {
        return Err(StoreError::Blocked);
    }
    LocalStorage::set(id.key(), Writing { saved, plan }).map_err(|error| refusal(&error, || encode(plan, saved)))
}

/// Takes a plan away, and returns its value so that it can be put back.
pub fn remove(id: PlanId) -> Option<String> {
    let text = text(id)?;
    LocalStorage::delete(id.key());
    Some(text)
}

/// Puts a value back that `remove` returned.
pub fn put_back(id: PlanId, text: &str) -> Result<(), StoreError> {
    let local = local().ok_or(StoreError::Blocked)?;
    local.set_item(&id.key(), text).map_err(|_| StoreError::Full { chars: text.chars().count() })
}

fn ids() -> Vec<PlanId> {
    let Some(local) = local() else { return Vec::new() };
    let keys = (0..local.length().unwrap_or_default()).filter_map(|at| local.key(at).ok().flatten());
    keys.filter_map(|key| PlanId::of_key(&key)).collect()
}

/// Chromium and Firefox each have a name of their own for a full storage.
fn refusal(error: &StorageError, text: impl FnOnce() -> String) -> StoreError {
    match error {
        StorageError::JsError(error) if matches!(&*error.name, "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => {
            StoreError::Full { chars: text().chars().count() }
        }
        _ => StoreError::Blocked,
    }
}

// ---- Notes ----

/// What a tab, or the machine, remembers besides plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The plan that was open last on this machine.
    Last,
    /// The plan that this tab has open.
    Open,
    /// The link that this tab looks at.
    Link,
}

impl Note {
    fn key(self) -> &'static str {
        match self {
            Note::Last => "stp1:last",
            Note::Open => "stp1:open",
            Note::Link => "stp1:link",
        }
    }
}

pub fn recall(note: Note) -> Option<String> {
    match note {
        Note::Last => local().and_then(|_| LocalStorage::get(note.key()).ok()),
        Note::Open | Note::Link => session().and_then(|_| SessionStorage::get(note.key()).ok()),
    }
}

/// False if it will not be remembered.
pub fn remember(note: Note, text: &str) -> bool {
    match note {
        Note::Last => local().is_some() && LocalStorage::set(note.key(), text).is_ok(),
        Note::Open | Note::Link => session().is_some() && SessionStorage::set(note.key(), text).is_ok(),
    }
}

pub fn forget(note: Note) {
    match note {
        Note::Last if local().is_some() => LocalStorage::delete(note.key()),
        Note::Open | Note::Link if session().is_some() => SessionStorage::delete(note.key()),
        _ => {}
    }
}

// ---- The guards: gloo-storage throws where there is no storage ----

fn local() -> Option<web_sys::Storage> {
    usable(web_sys::window()?.local_storage().ok()??)
}

fn session() -> Option<web_sys::Storage> {
    usable(web_sys::window()?.session_storage().ok()??)
}

/// Some browsers hand out a storage whose every use throws.
fn usable(storage: web_sys::Storage) -> Option<web_sys::Storage> {
    storage.get_item(Note::Last.key()).is_ok().then_some(storage)
}
