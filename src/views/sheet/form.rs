//! What the chosen node brings to its division, and how those below it share: the fields of the inspector.

use leptos::prelude::*;

use rust_decimal::Decimal;

use super::super::display::Display;
use super::super::finding::{refusal, unreadable};
use super::super::name;
use super::super::parts::{CollectAny, Show};
use super::factors;
use crate::amount::{Numeral, Places, parse, parse_decimal, print};
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Dimension, Edit, Field, Method, Node, NodeId, Plan, Rounding};
use crate::session::{Access, Session};
use crate::{say, text};

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
                </Show>
                <NodeField dimension id kind=Kind::Tag/>
                <NodeField dimension id kind=Kind::Note/>
            </div>
            <Bounds dimension id/>
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

/// One of a node's fields that are typed in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Percent,
    Amount,
    Weight,
    LastYear,
    Growth,
    Potential,
    Capacity,
    WorkingDays,
    /// For one factor, by its name.
    Score(String),
    /// What the children are scored by: a line a factor, its name and its weight.
    Factors,
    Floor,
    Cap,
    Increment,
    Tag,
    Note,
    Label,
}

impl Kind {
    fn word(&self, words: Words) -> String {
        match self {
            Kind::Percent => say!(words, inspector.field_percent),
            Kind::Amount => say!(words, inspector.field_amount),
            Kind::Weight => say!(words, inspector.field_weight),
            Kind::LastYear => say!(words, inspector.field_last_year),
            Kind::Growth => say!(words, inspector.field_growth),
            Kind::Potential => say!(words, inspector.field_potential),
            Kind::Capacity => say!(words, inspector.field_capacity),
            Kind::WorkingDays => say!(words, inspector.field_working_days),
            Kind::Score(factor) => say!(words, inspector.field_score, factor = factor.clone()),
            Kind::Factors => say!(words, inspector.field_factors),
            Kind::Floor => say!(words, inspector.field_floor),
            Kind::Cap => say!(words, inspector.field_cap),
            Kind::Increment => say!(words, inspector.field_increment),
            Kind::Tag => say!(words, inspector.field_tag),
            Kind::Note => say!(words, inspector.field_note),
            Kind::Label => say!(words, inspector.field_label),
        }
        .into_owned()
    }

    /// What the field has, as one would type it.
    fn text(&self, node: &Node, numeral: Numeral) -> String {
        let figure = |amount: Option<crate::amount::Amount>| {
            amount.map(|it| print(it, numeral, Places::Exact)).unwrap_or_default()
        };
        let decimal = |it: Option<Decimal>| it.map(|it| it.normalize().to_string()).unwrap_or_default();
        match self {
            Kind::Percent => decimal(node.percent),
            Kind::Weight => decimal(node.weight),
            Kind::Growth => decimal(node.growth),
            Kind::WorkingDays => decimal(node.working_days),
            Kind::Score(factor) => decimal(node.scores.get(factor).copied()),
            Kind::Factors => factors::print(&node.factors),
            Kind::Amount => figure(node.amount),
            Kind::LastYear => figure(node.last_year),
            Kind::Potential => figure(node.potential),
            Kind::Capacity => figure(node.capacity),
            Kind::Floor => figure(node.floor),
            Kind::Cap => figure(node.cap),
            Kind::Increment => figure(node.increment),
            Kind::Tag => node.tag.clone(),
            Kind::Note => node.note.clone(),
            Kind::Label => node.name.clone(),
        }
    }

