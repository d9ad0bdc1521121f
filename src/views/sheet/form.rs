//! What the chosen node brings to its division, and how those below it share: the fields of the inspector.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::finding::{refusal, unreadable};
use super::super::name;
use super::super::parts::{CollectAny, Show};
use crate::amount::{Numeral, Places, parse, parse_decimal, print};
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Dimension, Edit, Field, Method, Node, NodeId, Plan};
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
    let basis = move || match parent_method.get() {
        Some(Method::Percent) => view! { <NodeField dimension id kind=Kind::Percent/> }.into_any(),
        Some(Method::Amount) => view! { <NodeField dimension id kind=Kind::Amount/> }.into_any(),
        Some(Method::Weight) => view! { <NodeField dimension id kind=Kind::Weight/> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <Show when=tree_has>
            <h3 class="inspector__head">{text!(words, inspector.node)}</h3>
            <div class="inspector__fields">
                {move || basis()}
                <NodeField dimension id kind=Kind::LastYear/>
                <Show when=move || has_children.get()>
                    <MethodField dimension id/>
                </Show>
                <NodeField dimension id kind=Kind::Tag/>
                <NodeField dimension id kind=Kind::Note/>
            </div>
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
    let basis = move || match method.get() {
        Some(Method::Percent) => view! { <NodeField dimension id kind=Kind::Percent/> }.into_any(),
        Some(Method::Amount) => view! { <NodeField dimension id kind=Kind::Amount/> }.into_any(),
        Some(Method::Weight) => view! { <NodeField dimension id kind=Kind::Weight/> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <h3 class="inspector__head">{text!(words, inspector.period)}</h3>
        <div class="inspector__fields">
            <NodeField dimension id kind=Kind::Label/>
            {move || basis()}
            <NodeField dimension id kind=Kind::LastYear/>
            {move || parent.get().map(|parent| view! { <MethodField dimension id=parent/> })}
        </div>
    }
}

/// One of a node's fields that are typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Percent,
    Amount,
    Weight,
    LastYear,
    Tag,
    Note,
    Label,
}

impl Kind {
    fn word(self, words: Words) -> String {
        match self {
            Kind::Percent => say!(words, inspector.field_percent),
            Kind::Amount => say!(words, inspector.field_amount),
            Kind::Weight => say!(words, inspector.field_weight),
            Kind::LastYear => say!(words, inspector.field_last_year),
            Kind::Tag => say!(words, inspector.field_tag),
            Kind::Note => say!(words, inspector.field_note),
            Kind::Label => say!(words, inspector.field_label),
        }
        .into_owned()
    }

    /// What the field has, as one would type it.
    fn text(self, node: &Node, numeral: Numeral) -> String {
        let figure = |amount: Option<crate::amount::Amount>| {
            amount.map(|it| print(it, numeral, Places::Exact)).unwrap_or_default()
        };
        match self {
            Kind::Percent => node.percent.map(|it| it.normalize().to_string()).unwrap_or_default(),
            Kind::Weight => node.weight.map(|it| it.normalize().to_string()).unwrap_or_default(),
            Kind::Amount => figure(node.amount),
            Kind::LastYear => figure(node.last_year),
            Kind::Tag => node.tag.clone(),
            Kind::Note => node.note.clone(),
            Kind::Label => node.name.clone(),
        }
    }

    /// What was typed, as a field of the plan. A blank is nothing entered.
    fn read(self, text: &str, numeral: Numeral) -> Result<Field, crate::amount::ParseAmountError> {
        let text = text.trim();
        let figure = || if text.is_empty() { Ok(None) } else { parse(text, numeral).map(Some) };
        let decimal = || if text.is_empty() { Ok(None) } else { parse_decimal(text).map(Some) };
        Ok(match self {
            Kind::Percent => Field::Percent(decimal()?),
            Kind::Weight => Field::Weight(decimal()?),
            Kind::Amount => Field::Amount(figure()?),
            Kind::LastYear => Field::LastYear(figure()?),
            Kind::Tag => Field::Tag(text.to_owned()),
            Kind::Note => Field::Note(text.to_owned()),
            Kind::Label => Field::Name(text.to_owned()),
        })
    }

    fn is_amount(self) -> bool {
        matches!(self, Kind::Amount | Kind::LastYear)
    }
}

/// A field of a node. What cannot be taken stays in the field, with its reason.
#[component]
fn NodeField(dimension: Dimension, id: NodeId, kind: Kind) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let problem = Held::new(None::<String>);
    let numeral = move |plan: &Plan| Numeral { decimals: plan.unit.decimals(), scale: display.scale(plan) };
    let text = move || {
        let plan = session.plan();
        plan.node(dimension, id).map(|node| kind.text(node, numeral(&plan))).unwrap_or_default()
    };
    let label = move || {
        let plan = session.plan();
        match kind.is_amount() {
            true => format!("{} ({})", kind.word(words), name::unit(words, &plan, display.scale(&plan))),
            false => kind.word(words),
        }
    };
    let commit = move |typed: String| {
        let numeral = numeral(&session.plan_untracked());
        let said = match kind.read(&typed, numeral) {
            Ok(field) => {
                session.edit(Edit::Node { dimension, id, field }).map_err(|refused| refusal(words, session, &refused))
            }
            Err(error) => Err(unreadable(words, &error)),
        };
        problem.set(said.err());
    };
    let field_id = format!("node-{}-{kind:?}", id.0);
    let problem_id = format!("{field_id}-problem");
    view! {
        <div class="field">
            <label class="field__label" for=field_id.clone()>{move || label()}</label>
            <input class="field__input" type="text" autocomplete="off" id=field_id
                readonly=move || session.access() == Access::Preview
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=problem_id.clone()
                prop:value=text
                on:change:target=move |event| commit(event.target().value())/>
            <span class="field__problem" id=problem_id role="alert">{move || problem.get()}</span>
        </div>
    }
}

/// The methods whose figures can be entered here.
const HAS_FIELDS: [Method; 5] = [Method::Even, Method::Percent, Method::Amount, Method::Weight, Method::History];

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
                {move || {
                    let offered = |it: &Method| HAS_FIELDS.contains(it) || method.get() == *it;
                    Method::ALL.into_iter().filter(offered).map(option).collect_any()
                }}
            </select>
            <span class="field__hint">{move || explain(words, method.get())}</span>
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
