//! Plans in a real local storage: what is written is found, no version is written over that was not seen, and no text is
//! lost that cannot be read.

use sextant::edge::store::slot::{self, Head, Slot};
use sextant::edge::store::snapshot::{self, Cause, Label};
use sextant::edge::store::{self, Note, PlanId, StoreError};
use sextant::plan::template::{Language, Template};
use sextant::plan::{Plan, SCHEMA};
use wasm_bindgen_test::wasm_bindgen_test;

fn plan() -> Plan {
    Template::Saas.plan(Language::Zh, 2027)
}

fn kept(id: PlanId) -> Option<(u64, Plan)> {
    let kept = store::read(id)?;
    Some((kept.rev, kept.plan.unwrap().0))
}

fn storage() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

fn text(id: PlanId, slot: Slot) -> Option<String> {
    storage().get_item(&id.key(slot)).unwrap()
}

fn set(id: PlanId, slot: Slot, text: &str) {
    storage().set_item(&id.key(slot), text).unwrap();
}

#[wasm_bindgen_test]
fn a_written_plan_is_found_in_the_list() {
    let id = PlanId::of(1);
    assert_eq!(store::write(id, &plan(), 10, None), Ok(1));
    assert_eq!(kept(id), Some((1, plan())));
    assert!(store::all().iter().any(|(it, _)| *it == id));
    store::remove(id);
    assert_eq!(kept(id), None);
}

#[wasm_bindgen_test]
fn versions_go_into_two_slots_in_turn() {
    let id = PlanId::of(11);
    for (rev, slot) in [(1, Slot::A), (2, Slot::B), (3, Slot::A), (4, Slot::B)] {
        let before = text(id, slot.next());
        assert_eq!(store::write(id, &plan(), 10, (1 < rev).then(|| rev - 1)), Ok(rev));
        assert_eq!(slot::glance(&text(id, slot).unwrap()).unwrap().rev, rev);
        assert_eq!(text(id, slot.next()), before, "the version before stays where it is");
    }
    store::remove(id);
}

#[wasm_bindgen_test]
fn a_version_that_was_not_seen_is_not_written_over() {
    let id = PlanId::of(2);
    store::write(id, &plan(), 10, None).unwrap();
    let mine = store::titled(&plan(), "mine");
    assert_eq!(store::write(id, &mine, 12, Some(2)), Err(StoreError::Changed));
    assert_eq!(store::write(id, &mine, 12, None), Err(StoreError::Changed), "nor by one that takes it for new");
    assert_eq!(kept(id), Some((1, plan())));
    assert_eq!(store::write(id, &mine, 12, Some(1)), Ok(2));
    store::remove(id);
    assert_eq!(store::write(id, &mine, 13, Some(2)), Err(StoreError::Gone));
}

#[wasm_bindgen_test]
fn a_plan_of_a_newer_format_is_not_written_over() {
    let id = PlanId::of(12);
    let newer = slot::seal(Head { rev: 5, schema: SCHEMA + 1, saved: 9 }, "{\"schema\":99}");
    store::write(id, &plan(), 10, None).unwrap();
    set(id, Slot::B, &newer);
    let schema = SCHEMA + 1;
    for known in [None, Some(1), Some(5)] {
        assert_eq!(store::write(id, &plan(), 12, known), Err(StoreError::Newer { schema }));
    }
    assert_eq!(text(id, Slot::B), Some(newer));
    store::remove(id);
}

#[wasm_bindgen_test]
fn a_plan_of_the_form_before_moves_to_slots_and_is_kept_until_both_are_written() {
    let id = PlanId::of(13);
    let single = format!("{{\"saved\":5,\"plan\":{}}}", plan().to_compact_json());
    set(id, Slot::Single, &single);
    assert_eq!(kept(id), Some((0, plan())));
    let mine = store::titled(&plan(), "mine");
    assert_eq!(store::write(id, &mine, 12, Some(0)), Ok(1));
    assert_eq!(text(id, Slot::Single), Some(single));
    assert_eq!(kept(id), Some((1, mine.clone())));
    assert_eq!(store::write(id, &mine, 13, Some(1)), Ok(2));
    assert_eq!(text(id, Slot::Single), None);
    assert!(text(id, Slot::A).is_some() && text(id, Slot::B).is_some());
    store::remove(id);
}

