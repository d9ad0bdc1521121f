//! 7.5 test 4: links made to harm whoever opens them. Each is refused, or what comes out is a plan that says nothing it should
//! not, and neither takes long.
#![allow(clippy::disallowed_methods, reason = "it measures how long something takes, and never in a browser")]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sextant::edge::link::{self, Form, LinkError};
use sextant::edge::plan_link::{self, PlanLinkError};
use sextant::engine::evaluate;
use sextant::plan::check::Repair;
use sextant::plan::migrate::DecodeError;
use sextant::plan::template::{Language, Template};
use sextant::plan::{Crew, Dimension, Plan};

use crate::promise::check;

/// Twenty times what it may take: tests are built without optimisation, and others run beside them.
const LONGEST: Duration = Duration::from_secs(1);

fn template() -> Value {
    serde_json::to_value(Template::Saas.plan(Language::En, 2027)).expect("a plan is plain data")
}

/// What comes out of a link around such a file.
fn opened(json: &str) -> Result<(Plan, Vec<Repair>), PlanLinkError> {
    let link = link::pack(Form::Json, json.as_bytes());
    let begun = Instant::now();
    let result = plan_link::read(&link);
    assert!(begun.elapsed() < LONGEST, "{:?} for {:.60}", begun.elapsed(), json);
    if let Ok((plan, _)) = &result {
        check(plan, &evaluate(plan)).unwrap_or_else(|broken| panic!("{broken}"));
    }
    result
}

fn changed(change: impl FnOnce(&mut Value)) -> Result<(Plan, Vec<Repair>), PlanLinkError> {
    let mut plan = template();
    change(&mut plan);
    opened(&plan.to_string())
}

#[test]
fn what_unpacks_to_much_is_refused_before_it_is_unpacked() {
    let zeros = link::pack(Form::Json, &vec![0; 64 << 20]);
    let begun = Instant::now();
    assert_eq!(plan_link::read(&zeros), Err(PlanLinkError::Link(LinkError::Bomb)));
    assert_eq!(plan_link::read(&"p1d.".repeat(50_001)), Err(PlanLinkError::Link(LinkError::TooLong)));
    assert!(begun.elapsed() < LONGEST, "{:?}", begun.elapsed());
}

#[test]
fn a_number_that_is_none_is_refused() {
    let text = template().to_string();
    let field = |json: &str| matches!(opened(json), Err(PlanLinkError::Plan(DecodeError::Field(_))));
    let not_json = |json: &str| matches!(opened(json), Err(PlanLinkError::Plan(DecodeError::NotJson { .. })));
    let target = format!("\"target\":{}", template()["goal"]["target"]);
    assert!(text.contains(&target), "{target}");
    for number in ["NaN", "Infinity", "1e999"] {
        assert!(not_json(&text.replace(&target, &format!("\"target\":{number}"))), "{number}");
    }
    for number in ["1e300", "9223372036854775808", "1.5", "\"NaN\""] {
        assert!(field(&text.replace(&target, &format!("\"target\":{number}"))), "{number}");
    }
    assert!(matches!(
        changed(|it| it["trees"]["organisation"]["nodes"]["0"]["percent"] = json!("NaN")),
        Err(PlanLinkError::Plan(DecodeError::Field(_)))
    ));
}

#[test]
fn names_lose_what_turns_or_hides_text_and_half_a_letter_is_refused() {
    let name = "A\u{1}B\u{202e}C\u{2066}D\u{200f}E\u{0}F\u{9f}G\u{feff}H";
    let (plan, repairs) =
        changed(|it| it["trees"]["organisation"]["nodes"]["1"]["name"] = json!(name)).expect("mended");
    let cleaned = plan.tree(Dimension::Organisation).nodes.values().find(|it| it.name.starts_with('A')).expect("there");
    assert_eq!(cleaned.name.replace(' ', ""), "ABCDEFGH");
    assert!(!repairs.is_empty());
    let (plan, _) = changed(|it| it["title"] = json!(format!("{name}{}", "x".repeat(5_000)))).expect("mended");
    assert!(plan.title.chars().count() <= 120 && !plan.title.chars().any(|it| it.is_control() || it == '\u{202e}'));
    let half = template().to_string().replacen("\"title\":\"", "\"title\":\"\\ud800", 1);
    assert!(matches!(opened(&half), Err(PlanLinkError::Plan(DecodeError::NotJson { .. }))));
}

#[test]
fn a_tree_as_deep_as_a_well_is_divided_or_refused() {
    let chain = |depth: u32| {
        changed(|it| {
            let node =
                |id: u32| json!({"name": id.to_string(), "children": if id < depth { vec![id + 1] } else { vec![] }});
            let nodes: serde_json::Map<String, Value> = (0..=depth).map(|it| (it.to_string(), node(it))).collect();
            it["trees"]["organisation"] = json!({"root": 0, "next": depth + 1, "nodes": nodes});
            it["cells"] = json!([]);
        })
    };
    assert!(chain(50).is_ok());
    // Deeper than anybody can make it here, by whatever comes of it.
    _ = chain(2_000);
    // JSON within JSON, deeper than the reader goes.
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(opened(&deep).is_err());
    // A node that is its own parent.
    let circle = changed(|it| it["trees"]["organisation"]["nodes"]["0"]["children"] = json!([0]));
    assert!(circle.is_err() || circle.is_ok_and(|it| !it.1.is_empty()));
}

#[test]
fn ten_million_people_are_as_many_as_there_may_be() {
    let crews = json!({"next": 1, "order": [0], "items": {"0": {"node": 0, "heads": 10_000_000}}});
    let (plan, repairs) = changed(|it| it["capacity"] = json!({"crews": crews})).expect("mended");
    assert!(plan.capacity.crews.values().all(|it| it.heads <= Crew::MOST_HEADS));
    assert!(repairs.iter().any(|it| matches!(it, Repair::Crew(_))));
    let many: Vec<u32> = (0..2_000_000).collect();
    let list = json!({"next": u32::MAX, "order": many, "items": {}}).to_string();
    assert!(matches!(opened(&list), Err(PlanLinkError::Link(LinkError::Bomb | LinkError::TooLong))));
    assert!(changed(|it| it["ancestors"] = json!(vec![1; 100_000])).is_ok_and(|it| it.0.ancestors.sums() == [1]));
    assert!(changed(|it| it["ancestors"] = json!(["1"])).is_err());
}
