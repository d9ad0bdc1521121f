//! Tables that people paste from a spreadsheet or drop as a file, and cells that go back into one.
//!
//! `decode` makes text of bytes, `read` makes rows of text, `propose` guesses what each column is; a person confirms
//! it. Refused: bytes that are not text, files beyond the limits, silent repair (a row that is too short or too long
//! is kept and reported by its line), and formulas: a cell is text, on the way in and on the way out. Plans are not
//! known in here.

use crate::amount::{is_invisible, narrow, parse_decimal};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub const MAX_BYTES: usize = 5 << 20;
pub const MAX_ROWS: usize = 10_000;
pub const MAX_COLUMNS: usize = 100;

/// Why a table is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableError {
    Empty,
    /// A workbook, a picture, or anything else that is not text.
    NotText,
    /// Text in another encoding. `looks_like_gbk` tells whether decoding it as GBK is worth a try.
    NotUtf8,
    TooLarge {
        bytes: usize,
        limit: usize,
    },
    TooManyRows {
        found: usize,
        limit: usize,
    },
    TooManyColumns {
        found: usize,
        limit: usize,
    },
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "there is nothing in the table"),
            Self::NotText => write!(f, "this is not a text file, save the table as CSV"),
            Self::NotUtf8 => write!(f, "the text is not in UTF-8"),
            Self::TooLarge { bytes, limit } => write!(f, "{bytes} bytes given, at most {limit} allowed"),
            Self::TooManyRows { found, limit } => write!(f, "{found} rows given, at most {limit} allowed"),
            Self::TooManyColumns { found, limit } => write!(f, "{found} columns given, at most {limit} allowed"),
        }
    }
}

impl std::error::Error for TableError {}

/// A table as it was given: cells trimmed, blank rows and empty columns at the end dropped, nothing understood yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// As many as there are columns; empty texts where the table names none.
    pub headers: Vec<String>,
    /// Each with at least as many cells as there are headers; a row that was too long keeps its surplus.
    pub rows: Vec<Vec<String>>,
    /// The lines, from 1, of the rows that were shorter or longer than the table.
    pub ragged: Vec<usize>,
    pub has_header: bool,
}

/// What a column is to a plan that is about to be made of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A level of the organisation above the people: the left ones are the higher ones.
    Level,
    /// The leaf level. At most one column.
    Person,
    LastYear,
    Weight,
    Target,
    Percent,
    Ignore,
}

// ---- Bytes to text ----

/// Decodes UTF-8, and UTF-16 with its byte order mark, which is what a spreadsheet calls Unicode text.
pub fn decode(bytes: &[u8]) -> Result<String, TableError> {
    if MAX_BYTES < bytes.len() {
        return Err(TableError::TooLarge { bytes: bytes.len(), limit: MAX_BYTES });
    }
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, u16::from_be_bytes)?,
        [0xEF, 0xBB, 0xBF, rest @ ..] | rest => String::from_utf8(rest.to_vec()).map_err(|_| not_utf8(rest))?,
    };
    if text.contains('\0') { Err(TableError::NotText) } else { Ok(text) }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, TableError> {
    let (pairs, []) = bytes.as_chunks::<2>() else { return Err(TableError::NotText) };
    let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|it| unit(*it))).collect();
    text.map_err(|_| TableError::NotText)
}

/// Workbooks and pictures are full of zero bytes, no text in any national encoding has one.
fn not_utf8(bytes: &[u8]) -> TableError {
    if bytes.contains(&0) { TableError::NotText } else { TableError::NotUtf8 }
}

