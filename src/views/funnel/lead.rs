//! What counts as a lead and whether somebody is one; what lies open now; what everybody does each week.

use leptos::prelude::*;

use super::super::finding::refusal;
use super::super::lines::{Lines, Say, field, lines, name, number, shown};
use super::super::name as called;
use super::super::notice::Notices;
use super::super::settle::trailing;
use crate::i18n::use_words;
use crate::live::{Derived, Held};
use crate::plan::{Activity, Edit, FunnelField, ItemId, LeadRule};
use crate::results::funnel::{ActivityRow, activities, covered, sellers};
use crate::session::{Access, Session};
use crate::{say, text};

pub fn pipeline_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let says = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let (times, rate) = covered(&plan, outcome.flow.as_ref())?;
        Some(match rate <= rust_decimal::Decimal::ONE_HUNDRED {
            true => say!(words, funnel.coverage_says, times = times.to_string(), rate = rate.to_string()),
            false => say!(words, funnel.coverage_short, times = times.to_string()),
        })
    };
    view! {
        <section class="card" aria-labelledby="funnel-pipeline">
            <div class="card__bar"><h2 class="card__title" id="funnel-pipeline">{text!(words, funnel.pipeline)}</h2></div>
            <div class="card__body reach__fields">
                {field("pipeline-open", text!(words, funnel.open), Some(text!(words, funnel.open_hint)), Say::Number(
                    |plan| plan.funnel.pipeline,
                    |plan, value| Edit::Funnel(FunnelField::Pipeline(value, plan.funnel.pipeline_orders)),
                ))}
                {field("pipeline-orders", text!(words, funnel.wanted), Some(text!(words, funnel.wanted_hint)), Say::Number(
                    |plan| plan.funnel.pipeline_orders,
                    |plan, value| Edit::Funnel(FunnelField::Pipeline(plan.funnel.pipeline, value)),
                ))}
                <p role="status">{move || says()}</p>
            </div>
        </section>
    }
    .into_any()
}

/// The rule, and somebody to try it on.
pub fn lead_card() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let (has_form, views, problem) = (Held::new(true), Held::new(2_u32), Held::new(None::<String>));
    let rule = Derived::new(move || session.plan().funnel.lead.clone());
    let is_fixed = move || session.access() == Access::Preview;
    let set = move |change: &dyn Fn(&mut LeadRule)| {
        let mut rule = session.plan_untracked().funnel.lead.clone();
        change(&mut rule);
        session.edit(Edit::Funnel(FunnelField::Lead(rule)))
    };
    let count = move |text: &str| {
        let bad = || say!(words, funnel.bad_views, given = text.to_owned(), most = LeadRule::MOST_VIEWS).into_owned();
        text.trim().parse::<u32>().ok().filter(|it| *it <= LeadRule::MOST_VIEWS).ok_or_else(bad)
    };
    let set_views = move |text: String| {
        let done = untrack(|| count(&text))
            .and_then(|it| set(&|rule| rule.views = it).map_err(|it| refusal(words, session, &it)));
        problem.set(done.err());
    };
    let try_views = move |text: String| match untrack(|| count(&text)) {
        Ok(count) => {
            problem.set(None);
            views.set(count);
        }
        Err(why) => problem.set(Some(why)),
    };
    let verdict = move || match rule.with(|it| it.is_lead(has_form.get(), views.get())) {
        true => say!(words, funnel.is_lead),
        false => say!(words, funnel.is_no_lead),
    };
    view! {
        <section class="card" aria-labelledby="funnel-lead">
            <div class="card__bar"><h2 class="card__title" id="funnel-lead">{text!(words, funnel.lead)}</h2></div>
            <div class="card__body reach__fields">
                <label class="reach__check">
                    <input type="checkbox" disabled=is_fixed prop:checked=move || rule.with(|it| it.needs_form)
                        on:change:target=move |event| {
                            let needs = event.target().checked();
                            notices.heed(set(&|rule| rule.needs_form = needs));
                        }/>
                    <span>{text!(words, funnel.needs_form)}</span>
                </label>
                <div class="field">
                    <label class="field__label" for="lead-views">{text!(words, funnel.views)}</label>
                    <input class="field__input" id="lead-views" type="text" inputmode="numeric" autocomplete="off" readonly=is_fixed
                        prop:value=move || rule.with(|it| it.views.to_string())
                        on:change:target=move |event| set_views(event.target().value())/>
                </div>
                {field("lead-words", text!(words, funnel.lead_words), Some(text!(words, funnel.lead_words_hint)), Say::Words(
                    |plan| plan.funnel.lead.words.clone(),
                    |plan, words| Edit::Funnel(FunnelField::Lead(LeadRule { words, ..plan.funnel.lead.clone() })),
                ))}
                <fieldset class="reach__try">
                    <legend>{text!(words, funnel.try_it)}</legend>
                    <label class="reach__check">
                        <input type="checkbox" prop:checked=move || has_form.get()
                            on:change:target=move |event| has_form.set(event.target().checked())/>
                        <span>{text!(words, funnel.has_form)}</span>
                    </label>
                    <label class="field">
                        <span class="field__label">{text!(words, funnel.has_viewed)}</span>
                        <input class="field__input" type="text" inputmode="numeric" prop:value=move || views.get().to_string()
                            on:change:target=move |event| try_views(event.target().value())/>
                    </label>
                    <p role="status"><strong>{move || verdict()}</strong></p>
                </fieldset>
                <span class="field__problem" role="alert">{move || problem.get()}</span>
            </div>
        </section>
    }
    .into_any()
}

pub fn activities_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let of = move |id: ItemId, read: fn(&ActivityRow) -> String| {
        let plan = session.plan();
        let rows = activities(&plan, sellers(&plan));
        rows.iter().find(|it| it.id == id).map(read).unwrap_or_default()
    };
    let columns = vec![
        name(text!(words, funnel.activity), |it: &mut Activity| &mut it.name),
        number(text!(words, funnel.weekly), |it| &mut it.weekly),
        shown(text!(words, funnel.all_weekly), move |id| of(id, |it| called::count(it.all_weekly))),
        shown(text!(words, funnel.four_weeks), move |id| of(id, |it| called::count(it.four_weeks))),
        shown(text!(words, funnel.yearly), move |id| of(id, |it| called::count(it.yearly))),
    ];
    lines(Lines {
        id: "activities",
        title: text!(words, funnel.activities),
        hint: text!(words, funnel.activities_hint),
        add: text!(words, funnel.add_activity),
        list: |plan| &plan.funnel.activities,
        edit: |edit| Edit::Funnel(FunnelField::Activity(edit)),
        blank: |words, _| Activity { name: say!(words, funnel.new_activity).into_owned(), ..Activity::default() },
        columns,
        is_ordered: true,
        ways: Vec::new(),
    })
}
