//! What a number that somebody types, or a lock that somebody sets, means as an edit.
//!
//! Whatever is typed, the whole above it holds, unless it is asked to follow (`rollup`): the siblings that are neither typed nor locked make room, and below it
//! everything follows by its shares. Where no such sibling is left, earlier typed numbers make room in proportion. Only
//! what locks forbid is refused, and the refusal says by how much.

use kernels::{Rounding, apportion, bounded, matrix};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::bounds::{Bounds, Frame, Locks, Range, Tolerance};
use super::cascade::{self, Divided, Division};
use super::crossing::{Crossing, Problem};
use super::finding::Finding;
use super::group::Member;
use super::layout::Laid;
use super::{Outcome, evaluate_again, rollup};
use crate::amount::Amount;
use crate::plan::{At, Cell, Dimension, Edit, Field, GoalField, Lock, Method, NodeId, Pair, Plan, Typed};

/// Why a typed number cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// At most this much is left by locks and by the whole; so much is too much.
    Above {
        most: Amount,
        by: Amount,
    },
    /// At least this much is forced by locks; so much is missing.
    Below {
        least: Amount,
        by: Amount,
    },
    Negative(Amount),
    /// Percentages go from 0 to 100.
    NotAShare(Decimal),
    /// The cell is not, or is no longer, in the plan.
    Gone,
}

/// A place in a sheet: a cell of a table, its margins, or the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Whole,
    Node(Dimension, NodeId),
    Cell(At),
}

pub(super) fn place(plan: &Plan, at: At) -> Option<Place> {
    let (rows, columns) = (plan.tree(at.pair.rows()), plan.tree(at.pair.columns()));
    rows.get(at.row)?;
    columns.get(at.column)?;
    Some(match (at.row == rows.root, at.column == columns.root) {
        (true, true) => Place::Whole,
        (false, true) => Place::Node(at.pair.rows(), at.row),
        (true, false) => Place::Node(at.pair.columns(), at.column),
        (false, false) => Place::Cell(at),
    })
}

/// What becomes of the wholes that a typed number is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Above {
    /// They hold, and siblings that are not locked make room.
    Hold,
    /// They take the difference, up to the target, and siblings keep what they have.
    RollUp,
}

/// The edit that makes a place of a sheet have this amount, in either way.
pub fn type_amount_by(plan: &Plan, outcome: &Outcome, at: At, amount: Amount, above: Above) -> Result<Edit, Refusal> {
    match above {
        Above::Hold => type_amount(plan, outcome, at, amount),
        Above::RollUp => rollup::roll_up(plan, outcome, at, amount),
    }
}

/// The edit that makes a place of a sheet have this amount, while the wholes above it hold.
pub fn type_amount(plan: &Plan, outcome: &Outcome, at: At, amount: Amount) -> Result<Edit, Refusal> {
    if amount.is_negative() {
        return Err(Refusal::Negative(amount));
    }
    let now = amount_at(plan, outcome, at).ok_or(Refusal::Gone)?;
    let place = place(plan, at).ok_or(Refusal::Gone)?;
    let edit = |amount: Amount| match place {
        Place::Whole => set_target(outcome, amount),
        Place::Node(dimension, id) => type_node(plan, outcome, dimension, id, amount),
        Place::Cell(at) => type_cell(plan, outcome, at, amount),
    };
    guarded(plan, outcome, at, (now, amount), edit)
}

/// The edit, unless a lock that is kept now would break by it. What bounds one place is known beforehand; what a new
/// margin does to cells locked inside the tables is known by trying.
fn guarded(
    plan: &Plan,
    outcome: &Outcome,
    at: At,
    (now, asked): (Amount, Amount),
    edit: impl Fn(Amount) -> Result<Edit, Refusal>,
) -> Result<Edit, Refusal> {
    let first = edit(asked);
    if !may_break(plan, outcome, at) {
        return first;
    }
    let keeps = |units: i64| {
        let amount = Amount::from_units(units);
        edit(amount).is_ok_and(|edit| keeps_locks(plan, outcome, edit, at, amount))
    };
    let end = match first {
        Ok(_) => asked,
        Err(Refusal::Above { most: end, .. } | Refusal::Below { least: end, .. }) => end,
        Err(_) => return first,
    };
    if keeps(end.units()) {
        return first;
    }
    if now == asked {
        // It has the amount already. To say so would move its siblings by a unit, and a lock with them.
        return Ok(Edit::Batch(Vec::new()));
    }
    let (mut good, mut bad) = (now.units(), end.units());
    while 1 < (bad - good).abs() {
        let middle = good + (bad - good) / 2;
        if keeps(middle) { good = middle } else { bad = middle }
    }
    Err(beyond(good, asked.units()))
}

