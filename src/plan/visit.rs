//! What an edit says, field by field, so that edits which are kept, those of a scenario, are checked, mended, rescaled and
//! made anonymous as the plan itself is.

use std::collections::BTreeMap;

use super::check::{self, Lines};
use super::crossing::Cell;
use super::edit::{Edit, Field};
use super::fields::{Fields, Visitor};
use super::list::ItemEdit;
use super::subjects::{CapacityField, FunnelField, GoalField};
use super::tree::{Factor, Lock, Mix, Node};
use super::{Calendar, Scenario, ScenarioField};

impl Fields for Edit {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            Edit::Title(title) => visitor.text(title, check::MAX_TITLE, Lines::One),
            Edit::Unit(_) | Edit::Remove { .. } | Edit::Move { .. } | Edit::Next { .. } => {}
            Edit::Calendar(calendar) => calendar.visit(visitor),
            Edit::Goal(field) => field.visit(visitor),
            Edit::Capacity(field) => field.visit(visitor),
            Edit::Funnel(field) => field.visit(visitor),
            Edit::Buffer(buffer) => buffer.visit(visitor),
            Edit::Scenario(field) => field.visit(visitor),
            Edit::Node { field, .. } => field.visit(visitor),
            Edit::Add { node, .. } => node.visit(visitor),
            Edit::Tree { tree, .. } => tree.nodes.values_mut().for_each(|it| it.visit(visitor)),
            Edit::Cell { cell, .. } => cell.visit(visitor),
            Edit::Batch(edits) => edits.iter_mut().for_each(|it| it.visit(visitor)),
        }
    }
}

impl<T: Fields> Fields for ItemEdit<T> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.item.iter_mut().for_each(|it| it.visit(visitor));
    }
}

impl Fields for Calendar {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.holidays.iter_mut().for_each(|it| visitor.name(&mut it.name));
        for peak in &mut self.peaks {
            visitor.name(&mut peak.name);
            let mut factor = Some(peak.factor);
            visitor.percent(&mut factor);
            peak.factor = factor.unwrap_or_default();
        }
    }
}

impl Fields for GoalField {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            GoalField::Target(amount) | GoalField::LastYear(amount) => visitor.amount(amount),
            GoalField::Past(year, amount) => {
                visitor.name(year);
                visitor.amount(amount);
            }
            GoalField::Basis(_, words) => visitor.prose(words),
            GoalField::Evidence(edit) => edit.visit(visitor),
            GoalField::Benchmark(it) => it.visit(visitor),
            GoalField::Market(it) => it.visit(visitor),
            GoalField::Levers(it) => it.visit(visitor),
            GoalField::Event(edit) => edit.visit(visitor),
            GoalField::Limit(edit) => edit.visit(visitor),
            GoalField::Measure(edit) => edit.visit(visitor),
            GoalField::Intent(_) | GoalField::Marks(_) => {}
        }
    }
}

impl Fields for CapacityField {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            CapacityField::IsCap(_) => {}
            CapacityField::Level(edit) => edit.visit(visitor),
            CapacityField::Crew(edit) => edit.visit(visitor),
        }
    }
}

impl Fields for FunnelField {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            FunnelField::OrderValue(amount) => visitor.amount(amount),
            FunnelField::Stage(edit) => edit.visit(visitor),
            FunnelField::Source(edit) => edit.visit(visitor),
            FunnelField::Lead(rule) => rule.visit(visitor),
            FunnelField::Activity(edit) => edit.visit(visitor),
            FunnelField::Pipeline(open, orders) => {
                visitor.number(open);
                visitor.number(orders);
            }
        }
    }
}

impl Fields for ScenarioField {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            ScenarioField::Scenario(edit) => edit.visit(visitor),
            ScenarioField::Pins(_) => {}
        }
    }
}

impl Fields for Scenario {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name(&mut self.name);
        visitor.prose(&mut self.note);
        self.edits.iter_mut().for_each(|it| it.visit(visitor));
    }
}

