//! How long the engine takes: its kernels one by one, then whole plans of three sizes, and
//! what one edit of them costs, then how it grows to a million.
//!
//! The peer in the same run is the division that a spreadsheet would make: every cell its own decimal product, rounded by
//! itself, without any sum being made to hold. Other programs are timed by `benches/side_by_side.py`.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::{Block, NO_CAP, Rounding, apportion, evaluate, evaluate_again, fit_bounded, fit_product, split};
use sextant::plan::{At, Calendar, Cell, Dimension, Edit, Field, Method, Node, NodeId, Pair, Plan, Typed, Unit};

/// People in teams of ten, by weight, over twelve months.
fn plan(people: usize) -> Plan {
    let mut plan = Plan::blank("bench", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::from_units(1_234_567_891));
    let tree = &mut plan.trees.organisation;
    let root = tree.root;
    if let Some(node) = tree.nodes.get_mut(&root) {
        node.method = Some(Method::Weight);
    }
    for team in 0..people / 10 {
        let team_id = tree.grow(root, Node::named(format!("team {team}")));
        for person in 0..10 {
            let weight = Some(Decimal::from(1 + (team * 7 + person * 13) % 29));
            tree.grow(team_id, Node { weight, ..Node::named(format!("person {person}")) });
        }
    }
    plan
}

/// The same leaves by a product of decimals each.
fn by_decimals(plan: &Plan) -> Vec<Decimal> {
    let total = Decimal::from(plan.goal.target.map_or(0, Amount::units));
    let weights: Vec<Decimal> = plan.tree(Dimension::Organisation).nodes.values().filter_map(|it| it.weight).collect();
    let sum: Decimal = weights.iter().sum();
    let month = Decimal::ONE / Decimal::from(12);
    weights.iter().flat_map(|it| (0..12).map(move |_| (total * *it / sum * month).round())).collect()
}

const TOTAL: i64 = 123_456_789_012;

/// Numbers from 1 to `most` that look like chance and are the same each time.
fn numbers(many: usize, most: u64) -> Vec<u64> {
    (1..=many as u64).map(|it| 1 + it.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) % most).collect()
}

fn one_group(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one group of siblings");
    for many in [10, 100, 1_000, 10_000] {
        let weights = numbers(many, 1_000);
        group.throughput(Throughput::Elements(many as u64));
        for (name, rounding) in
            [("largest remainder", Rounding::LargestRemainder), ("running totals", Rounding::Cumulative)]
        {
            group.bench_with_input(BenchmarkId::new(name, many), &weights, |bench, weights| {
                bench.iter(|| apportion(black_box(TOTAL), weights, rounding));
            });
        }
        let rate = TOTAL / weights.iter().sum::<u64>() as i64;
        // Every tenth has a floor above its share, every tenth a cap below it.
        let share = |at: usize, part: i64| rate * weights[at] as i64 * part / 100;
        let floors: Vec<i64> = (0..many).map(|at| if at % 10 == 0 { share(at, 110) } else { 0 }).collect();
        let caps: Vec<i64> = (0..many).map(|at| if at % 10 == 5 { share(at, 90) } else { NO_CAP }).collect();
        group.bench_with_input(BenchmarkId::new("floors and caps", many), &weights, |bench, weights| {
            bench.iter(|| split(black_box(TOTAL), weights, &floors, &caps, Rounding::LargestRemainder));
        });
    }
    group.finish();
}

/// A table of random cells, its margins, and every fifth cell empty for good.
fn table(height: usize, width: usize) -> Block {
    let cells: Vec<i64> =
        numbers(height * width, 1_000_000).iter().map(|it| (*it * u64::from(it % 5 != 0)) as i64).collect();
    Block {
        rows: cells.chunks(width).map(|row| row.iter().sum()).collect(),
        columns: (0..width).map(|column| cells.iter().skip(column).step_by(width).sum()).collect(),
        floors: vec![0; cells.len()],
        caps: cells.iter().map(|cell| if *cell == 0 { 0 } else { NO_CAP }).collect(),
        percents: Vec::new(),
    }
}

fn one_table(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one table");
    group.sample_size(20);
    for (height, width) in [(10, 12), (50, 20), (200, 52), (500, 200)] {
        let block = table(height, width);
        let size = format!("{height} x {width}");
        group.throughput(Throughput::Elements((height * width) as u64));
        group.bench_with_input(BenchmarkId::new("controlled rounding", &size), &block, |bench, block| {
            bench.iter(|| fit_product(black_box(&block.rows), &block.columns));
        });
        group.bench_with_input(BenchmarkId::new("proportional fitting", &size), &block, |bench, block| {
            bench.iter(|| fit_bounded(black_box(block)));
        });
    }
    group.finish();
}

fn growth(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a tree in groups of a hundred");
    group.sample_size(10);
    for leaves in [1_000, 10_000, 100_000, 1_000_000] {
        let (groups, weights) = (numbers(leaves / 100, 1_000), numbers(leaves, 1_000));
        group.throughput(Throughput::Elements(leaves as u64));
        group.bench_function(BenchmarkId::from_parameter(leaves), |bench| {
            bench.iter(|| {
                let amounts = apportion(black_box(TOTAL), &groups, Rounding::LargestRemainder);
                let siblings = amounts.iter().zip(weights.chunks(100));
                siblings
                    .flat_map(|(amount, weights)| apportion(*amount, weights, Rounding::LargestRemainder))
                    .collect::<Vec<i64>>()
            });
        });
    }
    group.finish();
}

fn whole_plans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("people x 12 months");
    group.sample_size(20);
    for people in [100, 1_000, 10_000] {
        let plan = plan(people);
        group.bench_with_input(BenchmarkId::new("evaluate, all five tables, exact", people), &plan, |bench, plan| {
            bench.iter(|| evaluate(black_box(plan)));
        });
        group.bench_with_input(BenchmarkId::new("decimals, one table, sums off", people), &plan, |bench, plan| {
            bench.iter(|| by_decimals(black_box(plan)));
        });
    }
    group.finish();
}

/// The same plans after one edit: what is kept, and what is computed again.
fn one_edit(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("people x 12 months, after one edit");
    for people in [100, 1_000, 10_000] {
        let before = plan(people);
        let outcome = evaluate(&before);
        let dimension = Dimension::Organisation;
        let at = At { pair: Pair::over_time(dimension), row: NodeId(2), column: Calendar::month(5) };
        let cell = Cell {
            typed: Some(Typed { part: Amount::from_units(1), whole: Amount::from_units(3) }),
            ..Cell::default()
        };
        let edits = [
            ("a month of one person", Edit::Cell { at, cell }),
            // Teams weigh what their people weigh, so that this one moves everybody.
            (
                "a weight that moves all",
                Edit::Node { dimension, id: at.row, field: Field::Weight(Some(Decimal::from(99))) },
            ),
            ("a name", Edit::Node { dimension, id: at.row, field: Field::Name("somebody".to_owned()) }),
        ];
        for (name, edit) in edits {
            let mut plan = before.clone();
            if plan.apply(edit).is_err() {
                continue;
            }
            group.bench_function(BenchmarkId::new(name, people), |bench| {
                bench.iter(|| evaluate_again(black_box(&before), &outcome, black_box(&plan)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, one_group, one_table, growth, whole_plans, one_edit);
criterion_main!(benches);