/// Whether there are locks that a change elsewhere could break, or one that is moved.
fn may_break(plan: &Plan, outcome: &Outcome, at: At) -> bool {
    let is_share = |lock: Option<Lock>| matches!(lock, Some(Lock::Share(_)));
    lock_at(plan, at).is_some()
        || Dimension::ALL.into_iter().any(|it| plan.tree(it).nodes.values().any(|node| is_share(node.lock)))
        || plan.cells.iter().any(|(_, cell)| cell.lock.is_some())
        || outcome.findings.iter().any(|it| matches!(it, Finding::LocksDropped { .. }))
}

/// The edit gives the place the amount, and no lock breaks that was kept before.
fn keeps_locks(plan: &Plan, outcome: &Outcome, edit: Edit, at: At, amount: Amount) -> bool {
    let mut edited = plan.clone();
    if edited.apply(edit).is_err() {
        return false;
    }
    let after = evaluate_again(plan, outcome, &edited);
    amount_at(&edited, &after, at) == Some(amount) && !new_breaks(outcome, &after)
}

/// A lock is broken that was kept before.
pub(super) fn new_breaks(before: &Outcome, after: &Outcome) -> bool {
    let broken = |outcome: &Outcome| outcome.findings.iter().filter_map(Break::of).collect::<Vec<Break>>();
    let before = broken(before);
    broken(after).iter().any(|it| !before.contains(it))
}

/// A lock that could not be kept, or all locks of a tree.
#[derive(PartialEq)]
enum Break {
    Tree(Dimension),
    Node(Dimension, NodeId),
    Cell(At),
}

impl Break {
    fn of(finding: &Finding) -> Option<Break> {
        match finding {
            Finding::LocksDropped { dimension, .. } => Some(Break::Tree(*dimension)),
            Finding::LockBroken { dimension, node, .. } => Some(Break::Node(*dimension, *node)),
            Finding::CellLockBroken { at, .. } => Some(Break::Cell(*at)),
            _ => None,
        }
    }
}

/// The edit that makes a place of a sheet have this percentage of its parent: for a node of its parent node, for a cell of
/// what its row has over the column's parent.
pub fn type_share(plan: &Plan, outcome: &Outcome, at: At, percent: Decimal) -> Result<Edit, Refusal> {
    let hundred = Decimal::ONE_HUNDRED;
    if percent.is_sign_negative() && !percent.is_zero() || hundred < percent {
        return Err(Refusal::NotAShare(percent));
    }
    let whole = whole_of(plan, outcome, at).ok_or(Refusal::Gone)?;
    let exact = Decimal::from(whole.units()) * percent / hundred;
    let amount = Amount::from_units(exact.round_dp_with_strategy(0, HALF_UP).to_i64().unwrap_or(0));
    match place(plan, at).ok_or(Refusal::Gone)? {
        Place::Whole => Err(Refusal::NotAShare(percent)),
        Place::Node(dimension, id) => match percent_of(plan, outcome, dimension, id, percent) {
            Some(edit) => Ok(edit),
            None => type_amount(plan, outcome, at, amount),
        },
        Place::Cell(at) => type_amount(plan, outcome, at, amount),
    }
}

/// Under a parent that shares by percent the percentage is what the plan stores; the others are left as they are.
fn percent_of(plan: &Plan, outcome: &Outcome, dimension: Dimension, id: NodeId, percent: Decimal) -> Option<Edit> {
    let division = outcome.division(dimension);
    let parent = division.layout.parent(division.layout.position(id)?);
    let node = plan.node(dimension, id).filter(|_| division.methods[parent] == Method::Percent)?;
    let set = |field| Edit::Node { dimension, id, field };
    let mut edits = vec![set(Field::Percent(Some(percent.round_dp(crate::plan::check::MAX_DECIMALS))))];
    edits.extend(node.typed.map(|_| set(Field::Typed(None))));
    edits.extend(node.lock.map(|_| set(Field::Lock(None))));
    Some(Edit::Batch(edits))
}

const HALF_UP: rust_decimal::RoundingStrategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;

