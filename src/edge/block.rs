//! Blocks of cells as Excel, WPS and Sheets put them on the clipboard: rows by line, cells by tab, and quotes around what
//! holds either. Positions are kept: an empty cell is a cell, and an empty line a row.
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
    let rows = quoted(text).unwrap_or_else(|| text.split('\n').map(|it| it.split('\t').map(tidy).collect()).collect());
    let cells = rows.iter().map(Vec::len).sum();
    match cells {
        0 => Err(TableError::Empty),
        _ if MAX_CELLS < cells => Err(TableError::TooManyRows { found: rows.len(), limit: MAX_CELLS / 10 }),
        _ if rows.iter().flatten().all(String::is_empty) => Err(TableError::Empty),
        _ => Ok(rows),
    }
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
