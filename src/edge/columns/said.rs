//! What stands beside the trees, as the plan file has it: such things are few and each is another, so that columns of them
//! would save nothing, and the reader of files is there already. What every such text has in it is a byte each, of those
//! below the space, which JSON never has.
//!
//! Refused: a text that the writer would have written otherwise, for one plan is to have one link.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::ColumnError;
use super::input::In;
use super::out::Out;
use crate::plan::migrate::DecodeError;
use crate::plan::{Basis, Goal};

/// What stands for each byte, from 1 on. A place once given is never given to another.
const SHORT: [&str; 31] = [
    "\"},\"",
    "\":{\"",
    "\",\"",
    "\"name\":\"",
    "{\"next\":",
    ",\"order\":[0",
    "],\"items\":{\"",
    "\"kind\":\"",
    "\"words\":\"",
    "\"source\":\"",
    "\"benchmark\":",
    "\"conversion\":\"",
    "\"horizon\":\"",
    "\"goal\":\"",
    "\"unit\":\"",
    "\"node\":",
    ",\"level\":",
    ",\"heads\":",
    "\"orders\":\"",
    "\"amount\":",
    "\"quota\":",
    "\"ramp\":{\"linear\":",
    "\"role\":\"",
    "\"leads\":\"",
    "\"purpose\":\"",
    "\"pause_below\":\"",
    "\"weekly\":\"",
    "\"marks\":[\"specific\",\"measurable\",\"achievable\",\"relevant\",\"time_bound\"]",
    "\"basis\":{\"strategy\":\"\",\"market\":\"\",\"capability\":\"\"}",
    "\"start\":\"20",
    "\"days\":\"",
];

/// A few bytes may stand for many: no more than a plan of very many people has.
const MOST: usize = 4_000_000;

/// The byte for a place of the list above.
fn byte(place: usize) -> char {
    char::from(place as u8 + 1)
}

/// Nothing where nothing is said.
pub fn write<T: Serialize + Default + PartialEq>(said: &T, out: &mut Out) {
    if *said != T::default() {
        out.text(&shortened(said));
    }
}

fn shortened<T: Serialize>(said: &T) -> String {
    let text = serde_json::to_string(said).unwrap_or_default();
    // The longest first, so that none is taken apart by another.
    let mut longest: Vec<usize> = (0..SHORT.len()).collect();
    longest.sort_unstable_by_key(|it| usize::MAX - SHORT[*it].len());
    longest.into_iter().fold(text, |text, at| text.replace(SHORT[at], byte(at).encode_utf8(&mut [0])))
}

pub fn read<T: Serialize + DeserializeOwned>(input: &mut In<'_>) -> Result<T, ColumnError> {
    let given = input.text()?;
    let long = |letter: u8| SHORT.get(usize::from(letter).wrapping_sub(1)).map_or(1, |it| it.len());
    if MOST < given.bytes().map(long).sum() {
        return Err(ColumnError::Number);
    }
    let text = (0..SHORT.len()).fold(given.to_owned(), |text, at| text.replace(byte(at), SHORT[at]));
    let value: Value = serde_json::from_str(&text).map_err(|_| ColumnError::Text)?;
    let said: T =
        serde_json::from_value(value).map_err(|error| ColumnError::Plan(DecodeError::Field(error.to_string())))?;
    if shortened(&said) == given { Ok(said) } else { Err(ColumnError::Text) }
}

/// What the goal says beyond what has columns of its own.
pub fn grounds(goal: &Goal) -> Goal {
    let Basis { history, outlook, .. } = goal.basis.clone();
    Goal { target: None, last_year: None, basis: Basis { history, outlook, ..Basis::default() }, ..goal.clone() }
}

pub fn put_grounds(goal: &mut Goal, grounds: Goal) {
    let Basis { history, outlook, .. } = grounds.basis.clone();
    let basis = Basis { history, outlook, ..goal.basis.clone() };
    *goal = Goal { target: goal.target, last_year: goal.last_year, basis, ..grounds };
}
