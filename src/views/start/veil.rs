//! A file that is dropped anywhere on the page is opened. While one hangs over the page, a veil says so.

use leptos::ev::{self, DragEvent};
use leptos::prelude::*;

use super::super::parts::Show;
use super::intake::Intake;
use crate::i18n::use_words;
use crate::live::Held;
use crate::text;

#[component]
pub fn DropVeil() -> impl IntoView {
    let words = use_words();
    let intake = Intake::in_context();
    let hangs = Held::new(false);
    let set = move |now: bool| {
        if hangs.get_untracked() != now {
            hangs.set(now);
        }
    };
    let over = window_event_listener(ev::dragover, move |event| {
        if has_files(&event) {
            event.prevent_default();
            set(true);
        }
    });
    // It is left for good where the pointer leaves the window: nothing is entered then.
    let leave = window_event_listener(ev::dragleave, move |event| {
        if event.related_target().is_none() {
            set(false);
        }
    });
    let drop = window_event_listener(ev::drop, move |event| {
        set(false);
        if !has_files(&event) {
            return;
        }
        // The browser would leave the page and show the file.
        event.prevent_default();
        if let Some(file) = event.data_transfer().and_then(|it| it.files()).and_then(|it| it.get(0)) {
            intake.take(file);
        }
    });
    on_cleanup(move || {
        over.remove();
        leave.remove();
        drop.remove();
    });
    view! {
        <Show when=move || hangs.get()>
            <div class="veil"><p class="veil__text">{text!(words, start.drop)}</p></div>
        </Show>
    }
}

/// Text that is dragged from one field to another is none of ours.
fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|it| it.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
}
