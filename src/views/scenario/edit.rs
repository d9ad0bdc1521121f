//! What an edit does, as a sentence: what was, and what is to be. Edits that no input stands for are said by what they speak of.

use rust_decimal::Decimal;

use super::super::display::Display;
use super::super::name;
use super::knob::{called, said};
use crate::i18n::Words;
use crate::plan::{
    At, CapacityField, Dimension, Edit, Field, FunnelField, GoalField, ItemEdit, ItemId, Knob, List, Lock, NodeId,
    Plan, Typed, tried,
};
use crate::results::figure::basis_points;
use crate::say;

/// What it does to a plan that is as it was before.
pub fn sentence(words: Words, display: Display, plan: &Plan, edit: &Edit) -> String {
    if let Edit::Batch(edits) = edit {
        let mut at = plan.clone();
        let mut parts = Vec::new();
        for edit in edits {
            parts.push(sentence(words, display, &at, edit));
            at = tried(&at, std::slice::from_ref(edit)).0;
        }
        return parts.join(&say!(words, scenario.and_then));
    }
    let mut turned = turned(words, display, plan, edit);
    turned.extend(days(words, plan, edit));
    if turned.is_empty() { other(words, plan, edit) } else { turned.join(&say!(words, scenario.and_then)) }
}

/// What of it is an input: each with what it was and what it is to be.
fn turned(words: Words, display: Display, plan: &Plan, edit: &Edit) -> Vec<String> {
    let after = tried(plan, std::slice::from_ref(edit)).0;
    let changed = knobs(plan, edit).into_iter().filter(|it| it.is_there(plan) && it.value(plan) != it.value(&after));
    let line = |knob: Knob| {
        let [before, after] = [plan, &after].map(|it| said(words, display, plan, knob, knob.value(it)));
        say!(words, scenario.turned, name = called(words, plan, knob), before = before, after = after).into_owned()
    };
    changed.map(line).collect()
}

/// How long a stage takes, which no input stands for.
fn days(words: Words, plan: &Plan, edit: &Edit) -> Option<String> {
    let Edit::Funnel(FunnelField::Stage(ItemEdit { id, item: Some(stage), .. })) = edit else { return None };
    let before = plan.funnel.stages.get(*id)?.days;
    let print = |it: Option<Decimal>| it.map_or_else(|| say!(words, scenario.blank).into_owned(), name::count);
    let (name, was, is) = (name::stage(words, plan, *id), print(before), print(stage.days));
    (before != stage.days).then(|| say!(words, scenario.edit_days, name = name, before = was, after = is).into_owned())
}