/// So many percent more than last year, to the nearest unit.
pub fn grown(before: Amount, percent: Decimal) -> Result<Amount, Refusal> {
    let exact = Decimal::from(before.units()).checked_mul(Decimal::ONE_HUNDRED + percent);
    let units = exact.map(|it| (it / Decimal::ONE_HUNDRED).round_dp_with_strategy(0, HALF_UP));
    let amount = Amount::from_units(units.and_then(|it| it.to_i64()).unwrap_or(i64::MAX));
    if amount.is_negative() {
        return Err(Refusal::Negative(amount));
    }
    if Amount::MAX < amount { Err(beyond(Amount::MAX.units(), amount.units())) } else { Ok(amount) }
}

/// What the share of a place is measured against.
pub fn whole_of(plan: &Plan, outcome: &Outcome, at: At) -> Option<Amount> {
    let units = match place(plan, at)? {
        Place::Whole => outcome.total().units(),
        Place::Node(dimension, id) => {
            let division = outcome.division(dimension);
            division.amounts[division.layout.parent(division.layout.position(id)?)]
        }
        Place::Cell(at) => {
            let spot = Spot::of(outcome, at)?;
            outcome.table(at.pair)?.get(spot.row, spot.parent_column)
        }
    };
    Some(Amount::from_units(units))
}

/// What a place of a sheet has.
pub fn amount_at(plan: &Plan, outcome: &Outcome, at: At) -> Option<Amount> {
    place(plan, at)?;
    let rows = outcome.division(at.pair.rows()).layout.position(at.row)?;
    let columns = outcome.division(at.pair.columns()).layout.position(at.column)?;
    outcome.cell(at.pair, rows, columns).map(Amount::from_units)
}

/// The edit that lets a place follow the rules again: nothing typed, nothing locked. None where nothing was.
pub fn clear(plan: &Plan, at: At) -> Option<Edit> {
    match place(plan, at)? {
        Place::Whole => None,
        Place::Node(dimension, id) => {
            let node = plan.node(dimension, id)?;
            let set = |field| Edit::Node { dimension, id, field };
            let mut edits = Vec::new();
            edits.extend(node.typed.map(|_| set(Field::Typed(None))));
            edits.extend(node.lock.map(|_| set(Field::Lock(None))));
            Some(Edit::Batch(edits)).filter(|_| node.typed.is_some() || node.lock.is_some())
        }
        Place::Cell(at) => {
            let cell = plan.cells.get(at);
            let said = cell.typed.is_some() || cell.lock.is_some();
            said.then_some(Edit::Cell { at, cell: Cell { typed: None, lock: None, ..cell } })
        }
    }
}

/// What is locked at a place.
pub fn lock_at(plan: &Plan, at: At) -> Option<Lock> {
    match place(plan, at)? {
        Place::Whole => None,
        Place::Node(dimension, id) => plan.node(dimension, id)?.lock,
        Place::Cell(at) => plan.cells.get(at).lock,
    }
}

/// What is typed at a place.
pub fn typed_at(plan: &Plan, at: At) -> Option<Typed> {
    match place(plan, at)? {
        Place::Whole => None,
        Place::Node(dimension, id) => plan.node(dimension, id)?.typed,
        Place::Cell(at) => plan.cells.get(at).typed,
    }
}

/// What of a place is kept as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Nothing,
    Amount,
    /// Its part of what stands above it, however much that is.
    Share,
}

impl Kept {
    pub const ALL: [Kept; 3] = [Kept::Nothing, Kept::Amount, Kept::Share];

    pub fn of(lock: Option<Lock>) -> Kept {
        match lock {
            None => Kept::Nothing,
            Some(Lock::Value(_)) => Kept::Amount,
            Some(Lock::Share(_)) => Kept::Share,
        }
    }
}

/// The edit that locks a place at what it has, or opens the lock. None at the whole, which is the target.
pub fn toggle_lock(plan: &Plan, outcome: &Outcome, at: At) -> Option<Edit> {
    let kept = if lock_at(plan, at).is_some() { Kept::Nothing } else { Kept::Amount };
    keep(plan, outcome, at, kept)
}