/// Whether bytes that are not UTF-8 are likely GBK, what a Chinese Excel writes as CSV. The browser can decode it:
/// `new TextDecoder('gbk')`; the page should say that it did.
pub fn looks_like_gbk(bytes: &[u8]) -> bool {
    let (mut pairs, mut common) = (0_usize, 0_usize);
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => break,
            [0..=0x7F, tail @ ..] => tail,
            // A rare character in four bytes, of GB 18030.
            [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, tail @ ..] => tail,
            [lead @ 0x81..=0xFE, trail @ (0x40..=0x7E | 0x80..=0xFE), tail @ ..] => {
                pairs += 1;
                common += usize::from(matches!((lead, trail), (0xA1..=0xF7, 0xA1..=0xFE)));
                tail
            }
            _ => return false,
        };
    }
    // An accented letter before a plain one is a pair too, but hardly ever one of the common characters.
    pairs <= common.saturating_mul(2) && 0 < common && std::str::from_utf8(bytes).is_err()
}

// ---- Text to rows ----

/// Reads a table delimited by commas, tabs or semicolons, whichever cuts the lines most evenly.
pub fn read(text: &str) -> Result<Sheet, TableError> {
    if MAX_BYTES < text.len() {
        return Err(TableError::TooLarge { bytes: text.len(), limit: MAX_BYTES });
    }
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").replace('\r', "\n");
    let (delimiter, text) = declared(&text).unwrap_or_else(|| (sniff(&text), &text));
    let records = closed_records(text, delimiter);
    let columns = records.kept.iter().map(|it| it.extent).max().ok_or(TableError::Empty)?;
    if MAX_COLUMNS < columns {
        return Err(TableError::TooManyColumns { found: columns, limit: MAX_COLUMNS });
    }
    let has_header = has_header(&records.kept);
    let found = records.found - usize::from(has_header);
    if MAX_ROWS < found {
        return Err(TableError::TooManyRows { found, limit: MAX_ROWS });
    }
    Ok(sheet(records.kept, columns, has_header))
}

struct Record {
    line: usize,
    /// As many cells as were written.
    written: usize,
    /// Up to the last cell that is not empty.
    extent: usize,
    /// Up to the extent, and never more than one beyond the limit of columns.
    cells: Vec<String>,
}

struct Records {
    /// One more than the limit at most: the header.
    kept: Vec<Record>,
    found: usize,
}

/// Excel's own first line, `sep=;`.
fn declared(text: &str) -> Option<(u8, &str)> {
    let rest = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP="))?;
    let delimiter = rest.bytes().next().filter(|it| matches!(it, b',' | b';' | b'\t'))?;
    rest.get(1..).filter(|it| it.starts_with('\n')).map(|it| (delimiter, it))
}

/// Lines that are looked at to tell the delimiter, and cells to tell numbers from names.
const SAMPLE: usize = 100;

/// Tabs and semicolons hardly occur within cells, commas do; so a tie goes to the rarer.
fn sniff(text: &str) -> u8 {
    let mut best = (0, b'\t');
    let head = text.match_indices('\n').nth(SAMPLE).and_then(|(at, _)| text.get(..at)).unwrap_or(text);
    for delimiter in [b'\t', b';', b','] {
        let evenness = evenness(head, delimiter);
        if best.0 < evenness {
            best = (evenness, delimiter);
        }
    }
    // A column of grouped amounts, 475,962 under 1,200, is one column.
    if best.1 == b',' && is_column_of_amounts(text) { b'\t' } else { best.1 }
}

/// How many lines of a thousand have the commonest width, 0 if that is one column.
fn evenness(text: &str, delimiter: u8) -> usize {
    let widths: Vec<usize> = records(text, delimiter, true, SAMPLE + 1).kept.iter().map(|it| it.written).collect();
    let (width, lines) = commonest(widths.iter().copied());
    if 1 < width { lines * 1000 / widths.len().max(1) } else { 0 }
}

/// The commonest number, the larger one of two, and how often it occurs.
fn commonest(numbers: impl Iterator<Item = usize>) -> (usize, usize) {
    let mut counts = BTreeMap::<usize, usize>::new();
    for number in numbers {
        *counts.entry(number).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(number, count)| (*count, *number)).unwrap_or_default()
}

