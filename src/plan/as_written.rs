//! Lists of a plan that stay as the file has them until somebody looks at what is in them: the edits of scenarios, and the
//! inputs of the what-if bar. Most who open a plan never do, and what reads all kinds of edits is large.
//!
//! Passed over by whoever reads them: what is none of the kind, and what the list may not hold. It stays as it is written
//! until the list is changed.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::edit::{Edit, EditError};
use super::fields::{Fields, Mend, Strict};
use super::knob::Knob;
use super::scenario::{Scenario, Scenarios, may_be_tried};

/// A list of things, one after the other, as JSON without white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsWritten<T> {
    text: Box<str>,
    things: PhantomData<T>,
}

/// The edits of a scenario.
pub type Edits = AsWritten<Edit>;

/// The inputs of the what-if bar.
pub type Pins = AsWritten<Knob>;

const NOTHING: &str = "[]";

impl<T> AsWritten<T> {
    fn new(text: String) -> AsWritten<T> {
        AsWritten { text: text.into(), things: PhantomData }
    }

    fn values(&self) -> Vec<Value> {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

impl<T> Default for AsWritten<T> {
    fn default() -> AsWritten<T> {
        AsWritten::new(NOTHING.to_owned())
    }
}

impl<T: Serialize + DeserializeOwned> AsWritten<T> {
    pub fn of(things: &[T]) -> AsWritten<T> {
        // What cannot be written is none of ours.
        AsWritten::new(serde_json::to_string(things).unwrap_or_else(|_| NOTHING.to_owned()))
    }

    fn given(&self) -> impl Iterator<Item = T> {
        self.values().into_iter().filter_map(|it| T::deserialize(it).ok())
    }
}

impl Edits {
    /// What of them a scenario may hold, mended where it has to be.
    pub fn read(&self) -> Vec<Edit> {
        let mut edits: Vec<Edit> = self.given().filter(may_be_tried).collect();
        if Scenario::HEAVIEST < weight(&edits) {
            edits.clear();
        }
        let mut repairs = Vec::new();
        edits.iter_mut().for_each(|it| it.visit(&mut Mend(&mut repairs)));
        edits
    }

    /// How many are passed over when they are read.
    pub fn passed_over(&self) -> usize {
        self.values().len() - self.read().len()
    }

    /// Changes what can be read of them.
    pub fn change(&mut self, change: impl FnOnce(&mut Vec<Edit>)) {
        if *self != Edits::default() {
            let mut edits = self.read();
            change(&mut edits);
            *self = Edits::of(&edits);
        }
    }

    /// The same, clean, or what of them cannot be.
    pub(super) fn sound(&self) -> Result<Edits, EditError> {
        let edits: Vec<Edit> = self.given().collect();
        if !edits.iter().all(may_be_tried) {
            return Err(EditError::NotInAScenario);
        }
        if Scenario::HEAVIEST < weight(&edits) {
            return Err(EditError::TooManyItems { most: Scenario::HEAVIEST });
        }
        let edits: Result<Vec<Edit>, EditError> = edits.into_iter().map(Strict::sound).collect();
        edits.map(|it| Edits::of(&it))
    }
}

impl Pins {
    /// Each once, and no more than there may be.
    pub fn read(&self) -> Vec<Knob> {
        let mut pins = each_once(self.given());
        pins.truncate(Scenarios::MOST_PINS);
        pins
    }
}

/// The first of those that are the same.
pub(super) fn each_once(knobs: impl IntoIterator<Item = Knob>) -> Vec<Knob> {
    let mut seen = Vec::new();
    for knob in knobs {
        if !seen.contains(&knob) {
            seen.push(knob);
        }
    }
    seen
}

/// How much a list of edits holds: an edit counts as one, and a whole tree as its nodes.
pub fn weight(edits: &[Edit]) -> usize {
    let one = |it: &Edit| match it {
        Edit::Batch(edits) => weight(edits),
        Edit::Tree { tree, .. } => tree.nodes.len(),
        _ => 1,
    };
    edits.iter().map(one).sum()
}

impl<T> Serialize for AsWritten<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = RawValue::from_string(self.text.to_string()).map_err(serde::ser::Error::custom)?;
        json.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for AsWritten<T> {
    fn deserialize<D: Deserializer<'de>>(given: D) -> Result<AsWritten<T>, D::Error> {
        match Value::deserialize(given)? {
            list @ Value::Array(_) => Ok(AsWritten::new(list.to_string())),
            _ => Err(serde::de::Error::custom("it is no list")),
        }
    }
}
