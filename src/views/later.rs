//! The parts of the page that are downloaded after it: in idle time once the page is there, or when somebody asks for one
//! first.
//!
//! `make dist` takes them out of the first download (`--cfg split`, `tools/pack.mjs`); elsewhere they are in it, and are
//! there at once. A part may name the rest of the page; the rest of the page names a part here and nowhere else.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::agree::AgreePage;
use super::backup::BackupDialog;
use super::banner::TroubleBoxes;
use super::calendar::CalendarPage;
use super::capacity::CapacityPage;
use super::chain::ChainExport;
use super::chance::ChancePage;
use super::chart::Pictures;
use super::funnel::FunnelPage;
use super::gate::GatePage;
use super::goal::GoalPage;
use super::import::ImportDialog;
use super::inspector::InspectorBody;
use super::library::Library;
use super::merge::Merging;
use super::notice::{Notice, Notices};
use super::palette::Palette;
use super::parts::Show;
use super::scenario::{ScenarioPage, WhatIfBar};
use super::share::{self, Kind, ShareDialog};
use super::sheet::{PasteDialog, SheetPage, UnderSheet};
use super::shortcuts::Shortcuts;
use super::unseal::UnsealDialog;
use super::versions::VersionsDialog;
use crate::edge::plan_link::{self, PlanLinkError};
use crate::i18n::{Words, use_words};
use crate::live::{Held, follow};
use crate::plan::check::Repair;
use crate::plan::{Edit, ItemId, Plan};
use crate::session::{Access, Session};
use crate::{say, text};

/// A part: how it is fetched. Fetched once, it is there at once ever after, network or not.
pub type Part = fn() -> Fetched;

/// A part on its way.
type Fetched = Pin<Box<dyn Future<Output = Result<Make, NotHere>>>>;

/// How what a part is there for is made, once it is here.
type Make = fn() -> AnyView;

/// A part could not be downloaded: the network is gone, or the host has another version by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotHere;

#[cfg(split)]
impl From<leptos::wasm_split::SplitLoaderError> for NotHere {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> NotHere {
        NotHere
    }
}

/// What a link says.
pub type ReadLink = fn(&str) -> Result<(Plan, Vec<Repair>), PlanLinkError>;

/// Fetches what reads links: most starts of the page show none.
pub async fn links() -> Result<ReadLink, NotHere> {
    split::links().await
}

/// Hands the whole plan to the browser as a file; false where it would not take it.
type SaveWhole = fn(Words, Session, Kind) -> bool;

/// Has the plan saved as a file of a kind, or says why not. What writes workbooks is a part of its own.
pub fn save_whole(words: Words, notices: Notices, session: Session, kind: Kind) {
    spawn_local(async move {
        match split::files().await {
            Ok(save) if save(words, session, kind) => {}
            Ok(_) => notices.say(Notice::Problem(untrack(|| say!(words, share.file_refused)).into_owned())),
            Err(NotHere) => notices.say(Notice::Problem(untrack(|| say!(words, shell.part_not_here)).into_owned())),
        }
    });
}

/// What of a session changes its plan, the title aside, and what reads and writes backups: for those who are there before
/// anything can be changed.
#[derive(Clone, Copy)]
pub struct Hands {
    pub undo: fn(Session),
    pub redo: fn(Session),
    pub begin: fn(Session),
    pub leave: fn(Session),
    pub reopen: fn(Session, Plan, Access),
    pub try_out: fn(Session, &[Edit], Option<ItemId>),
    pub look_at: fn(Session, ItemId),
    pub save_backup: fn(Library),
    pub look_into_backup: fn(Library, String, &str),
}

/// Has something done by them, or says that they are not here.
pub fn by_hand(words: Words, notices: Notices, act: impl FnOnce(Hands) + 'static) {
    spawn_local(async move {
        match split::hands().await {
            Ok(hands) => act(hands),
            Err(NotHere) => notices.say(Notice::Problem(untrack(|| say!(words, shell.part_not_here)).into_owned())),
        }
    });
}

