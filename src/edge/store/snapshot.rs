//! Versions of a plan from before: automatic ones, ones from just before something that changes much at once, and ones that
//! the user named.
//!
//! ```text
//! stp1:snap:<16 hex>:<taken in ms>   the label as JSON in a line of its own, the plan below; sealed as a slot is
//! ```
//!
//! What is younger than the last start is in the journal too, under the same name. Automatic ones are thinned: three of today,
//! one of each day before, ten in all. Of those from before a change the last five stay, and of those that went out or came
//! in the last six. Refused: to thin one that has a name, and to make a save fail because there is no room for a snapshot.

use serde::{Deserialize, Serialize};

use super::slot::{self, Head};
use super::{PlanId, StoreError, journal, local};
use crate::edge::clock::Moment;
use crate::order::by_number;
use crate::plan::check::{self, Lines};
use crate::plan::migrate::{self, DecodeError};
use crate::plan::{Ancestors, Plan, SCHEMA};

const SNAP: &str = "stp1:snap:";

/// So far apart are automatic ones, in milliseconds.
const APART: u64 = 30 * 60 * 1_000;
const OF_TODAY: usize = 3;
const AUTOMATIC: usize = 10;
const BEFORE: usize = 5;
const EXCHANGED: usize = Ancestors::MOST;

/// The longest name, in characters.
pub const MAX_NAME: usize = 60;

/// Above so many hundredths of what storage holds, automatic ones are thinned further.
const CROWDED: usize = 80;

/// Why a version was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// The user said so, under this name.
    Named(String),
    Automatic,
    Before(Cause),
    /// The journal had it, and nobody knows why.
    Found,
    /// It went out by a link or a file: what somebody makes of it is merged by it.
    Sent,
    /// It came by a link or a file.
    Received,
}

/// What came after a version that was kept because of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// An earlier version was brought back.
    Restore,
    /// It was replaced by one from a backup, a link or a file.
    Replace,
    /// What somebody else made of it came in.
    Merge,
    /// A table was brought in.
    Import,
    /// A newer version of the page wrote it in its own format.
    Migration,
}

/// A version from before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// In milliseconds after 1970; its name among those of its plan.
    pub taken: u64,
    /// When the plan was last saved before that.
    pub saved: u64,
    pub label: Label,
    pub plan: Result<Plan, DecodeError>,
}

/// What one is without looking into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    pub taken: u64,
    pub label: Label,
}

pub(super) fn prefix(id: PlanId) -> String {
    format!("{SNAP}{id}:")
}

fn key(id: PlanId, taken: u64) -> String {
    format!("{SNAP}{id}:{taken}")
}

// ---- In storage and in the journal ----

/// Puts one where it belongs, and into the journal.
fn set(key: &str, text: &str) -> Result<(), StoreError> {
    local::set(key, text).inspect(|()| journal::put(key, Some(text)))
}

/// Takes one away, from the journal too.
pub(super) fn drop(key: &str) {
    local::delete(key);
    journal::put(key, None);
}

/// As old as what every browser has on the disk by now, in milliseconds.
const SETTLED: u64 = 2 * 60 * 1_000;

/// Puts one back that the journal has and local storage has lost. Of what both have the journal keeps nothing.
pub(super) fn heal(key: &str, text: &str, now: u64) {
    let Some((id, taken)) = key.strip_prefix(SNAP).and_then(|it| it.split_once(':')) else { return };
    let (Ok(id), Ok(taken)) = (id.parse::<PlanId>(), taken.parse::<u64>()) else { return };
    if super::texts(id).is_empty() || decode(text).is_none() {
        journal::put(key, None);
    } else if local::get(key).as_deref() != Some(text) {
        // Where there is no room for it, the journal has it still.
        _ = local::set(key, text);
    } else if SETTLED < now.saturating_sub(taken) {
        journal::put(key, None);
    }
}

pub(super) fn is_one(key: &str) -> bool {
    key.starts_with(SNAP)
}

// ---- The text of one ----

fn encode(label: &Label, head: Head, plan: &str) -> String {
    let label = serde_json::to_string(label).unwrap_or_default();
    slot::seal(head, &format!("{label}\n{plan}"))
}

fn decode(text: &str) -> Option<(Head, Label, &str)> {
    let (head, body) = slot::open(text).ok()?;
    let (label, plan) = body.split_once('\n')?;
    Some((head, serde_json::from_str(label).ok()?, plan))
}

// ---- Those of a plan ----

/// Every one of a plan that can be read, the latest first.
pub fn all(id: PlanId) -> Vec<Snapshot> {
    let all = times(id).into_iter().filter_map(|taken| read(id, taken)).collect();
    by_number(all, |it| -i128::from(it.taken))
}

pub fn read(id: PlanId, taken: u64) -> Option<Snapshot> {
    let text = local::get(&key(id, taken))?;
    let (head, label, plan) = decode(&text)?;
    Some(Snapshot { taken, saved: head.saved, label, plan: migrate::decode(plan).map(|it| it.0) })
}

/// The text of each plan that was kept of one, as it was written, and what each is: the latest first.
pub(super) fn bodies(id: PlanId) -> Vec<(Label, String)> {
    let body = |taken| decode(&local::get(&key(id, taken))?).map(|(_, label, plan)| (taken, label, plan.to_owned()));
    let all = by_number(times(id).into_iter().filter_map(body).collect(), |it| -i128::from(it.0));
    all.into_iter().map(|(_, label, plan)| (label, plan)).collect()
}

