//! What will come of the table: how many people in how many groups, what their figures add up to, and what was odd.

use leptos::prelude::*;

use super::super::parts::{CollectAny, Show};
use super::draft::Draft;
use super::words;
use crate::amount::Amount;
use crate::edge::import::{Import, Report};
use crate::edge::table::Role;
use crate::i18n::{Words, use_words};
use crate::live::Derived;
use crate::plan::Plan;
use crate::views::name;
use crate::{say, text};

/// More than these nobody reads.
const MOST: usize = 50;

#[component]
pub fn Outcome(draft: Draft) -> impl IntoView {
    let words = use_words();
    let problem = move || match draft.import.get()? {
        Ok(_) => None,
        Err(error) => Some(words::import(words, error)),
    };
    let sentences = move || match draft.import.get() {
        Some(Ok(import)) => {
            sentences(words, &draft.sample(), &import, draft.roles.with(|it| it.contains(&Role::Person)))
        }
        _ => Vec::new(),
    };
    let odd = Derived::new(move || match draft.import.get() {
        Some(Ok(import)) => import.report.odd.clone(),
        _ => Vec::new(),
    });
    let count = move || odd.with(Vec::len);
    view! {
        <div class="import__part" role="status">
            <h3 class="import__title">{text!(words, table.outcome)}</h3>
            <p class="field__problem">{move || problem()}</p>
            <ul class="import__list">
                {move || sentences().into_iter().map(|it| view! { <li>{it}</li> }).collect_any()}
            </ul>
        </div>
        <Show when=move || { 0 < count() }>
            <div class="import__part">
                <h3 class="import__title warn">{move || say!(words, table.odd, n = count())}</h3>
                <ul class="import__list import__list--long" tabindex="0" aria-label=move || say!(words, table.odd, n = count())>
                    {move || odd.get().iter().take(MOST).map(|it| view! { <li>{words::odd(words, it)}</li> }).collect_any()}
                    <Show when=move || { MOST < count() }>
                        <li>{move || say!(words, table.more_odd, n = count() - MOST)}</li>
                    </Show>
                </ul>
            </div>
        </Show>
    }
}

fn sentences(words: Words, sample: &Plan, import: &Import, has_people: bool) -> Vec<String> {
    let report = &import.report;
    let amount = |it: Amount| name::exact_amount(words, sample, it);
    let mut sentences = vec![who(words, report, has_people)];
    let totals = [
        report.last_year.map(|it| say!(words, table.last_year_total, amount = amount(it))),
        report.target.map(|it| say!(words, table.target_total, amount = amount(it))),
        report.weight.map(|it| say!(words, table.weight_total, sum = it.normalize().to_string())),
        report.percent.map(|it| say!(words, table.percent_total, sum = it.normalize().to_string())),
        (0 < report.rounded).then(|| say!(words, table.rounded, n = report.rounded, places = sample.unit.decimals())),
        report.parts_of_one.then(|| say!(words, table.parts_of_one)),
        Some(say!(words, table.divided_by, method = name::method(words, import.method))),
    ];
    sentences.extend(totals.into_iter().flatten().map(std::borrow::Cow::into_owned));
    sentences
}

/// 17 people in 10 territories in 3 groups; 3 hang directly on the root.
fn who(words: Words, report: &Report, has_people: bool) -> String {
    let mut text = match has_people {
        true => say!(words, table.people, n = report.leaves),
        false => say!(words, table.leaves, n = report.leaves),
    }
    .into_owned();
    for (at, level) in report.levels.iter().enumerate().rev() {
        let name = words::column(words, &level.header, at);
        text.push_str(&say!(words, table.in_level, n = level.nodes, name = name));
    }
    if 0 < report.on_root {
        text.push_str(&say!(words, table.on_root, n = report.on_root));
    }
    text
}
