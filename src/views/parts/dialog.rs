//! A dialog over the page, with a title and a way out. What it holds is made anew each time it opens.

use leptos::html;
use leptos::prelude::*;

use super::{Look, Show, button};
use crate::i18n::Text;
use crate::live::{Held, follow};

#[component]
pub fn Dialog(
    /// Names the dialog in the style sheet and in the document.
    name: &'static str,
    is_open: Held<bool>,
    title: Text,
    close: Text,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    follow(move || {
        let Some(dialog) = dialog.get() else { return };
        match (is_open.get(), dialog.open()) {
            // It is in the page and not open yet: there is nothing to refuse.
            (true, false) => _ = dialog.show_modal(),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // The browser tells that it closed a dialog some time after it did, and by then a fast hand may have opened it again.
    // So what gives it up is believed at once, and news of the closing of a dialog that is open is old.
    let cancelled = move |event: web_sys::Event| {
        // A field for files within it tells the same of itself.
        if event.target() == event.current_target() {
            is_open.set(false);
        }
    };
    let closed = move |_| {
        if dialog.get_untracked().is_some_and(|it| !it.open()) {
            is_open.set(false);
        }
    };
    let title_id = format!("{name}-title");
    let titled_by = title_id.clone();
    view! {
        <dialog class=format!("dialog {name}") node_ref=dialog aria-labelledby=titled_by
            on:cancel=cancelled on:close=closed>
            <div class="dialog__head">
                <h2 class="dialog__title" id=title_id>{title}</h2>
                <span class="grow"></span>
                {button(Look::Ghost, close, move || is_open.set(false))}
            </div>
            <Show when=move || is_open.get()>{children()}</Show>
        </dialog>
    }
}