fn is_column_of_amounts(text: &str) -> bool {
    text.lines().filter(|it| it.contains(',')).all(|it| parse_decimal(it).is_ok())
}

/// A quote that is never closed, an inch mark at the start of a cell, would swallow all that follows.
fn closed_records(text: &str, delimiter: u8) -> Records {
    let quoted = records(text, delimiter, true, MAX_ROWS + 1);
    let is_open = !text.matches('"').count().is_multiple_of(2);
    let swallowed = || quoted.kept.iter().flat_map(|it| &it.cells).any(|it| it.contains('\n'));
    let mut records = if is_open && swallowed() { records(text, delimiter, false, MAX_ROWS + 1) } else { quoted };
    for cell in records.kept.iter_mut().flat_map(|it| &mut it.cells) {
        *cell = tidy(cell);
    }
    records
}

fn records(text: &str, delimiter: u8, quoting: bool, keep: usize) -> Records {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(delimiter).quoting(quoting).has_headers(false).flexible(true);
    let mut reader = builder.from_reader(text.as_bytes());
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut records = Records { kept: Vec::new(), found: 0 };
    let mut record = csv::StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        let filled = record.iter().enumerate().filter(|(_, it)| !is_blank(it));
        let Some(extent) = filled.last().map(|(idx, _)| idx + 1) else { continue };
        records.found += 1;
        if records.found <= keep {
            let at = record.position().map_or(0, |it| it.byte() as usize);
            let cells = record.iter().take(extent.min(MAX_COLUMNS + 1)).map(str::to_owned).collect();
            records.kept.push(Record { line: lines.at(at), written: record.len(), extent, cells });
        }
    }
    records
}

/// Counts lines on the way; the reader's own count stops before blank lines and not behind them.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn at(&mut self, byte: usize) -> usize {
        let tail = self.text.get(byte..).unwrap_or_default();
        let start = byte + tail.bytes().take_while(|it| *it == b'\n').count();
        let passed = self.text.get(self.at..start).unwrap_or_default();
        self.line += passed.bytes().filter(|it| *it == b'\n').count();
        self.at = start;
        self.line
    }
}

/// Nothing to see in it, or the marks of an empty row that was read with another delimiter.
fn is_blank(cell: &str) -> bool {
    cell.chars().all(|it| it.is_whitespace() || it.is_control() || is_invisible(it) || matches!(it, ',' | ';'))
}

/// One line of visible text. The apostrophe that an export put before a formula comes off again.
pub(super) fn tidy(cell: &str) -> String {
    let cell = cell.strip_prefix('\'').filter(|_| is_risky(cell)).unwrap_or(cell);
    let visible = cell.chars().map(|it| if matches!(it, '\n' | '\t') { ' ' } else { it });
    let text: String = visible.filter(|it| !it.is_control() && !is_invisible(*it)).collect();
    text.trim().to_owned()
}

/// The first row names the columns if it has no number, a year apart, and a cell that is a name for those below.
fn has_header(records: &[Record]) -> bool {
    let Some((first, below)) = records.split_first() else { return false };
    let is_year = |cell: &str| cell.len() == 4 && (cell.starts_with("19") || cell.starts_with("20"));
    let has_number = first.cells.iter().any(|it| is_number(it) && !is_year(it));
    !has_number && first.cells.iter().enumerate().any(|(idx, it)| is_name_of(it, below, idx))
}

/// Words over numbers, or a known word; but 华东大区 over 华北大区 is one of them and not their name.
fn is_name_of(cell: &str, below: &[Record], idx: usize) -> bool {
    if cell.is_empty() || is_number(cell) {
        return false;
    }
    let column = || below.iter().filter_map(|it| it.cells.get(idx)).map(String::as_str).filter(|it| !it.is_empty());
    if matches!(Content::of(column()), Content::Numbers | Content::Percents) {
        return true;
    }
    let word = Word::of(cell);
    let alike = column().take(SAMPLE).filter(|it| Word::of(it) == word).count();
    word != Word::Unknown && (alike * 2 <= column().take(SAMPLE).count() || Header::of(cell).is_an_entry())
}

