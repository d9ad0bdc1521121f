//! What somebody works out while typing: `=1.2亿/12`, `+5%`, `*1.1`. Exact fractions of whole numbers to the end, where the
//! result is rounded once, to the smallest unit, half away from zero.
//!
//! Refused: floats, names of cells, functions, and a result that is no amount, such as an amount times an amount.

use super::{Amount, Fault, Numeral, ParseAmountError, Unit, normal, read};

/// Why a formula has no result. Each keeps what was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormulaError {
    /// One of its numbers cannot be read.
    Number(ParseAmountError),
    /// It does not come to an amount: a sign too many, a bracket left open, an amount times an amount.
    NoResult {
        given: String,
    },
    DividedByZero {
        given: String,
    },
    TooLarge {
        given: String,
    },
}

/// Works out a formula: what begins with `=`, and what changes the number that is there, `+5%`, `-3%`, `*1.1`, `/2`. None
/// for any other text, which is read as it stands.
pub fn work_out(text: &str, now: Amount, numeral: Numeral) -> Option<Result<Amount, FormulaError>> {
    let plain = normal(text).ok()?.replace('×', "*").replace('÷', "/");
    let result = if let Some(formula) = plain.strip_prefix('=') {
        Parser::of(formula, numeral).whole()
    } else if plain.starts_with(['*', '/']) {
        let now = Value { fraction: Fraction::whole(now.units()), is_amount: true };
        Parser::of(&plain, numeral).factors(now).and_then(|(value, rest)| rest.end(value))
    } else if plain.starts_with(['+', '-']) && plain.ends_with('%') {
        grown(&plain, now)
    } else {
        return None;
    };
    let given: String = text.trim().chars().take(40).collect();
    Some(result.and_then(|it| it.amount(numeral)).map_err(|it| match it {
        Broken::Number(error) => FormulaError::Number(error),
        Broken::NoResult => FormulaError::NoResult { given },
        Broken::ByZero => FormulaError::DividedByZero { given },
        Broken::TooLarge => FormulaError::TooLarge { given },
    }))
}

/// `+5%` of what is there is added to it.
fn grown(plain: &str, now: Amount) -> Result<Value, Broken> {
    let (sign, percent) = plain.split_at(1);
    let percent = literal(percent, Numeral::default())?.fraction;
    let percent = if sign == "-" { percent.negative() } else { percent };
    let factor = Fraction::whole(1).plus(percent)?;
    Ok(Value { fraction: Fraction::whole(now.units()).times(factor)?, is_amount: true })
}

/// A `FormulaError` before it knows the text.
enum Broken {
    Number(ParseAmountError),
    NoResult,
    ByZero,
    TooLarge,
}

/// A number on the way: of the smallest unit if it is an amount, bare otherwise.
#[derive(Clone, Copy)]
struct Value {
    fraction: Fraction,
    is_amount: bool,
}

impl Value {
    /// A bare number stands for so many of the sheet's unit.
    fn as_amount(self, numeral: Numeral) -> Result<Fraction, Broken> {
        if self.is_amount { Ok(self.fraction) } else { self.fraction.times(Fraction::ten_to(numeral.shift())?) }
    }

    fn plus(self, other: Value, numeral: Numeral) -> Result<Value, Broken> {
        if self.is_amount == other.is_amount {
            return Ok(Value { fraction: self.fraction.plus(other.fraction)?, ..self });
        }
        let fraction = self.as_amount(numeral)?.plus(other.as_amount(numeral)?)?;
        Ok(Value { fraction, is_amount: true })
    }

    fn times(self, other: Value) -> Result<Value, Broken> {
        if self.is_amount && other.is_amount {
            return Err(Broken::NoResult);
        }
        let is_amount = self.is_amount || other.is_amount;
        Ok(Value { fraction: self.fraction.times(other.fraction)?, is_amount })
    }

    fn over(self, other: Value) -> Result<Value, Broken> {
        if other.is_amount && !self.is_amount {
            return Err(Broken::NoResult);
        }
        let is_amount = self.is_amount && !other.is_amount;
        Ok(Value { fraction: self.fraction.over(other.fraction)?, is_amount })
    }

    fn negative(self) -> Value {
        Value { fraction: self.fraction.negative(), ..self }
    }

    fn amount(self, numeral: Numeral) -> Result<Amount, Broken> {
        let units = self.as_amount(numeral)?.rounded();
        let amount = i64::try_from(units).map(Amount::from_units).map_err(|_| Broken::TooLarge)?;
        if Amount::MAX < amount.abs() { Err(Broken::TooLarge) } else { Ok(amount) }
    }
}

/// A fraction in lowest terms, its lower number above zero.
#[derive(Clone, Copy)]
struct Fraction {
    upper: i128,
    lower: i128,
}

impl Fraction {
    fn of(upper: Option<i128>, lower: Option<i128>) -> Result<Fraction, Broken> {
        let (upper, lower) = upper.zip(lower).ok_or(Broken::TooLarge)?;
        let common = i128::try_from(greatest_common(upper.unsigned_abs(), lower.unsigned_abs()))
            .map_err(|_| Broken::TooLarge)?
            .max(1);
        let sign = if lower < 0 { -1 } else { 1 };
        Ok(Fraction { upper: sign * (upper / common), lower: sign * (lower / common) })
    }

    fn whole(number: i64) -> Fraction {
        Fraction { upper: i128::from(number), lower: 1 }
    }

    fn ten_to(exponent: u32) -> Result<Fraction, Broken> {
        Fraction::of(10_i128.checked_pow(exponent), Some(1))
    }

