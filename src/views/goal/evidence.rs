//! What bears the target out: the intent behind it, evidence with source and date, what happens in the market, and the five
//! marks that a goal is looked at for.

use leptos::prelude::*;

use super::super::lines::{Column, Input, Lines, choice, day, lines, number};
use super::super::name;
use super::super::notice::Notices;
use super::super::parts::{CollectAny, Look, Show, button_unless};
use super::super::settle::trailing;
use crate::i18n::{Words, use_words};
use crate::live::Derived;
use crate::plan::{
    BasisKind, Dimension, Edit, Event, EventKind, Evidence, Factor, Field, GoalField, Intent, Mark, Method, Plan,
};
use crate::results::goal::moved_target;
use crate::session::{Access, Session};
use crate::{say, text};

/// What the company is after first, and what that makes count (S2-03).
pub fn intent_card() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let chosen = Derived::new(move || session.plan().goal.intent);
    let choose = move |value: String| {
        let intent = Intent::ALL.into_iter().find(|it| format!("{it:?}") == value);
        notices.heed(session.edit(Edit::Goal(GoalField::Intent(intent))));
    };
    let option = move |it: Option<Intent>| {
        let value = it.map(|it| format!("{it:?}")).unwrap_or_default();
        view! { <option value=value selected=move || chosen.get() == it prop:selected=move || chosen.get() == it>{move || intent_word(words, it)}</option> }
    };
    let weights = move || {
        let [share, new, margin] = chosen.get()?.weights();
        Some(say!(words, goal.intent_weights, share = share, new = new, margin = margin))
    };
    let divide = move || {
        let plan = session.plan_untracked();
        let Some(intent) = plan.goal.intent else { return };
        notices.heed(session.edit(untrack(|| by_intent(words, &plan, intent))));
    };
    let is_off = move || session.access() == Access::Preview || !session.plan().trees.product.is_divided();
    view! {
        <section class="card" aria-labelledby="goal-intent">
            <div class="card__bar"><h2 class="card__title" id="goal-intent">{text!(words, goal.intent)}</h2></div>
            <div class="card__body reach__fields">
                <select class="field__input" aria-labelledby="goal-intent" disabled=move || session.access() == Access::Preview
                    on:change:target=move |event| choose(event.target().value())>
                    {std::iter::once(None).chain(Intent::ALL.map(Some)).map(option).collect_any()}
                </select>
                <Show when=move || chosen.get().is_some()>
                    <p>{move || weights()}</p>
                    {button_unless(Look::Plain, None, text!(words, goal.intent_use), is_off, divide)}
                    <span class="field__hint">{text!(words, goal.intent_hint)}</span>
                </Show>
            </div>
        </section>
    }
    .into_any()
}

fn intent_word(words: Words, intent: Option<Intent>) -> String {
    match intent {
        None => say!(words, goal.intent_none),
        Some(Intent::Share) => say!(words, goal.intent_share),
        Some(Intent::NewBusiness) => say!(words, goal.intent_new),
        Some(Intent::Profit) => say!(words, goal.intent_profit),
    }
    .into_owned()
}

/// Products are scored by what the intent makes count.
fn by_intent(words: Words, plan: &Plan, intent: Intent) -> Edit {
    let names = [say!(words, goal.factor_share), say!(words, goal.factor_new), say!(words, goal.factor_margin)];
    let factor = |(name, weight): (std::borrow::Cow<'static, str>, u8)| Factor {
        name: name.into_owned(),
        weight: weight.into(),
    };
    let factors = names.into_iter().zip(intent.weights()).map(factor).collect();
    let root = plan.trees.product.root;
    let set = |field| Edit::Node { dimension: Dimension::Product, id: root, field };
    Edit::Batch(vec![set(Field::Factors(factors)), set(Field::Method(Some(Method::Score)))])
}

/// The five marks (S2-04).
pub fn marks_card() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let marks = Derived::new(move || session.plan().goal.marks.clone());
    let mark = move |it: Mark| {
        let set = move |is_found: bool| {
            let mut marks = session.plan_untracked().goal.marks.clone();
            if is_found {
                marks.insert(it)
            } else {
                marks.remove(&it)
            };
            notices.heed(session.edit(Edit::Goal(GoalField::Marks(marks))));
        };
        let word = match it {
            Mark::Specific => text!(words, goal.mark_specific),
            Mark::Measurable => text!(words, goal.mark_measurable),
            Mark::Achievable => text!(words, goal.mark_achievable),
            Mark::Relevant => text!(words, goal.mark_relevant),
            Mark::TimeBound => text!(words, goal.mark_time_bound),
        };
        view! {
            <label class="reach__check">
                <input type="checkbox" disabled=move || session.access() == Access::Preview
                    prop:checked=move || marks.with(|marks| marks.contains(&it)) on:change:target=move |event| set(event.target().checked())/>
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <section class="card" aria-labelledby="goal-marks">
            <div class="card__bar"><h2 class="card__title" id="goal-marks">{text!(words, goal.marks)}</h2></div>
            <div class="card__body reach__fields">{Mark::ALL.into_iter().map(mark).collect_any()}</div>
        </section>
    }
    .into_any()
}

