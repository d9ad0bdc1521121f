//! What everybody asks about, made to fit the plan: tried with one press, or said to be impossible and what the plan lacks.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::notice::Notices;
use super::super::parts::CollectAny;
use super::{base, edit_sentence, shown};
use crate::i18n::{Words, use_words};
use crate::plan::{Dimension, Edit};
use crate::results::ready::{Called, Lack, Like, Ready, ready};
use crate::results::scenario::Seen;
use crate::session::Session;
use crate::views::name;
use crate::{say, text};

pub fn ready_card() -> AnyView {
    let words = use_words();
    view! {
        <section class="card reach__wide" aria-labelledby="scenarios-ready">
            <div class="card__bar"><h2 class="card__title" id="scenarios-ready">{text!(words, scenario.ready)}</h2></div>
            <div class="card__body">
                <p class="muted">{text!(words, scenario.ready_hint)}</p>
                <ul class="scenarios scenarios--ready">{Ready::ALL.into_iter().map(row).collect_any()}</ul>
            </div>
        </section>
    }
    .into_any()
}

fn row(it: Ready) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let notices = expect_context::<Notices>();
    let edits = move |seen: &Seen| ready(it, seen, &called(words));
    let says = move || {
        let seen = base(session);
        match edits(&seen) {
            Ok(edits) => edit_sentence(words, display, &seen.plan, &Edit::Batch(edits)),
            Err(lack) => lacks(words, lack),
        }
    };
    let is_off = move || edits(&base(session)).is_err();
    let act = move |_| {
        // On top of what is tried out already, if anything is.
        if !untrack(|| session.is_trial()) {
            session.try_out(&[], None);
        }
        match untrack(|| edits(&shown(session))) {
            Ok(edits) => notices.heed(session.edit(Edit::Batch(edits))),
            Err(lack) => notices.say(super::super::notice::Notice::Problem(untrack(|| lacks(words, lack)))),
        }
    };
    let title = move || title(words, it);
    view! {
        <li class="scenarios__item">
            <div class="scenarios__head">
                <b class="scenarios__name">{move || title()}</b>
                <button type="button" class="button" disabled=is_off
                    aria-label=move || say!(words, start.of_plan, action = say!(words, scenario.try_it).into_owned(), title = title())
                    on:click=act>{text!(words, scenario.try_it)}</button>
            </div>
            <p class="muted">{move || says()}</p>
        </li>
    }
    .into_any()
}

fn title(words: Words, it: Ready) -> String {
    match it {
        Ready::PriceCut => say!(words, scenario.ready_price),
        Ready::CostUp => say!(words, scenario.ready_cost),
        Ready::ExportDown => say!(words, scenario.ready_export),
        Ready::OwnPool => say!(words, scenario.ready_pool),
        Ready::LiveShare => say!(words, scenario.ready_live),
        Ready::Newcomers => say!(words, scenario.ready_newcomers),
        Ready::ContentTeam => say!(words, scenario.ready_content),
        Ready::Approval => say!(words, scenario.ready_approval),
        Ready::Conversion => say!(words, scenario.ready_conversion),
        Ready::PlanB => say!(words, scenario.ready_plan_b),
        Ready::SofterTarget => say!(words, scenario.ready_softer),
        Ready::Segments => say!(words, scenario.ready_segments),
        Ready::Nurture => say!(words, scenario.ready_nurture),
        Ready::Drafts => say!(words, scenario.ready_drafts),
    }
    .into_owned()
}

/// The words by which things are found, in either language: the plan may be in the other one.
fn called(words: Words) -> Called<'static> {
    Called {
        is_like: &is_like,
        margin: say!(words, scenario.margin).into_owned(),
        pool: say!(words, scenario.pool).into_owned(),
        newcomers: say!(words, scenario.newcomers).into_owned(),
    }
}

fn is_like(like: Like, name: &str) -> bool {
    let name = name.to_lowercase();
    let parts: &[&str] = match like {
        Like::Offline => &["线下", "offline", "门店", "store"],
        Like::Own => &["私域", "own", "自有", "小程序", "private"],
        Like::Online => &["线上", "online", "课程", "course"],
        Like::Live => &["直播", "live"],
        Like::Export => &["出口", "外贸", "跨境", "export", "overseas", "海外"],
        Like::Content => &["内容", "content"],
        Like::Newcomer => &["新人", "新手", "newcomer", "junior", "初级"],
        Like::Approval => &["方案", "通过", "approval", "approved", "proposal", "quote", "报价"],
        Like::Margin => &["利润率", "毛利", "margin"],
        Like::Repeat => &["复购", "老客", "高价值", "repeat", "repurchase", "returning", "high-value", "existing"],
        Like::Potential => &["潜在", "潜客", "potential", "prospect"],
        Like::Nurture => &["培育", "孵化", "nurtur"],
    };
    parts.iter().any(|it| name.contains(it))
}

/// What something is to be called like, for whoever has nothing that is.
fn like(words: Words, like: Like) -> String {
    match like {
        Like::Offline => say!(words, scenario.like_offline),
        Like::Own => say!(words, scenario.like_own),
        Like::Online => say!(words, scenario.like_online),
        Like::Live => say!(words, scenario.like_live),
        Like::Export => say!(words, scenario.like_export),
        Like::Content => say!(words, scenario.like_content),
        Like::Newcomer => say!(words, scenario.like_newcomer),
        Like::Approval => say!(words, scenario.like_approval),
        Like::Margin => say!(words, scenario.margin),
        Like::Repeat => say!(words, scenario.like_repeat),
        Like::Potential => say!(words, scenario.like_potential),
        Like::Nurture => say!(words, scenario.like_nurture),
    }
    .into_owned()
}

fn lacks(words: Words, lack: Lack) -> String {
    match lack {
        Lack::Target => say!(words, scenario.lack_target),
        Lack::LastYear => say!(words, scenario.lack_last_year),
        Lack::Price => say!(words, scenario.lack_price),
        Lack::Costs => say!(words, scenario.lack_costs),
        Lack::Level => say!(words, scenario.lack_level),
        Lack::Crew(it) => say!(words, scenario.lack_crew, name = like(words, it)),
        Lack::Stage(it) => say!(words, scenario.lack_stage, name = like(words, it)),
        Lack::Days => say!(words, scenario.lack_days),
        Lack::Source(it) => say!(words, scenario.lack_source, name = like(words, it)),
        Lack::Node(dimension, it) => {
            let dimension = dimension_word(words, dimension);
            say!(words, scenario.lack_node, dimension = dimension, name = like(words, it))
        }
        Lack::Stages => say!(words, scenario.lack_stages),
        Lack::Products => say!(words, scenario.lack_products),
        Lack::Room => say!(words, scenario.lack_room),
    }
    .into_owned()
}

fn dimension_word(words: Words, dimension: Dimension) -> String {
    name::dimension(words, dimension)
}
