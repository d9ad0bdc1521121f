//! Tables of two trees neither of which is time: customers by product, the organisation by channel, and so on.

use sextant::amount::Amount;
use sextant::edge::plan_link;
use sextant::engine::breakback::{amount_at, type_amount};
use sextant::engine::chain::{Level, chain};
use sextant::engine::trace::{CellState, Reason, trace};
use sextant::engine::{Finding, Outcome, evaluate, evaluate_again};
use sextant::plan::{At, Cell, Dimension, Edit, GoalField, Lock, Node, NodeId, Pair, Plan};

use crate::edges::blank;
use crate::promise::kept;

/// The tree of a dimension gets these parts below its root.
fn divide(plan: &mut Plan, dimension: Dimension, names: &[&str]) -> Vec<NodeId> {
    let mut tree = plan.tree(dimension).clone();
    let parts = names.iter().map(|it| tree.grow(tree.root, Node::named((*it).to_owned()))).collect();
    plan.apply(Edit::Tree { dimension, tree: Box::new(tree) }).expect("a tree");
    parts
}

fn amount(plan: &Plan, outcome: &Outcome, at: At) -> i64 {
    amount_at(plan, outcome, at).expect("a place of the plan").units()
}

/// S0-19: where customers stand in their life, by product line, each cell with its own goal: what was typed for one is
/// kept, both margins stay exact, and it is there after the link and a new target.
#[test]
fn life_cycle_by_product_line() {
    let mut plan = blank(120_000_000);
    let customers = divide(&mut plan, Dimension::Customer, &["新客户开发", "老客户复购", "流失召回"]);
    let products = divide(&mut plan, Dimension::Product, &["标准产品", "高毛利产品"]);
    let pair = Pair::of(Dimension::Customer, Dimension::Product).expect("two dimensions");
    let at = |product: usize, customer: usize| At { pair, row: products[product], column: customers[customer] };
    let goals = [(at(1, 0), 9_000_000), (at(1, 1), 25_000_000)];
    for (at, goal) in goals {
        let edit = type_amount(&plan, &evaluate(&plan), at, Amount::from_units(goal)).expect("it fits");
        plan.apply(edit).expect("an edit");
    }
    let outcome = kept(&plan);
    assert_eq!(goals.map(|(at, _)| amount(&plan, &outcome, at)), goals.map(|(_, goal)| goal));
    let rest = amount(&plan, &outcome, at(1, 2));
    let whole = amount(&plan, &outcome, At { column: plan.trees.customer.root, ..at(1, 0) });
    assert_eq!(9_000_000 + 25_000_000 + rest, whole, "the product line is its customers");
    let last = trace(&plan, &outcome, at(1, 0)).pop().expect("a chain").reason;
    assert!(matches!(last, Reason::Cell { state: CellState::Typed, .. }), "{last:?}");
    let (sent, repairs) = plan_link::read(&plan_link::write(&plan).expect("a link")).expect("a plan");
    assert!(repairs.is_empty() && sent.cells == plan.cells);

    // Locked, it stays what it is when the year's target changes.
    let cell = plan.cells.get(at(1, 0));
    let lock = Some(Lock::Value(Amount::from_units(9_000_000)));
    plan.apply(Edit::Cell { at: at(1, 0), cell: Cell { typed: None, lock, ..cell } }).expect("a lock");
    let before = plan.clone();
    let locked = evaluate(&plan);
    plan.apply(Edit::Goal(GoalField::Target(Some(Amount::from_units(150_000_000))))).expect("a target");
    let outcome = evaluate_again(&before, &locked, &plan);
    assert_eq!(outcome, kept(&plan));
    assert_eq!(amount(&plan, &outcome, at(1, 0)), 9_000_000);
}

