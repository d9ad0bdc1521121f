//! Local and session storage as texts by their names. Where the browser gives none, nothing is there and nothing is taken.
//!
//! Refused: to write anything once the app has stopped (src/page/boot.js): what it still holds may be wrong.

use js_sys::Error;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

use super::StoreError;

/// What all pages of one origin may keep together in local storage, in UTF-16 units, names included.
const QUOTA: usize = 5_242_880;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = sextant, js_name = isStopped, catch)]
    fn is_stopped() -> Result<bool, JsValue>;
    #[wasm_bindgen(js_namespace = sextant, js_name = isSafe, catch)]
    fn is_safe() -> Result<bool, JsValue>;
    #[wasm_bindgen(js_namespace = ["navigator", "storage"], js_name = persist, catch)]
    fn ask_to_persist() -> Result<JsValue, JsValue>;
}

/// The storage of this machine.
pub(super) fn local() -> Option<Storage> {
    usable(web_sys::window()?.local_storage().ok()??)
}

/// The storage of this tab.
pub(super) fn session() -> Option<Storage> {
    usable(web_sys::window()?.session_storage().ok()??)
}

/// Some browsers hand out a storage whose every use throws.
fn usable(storage: Storage) -> Option<Storage> {
    storage.get_item("stp1:last").is_ok().then_some(storage)
}

pub(super) fn get(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

pub(super) fn set(key: &str, text: &str) -> Result<(), StoreError> {
    if is_stopped() == Ok(true) {
        return Err(StoreError::Blocked);
    }
    let local = local().ok_or(StoreError::Blocked)?;
    local.set_item(key, text).map_err(|error| refusal(&error, text))
}

pub(super) fn delete(key: &str) {
    if let Some(local) = local() {
        // What cannot be taken away stays: nothing is lost.
        _ = local.remove_item(key);
    }
}

/// Every name that begins so.
pub(super) fn keys(prefix: &str) -> Vec<String> {
    let Some(local) = local() else { return Vec::new() };
    let keys = (0..local.length().unwrap_or_default()).filter_map(|at| local.key(at).ok().flatten());
    keys.filter(|it| it.starts_with(prefix)).collect()
}

/// Whether this start is to open no plan: somebody said so, or the two before came to nothing.
pub fn is_safe_start() -> bool {
    is_safe().unwrap_or_default()
}

/// Whether the page came over https or from this machine. Browsers give others no locks, no service worker and no
/// clipboard.
pub fn is_secure() -> bool {
    web_sys::window().is_some_and(|it| it.is_secure_context())
}

/// Asks the browser not to clear the storage of this page when room gets short. It decides.
pub fn persist() {
    // Browsers that cannot be asked clear it as they think fit.
    _ = ask_to_persist();
}

/// How much of what there is is taken, in hundredths.
pub fn percent_taken() -> usize {
    let long = |text: &str| text.encode_utf16().count();
    let taken: usize = keys("").iter().map(|key| long(key) + get(key).map_or(0, |it| long(&it))).sum();
    taken * 100 / QUOTA
}

/// Chromium and Firefox each have a name of their own for a full storage.
fn refusal(error: &JsValue, text: &str) -> StoreError {
    match error.dyn_ref::<Error>().map(|it| String::from(it.name())).as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StoreError::Full { chars: text.chars().count() },
        _ => StoreError::Blocked,
    }
}
