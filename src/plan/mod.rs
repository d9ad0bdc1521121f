//! What the user said, as plain data: the document that is saved, sent and edited.
//!
//! Its JSON is the file format, so field names are part of the contract (`docs/plan-format.md`). A plan changes by
//! [`Edit`] only, and every edit has an inverse. This floor knows nothing of what follows from a plan: no engine, no
//! browser, no clock, no random numbers.

mod ancestors;
mod as_written;
mod buffer;
mod calendar;
mod capacity;
mod chance;
pub mod check;
mod crossing;
mod day;
mod diff;
mod edit;
mod festival;
pub mod fields;
mod funnel;
mod goal;
mod history;
mod knob;
mod list;
pub mod merge;
pub mod migrate;
mod nodes;
mod scenario;
mod subjects;
pub mod template;
mod tree;
mod unit;
mod visit;
mod written;

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use fields::Fields;

pub use ancestors::Ancestors;
pub use as_written::{Edits, Pins, weight};
pub use buffer::Buffer;
pub use calendar::{Calendar, Holiday, Peak, Period, Weeks};
pub use capacity::{Capacity, Crew, Leave, Level, Ramp};
pub use chance::{Chance, Draws};
pub use crossing::{At, Cell, Cells, Pair};
pub use day::{Day, NotADay, When};
pub use diff::diff;
pub use edit::{Edit, EditError, Field};
pub use festival::Festival;
pub use funnel::{Activity, Funnel, LeadRule, LeadSource, PastRate, Stage, Week};
pub use goal::{
    Basis, BasisKind, Benchmark, Event, EventKind, Evidence, Goal, Horizon, Intent, Levers, Limit, LimitKind, Mark,
    Market, Measure, Rate, Serves,
};
pub use history::History;
pub use knob::{Kind, Knob, Range, offered};
pub use list::{ItemEdit, ItemId, List};
pub use nodes::Nodes;
pub use scenario::{Fit, Scenario, ScenarioField, Scenarios, may_be_tried, tried};
pub use subjects::{CapacityField, FunnelField, GoalField};
pub use tree::{Dimension, Factor, Lock, Method, Mix, Node, NodeId, Rounding, Tree, Typed};
pub use unit::Unit;

/// The shape of the document that this version writes.
pub const SCHEMA: u32 = 6;

/// A plan: one target, and how it is divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub schema: u32,
    /// Of which versions it is made that somebody else may have.
    #[serde(default, skip_serializing_if = "Ancestors::is_empty")]
    pub ancestors: Ancestors,
    pub title: String,
    pub unit: Unit,
    pub goal: Goal,
    pub calendar: Calendar,
    pub trees: Trees,
    /// What somebody typed or locked where two dimensions meet.
    #[serde(default, skip_serializing_if = "Cells::is_empty")]
    pub cells: Cells,
    #[serde(default, skip_serializing_if = "Capacity::is_empty")]
    pub capacity: Capacity,
    #[serde(default, skip_serializing_if = "Funnel::is_empty")]
    pub funnel: Funnel,
    #[serde(default, skip_serializing_if = "Buffer::is_empty")]
    pub buffer: Buffer,
    #[serde(default, skip_serializing_if = "Chance::is_empty")]
    pub chance: Chance,
    #[serde(default, skip_serializing_if = "Scenarios::is_empty")]
    pub scenarios: Scenarios,
}

/// One tree a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Trees {
    pub organisation: Tree,
    pub product: Tree,
    pub customer: Tree,
    pub channel: Tree,
    pub time: Tree,
}

impl Plan {
    /// A plan with nothing decided: four trees of one node each, and a year.
    pub fn blank(title: impl Into<String>, unit: Unit, calendar: Calendar) -> Plan {
        let time = calendar.tree();
        Plan {
            schema: SCHEMA,
            ancestors: Ancestors::default(),
            title: title.into(),
            unit,
            goal: Goal::default(),
            calendar,
            trees: Trees {
                organisation: Tree::single(""),
                product: Tree::single(""),
                customer: Tree::single(""),
                channel: Tree::single(""),
                time,
            },
            cells: Cells::default(),
            capacity: Capacity::default(),
            funnel: Funnel::default(),
            buffer: Buffer::default(),
            chance: Chance::default(),
            scenarios: Scenarios::default(),
        }
    }

