//! Fairness: burdens against potential and last year, their spread, the Gini coefficient and who stands out.

use proptest::prelude::*;
use sextant::engine::evaluate;
use sextant::plan::{Calendar, Dimension, Edit, Field, Lock, Method, Node, NodeId, Plan, Unit};
use sextant::results::fairness::{BARS, Reach, Spread, fairness, histogram};

use crate::laws::of_plans;
use crate::plans::{Shown, any_plan};
use crate::promise::units;

/// Four people who are locked at what they carry, with a potential of 1,000 each but the last, who has none.
fn team(amounts: [i64; 4]) -> Plan {
    let mut plan = Plan::blank("fair", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(units(amounts.iter().sum()));
    let tree = &mut plan.trees.organisation;
    for (number, amount) in amounts.into_iter().enumerate() {
        let potential = Some(units(1_000)).filter(|_| number < 3);
        let last_year = Some(units(100));
        tree.grow(tree.root, Node { lock: Some(Lock::Value(units(amount))), potential, last_year, ..Node::default() });
    }
    plan
}

/// N18: quota to potential, change on last year, spread, Gini, who stands out.
#[test]
fn one_who_is_to_bring_more_than_the_others_stands_out() {
    let plan = team([200, 200, 300, 900]);
    let fair = fairness(&plan, &evaluate(&plan), Dimension::Organisation);
    assert_eq!(fair.of_potential, Some(Spread { lowest: 2_000, median: 2_000, highest: 3_000 }));
    assert_eq!(fair.growth, Some(Spread { lowest: 10_000, median: 10_000, highest: 80_000 }));
    // The mean of all differences is 400 / 9 and the mean 700 / 3: half of the one over the other is 2 in 21.
    assert_eq!(fair.gini, Some(952));
    let out: Vec<bool> = fair.burdens.iter().map(|it| it.stands_out).collect();
    assert_eq!(out, [false, false, true, false]);
    assert_eq!(fair.burdens[3].of_potential, None);
}

/// U42: the same part of the potential for everyone is a Gini coefficient of nothing.
#[test]
fn by_potential_nobody_stands_out() {
    let mut plan = team([200, 200, 300, 900]);
    for id in 1..=4 {
        let set = |field| Edit::Node { dimension: Dimension::Organisation, id: NodeId(id), field };
        plan.apply(set(Field::Lock(None))).expect("a lock to open");
        plan.apply(set(Field::Potential(Some(units(1_000 * i64::from(id)))))).expect("a potential");
    }
    let root =
        Edit::Node { dimension: Dimension::Organisation, id: NodeId(0), field: Field::Method(Some(Method::Potential)) };
    plan.apply(root).expect("a method");
    let fair = fairness(&plan, &evaluate(&plan), Dimension::Organisation);
    assert_eq!((fair.gini, fair.burdens.iter().any(|it| it.stands_out)), (Some(0), false));
    assert_eq!(fair.of_potential, Some(Spread { lowest: 1_600, median: 1_600, highest: 1_600 }));
}

/// N18: how many are plausibly at 80 % and at 100 %, from what they are able to do.
#[test]
fn who_is_able_to_do_what_they_are_to_bring() {
    let mut plan = team([100, 200, 300, 0]);
    let reach = |plan: &Plan| fairness(plan, &evaluate(plan), Dimension::Organisation).reach;
    assert_eq!(reach(&plan), None);
    for (id, capacity) in [(1, 79), (2, 160), (4, 0)] {
        let field = Field::Capacity(Some(units(capacity)));
        plan.apply(Edit::Node { dimension: Dimension::Organisation, id: NodeId(id), field }).expect("a capacity");
    }
    // The first falls short of 80 %, the second just makes that, and the last has nothing to do.
    assert_eq!(reach(&plan), Some(Reach { known: 3, most: 2, all: 1 }));
}

#[test]
fn a_histogram_counts_everybody_once() {
    let bars = histogram([-5, 0, 1, 50, 99, 100].into_iter());
    assert_eq!((bars[0], bars[BARS / 2], bars[BARS - 1]), (3, 1, 2));
    assert_eq!(histogram(std::iter::empty()), [0; BARS]);
}

proptest! {
    #![proptest_config(of_plans())]

    #[test]
    fn fairness_says_something_of_any_plan(Shown(plan) in any_plan()) {
        let outcome = evaluate(&plan);
        for dimension in Dimension::ALL {
            let fair = fairness(&plan, &outcome, dimension);
            prop_assert!(fair.gini.is_none_or(|it| (0..=10_000).contains(&it)), "{:?}", fair.gini);
            let sum: i64 = fair.burdens.iter().map(|it| it.amount.units()).sum();
            let division = outcome.division(dimension);
            let leaves = division.layout.level(usize::MAX);
            prop_assert_eq!(sum, leaves.into_iter().map(|it| division.amounts[it]).sum::<i64>());
        }
    }
}
