//! What the chosen node brings to its division, what bounds it, and how those below it share.

use leptos::prelude::*;

use super::super::parts::{CollectAny, Show};
use super::choice::{MethodField, RoundingField};
use super::field::NodeField;
use super::kind::Kind;
use crate::i18n::use_words;
use crate::live::Derived;
use crate::plan::{Dimension, Method, NodeId};
use crate::session::Session;
use crate::text;

/// The fields of a node.
#[component]
pub fn NodeForm(dimension: Dimension, id: NodeId) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let tree_has = move || session.plan().node(dimension, id).is_some();
    let parent_method = Derived::new(move || {
        let plan = session.plan();
        let tree = plan.tree(dimension);
        tree.parent(id).map(|parent| tree.method(parent))
    });
    let has_children = Derived::new(move || !session.plan().tree(dimension).children(id).is_empty());
    view! {
        <Show when=tree_has>
            <h3 class="inspector__head">{text!(words, inspector.node)}</h3>
            <div class="inspector__fields">
                <Basis dimension id method=parent_method/>
                <NodeField dimension id kind=Kind::LastYear/>
                <Show when=move || has_children.get()>
                    <MethodField dimension id/>
                    <RoundingField dimension id/>
                    // Only people are given more than there is, so that some of them may miss it.
                    <Show when=move || dimension == Dimension::Organisation>
                        <NodeField dimension id kind=Kind::Tolerance/>
                    </Show>
                </Show>
                <NodeField dimension id kind=Kind::Tag/>
                <NodeField dimension id kind=Kind::Note/>
            </div>
            <Bounds dimension id/>
            <Known dimension id method=parent_method/>
        </Show>
    }
}

/// The fields of a period: its label, and its share where the year is divided by percent or weight.
#[component]
pub fn PeriodForm(id: NodeId) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let dimension = Dimension::Time;
    let parent = Derived::new(move || session.plan().tree(dimension).parent(id));
    let method = Derived::new(move || parent.get().map(|it| session.plan().tree(dimension).method(it)));
    view! {
        <h3 class="inspector__head">{text!(words, inspector.period)}</h3>
        <div class="inspector__fields">
            <NodeField dimension id kind=Kind::Label/>
            <Basis dimension id method/>
            <NodeField dimension id kind=Kind::LastYear/>
            {move || parent.get().map(|parent| view! { <MethodField dimension id=parent/> })}
        </div>
        <Bounds dimension id/>
    }
}

/// What a node is measured by among its siblings, as its parent's method asks.
#[component]
fn Basis(dimension: Dimension, id: NodeId, method: Derived<Option<Method>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let factors = Derived::new(move || {
        let plan = session.plan();
        let tree = plan.tree(dimension);
        let of = |parent| tree.factors(parent).iter().map(|it| it.name.clone()).collect::<Vec<_>>();
        tree.parent(id).filter(|_| method.get() == Some(Method::Score)).map(of).unwrap_or_default()
    });
    let kinds = move || match method.get() {
        Some(Method::Percent) => vec![Kind::Percent],
        Some(Method::Amount) => vec![Kind::Amount],
        Some(Method::Weight) => vec![Kind::Weight],
        Some(Method::History) => vec![Kind::Growth],
        Some(Method::Potential) => vec![Kind::Potential],
        Some(Method::Capacity) => vec![Kind::Capacity],
        Some(Method::WorkingDays) => vec![Kind::WorkingDays],
        Some(Method::Score) => factors.get().into_iter().map(Kind::Score).collect(),
        Some(Method::Even) | None => Vec::new(),
    };
    move || kinds().into_iter().map(|kind| view! { <NodeField dimension id kind/> }).collect_any()
}

/// The least and the most that a node takes, and in what steps.
#[component]
fn Bounds(dimension: Dimension, id: NodeId) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let plan = session.plan_untracked();
    let is_bound =
        plan.node(dimension, id).is_some_and(|it| it.floor.is_some() || it.cap.is_some() || it.increment.is_some());
    view! {
        <details class="inspector__more" open=is_bound>
            <summary>{text!(words, inspector.bounds)}</summary>
            <div class="inspector__fields">
                <NodeField dimension id kind=Kind::Floor/>
                <NodeField dimension id kind=Kind::Cap/>
                <NodeField dimension id kind=Kind::Increment/>
            </div>
        </details>
    }
}

/// What else is known of a node: what fairness and agreement hold its part against, whatever its division goes by.
#[component]
fn Known(dimension: Dimension, id: NodeId, method: Derived<Option<Method>>) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let plan = session.plan_untracked();
    let is_known = plan.node(dimension, id).is_some_and(|it| {
        it.potential.is_some() || it.capacity.is_some() || it.submitted.is_some() || !it.past.is_empty()
    });
    let kinds = move || {
        let potential = Some(Kind::Potential).filter(|_| method.get() != Some(Method::Potential));
        let capacity = Some(Kind::Capacity).filter(|_| method.get() != Some(Method::Capacity));
        let submitted = Some(Kind::Submitted).filter(|_| dimension == Dimension::Organisation);
        [potential, capacity, submitted, Some(Kind::Past)].into_iter().flatten()
    };
    view! {
        <details class="inspector__more" open=is_known>
            <summary>{text!(words, inspector.known)}</summary>
            <div class="inspector__fields">
                {move || kinds().map(|kind| view! { <NodeField dimension id kind/> }).collect_any()}
            </div>
        </details>
    }
}
