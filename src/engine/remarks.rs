//! Findings by the place that they are said of: where a place stays as it is, what was said of it stays.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::finding::Finding;

/// In the order of their places. Copies share what they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remarks<P>(Arc<BTreeMap<P, Vec<Finding>>>);

impl<P> Default for Remarks<P> {
    fn default() -> Remarks<P> {
        Remarks(Arc::new(BTreeMap::new()))
    }
}

impl<P: Ord + Copy> Remarks<P> {
    /// All that there is to say of a place, whatever was said of it before.
    pub fn set(&mut self, place: P, said: Vec<Finding>) {
        if self.0.get(&place).map_or(&[][..], Vec::as_slice) == said.as_slice() {
            return;
        }
        let all = Arc::make_mut(&mut self.0);
        if said.is_empty() {
            all.remove(&place)
        } else {
            all.insert(place, said)
        };
    }

    /// What was said, from the first place to the last.
    pub fn forward(&self) -> impl Iterator<Item = Finding> + '_ {
        self.0.values().flatten().copied()
    }

    /// From the last place to the first; of one place as it was said.
    pub fn backward(&self) -> impl Iterator<Item = Finding> + '_ {
        self.0.values().rev().flatten().copied()
    }
}
