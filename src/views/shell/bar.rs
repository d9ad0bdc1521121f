//! The bar at the top: which plan, whether it is safe, undo and redo, language and theme, and sending it.

use leptos::prelude::*;

use super::super::app::Dialogs;
use super::super::command::{Command, Commands};
use super::super::display::{Display, Theme};
use super::super::library::{Library, Saved};
use super::super::notice::Notices;
use super::super::parts::{Icon, Look, Picture, Show, button, icon_button};
use super::super::route::Route;
use crate::i18n::{Locale, use_words};
use crate::session::{Access, Session};
use crate::{say, text};

/// A button of the bar without a word.
const STEP: &str = "button button--ghost button--icon";

#[component]
pub fn Bar() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let session = expect_context::<Session>();
    let dialogs = expect_context::<Dialogs>();
    let commands = expect_context::<Commands>();
    view! {
        <header class="bar">
            <a class="bar__logo" href=Route::Start.hash()>
                <Icon of=Picture::Compass/>
                <span class="bar__product">{text!(words, shell.product)}</span>
            </a>
            <Show when=move || library.is_open()>
                <span class="bar__slash muted" aria-hidden="true">"/"</span>
                <Title/>
                <SavedAt/>
            </Show>
            <span class="grow"></span>
            <Show when=move || library.is_open()>
                {icon_button(
                    STEP,
                    Picture::Undo,
                    [text!(words, shell.undo), text!(words, shell.undo_keys)],
                    move || !session.can_undo(),
                    move || commands.ask(Command::Undo),
                )}
                {icon_button(
                    STEP,
                    Picture::Redo,
                    [text!(words, shell.redo), text!(words, shell.redo_keys)],
                    move || !session.can_redo(),
                    move || commands.ask(Command::Redo),
                )}
            </Show>
            {icon_button(
                "button button--ghost button--icon bar__palette",
                Picture::Glass,
                [text!(words, command.palette), text!(words, command.palette_keys)],
                || false,
                move || commands.ask(Command::Palette),
            )}
            <ThemeSwitch/>
            <LanguageSwitch/>
            <Show when=move || library.is_open()>
                <button type="button" class="button bar__what-if" aria-pressed=move || session.is_trial().to_string()
                    on:click=move |_| commands.ask(Command::WhatIf)>
                    {text!(words, shell.what_if)}
                </button>
                {button(Look::Primary, text!(words, shell.share), move || dialogs.share.set(true))}
            </Show>
        </header>
    }
}

/// The plan's title, written over in place.
#[component]
fn Title() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let commit = move |title: String| notices.heed(session.retitle(title));
    view! {
        <input class="bar__title" type="text" autocomplete="off" aria-label=text!(words, shell.title)
            maxlength=crate::plan::check::MAX_TITLE.to_string()
            readonly=move || session.access() == Access::Preview
            prop:value=move || session.plan().title.clone()
            on:change:target=move |ev| commit(ev.target().value())/>
    }
}

#[component]
fn SavedAt() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let text = move || match library.saved() {
        Saved::Nothing => String::new(),
        Saved::At(time) => say!(words, shell.saved_at, time = time).into_owned(),
        Saved::Failed => say!(words, shell.not_saved).into_owned(),
    };
    let is_kept = move || matches!(library.saved(), Saved::At(_));
    view! {
        <span class="bar__saved" class:bad=move || library.saved() == Saved::Failed role="status">{move || text()}</span>
        <Show when=is_kept>
            <button type="button" class="button button--ghost bar__versions" aria-haspopup="dialog"
                on:click=move |_| library.list_versions_here()>
                {text!(words, store.versions)}
            </button>
        </Show>
    }
}

#[component]
fn LanguageSwitch() -> impl IntoView {
    let words = use_words();
    let display = expect_context::<Display>();
    let flip = move |_| {
        display.locale.update(|it| *it = if *it == Locale::zh { Locale::en } else { Locale::zh });
    };
    view! {
        <button class="button button--ghost" lang=move || if words.is_chinese() { "en" } else { "zh-CN" }
            aria-label=text!(words, shell.other_language_name) on:click=flip>
            {text!(words, shell.other_language)}
        </button>
    }
}

#[component]
fn ThemeSwitch() -> impl IntoView {
    let words = use_words();
    let display = expect_context::<Display>();
    let next = move |_| {
        display.theme.update(|it| {
            *it = match *it {
                Theme::Machine => Theme::Light,
                Theme::Light => Theme::Dark,
                Theme::Dark => Theme::Machine,
            };
        });
    };
    let word = move || match display.theme.get() {
        Theme::Machine => say!(words, shell.theme_machine),
        Theme::Light => say!(words, shell.theme_light),
        Theme::Dark => say!(words, shell.theme_dark),
    };
    let name = move || format!("{}: {}", say!(words, shell.theme), word());
    view! {
        <button class="button button--ghost bar__theme" aria-label=move || name() title=move || name() on:click=next>{move || word()}</button>
    }
}
