//! What a careful planner would remark about the plan as a whole.

use super::Outcome;
use super::cascade::{Division, Source};
use super::finding::Finding;
use crate::plan::{Dimension, Method, Plan};

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
    }
    outcome.findings.extend(remarks);
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
