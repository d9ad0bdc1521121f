//! The palette: whatever can be done, and whoever is in the plan, found by a few letters of either language or of pinyin.
//!
//! A part of the page: it is downloaded when it is first asked for (`later`).

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::app::{Dialogs, Here, Wanted};
use super::chart::{Format, Hanging, Hung, Shown, Wall};
use super::command::{Command, Commands, OnSheet};
use super::finding::place;
use super::focus;
use super::library::Library;
use super::name;
use super::notice::Notices;
use super::parts::{CollectAny, Dialog};
use super::route::Route;
use crate::edge::pinyin::Initials;
use crate::engine::Subject;
use crate::i18n::{Locale, Words, use_words};
use crate::live::{Derived, Held, follow};
use crate::plan::{Dimension, NodeId, Plan};
use crate::results::find;
use crate::session::Session;
use crate::{say, text};

/// More than these nobody reads while typing.
const MOST: usize = 12;
const LIST: &str = "palette-list";
/// The button of the picture that is shown.
const PICTURES: &str = ".pictures [aria-pressed=true]";

/// Something that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Do(Command),
    /// Shows another picture of the sheet.
    Hang(Shown),
    /// Saves a picture that hangs in the page, named by its table.
    Save(&'static str, Format),
    GoTo(Dimension, NodeId),
}

/// A choice as it is found: by whatever it is called.
struct Known {
    choice: Choice,
    names: Vec<String>,
}

#[component]
pub fn Palette() -> impl IntoView {
    let words = use_words();
    let dialogs = expect_context::<Dialogs>();
    view! {
        <Dialog name="palette" is_open=dialogs.palette title=text!(words, command.palette) close=text!(words, shell.close)>
            <Search/>
        </Dialog>
    }
}

#[component]
fn Search() -> impl IntoView {
    let words = use_words();
    let dialogs = expect_context::<Dialogs>();
    let field = NodeRef::<html::Input>::new();
    let (typed, at) = (Held::new(String::new()), Held::new(0_usize));
    let known = StoredValue::new(untrack(|| known(words)));
    let found = Derived::new(move || typed.with(|typed| known.with_value(|known| best(typed, known))));
    let reader = Reader::new(words);
    let choose = move |choice: Choice| {
        dialogs.palette.set(false);
        reader.act(choice);
    };
    follow(move || {
        if let Some(field) = field.get() {
            // It is in the page and can have the keys.
            _ = field.focus();
        }
    });
    follow(move || keep_in_sight(at.get()));
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        let count = found.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => at.update(|it| *it = (*it + 1) % count.max(1)),
            "ArrowUp" => at.update(|it| *it = (*it + count.max(1) - 1) % count.max(1)),
            "Home" => at.set(0),
            "End" => at.set(count.saturating_sub(1)),
            "Enter" => {
                if let Some(choice) = found.with_untracked(|them| them.get(at.get_untracked()).copied()) {
                    choose(choice);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let option = move |(index, choice): (usize, Choice)| {
        let (word, kind, keys) = reader.says(choice);
        let is_chosen = move || at.get() == index;
        view! {
            <li class="palette__item" role="option" id=option_id(index) class:palette__item--on=is_chosen
                aria-selected=move || if is_chosen() { "true" } else { "false" }
                on:mousedown=move |event| event.prevent_default()
                on:mousemove=move |_| if !is_chosen() { at.set(index) }
                on:click=move |_| choose(choice)>
                <span class="palette__word">{word}</span>
                <span class="palette__kind muted">{kind}</span>
                <kbd class="palette__keys">{keys}</kbd>
            </li>
        }
    };
    view! {
        <input class="field__input palette__field" type="text" role="combobox" autocomplete="off" spellcheck="false"
            aria-label=text!(words, command.search) placeholder=text!(words, command.search_hint)
            aria-expanded="true" aria-controls=LIST aria-autocomplete="list"
            aria-activedescendant=move || found.with(|them| at.get() < them.len()).then(|| option_id(at.get()))
            node_ref=field
            on:input:target=move |event| { at.set(0); typed.set(event.target().value()) }
            on:keydown=on_key/>
        <ul class="palette__list" role="listbox" id=LIST aria-label=text!(words, command.palette)>
            {move || found.get().into_iter().enumerate().map(option).collect_any()}
        </ul>
        <p class="palette__none muted" role="status">
            {move || found.with(Vec::is_empty).then(|| say!(words, command.nothing, given = typed.get()))}
        </p>
    }
}

/// Scrolls the list just far enough for the option that Enter would take.
fn keep_in_sight(index: usize) {
    let element = |id: &str| document().get_element_by_id(id)?.dyn_into::<web_sys::HtmlElement>().ok();
    let (Some(list), Some(option)) = (element(LIST), element(&option_id(index))) else { return };
    let (top, bottom) =
        (option.offset_top() - list.offset_top(), option.offset_height() + option.offset_top() - list.offset_top());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if list.scroll_top() + list.client_height() < bottom {
        list.set_scroll_top(bottom - list.client_height());
    }
}

fn option_id(index: usize) -> String {
    format!("palette-{index}")
}

/// All that can be done now, and everybody in the plan.
fn known(words: Words) -> Vec<Known> {
    let library = expect_context::<Library>();
    let here = expect_context::<Here>();
    let session = expect_context::<Session>();
    let initials = Initials::new();
    let is_sheet = here.0.get_untracked().pair().is_some();
    let is_on = |command: &Command| match command {
        Command::Sheet(OnSheet::Depth(3)) => is_sheet && session.plan_untracked().calendar.weeks.is_some(),
        Command::Sheet(_) => library.is_open() && is_sheet,
        Command::Language | Command::Theme(_) | Command::Go(Route::Start) | Command::Shortcuts => true,
        Command::Go(route) => library.is_open() && route.is_offered(&session.plan_untracked()),
        Command::Undo => session.can_undo(),
        Command::Redo => session.can_redo(),
        _ => library.is_open(),
    };
    let command = |command: Command| {
        let (zh, en) = (command.word(Locale::zh), command.word(Locale::en));
        Known { choice: Choice::Do(command), names: vec![zh.to_owned(), en.to_owned(), initials.of(zh)] }
    };
    let mut known: Vec<Known> = Command::ALL.into_iter().filter(is_on).map(command).collect();
    known.extend(pictures(here.0.get_untracked(), &initials));
    if library.is_open() {
        let plan = session.plan_untracked();
        for dimension in Dimension::ALL.into_iter().filter(|it| *it != Dimension::Time) {
            known.extend(people(words, &plan, dimension, &initials));
        }
    }
    known
}

/// The pictures of the page: each that hangs as a file of each kind, and those of the sheet that may hang there instead.
fn pictures(route: Route, initials: &Initials) -> Vec<Known> {
    let spoken = |locale| Words::new(Held::new(locale), Held::new(false));
    let (zh, en) = (spoken(Locale::zh), spoken(Locale::en));
    let known = |choice: Choice, zh: String, en: String| Known { choice, names: vec![initials.of(&zh), zh, en] };
    let mut all = Vec::new();
    for picture in expect_context::<Wall>().all() {
        all.extend(Format::ALL.into_iter().map(|format| {
            let name = |words: Words| save_as(words, picture, format);
            known(Choice::Save(picture.id, format), name(zh), name(en))
        }));
    }
    let Hung(hung) = expect_context();
    let others = route.pair().into_iter().flat_map(Shown::of).filter(|it| *it != hung.get_untracked());
    all.extend(others.map(|it| known(Choice::Hang(it), show_picture(zh, it), show_picture(en, it))));
    all
}

fn save_as(words: Words, picture: Hanging, format: Format) -> String {
    say!(words, chart.save_as, name = picture.name(words), kind = format.kind()).into_owned()
}

fn show_picture(words: Words, shown: Shown) -> String {
    say!(words, command.show_picture, name = shown.word(words.locale())).into_owned()
}

fn people<'a>(
    words: Words,
    plan: &'a Plan,
    dimension: Dimension,
    initials: &'a Initials,
) -> impl Iterator<Item = Known> + 'a {
    let tree = plan.tree(dimension);
    let ids = tree.nodes.keys().filter(move |id| **id != tree.root || tree.is_divided());
    ids.map(move |id| {
        let name = name::node(words, plan, dimension, *id);
        let initials = initials.of(&name);
        Known { choice: Choice::GoTo(dimension, *id), names: vec![name, initials] }
    })
}

