//! The kernels of the engine as a program that is timed from outside, beside other programs that do the same work.
//!
//! It reads one command a line from standard input and answers each with one line:
//!
//! ```text
//! load KIND FILE   the work: lines of whole numbers, or a plan          -> ok
//! run TIMES        does it so often                                     -> nanoseconds of all of them together
//! answer FILE      does it once and writes what comes of it             -> ok
//! ```
//!
//! Kinds: `tree` (total, children a node on each level, then a line of weights a level), `bounded` (total, weights, floors,
//! caps), `product` (rows, columns), `fitted` (rows, columns, floors, caps), `scaled` (the same, real numbers only, whose
//! answer is rounded) and `plan` (a plan file).
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the command line")]
#![allow(clippy::disallowed_methods, reason = "it takes the time, and never runs in a browser")]

// What is a float does not leave the engine, so the sweeps of the fitting are compiled into this program once more.
#[path = "../src/engine/apportion.rs"]
#[allow(dead_code, reason = "only what fitting needs")]
mod apportion;
#[path = "../src/engine/matrix.rs"]
#[allow(dead_code, reason = "only what fitting needs")]
mod matrix;
#[path = "../src/engine/rounding.rs"]
#[allow(dead_code, reason = "only what fitting needs")]
mod rounding;
#[path = "../src/engine/webster.rs"]
#[allow(dead_code, reason = "only what fitting needs")]
mod webster;
/// What those files name of the rest.
mod plan {
    pub use sextant::plan::Rounding;
}

use std::hint::black_box;
use std::io::BufRead;
use std::process::ExitCode;
use std::time::Instant;

use sextant::engine::{Block, Rounding, apportion as divide_group, evaluate, fit_bounded, fit_product, split};
use sextant::plan::migrate::decode;
use sextant::plan::{Dimension, Plan};

/// One kernel and what it is given.
enum Work {
    Tree { total: i64, levels: Vec<Level> },
    Bounded { total: i64, weights: Vec<u64>, floors: Vec<i64>, caps: Vec<i64> },
    Product { rows: Vec<i64>, columns: Vec<i64> },
    Fitted(Block),
    Scaled(matrix::Block),
    Plan(Box<Plan>),
}

/// The nodes of one level of a tree, in groups of siblings of one size.
struct Level {
    siblings: usize,
    weights: Vec<u64>,
}

fn main() -> ExitCode {
    let mut work = None;
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        match answer(&line, &mut work) {
            Ok(said) => println!("{said}"),
            Err(sentence) => {
                eprintln!("{sentence}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn answer(line: &str, work: &mut Option<Work>) -> Result<String, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match (words.as_slice(), work) {
        (["load", kind, file], work) => {
            *work = Some(load(kind, file)?);
            Ok("ok".to_owned())
        }
        (["run", times], Some(work)) => {
            let times: u32 = times.parse().map_err(|_| format!("{times:?} is not a number"))?;
            let begun = Instant::now();
            for _ in 0..times {
                work.run();
            }
            Ok(begun.elapsed().as_nanos().to_string())
        }
        (["answer", file], Some(work)) => {
            let text: Vec<String> = work.result().iter().map(i64::to_string).collect();
            std::fs::write(file, text.join(" ")).map_err(|error| format!("{file} cannot be written: {error}"))?;
            Ok("ok".to_owned())
        }
        _ => Err(format!("{line:?} is not understood; say load KIND FILE, then run TIMES or answer FILE")),
    }
}

fn load(kind: &str, file: &str) -> Result<Work, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{file} cannot be read: {error}"))?;
    if kind == "plan" {
        return Ok(Work::Plan(Box::new(decode(&text).map_err(|error| format!("{file}: {error}"))?.0)));
    }
    let lines: Vec<Vec<i64>> = text.lines().map(numbers).collect::<Result<_, _>>()?;
    let weights = |line: &[i64]| line.iter().map(|it| it.unsigned_abs()).collect::<Vec<u64>>();
    match (kind, lines.as_slice()) {
        ("tree", [total, siblings, levels @ ..]) if total.len() == 1 && siblings.len() == levels.len() => {
            let level = |(siblings, line): (&i64, &Vec<i64>)| Level {
                siblings: siblings.unsigned_abs() as usize,
                weights: weights(line),
            };
            Ok(Work::Tree { total: total[0], levels: siblings.iter().zip(levels).map(level).collect() })
        }
        ("bounded", [total, line, floors, caps]) if total.len() == 1 => {
            Ok(Work::Bounded { total: total[0], weights: weights(line), floors: floors.clone(), caps: caps.clone() })
        }
        ("product", [rows, columns]) => Ok(Work::Product { rows: rows.clone(), columns: columns.clone() }),
        ("fitted", [rows, columns, floors, caps]) => Ok(Work::Fitted(Block {
            rows: rows.clone(),
            columns: columns.clone(),
            floors: floors.clone(),
            caps: caps.clone(),
        })),
        ("scaled", [rows, columns, floors, caps]) => Ok(Work::Scaled(matrix::Block {
            rows: rows.clone(),
            columns: columns.clone(),
            floors: floors.clone(),
            caps: caps.clone(),
        })),
        _ => Err(format!("{file} is no work of the kind {kind:?}")),
    }
}

fn numbers(line: &str) -> Result<Vec<i64>, String> {
    line.split_whitespace().map(|it| it.parse().map_err(|_| format!("{it:?} is not a whole number"))).collect()
}

impl Work {
    fn run(&self) {
        match self {
            Work::Plan(plan) => drop(black_box(evaluate(black_box(plan)))),
            Work::Scaled(block) => drop(black_box(matrix::scaled(black_box(block)))),
            _ => drop(black_box(self.result())),
        }
    }

    /// What comes of it: leaves, parts or cells. Empty where nothing can be.
    fn result(&self) -> Vec<i64> {
        match self {
            Work::Tree { total, levels } => divide(*total, levels),
            Work::Bounded { total, weights, floors, caps } => {
                split(*total, weights, floors, caps, Rounding::LargestRemainder).unwrap_or_default()
            }
            Work::Product { rows, columns } => fit_product(rows, columns),
            Work::Fitted(block) => fit_bounded(block).unwrap_or_default(),
            Work::Scaled(block) => {
                matrix::scaled(block).unwrap_or_default().iter().map(|it| it.round() as i64).collect()
            }
            Work::Plan(plan) => evaluate(plan).division(Dimension::Organisation).amounts.clone(),
        }
    }
}

/// From the root down, each group of siblings shares what its parent got.
fn divide(total: i64, levels: &[Level]) -> Vec<i64> {
    let mut amounts = vec![total];
    for level in levels {
        let mut below = Vec::with_capacity(level.weights.len());
        for (total, group) in amounts.iter().zip(level.weights.chunks(level.siblings.max(1))) {
            below.extend(divide_group(*total, group, Rounding::LargestRemainder));
        }
        amounts = below;
    }
    amounts
}
