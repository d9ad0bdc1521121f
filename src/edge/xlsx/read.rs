//! A workbook from bytes: the names of its sheets, and what stands in the cells of one of them, as text.
//!
//! Numbers come as Excel shows them in full, with fifteen digits, percentages with their sign, days as `2027-01-31`; of a
//! formula its last value. Refused, before it is believed: what is no workbook, one that unpacks to more than it may, more
//! rows than a table may have, and a cell at an address that no sheet has.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use time::{Date, Duration, Month};

use super::write::column_name;
use super::xml::{Attributes, Token, tokens};
use super::zip::{Archive, ZipError};
use crate::edge::block;
use crate::edge::table::{Cell, MAX_BYTES, MAX_COLUMNS, MAX_ROWS};

/// The rows of a table, and the one that names its columns.
const HEAD: usize = 1;
/// Columns beyond these are no table of names and numbers.
const MAX_GRID_COLUMNS: usize = MAX_COLUMNS;
/// The last row and column that a sheet has.
const LAST: (usize, usize) = (1_048_576, 16_384);
/// A number has so many digits in Excel.
const DIGITS: u32 = 15;

/// Why a workbook is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkbookError {
    TooLarge {
        bytes: usize,
        limit: usize,
    },
    /// A workbook of before 2007 (.xls), or one behind a password: both come in the same wrapping.
    OldOrLocked,
    /// A zip of something else: another program's document, or some files.
    NotAWorkbook,
    /// It was cut or altered.
    Damaged,
    /// It unpacks to more than a workbook may.
    Bomb,
    TooManyRows {
        found: usize,
        limit: usize,
    },
    TooManyColumns {
        found: usize,
        limit: usize,
    },
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes, limit } => write!(f, "{bytes} bytes given, at most {limit} allowed"),
            Self::OldOrLocked => write!(f, "this is an .xls workbook, or one behind a password"),
            Self::NotAWorkbook => write!(f, "this is no workbook"),
            Self::Damaged => write!(f, "the workbook was cut or altered"),
            Self::Bomb => write!(f, "the workbook unpacks to more than it may"),
            Self::TooManyRows { found, limit } => write!(f, "{found} rows given, at most {limit} allowed"),
            Self::TooManyColumns { found, limit } => write!(f, "{found} columns given, at most {limit} allowed"),
        }
    }
}

impl std::error::Error for WorkbookError {}

impl From<ZipError> for WorkbookError {
    fn from(error: ZipError) -> WorkbookError {
        match error {
            ZipError::Damaged => WorkbookError::Damaged,
            ZipError::Bomb => WorkbookError::Bomb,
        }
    }
}

const ZIP: [u8; 4] = [b'P', b'K', 3, 4];
const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Whether bytes want to be a workbook, by how they begin.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(&ZIP) || bytes.starts_with(&OLE)
}

/// A workbook whose sheets are read when they are asked for.
#[derive(Debug)]
pub struct Workbook {
    archive: Archive,
    sheets: Vec<Listed>,
    strings: Vec<String>,
    styles: Vec<Format>,
    counts_from_1904: bool,
}

#[derive(Clone, Debug)]
struct Listed {
    name: String,
    entry: String,
    is_hidden: bool,
}

/// What a number in a cell is, by how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Number,
    Percent,
    Day,
}

impl Workbook {
    pub fn open(bytes: Vec<u8>) -> Result<Workbook, WorkbookError> {
        if MAX_BYTES < bytes.len() {
            return Err(WorkbookError::TooLarge { bytes: bytes.len(), limit: MAX_BYTES });
        }
        if bytes.starts_with(&OLE) {
            return Err(WorkbookError::OldOrLocked);
        }
        if !bytes.starts_with(&ZIP) {
            return Err(WorkbookError::NotAWorkbook);
        }
        let archive = Archive::open(bytes)?;
        let root =
            text_of(&archive, "_rels/.rels")?.and_then(|it| target(&it, |kind, _| kind.ends_with("/officeDocument")));
        let main = root.map_or("xl/workbook.xml".to_owned(), |it| entry_of("", &it));
        let Some(book) = text_of(&archive, &main)? else { return Err(WorkbookError::NotAWorkbook) };
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let relations = text_of(&archive, &format!("{folder}/_rels/{file}.rels"))?.unwrap_or_default();
        let of_kind =
            |ending: &str| target(&relations, |kind, _| kind.ends_with(ending)).map(|it| entry_of(folder, &it));
        let optional = |entry: Option<String>| match entry {
            Some(entry) => text_of(&archive, &entry).map(Option::unwrap_or_default),
            None => Ok(String::new()),
        };
        let strings = strings(&optional(of_kind("/sharedStrings"))?);
        let styles = styles(&optional(of_kind("/styles"))?);
        let (listed, counts_from_1904) = listed(&book);
        let with_entry = |(name, id, is_hidden): (String, String, bool)| {
            // A sheet of a chart alone has no cells.
            let entry = target(&relations, |kind, it| it == id && kind.ends_with("/worksheet"))?;
            Some(Listed { name, entry: entry_of(folder, &entry), is_hidden })
        };
        let sheets: Vec<Listed> = listed.into_iter().filter_map(with_entry).collect();
        if sheets.is_empty() {
            return Err(WorkbookError::NotAWorkbook);
        }
        Ok(Workbook { archive, sheets, strings, styles, counts_from_1904 })
    }