fn times(id: PlanId) -> Vec<u64> {
    let prefix = prefix(id);
    local::keys(&prefix).iter().filter_map(|key| key.strip_prefix(&prefix)?.parse().ok()).collect()
}

fn briefs(id: PlanId) -> Vec<Brief> {
    let brief = |taken| decode(&local::get(&key(id, taken))?).map(|(_, label, _)| Brief { taken, label });
    times(id).into_iter().filter_map(brief).collect()
}

/// Keeps a plan as a version of its own. Returns when it was taken: no two of a plan are taken in one millisecond.
pub fn keep(id: PlanId, plan: &Plan, label: &Label, saved: u64, now: u64) -> Result<u64, StoreError> {
    let head = Head { rev: 0, schema: SCHEMA, saved };
    let taken = place(id, label, head, &plan.to_compact_json(), now)?;
    thin(id, now);
    Ok(taken)
}

fn place(id: PlanId, label: &Label, head: Head, plan: &str, now: u64) -> Result<u64, StoreError> {
    let taken = (now..).find(|it| local::get(&key(id, *it)).is_none()).unwrap_or(now);
    let text = encode(label, head, plan);
    loop {
        match set(&key(id, taken), &text) {
            Err(StoreError::Full { .. }) if make_room() => {}
            other => return other.map(|()| taken),
        }
    }
}

/// Gives one a name, or another one: from then on it is not thinned.
pub fn name(id: PlanId, taken: u64, name: &str) -> Result<(), StoreError> {
    let Some(text) = local::get(&key(id, taken)) else { return Err(StoreError::Gone) };
    let Some((head, _, plan)) = decode(&text) else { return Err(StoreError::Gone) };
    set(&key(id, taken), &encode(&Label::Named(tidy(name)), head, plan))
}

/// A name as it is kept.
pub fn tidy(name: &str) -> String {
    check::clean(name, Lines::One).trim().chars().take(MAX_NAME).collect()
}

/// Takes one away, and returns its text so that it can be put back.
pub fn remove(id: PlanId, taken: u64) -> Option<String> {
    let text = local::get(&key(id, taken))?;
    drop(&key(id, taken));
    Some(text)
}

pub fn put_back(id: PlanId, taken: u64, text: &str) -> Result<(), StoreError> {
    set(&key(id, taken), text)
}

// ---- Automatic ones ----

/// Keeps the version that is about to be written over, where none was kept for a while or its format is older.
pub(super) fn before_write(id: PlanId, head: Head, plan: &str, now: u64) {
    let label = if head.schema < SCHEMA { Label::Before(Cause::Migration) } else { Label::Automatic };
    let latest = times(id).into_iter().max();
    if label == Label::Automatic && latest.is_some_and(|it| now.saturating_sub(it) < APART) {
        return;
    }
    // The save is what matters; where there is room for it alone, that is all.
    if place(id, &label, head, plan, now).is_ok() {
        thin(id, now);
    }
}

/// Keeps a version that the journal had and nobody else.
pub(super) fn found(id: PlanId, head: Head, plan: &str) {
    let text = encode(&Label::Found, head, plan);
    // It is older than what is kept; where there is no room for it, it is none of the plan's latest.
    _ = set(&key(id, head.saved), &text);
}

fn thin(id: PlanId, now: u64) {
    for taken in surplus(&briefs(id), |it| Moment::at(it).day_number(), now) {
        drop(&key(id, taken));
    }
    while CROWDED <= local::percent_taken() && make_room() {}
}

/// Those that go: of today's automatic ones all but the last three, of each day's before all but its last, and all but ten;
/// of those from before a change all but five,
/// and of those that went out or came in all but six. `day` tells the days apart.
pub fn surplus(briefs: &[Brief], day: impl Fn(u64) -> i64, now: u64) -> Vec<u64> {
    let latest_first = by_number(briefs.iter().collect(), |it| -i128::from(it.taken));
    let (mut automatic, mut before, mut exchanged, mut gone) = (Vec::new(), 0, 0, Vec::new());
    for brief in latest_first {
        let keeps = match brief.label {
            Label::Named(_) => true,
            Label::Automatic => {
                let of_day = automatic.iter().filter(|it| **it == day(brief.taken)).count();
                let most = if day(brief.taken) == day(now) { OF_TODAY } else { 1 };
                let keeps = of_day < most && automatic.len() < AUTOMATIC;
                if keeps {
                    automatic.push(day(brief.taken));
                }
                keeps
            }
            Label::Before(_) | Label::Found => {
                before += 1;
                before <= BEFORE
            }
            Label::Sent | Label::Received => {
                exchanged += 1;
                exchanged <= EXCHANGED
            }
        };
        if !keeps {
            gone.push(brief.taken);
        }
    }
    gone
}

/// Gives up the oldest automatic one of all plans. False if there is none.
pub(super) fn make_room() -> bool {
    let all = local::keys(SNAP).into_iter().filter_map(|key| {
        let taken: u64 = key.rsplit(':').next()?.parse().ok()?;
        let text = local::get(&key)?;
        (decode(&text)?.1 == Label::Automatic).then_some((taken, key))
    });
    let oldest = all.min();
    if let Some((_, key)) = &oldest {
        drop(key);
    }
    oldest.is_some()
}
