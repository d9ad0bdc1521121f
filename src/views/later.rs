//! The parts of the page that are downloaded when somebody first asks for them.
//!
//! `make dist` takes them out of the first download (`--cfg split`, `tools/pack.mjs`); elsewhere they are in it, and are
//! there at once. A part may name the rest of the page; the rest of the page names a part here and nowhere else.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::import::ImportDialog;
use super::notice::{Notice, Notices};
use crate::i18n::use_words;
use crate::live::{Held, follow};
use crate::say;

/// How a part is made, once it is here.
type Make = fn() -> AnyView;

/// A part could not be downloaded: the network is gone, or the host has another version by now.
struct NotHere;

#[cfg(split)]
mod parts {
    #![allow(unsafe_code, improper_ctypes_definitions, improper_ctypes, reason = "written by the macro")]

    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    use super::{ImportDialog, IntoAny, Make, NotHere, view};

    impl From<SplitLoaderError> for NotHere {
        fn from(_: SplitLoaderError) -> NotHere {
            NotHere
        }
    }

    #[wasm_split(import, wasm_split_path = ::leptos::wasm_split, fallible)]
    pub fn import() -> Result<Make, NotHere> {
        Ok(|| view! { <ImportDialog/> }.into_any())
    }
}

#[cfg(not(split))]
mod parts {
    use super::{ImportDialog, IntoAny, Make, NotHere, view};

    pub async fn import() -> Result<Make, NotHere> {
        Ok(|| view! { <ImportDialog/> }.into_any())
    }
}

/// The dialog of pasted tables, from when it is first asked for.
#[component]
pub fn ImportLater(is_asked: Held<bool>) -> impl IntoView {
    let words = use_words();
    let notices = expect_context::<Notices>();
    let make = Held::new(None::<Make>);
    follow(move || {
        if !is_asked.get() || make.get_untracked().is_some() {
            return;
        }
        spawn_local(async move {
            match parts::import().await {
                Ok(part) if make.get_untracked().is_none() => make.set(Some(part)),
                Ok(_) => {}
                Err(NotHere) => {
                    is_asked.set(false);
                    notices.say(Notice::Problem(untrack(|| say!(words, shell.part_not_here)).into_owned()));
                }
            }
        });
    });
    move || make.get().map(|make| make())
}
