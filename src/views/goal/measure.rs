//! What else is to be reached, near and far: measures by horizon, and groups that are met only together.

use leptos::prelude::*;

use super::super::lines::{Lines, choice, lines, name, number, shown};
use super::super::parts::CollectAny;
use crate::i18n::{Words, use_words};
use crate::plan::{Edit, GoalField, Horizon, ItemId, Measure, Plan};
use crate::results::goal::{groups, is_met};
use crate::session::Session;
use crate::{say, text};

pub fn measures_card() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let state = move |id: ItemId| {
        let plan = session.plan();
        match plan.goal.measures.get(id) {
            Some(it) if is_met(it) => format!("✓ {}", say!(words, goal.met)),
            Some(Measure { reached: Some(_), .. }) => say!(words, goal.not_met).into_owned(),
            _ => String::new(),
        }
    };
    let together = move || {
        let said = |(name, is_met): (String, bool)| {
            let sentence = match is_met {
                true => say!(words, goal.group_met, name = name),
                false => say!(words, goal.group_not_met, name = name),
            };
            view! { <li>{sentence}</li> }
        };
        groups(&session.plan()).into_iter().map(said).collect_any()
    };
    let columns = vec![
        name(text!(words, goal.measure), |it: &mut Measure| &mut it.name),
        choice(
            text!(words, goal.horizon),
            horizons,
            |it| format!("{:?}", it.horizon),
            |it, value| {
                it.horizon = Horizon::ALL.into_iter().find(|it| format!("{it:?}") == value).unwrap_or_default();
            },
        ),
        number(text!(words, goal.measure_goal), |it| &mut it.goal),
        name(text!(words, goal.measure_unit), |it| &mut it.unit),
        number(text!(words, goal.reached), |it| &mut it.reached),
        name(text!(words, goal.group), |it| &mut it.group),
        shown(text!(words, goal.state), state),
    ];
    let list = lines(Lines {
        id: "measures",
        title: text!(words, goal.measures),
        hint: text!(words, goal.measures_hint),
        add: text!(words, goal.add_measure),
        list: |plan| &plan.goal.measures,
        edit: |edit| Edit::Goal(GoalField::Measure(edit)),
        blank: |_, _| Measure::default(),
        columns,
        is_ordered: true,
        ways: vec![
            (text!(words, goal.measures_tob), |words, plan| {
                usual(plan, [say!(words, goal.tob_short), say!(words, goal.tob_middle), say!(words, goal.tob_long)])
            }),
            (text!(words, goal.measures_toc), |words, plan| {
                usual(plan, [say!(words, goal.toc_short), say!(words, goal.toc_middle), say!(words, goal.toc_long)])
            }),
        ],
    });
    view! { {list} <ul class="reach__list goal__groups">{move || together()}</ul> }.into_any()
}

fn horizons(words: Words, _: &Plan) -> Vec<(String, String)> {
    let word = |horizon: Horizon| match horizon {
        Horizon::Short => say!(words, goal.horizon_short),
        Horizon::Middle => say!(words, goal.horizon_middle),
        Horizon::Long => say!(words, goal.horizon_long),
    };
    Horizon::ALL.map(|it| (format!("{it:?}"), word(it).into_owned())).into()
}

/// One for each horizon (S1-14).
fn usual(plan: &Plan, names: [std::borrow::Cow<'static, str>; 3]) -> Option<Edit> {
    let mut list = plan.goal.measures.clone();
    let mut edits = Vec::new();
    for (horizon, name) in Horizon::ALL.into_iter().zip(names) {
        let measure = Measure { horizon, name: name.into_owned(), ..Measure::default() };
        edits.push(Edit::Goal(GoalField::Measure(list.add(measure.clone()))));
        list.push(measure);
    }
    Some(Edit::Batch(edits))
}
