//! The list of a plan's earlier versions: when they were kept and why, their target, and what is another in them than now.
//! Each can be looked at, brought back, named and deleted; so can copies that nobody can read be taken out.
//!
//! A part of the page: it is downloaded when it is first asked for, or in idle time.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::display::Display;
use super::library::{Library, Version};
use super::name;
use super::parts::{CollectAny, Dialog, Look, Show, button};
use crate::amount::Amount;
use crate::edge::clock::Moment;
use crate::edge::store::snapshot::{Cause, Label, MAX_NAME};
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::Plan;
use crate::results::difference::Difference;
use crate::{say, text};

#[component]
pub fn VersionsDialog() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    view! {
        <Dialog name="versions" is_open=library.asks_versions title=text!(words, store.versions) close=text!(words, share.close)>
            <div class="dialog__body">
                <SaveVersion/>
                <VersionList/>
                <HarmedCopies/>
            </div>
        </Dialog>
    }
}

/// Keeps the plan as it is now, under a name.
#[component]
fn SaveVersion() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let name = Held::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        library.save_version(&name.get_untracked());
        name.set(String::new());
    };
    view! {
        <form class="versions__save" on:submit=submit>
            <label class="field__label" for="version-name">{text!(words, store.version_name)}</label>
            <div class="versions__row">
                <input class="field__input" id="version-name" type="text" autocomplete="off" maxlength=MAX_NAME.to_string()
                    aria-describedby="version-hint" prop:value=move || name.get()
                    on:input:target=move |event| name.set(event.target().value())/>
                <button type="submit" class="button button--primary" disabled=move || name.with(|it| it.trim().is_empty())>
                    {text!(words, store.save_version)}
                </button>
            </div>
            <p class="field__hint" id="version-hint">{text!(words, store.version_hint)}</p>
        </form>
    }
}

#[component]
fn VersionList() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let versions = Derived::new(move || library.versions());
    let rows =
        move || versions.with(|all| all.iter().map(|it| view! { <VersionRow version=it.clone()/> }).collect_any());
    let is_empty = move || versions.with(Vec::is_empty);
    view! {
        <Show when=is_empty fallback=move || view! { <ul class="versions__list">{move || rows()}</ul> }>
            <p class="muted">{text!(words, store.no_versions)}</p>
        </Show>
    }
}

#[component]
fn VersionRow(version: Version) -> impl IntoView {
    let words = use_words();
    let display = expect_context::<Display>();
    let library = expect_context::<Library>();
    let Version { taken, saved, label, plan } = version;
    let naming = Held::new(false);
    let name = Held::new(if let Label::Named(name) = &label { name.clone() } else { String::new() });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        naming.set(false);
        library.name_version(taken, &name.get_untracked());
    };
    let is_sound = plan.is_some();
    let heading = {
        let label = label.clone();
        move || heading(words, &label)
    };
    let about = move || match &plan {
        Some((plan, difference)) => {
            format!("{} · {}", target(words, display, plan), differs(words, display, plan, *difference))
        }
        None => say!(words, store.version_unreadable).into_owned(),
    };
    let named = heading.clone();
    let of = move |action: String| {
        say!(words, start.of_plan, action = action, title = format!("{} {}", named(), when(saved)))
    };
    let [of_look, of_restore, of_name, of_remove] = [of.clone(), of.clone(), of.clone(), of];
    let restore = move |_| _ = library.listed().map(|id| library.restore_version(id, taken));
    view! {
        <li class="versions__item">
            <div class="versions__what">
                <p><b>{move || heading()}</b> " " <time class="muted">{when(saved)}</time></p>
                <p class="muted">{move || about()}</p>
            </div>
            <Show when=move || naming.get()>
                <form class="versions__row" on:submit=submit>
                    <input class="field__input" type="text" autocomplete="off" autofocus=true maxlength=MAX_NAME.to_string()
                        aria-label=text!(words, store.version_name) prop:value=move || name.get()
                        on:input:target=move |event| name.set(event.target().value())/>
                    <button type="submit" class="button">{text!(words, store.name_it)}</button>
                </form>
            </Show>
            <div class="versions__ways">
                <button type="button" class="button button--ghost" disabled=!is_sound
                    aria-label=move || of_look(say!(words, store.look).into_owned())
                    on:click=move |_| library.look_at_version(taken)>
                    {text!(words, store.look)}
                </button>
                <button type="button" class="button button--ghost" disabled=!is_sound
                    aria-label=move || of_restore(say!(words, store.restore).into_owned()) on:click=restore>
                    {text!(words, store.restore)}
                </button>
                <button type="button" class="button button--ghost"
                    aria-label=move || of_name(say!(words, store.name_it).into_owned()) on:click=move |_| naming.set(true)>
                    {text!(words, store.name_it)}
                </button>
                <button type="button" class="button button--ghost button--danger"
                    aria-label=move || of_remove(say!(words, start.remove).into_owned())
                    on:click=move |_| library.remove_version(taken)>
                    {text!(words, start.remove)}
                </button>
            </div>
        </li>
    }
}

