//! Amounts: whole numbers of the smallest unit of a plan, and how people write them and read them.
//!
//! An amount is an integer from the first key press to the last cell; text goes in and out through `parse` and
//! `print`, which are exact. Refused here: floats, silent rounding, guessing between a decimal comma and a group
//! mark, Chinese numerals, currency conversion (a currency mark is read over, never converted), and prose: errors
//! are codes with the text that was given.

mod formula;

pub use formula::{FormulaError, work_out};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{fmt, iter};

/// A whole number of the plan's smallest unit: 分, cents, or one customer. Never a float.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Amount(i64);

impl Amount {
    pub const ZERO: Amount = Amount(0);

    /// The largest amount that a person may enter. Every product of two of them fits in an `i128` and every sum of
    /// nine thousand in an `i64`; it is ten trillion yuan in 分.
    pub const MAX: Amount = Amount(1_000_000_000_000_000);

    /// Takes any integer, also one beyond `MAX`: whoever decodes a foreign plan checks the bound and says so.
    pub const fn from_units(units: i64) -> Amount {
        Amount(units)
    }

    pub const fn units(self) -> i64 {
        self.0
    }

    pub fn checked_add(self, other: Amount) -> Option<Amount> {
        self.0.checked_add(other.0).map(Amount)
    }

    pub fn checked_sub(self, other: Amount) -> Option<Amount> {
        self.0.checked_sub(other.0).map(Amount)
    }

    pub const fn abs(self) -> Amount {
        Amount(self.0.saturating_abs())
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }
}

/// Adds in 128 bits and saturates once, at the end, so that the sum does not depend on the order.
impl iter::Sum for Amount {
    fn sum<I: Iterator<Item = Amount>>(amounts: I) -> Amount {
        let sum = amounts.map(|it| i128::from(it.0)).fold(0, i128::saturating_add);
        Amount(i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX }))
    }
}

impl<'a> iter::Sum<&'a Amount> for Amount {
    fn sum<I: Iterator<Item = &'a Amount>>(amounts: I) -> Amount {
        amounts.copied().sum()
    }
}

/// The unit that a sheet is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    #[default]
    One,
    Thousand,
    /// 万
    TenThousand,
    Million,
    /// 亿
    HundredMillion,
    Billion,
}

impl Scale {
    pub const ALL: [Scale; 6] =
        [Scale::One, Scale::Thousand, Scale::TenThousand, Scale::Million, Scale::HundredMillion, Scale::Billion];

    /// The power of ten of one of this scale.
    pub const fn exponent(self) -> u32 {
        match self {
            Scale::One => 0,
            Scale::Thousand => 3,
            Scale::TenThousand => 4,
            Scale::Million => 6,
            Scale::HundredMillion => 8,
            Scale::Billion => 9,
        }
    }
}

/// How amounts are written: what their smallest unit is and in which unit they are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Numeral {
    /// Minor digits of the currency: 2 for CNY, 0 for a count.
    pub decimals: u8,
    pub scale: Scale,
}

impl Numeral {
    /// The power of ten between the smallest unit and one of the scale.
    fn shift(self) -> u32 {
        u32::from(self.decimals) + self.scale.exponent()
    }
}

/// How many decimals `print` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Places {
    /// As many as the amount needs.
    Exact,
    /// Always that many, zeros included.
    Fixed(u8),
    /// At most that many, trailing zeros dropped.
    AtMost(u8),
}

/// Why a text is not an amount. Each keeps what was given, shortened to 40 characters, for the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseAmountError {
    Empty,
    NotANumber {
        given: String,
    },
    /// 壹佰, 一百万, 3千五: written out, or put together from several units.
    ChineseNumeral {
        given: String,
    },
    /// The marks do not tell decimals from groups: `1.234,5`, `12,50`.
    Ambiguous {
        given: String,
    },
    /// A percentage where an amount is wanted.
    Percent {
        given: String,
    },
    /// There is more after the point than the smallest unit can hold, `allowed` being the decimals it holds in the
    /// unit that the number was written in.
    TooPrecise {
        given: String,
        allowed: u32,
    },
    /// Beyond `Amount::MAX`.
    TooLarge {
        given: String,
    },
}

