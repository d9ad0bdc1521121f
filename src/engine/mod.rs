//! What follows from a plan: `evaluate(&Plan) -> Outcome`; and, after an edit, `evaluate_again`, which gives the same for the
//! cost of what has changed.
//!
//! Pure, total and deterministic: the same plan gives the same bits on every machine. It never fails, because a user is
//! always half-way through a change; what it has to say is in the findings. No browser, no clock, no serialisation;
//! units are divided by `kernels`; floats only there and in those of `reconcile`, `chain` and `chance`, and never as money.

mod base;
mod blend;
mod bounds;
pub mod breakback;
pub mod buffer;
pub mod calendar;
pub mod capacity;
pub mod carry;
mod cascade;
pub mod chain;
pub mod chance;
mod changes;
mod check;
mod claim;
mod columns;
pub mod consensus;
mod crossing;
mod finding;
pub mod funnel;
pub mod gate;
mod group;
pub mod large;
mod layout;
mod pages;
mod reach;
mod reconcile;
mod remarks;
pub mod remedy;
mod rollup;
pub mod seek;
pub mod sensitivity;
pub mod sights;
mod stepped;
mod sums;
pub mod trace;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use cascade::{Division, Source};
pub use crossing::Table;
pub use finding::{Finding, Severity, Subject};
pub use kernels::matrix::{Block, Scaling, bounded as fit_bounded, product as fit_product};
pub use kernels::{NO_CAP, Rounding, Shortfall, apportion, split};
pub use layout::Layout;
pub use reconcile::{Said, reconcile, reconciled};
pub use sums::{Broken, Sums};

use crate::amount::Amount;
use crate::plan::{Dimension, Node, NodeId, Nodes, Pair, Plan, Tree};
use base::Base;
use bounds::{Bounds, Locks, Range};
use capacity::Staff;
use cascade::Divided;
use changes::Change;
use crossing::Since;
use funnel::Flow;
use gate::Gate;

/// Everything that follows from a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    divided: BTreeMap<Dimension, Arc<Divided>>,
    tables: BTreeMap<Pair, Arc<Table>>,
    /// Errors first, then warnings, then hints; within each, as found from the target down.
    pub findings: Vec<Finding>,
    pub sums: Sums,
    /// What the people can bring.
    pub staff: Arc<Staff>,
    /// The nodes of the organisation with that in them, as they were divided among. None where there are no people.
    filled: Option<Nodes>,
    /// What the funnel gives, and what the target asks of it. None where the plan has none.
    pub flow: Option<Flow>,
    /// The target held against what is possible.
    pub gate: Gate,
}

impl Outcome {
    pub fn divisions(&self) -> impl Iterator<Item = &Division> {
        self.divided.values().map(|it| &it.division)
    }

    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.values().map(|it| &**it)
    }

    pub fn division(&self, dimension: Dimension) -> &Division {
        &self.divided[&dimension].division
    }

    /// A division with what it was made of.
    fn divided(&self, dimension: Dimension) -> &Divided {
        &self.divided[&dimension]
    }

    /// The totals that the locks of all trees allow together.
    fn common(&self) -> Common {
        Common::of(self.divided.values().map(|it| &*it.base))
    }

    /// None where one of the two is not divided (not over time: every sheet has its periods), or where they would make a
    /// table too large.
    pub fn table(&self, pair: Pair) -> Option<&Table> {
        self.tables.get(&pair).map(|it| &**it)
    }

    /// What a place of two trees has, by position in each. Where one of the two is not divided, that is what the node of the
    /// other has; None where the table is too large to be made.
    pub fn cell(&self, pair: Pair, row: usize, column: usize) -> Option<i64> {
        match self.table(pair) {
            Some(table) => Some(table.get(row, column)),
            None if column == 0 => Some(self.division(pair.rows()).amounts[row]),
            None if row == 0 => Some(self.division(pair.columns()).amounts[column]),
            None => None,
        }
    }

    /// What the plan really divides: the target, or the nearest total that the locks allow.
    pub fn total(&self) -> Amount {
        Amount::from_units(self.division(Dimension::Organisation).total())
    }

    /// What a node is able to bring: what the plan says, or what its people can.
    pub fn capacity(&self, plan: &Plan, dimension: Dimension, id: NodeId) -> Option<Amount> {
        match dimension {
            Dimension::Organisation => self.staff.capacity(plan, id),
            _ => plan.node(dimension, id)?.capacity,
        }
    }

    /// Last year's figure of the whole: what the goal says, or the sum of what the organisation's nodes say.
    pub fn last_year(&self, plan: &Plan) -> Option<Amount> {
        plan.goal.last_year.or(self.division(Dimension::Organisation).last_year[0])
    }
}

