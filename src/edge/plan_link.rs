//! A plan as the part of an address behind the `#`: its columns in the envelope of `link`. Links of before the columns have
//! its JSON inside, and are read for ever.
//!
//! Refused here: a plan whose link would not come out again, and whatever is no plan once it is out of the envelope.

use std::fmt;

use super::columns::{self, ColumnError};
use super::link::{self, Body, Form, LinkError, MAX_BYTES, MAX_CHARS};
use super::seal::{self, SealError};
use super::what_if::{WhatIfError, WhatIfLink};
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
    /// It is behind a passphrase: what `read_sealed` takes.
    Sealed(Vec<u8>),
    /// It is no plan but a what-if, which is tried out over a plan; with what had to be mended in it.
    WhatIf(Box<WhatIfLink>, Vec<Repair>),
    /// It is a what-if that cannot be read.
    NoWhatIf(WhatIfError),
    /// What was behind the passphrase did not come out.
    Seal(SealError),
}

impl fmt::Display for PlanLinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link(error) => error.fmt(f),
            Self::Plan(error) => error.fmt(f),
            Self::Columns(error) => error.fmt(f),
            Self::Sealed(_) => f.write_str("the plan is behind a passphrase"),
            Self::WhatIf(..) => f.write_str("the link holds edits and no plan"),
            Self::NoWhatIf(error) => write!(f, "the what-if cannot be read: {error:?}"),
            Self::Seal(error) => write!(f, "the plan stays behind its passphrase: {error:?}"),
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

/// The same behind a passphrase. None where the browser cannot, or the plan is too large.
pub async fn write_sealed(plan: &Plan, passphrase: &str) -> Option<String> {
    write_sealed_body(body(plan), passphrase).await
}

/// The same of anything that a link can hold.
pub async fn write_sealed_body(body: Body, passphrase: &str) -> Option<String> {
    if MAX_BYTES < body.bytes.len() {
        return None;
    }
    let sealed = seal::seal(&link::squeeze(body.form, &body.bytes), passphrase).await?;
    Some(link::pack(Form::Sealed, &sealed)).filter(|it| it.len() <= MAX_CHARS)
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
    plan_of(link::unpack(text).map_err(PlanLinkError::Link)?)
}

/// The plan of a link that said that it is behind a passphrase.
pub async fn read_sealed(sealed: &[u8], passphrase: &str) -> Result<(Plan, Vec<Repair>), PlanLinkError> {
    let squeezed = seal::open(sealed, passphrase).await.map_err(PlanLinkError::Seal)?;
    plan_of(link::expand(&squeezed).map_err(PlanLinkError::Link)?)
}

fn plan_of(Body { form, bytes }: Body) -> Result<(Plan, Vec<Repair>), PlanLinkError> {
    match form {
        Form::Columns => columns::read(&bytes).map_err(PlanLinkError::Columns),
        Form::Json => {
            let json = String::from_utf8(bytes).map_err(|_| PlanLinkError::Plan(DecodeError::NotAPlan))?;
            migrate::decode(&json).map_err(PlanLinkError::Plan)
        }
        Form::WhatIf => Err(match WhatIfLink::read(&bytes) {
            Ok((link, repairs)) => PlanLinkError::WhatIf(Box::new(link), repairs),
            Err(error) => PlanLinkError::NoWhatIf(error),
        }),
        Form::Sealed => Err(PlanLinkError::Sealed(bytes)),
    }
}
