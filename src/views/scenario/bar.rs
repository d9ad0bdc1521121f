//! The bar over every page while something is tried out: it says that what is on screen is a what-if, holds the pinned inputs
//! with base and result side by side, and offers what can be done with it.
//!
//! A slider asks for a new result once a frame, however often it moves. Nothing that is turned here is written to the plan.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::display::Display;
use super::super::finding::refusal;
use super::super::library::Library;
use super::super::notice::Notices;
use super::super::parts::{CollectAny, Look, Picture, Show, button, button_unless, icon_button};
use super::super::route::Route;
use super::super::settle::after_paint;
use super::knob::{called, figure, said, typed, unit};
use super::received::Received;
use super::{base, change, edit_sentence, raised, scenario_name, shown, what};
use crate::i18n::{told, use_words};
use crate::live::{Derived, Held, follow};
use crate::plan::check::MAX_NAME;
use crate::plan::{Edit, ItemId, Knob, ScenarioField, offered};
use crate::results::scenario::{What, inputs, raised_bare, reading};
use crate::session::{Access, Session};
use crate::{say, text};

#[component]
pub fn WhatIfBar() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let library = expect_context::<Library>();
    let pins = Derived::new(move || inputs(&session.plan()));
    follow(move || {
        session.plan();
        session.what_if();
        if !session.is_dragged() {
            after_paint(move || library.keep_trial());
        }
    });
    // Left, it waits for the next trial.
    on_cleanup(move || library.keep_trial());
    view! {
        <section class="whatif" aria-labelledby="whatif-title">
            <Head/>
            <Received/>
            <Unfit/>
            <RaisedBare/>
            <div class="whatif__body">
                <div class="whatif__knobs">
                    {move || pins.get().into_iter().map(|it| row(it)).collect_any()}
                    <AddPin/>
                </div>
                <Figures/>
            </div>
            <p class="unseen">{text!(words, scenario.keys_hint)}</p>
        </section>
    }
}

/// What this is, and what can be done with it.
#[component]
fn Head() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let title = move || {
        let view = session.what_if().unwrap_or_default();
        match (view.of, session.base_access()) {
            (Some(id), _) => say!(words, scenario.in_scenario, name = scenario_name(words, &session.plan(), id)),
            (None, Access::Preview) => say!(words, scenario.in_preview),
            (None, Access::Own) => say!(words, scenario.in_trial),
        }
    };
    let is_same = Derived::new(move || {
        let plan = session.plan();
        *plan == *session.base()
    });
    let promote = move || {
        let done = session.promote();
        match done {
            Ok(()) => {
                let said = untrack(|| say!(words, scenario.promoted)).into_owned();
                notices.undoable(said, move || session.undo());
            }
            refused => notices.heed(refused),
        }
    };
    let is_fixed = move || session.base_access() == Access::Preview;
    view! {
        <div class="whatif__head">
            <h2 class="whatif__title" id="whatif-title"><span role="status">{move || title()}</span></h2>
            <Switch/>
            <span class="grow"></span>
            {button_unless(Look::Plain, None, text!(words, scenario.reset_all), move || is_same.get(), move || notices.heed(session.reset()))}
            <SaveAs/>
            {button_unless(Look::Plain, None, text!(words, scenario.promote), move || is_same.get() || is_fixed(), promote)}
            <a class="button" href=Route::Scenarios.hash()>{text!(words, scenario.to_page)}</a>
            {button(Look::Ghost, text!(words, scenario.leave), move || session.leave())}
        </div>
    }
}

