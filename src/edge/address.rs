//! The address bar: what stands behind the `#`, and how a plan that came that way is taken out of it.
//!
//! Refused here: to fail. A host or a frame may forbid to change the address; the answer then is `false`, and the page
//! goes on with the address as it is.

use wasm_bindgen::JsValue;
use web_sys::Window;

/// What follows the first `#`, with it. Empty if there is nothing.
pub fn hash() -> String {
    window().and_then(|it| it.location().hash().ok()).unwrap_or_default()
}

/// The address of the page without what chats add to it (`?from=…`) and without what follows the `#`.
pub fn page() -> String {
    let Some(location) = window().map(|it| it.location()) else { return String::new() };
    format!("{}{}", location.origin().unwrap_or_default(), location.pathname().unwrap_or_default())
}

/// Puts another hash in the place of this one, which makes no step to go back to. Safari throws where this is done more
/// than a hundred times in half a minute.
pub fn replace_hash(hash: &str) -> bool {
    let Some(window) = window() else { return false };
    let Ok(path) = window.location().pathname() else { return false };
    let search = window.location().search().unwrap_or_default();
    let url = format!("{path}{search}{hash}");
    window.history().is_ok_and(|it| it.replace_state_with_url(&JsValue::NULL, "", Some(&url)).is_ok())
}

fn window() -> Option<Window> {
    web_sys::window()
}
