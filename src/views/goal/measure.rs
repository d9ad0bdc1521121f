//! What else is to be reached, near and far: measures by horizon, and groups that are met only together.

use leptos::prelude::*;

use super::super::lines::{Lines, choice, lines, name, number, shown};
use super::super::parts::CollectAny;
use super::super::settle::trailing;
use crate::i18n::{Words, use_words};
use crate::plan::{Edit, GoalField, Horizon, ItemId, Measure, Plan, Serves};
use crate::results::goal::{groups, is_met};
use crate::{say, text};

pub fn measures_card() -> AnyView {
    let words = use_words();
    let session = trailing();
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
        choice(
            text!(words, goal.serves),
            served,
            |it| it.serves.map(served_value).unwrap_or_default(),
            |it, value| it.serves = served_of(value),
        ),
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

/// What a measure can be there for: the target, or another measure (S3-06).
fn served(words: Words, plan: &Plan) -> Vec<(String, String)> {
    let nothing = (String::new(), say!(words, goal.serves_nothing).into_owned());
    let target = (served_value(Serves::Target), say!(words, goal.serves_target).into_owned());
    let measures = plan.goal.measures.iter().filter(|(_, it)| !it.name.is_empty());
    let measures = measures.map(|(id, it)| (served_value(Serves::Measure(id)), it.name.clone()));
    [nothing, target].into_iter().chain(measures).collect()
}

fn served_value(serves: Serves) -> String {
    match serves {
        Serves::Target => "target".to_owned(),
        Serves::Measure(id) => id.0.to_string(),
    }
}

fn served_of(value: &str) -> Option<Serves> {
    match value {
        "target" => Some(Serves::Target),
        id => id.parse().ok().map(|it| Serves::Measure(ItemId(it))),
    }
}

/// One for each horizon (S1-14).
fn usual(plan: &Plan, names: [std::borrow::Cow<'static, str>; 3]) -> Option<Edit> {
    let mut list = plan.goal.measures.clone();
    let mut edits = Vec::new();
    for (horizon, name) in Horizon::ALL.into_iter().zip(names) {
        let serves = Some(Serves::Target);
        let measure = Measure { horizon, name: name.into_owned(), serves, ..Measure::default() };
        edits.push(Edit::Goal(GoalField::Measure(list.add(measure.clone()))));
        list.push(measure);
    }
    Some(Edit::Batch(edits))
}
