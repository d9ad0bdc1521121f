//! The parts of the page that are downloaded when somebody first asks for them.
//!
//! `make dist` takes them out of the first download (`--cfg split`, `tools/pack.mjs`); elsewhere they are in it, and are
//! there at once. A part may name the rest of the page; the rest of the page names a part here and nowhere else.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::chain::ChainExport;
use super::import::ImportDialog;
use super::notice::{Notice, Notices};
use crate::i18n::use_words;
use crate::live::{Held, follow};
use crate::say;

/// A part: how it is fetched. Fetched once, it is there at once ever after, network or not.
pub type Part = fn() -> Fetched;

/// A part on its way.
type Fetched = Pin<Box<dyn Future<Output = Result<Make, NotHere>>>>;

/// How what a part is there for is made, once it is here.
type Make = fn() -> AnyView;

/// A part could not be downloaded: the network is gone, or the host has another version by now.
pub struct NotHere;

#[cfg(split)]
impl From<leptos::wasm_split::SplitLoaderError> for NotHere {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> NotHere {
        NotHere
    }
}

macro_rules! parts {
    ($($name:ident: $component:ident,)*) => {
        $(pub fn $name() -> Fetched {
            Box::pin(split::$name())
        })*

        mod split {
            #![allow(unsafe_code, improper_ctypes_definitions, improper_ctypes, reason = "written by the macro")]
            use super::*;

            $(#[cfg(split)]
            #[leptos::wasm_split::wasm_split($name, wasm_split_path = ::leptos::wasm_split, fallible)]
            pub fn $name() -> Result<Make, NotHere> {
                Ok(|| $component().into_any())
            }

            #[cfg(not(split))]
            pub async fn $name() -> Result<Make, NotHere> {
                Ok(|| $component().into_any())
            })*
        }
    };
}

// The name of a part, and the component that it is there for.
parts! {
    import: ImportDialog,
    chain: ChainExport,
}

/// A dialog that is a part, from when it is first asked for.
#[component]
pub fn DialogLater(part: Part, is_asked: Held<bool>) -> impl IntoView {
    let words = use_words();
    let notices = expect_context::<Notices>();
    let dialog = Held::new(None::<Make>);
    follow(move || {
        if !is_asked.get() || dialog.get_untracked().is_some() {
            return;
        }
        spawn_local(async move {
            match part().await {
                Ok(make) if dialog.get_untracked().is_none() => dialog.set(Some(make)),
                Ok(_) => {}
                Err(NotHere) => {
                    is_asked.set(false);
                    notices.say(Notice::Problem(untrack(|| say!(words, shell.part_not_here)).into_owned()));
                }
            }
        });
    });
    move || dialog.get().map(|make| make())
}