/// Divides the target of a plan along every dimension.
pub fn evaluate(plan: &Plan) -> Outcome {
    let staff = Arc::new(Staff::of(plan));
    let filled = staff.fill(plan, None);
    follow(&with(plan, filled.as_ref()), (staff, filled.clone()), None)
}

/// The same for a plan of which something has changed, given what the plan was and what followed from it: the very outcome
/// that `evaluate` gives, for the cost of what has changed. Whatever depends on nothing that has is kept.
pub fn evaluate_again(before: &Plan, outcome: &Outcome, plan: &Plan) -> Outcome {
    let staff = match has_same_people(before, plan) {
        true => Arc::clone(&outcome.staff),
        false => Arc::new(outcome.staff.again(before, plan)),
    };
    let filled = staff.fill(plan, outcome.filled.as_ref().map(|it| (before, it)));
    let before = Before { plan: &with(before, outcome.filled.as_ref()), outcome };
    follow(&with(plan, filled.as_ref()), (staff, filled.clone()), Some(before))
}

/// The plan as it is divided: with other nodes in its organisation, where there are such.
fn with<'a>(plan: &'a Plan, filled: Option<&Nodes>) -> Cow<'a, Plan> {
    let Some(nodes) = filled else { return Cow::Borrowed(plan) };
    let mut plan = plan.clone();
    plan.trees.organisation.nodes = nodes.clone();
    Cow::Owned(plan)
}

/// Whatever the people can bring follows from is the same.
fn has_same_people(one: &Plan, other: &Plan) -> bool {
    if one.capacity.is_empty() && other.capacity.is_empty() {
        return true;
    }
    one.capacity == other.capacity
        && one.calendar == other.calendar
        && one.unit == other.unit
        && one.funnel.order_value == other.funnel.order_value
        && has_same_shape(&one.trees.organisation, &other.trees.organisation)
}

fn has_same_shape(one: &Tree, other: &Tree) -> bool {
    let is_same = |((id, node), (other_id, other)): ((&NodeId, &Node), (&NodeId, &Node))| {
        id == other_id && node.children == other.children
    };
    one.nodes.len() == other.nodes.len() && one.nodes.iter().zip(other.nodes.iter()).all(is_same)
}

/// What is known already: a plan, and what followed from it.
#[derive(Clone, Copy)]
struct Before<'a> {
    plan: &'a Plan,
    outcome: &'a Outcome,
}

/// The plan has in it already what the people can bring.
fn follow(plan: &Plan, (staff, filled): (Arc<Staff>, Option<Nodes>), before: Option<Before<'_>>) -> Outcome {
    // 1. From the leaves up: what the locks of each tree make possible, and what floors and caps want.
    let trees: Vec<Risen> = Dimension::ALL.into_iter().map(|dimension| Risen::of(dimension, plan, before)).collect();
    let mut findings: Vec<Finding> = trees.iter().flat_map(|it| it.base.said()).collect();
    // 2. One total for all trees: the target, or the nearest to it that their locks allow.
    let agreed = agree(plan, &trees, &mut findings);
    // 3. From the root down: each group of siblings shares what its parent got, in whole units.
    let (mut divided, mut moved) = (BTreeMap::new(), BTreeMap::new());
    for risen in trees {
        let dimension = risen.base.dimension;
        let (tree, who) = risen.divided(plan, before, &agreed);
        findings.extend(total_unwanted(dimension, &tree.base.layout, tree.bounds(), agreed.total));
        findings.extend(tree.said());
        divided.insert(dimension, tree);
        moved.insert(dimension, who);
    }
    // 4. Where two trees meet: a table that is exact along both.
    let mut tables = BTreeMap::new();
    for pair in Pair::ALL {
        let (rows, columns) = (pair.rows(), pair.columns());
        match extent(pair, &divided) {
            Extent::Divided => {}
            Extent::Margins => continue,
            Extent::TooLarge(cells) => {
                findings.push(Finding::TableTooLarge { pair, cells, most: MOST_CELLS });
                continue;
            }
        }
        let table = table(pair, plan, before, (&divided[&rows], &moved[&rows]), (&divided[&columns], &moved[&columns]));
        findings.extend(table.said());
        tables.insert(pair, table);
    }
    if plan.goal.target.is_none() {
        // Nothing is divided yet, so that no floor is broken either.
        findings.retain(|it| !matches!(it, Finding::FloorsExceed { .. } | Finding::FloorBroken { .. }));
    }
    // 5. Every sum added up, or still as it was.
    let of_trees = divided.values().map(|it| &it.sums);
    let sums = Sums::together(of_trees.chain(tables.values().map(|it| it.sums())));
    let mut outcome = Outcome { divided, tables, findings, sums, staff, filled, flow: None, gate: Gate::default() };
    // 6. The target, month by month, against what people, leads, supply and the market can bring.
    hold_against(plan, &mut outcome);
    // 7. What a careful planner would remark.
    check::check(plan, &mut outcome);
    outcome.findings.extend(reach::check(plan, &outcome));
    outcome.findings = by_severity(&outcome.findings);
    outcome
}

