//! The figures at the head of a sheet.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::name;
use crate::amount::Amount;
use crate::i18n::use_words;
use crate::live::Derived;
use crate::plan::Pair;
use crate::results::chart::carriers;
use crate::results::figure::{basis_points, growth};
use crate::results::sheet::locks;
use crate::session::Session;
use crate::{say, text};

#[component]
pub fn Kpis(pair: Pair) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let figure = move |units: i64| {
        let plan = session.plan();
        let figures = display.figures(&plan, std::iter::once(units));
        name::amount(words, &plan, &figures, Amount::from_units(units))
    };
    let big = move |units: i64| {
        let plan = session.plan();
        let figures = display.figures(&plan, std::iter::once(units));
        let (figure, unit) = name::amount_and_unit(words, &plan, &figures, Amount::from_units(units));
        view! { {figure} " " <span class="kpi__unit">{unit}</span> }.into_any()
    };
    let total = move || session.outcome().total().units();
    let last_year = move || session.outcome().last_year(&session.plan()).map(Amount::units);
    let grown = move || last_year().and_then(|before| growth(total(), before));
    let who = Derived::new(move || carriers(&session.outcome(), pair.rows(), 1));
    let count = move || who.with(|it| it.first.len() + it.others);
    let first = move || {
        let name = who.with(|it| it.first.first().map(|it| it.id));
        name.map(|id| name::node(words, &session.plan(), pair.rows(), id)).unwrap_or_default()
    };
    let first_share = move || {
        let amount = who.with(|it| it.first.first().map_or(0, |it| it.amount));
        basis_points(amount, total()).map_or("–".to_owned(), |it| name::percent(it, 1))
    };
    let average = move || i64::try_from(count()).ok().filter(|it| 0 < *it).map(|it| total() / it).unwrap_or(0);
    let sums = move || session.outcome().sums.checked.to_string();
    let are_sums_good = move || session.outcome().sums.hold();
    view! {
        <dl class="kpis">
            <div class="kpi">
                <dt class="kpi__label">{text!(words, sheet.kpi_target)}</dt>
                <dd class="kpi__value">{move || big(total())}</dd>
                <dd class="kpi__note">
                    {move || grown().map_or_else(
                        || say!(words, sheet.kpi_no_last_year).into_owned(),
                        |it| say!(words, sheet.kpi_growth, growth = name::change(it)).into_owned(),
                    )}
                </dd>
            </div>
            <div class="kpi">
                <dt class="kpi__label">{text!(words, sheet.kpi_last_year)}</dt>
                <dd class="kpi__value">{move || last_year().map_or_else(|| "–".into_any(), big)}</dd>
                <dd class="kpi__note">
                    {move || last_year().map(|before| say!(words, sheet.kpi_more, amount = figure(total() - before)).into_owned())}
                </dd>
            </div>
            <div class="kpi">
                <dt class="kpi__label">{text!(words, sheet.kpi_carriers)}</dt>
                <dd class="kpi__value">{move || count()}</dd>
                <dd class="kpi__note">{move || say!(words, sheet.kpi_average, amount = figure(average()))}</dd>
            </div>
            <div class="kpi">
                <dt class="kpi__label">{text!(words, sheet.kpi_largest)}</dt>
                <dd class="kpi__value">{move || first_share()}</dd>
                <dd class="kpi__note">{move || first()}</dd>
            </div>
            <div class="kpi">
                <dt class="kpi__label">{text!(words, sheet.kpi_sums)}</dt>
                <dd class="kpi__value">{move || sums()}</dd>
                <dd class="kpi__note" class:good=move || are_sums_good() class:bad=move || !are_sums_good()>
                    {move || if are_sums_good() {
                        say!(words, sheet.kpi_sums_hold, locks = locks(&session.plan()))
                    } else {
                        say!(words, sheet.kpi_sums_broken)
                    }}
                </dd>
            </div>
        </dl>
    }
}
