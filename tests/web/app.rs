//! The app in a real browser: what only a browser can show.

use leptos::prelude::*;
use sextant::amount::Amount;
use sextant::engine::evaluate;
use sextant::plan::Dimension;
use sextant::plan::template::{Language, Template};
use sextant::views::App;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

/// The app on an empty page with empty storage, at its first screen.
async fn open_app() -> HtmlElement {
    _ = window().local_storage().unwrap().unwrap().clear();
    _ = window().session_storage().unwrap().unwrap().clear();
    window().location().set_hash("").unwrap();
    let host: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().replace_children_with_node_1(&host);
    leptos::mount::mount_to(host.clone(), App).forget();
    settle().await;
    host
}

/// Lets effects and renders run.
async fn settle() {
    for _ in 0..5 {
        leptos::task::tick().await;
    }
}

async fn open_template(template: Template) -> HtmlElement {
    let host = open_app().await;
    let card = format!("[data-template='{}']", template.id());
    host.query_selector(&card).unwrap().unwrap().unchecked_into::<HtmlElement>().click();
    settle().await;
    host
}

fn cell(host: &HtmlElement, id: &str) -> HtmlElement {
    host.query_selector(&format!("#{id}")).unwrap().unwrap().unchecked_into()
}

fn shows(host: &HtmlElement, id: &str) -> String {
    cell(host, id).query_selector(".sheet__content").unwrap().unwrap().text_content().unwrap_or_default()
}

fn press(target: &web_sys::EventTarget, key: &str) {
    let how = KeyboardEventInit::new();
    how.set_key(key);
    how.set_bubbles(true);
    how.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &how).unwrap();
    target.dispatch_event(&event).unwrap();
}

/// Types into a cell as a user does, up to the key that ends it.
async fn type_into(host: &HtmlElement, id: &str, text: &str, end: &str) {
    let place = cell(host, id);
    place.dispatch_event(&web_sys::MouseEvent::new("dblclick").unwrap()).unwrap();
    settle().await;
    let field: HtmlInputElement = place.query_selector("input").unwrap().unwrap().unchecked_into();
    field.set_value(text);
    let how = web_sys::EventInit::new();
    how.set_bubbles(true);
    field.dispatch_event(&web_sys::Event::new_with_event_init_dict("input", &how).unwrap()).unwrap();
    press(&field, end);
    settle().await;
}

#[wasm_bindgen_test]
fn the_browser_divides_like_every_other_machine() {
    // S0-15: 1200万 by 40 / 25 / 30 / 5.
    let outcome = evaluate(&Template::EcommercePercent.plan(Language::Zh, 2027));
    let time = outcome.division(Dimension::Time);
    let quarters = [1, 5, 9, 13].map(|position| Amount::from_units(time.amounts[position]));
    assert_eq!(quarters, [480, 300, 360, 60].map(|it| Amount::from_units(it * 1_000_000)));
    assert!(outcome.sums.hold());
}

#[wasm_bindgen_test]
async fn a_template_opens_as_a_sheet_whose_sums_hold() {
    let host = open_template(Template::EcommercePercent).await;
    assert!(shows(&host, "cell-0-1").contains("480"), "{}", shows(&host, "cell-0-1"));
    let status = host.query_selector(".status__sums").unwrap().unwrap();
    assert!(status.class_list().contains("good"));
}

#[wasm_bindgen_test]
async fn a_typed_total_spreads_and_can_be_undone() {
    let host = open_template(Template::EcommercePercent).await;
    let before = shows(&host, "cell-1-0");
    type_into(&host, "cell-0-0", "2400万", "Enter").await;
    assert!(shows(&host, "cell-0-1").contains("960"), "{}", shows(&host, "cell-0-1"));
    assert_ne!(shows(&host, "cell-1-0"), before);
    let undo: HtmlElement = host.query_selector(".bar .button--icon").unwrap().unwrap().unchecked_into();
    undo.click();
    settle().await;
    assert_eq!(shows(&host, "cell-1-0"), before);
}

#[wasm_bindgen_test]
async fn a_bad_number_is_refused_beside_the_cell_and_nothing_changes() {
    let host = open_template(Template::EcommercePercent).await;
    let before = shows(&host, "cell-1-0");
    for text in ["abc", "-5", "壹佰", "1.234,5", "99999亿亿"] {
        type_into(&host, "cell-1-0", text, "Enter").await;
        let problem = cell(&host, "cell-1-0").query_selector("[role=alert]").unwrap();
        assert!(problem.is_some_and(|it| !it.text_content().unwrap_or_default().is_empty()), "{text}");
        let field: HtmlElement = cell(&host, "cell-1-0").query_selector("input").unwrap().unwrap().unchecked_into();
        press(&field, "Escape");
        settle().await;
        assert_eq!(shows(&host, "cell-1-0"), before, "{text}");
    }
}

#[wasm_bindgen_test]
async fn a_lock_is_set_by_its_key_and_holds() {
    let host = open_template(Template::Education).await;
    cell(&host, "cell-2-0").dispatch_event(&web_sys::MouseEvent::new("mousedown").unwrap()).unwrap();
    let table = host.query_selector("[role=treegrid]").unwrap().unwrap();
    press(&table, "l");
    settle().await;
    type_into(&host, "cell-0-0", "2000万", "Enter").await;
    assert!(shows(&host, "cell-2-0").contains("150"), "{}", shows(&host, "cell-2-0"));
}
