//! A column of a list: its head, and how what stands in it is read and written, whatever the lines are of.

use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::display::Display;
use super::super::finding::{refusal, unreadable};
use super::super::parts::CollectAny;
use crate::amount::{Amount, Numeral, Places, Scale, parse, parse_decimal, print};
use crate::i18n::{Text, Words, told, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Day, Edit, ItemEdit, ItemId, List, Plan};
use crate::say;
use crate::session::{Access, Session};

/// A column of a list of such things.
pub struct Column<T> {
    pub head: Text,
    pub class: &'static str,
    pub input: Input<T>,
}

/// The same, with names of the organisation that the browser offers while one types.
pub fn suggested<T>(column: Column<T>, options: Options) -> Column<T> {
    match column.input {
        Input::Own { get, set } => {
            Column { class: "lines__name", input: Input::Suggested { options, get, set }, ..column }
        }
        _ => column,
    }
}

/// What stands in a column.
pub enum Input<T> {
    Name(fn(&mut T) -> &mut String),
    Number(fn(&mut T) -> &mut Option<Decimal>),
    Amount(fn(&mut T) -> &mut Option<Amount>),
    /// An amount of one thing, in the plan's own unit, however the sheets are scaled.
    Price(fn(&mut T) -> &mut Option<Amount>),
    Day(fn(&mut T) -> &mut Option<Day>),
    Check(fn(&mut T) -> &mut bool),
    /// One of some words, each with the value that stands for it.
    Choice {
        options: Options,
        get: fn(&T) -> String,
        set: fn(&mut T, &str),
    },
    /// Written in a way of its own.
    Own {
        get: fn(Words, &Plan, &T) -> String,
        set: fn(Words, &Plan, &mut T, &str) -> Result<(), String>,
    },
    /// The same, with words to choose from.
    Suggested {
        options: Options,
        get: fn(Words, &Plan, &T) -> String,
        set: fn(Words, &Plan, &mut T, &str) -> Result<(), String>,
    },
    /// It follows from the plan.
    Shown(Figure),
}

/// What is read in a line, told anew by itself where it changes.
type Figure = Arc<dyn Fn(ItemId) -> String + Send + Sync>;

/// The words to choose from, each behind its value.
pub type Options = fn(Words, &Plan) -> Vec<(String, String)>;

pub fn name<T>(head: Text, of: fn(&mut T) -> &mut String) -> Column<T> {
    Column { head, class: "lines__name", input: Input::Name(of) }
}

pub fn number<T>(head: Text, of: fn(&mut T) -> &mut Option<Decimal>) -> Column<T> {
    Column { head, class: "lines__number", input: Input::Number(of) }
}

pub fn amount<T>(head: Text, of: fn(&mut T) -> &mut Option<Amount>) -> Column<T> {
    Column { head, class: "lines__number", input: Input::Amount(of) }
}

pub fn price<T>(head: Text, of: fn(&mut T) -> &mut Option<Amount>) -> Column<T> {
    Column { head, class: "lines__number", input: Input::Price(of) }
}

pub fn day<T>(head: Text, of: fn(&mut T) -> &mut Option<Day>) -> Column<T> {
    Column { head, class: "lines__day", input: Input::Day(of) }
}

pub fn check<T>(head: Text, of: fn(&mut T) -> &mut bool) -> Column<T> {
    Column { head, class: "lines__check", input: Input::Check(of) }
}

pub fn choice<T>(head: Text, options: Options, get: fn(&T) -> String, set: fn(&mut T, &str)) -> Column<T> {
    Column { head, class: "lines__choice", input: Input::Choice { options, get, set } }
}

pub fn own<T>(
    head: Text,
    get: fn(Words, &Plan, &T) -> String,
    set: fn(Words, &Plan, &mut T, &str) -> Result<(), String>,
) -> Column<T> {
    Column { head, class: "lines__number", input: Input::Own { get, set } }
}

pub fn shown<T>(head: Text, figure: impl Fn(ItemId) -> String + Send + Sync + 'static) -> Column<T> {
    Column { head, class: "lines__figure", input: Input::Shown(Arc::new(figure)) }
}

/// A column as it is drawn.
pub struct Drawn {
    pub head: Text,
    pub class: &'static str,
    kind: Kind,
    /// The words to choose from: one list for all lines.
    options: Option<Derived<Vec<(String, String)>>>,
    read: Read,
    write: Write,
}

