//! The chance of the year, large and in words: what the number says and what it does not, how far the drawing is, and the ways
//! to end it, to begin it again and to take its samples along.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::display::Display;
use super::super::name;
use super::super::notice::{Notice, Notices};
use super::super::parts::{CollectAny, Look, Show, button, button_unless};
use super::run::{Run, State};
use crate::amount::{Amount, Numeral, Places, Scale, print};
use crate::edge::{chance, file};
use crate::engine::chance::{AnsweredNode, Basis, Nothing};
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Calendar, Dimension, NodeId, Plan};
use crate::results::chance::estimate;
use crate::session::Session;
use crate::{say, text};

/// Nodes that can be asked for from a list; more nobody looks through.
const MOST_NODES: usize = 300;

pub fn said_card(run: Run) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let whole = Derived::new(move || run.shown.with(|it| it.as_ref()?.answer.nodes.first().copied()));
    let chance = move || whole.get().map(|it| percent(it.chance));
    view! {
        <section class="card reach__wide chance" aria-labelledby="chance-said">
            <div class="card__bar">
                <h2 class="card__title" id="chance-said">{text!(words, chance.said)}</h2>
                <span class="grow"></span>
                {scopes(run)}
            </div>
            <div class="card__body chance__body">
                <Show when=move || whole.with(Option::is_some)>
                    <p class="chance__number">{move || chance()}</p>
                </Show>
                <div class="chance__words">
                    <p class="chance__says" role="status">{move || sentence(words, session, display, run)}</p>
                    <Show when=move || whole.with(Option::is_some)>
                        <p>{move || whole.get().map(|it| stops(words, &session.plan(), &it))}</p>
                        <p>{move || basis(words, session, run)}</p>
                        <details class="chance__meaning">
                            <summary>{text!(words, chance.meaning)}</summary>
                            <p>{text!(words, chance.means)}</p>
                            <p>{text!(words, chance.means_not)}</p>
                            <p>{text!(words, chance.means_error)}</p>
                        </details>
                    </Show>
                </div>
                {progress(run)}
            </div>
        </section>
    }
    .into_any()
}

/// Hundredths of a percent with one decimal. What happened in all years that were drawn, or in none, is not said to be certain
/// or impossible: it is what years that were not drawn may do.
pub fn percent(hundredths: i64) -> String {
    match hundredths {
        ..=9 => "<0.1%".to_owned(),
        9_991.. => ">99.9%".to_owned(),
        _ => name::percent(hundredths, 1),
    }
}

/// So many, as they are read.
pub fn counted(count: usize) -> String {
    name::count(Decimal::from(count))
}

/// Points of a hundred, with a decimal.
fn points(hundredths: i64) -> String {
    Decimal::new((hundredths + 9) / 10, 1).to_string()
}

fn sentence(words: Words, session: Session, display: Display, run: Run) -> String {
    let plan = session.plan();
    if let State::Nothing(why) = run.state.get() {
        return match why {
            Nothing::NoTarget => say!(words, chance.no_target),
            Nothing::NoDeals => say!(words, chance.no_deals),
            Nothing::NoPeople => say!(words, chance.no_people),
        }
        .into_owned();
    }
    let said = run.shown.with(|it| {
        let answer = &it.as_ref()?.answer;
        Some((*answer.nodes.first()?, answer.trials, answer.mean))
    });
    let Some((whole, trials, mean)) = said else { return say!(words, chance.coming).into_owned() };
    say!(
        words,
        chance.says,
        years = counted(trials),
        chance = percent(whole.chance),
        error = points(whole.error),
        target = name::exact_amount(words, &plan, whole.target),
        mean = rounded(words, display, &plan, mean)
    )
    .into_owned()
}

/// An estimate in a sentence.
pub fn rounded(words: Words, display: Display, plan: &Plan, amount: Amount) -> String {
    let amount = estimate(amount);
    name::amount(words, plan, &display.figures(plan, std::iter::once(amount.units())), amount)
}

fn stops(words: Words, plan: &Plan, whole: &AnsweredNode) -> String {
    let (months, below) = (plan.chance.stop_months().normalize(), plan.chance.stop_below().normalize());
    say!(words, chance.stops, chance = percent(whole.stops), months = months.to_string(), below = below.to_string())
        .into_owned()
}

