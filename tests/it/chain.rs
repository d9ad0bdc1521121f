//! Three dimensions at once: two tables hold, the third is off by what is reported, and nothing is negative.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::chain::{Chain, Level, MOST, Residual, Unchained, chain};
use sextant::engine::{Outcome, evaluate};
use sextant::plan::template::{Language, Template};
use sextant::plan::{At, Calendar, Cell, Dimension, Method, Node, Pair, Plan, Unit};

use crate::laws::{hold, of_plans};
use crate::plans::{Shown, any_plan, dimensions};

const PEOPLE: Level = Level::leaves(Dimension::Organisation);
const PRODUCTS: Level = Level::leaves(Dimension::Product);

/// Everything that is promised of a chain, in words where it is broken; added up by other code than the engine's.
fn check(outcome: &Outcome, by: [Level; 3], chain: &Chain) -> Result<(), String> {
    let fail = |what: String| Err(format!("{what}: {by:?}"));
    let [first, second, third] = by.map(|it| it.dimension);
    let mut sums: BTreeMap<(Pair, usize, usize), i64> = BTreeMap::new();
    let mut margins: BTreeMap<(Dimension, usize), i64> = BTreeMap::new();
    for (i, one) in chain.nodes[0].iter().enumerate() {
        for (j, two) in chain.nodes[1].iter().enumerate() {
            for (k, three) in chain.nodes[2].iter().enumerate() {
                let amount = chain.get([i, j, k]);
                if amount < 0 {
                    return fail(format!("{amount} at {i}, {j}, {k}"));
                }
                let at = [(first, *one), (second, *two), (third, *three)];
                for (dimension, node) in at {
                    *margins.entry((dimension, node)).or_default() += amount;
                }
                for (one, other) in [(0, 1), (0, 2), (1, 2)] {
                    let pair = Pair::of(at[one].0, at[other].0).expect("two dimensions");
                    let is_turned = pair.rows() != at[one].0;
                    let (row, column) = if is_turned { (at[other].1, at[one].1) } else { (at[one].1, at[other].1) };
                    *sums.entry((pair, row, column)).or_default() += amount;
                }
            }
        }
    }
    let place = by.iter().position(|it| it.dimension == Dimension::Organisation);
    let people = place.map(|place| (outcome.division(Dimension::Organisation), &chain.nodes[place]));
    let handed = people.map(|(division, nodes)| nodes.iter().map(|it| division.amounts[*it]).sum::<i64>());
    // Who hands out more than there is keeps only the own tables.
    let is_level = handed.is_none_or(|handed| handed == outcome.total().units());
    for ((dimension, node), sum) in
        margins.into_iter().filter(|((it, _), _)| is_level || *it == Dimension::Organisation)
    {
        if sum != outcome.division(dimension).amounts[node] {
            return fail(format!("{dimension:?} {node} sums to {sum}"));
        }
    }
    let mut residuals: BTreeMap<Pair, Residual> = BTreeMap::new();
    for ((pair, row, column), sum) in sums {
        let Some(cell) = outcome.cell(pair, row, column) else { continue };
        let off = (cell - sum).abs();
        let it = residuals.entry(pair).or_insert(Residual { pair, largest: 0, sum: 0, cells: 0 });
        it.largest = it.largest.max(off);
        it.sum += off;
        it.cells += usize::from(0 < off);
    }
    let told: BTreeMap<Pair, Residual> = chain.residuals.iter().map(|it| (it.pair, *it)).collect();
    if told != residuals || told.len() != chain.residuals.len() {
        return fail(format!("told {told:?}, it is {residuals:?}"));
    }
    let holds = |it: &&Residual| it.largest == 0 && (is_level || it.pair.rows() == Dimension::Organisation);
    let own = told.keys().filter(|it| it.rows() == Dimension::Organisation).count();
    if told.values().filter(holds).count() < if is_level { 2 } else { own } {
        return fail(format!("two tables hold: {told:?}"));
    }
    Ok(())
}

fn checked(plan: &Plan, by: [Level; 3]) -> Chain {
    let outcome = evaluate(plan);
    let made = chain(&outcome, by).expect("a chain");
    check(&outcome, by, &made).unwrap_or_else(|broken| panic!("{broken}\n{}", plan.to_compact_json()));
    made
}

/// The time among three dimensions, or organisation and product: what a plan is divided along.
fn is_chained(by: [Level; 3]) -> bool {
    let [one, two, three] = by.map(|it| it.dimension);
    let are_three = one != two && two != three && three != one;
    are_three && [one, two, three].contains(&Dimension::Time)
}

