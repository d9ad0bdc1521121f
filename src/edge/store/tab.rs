//! Which tab writes a plan: one of them, for as long as it has it open (src/page/tabs.js). The others look on and can ask
//! for it.
//!
//! Refused: to keep anybody from writing where the page has no way to know of other tabs. `store::write` still refuses to
//! write over what this tab has not seen.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};

use super::PlanId;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = sextant, js_name = hold, catch)]
    fn hold_plan(name: &str, told: &Told) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = sextant, js_name = letGo, catch)]
    fn let_go_of_plan() -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = sextant, js_name = takeOver, catch)]
    fn take_over_plan() -> Result<(), JsValue>;
}

type Told = Closure<dyn FnMut(String, Option<String>) -> Option<String>>;

/// What this tab is to a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It writes from now on. The text of the version that the other tab wrote last, where that one said so.
    Writer(Option<String>),
    /// Another one writes.
    Reader,
    /// Another one wants to write: whatever is not written yet is to be written now. The answer is what was written last.
    Asked,
}

thread_local! {
    /// As long as the plan is open.
    static TOLD: RefCell<Option<Told>> = const { RefCell::new(None) };
}

/// From now on this tab has a plan open.
pub fn hold(id: PlanId, mut heard: impl FnMut(Heard) -> Option<String> + 'static) {
    let told = Told::new(move |what: String, text| match what.as_str() {
        "writer" => heard(Heard::Writer(text)),
        "reader" => heard(Heard::Reader),
        _ => heard(Heard::Asked),
    });
    // A page without that script has one tab.
    _ = hold_plan(&id.to_string(), &told);
    TOLD.with(|it| it.borrow_mut().replace(told));
}

/// It has none open any more.
pub fn let_go() {
    _ = let_go_of_plan();
    TOLD.with(|it| it.borrow_mut().take());
}

/// Asks the tab that writes the plan to let this one.
pub fn take_over() {
    _ = take_over_plan();
}