/// The base, what is tried out, or a scenario.
#[component]
fn Switch() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let choices = Derived::new(move || {
        let plan = session.plan();
        let list = plan.scenarios.list.iter().filter(|(_, it)| !it.archived);
        let scenarios = list.map(|(id, _)| (id.0.to_string(), scenario_name(words, &plan, id)));
        let trial = ("trial".to_owned(), say!(words, scenario.a_trial).into_owned());
        let base = ("base".to_owned(), say!(words, scenario.the_base).into_owned());
        [base, trial].into_iter().chain(scenarios).collect::<Vec<_>>()
    });
    let now = Derived::new(move || match session.what_if() {
        Some(view) => view.of.map_or("trial".to_owned(), |it| it.0.to_string()),
        None => "base".to_owned(),
    });
    let option = move |(value, word): (String, String)| {
        let own = value.clone();
        let is_chosen = move || now.with(|it| *it == own);
        view! { <option value=value selected=is_chosen.clone() prop:selected=is_chosen>{word}</option> }
    };
    let choose = move |value: String| match value.as_str() {
        "base" => session.leave(),
        "trial" => session.begin(),
        id => _ = id.parse().map(|it| session.look_at(ItemId(it))),
    };
    view! {
        <label class="whatif__switch">
            <span class="unseen">{text!(words, scenario.switch)}</span>
            <select class="field__input" on:change:target=move |event| choose(event.target().value())>
                {move || choices.get().into_iter().map(option).collect_any()}
            </select>
        </label>
    }
}

/// Keeps what is tried out under a name. Of a plan that is only looked at, a copy is kept first.
#[component]
fn SaveAs() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let library = expect_context::<Library>();
    let notices = expect_context::<Notices>();
    let (is_asked, name) = (Held::new(false), Held::new(String::new()));
    let is_trial = move || session.what_if().is_some_and(|it| it.of.is_none());
    let ask = move || {
        let number = session.plan_untracked().scenarios.list.next() + 1;
        name.set(untrack(|| say!(words, scenario.unnamed, number = number)).into_owned());
        is_asked.set(true);
    };
    let save = move || {
        let typed = name.get_untracked();
        match session.save_scenario(typed.trim().to_owned()) {
            Ok(_) => {
                is_asked.set(false);
                let said = say!(words, scenario.saved, name = typed.clone()).into_owned();
                notices.say(super::super::notice::Notice::Done(said));
            }
            Err(refused) => notices.heed(Err(refused)),
        }
    };
    view! {
        <Show when=move || is_trial() && !is_asked.get()>
            {button(Look::Primary, text!(words, scenario.save_as), ask)}
        </Show>
        <Show when=move || is_trial() && is_asked.get()>
            <Show when=move || session.base_access() == Access::Own
                fallback=move || view! {
                    <span class="whatif__ask">
                        <span>{text!(words, scenario.copy_first)}</span>
                        {button(Look::Primary, text!(words, share.take), move || library.take_preview())}
                    </span>
                }>
                <form class="whatif__ask" on:submit=move |event: leptos::ev::SubmitEvent| {
                    event.prevent_default();
                    untrack(|| save());
                }>
                    <input class="field__input" type="text" autocomplete="off" autofocus=true maxlength=MAX_NAME.to_string()
                        aria-label=text!(words, scenario.name) prop:value=move || name.get()
                        on:input:target=move |event| name.set(event.target().value())/>
                    <button type="submit" class="button button--primary" disabled=move || name.with(|it| it.trim().is_empty())>
                        {text!(words, scenario.save)}
                    </button>
                    {button(Look::Ghost, text!(words, scenario.cancel), move || is_asked.set(false))}
                </form>
            </Show>
        </Show>
    }
}

/// Edits that the base no longer takes.
#[component]
fn Unfit() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let lines = move || {
        let (plan, view) = (session.base(), session.what_if().unwrap_or_default());
        let line = |(edit, why): &(Edit, crate::plan::EditError)| {
            let why = refusal(words, session, &crate::session::Refused::Edit(why.clone()));
            let what = edit_sentence(words, display, &plan, edit);
            view! { <li>{say!(words, scenario.unfit_line, what = what, why = why)}</li> }
        };
        view.unfit.iter().map(line).collect_any()
    };
    view! {
        <Show when=move || session.what_if().is_some_and(|it| !it.unfit.is_empty())>
            <div class="whatif__unfit" role="status">
                <p>{text!(words, scenario.unfit)}</p>
                <ul>{move || lines()}</ul>
            </div>
        </Show>
    }
}

