//! Sending a plan: how much of it, in which form, how long that is and where it gets through, and who can read it.
//!
//! Refused here: sending anything. What is made stands in the page, and goes to the clipboard, to a file or to a camera.

mod code;
mod files;
mod light;
mod message;
mod offer;
mod parcel;
mod scopes;
mod secret;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::Dialogs;
use super::display::Display;
use super::library::Library;
use super::parts::{Dialog, Segment, Segments};
use crate::edge::scope::Scope;
use crate::edge::what_if::WhatIfLink;
use crate::edge::{clipboard, seal};
use crate::i18n::{Text, Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::Plan;
use crate::session::Session;
use crate::{say, text};
pub use files::{Kind, save_whole};
use offer::{Offer, offers};
use parcel::Parcel;
use scopes::Scopes;
use secret::{Seal, Secret};

/// In which form the plan goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Link,
    /// What it comes to, in a few lines, and the link.
    Message,
    /// The link, for a camera.
    Code,
    File,
}

/// What the dialog says of the last thing that the user did in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Nothing,
    Copied,
    /// The browser would not: the text is selected.
    ByHand,
    FileRefused,
}

/// What is chosen, and what became of it.
#[derive(Clone, Copy)]
struct Sending {
    scope: Held<Scope>,
    way: Held<Way>,
    kind: Held<Kind>,
    done: Held<Done>,
    offer: Derived<Offer>,
    seal: Held<Seal>,
}

impl Sending {
    /// The link that goes out. None while there is none, or not yet.
    fn link(self) -> Option<String> {
        match self.seal.get() {
            Seal::Off => self.offer.with(|it| it.link.clone()),
            Seal::Ready(link) => Some(link),
            Seal::Short(_) | Seal::Busy | Seal::Refused => None,
        }
    }

    /// The message around it. What is sealed is not told beside it.
    fn message(self, words: Words) -> Option<String> {
        match self.seal.get() {
            Seal::Off => self.offer.with(|it| it.message.clone()),
            _ => self.link().map(|it| format!("{}\n{it}", say!(words, seal.message))),
        }
    }

    /// What goes out is a plan of which somebody may send a later version.
    fn comes_back(self) -> bool {
        let is_plan = self.way.get_untracked() != Way::File || self.kind.get_untracked() == Kind::Plan;
        is_plan && matches!(self.scope.get_untracked(), Scope::Whole | Scope::Planned)
    }

    fn is_sealed(self) -> bool {
        self.seal.get() != Seal::Off
    }

    fn choose_scope(self, scope: Scope) {
        self.scope.set(scope);
        self.done.set(Done::Nothing);
    }

    fn choose_kind(self, kind: Kind) {
        self.kind.set(kind);
        self.done.set(Done::Nothing);
    }

    fn choose_way(self, way: Way) {
        self.way.set(way);
        self.done.set(Done::Nothing);
    }
}

#[component]
pub fn ShareDialog() -> impl IntoView {
    let words = use_words();
    let dialogs = expect_context::<Dialogs>();
    view! {
        <Dialog name="share" is_open=dialogs.share title=text!(words, share.title) close=text!(words, share.close)>
            <ShareBody/>
        </Dialog>
    }
}

/// Made anew each time the dialog opens, so that nothing is packed that nobody sends.
#[component]
fn ShareBody() -> impl IntoView {
    let words = use_words();
    let (session, display) = (expect_context::<Session>(), expect_context::<Display>());
    let library = expect_context::<Library>();
    // All at once, for each says how long it is; in the language in which the dialog was opened.
    let offers = untrack(|| {
        let (plan, outcome) = (session.base_untracked(), session.base_outcome_untracked());
        offers(words, display, (&library.outgoing(&plan), &outcome), tried_out(session, &plan))
    });
    let scope = Held::new(offers.first().map_or(Scope::Whole, |it| it.scope));
    let all = offers.clone();
    let offer = Derived::new(move || {
        let chosen = all.iter().find(|it| it.scope == scope.get()).or(all.first());
        chosen.cloned().unwrap_or_else(|| unreachable!("the whole plan is always offered"))
    });
    let sending = Sending {
        scope,
        way: Held::new(Way::Link),
        kind: Held::new(Kind::Plan),
        done: Held::new(Done::Nothing),
        offer,
        seal: Held::new(Seal::Off),
    };
    let warning = move || match sending.is_sealed() {
        true => say!(words, seal.warning),
        false => say!(words, share.warning),
    };
    view! {
        <div class="dialog__body">
            <Scopes offers sending/>
            <Segments label=Derived::new(move || say!(words, share.how).into_owned()) items=ways()
                chosen=sending.way choose=Callback::new(move |way| sending.choose_way(way))/>
            {seal::is_possible().then(|| view! { <Secret sending/> })}
            <Parcel sending/>
            <p class="share__warning">{move || warning()}</p>
        </div>
        <Foot sending/>
    }
}

