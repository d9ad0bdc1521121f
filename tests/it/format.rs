//! The plan file: what its page and its schema say is what the types say, and what was written once stays readable.
//!
//! `BLESS=1 cargo test format` writes `docs/plan.schema.json` anew.

use std::path::PathBuf;

use rust_decimal::Decimal;
use serde_json::Value;
use sextant::engine::chance::{Basis, asked};
use sextant::plan::migrate::decode;
use sextant::plan::{At, Dimension, ItemId, NodeId, Pair, Plan, SCHEMA, Serves};
use sextant::results::funnel::{past, territories};

use crate::promise::{cell, kept};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_schema_is_what_the_types_say() {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Plan)).expect("a schema") + "\n";
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path("docs/plan.schema.json"), &schema).expect("a place to write");
    }
    assert!(read("docs/plan.schema.json") == schema, "the types changed: BLESS=1 cargo test format");
}

#[test]
fn the_example_of_the_page_is_a_plan() {
    let page = read("docs/plan-format.md");
    let example = page.split("```json\n").nth(1).and_then(|it| it.split("```").next()).expect("an example");
    let (plan, repairs) = decode(example).expect("a plan");
    assert_eq!(repairs, []);
    // 720 for East, of which Wang has 200 locked; South has 450 typed of 1200, and East all that is left.
    let outcome = kept(&plan);
    let organisation = outcome.division(sextant::plan::Dimension::Organisation);
    assert_eq!(organisation.amounts, [1_200_000_000, 750_000_000, 550_000_000, 200_000_000, 450_000_000]);
    assert_eq!(outcome.findings, []);
}

#[test]
fn the_page_names_every_field() {
    let page = read("docs/plan-format.md");
    let schema: Value = serde_json::from_str(&read("docs/plan.schema.json")).expect("a schema");
    let mut fields = Vec::new();
    gather(&schema, &mut fields);
    assert!(20 < fields.len(), "{fields:?}");
    for field in fields {
        assert!(page.contains(&format!("`{field}`")) || page.contains(&format!("\"{field}\"")), "nothing on {field}");
    }
}

/// The names of all fields in a schema.
fn gather(schema: &Value, fields: &mut Vec<String>) {
    match schema {
        Value::Object(parts) => {
            if let Some(Value::Object(properties)) = parts.get("properties") {
                fields.extend(properties.keys().cloned());
            }
            parts.values().for_each(|part| gather(part, fields));
        }
        Value::Array(parts) => parts.iter().for_each(|part| gather(part, fields)),
        _ => {}
    }
}

/// A file of schema 1 as it was written in 2026, kept for ever.
#[test]
fn a_plan_of_schema_1_still_opens() {
    let text = read("tests/golden/plan-v1.json");
    let (plan, repairs) = decode(&text).expect("a plan");
    assert_eq!(repairs, []);
    assert_eq!(plan.schema, SCHEMA);
    let outcome = kept(&plan);
    let organisation = outcome.division(sextant::plan::Dimension::Organisation);
    let teams = [585_000_000, 341_250_000, 150_000_000, 115_909_091, 75_340_909, 243_750_000, 160_000_000, 83_750_000];
    let regions = [455_000_000, 238_333_333, 216_666_667, 260_000_000, 260_000_000];
    assert_eq!(organisation.amounts, [&[1_300_000_000][..], &teams, &regions].concat());
    assert_eq!(outcome.findings, []);
}

/// A file of schema 2 with every field that came with it, kept for ever.
#[test]
fn a_plan_of_schema_2_still_opens() {
    let text = read("tests/golden/plan-v2.json");
    let (plan, repairs) = decode(&text).expect("a plan");
    assert_eq!(repairs, []);
    assert_eq!(plan.schema, SCHEMA);
    if SCHEMA == 2 {
        assert!(plan.to_json() + "\n" == text, "the same plan is written with other bytes: raise the schema");
    }
    let outcome = kept(&plan);
    let organisation = outcome.division(sextant::plan::Dimension::Organisation);
    // West an eighth; East and South the rest by 50.0 and 28.5 parts in whole tens of thousands; Qian at the cap.
    let teams = [669_000_000, 469_000_000, 200_000_000, 381_000_000, 291_000_000, 90_000_000, 150_000_000, 150_000_000];
    assert_eq!(organisation.amounts, [&[1_200_000_000][..], &teams].concat());
    assert_eq!(outcome.findings, []);
}

