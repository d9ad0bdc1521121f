//! The base and up to four scenarios side by side: one table, one picture, and the way from one to the other, edit by edit.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::chart;
use super::super::display::Display;
use super::super::parts::{CollectAny, Look, Show, button};
use super::chances::Chances;
use super::effect::effect_word;
use super::{base, change, edit_sentence, figure, raised, rate, rested, scenario_name, what};
use crate::engine::sensitivity::{Effect, effect};
use crate::i18n::{Words, told, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Dimension, Fit, ItemId, diff};
use crate::results::scenario::{Likely, Row, Seen, What, compare, raised_bare, steps};
use crate::session::Session;
use crate::{say, text};

/// More columns than these nobody compares.
const MOST: usize = 4;

/// And more rows than these nobody reads at once.
const MOST_ROWS: usize = 200;

/// A plan that can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Base,
    /// What is tried out and not kept.
    Trial,
    Scenario(ItemId),
}

impl Side {
    fn of(value: &str) -> Side {
        match value {
            "base" => Side::Base,
            "trial" => Side::Trial,
            id => id.parse().map_or(Side::Base, |it| Side::Scenario(ItemId(it))),
        }
    }

    fn value(self) -> String {
        match self {
            Side::Base => "base".to_owned(),
            Side::Trial => "trial".to_owned(),
            Side::Scenario(id) => id.0.to_string(),
        }
    }

    fn name(self, words: Words, session: Session) -> String {
        match self {
            Side::Base => say!(words, scenario.the_base).into_owned(),
            Side::Trial => say!(words, scenario.a_trial).into_owned(),
            Side::Scenario(id) => scenario_name(words, &session.base(), id),
        }
    }

    fn seen(self, session: Session, shown: Derived<Seen>) -> Seen {
        let base = base(session);
        match self {
            Side::Base => base,
            Side::Trial => shown.get(),
            Side::Scenario(id) => {
                let edits = base.plan.scenarios.list.get(id).map(|it| it.edits.read()).unwrap_or_default();
                base.with(&edits)
            }
        }
    }
}

/// What can be compared with the base: what is tried out first.
fn sides(session: Session) -> Vec<Side> {
    let plan = session.base();
    let trial = session.what_if().is_some_and(|it| it.of.is_none()).then_some(Side::Trial);
    let scenarios = plan.scenarios.list.iter().filter(|(_, it)| !it.archived).map(|(id, _)| Side::Scenario(id));
    trial.into_iter().chain(scenarios).collect()
}

pub fn compare_card() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let sides = Derived::new(move || sides(session));
    // Nobody has chosen: the first few.
    let chosen = Held::new(None::<Vec<String>>);
    let columns = Derived::new(move || {
        let all = sides.get();
        let is_in = |it: &Side| chosen.with(|some| some.as_ref().is_none_or(|them| them.contains(&it.value())));
        all.into_iter().filter(is_in).take(MOST).collect::<Vec<Side>>()
    });
    let on_screen = rested(session);
    let seen = Derived::new(move || {
        let columns = columns.get();
        std::iter::once(Side::Base).chain(columns).map(|it| it.seen(session, on_screen)).collect::<Vec<Seen>>()
    });
    let chances = Chances::new(seen);
    let toggle = move |side: Side| {
        let mut now: Vec<String> = columns.with_untracked(|it| it.iter().map(|it| it.value()).collect());
        let value = side.value();
        match now.contains(&value) {
            true => now.retain(|it| *it != value),
            false => now.push(value),
        }
        chosen.set(Some(now));
    };
    let choice = move |side: Side| {
        let is_in = move || columns.with(|it| it.contains(&side));
        let is_full = move || MOST <= columns.with(Vec::len) && !is_in();
        view! {
            <label class="reach__check">
                <input type="checkbox" prop:checked=is_in disabled=is_full on:change=move |_| toggle(side)/>
                <span>{move || side.name(words, session)}</span>
            </label>
        }
    };
    let has_any = move || !sides.with(Vec::is_empty);
    view! {
        <section class="card reach__wide" aria-labelledby="scenarios-compare">
            <div class="card__bar"><h2 class="card__title" id="scenarios-compare">{text!(words, scenario.compare)}</h2></div>
            <div class="card__body">
                <Show when=has_any fallback=move || view! { <p class="muted">{text!(words, scenario.nothing_to_compare)}</p> }>
                    <fieldset class="compare__choice">
                        <legend class="field__label">{move || say!(words, scenario.choose, most = MOST)}</legend>
                        {move || sides.get().into_iter().map(choice).collect_any()}
                    </fieldset>
                    {table(columns, seen, chances)}
                    {drawing(chances)}
                    {bare(columns, seen)}
                </Show>
            </div>
        </section>
        <Show when=has_any>
            <div class="reach__wide">{picture(columns, seen, chances)}</div>
            {way(sides, on_screen)}
        </Show>
    }
    .into_any()
}

