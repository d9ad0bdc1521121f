//! Plans as they are kept, sent and saved: what comes back is what went in, and what is damaged says so.

use proptest::prelude::*;
use sextant::edge::file::{self, Content};
use sextant::edge::link::Form;
use sextant::edge::link::LinkError;
use sextant::edge::plan_link::{self, PlanLinkError};
use sextant::edge::store::{self, PlanId};
use sextant::plan::migrate::DecodeError;
use sextant::plan::template::{Language, Template};
use sextant::plan::{Calendar, Plan, SCHEMA, Unit};

fn plans() -> impl Iterator<Item = Plan> {
    Template::ALL.into_iter().flat_map(|it| [Language::Zh, Language::En].map(|language| it.plan(language, 2027)))
}

fn plan() -> Plan {
    Template::EcommercePercent.plan(Language::Zh, 2027)
}

// ---- Kept ----

#[test]
fn a_kept_plan_comes_back_with_the_time_of_its_saving() {
    for plan in plans() {
        let kept = store::decode(&store::encode(&plan, 1_700_000_000_123));
        assert_eq!(kept.saved, Some(1_700_000_000_123));
        assert_eq!(kept.plan, Ok((plan, vec![])));
    }
}

#[test]
fn the_time_of_saving_is_read_without_the_plan() {
    let text = store::encode(&plan(), 42);
    assert_eq!(store::stamp(&text), Some(42));
    assert_eq!(store::stamp(&text[..20]), Some(42), "even of a value that was cut");
    for other in ["", "{}", "{\"saved\":}", "{\"saved\":12", "{\"plan\":{},\"saved\":12}"] {
        assert_eq!(store::stamp(other), None, "{other}");
    }
}

#[test]
fn a_damaged_value_says_what_is_wrong_with_it() {
    let text = store::encode(&plan(), 42);
    let half: String = text.chars().take(text.chars().count() / 2).collect();
    let cut = store::decode(&half);
    assert_eq!(cut.saved, Some(42));
    assert!(matches!(cut.plan, Err(DecodeError::NotJson { line: 1, .. })), "{:?}", cut.plan);

    let foreign = store::decode("{\"theme\":\"dark\"}");
    assert_eq!(foreign.plan, Err(DecodeError::NotAPlan));

    let newer = store::decode(&text.replace(&format!("\"schema\":{SCHEMA}"), "\"schema\":9"));
    assert_eq!(newer.plan, Err(DecodeError::Newer { schema: 9 }));
}

#[test]
fn only_the_key_of_a_plan_names_a_plan() {
    let id = PlanId::of(0xabc);
    assert_eq!(id.key(), "stp1:plan:0000000000000abc");
    assert_eq!(PlanId::of_key(&id.key()), Some(id));
    for other in
        ["stp1:prefs", "stp1:plan:", "stp1:plan:abc", "stp1:plan:0000000000000ABC", "stp1:plan:+00000000000abc"]
    {
        assert_eq!(PlanId::of_key(other), None, "{other}");
    }
}

// ---- Sent ----

#[test]
fn a_plan_goes_through_a_link_and_comes_out_the_same() {
    for plan in plans() {
        let link = plan_link::write(&plan).unwrap();
        assert!(link.starts_with("p1c."), "{link}");
        assert_eq!(plan_link::read(&format!("看看这个 https://host/app/?from=x#{link}，谢谢")), Ok((plan, vec![])));
    }
}

#[test]
fn a_link_that_holds_no_plan_says_which_part_is_wrong() {
    let link = plan_link::write(&plan()).unwrap();
    let half = &link[..link.len() / 2];
    assert_eq!(plan_link::read(half), Err(PlanLinkError::Link(LinkError::Cut { got: half.len(), want: link.len() })));
    assert_eq!(plan_link::read("你好"), Err(PlanLinkError::Link(LinkError::None)));

    let packed = |text: &str| plan_link::read(&sextant::edge::link::pack(Form::Json, text.as_bytes()));
    assert_eq!(packed("{}"), Err(PlanLinkError::Plan(DecodeError::NotAPlan)));
    let newer = plan().to_compact_json().replace(&format!("\"schema\":{SCHEMA}"), "\"schema\":9");
    assert_eq!(packed(&newer), Err(PlanLinkError::Plan(DecodeError::Newer { schema: 9 })));
    assert_eq!(
        plan_link::read(&sextant::edge::link::pack(Form::Json, b"\xff\xfe")),
        Err(PlanLinkError::Plan(DecodeError::NotAPlan)),
        "bytes that are no text"
    );
}

#[test]
fn a_plan_that_no_link_can_carry_is_refused_when_it_is_made() {
    let mut plan = Plan::blank("大", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.basis.market = "长".repeat(sextant::edge::link::MAX_BYTES);
    assert_eq!(plan_link::write(&plan), Err(plan_link::TooLarge));
}

// ---- Saved as a file ----

#[test]
fn a_file_is_known_by_what_is_in_it() {
    let json = plan().to_json();
    let sorted = |name: &str, text: &str| file::sort(name, text.as_bytes());
    let whole = Ok(Content::Plan(Box::new(plan()), vec![]));
    for name in ["plan.json", "计划.JSON", "plan.txt", "plan"] {
        assert_eq!(sorted(name, &json), whole, "{name}");
        assert_eq!(sorted(name, &format!("\u{feff}\n {json}")), whole, "{name}, with a mark of its byte order");
    }
    let message = format!("今年的目标 https://host/#{}", plan_link::write(&plan()).unwrap());
    assert_eq!(sorted("message.txt", &message), Ok(Content::Link(message.clone())));
    assert_eq!(sorted("people.csv", "大区,目标\n华东,100"), Ok(Content::Table));
    assert_eq!(file::sort("people.xlsx", b"PK\x03\x04\xff"), Ok(Content::Table));
    assert_eq!(sorted("cut.json", "{\"schema\":1,"), Err(DecodeError::NotJson { line: 1, column: 12 }));
    let gbk = [b"{\n\"title\": \"".as_slice(), &[0xc4, 0xe3], b"\"}"].concat();
    assert_eq!(file::sort("gbk.json", &gbk), Err(DecodeError::NotJson { line: 2, column: 11 }));
    assert!(matches!(sorted("table.json", "大区,目标"), Err(DecodeError::NotJson { line: 1, column: 1 })));
}

#[test]
fn a_title_becomes_a_name_that_every_system_takes() {
    assert_eq!(file::name_of("2027 年度电商团队目标", "json"), "2027 年度电商团队目标.json");
    assert_eq!(file::name_of("a/b\\c: \"d\"?\n", "json"), "a-b-c- -d---.json");
    assert_eq!(file::name_of(" . ", "json"), "sextant.json");
    assert_eq!(file::name_of(&"长".repeat(200), "json").chars().count(), 65);
}

proptest! {
    #[test]
    fn no_kept_value_stops_the_page(text in ".{0,200}") {
        _ = store::decode(&text);
        _ = store::stamp(&text);
        _ = file::sort("x", text.as_bytes());
        prop_assert!(!file::name_of(&text, "json").contains(['/', '\\', ':', '\n']));
    }
}
