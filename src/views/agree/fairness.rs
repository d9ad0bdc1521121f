//! Whether the division is fair, each measure with what it means in words: the part of the potential, how evenly the burden
//! lies, who stands out, the change on last year, and who is able to carry theirs.

use leptos::prelude::*;

use super::super::name;
use super::super::parts::CollectAny;
use super::state::AgreeState;
use crate::amount::{Amount, Numeral, Places, Scale, print};
use crate::i18n::{Text, Words, use_words};
use crate::live::Derived;
use crate::plan::{Dimension, Plan};
use crate::results::fairness::{BARS, Burden, Fairness, Reach, Spread, fairness, histogram};
use crate::{say, text};

#[component]
pub fn FairnessCard() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<AgreeState>().session;
    let fair = Derived::new(move || fairness(&session.plan(), &session.outcome(), Dimension::Organisation));
    view! {
        <section class="card agree__fairness" aria-labelledby="fairness-title">
            <div class="card__bar">
                <h2 class="card__title" id="fairness-title">{text!(words, agree.fairness)}</h2>
                <span class="muted">{text!(words, agree.fairness_sub)}</span>
            </div>
            <div class="card__body agree__measures">{move || measures(words, &session.plan(), &fair.get())}</div>
        </section>
    }
}

/// What can be said. Where what it is measured by is not known, what is missing and where that is entered.
fn measures(words: Words, plan: &Plan, fair: &Fairness) -> Vec<AnyView> {
    let missing = |why: Text| view! { <p class="muted">{why}</p> }.into_any();
    let potential = fair.of_potential.map(|it| potential(words, fair, it));
    let growth = fair.growth.map(|it| growth(words, fair, it));
    let gini = fair.gini.map(|it| said(print(Amount::from_units(it), PARTS_OF_ONE, Places::Fixed(2))));
    let out = fair.of_potential.map(|it| outliers(words, plan, fair, it));
    let reach = fair.reach.map(|it| {
        let Reach { known, all, most } = it;
        said(say!(words, agree.reach_says, known = known, all = all, most = most).into_owned())
    });
    let shown = [
        measure(
            [text!(words, agree.potential), text!(words, agree.potential_means)],
            potential.unwrap_or_else(|| missing(text!(words, agree.potential_missing))),
        ),
        measure(
            [text!(words, agree.growth), text!(words, agree.growth_means)],
            growth.unwrap_or_else(|| missing(text!(words, agree.growth_missing))),
        ),
        measure(
            [text!(words, agree.reach), text!(words, agree.reach_means)],
            reach.unwrap_or_else(|| missing(text!(words, agree.reach_missing))),
        ),
    ];
    let gini = gini.map(|it| measure([text!(words, agree.gini), text!(words, agree.gini_means)], it));
    let out = out.map(|it| measure([text!(words, agree.who_out), text!(words, agree.out_means)], it));
    shown.into_iter().chain(gini).chain(out).collect()
}

/// One, in hundredths of a percent, and how these are printed as parts of it.
const WHOLE: i64 = 10_000;
const PARTS_OF_ONE: Numeral = Numeral { decimals: 4, scale: Scale::One };

fn measure([title, means]: [Text; 2], says: AnyView) -> AnyView {
    view! {
        <div class="agree__measure">
            <h3 class="agree__what">{title}</h3>
            {says}
            <p class="agree__means muted">{means}</p>
        </div>
    }
    .into_any()
}

fn said(sentence: String) -> AnyView {
    view! { <p class="agree__says">{sentence}</p> }.into_any()
}

fn potential(words: Words, fair: &Fairness, spread: Spread) -> AnyView {
    let bars = histogram(fair.burdens.iter().filter_map(|it| it.of_potential));
    drawn(words, spread, 0, |it| name::percent(it, 1), bars)
}

/// Drawn from all of last year less, since a target is never below nothing.
fn growth(words: Words, fair: &Fairness, spread: Spread) -> AnyView {
    let bars = histogram(fair.burdens.iter().filter_map(|it| it.growth).map(|it| it.saturating_add(WHOLE)));
    drawn(words, spread, -WHOLE, name::change, bars)
}

/// A spread in a sentence, and how many lie where from nothing to the highest. The sentence says what the picture shows.
fn drawn(words: Words, spread: Spread, nothing: i64, figure: fn(i64) -> String, bars: [usize; BARS]) -> AnyView {
    let [nothing, lowest, median, highest] = [nothing, spread.lowest, spread.median, spread.highest].map(figure);
    let most = bars.into_iter().max().unwrap_or_default().max(1);
    let bar = |count: usize| view! { <i style:--of-hundred=(count * 100).div_ceil(most).to_string()></i> };
    view! {
        {said(say!(words, agree.spread, lowest = lowest, median = median, highest = highest.clone()).into_owned())}
        <div class="agree__bars" aria-hidden="true">{bars.into_iter().map(bar).collect_any()}</div>
        <div class="agree__axis muted" aria-hidden="true"><span>{nothing}</span><span>{highest}</span></div>
    }
    .into_any()
}

/// Whose part of the potential is far from that of the others.
fn outliers(words: Words, plan: &Plan, fair: &Fairness, spread: Spread) -> AnyView {
    /// More than these nobody reads at once.
    const MOST: usize = 12;
    let out: Vec<&Burden> = fair.burdens.iter().filter(|it| it.stands_out).collect();
    let median = name::percent(spread.median, 1);
    let sentence = |it: &&Burden| {
        let node = name::node(words, plan, Dimension::Organisation, it.id);
        let ratio = name::percent(it.of_potential.unwrap_or_default(), 1);
        view! { <li>{say!(words, agree.out, node = node, ratio = ratio, median = median.clone())}</li> }
    };
    let more = out.len().saturating_sub(MOST);
    let rest = (0 < more).then(|| view! { <p class="muted">{say!(words, agree.more_out, count = more)}</p> });
    if out.is_empty() {
        return said(say!(words, agree.nobody_out).into_owned());
    }
    view! { <ul class="agree__out">{out.iter().take(MOST).map(sentence).collect_any()}</ul> {rest} }.into_any()
}