    /// The sheets by name, and whether each is in sight.
    pub fn sheets(&self) -> impl Iterator<Item = (&str, bool)> {
        self.sheets.iter().map(|it| (it.name.as_str(), !it.is_hidden))
    }

    pub fn find(&self, name: &str) -> Option<usize> {
        self.sheets.iter().position(|it| it.name == name)
    }

    /// What stands in a sheet, if that is no more than a table may have.
    pub fn read(&self, sheet: usize) -> Result<Grid, WorkbookError> {
        self.read_up_to(sheet, MAX_ROWS)
    }

    /// The same, of a sheet that may have so many rows below its head.
    pub fn read_up_to(&self, sheet: usize, rows: usize) -> Result<Grid, WorkbookError> {
        let Some(listed) = self.sheets.get(sheet) else { return Ok(Grid::default()) };
        let text = text_of(&self.archive, &listed.entry)?.ok_or(WorkbookError::Damaged)?;
        self.grid(&text, rows)
    }

    fn grid(&self, text: &str, most: usize) -> Result<Grid, WorkbookError> {
        let mut grid = Grid::default();
        let (mut row, mut column) = (0, 0);
        let mut cell = Reading::default();
        let mut last = "";
        for token in tokens(text) {
            match token {
                Token::Open { name: "row", attributes, .. } => {
                    row = number_of(attributes, "r").unwrap_or(row + 1);
                    column = 0;
                }
                Token::Open { name: "c", attributes, is_closed } => {
                    let at = attributes.get("r").and_then(|it| place(&it)).unwrap_or((row, column + 1));
                    (row, column) = at;
                    if LAST.0 < row || LAST.1 < column || row == 0 {
                        return Err(WorkbookError::Damaged);
                    }
                    let kind = attributes.get("t").map(|it| it.into_owned()).unwrap_or_default();
                    cell = Reading { kind, style: number_of(attributes, "s").unwrap_or(0), ..Reading::default() };
                    if is_closed {
                        cell = Reading::default();
                    }
                }
                Token::Open { name, is_closed, .. } => {
                    cell.is_aside |= name == "rPh";
                    last = if is_closed { "" } else { name };
                }
                Token::Text(text) if last == "v" || last == "t" && !cell.is_aside => cell.text.push_str(&text),
                Token::Text(_) => {}
                Token::Close("c") => {
                    let text = self.shown(&std::mem::take(&mut cell));
                    if !text.trim().is_empty() {
                        grid.put(row, column, text, most)?;
                    }
                    last = "";
                }
                Token::Close("rPh") => cell.is_aside = false,
                Token::Close(_) => last = "",
            }
        }
        Ok(grid)
    }

    /// What a cell says.
    fn shown(&self, cell: &Reading) -> String {
        let text = cell.text.as_str();
        match cell.kind.as_str() {
            "s" => text.trim().parse().ok().and_then(|it: usize| self.strings.get(it)).cloned().unwrap_or_default(),
            "inlineStr" | "str" => decoded(text),
            "b" => if text.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "e" => text.to_owned(),
            "d" => text.split('T').next().unwrap_or_default().to_owned(),
            _ => {
                let format = self.styles.get(cell.style).copied().unwrap_or(Format::Number);
                number(text.trim(), format, self.counts_from_1904)
            }
        }
    }
}