enum Kind {
    Text(&'static str),
    Check,
    Choice,
    Suggested,
    Shown(Figure),
}

/// What one has to know to read and to write a figure.
#[derive(Clone, Copy)]
struct Way {
    words: Words,
    numeral: Numeral,
}

impl Way {
    fn price(self) -> Numeral {
        Numeral { scale: Scale::One, ..self.numeral }
    }
}

type Read = Arc<dyn Fn(Way, &Plan, ItemId) -> String + Send + Sync>;
type Write = Arc<dyn Fn(Way, &Plan, ItemId, &str) -> Result<Edit, String> + Send + Sync>;

/// A box that is ticked, as a text.
const TICKED: &str = "x";

impl<T: Clone + 'static> Column<T> {
    /// The head, with what amounts are counted in.
    fn headed(&self) -> Text {
        let head = Arc::clone(&self.head);
        let is_price = matches!(self.input, Input::Price(_));
        if !is_price && !matches!(self.input, Input::Amount(_)) {
            return head;
        }
        let (words, session, display) = (use_words(), expect_context::<Session>(), expect_context::<Display>());
        told(move || {
            let plan = session.plan();
            let scale = if is_price { Scale::One } else { display.scale(&plan) };
            let word = head.lock().map(|mut it| it()).unwrap_or_default();
            format!("{word} ({})", super::super::name::unit(words, &plan, scale)).into()
        })
    }

    pub(super) fn drawn(self, list: fn(&Plan) -> &List<T>, edit: fn(ItemEdit<T>) -> Edit) -> Drawn {
        let head = self.headed();
        let Column { class, input, .. } = self;
        let kind = match &input {
            Input::Name(_) => Kind::Text("text"),
            Input::Own { .. } | Input::Day(_) => Kind::Text("text"),
            Input::Suggested { .. } => Kind::Suggested,
            Input::Number(_) | Input::Amount(_) | Input::Price(_) => Kind::Text("decimal"),
            Input::Check(_) => Kind::Check,
            Input::Choice { .. } => Kind::Choice,
            Input::Shown(figure) => Kind::Shown(Arc::clone(figure)),
        };
        let (words, session) = (use_words(), expect_context::<Session>());
        let options = match &input {
            Input::Choice { options, .. } => {
                let options = *options;
                Some(Derived::new(move || options(words, &session.plan())))
            }
            // Many, and all of the organisation: another edit asks for none of them.
            Input::Suggested { options, .. } => {
                let options = *options;
                let nodes = Derived::new(move || session.plan().trees.organisation.nodes.clone());
                Some(Derived::new(move || {
                    nodes.track();
                    options(words, &session.plan_untracked())
                }))
            }
            _ => None,
        };
        let input = Arc::new(input);
        let reads = Arc::clone(&input);
        let read: Read = Arc::new(move |way, plan, id| {
            list(plan).get(id).cloned().map(|mut it| reads.read(way, plan, &mut it)).unwrap_or_default()
        });
        let write: Write = Arc::new(move |way, plan, id, text| {
            let gone = || say!(way.words, error.gone).into_owned();
            let mut item = list(plan).get(id).cloned().ok_or_else(gone)?;
            input.write(way, plan, &mut item, text.trim())?;
            Ok(edit(list(plan).put(id, item)))
        });
        Drawn { head, class, kind, options, read, write }
    }
}

impl<T> Input<T> {
    fn read(&self, way: Way, plan: &Plan, item: &mut T) -> String {
        match self {
            Input::Name(of) => of(item).clone(),
            Input::Number(of) => of(item).map(|it| it.normalize().to_string()).unwrap_or_default(),
            Input::Amount(of) => of(item).map(|it| print(it, way.numeral, Places::Exact)).unwrap_or_default(),
            Input::Price(of) => of(item).map(|it| print(it, way.price(), Places::Exact)).unwrap_or_default(),
            Input::Day(of) => of(item).map(|it| it.to_string()).unwrap_or_default(),
            Input::Check(of) => {
                if *of(item) {
                    TICKED.to_owned()
                } else {
                    String::new()
                }
            }
            Input::Choice { get, .. } => get(item),
            Input::Own { get, .. } | Input::Suggested { get, .. } => get(way.words, plan, item),
            Input::Shown(_) => String::new(),
        }
    }

    /// An empty field is no figure.
    fn write(&self, way: Way, plan: &Plan, item: &mut T, text: &str) -> Result<(), String> {
        match self {
            Input::Name(of) => *of(item) = text.to_owned(),
            Input::Number(of) => *of(item) = decimal(way.words, text)?,
            Input::Amount(of) | Input::Price(of) if text.is_empty() => *of(item) = None,
            Input::Amount(of) => {
                *of(item) = Some(parse(text, way.numeral).map_err(|it| unreadable(way.words, &it))?);
            }
            Input::Price(of) => {
                *of(item) = Some(parse(text, way.price()).map_err(|it| unreadable(way.words, &it))?);
            }
            Input::Day(of) if text.is_empty() => *of(item) = None,
            Input::Day(of) => {
                let bad = |_| say!(way.words, lines.bad_day, given = text.to_owned()).into_owned();
                *of(item) = Some(text.parse().map_err(bad)?);
            }
            Input::Check(of) => *of(item) = text == TICKED,
            Input::Choice { set, .. } => set(item, text),
            Input::Own { set, .. } | Input::Suggested { set, .. } => set(way.words, plan, item, text)?,
            Input::Shown(_) => {}
        }
        Ok(())
    }
}