fn sheet(records: Vec<Record>, columns: usize, has_header: bool) -> Sheet {
    let mut records = records.into_iter();
    let header = if has_header { records.next() } else { None };
    let rows: Vec<Record> = records.collect();
    let width = match &header {
        Some(header) => width_under(header.written.min(columns), &rows),
        None => commonest(rows.iter().map(|it| it.written.min(columns))).0,
    };
    let mut headers = header.map(|it| it.cells).unwrap_or_default();
    headers.resize(width, String::new());
    let is_ragged = |it: &&Record| it.written < width || width < it.extent;
    let ragged = rows.iter().filter(is_ragged).map(|it| it.line).collect();
    let rows = rows.into_iter().map(|it| padded(it.cells, width)).collect();
    Sheet { headers, rows, ragged, has_header }
}

/// As wide as the header, unless most rows are wider: then it names too few.
fn width_under(named: usize, rows: &[Record]) -> usize {
    let (width, count) = commonest(rows.iter().map(|it| it.extent.max(it.written.min(named))));
    if named < width && rows.len() < count * 2 { width } else { named }
}

fn padded(mut cells: Vec<String>, width: usize) -> Vec<String> {
    cells.resize(width.max(cells.len()), String::new());
    cells
}

// ---- Columns to roles ----

/// Proposes what each column is, by its header, else by its content. One column at most is the leaf level, and one
/// at most each of the kinds of numbers; what is left over is ignored.
pub fn propose(sheet: &Sheet) -> Vec<Role> {
    let columns: Vec<Column> = sheet.headers.iter().enumerate().map(|(idx, it)| Column::of(sheet, idx, it)).collect();
    let mut roles: Vec<Role> = columns.iter().map(Column::named).collect();
    keep_one_person(&columns, &mut roles);
    for role in [Role::LastYear, Role::Weight, Role::Target, Role::Percent] {
        keep_first(role, &mut roles);
    }
    propose_texts(sheet, &columns, &mut roles);
    propose_numbers(&columns, &mut roles);
    roles
}

struct Column {
    word: Word,
    content: Content,
    distinct: usize,
    filled: usize,
    /// Whether every number is a short one without marks: a code, not an amount.
    is_code: bool,
}

impl Column {
    fn of(sheet: &Sheet, idx: usize, header: &str) -> Column {
        let mut seen = BTreeSet::new();
        let cells = || sheet.rows.iter().filter_map(|it| it.get(idx)).map(String::as_str).filter(|it| !it.is_empty());
        Column {
            word: Word::of(header),
            content: Content::of(cells()),
            distinct: cells().filter(|it| seen.insert(*it)).count(),
            filled: cells().count(),
            is_code: cells().all(|it| it.len() <= 4 && it.bytes().all(|it| it.is_ascii_digit())),
        }
    }

    /// What the header says, if the content does not contradict it.
    fn named(&self) -> Role {
        let is_numeric = matches!(self.content, Content::Numbers | Content::Percents);
        let number = |role| if self.content == Content::Text { Role::Ignore } else { role };
        match self.word {
            Word::Person => Role::Person,
            Word::Name if !is_numeric => Role::Person,
            Word::Level if !is_numeric || self.is_code => Role::Level,
            Word::LastYear => number(Role::LastYear),
            Word::Weight => number(Role::Weight),
            Word::Target => number(Role::Target),
            Word::Percent => number(Role::Percent),
            _ => Role::Ignore,
        }
    }

    fn is_unknown(&self) -> bool {
        matches!(self.word, Word::Unknown | Word::Name)
    }

    /// Names that stand for many rows, such as a manager beside each of the team.
    fn repeats(&self) -> bool {
        self.content == Content::Text && self.distinct < self.filled
    }
}

