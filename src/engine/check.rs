//! What a careful planner would remark about the plan as a whole.

use super::Outcome;
use super::cascade::{Division, Source};
use super::finding::Finding;
use crate::amount::Amount;
use crate::plan::{Dimension, Method, NodeId, Plan};

pub fn check(plan: &Plan, outcome: &mut Outcome) {
    let mut remarks = Vec::new();
    if plan.goal.target.is_none() {
        remarks.push(Finding::NoTarget);
    } else if plan.goal.basis.is_empty() {
        remarks.push(Finding::NoBasis);
    }
    if 0 < outcome.total().units() {
        if is_same(outcome.division(Dimension::Time), 0, |_| true) {
            remarks.push(Finding::EvenQuarters);
        }
        let organisation = outcome.division(Dimension::Organisation);
        for team in 0..organisation.layout.len() {
            let people = organisation.layout.children(team);
            let of_people = people.iter().all(|it| organisation.layout.is_leaf(*it));
            // Amounts or weights that somebody entered are a decision, even where they are the same.
            if of_people && is_same(organisation, team, |method| method == Method::Even) {
                remarks.push(Finding::EvenPeople { node: organisation.layout.id(team) });
            }
        }
        remarks.extend(beyond_reach(plan, organisation));
        remarks.extend(below_last_year(plan, outcome));
    }
    outcome.findings.extend(remarks);
}

/// A target of more than so many percent of what somebody is able to do is no challenge any more: less than eighty percent
/// of it can be done.
const CHALLENGE: i128 = 125;

/// Who carries a part of the target and is not divided further, with a figure that it is held against.
struct Carrier {
    node: NodeId,
    given: i64,
    against: i64,
}

impl Carrier {
    /// How much the one has of its figure, against how much the other has of its own.
    fn cmp(&self, other: &Carrier) -> std::cmp::Ordering {
        let product = |one: i64, other: i64| i128::from(one) * i128::from(other);
        product(self.given, other.against).cmp(&product(other.given, self.against))
    }
}

fn carriers<'a>(
    division: &'a Division,
    against: impl Fn(usize) -> Option<Amount> + 'a,
) -> impl Iterator<Item = Carrier> + 'a {
    let leaves = (0..division.layout.len()).filter(|it| division.layout.is_leaf(*it));
    leaves.filter_map(move |position| {
        let against = against(position)?.units();
        Some(Carrier { node: division.layout.id(position), given: division.amounts[position], against })
    })
}

fn beyond_reach(plan: &Plan, division: &Division) -> Option<Finding> {
    let capacity = |position: usize| plan.node(division.dimension, division.layout.id(position))?.capacity;
    let is_beyond = |it: &Carrier| i128::from(it.against) * CHALLENGE < i128::from(it.given) * 100;
    let beyond: Vec<Carrier> = carriers(division, capacity).filter(is_beyond).collect();
    let worst = beyond.iter().max_by(|one, other| one.cmp(other))?;
    Some(Finding::BeyondReach {
        node: worst.node,
        given: Amount::from_units(worst.given),
        capacity: Amount::from_units(worst.against),
        people: beyond.len(),
    })
}

/// Where the whole falls, that its parts do is no remark.
fn below_last_year(plan: &Plan, outcome: &Outcome) -> Option<Finding> {
    let division = outcome.division(Dimension::Organisation);
    outcome.last_year(plan).filter(|before| *before <= outcome.total())?;
    let below: Vec<Carrier> =
        carriers(division, |position| division.last_year[position]).filter(|it| it.given < it.against).collect();
    let worst = below.iter().min_by(|one, other| one.cmp(other))?;
    Some(Finding::BelowLastYear {
        node: worst.node,
        given: Amount::from_units(worst.given),
        last_year: Amount::from_units(worst.against),
        people: below.len(),
    })
}

/// All children of a node have the same share, by a rule of the kind that `counts`, and not because somebody typed or
/// locked it so.
fn is_same(division: &Division, parent: usize, counts: impl Fn(Method) -> bool) -> bool {
    let children = division.layout.children(parent);
    let weights: Option<Vec<u64>> = children
        .iter()
        .map(|child| match division.sources[*child] {
            Source::Share { weight, method, .. } if counts(method) => Some(weight),
            _ => None,
        })
        .collect();
    1 < children.len() && weights.is_some_and(|them| them.windows(2).all(|pair| pair[0] == pair[1]))
}