/// Copies of the plan that nobody can read.
#[component]
fn HarmedCopies() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let count = Derived::new(move || library.harmed_copies());
    let save = move || _ = library.listed().map(|id| library.save_harmed(id));
    view! {
        <Show when=move || { 0 < count.get() }>
            <div class="versions__harmed">
                <p>{move || say!(words, store.harmed_copies, count = count.get())}</p>
                {button(Look::Plain, text!(words, store.save_harmed), save)}
                {button(Look::Danger, text!(words, store.remove_harmed), move || library.remove_harmed())}
            </div>
        </Show>
    }
}

/// Why a version was kept, or its name.
pub fn heading(words: Words, label: &Label) -> String {
    match label {
        Label::Named(name) => return name.clone(),
        Label::Automatic => say!(words, store.automatic),
        Label::Found => say!(words, store.found),
        Label::Before(Cause::Restore) => say!(words, store.before_restore),
        Label::Before(Cause::Replace) => say!(words, store.before_replace),
        Label::Sent => say!(words, store.sent),
        Label::Received => say!(words, store.received),
        Label::Before(Cause::Merge) => say!(words, store.before_merge),
        Label::Before(Cause::Import) => say!(words, store.before_import),
        Label::Before(Cause::Migration) => say!(words, store.before_migration),
    }
    .into_owned()
}

/// `2026-08-21 14:02`
pub fn when(saved: u64) -> String {
    let moment = Moment::at(saved);
    format!("{} {}", moment.date(), moment.time())
}

fn target(words: Words, display: Display, plan: &Plan) -> String {
    match plan.goal.target {
        Some(target) => say!(words, store.target, amount = amount(words, display, plan, target)).into_owned(),
        None => say!(words, store.no_target).into_owned(),
    }
}

fn amount(words: Words, display: Display, plan: &Plan, amount: Amount) -> String {
    let figures = display.figures(plan, std::iter::once(amount.units()));
    name::amount(words, plan, &figures, amount)
}

/// What was changed since.
fn differs(words: Words, display: Display, plan: &Plan, difference: Difference) -> String {
    if difference.is_none() {
        return say!(words, store.same).into_owned();
    }
    let target = difference.target.filter(|it| it.units() != 0).map(|by| {
        let sign = if 0 < by.units() { "+" } else { "" };
        let amount = amount(words, display, plan, by);
        say!(words, store.target_by, by = format!("{sign}{amount}")).into_owned()
    });
    let counted = |count: usize, said: &dyn Fn(usize) -> String| (count != 0).then(|| said(count));
    let parts = [
        target,
        counted(difference.added, &|count| say!(words, store.added, count = count).into_owned()),
        counted(difference.removed, &|count| say!(words, store.removed, count = count).into_owned()),
        counted(difference.altered, &|count| say!(words, store.altered, count = count).into_owned()),
        counted(difference.cells, &|count| say!(words, store.cells, count = count).into_owned()),
        difference.rest.then(|| say!(words, store.rest).into_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    say!(words, store.since, changes = parts.join(&say!(words, store.comma))).into_owned()
}
