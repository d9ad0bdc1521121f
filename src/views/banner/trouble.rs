//! Says what is wrong with a link or a file, or what was mended in it, until the user takes it away. A link can be pasted
//! again right here.

use leptos::html;
use leptos::prelude::*;

use super::super::fault;
use super::super::library::{FileFault, Library, LinkFault, Trouble};
use super::super::parts::{CollectAny, Look, button};
use super::super::start::{LinkForm, PickFile};
use crate::edge::plan_link::PlanLinkError;
use crate::edge::store::PlanId;
use crate::i18n::use_words;
use crate::live::Derived;
use crate::plan::Unit;
use crate::{say, text};

/// More mended places than these nobody reads.
const MOST: usize = 5;

/// What is wrong, for as long as something is.
#[component]
pub fn TroubleBoxes() -> impl IntoView {
    let library = expect_context::<Library>();
    move || library.trouble().map(|trouble| view! { <TroubleBox trouble/> })
}

#[component]
fn TroubleBox(trouble: Trouble) -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let about = trouble.clone();
    let heading = Derived::new(move || fault::heading(words, &about));
    let is_bad = !matches!(
        trouble,
        Trouble::Mended { .. }
            | Trouble::Harmed(_)
            | Trouble::OtherUnit { .. }
            | Trouble::Link(LinkFault::Link(PlanLinkError::WhatIf(..)))
    );
    let way_out = way_out(&trouble);
    // What was done may have been done far down the page.
    let section = NodeRef::<html::Section>::new();
    section.on_load(|it| it.scroll_into_view());
    view! {
        <section class="banner" node_ref=section class:banner--bad=is_bad class:banner--warn=!is_bad aria-label=move || heading.get()>
            <div class="banner__text" role="alert">
                <p class="banner__title">{move || heading.get()}</p>
                {move || sentences(words, &trouble).into_iter().map(|it| view! { <p>{it}</p> }).collect_any()}
            </div>
            {way_out}
            <div class="banner__ways">
                {button(Look::Plain, text!(words, share.close), move || library.dismiss_trouble())}
            </div>
        </section>
    }
}

fn sentences(words: crate::i18n::Words, trouble: &Trouble) -> Vec<String> {
    match trouble {
        Trouble::Link(error) => {
            vec![fault::of_link(words, error), say!(words, error.link_nothing_changed).into_owned()]
        }
        Trouble::File { fault, .. } => vec![fault::of_file(words, fault)],
        Trouble::OtherUnit { theirs, ours } => {
            let [theirs, ours] = [theirs, ours].map(|(Unit::Money(it) | Unit::Count(it))| it.clone());
            vec![say!(words, error.what_if_unit, theirs = theirs, ours = ours).into_owned()]
        }
        Trouble::Harmed(_) => vec![say!(words, store.harmed_text).into_owned()],
        Trouble::Mended { unit, repairs } => {
            let named = repairs.iter().take(MOST).map(|it| fault::of_repair(words, unit, it));
            let rest = repairs.len().saturating_sub(MOST);
            let more = (rest != 0).then(|| say!(words, error.mended_more, count = rest).into_owned());
            named.chain(more).collect()
        }
    }
}

/// Hands out what could not be read.
#[component]
fn SaveHarmed(id: PlanId) -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    button(Look::Plain, text!(words, store.save_harmed), move || _ = library.save_harmed(id))
}

/// Another try, where there is one.
fn way_out(trouble: &Trouble) -> Option<AnyView> {
    match trouble {
        Trouble::Link(_) => Some(view! { <LinkForm is_again=true/> }.into_any()),
        Trouble::File { fault: FileFault::Plan(_) | FileFault::Backup(_) | FileFault::Read(_), .. } => {
            Some(view! { <PickFile class="button"/> }.into_any())
        }
        Trouble::Harmed(id) => Some(view! { <SaveHarmed id=*id/> }.into_any()),
        Trouble::Mended { .. } | Trouble::OtherUnit { .. } => None,
    }
}
