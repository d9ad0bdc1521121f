//! The page as a whole: what all of it shares, and which page is shown.

use leptos::prelude::*;

use super::banner::Banners;
use super::chart::{Hung, Shown, Wall};
use super::command::{self, Commands};
use super::display::Display;
use super::inspector::Inspector;
use super::later::{self, DialogLater, Later, ReadLink};
use super::library::Library;
use super::notice::{NoticeBar, Notices};
use super::on_paper::PaperHead;
use super::parts::Show;
use super::route::{Address, Route};
use super::settle::{follow_plan, provide_trailing};
use super::shell::{Bar, Rail, Status};
use super::start::{DropVeil, StartPage};
use super::warm::warm_up;
use crate::edge::address;
use crate::edge::store::journal::Settled;
use crate::i18n::Words;
use crate::live::{Derived, Held, follow};
use crate::plan::{At, Calendar, Pair, Plan, Unit};
use crate::session::{Access, Session};

/// The route in force.
#[derive(Clone, Copy)]
pub struct Here(pub Held<Route>);

impl Here {
    /// To a page. Where one is already, nothing is drawn anew.
    pub fn go(self, route: Route) {
        if self.0.get_untracked() != route {
            self.0.set(route);
        }
    }
}

/// The place of a sheet that somebody asked to see; its sheet takes it.
#[derive(Clone, Copy)]
pub struct Wanted(pub Held<Option<At>>);

/// The dimensions of the sheet that is shown.
#[derive(Clone, Copy)]
pub struct Paired(pub Pair);

/// Which dialog is open.
#[derive(Clone, Copy)]
pub struct Dialogs {
    pub share: Held<bool>,
    pub import: Held<bool>,
    pub palette: Held<bool>,
    pub shortcuts: Held<bool>,
    /// The export of three dimensions, which shows nothing.
    pub chain: Held<bool>,
    /// A file that is no plan, for the import dialog: its name and its bytes.
    pub dropped: Held<Option<(String, Vec<u8>)>>,
}

/// What the chosen block of a sheet comes to, for the line at the foot.
#[derive(Clone, Copy)]
pub struct Chosen(pub Held<Option<String>>);

/// The app. Mounted once, with what the journal knew better than storage, and what reads links where one is to be shown.
#[component]
pub fn App(settled: Settled, read_link: Option<ReadLink>) -> impl IntoView {
    let nothing = Plan::blank("", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    let session = Session::new(nothing, Access::Own);
    let here = Here(Held::new(Route::Start));
    let (share, import, chain) = (Held::new(false), Held::new(false), Held::new(false));
    let (palette, shortcuts) = (Held::new(false), Held::new(false));
    let dialogs = Dialogs { share, import, palette, shortcuts, chain, dropped: Held::new(None) };
    let notices = Notices::new();
    let display = Display::remembered();
    provide_context(session);
    provide_context(here);
    provide_context(Wanted(Held::new(None)));
    provide_context(dialogs);
    provide_context(Chosen(Held::new(None)));
    provide_context(Hung(Held::new(Shown::Overview)));
    provide_context(Wall::default());
    provide_context(notices);
    provide_context(display);
    let words = Words::new(display.locale, display.nameless);
    provide_context(words);
    let library = Library::new(session, here, notices, read_link);
    provide_context(library);
    display.follow();
    display.follow_meeting();
    follow_address(library, here);
    library.resume(settled);
    keep_title(session, library, words);
    keep_scale(session, display);
    follow_plan(session);
    warm_up(session, library);
    remove_skeleton();
    later::fetch_when_idle();
    let commands = Commands(Held::new(None));
    provide_context(commands);
    command::serve(commands);

    let has_plan = move || library.is_open();
    let page = move || match here.0.get() {
        Route::Start => view! { <StartPage/> }.into_any(),
        _ if !has_plan() => view! { <StartPage/> }.into_any(),
        Route::Goal => view! { <Later part=later::goal/> }.into_any(),
        Route::Calendar => view! { <Later part=later::calendar/> }.into_any(),
        Route::Capacity => view! { <Later part=later::capacity/> }.into_any(),
        Route::Funnel => view! { <Later part=later::funnel/> }.into_any(),
        Route::Gate => view! { <Later part=later::gate/> }.into_any(),
        Route::Chance => view! { <Later part=later::chance/> }.into_any(),
        Route::Scenarios => view! { <Later part=later::scenarios/> }.into_any(),
        Route::Sheet(dimension) => sheet(Pair::over_time(dimension)),
        Route::Cross(pair) => sheet(pair),
        Route::Agree => view! { <Later part=later::agree/> }.into_any(),
    };
    let with_inspector = move || has_plan() && here.0.get().pair().is_some();
    view! {
        <div class="app" class:app--with-inspector=move || with_inspector() class:app--trial=move || session.is_trial()>
            <Bar/>
            <Rail/>
            <main class="app__main" id="main" tabindex="-1">
                <PaperHead/>
                <Banners/>
                <Show when=move || session.is_trial()><Later part=later::what_if/></Show>
                {move || page()}
            </main>
            <Show when=with_inspector>
                {provide_trailing()}
                <Inspector/>
            </Show>
            <Status/>
            <NoticeBar/>
            <DialogLater part=later::share is_asked=dialogs.share/>
            <DialogLater part=later::import is_asked=dialogs.import/>
            <DialogLater part=later::palette is_asked=dialogs.palette/>
            <DialogLater part=later::shortcuts is_asked=dialogs.shortcuts/>
            <DialogLater part=later::chain is_asked=dialogs.chain/>
            <DialogLater part=later::unseal is_asked=library.asks_passphrase/>
            <DialogLater part=later::versions is_asked=library.asks_versions/>
            <DialogLater part=later::backup is_asked=library.asks_backup/>
            <DropVeil/>
        </div>
    }
    .into_any()
}

/// The sheet of a pair of dimensions, once it is there.
fn sheet(pair: Pair) -> AnyView {
    provide_context(Paired(pair));
    view! { <Later part=later::sheet/> }.into_any()
}

/// Follows the address: back, forward, and a link pasted into the same tab.
fn follow_address(library: Library, here: Here) {
    let read = move || match Route::read(&address::hash()) {
        Address::Route(route) => here.go(route),
        Address::Link(text) => library.preview(text),
        Address::Elsewhere => {}
    };
    read();
    let handle = window_event_listener(leptos::ev::hashchange, move |_| read());
    on_cleanup(move || handle.remove());
    // The other way round: a route that was set shows in the address, as a step that the back button takes back.
    Effect::new(move |before: Option<Route>| {
        let route = here.0.get();
        if before.is_some_and(|it| it != route) && address::hash() != route.hash() {
            // A host that forbids it leaves the address as it is; the page is right all the same.
            _ = window().location().set_hash(route.hash());
        }
        route
    });
}

/// The unit of all figures stays what it was while a new target is being typed.
fn keep_scale(session: Session, display: Display) {
    follow(move || display.remember(&session.plan()));
}

fn keep_title(session: Session, library: Library, words: Words) {
    let title = Derived::new(move || {
        let product = crate::say!(words, shell.product);
        if library.is_open() { format!("{} · {product}", session.plan().title) } else { product.into_owned() }
    });
    follow(move || document().set_title(&title.get()));
}

fn remove_skeleton() {
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
}
