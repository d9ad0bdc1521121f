//! A plan as the part of an address behind the `#`: its compact JSON in the envelope of `link`.
//!
//! Refused here: a plan whose link would not come out again, and whatever is no plan once it is out of the envelope.

use std::fmt;

use super::link::{self, LinkError, MAX_BYTES, MAX_CHARS};
use crate::plan::Plan;
use crate::plan::check::Repair;
use crate::plan::migrate::{self, DecodeError};

/// Why no plan came out of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanLinkError {
    /// The envelope.
    Link(LinkError),
    /// What was in it.
    Plan(DecodeError),
}

impl fmt::Display for PlanLinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link(error) => error.fmt(f),
            Self::Plan(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PlanLinkError {}

/// The plan is too large for any link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// What goes behind the `#`.
pub fn write(plan: &Plan) -> Result<String, TooLarge> {
    let json = plan.to_compact_json();
    if MAX_BYTES < json.len() {
        return Err(TooLarge);
    }
    let link = link::pack(json.as_bytes());
    if MAX_CHARS < link.len() { Err(TooLarge) } else { Ok(link) }
}

/// Finds the plan in an address or a whole message, and says what had to be mended in it.
pub fn read(text: &str) -> Result<(Plan, Vec<Repair>), PlanLinkError> {
    let bytes = link::unpack(text).map_err(PlanLinkError::Link)?;
    let json = String::from_utf8(bytes).map_err(|_| PlanLinkError::Plan(DecodeError::NotAPlan))?;
    migrate::decode(&json).map_err(PlanLinkError::Plan)
}
