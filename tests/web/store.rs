//! Plans in a real local storage: what is written is found, and no version is written over that was not seen.

use sextant::edge::store::{self, Note, PlanId, StoreError};
use sextant::plan::Plan;
use sextant::plan::template::{Language, Template};
use wasm_bindgen_test::wasm_bindgen_test;

fn plan() -> Plan {
    Template::Saas.plan(Language::Zh, 2027)
}

fn kept(id: PlanId) -> Option<(Option<u64>, Plan)> {
    let kept = store::read(id)?;
    Some((kept.saved, kept.plan.unwrap().0))
}

#[wasm_bindgen_test]
fn a_written_plan_is_found_in_the_list() {
    let id = PlanId::of(1);
    assert_eq!(store::write(id, &plan(), 10, None), Ok(()));
    assert_eq!(kept(id), Some((Some(10), plan())));
    assert!(store::all().iter().any(|(it, _)| *it == id));
    store::remove(id);
    assert_eq!(kept(id), None);
}

#[wasm_bindgen_test]
fn a_version_that_was_not_seen_is_not_written_over() {
    let id = PlanId::of(2);
    store::write(id, &plan(), 10, None).unwrap();
    let mine = store::titled(&plan(), "mine");
    assert_eq!(store::write(id, &mine, 12, Some(9)), Err(StoreError::Changed));
    assert_eq!(store::write(id, &mine, 12, None), Err(StoreError::Changed), "nor by one that takes it for new");
    assert_eq!(kept(id), Some((Some(10), plan())));
    assert_eq!(store::write(id, &mine, 12, Some(10)), Ok(()));
    store::remove(id);
    assert_eq!(store::write(id, &mine, 13, Some(12)), Err(StoreError::Gone));
}

#[wasm_bindgen_test]
fn a_plan_that_finds_no_room_leaves_the_old_one() {
    let id = PlanId::of(3);
    store::write(id, &plan(), 10, None).unwrap();
    let mut large = plan();
    large.goal.basis.market = "长".repeat(6_000_000);
    let full = store::write(id, &large, 11, Some(10));
    assert!(matches!(full, Err(StoreError::Full { chars: 6_000_000.. })), "{full:?}");
    assert_eq!(kept(id), Some((Some(10), plan())));
    store::remove(id);
}

#[wasm_bindgen_test]
fn a_deleted_value_comes_back_as_it_was_also_where_nobody_can_read_it() {
    let id = PlanId::of(4);
    store::put_back(id, "{\"saved\":5,\"pl").unwrap();
    assert!(store::read(id).unwrap().plan.is_err());
    assert_eq!(store::remove(id).as_deref(), Some("{\"saved\":5,\"pl"));
    assert_eq!(store::remove(id), None);
}

#[wasm_bindgen_test]
fn a_note_is_recalled_until_it_is_forgotten() {
    for note in [Note::Last, Note::Open, Note::Link] {
        assert!(store::remember(note, "x"));
        assert_eq!(store::recall(note).as_deref(), Some("x"));
        store::forget(note);
        assert_eq!(store::recall(note), None);
    }
}
