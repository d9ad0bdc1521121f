//! A button that lets the user pick a file.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use web_sys::File;

use crate::i18n::Text;

/// Who takes a picked file.
pub type TakeFile = Arc<dyn Fn(File) + Send + Sync>;

#[component]
pub fn FileButton(
    class: &'static str,
    /// What files are offered, as the browser wants it said.
    accept: &'static str,
    /// What the field is called.
    name: Text,
    take: TakeFile,
    children: Children,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let open = move |_| {
        if let Some(field) = field.get_untracked() {
            field.click();
        }
    };
    let pick = move |_| {
        let Some(field) = field.get_untracked() else { return };
        let file = field.files().and_then(|it| it.get(0));
        // So that the same file can be picked again.
        field.set_value("");
        if let Some(file) = file {
            take(file);
        }
    };
    view! {
        <button type="button" class=class on:click=open>{children()}</button>
        <input type="file" hidden node_ref=field accept=accept aria-label=name on:change=pick/>
    }
}
