//! What somebody types over a number, or locks: the laws of `engine::breakback` and `engine::trace`.

use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::breakback::{self, Above, Refusal};
use sextant::engine::trace::{self, Reason};
use sextant::engine::{Finding, Outcome, evaluate};
use sextant::plan::{At, Calendar, Dimension, Edit, GoalField, Lock, Node, NodeId, Pair, Plan, Unit};

use crate::laws::{hold, of_plans};
use crate::plans::{Said, Shown, any_plan, anywhere, lived_in, plans, units};
use crate::promise::{amount, cell, check, units as of};

proptest! {
    #![proptest_config(of_plans())]

    // ---- Typing over a number ----

    #[test]
    fn what_is_typed_is_kept_and_all_around_it_holds(
        Shown(plan) in any_plan(),
        place in anywhere(),
        wish in wished(),
    ) {
        let outcome = evaluate(&plan);
        let at = place.place(&plan);
        let now = breakback::amount_at(&plan, &outcome, at).expect("a place of a table");
        let asked = wish.of(now);
        match breakback::type_amount(&plan, &outcome, at, asked) {
            Ok(edit) => hold(&plan, typed(&plan, &outcome, at, asked, edit))?,
            Err(refusal) => hold(&plan, refused(&plan, &outcome, at, asked, refusal))?,
        }
    }

    #[test]
    fn what_rolls_up_moves_nothing_beside_it(
        Shown(plan) in prop_oneof![plans(Said::Nothing), lived_in()],
        place in anywhere(),
        part in 0..2_000_i64,
    ) {
        let outcome = evaluate(&plan);
        let at = place.place(&plan);
        let now = breakback::amount_at(&plan, &outcome, at).expect("a place of a table");
        let asked = Wished::PerMille(part).of(now);
        let up = |units: i64| breakback::type_amount_by(&plan, &outcome, at, of(units), Above::RollUp);
        match up(asked.units()) {
            Ok(edit) => hold(&plan, rolled_up(&plan, &outcome, at, asked, edit))?,
            Err(Refusal::Above { most: end, .. } | Refusal::Below { least: end, .. }) => {
                prop_assert!(end != asked && up(end.units()).is_ok(), "{:?}: {:?}", Shown(plan.clone()), end);
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn a_share_typed_is_that_share_of_the_whole(Shown(plan) in any_plan(), place in anywhere(), hundredths in 0..=10_000_i64) {
        let outcome = evaluate(&plan);
        let (at, percent) = (place.place(&plan), Decimal::new(hundredths, 2));
        let whole = breakback::whole_of(&plan, &outcome, at).expect("a place of a table").units();
        let Ok(edit) = breakback::type_share(&plan, &outcome, at, percent) else { return Ok(()) };
        let mut edited = plan.clone();
        edited.apply(edit.clone()).expect("an edit of the engine");
        hold(&edited, check(&edited, &evaluate(&edited)))?;
        let exact = i128::from(whole) * i128::from(hundredths);
        let given = i128::from(cell(&evaluate(&edited), at));
        let stored = node_at(&edited, at).and_then(|(dimension, id)| edited.node(dimension, id)?.percent);
        let is_share = 2 * (given * 10_000 - exact).abs() <= 10_000;
        prop_assert!(is_share || stored == Some(percent.normalize()), "{} of {}: {}, {:?}\n{:?}", percent, whole, given, edit, Shown(plan));
    }

    #[test]
    fn a_lock_stays_when_the_target_changes(Shown(plan) in any_plan(), place in anywhere(), target in units()) {
        let outcome = evaluate(&plan);
        let at = place.place(&plan);
        let was = breakback::lock_at(&plan, at);
        let now = breakback::amount_at(&plan, &outcome, at).expect("a place of a table");
        let Some(edit) = breakback::toggle_lock(&plan, &outcome, at) else {
            prop_assert!(node_at(&plan, at).is_none() && plan.cells.get(at).is_empty());
            return Ok(());
        };
        let mut edited = plan.clone();
        edited.apply(edit).expect("an edit of the engine");
        let locked = was.is_none().then_some(Lock::Value(now));
        prop_assert_eq!(breakback::lock_at(&edited, at), locked);
        // Locked where it is, it is still there; and with another target too, unless a finding says otherwise.
        let after = evaluate(&edited);
        hold(&edited, check(&edited, &after))?;
        let dropped = |it: &Finding| matches!(it, Finding::LocksDropped { .. });
        if locked.is_some() && !outcome.findings.iter().chain(&after.findings).any(dropped) {
            prop_assert_eq!(cell(&after, at), now.units(), "{:?}", Shown(edited));
        }
        edited.apply(Edit::Goal(GoalField::Target(Some(of(target))))).expect("a target");
        hold(&edited, check(&edited, &evaluate(&edited)))?;
        let opened = breakback::toggle_lock(&edited, &evaluate(&edited), at).expect("a lock to open");
        edited.apply(opened).expect("an edit of the engine");
        prop_assert_eq!(breakback::lock_at(&edited, at).is_some(), was.is_some());
    }

    #[test]
    fn what_is_cleared_says_nothing(Shown(plan) in any_plan(), place in anywhere()) {
        let at = place.place(&plan);
        let said = breakback::lock_at(&plan, at).is_some() || breakback::typed_at(&plan, at).is_some();
        let edit = breakback::clear(&plan, at);
        prop_assert_eq!(edit.is_some(), said);
        let mut edited = plan.clone();
        if let Some(edit) = edit {
            edited.apply(edit).expect("an edit of the engine");
        }
        prop_assert_eq!((breakback::lock_at(&edited, at), breakback::typed_at(&edited, at)), (None, None));
        hold(&edited, check(&edited, &evaluate(&edited)))?;
    }

    // ---- Why a number is what it is ----

    /// N7, S1-15: every number can be traced, step by step, to the whole.
    #[test]
    fn a_trace_leads_from_the_total_to_the_place(Shown(plan) in any_plan(), place in anywhere()) {
        let outcome = evaluate(&plan);
        let at = place.place(&plan);
        let steps = trace::trace(&plan, &outcome, at);
        let (first, last) = (steps.first().expect("a step"), steps.last().expect("a step"));
        prop_assert_eq!((first.reason, first.amount), (Reason::Target, outcome.total()));
        prop_assert_eq!(Some(last.amount), breakback::amount_at(&plan, &outcome, at), "{:?}\n{:?}", steps, Shown(plan));
        // Each step but the last word on rounding is a part of what came before it.
        for pair in steps.windows(2).filter(|pair| !matches!(pair[1].reason, Reason::Rounding { .. })) {
            prop_assert_eq!(pair[1].whole, pair[0].amount, "{:?}\n{:?}", steps, Shown(plan));
        }
    }
}

/// An amount to type: any, or so many thousandths of what is there.
#[derive(Clone, Copy, Debug)]
enum Wished {
    Units(i64),
    PerMille(i64),
}

impl Wished {
    fn of(self, now: Amount) -> Amount {
        of(match self {
            Wished::Units(units) => units,
            Wished::PerMille(part) => (i128::from(now.units()) * i128::from(part) / 1000) as i64,
        })
    }
}

fn wished() -> impl Strategy<Value = Wished> {
    let odd = select(vec![-1, 0, i64::MIN, i64::MAX, Amount::MAX.units(), Amount::MAX.units() + 1]);
    prop_oneof![
        1 => odd.prop_map(Wished::Units),
        2 => units().prop_map(Wished::Units),
        6 => (0..2_000_i64).prop_map(Wished::PerMille),
    ]
}

/// After the edit the place has what was typed, the wholes that it is a part of have what they had, and nothing that was
/// locked elsewhere has moved.
fn typed(plan: &Plan, before: &Outcome, at: At, asked: Amount, edit: Edit) -> Result<(), String> {
    let mut edited = plan.clone();
    let inverse = edited.apply(edit.clone()).map_err(|error| format!("{edit:?} is refused: {error}"))?;
    let after = evaluate(&edited);
    check(&edited, &after)?;
    let given = cell(&after, at);
    if given != asked.units() {
        return Err(format!("{asked:?} typed at {at:?}, {given} given, by {edit:?}"));
    }
    for whole in wholes(plan, at) {
        let (was, is) = (cell(before, whole), cell(&after, whole));
        if was != is && !lets_go(plan, before, at, asked) {
            return Err(format!("{asked:?} typed at {at:?} moved {whole:?} from {was} to {is}, by {edit:?}"));
        }
    }
    for (other, was) in locks(plan).into_iter().filter(|it| it.0 != home(plan, at)) {
        if !locks(&edited).contains(&(other, was)) {
            return Err(format!("{asked:?} typed at {at:?} opened the lock at {other:?}, by {edit:?}"));
        }
        if cell(before, other) == was && cell(&after, other) != was && !was_let_go(plan, before, other) {
            return Err(format!("{asked:?} typed at {at:?} broke the lock at {other:?}, by {edit:?}"));
        }
    }
    edited.apply(inverse).map_err(|error| format!("the inverse of {edit:?} is refused: {error}"))?;
    if edited == *plan { Ok(()) } else { Err(format!("{edit:?} is not taken back")) }
}

/// The place and everything above it took the difference; what lies beside them in their trees did not move.
fn rolled_up(plan: &Plan, before: &Outcome, at: At, asked: Amount, edit: Edit) -> Result<(), String> {
    let mut edited = plan.clone();
    let inverse = edited.apply(edit.clone()).map_err(|error| format!("{edit:?} is refused: {error}"))?;
    let after = evaluate(&edited);
    check(&edited, &after)?;
    let more = asked.units() - cell(before, at);
    if cell(&after, at) != asked.units() || after.total().units() != before.total().units() + more {
        return Err(format!("{asked:?} at {at:?} is {} by {edit:?}", cell(&after, at)));
    }
    for (dimension, id) in [(at.pair.rows(), at.row), (at.pair.columns(), at.column)] {
        let tree = plan.tree(dimension);
        let (path, below) = (tree.path(id), tree.walk(id));
        if id == tree.root {
            continue;
        }
        for other in tree.nodes.keys() {
            let moved = amount(&after, dimension, *other) - amount(before, dimension, *other);
            let should = if path.contains(other) { Some(more) } else { Some(0).filter(|_| !below.contains(other)) };
            if should.is_some_and(|should| should != moved) {
                return Err(format!("{dimension:?} node {} moved by {moved} of {more}, by {edit:?}", other.0));
            }
        }
    }
    edited.apply(inverse).map_err(|error| format!("the inverse of {edit:?} is refused: {error}"))?;
    if edited == *plan { Ok(()) } else { Err(format!("{edit:?} is not taken back")) }
}

/// The refusal names the very end of what is possible.
fn refused(plan: &Plan, outcome: &Outcome, at: At, asked: Amount, refusal: Refusal) -> Result<(), String> {
    let accepts = |units: i64| breakback::type_amount(plan, outcome, at, of(units)).is_ok();
    let (end, beyond, by) = match refusal {
        Refusal::Above { most, .. } => (most.units(), most.units() + 1, asked.units() - most.units()),
        Refusal::Below { least, .. } => (least.units(), least.units() - 1, least.units() - asked.units()),
        Refusal::Negative(given) if asked.is_negative() && given == asked => return Ok(()),
        other => return Err(format!("{other:?} for {asked:?} at {at:?}")),
    };
    let says = match refusal {
        Refusal::Above { by, .. } | Refusal::Below { by, .. } => by.units(),
        _ => 0,
    };
    if says != by || by <= 0 || !accepts(end) || accepts(beyond) {
        return Err(format!(
            "{refusal:?} for {asked:?} at {at:?}: {end} {}, {beyond} {}",
            accepts(end),
            accepts(beyond)
        ));
    }
    Ok(())
}

/// A lock that held what it is a part of up, and lets it sink when it is lowered; or one that is met again, and with it
/// all others of its tree.
fn lets_go(plan: &Plan, before: &Outcome, at: At, asked: Amount) -> bool {
    let dropped = |it: &Finding| matches!(it, Finding::LocksDropped { .. });
    let is_lower = asked.units() < cell(before, at);
    breakback::lock_at(plan, at).is_some() && (is_lower || before.findings.iter().any(dropped))
}

/// A lock of a tree whose locks were all let go is met by chance at most.
fn was_let_go(plan: &Plan, before: &Outcome, at: At) -> bool {
    let of = |dimension| {
        let is = |it: &Finding| matches!(it, Finding::LocksDropped { dimension: which, .. } if *which == dimension);
        before.findings.iter().any(is)
    };
    node_at(plan, at).is_some_and(|(dimension, _)| of(dimension))
}

/// The node whose own number a margin shows.
fn node_at(plan: &Plan, at: At) -> Option<(Dimension, NodeId)> {
    let (rows, columns) = (plan.tree(at.pair.rows()).root, plan.tree(at.pair.columns()).root);
    match (at.row == rows, at.column == columns) {
        (false, true) => Some((at.pair.rows(), at.row)),
        (true, false) => Some((at.pair.columns(), at.column)),
        _ => None,
    }
}

/// The place where a node's own number is, of the several tables that have it as a margin.
fn home(plan: &Plan, at: At) -> At {
    node_at(plan, at).map_or(at, |(dimension, id)| node(plan, dimension, id))
}

fn node(plan: &Plan, dimension: Dimension, id: NodeId) -> At {
    if dimension == Dimension::Time {
        At { pair: Pair::ALL[0], row: plan.trees.organisation.root, column: id }
    } else {
        At { pair: Pair::over_time(dimension), row: id, column: plan.trees.time.root }
    }
}

/// Every place that a place is a part of, in both directions.
fn wholes(plan: &Plan, at: At) -> Vec<At> {
    let (rows, columns) = (plan.tree(at.pair.rows()), plan.tree(at.pair.columns()));
    let (up, left) = (rows.path(at.row), columns.path(at.column));
    let all = up.iter().flat_map(|row| left.iter().map(|column| At { row: *row, column: *column, ..at }));
    all.filter(|it| {
        *it != at && (it.row == at.row || it.column == at.column || (it.row, it.column) == (rows.root, columns.root))
    })
    .collect()
}

/// Everything that is locked, as places of tables.
fn locks(plan: &Plan) -> Vec<(At, i64)> {
    let mut found = Vec::new();
    for dimension in Dimension::ALL {
        let tree = plan.tree(dimension);
        for (id, it) in tree.nodes.iter().filter(|(id, _)| **id != tree.root) {
            found.extend(it.lock.and_then(Lock::value).map(|it| (node(plan, dimension, *id), it.units())));
        }
    }
    found.extend(plan.cells.iter().filter_map(|(at, cell)| cell.lock.and_then(Lock::value).map(|it| (at, it.units()))));
    found
}

/// The largest plan, of which a tenth more may be handed out, by floors that ask for that: nobody gets more than can be typed, so
/// that whatever the engine makes of a number can be kept.
#[test]
fn nobody_is_handed_more_than_a_plan_can_hold() {
    let mut plan = Plan::blank("", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::MAX);
    let tree = &mut plan.trees.organisation;
    let root = Node { tolerance: Some(Decimal::TEN), ..Node::default() };
    tree.nodes.insert(tree.root, root);
    let floor = Some(Amount::from_units(Amount::MAX.units() / 100 * 55));
    let team = tree.grow(tree.root, Node { tolerance: Some(Decimal::TEN), ..Node::default() });
    (0..2).for_each(|_| _ = tree.grow(team, Node { floor, ..Node::default() }));
    let outcome = evaluate(&plan);
    assert!(outcome.sums.hold());
    let rows = outcome.division(Dimension::Organisation);
    assert!(rows.amounts.iter().all(|it| *it <= Amount::MAX.units()), "{:?}", rows.amounts);
    for position in 0..rows.layout.len() {
        let (row, pair) = (rows.layout.id(position), Pair::over_time(Dimension::Organisation));
        let at = At { pair, row, column: plan.trees.time.root };
        if let Some(edit) = breakback::toggle_lock(&plan, &outcome, at) {
            plan.clone().apply(edit).expect("the engine's own edits are accepted");
        }
    }
}
