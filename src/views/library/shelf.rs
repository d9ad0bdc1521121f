//! Plans that storage refused. They live in this tab only, and are few.

use std::sync::Arc;

use crate::edge::store::PlanId;
use crate::plan::Plan;

/// A plan that storage refused, and the version of it that lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    pub plan: Arc<Plan>,
    pub known: Option<u64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf(Vec<(PlanId, Shelved)>);

impl Shelf {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn all(&self) -> &[(PlanId, Shelved)] {
        &self.0
    }

    pub fn get(&self, id: PlanId) -> Option<&Shelved> {
        self.0.iter().find(|it| it.0 == id).map(|it| &it.1)
    }

    /// In the place of what lay there under the same name.
    pub fn put(&mut self, id: PlanId, shelved: Shelved) {
        self.take(id);
        self.0.push((id, shelved));
    }

    pub fn take(&mut self, id: PlanId) -> Option<Shelved> {
        let place = self.0.iter().position(|it| it.0 == id)?;
        Some(self.0.remove(place).1)
    }
}
