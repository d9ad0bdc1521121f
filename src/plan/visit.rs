//! What an edit says, and what a field holds within, value by value, so that edits which are kept, those of a scenario, are
//! checked, mended, rescaled and made anonymous as the plan itself is.

use super::check::{self, Lines};
use super::edit::{Edit, Field};
use super::fields::{Fields, Key, Visitor, visit_columns};
use super::list::ItemEdit;
use super::subjects::{CapacityField, FunnelField, GoalField};
use super::tree::{Factor, Lock, Mix};
use super::{Calendar, ScenarioField};

impl Fields for Edit {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            Edit::Title(title) => visitor.text(Key::WITHIN, title, check::MAX_TITLE, Lines::One),
            Edit::Unit(_) | Edit::Ancestors(_) | Edit::Remove { .. } | Edit::Move { .. } | Edit::Next { .. } => {}
            Edit::Calendar(calendar) => calendar.visit(visitor),
            Edit::Goal(field) => field.visit(visitor),
            Edit::Capacity(field) => field.visit(visitor),
            Edit::Funnel(field) => field.visit(visitor),
            Edit::Buffer(buffer) => buffer.visit(visitor),
            Edit::Chance(chance) => chance.visit(visitor),
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
        self.holidays.iter_mut().for_each(|it| visitor.word(Key::WITHIN, &mut it.name));
        for peak in &mut self.peaks {
            visitor.word(Key::WITHIN, &mut peak.name);
            let mut factor = Some(peak.factor);
            visitor.percent(Key::WITHIN, &mut factor);
            peak.factor = factor.unwrap_or_default();
        }
    }
}

impl Fields for GoalField {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            GoalField::Target(amount) | GoalField::LastYear(amount) => visitor.money(Key::WITHIN, amount),
            GoalField::Past(year, amount) => {
                visitor.word(Key::WITHIN, year);
                visitor.money(Key::WITHIN, amount);
            }
            GoalField::Basis(_, words) => visitor.note(Key::WITHIN, words),
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
            FunnelField::OrderValue(amount) => visitor.money(Key::WITHIN, amount),
            FunnelField::Stage(edit) => edit.visit(visitor),
            FunnelField::Source(edit) => edit.visit(visitor),
            FunnelField::Lead(rule) => rule.visit(visitor),
            FunnelField::Activity(edit) => edit.visit(visitor),
            FunnelField::Past(edit) => edit.visit(visitor),
            FunnelField::Week(week) => week.visit(visitor),
            FunnelField::Pipeline(open, orders) => {
                visitor.number(Key::WITHIN, open);
                visitor.number(Key::WITHIN, orders);
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

impl Fields for Field {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            Field::Name(text) | Field::Tag(text) => visitor.word(Key::WITHIN, text),
            Field::Note(text) => visitor.note(Key::WITHIN, text),
            Field::Method(_) | Field::Rounding(_) | Field::Typed(_) => {}
            Field::Percent(value) | Field::Tolerance(value) => visitor.percent(Key::WITHIN, value),
            Field::Weight(value) | Field::WorkingDays(value) => visitor.number(Key::WITHIN, value),
            Field::Growth(value) => visitor.change(Key::WITHIN, value),
            Field::Trust(value) => visitor.part(Key::WITHIN, value),
            Field::Amount(amount)
            | Field::LastYear(amount)
            | Field::Potential(amount)
            | Field::Capacity(amount)
            | Field::Floor(amount)
            | Field::Cap(amount)
            | Field::Increment(amount)
            | Field::Submitted(amount)
            | Field::Actual(amount) => visitor.money(Key::WITHIN, amount),
            Field::Past(period, amount) => {
                visitor.word(Key::WITHIN, period);
                visitor.money(Key::WITHIN, amount);
            }
            Field::Score(factor, value) => {
                visitor.word(Key::WITHIN, factor);
                visitor.number(Key::WITHIN, value);
            }
            Field::Mix(mix) => mix.iter_mut().for_each(|it| it.visit(visitor)),
            Field::Factors(factors) => factors.iter_mut().for_each(|it| it.visit(visitor)),
            Field::Lock(lock) => visit_lock(lock, visitor),
        }
    }
}

pub(super) fn visit_lock(lock: &mut Option<Lock>, visitor: &mut dyn Visitor) {
    if let Some(Lock::Value(amount)) = lock {
        let mut amount = Some(*amount);
        visitor.money(Key::WITHIN, &mut amount);
        *lock = amount.map(Lock::Value);
    }
}

impl Fields for Mix {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        let mut weight = Some(self.last_year);
        visitor.percent(Key::WITHIN, &mut weight);
        self.last_year = weight.unwrap_or_default();
        visit_columns(&mut self.past, |name, weight| {
            visitor.word(Key::WITHIN, name);
            visitor.percent(Key::WITHIN, weight);
        });
    }
}

impl Fields for Factor {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.word(Key::WITHIN, &mut self.name);
        let mut weight = Some(self.weight);
        visitor.percent(Key::WITHIN, &mut weight);
        self.weight = weight.unwrap_or_default();
    }
}
