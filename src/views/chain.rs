//! The export of people, months and products at once: a file, and a notice that says what was written and how far it adds up.
//!
//! A part of the page: it is downloaded when it is first asked for (`later`). Nothing of it is on screen.

use leptos::prelude::*;

use super::app::Dialogs;
use super::fault::grouped;
use super::name;
use super::notice::{Notice, Notices};
use crate::amount::{Amount, Numeral, Places, Scale, print};
use crate::edge::{file, table};
use crate::engine::Outcome;
use crate::engine::chain::{Chain, Level, MOST, Unchained, chain};
use crate::i18n::{Words, use_words};
use crate::live::follow;
use crate::plan::{Dimension, Period, Plan};
use crate::say;
use crate::session::Session;

/// The people come first: what each of them has in each month, and of each product, holds.
const BY: [Level; 3] = [Level::leaves(Dimension::Organisation), Level::MONTHS, Level::leaves(Dimension::Product)];

/// Writes the file each time that it is asked for.
#[component]
pub fn ChainExport() -> impl IntoView {
    let words = use_words();
    let dialogs = expect_context::<Dialogs>();
    let notices = expect_context::<Notices>();
    let session = expect_context::<Session>();
    follow(move || {
        if dialogs.chain.get() {
            dialogs.chain.set(false);
            untrack(|| notices.say(export(words, &session.plan_untracked(), &session.outcome_untracked())));
        }
    });
}

fn export(words: Words, plan: &Plan, outcome: &Outcome) -> Notice {
    let chain = match chain(outcome, BY) {
        Ok(chain) => chain,
        Err(Unchained::TooMany { cells }) => return too_many(words, cells),
        Err(Unchained::Apart) => return Notice::Problem(say!(words, chain.apart).into_owned()),
    };
    let title = say!(words, chain.file, title = plan.title.clone());
    if file::download(&file::name_of(&title, "csv"), "text/csv", &csv(words, plan, outcome, &chain)) {
        Notice::Done(done(words, plan, &chain))
    } else {
        Notice::Problem(say!(words, share.file_refused).into_owned())
    }
}

fn too_many(words: Words, cells: u64) -> Notice {
    let grouped = |count: u64| grouped(usize::try_from(count).unwrap_or(usize::MAX));
    Notice::Problem(say!(words, chain.too_many, cells = grouped(cells), most = grouped(MOST)).into_owned())
}

fn done(words: Words, plan: &Plan, chain: &Chain) -> String {
    let rows = grouped(chain.len());
    match chain.worst() {
        None => say!(words, chain.done_exact, rows = rows),
        Some(off) => {
            let largest = name::exact_amount(words, plan, Amount::from_units(off.largest));
            say!(words, chain.done, rows = rows, cells = grouped(off.cells), largest = largest)
        }
    }
    .into_owned()
}

fn csv(words: Words, plan: &Plan, outcome: &Outcome, chain: &Chain) -> String {
    let heads = [
        name::dimension(words, Dimension::Organisation),
        say!(words, chain.month).into_owned(),
        name::dimension(words, Dimension::Product),
        say!(words, chain.target, unit = name::unit(words, plan, Scale::One)).into_owned(),
    ];
    let names = [0, 1, 2].map(|axis| {
        let nodes = chain.nodes[axis].iter();
        nodes.map(|at| label(words, plan, outcome, BY[axis].dimension, *at)).collect()
    });
    let numeral = Numeral { decimals: plan.unit.decimals(), scale: Scale::One };
    let places = Places::Fixed(numeral.decimals);
    let figure = |at| print(Amount::from_units(chain.get(at)), numeral, places).replace(',', "");
    table::write_cells(&heads, &names, figure)
}

/// Who or what, with all above it but the whole: two teams may each have a Li Wei. Months by their numbers, so that they
/// sort, also where a year begins in April.
fn label(words: Words, plan: &Plan, outcome: &Outcome, dimension: Dimension, at: usize) -> String {
    let layout = &outcome.division(dimension).layout;
    match plan.calendar.period(layout.id(at)) {
        Period::Month { year, month } if dimension == Dimension::Time => format!("{year}-{month:02}"),
        _ => {
            let path = layout.path(at);
            let named = path.iter().skip(usize::from(0 < at));
            named.map(|it| name::node(words, plan, dimension, layout.id(*it))).collect::<Vec<String>>().join(" / ")
        }
    }
}