    fn plus(self, other: Fraction) -> Result<Fraction, Broken> {
        let upper = self.upper.checked_mul(other.lower).zip(other.upper.checked_mul(self.lower));
        Fraction::of(upper.and_then(|(one, other)| one.checked_add(other)), self.lower.checked_mul(other.lower))
    }

    fn times(self, other: Fraction) -> Result<Fraction, Broken> {
        Fraction::of(self.upper.checked_mul(other.upper), self.lower.checked_mul(other.lower))
    }

    fn over(self, other: Fraction) -> Result<Fraction, Broken> {
        if other.upper == 0 {
            return Err(Broken::ByZero);
        }
        Fraction::of(self.upper.checked_mul(other.lower), self.lower.checked_mul(other.upper))
    }

    fn negative(self) -> Fraction {
        Fraction { upper: -self.upper, ..self }
    }

    /// Half away from zero.
    fn rounded(self) -> i128 {
        let (whole, rest) = (self.upper / self.lower, self.upper % self.lower);
        let is_half = self.lower - rest.abs() <= rest.abs();
        whole + if is_half { rest.signum() } else { 0 }
    }
}

fn greatest_common(one: u128, other: u128) -> u128 {
    if other == 0 { one } else { greatest_common(other, one % other) }
}

/// What is left to be read.
#[derive(Clone, Copy)]
struct Parser<'a> {
    rest: &'a str,
    numeral: Numeral,
    /// How many brackets are open.
    depth: u8,
}

type Parsed<'a> = Result<(Value, Parser<'a>), Broken>;

impl<'a> Parser<'a> {
    fn of(text: &'a str, numeral: Numeral) -> Parser<'a> {
        Parser { rest: text, numeral, depth: 0 }
    }

    fn whole(self) -> Result<Value, Broken> {
        self.sum().and_then(|(value, rest)| rest.end(value))
    }

    fn end(self, value: Value) -> Result<Value, Broken> {
        if self.rest.trim().is_empty() { Ok(value) } else { Err(Broken::NoResult) }
    }

    /// The next sign, and what follows it.
    fn sign(self, signs: &[char]) -> Option<(char, Parser<'a>)> {
        let rest = self.rest.trim_start();
        let sign = rest.chars().next().filter(|it| signs.contains(it))?;
        Some((sign, Parser { rest: &rest[sign.len_utf8()..], ..self }))
    }

    fn sum(self) -> Parsed<'a> {
        let (mut sum, mut left) = self.product()?;
        while let Some((sign, after)) = left.sign(&['+', '-']) {
            let (value, rest) = after.product()?;
            sum = sum.plus(if sign == '-' { value.negative() } else { value }, self.numeral)?;
            left = rest;
        }
        Ok((sum, left))
    }

    fn product(self) -> Parsed<'a> {
        let (value, rest) = self.atom()?;
        rest.factors(value)
    }

    /// What a value is multiplied and divided by.
    fn factors(self, mut value: Value) -> Parsed<'a> {
        let mut left = self;
        while let Some((sign, after)) = left.sign(&['*', '/']) {
            let (factor, rest) = after.atom()?;
            value = if sign == '*' { value.times(factor)? } else { value.over(factor)? };
            left = rest;
        }
        Ok((value, left))
    }

    fn atom(self) -> Parsed<'a> {
        /// More brackets than these nobody means.
        const DEEPEST: u8 = 20;
        if let Some((sign, after)) = self.sign(&['+', '-']) {
            if DEEPEST <= self.depth {
                return Err(Broken::NoResult);
            }
            let (value, rest) = Parser { depth: self.depth + 1, ..after }.atom()?;
            return Ok((if sign == '-' { value.negative() } else { value }, Parser { depth: self.depth, ..rest }));
        }
        if let Some((_, inner)) = self.sign(&['(']) {
            if DEEPEST <= self.depth {
                return Err(Broken::NoResult);
            }
            let (value, rest) = Parser { depth: self.depth + 1, ..inner }.sum()?;
            let (_, rest) = rest.sign(&[')']).ok_or(Broken::NoResult)?;
            return Ok((value, Parser { depth: self.depth, ..rest }));
        }
        let end = self.rest.find(['+', '-', '*', '/', '(', ')']).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        if number.trim().is_empty() {
            return Err(Broken::NoResult);
        }
        Ok((literal(number, self.numeral)?, Parser { rest, ..self }))
    }
}

/// A number as people write them: 1.2亿 is an amount, 12 a bare number, and 5% a bare twentieth.
fn literal(text: &str, numeral: Numeral) -> Result<Value, Broken> {
    let broken = |fault: Fault| Broken::Number(fault.about(text));
    let written = read(text, numeral.decimals == 0).map_err(broken)?;
    let digits: i128 = format!("0{}{}", written.whole, written.fraction).parse().map_err(|_| Broken::TooLarge)?;
    let places = u32::try_from(written.fraction.len()).map_err(|_| Broken::TooLarge)?;
    let digits = if written.negative { -digits } else { digits };
    let number = Fraction::of(Some(digits), 10_i128.checked_pow(places))?;
    let (exponent, is_amount) = match written.unit {
        Unit::Bare => (0, false),
        Unit::Exponent(exponent) => (exponent + u32::from(numeral.decimals), true),
        Unit::Percent => return Ok(Value { fraction: number.over(Fraction::ten_to(2)?)?, is_amount: false }),
    };
    Ok(Value { fraction: number.times(Fraction::ten_to(exponent)?)?, is_amount })
}