/// The person is the one of the most different names, in words rather than in numbers; a manager is a level.
fn keep_one_person(columns: &[Column], roles: &mut [Role]) {
    let persons = || columns.iter().enumerate().zip(roles.iter()).filter(|(_, role)| **role == Role::Person);
    // Of equals the left one: `max_by_key` takes the last.
    let best = persons().map(|(it, _)| it).rev().max_by_key(|(_, it)| (it.content == Content::Text, it.distinct));
    let Some((best, _)) = best else { return };
    for (idx, (column, role)) in columns.iter().zip(roles).enumerate() {
        if idx != best && *role == Role::Person {
            *role = if column.repeats() { Role::Level } else { Role::Ignore };
        }
    }
}

fn keep_first(role: Role, roles: &mut [Role]) {
    for later in roles.iter_mut().filter(|it| **it == role).skip(1) {
        *later = Role::Ignore;
    }
}

/// Texts that no header explains: the rightmost that names each row is the person, those that repeat are levels.
fn propose_texts(sheet: &Sheet, columns: &[Column], roles: &mut [Role]) {
    let is_open = |it: &Column, role: &Role| *role == Role::Ignore && it.is_unknown() && it.content == Content::Text;
    if !roles.contains(&Role::Person) {
        let leaf = columns
            .iter()
            .zip(roles.iter_mut())
            .rev()
            .find(|(it, role)| is_open(it, role) && (!sheet.has_header || it.distinct == it.filled));
        if let Some((_, role)) = leaf {
            *role = Role::Person;
        }
    }
    let person = roles.iter().position(|it| *it == Role::Person).unwrap_or(roles.len());
    for (column, role) in columns.iter().zip(roles).take(person) {
        if is_open(column, role) && (column.repeats() || !sheet.has_header) {
            *role = Role::Level;
        }
    }
}

/// Without any number that a header explains, a quota will do, or the only column of numbers, as a weight, which
/// says no more than that the target follows it. Beside last year's sales a quota is what the plan is to replace.
fn propose_numbers(columns: &[Column], roles: &mut [Role]) {
    let is_basis = |it: &Role| matches!(it, Role::LastYear | Role::Weight | Role::Target | Role::Percent);
    if roles.iter().any(is_basis) {
        return;
    }
    let quota = |it: &Column| matches!(it.word, Word::Quota) && it.content != Content::Text;
    if let Some(idx) = columns.iter().position(quota) {
        set(roles, idx, Role::Target);
        return;
    }
    let is_number = |it: &Column| it.is_unknown() && matches!(it.content, Content::Numbers | Content::Percents);
    let mut numbers = columns.iter().enumerate().filter(|(_, it)| is_number(it));
    if let (Some((idx, column)), None) = (numbers.next(), numbers.next()) {
        set(roles, idx, if column.content == Content::Percents { Role::Percent } else { Role::Weight });
    }
}

fn set(roles: &mut [Role], idx: usize, role: Role) {
    if let Some(it) = roles.get_mut(idx) {
        *it = role;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Nothing,
    Text,
    Numbers,
    /// Numbers, most with a percent sign.
    Percents,
}

impl Content {
    fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Content {
        let (mut filled, mut numbers, mut percents) = (0_usize, 0_usize, 0_usize);
        for cell in cells.filter(|it| !it.is_empty()).take(SAMPLE) {
            filled += 1;
            numbers += usize::from(is_number(cell));
            percents += usize::from(cell.ends_with(['%', '％']));
        }
        match filled {
            0 => Content::Nothing,
            _ if numbers * 2 <= filled => Content::Text,
            _ if filled < percents * 2 => Content::Percents,
            _ => Content::Numbers,
        }
    }
}

fn is_number(cell: &str) -> bool {
    parse_decimal(cell).is_ok()
}

/// What the words of a header mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Person,
    /// A name of whatever else the row is about.
    Name,
    Level,
    LastYear,
    Weight,
    Target,
    /// A target of the time before the plan, often.
    Quota,
    Percent,
    /// Known, and nothing that a plan is made of.
    Aside,
    Unknown,
}

