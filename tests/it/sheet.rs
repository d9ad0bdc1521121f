//! The rows of a sheet: whatever is folded, and whatever is handed out more or less than there is, the rows below a row make it;
//! whatever is looked for, and however they are put in order, everybody stands below the same parent. And what cells show.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::{Outcome, evaluate};
use sextant::plan::{Calendar, Dimension, Edit, GoalField, Method, Node, NodeId, Pair, Plan, Unit};
use sextant::results::arrange::{Arranged, Only, Order, by_figure};
use sextant::results::beside::{What, beside};
use sextant::results::sheet::{Row, amount, units};
use sextant::results::show::{Opened, Show as RowsShow, Showing, Shown as Figure, deviation};

use crate::laws::of_plans;
use crate::plans::{Shown, any_plan};

/// The rows one level below a row, as they stand in the sheet.
fn below(rows: &[Row], at: usize) -> impl Iterator<Item = &Row> {
    let depth = rows[at].depth;
    rows[at + 1..].iter().take_while(move |it| depth < it.depth).filter(move |it| it.depth == depth + 1)
}

proptest! {
    #![proptest_config(of_plans())]

    /// U19: over- and under-allocation stand in a row of their own.
    #[test]
    fn the_rows_below_a_row_make_it(Shown(plan) in any_plan(), folded in any::<u8>()) {
        let outcome = evaluate(&plan);
        for pair in Pair::ALL {
            let ids = plan.tree(pair.rows()).nodes.keys().copied();
            let folded: BTreeSet<NodeId> = ids.filter(|it| folded >> (it.0 % 8) & 1 == 1).collect();
            let rows = Arranged { folded: Some(&folded), ..Arranged::default() }.rows(&outcome, pair.rows());
            let columns = outcome.division(pair.columns()).layout.len();
            for at in (0..rows.len()).filter(|at| !rows[*at].is_leaf && !rows[*at].is_folded) {
                for column in 0..columns {
                    let sum: i64 = below(&rows, at).map(|row| units(&outcome, pair, *row, column)).sum();
                    prop_assert_eq!(sum, units(&outcome, pair, rows[at], column), "{:?}", Shown(plan.clone()));
                }
            }
            let shown: BTreeSet<NodeId> = rows.iter().map(|it| it.id).collect();
            prop_assert_eq!(shown.len(), rows.len(), "two rows of one id");
        }
    }

    /// Rows that are looked for, or put in order: each below its own parent, all of what was found and of what stands above and
    /// below that, and nobody else.
    #[test]
    fn looked_for_rows_keep_their_parents(Shown(plan) in any_plan(), wanted in any::<u8>(), order in 0..2_u8) {
        let outcome = evaluate(&plan);
        let opened = Opened { plan: Arc::new(plan.clone()), outcome: Arc::new(outcome.clone()) };
        for pair in Pair::ALL {
            let layout = &outcome.division(pair.rows()).layout;
            let is_wanted = |it: &usize| wanted >> (layout.id(*it).0 % 8) & 1 == 1;
            let only = Only::found(&outcome, pair.rows(), (1..layout.len()).filter(is_wanted));
            let showing = Showing::of(
                opened.plan.clone(), opened.outcome.clone(), pair, RowsShow::Amount, opened.clone(),
            );
            let order = if order == 0 { Order::Largest } else { Order::Smallest };
            let ranks = by_figure(&showing, order);
            let arranged = Arranged { folded: None, ranks: Some(&ranks), only: Some(&only) };
            let rows = arranged.rows(&outcome, pair.rows());
            let mut path: Vec<usize> = Vec::new();
            for row in &rows {
                path.truncate(row.depth);
                prop_assert_eq!(path.last().copied().unwrap_or(0), layout.parent(row.position));
                path.push(row.position);
            }
            let belongs = |it: usize| {
                let above = |of: usize| of <= it && it < layout.end(of);
                (1..layout.len()).filter(is_wanted).any(|found| above(found) || (it..layout.end(it)).contains(&found))
            };
            let expected: BTreeSet<usize> = (0..layout.len()).filter(|it| *it == 0 || belongs(*it)).collect();
            prop_assert_eq!(rows.iter().map(|it| it.position).collect::<BTreeSet<usize>>(), expected);
            for pair_of_rows in rows.windows(2).filter(|it| it[0].depth == it[1].depth) {
                let [one, other] = [0, 1].map(|at| units(&outcome, pair, pair_of_rows[at], 0));
                let is_ordered = if order == Order::Largest { other <= one } else { one <= other };
                prop_assert!(is_ordered);
            }
        }
    }

    /// Nothing has changed as long as nothing is done; what was typed has, and so has all above it that moved.
    #[test]
    fn only_what_has_another_figure_has_changed(Shown(plan) in any_plan(), at in any::<Index>(), to in 0..1_000_000_i64) {
        let outcome = evaluate(&plan);
        let opened = Opened { plan: Arc::new(plan.clone()), outcome: Arc::new(outcome.clone()) };
        let mut edited = plan.clone();
        edited.apply(Edit::Goal(GoalField::Target(Some(Amount::from_units(to))))).unwrap();
        let then = evaluate(&edited);
        let pair = *at.get(&Pair::ALL);
        let show = |plan: &Plan, outcome: &Outcome| {
            Showing::of(Arc::new(plan.clone()), Arc::new(outcome.clone()), pair, RowsShow::Change, opened.clone())
        };
        let (same, other) = (show(&plan, &outcome), show(&edited, &then));
        let arranged = Arranged::default();
        for row in arranged.rows(&outcome, pair.rows()).into_iter().filter(|it| !it.is_rest) {
            prop_assert!(!same.is_changed(row.position));
            prop_assert_eq!(same.figure(row, 0), Figure::Amount(Amount::ZERO));
        }
        for row in arranged.rows(&then, pair.rows()).into_iter().filter(|it| !it.is_rest) {
            let by = amount(&then, pair, row.position, 0) - amount(&outcome, pair, row.position, 0);
            prop_assert_eq!(other.figure(row, 0), Figure::Amount(Amount::from_units(by)));
            prop_assert!(by == 0 || other.is_changed(row.position));
        }
    }
}

