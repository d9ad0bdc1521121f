//! How things are shown on this machine: language, theme, scale of amounts. Preferences, not part of a plan.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::amount::{Amount, Scale};
use crate::i18n::Locale;
use crate::live::{Held, follow};
use crate::plan::{Plan, Unit};
use crate::results::figure::Figures;

/// Light, dark, or as the machine is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    Machine,
    Light,
    Dark,
}

/// The preferences in force.
#[derive(Clone, Copy)]
pub struct Display {
    pub locale: Held<Locale>,
    pub theme: Held<Theme>,
    /// None: whatever suits the target.
    pub scale: Held<Option<Scale>>,
    /// Show every amount to the last unit.
    pub exact: Held<bool>,
    /// Large figures and nothing beside them, for a room that looks on. Never remembered: who comes back comes back alone.
    pub meeting: Held<bool>,
    /// People without their names, in whatever is shown.
    pub nameless: Held<bool>,
    /// What suited the last target: while a new one is being typed, the unit stays what it was.
    suited: Held<Option<Scale>>,
}

/// The preferences as they are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Stored {
    english: Option<bool>,
    theme: Theme,
    scale: Option<Scale>,
    exact: bool,
}

const KEY: &str = "stp1:prefs";

impl Display {
    /// What was chosen before; at first, what the browser says.
    pub fn remembered() -> Display {
        let stored = stored_before();
        let locale = match stored.english {
            Some(true) => Locale::en,
            Some(false) => Locale::zh,
            None => of_the_browser(),
        };
        Display {
            locale: Held::new(locale),
            theme: Held::new(stored.theme),
            scale: Held::new(stored.scale),
            exact: Held::new(stored.exact),
            meeting: Held::new(false),
            nameless: Held::new(false),
            suited: Held::new(None),
        }
    }

    /// Begins or ends a meeting: the whole screen, where the browser gives it.
    pub fn meet(self, meeting: bool) {
        self.meeting.set(meeting);
        if let Some(root) = document().document_element() {
            // A screen that is not given or not left is a smaller one, and nothing else.
            if meeting {
                _ = root.request_fullscreen();
            } else {
                document().exit_fullscreen();
            }
        }
    }

    /// Remembers the scale of the plan that is shown, for the moment in which it has no target.
    pub fn remember(self, plan: &Plan) {
        let has_target = plan.goal.target.is_some_and(|it| it != Amount::default());
        let suited = has_target.then(|| suits(plan, self.locale.get())).or(self.suited.get_untracked());
        if self.suited.get_untracked() != suited {
            self.suited.set(suited);
        }
    }

    /// Keeps the mark of a meeting on the document; it ends with the full screen.
    pub fn follow_meeting(self) {
        follow(move || {
            if let Some(root) = document().document_element() {
                _ = match self.meeting.get() {
                    true => root.set_attribute("data-meeting", ""),
                    false => root.remove_attribute("data-meeting"),
                };
            }
        });
        let left = window_event_listener(leptos::ev::Custom::new("fullscreenchange"), move |_: web_sys::Event| {
            if document().fullscreen_element().is_none() && self.meeting.get_untracked() {
                self.meeting.set(false);
            }
        });
        on_cleanup(move || left.remove());
    }

    /// Keeps the document's language and theme, and the stored preferences, as they are chosen.
    pub fn follow(self) {
        Effect::new(move |before: Option<Locale>| {
            let locale = self.locale.get();
            let stored = Stored {
                // Only a choice is stored: who never chose goes on following the browser.
                english: before.filter(|it| *it != locale).map(|_| locale == Locale::en).or(stored_before().english),
                theme: self.theme.get(),
                scale: self.scale.get(),
                exact: self.exact.get(),
            };
            if let Some(root) = document().document_element() {
                _ = root.set_attribute("lang", if locale == Locale::en { "en" } else { "zh-CN" });
                _ = match stored.theme {
                    Theme::Machine => root.remove_attribute("data-theme"),
                    Theme::Light => root.set_attribute("data-theme", "light"),
                    Theme::Dark => root.set_attribute("data-theme", "dark"),
                };
            }
            // Who has chosen nothing leaves nothing behind: a link may be all that they came for.
            if has_storage() && stored != stored_before() {
                // Preferences that cannot be kept are no loss worth a word.
                _ = LocalStorage::set(KEY, stored);
            }
            locale
        });
    }

    /// The scale of a plan's sheets.
    pub fn scale(self, plan: &Plan) -> Scale {
        let suited = || if plan.goal.target.is_some() { None } else { self.suited.get() };
        self.scale.get().or_else(suited).unwrap_or_else(|| suits(plan, self.locale.get()))
    }

    /// The scales that can be chosen for a plan in the language in force.
    pub fn scales(self, plan: &Plan) -> Vec<Scale> {
        if matches!(plan.unit, Unit::Count(_)) {
            return vec![Scale::One];
        }
        match self.locale.get() {
            Locale::zh => vec![Scale::One, Scale::TenThousand, Scale::HundredMillion],
            Locale::en => vec![Scale::One, Scale::Thousand, Scale::Million],
        }
    }

    /// How the amounts of one sheet are shown.
    pub fn figures(self, plan: &Plan, amounts: impl Iterator<Item = i64>) -> Figures {
        let figures = Figures::of(amounts, plan.unit.decimals(), self.scale(plan));
        if self.exact.get() { figures.to_the_unit() } else { figures }
    }
}

/// A scale in which the target has a few digits before the point.
fn suits(plan: &Plan, locale: Locale) -> Scale {
    let whole = plan.goal.target.unwrap_or_default().units() / 10_i64.pow(u32::from(plan.unit.decimals()));
    match (&plan.unit, locale) {
        (Unit::Count(_), _) => Scale::One,
        (_, Locale::zh) if 1_000_000_000 <= whole => Scale::HundredMillion,
        (_, Locale::zh) if 100_000 <= whole => Scale::TenThousand,
        (_, Locale::en) if 1_000_000_000 <= whole => Scale::Million,
        (_, Locale::en) if 100_000 <= whole => Scale::Thousand,
        _ => Scale::One,
    }
}

fn of_the_browser() -> Locale {
    let language = window().navigator().language().unwrap_or_default();
    if language.to_ascii_lowercase().starts_with("zh") { Locale::zh } else { Locale::en }
}

fn stored_before() -> Stored {
    if has_storage() { LocalStorage::get(KEY).unwrap_or_default() } else { Stored::default() }
}

/// Storage may be blocked: touching it, or reading from it, would then throw.
pub fn has_storage() -> bool {
    window().local_storage().ok().flatten().is_some_and(|it| it.get_item(KEY).is_ok())
}
