//! Where to start: which of the pinned inputs moves the year most, the widest first; and what one of them must be for the
//! target to be reached.

use std::collections::BTreeMap;

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::chart::{Measure, Ranked, Ranking, RankingChart};
use super::super::display::Display;
use super::super::finding::against;
use super::super::notice::Notices;
use super::super::parts::{CollectAny, Look, Show, button_unless};
use super::super::settle::trailing;
use super::knob::{called, figure, said, typed, unit};
use super::{money, rested};
use crate::engine::seek::{Sought, seek};
use crate::engine::sensitivity::{Bar, Effect, Swing, effect, tornado, usual};
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::Knob;
use crate::results::scenario::{Seen, inputs};
use crate::{say, text};

/// What of the year is looked at, in a word.
pub fn effect_word(words: Words, by: Effect) -> String {
    match by {
        Effect::Possible => say!(words, scenario.what_possible),
        Effect::People => say!(words, scenario.what_people),
        Effect::Leads => say!(words, scenario.what_leads),
        Effect::Gap => say!(words, scenario.what_gap),
    }
    .into_owned()
}

pub fn effect_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let by = Held::new(Effect::Possible);
    let seen = rested(session);
    let is_known = Derived::new(move || seen.with(|it| effect(&it.outcome, Effect::Possible).is_some()));
    let own: Own = Held::new(BTreeMap::new());
    let bars = Derived::new(move || {
        let seen = seen.get();
        let swing = |knob: Knob| match own.with(|it| it.get(&knob).copied()) {
            Some((low, high)) => Some(Swing { knob, low, high }),
            None => usual(&seen.plan, knob),
        };
        let swings: Vec<Swing> = inputs(&seen.plan).into_iter().filter_map(swing).collect();
        tornado(&seen.plan, &seen.outcome, &swings, by.get())
    });
    let option = move |(at, it): (usize, Effect)| {
        let is_chosen = move || by.get() == it;
        view! { <option value=at.to_string() selected=is_chosen prop:selected=is_chosen>{move || effect_word(words, it)}</option> }
    };
    let choose = move |value: String| {
        let chosen = value.parse::<usize>().ok().and_then(|at| Effect::ALL.get(at).copied());
        by.set(chosen.unwrap_or(Effect::Possible));
    };
    view! {
        <section class="card reach__wide" aria-labelledby="scenarios-effect">
            <div class="card__bar"><h2 class="card__title" id="scenarios-effect">{text!(words, scenario.effect)}</h2></div>
            <div class="card__body">
                <Show when=move || is_known.get()
                    fallback=move || view! { <p class="muted">{text!(words, scenario.effect_unknown)}</p> }>
                    <div class="compare__choice">
                        <label class="field">
                            <span class="field__label">{text!(words, scenario.measured_by)}</span>
                            <select class="field__input" on:change:target=move |event| choose(event.target().value())>
                                {Effect::ALL.into_iter().enumerate().map(option).collect_any()}
                            </select>
                        </label>
                    </div>
                    {ranking(seen, by, bars, own)}
                    {seeking(seen, by)}
                </Show>
            </div>
        </section>
        <Show when=move || is_known.get()><div class="reach__wide">{picture(seen, by, bars)}</div></Show>
    }
    .into_any()
}

/// Which input to start with.
fn first(words: Words, display: Display, seen: &Seen, by: Effect, bars: &[Bar]) -> String {
    match bars.first().filter(|it| 0 < it.width()) {
        None => {
            let bound = seen.outcome.gate.bounds.first();
            let binds = bound.map(|it| against(words, &seen.plan, it.by)).unwrap_or_default();
            say!(words, scenario.nothing_moves, what = effect_word(words, by), binds = binds)
        }
        Some(bar) => {
            let width = money(words, display, &seen.plan, bar.width().into());
            let name = called(words, &seen.plan, bar.swing.knob);
            say!(words, scenario.start_with, name = name, what = effect_word(words, by), width = width)
        }
    }
    .into_owned()
}

/// The ranking as a picture.
fn picture(seen: Derived<Seen>, by: Held<Effect>, bars: Derived<Vec<Bar>>) -> AnyView {
    let words = use_words();
    let display = expect_context::<Display>();
    let ranking = Derived::new(move || {
        let (seen, by, bars) = (seen.get(), by.get(), bars.get());
        let bar = |it: &Bar| {
            let Swing { knob, low, high } = it.swing;
            let end = |value: Decimal| said(words, display, &seen.plan, knob, Some(value));
            Ranked {
                name: called(words, &seen.plan, knob),
                low: end(low),
                high: end(high),
                at_low: it.at_low,
                at_high: it.at_high,
                middles: None,
            }
        };
        let now = effect(&seen.outcome, by).unwrap_or_default();
        let amounts = bars.iter().flat_map(|it| [it.at_low, it.at_high]).chain([now]);
        Ranking {
            title: first(words, display, &seen, by, &bars),
            what: effect_word(words, by),
            measure: Measure::Amount,
            now,
            figures: display.figures(&seen.plan, amounts),
            bars: bars.iter().map(bar).collect(),
            plan: seen.plan,
        }
    });
    view! { <RankingChart table_id="ranking-table" ranking/> }.into_any()
}

/// What somebody typed in the place of a tenth to each side.
type Own = Held<BTreeMap<Knob, (Decimal, Decimal)>>;

