//! Everything that can be done by name: what the palette lists, what keys stand for, and who does it.
//!
//! Whoever can do a command follows [`Commands`] and takes it; what speaks of a sheet is done by the sheet that is shown.

use leptos::prelude::*;
use leptos_i18n::td_string;

use super::app::{Dialogs, Here};
use super::display::{Display, Theme};
use super::later::{self, by_hand};
use super::library::Library;
use super::notice::{Notice, Notices};
use super::on_paper;
use super::route::Route;
use super::share::Kind;
use crate::engine::breakback::Above;
use crate::i18n::{Locale, Words};
use crate::live::{Held, follow};
use crate::plan::{Dimension, Pair};
use crate::results::show::Show;
use crate::say;
use crate::session::Session;

/// One thing that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Go(Route),
    /// Begins to try out, or goes back to the base.
    WhatIf,
    Undo,
    Redo,
    Share,
    SaveFile,
    /// The same as a table, or as a workbook.
    SaveAs(Kind),
    Versions,
    Backup,
    Import,
    ExportChain,
    Theme(Theme),
    Language,
    Exact,
    Meeting,
    Nameless,
    Print,
    Palette,
    Shortcuts,
    Sheet(OnSheet),
}

/// What is done on the sheet that is shown, to its chosen row or cell, or to how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnSheet {
    AddBelow,
    AddBeside,
    Rename,
    Lock,
    Clear,
    Up,
    Down,
    Out,
    In,
    Remove,
    Show(Show),
    /// Columns down to this depth.
    Depth(usize),
    Above(Above),
}

impl Command {
    /// In the order in which the palette lists them where nothing is searched for.
    pub const ALL: [Command; 63] = [
        Command::Sheet(OnSheet::Lock),
        Command::Sheet(OnSheet::Clear),
        Command::Sheet(OnSheet::AddBelow),
        Command::Sheet(OnSheet::AddBeside),
        Command::Sheet(OnSheet::Rename),
        Command::Sheet(OnSheet::Remove),
        Command::Sheet(OnSheet::Up),
        Command::Sheet(OnSheet::Down),
        Command::Sheet(OnSheet::Out),
        Command::Sheet(OnSheet::In),
        Command::Sheet(OnSheet::Show(Show::Amount)),
        Command::Sheet(OnSheet::Show(Show::Share)),
        Command::Sheet(OnSheet::Show(Show::Growth)),
        Command::Sheet(OnSheet::Show(Show::ShareOfTotal)),
        Command::Sheet(OnSheet::Show(Show::Capacity)),
        Command::Sheet(OnSheet::Show(Show::PerHead)),
        Command::Sheet(OnSheet::Show(Show::Change)),
        Command::Sheet(OnSheet::Depth(0)),
        Command::Sheet(OnSheet::Depth(1)),
        Command::Sheet(OnSheet::Depth(2)),
        Command::Sheet(OnSheet::Depth(3)),
        Command::Sheet(OnSheet::Above(Above::Hold)),
        Command::Sheet(OnSheet::Above(Above::RollUp)),
        Command::Undo,
        Command::Redo,
        Command::Share,
        Command::SaveFile,
        Command::SaveAs(Kind::Workbook),
        Command::SaveAs(Kind::Table),
        Command::SaveAs(Kind::Fill),
        Command::Versions,
        Command::Backup,
        Command::Import,
        Command::ExportChain,
        Command::Exact,
        Command::Go(Route::Start),
        Command::Go(Route::Goal),
        Command::Go(Route::Calendar),
        Command::Go(Route::Capacity),
        Command::Go(Route::Funnel),
        Command::Go(Route::Gate),
        Command::Go(Route::Chance),
        Command::Go(Route::Scenarios),
        Command::WhatIf,
        Command::Go(Route::Sheet(Dimension::Organisation)),
        Command::Go(Route::Sheet(Dimension::Product)),
        Command::Go(Route::Sheet(Dimension::Customer)),
        Command::Go(Route::Sheet(Dimension::Channel)),
        Command::Go(Route::Cross(Pair::CROSSED[0])),
        Command::Go(Route::Cross(Pair::CROSSED[1])),
        Command::Go(Route::Cross(Pair::CROSSED[2])),
        Command::Go(Route::Cross(Pair::CROSSED[3])),
        Command::Go(Route::Cross(Pair::CROSSED[4])),
        Command::Go(Route::Cross(Pair::CROSSED[5])),
        Command::Go(Route::Agree),
        Command::Meeting,
        Command::Nameless,
        Command::Print,
        Command::Language,
        Command::Theme(Theme::Machine),
        Command::Theme(Theme::Light),
        Command::Theme(Theme::Dark),
        Command::Shortcuts,
    ];

