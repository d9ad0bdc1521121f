//! The stages, from leads on.

use leptos::prelude::*;

use super::super::lines::{Column, Input, Lines, check, lines, name, number, shown};
use super::super::name as called;
use super::super::settle::trailing;
use crate::i18n::{Words, use_words};
use crate::live::Derived;
use crate::plan::{Edit, FunnelField, ItemId, Plan, Stage};
use crate::results::funnel::{StageRow, stages};
use crate::{say, text};

pub fn stages_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let rows = Derived::new(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        outcome.flow.as_ref().map(|it| stages(&plan, it)).unwrap_or_default()
    });
    let of = move |id: ItemId, read: fn(&StageRow) -> String| {
        rows.with(|rows| rows.iter().find(|it| it.id == id).map(read).unwrap_or_default())
    };
    let columns = vec![
        name(text!(words, funnel.stage), |it: &mut Stage| &mut it.name),
        number(text!(words, funnel.conversion), |it| &mut it.conversion),
        number(text!(words, funnel.days), |it| &mut it.days),
        number(text!(words, funnel.resource), |it| &mut it.resource),
        number(text!(words, funnel.benchmark), |it| &mut it.benchmark),
        check(text!(words, funnel.is_order), |it| &mut it.is_order),
        Column { head: text!(words, funnel.note), class: "lines__long", input: Input::Name(|it| &mut it.note) },
        shown(text!(words, funnel.supply), move |id| of(id, |it| called::count(it.supply))),
        shown(text!(words, funnel.demand), move |id| {
            of(id, |it| it.demand.map(|it| called::count(it.round_dp(1))).unwrap_or_default())
        }),
    ];
    lines(Lines {
        id: "stages",
        title: text!(words, funnel.stages),
        hint: text!(words, funnel.stages_hint),
        add: text!(words, funnel.add_stage),
        list: |plan| &plan.funnel.stages,
        edit: |edit| Edit::Funnel(FunnelField::Stage(edit)),
        blank: |words, _| Stage { name: say!(words, funnel.new_stage).into_owned(), ..Stage::default() },
        columns,
        is_ordered: true,
        ways: vec![
            (text!(words, funnel.usual_four), |words, plan| usual(words, plan, &FOUR)),
            (text!(words, funnel.usual_six), |words, plan| usual(words, plan, &SIX)),
        ],
    })
}

/// A stage to begin with: its word, whether it is the order.
type Usual = (fn(Words) -> std::borrow::Cow<'static, str>, bool);

/// Leads, opportunities, orders, cash (S0-27).
const FOUR: [Usual; 4] = [
    (|words| say!(words, funnel.leads), false),
    (|words| say!(words, funnel.opportunities), false),
    (|words| say!(words, funnel.orders), true),
    (|words| say!(words, funnel.cash), false),
];

/// From finding leads to after the sale (S3-30).
const SIX: [Usual; 6] = [
    (|words| say!(words, funnel.six_leads), false),
    (|words| say!(words, funnel.six_needs), false),
    (|words| say!(words, funnel.six_offer), false),
    (|words| say!(words, funnel.six_talks), false),
    (|words| say!(words, funnel.six_order), true),
    (|words| say!(words, funnel.six_after), false),
];

/// The stages that most begin with, behind those that there are.
fn usual(words: Words, plan: &Plan, stages: &[Usual]) -> Option<Edit> {
    let mut list = plan.funnel.stages.clone();
    let mut edits = Vec::new();
    for (word, is_order) in stages {
        let stage = Stage { name: word(words).into_owned(), is_order: *is_order, ..Stage::default() };
        edits.push(Edit::Funnel(FunnelField::Stage(list.add(stage.clone()))));
        list.push(stage);
    }
    Some(Edit::Batch(edits))
}
