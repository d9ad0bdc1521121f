//! What might be: named lists of edits over the plan, which follow it when it changes, and the inputs that stand in the
//! what-if bar.
//!
//! A scenario holds what is done and not what comes of it. An edit that the plan no longer takes stays in the list and is
//! passed over. Refused: an edit of the unit or of scenarios inside a scenario, and more than anybody compares.

use serde::{Deserialize, Serialize};

use super::as_written::{Edits, Pins, each_once};
use super::edit::{Edit, EditError};
use super::fields::{Fields, Strict, Visitor};
use super::knob::Knob;
use super::list::{ItemEdit, ItemId, List};
use super::written::by_fields;
use super::{EditError::TooManyItems, Plan};

/// The scenarios of a plan, and what is tried out most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Scenarios {
    /// In the order in which they are listed.
    pub list: List<Scenario>,
    /// The inputs of the what-if bar, in its order.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<Knob>"))]
    pub pins: Pins,
}

/// A named list of edits over the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Scenario {
    pub name: String,
    /// What it stands for, and when it would come to it, in words.
    pub note: String,
    /// One after the other.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<serde_json::Value>"))]
    pub edits: Edits,
    /// Out of the way, and not gone.
    pub archived: bool,
}

/// One field of the scenarios.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScenarioField {
    Scenario(ItemEdit<Scenario>),
    Pins(Vec<Knob>),
}

/// What becomes of one edit of a scenario over a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    Applied,
    /// The plan says so already.
    Same,
    /// Passed over, and why.
    Refused(EditError),
}

impl Scenarios {
    pub const MOST: usize = 50;
    pub const MOST_PINS: usize = 24;

    pub fn is_empty(&self) -> bool {
        *self == Scenarios::default()
    }
}

impl Scenario {
    /// Edits and nodes of one scenario.
    pub const HEAVIEST: usize = 5_000;
}

/// The unit and the list of scenarios itself are no matter of a trial.
pub fn may_be_tried(edit: &Edit) -> bool {
    match edit {
        Edit::Unit(_) | Edit::Scenario(_) => false,
        Edit::Batch(edits) => edits.iter().all(may_be_tried),
        _ => true,
    }
}

/// The plan with the edits done to it as far as it takes them, one after the other, and what became of each.
pub fn tried(plan: &Plan, edits: &[Edit]) -> (Plan, Vec<Fit>) {
    let mut tried = plan.clone();
    let fits = edits.iter().map(|edit| fit(&mut tried, edit)).collect();
    (tried, fits)
}

fn fit(plan: &mut Plan, edit: &Edit) -> Fit {
    if !may_be_tried(edit) {
        return Fit::Refused(EditError::NotInAScenario);
    }
    // Whether an edit changes anything is known from the one that takes it back: most hold the field as it was.
    let before = plan.clone();
    match plan.apply(edit.clone()) {
        Ok(_) if *plan == before => Fit::Same,
        Ok(_) => Fit::Applied,
        Err(why) => Fit::Refused(why),
    }
}

fn sound(scenario: Scenario) -> Result<Scenario, EditError> {
    let edits = scenario.edits.sound()?;
    Strict::sound(Scenario { edits, ..scenario })
}

pub(super) fn set_scenario(scenarios: &mut Scenarios, field: ScenarioField) -> Result<ScenarioField, EditError> {
    Ok(match field {
        ScenarioField::Scenario(edit) => {
            let ItemEdit { id, position, item, next } = edit;
            let item = item.map(sound).transpose()?;
            let is_new = item.is_some() && scenarios.list.get(id).is_none();
            if is_new && Scenarios::MOST <= scenarios.list.len() {
                return Err(TooManyItems { most: Scenarios::MOST });
            }
            ScenarioField::Scenario(scenarios.list.apply(ItemEdit { id, position, item, next })?)
        }
        ScenarioField::Pins(pins) => {
            let pins = each_once(pins);
            if Scenarios::MOST_PINS < pins.len() {
                return Err(TooManyItems { most: Scenarios::MOST_PINS });
            }
            ScenarioField::Pins(std::mem::replace(&mut scenarios.pins, Pins::of(&pins)).read())
        }
    })
}

impl Plan {
    /// The edit that keeps a scenario under a name.
    pub fn save_scenario(&self, scenario: Scenario) -> (ItemId, Edit) {
        let edit = self.scenarios.list.add(scenario);
        (edit.id, Edit::Scenario(ScenarioField::Scenario(edit)))
    }
}

impl Fields for Scenario {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name("name", &mut self.name);
        visitor.note("note", &mut self.note);
        visitor.other("edits", &mut self.edits);
        visitor.other("archived", &mut self.archived);
    }
}

impl Fields for Scenarios {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.list("list", &mut self.list);
        visitor.other("pins", &mut self.pins);
    }
}

by_fields!(Scenario, Scenarios);
