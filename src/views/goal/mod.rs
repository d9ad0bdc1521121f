//! The target, what it is held against, its grounds and evidence, the sights upon it, what else is to be reached, and the
//! layer of buffers over it.

mod checks;
mod evidence;
mod ledger;
mod measure;
mod sights;

use leptos::prelude::*;

use super::display::Display;
use super::finding::{Findings, refusal, unreadable};
use super::name;
use super::parts::{CollectAny, Show};
use crate::amount::{Amount, Numeral, Places, parse, parse_decimal, print};
use crate::engine::breakback;
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::{At, BasisKind, Calendar, Edit, GoalField, Pair, Plan, Unit};
use crate::results::figure::{growth, print_percent};
use crate::session::{Access, Session};
use crate::{say, text};

#[component]
pub fn GoalPage() -> impl IntoView {
    let words = use_words();
    view! {
        <h1>{text!(words, goal.page)}</h1>
        <p class="sub">{text!(words, goal.sub)}</p>
        <div class="goal">
            <section class="card" aria-labelledby="goal-number">
                <div class="card__bar"><h2 class="card__title" id="goal-number">{text!(words, goal.number)}</h2></div>
                <div class="card__body goal__fields">
                    <GoalInput kind=Kind::Target/>
                    <GoalInput kind=Kind::LastYear/>
                    <GoalInput kind=Kind::Growth/>
                    <Reading/>
                </div>
            </section>
            <section class="card" aria-labelledby="goal-basis">
                <div class="card__bar"><h2 class="card__title" id="goal-basis">{text!(words, goal.basis)}</h2></div>
                <div class="card__body goal__basis">
                    <NoBasis/>
                    <BasisInput kind=BasisKind::Strategy/>
                    <BasisInput kind=BasisKind::Market/>
                    <BasisInput kind=BasisKind::Capability/>
                    <BasisInput kind=BasisKind::History/>
                    <BasisInput kind=BasisKind::Outlook/>
                </div>
            </section>
            <section class="card" aria-labelledby="goal-frame">
                <div class="card__bar"><h2 class="card__title" id="goal-frame">{text!(words, goal.frame)}</h2></div>
                <div class="card__body goal__fields">
                    <GoalInput kind=Kind::Year/>
                    <StartMonth/>
                    <UnitKind/>
                    <GoalInput kind=Kind::Unit/>
                </div>
            </section>
        </div>
        <div class="reach goal__more">
            {sights::sights_card()}
            {sights::paths_card()}
            {sights::market_card()}
            {sights::benchmark_card()}
            {sights::years_card()}
            {sights::levers_card()}
            {evidence::intent_card()}
            {evidence::marks_card()}
            {checks::checks_card()}
            <div class="reach__wide">{evidence::evidence_card()}</div>
            <div class="reach__wide">{evidence::events_card()}</div>
            <div class="reach__wide">{measure::measures_card()}</div>
            {ledger::ledger_card()}
        </div>
        <Findings/>
    }
}

/// One of the fields of the page that are typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Target,
    LastYear,
    /// The target as so many percent more than last year.
    Growth,
    Year,
    Unit,
}

