//! Blocks of cells as Excel, WPS and Sheets put them on the clipboard: rows by line, cells by tab, and quotes around what
//! holds either. Positions are kept: an empty cell is a cell, and an empty line a row.
//!
//! A sentence that gives a number to each of some periods is a block as well: their names over their numbers.
//!
//! Refused: understanding what a cell says, and formulas; a text that a spreadsheet would run goes out behind an
//! apostrophe, as in every table that is written here.

use super::table::{Cell, MAX_BYTES, TableError, guarded};

/// The most cells that one block may have.
pub const MAX_CELLS: usize = 100_000;

/// Reads a block. A quote that is never closed is an inch mark, and the text is cut at tabs and lines alone.
pub fn read(text: &str) -> Result<Vec<Vec<String>>, TableError> {
    if MAX_BYTES < text.len() {
        return Err(TableError::TooLarge { bytes: text.len(), limit: MAX_BYTES });
    }
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").replace('\r', "\n");
    // Every spreadsheet ends the last row too.
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let rows = run_on(text).or_else(|| quoted(text));
    let rows = rows.unwrap_or_else(|| text.split('\n').map(|it| it.split('\t').map(tidy).collect()).collect());
    let cells = rows.iter().map(Vec::len).sum();
    match cells {
        0 => Err(TableError::Empty),
        _ if MAX_CELLS < cells => Err(TableError::TooManyRows { found: rows.len(), limit: MAX_CELLS / 10 }),
        _ if rows.iter().flatten().all(String::is_empty) => Err(TableError::Empty),
        _ => Ok(rows),
    }
}

/// "Q1200万、Q2300万": quarters or months, each with its number right behind it. A quarter has one digit, so that the first is
/// of 200 and not of 1200. None where anything else is said, or of one period alone.
fn run_on(text: &str) -> Option<Vec<Vec<String>>> {
    let (mut heads, mut numbers) = (Vec::new(), Vec::new());
    let mut left = text.trim();
    while !left.is_empty() {
        let (head, behind) = left.split_at(period(left)?);
        let behind = behind.trim_start_matches([' ', ':', '：', '=']);
        let (number, rest) = behind.split_at(number(behind)?);
        heads.push(head.to_uppercase());
        numbers.push(number.to_owned());
        left = rest.trim_start_matches([' ', '\n', ',', '，', '、', ';', '；', '/', '…', '。']);
    }
    (1 < heads.len()).then(|| vec![heads, numbers])
}

/// How long the name of a quarter or a month is with which a text begins.
fn period(text: &str) -> Option<usize> {
    if let Some(behind) = text.strip_prefix(['Q', 'q']) {
        return behind.starts_with(['1', '2', '3', '4']).then_some(2);
    }
    let digits = text.find(|it: char| !it.is_ascii_digit())?;
    let is_month =
        text[..digits].parse().is_ok_and(|it: u8| (1..=12).contains(&it)) && text[digits..].starts_with('月');
    is_month.then_some(digits + '月'.len_utf8())
}

/// How long the number is with which a text begins, its unit included.
fn number(text: &str) -> Option<usize> {
    let is_digit = |it: char| it.is_ascii_digit();
    let is_of_number = |(at, it): (usize, char)| {
        let behind = &text[at + it.len_utf8()..];
        is_digit(it)
            || it == '.' && behind.starts_with(is_digit)
            // Of a number it parts thousands; with fewer digits behind it, or more, it parts two numbers.
            || it == ',' && behind.find(|it| !is_digit(it)).unwrap_or(behind.len()) == 3
    };
    let end = text.char_indices().find(|it| !is_of_number(*it)).map_or(text.len(), |(at, _)| at);
    let is_of_unit = |it: char| it.is_alphabetic() && !matches!(it, 'Q' | 'q') || it == '%';
    let unit = text[end..].find(|it| !is_of_unit(it)).unwrap_or(text.len() - end);
    text.starts_with(is_digit).then_some(end + unit)
}

/// None where a quote is left open.
fn quoted(text: &str) -> Option<Vec<Vec<String>>> {
    let (mut rows, mut cell, mut is_inside) = (vec![Vec::new()], String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_inside && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if is_inside => is_inside = false,
            '"' if cell.is_empty() => is_inside = true,
            '\t' | '\n' if !is_inside => {
                rows.last_mut()?.push(tidy(&std::mem::take(&mut cell)));
                if letter == '\n' {
                    rows.push(Vec::new());
                }
            }
            _ => cell.push(letter),
        }
    }
    rows.last_mut()?.push(tidy(&cell));
    if is_inside { None } else { Some(rows) }
}

fn tidy(cell: &str) -> String {
    super::table::tidy(cell)
}

/// Writes a block as text.
pub fn write(rows: &[Vec<Cell<'_>>]) -> String {
    let cell = |it: &Cell<'_>| match it {
        Cell::Text(text) => {
            let text = guarded(text);
            let is_plain = !text.contains(['\t', '\n', '\r', '"']);
            if is_plain { text } else { format!("\"{}\"", text.replace('"', "\"\"")) }
        }
        Cell::Number(text) => (*text).to_owned(),
    };
    let row = |it: &Vec<Cell<'_>>| it.iter().map(cell).collect::<Vec<_>>().join("\t");
    rows.iter().map(row).collect::<Vec<_>>().join("\r\n")
}

/// Writes a block as a table of a page, which a spreadsheet takes with its numbers.
pub fn write_html(rows: &[Vec<Cell<'_>>]) -> String {
    let escaped = |it: &str| it.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let cell = |it: &Cell<'_>| match it {
        Cell::Text(text) => format!("<td>{}</td>", escaped(&guarded(text))),
        Cell::Number(text) => format!("<td>{}</td>", escaped(text)),
    };
    let row = |it: &Vec<Cell<'_>>| format!("<tr>{}</tr>", it.iter().map(cell).collect::<String>());
    format!("<meta charset=\"utf-8\"><table>{}</table>", rows.iter().map(row).collect::<String>())
}
