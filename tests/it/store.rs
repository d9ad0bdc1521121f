//! Plans as they are kept, sent and saved: what comes back is what went in, and what is damaged says so.

use proptest::prelude::*;
use sextant::edge::file::{self, Content};
use sextant::edge::link::Form;
use sextant::edge::link::LinkError;
use sextant::edge::plan_link::{self, PlanLinkError};
use sextant::edge::store::exported::Exported;
use sextant::edge::store::slot::{self, Head, Slot};
use sextant::edge::store::snapshot::{self, Brief, Cause, Label};
use sextant::edge::store::{self, Backup, BackupError, KeptError, Packed, PackedVersion, PlanId};
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

/// How plans were kept before there were slots, word for word.
fn single(plan: &Plan, saved: u64) -> String {
    format!("{{\"saved\":{saved},\"plan\":{}}}", plan.to_compact_json())
}

fn first_half(text: &str) -> String {
    text.chars().take(text.chars().count() / 2).collect()
}

#[test]
fn a_kept_plan_comes_back_with_its_version_and_the_time_of_its_saving() {
    for plan in plans() {
        let kept = store::decode(&[(Slot::A, store::encode(&plan, 7, 1_700_000_000_123))]);
        assert_eq!((kept.rev, kept.saved, kept.harmed), (7, Some(1_700_000_000_123), 0));
        assert_eq!(kept.plan, Ok((plan, vec![])));
    }
}

/// 7.5 test 11, as far as it needs no browser.
#[test]
fn of_two_slots_the_latest_whole_one_counts_whichever_is_harmed() {
    let (older, newer) = (plan(), store::titled(&plan(), "newer"));
    let texts = |a: &str, b: &str| [(Slot::A, a.to_owned()), (Slot::B, b.to_owned())];
    let (one, two) = (store::encode(&older, 8, 5), store::encode(&newer, 9, 3));
    let title = |texts: &[(Slot, String)]| store::decode(texts).plan.map(|it| it.0.title);

    assert_eq!(title(&texts(&one, &two)), Ok("newer".to_owned()), "the version counts, not the slot nor the clock");
    assert_eq!(title(&texts(&two, &one)), Ok("newer".to_owned()));
    let harms: [fn(&str) -> String; 5] = [
        first_half,
        |it| it.replacen("newer", "never", 1),
        |it| it.replacen(" 9 ", " 10 ", 1),
        |_| String::new(),
        |it| it[..it.len() - 1].to_owned(),
    ];
    for harm in harms {
        let harmed = harm(&two);
        let kept = store::decode(&texts(&one, &harmed));
        assert_eq!((kept.rev, kept.harmed), (8, 1), "{:.40}", harmed);
        assert_eq!(kept.plan.map(|it| it.0), Ok(older.clone()));
        let both = store::decode(&texts(&first_half(&one), &harmed));
        assert_eq!((both.plan, both.harmed), (Err(KeptError::Harmed), 2));
    }
}

/// 7.5 test 11: every single character counts.
#[test]
fn no_altered_character_of_a_kept_text_goes_unseen() {
    let text = store::encode(&plan(), 12, 1_700_000_000_123);
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at) && text.is_char_boundary(at + 1)).step_by(7) {
        let other = if &text[at..=at] == "0" { "1" } else { "0" };
        let harmed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
        assert_eq!(slot::open(&harmed), Err(slot::Harmed), "at {at}");
    }
}

#[test]
fn a_plan_of_the_form_before_is_read_and_counts_as_the_oldest() {
    let kept = store::decode(&[(Slot::Single, single(&plan(), 42))]);
    assert_eq!((kept.rev, kept.saved, kept.harmed), (0, Some(42), 0));
    assert_eq!(kept.plan, Ok((plan(), vec![])));
    let newer = store::titled(&plan(), "newer");
    let both = store::decode(&[(Slot::Single, single(&plan(), 42)), (Slot::A, store::encode(&newer, 1, 41))]);
    assert_eq!(both.plan.map(|it| it.0.title), Ok("newer".to_owned()));
    for golden in ["plan-v1.json", "plan-v2.json", "plan-v3.json"] {
        let json = std::fs::read_to_string(format!("tests/golden/{golden}")).unwrap();
        let kept = store::decode(&[(Slot::Single, format!("{{\"saved\":1,\"plan\":{json}}}"))]);
        assert!(kept.plan.is_ok(), "{golden}");
    }
}

