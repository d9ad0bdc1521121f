//! What is written for a version of a plan: one line that says what follows, and the plan as JSON.
//!
//! ```text
//! stp2 <crc32> <revision> <schema> <saved in ms>
//! {"schema":…
//! ```
//!
//! The checksum is that of everything after it. A plan has two slots, written in turn, so that whatever becomes of the one,
//! the version before is in the other. Refused: to take a text for whole that is not.

use crc::{CRC_32_ISO_HDLC, Crc};

const MARK: &str = "stp2";
const SUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// Where a text of a plan lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The one place that a plan had before there were two. Never written; read until both others are.
    Single,
    A,
    B,
}

impl Slot {
    pub const ALL: [Slot; 3] = [Slot::Single, Slot::A, Slot::B];

    /// What stands behind the name of the plan.
    pub fn ending(self) -> &'static str {
        match self {
            Slot::Single => "",
            Slot::A => ":a",
            Slot::B => ":b",
        }
    }

    /// Where the version after the one in this slot goes.
    pub fn next(self) -> Slot {
        if self == Slot::A { Slot::B } else { Slot::A }
    }
}

/// What a text says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Counts the versions of a plan.
    pub rev: u64,
    /// The format of the plan: a page that knows less does not write over it.
    pub schema: u32,
    /// In milliseconds after 1970.
    pub saved: u64,
}

/// A text that was cut or altered, or that nobody sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Harmed;

pub fn seal(head: Head, body: &str) -> String {
    let sealed = format!("{} {} {}\n{body}", head.rev, head.schema, head.saved);
    format!("{MARK} {:08x} {sealed}", SUM.checksum(sealed.as_bytes()))
}

/// Where that begins which the checksum is of: behind the mark, a blank, eight digits and a blank.
const SEALED: usize = MARK.len() + 10;

/// What a text says of itself, and what it holds, if it is whole.
pub fn open(text: &str) -> Result<(Head, &str), Harmed> {
    let sum = text.strip_prefix(MARK).and_then(|it| it.get(1..9)).ok_or(Harmed)?;
    let sealed = text.get(SEALED..).ok_or(Harmed)?;
    if u32::from_str_radix(sum, 16) != Ok(SUM.checksum(sealed.as_bytes())) {
        return Err(Harmed);
    }
    let head = glance(text).ok_or(Harmed)?;
    Ok((head, sealed.split_once('\n').ok_or(Harmed)?.1))
}

/// What a text says of itself, whole or not.
pub fn glance(text: &str) -> Option<Head> {
    let line = text.strip_prefix(MARK)?.split('\n').next()?;
    let mut said = line.split(' ').skip(2);
    let head =
        Head { rev: said.next()?.parse().ok()?, schema: said.next()?.parse().ok()?, saved: said.next()?.parse().ok()? };
    said.next().is_none().then_some(head)
}
