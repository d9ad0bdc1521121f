//! What follows from a plan: `evaluate(&Plan) -> Outcome`.
//!
//! Pure, total and deterministic: the same plan gives the same bits on every machine. It never fails, because a user is
//! always half-way through a change; what it has to say is in the findings. No browser, no clock, no serialisation;
//! floats only in the kernels of `matrix`, `reconcile` and `chain`, and never as money.

mod apportion;
mod blend;
mod bounded;
mod bounds;
pub mod breakback;
pub mod calendar;
mod cascade;
pub mod chain;
mod check;
mod claim;
pub mod consensus;
mod crossing;
mod finding;
mod group;
mod layout;
mod matrix;
mod reconcile;
pub mod remedy;
mod rollup;
mod rounding;
mod stepped;
mod sums;
pub mod trace;
mod webster;

use std::collections::BTreeMap;

pub use apportion::apportion;
pub use bounded::{NO_CAP, Shortfall, split};
pub use cascade::{Division, Source};
pub use crossing::Table;
pub use finding::{Finding, Severity, Subject};
pub use layout::Layout;
pub use matrix::{Block, Scaling, bounded as fit_bounded, product as fit_product};
pub use reconcile::{Said, reconcile, reconciled};
pub use sums::{Broken, Sums};

use crate::amount::Amount;
pub use crate::plan::Rounding;
use crate::plan::{Dimension, Pair, Plan};
use bounds::{Bounds, Locks, Range};

/// Everything that follows from a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    divisions: BTreeMap<Dimension, Division>,
    tables: BTreeMap<Pair, Table>,
    /// Errors first, then warnings, then hints; within each, as found from the target down.
    pub findings: Vec<Finding>,
    pub sums: Sums,
}

impl Outcome {
    pub fn divisions(&self) -> impl Iterator<Item = &Division> {
        self.divisions.values()
    }

    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.values()
    }

    pub fn division(&self, dimension: Dimension) -> &Division {
        &self.divisions[&dimension]
    }

    /// None for two dimensions that a plan is not divided along together.
    pub fn table(&self, pair: Pair) -> Option<&Table> {
        self.tables.get(&pair)
    }

    /// What the plan really divides: the target, or the nearest total that the locks allow.
    pub fn total(&self) -> Amount {
        Amount::from_units(self.division(Dimension::Organisation).total())
    }

    /// Last year's figure of the whole: what the goal says, or the sum of what the organisation's nodes say.
    pub fn last_year(&self, plan: &Plan) -> Option<Amount> {
        plan.goal.last_year.or(self.division(Dimension::Organisation).last_year[0])
    }
}

/// Divides the target of a plan along every dimension.
pub fn evaluate(plan: &Plan) -> Outcome {
    let mut findings = Vec::new();
    // 1. From the leaves up: what the locks of each tree make possible, and what floors and caps want.
    let trees: Vec<(Dimension, Layout, Bounds)> = Dimension::ALL
        .into_iter()
        .map(|dimension| {
            let tree = plan.tree(dimension);
            let layout = Layout::of(tree);
            let bounds = Bounds::of(dimension, tree, &layout, Locks::Kept, &mut findings);
            (dimension, layout, bounds)
        })
        .collect();
    // 2. One total for all trees: the target, or the nearest to it that their locks allow.
    let agreed = agree(plan, &trees, &mut findings);
    // 3. From the root down: each group of siblings shares what its parent got, in whole units.
    let mut divisions = BTreeMap::new();
    for (dimension, layout, bounds) in trees {
        let tree = plan.tree(dimension);
        let bounds = match agreed.common.locks(dimension) {
            Locks::Kept => bounds,
            Locks::Dropped => Bounds::of(dimension, tree, &layout, Locks::Dropped, &mut Vec::new()),
        };
        findings.extend(total_unwanted(dimension, &layout, &bounds, agreed.total));
        let division = cascade::divide(dimension, plan, layout, &bounds, agreed.total, &mut findings);
        divisions.insert(dimension, division);
    }
    // 4. Where two trees meet: a table that is exact along both.
    let mut tables = BTreeMap::new();
    for pair in Pair::ALL {
        let (rows, columns) = (&divisions[&pair.rows()], &divisions[&pair.columns()]);
        tables.insert(pair, crossing::cross(pair, rows, columns, &plan.cells, &mut findings));
    }
    let mut outcome = Outcome { divisions, tables, findings, sums: Sums::default() };
    if plan.goal.target.is_none() {
        // Nothing is divided yet, so that no floor is broken either.
        outcome.findings.retain(|it| !matches!(it, Finding::FloorsExceed { .. } | Finding::FloorBroken { .. }));
    }
    // 5. What a careful planner would remark.
    check::check(plan, &mut outcome);
    outcome.findings = by_severity(&outcome.findings);
    // 6. Every sum added up again.
    outcome.sums = sums::check(&outcome);
    outcome
}