/// S1-51: who raises the target adds what is to bring it.
#[component]
fn RaisedBare() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let by = Derived::new(move || raised_bare(&base(session), &shown(session)));
    let says = move || raised(words, display, &session.plan(), by.get().unwrap_or_default());
    view! {
        <Show when=move || by.with(Option::is_some)>
            <p class="whatif__unfit" role="status">{move || says()}</p>
        </Show>
    }
}

/// One input: a slider and a box, the base beside.
fn row(knob: Knob) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let problem = Held::new(None::<String>);
    let before = Derived::new(move || reading(&base(session), knob));
    let now = Derived::new(move || reading(&shown(session), knob));
    // The slider stays the same one while it moves.
    let range = Derived::new(move || knob.range(before.get().unwrap_or_default()));
    let low = move || range.get().low.min(now.get().unwrap_or_default());
    let high = move || range.get().high.max(now.get().unwrap_or_default());
    let name = Derived::new(move || called(words, &session.plan(), knob));
    let text = Derived::new(move || figure(display, &session.plan(), knob, now.get()));
    let spoken = move || said(words, display, &session.plan(), knob, now.get());
    let was = move || {
        let value = said(words, display, &session.base(), knob, before.get());
        say!(words, scenario.was, value = value)
    };
    let turn = move |value: Decimal| knob.edit(&session.plan_untracked(), Some(value));
    let heed = move |done: Result<(), crate::session::Refused>| {
        let refused = done.err().map(|it| untrack(|| refusal(words, session, &it)));
        if problem.get_untracked() != refused {
            problem.set(refused);
        }
    };
    let waiting = StoredValue::new(None::<Decimal>);
    let drag = move || {
        let asked = waiting.try_update_value(Option::take).flatten();
        if let Some(value) = asked {
            heed(turn(value).map_err(Into::into).and_then(|it| session.drag(it)));
        }
    };
    let slide = move |typed: String| {
        let Ok(value) = typed.parse::<Decimal>() else { return };
        let is_asked = waiting.get_value().is_some();
        waiting.set_value(Some(value));
        if !is_asked {
            request_animation_frame(drag);
        }
    };
    let rest = move || {
        drag();
        session.release();
    };
    let commit = move |text: String| {
        let value = untrack(|| typed(words, display, &session.plan(), knob, &text));
        match value {
            Ok(value) => heed(turn(value).map_err(Into::into).and_then(|it| session.edit(it))),
            Err(why) => problem.set(Some(why)),
        }
    };
    let reset = move || {
        let back = knob.edit(&session.plan_untracked(), knob.value(&session.base_untracked()));
        heed(back.map_err(Into::into).and_then(|it| session.edit(it)));
    };
    let unpin = move || {
        let left = inputs(&session.plan_untracked()).into_iter().filter(|it| *it != knob).collect();
        heed(session.edit(Edit::Scenario(ScenarioField::Pins(left))));
    };
    let is_same = Derived::new(move || before.get() == now.get());
    let [of_slider, of_box] = [name, name].map(|name| move || name.get());
    view! {
        <div class="knob" class:knob--turned=move || !is_same.get()>
            <span class="knob__name">{move || name.get()}</span>
            <input class="knob__slider" type="range" min=move || low().to_string() max=move || high().to_string()
                step=move || range.get().step.to_string() aria-label=of_slider aria-valuetext=spoken
                prop:value=move || now.get().unwrap_or_default().to_string()
                on:input:target=move |event| slide(event.target().value())
                on:change=move |_| rest()/>
            <span class="knob__box">
                <input class="field__input" type="text" inputmode="decimal" autocomplete="off"
                    aria-label=move || say!(words, scenario.box_of, name = of_box())
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    prop:value=move || text.get() on:change:target=move |event| commit(event.target().value())/>
                <span class="knob__unit muted">{move || unit(words, display, &session.plan(), knob)}</span>
            </span>
            <span class="knob__was muted">{move || was()}</span>
            {icon_button(
                "button button--ghost button--icon",
                Picture::Undo,
                [told(move || say!(words, scenario.reset_one, name = name.get())), text!(words, scenario.reset)],
                move || is_same.get(),
                reset,
            )}
            {icon_button(
                "button button--ghost button--icon",
                Picture::Bin,
                [told(move || say!(words, scenario.unpin_one, name = name.get())), text!(words, scenario.unpin)],
                || false,
                unpin,
            )}
            <span class="field__problem knob__problem" role="alert">{move || problem.get()}</span>
        </div>
    }
    .into_any()
}