    pub fn tree(&self, dimension: Dimension) -> &Tree {
        match dimension {
            Dimension::Organisation => &self.trees.organisation,
            Dimension::Product => &self.trees.product,
            Dimension::Customer => &self.trees.customer,
            Dimension::Channel => &self.trees.channel,
            Dimension::Time => &self.trees.time,
        }
    }

    /// Both of two trees are divided, so that cells of their own stand where they meet.
    pub fn is_crossed(&self, pair: Pair) -> bool {
        self.tree(pair.rows()).is_divided() && self.tree(pair.columns()).is_divided()
    }

    pub(crate) fn tree_mut(&mut self, dimension: Dimension) -> &mut Tree {
        match dimension {
            Dimension::Organisation => &mut self.trees.organisation,
            Dimension::Product => &mut self.trees.product,
            Dimension::Customer => &mut self.trees.customer,
            Dimension::Channel => &mut self.trees.channel,
            Dimension::Time => &mut self.trees.time,
        }
    }

    /// Every amount that is an amount by itself. A typed number or a locked share stays what it is in any unit.
    pub(crate) fn for_each_amount(&mut self, mut each: impl FnMut(&mut Amount)) {
        let Trees { organisation, product, customer, channel, time } = &mut self.trees;
        for tree in [organisation, product, customer, channel, time] {
            for node in tree.nodes.values_mut() {
                node.visit(&mut fields::Amounts(&mut each));
            }
        }
        for cell in self.cells.values_mut() {
            cell.visit(&mut fields::Amounts(&mut each));
        }
        let mut amounts = fields::Amounts(each);
        self.goal.visit(&mut amounts);
        self.capacity.visit(&mut amounts);
        self.funnel.visit(&mut amounts);
        for scenario in self.scenarios.list.values_mut() {
            scenario.edits.change(|edits| edits.iter_mut().for_each(|it| it.visit(&mut amounts)));
        }
    }

    pub fn node(&self, dimension: Dimension, id: NodeId) -> Option<&Node> {
        self.tree(dimension).get(id)
    }

    /// Applies an edit and returns the one that takes it back. A refused edit leaves the plan as it was.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        edit::apply(self, edit)
    }

    /// The same of its title alone, for those who change nothing else.
    pub fn retitle(&mut self, title: String) -> Result<Edit, EditError> {
        edit::retitle(self, title)
    }

    /// The file format: JSON with a line a field, so that two versions can be compared line by line.
    pub fn to_json(&self) -> String {
        pretty(&self.to_compact_json())
    }

    /// The same without white space, for storage and links.
    pub fn to_compact_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// JSON without white space as the same with a line a field, as `serde_json` writes it. Its own writer of such is compiled
/// once more for every type of a plan.
fn pretty(compact: &str) -> String {
    let (mut text, mut depth, mut is_quoted, mut is_escaped) =
        (String::with_capacity(2 * compact.len()), 0, false, false);
    let mut letters = compact.chars().peekable();
    let line = |text: &mut String, depth: usize| {
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
    };
    while let Some(letter) = letters.next() {
        match letter {
            _ if is_quoted => {
                is_quoted = letter != '"' || is_escaped;
                is_escaped = letter == '\\' && !is_escaped;
                text.push(letter);
            }
            '{' | '[' => {
                text.push(letter);
                match letters.next_if(|next| matches!(next, '}' | ']')) {
                    Some(end) => text.push(end),
                    None => {
                        depth += 1;
                        line(&mut text, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut text, depth);
                text.push(letter);
            }
            ',' => {
                text.push(letter);
                line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            _ => {
                is_quoted = letter == '"';
                text.push(letter);
            }
        }
    }
    text
}