/// 7.5 test 11: a slot that cannot be read is kept, however often the plan is saved after that.
#[wasm_bindgen_test]
fn a_harmed_slot_is_set_aside_and_never_written_over() {
    let id = PlanId::of(14);
    store::write(id, &plan(), 10, None).unwrap();
    store::write(id, &store::titled(&plan(), "newer"), 11, Some(1)).unwrap();
    let harmed: String = text(id, Slot::B).unwrap().chars().take(99).collect();
    set(id, Slot::B, &harmed);
    let read = store::read(id).unwrap();
    assert_eq!((read.rev, read.harmed), (1, 1));
    assert_eq!(store::write(id, &plan(), 12, Some(1)), Ok(2));
    assert_eq!(store::write(id, &plan(), 13, Some(2)), Ok(3));
    let texts: Vec<String> = store::harmed(id).into_iter().map(|it| it.1).collect();
    assert_eq!(texts, std::slice::from_ref(&harmed));
    // It goes and comes back with the plan, and goes for good where somebody says so.
    let removed = store::remove(id);
    assert!(store::harmed(id).is_empty());
    store::put_back(id, &removed).unwrap();
    let (key, text) = store::harmed(id).remove(0);
    assert_eq!(text, harmed);
    store::remove_harmed(&key);
    assert!(store::harmed(id).is_empty());
    assert_eq!(kept(id), Some((3, plan())));
    store::remove(id);
}

#[wasm_bindgen_test]
fn a_plan_that_finds_no_room_leaves_the_old_one() {
    let id = PlanId::of(3);
    store::write(id, &plan(), 10, None).unwrap();
    let mut large = plan();
    large.goal.basis.market = "长".repeat(6_000_000);
    let full = store::write(id, &large, 11, Some(1));
    assert!(matches!(full, Err(StoreError::Full { chars: 6_000_000.. })), "{full:?}");
    assert_eq!(kept(id), Some((1, plan())));
    store::remove(id);
}

#[wasm_bindgen_test]
fn a_plan_of_which_two_versions_do_not_fit_is_kept_once() {
    let id = PlanId::of(15);
    let large = |letter: &str| {
        let mut plan = plan();
        plan.goal.basis.market = letter.repeat(3_000_000);
        plan
    };
    assert_eq!(store::write(id, &large("a"), 10, None), Ok(1));
    assert_eq!(store::write(id, &large("b"), 11, Some(1)), Ok(2));
    // Read again, a text is as long as texts may be.
    assert!(kept(id).is_some_and(|(rev, plan)| rev == 2 && plan.goal.basis.market.starts_with("bb")));
    assert_eq!(text(id, Slot::B), None);
    store::remove(id);
}

#[wasm_bindgen_test]
fn a_deleted_value_comes_back_as_it_was_also_where_nobody_can_read_it() {
    let id = PlanId::of(4);
    set(id, Slot::Single, "{\"saved\":5,\"pl");
    assert!(store::read(id).unwrap().plan.is_err());
    let removed = store::remove(id);
    assert_eq!(text(id, Slot::Single), None);
    store::put_back(id, &removed).unwrap();
    assert_eq!(text(id, Slot::Single).as_deref(), Some("{\"saved\":5,\"pl"));
    store::remove(id);
}

