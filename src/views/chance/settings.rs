//! What all of it is reckoned from: what is drawn, how much it varies, what is common, when one would stop, how sure one wants
//! to be, and the number that the draws follow from. An empty field is what is usual, which its hint says.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::finding::refusal;
use super::super::lines::{Say, decimal, field};
use super::super::name;
use super::super::parts::{CollectAny, Segment, Segments, Show};
use crate::i18n::use_words;
use crate::live::{Derived, Held};
use crate::plan::{Chance, Draws, Edit, ItemId, Plan};
use crate::session::{Access, Session};
use crate::{say, text};

/// The same chance with one field as it is now said.
fn with(plan: &Plan, change: impl FnOnce(&mut Chance)) -> Edit {
    let mut chance = plan.chance.clone();
    change(&mut chance);
    Edit::Chance(chance)
}

/// A number of the chance.
macro_rules! number {
    ($name:ident) => {
        Say::Number(|plan| plan.chance.$name, |plan, value| with(plan, |it| it.$name = value))
    };
}

pub fn settings_card() -> AnyView {
    let words = use_words();
    view! {
        <section class="card" aria-labelledby="chance-settings">
            <div class="card__bar"><h2 class="card__title" id="chance-settings">{text!(words, chance.settings)}</h2></div>
            <div class="card__body reach__fields">
                {draws()}
                {field("chance-confidence", text!(words, chance.confidence), Some(text!(words, chance.confidence_hint)), number!(confidence))}
                {field("chance-attainment", text!(words, chance.attainment), Some(text!(words, chance.attainment_hint)), number!(attainment))}
                {field("chance-common", text!(words, chance.common), Some(text!(words, chance.common_hint)), number!(common))}
                {field("chance-stop-months", text!(words, chance.stop_months), Some(text!(words, chance.stop_months_hint)), number!(stop_months))}
                {field("chance-stop-below", text!(words, chance.stop_below), Some(text!(words, chance.stop_below_hint)), number!(stop_below))}
                {field("chance-trials", text!(words, chance.trials), Some(text!(words, chance.trials_hint)), number!(trials))}
                {field("chance-seed", text!(words, chance.seed), Some(text!(words, chance.seed_hint)), number!(seed))}
            </div>
        </section>
    }
    .into_any()
}

fn draws() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let problem = Held::new(None::<String>);
    let chosen = Derived::new(move || session.plan().chance.draws);
    let items = Derived::new(move || {
        let word = |value: Option<Draws>| match value {
            None => say!(words, chance.draws_auto),
            Some(Draws::Deals) => say!(words, chance.draws_deals),
            Some(Draws::People) => say!(words, chance.draws_people),
        };
        let all = std::iter::once(None).chain(Draws::ALL.map(Some));
        all.map(|value| Segment { value, word: word(value).into_owned() }).collect::<Vec<_>>()
    });
    let label = Derived::new(move || say!(words, chance.draws).into_owned());
    let choose = move |value: Option<Draws>| {
        let edit = with(&session.plan_untracked(), |it| it.draws = value);
        problem.set(session.edit(edit).err().map(|it| untrack(|| refusal(words, session, &it))));
    };
    view! {
        <div class="field">
            <span class="field__label">{move || label.get()}</span>
            <Segments label items chosen choose/>
            <span class="field__hint">{text!(words, chance.draws_hint)}</span>
            <span class="field__problem" role="alert">{move || problem.get()}</span>
        </div>
    }
    .into_any()
}

/// Whose spread it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Level(ItemId),
    Source(ItemId),
}

impl Of {
    fn get(self, chance: &Chance) -> Option<Decimal> {
        match self {
            Of::Level(id) => chance.level_spreads.get(&id).copied(),
            Of::Source(id) => chance.source_spreads.get(&id).copied(),
        }
    }

    fn set(self, chance: &mut Chance, spread: Option<Decimal>) {
        let (spreads, id) = match self {
            Of::Level(id) => (&mut chance.level_spreads, id),
            Of::Source(id) => (&mut chance.source_spreads, id),
        };
        match spread {
            Some(spread) => spreads.insert(id, spread),
            None => spreads.remove(&id),
        };
    }
}

pub fn spreads_card() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let problem = Held::new(None::<String>);
    let all = Derived::new(move || {
        let plan = session.plan();
        let levels = plan.capacity.levels.ids().iter().map(|it| Of::Level(*it));
        levels.chain(plan.funnel.sources.ids().iter().map(|it| Of::Source(*it))).collect::<Vec<Of>>()
    });
    let commit = move |of: Of, typed: String| {
        let spread = match untrack(|| decimal(words, typed.trim())) {
            Ok(spread) => spread,
            Err(why) => return problem.set(Some(why)),
        };
        let edit = with(&session.plan_untracked(), |it| of.set(it, spread));
        problem.set(session.edit(edit).err().map(|it| untrack(|| refusal(words, session, &it))));
    };
    let row = move |of: Of| {
        let called = move || {
            let plan = session.plan();
            match of {
                Of::Level(id) => name::level(words, &plan, id),
                Of::Source(id) => name::source(words, &plan, id),
            }
        };
        let label = move || say!(words, chance.spread_of, name = called());
        let text = move || of.get(&session.plan().chance).map(|it| it.normalize().to_string()).unwrap_or_default();
        view! {
            <tr>
                <th scope="row">{move || called()}</th>
                <td><input class="field__input" type="text" inputmode="decimal" autocomplete="off" aria-label=label
                    readonly=move || session.access() == Access::Preview
                    prop:value=text
                    on:change:target=move |event| commit(of, event.target().value())/></td>
            </tr>
        }
    };
    view! {
        <section class="card" aria-labelledby="chance-spreads">
            <div class="card__bar"><h2 class="card__title" id="chance-spreads">{text!(words, chance.spreads)}</h2></div>
            <div class="card__body reach__fields">
                <p class="field__hint">{text!(words, chance.spreads_hint)}</p>
                {field("chance-spread", text!(words, chance.spread), Some(text!(words, chance.spread_hint)), number!(spread))}
                {field("chance-deal-spread", text!(words, chance.deal_spread), Some(text!(words, chance.deal_spread_hint)), number!(deal_spread))}
                <Show when=move || !all.with(Vec::is_empty)>
                    <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, chance.spreads)>
                        <table class="lines__table lines__figures">
                            <thead><tr>
                                <th scope="col">{text!(words, chance.spread_whose)}</th>
                                <th scope="col">{text!(words, chance.spread_percent)}</th>
                            </tr></thead>
                            <tbody>{move || all.get().into_iter().map(row).collect_any()}</tbody>
                        </table>
                    </div>
                </Show>
                <span class="field__problem" role="alert">{move || problem.get()}</span>
            </div>
        </section>
    }
    .into_any()
}
