//! The workbook that others fill in: a row for each of them, and one for each period; nothing else in it can be typed over. By
//! what it hides, it is known again when it comes back (`edge::returned`).

use super::{amounts, depth_of, in_unit, path_cells, path_heads, units, widths};
use crate::amount::{Amount, Scale};
use crate::edge::returned::{MARKS, Told, key, marks};
use crate::edge::xlsx::{Book, Cell, Column, Look, Row, Rule, Sheet};
use crate::engine::Outcome;
use crate::i18n::Words;
use crate::plan::{Dimension, NodeId, Plan};
use crate::say;
use crate::views::name;

pub fn fill(words: Words, plan: &Plan, outcome: &Outcome) -> Book {
    let head = |told: Told| match told {
        Told::Submitted => in_unit(words, plan, say!(words, workbook.fill_submitted).into_owned()),
        Told::Actual => in_unit(words, plan, say!(words, workbook.fill_actual).into_owned()),
    };
    let heads: Vec<(Told, String)> = Told::ALL.into_iter().map(|it| (it, head(it))).collect();
    let mut sheets = vec![guide(words, plan)];
    for (told, head) in &heads {
        sheets.push(match told {
            Told::Submitted => people(words, plan, outcome, head),
            Told::Actual => periods(words, plan, outcome, head),
        });
    }
    sheets.push(hidden(&marks(plan, &heads)));
    let title = say!(words, workbook.fill_file, title = plan.title.clone()).into_owned();
    Book { title, amounts: amounts(plan, outcome).to_owned(), sheets }
}

/// What it is, and what to do.
fn guide(words: Words, plan: &Plan) -> Sheet {
    let unit = name::unit(words, plan, Scale::One);
    let lines = [
        Cell::text(plan.title.clone(), Look::Title),
        Cell::text(say!(words, workbook.guide_fill, unit = unit), Look::Prose),
        Cell::text(say!(words, workbook.guide_blank), Look::Prose),
        Cell::text(say!(words, workbook.guide_back), Look::Prose),
    ];
    let rows = lines.into_iter().map(|it| Row { level: 0, cells: vec![it] }).collect();
    let columns = vec![Column { width: 90, ..Column::default() }];
    Sheet { name: say!(words, workbook.guide).into_owned(), columns, rows, ..Sheet::default() }
}

/// Everybody below the whole: what was given, and what they say.
fn people(words: Words, plan: &Plan, outcome: &Outcome, head: &str) -> Sheet {
    let dimension = Dimension::Organisation;
    let division = outcome.division(dimension);
    let depth = depth_of(&division.layout);
    let has_tags = plan.tree(dimension).nodes.values().any(|it| !it.tag.is_empty());
    let mut heads = vec![Cell::text(Told::Submitted.mark(), Look::Faint)];
    heads.extend(path_heads(words, dimension, depth));
    if has_tags {
        heads.push(Cell::text(say!(words, workbook.tag), Look::Head));
    }
    let mut rows = Vec::new();
    for position in 1..division.layout.len() {
        let id = division.layout.id(position);
        let Some(node) = plan.node(dimension, id) else { continue };
        let mut cells = vec![Cell::text(key(id, &node.name), Look::Faint)];
        cells.extend(path_cells(words, plan, dimension, &division.layout, position, depth));
        if has_tags {
            cells.push(Cell::text(node.tag.clone(), Look::Name));
        }
        rows.push(cells);
        finish(plan, &mut rows, division.amounts[position], Told::Submitted, id);
    }
    sheet(words, plan, say!(words, workbook.fill_people).into_owned(), heads, rows, head)
}

/// The shortest periods of the year.
fn periods(words: Words, plan: &Plan, outcome: &Outcome, head: &str) -> Sheet {
    let division = outcome.division(Dimension::Time);
    let heads =
        vec![Cell::text(Told::Actual.mark(), Look::Faint), Cell::text(say!(words, workbook.period), Look::Head)];
    let mut rows = Vec::new();
    for position in (0..division.layout.len()).filter(|it| division.layout.is_leaf(*it)) {
        let id = division.layout.id(position);
        let period = name::period(words, plan, id);
        rows.push(vec![Cell::text(key(id, ""), Look::Faint), Cell::text(period, Look::Name)]);
        finish(plan, &mut rows, division.amounts[position], Told::Actual, id);
    }
    sheet(words, plan, say!(words, workbook.fill_periods).into_owned(), heads, rows, head)
}

/// What was given to the last row, and what is to be filled in.
fn finish(plan: &Plan, rows: &mut [Vec<Cell>], given: i64, told: Told, id: NodeId) {
    let Some(row) = rows.last_mut() else { return };
    row.push(Cell::number(units(plan, given), Look::Amount));
    let known: Option<Amount> = told.of(plan, id);
    row.push(known.map_or(Cell::blank(Look::Input), |it| Cell::number(units(plan, it.units()), Look::Input)));
}

fn sheet(words: Words, plan: &Plan, name: String, mut heads: Vec<Cell>, rows: Vec<Vec<Cell>>, head: &str) -> Sheet {
    let given = in_unit(words, plan, say!(words, workbook.given).into_owned());
    heads.extend([Cell::text(given, Look::NumberHead), Cell::text(head, Look::NumberHead)]);
    let column = heads.len() - 1;
    let rule = Rule {
        column,
        first: 1,
        last: rows.len(),
        title: say!(words, workbook.rule_title).into_owned(),
        sentence: say!(words, workbook.rule, unit = name::unit(words, plan, Scale::One)).into_owned(),
    };
    let rows: Vec<Row> = std::iter::once(heads).chain(rows).map(|cells| Row { level: 0, cells }).collect();
    let mut columns = widths(&rows);
    if let Some(keys) = columns.first_mut() {
        keys.is_hidden = true;
    }
    if let Some(input) = columns.last_mut() {
        input.width = input.width.max(18);
    }
    let rules = if rule.last == 0 { Vec::new() } else { vec![rule] };
    Sheet { name, columns, rows, frozen: (1, 2), is_protected: true, rules, ..Sheet::default() }
}

fn hidden(marks: &[[String; 2]]) -> Sheet {
    let row = |pair: &[String; 2]| Row {
        level: 0,
        cells: pair.iter().map(|it| Cell::text(it.clone(), Look::Name)).collect(),
    };
    Sheet { name: MARKS.to_owned(), rows: marks.iter().map(row).collect(), is_hidden: true, ..Sheet::default() }
}
