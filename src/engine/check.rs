//! What a careful planner would remark about the plan as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Outcome;
use super::cascade::{Division, Source};
use super::finding::Finding;
use super::layout::Laid;
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
        let organisation = outcome.divided(Dimension::Organisation);
        let (layout, people) = (&organisation.division.layout, &organisation.people);
        remarks.extend(people.even_teams.iter().map(|team| Finding::EvenPeople { node: layout.id(*team) }));
        remarks.extend(people.beyond_reach());
        // Where the whole falls, that its parts do is no remark.
        let falls = outcome.last_year(plan).is_none_or(|before| outcome.total() < before);
        remarks.extend(people.below_last_year().filter(|_| !falls));
    }
    outcome.findings.extend(remarks);
}

/// Of whom in the organisation something could be remarked, by position. Copies share what they have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    even_teams: Arc<BTreeSet<usize>>,
    beyond: Arc<BTreeMap<usize, Carrier>>,
    below: Arc<BTreeMap<usize, Carrier>>,
}

impl People {
    /// Looks at those whom a team is made of, once they share something else.
    pub fn look_at_team(&mut self, division: &Division, team: usize) {
        let is_of_people = division.layout.children(team).iter().all(|it| division.layout.is_leaf(*it));
        // Amounts or weights that somebody entered are a decision, even where they are the same.
        let is_even = is_of_people && is_same(division, team, |method| method == Method::Even);
        if is_even != self.even_teams.contains(&team) {
            let teams = Arc::make_mut(&mut self.even_teams);
            if is_even {
                teams.insert(team)
            } else {
                teams.remove(&team)
            };
        }
    }

    /// Looks at somebody who has another amount, or of whom something else is said.
    pub fn look_at(&mut self, laid: Laid<'_>, division: &Division, position: usize) {
        if !division.layout.is_leaf(position) {
            return;
        }
        let (node, given) = (division.layout.id(position), division.amounts[position]);
        let carrier = |against: Amount| Carrier { node, given, against: against.units() };
        let capacity = laid.node(position).and_then(|it| it.capacity).map(carrier);
        let is_beyond = |it: &Carrier| i128::from(it.against) * CHALLENGE < i128::from(it.given) * 100;
        put(&mut self.beyond, position, capacity.filter(is_beyond));
        put(&mut self.below, position, division.last_year[position].map(carrier).filter(|it| it.given < it.against));
    }

    fn beyond_reach(&self) -> Option<Finding> {
        let worst = self.beyond.values().max_by(|one, other| one.cmp(other))?;
        Some(Finding::BeyondReach {
            node: worst.node,
            given: Amount::from_units(worst.given),
            capacity: Amount::from_units(worst.against),
            people: self.beyond.len(),
        })
    }

    fn below_last_year(&self) -> Option<Finding> {
        let worst = self.below.values().min_by(|one, other| one.cmp(other))?;
        Some(Finding::BelowLastYear {
            node: worst.node,
            given: Amount::from_units(worst.given),
            last_year: Amount::from_units(worst.against),
            people: self.below.len(),
        })
    }
}

fn put(carriers: &mut Arc<BTreeMap<usize, Carrier>>, position: usize, carrier: Option<Carrier>) {
    if carriers.get(&position) == carrier.as_ref() {
        return;
    }
    let carriers = Arc::make_mut(carriers);
    match carrier {
        Some(carrier) => carriers.insert(position, carrier),
        None => carriers.remove(&position),
    };
}

/// A target of more than so many percent of what somebody is able to do is no challenge any more: less than eighty percent
/// of it can be done.
const CHALLENGE: i128 = 125;

/// Who carries a part of the target and is not divided further, with a figure that it is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
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
