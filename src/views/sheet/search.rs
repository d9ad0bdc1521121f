//! The line above the grid that says which rows are shown, in which order, and what their cells show: whoever is looked for by
//! name, tag or the first letters of pinyin, what has changed, and what is large.

use std::cmp::Ordering;

use leptos::prelude::*;

use super::super::name;
use super::super::parts::CollectAny;
use super::state::{Made, SheetState};
use crate::edge::pinyin::Initials;
use crate::i18n::{Text, Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::{NodeId, Plan};
use crate::results::arrange::{Only, Order, Ranks, by_figure, by_name};
use crate::results::find;
use crate::results::show::{Show as Shows, Showing, Tint};
use crate::{say, text};

/// The rows to show, where not all of them.
pub fn only(
    words: Words,
    showing: Derived<Made<Showing>>,
    query: Held<String>,
    only_changed: Held<bool>,
) -> Option<Only> {
    let typed = query.get();
    let (typed, changed) = (typed.trim(), only_changed.get());
    if typed.is_empty() && !changed {
        return None;
    }
    let Made(showing) = showing.get();
    let found = || found(words, &showing, typed);
    Some(match (typed.is_empty(), changed) {
        (true, _) => Only::changed(&showing),
        (false, false) => found(),
        (false, true) => found().both(&Only::changed(&showing)),
    })
}

fn found(words: Words, showing: &Showing, typed: &str) -> Only {
    let rows = showing.pair.rows();
    let layout = &showing.outcome.division(rows).layout;
    let initials = Initials::new();
    let is_found = |position: &usize| {
        let id = layout.id(*position);
        let name = name::node(words, &showing.plan, rows, id);
        let tag = showing.plan.node(rows, id).map_or("", |it| &it.tag);
        find::holds(typed, &[&name, tag]) || find::holds(typed, &[&initials.of(&name)])
    };
    Only::found(&showing.outcome, rows, (1..layout.len()).filter(is_found))
}

#[component]
pub fn SearchBar() -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let count = move || state.only.with(|it| it.as_ref().map(|it| it.0.len().saturating_sub(1)));
    let all = move || state.session.outcome().division(state.pair.rows()).layout.len() - 1;
    let says = move || count().map(|count| say!(words, sheet.rows_shown, count = count, all = all()));
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && !state.query.with_untracked(String::is_empty) {
            event.prevent_default();
            event.stop_propagation();
            state.query.set(String::new());
        }
    };
    view! {
        <div class="card__bar sheet__search" role="search" aria-label=text!(words, sheet.search_bar)>
            <input class="field__input sheet__query" type="search" autocomplete="off" spellcheck="false"
                aria-label=text!(words, sheet.search) placeholder=text!(words, sheet.search)
                prop:value=move || state.query.get() on:keydown=escape
                on:input:target=move |event| state.query.set(event.target().value())/>
            <button class="button" title=text!(words, sheet.only_changed_hint)
                aria-pressed=move || if state.only_changed.get() { "true" } else { "false" }
                on:click=move |_| state.only_changed.update(|it| *it = !*it)>
                {text!(words, sheet.only_changed)}
            </button>
            {choice(text!(words, sheet.order), orders(words), state.order, move |it| sort(state, it))}
            {choice(text!(words, sheet.tint), tints(words), state.tint, move |it| state.tint.set(it))}
            <span class="muted" role="status">{move || says()}</span>
        </div>
    }
}

/// What the cells show.
#[component]
pub fn ShowChoice() -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let pair = state.pair;
    let items = Derived::new(move || {
        let word = |show: Shows| match show {
            Shows::Amount => say!(words, sheet.show_amount),
            Shows::Share => say!(words, sheet.show_share),
            Shows::ShareOfTotal => say!(words, sheet.show_of_total),
            Shows::Growth => say!(words, sheet.show_growth),
            Shows::Capacity => say!(words, sheet.show_capacity),
            Shows::PerHead => say!(words, sheet.show_per_head),
            Shows::Change => say!(words, sheet.show_change),
        };
        Shows::of(pair).into_iter().map(|it| (it, word(it).into_owned())).collect::<Vec<_>>()
    });
    choice(text!(words, sheet.show), items, state.show, move |it| state.show.set(it))
}

/// One of a few, in a list that opens.
fn choice<T: Copy + PartialEq + Send + Sync + 'static>(
    label: Text,
    items: Derived<Vec<(T, String)>>,
    chosen: Held<T>,
    choose: impl Fn(T) + Copy + 'static,
) -> AnyView {
    let option = move |(at, (value, word)): (usize, (T, String))| {
        let is_chosen = move || chosen.get() == value;
        view! { <option value=at.to_string() prop:selected=move || is_chosen() selected=move || is_chosen()>{word}</option> }
    };
    let take = move |value: String| {
        let at = value.parse().unwrap_or(usize::MAX);
        if let Some(value) = items.with_untracked(|items| items.get(at).map(|(value, _)| *value)) {
            choose(value);
        }
    };
    let name = label.clone();
    view! {
        <label class="sheet__scale">
            <span class="muted" aria-hidden="true">{label}</span>
            <select class="field__input" aria-label=name on:change:target=move |event| take(event.target().value())>
                {move || items.get().into_iter().enumerate().map(option).collect_any()}
            </select>
        </label>
    }
    .into_any()
}

fn orders(words: Words) -> Derived<Vec<(Order, String)>> {
    Derived::new(move || {
        vec![
            (Order::Plan, say!(words, sheet.order_plan).into_owned()),
            (Order::Largest, say!(words, sheet.order_largest).into_owned()),
            (Order::Smallest, say!(words, sheet.order_smallest).into_owned()),
            (Order::Name, say!(words, sheet.order_name).into_owned()),
        ]
    })
}

fn tints(words: Words) -> Derived<Vec<(Tint, String)>> {
    Derived::new(move || {
        vec![
            (Tint::Value, say!(words, sheet.tint_value).into_owned()),
            (Tint::Deviation, say!(words, sheet.tint_deviation).into_owned()),
            (Tint::Nothing, say!(words, sheet.tint_nothing).into_owned()),
        ]
    })
}

/// Puts siblings in an order, by what the first column shows now. They stay so until they are put in order again.
pub fn sort(state: SheetState, order: Order) {
    let Made(showing) = state.showing.get_untracked();
    let ranks = match order {
        Order::Plan => None,
        Order::Largest | Order::Smallest => Some(by_figure(&showing, order)),
        Order::Name => Some(named(state.words, &showing)),
    };
    state.ranks.set(ranks.map(std::sync::Arc::new));
    state.order.set(order);
}

fn named(words: Words, showing: &Showing) -> Ranks {
    let (plan, rows): (&Plan, _) = (&showing.plan, showing.pair.rows());
    let name = |id: &NodeId| (*id, name::node(words, plan, rows, *id));
    let initials = Initials::new();
    let compare = |one: &String, other: &String| -> Ordering { initials.compare(one, other) };
    by_name(plan.tree(rows).nodes.keys().map(name), compare)
}
