//! A box for a link, or for the whole message around it. What is wrong with it is said under the box; the text stays.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use super::super::fault;
use super::super::library::{Library, LinkFault};
use crate::i18n::use_words;
use crate::live::Held;
use crate::{say, text};

#[component]
pub fn LinkForm(
    /// Another link failed before.
    #[prop(optional)]
    is_again: bool,
) -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let (id, hint) = if is_again { ("link-again", "link-again-hint") } else { ("link-text", "link-hint") };
    let text = Held::new(String::new());
    let problem = Held::new(None::<LinkFault>);
    let open = move || {
        library.open_link(text.get_untracked(), move |fault| problem.set(Some(fault)));
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        open();
    };
    // A pasted message has its own lines; nobody needs a new one.
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            open();
        }
    };
    let label = move || if is_again { say!(words, start.link_again) } else { say!(words, start.link) };
    let is_bad = move || problem.get().is_some();
    let said = move || match problem.get() {
        Some(error) => fault::of_link(words, &error),
        None => say!(words, start.link_hint).into_owned(),
    };
    view! {
        <form class="link-form field" on:submit=submit>
            <label class="field__label" for=id>{move || label()}</label>
            <div class="link-form__row">
                <textarea class="field__input link-form__text" id=id rows="1" spellcheck="false" autocomplete="off"
                    aria-describedby=hint aria-invalid=move || is_bad().then_some("true") prop:value=move || text.get() on:input:target=move |event| text.set(event.target().value()) on:keydown=key></textarea>
                <button type="submit" class="button">{text!(words, start.link_open)}</button>
            </div>
            <p id=hint role="status" class:field__hint=move || !is_bad() class:field__problem=move || is_bad()>{move || said()}</p>
        </form>
    }
}