/// A function for each part that fetches it, and the list of them.
macro_rules! parts {
    ($($name:ident: $component:ident,)*) => {
        $(pub fn $name() -> Fetched {
            Box::pin(split::$name())
        })*

        const PARTS: [Part; [$(stringify!($name)),*].len()] = [$($name),*];

        mod split {
            #![allow(unsafe_code, improper_ctypes_definitions, improper_ctypes, reason = "written by the macro")]
            use super::*;

            #[cfg(split)]
            #[leptos::wasm_split::wasm_split(links, wasm_split_path = ::leptos::wasm_split, fallible)]
            pub fn links() -> Result<ReadLink, NotHere> {
                Ok(plan_link::read)
            }

            #[cfg(not(split))]
            pub async fn links() -> Result<ReadLink, NotHere> {
                Ok(plan_link::read)
            }

            #[cfg(split)]
            #[leptos::wasm_split::wasm_split(files, wasm_split_path = ::leptos::wasm_split, fallible)]
            pub fn files() -> Result<SaveWhole, NotHere> {
                Ok(share::save_whole)
            }

            #[cfg(not(split))]
            pub async fn files() -> Result<SaveWhole, NotHere> {
                Ok(share::save_whole)
            }

            #[cfg(split)]
            #[leptos::wasm_split::wasm_split(hands, wasm_split_path = ::leptos::wasm_split, fallible)]
            pub fn hands() -> Result<Hands, NotHere> {
                Ok(HANDS)
            }

            #[cfg(not(split))]
            pub async fn hands() -> Result<Hands, NotHere> {
                Ok(HANDS)
            }

            const HANDS: Hands = Hands {
                undo: Session::undo,
                redo: Session::redo,
                begin: Session::begin,
                leave: Session::leave,
                reopen: Session::reopen,
                try_out: Session::try_out,
                look_at: Session::look_at,
                save_backup: Library::write_backup,
                look_into_backup: Library::read_backup,
            };

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

// The name of a part, which is that of its file too, and the component that it is there for.
parts! {
    sheet: SheetPage,
    under_sheet: UnderSheet,
    pictures: Pictures,
    inspector: InspectorBody,
    goal: GoalPage,
    calendar: CalendarPage,
    capacity: CapacityPage,
    funnel: FunnelPage,
    gate: GatePage,
    chance: ChancePage,
    what_if: WhatIfBar,
    scenarios: ScenarioPage,
    agree: AgreePage,
    share: ShareDialog,
    unseal: UnsealDialog,
    import: ImportDialog,
    chain: ChainExport,
    palette: Palette,
    shortcuts: Shortcuts,
    paste: PasteDialog,
    versions: VersionsDialog,
    backup: BackupDialog,
    merging: Merging,
    trouble: TroubleBoxes,
}

/// Fetches every part, one after the other, once the browser has nothing else to do. What cannot be had then is fetched
/// when it is asked for.
pub fn fetch_when_idle() {
    when_idle(|| {
        spawn_local(async {
            _ = split::hands().await;
            _ = links().await;
            _ = split::files().await;
            for part in PARTS {
                _ = part().await;
            }
        });
    });
}

/// Acts once the browser has nothing else to do.
pub fn when_idle(act: impl Fn() + Clone + 'static) {
    // Safari cannot say when it is idle.
    if request_idle_callback_with_handle(act.clone()).is_err() {
        set_timeout(act, std::time::Duration::from_secs(1));
    }
}

/// A page, or a piece of one, that is a part: in its place from when it is there.
#[component]
pub fn Later(part: Part) -> impl IntoView {
    let words = use_words();
    let fetched = Held::new(None);
    spawn_local(async move { fetched.set(Some(part().await)) });
    move || match fetched.get() {
        None => view! { <Placeholder class="later"/> }.into_any(),
        Some(Ok(make)) => make(),
        Some(Err(NotHere)) => {
            view! { <p class="later__missing" role="alert">{text!(words, shell.part_not_here)}</p> }.into_any()
        }
    }
}

/// A piece of a page that nobody waits for: nothing stands in its place until it is there.
#[component]
pub fn Besides(part: Part) -> impl IntoView {
    let fetched = Held::new(None::<Make>);
    spawn_local(async move { fetched.set(part().await.ok()) });
    move || fetched.get().map(|make| make())
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
    view! {
        <Show when=move || is_asked.get() && dialog.get().is_none()>
            <Placeholder class="later later--dialog"/>
        </Show>
        {move || dialog.get().map(|make| make())}
    }
}

/// Where a part will be: as large as it will be, so that nothing moves when it comes.
#[component]
fn Placeholder(class: &'static str) -> impl IntoView {
    let words = use_words();
    view! {
        <div class=class role="status">
            <span class="unseen">{text!(words, shell.part_coming)}</span>
            <i class="later__title"></i>
            <i class="later__card"></i>
        </div>
    }
}