/// Errors first, hints last; within each as they were found.
fn by_severity(findings: &[Finding]) -> Vec<Finding> {
    let of = |severity| findings.iter().filter(move |it| it.severity() == severity);
    Severity::ALL.into_iter().flat_map(of).copied().collect()
}

/// The total that is divided, and the trees whose locks cannot make it.
struct Agreed {
    total: i64,
    common: Common,
}

/// The totals that the locks of all trees allow together. A tree whose locks leave nothing in common with those before it
/// lets them go.
struct Common {
    lowest: i64,
    highest: i64,
    dropped: Vec<(Dimension, i64, i64)>,
}

impl Common {
    fn of<'a>(trees: impl Iterator<Item = (Dimension, &'a Bounds)>) -> Common {
        let mut common = Common { lowest: 0, highest: Amount::MAX.units(), dropped: Vec::new() };
        for (dimension, bounds) in trees {
            let Range { lowest: least, highest: most } = bounds.possible[0];
            if common.lowest.max(least) <= common.highest.min(most) {
                (common.lowest, common.highest) = (common.lowest.max(least), common.highest.min(most));
            } else {
                common.dropped.push((dimension, least, most));
            }
        }
        common
    }

    fn locks(&self, dimension: Dimension) -> Locks {
        if self.dropped.iter().any(|(it, ..)| *it == dimension) { Locks::Dropped } else { Locks::Kept }
    }
}

/// The total nearest to the target that the locks allow.
fn agree(plan: &Plan, trees: &[(Dimension, Layout, Bounds)], findings: &mut Vec<Finding>) -> Agreed {
    let target = plan.goal.target.unwrap_or_default().units();
    let common = Common::of(trees.iter().map(|(dimension, _, bounds)| (*dimension, bounds)));
    let total = target.clamp(common.lowest, common.highest);
    let strict = |(dimension, _, bounds): &&(Dimension, Layout, Bounds)| {
        common.locks(*dimension) == Locks::Kept && !bounds.possible[0].contains(target)
    };
    if let Some((dimension, ..)) = trees.iter().find(strict) {
        let (target, total) = (Amount::from_units(target), Amount::from_units(total));
        findings.push(Finding::TargetNotMet { dimension: *dimension, target, total });
    }
    for (dimension, least, most) in &common.dropped {
        findings.push(Finding::LocksDropped {
            dimension: *dimension,
            lowest: Amount::from_units(*least),
            highest: Amount::from_units(*most),
            total: Amount::from_units(total),
        });
    }
    Agreed { total, common }
}

/// A total that the floors or the caps of a tree do not make.
fn total_unwanted(dimension: Dimension, layout: &Layout, bounds: &Bounds, total: i64) -> Option<Finding> {
    let (node, wanted) = (layout.id(0), bounds.wanted[0]);
    let amount = Amount::from_units;
    if total < wanted.lowest {
        Some(Finding::FloorsExceed { dimension, node, floors: amount(wanted.lowest), most: amount(total) })
    } else if wanted.highest < total {
        Some(Finding::CapsFallShort { dimension, node, caps: amount(wanted.highest), least: amount(total) })
    } else {
        None
    }
}
