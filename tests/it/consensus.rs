//! Given, submitted and agreed: what counts as submitted, the gap, and numbers that add up and can be adopted in one step.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::consensus::{adopt, consensus, locked};
use sextant::engine::evaluate;
use sextant::plan::{Calendar, Dimension, Edit, Field, History, Lock, Node, NodeId, Plan, Unit};
use sextant::results::consensus::{Below, Row, rows};

use crate::laws::of_plans;
use crate::plans::{Said, Shown, plans};
use crate::promise::units;

/// 1,200 for two teams of two and one person beside them, evenly: 400 a team, 200 a person in one, 400 for the one beside.
///
/// ```text
/// 0 company
/// ├ 1 team   3, 4
/// ├ 2 team   5, 6
/// └ 7 person
/// ```
fn company(submitted: &[(u32, i64)], trust: &[(u32, i64)]) -> Plan {
    let mut plan = Plan::blank("agree", Unit::Count("seats".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(units(1_200));
    let tree = &mut plan.trees.organisation;
    let teams = [tree.grow(tree.root, Node::named("one")), tree.grow(tree.root, Node::named("two"))];
    for team in [teams[0], teams[0], teams[1], teams[1], tree.root] {
        tree.grow(team, Node::default());
    }
    for (id, number) in submitted {
        put(&mut plan, *id, Field::Submitted(Some(units(*number))));
    }
    for (id, percent) in trust {
        put(&mut plan, *id, Field::Trust(Some(Decimal::from(*percent))));
    }
    plan
}

fn put(plan: &mut Plan, id: u32, field: Field) {
    plan.apply(Edit::Node { dimension: Dimension::Organisation, id: NodeId(id), field }).expect("a field");
}

fn rows_of(plan: &Plan) -> Vec<Row> {
    rows(plan, &evaluate(plan), Dimension::Organisation)
}

fn row(plan: &Plan, id: u32) -> Row {
    rows_of(plan).into_iter().find(|it| it.id == NodeId(id)).expect("a row")
}

/// What everybody is to have, by id.
fn agreed(plan: &Plan) -> Vec<i64> {
    let mut rows = rows_of(plan);
    rows.sort_by_key(|it| it.id);
    rows.iter().map(|it| it.reconciled.units()).collect()
}

const GIVEN: [i64; 8] = [1_200, 400, 400, 200, 200, 200, 200, 400];

// ---- What counts as submitted ----

#[test]
fn where_nobody_submitted_there_is_no_gap_and_nothing_to_reconcile() {
    let plan = company(&[], &[]);
    for row in rows_of(&plan) {
        assert_eq!((row.submitted, row.below, row.gap), (None, None, None));
        assert_eq!(row.reconciled, row.given);
    }
}

#[test]
fn a_node_counts_with_its_own_number_or_with_the_sum_below_it() {
    let plan = company(&[(1, 300), (3, 170), (4, 180), (5, 250), (6, 210), (7, 0)], &[]);
    let below = |id| row(&plan, id).below.map(|Below { sum, is_complete }| (sum.units(), is_complete));
    assert_eq!(
        [below(0), below(1), below(2), below(3)],
        [Some((760, true)), Some((350, true)), Some((460, true)), None]
    );
    let gap = |id| row(&plan, id).gap.map(|it| (it.amount.units(), it.of_given));
    // The team's own 300 counts, not the 350 of its people; and 0 is a number.
    assert_eq!(
        [gap(0), gap(1), gap(2)],
        [Some((-440, Some(-3_667))), Some((-100, Some(-2_500))), Some((60, Some(1_500)))]
    );
    assert_eq!(gap(7), Some((-400, Some(-10_000))));
}

#[test]
fn who_is_missing_takes_no_part_in_a_gap() {
    let plan = company(&[(3, 150)], &[]);
    let team = row(&plan, 1);
    assert_eq!(team.below, Some(Below { sum: units(150), is_complete: false }));
    assert_eq!(team.gap.map(|it| (it.amount.units(), it.of_given)), Some((-50, Some(-2_500))));
    assert_eq!(row(&plan, 0).below.map(|it| it.is_complete), Some(false));
    assert_eq!((row(&plan, 2).below, row(&plan, 2).gap), (None, None));
}

// ---- What both can agree on ----

#[test]
fn without_trust_everybody_has_what_was_given() {
    let plan = company(&[(1, 300), (3, 170), (4, 180), (5, 250), (6, 210), (7, 90)], &[(0, 0)]);
    assert_eq!(agreed(&plan), GIVEN);
}

#[test]
fn with_all_trust_everybody_has_what_the_leaves_submitted() {
    let plan = company(&[(3, 170), (4, 180), (5, 250), (6, 210), (7, 90)], &[(0, 100)]);
    assert_eq!(agreed(&plan), [900, 350, 460, 170, 180, 250, 210, 90]);
    // Who submitted nothing keeps what was given.
    let plan = company(&[(3, 170), (5, 250)], &[(0, 100)]);
    assert_eq!(agreed(&plan), [1_220, 370, 450, 170, 200, 250, 200, 400]);
}

#[test]
fn one_level_alone_is_middle_out() {
    let plan = company(&[(1, 300), (2, 500), (7, 450)], &[(0, 100)]);
    assert_eq!(agreed(&plan), [1_250, 300, 500, 150, 150, 250, 250, 450]);
}

/// All said something, and half is trusted: in a tree in which everybody submits 20 % less, half of that is gained.
#[test]
fn half_the_trust_is_half_the_way() {
    let low = [(0, 960), (1, 320), (2, 320), (3, 160), (4, 160), (5, 160), (6, 160), (7, 320)];
    assert_eq!(agreed(&company(&low, &[])), GIVEN.map(|it| it - it / 10));
    assert_eq!(agreed(&company(&low, &[(0, 25)])), GIVEN.map(|it| it - it / 20));
}

#[test]
fn trust_is_inherited_and_said_where_it_is_not() {
    let plan = company(&[], &[(0, 30), (2, 80)]);
    let trust: Vec<(Decimal, bool)> =
        [0, 1, 3, 2, 5].map(|id| (row(&plan, id).trust, row(&plan, id).is_own_trust)).into();
    let (low, high) = (Decimal::from(30), Decimal::from(80));
    assert_eq!(trust, [(low, true), (low, false), (low, false), (high, true), (high, false)]);
    assert_eq!(row(&company(&[], &[]), 7).trust, Decimal::from(50));
}

#[test]
fn what_is_locked_is_not_up_for_discussion() {
    let mut plan = company(&[(3, 100), (4, 100)], &[(0, 100)]);
    put(&mut plan, 3, Field::Lock(Some(Lock::Value(units(200)))));
    assert_eq!(agreed(&plan), [1_100, 300, 400, 200, 100, 200, 200, 400]);
    let outcome = evaluate(&plan);
    let division = outcome.division(Dimension::Organisation);
    assert_eq!(locked(&plan, division), [NodeId(3)]);
    plan.apply(adopt(&plan, division, &consensus(&plan, division))).expect("an edit");
    assert_eq!(evaluate(&plan).division(Dimension::Organisation).amounts, [1_100, 300, 200, 100, 400, 200, 200, 400]);
}

#[test]
fn without_a_target_what_was_submitted_is_all_there_is() {
    let mut plan = company(&[(3, 170), (4, 180), (5, 250)], &[]);
    plan.goal.target = None;
    assert_eq!(agreed(&plan), [600, 350, 250, 170, 180, 250, 0, 0]);
}

#[test]
fn adopting_is_one_step() {
    let before = company(&[(3, 170), (4, 180), (5, 250), (6, 210), (7, 90)], &[(0, 60)]);
    let outcome = evaluate(&before);
    let division = outcome.division(Dimension::Organisation);
    let (mut plan, mut history) = (before.clone(), History::default());
    history.edit(&mut plan, adopt(&before, division, &consensus(&before, division))).expect("an edit");
    assert_ne!(plan, before);
    assert!(history.undo(&mut plan));
    assert_eq!(plan, before);
}

// ---- Of any plan ----

/// What some nodes submitted, and how far some are trusted.
fn submissions() -> impl Strategy<Value = Vec<(Index, Option<i64>, Option<i64>)>> {
    vec((any::<Index>(), option::of(0..2_000_000_i64), option::weighted(0.3, 0..=100_i64)), 0..12)
}

fn submit(plan: &mut Plan, said: Vec<(Index, Option<i64>, Option<i64>)>) {
    let ids: Vec<NodeId> = plan.trees.organisation.nodes.keys().copied().collect();
    for (index, submitted, trust) in said {
        let id = ids[index.index(ids.len())].0;
        put(plan, id, Field::Submitted(submitted.map(units)));
        put(plan, id, Field::Trust(trust.map(Decimal::from)));
    }
}

proptest! {
    #![proptest_config(of_plans())]

    #[test]
    fn what_is_agreed_adds_up_and_adopting_it_gives_it(Shown(plan) in plans(Said::Nothing), said in submissions()) {
        let mut plan = plan;
        submit(&mut plan, said);
        let outcome = evaluate(&plan);
        let division = outcome.division(Dimension::Organisation);
        let agreed = consensus(&plan, division);
        // More than a plan can hold is refused by the edit.
        prop_assume!(agreed[0] <= Amount::MAX.units());
        for at in 0..agreed.len() {
            prop_assert!(0 <= agreed[at]);
            let children = division.layout.children(at);
            let sum: i64 = children.iter().map(|child| agreed[*child]).sum();
            prop_assert!(children.is_empty() || sum == agreed[at], "{}", plan.to_compact_json());
        }
        let edit = adopt(&plan, division, &agreed);
        plan.apply(edit).expect("an edit");
        let after = evaluate(&plan);
        let amounts = &after.division(Dimension::Organisation).amounts;
        prop_assert_eq!(amounts, &agreed, "{}", plan.to_compact_json());
    }

    #[test]
    fn without_trust_nothing_moves(Shown(plan) in plans(Said::Nothing), said in submissions()) {
        let mut plan = plan;
        submit(&mut plan, said);
        for node in plan.trees.organisation.nodes.values_mut() {
            node.trust = Some(Decimal::ZERO);
        }
        let outcome = evaluate(&plan);
        let division = outcome.division(Dimension::Organisation);
        if plan.goal.target.is_some() {
            prop_assert_eq!(&consensus(&plan, division), &division.amounts);
        }
    }
}
