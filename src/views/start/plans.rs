//! The plans on this machine, the latest first.

use leptos::html;
use leptos::prelude::*;

use super::super::library::Library;
use super::super::parts::{Each, Look, Show, button};
use super::plan_row::PlanRow;
use crate::edge::store::PlanId;
use crate::i18n::use_words;
use crate::live::{Derived, Held};
use crate::{say, text};

/// As many are shown until the user asks for all of them.
const FEW: usize = 5;

#[component]
pub fn Plans() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let entries = Derived::new(move || library.entries());
    let shows_all = Held::new(false);
    let ids = Derived::new(move || entries.with(|all| all.iter().map(|it| it.id).collect::<Vec<_>>()));
    let count = move || ids.with(Vec::len);
    let shown = move || {
        let most = if shows_all.get() { usize::MAX } else { FEW };
        ids.with(|ids| ids.iter().take(most).map(|id| id.bits()).collect())
    };
    // A deleted row takes the focus with it; the heading is what is next.
    let title = NodeRef::<html::H2>::new();
    let leave = Callback::new(move |()| {
        if let Some(title) = title.get_untracked() {
            // Focus is a courtesy; without it the page works the same.
            _ = title.focus();
        }
    });
    let backup = move || library.save_backup();
    let row = move |bits| {
        let id = PlanId::of(bits);
        let entry = Derived::new(move || entries.with(|all| all.iter().find(|it| it.id == id).cloned()));
        view! { <PlanRow id entry leave/> }
    };
    let has_plans = Derived::new(move || count() != 0);
    let has_more = move || { FEW < count() } && !shows_all.get();
    view! {
        <Show when=move || has_plans.get()>
            <section class="start__part" aria-labelledby="plans-title">
                <div class="start__bar">
                    <h2 class="start__title" id="plans-title" tabindex="-1" node_ref=title>
                        {text!(words, start.plans)}
                    </h2>
                    <span class="grow"></span>
                    {button(Look::Ghost, text!(words, store.backup_all), backup)}
                </div>
                <ul class="plans card">
                    <Each keys=shown row/>
                </ul>
                <Show when=has_more>
                    <button type="button" class="button button--ghost" on:click=move |_| shows_all.set(true)>
                        {move || say!(words, start.show_all, count = count())}
                    </button>
                </Show>
            </section>
        </Show>
    }
}