fn levels() -> impl Strategy<Value = Level> {
    let depth = prop_oneof![2 => Just(usize::MAX), 1 => 0..4_usize];
    (dimensions(), depth).prop_map(|(dimension, depth)| Level { dimension, depth })
}

proptest! {
    #![proptest_config(of_plans())]

    #[test]
    fn sums_of_a_chain_hold_and_what_does_not_is_told(Shown(plan) in any_plan(), by in [levels(), levels(), levels()]) {
        let outcome = evaluate(&plan);
        match chain(&outcome, by) {
            Ok(made) => {
                hold(&plan, check(&outcome, by, &made))?;
                hold(&plan, if chain(&outcome, by) == Ok(made) { Ok(()) } else { Err("two chains of one plan".to_owned()) })?;
            }
            Err(Unchained::Apart) => prop_assert!(!is_chained(by), "{:?}", by),
            Err(Unchained::TooMany { cells }) => prop_assert!(false, "{} cells of a small plan", cells),
        }
    }

    /// S0-14: time, business and people at once.
    #[test]
    fn people_months_and_products_are_a_chain_of_any_plan(Shown(plan) in any_plan()) {
        let outcome = evaluate(&plan);
        let by = [PEOPLE, Level::MONTHS, PRODUCTS];
        let made = chain(&outcome, by).map_err(|it| TestCaseError::fail(format!("{it:?}")))?;
        hold(&plan, check(&outcome, by, &made))?;
    }
}

/// So many people and products of weights from one to seven, and quarters of 40, 25, 30 and 5 percent.
fn plan(people: usize, products: usize, target: i64) -> Plan {
    let mut plan = Plan::blank("chain", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::from_units(target));
    for (tree, many) in [(&mut plan.trees.organisation, people), (&mut plan.trees.product, products)] {
        let root = tree.root;
        tree.nodes.get_mut(&root).expect("a root").method = Some(Method::Weight);
        for number in 0..many {
            let weight = Some(Decimal::from(1 + number % 7));
            tree.grow(root, Node { name: format!("{number}"), weight, ..Node::default() });
        }
    }
    let year = plan.trees.time.root;
    plan.trees.time.nodes.get_mut(&year).expect("a year").method = Some(Method::Percent);
    let quarters = plan.trees.time.children(year).to_vec();
    for (quarter, percent) in quarters.into_iter().zip([40, 25, 30, 5]) {
        if let Some(node) = plan.trees.time.nodes.get_mut(&quarter) {
            node.percent = Some(Decimal::from(percent));
        }
    }
    plan
}

#[test]
fn what_is_divided_evenly_is_divided_exactly() {
    let made = checked(&plan(3, 2, 1_800_000), [PEOPLE, Level::QUARTERS, PRODUCTS]);
    assert_eq!(made.len(), 3 * 4 * 2);
    assert_eq!(made.worst(), None);
    // A sixth, forty percent and a third of it.
    assert_eq!(made.get([0, 0, 0]), 1_800_000 / 6 * 2 / 5 / 3);
}

/// Where only rounding keeps the third table from holding, it is off by very little.
#[test]
fn rounding_alone_leaves_little() {
    for target in [1, 7, 1_000, 999_983, 12_345_678_901] {
        for (people, products) in [(1, 1), (5, 3), (40, 12)] {
            let made = checked(&plan(people, products, target), [PEOPLE, Level::MONTHS, PRODUCTS]);
            let worst = made.worst().map_or(0, |it| it.largest);
            assert!(worst <= 2, "{target} over {people} people and {products} products: {:?}", made.residuals);
        }
    }
}

#[test]
fn nothing_is_divided_into_nothing() {
    let mut plan = plan(3, 2, 0);
    assert_eq!(checked(&plan, [PEOPLE, Level::MONTHS, PRODUCTS]).worst(), None);
    plan.goal.target = None;
    assert_eq!(checked(&plan, [PRODUCTS, PEOPLE, Level::MONTHS]).worst(), None);
}

/// The season of a product reaches the people: a product that is sold in the first quarter alone is so by everybody.
#[test]
fn the_third_table_leads_where_it_can() {
    let mut plan = plan(4, 2, 1_000_000);
    let product = plan.trees.product.children(plan.trees.product.root)[0];
    let quarters = plan.trees.time.children(plan.trees.time.root).to_vec();
    let pair = Pair::over_time(Dimension::Product);
    for quarter in &quarters[1..] {
        let none = Cell { cap: Some(Amount::from_units(0)), ..Cell::default() };
        plan.cells.set(At { pair, row: product, column: *quarter }, none);
    }
    let made = checked(&plan, [PEOPLE, Level::QUARTERS, PRODUCTS]);
    assert_eq!(made.worst(), None, "{:?}", made.residuals);
    for person in 0..4 {
        assert!((1..4).all(|quarter| made.get([person, quarter, 0]) == 0));
    }
}

