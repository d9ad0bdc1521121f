//! A workbook to bytes. Numbers are written as the decimal text they are given in, formulas with the value that they have.
//!
//! Refused: a formula made of anything that people named (a name is a `Text`, and its cell keeps what is typed over it a
//! text, too), and a date of writing: the same book gives the same bytes.

use std::fmt::Write;

use super::xml::escape;
use super::zip::pack;

/// A workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    pub title: String,
    /// How amounts are shown, as Excel writes it: `#,##0.00`.
    pub amounts: String,
    pub sheets: Vec<Sheet>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// At most 31 characters; what Excel does not allow in one becomes a space.
    pub name: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// So many rows and columns stay in sight.
    pub frozen: (usize, usize),
    pub is_hidden: bool,
    /// Nothing can be typed but where a cell is to be filled in. There is no password: it is a rail, not a lock.
    pub is_protected: bool,
    pub rules: Vec<Rule>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// In characters.
    pub width: u32,
    pub level: u8,
    pub is_hidden: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub level: u8,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub value: Value,
    pub look: Look,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    #[default]
    Blank,
    Text(String),
    /// Decimal text: `-12.50`.
    Number(String),
    /// A formula without its `=`, and the number that it comes to.
    Formula(String, String),
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Plain,
    Title,
    Head,
    /// The head of a column of numbers.
    NumberHead,
    /// A name that the row is about.
    Name,
    /// The name of one that has parts.
    StrongName,
    /// What is said only so that the row can stand alone.
    Faint,
    Amount,
    /// A sum.
    StrongAmount,
    Percent,
    /// An amount in the place of a sentence.
    Figure,
    Prose,
    /// A number that is to be filled in.
    Input,
}

impl Look {
    const ALL: [Look; 13] = [
        Look::Plain,
        Look::Title,
        Look::Head,
        Look::NumberHead,
        Look::Name,
        Look::StrongName,
        Look::Faint,
        Look::Amount,
        Look::StrongAmount,
        Look::Percent,
        Look::Figure,
        Look::Prose,
        Look::Input,
    ];

    /// Its place among the formats of the file.
    fn place(self) -> usize {
        Look::ALL.iter().position(|it| *it == self).unwrap_or_default()
    }