/// Puts another input into the bar.
#[component]
fn AddPin() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let chosen = Held::new(0_usize);
    let free = Derived::new(move || {
        let plan = session.plan();
        let there = inputs(&plan);
        offered(&plan).into_iter().filter(|it| !there.contains(it)).collect::<Vec<Knob>>()
    });
    let option = move |(at, knob): (usize, &Knob)| {
        let word = called(words, &session.plan_untracked(), *knob);
        view! { <option value=at.to_string() prop:selected=move || chosen.get() == at>{word}</option> }
    };
    let add = move || {
        let plan = session.plan_untracked();
        let knob = free.with_untracked(|it| it.get(chosen.get_untracked()).or(it.first()).copied());
        let all: Vec<Knob> = inputs(&plan).into_iter().chain(knob).collect();
        notices.heed(session.edit(Edit::Scenario(ScenarioField::Pins(all))));
        chosen.set(0);
    };
    view! {
        <Show when=move || !free.with(Vec::is_empty)>
            <div class="whatif__pin">
                <label class="unseen" for="whatif-pin">{text!(words, scenario.pin_label)}</label>
                <select class="field__input" id="whatif-pin"
                    on:change:target=move |event| chosen.set(event.target().value().parse().unwrap_or_default())>
                    {move || free.with(|it| it.iter().enumerate().map(option).collect_any())}
                </select>
                {button(Look::Plain, text!(words, scenario.pin), add)}
            </div>
        </Show>
    }
}

/// Base beside result.
#[component]
fn Figures() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let row = move |it: What| {
        let (before, now) = (base(session), shown(session));
        let [was, is] = [&before, &now].map(|seen| crate::results::scenario::figure(seen, it));
        was.or(is)?;
        let print = |value: Option<Decimal>| super::figure(words, display, &now.plan, it, value);
        let by = was.zip(is).map(|(was, is)| is - was).filter(|it| !it.is_zero());
        let changed = by.map(|by| change(words, display, &now.plan, it, by));
        let is_bad = it == What::Gap && is.is_some_and(|it| Decimal::ZERO < it);
        Some(view! {
            <tr class:bad=is_bad>
                <th scope="row">{what(words, &now.plan, it)}</th>
                <td>{print(was)}</td>
                <td class="whatif__result">{print(is)}</td>
                <td>{changed}</td>
            </tr>
        })
    };
    view! {
        <div class="lines__scroll whatif__figures" role="group" tabindex="0" aria-label=text!(words, scenario.result)>
            <table class="lines__table lines__figures">
                <thead><tr>
                    <th scope="col"><span class="unseen">{text!(words, scenario.figure)}</span></th>
                    <th scope="col">{text!(words, scenario.the_base)}</th>
                    <th scope="col">{text!(words, scenario.result)}</th>
                    <th scope="col">{text!(words, scenario.change)}</th>
                </tr></thead>
                <tbody aria-live="polite">{move || What::BAR.into_iter().filter_map(row).collect_any()}</tbody>
            </table>
        </div>
    }
}
