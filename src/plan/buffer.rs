//! The layer over the split: how much more than the committed target each level aims at, and how far below the plan the
//! range of what is promised begins. It changes no number of the split, and is never to be applied again after a change.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::fields::{Fields, Key, Visitor, visit_columns};
use super::written::by_fields;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Buffer {
    /// In percent, how much more a level of the organisation aims at than the level above it; 0 is the whole.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<String, String>"))]
    pub stretch: BTreeMap<u8, Decimal>,
    /// In percentage points of growth, how far below the plan the range begins that it is managed as.
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
        visitor.other("stretch", &mut self.stretch);
        visit_columns(&mut self.stretch, |_, stretch| {
            visitor.percent(Key::WITHIN, stretch);
            *stretch = stretch.filter(|it| !it.is_zero());
        });
        visitor.percent("floor", &mut self.floor);
    }
}

by_fields!(Buffer);