/// What is divided in each, and what is possible of it.
fn picture(columns: Derived<Vec<Side>>, seen: Derived<Vec<Seen>>, chances: Chances) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let sides = Derived::new(move || {
        let (columns, seen, plan) = (columns.get(), seen.get(), session.base());
        let side = |(at, (side, it)): (usize, (Side, &Seen))| chart::Side {
            name: side.name(words, session),
            divided: it.outcome.total().units(),
            possible: effect(&it.outcome, Effect::Possible),
            chance: chances.likely.with(|it| it.get(at).copied().unwrap_or_default()),
        };
        let sides = std::iter::once(Side::Base).chain(columns).zip(&seen).enumerate().map(side);
        let sides: Vec<chart::Side> = sides.collect();
        let amounts = sides.iter().flat_map(|it| [Some(it.divided), it.possible]).flatten();
        chart::Sides { figures: display.figures(&plan, amounts), sides, plan }
    });
    view! { <chart::SidesChart sides/> }.into_any()
}

fn table(columns: Derived<Vec<Side>>, seen: Derived<Vec<Seen>>, chances: Chances) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let (only, all) = (Held::new(true), Held::new(false));
    let rows = Derived::new(move || chances.likely.with(|likely| seen.with(|it| compare(it, likely, only.get()))));
    let count = Derived::new(move || rows.with(Vec::len));
    let row = move |it: &Row, seen: &[Seen], group: Option<Dimension>| {
        // A node that only one of them has is called as it is there.
        let has = |at: usize| it.figures.get(at).is_some_and(Option::is_some);
        let plan = (0..seen.len()).find(|at| has(*at)).or(Some(0)).and_then(|at| seen.get(at)).map(|it| &*it.plan);
        let Some(plan) = plan else { return ().into_any() };
        let is_coming = |at: usize| {
            it.what == What::Chance && chances.likely.with(|it| it.get(at).is_some_and(|it| *it == Likely::Coming))
        };
        let print = |at: usize, value: Option<Decimal>| match is_coming(at) {
            true => "…".to_owned(),
            false => figure(words, display, plan, it.what, value),
        };
        let first = it.figures.first().copied().flatten();
        let cells = it.figures.iter().enumerate().skip(1).map(|(at, value)| {
            let by = it.change(at).filter(|it| !it.is_zero());
            let changed = by.map(|by| change(words, display, plan, it.what, by));
            let rate = by.filter(|_| it.what != What::Chance).and_then(|by| rate(first, by));
            view! { <td>{print(at, *value)}</td><td>{changed}</td><td>{rate}</td> }
        });
        let columns = (3 * it.figures.len()).to_string();
        let head = group.map(|it| {
            view! {
                <tr class="compare__group">
                    <th scope="rowgroup" colspan=columns>{crate::views::name::dimension(words, it)}</th>
                </tr>
            }
        });
        view! {
            {head}
            <tr>
                <th scope="row" style:--depth=it.level.to_string()>{what(words, plan, it.what)}</th>
                <td>{print(0, first)}</td>
                {cells.collect_any()}
            </tr>
        }
        .into_any()
    };
    // More than these nobody reads at once.
    let drawn = move || {
        let most = if all.get() { usize::MAX } else { MOST_ROWS };
        let mut last = None;
        seen.with(|seen| {
            rows.with(|rows| {
                let draw = |it: &Row| {
                    let of = if let What::Node(dimension, _) = it.what { Some(dimension) } else { None };
                    let group = of.filter(|it| last != Some(*it));
                    last = of;
                    row(it, seen, group)
                };
                rows.iter().take(most).map(draw).collect_any()
            })
        })
    };
    let heads = move || {
        let head = |it: Side| {
            view! {
                <th scope="col">{it.name(words, session)}</th>
                <th scope="col">{text!(words, scenario.change)}</th>
                <th scope="col">"%"</th>
            }
        };
        columns.get().into_iter().map(head).collect_any()
    };
    view! {
        <label class="reach__check">
            <input type="checkbox" prop:checked=move || only.get()
                on:change:target=move |event| only.set(event.target().checked())/>
            <span>{text!(words, scenario.only_changed)}</span>
        </label>
        <Show when=move || rows.with(Vec::is_empty)><p class="muted" role="status">{text!(words, scenario.all_same)}</p></Show>
        <Show when=move || !rows.with(Vec::is_empty)>
            <div class="lines__scroll compare__table" role="group" tabindex="0" aria-label=text!(words, scenario.compare)>
                <table class="lines__table lines__figures">
                    <thead><tr>
                        <th scope="col">{text!(words, scenario.figure)}</th>
                        <th scope="col">{text!(words, scenario.the_base)}</th>
                        {move || heads()}
                    </tr></thead>
                    <tbody>{move || drawn()}</tbody>
                </table>
            </div>
            <Show when=move || { MOST_ROWS < count.get() && !all.get() }>
                {button(Look::Link, told(move || say!(words, scenario.all_rows, count = count.get())), move || all.set(true))}
            </Show>
        </Show>
    }
    .into_any()
}

