//! The field in which a plan of the list gets a new name: Enter and leaving it keep the name, Escape does not.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::super::library::Library;
use crate::edge::store::PlanId;
use crate::i18n::use_words;
use crate::live::{Derived, follow};
use crate::plan::check::MAX_TITLE;
use crate::text;

/// How the writing of a new name ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The focus goes back to the button.
    ByKey,
    /// The focus is elsewhere already.
    ByLeaving,
}

#[component]
pub fn NewName(id: PlanId, title: Derived<String>, done: Callback<End>) -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let field = NodeRef::<html::Input>::new();
    follow(move || {
        if let Some(field) = field.get() {
            // Focus is a courtesy; without it the page works the same.
            _ = field.focus();
            field.select();
        }
    });
    // The field loses the focus once more when it is taken away; by then all is settled.
    let settled = StoredValue::new(false);
    let settle = move |name: Option<String>, end: End| {
        if settled.try_get_value() != Some(false) {
            return;
        }
        settled.set_value(true);
        if let Some(name) = name {
            library.rename(id, &name);
        }
        done.run(end);
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        // The input method's own Enter and Escape are not meant for the page.
        _ if event.is_composing() => {}
        "Enter" => settle(Some(event_target_value(&event)), End::ByKey),
        "Escape" => settle(None, End::ByKey),
        _ => {}
    };
    view! {
        <input class="field__input plan__new" type="text" autocomplete="off" node_ref=field
            maxlength=MAX_TITLE.to_string()
            aria-label=text!(words, start.new_name) prop:value=title.get_untracked()
            on:keydown=key on:blur=move |event| settle(Some(event_target_value(&event)), End::ByLeaving)/>
    }
}
