//! Copying text. Where the page may not, on plain http for instance, the answer is `false` and the caller shows the text
//! to be copied by hand.

use wasm_bindgen::JsValue;

/// Puts text on the clipboard. Only within a click, and only on a secure origin, will a browser do it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    let has_clipboard =
        js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|it| it.is_object());
    has_clipboard && navigator.clipboard().write_text(text).await.is_ok()
}
