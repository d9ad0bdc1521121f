//! What follows from a plan that has changed is the same whether it is computed anew or from what followed before.

use proptest::collection::vec;
use proptest::prelude::*;
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::{Outcome, breakback, evaluate, evaluate_again};
use sextant::plan::{At, Calendar, Dimension, Edit, Field, History, Method, Node, NodeId, Pair, Plan, Unit};

use crate::laws::of_plans;
use crate::plans::{Shown, Wish, any_plan, anywhere, wishes};
use crate::promise::check;

/// A plan, and what followed from it step by step.
struct Story {
    plan: Plan,
    history: History,
    outcome: Outcome,
}

impl Story {
    fn of(plan: Plan) -> Story {
        Story { outcome: evaluate(&plan), plan, history: History::default() }
    }

    fn step(&mut self, change: impl FnOnce(&mut History, &mut Plan)) -> Result<(), TestCaseError> {
        let before = self.plan.clone();
        change(&mut self.history, &mut self.plan);
        self.outcome = evaluate_again(&before, &self.outcome, &self.plan);
        let whole = evaluate(&self.plan);
        if self.outcome == whole {
            return check(&self.plan, &self.outcome).map_err(TestCaseError::fail);
        }
        let what = differences(&self.outcome, &whole);
        let (before, after) = (before.to_compact_json(), self.plan.to_compact_json());
        Err(TestCaseError::fail(format!("{what}\n{before}\n{after}")))
    }

    fn wish(&mut self, wish: &Wish) -> Result<(), TestCaseError> {
        let edit = wish.edit(&self.plan);
        self.step(|history, plan| _ = history.edit(plan, edit))
    }
}

fn differences(one: &Outcome, other: &Outcome) -> String {
    let trees = Dimension::ALL.into_iter().filter(|it| one.division(*it) != other.division(*it));
    let tables = Pair::ALL.into_iter().filter(|it| one.table(*it) != other.table(*it));
    let (trees, tables): (Vec<Dimension>, Vec<Pair>) = (trees.collect(), tables.collect());
    let findings: Vec<_> = one.findings.iter().filter(|it| !other.findings.contains(it)).collect();
    let missing: Vec<_> = other.findings.iter().filter(|it| !one.findings.contains(it)).collect();
    format!("{trees:?} {tables:?} too much: {findings:?} missing: {missing:?} {:?} {:?}", one.sums, other.sums)
}

proptest! {
    #![proptest_config(of_plans())]

    #[test]
    fn edit_by_edit_as_anew(Shown(plan) in any_plan(), wishes in vec(wishes(), 1..8)) {
        let mut story = Story::of(plan);
        for wish in &wishes {
            story.wish(wish)?;
        }
        for _ in &wishes {
            story.step(|history, plan| _ = history.undo(plan))?;
        }
        for _ in &wishes {
            story.step(|history, plan| _ = history.redo(plan))?;
        }
    }

    #[test]
    fn number_by_number_as_anew(Shown(plan) in any_plan(), acts in vec((anywhere(), 0..2_000_i64, any::<bool>()), 1..8)) {
        let mut story = Story::of(plan);
        for (place, part, locks) in &acts {
            let at = place.place(&story.plan);
            let Some(now) = breakback::amount_at(&story.plan, &story.outcome, at) else { continue };
            let wish = (now.units() / 1_000).saturating_mul(*part).min(Amount::MAX.units());
            let edit = match locks {
                true => breakback::toggle_lock(&story.plan, &story.outcome, at),
                false => breakback::type_amount(&story.plan, &story.outcome, at, Amount::from_units(wish)).ok(),
            };
            let Some(edit) = edit else { continue };
            story.step(|history, plan| _ = history.edit(plan, edit))?;
        }
    }

    #[test]
    fn from_one_plan_to_any_other_as_anew(Shown(one) in any_plan(), Shown(other) in any_plan()) {
        let mut story = Story::of(one);
        story.step(|_, plan| *plan = other)?;
    }
}

/// Thirty teams of three people, by weight.
fn teams() -> Plan {
    let mut plan = Plan::blank("teams", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::from_units(100_000));
    let by_weight =
        |weight: i64| Node { method: Some(Method::Weight), weight: Some(Decimal::from(weight)), ..Node::default() };
    let tree = &mut plan.trees.organisation;
    for team in 0..30 {
        let id = tree.grow(tree.root, by_weight(1 + team));
        (1..4).for_each(|weight| _ = tree.grow(id, by_weight(weight)));
    }
    tree.grow(tree.root, Node::default());
    plan
}

#[test]
fn what_nothing_has_a_say_in_is_not_copied() {
    let mut plan = teams();
    let (before, outcome) = (plan.clone(), evaluate(&plan));
    let edit =
        Edit::Node { dimension: Dimension::Organisation, id: NodeId(2), field: Field::Weight(Some(Decimal::from(7))) };
    plan.apply(edit).expect("a weight");
    let again = evaluate_again(&before, &outcome, &plan);
    assert_ne!(again.division(Dimension::Organisation), outcome.division(Dimension::Organisation));
    let same = |pair: Pair| std::ptr::eq(again.table(pair).expect("a table"), outcome.table(pair).expect("a table"));
    let over_time = Pair::ALL.into_iter().filter(|it| it.is_over_time());
    assert!(over_time.into_iter().all(|pair| same(pair) == (pair.rows() != Dimension::Organisation)));
    let others = Dimension::ALL.into_iter().filter(|it| *it != Dimension::Organisation);
    assert!(others.into_iter().all(|it| std::ptr::eq(again.division(it), outcome.division(it))));
    // Nobody outside of the team of the one has a row that was written to.
    let pair = Pair::over_time(Dimension::Organisation);
    let rows = |outcome: &Outcome| -> Vec<*const i64> {
        let table = outcome.table(pair).expect("a table");
        (0..table.height()).map(|row| table.row(row).as_ptr()).collect()
    };
    let kept = rows(&again).iter().zip(&rows(&outcome)).filter(|(one, other)| one == other).count();
    assert!(plan.trees.organisation.nodes.len() / 3 < kept && kept < plan.trees.organisation.nodes.len());
}

#[test]
fn a_cell_has_a_say_in_its_block_and_below_it() {
    let mut plan = teams();
    let (before, outcome) = (plan.clone(), evaluate(&plan));
    let at = At { pair: Pair::over_time(Dimension::Organisation), row: NodeId(2), column: Calendar::quarter(1) };
    let edit = breakback::type_amount(&plan, &outcome, at, Amount::from_units(1)).expect("a number");
    plan.apply(edit).expect("an edit of the engine");
    let again = evaluate_again(&before, &outcome, &plan);
    assert_eq!(again, evaluate(&plan));
    assert!(std::ptr::eq(again.division(Dimension::Organisation), outcome.division(Dimension::Organisation)));
}
