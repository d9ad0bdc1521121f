//! All words of the page, in two languages: `locales/zh` and `locales/en`, one file a subject. A key that is missing in
//! one of them does not compile.
//!
//! `say!(words, sheet.total)` is the sentence in the language in force; inside a closure it follows the language.
//! `text!(words, sheet.total)` stands in a page and follows by itself.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use leptos::prelude::*;

use crate::live::Held;

mod generated {
    #![allow(
        clippy::all,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "written by the build script"
    )]
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}

pub use generated::i18n::*;

/// The language in force, and whether people are called by their names.
#[derive(Clone, Copy)]
pub struct Words {
    locale: Held<Locale>,
    nameless: Held<bool>,
}

impl Words {
    pub fn new(locale: Held<Locale>, nameless: Held<bool>) -> Words {
        Words { locale, nameless }
    }

    #[inline(never)] // it stands in every sentence
    pub fn locale(self) -> Locale {
        self.locale.get()
    }

    /// Others look on who are not to see whose number is whose.
    pub fn is_nameless(self) -> bool {
        self.nameless.get()
    }

    pub fn is_chinese(self) -> bool {
        self.locale() == Locale::zh
    }
}

/// The language in force, from wherever in the page.
pub fn use_words() -> Words {
    use_context::<Words>().unwrap_or_else(|| Words::new(Held::new(Locale::zh), Held::new(false)))
}

/// A sentence that follows the language, as a view and the value of an attribute.
pub type Text = Arc<Mutex<dyn FnMut() -> Cow<'static, str> + Send>>;

/// What `text!` is: here and not in the macro, so that a page has it once and not at every sentence.
pub fn text(words: Words, sentence: fn(Locale) -> &'static str) -> Text {
    Arc::new(Mutex::new(move || Cow::from(sentence(words.locale()))))
}

/// The same, of a sentence with names and numbers in it.
pub fn told(say: impl FnMut() -> Cow<'static, str> + Send + 'static) -> Text {
    Arc::new(Mutex::new(say))
}

/// A sentence that stands in a page as it is.
#[macro_export]
macro_rules! text {
    ($words:expr, $($key:tt)*) => {
        $crate::i18n::text($words, |locale| leptos_i18n::td_string!(locale, $($key)*))
    };
}

/// A sentence in the language in force, as text.
#[macro_export]
macro_rules! say {
    ($words:expr, $($key:tt)*) => {{
        let locale = $words.locale();
        std::borrow::Cow::<'static, str>::from(leptos_i18n::td_string!(locale, $($key)*))
    }};
}
