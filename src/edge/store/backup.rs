//! All plans of a machine in one file, with the versions of them that have names, and those that went out or came in: what
//! others make of these is merged by them, on this machine or on another one.
//!
//! ```text
//! {"sextant":"backup","version":1,"saved":<ms>,"plans":[{"id":"<16 hex>","saved":<ms>,"plan":{…},"versions":[
//!     {"label":{"named":"…"},"saved":<ms>,"plan":{…}},{"label":"sent",…},{"label":"received",…}]}]}
//! ```
//!
//! Earlier ones have `"name":"…"` in the place of the label.
//!
//! Refused: to write anything while a backup is looked at. A plan of it that cannot be read does not keep the others from
//! being read.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::PlanId;
use super::snapshot::{Label, tidy};
use crate::plan::Plan;
use crate::plan::migrate::{self, DecodeError};

const MARK: &str = "backup";
const VERSION: u32 = 1;

/// A backup, read or to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// In milliseconds after 1970.
    pub saved: u64,
    pub plans: Vec<Packed>,
}

/// A plan of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    pub id: PlanId,
    pub saved: u64,
    pub plan: Result<Plan, DecodeError>,
    pub versions: Vec<PackedVersion>,
}

/// A version of it that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedVersion {
    pub label: Label,
    pub saved: u64,
    pub plan: Plan,
}

/// Why a text is no backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupError {
    NotABackup,
    /// Written by a newer version of this program.
    Newer {
        version: u32,
    },
}

#[derive(Deserialize)]
struct Head {
    sextant: String,
    version: u32,
}

#[derive(Deserialize)]
struct Reading<'a> {
    saved: u64,
    #[serde(borrow)]
    plans: Vec<ReadingPlan<'a>>,
}

#[derive(Deserialize)]
struct ReadingPlan<'a> {
    id: String,
    saved: u64,
    #[serde(borrow)]
    plan: &'a RawValue,
    #[serde(borrow, default)]
    versions: Vec<ReadingVersion<'a>>,
}

#[derive(Deserialize)]
struct ReadingVersion<'a> {
    label: Option<Label>,
    name: Option<String>,
    saved: u64,
    #[serde(borrow)]
    plan: &'a RawValue,
}

#[derive(Serialize)]
struct Writing<'a> {
    sextant: &'a str,
    version: u32,
    saved: u64,
    plans: Vec<WritingPlan<'a>>,
}

#[derive(Serialize)]
struct WritingPlan<'a> {
    id: String,
    saved: u64,
    plan: &'a Plan,
    versions: Vec<WritingVersion<'a>>,
}

#[derive(Serialize)]
struct WritingVersion<'a> {
    label: &'a Label,
    saved: u64,
    plan: &'a Plan,
}

impl Backup {
    /// Whether a text claims to be one; whether it is, reading it says.
    pub fn is_one(text: &str) -> bool {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let start: String = text.chars().take(60).filter(|it| !it.is_whitespace()).collect();
        start.starts_with("{\"sextant\":\"backup\"")
    }

    pub fn write(&self) -> String {
        let plans = self.plans.iter().filter_map(writing).collect();
        serde_json::to_string(&Writing { sextant: MARK, version: VERSION, saved: self.saved, plans })
            .unwrap_or_default()
    }

    pub fn read(text: &str) -> Result<Backup, BackupError> {
        let text = text.trim_start_matches('\u{feff}');
        let head: Head = serde_json::from_str(text).map_err(|_| BackupError::NotABackup)?;
        if head.sextant != MARK {
            return Err(BackupError::NotABackup);
        }
        if VERSION < head.version {
            return Err(BackupError::Newer { version: head.version });
        }
        let reading: Reading<'_> = serde_json::from_str(text).map_err(|_| BackupError::NotABackup)?;
        let version = |it: ReadingVersion<'_>| {
            let label = match it.label.or(it.name.map(Label::Named))? {
                Label::Named(name) => Label::Named(tidy(&name)),
                label => label,
            };
            let plan = migrate::decode(it.plan.get()).ok()?.0;
            goes_along(&label).then_some(PackedVersion { label, saved: it.saved, plan })
        };
        let plan = |it: ReadingPlan<'_>| {
            let id = it.id.parse().map_err(|_| BackupError::NotABackup)?;
            let plan = migrate::decode(it.plan.get()).map(|it| it.0);
            Ok(Packed { id, saved: it.saved, plan, versions: it.versions.into_iter().filter_map(version).collect() })
        };
        Ok(Backup { saved: reading.saved, plans: reading.plans.into_iter().map(plan).collect::<Result<_, _>>()? })
    }
}

/// Whether versions that were kept for this reason are a part of a backup.
pub fn goes_along(label: &Label) -> bool {
    matches!(label, Label::Named(_) | Label::Sent | Label::Received)
}

fn writing(packed: &Packed) -> Option<WritingPlan<'_>> {
    Some(WritingPlan {
        id: packed.id.to_string(),
        saved: packed.saved,
        plan: packed.plan.as_ref().ok()?,
        versions: packed.versions.iter().map(writing_version).collect(),
    })
}

fn writing_version(version: &PackedVersion) -> WritingVersion<'_> {
    WritingVersion { label: &version.label, saved: version.saved, plan: &version.plan }
}
