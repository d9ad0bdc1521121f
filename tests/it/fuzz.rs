//! Plan files and links of every kind of damage, for as long as one likes. Whatever they say, they are refused in words, or they
//! are a plan that can be divided and whose sums hold.
//!
//! ```text
//! cargo test --test it -- --ignored fuzz         ten minutes
//! FUZZ_SECONDS=60 FUZZ_SEED=7 cargo test ...     so long, from another start
//! ```
//!
//! Not `--release`: without it, a sum that overflows is found too.
//! A file that breaks something is left beside the other output of cargo, as `fuzz.json`.
#![allow(clippy::disallowed_methods, reason = "it runs for as long as it is told to, and never in a browser")]

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use sextant::edge::link::{self, Form};
use sextant::edge::{columns, plan_link};
use sextant::engine::evaluate;
use sextant::plan::migrate::decode;

use crate::columns::every_plan;
use crate::laws::{Damage, damages, hurt, reads_or_refuses};
use crate::plans::{Shown, Wish, any_plan, wishes};
use crate::promise::check;

/// What happens to the text of a file.
#[derive(Clone, Debug)]
enum Tear {
    /// From here on it is lost.
    Cut(Index),
    /// One piece of it stands in another place once more.
    Again(Index, Index, Index),
    /// Other bytes than before.
    Bytes(Vec<(Index, u8)>),
}

fn tears() -> impl Strategy<Value = Tear> {
    let index = any::<Index>;
    prop_oneof![
        1 => index().prop_map(Tear::Cut),
        2 => (index(), index(), index()).prop_map(|(from, to, at)| Tear::Again(from, to, at)),
        3 => vec((index(), any::<u8>()), 1..8).prop_map(Tear::Bytes),
    ]
}

/// A plan, what happens to its fields, to its text, and then to the plan that is still in it.
type Story = (Shown, Vec<(Index, Damage)>, Vec<Tear>, Vec<Wish>);

fn stories() -> impl Strategy<Value = Story> {
    (any_plan(), vec(damages(), 0..4), prop_oneof![2 => Just(vec![]), 1 => vec(tears(), 1..3)], vec(wishes(), 0..5))
}

#[test]
#[ignore = "runs for ten minutes"]
fn fuzz_plan_files() {
    let (seconds, seed, mut runner) = told();
    let (begun, mut files, mut read) = (Instant::now(), 0_u64, 0_u64);
    while begun.elapsed() < Duration::from_secs(seconds) {
        let (Shown(plan), damages, tears, wishes) = stories().new_tree(&mut runner).expect("a story").current();
        let mut value = serde_json::to_value(&plan).expect("a plan is plain data");
        damages.iter().for_each(|(place, damage)| hurt(&mut value, place, damage));
        let text = tears.iter().fold(spelled(&value, files), |text, tear| torn(&text, tear));
        read += u64::from(tried(&text, &wishes));
        files += 1;
    }
    println!("{files} files, {read} of them read as plans, from seed {seed}");
}

/// For how long, from which start, and what begins there.
fn told() -> (u64, u64, TestRunner) {
    let number = |name: &str, otherwise: u64| match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text:?}")),
        Err(_) => otherwise,
    };
    let (seconds, seed) = (number("FUZZ_SECONDS", 600), number("FUZZ_SEED", 1));
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    (seconds, seed, TestRunner::new_with_rng(ProptestConfig::default(), rng))
}

/// A link as a forger would make it, right length and right check, around bytes that no writer wrote.
#[test]
#[ignore = "runs for ten minutes"]
fn fuzz_links() {
    let (seconds, seed, mut runner) = told();
    let (begun, mut links, mut read) = (Instant::now(), 0_u64, 0_u64);
    while begun.elapsed() < Duration::from_secs(seconds) {
        // To make a plan takes longer than to tear it.
        let forged = (every_plan(), vec(vec(tears(), 1..4), 100));
        let (Shown(plan), torn) = forged.new_tree(&mut runner).expect("a plan").current();
        for tears in torn {
            let bytes = tears.iter().fold(columns::write(&plan), torn_bytes);
            read += u64::from(opens_or_refuses(&link::pack(Form::Columns, &bytes)));
            links += 1;
        }
    }
    println!("{links} links, {read} of them read as plans, from seed {seed}");
}

/// Whether a plan came out. If so, it can be divided, and goes through a link as it is.
fn opens_or_refuses(link: &str) -> bool {
    let Ok((plan, _)) = plan_link::read(link) else { return false };
    check(&plan, &evaluate(&plan)).unwrap_or_else(|broken| panic!("{broken}\n{link}"));
    assert_eq!(columns::read(&columns::write(&plan)), Ok((plan, vec![])), "{link}");
    true
}

/// Of a hundred thousand links that were harmed, none is taken for another plan.
#[test]
#[ignore = "runs for a minute"]
fn fuzz_harmed_links() {
    let (_, seed, _) = told();
    crate::link::harm(100_000, seed);
}

/// On one line or on many, as the app writes both.
fn spelled(value: &Value, file: u64) -> String {
    if file.is_multiple_of(2) { value.to_string() } else { format!("{value:#}") }
}

fn torn(text: &str, tear: &Tear) -> String {
    String::from_utf8_lossy(&torn_bytes(text.as_bytes().to_vec(), tear)).into_owned()
}

fn torn_bytes(mut bytes: Vec<u8>, tear: &Tear) -> Vec<u8> {
    match tear {
        _ if bytes.is_empty() => {}
        Tear::Cut(at) => bytes.truncate(at.index(bytes.len())),
        Tear::Again(from, to, at) => {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            let piece = bytes[from.min(to)..from.max(to)].to_vec();
            let at = at.index(bytes.len());
            bytes.splice(at..at, piece);
        }
        Tear::Bytes(others) => {
            for (at, byte) in others {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
        }
    }
    bytes
}

/// Whether the file was read. One that breaks something is kept.
fn tried(text: &str, wishes: &[Wish]) -> bool {
    let result = catch_unwind(AssertUnwindSafe(|| {
        reads_or_refuses(text).unwrap_or_else(|broken| panic!("{broken}"));
        edits_hold(text, wishes)
    }));
    result.unwrap_or_else(|panic| {
        let file = format!("{}/fuzz.json", env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(&file, text).expect("a file");
        println!("the file is kept as {file}");
        resume_unwind(panic)
    })
}

/// What is still a plan can be worked on.
fn edits_hold(text: &str, wishes: &[Wish]) -> bool {
    let Ok((mut plan, _)) = decode(text) else { return false };
    for wish in wishes {
        let _ = plan.apply(wish.edit(&plan));
        check(&plan, &evaluate(&plan)).unwrap_or_else(|broken| panic!("{broken}\n{}", plan.to_compact_json()));
    }
    true
}
