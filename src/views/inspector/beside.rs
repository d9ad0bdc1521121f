//! What stands beside the number of a row, a line each: submitted, before, bounds, capacity.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::name;
use super::super::parts::CollectAny;
use crate::amount::Amount;
use crate::i18n::{Words, use_words};
use crate::live::Derived;
use crate::plan::{Dimension, NodeId};
use crate::results::beside::{Beside, What, beside};
use crate::results::figure::Figures;
use crate::session::Session;
use crate::{say, text};

pub fn beside_of(dimension: Dimension, id: NodeId) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let lines = Derived::new(move || beside(&session.plan(), &session.outcome(), dimension, id));
    let figures = move || {
        let amounts: Vec<i64> = lines.with(|lines| lines.iter().map(|it| it.amount.units()).collect());
        display.figures(&session.plan(), amounts.into_iter())
    };
    let rows = move || {
        let figures = figures();
        lines.get().into_iter().map(|it| line(words, &figures, &it)).collect_any()
    };
    (move || {
        lines.with(|it| !it.is_empty()).then(|| {
            view! {
                <h3 class="inspector__head">{text!(words, inspector.beside)}</h3>
                <dl class="steps beside">{move || rows()}</dl>
            }
        })
    })
    .into_any()
}

fn line(words: Words, figures: &Figures, it: &Beside) -> AnyView {
    let what = match &it.what {
        What::Given => say!(words, inspector.given).into_owned(),
        What::Submitted => say!(words, inspector.submitted).into_owned(),
        What::Gap => say!(words, inspector.gap).into_owned(),
        What::LastYear => say!(words, sheet.last_year).into_owned(),
        What::Past(name) => name.clone(),
        What::Floor => say!(words, inspector.least).into_owned(),
        What::Cap => say!(words, inspector.most).into_owned(),
        What::Capacity => say!(words, inspector.can_bring).into_owned(),
        What::Potential => say!(words, inspector.market).into_owned(),
    };
    let percent = it.percent.map(|percent| match it.what {
        What::LastYear | What::Past(_) | What::Gap => name::change(percent),
        _ => say!(words, inspector.used, percent = name::percent(percent, 1)).into_owned(),
    });
    let is_more = it.what == What::Gap && Amount::ZERO < it.amount;
    let amount = format!("{}{}", if is_more { "+" } else { "" }, figures.print(it.amount));
    view! {
        <div class="step beside__line">
            <dt>{what}</dt>
            <dd class="muted">{percent}</dd>
            <dd class="step__amount">{amount}</dd>
        </div>
    }
    .into_any()
}
