//! Asks for the passphrase of a link, and shows the plan behind it. What is wrong is said under the field; the text stays.
//!
//! Refused: to remember a passphrase. A part of the page: it is downloaded when it is first asked for, or in idle time.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fault;
use super::library::Library;
use super::parts::Dialog;
use crate::edge::plan_link::{self, PlanLinkError};
use crate::i18n::use_words;
use crate::live::{Held, follow};
use crate::{say, text};

#[component]
pub fn UnsealDialog() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    follow(move || {
        if !library.asks_passphrase.get() {
            untrack(|| library.leave_sealed());
        }
    });
    view! {
        <Dialog name="unseal" is_open=library.asks_passphrase title=text!(words, seal.title) close=text!(words, seal.close)>
            <UnsealForm/>
        </Dialog>
    }
}

#[component]
fn UnsealForm() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let passphrase = Held::new(String::new());
    let problem = Held::new(None::<PlanLinkError>);
    let is_busy = Held::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(link) = library.sealed().filter(|_| !is_busy.get_untracked()) else { return };
        is_busy.set(true);
        let typed = passphrase.get_untracked();
        spawn_local(async move {
            let opened = plan_link::read_sealed(&link.bytes, &typed).await;
            is_busy.set(false);
            match opened {
                // The dialog may be closed by now, or ask for that of another link.
                Ok(_) if library.sealed().as_ref() != Some(&link) => {}
                Ok((plan, repairs)) => library.unsealed(plan, repairs),
                Err(PlanLinkError::WhatIf(link, repairs)) => library.unsealed_what_if(*link, repairs),
                Err(error) => problem.set(Some(error)),
            }
        });
    };
    let is_bad = move || problem.get().is_some();
    let said = move || match (is_busy.get(), problem.get()) {
        (true, _) => say!(words, seal.opening).into_owned(),
        (_, Some(error)) => fault::of_plan_link(words, &error),
        _ => say!(words, seal.hint).into_owned(),
    };
    view! {
        <form on:submit=submit>
            <div class="dialog__body">
                <div class="field">
                    <label class="field__label" for="unseal-passphrase">{text!(words, seal.passphrase)}</label>
                    <input class="field__input" id="unseal-passphrase" type="password" autocomplete="off" autofocus=true
                        aria-describedby="unseal-said" aria-invalid=move || is_bad().then_some("true")
                        on:input:target=move |event| passphrase.set(event.target().value())/>
                    <p id="unseal-said" role="status" class:field__hint=move || !is_bad()
                        class:field__problem=move || is_bad()>{move || said()}</p>
                </div>
            </div>
            <div class="dialog__foot">
                <span class="grow"></span>
                <button type="submit" class="button button--primary">{text!(words, seal.open)}</button>
            </div>
        </form>
    }
}