/// A cell on the way.
#[derive(Default)]
struct Reading {
    kind: String,
    style: usize,
    text: String,
    /// What follows is how a text is spoken, not what it says.
    is_aside: bool,
}

/// The cells of a sheet that say something, by row and column counted from 1, as the sheet counts them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid(BTreeMap<usize, BTreeMap<usize, String>>);

impl Grid {
    fn put(&mut self, row: usize, column: usize, text: String, most: usize) -> Result<(), WorkbookError> {
        self.0.entry(row).or_default().insert(column, text);
        if most + HEAD < self.0.len() {
            return Err(WorkbookError::TooManyRows { found: self.0.len(), limit: most });
        }
        if MAX_GRID_COLUMNS < self.0.get(&row).map_or(0, BTreeMap::len) {
            return Err(WorkbookError::TooManyColumns { found: column, limit: MAX_COLUMNS });
        }
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, row: usize, column: usize) -> &str {
        self.0.get(&row).and_then(|it| it.get(&column)).map_or("", String::as_str)
    }

    /// The rows that say anything.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.keys().copied()
    }

    /// The columns of a row that say anything.
    pub fn columns_of(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        self.0.get(&row).into_iter().flat_map(|it| it.keys().copied())
    }

    /// The sheet as a spreadsheet would put it on the clipboard. Its lines are the sheet's rows.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = 1;
        for (row, cells) in &self.0 {
            text.push_str(&"\n".repeat(row - line));
            line = *row;
            let last = cells.keys().next_back().copied().unwrap_or(0);
            let one_line = |column: usize| cells.get(&column).map_or(String::new(), |it| it.replace(['\n', '\r'], " "));
            let texts: Vec<String> = (1..=last).map(one_line).collect();
            text.push_str(&block::write(&[texts.iter().map(|it| Cell::Text(it)).collect()]));
        }
        text
    }
}

/// A cell as people name it.
pub fn named(row: usize, column: usize) -> String {
    format!("{}{row}", column_name(column.saturating_sub(1)))
}

// ---- The parts of the file ----

fn text_of(archive: &Archive, entry: &str) -> Result<Option<String>, WorkbookError> {
    let Some(bytes) = archive.read(entry) else { return Ok(None) };
    String::from_utf8(bytes?).map(Some).map_err(|_| WorkbookError::Damaged)
}

/// Where the first relation that is wanted points to, by its kind and its id. One that leads out of the file is none.
fn target(relations: &str, is_wanted: impl Fn(&str, &str) -> bool) -> Option<String> {
    tokens(relations).find_map(|token| match token {
        Token::Open { name: "Relationship", attributes, .. } => {
            let is_outside = attributes.get("TargetMode").is_some_and(|it| it.eq_ignore_ascii_case("external"));
            let (kind, id) = (attributes.get("Type")?, attributes.get("Id")?);
            (!is_outside && is_wanted(&kind, &id)).then(|| attributes.get("Target").map(|it| it.into_owned()))?
        }
        _ => None,
    })
}

fn entry_of(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(entry) => entry.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{}", target.trim_start_matches("./")),
    }
}

/// The sheets by name and id, and from which year days are counted.
fn listed(book: &str) -> (Vec<(String, String, bool)>, bool) {
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    for token in tokens(book) {
        match token {
            Token::Open { name: "sheet", attributes, .. } => {
                let is_hidden = attributes.get("state").is_some_and(|it| it != "visible");
                if let (Some(name), Some(id)) = (attributes.get("name"), attributes.get("id")) {
                    sheets.push((name.into_owned(), id.into_owned(), is_hidden));
                }
            }
            Token::Open { name: "workbookPr", attributes, .. } => {
                is_1904 = attributes.get("date1904").is_some_and(|it| matches!(&*it, "1" | "true"));
            }
            _ => {}
        }
    }
    (sheets, is_1904)
}

/// The texts that cells name by number.
fn strings(xml: &str) -> Vec<String> {
    let (mut strings, mut text, mut is_text, mut is_aside) = (Vec::new(), String::new(), false, false);
    for token in tokens(xml) {
        match token {
            Token::Open { name: "si", is_closed: true, .. } => strings.push(String::new()),
            Token::Open { name: "t", is_closed: false, .. } => is_text = true,
            Token::Open { name: "rPh", .. } => is_aside = true,
            Token::Text(piece) if is_text && !is_aside => text.push_str(&piece),
            Token::Close("t") => is_text = false,
            Token::Close("rPh") => is_aside = false,
            Token::Close("si") => strings.push(decoded(&std::mem::take(&mut text))),
            _ => {}
        }
    }
    strings
}

