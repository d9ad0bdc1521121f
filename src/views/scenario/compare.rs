//! The base and up to four scenarios side by side: one table, one picture, and the way from one to the other, edit by edit.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::display::Display;
use super::super::parts::{CollectAny, Look, Show, button};
use super::effect::effect_word;
use super::{base, change, edit_sentence, figure, money, rate, rested, scenario_name, what};
use crate::engine::sensitivity::Effect;
use crate::i18n::{Words, told, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Dimension, Fit, ItemId, diff};
use crate::results::scenario::{Row, Seen, What, compare, steps};
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
    view! {
        <section class="card reach__wide" aria-labelledby="scenarios-compare">
            <div class="card__bar"><h2 class="card__title" id="scenarios-compare">{text!(words, scenario.compare)}</h2></div>
            <div class="card__body">
                <Show when=move || !sides.with(Vec::is_empty)
                    fallback=move || view! { <p class="muted">{text!(words, scenario.nothing_to_compare)}</p> }>
                    <fieldset class="compare__choice">
                        <legend class="field__label">{move || say!(words, scenario.choose, most = MOST)}</legend>
                        {move || sides.get().into_iter().map(choice).collect_any()}
                    </fieldset>
                    {picture(columns, seen)}
                    {table(columns, seen)}
                    {way(sides, on_screen)}
                </Show>
            </div>
        </section>
    }
    .into_any()
}

/// The target of each, and what is possible of it.
fn picture(columns: Derived<Vec<Side>>, seen: Derived<Vec<Seen>>) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let rows = move || {
        let (columns, seen) = (columns.get(), seen.get());
        let value = |it: &Seen, what: What| crate::results::scenario::figure(it, what);
        let all = seen.iter().flat_map(|it| [value(it, What::Divided), value(it, What::Possible)]);
        let most = all.flatten().max().unwrap_or_default();
        let wide = |it: Option<Decimal>| percent_of(it.unwrap_or_default(), most);
        let row = |(side, it): (Side, &Seen)| {
            let [divided, possible] = [What::Divided, What::Possible].map(|what| value(it, what));
            let print = |what: What, value: Option<Decimal>| figure(words, display, &it.plan, what, value);
            let says = say!(
                words,
                scenario.picture_row,
                target = print(What::Divided, divided),
                possible = print(What::Possible, possible)
            );
            view! {
                <div class="compare__row">
                    <span class="compare__name">{side.name(words, session)}</span>
                    <span class="compare__bars" aria-hidden="true">
                        <i class="compare__bar compare__bar--target" style:width=wide(divided)></i>
                        <i class="compare__bar compare__bar--possible" style:width=wide(possible)></i>
                    </span>
                    <span class="compare__says">{says}</span>
                </div>
            }
        };
        std::iter::once(Side::Base).chain(columns).zip(&seen).map(row).collect_any()
    };
    view! { <div class="compare__picture">{move || rows()}</div> }.into_any()
}

/// A width, of the widest.
fn percent_of(value: Decimal, most: Decimal) -> String {
    let part = (value.max(Decimal::ZERO) * Decimal::ONE_HUNDRED).checked_div(most).unwrap_or_default();
    format!("{}%", part.round_dp(2))
}