#[test]
fn what_lies_in_a_slot_and_is_no_plan_says_so() {
    let sealed = |body: &str| [(Slot::A, slot::seal(Head { rev: 3, schema: SCHEMA, saved: 4 }, body))];
    assert_eq!(store::decode(&sealed("{}")).plan, Err(KeptError::Plan(DecodeError::NotAPlan)));
    let newer = plan().to_compact_json().replace(&format!("\"schema\":{SCHEMA}"), "\"schema\":99");
    let newer =
        [(Slot::A, store::encode(&plan(), 3, 4)), (Slot::B, slot::seal(Head { rev: 4, schema: 99, saved: 5 }, &newer))];
    let kept = store::decode(&newer);
    assert_eq!(kept.plan, Err(KeptError::Plan(DecodeError::Newer { schema: 99 })), "and not the version before it");
    assert_eq!(store::decode(&[(Slot::Single, "{\"theme\":1}".to_owned())]).plan, Err(KeptError::Harmed));
}

#[test]
fn only_the_key_of_a_plan_names_a_plan() {
    let id = PlanId::of(0xabc);
    assert_eq!(id.key(Slot::Single), "stp1:plan:0000000000000abc");
    assert_eq!(id.key(Slot::B), "stp1:plan:0000000000000abc:b");
    for slot in Slot::ALL {
        assert_eq!(PlanId::of_key(&id.key(slot)), Some(id));
        assert_ne!(slot.next(), slot, "never over the latest");
    }
    for other in [
        "stp1:prefs",
        "stp1:plan:",
        "stp1:plan:abc",
        "stp1:plan:0000000000000ABC",
        "stp1:plan:+00000000000abc",
        "stp1:plan:0000000000000abc:c",
        "stp1:plan:0000000000000abc:a2",
        "stp1:snap:0000000000000abc:1",
    ] {
        assert_eq!(PlanId::of_key(other), None, "{other}");
    }
}

// ---- Earlier versions ----

#[test]
fn automatic_versions_are_thinned_and_named_ones_never() {
    let brief = |taken: u64, label: &Label| Brief { taken, label: label.clone() };
    // A day has a hundred.
    let day = |it: u64| i64::try_from(it / 100).unwrap();
    let automatic: Vec<Brief> = (0..2_000).step_by(10).map(|it| brief(it, &Label::Automatic)).collect();
    let gone = snapshot::surplus(&automatic, day, 1_999);
    let left =
        |gone: &[u64]| -> Vec<u64> { automatic.iter().map(|it| it.taken).filter(|it| !gone.contains(it)).collect() };
    assert_eq!(left(&gone), [1290, 1390, 1490, 1590, 1690, 1790, 1890, 1970, 1980, 1990]);
    assert_eq!(left(&snapshot::surplus(&automatic, day, 2_050)).len(), 10, "tomorrow today is a day before");

    let named = Label::Named("给老板看的".to_owned());
    let all: Vec<Brief> = (0..50).map(|it| brief(it, &named)).chain(automatic.iter().cloned()).collect();
    assert!(snapshot::surplus(&all, day, 1_999).iter().all(|it| 50 <= *it || it % 10 == 0));
    assert!(snapshot::surplus(&all[..50], day, 1_999).is_empty());

    let before: Vec<Brief> = (0..8).map(|it| brief(it, &Label::Before(Cause::Restore))).collect();
    assert_eq!(snapshot::surplus(&before, day, 1_999), [2, 1, 0]);
}

