//! From the text of a plan file, of this schema or an older one, to a plan.
//!
//! Older shapes are brought forward one schema at a time by pure functions; a newer one is refused, so that nothing in it
//! is lost. Whatever a file holds, the result is a plan that the engine can read, or an error that says why not.

use serde_json::Value;

use super::check::{self, Repair};
use super::tree::Dimension;
use super::{Plan, SCHEMA};

/// The largest plan file that is read, in bytes.
pub const MAX_BYTES: usize = 20_000_000;

/// Why a text is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// Not JSON at all; where it stops being so.
    NotJson {
        line: usize,
        column: usize,
    },
    /// JSON, but no plan: it has no schema number.
    NotAPlan,
    /// Written by a newer version of this program.
    Newer {
        schema: u64,
    },
    /// A field is missing or is not what it must be, in the words of the reader.
    Field(String),
    /// A tree has no root, or too many nodes.
    Tree(Dimension),
    TooLong {
        bytes: usize,
    },
}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DecodeError::NotJson { line, column } => {
                write!(f, "not a plan file: it stops being JSON in line {line}, column {column}")
            }
            DecodeError::NotAPlan => write!(f, "not a plan file: it has no schema number"),
            DecodeError::Newer { schema } => write!(
                f,
                "the plan has schema {schema}, and this version reads up to {SCHEMA}; open it with a newer version"
            ),
            DecodeError::Field(words) => write!(f, "the plan file cannot be read: {words}"),
            DecodeError::Tree(dimension) => write!(f, "the {dimension:?} tree of the plan has no root or is too large"),
            DecodeError::TooLong { bytes } => write!(f, "{bytes} bytes are more than the {MAX_BYTES} that are read"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Reads a plan, and says what had to be mended in it.
pub fn decode(text: &str) -> Result<(Plan, Vec<Repair>), DecodeError> {
    sound(parse(text)?)
}

/// Makes a plan that came from outside one that the engine can read, and says what had to be mended in it.
pub fn sound(mut plan: Plan) -> Result<(Plan, Vec<Repair>), DecodeError> {
    let repairs = check::repair(&mut plan);
    for dimension in Dimension::ALL {
        let tree = plan.tree(dimension);
        let shaped = dimension != Dimension::Time || check::is_year(&plan.calendar, tree);
        if check::MAX_NODES < tree.nodes.len() || !check::is_tree(tree) || !shaped {
            return Err(DecodeError::Tree(dimension));
        }
    }
    Ok((plan, repairs))
}

/// Reads a plan as it stands.
pub(super) fn parse(text: &str) -> Result<Plan, DecodeError> {
    if MAX_BYTES < text.len() {
        return Err(DecodeError::TooLong { bytes: text.len() });
    }
    let text = text.trim_start_matches('\u{feff}');
    let mut value: Value = serde_json::from_str(text)
        .map_err(|error| DecodeError::NotJson { line: error.line(), column: error.column() })?;
    let schema = value.get("schema").and_then(Value::as_u64).ok_or(DecodeError::NotAPlan)?;
    if u64::from(SCHEMA) < schema {
        return Err(DecodeError::Newer { schema });
    }
    if schema == 0 {
        return Err(DecodeError::NotAPlan);
    }
    to_6(&mut value);
    serde_json::from_value(value).map_err(|error| DecodeError::Field(error.to_string()))
}

/// Schemas 2 to 6 have more fields each, all of which may be absent, so that a plan of an older one is one of schema 6 as
/// it is. The number was raised because an older reader would refuse the new fields as unknown.
fn to_6(value: &mut Value) {
    if let Some(schema) = value.get_mut("schema") {
        *schema = Value::from(6);
    }
}
