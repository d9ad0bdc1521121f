//! What is said of a cell inside a table: its part of its row before the table is fitted, and what bounds it.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::finding::{refusal, unreadable};
use super::super::name;
use super::field::{Entry, numeral};
use crate::amount::{Numeral, ParseAmountError, Places, parse, parse_decimal, print};
use crate::i18n::{Words, use_words};
use crate::live::Derived;
use crate::plan::{At, Cell, Edit};
use crate::session::Session;
use crate::{say, text};

/// The fields of a cell.
#[component]
pub fn CellForm(at: At) -> impl IntoView {
    let words = use_words();
    let cell = expect_context::<Session>().plan_untracked().cells.get(at);
    let is_said = Kind::ALL.iter().any(|it| it.is_said(&cell));
    view! {
        <details class="inspector__more" open=is_said>
            <summary>{text!(words, inspector.cell)}</summary>
            <div class="inspector__fields">
                <CellField at kind=Kind::Percent/>
                <CellField at kind=Kind::Floor/>
                <CellField at kind=Kind::Cap/>
                <CellField at kind=Kind::Increment/>
            </div>
        </details>
    }
}

/// One of a cell's fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Percent,
    Floor,
    Cap,
    Increment,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Percent, Kind::Floor, Kind::Cap, Kind::Increment];

    fn is_said(self, cell: &Cell) -> bool {
        match self {
            Kind::Percent => cell.percent.is_some(),
            Kind::Floor => cell.floor.is_some(),
            Kind::Cap => cell.cap.is_some(),
            Kind::Increment => cell.increment.is_some(),
        }
    }

    fn word(self, words: Words) -> String {
        match self {
            Kind::Percent => say!(words, inspector.field_cell_percent),
            Kind::Floor => say!(words, inspector.field_floor),
            Kind::Cap => say!(words, inspector.field_cap),
            Kind::Increment => say!(words, inspector.field_increment),
        }
        .into_owned()
    }

    fn text(self, cell: &Cell, numeral: Numeral) -> String {
        let amount = match self {
            Kind::Percent => return cell.percent.map(|it| it.normalize().to_string()).unwrap_or_default(),
            Kind::Floor => cell.floor,
            Kind::Cap => cell.cap,
            Kind::Increment => cell.increment,
        };
        amount.map(|it| print(it, numeral, Places::Exact)).unwrap_or_default()
    }

    /// The cell with what was typed. A blank is nothing entered.
    fn read(self, cell: Cell, text: &str, numeral: Numeral) -> Result<Cell, ParseAmountError> {
        let text = text.trim();
        let figure = || if text.is_empty() { Ok(None) } else { parse(text, numeral).map(Some) };
        Ok(match self {
            Kind::Percent if text.is_empty() => Cell { percent: None, ..cell },
            Kind::Percent => Cell { percent: Some(parse_decimal(text.trim_end_matches(['%', '％']))?), ..cell },
            Kind::Floor => Cell { floor: figure()?, ..cell },
            Kind::Cap => Cell { cap: figure()?, ..cell },
            Kind::Increment => Cell { increment: figure()?, ..cell },
        })
    }
}

#[component]
fn CellField(at: At, kind: Kind) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let text = Derived::new(move || {
        let plan = session.plan();
        kind.text(&plan.cells.get(at), numeral(&plan, display))
    });
    let label = Derived::new(move || {
        let plan = session.plan();
        match kind {
            Kind::Percent => kind.word(words),
            _ => format!("{} ({})", kind.word(words), name::unit(words, &plan, display.scale(&plan))),
        }
    });
    let commit = Callback::new(move |typed: String| {
        let plan = session.plan_untracked();
        let numeral = untrack(|| numeral(&plan, display));
        let cell = kind.read(plan.cells.get(at), &typed, numeral).map_err(|it| unreadable(words, &it))?;
        session.edit(Edit::Cell { at, cell }).map_err(|refused| refusal(words, session, &refused))
    });
    let id = format!("cell-{}-{}-{kind:?}", at.row.0, at.column.0);
    view! { <Entry id label text commit lines=None/> }
}
