//! Which plans of this machine are one with a plan that came: they have a version in common, by the checksum of what it says.
//! From that version on it is told who changed what.
//!
//! Refused: to believe that a version is an ancestor of mine because somebody sent it to me. It is one once I took it.

use crc::{CRC_32_ISO_HDLC, Crc};

use super::snapshot::{self, Label};
use super::{PlanId, slot};
use crate::plan::{Ancestors, Plan, migrate};

const SUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// How a plan of mine stands to one that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They say the same.
    Same,
    /// Mine is made of it: it has nothing that mine does not know.
    Older,
    /// It is made of mine as it is.
    Newer,
    /// Both went on from this version.
    Both(Box<Plan>),
    /// Both are made of one version, and nobody here has it any more.
    Lost,
}

/// What a version is known by, whatever it is made of and in whichever schema it is written.
pub fn sum(plan: &Plan) -> u32 {
    sum_of(&plan.to_compact_json())
}

/// The title is the first thing that a plan says itself.
fn sum_of(text: &str) -> u32 {
    SUM.checksum(text.split_once("\"title\":").map_or(text, |it| it.1).as_bytes())
}

/// A plan that came, as it is from now on: made of itself as it was then.
pub fn received(plan: Plan) -> Plan {
    Plan { ancestors: plan.ancestors.after([sum(&plan)]), ..plan }
}

/// Of what a plan of mine is made that somebody else may have, as it goes out.
pub fn ancestors(id: PlanId, plan: &Plan) -> Ancestors {
    plan.ancestors.after(known(id, plan).into_iter().filter(|it| it.is_exchanged).map(|it| it.sum))
}

/// Every plan of this machine that is one with it, and how it stands to it.
pub fn of(theirs: &Plan) -> Vec<(PlanId, Standing)> {
    super::ids().into_iter().filter_map(|id| Some((id, standing(id, theirs)?))).collect()
}

/// Whether such a version is kept of a plan already.
pub fn has(id: PlanId, version: &Plan, label: &Label) -> bool {
    let sum = sum(version);
    snapshot::bodies(id).iter().any(|it| it.0 == *label && sum_of(&it.1) == sum)
}

/// Whether any is, in another version.
pub fn is_known(theirs: &Plan) -> bool {
    super::ids().into_iter().any(|id| standing(id, theirs).is_some_and(|it| it != Standing::Same))
}

/// A version that a plan of mine is made of.
struct Known {
    sum: u32,
    /// It went out or came in.
    is_exchanged: bool,
    text: String,
}

/// The latest first. What came and was not taken, or was given back, is none.
fn known(id: PlanId, mine: &Plan) -> Vec<Known> {
    let version = |(label, text): (Label, String)| {
        let sum = sum_of(&text);
        let is_mine = label != Label::Received || mine.ancestors.sums().contains(&sum);
        is_mine.then_some(Known { sum, is_exchanged: matches!(label, Label::Sent | Label::Received), text })
    };
    snapshot::bodies(id).into_iter().filter_map(version).collect()
}

fn standing(id: PlanId, theirs: &Plan) -> Option<Standing> {
    let latest = super::latest(id)?;
    let text = slot::open(&latest).ok()?.1;
    let (mine_sum, theirs_sum) = (sum_of(text), sum(theirs));
    if mine_sum == theirs_sum {
        return Some(Standing::Same);
    }
    let mine = migrate::decode(text).ok()?.0;
    let known = known(id, &mine);
    let is_mine = |sum: &u32| mine.ancestors.sums().contains(sum) || known.iter().any(|it| it.sum == *sum);
    let theirs_of = || theirs.ancestors.sums().iter().filter(|it| **it != theirs_sum);
    if is_mine(&theirs_sum) {
        return Some(Standing::Older);
    }
    if theirs_of().any(|it| *it == mine_sum) {
        return Some(Standing::Newer);
    }
    let base = |sum: &u32| {
        let version = known.iter().find(|it| it.sum == *sum)?;
        Some(Standing::Both(Box::new(migrate::decode(&version.text).ok()?.0)))
    };
    let found = theirs_of().find_map(base);
    found.or_else(|| theirs_of().any(is_mine).then_some(Standing::Lost))
}