impl fmt::Display for ParseAmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "nothing is written"),
            Self::NotANumber { given } => write!(f, "`{given}` is not a number"),
            Self::ChineseNumeral { given } => write!(f, "`{given}` is written in Chinese numerals, use digits"),
            Self::Ambiguous { given } => {
                write!(f, "`{given}` is ambiguous: group by commas and mark decimals with a point")
            }
            Self::Percent { given } => write!(f, "`{given}` is a percentage, an amount is needed"),
            Self::TooPrecise { given, allowed } => {
                write!(f, "`{given}` has too many decimals, at most {allowed} are allowed")
            }
            Self::TooLarge { given } => write!(f, "`{given}` is too large, at most {} units", Amount::MAX.units()),
        }
    }
}

impl std::error::Error for ParseAmountError {}

/// An amount that was read with rounding allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounded {
    pub amount: Amount,
    /// Whether decimals beyond the smallest unit were lost.
    pub rounded: bool,
}

/// Reads an amount. A bare number is in the numeral's scale; a number with its own unit is in that one: 千 k
/// thousand, 万 w, m mm mn million, 亿, b bn billion, and 百 to 万亿 in between. A currency mark without such a unit
/// means whole currency, so that `¥500` and `500元` are the same in a sheet of 万元.
pub fn parse(text: &str, numeral: Numeral) -> Result<Amount, ParseAmountError> {
    let (read, allowed) = read_units(text, numeral).map_err(|fault| fault.about(text))?;
    if read.rounded { Err(Fault::TooPrecise { allowed }.about(text)) } else { Ok(read.amount) }
}

/// Reads an amount like `parse`, but rounds what is finer than the smallest unit, half away from zero, and tells.
/// For imports: other systems keep four decimals of a dollar.
pub fn parse_rounded(text: &str, numeral: Numeral) -> Result<Rounded, ParseAmountError> {
    read_units(text, numeral).map(|(read, _)| read).map_err(|fault| fault.about(text))
}

/// Reads a weight or a percentage: `40%`, `４０％` and `40` are all 40. Exact, or refused.
pub fn parse_decimal(text: &str) -> Result<Decimal, ParseAmountError> {
    read_decimal(text).map_err(|fault| fault.about(text))
}

/// Whether a number names its own unit or currency: `12万` in a sheet of shares is an amount, not a percentage.
pub fn has_unit(text: &str) -> bool {
    read(text, true).is_ok_and(|it| matches!(it.unit, Unit::Exponent(_)))
}

/// Writes an amount in the numeral's scale, grouped by three, rounding half away from zero. The minus is the ASCII
/// one, so that a copied number is a number in a spreadsheet; the unit is the view's to add.
pub fn print(amount: Amount, numeral: Numeral, places: Places) -> String {
    let digits = Digits::of(amount, numeral, places);
    format!("{}{}{}", digits.sign(amount), grouped(&digits.whole), digits.tail())
}

/// Writes an amount like `print`, exactly and without group marks: for files and for the field under the cursor.
pub fn plain(amount: Amount, numeral: Numeral) -> String {
    let digits = Digits::of(amount, numeral, Places::Exact);
    format!("{}{}{}", digits.sign(amount), digits.whole, digits.tail())
}

/// The decimals that show the amount exactly in the numeral's scale.
pub fn places_needed(amount: Amount, numeral: Numeral) -> u8 {
    let digits = Digits::of(amount, numeral, Places::Exact);
    u8::try_from(digits.fraction.len()).unwrap_or(u8::MAX)
}

// ---- Writing ----

struct Digits {
    whole: String,
    fraction: String,
}

impl Digits {
    fn of(amount: Amount, numeral: Numeral, places: Places) -> Digits {
        let shift = numeral.shift();
        let wanted = match places {
            Places::Exact => shift,
            Places::Fixed(places) | Places::AtMost(places) => u32::from(places),
        };
        let kept = wanted.min(shift);
        let rounded = divide_rounding(amount.units().unsigned_abs(), shift - kept).to_string();
        let width = kept as usize + 1;
        let padded = format!("{rounded:0>width$}");
        let (whole, fraction) = padded.split_at(padded.len() - kept as usize);
        let fraction = match places {
            Places::Fixed(_) => format!("{fraction:0<width$}", width = wanted as usize),
            Places::Exact | Places::AtMost(_) => fraction.trim_end_matches('0').to_owned(),
        };
        Digits { whole: whole.to_owned(), fraction }
    }