/// A number, or nothing; a percent sign behind it is no matter.
pub fn decimal(words: Words, text: &str) -> Result<Option<Decimal>, String> {
    let figure = text.trim_end_matches(['%', '％']).trim();
    if figure.is_empty() {
        return Ok(None);
    }
    parse_decimal(figure).map(Some).map_err(|it| unreadable(words, &it))
}

/// What stands in the fields of a line, column by column; nothing where a figure is shown. Read at once for all of them, so
/// that an edit asks each line once and not each cell, and wakes no cell of a line that reads as before.
pub fn texts(columns: &Arc<Vec<Drawn>>, id: ItemId) -> Derived<Vec<String>> {
    let (session, way, columns) = (expect_context::<Session>(), way(), Arc::clone(columns));
    Derived::new(move || {
        let plan = session.plan();
        let way = way(&plan);
        columns.iter().map(|it| (it.read)(way, &plan, id).trim().to_owned()).collect()
    })
}

impl Drawn {
    /// The cell of a line, with what stands in it.
    pub fn cell(
        &self,
        id: ItemId,
        text: Derived<String>,
        called: Derived<String>,
        problem: Held<Option<String>>,
    ) -> AnyView {
        let words = use_words();
        let session = expect_context::<Session>();
        let is_fixed = move || session.access() == Access::Preview;
        let (way, write, self_options) = (way(), Arc::clone(&self.write), self.options);
        let is_bad = Held::new(false);
        let commit = move |typed: String| {
            let plan = session.plan_untracked();
            if typed.trim() == text.get_untracked() {
                is_bad.set(false);
                return problem.set(None);
            }
            let edit = untrack(|| write(way(&plan), &plan, id, &typed));
            let done = edit.and_then(|it| session.edit(it).map_err(|it| refusal(words, session, &it)));
            is_bad.set(done.is_err());
            problem.set(done.err());
        };
        let spoken = Arc::clone(&self.head);
        let label = move || {
            let head = spoken.lock().map(|mut it| it()).unwrap_or_default();
            format!("{head}: {}", called.get())
        };
        let class = self.class;
        let options = move || self_options.map(Derived::get).unwrap_or_default();
        let inside = match &self.kind {
            Kind::Shown(figure) => {
                let figure = Arc::clone(figure);
                view! { <span>{move || figure(id)}</span> }.into_any()
            }
            Kind::Check => view! {
                <input type="checkbox" disabled=is_fixed aria-label=label prop:checked=move || text.with(|it| it == TICKED)
                    on:change:target=move |event| commit(if event.target().checked() { TICKED } else { "" }.to_owned())/>
            }
            .into_any(),
            Kind::Choice => view! {
                <select class="field__input" disabled=is_fixed aria-label=label
                    on:change:target=move |event| commit(event.target().value())>
                    {move || {
                        options().into_iter().map(|(value, word)| {
                            let own = value.clone();
                            let is_chosen = move || text.with(|it| *it == own);
                            view! { <option value=value selected=is_chosen.clone() prop:selected=is_chosen>{word}</option> }
                        }).collect_any()
                    }}
                </select>
            }
            .into_any(),
            Kind::Suggested => view! {
                <input class="field__input" type="text" autocomplete="off" readonly=is_fixed aria-label=label list=self.list_id()
                    aria-invalid=move || is_bad.get().then_some("true") prop:value=move || text.get()
                    on:change:target=move |event| commit(event.target().value())/>
            }
            .into_any(),
            Kind::Text(mode) => view! {
                <input class="field__input" type="text" autocomplete="off" inputmode=*mode readonly=is_fixed aria-label=label
                    aria-invalid=move || is_bad.get().then_some("true") prop:value=move || text.get()
                    on:change:target=move |event| commit(event.target().value())/>
            }
            .into_any(),
        };
        view! { <td class=class>{inside}</td> }.into_any()
    }
}

impl Drawn {
    /// The list of suggestions, which all lines share.
    pub fn suggestions(&self) -> Option<AnyView> {
        let options = self.options.filter(|_| matches!(self.kind, Kind::Suggested))?;
        let option = |(value, _): (String, String)| view! { <option value=value></option> };
        Some(view! { <datalist id=self.list_id()>{move || options.get().into_iter().map(option).collect_any()}</datalist> }.into_any())
    }

    fn list_id(&self) -> &'static str {
        "lines-suggested"
    }
}

/// How figures of a plan are read and written here.
fn way() -> impl Fn(&Plan) -> Way + Copy + Send + Sync + 'static {
    let (words, display) = (use_words(), expect_context::<Display>());
    move |plan| Way { words, numeral: Numeral { decimals: plan.unit.decimals(), scale: display.scale(plan) } }
}