/// The edit by which a place keeps what it has, or its share, or neither. None at the whole, which is the target, and for a
/// share of nothing.
pub fn keep(plan: &Plan, outcome: &Outcome, at: At, kept: Kept) -> Option<Edit> {
    let amount = amount_at(plan, outcome, at)?;
    let lock = match kept {
        Kept::Nothing => None,
        Kept::Amount => Some(Lock::Value(amount)),
        Kept::Share => {
            let whole = whole_of(plan, outcome, at).filter(|whole| 0 < whole.units())?;
            Some(Lock::Share(Typed { part: amount, whole }))
        }
    };
    match place(plan, at)? {
        Place::Whole => None,
        Place::Node(dimension, id) => Some(Edit::Node { dimension, id, field: Field::Lock(lock) }),
        Place::Cell(at) => Some(Edit::Cell { at, cell: Cell { lock, ..plan.cells.get(at) } }),
    }
}

/// The edit by which those below a node share by another method. Percentages and amounts that were never entered start
/// from what each child has, so that today's numbers stay; numbers typed for the children are let go, so that the method
/// is what counts.
pub fn choose_method(plan: &Plan, outcome: &Outcome, dimension: Dimension, id: NodeId, method: Method) -> Edit {
    let division = outcome.division(dimension);
    let set = |id, field| Edit::Node { dimension, id, field };
    let mut edits = vec![set(id, Field::Method(Some(method)))];
    let nodes =
        || plan.tree(dimension).children(id).iter().filter_map(|it| plan.node(dimension, *it).map(|node| (*it, node)));
    let positions: Vec<usize> = nodes().filter_map(|(id, _)| division.layout.position(id)).collect();
    let amounts: Vec<i64> = positions.iter().map(|it| division.amounts[*it]).collect();
    match method {
        Method::Percent if nodes().all(|(_, node)| node.percent.is_none()) => {
            let weights: Vec<u64> = amounts.iter().map(|it| it.unsigned_abs()).collect();
            // Hundredths of a percent, which total 100.00 as long as there is anything to share.
            let shares = apportion(10_000, &weights, Rounding::LargestRemainder);
            let shares = shares.into_iter().map(|it| Decimal::new(it, 2).normalize());
            let given = nodes().zip(shares).filter(|_| amounts.iter().any(|it| *it != 0));
            edits.extend(given.map(|((id, _), share)| set(id, Field::Percent(Some(share)))));
        }
        Method::Amount if nodes().all(|(_, node)| node.amount.is_none()) => {
            let given = nodes().zip(&amounts);
            edits.extend(given.map(|((id, _), it)| set(id, Field::Amount(Some(Amount::from_units(*it))))));
        }
        _ => {}
    }
    edits.extend(nodes().filter(|(_, node)| node.typed.is_some()).map(|(id, _)| set(id, Field::Typed(None))));
    Edit::Batch(edits)
}

fn within(given: i64, least: i64, most: i64) -> Result<(), Refusal> {
    if (least..=most).contains(&given) { Ok(()) } else { Err(beyond(given.clamp(least, most), given)) }
}

fn set_target(outcome: &Outcome, amount: Amount) -> Result<Edit, Refusal> {
    let common = outcome.common();
    within(amount.units(), common.lowest, common.highest)?;
    Ok(Edit::Goal(GoalField::Target(Some(amount))))
}

/// The siblings of a node that is typed over, and what bounds each of them.
struct Beside<'a> {
    plan: &'a Plan,
    division: &'a Division,
    bounds: &'a Bounds,
    frame: &'a Frame,
    whole: i64,
    rounding: Rounding,
    /// Their places among the children of their parent, and their positions.
    siblings: Vec<(usize, usize)>,
}