impl Fields for Field {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            Field::Name(text) | Field::Tag(text) => visitor.name(text),
            Field::Note(text) => visitor.prose(text),
            Field::Method(_) | Field::Rounding(_) | Field::Typed(_) => {}
            Field::Percent(value) | Field::Tolerance(value) => visitor.percent(value),
            Field::Weight(value) | Field::WorkingDays(value) => visitor.number(value),
            Field::Growth(value) => visitor.change(value),
            Field::Trust(value) => visitor.part(value),
            Field::Amount(amount)
            | Field::LastYear(amount)
            | Field::Potential(amount)
            | Field::Capacity(amount)
            | Field::Floor(amount)
            | Field::Cap(amount)
            | Field::Increment(amount)
            | Field::Submitted(amount)
            | Field::Actual(amount) => visitor.amount(amount),
            Field::Past(period, amount) => {
                visitor.name(period);
                visitor.amount(amount);
            }
            Field::Score(factor, value) => {
                visitor.name(factor);
                visitor.number(value);
            }
            Field::Mix(mix) => mix.iter_mut().for_each(|it| it.visit(visitor)),
            Field::Factors(factors) => factors.iter_mut().for_each(|it| it.visit(visitor)),
            Field::Lock(lock) => visit_lock(lock, visitor),
        }
    }
}

/// Each value under its name.
fn visit_columns<T>(columns: &mut BTreeMap<String, T>, mut each: impl FnMut(&mut String, &mut Option<T>)) {
    for (mut name, value) in std::mem::take(columns) {
        let mut value = Some(value);
        each(&mut name, &mut value);
        columns.extend(value.map(|it| (name, it)));
    }
}

fn visit_lock(lock: &mut Option<Lock>, visitor: &mut dyn Visitor) {
    if let Some(Lock::Value(amount)) = lock {
        let mut amount = Some(*amount);
        visitor.amount(&mut amount);
        *lock = amount.map(Lock::Value);
    }
}

impl Fields for Mix {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        let mut weight = Some(self.last_year);
        visitor.percent(&mut weight);
        self.last_year = weight.unwrap_or_default();
        visit_columns(&mut self.past, |name, weight| {
            visitor.name(name);
            visitor.percent(weight);
        });
    }
}

impl Fields for Factor {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name(&mut self.name);
        let mut weight = Some(self.weight);
        visitor.percent(&mut weight);
        self.weight = weight.unwrap_or_default();
    }
}

impl Fields for Node {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name(&mut self.name);
        visitor.name(&mut self.tag);
        visitor.prose(&mut self.note);
        for amount in [
            &mut self.amount,
            &mut self.last_year,
            &mut self.potential,
            &mut self.capacity,
            &mut self.floor,
            &mut self.cap,
            &mut self.increment,
            &mut self.submitted,
            &mut self.actual,
        ] {
            visitor.amount(amount);
        }
        visitor.percent(&mut self.percent);
        visitor.number(&mut self.weight);
        visitor.change(&mut self.growth);
        visitor.number(&mut self.working_days);
        visitor.percent(&mut self.tolerance);
        visitor.part(&mut self.trust);
        visit_columns(&mut self.past, |name, amount| {
            visitor.name(name);
            visitor.amount(amount);
        });
        visit_columns(&mut self.scores, |name, score| {
            visitor.name(name);
            visitor.number(score);
        });
        self.mix.iter_mut().for_each(|it| it.visit(visitor));
        self.factors.iter_mut().for_each(|it| it.visit(visitor));
        visit_lock(&mut self.lock, visitor);
    }
}

impl Fields for Cell {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visit_lock(&mut self.lock, visitor);
        for amount in [&mut self.floor, &mut self.cap, &mut self.increment] {
            visitor.amount(amount);
        }
        visitor.percent(&mut self.percent);
    }
}