/// Those that raise the target and add nothing that would bring it (S1-51).
fn bare(columns: Derived<Vec<Side>>, seen: Derived<Vec<Seen>>) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let lines = move || {
        let line = |(side, base, it): (Side, &Seen, &Seen)| {
            let by = raised_bare(base, it)?;
            let name = side.name(words, session);
            let says = raised(words, display, &base.plan, by);
            Some(view! { <p class="whatif__unfit" role="status"><strong>{name}</strong>" · "{says}</p> })
        };
        seen.with(|seen| {
            let base_and_others = seen.split_first().into_iter();
            let each = base_and_others.flat_map(|(base, others)| {
                columns.get().into_iter().zip(others).map(move |(side, it)| (side, base, it))
            });
            each.filter_map(line).collect_any()
        })
    };
    view! { {move || lines()} }.into_any()
}

/// How far the chances are, and the way to end it.
fn drawing(chances: Chances) -> AnyView {
    let words = use_words();
    let part = move || chances.part.get().unwrap_or_default();
    view! {
        <Show when=move || chances.part.with(Option::is_some)>
            <div class="chance__progress">
                <progress max="100" value=move || part().to_string() aria-label=text!(words, scenario.what_chance)></progress>
                <span class="muted">{move || say!(words, scenario.drawing, part = part())}</span>
                {button(Look::Plain, text!(words, chance.stop), move || chances.stop())}
            </div>
        </Show>
        <Show when=move || chances.is_stopped.get()>{button(Look::Link, text!(words, scenario.draw_again), move || chances.again())}</Show>
    }
    .into_any()
}

/// From the base to one of them: each edit's own part, on top of those before it.
fn way(sides: Derived<Vec<Side>>, on_screen: Derived<Seen>) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let chosen = Held::new(None::<Side>);
    let by = Held::new(Effect::Gap);
    let side = Derived::new(move || {
        let all = sides.get();
        chosen.get().filter(|it| all.contains(it)).or(all.first().copied()).unwrap_or(Side::Base)
    });
    let edits = Derived::new(move || match side.get() {
        Side::Base => Vec::new(),
        Side::Trial => {
            let shown = on_screen.get();
            diff(&session.base(), &shown.plan)
        }
        Side::Scenario(id) => session.base().scenarios.list.get(id).map(|it| it.edits.read()).unwrap_or_default(),
    });
    let taken = Derived::new(move || {
        let base = base(session);
        let steps = steps(&base, &edits.get(), by.get());
        let mut plan = (*base.plan).clone();
        let mut taken = Vec::with_capacity(steps.len());
        for step in &steps {
            let name = edit_sentence(words, display, &plan, &step.edit);
            plan = crate::plan::tried(&plan, std::slice::from_ref(&step.edit)).0;
            let is_refused = matches!(step.fit, Fit::Refused(_));
            let passed_over = is_refused.then(|| say!(words, scenario.passed_over).into_owned());
            taken.push(chart::Taken { name, after: step.after.unwrap_or_default(), passed_over });
        }
        let before = steps.first().and_then(|it| it.before).unwrap_or_default();
        let amounts = std::iter::once(before).chain(taken.iter().map(|it| it.after));
        chart::Steps {
            what: effect_word(words, by.get()),
            from: Side::Base.name(words, session),
            to: side.get().name(words, session),
            before,
            figures: display.figures(&base.plan, amounts),
            taken,
            plan: base.plan,
        }
    });
    let option = move |it: Side| {
        let is_chosen = move || side.get() == it;
        view! { <option value=it.value() selected=is_chosen prop:selected=is_chosen>{move || it.name(words, session)}</option> }
    };
    let effect_option = move |it: Effect| {
        let is_chosen = move || by.get() == it;
        let value = Effect::ALL.iter().position(|at| *at == it).unwrap_or_default();
        view! { <option value=value.to_string() selected=is_chosen prop:selected=is_chosen>{move || effect_word(words, it)}</option> }
    };
    let choose_effect = move |value: String| {
        let chosen = value.parse::<usize>().ok().and_then(|at| Effect::ALL.get(at).copied());
        by.set(chosen.unwrap_or(Effect::Gap));
    };
    view! {
        <section class="card reach__wide" aria-labelledby="scenarios-way">
            <div class="card__bar"><h2 class="card__title" id="scenarios-way">{text!(words, scenario.way)}</h2></div>
            <div class="card__body">
                <div class="compare__choice">
                    <label class="field">
                        <span class="field__label">{text!(words, scenario.way_to)}</span>
                        <select class="field__input" on:change:target=move |event| chosen.set(Some(Side::of(&event.target().value())))>
                            {move || sides.get().into_iter().map(option).collect_any()}
                        </select>
                    </label>
                    <label class="field">
                        <span class="field__label">{text!(words, scenario.measured_by)}</span>
                        <select class="field__input" on:change:target=move |event| choose_effect(event.target().value())>
                            {Effect::ALL.into_iter().map(effect_option).collect_any()}
                        </select>
                    </label>
                </div>
                <Show when=move || edits.with(Vec::is_empty)>
                    <p class="muted">{text!(words, scenario.no_edits)}</p>
                </Show>
            </div>
        </section>
        <Show when=move || !edits.with(Vec::is_empty)>
            <div class="reach__wide"><chart::StepsChart steps=taken/></div>
        </Show>
    }
    .into_any()
}
