//! A plan as a workbook: the tables with formulas that add up again, what was entered, what the plan is; and the workbook
//! that others fill in. Everything in it is said in the language in force.
//!
//! Refused: a formula made of anything that people named, and a number that a spreadsheet could not keep to the last unit.

mod about;
mod fill;
mod inputs;
mod table;

use crate::amount::{Amount, Numeral, Scale, plain};
use crate::edge::table::{Cell as CsvCell, write_csv};
use crate::edge::xlsx::{Book, Cell, Column, Look, Sheet, Value};
use crate::engine::{Layout, Outcome};
use crate::i18n::Words;
use crate::plan::{Dimension, Pair, Plan};
use crate::results::workbook::{Unrolled, pairs};
use crate::say;
use crate::views::name;

pub use fill::fill;

/// The workbook of a plan: its tables, the organisation's first, what was entered, and what it is. `made` is the moment at
/// which that was.
pub fn book(words: Words, plan: &Plan, outcome: &Outcome, made: &str) -> Book {
    let (mut tables, mut left_out) = (Vec::new(), Vec::new());
    for pair in pairs(plan) {
        match Unrolled::of(outcome, pair) {
            Some(it) => tables.push(table::table(words, plan, outcome, &it)),
            None => left_out.push(table::title(words, pair)),
        }
    }
    let about = about::about(words, plan, outcome, &tables, &left_out, made);
    let mut sheets: Vec<Sheet> = tables.into_iter().map(|it| it.sheet).collect();
    sheets.push(inputs::inputs(words, plan, outcome));
    sheets.push(about);
    Book { title: plan.title.clone(), amounts: amounts(plan, outcome).to_owned(), sheets }
}

/// The organisation by periods as CSV: the first sheet of the workbook, with the numbers that its formulas come to.
pub fn csv(words: Words, plan: &Plan, outcome: &Outcome) -> String {
    let pair = Pair::over_time(Dimension::Organisation);
    let Some(unrolled) = Unrolled::of(outcome, pair) else { return String::new() };
    let sheet = table::table(words, plan, outcome, &unrolled).sheet;
    let rows: Vec<Vec<CsvCell<'_>>> = sheet.rows.iter().map(|row| row.cells.iter().map(csv_cell).collect()).collect();
    write_csv(&rows)
}

fn csv_cell(cell: &Cell) -> CsvCell<'_> {
    match &cell.value {
        Value::Blank => CsvCell::Text(""),
        Value::Text(text) => CsvCell::Text(text),
        Value::Number(number) | Value::Formula(_, number) => CsvCell::Number(number),
    }
}

/// How amounts are shown: with the decimals of the unit where any amount has some.
fn amounts(plan: &Plan, outcome: &Outcome) -> &'static str {
    let decimals = plan.unit.decimals();
    let whole = 10_i64.pow(u32::from(decimals));
    let is_whole =
        outcome.tables().all(|table| (0..table.height()).all(|row| table.row(row).iter().all(|it| it % whole == 0)));
    match decimals {
        _ if is_whole => "#,##0",
        0 => "#,##0",
        1 => "#,##0.0",
        2 => "#,##0.00",
        _ => "#,##0.000",
    }
}

/// An amount as a number of the file: 12.50.
fn units(plan: &Plan, units: i64) -> String {
    plain(Amount::from_units(units), Numeral { decimals: plan.unit.decimals(), scale: Scale::One })
}

/// An amount in a cell. A spreadsheet keeps fifteen digits: no amount of a plan has more, since `Amount::MAX` is the first
/// with sixteen, and nothing that it divides is larger. A sum of what was entered may be: it is written as text.
fn number(plan: &Plan, amount: Amount, look: Look) -> Cell {
    let text = units(plan, amount.units());
    if amount.abs() <= Amount::MAX { Cell::number(text, look) } else { Cell::text(text, look) }
}

/// The unit of the plan in a head: （元）, (USD).
fn in_unit(words: Words, plan: &Plan, what: String) -> String {
    say!(words, workbook.in_unit, what = what, unit = name::unit(words, plan, Scale::One)).into_owned()
}

/// The heads of the columns that say who a row is about: a level each, and names at last.
fn path_heads(words: Words, dimension: Dimension, depth: usize) -> Vec<Cell> {
    let last = || match dimension {
        Dimension::Organisation => say!(words, workbook.who),
        _ => say!(words, workbook.name),
    };
    let level = |at: usize| match at + 1 == depth {
        true => last().into_owned(),
        false => say!(words, workbook.level, n = at + 1).into_owned(),
    };
    (0..depth).map(|at| Cell::text(level(at), Look::Head)).collect()
}

/// Who a row is about: all above it in faint letters, itself in its own column. Nothing of the whole, which stands first.
fn path_cells(
    words: Words,
    plan: &Plan,
    dimension: Dimension,
    layout: &Layout,
    position: usize,
    depth: usize,
) -> Vec<Cell> {
    let path = layout.path(position);
    let is_strong = !layout.is_leaf(position);
    let mut cells: Vec<Cell> = (path.iter().skip(1))
        .map(|at| {
            let look = match (*at == position, is_strong) {
                (false, _) => Look::Faint,
                (true, true) => Look::StrongName,
                (true, false) => Look::Name,
            };
            Cell::text(name::node(words, plan, dimension, layout.id(*at)), look)
        })
        .collect();
    if position == 0 {
        let whole = name::node(words, plan, dimension, layout.id(0));
        cells.push(Cell::text(say!(words, workbook.total_of, name = whole).into_owned(), Look::StrongName));
    }
    cells.resize(depth, Cell::default());
    cells
}

/// How deep a tree is below its whole, and at least one level: the whole needs a column, too.
fn depth_of(layout: &Layout) -> usize {
    (0..layout.len()).map(|it| layout.depth(it)).max().unwrap_or(0).max(1)
}

/// As wide as its longest text, within reason. Chinese letters are as wide as two others.
fn width(texts: &[&str]) -> Column {
    let letters = |text: &&str| text.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum::<u32>();
    Column { width: texts.iter().map(letters).max().unwrap_or(0).clamp(6, 40) + 2, ..Column::default() }
}

/// The widths of all columns of a sheet, by what stands in its first rows.
fn widths(rows: &[crate::edge::xlsx::Row]) -> Vec<Column> {
    const LOOKED_AT: usize = 400;
    let many = rows.iter().map(|it| it.cells.len()).max().unwrap_or(0);
    let text = |cell: &Cell| match &cell.value {
        Value::Blank => String::new(),
        // A head wraps at its spaces.
        Value::Text(text) if matches!(cell.look, Look::Head | Look::NumberHead) => text.chars().take(14).collect(),
        Value::Text(text) => text.clone(),
        Value::Number(_) | Value::Formula(..) if cell.look == Look::Percent => "100.00%".to_owned(),
        // Marks between thousands, and two decimals.
        Value::Number(number) | Value::Formula(_, number) => {
            let whole = number.split('.').next().unwrap_or_default().len();
            "0".repeat(whole + whole / 3 + 3)
        }
    };
    let column = |at: usize| {
        let texts: Vec<String> = rows.iter().take(LOOKED_AT).filter_map(|row| row.cells.get(at)).map(text).collect();
        width(&texts.iter().map(String::as_str).collect::<Vec<_>>())
    };
    (0..many).map(column).collect()
}