#[test]
fn the_time_for_a_file_comes_with_many_changes_or_after_a_week_and_can_be_put_off() {
    const DAY: u64 = 86_400_000;
    let changed = |times: u64, at: u64| (0..times).fold(Exported::default(), |it, _| it.changed(at));
    let start = 1_000 * DAY;
    assert!(!changed(19, start).is_due(start + 30 * DAY));
    assert!(!changed(20, start).is_due(start + 6 * DAY));
    assert!(changed(20, start).is_due(start + 7 * DAY));
    assert!(changed(300, start).is_due(start));
    let due = changed(300, start);
    assert!(!due.hush(start).is_due(start + 6 * DAY));
    assert!(due.hush(start).is_due(start + 7 * DAY));
    assert!(!due.exported(start).is_due(start + 300 * DAY));
    assert_eq!(due.exported(start).days(start + 12 * DAY + 5), 12);
}

// ---- Backups ----

fn backup() -> Backup {
    let label = |at: usize| [Label::Named(format!("第 {at} 版")), Label::Sent, Label::Received][at % 3].clone();
    let version = |(at, plan): (usize, Plan)| PackedVersion { label: label(at), saved: 7, plan };
    let packed = |(at, plan): (usize, Plan)| Packed {
        id: PlanId::of(at as u64 + 1),
        saved: 1_700_000_000_000 + at as u64,
        plan: Ok(plan),
        versions: plans().take(at % 4).enumerate().map(version).collect(),
    };
    Backup { saved: 1_700_000_000_999, plans: plans().enumerate().map(packed).collect() }
}

/// 7.5 test 25, as far as it needs no browser.
#[test]
fn a_backup_comes_back_with_every_plan_and_named_version() {
    let text = backup().write();
    assert!(Backup::is_one(&text));
    assert_eq!(Backup::read(&text), Ok(backup()));
    assert_eq!(Backup::read(&format!("\u{feff}{text}")), Ok(backup()));
    assert_eq!(file::sort("any.json", text.as_bytes()), Ok(Content::Backup(text.clone())));
    assert!(!Backup::is_one(&plan().to_json()));
}

#[test]
fn an_earlier_backup_names_its_versions_and_no_other_reason_is_brought_along() {
    let plan = plan().to_compact_json();
    let text = format!(
        r#"{{"sextant":"backup","version":1,"saved":1,"plans":[{{"id":"0000000000000001","saved":1,"plan":{plan},"versions":[
        {{"name":"终稿","saved":2,"plan":{plan}}},{{"label":"automatic","saved":3,"plan":{plan}}}]}}]}}"#
    );
    let read = Backup::read(&text).unwrap();
    let labels: Vec<&Label> = read.plans[0].versions.iter().map(|it| &it.label).collect();
    assert_eq!(labels, [&Label::Named("终稿".to_owned())]);
}

#[test]
fn a_backup_that_cannot_be_read_says_why_and_one_bad_plan_spoils_no_other() {
    let text = backup().write();
    assert_eq!(Backup::read(&first_half(&text)), Err(BackupError::NotABackup));
    assert_eq!(Backup::read(&plan().to_json()), Err(BackupError::NotABackup));
    let newer = text.replacen("\"version\":1", "\"version\":2", 1);
    assert_eq!(Backup::read(&newer), Err(BackupError::Newer { version: 2 }));
    let bad = text.replacen("\"title\"", "\"titel\"", 1);
    let read = Backup::read(&bad).unwrap();
    assert!(matches!(read.plans[0].plan, Err(DecodeError::Field(_))), "{:?}", read.plans[0].plan);
    assert_eq!(read.plans[1..], backup().plans[1..]);
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
        for slot in Slot::ALL {
            _ = store::decode(&[(slot, text.clone())]);
        }
        _ = store::decode(&[(Slot::B, slot::seal(Head { rev: u64::MAX, schema: 0, saved: u64::MAX }, &text))]);
        _ = slot::glance(&text);
        _ = Backup::read(&text);
        _ = file::sort("x", text.as_bytes());
        prop_assert!(!file::name_of(&text, "json").contains(['/', '\\', ':', '\n']));
    }
}
