//! One plan of the list: open, rename in place, duplicate, delete; one that cannot be read says why and can be saved as
//! it is.

use leptos::html;
use leptos::prelude::*;

use super::super::fault;
use super::super::library::{Entry, Library, Place, What};
use super::super::parts::Show;
use super::new_name::{End, NewName};
use crate::edge::clock::Moment;
use crate::edge::store::PlanId;
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::{say, text};

#[component]
pub fn PlanRow(
    id: PlanId,
    /// None for the moment between the deletion and the end of the row.
    entry: Derived<Option<Entry>>,
    /// Where the focus goes when the row is gone.
    leave: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let is_sound = Derived::new(move || entry.with(|it| it.as_ref().is_some_and(|it| it.title().is_some())));
    let naming = Held::new(false);
    let title = Derived::new(move || title_of(words, entry));
    let rename = NodeRef::<html::Button>::new();
    let named = Callback::new(move |end| {
        naming.set(false);
        if end == End::ByKey
            && let Some(button) = rename.get_untracked()
        {
            // The row moves up in the list first, and a row that is moved loses the focus. It is a courtesy, no more.
            request_animation_frame(move || _ = button.focus());
        }
    });
    let of_plan = move |action: String| say!(words, start.of_plan, action = action, title = title.get()).into_owned();
    let remove = move |_| {
        library.remove(id);
        leave.run(());
    };
    view! {
        <li class="plan" class:plan--shown=move || library.is_shown(id)>
            <Show when=move || naming.get() fallback=move || view! { <Name id entry title/> }>
                <NewName id title done=named/>
            </Show>
            <span class="plan__ways">
                <Show when=move || is_sound.get() fallback=move || view! { <SaveStored id title/> }>
                    <button type="button" class="button button--ghost" node_ref=rename
                        aria-label=move || of_plan(say!(words, start.rename).into_owned())
                        on:click=move |_| naming.set(true)>
                        {text!(words, start.rename)}
                    </button>
                    <button type="button" class="button button--ghost"
                        aria-label=move || of_plan(say!(words, start.duplicate).into_owned())
                        on:click=move |_| library.duplicate(id)>
                        {text!(words, start.duplicate)}
                    </button>
                    <button type="button" class="button button--ghost" aria-haspopup="dialog"
                        aria-label=move || of_plan(say!(words, store.versions).into_owned())
                        on:click=move |_| library.list_versions(id)>
                        {text!(words, store.versions)}
                    </button>
                    <Show when=move || library.is_safe()>
                        <SaveStored id title/>
                    </Show>
                </Show>
                <button type="button" class="button button--ghost button--danger"
                    aria-label=move || of_plan(say!(words, start.remove).into_owned()) on:click=remove>
                    {text!(words, start.remove)}
                </button>
            </span>
        </li>
    }
}

#[component]
fn Name(id: PlanId, entry: Derived<Option<Entry>>, title: Derived<String>) -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let is_sound = move || entry.with(|it| it.as_ref().is_some_and(|it| it.title().is_some()));
    let note = move || entry.with(|it| it.as_ref().map(|it| note(words, it)));
    let is_at_risk = move || entry.with(|it| it.as_ref().is_some_and(is_at_risk));
    view! {
        <span class="plan__main">
            <Show when=is_sound fallback=move || view! { <span class="plan__title bad">{move || title.get()}</span> }>
                <button type="button" class="plan__title plan__open" on:click=move |_| library.open(id)>{move || title.get()}</button>
            </Show>
            <Show when=move || library.is_shown(id)>
                <span class="tag">{text!(words, start.shown)}</span>
            </Show>
            <span class="plan__note" class:bad=move || is_at_risk()>{move || note()}</span>
        </span>
    }
}

#[component]
fn SaveStored(id: PlanId, title: Derived<String>) -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let label = move || {
        let action = say!(words, start.save_stored).into_owned();
        say!(words, start.of_plan, action = action, title = title.get())
    };
    view! {
        <button type="button" class="button button--ghost" aria-label=label
            on:click=move |_| _ = library.save_stored(id)>
            {text!(words, start.save_stored)}
        </button>
    }
}

fn title_of(words: Words, entry: Derived<Option<Entry>>) -> String {
    entry.with(|it| match it.as_ref().and_then(Entry::title) {
        Some(title) => title.to_owned(),
        None => say!(words, start.damaged).into_owned(),
    })
}

/// The year and when it was saved; or what is wrong.
fn note(words: Words, entry: &Entry) -> String {
    match &entry.what {
        What::Damaged(error) => fault::of_kept(words, error),
        What::Plan { place: Place::Tab, .. } => say!(words, start.never).into_owned(),
        What::Plan { year, place: Place::Machine, .. } => {
            let year = say!(words, start.year, year = *year);
            format!("{year} · {}", when(words, entry.saved.unwrap_or_default()))
        }
    }
}

fn is_at_risk(entry: &Entry) -> bool {
    matches!(entry.what, What::Damaged(_) | What::Plan { place: Place::Tab, .. })
}

fn when(words: Words, saved: u64) -> String {
    let moment = Moment::at(saved);
    let is_today = moment.is_same_day(Moment::now());
    let time = moment.time();
    let words = if is_today {
        say!(words, start.today, time = time)
    } else {
        say!(words, start.on_day, date = moment.date(), time = time)
    };
    words.into_owned()
}