/// A field. What cannot be taken stays in the field, with its reason; the plan stays as it was.
#[component]
fn GoalInput(kind: Kind) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let problem = Held::new(None::<String>);
    let numeral = move |plan: &Plan| Numeral { decimals: plan.unit.decimals(), scale: display.scale(plan) };
    let text = move || {
        let plan = session.plan();
        let figure =
            |amount: Option<Amount>| amount.map(|it| print(it, numeral(&plan), Places::Exact)).unwrap_or_default();
        match kind {
            Kind::Target => figure(plan.goal.target),
            Kind::LastYear => figure(session.outcome().last_year(&plan)),
            Kind::Growth => grown(session).map(|it| print_percent(it, 2)).unwrap_or_default(),
            Kind::Year => plan.calendar.year.to_string(),
            Kind::Unit => unit_word(&plan.unit).to_owned(),
        }
    };
    let label = move || {
        let plan = session.plan();
        let unit = || name::unit(words, &plan, display.scale(&plan));
        match kind {
            Kind::Target => format!("{} ({})", say!(words, goal.target), unit()),
            Kind::LastYear => format!("{} ({})", say!(words, goal.last_year), unit()),
            Kind::Growth => say!(words, goal.growth).into_owned(),
            Kind::Year => say!(words, goal.year).into_owned(),
            Kind::Unit if matches!(plan.unit, Unit::Count(_)) => say!(words, goal.noun).into_owned(),
            Kind::Unit => say!(words, goal.currency).into_owned(),
        }
    };
    let hint = move || match kind {
        Kind::Target => say!(words, goal.target_hint),
        Kind::LastYear => say!(words, goal.last_year_hint),
        Kind::Growth => say!(words, goal.growth_hint),
        Kind::Year | Kind::Unit => "".into(),
    };
    let commit = move |typed: String| {
        let plan = session.plan_untracked();
        problem.set(take(words, session, kind, numeral(&plan), typed.trim()).err());
    };
    let id = format!("goal-{kind:?}");
    let hint_id = format!("{id}-hint");
    let problem_id = format!("{id}-problem");
    let described = format!("{hint_id} {problem_id}");
    view! {
        <div class="field" class:goal__main=kind == Kind::Target>
            <label class="field__label" for=id.clone()>{move || label()}</label>
            <input class="field__input" type="text" autocomplete="off" id=id
                inputmode=if kind == Kind::Unit { "text" } else { "decimal" }
                readonly=move || session.access() == Access::Preview
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=described
                prop:value=text
                on:change:target=move |event| commit(event.target().value())/>
            <span class="field__hint" id=hint_id>{move || hint()}</span>
            <span class="field__problem" id=problem_id role="alert">{move || problem.get()}</span>
        </div>
    }
}

fn unit_word(unit: &Unit) -> &str {
    let (Unit::Money(word) | Unit::Count(word)) = unit;
    word
}

/// The target against last year, tracked.
fn grown(session: Session) -> Option<i64> {
    let target = session.plan().goal.target?;
    let before = session.outcome().last_year(&session.plan())?;
    growth(target.units(), before.units())
}

fn grown_now(session: Session) -> Option<i64> {
    untrack(|| grown(session))
}

/// Takes what was typed into a field, or says why not.
fn take(words: Words, session: Session, kind: Kind, numeral: Numeral, text: &str) -> Result<(), String> {
    let refused = |it| refusal(words, session, &it);
    let figure = |text: &str| parse(text, numeral).map_err(|it| unreadable(words, &it));
    let plan = session.plan_untracked();
    match kind {
        Kind::Target if text.is_empty() => {
            session.edit(Edit::Goal(GoalField::Target(None))).map_err(refused)?;
            Err(say!(words, goal.target_blank).into_owned())
        }
        Kind::Target => {
            let pair = Pair::over_time(crate::plan::Dimension::Organisation);
            let (row, column) = (plan.trees.organisation.root, plan.trees.time.root);
            session.type_amount(At { pair, row, column }, figure(text)?).map_err(refused)
        }
        Kind::LastYear => {
            let figure = if text.is_empty() { None } else { Some(figure(text)?) };
            session.edit(Edit::Goal(GoalField::LastYear(figure))).map_err(refused)
        }
        // What is shown is rounded: typed again, it changes nothing.
        Kind::Growth if grown_now(session).is_some_and(|it| print_percent(it, 2) == text) => Ok(()),
        Kind::Growth => {
            let percent = parse_decimal(text).map_err(|it| unreadable(words, &it))?;
            let before = session.outcome_untracked().last_year(&plan);
            let before = before.ok_or_else(|| say!(words, goal.growth_needs_last_year).into_owned())?;
            let target = breakback::grown(before, percent).map_err(|it| refused(it.into()))?;
            session.edit(Edit::Goal(GoalField::Target(Some(target)))).map_err(refused)
        }
        Kind::Year => {
            let year = text.parse().map_err(|_| say!(words, goal.year_bad, given = text.to_owned()).into_owned())?;
            session.edit(Edit::Calendar(plan.calendar.in_year(year))).map_err(refused)
        }
        Kind::Unit => {
            let unit = match plan.unit {
                Unit::Money(_) => Unit::Money(text.to_ascii_uppercase()),
                Unit::Count(_) => Unit::Count(text.to_owned()),
            };
            session.edit(Edit::Unit(unit)).map_err(refused)
        }
    }
}

