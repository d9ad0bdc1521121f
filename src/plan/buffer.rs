//! The layer over the split: how much more than the committed target each level aims at, and how far below the plan the
//! range of what is promised begins. It changes no number of the split, and is never to be applied again after a change.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::fields::{Fields, Visitor};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Buffer {
    /// In percent, how much more a level of the organisation aims at than the level above it; 0 is the whole.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<String, String>"))]
    pub stretch: BTreeMap<u8, Decimal>,
    /// In percentage points of growth, how far below the plan the range begins that it is managed as.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub floor: Option<Decimal>,
}

impl Buffer {
    pub fn is_empty(&self) -> bool {
        *self == Buffer::default()
    }
}

impl Fields for Buffer {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        for (level, stretch) in std::mem::take(&mut self.stretch) {
            let mut stretch = Some(stretch);
            visitor.percent(&mut stretch);
            self.stretch.extend(stretch.filter(|it| !it.is_zero()).map(|it| (level, it)));
        }
        visitor.percent(&mut self.floor);
    }
}
