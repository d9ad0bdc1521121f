//! A plan as the part of an address behind the `#`: its columns in the envelope of `link`. Links of before the columns have
//! its JSON inside, and are read for ever.
//!
//! Refused here: a plan whose link would not come out again, and whatever is no plan once it is out of the envelope.

use std::fmt;

use super::columns::{self, ColumnError};
use super::link::{self, Body, Form, LinkError, MAX_BYTES, MAX_CHARS};
use crate::plan::Plan;
use crate::plan::check::Repair;
use crate::plan::migrate::{self, DecodeError};

/// Why no plan came out of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanLinkError {
    /// The envelope.
    Link(LinkError),
    /// What was in it, as JSON.
    Plan(DecodeError),
    /// What was in it, as columns.
    Columns(ColumnError),
}

impl fmt::Display for PlanLinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link(error) => error.fmt(f),
            Self::Plan(error) => error.fmt(f),
            Self::Columns(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PlanLinkError {}

/// The plan is too large for any link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// What goes behind the `#`.
pub fn write(plan: &Plan) -> Result<String, TooLarge> {
    let body = body(plan);
    if MAX_BYTES < body.bytes.len() {
        return Err(TooLarge);
    }
    let link = link::pack(body.form, &body.bytes);
    if MAX_CHARS < link.len() { Err(TooLarge) } else { Ok(link) }
}

/// Columns, once they were read and are the very plan. A plan that breaks a rule of its own, which columns do not hold, goes
/// as the file that it would be saved as.
fn body(plan: &Plan) -> Body {
    let bytes = columns::write(plan);
    match columns::read(&bytes) {
        Ok((same, repairs)) if same == *plan && repairs.is_empty() => Body { form: Form::Columns, bytes },
        _ => Body { form: Form::Json, bytes: plan.to_compact_json().into_bytes() },
    }
}

/// Finds the plan in an address or a whole message, and says what had to be mended in it.
pub fn read(text: &str) -> Result<(Plan, Vec<Repair>), PlanLinkError> {
    let Body { form, bytes } = link::unpack(text).map_err(PlanLinkError::Link)?;
    match form {
        Form::Columns => columns::read(&bytes).map_err(PlanLinkError::Columns),
        Form::Json => {
            let json = String::from_utf8(bytes).map_err(|_| PlanLinkError::Plan(DecodeError::NotAPlan))?;
            migrate::decode(&json).map_err(PlanLinkError::Plan)
        }
    }
}
