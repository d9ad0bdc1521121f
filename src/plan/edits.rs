//! The edits of a scenario, as the file has them: text, until somebody looks at what comes of them. Most who open a plan never
//! do, and what reads an edit of any kind is large.
//!
//! Passed over by whoever reads them: what is no edit, and what no scenario may hold. It stays as it is written until the
//! scenario is changed.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::edit::{Edit, EditError};
use super::fields::{Fields, Mend, Strict};
use super::scenario::{Scenario, may_be_tried};

/// Edits, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edits(Box<str>);

impl Default for Edits {
    fn default() -> Edits {
        Edits("[]".into())
    }
}

impl Edits {
    pub fn of(edits: &[Edit]) -> Edits {
        // What cannot be written is none of ours.
        Edits(serde_json::to_string(edits).unwrap_or_else(|_| "[]".to_owned()).into())
    }

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

    fn given(&self) -> impl Iterator<Item = Edit> {
        self.values().into_iter().filter_map(|it| Edit::deserialize(it).ok())
    }

    fn values(&self) -> Vec<Value> {
        serde_json::from_str(&self.0).unwrap_or_default()
    }
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

impl Serialize for Edits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = RawValue::from_string(self.0.to_string()).map_err(serde::ser::Error::custom)?;
        json.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Edits {
    fn deserialize<D: Deserializer<'de>>(given: D) -> Result<Edits, D::Error> {
        let value = Value::deserialize(given)?;
        if !value.is_array() {
            return Err(serde::de::Error::custom("edits are a list"));
        }
        Ok(Edits(value.to_string().into()))
    }
}