/// Two tables at odds with the third: they hold, and what the third lacks is said.
#[test]
fn a_third_table_that_cannot_be_is_told() {
    let mut plan = plan(2, 2, 1_000);
    let people = plan.trees.organisation.children(plan.trees.organisation.root).to_vec();
    let products = plan.trees.product.children(plan.trees.product.root).to_vec();
    let quarters = plan.trees.time.children(plan.trees.time.root).to_vec();
    let locked = |units| Cell { cap: Some(Amount::from_units(units)), ..Cell::default() };
    // One person sells nothing after the first quarter, and has one product alone; that one is not sold in the first.
    for quarter in &quarters[1..] {
        plan.cells
            .set(At { pair: Pair::over_time(Dimension::Organisation), row: people[0], column: *quarter }, locked(0));
    }
    plan.cells.set(At { pair: Pair::ORGANISATION_PRODUCT, row: people[0], column: products[1] }, locked(0));
    plan.cells.set(At { pair: Pair::over_time(Dimension::Product), row: products[0], column: quarters[0] }, locked(0));
    let made = checked(&plan, [PEOPLE, Level::QUARTERS, PRODUCTS]);
    let worst = made.worst().expect("a residual");
    assert_eq!(worst.pair, Pair::over_time(Dimension::Product));
    assert!(0 < worst.cells && worst.largest <= worst.sum);
}

#[test]
fn the_organisation_or_else_the_first_is_the_centre() {
    let outcome = evaluate(&Template::EcommercePercent.plan(Language::En, 2027));
    let channels = Level::leaves(Dimension::Channel);
    let kept = |by: [Level; 3]| -> Vec<Pair> {
        let chain = chain(&outcome, by).expect("a chain");
        assert_eq!(chain.residuals.len(), 3);
        chain.residuals.iter().filter(|it| it.largest == 0).map(|it| it.pair).collect()
    };
    let has = |by: [Level; 3], pairs: [(Dimension, Dimension); 2]| {
        let kept = kept(by);
        pairs.into_iter().all(|(one, other)| kept.contains(&Pair::of(one, other).expect("two")))
    };
    use Dimension::{Channel, Organisation, Product, Time};
    assert!(has([channels, PEOPLE, Level::MONTHS], [(Organisation, Channel), (Organisation, Time)]));
    assert!(has([channels, Level::MONTHS, PRODUCTS], [(Channel, Time), (Channel, Product)]));
}

#[test]
fn what_cannot_be_chained_is_refused() {
    let outcome = evaluate(&plan(2, 2, 100));
    // What is not divided adds nothing: two people by two products.
    let customers = Level::leaves(Dimension::Customer);
    assert_eq!(chain(&outcome, [PEOPLE, PRODUCTS, customers]).map(|it| it.len()), Ok(4));
    assert_eq!(chain(&outcome, [PEOPLE, PEOPLE, Level::MONTHS]), Err(Unchained::Apart));
    let outcome = evaluate(&plan(300, 300, 1_000_000));
    assert_eq!(chain(&outcome, [PEOPLE, Level::MONTHS, PRODUCTS]), Err(Unchained::TooMany { cells: 12 * 90_000 }));
    const { assert!(MOST < 12 * 90_000) };
}

/// How long the largest chains take; run by hand, in release.
#[test]
#[ignore = "a timing"]
#[allow(clippy::disallowed_methods, reason = "a timing, and no browser")]
fn timing() {
    for (people, products) in [(100, 20), (1_000, 20), (80, 1_000), (4_000, 20)] {
        let mut plan = plan(people, products, 12_345_678_900);
        for season in [false, true] {
            if season {
                let products = plan.trees.product.children(plan.trees.product.root).to_vec();
                let quarters = plan.trees.time.children(plan.trees.time.root).to_vec();
                for product in products.iter().step_by(3) {
                    let at = At { pair: Pair::over_time(Dimension::Product), row: *product, column: quarters[0] };
                    plan.cells.set(at, Cell { percent: Some(Decimal::from(70)), ..Cell::default() });
                }
            }
            let outcome = evaluate(&plan);
            let begun = std::time::Instant::now();
            let made = chain(&outcome, [PEOPLE, Level::MONTHS, PRODUCTS]).expect("a chain");
            println!(
                "{people} x 12 x {products}, {} cells, season {season}: {:?}, {:?}",
                made.len(),
                begun.elapsed(),
                made.worst()
            );
        }
    }
}