    /// What rounds to zero has no sign.
    fn sign(&self, amount: Amount) -> &'static str {
        let is_zero = self.whole.chars().chain(self.fraction.chars()).all(|it| it == '0');
        if amount.is_negative() && !is_zero { "-" } else { "" }
    }

    fn tail(&self) -> String {
        if self.fraction.is_empty() { String::new() } else { format!(".{}", self.fraction) }
    }
}

/// Divides by a power of ten, half up. A power that does not fit is larger than any amount by far.
fn divide_rounding(magnitude: u64, exponent: u32) -> u128 {
    match 10_u128.checked_pow(exponent) {
        Some(unit) => (u128::from(magnitude) + unit / 2) / unit,
        None => 0,
    }
}

fn grouped(whole: &str) -> String {
    let mut text = String::with_capacity(whole.len() + whole.len() / 3);
    for (idx, digit) in whole.chars().enumerate() {
        if idx != 0 && (whole.len() - idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

// ---- Reading ----

/// A `ParseAmountError` before it knows the text.
#[derive(Clone, Copy)]
enum Fault {
    Empty,
    NotANumber,
    ChineseNumeral,
    Ambiguous,
    Percent,
    TooPrecise { allowed: u32 },
    TooLarge,
}

impl Fault {
    #[cold]
    fn about(self, text: &str) -> ParseAmountError {
        let given: String = text.trim().chars().filter(|it| !it.is_control() && !is_invisible(*it)).take(40).collect();
        match self {
            Self::Empty => ParseAmountError::Empty,
            Self::NotANumber => ParseAmountError::NotANumber { given },
            Self::ChineseNumeral => ParseAmountError::ChineseNumeral { given },
            Self::Ambiguous => ParseAmountError::Ambiguous { given },
            Self::Percent => ParseAmountError::Percent { given },
            Self::TooPrecise { allowed } => ParseAmountError::TooPrecise { given, allowed },
            Self::TooLarge => ParseAmountError::TooLarge { given },
        }
    }
}

/// A number as it stood in the text, marks removed.
struct Written {
    negative: bool,
    whole: String,
    /// Without trailing zeros.
    fraction: String,
    unit: Unit,
}

enum Unit {
    /// Nothing was said: the sheet's unit.
    Bare,
    Exponent(u32),
    Percent,
}

fn read_units(text: &str, numeral: Numeral) -> Result<(Rounded, u32), Fault> {
    let written = read(text, numeral.decimals == 0)?;
    let exponent = match written.unit {
        Unit::Bare => numeral.scale.exponent(),
        Unit::Exponent(exponent) => exponent,
        Unit::Percent => return Err(Fault::Percent),
    };
    let allowed = u32::from(numeral.decimals) + exponent;
    let kept = allowed as usize;
    let digits = written.whole.chars().chain(written.fraction.chars().chain(iter::repeat('0')).take(kept));
    let up = written.fraction.chars().nth(kept).is_some_and(|digit| '5' <= digit);
    let magnitude = whole_number(digits)?.checked_add(i64::from(up)).ok_or(Fault::TooLarge)?;
    if Amount::MAX.units() < magnitude {
        return Err(Fault::TooLarge);
    }
    let amount = Amount(if written.negative { -magnitude } else { magnitude });
    Ok((Rounded { amount, rounded: kept < written.fraction.len() }, allowed))
}

fn whole_number(digits: impl Iterator<Item = char>) -> Result<i64, Fault> {
    digits.filter_map(|it| it.to_digit(10)).try_fold(0_i64, |sum, digit| {
        sum.checked_mul(10).and_then(|it| it.checked_add(i64::from(digit))).ok_or(Fault::TooLarge)
    })
}

fn read_decimal(text: &str) -> Result<Decimal, Fault> {
    let written = read(text, true)?;
    let exponent = match written.unit {
        Unit::Bare | Unit::Percent => 0,
        Unit::Exponent(exponent) => exponent as usize,
    };
    // The point moves to the right by the exponent; what is left of the fraction is the scale of the decimal.
    let moved = written.fraction.chars().chain(iter::repeat('0')).take(exponent);
    let whole: String = written.whole.chars().chain(moved).collect();
    let fraction: String = written.fraction.chars().skip(exponent).collect();
    if Amount::MAX.units() < whole_number(whole.chars())? {
        return Err(Fault::TooLarge);
    }
    let sign = if written.negative { "-" } else { "" };
    // The bound above leaves twelve of the 28 digits of a decimal; more than it can hold is refused, not cut.
    Decimal::from_str_exact(&format!("{sign}0{whole}.{fraction}0"))
        .map(|it| it.normalize())
        .map_err(|_| Fault::TooPrecise { allowed: 12 })
}

fn read(text: &str, counts: bool) -> Result<Written, Fault> {
    let text = normal(text)?;
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    let Prefix { negative, marked, rest } = prefix(&text);
    let end = rest.find(|it: char| !is_body(it)).unwrap_or(rest.len());
    let (body, tail) = rest.split_at(end);
    let Some(mut unit) = unit(&tail.replace(' ', ""), counts) else {
        return Err(if is_chinese_numeral(rest) { Fault::ChineseNumeral } else { Fault::NotANumber });
    };
    if marked && matches!(unit, Unit::Bare) {
        unit = Unit::Exponent(0);
    }
    if !body.contains(|it: char| it.is_ascii_digit()) {
        return Err(if is_chinese_numeral(rest) { Fault::ChineseNumeral } else { Fault::NotANumber });
    }
    let (whole, fraction) = split_body(body.trim())?;
    Ok(Written { negative, whole, fraction, unit })
}

/// The ASCII or currency character that a full-width one stands for; any other as it is. The tables of full Unicode
/// normalisation would be a seventh of the page, for this one block of it.
pub(crate) fn narrow(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{3000}' => ' ',
        '\u{FF61}' => '。',
        '\u{FF64}' => '、',
        '\u{FFE0}' => '¢',
        '\u{FFE1}' => '£',
        '\u{FFE5}' => '¥',
        '\u{FFE6}' => '₩',
        _ => letter,
    }
}

/// Narrow, lower case and without what cannot be seen. A character that only looks like a digit (`10²`, `①`) is refused,
/// because `10²` is not 102.
fn normal(text: &str) -> Result<String, Fault> {
    let mut plain = String::with_capacity(text.len());
    for given in text.trim().chars().filter(|it| !is_invisible(*it)) {
        let form = narrow(given);
        if given.is_control() || form.is_numeric() && !form.is_ascii() {
            return Err(Fault::NotANumber);
        }
        plain.push(match form {
            '萬' => '万',
            '億' => '亿',
            '\u{2018}' | '\u{2019}' | '\u{02BC}' | '`' => '\'',
            '\u{2010}'..='\u{2013}' | '\u{2212}' => '-',
            form if form.is_whitespace() => ' ',
            form => form.to_ascii_lowercase(),
        });
    }
    Ok(plain.trim().to_owned())
}

/// Zero-width characters, soft hyphens, byte order marks, variation selectors and writing directions: pasted along
/// from chats and calculators, never meant.
pub(crate) fn is_invisible(it: char) -> bool {
    matches!(
        it,
        '\u{00AD}'
            | '\u{061C}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
    )
}

struct Prefix<'a> {
    negative: bool,
    /// Whether a currency was named.
    marked: bool,
    rest: &'a str,
}

/// One sign and one currency, in either order; accounting brackets are a sign.
fn prefix(text: &str) -> Prefix<'_> {
    let (mut sign, mut marked, mut rest) = (None, false, text);
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(['+', '-']).filter(|_| sign.is_none()) {
            sign = Some(rest.starts_with('-'));
            rest = after;
        } else if let Some(inner) = bracketed(rest).filter(|_| sign.is_none()) {
            sign = Some(true);
            rest = inner.trim();
        } else if let Some(after) = names(false).find_map(|name| rest.strip_prefix(name)).filter(|_| !marked) {
            marked = true;
            rest = after;
        } else {
            return Prefix { negative: sign == Some(true), marked, rest };
        }
    }
}