fn ranking(seen: Derived<Seen>, by: Held<Effect>, bars: Derived<Vec<Bar>>, own: Own) -> AnyView {
    let words = use_words();
    let session = trailing();
    let display = expect_context::<Display>();
    let problem = Held::new(None::<String>);
    let first = move || bars.with(|bars| first(words, display, &seen.get(), by.get(), bars));
    let take = move |knob: Knob, text: String, is_low: bool| {
        let plan = session.plan_untracked();
        match untrack(|| typed(words, display, &plan, knob, &text)) {
            Ok(value) => {
                problem.set(None);
                let before = bars.with_untracked(|it| it.iter().map(|it| it.swing).find(|it| it.knob == knob));
                let Some(swing) = before else { return };
                let (least, most) = knob.bounds();
                let value = value.clamp(least, most);
                let ends = if is_low { (value, swing.high) } else { (swing.low, value) };
                own.update(|it| _ = it.insert(knob, ends));
            }
            Err(why) => problem.set(Some(why)),
        }
    };
    let row = move |(at, bar): (usize, &Bar)| {
        let plan = seen.get().plan;
        let Swing { knob, low, high } = bar.swing;
        let name = called(words, &plan, knob);
        let amount = |units: i64| money(words, display, &plan, units.into());
        let field = |value: Decimal, is_low: bool| {
            let label = match is_low {
                true => say!(words, scenario.low_of, name = name.clone()),
                false => say!(words, scenario.high_of, name = name.clone()),
            };
            view! {
                <input class="field__input effect__end" type="text" inputmode="decimal" autocomplete="off" aria-label=label
                    prop:value=figure(display, &plan, knob, Some(value))
                    on:change:target=move |event| take(knob, event.target().value(), is_low)/>
            }
        };
        view! {
            <tr>
                <td>{(at + 1).to_string()}</td>
                <th scope="row">{name.clone()}</th>
                <td>{field(low, true)}</td>
                <td>{field(high, false)} " " <span class="muted">{unit(words, display, &plan, knob)}</span></td>
                <td>{amount(bar.at_low)}</td>
                <td>{amount(bar.at_high)}</td>
            </tr>
        }
    };
    view! {
        <p class="reach__says" role="status">{move || first()}</p>
        <p class="muted">{text!(words, scenario.effect_hint)}</p>
        <span class="field__problem" role="alert">{move || problem.get()}</span>
        <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, scenario.effect)>
            <table class="lines__table lines__figures effect__table">
                <thead><tr>
                    <th scope="col">{text!(words, scenario.rank)}</th>
                    <th scope="col">{text!(words, scenario.input)}</th>
                    <th scope="col">{text!(words, scenario.low)}</th>
                    <th scope="col">{text!(words, scenario.high)}</th>
                    <th scope="col">{text!(words, scenario.at_low)}</th>
                    <th scope="col">{text!(words, scenario.at_high)}</th>
                </tr></thead>
                <tbody>{move || bars.with(|it| it.iter().enumerate().map(row).collect_any())}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What one input must be.
fn seeking(seen: Derived<Seen>, by: Held<Effect>) -> AnyView {
    let words = use_words();
    let session = trailing();
    let display = expect_context::<Display>();
    let notices = expect_context::<Notices>();
    let chosen = Held::new(None::<Knob>);
    let knobs = Derived::new(move || seen.with(|it| inputs(&it.plan)));
    let knob = Derived::new(move || {
        let all = knobs.get();
        // The target is reached by lowering it last of all.
        let usual = all.iter().copied().find(|it| *it != Knob::Target).or(all.first().copied());
        chosen.get().filter(|it| all.contains(it)).or(usual).unwrap_or(Knob::Target)
    });
    let sought = Derived::new(move || {
        let (knob, by) = (knob.get(), by.get());
        seen.with(|it| seek(&it.plan, &it.outcome, knob, by))
    });
    let says = move || {
        let (plan, knob) = (seen.get().plan, knob.get());
        let (name, what) = (called(words, &plan, knob), effect_word(words, by.get()));
        let value = |it: Decimal| said(words, display, &plan, knob, Some(it));
        match sought.get() {
            Sought::Already => say!(words, scenario.seek_already, what = what),
            Sought::At(it) => {
                let now = said(words, display, &plan, knob, knob.value(&plan));
                say!(words, scenario.seek_at, name = name, value = value(it), now = now, what = what)
            }
            Sought::Never { best, short } => {
                let short = money(words, display, &plan, short.into());
                say!(words, scenario.seek_never, name = name, best = value(best), short = short, what = what)
            }
            Sought::Unknown => say!(words, scenario.seek_unknown, name = name, what = what),
        }
    };
    let option = move |(at, it): (usize, &Knob)| {
        let it = *it;
        let is_chosen = move || knob.get() == it;
        let word = called(words, &session.plan_untracked(), it);
        view! { <option value=at.to_string() selected=is_chosen prop:selected=is_chosen>{word}</option> }
    };
    let choose = move |value: String| {
        let at = value.parse::<usize>().unwrap_or_default();
        chosen.set(knobs.with_untracked(|it| it.get(at).copied()));
    };
    let is_off = move || !matches!(sought.get(), Sought::At(_));
    let act = move || {
        let Sought::At(value) = sought.get_untracked() else { return };
        if !untrack(|| session.is_trial()) {
            session.try_out(&[], None);
        }
        let edit = knob.get_untracked().edit(&session.plan_untracked(), Some(value));
        notices.heed(edit.map_err(Into::into).and_then(|it| session.edit(it)));
    };
    view! {
        <h3 class="compare__title">{text!(words, scenario.seek)}</h3>
        <div class="compare__choice">
            <label class="field">
                <span class="field__label">{text!(words, scenario.seek_which)}</span>
                <select class="field__input" on:change:target=move |event| choose(event.target().value())>
                    {move || knobs.with(|it| it.iter().enumerate().map(option).collect_any())}
                </select>
            </label>
        </div>
        <p class="reach__says" role="status">{move || says()}</p>
        {button_unless(Look::Plain, None, text!(words, scenario.try_it), is_off, act)}
    }
    .into_any()
}