impl Word {
    fn of(header: &str) -> Word {
        let header = Header::of(header);
        let has = |entries: &str| header.end_of(entries).is_some();
        // The last noun is the head: 区域销售人员 are people, 销售人员区域 is a region.
        let (person, level) = (header.end_of(PERSON), header.end_of(LEVEL));
        if has(ASIDE) {
            Word::Aside
        } else if has(LAST_YEAR) {
            if has(TARGET) || has(QUOTA) || has(PERCENT) { Word::Aside } else { Word::LastYear }
        } else if has(PERCENT) {
            Word::Percent
        } else if has(WEIGHT) {
            Word::Weight
        } else if has(TARGET) {
            Word::Target
        } else if has(QUOTA) {
            Word::Quota
        } else if level < person {
            Word::Person
        } else if level.is_some() {
            Word::Level
        } else if has(NAME) {
            Word::Name
        } else {
            Word::Unknown
        }
    }
}

// A Chinese entry is found anywhere in a header, one that begins with `=` is the whole header, and a Latin entry is
// a run of whole words, singular or plural.

const ASIDE: &str = "增长,增速,同比,环比,完成率,达成率,毛利率,市场份额,市占,提成,佣金,奖金,工资,人数,人员数,客户数,门店数,数量,个数,备注,\
    说明,电话,手机,邮箱,日期,地址,序号,年份,月份,=年,=年度,=月,=季度,growth,yoy,commission,bonus,salary,attainment,margin,rate,\
    market share,headcount,count,quantity,qty,note,remark,comment,phone,mobile,email,mail,date,address,=year,=month,\
    =quarter,=no,=id";

const LAST_YEAR: &str = "去年,上年,上一年,前一年,往年,基期,基数,历史业绩,历史销售,last year,lastyear,last yr,prior year,prioryear,\
    previous year,prev year,ly,py,baseline";

const PERCENT: &str = "占比,比例,比重,百分比,份额,%,percent,percentage,pct,share,proportion";

const WEIGHT: &str = "权重,系数,weight,weighting,factor";

const TARGET: &str = "目标,指标,任务,target,goal";

const QUOTA: &str = "配额,定额,quota";

const PERSON: &str = "姓名,人员,销售员,业务员,员工,工号,客户经理,销售经理,大区经理,区域经理,店长,负责人,销售代表,业务代表,代表,顾问,\
    salesperson,salespeople,salesman,seller,person,people,rep,representative,employee,manager,account executive,ae,\
    consultant,agent,staff";

const NAME: &str = "名称,名字,=销售,name,owner,=sales";

const LEVEL: &str = "层级,组织,大区,区域,地区,战区,片区,省份,城市,国家,团队,小组,部门,事业部,分公司,子公司,公司,门店,店铺,条线,渠道,产品,品类,品牌,\
    行业,客户,=区,=省,=市,=组,=部,=店,group,region,territory,territories,team,area,zone,district,department,dept,division,\
    branch,office,country,countries,state,city,cities,province,unit,bu,org,organization,organisation,company,companies,\
    store,channel,product,category,categories,brand,segment,industry,customer,client,account,level";

/// A header in lower case: without spaces for Chinese, and in words for Latin.
struct Header {
    joined: String,
    words: Vec<String>,
}

impl Header {
    fn of(text: &str) -> Header {
        let mut header = Header { joined: String::new(), words: Vec::new() };
        let mut last = ' ';
        for it in text.chars().map(narrow) {
            let begins = !last.is_ascii_alphanumeric() || last.is_ascii_lowercase() && it.is_ascii_uppercase();
            if it.is_ascii_alphanumeric() {
                let lower = it.to_ascii_lowercase();
                match header.words.last_mut().filter(|_| !begins) {
                    Some(word) => word.push(lower),
                    None => header.words.push(lower.to_string()),
                }
            }
            header.joined.extend(Some(it.to_ascii_lowercase()).filter(|it| !it.is_whitespace()));
            last = it;
        }
        header
    }