fn bracketed(text: &str) -> Option<&str> {
    text.strip_prefix('(')?.strip_suffix(')')
}

fn is_body(it: char) -> bool {
    it.is_ascii_digit() || matches!(it, '.' | '。' | ',' | ' ' | '\'')
}

/// Currencies by sign, code and name, longer ones before those they begin with.
const CURRENCIES: &[&str] = &[
    "us$",
    "hk$",
    "nt$",
    "¥",
    "$",
    "€",
    "£",
    "人民币",
    "rmb",
    "cny",
    "cnh",
    "usd",
    "eur",
    "gbp",
    "hkd",
    "twd",
    "jpy",
    "美元",
    "美金",
    "欧元",
    "英镑",
    "港元",
    "港币",
    "日元",
    "元整",
    "元",
    "圆",
    "圓",
    "块钱",
    "块",
    "yuan",
    "dollars",
    "euros",
];

/// What a count counts, read over where the smallest unit is a whole one.
const COUNTERS: &[&str] = &["家", "个", "人", "名", "位", "户", "件", "单", "台", "套"];

fn names(counts: bool) -> impl Iterator<Item = &'static str> {
    let counters = if counts { COUNTERS } else { &[] };
    CURRENCIES.iter().chain(counters).copied()
}

/// `m` is a million, as in a budget, not the Roman thousand; `mm` and `mn` are the same million; `w` is 万, as in
/// chats; 兆 and `mil` mean different things to different people and are not read.
const SCALES: &[(&str, u32)] = &[
    ("百", 2),
    ("千", 3),
    ("k", 3),
    ("thousand", 3),
    ("万", 4),
    ("w", 4),
    ("十万", 5),
    ("百万", 6),
    ("m", 6),
    ("mm", 6),
    ("mn", 6),
    ("million", 6),
    ("千万", 7),
    ("亿", 8),
    ("十亿", 9),
    ("b", 9),
    ("bn", 9),
    ("billion", 9),
    ("百亿", 10),
    ("千亿", 11),
    ("万亿", 12),
];

