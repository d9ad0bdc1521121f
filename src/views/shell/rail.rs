//! The rail at the side: the pages, in the order in which a plan is made, each with a mark of what was found on it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::super::app::Here;
use super::super::library::Library;
use super::super::parts::Show;
use super::super::route::Route;
use super::super::settle::trailing;
use crate::engine::{Finding, Severity};
use crate::i18n::use_words;
use crate::live::{Derived, follow};
use crate::plan::{Dimension, Pair, Plan};
use crate::session::Session;
use crate::{say, text};

#[component]
pub fn Rail() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let rail = NodeRef::<html::Nav>::new();
    keep_in_sight(rail);
    view! {
        <nav class="rail" aria-label=text!(words, shell.pages) node_ref=rail>
            <RailLink route=Route::Start/>
            <Show when=move || library.is_open()>
                <h2 class="rail__head">{text!(words, shell.set)}</h2>
                <RailLink route=Route::Goal/>
                <RailLink route=Route::Calendar/>
                <h2 class="rail__head">{text!(words, shell.reach)}</h2>
                <RailLink route=Route::Capacity/>
                <RailLink route=Route::Funnel/>
                <RailLink route=Route::Gate/>
                <RailLink route=Route::Chance/>
                <RailLink route=Route::Scenarios/>
                <h2 class="rail__head">{text!(words, shell.divide)}</h2>
                <RailLink route=Route::Sheet(Dimension::Organisation)/>
                <RailLink route=Route::Sheet(Dimension::Product)/>
                <RailLink route=Route::Sheet(Dimension::Customer)/>
                <RailLink route=Route::Sheet(Dimension::Channel)/>
                <CrossLinks/>
                <h2 class="rail__head">{text!(words, shell.agree)}</h2>
                <RailLink route=Route::Agree/>
            </Show>
        </nav>
    }
}

/// Where the pages stand in a row that scrolls, the one that is shown stands in the middle.
fn keep_in_sight(rail: NodeRef<html::Nav>) {
    let here = expect_context::<Here>();
    follow(move || {
        here.0.track();
        let Some(rail) = rail.get() else { return };
        request_animation_frame(move || {
            let found = rail.query_selector("[aria-current]").ok().flatten();
            let Some(link) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) else { return };
            let middle = link.offset_left() - rail.offset_left() + link.offset_width() / 2;
            rail.set_scroll_left(middle - rail.client_width() / 2);
        });
    });
}

/// Tables of two trees neither of which is time: those that are offered, and the one that is shown.
#[component]
fn CrossLinks() -> impl IntoView {
    let here = expect_context::<Here>();
    let session = trailing();
    let routes = Derived::new(move || {
        let (plan, here) = (session.plan(), here.0.get());
        let all = Pair::CROSSED.into_iter().map(Route::Cross);
        all.filter(|it| it.is_offered(&plan) || *it == here).collect::<Vec<_>>()
    });
    move || routes.get().into_iter().map(|route| view! { <RailLink route/> }).collect_view()
}

#[component]
fn RailLink(route: Route) -> impl IntoView {
    let words = use_words();
    let here = expect_context::<Here>();
    let library = expect_context::<Library>();
    let session = trailing();
    let current = move || (here.0.get() == route).then_some("page");
    let state = Derived::new(move || if library.is_open() { state(session, route) } else { State::None });
    let dot = move || match state.get() {
        State::None => "rail__dot",
        State::Good => "rail__dot rail__dot--good",
        State::Warning => "rail__dot rail__dot--warn",
        State::Bad => "rail__dot rail__dot--bad",
    };
    let state_word = move || match state.get() {
        State::None => say!(words, shell.state_none),
        State::Good => say!(words, shell.state_good),
        State::Warning => say!(words, shell.state_warn),
        State::Bad => say!(words, shell.state_bad),
    };
    view! {
        <a class="rail__link" href=route.hash() aria-current=move || current()>
            <span>{move || route.word(words.locale())}</span>
            <Show when=move || route != Route::Start>
                <span class=move || dot() aria-hidden="true"></span>
                <span class="unseen">{move || state_word()}</span>
            </Show>
        </a>
    }
}

/// What was found on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing is entered there.
    None,
    Good,
    Warning,
    Bad,
}

fn state(session: Session, route: Route) -> State {
    if !is_entered(&session.plan(), route) {
        return State::None;
    }
    let outcome = session.outcome();
    let worst = outcome.findings.iter().filter(|it| speaks_of(it, route)).map(Finding::severity).min();
    match worst {
        Some(Severity::Error) => State::Bad,
        Some(Severity::Warning) => State::Warning,
        Some(Severity::Hint) | None => State::Good,
    }
}

fn is_entered(plan: &Plan, route: Route) -> bool {
    match route {
        Route::Start => false,
        Route::Goal | Route::Calendar => true,
        Route::Capacity => !plan.capacity.is_empty(),
        Route::Funnel => !plan.funnel.is_empty(),
        Route::Scenarios => !plan.scenarios.list.is_empty(),
        Route::Gate => !plan.capacity.is_empty() || !plan.funnel.is_empty() || !plan.goal.limits.is_empty(),
        Route::Chance => !plan.chance.is_empty(),
        Route::Sheet(dimension) => plan.tree(dimension).is_divided(),
        Route::Cross(pair) => plan.is_crossed(pair),
        Route::Agree => plan.trees.organisation.nodes.values().any(|node| node.submitted.is_some()),
    }
}

fn speaks_of(finding: &Finding, route: Route) -> bool {
    Route::of(finding.subject()) == route
}
