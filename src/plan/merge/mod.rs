//! Two plans that both came from a third: what each has changed, in one plan.
//!
//! What only one of them changed is taken; what both changed to different things is a conflict, where mine stays unless
//! somebody says otherwise. Without the third nobody can tell who changed what, and every difference is asked for. The three
//! are first given the same nodes and the same lists (`shape`, `list`), what was added twice under one number being told
//! apart (`renumber`); all else is the edits of `diff`, place by place. No amount that follows is merged: what comes of it is
//! worked out anew.
//!
//! Refused: plans that count in different units, and a merger that would be no plan. Nothing here changes any of the three.

mod list;
mod place;
mod renumber;
mod shape;

use std::collections::{BTreeMap, BTreeSet};

use super::check::Repair;
use super::diff::{diff, items};
use super::scenario::ScenarioField;
use super::{Edit, EditError, Plan, migrate};

pub use place::{Listed, Place};

/// What comes of two plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    pub plan: Plan,
    /// What they did that I did not.
    pub changes: Vec<Change>,
    /// What I did and they did not, where it is known who did what.
    pub kept: Vec<Edit>,
    /// Scenarios of theirs that speak of nodes or things that have another number here, by their names.
    pub left_out: Vec<String>,
    /// Edits of theirs that were taken and do not fit what the others made of the plan, and why.
    pub unfit: Vec<(Edit, EditError)>,
    /// What had to be mended in the end, such as people of a team that is gone.
    pub repairs: Vec<Repair>,
    /// The plan that the edits of `changes` were done to, for their words.
    pub base: Plan,
    /// Their plan, with what was added twice under one number told apart.
    pub theirs: Plan,
}

/// Something that they changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub place: Place,
    /// I have changed it too, to something else.
    pub is_conflict: bool,
    /// Somebody is to say whose it is to be.
    pub is_asked: bool,
    /// Theirs is in the plan.
    pub is_taken: bool,
    pub mine: Vec<Edit>,
    pub theirs: Vec<Edit>,
}

/// Why nothing comes of two plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeError {
    /// They count in different units.
    Unit,
    /// What would come of it has too many nodes or levels.
    TooLarge,
}

/// What comes of my plan and theirs, which came from `base`. `takes` are the places among those asked for where theirs is
/// to be; elsewhere mine stays. Without a base every difference is asked for.
pub fn merge(base: Option<&Plan>, mine: &Plan, theirs: &Plan, takes: &BTreeSet<Place>) -> Result<Merge, MergeError> {
    if mine.unit != theirs.unit {
        return Err(MergeError::Unit);
    }
    let base = base.and_then(|it| in_unit_of(it, mine));
    let said = Said { asks_all: base.is_none(), takes, changes: Vec::new() };
    let base = base.unwrap_or_else(|| mine.clone());
    let is_mine_alone = same(theirs, &base) || same(theirs, mine);
    let is_theirs_alone = same(mine, &base) && !said.asks_all;
    let mut sides = Sides { said, base, mine: mine.clone(), theirs: theirs.clone() };
    let renumbered = renumber::theirs(&sides.base, &sides.mine, &mut sides.theirs);
    let told_apart = sides.theirs.clone();
    let kept = if sides.said.asks_all { Vec::new() } else { mine_alone(&sides) };
    let left_out = list::scenarios(&mut sides, &renumbered);
    shape::all(&mut sides);
    list::all(&mut sides);
    let (plan, unfit) = sides.values();
    // Of strangers nothing comes unasked, no number either that theirs gave away.
    let is_nothing_taken = sides.said.changes.iter().all(|it| !it.is_taken);
    let is_mine_alone = is_mine_alone || (sides.said.asks_all && is_nothing_taken);
    // Then it is that one to the last number, also where nobody sees it.
    let plan = match (is_mine_alone, is_theirs_alone) {
        (true, _) => mine.clone(),
        (_, true) => theirs.clone(),
        _ => plan,
    };
    let plan = Plan { ancestors: mine.ancestors.clone(), ..plan };
    let (plan, repairs) = migrate::sound(plan).map_err(|_| MergeError::TooLarge)?;
    let changes = sides.said.changes;
    Ok(Merge { plan, changes, kept, left_out, unfit, repairs, base: sides.base, theirs: told_apart })
}