/// The target as a sentence: against last year, and to the last unit.
#[component]
fn Reading() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let sentence = move || {
        let plan = session.plan();
        let target = plan.goal.target?;
        let exact = name::exact_amount(words, &plan, target);
        Some(match (session.outcome().last_year(&plan), grown(session)) {
            (Some(before), Some(by)) => say!(
                words,
                goal.reading_growth,
                target = exact,
                before = name::exact_amount(words, &plan, before),
                growth = name::change(by)
            ),
            _ => say!(words, goal.reading, target = exact),
        })
    };
    view! { <p class="goal__reading muted">{move || sentence()}</p> }
}

/// A target that nobody has given a reason for (S0-01).
#[component]
fn NoBasis() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    view! {
        <Show when=move || session.plan().goal.basis.is_empty()>
            <p class="goal__warning" role="status">{text!(words, finding.no_basis)}</p>
        </Show>
    }
}

#[component]
fn BasisInput(kind: BasisKind) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let problem = Held::new(None::<String>);
    let label = move || name::basis(words, kind);
    let hint = move || match kind {
        BasisKind::Strategy => say!(words, goal.strategy_hint),
        BasisKind::Market => say!(words, goal.market_hint),
        BasisKind::Capability => say!(words, goal.capability_hint),
        BasisKind::History => say!(words, goal.history_hint),
        BasisKind::Outlook => say!(words, goal.outlook_hint),
    };
    let commit = move |typed: String| {
        let said = session.edit(Edit::Goal(GoalField::Basis(kind, typed)));
        problem.set(said.err().map(|it| refusal(words, session, &it)));
    };
    let id = format!("basis-{kind:?}");
    let problem_id = format!("{id}-problem");
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{move || label()}</label>
            <textarea class="field__input" id=id placeholder=move || hint() rows="3"
                readonly=move || session.access() == Access::Preview
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=problem_id.clone()
                prop:value=move || session.plan().goal.basis.get(kind).to_owned()
                on:change:target=move |event| commit(event.target().value())></textarea>
            <span class="field__problem" id=problem_id role="alert">{move || problem.get()}</span>
        </div>
    }
}

/// The month in which the fiscal year starts.
#[component]
fn StartMonth() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<super::notice::Notices>();
    let start = Derived::new(move || session.plan().calendar.start_month);
    let choose = move |value: String| {
        if let Ok(start_month) = value.parse() {
            let calendar = session.plan_untracked().calendar.clone();
            notices.heed(session.edit(Edit::Calendar(Calendar { start_month, ..calendar })));
        }
    };
    let option = move |month: u8| {
        let is_chosen = move || start.get() == month;
        view! {
            <option value=month.to_string() selected=move || is_chosen() prop:selected=move || is_chosen()>
                {move || name::month(words, month)}
            </option>
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for="goal-start">{text!(words, goal.start_month)}</label>
            <select class="field__input" id="goal-start" disabled=move || session.access() == Access::Preview
                on:change:target=move |event| choose(event.target().value())>
                {(1..=12).map(option).collect_any()}
            </select>
        </div>
    }
}

/// Money or a count.
#[component]
fn UnitKind() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<super::notice::Notices>();
    let is_count = Derived::new(move || matches!(session.plan().unit, Unit::Count(_)));
    let choose = move |value: String| {
        let unit = match value.as_str() {
            "count" => Unit::Count(say!(words, goal.default_noun).into_owned()),
            _ => Unit::Money(say!(words, goal.default_currency).into_owned()),
        };
        notices.heed(session.edit(Edit::Unit(unit)));
    };
    view! {
        <div class="field">
            <label class="field__label" for="goal-unit-kind">{text!(words, goal.counts)}</label>
            <select class="field__input" id="goal-unit-kind" disabled=move || session.access() == Access::Preview
                on:change:target=move |event| choose(event.target().value())>
                <option value="money" selected=move || !is_count.get() prop:selected=move || !is_count.get()>
                    {text!(words, goal.money)}
                </option>
                <option value="count" selected=move || is_count.get() prop:selected=move || is_count.get()>
                    {text!(words, goal.count)}
                </option>
            </select>
        </div>
    }
}
