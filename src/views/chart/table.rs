//! The figures of a picture as a table: on the page as the sheet prints them, in a file to the last unit.

use leptos::prelude::*;

use super::super::name;
use super::super::parts::CollectAny;
use super::percent;
use crate::amount::{Amount, Numeral, Places, Scale, print};
use crate::edge::table as file;
use crate::i18n::Words;
use crate::plan::Plan;
use crate::results::figure::{Figures, print_percent};
use crate::say;

/// A cell. What is not known is not nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Amount(Option<i64>),
    /// An amount more or less than another.
    Change(Option<i64>),
    /// In hundredths of a percent.
    Percent(Option<i64>),
}

/// Rows of as many cells as there are heads; the first names its row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub caption: String,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    /// What the rows come to. In a file it would be counted twice.
    pub foot: Vec<Cell>,
}

impl Table {
    pub fn view(&self, figures: &Figures) -> AnyView {
        let line = |cells: &[Cell]| {
            let mut texts = cells.iter().map(|cell| shown(cell, figures));
            let first = texts.next();
            let rest = texts.map(|text| view! { <td>{text}</td> }).collect_any();
            view! { <tr><th scope="row">{first}</th>{rest}</tr> }
        };
        let heads = self.heads.iter().map(|head| view! { <th scope="col">{head.clone()}</th> }).collect_any();
        let foot = (!self.foot.is_empty()).then(|| view! { <tfoot>{line(&self.foot)}</tfoot> });
        view! {
            <caption class="chart__caption">{self.caption.clone()}</caption>
            <thead><tr>{heads}</tr></thead>
            <tbody>{self.rows.iter().map(|it| line(it)).collect_any()}</tbody>
            {foot}
        }
        .into_any()
    }

    /// For a spreadsheet: UTF-8 with its mark, no cell a formula, amounts in the plan's own unit without separators.
    pub fn csv(&self, words: Words, plan: &Plan) -> String {
        let unit = name::unit(words, plan, Scale::One);
        let is_amount = |column: usize| {
            let cell = self.rows.first().and_then(|it| it.get(column));
            matches!(cell, Some(Cell::Amount(_) | Cell::Change(_)))
        };
        let head = |(column, head): (usize, &String)| match is_amount(column) {
            true => say!(words, chart.head_unit, head = head.clone(), unit = unit.clone()).into_owned(),
            false => head.clone(),
        };
        let heads: Vec<String> = self.heads.iter().enumerate().map(head).collect();
        let rows: Vec<Vec<(bool, String)>> =
            self.rows.iter().map(|row| row.iter().map(|cell| exact(cell, plan)).collect()).collect();
        let mut lines = vec![heads.iter().map(|it| file::Cell::Text(it)).collect()];
        let cell = |(is_number, text): &'_ (bool, String)| *is_number && !text.is_empty();
        lines.extend(rows.iter().map(|row| {
            let written =
                row.iter().map(|it| if cell(it) { file::Cell::Number(&it.1) } else { file::Cell::Text(&it.1) });
            written.collect::<Vec<file::Cell<'_>>>()
        }));
        file::write_csv(&lines)
    }
}

fn shown(cell: &Cell, figures: &Figures) -> String {
    const UNKNOWN: &str = "–";
    match cell {
        Cell::Text(text) => Some(text.clone()),
        Cell::Amount(units) => units.map(|it| figures.print(Amount::from_units(it))),
        Cell::Change(units) => units.map(|it| signed(it, figures)),
        Cell::Percent(part) => part.map(percent),
    }
    .unwrap_or_else(|| UNKNOWN.to_owned())
}

/// An amount with its sign.
pub fn signed(units: i64, figures: &Figures) -> String {
    format!("{}{}", if 0 < units { "+" } else { "" }, figures.print(Amount::from_units(units)))
}

/// A cell to the last unit, and whether it is a number.
fn exact(cell: &Cell, plan: &Plan) -> (bool, String) {
    let numeral = Numeral { decimals: plan.unit.decimals(), scale: Scale::One };
    let units = |it: i64| print(Amount::from_units(it), numeral, Places::Fixed(numeral.decimals)).replace(',', "");
    match cell {
        Cell::Text(text) => (false, text.clone()),
        Cell::Amount(amount) | Cell::Change(amount) => (true, amount.map(units).unwrap_or_default()),
        Cell::Percent(part) => (true, part.map(|it| format!("{}%", print_percent(it, 2))).unwrap_or_default()),
    }
}