fn type_node(
    plan: &Plan,
    outcome: &Outcome,
    dimension: Dimension,
    id: NodeId,
    amount: Amount,
) -> Result<Edit, Refusal> {
    let division = outcome.division(dimension);
    let layout = &division.layout;
    let node = plan.node(dimension, id).ok_or(Refusal::Gone)?;
    let position = layout.position(id).ok_or(Refusal::Gone)?;
    let parent = layout.parent(position);
    let whole = division.amounts[parent];
    let children = layout.children(parent);
    let place = children.iter().position(|child| *child == position).ok_or(Refusal::Gone)?;
    let divided = outcome.divided(dimension);
    let laid = Laid::of(dimension, plan, layout);
    let bounds = divided.bounds().opened(laid, position, division.amounts[position]);
    let handed = division.handed[parent];
    let frame = bounds.frame(&children, handed, whole);
    let siblings: Vec<(usize, usize)> = children.into_iter().enumerate().filter(|it| it.0 != place).collect();
    let rounding = division.roundings[parent];
    let beside = Beside { plan, division, bounds: &bounds, frame: &frame, whole, rounding, siblings };

    let own = frame.ranges[place];
    let room = beside.room();
    let tolerance = plan.node(dimension, layout.id(parent)).map(|it| Tolerance::of(dimension, it).around(whole));
    let out = tolerance.unwrap_or(Range::at(whole));
    let least = own.lowest.max(out.lowest.saturating_sub(room.highest));
    within(amount.units(), least, own.highest.min(out.highest - room.lowest).max(least))?;

    let set = |field| Edit::Node { dimension, id, field };
    let typed = Typed { part: amount, whole: Amount::from_units(whole) };
    let dropped = divided.locks() == Locks::Dropped;
    // A lock that was let go follows too, where those below it allow: it may be the one that stood in the way.
    let lock = node.lock.filter(|_| !dropped || lock_can_follow(laid, divided, position, amount));
    let mut edits = Vec::new();
    edits.extend(lock.map(|lock| set(Field::Lock(Some(lock.moved_to(amount, typed.whole))))));
    if node.lock.is_none() || dropped {
        edits.push(set(Field::Typed(Some(typed))));
    }
    // Where more or less than the whole may be handed out, the others stay as they are as long as it is no more than that.
    let now: i64 =
        beside.siblings.iter().map(|(_, at)| division.amounts[*at]).fold(amount.units(), i64::saturating_add);
    let rest = out.clamp(now) - amount.units();
    if !beside.free_can_take(rest) {
        edits.extend(beside.rescale(rest));
    }
    Ok(Edit::Batch(edits))
}

/// The locks below a node allow it this amount.
fn lock_can_follow(laid: Laid<'_>, divided: &Divided, position: usize, amount: Amount) -> bool {
    let opened = divided.base.bounds.opened(laid, position, amount.units());
    opened[position].possible.contains(amount.units())
}

impl Beside<'_> {
    fn member(&self, (place, position): (usize, usize)) -> Member {
        let node = self.plan.node(self.division.dimension, self.division.layout.id(position));
        let lock = self.bounds[position].lock;
        Member {
            weight: 0,
            range: self.frame.ranges[place],
            step: self.bounds[position].step,
            locked: lock.is_some(),
            typed: cascade::typed(node, lock, self.frame),
        }
    }

    fn members(&self) -> impl Iterator<Item = Member> + '_ {
        self.siblings.iter().map(|it| self.member(*it))
    }

    /// What they can have together.
    fn room(&self) -> Range {
        Range::sum(self.siblings.iter().map(|(place, _)| self.frame.ranges[*place]))
    }

    /// Siblings that are neither typed nor locked can take the rest.
    fn free_can_take(&self, rest: i64) -> bool {
        let taken = |it: &Member| match it.wish(self.whole) {
            _ if it.range.is_point() => it.range.lowest,
            Some(wish) => it.range.clamp(wish),
            None => 0,
        };
        let left = rest - self.members().map(|it| taken(&it)).fold(0_i64, i64::saturating_add);
        let free: Vec<Range> = self.members().filter(Member::is_free).map(|it| it.range).collect();
        if free.is_empty() { left == 0 } else { Range::sum(free).contains(left) }
    }

    /// Earlier typed siblings make room in proportion to what they have.
    fn rescale(&self, rest: i64) -> Vec<Edit> {
        let dimension = self.division.dimension;
        let weights: Vec<u64> =
            self.siblings.iter().map(|(_, position)| self.division.amounts[*position].unsigned_abs()).collect();
        let (lowest, highest): (Vec<i64>, Vec<i64>) =
            self.members().map(|it| (it.range.lowest, it.range.highest)).unzip();
        let Ok(parts) = bounded::split(rest, &weights, &lowest, &highest, self.rounding) else {
            return Vec::new();
        };
        let whole = Amount::from_units(self.whole);
        let edit = |(sibling, part): (&(usize, usize), i64)| {
            let (member, id) = (self.member(*sibling), self.division.layout.id(sibling.1));
            let typed = Typed { part: Amount::from_units(part), whole };
            let is_typed = self.plan.node(dimension, id).is_some_and(|node| node.typed.is_some());
            (is_typed && !member.range.is_point()).then_some(Edit::Node {
                dimension,
                id,
                field: Field::Typed(Some(typed)),
            })
        };
        self.siblings.iter().zip(parts).filter_map(edit).collect()
    }
}