/// Evidence, each with its source and its day.
pub fn evidence_card() -> AnyView {
    let words = use_words();
    let columns = vec![
        Column {
            head: text!(words, goal.evidence_words),
            class: "lines__long",
            input: Input::Name(|it: &mut Evidence| &mut it.words),
        },
        choice(
            text!(words, goal.evidence_kind),
            kinds,
            |it| format!("{:?}", it.kind),
            |it, value| {
                it.kind = BasisKind::ALL.into_iter().find(|it| format!("{it:?}") == value).unwrap_or_default();
            },
        ),
        Column { head: text!(words, goal.source), class: "lines__name", input: Input::Name(|it| &mut it.source) },
        day(text!(words, goal.evidence_day), |it| &mut it.day),
    ];
    lines(Lines {
        id: "evidence",
        title: text!(words, goal.evidence),
        hint: text!(words, goal.evidence_hint),
        add: text!(words, goal.add_evidence),
        list: |plan| &plan.goal.evidence,
        edit: |edit| Edit::Goal(GoalField::Evidence(edit)),
        blank: |_, _| Evidence::default(),
        columns,
        is_ordered: true,
        ways: Vec::new(),
    })
}

fn kinds(words: Words, _: &Plan) -> Vec<(String, String)> {
    let word = |kind: BasisKind| match kind {
        BasisKind::Strategy => say!(words, goal.kind_strategy),
        BasisKind::Market => say!(words, goal.kind_market),
        BasisKind::Capability => say!(words, goal.kind_capability),
        BasisKind::History => say!(words, goal.kind_history),
        BasisKind::Outlook => say!(words, goal.kind_outlook),
    };
    BasisKind::ALL.map(|it| (format!("{it:?}"), word(it).into_owned())).into()
}

/// What happens in the market, and what it does to the target (S0-06).
pub fn events_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let notices = expect_context::<Notices>();
    let moved = Derived::new(move || moved_target(&session.plan(), &session.outcome()));
    let says = move || {
        let plan = session.plan();
        moved.get().map(|it| say!(words, goal.events_say, target = name::exact_amount(words, &plan, it)))
    };
    let take = move || notices.heed(session.edit(Edit::Goal(GoalField::Target(moved.get_untracked()))));
    let is_off = move || session.access() == Access::Preview;
    let columns = vec![
        Column {
            head: text!(words, goal.event_words),
            class: "lines__long",
            input: Input::Name(|it: &mut Event| &mut it.words),
        },
        choice(
            text!(words, goal.event_kind),
            event_kinds,
            |it| format!("{:?}", it.kind),
            |it, value| {
                it.kind = EventKind::ALL.into_iter().find(|it| format!("{it:?}") == value).unwrap_or_default();
            },
        ),
        number(text!(words, goal.event_effect), |it| &mut it.effect),
    ];
    let list = lines(Lines {
        id: "events",
        title: text!(words, goal.events),
        hint: text!(words, goal.events_hint),
        add: text!(words, goal.add_event),
        list: |plan| &plan.goal.events,
        edit: |edit| Edit::Goal(GoalField::Event(edit)),
        blank: |_, _| Event::default(),
        columns,
        is_ordered: true,
        ways: Vec::new(),
    });
    view! {
        {list}
        <Show when=move || moved.with(Option::is_some)>
            <p class="goal__moved">
                <span role="status">{move || says()}</span>
                {button_unless(Look::Link, None, text!(words, goal.events_take), is_off, take)}
            </p>
        </Show>
    }
    .into_any()
}

fn event_kinds(words: Words, _: &Plan) -> Vec<(String, String)> {
    let word = |kind: EventKind| match kind {
        EventKind::Trend => say!(words, goal.event_trend),
        EventKind::Competitor => say!(words, goal.event_competitor),
        EventKind::Demand => say!(words, goal.event_demand),
    };
    EventKind::ALL.map(|it| (format!("{it:?}"), word(it).into_owned())).into()
}