/// Two teams, of two people and of one, by weight. What the people can bring is known.
fn small() -> Plan {
    let mut plan = Plan::blank("small", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::from_units(100_000));
    let by_weight =
        |weight: i64| Node { method: Some(Method::Weight), weight: Some(Decimal::from(weight)), ..Node::default() };
    let tree = &mut plan.trees.organisation;
    tree.nodes.insert(tree.root, by_weight(0));
    for (team, people) in [(1, 2), (2, 1)] {
        let id = tree.grow(tree.root, by_weight(team));
        for person in 0..people {
            let capacity = Some(Amount::from_units(10_000 * (person + 1)));
            tree.grow(id, Node { capacity, ..by_weight(1) });
        }
    }
    plan
}

#[test]
fn cells_show_amounts_beside_what_they_are_measured_by() {
    let plan = small();
    let outcome = evaluate(&plan);
    let (plan, outcome) = (Arc::new(plan), Arc::new(outcome));
    let opened = Opened { plan: Arc::clone(&plan), outcome: Arc::clone(&outcome) };
    let rows = Arranged::default().rows(&outcome, Dimension::Organisation);
    let figures = |show: RowsShow| {
        let pair = Pair::over_time(Dimension::Organisation);
        let showing = Showing::of(Arc::clone(&plan), Arc::clone(&outcome), pair, show, opened.clone());
        rows.iter().map(|row| showing.figure(*row, 0)).collect::<Vec<Figure>>()
    };
    let amount = |units: i64| Figure::Amount(Amount::from_units(units));
    let percent = Figure::Percent;
    assert_eq!(figures(RowsShow::Amount), [100_000, 33_333, 16_667, 16_666, 66_667, 66_667].map(amount));
    assert_eq!(figures(RowsShow::ShareOfTotal), [10_000, 3_333, 1_667, 1_667, 6_667, 6_667].map(percent));
    assert_eq!(figures(RowsShow::PerHead), [33_333, 16_667, 16_667, 16_666, 66_667, 66_667].map(amount));
    // 100,000 of 40,000; 33,333 of 30,000; 16,667 of 10,000; 16,666 of 20,000; 66,667 of 10,000.
    assert_eq!(figures(RowsShow::Capacity), [25_000, 11_111, 16_667, 8_333, 66_667, 66_667].map(percent));
}

#[test]
fn a_deviation_is_measured_against_what_is_usual() {
    // The whole has a quarter in the column; of a row of 1,000 that would be 250.
    let cases = [
        (250, 0),
        (255, 0),
        (256, 1),
        (263, 2),
        (276, 3),
        (301, 4),
        (245, 0),
        (244, -1),
        (236, -2),
        (199, -4),
        (0, -4),
    ];
    for (part, steps) in cases {
        assert_eq!(deviation(part, 1_000, 2_500, 10_000), steps, "{part}");
    }
    assert_eq!(deviation(0, 0, 0, 0), 0);
}

/// Who was given 33,333 and submitted 30,000, had 25,000 last year and can bring 30,000.
#[test]
fn beside_a_number_stands_what_is_known_of_its_node() {
    let mut plan = small();
    let tree = &mut plan.trees.organisation;
    let team = tree.children(tree.root)[0];
    let mut node = tree.nodes[&team].clone();
    let amount = |units: i64| Amount::from_units(units);
    (node.submitted, node.last_year, node.cap) = (Some(amount(30_000)), Some(amount(25_000)), Some(amount(40_000)));
    node.past.insert("2024".to_owned(), amount(20_000));
    tree.nodes.insert(team, node);
    let outcome = evaluate(&plan);
    let lines = beside(&plan, &outcome, Dimension::Organisation, team);
    let said: Vec<(What, i64, Option<i64>)> =
        lines.into_iter().map(|it| (it.what, it.amount.units(), it.percent)).collect();
    let expected = vec![
        (What::Given, 33_333, None),
        (What::Submitted, 30_000, None),
        (What::Gap, -3_333, Some(-1_000)),
        (What::LastYear, 25_000, Some(3_333)),
        (What::Past("2024".to_owned()), 20_000, Some(6_667)),
        (What::Cap, 40_000, Some(8_333)),
        // That of both people of the team.
        (What::Capacity, 30_000, Some(11_111)),
    ];
    assert_eq!(said, expected);
    let other = plan.trees.organisation.children(plan.trees.organisation.root)[1];
    let others: Vec<What> =
        beside(&plan, &outcome, Dimension::Organisation, other).into_iter().map(|it| it.what).collect();
    assert_eq!(others, [What::Capacity]);
}
