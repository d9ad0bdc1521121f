//! The sheet on paper: all its rows, of which the screen draws a window, under a head that repeats on each page, with what
//! it rests on above. Made when it is printed, and gone afterwards.
//!
//! Refused: what is folded. Paper shows what the sheet shows.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::super::name;
use super::super::on_paper::on_paper;
use super::drawing::Drawing;
use super::state::SheetState;
use crate::amount::Scale;
use crate::i18n::Words;
use crate::plan::BasisKind;
use crate::results::figure::growth;
use crate::results::sheet::locks;
use crate::say;

/// So many columns are read on one page, beside names and shares.
const ACROSS: usize = 13;

#[component]
pub fn PrintedSheet() -> impl IntoView {
    let state = expect_context::<SheetState>();
    let place = NodeRef::<Div>::new();
    let take = move || {
        if let Some(place) = place.get_untracked() {
            place.set_text_content(None);
        }
    };
    let put = move || {
        take();
        let Some(place) = place.get_untracked() else { return };
        // A sheet that cannot be made is printed as it is on the screen.
        if untrack(|| write(&place, &state.drawing.get_untracked().0)).is_err() {
            take();
        }
    };
    on_paper(put, take);
    view! { <div class="printed" node_ref=place></div> }
}

type Written = Result<(), JsValue>;

fn write(place: &Element, drawing: &Drawing) -> Written {
    head(place, drawing)?;
    // Names and shares come first, and stand before each band of columns.
    let places: Vec<usize> = (2..drawing.slots.len()).collect();
    for band in places.chunks(ACROSS) {
        table(place, drawing, band)?;
    }
    Ok(())
}

/// What the numbers are, and what they rest on.
fn head(place: &Element, drawing: &Drawing) -> Written {
    let (words, plan) = (drawing.words, &drawing.plan);
    let list = added(place, "dl", "printed__head")?;
    let say = |name: String, text: String| -> Written {
        let pair = added(&list, "div", "printed__said")?;
        added(&pair, "dt", "")?.set_text_content(Some(&name));
        added(&pair, "dd", "")?.set_text_content(Some(&text));
        Ok(())
    };
    let unit = name::unit(words, plan, drawing.figures.numeral.scale);
    say(say!(words, print.unit).into_owned(), format!("{unit} · {}", exactness(words, drawing)))?;
    let total = drawing.outcome.total();
    say(say!(words, chart.target).into_owned(), name::exact_amount(words, plan, total))?;
    if let Some(before) = drawing.outcome.last_year(plan) {
        let grown = growth(total.units(), before.units()).map(|it| format!(" · {}", name::change(it)));
        let text = format!("{}{}", name::exact_amount(words, plan, before), grown.unwrap_or_default());
        say(say!(words, chart.last_year).into_owned(), text)?;
    }
    for kind in BasisKind::ALL {
        let text = plan.goal.basis.get(kind).trim().to_owned();
        if !text.is_empty() {
            say(name::basis(words, kind), text)?;
        }
    }
    if plan.goal.basis.is_empty() {
        say(say!(words, goal.basis).into_owned(), say!(words, print.no_basis).into_owned())?;
    }
    let sums = say!(words, print.sums, count = drawing.outcome.sums.checked, locks = locks(plan));
    let sums = if drawing.outcome.sums.hold() { sums } else { say!(words, print.sums_broken) };
    say(say!(words, print.checked).into_owned(), sums.into_owned())
}

fn exactness(words: Words, drawing: &Drawing) -> String {
    let is_whole = drawing.figures.numeral.scale == Scale::One && drawing.figures.exact;
    match drawing.figures.exact {
        _ if is_whole => say!(words, print.whole).into_owned(),
        true => say!(words, print.exact).into_owned(),
        false => say!(words, print.rounded).into_owned(),
    }
}

fn table(place: &Element, drawing: &Drawing, band: &[usize]) -> Written {
    let table = added(place, "table", "printed__table")?;
    let heads = added(&added(&table, "thead", "")?, "tr", "")?;
    for place in [0, 1].iter().chain(band) {
        let head = added(&heads, "th", "")?;
        head.set_attribute("scope", "col")?;
        head.set_text_content(Some(&drawing.head(*place).text));
    }
    let body = added(&table, "tbody", "")?;
    for row in drawing.rows.iter() {
        let lead = drawing.lead(*row);
        let line = added(&body, "tr", if row.is_leaf { "" } else { "printed__whole" })?;
        let name = added(&line, "th", &format!("printed__name printed__name--{}", row.depth.min(5)))?;
        name.set_attribute("scope", "row")?;
        name.set_text_content(Some(&lead.name));
        added(&line, "td", "")?.set_text_content(Some(&lead.share));
        for place in band {
            added(&line, "td", "")?.set_text_content(Some(&drawing.cell(*row, *place).text));
        }
    }
    Ok(())
}

fn added(parent: &Element, name: &str, class: &str) -> Result<Element, JsValue> {
    let element = document().create_element(name)?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    parent.append_child(&element)?;
    Ok(element)
}
