//! Single fields of the plan, each with its label, its hint and why it could not be taken.

use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::display::Display;
use super::super::finding::{refusal, unreadable};
use super::super::name;
use super::column::decimal;
use crate::amount::{Amount, Numeral, Places, Scale, parse, print};
use crate::i18n::{Text, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Edit, Plan};
use crate::session::{Access, Session};

/// What a field holds.
pub enum Say {
    Amount(fn(&Plan) -> Option<Amount>, fn(&Plan, Option<Amount>) -> Edit),
    /// An amount of one thing, in the plan's own unit.
    Price(fn(&Plan) -> Option<Amount>, fn(&Plan, Option<Amount>) -> Edit),
    Number(fn(&Plan) -> Option<Decimal>, fn(&Plan, Option<Decimal>) -> Edit),
    Words(fn(&Plan) -> String, fn(&Plan, String) -> Edit),
}

/// A field of the plan, which is called `id` in the page.
pub fn field(id: &'static str, label: Text, hint: Option<Text>, says: Say) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let is_price = matches!(says, Say::Price(..));
    let is_amount = is_price || matches!(says, Say::Amount(..));
    let scale = move |plan: &Plan| if is_price { Scale::One } else { display.scale(plan) };
    let numeral = move |plan: &Plan| Numeral { decimals: plan.unit.decimals(), scale: scale(plan) };
    let unit = move || {
        let plan = session.plan();
        is_amount.then(|| format!(" ({})", name::unit(words, &plan, scale(&plan))))
    };
    let problem = Held::new(None::<String>);
    let says = Arc::new(says);
    let reads = Arc::clone(&says);
    let text = Derived::new(move || {
        let plan = session.plan();
        match &*reads {
            Say::Amount(get, _) | Say::Price(get, _) => {
                get(&plan).map(|it| print(it, numeral(&plan), Places::Exact)).unwrap_or_default()
            }
            Say::Number(get, _) => get(&plan).map(|it| it.normalize().to_string()).unwrap_or_default(),
            Say::Words(get, _) => get(&plan),
        }
    });
    let mode = if matches!(*says, Say::Words(..)) { "text" } else { "decimal" };
    let take = move |typed: &str| -> Result<Edit, String> {
        let plan = session.plan_untracked();
        Ok(match &*says {
            Say::Amount(_, set) | Say::Price(_, set) if typed.is_empty() => set(&plan, None),
            Say::Amount(_, set) | Say::Price(_, set) => {
                set(&plan, Some(parse(typed, numeral(&plan)).map_err(|it| unreadable(words, &it))?))
            }
            Say::Number(_, set) => set(&plan, decimal(words, typed)?),
            Say::Words(_, set) => set(&plan, typed.to_owned()),
        })
    };
    let commit = move |typed: String| {
        if typed.trim() == text.get_untracked() {
            return problem.set(None);
        }
        let edit = untrack(|| take(typed.trim()));
        problem.set(edit.and_then(|it| session.edit(it).map_err(|it| refusal(words, session, &it))).err());
    };
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let described = format!("{hint_id} {problem_id}");
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}{move || unit()}</label>
            <input class="field__input" type="text" autocomplete="off" id=id inputmode=mode
                readonly=move || session.access() == Access::Preview
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=described
                prop:value=move || text.get()
                on:change:target=move |event| commit(event.target().value())/>
            <span class="field__hint" id=hint_id>{hint}</span>
            <span class="field__problem" id=problem_id role="alert">{move || problem.get()}</span>
        </div>
    }
    .into_any()
}
