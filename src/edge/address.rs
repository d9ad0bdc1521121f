//! The address bar: what stands behind the `#`, and how a plan that came that way is taken out of it.
//!
//! Refused here: to fail. A host or a frame may forbid to change the address; the answer then is `false`, and the page
//! goes on with the address as it is.

use wasm_bindgen::JsValue;
use web_sys::Window;

/// What a mail gateway makes of the `#` of a link: the plan is then a part of the path, and the host answers with its
/// 404 page, which is a copy of this one.
const ESCAPED_HASH: &str = "%23";

/// What follows the `#`, with it. Empty if there is nothing.
pub fn hash() -> String {
    let Some(location) = window().map(|it| it.location()) else { return String::new() };
    let hash = location.hash().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    match path.find(ESCAPED_HASH) {
        Some(at) if hash.is_empty() => path.get(at..).unwrap_or_default().to_owned(),
        _ => hash,
    }
}

/// The address of the page without what chats add to it (`?from=…`) and without what follows the `#`.
pub fn page() -> String {
    let Some(window) = window() else { return String::new() };
    format!("{}{}", window.location().origin().unwrap_or_default(), path(&window))
}

/// Puts another hash in the place of this one, which makes no step to go back to. Safari throws where this is done more
/// than a hundred times in half a minute.
pub fn replace_hash(hash: &str) -> bool {
    let Some(window) = window() else { return false };
    let search = window.location().search().unwrap_or_default();
    let url = format!("{}{search}{hash}", path(&window));
    window.history().is_ok_and(|it| it.replace_state_with_url(&JsValue::NULL, "", Some(&url)).is_ok())
}

/// Takes what follows the `?` out of the address.
pub fn leave_search() -> bool {
    let Some(window) = window() else { return false };
    let url = format!("{}{}", path(&window), window.location().hash().unwrap_or_default());
    window.history().is_ok_and(|it| it.replace_state_with_url(&JsValue::NULL, "", Some(&url)).is_ok())
}

/// The folder of the page, and its file if it has a name.
fn path(window: &Window) -> String {
    let path = window.location().pathname().unwrap_or_default();
    path.split(ESCAPED_HASH).next().unwrap_or_default().to_owned()
}

fn window() -> Option<Window> {
    web_sys::window()
}