    /// What it is called in a language, whichever is in force: people search in either.
    pub fn word(self, locale: Locale) -> &'static str {
        match self {
            Command::Go(route) => route.word(locale),
            Command::WhatIf => td_string!(locale, shell.what_if),
            Command::Undo => td_string!(locale, shell.undo),
            Command::Redo => td_string!(locale, shell.redo),
            Command::Share => td_string!(locale, shell.share),
            Command::SaveFile | Command::SaveAs(Kind::Plan) => td_string!(locale, share.save_file),
            Command::SaveAs(Kind::Workbook) => td_string!(locale, command.save_workbook),
            Command::SaveAs(Kind::Table) => td_string!(locale, command.save_table),
            Command::SaveAs(Kind::Fill) => td_string!(locale, command.save_fill),
            Command::Versions => td_string!(locale, store.versions),
            Command::Backup => td_string!(locale, store.backup_all),
            Command::Import => td_string!(locale, sheet.paste),
            Command::ExportChain => td_string!(locale, chain.export),
            Command::Theme(Theme::Machine) => td_string!(locale, command.theme_machine),
            Command::Theme(Theme::Light) => td_string!(locale, command.theme_light),
            Command::Theme(Theme::Dark) => td_string!(locale, command.theme_dark),
            Command::Language => td_string!(locale, command.language),
            Command::Exact => td_string!(locale, command.exact),
            Command::Meeting => td_string!(locale, command.meeting),
            Command::Nameless => td_string!(locale, command.nameless),
            Command::Print => td_string!(locale, command.print),
            Command::Palette => td_string!(locale, command.palette),
            Command::Shortcuts => td_string!(locale, command.shortcuts),
            Command::Sheet(OnSheet::AddBelow) => td_string!(locale, command.add_below),
            Command::Sheet(OnSheet::AddBeside) => td_string!(locale, command.add_beside),
            Command::Sheet(OnSheet::Rename) => td_string!(locale, sheet.rename),
            Command::Sheet(OnSheet::Lock) => td_string!(locale, sheet.lock),
            Command::Sheet(OnSheet::Clear) => td_string!(locale, command.clear),
            Command::Sheet(OnSheet::Up) => td_string!(locale, sheet.move_up),
            Command::Sheet(OnSheet::Down) => td_string!(locale, sheet.move_down),
            Command::Sheet(OnSheet::Out) => td_string!(locale, command.move_out),
            Command::Sheet(OnSheet::In) => td_string!(locale, command.move_in),
            Command::Sheet(OnSheet::Remove) => td_string!(locale, command.remove),
            Command::Sheet(OnSheet::Show(Show::Amount)) => td_string!(locale, command.show_amount),
            Command::Sheet(OnSheet::Show(Show::Share)) => td_string!(locale, command.show_share),
            Command::Sheet(OnSheet::Show(Show::Growth)) => td_string!(locale, command.show_growth),
            Command::Sheet(OnSheet::Show(Show::ShareOfTotal)) => td_string!(locale, command.show_of_total),
            Command::Sheet(OnSheet::Show(Show::Capacity)) => td_string!(locale, command.show_capacity),
            Command::Sheet(OnSheet::Show(Show::PerHead)) => td_string!(locale, command.show_per_head),
            Command::Sheet(OnSheet::Show(Show::Change)) => td_string!(locale, command.show_change),
            Command::Sheet(OnSheet::Depth(0)) => td_string!(locale, command.depth_whole),
            Command::Sheet(OnSheet::Depth(1)) => td_string!(locale, command.depth_quarters),
            Command::Sheet(OnSheet::Depth(2)) => td_string!(locale, command.depth_months),
            Command::Sheet(OnSheet::Depth(_)) => td_string!(locale, command.depth_weeks),
            Command::Sheet(OnSheet::Above(Above::Hold)) => td_string!(locale, command.above_hold),
            Command::Sheet(OnSheet::Above(Above::RollUp)) => td_string!(locale, command.above_roll),
        }
    }

    /// What it is on a sheet, if it is anything there.
    pub fn on_sheet(self) -> Option<OnSheet> {
        match self {
            Command::Sheet(on) => Some(on),
            _ => None,
        }
    }

    /// The keys that stand for it anywhere, as they are written on a keyboard.
    pub fn keys(self) -> &'static str {
        match self {
            Command::Undo => "Ctrl+Z",
            Command::Redo => "Ctrl+Y",
            Command::Palette => "Ctrl+K",
            Command::Shortcuts => "?",
            Command::Meeting => "F9",
            Command::Print => "Ctrl+P",
            Command::Sheet(OnSheet::Lock) => "L",
            Command::Sheet(OnSheet::Clear) => "Delete",
            Command::Sheet(OnSheet::Rename) => "F2",
            _ => "",
        }
    }
}