    /// Its format: the numbers of its number format, font and fill, and how it is set.
    fn format(self) -> (u32, u32, u32, &'static str) {
        const TEXT: u32 = 49;
        const TOP: &str = r#"<alignment vertical="top"/>"#;
        match self {
            Look::Plain => (0, 0, 0, TOP),
            Look::Title => (0, 3, 0, TOP),
            Look::Head => (TEXT, 1, 2, r#"<alignment vertical="center" wrapText="1"/>"#),
            Look::NumberHead => (TEXT, 1, 2, r#"<alignment horizontal="right" vertical="center" wrapText="1"/>"#),
            Look::Name => (TEXT, 0, 0, TOP),
            Look::StrongName => (TEXT, 1, 0, TOP),
            Look::Faint => (TEXT, 2, 0, TOP),
            Look::Amount => (AMOUNT, 0, 0, TOP),
            Look::StrongAmount => (AMOUNT, 1, 0, TOP),
            Look::Percent => (10, 0, 0, TOP),
            Look::Figure => (AMOUNT, 0, 0, r#"<alignment horizontal="left" vertical="top"/>"#),
            Look::Prose => (TEXT, 0, 0, r#"<alignment vertical="top" wrapText="1"/>"#),
            Look::Input => (AMOUNT, 0, 3, r#"<alignment vertical="top"/><protection locked="0"/>"#),
        }
    }
}

/// The number that our format of amounts has in the file.
const AMOUNT: u32 = 164;

/// What may be typed into a column of cells: a number from zero up, or a sentence says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub column: usize,
    pub first: usize,
    pub last: usize,
    pub title: String,
    pub sentence: String,
}

impl Cell {
    pub fn blank(look: Look) -> Cell {
        Cell { value: Value::Blank, look }
    }

    pub fn text(text: impl Into<String>, look: Look) -> Cell {
        Cell { value: Value::Text(text.into()), look }
    }

    pub fn number(number: impl Into<String>, look: Look) -> Cell {
        Cell { value: Value::Number(number.into()), look }
    }

    pub fn formula(formula: impl Into<String>, value: impl Into<String>, look: Look) -> Cell {
        Cell { value: Value::Formula(formula.into(), value.into()), look }
    }
}

/// The letters of a column, counted from 0.
pub fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while 0 < rest {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A cell as formulas name it, row and column counted from 0: `C7`.
pub fn address(row: usize, column: usize) -> String {
    format!("{}{}", column_name(column), row + 1)
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

impl Book {
    /// What a workbook is to a browser.
    pub const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    pub fn to_bytes(&self) -> Vec<u8> {
        let names = sheet_names(&self.sheets);
        let mut entries = vec![
            ("[Content_Types].xml".to_owned(), self.content_types()),
            ("_rels/.rels".to_owned(), relations()),
            ("docProps/core.xml".to_owned(), self.properties()),
            ("xl/workbook.xml".to_owned(), self.workbook(&names)),
            ("xl/_rels/workbook.xml.rels".to_owned(), self.workbook_relations()),
            ("xl/styles.xml".to_owned(), styles(&self.amounts)),
        ];
        let first = self.sheets.iter().position(|it| !it.is_hidden).unwrap_or_default();
        for (at, sheet) in self.sheets.iter().enumerate() {
            entries.push((format!("xl/worksheets/sheet{}.xml", at + 1), sheet.to_xml(at == first)));
        }
        let entries: Vec<(&str, Vec<u8>)> =
            entries.iter().map(|(name, text)| (name.as_str(), text.as_bytes().to_vec())).collect();
        pack(&entries)
    }

    fn content_types(&self) -> String {
        let mut xml = format!(
            r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>"#
        );
        for at in 1..=self.sheets.len() {
            xml.push_str(&format!(
                r#"<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{KIND}.worksheet+xml"/>"#
            ));
        }
        xml + "</Types>"
    }

    fn properties(&self) -> String {
        let title = escape(&self.title);
        format!(
            r#"{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>"#
        )
    }

    fn workbook(&self, names: &[String]) -> String {
        let mut xml = format!(
            r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr/><bookViews><workbookView/></bookViews><sheets>"#
        );
        for (at, (name, sheet)) in (1..).zip(names.iter().zip(&self.sheets)) {
            let state = if sheet.is_hidden { r#" state="hidden""# } else { "" };
            xml.push_str(&format!(r#"<sheet name="{}" sheetId="{at}"{state} r:id="rId{at}"/>"#, escape(name)));
        }
        // Whoever opens it has every formula worked out anew.
        xml + r#"</sheets><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>"#
    }

    fn workbook_relations(&self) -> String {
        let mut xml = format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">"#);
        for at in 1..=self.sheets.len() {
            xml.push_str(&format!(
                r#"<Relationship Id="rId{at}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{at}.xml"/>"#
            ));
        }
        let styles = self.sheets.len() + 1;
        xml + &format!(
            r#"<Relationship Id="rId{styles}" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>"#
        )
    }
}

fn relations() -> String {
    format!(
        r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#
    )
}

fn styles(amounts: &str) -> String {
    let mut xml = format!(
        r#"{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="{AMOUNT}" formatCode="{}"/></numFmts><fonts count="4"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><sz val="11"/><color rgb="FF6B7280"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="14"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE5E7EB"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFF7D6"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="{}">"#,
        escape(amounts),
        Look::ALL.len()
    );
    for look in Look::ALL {
        let (number, font, fill, set) = look.format();
        xml.push_str(&format!(
            r#"<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1" applyProtection="1">{set}</xf>"#
        ));
    }
    xml + r#"</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#
}

/// Names that Excel takes: short enough, without what it forbids, and each another one whatever the case.
fn sheet_names(sheets: &[Sheet]) -> Vec<String> {
    const LONGEST: usize = 31;
    let cut = |name: &str, most: usize| {
        let mut cut = String::new();
        let mut units = 0;
        for letter in name.chars() {
            units += letter.len_utf16();
            if most < units {
                break;
            }
            cut.push(letter);
        }
        cut
    };
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let is_forbidden = |it: char| it.is_control() || matches!(it, ':' | '\\' | '/' | '?' | '*' | '[' | ']');
        let safe: String = sheet.name.chars().map(|it| if is_forbidden(it) { ' ' } else { it }).collect();
        let safe = cut(safe.trim_matches(['\'', ' ']), LONGEST);
        let safe = if safe.is_empty() { "Sheet".to_owned() } else { safe };
        let is_taken = |name: &str| names.iter().any(|it| it.to_lowercase() == name.to_lowercase());
        let numbered = (2..).map(|number| format!("{} {number}", cut(&safe, LONGEST - 4)));
        let name = std::iter::once(safe.clone()).chain(numbered).find(|it| !is_taken(it));
        names.push(name.unwrap_or(safe));
    }
    names
}

impl Sheet {
    fn to_xml(&self, is_first: bool) -> String {
        let mut xml = format!(
            r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetPr><outlinePr summaryBelow="0" summaryRight="0"/><pageSetUpPr fitToPage="1"/></sheetPr>"#
        );
        self.views(is_first, &mut xml);
        let deepest = |levels: &mut dyn Iterator<Item = u8>| levels.max().unwrap_or(0).min(DEEPEST);
        let (rows, columns) =
            (deepest(&mut self.rows.iter().map(|it| it.level)), deepest(&mut self.columns.iter().map(|it| it.level)));
        xml.push_str(&format!(
            r#"<sheetFormatPr defaultRowHeight="15" outlineLevelRow="{rows}" outlineLevelCol="{columns}"/>"#
        ));
        self.columns_to(&mut xml);
        xml.push_str("<sheetData>");
        for (at, row) in self.rows.iter().enumerate() {
            row.to(at, &mut xml);
        }
        xml.push_str("</sheetData>");
        if self.is_protected {
            xml.push_str(r#"<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>"#);
        }
        self.rules_to(&mut xml);
        xml.push_str(r#"<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>"#);
        xml
    }

    fn views(&self, is_first: bool, xml: &mut String) {
        let (rows, columns) = self.frozen;
        xml.push_str(if is_first {
            r#"<sheetViews><sheetView tabSelected="1" workbookViewId="0">"#
        } else {
            r#"<sheetViews><sheetView workbookViewId="0">"#
        });
        let pane = match (rows, columns) {
            (0, 0) => "",
            (_, 0) => "bottomLeft",
            (0, _) => "topRight",
            _ => "bottomRight",
        };
        if !pane.is_empty() {
            let split = |name: &str, by: usize| if by == 0 { String::new() } else { format!(r#" {name}="{by}""#) };
            xml.push_str(&format!(
                r#"<pane{}{} topLeftCell="{}" activePane="{pane}" state="frozen"/><selection pane="{pane}"/>"#,
                split("xSplit", columns),
                split("ySplit", rows),
                address(rows, columns)
            ));
        }
        xml.push_str("</sheetView></sheetViews>");
    }

    fn columns_to(&self, xml: &mut String) {
        if self.columns.is_empty() {
            return;
        }
        xml.push_str("<cols>");
        for (at, column) in (1..).zip(&self.columns) {
            let hidden = if column.is_hidden { r#" hidden="1""# } else { "" };
            let level = match column.level.min(DEEPEST) {
                0 => String::new(),
                level => format!(r#" outlineLevel="{level}""#),
            };
            // Half a character more than what stands in it, as Excel leaves by itself.
            xml.push_str(&format!(
                r#"<col min="{at}" max="{at}" width="{}.7109375" customWidth="1"{hidden}{level}/>"#,
                column.width
            ));
        }
        xml.push_str("</cols>");
    }

    fn rules_to(&self, xml: &mut String) {
        if self.rules.is_empty() {
            return;
        }
        xml.push_str(&format!(r#"<dataValidations count="{}">"#, self.rules.len()));
        for rule in &self.rules {
            xml.push_str(&format!(
                r#"<dataValidation type="decimal" operator="greaterThanOrEqual" allowBlank="1" showErrorMessage="1" errorTitle="{}" error="{}" sqref="{}:{}"><formula1>0</formula1></dataValidation>"#,
                escape(&rule.title),
                escape(&rule.sentence),
                address(rule.first, rule.column),
                address(rule.last, rule.column)
            ));
        }
        xml.push_str("</dataValidations>");
    }
}

/// Excel has so many levels of an outline.
const DEEPEST: u8 = 7;

impl Row {
    fn to(&self, at: usize, xml: &mut String) {
        let level = match self.level.min(DEEPEST) {
            0 => String::new(),
            level => format!(r#" outlineLevel="{level}""#),
        };
        // Writing to a text cannot fail.
        _ = write!(xml, r#"<row r="{}"{level}>"#, at + 1);
        for (column, cell) in self.cells.iter().enumerate() {
            cell.to(at, column, xml);
        }
        xml.push_str("</row>");
    }
}

impl Cell {
    fn to(&self, row: usize, column: usize, xml: &mut String) {
        let (at, look) = (address(row, column), self.look.place());
        _ = match &self.value {
            Value::Blank if self.look == Look::Plain => Ok(()),
            Value::Blank => write!(xml, r#"<c r="{at}" s="{look}"/>"#),
            Value::Text(text) => write!(
                xml,
                r#"<c r="{at}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
                guarded(&escape(text))
            ),
            Value::Number(number) => write!(xml, r#"<c r="{at}" s="{look}"><v>{}</v></c>"#, escape(number)),
            Value::Formula(formula, value) => {
                write!(xml, r#"<c r="{at}" s="{look}"><f>{}</f><v>{}</v></c>"#, escape(formula), escape(value))
            }
        };
    }
}

/// `_x0041_` is how the format writes a letter that it has no room for; who is called so is written otherwise.
fn guarded(text: &str) -> String {
    let is_code = |it: &str| {
        it.len() == 6 && it.starts_with('x') && it[1..5].bytes().all(|it| it.is_ascii_hexdigit()) && it.ends_with('_')
    };
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut guarded = String::new();
    for (at, letter) in text.char_indices() {
        let follows = text.get(at + 1..at + 7);
        guarded.push_str(if letter == '_' && follows.is_some_and(is_code) { "_x005F" } else { "" });
        guarded.push(letter);
    }
    guarded
}
