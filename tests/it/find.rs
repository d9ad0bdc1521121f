//! What is found by a few letters, and in which order.

use sextant::results::find::fit;

#[track_caller]
fn check(typed: &str, better: &[&str], worse: &[&str]) {
    let better = fit(typed, better).unwrap_or_else(|| panic!("{typed} does not fit {better:?}"));
    assert!(fit(typed, worse).is_none_or(|worse| better < worse), "{typed}: {better}");
}

#[test]
fn beginnings_come_first_then_words_then_parts_then_letters() {
    check("lock", &["Lock / unlock"], &["Unlock all"]);
    check("un", &["undo"], &["run"]);
    check("reg", &["East region"], &["Integrate"]);
    check("sd", &["锁定 / 解锁", "sd/js"], &["Share"]);
    check("华东", &["华东大区"], &["大华东"]);
    check("HD", &["华东大区", "hddq"], &["华南大区", "hndq"]);
}

#[test]
fn everything_fits_nothing_and_nonsense_fits_nothing() {
    assert!(fit("", &["any"]).is_some());
    assert!(fit("  ", &["any"]).is_some());
    assert_eq!(fit("xyz", &["Undo", "撤销", "cx"]), None);
}
