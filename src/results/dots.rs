//! What each leaf of a tree is to bring, beside what it brought last year and what it is able to: who is asked for more than
//! that.

use crate::engine::Outcome;
use crate::order;
use crate::plan::{Dimension, NodeId, Plan};

/// More lines than these are no picture.
const MOST: usize = 20;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dot {
    pub id: NodeId,
    pub target: i64,
    pub last_year: Option<i64>,
    pub capacity: Option<i64>,
}

impl Dot {
    /// By how much it is asked for more than it is able to. None where it is not, or nobody knows.
    pub fn over(&self) -> Option<i64> {
        self.capacity.map(|it| self.target - it).filter(|it| 0 < *it)
    }
}

/// Those that are drawn, the most first, and the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dots {
    pub shown: Vec<Dot>,
    pub others: usize,
    pub others_target: i64,
    /// None where that of any of them is not known.
    pub others_last_year: Option<i64>,
    pub others_capacity: Option<i64>,
    pub total: i64,
    /// Of all: whose capacity is known, and who is asked for more than it.
    pub known: usize,
    pub over: usize,
    /// Who is asked for the most more.
    pub worst: Option<Dot>,
    /// Of those who are able to bring theirs, the one whose capacity it takes most of.
    pub nearest: Option<Dot>,
}

impl Dots {
    pub fn of(plan: &Plan, outcome: &Outcome, dimension: Dimension) -> Dots {
        let division = outcome.division(dimension);
        let dot = |position: usize| {
            let id = division.layout.id(position);
            let capacity = outcome.capacity(plan, dimension, id).map(|it| it.units());
            let last_year = division.last_year[position].map(|it| it.units());
            Dot { id, target: division.amounts[position], last_year, capacity }
        };
        let all: Vec<Dot> = (0..division.layout.len()).filter(|at| division.layout.is_leaf(*at)).map(dot).collect();
        let known = all.iter().filter(|it| it.capacity.is_some()).count();
        let over = all.iter().filter(|it| it.over().is_some()).count();
        let worst = all.iter().filter(|it| it.over().is_some()).max_by_key(|it| it.over()).copied();
        let nearest = all.iter().filter(|it| it.over().is_none() && used(it).is_some()).max_by_key(|it| used(it));
        let nearest = nearest.copied();
        // Where not all fit, those who are asked for too much come before the others. Sorted once, however many there are.
        let first = |it: &Dot| if all.len() <= MOST { 0 } else { it.over().unwrap_or(0) };
        let mut shown = order::by_number(all.clone(), |it| -(i128::from(first(it)) << 64) - i128::from(it.target));
        let others = shown.split_off(shown.len().min(MOST));
        shown = order::by_number(shown, |it| -i128::from(it.target));
        Dots {
            shown,
            others: others.len(),
            others_target: others.iter().map(|it| it.target).sum(),
            others_last_year: others.iter().map(|it| it.last_year).sum(),
            others_capacity: others.iter().map(|it| it.capacity).sum(),
            total: division.total(),
            known,
            over,
            worst,
            nearest,
        }
    }
}

/// The part of its capacity that a target takes, in hundredths of a percent.
pub fn used(dot: &Dot) -> Option<i64> {
    super::figure::basis_points(dot.target, dot.capacity?)
}
