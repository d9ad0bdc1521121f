//! What is to be said of how plans are kept on this machine: that some of one was recovered, that another tab writes it,
//! that none was opened, that room gets short, that it is time for a file, and what plain http lacks.

use leptos::html;
use leptos::prelude::*;

use super::super::library::{Library, Role};
use super::super::parts::{Look, Show, button};
use super::super::versions;
use crate::edge::clock;
use crate::edge::store::exported::Exported;
use crate::edge::store::{self, Note};
use crate::i18n::{Text, Words, told, use_words};
use crate::live::Held;
use crate::{say, text};

/// A banner that comes while somebody works.
const CALM: &str = "banner";

#[component]
pub fn KeptBanners() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let is_insecure = Held::new(!store::is_secure() && store::recall(Note::Told).is_none());
    let heed_insecure = move || {
        // What is not remembered is said once more.
        _ = store::remember(Note::Told, "http");
        is_insecure.set(false);
    };
    view! {
        <Show when=move || library.is_safe()>
            {said(
                "banner banner--warn",
                text!(words, store.safe_title),
                text!(words, store.safe_text),
                view! { {button(Look::Primary, text!(words, store.leave_safe), move || library.leave_safe())} }.into_any(),
            )}
        </Show>
        <Show when=move || library.earlier().is_some()>
            {said(
                "banner banner--preview",
                told(move || earlier(words, library).into()),
                text!(words, store.earlier_text),
                view! {
                    {button(Look::Primary, text!(words, store.restore_this), move || library.restore_earlier())}
                    {button(Look::Plain, text!(words, store.back_to_now), move || library.leave_earlier())}
                }
                .into_any(),
            )}
        </Show>
        <Show when=move || library.role() == Role::Reader>
            {said(
                "banner banner--preview",
                text!(words, store.reader_title),
                text!(words, store.reader_text),
                view! { {button(Look::Primary, text!(words, store.edit_here), move || library.edit_here())} }.into_any(),
            )}
        </Show>
        <Show when=move || library.healed().is_some()>
            {said(
                "banner banner--preview",
                text!(words, store.healed_title),
                told(move || healed(words, library).into()),
                view! { {button(Look::Plain, text!(words, store.understood), move || library.dismiss_healed())} }.into_any(),
            )}
        </Show>
        <Show when=move || library.crowded().is_some()>
            {said(
                "banner banner--warn",
                told(move || say!(words, store.crowded_title, percent = library.crowded().unwrap_or_default())),
                text!(words, store.crowded_text),
                view! { {button(Look::Plain, text!(words, store.understood), move || library.dismiss_crowded())} }.into_any(),
            )}
        </Show>
        <Show when=move || library.reminder().is_some()>
            {said(
                CALM,
                told(move || since(words, library.reminder().unwrap_or_default()).into()),
                told(move || say!(words, store.reminder_text, count = library.reminder().unwrap_or_default().changes)),
                view! {
                    {button(Look::Primary, text!(words, store.backup_all), move || library.save_backup())}
                    {button(Look::Plain, text!(words, store.not_now), move || library.dismiss_reminder())}
                }
                .into_any(),
            )}
        </Show>
        <Show when=move || is_insecure.get()>
            {said(
                CALM,
                text!(words, store.insecure_title),
                text!(words, store.insecure_text),
                view! { {button(Look::Plain, text!(words, store.understood), heed_insecure)} }.into_any(),
            )}
        </Show>
    }
}

fn said(class: &'static str, title: Text, sentence: Text, ways: AnyView) -> AnyView {
    let name = title.clone();
    let section = NodeRef::<html::Section>::new();
    // What says that a plan is not open or not to be changed is seen, wherever the page was; the rest waits to be come upon.
    if class != CALM {
        section.on_load(|it| it.scroll_into_view());
    }
    view! {
        <section class=class node_ref=section aria-label=name>
            <div class="banner__text" role="status">
                <p class="banner__title">{title}</p>
                <p>{sentence}</p>
            </div>
            <div class="banner__ways">{ways}</div>
        </section>
    }
    .into_any()
}

fn earlier(words: Words, library: Library) -> String {
    let Some(earlier) = library.earlier() else { return String::new() };
    let name = versions::heading(words, &earlier.label);
    say!(words, store.earlier_title, name = name, time = versions::when(earlier.saved)).into_owned()
}

fn healed(words: Words, library: Library) -> String {
    let Some(healed) = library.healed() else { return String::new() };
    let Some(later_by) = healed.later_by else { return say!(words, store.healed_all).into_owned() };
    let span = match later_by.div_ceil(1_000) {
        seconds @ ..120 => say!(words, store.seconds, count = seconds),
        seconds @ ..7_200 => say!(words, store.minutes, count = seconds / 60),
        seconds => say!(words, store.hours, count = seconds / 3_600),
    };
    say!(words, store.healed_by, span = span.into_owned()).into_owned()
}

/// When plans last left this machine.
fn since(words: Words, exported: Exported) -> String {
    match (exported.ever, exported.days(clock::now())) {
        (false, _) => say!(words, store.reminder_never),
        (true, 0) => say!(words, store.reminder_today),
        (true, days) => say!(words, store.reminder_title, days = days),
    }
    .into_owned()
}
