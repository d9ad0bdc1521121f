//! Of which versions a plan is made that somebody else may have: what came by a link or a file, and what went out. Two plans
//! with a version in common are two of one, and what each has changed since is told by it.
//!
//! A version is known by its checksum. It says nothing of what is in it, and nobody is to trust it: a plan that claims to be
//! made of mine is at most compared with mine.

use serde::{Deserialize, Serialize};

/// The checksums, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(from = "Vec<u32>")]
pub struct Ancestors(Vec<u32>);

impl Ancestors {
    /// Older ones nobody comes back to.
    pub const MOST: usize = 6;

    /// Each once, and no more than are kept.
    pub fn of(sums: impl IntoIterator<Item = u32>) -> Ancestors {
        let mut kept = Vec::new();
        for sum in sums {
            if kept.len() < Ancestors::MOST && !kept.contains(&sum) {
                kept.push(sum);
            }
        }
        Ancestors(kept)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn sums(&self) -> &[u32] {
        &self.0
    }

    /// These, and before them the ones that came later.
    pub fn after(&self, later: impl IntoIterator<Item = u32>) -> Ancestors {
        Ancestors::of(later.into_iter().chain(self.0.iter().copied()))
    }
}

impl From<Vec<u32>> for Ancestors {
    fn from(sums: Vec<u32>) -> Ancestors {
        Ancestors::of(sums)
    }
}
