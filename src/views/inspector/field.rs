//! A field that is typed in. What cannot be taken stays in it, with its reason.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::finding::{refusal, unreadable};
use super::super::name;
use super::kind::Kind;
use crate::amount::Numeral;
use crate::i18n::use_words;
use crate::live::{Derived, Held};
use crate::plan::{Dimension, Edit, NodeId, Plan};
use crate::session::{Access, Session};

/// A field of whatever has one.
#[component]
pub fn Entry(
    id: String,
    label: Derived<String>,
    /// What is entered, as one would type it.
    text: Derived<String>,
    /// Takes what was typed, or says why not.
    commit: Callback<String, Result<(), String>>,
    /// How its lines are written, where it has several.
    lines: Option<String>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let problem = Held::new(None::<String>);
    let problem_id = format!("{id}-problem");
    let is_bad = move || problem.with(Option::is_some).then_some("true");
    let is_fixed = move || session.access() == Access::Preview;
    let take = move |typed: String| problem.set(commit.run(typed).err());
    let described = problem_id.clone();
    let field_id = id.clone();
    let field = match lines {
        Some(hint) => view! {
            <textarea class="field__input" rows="4" id=field_id readonly=move || is_fixed()
                aria-invalid=move || is_bad() aria-describedby=described prop:value=move || text.get()
                placeholder=hint
                on:change:target=move |event| take(event.target().value())></textarea>
        }
        .into_any(),
        None => view! {
            <input class="field__input" type="text" autocomplete="off" id=field_id readonly=move || is_fixed()
                aria-invalid=move || is_bad() aria-describedby=described prop:value=move || text.get()
                on:change:target=move |event| take(event.target().value())/>
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <label class="field__label" for=id>{move || label.get()}</label>
            {field}
            <span class="field__problem" id=problem_id role="alert">{move || problem.get()}</span>
        </div>
    }
}

/// How amounts are printed and read at the moment.
pub fn numeral(plan: &Plan, display: Display) -> Numeral {
    Numeral { decimals: plan.unit.decimals(), scale: display.scale(plan) }
}

/// A field of a node.
#[component]
pub fn NodeField(dimension: Dimension, id: NodeId, kind: Kind) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let (field_id, lines) = (kind.id(id), untrack(|| kind.lines(words)));
    let kind = StoredValue::new(kind);
    let text = Derived::new(move || {
        let plan = session.plan();
        let of = |node| kind.with_value(|it| it.text(words, node, numeral(&plan, display)));
        plan.node(dimension, id).map(of).unwrap_or_default()
    });
    let label = Derived::new(move || {
        let plan = session.plan();
        kind.with_value(|kind| match kind.is_amount() {
            true => format!("{} ({})", kind.word(words), name::unit(words, &plan, display.scale(&plan))),
            false => kind.word(words),
        })
    });
    let commit = Callback::new(move |typed: String| {
        let plan = session.plan_untracked();
        let Some(node) = plan.node(dimension, id) else { return Ok(()) };
        let numeral = untrack(|| numeral(&plan, display));
        let read = untrack(|| kind.with_value(|it| it.read(words, node, &typed, numeral)));
        let fields = read.map_err(|it| unreadable(words, &it))?;
        let edits = fields.into_iter().map(|field| Edit::Node { dimension, id, field }).collect();
        session.edit(Edit::Batch(edits)).map_err(|refused| refusal(words, session, &refused))
    });
    view! { <Entry id=field_id label text commit lines/> }
}