    /// What was typed, as a field of the plan. A blank is nothing entered.
    fn read(&self, text: &str, numeral: Numeral) -> Result<Field, crate::amount::ParseAmountError> {
        let text = text.trim();
        let figure = || if text.is_empty() { Ok(None) } else { parse(text, numeral).map(Some) };
        let decimal = || if text.is_empty() { Ok(None) } else { parse_decimal(text).map(Some) };
        Ok(match self {
            Kind::Percent => Field::Percent(decimal()?),
            Kind::Weight => Field::Weight(decimal()?),
            Kind::Amount => Field::Amount(figure()?),
            Kind::LastYear => Field::LastYear(figure()?),
            Kind::Growth => Field::Growth(decimal()?),
            Kind::WorkingDays => Field::WorkingDays(decimal()?),
            Kind::Score(factor) => Field::Score(factor.clone(), decimal()?),
            Kind::Factors => Field::Factors(factors::read(text)?),
            Kind::Potential => Field::Potential(figure()?),
            Kind::Capacity => Field::Capacity(figure()?),
            Kind::Floor => Field::Floor(figure()?),
            Kind::Cap => Field::Cap(figure()?),
            Kind::Increment => Field::Increment(figure()?),
            Kind::Tag => Field::Tag(text.to_owned()),
            Kind::Note => Field::Note(text.to_owned()),
            Kind::Label => Field::Name(text.to_owned()),
        })
    }

    fn is_amount(&self) -> bool {
        let is_figure = matches!(self, Kind::Potential | Kind::Capacity);
        is_figure || matches!(self, Kind::Amount | Kind::LastYear | Kind::Floor | Kind::Cap | Kind::Increment)
    }

    /// The name of the field in the document.
    fn id(&self, node: NodeId) -> String {
        match self {
            // A factor's name may be anything.
            Kind::Score(factor) => {
                let letters: String = factor.chars().map(|it| format!("{:x}", u32::from(it))).collect();
                format!("node-{}-score-{letters}", node.0)
            }
            kind => format!("node-{}-{kind:?}", node.0),
        }
    }
}

/// A field of a node. What cannot be taken stays in the field, with its reason.
#[component]
fn NodeField(dimension: Dimension, id: NodeId, kind: Kind) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let problem = Held::new(None::<String>);
    let kind = StoredValue::new(kind);
    let numeral = move |plan: &Plan| Numeral { decimals: plan.unit.decimals(), scale: display.scale(plan) };
    let text = move || {
        let plan = session.plan();
        plan.node(dimension, id).map(|node| kind.with_value(|it| it.text(node, numeral(&plan)))).unwrap_or_default()
    };
    let label = move || {
        let plan = session.plan();
        kind.with_value(|kind| match kind.is_amount() {
            true => format!("{} ({})", kind.word(words), name::unit(words, &plan, display.scale(&plan))),
            false => kind.word(words),
        })
    };
    let commit = move |typed: String| {
        let numeral = numeral(&session.plan_untracked());
        let said = match kind.with_value(|it| it.read(&typed, numeral)) {
            Ok(field) => {
                session.edit(Edit::Node { dimension, id, field }).map_err(|refused| refusal(words, session, &refused))
            }
            Err(error) => Err(unreadable(words, &error)),
        };
        problem.set(said.err());
    };
    let field_id = kind.with_value(|it| it.id(id));
    let problem_id = format!("{field_id}-problem");
    let is_bad = move || problem.with(Option::is_some).then_some("true");
    let is_fixed = move || session.access() == Access::Preview;
    let described = problem_id.clone();
    let field = match kind.with_value(|it| *it == Kind::Factors) {
        true => view! {
            <textarea class="field__input" rows="5" id=field_id.clone() readonly=move || is_fixed()
                aria-invalid=move || is_bad() aria-describedby=described prop:value=move || text()
                placeholder=text!(words, inspector.factors_hint)
                on:change:target=move |event| commit(event.target().value())></textarea>
        }
        .into_any(),
        false => view! {
            <input class="field__input" type="text" autocomplete="off" id=field_id.clone() readonly=move || is_fixed()
                aria-invalid=move || is_bad() aria-describedby=described prop:value=move || text()
                on:change:target=move |event| commit(event.target().value())/>
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <label class="field__label" for=field_id>{move || label()}</label>
            {field}
            <span class="field__problem" id=problem_id role="alert">{move || problem.get()}</span>
        </div>
    }
}

/// How those below a node share.
#[component]
fn MethodField(dimension: Dimension, id: NodeId) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<super::super::notice::Notices>();
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
    }
}

/// How what those below a node get is rounded.
#[component]
fn RoundingField(dimension: Dimension, id: NodeId) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<super::super::notice::Notices>();
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
