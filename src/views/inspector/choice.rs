//! Fields that are chosen: what of a place is kept, how those below a node share, how they are rounded.

use leptos::prelude::*;

use super::super::name;
use super::super::notice::Notices;
use super::super::parts::{CollectAny, Show};
use super::field::NodeField;
use super::kind::Kind;
use crate::engine::breakback::{self, Kept};
use crate::i18n::{Words, use_words};
use crate::live::Derived;
use crate::plan::{At, Dimension, Edit, Field, Method, NodeId, Rounding};
use crate::session::{Access, Session};
use crate::{say, text};

/// What of a place is kept as it is, whatever changes elsewhere. Nothing at the whole, which is the target.
#[component]
pub fn LockField(at: At) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let plan = session.plan_untracked();
    let is_whole = at.row == plan.tree(at.pair.rows()).root && at.column == plan.tree(at.pair.columns()).root;
    let kept = Derived::new(move || Kept::of(breakback::lock_at(&session.plan(), at)));
    // Of nothing there is no share to keep.
    let has_share = Derived::new(move || {
        breakback::whole_of(&session.plan(), &session.outcome(), at).is_some_and(|whole| 0 < whole.units())
    });
    let choose = move |value: String| {
        if let Some(kept) = Kept::ALL.into_iter().find(|it| format!("{it:?}") == value) {
            notices.heed(session.keep(at, kept));
        }
    };
    let option = move |it: Kept| {
        let word = match it {
            Kept::Nothing => text!(words, inspector.keep_nothing),
            Kept::Amount => text!(words, inspector.keep_amount),
            Kept::Share => text!(words, inspector.keep_share),
        };
        let is_chosen = move || kept.get() == it;
        view! {
            <option value=format!("{it:?}") selected=move || is_chosen() prop:selected=move || is_chosen()
                disabled=move || it == Kept::Share && !has_share.get()>{word}</option>
        }
    };
    view! {
        <Show when=move || !is_whole>
            <div class="field inspector__lock">
                <label class="field__label" for="inspector-lock">{text!(words, inspector.field_lock)}</label>
                <select class="field__input" id="inspector-lock" disabled=move || session.access() == Access::Preview
                    on:change:target=move |event| choose(event.target().value())>
                    {Kept::ALL.map(option).into_iter().collect_any()}
                </select>
            </div>
        </Show>
    }
}

/// How those below a node share.
#[component]
pub fn MethodField(dimension: Dimension, id: NodeId) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let method = Derived::new(move || session.plan().tree(dimension).method(id));
    let choose = move |value: String| {
        let chosen = Method::ALL.into_iter().find(|it| format!("{it:?}") == value);
        if let Some(method) = chosen {
            notices.heed(session.choose_method(dimension, id, method));
        }
    };
    let option = move |it: Method| {
        let is_chosen = move || method.get() == it;
        view! {
            <option value=format!("{it:?}") selected=is_chosen prop:selected=is_chosen>
                {move || name::method(words, it)}
            </option>
        }
    };
    let field_id = format!("method-{}-{}", dimension as u8, id.0);
    view! {
        <div class="field">
            <label class="field__label" for=field_id.clone()>
                {move || say!(words, inspector.field_method, node = name::node(words, &session.plan(), dimension, id))}
            </label>
            <select class="field__input" id=field_id disabled=move || session.access() == Access::Preview
                on:change:target=move |event| choose(event.target().value())>
                {Method::ALL.map(option).into_iter().collect_any()}
            </select>
            <span class="field__hint">{move || explain(words, method.get())}</span>
        </div>
        <Show when=move || method.get() == Method::Score>
            <NodeField dimension id kind=Kind::Factors/>
        </Show>
        <Show when=move || method.get() == Method::History>
            <NodeField dimension id kind=Kind::Mix/>
        </Show>
    }
}

/// How what those below a node get is rounded.
#[component]
pub fn RoundingField(dimension: Dimension, id: NodeId) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let own = Derived::new(move || session.plan().node(dimension, id).and_then(|it| it.rounding));
    let choices = [None, Some(Rounding::LargestRemainder), Some(Rounding::Webster), Some(Rounding::Cumulative)];
    let choose = move |value: String| {
        let chosen = choices.into_iter().find(|it| format!("{it:?}") == value).flatten();
        notices.heed(session.edit(Edit::Node { dimension, id, field: Field::Rounding(chosen) }));
    };
    let option = move |it: Option<Rounding>| {
        let word = match it {
            None => text!(words, inspector.rounding_as_above),
            Some(Rounding::LargestRemainder) => text!(words, inspector.rounding_largest),
            Some(Rounding::Webster) => text!(words, inspector.rounding_webster),
            Some(Rounding::Cumulative) => text!(words, inspector.rounding_cumulative),
        };
        let is_chosen = move || own.get() == it;
        view! { <option value=format!("{it:?}") selected=move || is_chosen() prop:selected=move || is_chosen()>{word}</option> }
    };
    let field_id = format!("rounding-{}-{}", dimension as u8, id.0);
    view! {
        <div class="field">
            <label class="field__label" for=field_id.clone()>{text!(words, inspector.field_rounding)}</label>
            <select class="field__input" id=field_id disabled=move || session.access() == Access::Preview
                on:change:target=move |event| choose(event.target().value())>
                {choices.map(option).into_iter().collect_any()}
            </select>
        </div>
    }
}

fn explain(words: Words, method: Method) -> String {
    match method {
        Method::Even => say!(words, inspector.explain_even),
        Method::Percent => say!(words, inspector.explain_percent),
        Method::Amount => say!(words, inspector.explain_amount),
        Method::Weight => say!(words, inspector.explain_weight),
        Method::History => say!(words, inspector.explain_history),
        Method::Potential => say!(words, inspector.explain_potential),
        Method::Capacity => say!(words, inspector.explain_capacity),
        Method::WorkingDays => say!(words, inspector.explain_working_days),
        Method::Score => say!(words, inspector.explain_score),
    }
    .into_owned()
}
