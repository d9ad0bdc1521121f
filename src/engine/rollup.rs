//! What a typed number means where the wholes above it follow: siblings keep what they have, and every whole that the
//! number is a part of takes the difference, up to the target.
//!
//! The other way, in which the whole holds and siblings make room, is `breakback::type_amount`. What is refused here is
//! whatever would move a sibling, break a lock that is kept now, or leave the range of amounts; the refusal says how far
//! one can go.

use std::collections::BTreeSet;

use super::breakback::{Place, Refusal, amount_at, beyond, new_breaks, place};
use super::{Division, Outcome, evaluate_again};
use crate::amount::Amount;
use crate::plan::{At, Dimension, Edit, Field, GoalField, Node, NodeId, Plan, Typed};

/// The edit that makes a place of a sheet have this amount and moves nothing beside it.
pub fn roll_up(plan: &Plan, outcome: &Outcome, at: At, amount: Amount) -> Result<Edit, Refusal> {
    if amount.is_negative() {
        return Err(Refusal::Negative(amount));
    }
    let now = amount_at(plan, outcome, at).ok_or(Refusal::Gone)?;
    let place = place(plan, at).ok_or(Refusal::Gone)?;
    if now == amount {
        return Ok(Edit::Batch(Vec::new()));
    }
    let attempt = |units: i64| Attempt::of(plan, outcome, at, place, now, Amount::from_units(units)).edit();
    if let Some(edit) = attempt(amount.units()) {
        return Ok(edit);
    }
    let (mut good, mut bad) = (now.units(), amount.units());
    while 1 < (bad - good).abs() {
        let middle = good + (bad - good) / 2;
        if attempt(middle).is_some() { good = middle } else { bad = middle }
    }
    Err(beyond(good, amount.units()))
}

/// One amount tried at one place.
struct Attempt<'a> {
    plan: &'a Plan,
    outcome: &'a Outcome,
    at: At,
    place: Place,
    amount: Amount,
    more: i64,
}

impl<'a> Attempt<'a> {
    fn of(plan: &'a Plan, outcome: &'a Outcome, at: At, place: Place, now: Amount, amount: Amount) -> Attempt<'a> {
        Attempt { plan, outcome, at, place, amount, more: amount.units() - now.units() }
    }

    /// First only the path is typed; if siblings move by a unit of rounding, they are typed too. None where that does not
    /// do either.
    fn edit(&self) -> Option<Edit> {
        [false, true].into_iter().map(|with_siblings| self.edits(with_siblings)).find(|edit| self.does(edit))
    }

    fn edits(&self, with_siblings: bool) -> Edit {
        let target = Amount::from_units(self.outcome.total().units().saturating_add(self.more));
        let mut edits = vec![Edit::Goal(GoalField::Target(Some(target)))];
        for (dimension, id) in self.nodes() {
            edits.extend(self.path_edits(dimension, id, with_siblings));
        }
        if let Place::Cell(at) = self.place {
            edits.extend(self.cell_edit(at));
        }
        Edit::Batch(edits)
    }

    /// The nodes that take the difference, and with them all above.
    fn nodes(&self) -> Vec<(Dimension, NodeId)> {
        match self.place {
            Place::Whole => Vec::new(),
            Place::Node(dimension, id) => vec![(dimension, id)],
            Place::Cell(at) => vec![(at.pair.rows(), at.row), (at.pair.columns(), at.column)],
        }
    }

    fn path_edits(&self, dimension: Dimension, id: NodeId, with_siblings: bool) -> Vec<Edit> {
        let division = self.outcome.division(dimension);
        let Some(position) = division.layout.position(id) else { return Vec::new() };
        let path = division.layout.path(position);
        let mut edits = Vec::new();
        for (parent, child) in path.iter().zip(path.iter().skip(1)) {
            let whole = division.amounts[*parent].saturating_add(self.more);
            for sibling in division.layout.children(*parent) {
                let id = division.layout.id(sibling);
                let Some(node) = self.plan.node(dimension, id) else { continue };
                let is_on_path = sibling == *child;
                if !is_on_path && !with_siblings && node.typed.is_none() {
                    continue;
                }
                let more = if is_on_path { self.more } else { 0 };
                let part = Amount::from_units(division.amounts[sibling].saturating_add(more));
                let typed = Typed { part, whole: Amount::from_units(whole) };
                let field = said(node, typed, sibling == position);
                edits.extend(field.map(|field| Edit::Node { dimension, id, field }));
            }
        }
        edits
    }

    fn cell_edit(&self, at: At) -> Option<Edit> {
        let columns = &self.outcome.division(at.pair.columns()).layout;
        let rows = &self.outcome.division(at.pair.rows()).layout;
        let parent = columns.parent(columns.position(at.column)?);
        let whole = self.outcome.table(at.pair)?.get(rows.position(at.row)?, parent).saturating_add(self.more);
        let mut cell = self.plan.cells.get(at);
        match cell.lock {
            Some(lock) => cell.lock = Some(lock.moved_to(self.amount, Amount::from_units(whole))),
            None => cell.typed = Some(Typed { part: self.amount, whole: Amount::from_units(whole) }),
        }
        Some(Edit::Cell { at, cell })
    }

    /// The place has the amount, the total took the difference, nothing beside moved, and no lock broke by it.
    fn does(&self, edit: &Edit) -> bool {
        let mut edited = self.plan.clone();
        if edited.apply(edit.clone()).is_err() {
            return false;
        }
        let after = evaluate_again(self.plan, self.outcome, &edited);
        let total = self.outcome.total().units() + self.more;
        amount_at(&edited, &after, self.at) == Some(self.amount)
            && after.total().units() == total
            && !new_breaks(self.outcome, &after)
            && self
                .nodes()
                .into_iter()
                .all(|(dimension, id)| beside_stays(self.outcome.division(dimension), after.division(dimension), id))
    }
}

/// What a node stores of its new share. A lock of the node itself moves with it; one of a neighbour or of what is above it
/// stays as it is.
fn said(node: &Node, typed: Typed, is_itself: bool) -> Option<Field> {
    match node.lock {
        Some(lock) if is_itself => Some(Field::Lock(Some(lock.moved_to(typed.part, typed.whole)))),
        Some(_) => None,
        None => Some(Field::Typed(Some(typed))),
    }
}

/// Whatever is neither above nor below the node has what it had.
fn beside_stays(before: &Division, after: &Division, id: NodeId) -> bool {
    let Some(position) = before.layout.position(id) else { return false };
    let above: BTreeSet<usize> = before.layout.path(position).into_iter().collect();
    let below = position..before.layout.end(position);
    (0..before.layout.len())
        .filter(|it| !above.contains(it) && !below.contains(it))
        .all(|it| before.amounts[it] == after.amounts[it])
}
