//! The fields of a row: what a node submitted, and how far that is trusted. What cannot be taken stays in the field, with its
//! reason; a blank is nothing said.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::super::finding::{refusal, unreadable};
use super::super::name;
use super::state::AgreeState;
use crate::amount::{Numeral, Places, parse, parse_decimal, print};
use crate::i18n::use_words;
use crate::live::Held;
use crate::plan::{Dimension, Edit, Field, NodeId, Plan};
use crate::say;
use crate::session::Access;

/// What is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Submitted,
    Trust,
}

impl Kind {
    fn id(self, node: NodeId) -> String {
        format!("agree-{self:?}-{}", node.0)
    }
}

#[component]
pub fn Entry(id: NodeId, kind: Kind) -> impl IntoView {
    let words = use_words();
    let state = expect_context::<AgreeState>();
    let (session, dimension) = (state.session, Dimension::Organisation);
    let problem = Held::new(None::<String>);
    let numeral = move |plan: &Plan| Numeral { decimals: plan.unit.decimals(), scale: state.display.scale(plan) };
    let text = move || {
        let plan = session.plan();
        let node = plan.node(dimension, id);
        match kind {
            Kind::Submitted => node.and_then(|it| it.submitted).map(|it| print(it, numeral(&plan), Places::Exact)),
            Kind::Trust => node.and_then(|it| it.trust).map(|it| it.normalize().to_string()),
        }
        .unwrap_or_default()
    };
    let label = move || {
        let node = name::node(words, &session.plan(), dimension, id);
        match kind {
            Kind::Submitted => say!(words, agree.submitted_of, node = node),
            Kind::Trust => say!(words, agree.trust_of, node = node),
        }
    };
    // What holds where the field is blank.
    let usual = move || match kind {
        Kind::Submitted => String::new(),
        Kind::Trust => state.row(id).map(|it| it.trust.normalize().to_string()).unwrap_or_default(),
    };
    let read = move |typed: &str| {
        let plan = session.plan_untracked();
        Ok(match kind {
            _ if typed.is_empty() && kind == Kind::Submitted => Field::Submitted(None),
            _ if typed.is_empty() => Field::Trust(None),
            Kind::Submitted => Field::Submitted(Some(parse(typed, untrack(|| numeral(&plan)))?)),
            Kind::Trust => Field::Trust(Some(parse_decimal(typed.trim_end_matches(['%', '％']))?)),
        })
    };
    let commit = move |typed: String| {
        let said = read(typed.trim()).map_err(|it| unreadable(words, &it)).and_then(|field| {
            session.edit(Edit::Node { dimension, id, field }).map_err(|it| refusal(words, session, &it))
        });
        problem.set(said.err());
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "Enter" | "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        // An input method has the key: its Enter chooses a word.
        if !event.is_composing() && event.key_code() != 229 {
            event.prevent_default();
            go(state, kind, id, by);
        }
    };
    let field_id = kind.id(id);
    let problem_id = format!("{field_id}-problem");
    view! {
        <input class="field__input agree__field" type="text" inputmode="decimal" autocomplete="off" id=field_id
            aria-label=move || label()
            placeholder=usual
            readonly=move || session.access() == Access::Preview
            aria-invalid=move || problem.with(Option::is_some).then_some("true")
            aria-describedby=problem_id.clone()
            prop:value=text
            on:keydown=on_key
            on:change:target=move |event| commit(event.target().value())/>
        <span class="field__problem agree__problem" id=problem_id role="alert">{move || problem.get()}</span>
    }
}

/// On to the same field of the next row, or of the one before. At the end the field is left and entered again, so that what
/// was typed is taken.
fn go(state: AgreeState, kind: Kind, id: NodeId, by: isize) {
    let drawn = untrack(|| state.drawn());
    let here = drawn.iter().position(|it| *it == id).unwrap_or(0);
    let next = drawn.get(here.saturating_add_signed(by)).copied().unwrap_or(id);
    let field = |id: NodeId| document().get_element_by_id(&kind.id(id))?.dyn_into::<HtmlInputElement>().ok();
    if let (Some(before), Some(after)) = (field(id), field(next)) {
        // A field that is not there for the keys is of no harm.
        _ = before.blur();
        _ = after.focus();
        after.select();
    }
}