/// A table of two trees that has more cells is not made: it would take seconds and all of a tab's memory with every edit.
const MOST_CELLS: usize = 4_000_000;

/// What two trees are together.
enum Extent {
    Divided,
    /// One of them is not divided: every cell is a margin.
    Margins,
    /// They would make so many cells.
    TooLarge(usize),
}

fn extent(pair: Pair, divided: &BTreeMap<Dimension, Arc<Divided>>) -> Extent {
    let (rows, columns) = (divided[&pair.rows()].base.layout.len(), divided[&pair.columns()].base.layout.len());
    match rows.saturating_mul(columns) {
        _ if pair.is_over_time() => Extent::Divided,
        _ if rows == 1 || columns == 1 => Extent::Margins,
        cells if MOST_CELLS < cells => Extent::TooLarge(cells),
        _ => Extent::Divided,
    }
}

/// A tree gone up from its leaves, and what of it has to be gone down again.
struct Risen {
    base: Arc<Base>,
    down: Down,
}

enum Down {
    /// The nodes that say something else, and the parents of whoever brings something else.
    Some(BTreeSet<usize>, BTreeSet<usize>),
    /// All of it, though it has its shape.
    All,
    /// All of it, and no position is what it was.
    New,
}

/// Who has another amount than before, by position. None where positions are not what they were.
type Moved = Option<Vec<usize>>;

impl Risen {
    fn of(dimension: Dimension, plan: &Plan, before: Option<Before<'_>>) -> Risen {
        let anew = |layout: Layout, down: Down| Risen { base: Arc::new(Base::of(dimension, plan, layout)), down };
        let from_scratch = || anew(Layout::of(plan.tree(dimension)), Down::New);
        let Some(before) = before else { return from_scratch() };
        let base = &before.outcome.divided[&dimension].base;
        match Change::of(dimension, before.plan, plan, &base.layout) {
            Change::Nodes(nodes) if nodes.is_empty() => {
                Risen { base: Arc::clone(base), down: Down::Some(nodes, BTreeSet::new()) }
            }
            Change::Nodes(nodes) => {
                let (base, open) = base.again(plan, &nodes);
                Risen { base: Arc::new(base), down: Down::Some(nodes, open) }
            }
            Change::Rules => anew(base.layout.clone(), Down::All),
            Change::Shape => from_scratch(),
        }
    }

