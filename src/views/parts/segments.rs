//! A few choices of which one is in force, side by side.

use leptos::prelude::*;

use super::CollectAny;
use crate::live::Derived;
/// One choice: what it stands for, and its word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment<T> {
    pub value: T,
    pub word: String,
}

#[component]
pub fn Segments<T>(
    /// What the choices are about, for those who cannot see them.
    #[prop(into)]
    label: Derived<String>,
    #[prop(into)] items: Derived<Vec<Segment<T>>>,
    #[prop(into)] chosen: Derived<T>,
    #[prop(into)] choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let item = move |Segment { value, word }: Segment<T>| {
        let pressed = move || if chosen.get() == value { "true" } else { "false" };
        view! {
            <button type="button" class="seg__item" aria-pressed=move || pressed() on:click=move |_| choose.run(value)>
                {word}
            </button>
        }
    };
    view! {
        <span class="seg" role="group" aria-label=move || label.get()>
            {move || items.get().into_iter().map(item).collect_any()}
        </span>
    }
}
