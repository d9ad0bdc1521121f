//! The fiscal year: when it starts, and the tree of periods that it is made of.
//!
//! Time is a dimension like any other, a tree of year, quarters and months; only its shape is fixed. What a period is
//! called follows from where it stands and from the first month, so that it is never stored.

use serde::{Deserialize, Serialize};

use super::tree::{Node, NodeId, Tree};

/// The year that the plan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// The year in which the fiscal year starts.
    pub year: i32,
    /// The month in which it starts, 1 to 12.
    pub start_month: u8,
}

/// What a node of the time tree stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    Year,
    /// 1 to 4.
    Quarter(u8),
    /// A month of the calendar, 1 to 12, and the year that it lies in.
    Month {
        year: i32,
        month: u8,
    },
}

const QUARTERS: u32 = 4;
const MONTHS_OF_A_QUARTER: u32 = 3;
const FIRST_MONTH: u32 = 1 + QUARTERS;

impl Calendar {
    pub const YEARS: std::ops::RangeInclusive<i32> = 1990..=2200;

    /// The id of a quarter, 1 to 4.
    pub fn quarter(number: u32) -> NodeId {
        NodeId(number)
    }

    /// The id of a month, counted from the first of the fiscal year, 1 to 12.
    pub fn month(number: u32) -> NodeId {
        NodeId(FIRST_MONTH + number - 1)
    }

    /// A year of four quarters of three months, nothing entered yet.
    pub fn tree() -> Tree {
        let mut tree = Tree::single("");
        let root = tree.root;
        let quarters: Vec<NodeId> = (0..QUARTERS).map(|_| tree.grow(root, Node::default())).collect();
        for quarter in quarters {
            for _ in 0..MONTHS_OF_A_QUARTER {
                tree.grow(quarter, Node::default());
            }
        }
        tree
    }

    /// What a node of the time tree stands for.
    pub fn period(&self, id: NodeId) -> Period {
        match id.0 {
            0 => Period::Year,
            quarter if quarter <= QUARTERS => Period::Quarter(quarter as u8),
            month => {
                let from_january = u32::from(self.start_month.max(1)) - 1 + (month - FIRST_MONTH).min(11);
                let year = self.year + (from_january / 12) as i32;
                Period::Month { year, month: (from_january % 12 + 1) as u8 }
            }
        }
    }
}