/// What somebody asked for, until somebody does it.
#[derive(Clone, Copy)]
pub struct Commands(pub Held<Option<Command>>);

impl Commands {
    pub fn ask(self, command: Command) {
        self.0.set(Some(command));
    }

    /// Does of what is asked what `takes` has a use for.
    pub fn take<T>(self, takes: impl Fn(Command) -> Option<T> + 'static, act: impl Fn(T) + 'static) {
        follow(move || {
            if let Some(taken) = self.0.get().and_then(&takes) {
                self.0.set(None);
                untrack(|| act(taken));
            }
        });
    }
}

/// Does what needs no page of its own, and hears the keys that stand for commands anywhere.
pub fn serve(commands: Commands) {
    let session = expect_context::<Session>();
    let library = expect_context::<Library>();
    let (here, dialogs) = (expect_context::<Here>(), expect_context::<Dialogs>());
    let (display, notices) = (expect_context::<Display>(), expect_context::<Notices>());
    let words = expect_context::<Words>();
    let general = |command: Command| Some(command).filter(|it| !matches!(it, Command::Sheet(_)));
    commands.take(general, move |command| match command {
        Command::Go(route) => here.go(route),
        Command::WhatIf if session.is_trial() => by_hand(words, notices, move |hands| (hands.leave)(session)),
        Command::WhatIf if library.is_open() => {
            by_hand(words, notices, move |hands| (hands.begin)(session));
            if here.0.get_untracked() == Route::Start {
                here.go(Route::Scenarios);
            }
        }
        Command::WhatIf => {}
        Command::Undo => by_hand(words, notices, move |hands| (hands.undo)(session)),
        Command::Redo => by_hand(words, notices, move |hands| (hands.redo)(session)),
        Command::Share => dialogs.share.set(library.is_open()),
        Command::SaveFile => {
            if library.is_open() && !library.save_file() {
                notices.say(Notice::Problem(say!(words, share.file_refused).into_owned()));
            }
        }
        Command::SaveAs(kind) if library.is_open() => later::save_whole(words, notices, session, kind),
        Command::SaveAs(_) => {}
        Command::Versions => library.list_versions_here(),
        Command::Backup => {
            library.save_backup();
        }
        Command::Import => dialogs.import.set(library.is_open()),
        Command::ExportChain => dialogs.chain.set(library.is_open()),
        Command::Theme(theme) => display.theme.set(theme),
        Command::Language => display.locale.update(|it| *it = other(*it)),
        Command::Exact => display.exact.update(|it| *it = !*it),
        Command::Meeting => display.meet(!display.meeting.get_untracked()),
        Command::Nameless => display.nameless.update(|it| *it = !*it),
        Command::Print => on_paper::print(),
        Command::Palette => dialogs.palette.set(true),
        Command::Shortcuts => dialogs.shortcuts.set(true),
        Command::Sheet(_) => {}
    });
    keys(commands, display);
}

fn other(locale: Locale) -> Locale {
    if locale == Locale::zh { Locale::en } else { Locale::zh }
}

/// Anywhere but in a text that is being written, which has its own way back; the palette and the meeting anywhere at all.
fn keys(commands: Commands, display: Display) {
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let target = event_target::<web_sys::Element>(&event);
        let is_inside = |selector: &str| target.closest(selector).ok().flatten().is_some();
        let writing = is_inside("input:not([type=range]), textarea, select, [contenteditable]");
        // The field that takes the keys of a sheet writes nothing until a cell is typed in.
        let resting = is_inside(".sheet__entry:not(.sheet__entry--open)");
        let with_control = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
        let alone = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let command = match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
            ("k", false) if with_control => Command::Palette,
            ("f9", _) if alone => Command::Meeting,
            ("escape", _)
                if alone && display.meeting.get_untracked() && (!writing || resting) && !is_inside("dialog") =>
            {
                Command::Meeting
            }
            ("z", false) if with_control && !writing => Command::Undo,
            ("y", false) | ("z", true) if with_control && !writing => Command::Redo,
            ("?" | "？", _) if alone && (!writing || resting) => Command::Shortcuts,
            _ => return,
        };
        event.prevent_default();
        commands.ask(command);
    };
    let handle = window_event_listener(leptos::ev::keydown, on_key);
    on_cleanup(move || handle.remove());
}