/// The best fits, and of those that are as good the first.
fn best(typed: &str, known: &[Known]) -> Vec<Choice> {
    let fit = |it: &Known| {
        let names: Vec<&str> = it.names.iter().map(String::as_str).collect();
        // Nothing typed: what can be done, in its own order.
        if typed.trim().is_empty() {
            return (!matches!(it.choice, Choice::GoTo(..))).then_some(0);
        }
        find::fit(typed, &names)
    };
    let mut fits: Vec<(usize, Choice)> = known.iter().filter_map(|it| Some((fit(it)?, it.choice))).collect();
    fits.sort_by_key(|(fit, _)| *fit);
    let most = if typed.trim().is_empty() { usize::MAX } else { MOST };
    fits.into_iter().take(most).map(|(_, choice)| choice).collect()
}

/// Who says what a choice is, and does it.
#[derive(Clone, Copy)]
struct Reader {
    words: Words,
    session: Session,
    notices: Notices,
    commands: Commands,
    here: Here,
    wall: Wall,
    hung: Hung,
    wanted: Wanted,
}

impl Reader {
    fn new(words: Words) -> Reader {
        Reader {
            words,
            session: expect_context(),
            notices: expect_context(),
            commands: expect_context(),
            here: expect_context(),
            wall: expect_context(),
            hung: expect_context(),
            wanted: expect_context(),
        }
    }

    /// What it is called, what kind of thing it is, and the keys that stand for it.
    fn says(self, choice: Choice) -> (String, String, &'static str) {
        match choice {
            Choice::Do(command @ Command::Go(_)) => {
                let kind = say!(self.words, command.kind_page).into_owned();
                (command.word(self.words.locale()).to_owned(), kind, "")
            }
            Choice::Do(command) => (command.word(self.words.locale()).to_owned(), String::new(), command.keys()),
            Choice::Hang(shown) => (show_picture(self.words, shown), String::new(), ""),
            Choice::Save(id, format) => {
                let name = self.hanging(id).map(|it| save_as(self.words, it, format));
                (name.unwrap_or_default(), String::new(), "")
            }
            Choice::GoTo(dimension, id) => {
                let name = name::node(self.words, &self.session.plan(), dimension, id);
                (name, name::dimension(self.words, dimension), "")
            }
        }
    }

    fn hanging(self, id: &str) -> Option<Hanging> {
        self.wall.all().into_iter().find(|it| it.id == id)
    }

    fn act(self, choice: Choice) {
        match choice {
            Choice::Do(command) => self.commands.ask(command),
            Choice::Hang(shown) => {
                self.hung.0.set(shown);
                focus::on(PICTURES);
            }
            Choice::Save(id, format) => {
                if let Some(it) = self.hanging(id) {
                    (it.save)(self.words, self.notices, it.story, format);
                }
            }
            Choice::GoTo(dimension, id) => {
                let subject = Subject::Node(dimension, id);
                self.wanted.0.set(place(&self.session.plan_untracked(), subject));
                self.here.go(Route::of(subject));
            }
        }
    }
}