fn table(columns: Derived<Vec<Side>>, seen: Derived<Vec<Seen>>) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let (only, all) = (Held::new(true), Held::new(false));
    let rows = Derived::new(move || seen.with(|it| compare(it, only.get())));
    let count = Derived::new(move || rows.with(Vec::len));
    let row = move |it: &Row, seen: &[Seen], group: Option<Dimension>| {
        // A node that only one of them has is called as it is there.
        let has = |at: usize| it.figures.get(at).is_some_and(Option::is_some);
        let plan = (0..seen.len()).find(|at| has(*at)).and_then(|at| seen.get(at)).map(|it| &*it.plan);
        let Some(plan) = plan else { return ().into_any() };
        let print = |value: Option<Decimal>| figure(words, display, plan, it.what, value);
        let first = it.figures.first().copied().flatten();
        let cells = it.figures.iter().enumerate().skip(1).map(|(at, value)| {
            let by = it.change(at).filter(|it| !it.is_zero());
            let changed = by.map(|by| change(words, display, plan, it.what, by));
            let rate = by.and_then(|by| rate(first, by));
            view! { <td>{print(*value)}</td><td>{changed}</td><td>{rate}</td> }
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
                <td>{print(first)}</td>
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
    let rows = move || {
        let base = base(session);
        let steps = steps(&base, &edits.get(), by.get());
        let ends = steps.iter().flat_map(|it| [it.before, it.after]).flatten();
        // From the lowest of them, or from nothing, to the highest.
        let (low, high) = ends.fold((0, 0), |(low, high), it: i64| (low.min(it), high.max(it)));
        let most = Decimal::from(high.saturating_sub(low));
        let mut plan = (*base.plan).clone();
        let line = |name: String, from: i64, to: i64, says: String, class: &'static str| {
            let (left, right) = (from.min(to).saturating_sub(low), from.max(to).saturating_sub(low));
            let wide = percent_of(Decimal::from(right - left), most);
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{says}</td>
                    <td class="compare__track" aria-hidden="true">
                        <i class=class style:margin-inline-start=percent_of(Decimal::from(left), most) style:width=wide></i>
                    </td>
                </tr>
            }
        };
        let first = steps.first().and_then(|it| it.before).unwrap_or_default();
        let last = steps.last().and_then(|it| it.after).unwrap_or_default();
        let amount = |units: i64| money(words, display, &base.plan, units.into());
        let mut lines = vec![line(Side::Base.name(words, session), 0, first, amount(first), "compare__step")];
        for step in &steps {
            let what = edit_sentence(words, display, &plan, &step.edit);
            plan = crate::plan::tried(&plan, std::slice::from_ref(&step.edit)).0;
            let change = step.change();
            let says = match &step.fit {
                Fit::Refused(_) => say!(words, scenario.passed_over).into_owned(),
                _ if change == 0 => say!(words, scenario.no_change).into_owned(),
                _ => format!("{}{}", if 0 < change { "+" } else { "" }, amount(change)),
            };
            let class =
                if change < 0 { "compare__step compare__step--down" } else { "compare__step compare__step--up" };
            let (from, to) = (step.before.unwrap_or_default(), step.after.unwrap_or_default());
            lines.push(line(what, from, to, says, class));
        }
        lines.push(line(side.get().name(words, session), 0, last, amount(last), "compare__step"));
        lines.into_iter().collect_any()
    };
    let option = move |it: Side| {
        let is_chosen = move || side.get() == it;
        view! { <option value=it.value() selected=is_chosen prop:selected=is_chosen>{move || it.name(words, session)}</option> }
    };
    let effect = move |it: Effect| {
        let is_chosen = move || by.get() == it;
        let value = Effect::ALL.iter().position(|at| *at == it).unwrap_or_default();
        view! { <option value=value.to_string() selected=is_chosen prop:selected=is_chosen>{move || effect_word(words, it)}</option> }
    };
    let choose_effect = move |value: String| {
        let chosen = value.parse::<usize>().ok().and_then(|at| Effect::ALL.get(at).copied());
        by.set(chosen.unwrap_or(Effect::Gap));
    };
    view! {
        <h3 class="compare__title">{text!(words, scenario.way)}</h3>
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
                    {Effect::ALL.into_iter().map(effect).collect_any()}
                </select>
            </label>
        </div>
        <Show when=move || !edits.with(Vec::is_empty)
            fallback=move || view! { <p class="muted">{text!(words, scenario.no_edits)}</p> }>
            <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, scenario.way)>
                <table class="lines__table compare__way">
                    <thead><tr>
                        <th scope="col">{text!(words, scenario.step)}</th>
                        <th scope="col">{text!(words, scenario.change)}</th>
                        <td></td>
                    </tr></thead>
                    <tbody>{move || rows()}</tbody>
                </table>
            </div>
        </Show>
    }
    .into_any()
}