/// A file of schema 3 with every field that came with it, kept for ever.
#[test]
fn a_plan_of_schema_3_still_opens() {
    let text = read("tests/golden/plan-v3.json");
    let (plan, repairs) = decode(&text).expect("a plan");
    assert_eq!(repairs, []);
    assert_eq!(plan.schema, SCHEMA);
    if SCHEMA == 3 {
        assert!(plan.to_json() + "\n" == text, "the same plan is written with other bytes: raise the schema");
    }
    let outcome = kept(&plan);
    let time = outcome.division(Dimension::Time);
    assert_eq!(time.amounts[..6], [1_200_000_000, 480_000_000, 160_000_000, 40_000_000, 40_000_000, 40_000_000]);
    let cell = |row, column| cell(&outcome, At { pair: Pair::over_time(Dimension::Organisation), row, column });
    let quarters = [1, 2, 3, 4].map(|quarter| cell(NodeId(4), NodeId(quarter)));
    // The second between its ends in whole cartons, the third by a season of its own.
    assert_eq!(quarters, [167_600_000, 139_000_000, 134_628_810, 27_771_190]);
    assert_eq!(outcome.findings, []);
}

/// A file of schema 4 with every field that came with it, kept for ever.
#[test]
fn a_plan_of_schema_4_still_opens() {
    let text = read("tests/golden/plan-v4.json");
    let (plan, repairs) = decode(&text).expect("a plan");
    assert_eq!(repairs, []);
    assert_eq!(plan.schema, SCHEMA);
    if SCHEMA == 4 {
        assert!(plan.to_json() + "\n" == text, "the same plan is written with other bytes: raise the schema");
    }
    let outcome = kept(&plan);
    let people = outcome.staff.whole(&plan).expect("people");
    assert_eq!(people.total().units(), 5_184_620_000);
    let flow = outcome.flow.as_ref().expect("a funnel");
    assert_eq!(flow.amount.map(|it| it.iter().sum::<i64>()), Some(14_421_600_000));
}

/// A file of schema 5 with every field that came with it, kept for ever.
#[test]
fn a_plan_of_schema_5_still_opens() {
    let text = read("tests/golden/plan-v5.json");
    let (plan, repairs) = decode(&text).expect("a plan");
    assert_eq!(repairs, []);
    assert_eq!(plan.schema, SCHEMA);
    if SCHEMA == 5 {
        assert!(plan.to_json() + "\n" == text, "the same plan is written with other bytes: raise the schema");
    }
    let whole = plan.trees.organisation.root;
    let asked = asked(&plan, &kept(&plan), whole).expect("people");
    assert_eq!((asked.basis, asked.model.seed, asked.model.trials), (Basis::Able, 2_027, 20_000));
    assert_eq!((asked.model.confidence, asked.model.stop.months), (0.9, 3));
    let names: Vec<&str> = plan.scenarios.list.values().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["加人", "竞品降价"]);
    let lower = plan.scenarios.list.values().nth(1).expect("the second");
    let (tried, fits) = sextant::plan::tried(&plan, &lower.edits.read());
    assert!(fits.iter().all(|it| *it == sextant::plan::Fit::Applied));
    assert_eq!(kept(&tried).total().units(), 1_080_000_000);
    assert_eq!(plan.scenarios.pins.read().len(), 5);
}

/// A file of schema 6 with every field that came with it, kept for ever.
#[test]
fn a_plan_of_schema_6_still_opens() {
    let text = read("tests/golden/plan-v6.json");
    let (plan, repairs) = decode(&text).expect("a plan");
    assert_eq!(repairs, []);
    assert_eq!(plan.schema, SCHEMA);
    if SCHEMA == 6 {
        assert!(plan.to_json() + "\n" == text, "the same plan is written with other bytes: raise the schema");
    }
    assert_eq!(plan.ancestors.sums(), [4_023_233_417, 17]);
    let serves: Vec<Option<Serves>> = plan.goal.measures.values().map(|it| it.serves).collect();
    assert_eq!(serves, [Some(Serves::Target), Some(Serves::Measure(ItemId(0))), None]);
    let outcome = kept(&plan);
    let flow = outcome.flow.as_ref().expect("a funnel");
    let ids: Vec<Option<NodeId>> = territories(&plan, &outcome, flow).iter().map(|it| it.id).collect();
    assert_eq!(ids, [Some(plan.trees.organisation.root), Some(NodeId(1)), None]);
    assert_eq!(past(&plan, ItemId(0)).ratio, Some(Decimal::from(300)));
}
