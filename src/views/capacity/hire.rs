//! Whom to hire for what is missing, and which mix of levels carries the target.

use leptos::prelude::*;

use super::super::name;
use super::super::parts::{CollectAny, Show};
use super::super::settle::trailing;
use crate::amount::{Amount, Numeral, Places, Scale, print};
use crate::engine::capacity::Mixed;
use crate::i18n::use_words;
use crate::live::{Derived, Held};
use crate::plan::{Calendar, ItemId};
use crate::results::capacity::{HireRow, Tier, hire, hires, mixed, tiers};
use crate::{say, text};

/// Tenths of a head.
const TENTHS: Numeral = Numeral { decimals: 1, scale: Scale::One };

/// How many of each level, by the month in which they start.
pub fn hire_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let needed = Derived::new(move || hires(&session.plan(), &session.outcome()));
    let is_short = Derived::new(move || needed.with(Option::is_some));
    let tenths = |it: i64| print(Amount::from_units(it), TENTHS, Places::AtMost(1));
    let sentence = move || {
        let plan = session.plan();
        let hire = hire(&plan, &session.outcome())?;
        Some(say!(
            words,
            capacity.hire_says,
            gap = name::exact_amount(words, &plan, hire.gap),
            heads = tenths(hire.heads),
            level = name::level(words, &plan, hire.level),
            month = name::short_period(words, &plan, hire.month)
        ))
    };
    let row = move |row: &HireRow| {
        let cell = move |it: &Option<i64>| view! { <td>{it.map_or("—".to_owned(), tenths)}</td> };
        view! {
            <tr>
                <th scope="row">{name::level(words, &session.plan(), row.level)}</th>
                {row.heads.iter().map(cell).collect_any()}
            </tr>
        }
    };
    let heads = (1..=12).map(move |it| {
        view! {
            <th scope="col">{move || name::short_period(words, &session.plan(), Calendar::month(it))}</th>
        }
    });
    view! {
        <Show when=move || is_short.get()>
            <section class="card reach__wide" aria-labelledby="capacity-hire">
                <div class="card__bar"><h2 class="card__title" id="capacity-hire">{text!(words, capacity.hire)}</h2></div>
                <div class="card__body">
                    <p>{move || sentence()}</p>
                    <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, capacity.hire)>
                        <table class="lines__table lines__figures">
                            <thead><tr><th scope="col">{text!(words, capacity.level)}</th>{heads.clone().collect_any()}</tr></thead>
                            <tbody>{move || needed.with(|it| it.iter().flat_map(|(_, rows)| rows.iter().map(row)).collect_any())}</tbody>
                        </table>
                    </div>
                    <p class="field__hint">{text!(words, capacity.hire_hint)}</p>
                </div>
            </section>
        </Show>
    }
    .into_any()
}

/// So many of one level and so many of another.
pub fn mix_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let all = Derived::new(move || tiers(&session.plan()));
    let has_two = Derived::new(move || all.with(|it| 1 < it.len()));
    let chosen = [Held::new(None::<ItemId>), Held::new(None::<ItemId>)];
    let pair = Derived::new(move || {
        all.with(|all| {
            let of = |place: usize| {
                let held = chosen[place].get();
                all.iter().find(|it| Some(it.level) == held).or(all.get(place)).cloned()
            };
            of(0).zip(of(1))
        })
    });
    let found = Derived::new(move || {
        let target = session.outcome().total();
        pair.get().map(|(one, other)| mixed(target, [&one, &other])).unwrap_or_default()
    });
    let tier = move |it: &Tier| {
        let plan = session.plan();
        let figure = |amount| name::exact_amount(words, &plan, amount);
        let parts =
            it.parts.map(|(key, rest)| say!(words, capacity.tier_parts, key = figure(key), rest = figure(rest)));
        view! {
            <tr>
                <th scope="row">{name::level(words, &plan, it.level)}</th>
                <td>{figure(it.quota)}</td>
                <td>{parts}</td>
            </tr>
        }
    };
    let choose = move |place: usize| {
        let label =
            move || if place == 0 { say!(words, capacity.first_level) } else { say!(words, capacity.second_level) };
        let now =
            move || pair.with(|it| it.as_ref().map(|(one, other)| if place == 0 { one.level } else { other.level }));
        let option = move |it: &Tier| {
            let id = it.level;
            view! { <option value=id.0.to_string() selected=move || now() == Some(id) prop:selected=move || now() == Some(id)>{name::level(words, &session.plan(), id)}</option> }
        };
        view! {
            <select class="field__input" aria-label=label
                on:change:target=move |event| chosen[place].set(event.target().value().parse().ok().map(ItemId))>
                {move || all.with(|it| it.iter().map(option).collect_any())}
            </select>
        }
    };
    let row = move |it: &Mixed| {
        let (plan, names) = (session.plan(), pair.get());
        let [one, other] = it.heads;
        let (first, second) = names.map(|(one, other)| (one.level, other.level)).unwrap_or_default();
        let (first, second) = (name::level(words, &plan, first), name::level(words, &plan, second));
        let over = name::exact_amount(words, &plan, it.over);
        view! {
            <li>{match it.over.units() {
                0 => say!(words, capacity.mix_exact, one = one, first = first, other = other, second = second),
                _ => say!(words, capacity.mix_over, one = one, first = first, other = other, second = second, over = over),
            }}</li>
        }
    };
    view! {
        <Show when=move || has_two.get()>
            <section class="card reach__wide" aria-labelledby="capacity-mix">
                <div class="card__bar">
                    <h2 class="card__title" id="capacity-mix">{text!(words, capacity.mix)}</h2>
                    <span class="grow"></span>
                    {choose(0)}
                    {choose(1)}
                </div>
                <div class="card__body">
                    <p class="field__hint">{text!(words, capacity.mix_hint)}</p>
                    <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, capacity.tier_quota)>
                        <table class="lines__table">
                            <thead><tr>
                                <th scope="col">{text!(words, capacity.level)}</th>
                                <th scope="col">{text!(words, capacity.tier_quota)}</th>
                                <th scope="col">{text!(words, capacity.tier_mix)}</th>
                            </tr></thead>
                            <tbody>{move || all.with(|it| it.iter().map(tier).collect_any())}</tbody>
                        </table>
                    </div>
                    <ul class="reach__list">{move || found.with(|it| it.iter().map(row).collect_any())}</ul>
                    <Show when=move || found.with(Vec::is_empty)><p class="muted">{text!(words, capacity.mix_none)}</p></Show>
                </div>
            </section>
        </Show>
    }
    .into_any()
}
