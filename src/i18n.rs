//! All words of the page, in two languages: `locales/zh` and `locales/en`, one file a subject. A key that is missing in
//! one of them does not compile.
//!
//! `say!(words, sheet.total)` is the sentence in the language in force; inside a closure it follows the language.

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

/// The language in force.
#[derive(Clone, Copy)]
pub struct Words(pub Held<Locale>);

impl Words {
    #[inline(never)] // it stands in every sentence
    pub fn locale(self) -> Locale {
        self.0.get()
    }

    pub fn is_chinese(self) -> bool {
        self.locale() == Locale::zh
    }
}

/// The language in force, from wherever in the page.
pub fn use_words() -> Words {
    use_context::<Words>().unwrap_or_else(|| Words(Held::new(Locale::zh)))
}

/// A sentence in the language in force, as text.
#[macro_export]
macro_rules! say {
    ($words:expr, $($key:tt)*) => {{
        let locale = $words.locale();
        std::borrow::Cow::<'static, str>::from(leptos_i18n::td_string!(locale, $($key)*))
    }};
}
