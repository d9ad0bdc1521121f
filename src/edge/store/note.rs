//! What a tab, or the machine, remembers besides plans.

use gloo_storage::{LocalStorage, SessionStorage, Storage};

use super::local::{local, session};

/// One thing to remember.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The plan that was open last on this machine.
    Last,
    /// The plan that this tab has open.
    Open,
    /// The link that this tab looks at.
    Link,
    /// It was said once what plain http lacks.
    Told,
    /// When plans last left this machine as files, and how often they were changed since.
    Exported,
}

impl Note {
    fn key(self) -> &'static str {
        match self {
            Note::Last => "stp1:last",
            Note::Open => "stp1:open",
            Note::Link => "stp1:link",
            Note::Told => "stp1:told",
            Note::Exported => "stp1:exported",
        }
    }

    fn is_of_tab(self) -> bool {
        matches!(self, Note::Open | Note::Link)
    }
}

pub fn recall(note: Note) -> Option<String> {
    match note.is_of_tab() {
        true => session().and_then(|_| SessionStorage::get(note.key()).ok()),
        false => local().and_then(|_| LocalStorage::get(note.key()).ok()),
    }
}

/// False if it will not be remembered.
pub fn remember(note: Note, text: &str) -> bool {
    match note.is_of_tab() {
        true => session().is_some() && SessionStorage::set(note.key(), text).is_ok(),
        false => local().is_some() && LocalStorage::set(note.key(), text).is_ok(),
    }
}

pub fn forget(note: Note) {
    match note.is_of_tab() {
        true if session().is_some() => SessionStorage::delete(note.key()),
        false if local().is_some() => LocalStorage::delete(note.key()),
        _ => {}
    }
}
