//! When plans last left this machine as files, how often they were changed since, and whether it is time to say so: storage of
//! a browser can be cleared, a file is the user's own.
//!
//! Refused: to say it again within a week of being told not now.

use serde::{Deserialize, Serialize};

use super::note::{self, Note};

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// So many changes are many, however short the time.
const MANY: u64 = 300;

/// So many are enough to speak of after a week.
const SOME: u64 = 20;
const WEEK: u64 = 7 * DAY;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exported {
    /// When the last file was made; before the first one, when the first change was.
    pub at: u64,
    pub ever: bool,
    pub changes: u64,
    /// Nothing is said before then.
    pub hushed: u64,
}

impl Exported {
    /// As it is remembered.
    pub fn now() -> Exported {
        note::recall(Note::Exported).and_then(|it| serde_json::from_str(&it).ok()).unwrap_or_default()
    }

    /// Counts one more change.
    pub fn changed(self, now: u64) -> Exported {
        let at = if self.at == 0 { now } else { self.at };
        Exported { at, changes: self.changes.saturating_add(1), ..self }
    }

    /// A file was made.
    pub fn exported(self, now: u64) -> Exported {
        Exported { at: now, ever: true, changes: 0, hushed: 0 }
    }

    /// Not now.
    pub fn hush(self, now: u64) -> Exported {
        Exported { hushed: now + WEEK, ..self }
    }

    /// Whole days since.
    pub fn days(self, now: u64) -> u64 {
        now.saturating_sub(self.at) / DAY
    }

    /// Whether it is time to say so.
    pub fn is_due(self, now: u64) -> bool {
        let since = now.saturating_sub(self.at);
        self.hushed <= now && (MANY <= self.changes || SOME <= self.changes && WEEK <= since)
    }

    pub fn remember(self) {
        // A reminder that is not remembered comes once more.
        _ = note::remember(Note::Exported, &serde_json::to_string(&self).unwrap_or_default());
    }
}