/// What I did where they did nothing.
fn mine_alone(sides: &Sides<'_>) -> Vec<Edit> {
    let theirs: BTreeSet<Place> = diff(&sides.base, &sides.theirs).iter().map(Place::of).collect();
    diff(&sides.base, &sides.mine).into_iter().filter(|it| !theirs.contains(&Place::of(it))).collect()
}

/// The edits that make one plan the other, what scenarios they have included.
pub fn edits(from: &Plan, to: &Plan) -> Vec<Edit> {
    let scenarios = items(&from.scenarios.list, &to.scenarios.list, Default::default);
    let pins = (from.scenarios.pins != to.scenarios.pins).then(|| ScenarioField::Pins(to.scenarios.pins.read()));
    let scenarios = scenarios.into_iter().map(ScenarioField::Scenario).chain(pins).map(Edit::Scenario);
    let ancestors = (from.ancestors != to.ancestors).then(|| Edit::Ancestors(to.ancestors.clone()));
    diff(from, to).into_iter().chain(scenarios).chain(ancestors).collect()
}

/// Of whom they are is no part of what they say.
fn same(one: &Plan, other: &Plan) -> bool {
    one == &Plan { ancestors: one.ancestors.clone(), ..other.clone() }
}

/// The base in the unit that both have by now; none where its amounts cannot be said in it.
fn in_unit_of(base: &Plan, mine: &Plan) -> Option<Plan> {
    let mut base = base.clone();
    base.apply(Edit::Unit(mine.unit.clone())).ok().map(|_| base)
}

/// What was found, and what was said of it.
struct Said<'a> {
    asks_all: bool,
    takes: &'a BTreeSet<Place>,
    changes: Vec<Change>,
}

impl Said<'_> {
    /// They changed something. Whether theirs is to be.
    fn take(&mut self, place: Place, is_conflict: bool, mine: impl FnOnce() -> Vec<Edit>, theirs: Vec<Edit>) -> bool {
        let is_asked = is_conflict || self.asks_all;
        let is_taken = !is_asked || self.takes.contains(&place);
        let mine = if is_conflict { mine() } else { Vec::new() };
        self.changes.push(Change { place, is_conflict, is_asked, is_taken, mine, theirs });
        is_taken
    }

    /// It could not be, for all that was said.
    fn take_back(&mut self, place: &Place) {
        if let Some(change) = self.changes.iter_mut().find(|it| it.place == *place) {
            (change.is_conflict, change.is_taken) = (true, false);
        }
    }
}

/// The three plans, which come to have the same nodes and lists.
struct Sides<'a> {
    said: Said<'a>,
    base: Plan,
    mine: Plan,
    theirs: Plan,
}

impl Sides<'_> {
    /// Mine with what they have said otherwise, place by place, and what of that does not fit.
    fn values(&mut self) -> (Plan, Vec<(Edit, EditError)>) {
        let (mut mine, mut theirs) = (Places::of(&self.base, &self.mine), Places::of(&self.base, &self.theirs));
        let (mut plan, mut unfit) = (self.mine.clone(), Vec::new());
        for place in std::mem::take(&mut theirs.order) {
            let their = theirs.edits.remove(&place).unwrap_or_default();
            let my = mine.edits.remove(&place).unwrap_or_default();
            if my == their || !self.said.take(place, !my.is_empty(), || my, their.clone()) {
                continue;
            }
            for edit in their {
                if let Err(why) = plan.apply(edit.clone()) {
                    unfit.push((edit, why));
                }
            }
        }
        (plan, unfit)
    }
}

/// The edits that make one plan another, by what they speak of, in the order in which each comes first.
struct Places {
    order: Vec<Place>,
    edits: BTreeMap<Place, Vec<Edit>>,
}

impl Places {
    fn of(base: &Plan, plan: &Plan) -> Places {
        let mut places = Places { order: Vec::new(), edits: BTreeMap::new() };
        for edit in diff(base, plan) {
            let place = Place::of(&edit);
            let edits = places.edits.entry(place.clone()).or_default();
            if edits.is_empty() {
                places.order.push(place);
            }
            edits.push(edit);
        }
        places
    }
}
