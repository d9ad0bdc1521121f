//! What one stage brings if more go on from it: tried here, and written to the plan only when asked for.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::lines::decimal;
use super::super::name;
use super::super::notice::Notices;
use super::super::parts::{CollectAny, Look, Show, button_unless};
use super::super::settle::trailing;
use crate::amount::Amount;
use crate::engine::funnel::total;
use crate::i18n::use_words;
use crate::live::{Derived, Held};
use crate::plan::{Edit, FunnelField, ItemId};
use crate::results::funnel::{lifted, shown};
use crate::session::Access;
use crate::{say, text};

pub fn uplift_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let notices = expect_context::<Notices>();
    let chosen = Held::new(None::<ItemId>);
    let percent = Held::new(Decimal::from(20));
    let problem = Held::new(None::<String>);
    let stages = Derived::new(move || {
        let plan = session.plan();
        let order = plan.funnel.order_stage().unwrap_or_default();
        plan.funnel.stages.ids().iter().take(order).copied().collect::<Vec<_>>()
    });
    let stage = Derived::new(move || {
        let held = chosen.get();
        stages.with(|it| it.iter().copied().find(|it| Some(*it) == held).or(it.first().copied()))
    });
    let says = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let (flow, stage) = (outcome.flow.as_ref()?, stage.get()?);
        let Some((_, after)) = lifted(&plan, stage, percent.get()) else {
            return Some(say!(words, funnel.uplift_too_much));
        };
        let orders = |flow: &crate::engine::funnel::Flow| name::count(shown(total(&flow.supply[flow.order_stage])));
        let brings = |flow: &crate::engine::funnel::Flow| {
            flow.amount.map(|it| name::exact_amount(words, &plan, Amount::from_units(it.iter().sum())))
        };
        Some(match (brings(flow), brings(&after)) {
            (Some(before), Some(now)) => say!(
                words,
                funnel.uplift_amount,
                orders = orders(flow),
                more = orders(&after),
                before = before,
                now = now
            ),
            _ => say!(words, funnel.uplift_orders, orders = orders(flow), more = orders(&after)),
        })
    };
    let keep = move || {
        let plan = session.plan_untracked();
        let kept = stage.get_untracked().and_then(|it| lifted(&plan, it, percent.get_untracked()));
        let Some((after, _)) = kept else { return };
        let stages = after.funnel.stages.iter().filter(|(id, it)| plan.funnel.stages.get(*id) != Some(*it));
        let stages = stages.map(|(id, it)| FunnelField::Stage(plan.funnel.stages.put(id, it.clone())));
        let sources = after.funnel.sources.iter().filter(|(id, it)| plan.funnel.sources.get(*id) != Some(*it));
        let sources = sources.map(|(id, it)| FunnelField::Source(plan.funnel.sources.put(id, it.clone())));
        notices.heed(session.edit(Edit::Batch(stages.chain(sources).map(Edit::Funnel).collect())));
    };
    let option = move |id: &ItemId| {
        let id = *id;
        let is_chosen = move || stage.get() == Some(id);
        view! { <option value=id.0.to_string() selected=is_chosen prop:selected=is_chosen>{name::stage(words, &session.plan(), id)}</option> }
    };
    let type_percent = move |typed: String| match untrack(|| decimal(words, &typed)) {
        Ok(value) => {
            problem.set(None);
            percent.set(value.unwrap_or_default());
        }
        Err(why) => problem.set(Some(why)),
    };
    view! {
        <Show when=move || !stages.with(Vec::is_empty)>
            <section class="card" aria-labelledby="funnel-uplift">
                <div class="card__bar"><h2 class="card__title" id="funnel-uplift">{text!(words, funnel.uplift)}</h2></div>
                <div class="card__body reach__fields">
                    <div class="field">
                        <label class="field__label" for="uplift-stage">{text!(words, funnel.stage)}</label>
                        <select class="field__input" id="uplift-stage"
                            on:change:target=move |event| chosen.set(event.target().value().parse().ok().map(ItemId))>
                            {move || stages.with(|it| it.iter().map(option).collect_any())}
                        </select>
                    </div>
                    <div class="field">
                        <label class="field__label" for="uplift-percent">{text!(words, funnel.uplift_percent)}</label>
                        <input class="field__input" id="uplift-percent" type="text" inputmode="decimal" autocomplete="off"
                            prop:value=move || percent.get().to_string()
                            on:change:target=move |event| type_percent(event.target().value())/>
                        <span class="field__problem" role="alert">{move || problem.get()}</span>
                    </div>
                    <p role="status">{move || says()}</p>
                    {button_unless(Look::Plain, None, text!(words, funnel.uplift_keep), move || session.access() == Access::Preview, keep)}
                </div>
            </section>
        </Show>
    }
    .into_any()
}
