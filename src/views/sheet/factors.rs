//! Factors as people write them: a line each, its name and then its weight in percent. A factor without a weight has none.

use rust_decimal::Decimal;

use crate::amount::{ParseAmountError, parse_decimal};
use crate::plan::Factor;

pub fn print(factors: &[Factor]) -> String {
    let line = |it: &Factor| format!("{} {}", it.name, it.weight.normalize());
    factors.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Refused: a weight that is no number.
pub fn read(text: &str) -> Result<Vec<Factor>, ParseAmountError> {
    text.lines().map(str::trim).filter(|it| !it.is_empty()).map(factor).collect()
}

fn factor(line: &str) -> Result<Factor, ParseAmountError> {
    let (name, weight) = line.split_at(line.rfind(is_between).unwrap_or(line.len()));
    let weight = weight.trim_start_matches(is_between);
    let weight = if weight.is_empty() { Decimal::ZERO } else { parse_decimal(weight)? };
    Ok(Factor { name: name.trim_end_matches(is_between).to_owned(), weight })
}

fn is_between(it: char) -> bool {
    it.is_whitespace() || matches!(it, ':' | '：' | ',' | '，')
}
