//! The one short message at the foot of the page: what was done, or why not, and the way back where there is one.

use std::sync::Arc;

use leptos::prelude::*;

use super::finding::refusal;
use super::parts::{Look, Show, button};
use crate::i18n::use_words;
use crate::live::Held;
use crate::session::{Refused, Session};
use crate::text;

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something was not done. Said by whoever knows the words.
    Refused(Refused),
    /// Something was done, or cannot be: text in the language of the moment.
    Done(String),
    /// The same, with a step back: what to do is kept beside.
    Undoable(String),
    Problem(String),
}

/// The way back from what was done.
type Back = Arc<dyn Fn() + Send + Sync>;

/// Where notices are said.
#[derive(Clone, Copy)]
pub struct Notices {
    now: Held<Option<Notice>>,
    /// Shared, not leptos' own kind of callback: that would be gone with the row that asked for it.
    back: Held<Option<Back>>,
}

impl Notices {
    pub fn new() -> Notices {
        Notices { now: Held::new(None), back: Held::new(None) }
    }

    pub fn say(self, notice: Notice) {
        self.back.set(None);
        self.now.set(Some(notice));
    }

    /// Says what was done, and offers the way back.
    pub fn undoable(self, text: String, back: impl Fn() + Send + Sync + 'static) {
        self.back.set(Some(Arc::new(back)));
        self.now.set(Some(Notice::Undoable(text)));
    }

    /// Says why something was not done; says nothing, and takes the last refusal away, where it was.
    pub fn heed(self, result: Result<(), Refused>) {
        match result {
            Ok(()) if matches!(self.now.get_untracked(), Some(Notice::Refused(_) | Notice::Problem(_))) => self.clear(),
            Ok(()) => {}
            Err(refused) => self.say(Notice::Refused(refused)),
        }
    }

    pub fn clear(self) {
        self.now.set(None);
        self.back.set(None);
    }
}

/// The notice in force, with a button that takes it away.
#[component]
pub fn NoticeBar() -> impl IntoView {
    let words = use_words();
    let notices = expect_context::<Notices>();
    let session = expect_context::<Session>();
    let text = move || match notices.now.get()? {
        Notice::Refused(refused) => Some(refusal(words, session, &refused)),
        Notice::Done(text) | Notice::Undoable(text) | Notice::Problem(text) => Some(text),
    };
    let is_bad = move || matches!(notices.now.get(), Some(Notice::Refused(_) | Notice::Problem(_)));
    let go_back = move || {
        if let Some(back) = notices.back.get_untracked() {
            back();
        }
        notices.clear();
    };
    view! {
        <div class="notice" class:notice--bad=move || is_bad() class:notice--on=move || text().is_some()>
            <p class="notice__text" role="status">{move || text()}</p>
            <Show when=move || notices.back.get().is_some()>
                {button(Look::Plain, text!(words, shell.undo), go_back)}
            </Show>
            <Show when=move || text().is_some()>
                {button(Look::Ghost, text!(words, shell.close), move || notices.clear())}
            </Show>
        </div>
    }
}