    fn is_an_entry(&self) -> bool {
        let entries =
            [LAST_YEAR, PERCENT, WEIGHT, TARGET, QUOTA, PERSON, NAME, LEVEL].into_iter().flat_map(|it| it.split(','));
        entries.map(|it| it.trim_start_matches('=')).any(|it| it == self.joined)
    }

    /// How far into the header the last of the entries reaches.
    fn end_of(&self, entries: &str) -> Option<usize> {
        entries.split(',').filter_map(|it| self.end_of_entry(it)).max()
    }

    fn end_of_entry(&self, entry: &str) -> Option<usize> {
        if let Some(whole) = entry.strip_prefix('=') {
            return (self.joined == whole).then_some(self.joined.len());
        }
        if !entry.starts_with(|it: char| it.is_ascii_alphanumeric()) {
            return self.joined.rfind(entry).map(|at| at + entry.len());
        }
        let run: Vec<&str> = entry.split(' ').collect();
        let is_same = |word: &String, it: &&str| word == it || word.strip_suffix('s') == Some(it);
        let mut windows = self.words.windows(run.len());
        windows.rposition(|it| it.iter().zip(&run).all(|(word, it)| is_same(word, it))).map(|at| at + run.len())
    }
}

// ---- Rows to text ----

/// A cell of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// What people named: quoted, and kept from being a formula.
    Text(&'a str),
    /// A printed number: a minus is no formula. Anything else in here is treated as text.
    Number(&'a str),
}

/// Writes a text cell: quoted always, and behind an apostrophe where a spreadsheet would run it. `read` takes the
/// apostrophe off again.
pub fn csv_cell(text: &str) -> String {
    format!("\"{}\"", guarded(text).replace('"', "\"\""))
}

/// A text behind an apostrophe where a spreadsheet would run it.
pub(super) fn guarded(text: &str) -> String {
    format!("{}{text}", if is_risky(text) { "'" } else { "" })
}

/// Writes a table as a spreadsheet opens it without asking: a byte order mark, so that Chinese is Chinese, and CRLF.
pub fn write_csv(rows: &[Vec<Cell<'_>>]) -> String {
    let mut text = String::from('\u{FEFF}');
    for row in rows {
        let cells: Vec<String> = row.iter().map(|it| written(*it)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// Writes three dimensions in the same way, a row a cell: three names, and a number that `figure` prints.
pub fn write_cells(heads: &[String; 4], names: &[Vec<String>; 3], figure: impl Fn([usize; 3]) -> String) -> String {
    let quoted = |texts: &[String]| texts.iter().map(|it| csv_cell(it)).collect::<Vec<String>>();
    let [ones, others, thirds] = [0, 1, 2].map(|axis| quoted(&names[axis]));
    let mut text = format!("\u{FEFF}{}\r\n", quoted(heads).join(","));
    for (i, one) in ones.iter().enumerate() {
        for (j, other) in others.iter().enumerate() {
            for (k, third) in thirds.iter().enumerate() {
                let figure = figure([i, j, k]);
                text.extend([one, ",", other, ",", third, ",", &written(Cell::Number(&figure)), "\r\n"]);
            }
        }
    }
    text
}

fn written(cell: Cell<'_>) -> String {
    match cell {
        Cell::Number(text) if text.bytes().all(|it| matches!(it, b'0'..=b'9' | b',' | b'.' | b'-' | b'%')) => {
            format!("\"{text}\"")
        }
        Cell::Text(text) | Cell::Number(text) => csv_cell(text),
    }
}

/// Whether a spreadsheet may take a text for a formula, now or once its apostrophe is off.
fn is_risky(text: &str) -> bool {
    let starts = |it: char| matches!(it, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    text.trim_start_matches('\'').starts_with(starts)
}