/// Where a cell stands: its position, and its block.
struct Spot {
    row: usize,
    column: usize,
    parent_row: usize,
    parent_column: usize,
}

impl Spot {
    fn of(outcome: &Outcome, at: At) -> Option<Spot> {
        let (rows, columns) = (&outcome.division(at.pair.rows()).layout, &outcome.division(at.pair.columns()).layout);
        let (row, column) = (rows.position(at.row)?, columns.position(at.column)?);
        Some(Spot { row, column, parent_row: rows.parent(row), parent_column: columns.parent(column) })
    }
}

fn type_cell(plan: &Plan, outcome: &Outcome, at: At, amount: Amount) -> Result<Edit, Refusal> {
    let spot = Spot::of(outcome, at).ok_or(Refusal::Gone)?;
    let pair: Pair = at.pair;
    let table = outcome.table(pair).ok_or(Refusal::Gone)?;
    let (rows, columns) = (outcome.division(pair.rows()), outcome.division(pair.columns()));
    // The cell's own lock does not bind it: typing over a lock moves the lock.
    let mut said = plan.cells.clone();
    let before = plan.cells.get(at);
    said.set(at, Cell { typed: None, lock: None, ..before });
    let crossing = Crossing::again(table, rows, columns, &said);
    let problem = crossing.problem((spot.parent_row, spot.parent_column));
    let (Some(i), Some(j)) = (
        problem.rows.iter().position(|row| *row == spot.row),
        problem.columns.iter().position(|column| *column == spot.column),
    ) else {
        return Err(Refusal::Gone);
    };
    let width = problem.columns.len();
    let place = i * width + j;
    let units = amount.units();
    let possible = |units: i64| problem.with_cell(place, units, |_| false).as_ref().is_some_and(matrix::is_possible);
    // What the cell has it may keep, even where locks that cannot be met leave nothing possible.
    let now = table.get(spot.row, spot.column);
    if units != now && !possible(units) {
        return Err(nearest(&problem, place, now, units, possible));
    }
    let whole = Amount::from_units(table.get(spot.row, spot.parent_column));
    let cell = match before.lock {
        Some(lock) => Cell { lock: Some(lock.moved_to(amount, whole)), ..before },
        None => Cell { typed: Some(Typed { part: amount, whole }), ..before },
    };
    let mut edits = vec![Edit::Cell { at, cell }];
    // Typed numbers of the block that cannot stand beside the new one are let go: its row's first, then its column's.
    let keeps: [&dyn Fn(usize) -> bool; 4] =
        [&|_| true, &|it| it / width != i, &|it| it / width != i && it % width != j, &|_| false];
    let holds =
        |keep: &&dyn Fn(usize) -> bool| problem.with_cell(place, units, keep).as_ref().is_some_and(matrix::is_possible);
    let keep = keeps.into_iter().find(holds).unwrap_or(&|_| false);
    for gone in problem.typed_places().filter(|it| *it != place && !keep(*it)) {
        let (row, column) = (problem.rows[gone / width], problem.columns[gone % width]);
        let at = At { pair, row: rows.layout.id(row), column: columns.layout.id(column) };
        edits.push(Edit::Cell { at, cell: Cell { typed: None, ..plan.cells.get(at) } });
    }
    Ok(Edit::Batch(edits))
}

/// The refusal that says how far one can go from what the cell has towards what was asked for. What is possible is an
/// interval, so that bisection finds its end.
fn nearest(problem: &Problem, place: usize, now: i64, asked: i64, possible: impl Fn(i64) -> bool) -> Refusal {
    let width = problem.columns.len();
    let ceiling = problem.block.rows[place / width].min(problem.block.columns[place % width]);
    let (mut good, mut bad) = (now, if possible(now) { asked.min(ceiling + 1) } else { now });
    while 1 < (bad - good).abs() {
        let middle = good + (bad - good) / 2;
        if possible(middle) { good = middle } else { bad = middle }
    }
    beyond(good, asked)
}

/// The refusal of what lies beyond the last amount that is possible.
pub(super) fn beyond(good: i64, asked: i64) -> Refusal {
    let last = Amount::from_units(good);
    match good < asked {
        true => Refusal::Above { most: last, by: Amount::from_units(asked - good) },
        false => Refusal::Below { least: last, by: Amount::from_units(good - asked) },
    }
}