/// The inputs that an edit may turn.
fn knobs(plan: &Plan, edit: &Edit) -> Vec<Knob> {
    match edit {
        Edit::Goal(GoalField::Target(_)) => vec![Knob::Target],
        Edit::Funnel(FunnelField::OrderValue(_)) => vec![Knob::Price],
        Edit::Funnel(FunnelField::Stage(ItemEdit { id, item: Some(_), .. })) => vec![Knob::Conversion(*id)],
        Edit::Funnel(FunnelField::Source(ItemEdit { id, item: Some(_), .. })) => {
            let own = plan.funnel.stages.ids().iter().map(|stage| Knob::Own { source: *id, stage: *stage });
            [Knob::Leads(*id), Knob::LeadCost(*id), Knob::Cac(*id)].into_iter().chain(own).collect()
        }
        Edit::Capacity(CapacityField::Crew(ItemEdit { id, item: Some(_), .. })) => {
            vec![Knob::Heads(*id), Knob::Attrition(*id)]
        }
        Edit::Capacity(CapacityField::Level(ItemEdit { id, item: Some(_), .. })) => {
            vec![Knob::Orders(*id), Knob::Brings(*id), Knob::Ramp(*id)]
        }
        Edit::Node { dimension, id, field } => {
            let (dimension, id) = (*dimension, *id);
            match field {
                Field::Percent(_) => vec![Knob::Percent { dimension, id }],
                Field::Weight(_) => vec![Knob::Weight { dimension, id }],
                Field::Amount(_) => vec![Knob::Amount { dimension, id }],
                Field::Growth(_) => vec![Knob::Growth { dimension, id }],
                Field::Lock(None | Some(Lock::Value(_))) => vec![Knob::Lock { dimension, id }],
                Field::Floor(_) => vec![Knob::Floor { dimension, id }],
                Field::Cap(_) => vec![Knob::Cap { dimension, id }],
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// What it speaks of.
fn other(words: Words, plan: &Plan, edit: &Edit) -> String {
    let node = |dimension: Dimension, id: NodeId| match plan.node(dimension, id) {
        Some(_) => name::node(words, plan, dimension, id),
        None => say!(words, scenario.a_gone_node, dimension = name::dimension(words, dimension)).into_owned(),
    };
    match edit {
        Edit::Title(title) => say!(words, scenario.edit_title, title = title.clone()),
        Edit::Calendar(_) => say!(words, scenario.edit_calendar),
        Edit::Goal(GoalField::Measure(it)) => {
            let name = it.item.as_ref().map(|it| it.name.clone()).unwrap_or_default();
            let goal = it.item.as_ref().and_then(|it| it.goal).map(name::count).unwrap_or_default();
            let unit = it.item.as_ref().map(|it| it.unit.clone()).unwrap_or_default();
            say!(words, scenario.edit_measure, name = name, goal = format!("{goal}{unit}"))
        }
        Edit::Goal(_) => say!(words, scenario.edit_goal),
        Edit::Capacity(CapacityField::Crew(it)) => return crew(words, plan, it),
        Edit::Capacity(CapacityField::Level(it)) => {
            let list = &plan.capacity.levels;
            return line(words, list, it, |it| &it.name, say!(words, scenario.a_level).into_owned());
        }
        Edit::Capacity(CapacityField::IsCap(true)) => say!(words, scenario.edit_cap_on),
        Edit::Capacity(CapacityField::IsCap(false)) => say!(words, scenario.edit_cap_off),
        Edit::Funnel(FunnelField::Stage(it)) => {
            let list = &plan.funnel.stages;
            return line(words, list, it, |it| &it.name, say!(words, scenario.a_stage).into_owned());
        }
        Edit::Funnel(FunnelField::Source(it)) => {
            let list = &plan.funnel.sources;
            return line(words, list, it, |it| &it.name, say!(words, scenario.a_source).into_owned());
        }
        Edit::Funnel(_) => say!(words, scenario.edit_funnel),
        Edit::Buffer(_) => say!(words, scenario.edit_buffer),
        Edit::Chance(_) => say!(words, scenario.edit_chance),
        Edit::Node { dimension, id, field: Field::Typed(Some(typed)) } => {
            say!(words, scenario.edit_share, name = node(*dimension, *id), share = share(*typed))
        }
        Edit::Node { dimension, id, field: Field::Lock(Some(Lock::Share(typed))) } => {
            say!(words, scenario.edit_share_lock, name = node(*dimension, *id), share = share(*typed))
        }
        Edit::Node { dimension, id, field: Field::Method(Some(method)) } => {
            say!(words, scenario.edit_method, name = node(*dimension, *id), method = name::method(words, *method))
        }
        Edit::Node { dimension, id, field: Field::Name(name) } => {
            say!(words, scenario.edit_name, name = node(*dimension, *id), after = name.clone())
        }
        Edit::Node { dimension, id, .. } => say!(words, scenario.edit_node, name = node(*dimension, *id)),
        Edit::Add { dimension, parent, node: it, .. } => {
            let above = node(*dimension, *parent);
            say!(words, scenario.edit_add, name = it.name.clone(), parent = above)
        }
        Edit::Remove { dimension, id } => say!(words, scenario.edit_remove, name = node(*dimension, *id)),
        Edit::Move { dimension, id, parent, .. } => {
            say!(words, scenario.edit_move, name = node(*dimension, *id), parent = node(*dimension, *parent))
        }
        Edit::Tree { dimension, .. } => {
            say!(words, scenario.edit_tree, dimension = name::dimension(words, *dimension))
        }
        Edit::Cell { at, .. } => say!(words, scenario.edit_cell, name = cell(words, plan, *at)),
        Edit::Next { .. } | Edit::Unit(_) | Edit::Scenario(_) | Edit::Ancestors(_) | Edit::Batch(_) => {
            say!(words, scenario.edit_other)
        }
    }
    .into_owned()
}

fn cell(words: Words, plan: &Plan, at: At) -> String {
    name::cell(words, plan, at)
}

/// A part of a whole.
fn share(typed: Typed) -> String {
    basis_points(typed.part.units(), typed.whole.units()).map_or(String::new(), |it| name::percent(it, 1))
}

fn crew(words: Words, plan: &Plan, edit: &ItemEdit<crate::plan::Crew>) -> String {
    let is_there = plan.capacity.crews.get(edit.id).is_some();
    match &edit.item {
        None => say!(words, scenario.gone_line, name = name::crew(words, plan, edit.id)),
        Some(_) if is_there => say!(words, scenario.changed_line, name = name::crew(words, plan, edit.id)),
        Some(crew) => {
            let who = match words.is_nameless() || crew.name.is_empty() {
                true => name::node(words, plan, Dimension::Organisation, crew.node),
                false => crew.name.clone(),
            };
            match crew.start {
                Some(from) => {
                    say!(words, scenario.new_crew_from, name = who, heads = crew.heads, from = from.to_string())
                }
                None => say!(words, scenario.new_crew, name = who, heads = crew.heads),
            }
        }
    }
    .into_owned()
}

/// A line of a list that is new, changed or gone.
fn line<T>(words: Words, list: &List<T>, edit: &ItemEdit<T>, of: fn(&T) -> &String, kind: String) -> String {
    let known = |id: ItemId| list.get(id).map(|it| of(it).clone());
    let name = known(edit.id).or_else(|| edit.item.as_ref().map(|it| of(it).clone())).unwrap_or_default();
    let name = if name.is_empty() { kind } else { name };
    match (&edit.item, known(edit.id)) {
        (None, _) => say!(words, scenario.gone_line, name = name),
        (Some(_), Some(_)) => say!(words, scenario.changed_line, name = name),
        (Some(_), None) => say!(words, scenario.new_line, name = name),
    }
    .into_owned()
}