/// What follows the number, spaces removed: a scale, then a currency, or a percent sign.
fn unit(tail: &str, counts: bool) -> Option<Unit> {
    match tail {
        "" => return Some(Unit::Bare),
        "%" => return Some(Unit::Percent),
        _ => {}
    }
    let is_name = |text: &str| text.is_empty() || names(counts).any(|it| it == text);
    if is_name(tail) {
        return Some(Unit::Exponent(0));
    }
    let scale = SCALES.iter().find(|(word, _)| tail.strip_prefix(word).is_some_and(is_name));
    scale.map(|(_, exponent)| Unit::Exponent(*exponent))
}

fn is_chinese_numeral(text: &str) -> bool {
    let is_numeral = |it: char| "〇零一二两兩三四五六七八九十廿百千万亿壹贰貳叁參肆伍陆陸柒捌玖拾佰仟".contains(it);
    let is_filler = |it: char| is_body(it) || "元圆圓块角分整正点负半".contains(it);
    text.contains(is_numeral) && text.chars().all(|it| is_numeral(it) || is_filler(it))
}

/// Splits at the decimal point and takes the group marks out; the fraction loses its trailing zeros.
fn split_body(body: &str) -> Result<(String, String), Fault> {
    if body.starts_with('。') || body.ends_with('。') {
        return Err(Fault::NotANumber); // The end of a sentence, not a point.
    }
    let body = body.replace('。', ".");
    if 1 < body.matches('.').count() {
        let head = body.split(',').next().unwrap_or_default();
        return Err(if is_grouped(head, '.', 3) { Fault::Ambiguous } else { Fault::NotANumber });
    }
    let (whole, fraction) = body.split_once('.').unwrap_or((&body, ""));
    if fraction.contains(',') {
        return Err(Fault::Ambiguous);
    }
    if !fraction.chars().all(|it| it.is_ascii_digit()) {
        return Err(Fault::NotANumber);
    }
    Ok((ungroup(whole)?, fraction.trim_end_matches('0').to_owned()))
}

/// Takes out one kind of group mark where every group has three digits, or every group four.
fn ungroup(whole: &str) -> Result<String, Fault> {
    let mut marks = whole.chars().filter(|it| !it.is_ascii_digit());
    let Some(mark) = marks.next() else { return Ok(whole.to_owned()) };
    if marks.any(|it| it != mark) {
        return Err(Fault::Ambiguous);
    }
    if is_grouped(whole, mark, 3) || mark != '\'' && is_grouped(whole, mark, 4) {
        return Ok(whole.replace(mark, ""));
    }
    let looks_decimal = mark == ',' && whole.split(mark).all(|it| !it.is_empty());
    Err(if looks_decimal { Fault::Ambiguous } else { Fault::NotANumber })
}

/// A first group of zero is no group: `0,500` is a half to half of the world.
fn is_grouped(whole: &str, mark: char, size: usize) -> bool {
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=size).contains(&first.len()) && !first.starts_with('0') && groups.all(|it| it.len() == size)
}
