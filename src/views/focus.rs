//! Where the focus goes when what had it is gone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Another page came: whoever works by keyboard or by ear goes on at its beginning, not at that of the window. What
/// took the focus by itself keeps it.
pub fn to_page() {
    request_animation_frame(|| {
        let is_lost = document().active_element().is_none_or(|it| it.tag_name().eq_ignore_ascii_case("body"));
        let main = document().get_element_by_id("main").and_then(|it| it.dyn_into::<HtmlElement>().ok());
        if let Some(main) = main.filter(|_| is_lost) {
            // A courtesy: without it the page works the same.
            _ = main.focus();
        }
    });
}

/// To the first element that the selector finds, once what is being drawn is there.
pub fn on(selector: &'static str) {
    request_animation_frame(move || {
        let found = document().query_selector(selector).ok().flatten();
        if let Some(element) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            _ = element.focus();
        }
    });
}