/// What is tried out over a plan, if it changes anything.
fn tried_out(session: Session, plan: &Plan) -> Option<WhatIfLink> {
    let edits = session.tried();
    let of = session.what_if().and_then(|it| it.of);
    let name = of.and_then(|it| plan.scenarios.list.get(it)).map(|it| it.name.clone()).unwrap_or_default();
    (!edits.is_empty()).then(|| WhatIfLink::of(plan, name, edits))
}

fn ways() -> Derived<Vec<Segment<Way>>> {
    let words = use_words();
    Derived::new(move || {
        let segment = |value, word: std::borrow::Cow<'static, str>| Segment { value, word: word.into_owned() };
        vec![
            segment(Way::Link, say!(words, share.way_link)),
            segment(Way::Message, say!(words, share.way_message)),
            segment(Way::Code, say!(words, share.way_code)),
            segment(Way::File, say!(words, share.way_file)),
        ]
    })
}

/// The one thing to do with what is chosen, and what became of it.
#[component]
fn Foot(sending: Sending) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let library = expect_context::<Library>();
    let Sending { way, done, .. } = sending;
    let said = move || match done.get() {
        Done::Nothing => String::new(),
        Done::Copied => say!(words, share.copied).into_owned(),
        Done::ByHand => say!(words, share.by_hand).into_owned(),
        Done::FileRefused => say!(words, share.file_refused).into_owned(),
    };
    let act = move |_| {
        match way.get_untracked() {
            Way::File => {
                if files::save(words, session, sending) {
                    library.mark_exported();
                }
            }
            Way::Message => copy(sending, untrack(|| sending.message(words))),
            Way::Link | Way::Code => copy(sending, untrack(|| sending.link())),
        }
        if sending.comes_back() {
            library.mark_sent(&sending.offer.with_untracked(|it| it.plan.clone()));
        }
    };
    let word = move || match way.get() {
        Way::Link | Way::Code => say!(words, share.copy),
        Way::Message => say!(words, share.copy_message),
        Way::File => say!(words, share.save_file),
    };
    let is_off = move || match way.get() {
        Way::File => files::is_pointless(sending),
        _ => sending.link().is_none(),
    };
    view! {
        <div class="dialog__foot">
            <p class="share__said" role="status">{move || said()}</p>
            <button type="button" class="button button--primary" autofocus=true disabled=move || is_off() on:click=act>
                {move || word()}
            </button>
        </div>
    }
}

fn copy(sending: Sending, text: Option<String>) {
    let Some(text) = text else { return };
    spawn_local(async move {
        let copied = clipboard::copy(&text).await;
        if !copied {
            parcel::select();
        }
        // The dialog may be closed by now.
        sending.done.set(if copied { Done::Copied } else { Done::ByHand });
    });
}

/// What a scope is called, and what goes along.
fn scope_words(scope: Scope) -> [Text; 2] {
    let words = use_words();
    match scope {
        Scope::WhatIf => [text!(words, share.scope_what_if), text!(words, share.scope_what_if_hint)],
        Scope::Whole => [text!(words, share.scope_whole), text!(words, share.scope_whole_hint)],
        Scope::Planned => [text!(words, share.scope_planned), text!(words, share.scope_planned_hint)],
        Scope::Anonymous => [text!(words, share.scope_anonymous), text!(words, share.scope_anonymous_hint)],
    }
}
