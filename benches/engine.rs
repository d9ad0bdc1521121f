//! How long it takes to divide a plan, on plans of three sizes. The peer in the same run is the division that a
//! spreadsheet would make: every cell its own decimal product, rounded by itself, without any sum being made to hold.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::evaluate;
use sextant::plan::{Calendar, Dimension, Method, Node, Plan, Unit};

/// People in teams of ten, by weight, over twelve months.
fn plan(people: usize) -> Plan {
    let mut plan = Plan::blank("bench", Unit::Money("CNY".to_owned()), Calendar { year: 2027, start_month: 1 });
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

fn engine(criterion: &mut Criterion) {
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

criterion_group!(benches, engine);
criterion_main!(benches);
