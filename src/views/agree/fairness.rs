//! Whether the division is fair, each measure with what it means in words: the part of the potential, the change on last
//! year, how evenly the burden lies, who is able to carry theirs, and who stands out.

use leptos::prelude::*;

use super::super::name;
use super::super::parts::CollectAny;
use super::state::AgreeState;
use crate::amount::{Amount, Numeral, Places, Scale, print};
use crate::i18n::{Text, Words, use_words};
use crate::live::Derived;
use crate::plan::Dimension;
use crate::results::fairness::{Burden, Fairness, Spread, fairness, histogram};
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
            <div class="card__body agree__measures">
                {move || measures(words, &fair.get())}
                <Outliers fair/>
            </div>
        </section>
    }
}

/// What can be said, and for what cannot, what is missing and where it is entered.
fn measures(words: Words, fair: &Fairness) -> Vec<AnyView> {
    let potential = fair.of_potential.map(|spread| {
        let bars = histogram(fair.burdens.iter().filter_map(|it| it.of_potential));
        Drawn {
            said: spread_text(words, spread, |it| name::percent(it, 1)),
            bars: bars.to_vec(),
            highest: spread.highest,
        }
    });
    let growth = fair.growth.map(|spread| {
        let of_before = fair.burdens.iter().filter_map(|it| it.growth).map(|it| it.saturating_add(WHOLE));
        let highest = spread.highest.saturating_add(WHOLE);
        Drawn { said: spread_text(words, spread, name::change), bars: histogram(of_before).to_vec(), highest }
    });
    let gini = fair.gini.map(|it| {
        let parts = Numeral { decimals: 4, scale: Scale::One };
        Drawn::words(print(Amount::from_units(it), parts, Places::Fixed(2)))
    });
    let reach = fair.reach.map(|it| {
        Drawn::words(say!(words, agree.reach_says, known = it.known, all = it.all, most = it.most).into_owned())
    });
    [
        measure(
            [text!(words, agree.potential), text!(words, agree.potential_means)],
            text!(words, agree.potential_missing),
            potential,
        ),
        measure(
            [text!(words, agree.growth), text!(words, agree.growth_means)],
            text!(words, agree.growth_missing),
            growth,
        ),
        measure(
            [text!(words, agree.gini), text!(words, agree.gini_means)],
            text!(words, agree.potential_missing),
            gini,
        ),
        measure([text!(words, agree.reach), text!(words, agree.reach_means)], text!(words, agree.reach_missing), reach),
    ]
    .into()
}

/// One whole, in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// A measure that is known: in words, and perhaps as a picture of how many lie where from nothing to the highest.
struct Drawn {
    said: String,
    bars: Vec<usize>,
    highest: i64,
}

impl Drawn {
    fn words(said: String) -> Drawn {
        Drawn { said, bars: Vec::new(), highest: 0 }
    }
}

fn spread_text(words: Words, spread: Spread, figure: impl Fn(i64) -> String) -> String {
    let Spread { lowest, median, highest } = spread;
    say!(words, agree.spread, lowest = figure(lowest), median = figure(median), highest = figure(highest)).into_owned()
}

fn measure([title, means]: [Text; 2], missing: Text, drawn: Option<Drawn>) -> AnyView {
    let content = match drawn {
        Some(it) => view! { <p class="agree__says">{it.said.clone()}</p> {bars(&it)} }.into_any(),
        None => view! { <p class="muted">{missing}</p> }.into_any(),
    };
    view! {
        <div class="agree__measure">
            <h3 class="agree__what">{title}</h3>
            {content}
            <p class="agree__means muted">{means}</p>
        </div>
    }
    .into_any()
}

/// The sentence above says what the picture shows.
fn bars(drawn: &Drawn) -> Option<AnyView> {
    let most = drawn.bars.iter().copied().max()?.max(1);
    let bar = |count: &usize| view! { <i style:--of-hundred=(count * 100).div_ceil(most).to_string()></i> };
    let end = name::percent(drawn.highest, 0);
    Some(
        view! {
            <div class="agree__bars" aria-hidden="true">{drawn.bars.iter().map(bar).collect_any()}</div>
            <div class="agree__axis muted" aria-hidden="true"><span>"0%"</span><span>{end}</span></div>
        }
        .into_any(),
    )
}

/// Whose part of the potential is far from that of the others.
#[component]
fn Outliers(fair: Derived<Fairness>) -> impl IntoView {
    /// More than these nobody reads at once.
    const MOST: usize = 12;
    let words = use_words();
    let session = expect_context::<AgreeState>().session;
    let content = move || {
        let fair = fair.get();
        let Some(Spread { median, .. }) = fair.of_potential else { return ().into_any() };
        let out: Vec<&Burden> = fair.burdens.iter().filter(|it| it.stands_out).collect();
        if out.is_empty() {
            return view! { <p>{text!(words, agree.nobody_out)}</p> }.into_any();
        }
        let item = |it: &&Burden| {
            let node = name::node(words, &session.plan(), Dimension::Organisation, it.id);
            let ratio = name::percent(it.of_potential.unwrap_or_default(), 1);
            view! { <li>{say!(words, agree.out, node = node, ratio = ratio, median = name::percent(median, 1))}</li> }
        };
        let more = out.len().saturating_sub(MOST);
        let rest = (0 < more).then(|| view! { <p class="muted">{say!(words, finding.more, count = more)}</p> });
        view! { <ul class="agree__out">{out.iter().take(MOST).map(item).collect_any()}</ul> {rest} }.into_any()
    };
    view! {
        <div class="agree__measure">
            <h3 class="agree__what">{text!(words, agree.who_out)}</h3>
            {move || content()}
            <p class="agree__means muted">{text!(words, agree.out_means)}</p>
        </div>
    }
}
