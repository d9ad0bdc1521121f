//! The engine against answers that were worked out elsewhere: plans in exact fractions, tables by a
//! solver, trees of numbers that do not add up by another program. A few of them are
//! kept in `tests/oracle`; `make oracle` works out thousands more, and names their files to these tests.

use std::collections::BTreeMap;

use serde::Deserialize;
use sextant::engine::{Said, fit_product, reconciled};
use sextant::plan::migrate::decode;
use sextant::plan::{Dimension, NodeId};

use crate::promise;

/// A plan, and what every node of it gets.
#[derive(Deserialize)]
struct Case {
    plan: serde_json::Value,
    amounts: BTreeMap<Dimension, BTreeMap<NodeId, i64>>,
}

/// The margins of a table, and how far from their product the nearest table of whole units lies: the sum over all cells
/// of what each is off, times the total.
#[derive(Deserialize)]
struct Margins {
    rows: Vec<i64>,
    columns: Vec<i64>,
    nearest: String,
}

/// A tree, what is said of each node, and the numbers that add up and are nearest to that.
#[derive(Deserialize)]
struct Tree {
    parents: Vec<usize>,
    own: Vec<Option<i64>>,
    variances: Vec<u64>,
    numbers: Vec<f64>,
}

/// The lines of a file that is named by a variable, or else of one that is kept.
fn lines<T: serde::de::DeserializeOwned>(variable: &str, kept: &str) -> Vec<T> {
    let kept = format!("{}/tests/oracle/{kept}", env!("CARGO_MANIFEST_DIR"));
    let file = std::env::var(variable).unwrap_or(kept);
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{file}: {error}"))).collect()
}

#[test]
fn plans_come_out_as_in_fractions() {
    let cases: Vec<Case> = lines("ORACLE_PLANS", "plans.jsonl");
    assert!(30 <= cases.len(), "{} plans", cases.len());
    for case in &cases {
        let (plan, repairs) = decode(&case.plan.to_string()).expect("a plan");
        assert!(repairs.is_empty(), "{repairs:?}\n{}", case.plan);
        let outcome = promise::kept(&plan);
        for (dimension, amounts) in &case.amounts {
            let division = outcome.division(*dimension);
            let given: BTreeMap<NodeId, i64> =
                (0..division.layout.len()).map(|at| (division.layout.id(at), division.amounts[at])).collect();
            assert_eq!(given, *amounts, "{dimension:?} of\n{}", case.plan);
        }
    }
    println!("{} plans", cases.len());
}

#[test]
fn tables_are_as_near_as_a_solver_brings_them() {
    let cases: Vec<Margins> = lines("ORACLE_TABLES", "tables.jsonl");
    assert!(20 <= cases.len(), "{} tables", cases.len());
    for Margins { rows, columns, nearest } in &cases {
        let cells = fit_product(rows, columns);
        let (height, width) = (rows.len(), columns.len());
        assert!(cells.chunks(width).map(|row| row.iter().sum::<i64>()).eq(rows.iter().copied()), "rows of {rows:?}");
        let column = |at: usize| cells.iter().skip(at).step_by(width).sum::<i64>();
        assert!((0..width).map(column).eq(columns.iter().copied()), "columns of {columns:?}");
        let total: i128 = rows.iter().map(|it| i128::from(*it)).sum();
        let off =
            |at: usize| i128::from(cells[at]) * total - i128::from(rows[at / width]) * i128::from(columns[at % width]);
        let distance: i128 = (0..height * width).map(|at| off(at).abs()).sum();
        let nearest: i128 = nearest.parse().expect("a whole number");
        // A thousandth.
        assert!(1000 * distance <= 1001 * nearest, "{distance} for {nearest}: {rows:?} by {columns:?}");
    }
    println!("{} tables", cases.len());
}

#[test]
fn numbers_are_brought_together_as_by_another_program() {
    let cases: Vec<Tree> = lines("ORACLE_TREES", "trees.jsonl");
    assert!(30 <= cases.len(), "{} trees", cases.len());
    for Tree { parents, own, variances, numbers } in &cases {
        let nodes = parents.iter().zip(own.iter().zip(variances));
        let said: Vec<Said> =
            nodes.map(|(parent, (own, variance))| Said { parent: *parent, own: *own, variance: *variance }).collect();
        for (ours, theirs) in reconciled(&said).iter().zip(numbers) {
            // A billionth; and of small numbers beside large ones, a trillionth of the whole.
            let close = 1e-9 * theirs.abs() + 1e-12 * numbers[0];
            assert!((ours - theirs).abs() <= close, "{ours} for {theirs} of {said:?}");
        }
    }
    println!("{} trees", cases.len());
}