/// The formats that cells name by number.
fn styles(xml: &str) -> Vec<Format> {
    let mut codes: BTreeMap<usize, Format> = BTreeMap::new();
    let (mut styles, mut is_of_cells) = (Vec::new(), false);
    for token in tokens(xml) {
        match token {
            Token::Open { name: "numFmt", attributes, .. } => {
                if let (Some(id), Some(code)) = (number_of(attributes, "numFmtId"), attributes.get("formatCode")) {
                    codes.insert(id, format_of(&code));
                }
            }
            Token::Open { name: "cellXfs", .. } => is_of_cells = true,
            Token::Close("cellXfs") => is_of_cells = false,
            Token::Open { name: "xf", attributes, .. } if is_of_cells => {
                let id = number_of(attributes, "numFmtId").unwrap_or(0);
                styles.push(codes.get(&id).copied().unwrap_or_else(|| built_in(id)));
            }
            _ => {}
        }
    }
    styles
}

/// The formats that every program knows by number; those of the Far East among them.
fn built_in(id: usize) -> Format {
    match id {
        9 | 10 => Format::Percent,
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Format::Day,
        _ => Format::Number,
    }
}

fn format_of(code: &str) -> Format {
    let mut plain = String::new();
    let mut letters = code.split(';').next().unwrap_or_default().chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => letters.by_ref().take_while(|it| *it != '"').for_each(drop),
            '[' => letters.by_ref().take_while(|it| *it != ']').for_each(drop),
            '\\' | '_' | '*' => _ = letters.next(),
            it => plain.push(it.to_ascii_lowercase()),
        }
    }
    match () {
        () if plain.contains('%') => Format::Percent,
        () if plain.contains(['y', 'd']) && !plain.contains(['0', '#']) => Format::Day,
        () => Format::Number,
    }
}

fn number_of(attributes: Attributes<'_>, name: &str) -> Option<usize> {
    attributes.get(name)?.trim().parse().ok()
}

/// `C7` as row and column.
fn place(address: &str) -> Option<(usize, usize)> {
    let digits = address.find(|it: char| it.is_ascii_digit())?;
    let (letters, row) = address.split_at(digits);
    if letters.is_empty() || 3 < letters.len() || !letters.bytes().all(|it| it.is_ascii_alphabetic()) {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, it| sum * 26 + usize::from(it.to_ascii_uppercase() - b'A') + 1);
    Some((row.parse().ok()?, column))
}

/// Letters that the format has no room for are written `_x000D_`.
fn decoded(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.get(..4).filter(|_| after[4..].starts_with('_'));
        match code.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32) {
            Some(letter) => {
                plain.push(letter);
                rest = &after[5..];
            }
            None => {
                plain.push_str("_x");
                rest = after;
            }
        }
    }
    plain + rest
}

/// A number as Excel shows it in full. What is none stays as it is, and is found to be none by whoever reads it.
fn number(text: &str, format: Format, counts_from_1904: bool) -> String {
    let read = Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).or_else(|_| text.parse());
    let Ok(value) = read else { return text.to_owned() };
    // 0.1 + 0.2 is written with seventeen digits; Excel shows fifteen.
    let value = value.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero).unwrap_or(value);
    match format {
        Format::Percent => format!("{}%", (value * Decimal::ONE_HUNDRED).normalize()),
        Format::Day => day(value, counts_from_1904).unwrap_or_else(|| value.normalize().to_string()),
        Format::Number => value.normalize().to_string(),
    }
}

/// A day by its number.
fn day(value: Decimal, counts_from_1904: bool) -> Option<String> {
    let days: i64 = value.trunc().try_into().ok()?;
    // Excel counts a 29th of February 1900, so that all days after it are counted from the 30th of December.
    let first = match counts_from_1904 {
        true => Date::from_calendar_date(1904, Month::January, 1),
        false => Date::from_calendar_date(1899, Month::December, 30),
    };
    let day = first.ok()?.checked_add(Duration::days(Some(days).filter(|it| (1..3_000_000).contains(it))?))?;
    Some(format!("{}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day()))
}