/// U8: targets by product and by customer at once, each month by month: the months of a cell come to the cell, those of a
/// product to what the product has in the month.
#[test]
fn products_by_customers_by_month() {
    let mut plan = blank(98_765_432);
    let customers = divide(&mut plan, Dimension::Customer, &["新客户", "老客户", "大客户"]);
    let products = divide(&mut plan, Dimension::Product, &["服饰", "美妆"]);
    let pair = Pair::of(Dimension::Product, Dimension::Customer).expect("two dimensions");
    let at = At { pair, row: products[0], column: customers[2] };
    let edit = type_amount(&plan, &evaluate(&plan), at, Amount::from_units(3_333_333)).expect("it fits");
    plan.apply(edit).expect("an edit");
    let outcome = kept(&plan);
    let by = [Level::leaves(Dimension::Product), Level::leaves(Dimension::Customer), Level::MONTHS];
    let chain = chain(&outcome, by).expect("three tables");
    let over_time = Pair::over_time(Dimension::Product);
    for (one, product) in chain.nodes[0].iter().enumerate() {
        for (other, customer) in chain.nodes[1].iter().enumerate() {
            let months: i64 = (0..12).map(|month| chain.get([one, other, month])).sum();
            assert_eq!(Some(months), outcome.cell(pair, *product, *customer));
        }
        for (place, month) in chain.nodes[2].iter().enumerate() {
            let all: i64 = (0..3).map(|other| chain.get([one, other, place])).sum();
            assert_eq!(Some(all), outcome.cell(over_time, *product, *month));
        }
    }
}

/// A tree that is not divided crosses nothing: every place is what the other tree says, and appears as soon as it is.
#[test]
fn what_is_not_divided_has_the_margin() {
    let mut plan = blank(1_000);
    let channels = divide(&mut plan, Dimension::Channel, &["直销", "渠道"]);
    let pair = Pair::of(Dimension::Customer, Dimension::Channel).expect("two dimensions");
    let at = At { pair, row: plan.trees.customer.root, column: channels[1] };
    let before = evaluate(&plan);
    assert_eq!((before.table(pair), amount(&plan, &before, at)), (None, 500));
    let steps = trace(&plan, &before, at);
    assert_eq!(steps.last().map(|it| it.amount.units()), Some(500));
    let undivided = plan.clone();
    let customers = divide(&mut plan, Dimension::Customer, &["大客户", "其他"]);
    let outcome = evaluate_again(&undivided, &before, &plan);
    assert_eq!(outcome, evaluate(&plan));
    assert_eq!(amount(&plan, &outcome, At { row: customers[0], ..at }), 250);
    // And goes again.
    let again = evaluate_again(&plan, &outcome, &undivided);
    assert_eq!(again, before);
}

/// A table that would be too large is said, and costs no other number.
#[test]
fn a_table_too_large_is_said() {
    let mut plan = blank(1_000_000_000);
    for (dimension, many) in [(Dimension::Organisation, 2_500), (Dimension::Customer, 1_700)] {
        let mut tree = plan.tree(dimension).clone();
        (0..many).for_each(|_| _ = tree.grow(tree.root, Node::default()));
        plan.apply(Edit::Tree { dimension, tree: Box::new(tree) }).expect("a tree");
    }
    let pair = Pair::of(Dimension::Organisation, Dimension::Customer).expect("two dimensions");
    let outcome = evaluate(&plan);
    let said = Finding::TableTooLarge { pair, cells: 2_501 * 1_701, most: 4_000_000 };
    assert!(outcome.findings.contains(&said), "{:?}", outcome.findings);
    assert_eq!(outcome.cell(pair, 1, 1), None);
    assert_eq!(outcome.cell(pair, 1, 0), Some(400_000));
    assert!(outcome.sums.hold());
    // A number typed there has nowhere to stand.
    let first = |dimension| plan.tree(dimension).children(plan.tree(dimension).root)[0];
    let at = At { pair, row: first(pair.rows()), column: first(pair.columns()) };
    type_amount(&plan, &outcome, at, Amount::from_units(5)).expect_err("no table");
}
