//! By how much to aim higher, to be as sure of the target as one wants to be: beside what is customary and what the plan does,
//! with the error bar of the answer; and the two rules of thumb that are quoted without their sums.

use leptos::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::name;
use super::super::parts::CollectAny;
use super::run::{Run, Shown};
use super::says::{counted, percent, rounded};
use crate::amount::Amount;
use crate::engine::buffer::over_assigned;
use crate::engine::chance::{Basis, Needed};
use crate::engine::large::over;
use crate::i18n::{Words, use_words};
use crate::plan::Plan;
use crate::results::chance::{AimRow, Aimed, aims};
use crate::session::Session;
use crate::views::display::Display;
use crate::{say, text};

pub fn aim_card(run: Run) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let rows = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let own = over_assigned(&plan, outcome.total());
        let rows = run.shown.with(|it| it.as_ref().map(|it| aims(&plan, &it.answer, own)).unwrap_or_default());
        let row = |it: AimRow| {
            let error = run.shown.with(|shown| shown.as_ref().and_then(|shown| bar(words, shown, it)));
            view! {
                <tr>
                    <th scope="row">{called(words, &plan, it.why)}</th>
                    <td>{format!("{}%", hundredths(it.part))}{error}</td>
                    <td>{rounded(words, display, &plan, it.aim)}</td>
                    <td>{percent(it.chance)}</td>
                </tr>
            }
        };
        rows.into_iter().map(row).collect_any()
    };
    let says = move || {
        let plan = session.plan();
        run.shown.with(|it| it.as_ref().map(|it| sentence(words, display, &plan, it)))
    };
    let promise = move || {
        let plan = session.plan();
        run.shown.with(|it| it.as_ref().and_then(|it| promised(words, display, &plan, it)))
    };
    view! {
        <section class="card reach__wide" aria-labelledby="chance-aim">
            <div class="card__bar"><h2 class="card__title" id="chance-aim">{text!(words, chance.aim)}</h2></div>
            <div class="card__body reach__fields">
                <p class="reach__says" role="status">{move || says()}</p>
                <p>{move || promise()}</p>
                <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, chance.aim)>
                    <table class="lines__table lines__figures">
                        <thead><tr>
                            <th scope="col">{text!(words, chance.aim_why)}</th>
                            <th scope="col">{text!(words, chance.aim_part)}</th>
                            <th scope="col">{text!(words, chance.aim_at)}</th>
                            <th scope="col">{text!(words, chance.aim_chance)}</th>
                        </tr></thead>
                        <tbody>{move || rows()}</tbody>
                    </table>
                </div>
                <p class="field__hint">{text!(words, chance.rules)}</p>
            </div>
        </section>
    }
    .into_any()
}

/// Hundredths of a percent, with no more decimals than there are, and two at most.
fn hundredths(part: i64) -> String {
    Decimal::new(part, 2).round_dp(1).normalize().to_string()
}

fn called(words: Words, plan: &Plan, why: Aimed) -> String {
    match why {
        Aimed::Plain => say!(words, chance.aim_plain),
        Aimed::Customary(_) => say!(words, chance.aim_customary),
        Aimed::Own => say!(words, chance.aim_own),
        Aimed::Needed => say!(words, chance.aim_needed, confidence = plan.chance.confidence().normalize().to_string()),
    }
    .into_owned()
}

/// What chance leaves open of what is needed.
fn bar(words: Words, shown: &Shown, row: AimRow) -> Option<String> {
    let Needed::By { least, most, .. } = shown.answer.needed else { return None };
    (row.why == Aimed::Needed && 0 < row.part).then(|| {
        let least = hundredths(least);
        match most {
            Some(most) => say!(words, chance.aim_bar, least = least, most = hundredths(most)),
            None => say!(words, chance.aim_open_bar, least = least),
        }
        .into_owned()
    })
}

fn sentence(words: Words, display: Display, plan: &Plan, shown: &Shown) -> String {
    let confidence = plan.chance.confidence().normalize().to_string();
    let answer = &shown.answer;
    let Some(whole) = answer.nodes.first() else { return String::new() };
    match answer.needed {
        Needed::Unknown => say!(words, chance.aim_unknown),
        Needed::TooSure => say!(words, chance.aim_too_sure, confidence = confidence, years = counted(answer.trials)),
        Needed::Never => say!(words, chance.aim_never, confidence = confidence),
        Needed::By { part: 0, .. } => {
            say!(words, chance.aim_enough, confidence = confidence, chance = percent(whole.chance))
        }
        Needed::By { part, .. } => {
            let factor = Decimal::ONE + Decimal::new(part, 4);
            let aim = crate::engine::sights::times(whole.target, factor).unwrap_or(whole.target);
            let (aim, part) = (rounded(words, display, plan, aim), hundredths(part));
            match shown.asked.basis {
                Basis::Given => say!(words, chance.aim_says, confidence = confidence, part = part, aim = aim),
                Basis::Able => say!(words, chance.aim_says_able, confidence = confidence, part = part, aim = aim),
                Basis::Deals => say!(words, chance.aim_says_deals, confidence = confidence, part = part, aim = aim),
            }
        }
    }
    .into_owned()
}

/// N4: the same buffer read the other way round: what may be promised, so that one is as sure of it.
fn promised(words: Words, display: Display, plan: &Plan, shown: &Shown) -> Option<String> {
    let Needed::By { part, .. } = shown.answer.needed else { return None };
    let target = Decimal::from(shown.answer.nodes.first()?.target.units());
    let sure = over(target, Decimal::ONE + Decimal::new(part, 4)).to_i64()?;
    let confidence = plan.chance.confidence().normalize().to_string();
    (0 < part).then(|| {
        let sure = rounded(words, display, plan, Amount::from_units(sure));
        say!(words, chance.aim_or, confidence = confidence, sure = sure).into_owned()
    })
}

/// The name of a node as its button says it.
pub fn node(words: Words, plan: &Plan, id: crate::plan::NodeId) -> String {
    name::node(words, plan, crate::plan::Dimension::Organisation, id)
}
