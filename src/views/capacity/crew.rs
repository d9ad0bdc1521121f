//! The people: a line for one by name, or for so many of a kind.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::lines::{
    Column, Input, Lines, choice, day, lines, node_name, node_of, nodes, number, own, shown, suggested,
};
use super::super::name as called;
use super::super::settle::trailing;
use crate::amount::Amount;
use crate::i18n::{Words, use_words};
use crate::plan::{CapacityField, Crew, Day, Edit, ItemId, Leave, NodeId, Plan};
use crate::{say, text};

pub fn crews() -> AnyView {
    let words = use_words();
    let session = trailing();
    let display = expect_context::<Display>();
    let brings = move |id: ItemId| {
        let (plan, outcome) = (session.plan(), session.outcome());
        let output = outcome.staff.crews.iter().find(|(it, _)| *it == id).map(|(_, it)| it.total());
        let figures = display.figures(&plan, output.iter().map(|it: &Amount| it.units()));
        output.filter(|_| outcome.staff.is_priced(&plan)).map(|it| figures.print(it)).unwrap_or_default()
    };
    let columns = vec![
        Column {
            head: text!(words, capacity.crew),
            class: "lines__name",
            input: Input::Name(|it: &mut Crew| &mut it.name),
        },
        suggested(own(text!(words, capacity.node), |words, plan, it| node_name(words, plan, it.node), set_node), nodes),
        choice(
            text!(words, capacity.level),
            levels,
            |it| it.level.map_or(String::new(), |it| it.0.to_string()),
            |it, value| {
                it.level = value.parse().ok().map(ItemId);
            },
        ),
        own(
            text!(words, capacity.heads),
            |_, _, it| it.heads.to_string(),
            |words, _, it, text| {
                let bad = |_| say!(words, capacity.bad_count, given = text.to_owned()).into_owned();
                it.heads = text.parse().map_err(bad)?;
                Ok(())
            },
        ),
        day(text!(words, capacity.start), |it| &mut it.start),
        day(text!(words, capacity.end), |it| &mut it.end),
        own(
            text!(words, capacity.leave),
            |_, _, it| leaves(&it.leave),
            |words, _, it, text| {
                it.leave = read_leaves(text)
                    .ok_or_else(|| say!(words, capacity.bad_leave, given = text.to_owned()).into_owned())?;
                Ok(())
            },
        ),
        number(text!(words, capacity.attrition), |it| &mut it.attrition),
        own(
            text!(words, capacity.backfill),
            |_, _, it| it.backfill.map_or(String::new(), |it| it.to_string()),
            |words, _, it, text| {
                let bad = || {
                    say!(words, capacity.bad_backfill, given = text.to_owned(), most = Crew::LONGEST_BACKFILL)
                        .into_owned()
                };
                it.backfill = match text {
                    "" => None,
                    _ => Some(text.parse().ok().filter(|it| *it <= Crew::LONGEST_BACKFILL).ok_or_else(bad)?),
                };
                Ok(())
            },
        ),
        shown(text!(words, capacity.brings), brings),
    ];
    lines(Lines {
        id: "crews",
        title: text!(words, capacity.crews),
        hint: text!(words, capacity.crews_hint),
        add: text!(words, capacity.add_crew),
        list: |plan| &plan.capacity.crews,
        edit: |edit| Edit::Capacity(CapacityField::Crew(edit)),
        blank: |_, plan| Crew {
            node: plan.trees.organisation.root,
            level: plan.capacity.levels.ids().first().copied(),
            ..Crew::default()
        },
        columns,
        is_ordered: false,
        ways: vec![(text!(words, capacity.each_person), |_, plan| each_person(plan))],
    })
}

/// A line for everybody in the organisation who has none, on the level that their tag names, or the first.
fn each_person(plan: &Plan) -> Option<Edit> {
    let tree = &plan.trees.organisation;
    let has_line = |id: NodeId| plan.capacity.crews.values().any(|it| it.node == id);
    let mut list = plan.capacity.crews.clone();
    let mut edits = Vec::new();
    for id in tree.walk(tree.root).into_iter().filter(|it| tree.children(*it).is_empty() && !has_line(*it)) {
        let tag = tree.get(id).map(|it| it.tag.as_str()).unwrap_or_default();
        let named = plan.capacity.levels.iter().find(|(_, it)| !tag.is_empty() && it.name == tag).map(|(id, _)| id);
        let level = named.or(plan.capacity.levels.ids().first().copied());
        let crew = Crew { node: id, level, ..Crew::default() };
        edits.push(Edit::Capacity(CapacityField::Crew(list.add(crew.clone()))));
        list.push(crew);
    }
    Some(Edit::Batch(edits)).filter(|it| *it != Edit::Batch(Vec::new()))
}

fn set_node(words: Words, plan: &Plan, crew: &mut Crew, text: &str) -> Result<(), String> {
    crew.node = node_of(words, plan, text)?;
    Ok(())
}

fn levels(words: Words, plan: &Plan) -> Vec<(String, String)> {
    let none = (String::new(), say!(words, capacity.no_level).into_owned());
    let level = |id: &ItemId| (id.0.to_string(), called::level(words, plan, *id));
    std::iter::once(none).chain(plan.capacity.levels.ids().iter().map(level)).collect()
}

/// 2027-05-01~2027-05-31, and a comma between two of them.
fn leaves(leaves: &[Leave]) -> String {
    leaves.iter().map(|it| format!("{}~{}", it.from, it.to)).collect::<Vec<_>>().join(", ")
}

fn read_leaves(text: &str) -> Option<Vec<Leave>> {
    let parts = text.split([',', '，', ';', '；', '、']).map(str::trim).filter(|it| !it.is_empty());
    let leave = |part: &str| {
        let (from, to) = part.split_once(['~', '～', '–', '—', '至']).unwrap_or((part, part));
        let (from, to): (Day, Day) = (from.parse().ok()?, to.parse().ok()?);
        Some(Leave { from, to }).filter(|it| it.from <= it.to)
    };
    parts.map(leave).collect()
}