#[wasm_bindgen_test]
fn what_another_place_knows_later_is_put_into_the_next_slot() {
    let id = PlanId::of(16);
    store::write(id, &plan(), 10_000, None).unwrap();
    let newer = store::encode(&store::titled(&plan(), "newer"), 2, 17_000);
    let half: String = newer.chars().take(500).collect();
    assert_eq!(store::heal(id, &half), Ok(None), "what is cut heals nothing");
    let healed = store::heal(id, &newer).unwrap().unwrap();
    assert_eq!((healed.id, healed.later_by), (id, Some(7_000)));
    assert_eq!(kept(id).unwrap().1.title, "newer");
    assert_eq!(store::heal(id, &newer), Ok(None), "it is there already");
    // Neither of two ways that went on from the same version is lost.
    assert_eq!(store::heal(id, &store::encode(&store::titled(&plan(), "other"), 2, 16_000)), Ok(None));
    assert!(snapshot::all(id).iter().any(|it| it.plan.as_ref().unwrap().title == "other" && it.label == Label::Found));
    store::remove(id);
    assert!(snapshot::all(id).is_empty());
    assert_eq!(store::heal(id, &newer).unwrap().unwrap().later_by, None);
    store::remove(id);
}

/// 7.5 test 18: the text of the older format is kept as it was.
#[wasm_bindgen_test]
fn before_a_plan_is_written_in_a_newer_format_the_older_one_is_kept() {
    let id = PlanId::of(17);
    let older = include_str!("../golden/plan-v1.json");
    set(id, Slot::A, &slot::seal(Head { rev: 4, schema: 1, saved: 9 }, older));
    let (_, plan) = kept(id).unwrap();
    assert_eq!(store::write(id, &plan, 20, Some(4)), Ok(5));
    let all = snapshot::all(id);
    assert_eq!(all.len(), 1);
    assert_eq!((&all[0].label, all[0].saved), (&Label::Before(Cause::Migration), 9));
    assert_eq!(all[0].plan, Ok(plan.clone()));
    let stored = storage().get_item(&format!("stp1:snap:{id}:20")).unwrap().unwrap();
    assert!(stored.ends_with(older), "byte for byte");
    assert_eq!(store::write(id, &plan, 21, Some(5)), Ok(6));
    assert_eq!(snapshot::all(id).len(), 1, "once");
    store::remove(id);
}

#[wasm_bindgen_test]
fn versions_are_kept_now_and_then_and_for_good_where_they_have_a_name() {
    const MINUTE: u64 = 60_000;
    let id = PlanId::of(18);
    let at = |minute: u64| 1_700_000_000_000 + minute * MINUTE;
    store::write(id, &plan(), at(0), None).unwrap();
    for step in 1..200 {
        store::write(id, &store::titled(&plan(), &step.to_string()), at(step), Some(step)).unwrap();
    }
    let automatic = snapshot::all(id);
    assert!((1..=4).contains(&automatic.len()), "{}", automatic.len());
    let named = snapshot::keep(id, &plan(), &Label::Named("给老板".to_owned()), at(3), at(201)).unwrap();
    snapshot::name(id, automatic[0].taken, " 会前\n ").unwrap();
    assert_eq!(snapshot::read(id, automatic[0].taken).unwrap().label, Label::Named("会前".to_owned()));
    for step in 200..800 {
        store::write(id, &plan(), at(step), Some(step)).unwrap();
    }
    assert_eq!(snapshot::read(id, named).unwrap().plan, Ok(plan()));
    let text = snapshot::remove(id, named).unwrap();
    assert_eq!(snapshot::read(id, named), None);
    snapshot::put_back(id, named, &text).unwrap();
    assert_eq!(snapshot::read(id, named).unwrap().label, Label::Named("给老板".to_owned()));
    assert_eq!(snapshot::name(id, 1, "x"), Err(StoreError::Gone));
    store::remove(id);
}

#[wasm_bindgen_test]
fn a_note_is_recalled_until_it_is_forgotten() {
    for note in [Note::Last, Note::Open, Note::Link, Note::Told, Note::Exported] {
        assert!(store::remember(note, "x"));
        assert_eq!(store::recall(note).as_deref(), Some("x"));
        store::forget(note);
        assert_eq!(store::recall(note), None);
    }
}