/// What is drawn, and what that leaves out.
fn basis(words: Words, session: Session, run: Run) -> String {
    let plan = session.plan();
    let Some((basis, is_merged)) = run.shown.with(|it| it.as_ref().map(|it| (it.asked.basis, it.asked.is_merged)))
    else {
        return String::new();
    };
    let said = match basis {
        Basis::Deals => say!(words, chance.by_deals),
        Basis::Able => say!(words, chance.by_able),
        Basis::Given => say!(words, chance.by_given, attainment = plan.chance.attainment().normalize().to_string()),
    };
    let merged = if is_merged { say!(words, chance.merged).into_owned() } else { String::new() };
    format!("{said} {merged}").trim_end().to_owned()
}

/// Whose chance it is.
fn scopes(run: Run) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let options = move || {
        let plan = session.plan();
        let tree = &plan.trees.organisation;
        let chosen = run.scope.get().filter(|it| tree.get(*it).is_some()).unwrap_or(tree.root);
        let option = |id: NodeId| {
            let indent = "\u{2003}".repeat(tree.path(id).len().saturating_sub(1));
            let label = format!("{indent}{}", name::node(words, &plan, Dimension::Organisation, id));
            view! { <option value=id.0.to_string() selected=id == chosen>{label}</option> }
        };
        tree.walk(tree.root).into_iter().take(MOST_NODES).map(option).collect_any()
    };
    let choose = move |value: String| {
        if let Ok(id) = value.parse() {
            run.scope.set(Some(NodeId(id)));
        }
    };
    view! {
        <label class="chance__scope">
            <span class="field__label">{text!(words, chance.scope)}</span>
            <select class="field__input" on:change:target=move |event| choose(event.target().value())>
                {move || options()}
            </select>
        </label>
    }
    .into_any()
}

fn progress(run: Run) -> AnyView {
    let words = use_words();
    let is_drawing = move || matches!(run.state.get(), State::Drawing { .. });
    let is_nothing = move || matches!(run.state.get(), State::Nothing(_));
    let far = move || match run.state.get() {
        State::Drawing { done, of } | State::Stopped { done, of } => (done, of),
        State::Done | State::Nothing(_) => (1, 1),
    };
    let part = move || far().0 * 100 / far().1.max(1);
    let word = move || match run.state.get() {
        State::Drawing { .. } => say!(words, chance.drawing, part = part()).into_owned(),
        State::Stopped { .. } => {
            let years = run.shown.with(|it| it.as_ref().map_or(0, |it| it.answer.trials));
            say!(words, chance.stopped, years = counted(years)).into_owned()
        }
        State::Done => say!(words, chance.done).into_owned(),
        State::Nothing(_) => String::new(),
    };
    view! {
        <Show when=move || !is_nothing()>
            <div class="chance__progress">
                <progress max="100" value=move || part().to_string() aria-label=text!(words, chance.progress)></progress>
                <span class="muted" data-drawn=move || part().to_string()>{move || word()}</span>
                <Show when=is_drawing fallback=move || button(Look::Plain, text!(words, chance.again), move || run.again())>
                    {button(Look::Plain, text!(words, chance.stop), move || run.stop())}
                </Show>
                {samples_button(run)}
            </div>
        </Show>
    }
    .into_any()
}

/// U73: the samples behind it all, as a table.
fn samples_button(run: Run) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let is_taking = Held::new(false);
    let save = move || {
        is_taking.set(true);
        let plan = session.plan_untracked();
        let (name, heads) = untrack(|| {
            let title = say!(words, chance.file, title = plan.title.clone());
            let unit = name::unit(words, &plan, Scale::One);
            let month = |number: u32| {
                let month = name::short_period(words, &plan, Calendar::month(number));
                say!(words, chance.by_end_of, month = month, unit = unit.clone()).into_owned()
            };
            let heads: Vec<String> =
                std::iter::once(say!(words, chance.year_number).into_owned()).chain((1..=12).map(month)).collect();
            (file::name_of(&title, "csv"), heads)
        });
        let numeral = Numeral { decimals: plan.unit.decimals(), scale: Scale::One };
        run.with_samples(move |samples| {
            let figure = |units: i64| {
                print(Amount::from_units(units), numeral, Places::Fixed(numeral.decimals)).replace(',', "")
            };
            let csv = chance::write_samples(&heads, &samples, figure);
            if !file::download(&name, file::TABLE, &csv) {
                notices.say(Notice::Problem(untrack(|| say!(words, share.file_refused)).into_owned()));
            }
            is_taking.set(false);
        });
    };
    button_unless(Look::Plain, None, text!(words, chance.samples), move || !run.has_samples() || is_taking.get(), save)
}