    /// The tree divided, and who has another amount than before.
    fn divided(self, plan: &Plan, before: Option<Before<'_>>, agreed: &Agreed) -> (Arc<Divided>, Moved) {
        let (dimension, total) = (self.base.dimension, agreed.total);
        let locks = agreed.common.locks(dimension);
        let last = before.map(|it| &it.outcome.divided[&dimension]);
        let are_kept = |it: &Divided| it.locks() == Locks::Kept && locks == Locks::Kept;
        match (self.down, last) {
            (Down::Some(nodes, open), Some(last)) if are_kept(last) => {
                if nodes.is_empty() && open.is_empty() && last.division.total() == total {
                    return (Arc::clone(last), Some(Vec::new()));
                }
                let (divided, moved) = last.again(plan, self.base, (&nodes, open), total);
                (Arc::new(divided), Some(moved))
            }
            (Down::Some(..) | Down::All, Some(last)) => {
                let divided = Divided::of(plan, self.base, locks, total);
                let moved = moved(&last.division, &divided.division);
                (Arc::new(divided), Some(moved))
            }
            _ => (Arc::new(Divided::of(plan, self.base, locks, total)), None),
        }
    }
}

/// Of two divisions of one tree, whose amounts differ.
fn moved(one: &Division, other: &Division) -> Vec<usize> {
    (0..one.amounts.len()).filter(|position| one.amounts[*position] != other.amounts[*position]).collect()
}

/// The table of two trees, and who in them has another amount than before.
fn table(
    pair: Pair,
    plan: &Plan,
    before: Option<Before<'_>>,
    (rows, moved_rows): (&Divided, &Moved),
    (columns, moved_columns): (&Divided, &Moved),
) -> Arc<Table> {
    let (rows, columns) = (&rows.division, &columns.division);
    let (Some(before), Some(moved_rows), Some(moved_columns)) = (before, moved_rows, moved_columns) else {
        return Arc::new(crossing::cross(pair, rows, columns, &plan.cells));
    };
    let Some(table) = before.outcome.tables.get(&pair) else {
        return Arc::new(crossing::cross(pair, rows, columns, &plan.cells));
    };
    let cells = changes::cells(pair, before.plan, plan);
    if moved_rows.is_empty() && moved_columns.is_empty() && cells.is_empty() {
        return Arc::clone(table);
    }
    let since = Since { rows: moved_rows, columns: moved_columns, cells: &cells };
    Arc::new(crossing::cross_again(table, rows, columns, &plan.cells, &since))
}

fn hold_against(plan: &Plan, outcome: &mut Outcome) {
    let months = reach::monthly(outcome);
    let target = plan.goal.target.map(|_| months);
    outcome.flow = Flow::of(plan, target);
    let last_year = outcome.last_year(plan);
    outcome.gate = Gate::of(plan, outcome.total(), months, (&outcome.staff, outcome.flow.as_ref()), last_year);
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
    fn of<'a>(trees: impl Iterator<Item = &'a Base>) -> Common {
        let mut common = Common { lowest: 0, highest: Amount::MAX.units(), dropped: Vec::new() };
        for Base { dimension, bounds, .. } in trees {
            let Range { lowest: least, highest: most } = bounds[0].possible;
            if common.lowest.max(least) <= common.highest.min(most) {
                (common.lowest, common.highest) = (common.lowest.max(least), common.highest.min(most));
            } else {
                common.dropped.push((*dimension, least, most));
            }
        }
        common
    }

    fn locks(&self, dimension: Dimension) -> Locks {
        if self.dropped.iter().any(|(it, ..)| *it == dimension) { Locks::Dropped } else { Locks::Kept }
    }
}

/// The total nearest to the target that the locks allow.
fn agree(plan: &Plan, trees: &[Risen], findings: &mut Vec<Finding>) -> Agreed {
    let target = plan.goal.target.unwrap_or_default().units();
    let common = Common::of(trees.iter().map(|it| &*it.base));
    let total = target.clamp(common.lowest, common.highest);
    let strict =
        |base: &&Base| common.locks(base.dimension) == Locks::Kept && !base.bounds[0].possible.contains(target);
    if let Some(base) = trees.iter().map(|it| &*it.base).find(strict) {
        let (target, total) = (Amount::from_units(target), Amount::from_units(total));
        findings.push(Finding::TargetNotMet { dimension: base.dimension, target, total });
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
    let (node, wanted) = (layout.id(0), bounds[0].wanted);
    let amount = Amount::from_units;
    if total < wanted.lowest {
        Some(Finding::FloorsExceed { dimension, node, floors: amount(wanted.lowest), most: amount(total) })
    } else if wanted.highest < total {
        Some(Finding::CapsFallShort { dimension, node, caps: amount(wanted.highest), least: amount(total) })
    } else {
        None
    }
}
