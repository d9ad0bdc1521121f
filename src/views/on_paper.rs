//! Paper: when the page is about to be printed, and when it no longer is; and the line at the head of all that is printed.

use leptos::ev::Custom;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::settle::after_paint;
use crate::edge::clock::Moment;
use crate::i18n::use_words;
use crate::live::{Derived, Held};
use crate::session::Session;
use crate::{say, text};

/// Has the page put on what it shows on paper alone, and take it off again. Both may be asked for twice.
pub fn on_paper(put: impl Fn() + Copy + 'static, take: impl Fn() + Copy + 'static) {
    let before = window_event_listener(Custom::new("beforeprint"), move |_: web_sys::Event| put());
    let after = window_event_listener(Custom::new("afterprint"), move |_: web_sys::Event| take());
    // Some browsers, and whoever tries out paper without any, say it by the medium alone.
    let Ok(Some(medium)) = window().match_media("print") else { return };
    let turned = Closure::<dyn FnMut()>::new({
        let medium = medium.clone();
        move || if medium.matches() { put() } else { take() }
    });
    _ = medium.add_event_listener_with_callback("change", turned.as_ref().unchecked_ref());
    let turned = StoredValue::new_local((medium, turned));
    on_cleanup(move || {
        before.remove();
        after.remove();
        turned.try_update_value(|(medium, turned)| {
            _ = medium.remove_event_listener_with_callback("change", turned.as_ref().unchecked_ref());
        });
    });
}

/// Prints, once the page has put on what is for paper. A browser that prints when a program asks draws nothing in between, so
/// that it is told before.
pub fn print() {
    if let Ok(before) = web_sys::Event::new("beforeprint") {
        _ = window().dispatch_event(&before);
    }
    // A browser that cannot print has no other way either.
    after_paint(|| _ = window().print());
}

/// The plan's name and the day, at the head of whatever page is printed.
#[component]
pub fn PaperHead() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let title = Derived::new(move || session.plan().title.clone());
    let today = Held::new(Moment::now().date());
    // The page may have been open for days.
    on_paper(move || today.set(Moment::now().date()), || {});
    // What is printed while something is tried out says so.
    let what_if = move || session.is_trial().then(|| format!(" · {}", say!(words, shell.what_if_on_paper)));
    view! {
        <p class="on-paper">
            <b>{move || title.get()}</b> {move || what_if()} " · " {text!(words, shell.product)} " · " {move || today.get()}
        </p>
    }
}
