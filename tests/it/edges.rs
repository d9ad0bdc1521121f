//! Hostile and far-off plans: nothing panics, everything sums, and what is wrong is said by its finding.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::breakback::{Refusal, type_amount};
use sextant::engine::{Finding, Outcome, Severity, evaluate};
use sextant::plan::check::{MAX_COLUMNS, MAX_DEPTH, MAX_NAME, MAX_NODES, Repair};
use sextant::plan::migrate::{DecodeError, MAX_BYTES, decode};
use sextant::plan::{
    At, Calendar, Cell, Dimension, Edit, EditError, Factor, Field, Lock, Method, Mix, Node, NodeId, Pair, Period, Plan,
    SCHEMA, Tree, Typed, Unit,
};

use crate::promise::{amount, cell, kept, units};

const MOST: i64 = 1_000_000_000_000_000;
const ORGANISATION: Dimension = Dimension::Organisation;
const OVER_TIME: Pair = Pair::over_time(ORGANISATION);

pub fn blank(target: i64) -> Plan {
    let mut plan = Plan::blank("edge", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(units(target));
    plan
}

/// An organisation of one level.
fn flat(target: i64, method: Method, members: impl IntoIterator<Item = Node>) -> Plan {
    let mut plan = blank(target);
    let tree = &mut plan.trees.organisation;
    for member in members {
        tree.grow(tree.root, member);
    }
    set(&mut plan, ORGANISATION, 0, Field::Method(Some(method)));
    plan
}

fn set(plan: &mut Plan, dimension: Dimension, id: u32, field: Field) {
    plan.apply(Edit::Node { dimension, id: NodeId(id), field }).expect("a field of a node");
}

fn at(pair: Pair, row: u32, column: u32) -> At {
    At { pair, row: NodeId(row), column: NodeId(column) }
}

fn locked(amount: i64) -> Option<Lock> {
    Some(Lock::Value(units(amount)))
}

fn with_lock(amount: i64) -> Node {
    Node { lock: locked(amount), ..Node::default() }
}

fn with_percent(percent: i64) -> Node {
    Node { percent: Some(Decimal::from(percent)), ..Node::default() }
}

fn with_weight(weight: i64) -> Node {
    Node { weight: Some(Decimal::from(weight)), ..Node::default() }
}

/// What the members of a flat organisation got.
fn parts(outcome: &Outcome) -> Vec<i64> {
    outcome.division(ORGANISATION).amounts[1..].to_vec()
}

/// The findings that are no remark about the basis or an even split.
fn told(outcome: &Outcome) -> Vec<Finding> {
    let remark = |it: &Finding| matches!(it, Finding::NoBasis | Finding::EvenQuarters | Finding::EvenPeople { .. });
    outcome.findings.iter().copied().filter(|it| !remark(it)).collect()
}

// ---- Amounts ----

#[test]
fn the_largest_target_is_divided_by_every_method() {
    for method in Method::ALL {
        let member = |part: i64| Node {
            percent: Some(Decimal::from(part)),
            weight: Some(Decimal::from(1_000_000_000 - part)),
            amount: Some(units(MOST / 7 * part)),
            last_year: Some(units(MOST - part)),
            ..Node::default()
        };
        let mut plan = flat(MOST, method, [member(1), member(2), member(3)]);
        plan.trees.product = plan.trees.organisation.clone();
        plan.cells.set(at(OVER_TIME, 2, 3), Cell { lock: locked(MOST / 11), ..Cell::default() });
        let outcome = kept(&plan);
        assert_eq!(outcome.total(), units(MOST));
        assert_eq!(cell(&outcome, at(OVER_TIME, 2, 3)), MOST / 11);
    }
}

#[test]
fn a_target_of_zero_gives_zeros() {
    let mut plan = flat(0, Method::Percent, [with_percent(40), with_percent(60)]);
    assert_eq!(parts(&kept(&plan)), [0, 0]);
    assert!(told(&kept(&plan)).is_empty(), "{:?}", told(&kept(&plan)));
    plan.goal.basis.market = "halved".to_owned();
    assert!(kept(&plan).findings.is_empty(), "an even year of nothing is no remark");
}

#[test]
fn without_a_target_everything_is_zero_and_said() {
    let mut plan = flat(0, Method::Percent, [with_percent(40), with_percent(60)]);
    plan.goal.target = None;
    assert_eq!(kept(&plan).findings, [Finding::NoTarget]);
}

#[test]
fn trees_of_one_node_carry_the_whole() {
    let outcome = kept(&blank(1_234_567));
    for pair in Pair::ALL {
        assert_eq!(outcome.cell(pair, 0, 0), Some(1_234_567));
        let size = outcome.table(pair).map(|it| (it.height(), it.width()));
        assert_eq!(size, pair.is_over_time().then_some((1, 17)), "what is not divided crosses nothing");
    }
    assert_eq!(outcome.findings, [Finding::NoBasis, Finding::EvenQuarters]);
}

#[test]
fn one_child_gets_everything_whatever_it_claims() {
    for method in Method::ALL {
        for claim in [0, 7, 130] {
            let mut only = with_percent(claim);
            only.weight = Some(Decimal::from(claim));
            only.amount = Some(units(claim));
            only.last_year = Some(units(claim));
            assert_eq!(parts(&kept(&flat(1_000, method, [only]))), [1_000], "{method:?} {claim}");
        }
    }
}

// ---- Weights and percentages ----

#[test]
fn weights_that_are_all_zero_share_evenly_and_it_is_said() {
    let outcome = kept(&flat(100, Method::Weight, [with_weight(0), with_weight(0), with_weight(0)]));
    assert_eq!(parts(&outcome), [34, 33, 33]);
    let node = NodeId(0);
    assert_eq!(told(&outcome), [Finding::NoWeights { dimension: ORGANISATION, node, method: Method::Weight }]);
}

#[test]
fn a_percentage_of_zero_gets_nothing_and_one_of_130_all_of_it() {
    let outcome = kept(&flat(1_000, Method::Percent, [with_percent(0), with_percent(130)]));
    assert_eq!(parts(&outcome), [0, 1_000]);
    let (dimension, method) = (ORGANISATION, Method::Percent);
    assert_eq!(
        told(&outcome),
        [
            Finding::PercentNot100 { dimension, node: NodeId(0), percent: Decimal::from(130) },
            Finding::GetsNothing { dimension, node: NodeId(1), method }
        ]
    );
    // Nothing is left for who has no percentage.
    let outcome = kept(&flat(1_000, Method::Percent, [with_percent(130), Node::default()]));
    assert_eq!(parts(&outcome), [1_000, 0]);
}

/// U7: a profile with blanks must not silently count them as nothing.
#[test]
fn blanks_get_the_average_and_it_is_said() {
    let plan = flat(900, Method::Weight, [with_weight(1), with_weight(3), Node::default()]);
    let outcome = kept(&plan);
    assert_eq!(parts(&outcome), [150, 450, 300]);
    let (dimension, node) = (ORGANISATION, NodeId(0));
    assert_eq!(told(&outcome), [Finding::BlankWeights { dimension, node, method: Method::Weight, count: 1 }]);
}

#[test]
fn gigantic_weights_beside_tiny_ones() {
    let tiny = Node { weight: Some(Decimal::new(1, 6)), ..Node::default() };
    let giants = (0..4_000).map(|_| with_weight(1_000_000_000));
    let plan = flat(MOST, Method::Weight, giants.chain([tiny, Node::default(), with_weight(0)]));
    let outcome = evaluate(&plan);
    assert!(outcome.sums.hold());
    assert_eq!(parts(&outcome)[4_002], 0);
    let (first, tiny, blank) = (parts(&outcome)[0], parts(&outcome)[4_000], parts(&outcome)[4_001]);
    assert!(tiny <= 1 && 200_000_000_000 < first && (blank - first).abs() < first / 1_000, "{first} {tiny} {blank}");
}

// ---- Locks ----

#[test]
fn all_locked_at_what_sums_is_what_everyone_gets() {
    let outcome = kept(&flat(100, Method::Even, [with_lock(10), with_lock(20), with_lock(70)]));
    assert_eq!(parts(&outcome), [10, 20, 70]);
    assert!(told(&outcome).is_empty());
}

#[test]
fn all_locked_at_another_sum_moves_the_total_and_it_is_said() {
    for (last, total) in [(60, 90), (90, 120)] {
        let outcome = kept(&flat(100, Method::Even, [with_lock(10), with_lock(20), with_lock(last)]));
        assert_eq!(parts(&outcome), [10, 20, last]);
        let (target, total) = (units(100), units(total));
        assert_eq!(told(&outcome), [Finding::TargetNotMet { dimension: ORGANISATION, target, total }]);
    }
}

/// S2-18: contradictory locks are reported.
#[test]
fn two_trees_whose_locks_cannot_both_be_kept() {
    let mut plan = flat(100, Method::Even, [with_lock(50), with_lock(50)]);
    set(&mut plan, Dimension::Time, 1, Field::Lock(locked(101)));
    let outcome = kept(&plan);
    let (dimension, lowest, highest) = (Dimension::Time, units(101), units(1 << 53));
    assert_eq!(told(&outcome), [Finding::LocksDropped { dimension, lowest, highest, total: units(100) }]);
    assert_eq!(outcome.findings[0].severity(), Severity::Error);
}

#[test]
fn locks_above_their_parent_move_it() {
    let mut plan = flat(100, Method::Even, [with_lock(50), Node::default()]);
    for lock in [30, 40] {
        plan.trees.organisation.grow(NodeId(1), with_lock(lock));
    }
    let outcome = kept(&plan);
    assert_eq!(parts(&outcome), [70, 30, 40, 30]);
    let (locked, given) = (units(50), units(70));
    assert_eq!(told(&outcome), [Finding::LockBroken { dimension: ORGANISATION, node: NodeId(1), locked, given }]);
}

#[test]
fn locks_of_more_than_there_can_be() {
    let many = (0..5_000).map(|_| with_lock(MOST));
    let plan = flat(100, Method::Even, many);
    let outcome = evaluate(&plan);
    assert!(outcome.sums.hold());
    assert_eq!(outcome.total(), units(100));
    assert!(matches!(told(&outcome)[..], [Finding::LocksDropped { .. }]));
}

#[test]
fn a_typed_number_over_locked_leaves_gives_way_and_it_is_said() {
    let typed = Typed { part: units(10), whole: units(100) };
    let mut plan = flat(100, Method::Even, [Node { typed: Some(typed), ..Node::default() }, Node::default()]);
    plan.trees.organisation.grow(NodeId(1), with_lock(60));
    let outcome = kept(&plan);
    let (node, typed, given) = (NodeId(1), units(10), units(60));
    assert_eq!(told(&outcome), [Finding::TypedGaveWay { dimension: ORGANISATION, node, typed, given }]);
}

#[test]
fn typed_numbers_of_a_thousand_times_their_whole() {
    let typed = Some(Typed { part: units(MOST), whole: units(1) });
    let plan = flat(MOST, Method::Even, (0..2_000).map(|_| Node { typed, ..Node::default() }));
    let outcome = evaluate(&plan);
    assert!(outcome.sums.hold());
    assert_eq!(parts(&outcome), vec![MOST / 2_000; 2_000]);
    let edit = type_amount(&plan, &outcome, at(OVER_TIME, 1, 0), units(7)).expect("room enough");
    let mut edited = plan.clone();
    edited.apply(edit).expect("an edit of the engine");
    assert_eq!(amount(&evaluate(&edited), ORGANISATION, NodeId(1)), 7);
}

// ---- Floors, caps and increments ----

fn with_bounds(floor: Option<i64>, cap: Option<i64>, increment: Option<i64>) -> Node {
    Node { floor: floor.map(units), cap: cap.map(units), increment: increment.map(units), ..Node::default() }
}

#[test]
fn floors_of_more_than_there_can_be() {
    let plan = flat(100, Method::Even, (0..5_000).map(|_| with_bounds(Some(MOST), Some(MOST), Some(MOST))));
    let outcome = evaluate(&plan);
    assert!(outcome.sums.hold());
    assert_eq!(outcome.total(), units(100));
    assert_eq!(outcome.findings.iter().filter(|it| matches!(it, Finding::FloorBroken { .. })).count(), 5_000);
}

#[test]
fn caps_of_nothing_share_evenly_what_they_cannot_keep_out() {
    let outcome = kept(&flat(7, Method::Even, (0..3).map(|_| with_bounds(None, Some(0), None))));
    assert_eq!(parts(&outcome), [3, 2, 2]);
    let broken = |it: &Finding| matches!(it, Finding::CapBroken { .. } | Finding::CapsFallShort { .. });
    assert!(told(&outcome).len() == 4 && told(&outcome).iter().all(broken), "{:?}", told(&outcome));
}

#[test]
fn an_increment_larger_than_the_whole_leaves_it_to_one() {
    let outcome = kept(&flat(99, Method::Even, (0..3).map(|_| with_bounds(None, None, Some(100)))));
    assert_eq!(parts(&outcome), [99, 0, 0]);
    let (increment, given) = (units(100), units(99));
    let off = Finding::OffIncrement { dimension: ORGANISATION, node: NodeId(1), increment, given };
    assert_eq!(told(&outcome), [off]);
}

#[test]
fn increments_of_nothing_and_of_one_are_none() {
    for increment in [0, 1] {
        let outcome = kept(&flat(100, Method::Even, (0..3).map(|_| with_bounds(None, None, Some(increment)))));
        assert_eq!(parts(&outcome), [34, 33, 33]);
        assert!(told(&outcome).is_empty());
    }
}

#[test]
fn a_range_without_a_multiple_is_kept_and_the_increment_is_not() {
    let outcome = kept(&flat(100, Method::Even, [with_bounds(Some(11), Some(19), Some(20)), Node::default()]));
    assert_eq!(parts(&outcome), [19, 81]);
    assert!(matches!(told(&outcome)[..], [Finding::OffIncrement { .. }]));
}

#[test]
fn without_a_target_no_floor_is_broken() {
    let mut plan = flat(0, Method::Even, [with_bounds(Some(10), None, None), Node::default()]);
    plan.goal.target = None;
    assert_eq!(kept(&plan).findings, [Finding::NoTarget]);
}

#[test]
fn growth_upon_growth_ends_somewhere() {
    let mut plan = blank(1_000);
    let mut parent = NodeId(0);
    for _ in 2..MAX_DEPTH {
        let node = Node { growth: Some(Decimal::from(1_000)), ..Node::default() };
        parent = plan.trees.organisation.grow(parent, node);
    }
    for last_year in [MOST, 1] {
        let node = Node { last_year: Some(units(last_year)), ..Node::default() };
        plan.trees.organisation.grow(parent, node.clone());
        plan.trees.organisation.grow(NodeId(0), node);
    }
    set(&mut plan, ORGANISATION, 0, Field::Method(Some(Method::History)));
    kept(&plan);
}

#[test]
fn names_of_columns_are_cleaned_and_told_apart() {
    let mut plan = flat(100, Method::Score, [Node::default()]);
    let score = |name: &str| Field::Score(name.to_owned(), Some(Decimal::ONE));
    set(&mut plan, ORGANISATION, 1, score(" a\u{202e} "));
    assert!(plan.trees.organisation.nodes[&NodeId(1)].scores.contains_key("a"));
    for number in 1..MAX_COLUMNS {
        set(&mut plan, ORGANISATION, 1, score(&number.to_string()));
    }
    let edit = |field| Edit::Node { dimension: ORGANISATION, id: NodeId(1), field };
    assert_eq!(plan.apply(edit(score("b"))), Err(EditError::TooManyColumns { most: MAX_COLUMNS }));
    let factor = |name: &str| Factor { name: name.to_owned(), weight: Decimal::ONE };
    let twice = plan.apply(edit(Field::Factors(vec![factor("a"), factor("a ")])));
    assert_eq!(twice, Err(EditError::SameName("a".to_owned())));
    let worse = plan.apply(edit(Field::Growth(Some(Decimal::from(-101)))));
    assert_eq!(worse, Err(EditError::NegativeDecimal(Decimal::from(-101))));
}

/// Of two columns whose names are one once they are clean the first is kept, and the other said.
#[test]
fn a_column_that_a_clean_name_has_already_is_said() {
    fn twice<T>(first: T, second: T) -> BTreeMap<String, T> {
        BTreeMap::from([("2025".to_owned(), first), ("2025\u{200e}".to_owned(), second)])
    }

    let mut foreign = blank(100);
    let root = foreign.trees.organisation.root;
    let node = foreign.trees.organisation.nodes.get_mut(&root).expect("a root");
    node.past = twice(Amount::from_units(1), Amount::from_units(2));
    node.scores = twice(Decimal::ONE, Decimal::TWO);
    node.mix = Some(Mix { last_year: Decimal::ZERO, past: twice(Decimal::ONE, Decimal::TWO) });
    let (plan, repairs) = decode(&foreign.to_json()).expect("a plan");
    let node = plan.node(ORGANISATION, root).expect("a root");
    assert_eq!(node.past, [("2025".to_owned(), Amount::from_units(1))].into());
    assert_eq!(node.scores, [("2025".to_owned(), Decimal::ONE)].into());
    assert_eq!(node.mix.as_ref().map(|it| &it.past), Some(&[("2025".to_owned(), Decimal::ONE)].into()));
    let said = repairs.iter().filter(|it| **it == Repair::Column("2025".to_owned())).count();
    assert_eq!(said, 3, "{repairs:?}");
}

// ---- Cells ----

#[test]
fn a_cell_locked_beyond_its_row_is_broken_and_it_is_said() {
    let mut plan = flat(400, Method::Even, [Node::default(), Node::default()]);
    let place = at(OVER_TIME, 1, 2);
    plan.cells.set(place, Cell { lock: locked(201), ..Cell::default() });
    let outcome = kept(&plan);
    assert_eq!(told(&outcome), [Finding::CellLockBroken { at: place, locked: units(201), given: units(50) }]);
}

#[test]
fn cells_locked_beyond_anything() {
    let mut plan = flat(MOST, Method::Even, (0..2_000).map(|_| Node::default()));
    for row in 1..=2_000 {
        for column in 1..17 {
            plan.cells.set(at(OVER_TIME, row, column), Cell { lock: locked(MOST), ..Cell::default() });
        }
    }
    let outcome = evaluate(&plan);
    assert!(outcome.sums.hold());
    assert_eq!(told(&outcome).len(), 2_000 * 16);
    let refusal = type_amount(&plan, &outcome, at(OVER_TIME, 7, 2), units(MOST));
    assert!(matches!(refusal, Err(Refusal::Above { .. })), "{refusal:?}");
}

#[test]
fn a_cell_typed_of_nothing_is_not_held_at_nothing() {
    let mut plan = flat(0, Method::Even, [Node::default(), Node::default()]);
    let place = at(OVER_TIME, 1, 2);
    let edit = type_amount(&plan, &evaluate(&plan), place, units(0)).expect("it has it already");
    plan.apply(edit).expect("an edit of the engine");
    plan.goal.target = Some(units(800));
    assert_eq!(cell(&kept(&plan), place), 100);
}

#[test]
fn a_lock_on_a_margin_is_a_lock_of_its_tree() {
    let mut plan = flat(100, Method::Even, [Node::default(), Node::default()]);
    for place in [at(OVER_TIME, 1, 0), at(OVER_TIME, 0, 1), at(OVER_TIME, 0, 0)] {
        let edit = Edit::Cell { at: place, cell: Cell { lock: locked(1), ..Cell::default() } };
        assert_eq!(plan.apply(edit), Err(EditError::NotACell(place)));
        let mut foreign = plan.clone();
        foreign.cells.set(place, Cell { lock: locked(1), ..Cell::default() });
        assert_eq!(decode(&foreign.to_json()), Ok((plan.clone(), vec![Repair::Cell(place)])));
    }
}

// ---- Sizes ----

#[test]
fn sixty_levels_and_not_one_more() {
    let mut plan = blank(1_000);
    let mut parent = NodeId(0);
    for _ in 1..MAX_DEPTH {
        parent = plan.trees.organisation.grow(parent, with_percent(30));
        plan.trees.organisation.grow(parent, Node::default());
    }
    let sound = decode(&plan.to_json());
    assert!(matches!(&sound, Ok((_, repairs)) if repairs.len() == 2), "{:?}", sound.map(|it| it.1));
    let plan = sound.expect("a plan").0;
    kept(&plan);
    let id = NodeId(plan.trees.organisation.next);
    let add = Edit::Add { dimension: ORGANISATION, parent, position: 0, id, node: Box::default() };
    assert_eq!(plan.clone().apply(add), Err(EditError::TooDeep { most: MAX_DEPTH }));
}

/// A whole department on one level: slow division or slow refusals would show as a test that hangs.
#[test]
fn five_thousand_siblings_are_divided_typed_into_and_refused() {
    let mut plan = flat(1_000_000_000, Method::Even, (0..5_000).map(|_| Node::default()));
    let outcome = evaluate(&plan);
    let place = at(OVER_TIME, 17, 2);
    // What is refused is looked for by bisection: fifty questions about twenty thousand cells.
    let refusal = type_amount(&plan, &outcome, place, units(1_000_000));
    assert_eq!(refusal, Err(Refusal::Above { most: units(200_000), by: units(800_000) }));
    let edit = type_amount(&plan, &outcome, place, units(1_000)).expect("less than the row");
    plan.apply(edit).expect("an edit of the engine");
    let outcome = evaluate(&plan);
    assert_eq!(cell(&outcome, place), 1_000);
    assert!(outcome.sums.hold());
}

#[test]
fn a_tree_holds_so_many_nodes_and_not_one_more() {
    let full = flat(1, Method::Even, (1..MAX_NODES).map(|_| Node::default()));
    let tree = &full.trees.organisation;
    let mut plan = blank(1);
    plan.apply(Edit::Tree { dimension: ORGANISATION, tree: Box::new(tree.clone()) }).expect("as many as there may be");
    let add = Edit::Add {
        dimension: ORGANISATION,
        parent: NodeId(0),
        position: 0,
        id: NodeId(tree.next),
        node: Box::default(),
    };
    assert_eq!(plan.apply(add), Err(EditError::TooManyNodes { most: MAX_NODES }));
    let mut over = tree.clone();
    over.grow(over.root, Node::default());
    let edit = Edit::Tree { dimension: ORGANISATION, tree: Box::new(over.clone()) };
    assert_eq!(plan.apply(edit), Err(EditError::TooManyNodes { most: MAX_NODES }));
    plan.trees.organisation = over;
    assert_eq!(decode(&plan.to_compact_json()), Err(DecodeError::Tree(ORGANISATION)));
}

// ---- Ids ----

#[test]
fn an_id_is_never_given_twice() {
    let mut plan = flat(100, Method::Even, [Node::default()]);
    let add = |id| Edit::Add { dimension: ORGANISATION, parent: NodeId(0), position: 0, id, node: Box::default() };
    assert!(plan.apply(add(NodeId(1))).is_err(), "there is one of this id");
    // Neither may the next one be one that was given, or the last that there is: the one after it would be none.
    for edit in [Edit::Next { dimension: ORGANISATION, next: 1 }, add(NodeId(u32::MAX))] {
        let before = plan.clone();
        assert_eq!(plan.apply(edit), Err(EditError::BrokenTree(ORGANISATION)));
        assert_eq!(plan, before);
    }
}

#[test]
fn periods_of_ids_that_no_year_has() {
    let calendar = Calendar::new(2027, 12);
    assert_eq!(calendar.period(NodeId(5)), Period::Month { year: 2027, month: 12 });
    assert_eq!(calendar.period(NodeId(6)), Period::Month { year: 2028, month: 1 });
    assert!(matches!(calendar.period(NodeId(u32::MAX)), Period::Week { number: 53, .. }));
    assert_eq!(calendar.span(NodeId(u32::MAX)), None);
}

// ---- Foreign texts ----

#[test]
fn what_is_no_plan_says_why() {
    let refused = |text: &str| decode(text).map(|it| it.1);
    assert_eq!(refused(""), Err(DecodeError::NotJson { line: 1, column: 0 }));
    assert_eq!(refused("{\n  \"schema\": 1,\n}"), Err(DecodeError::NotJson { line: 3, column: 1 }));
    for text in ["{}", "[]", "1", "null", "{\"schema\": \"1\"}", "{\"schema\": 0}", "{\"schema\": -1}"] {
        assert_eq!(refused(text), Err(DecodeError::NotAPlan), "{text}");
    }
    let newer = format!("{{\"schema\": {}}}", SCHEMA + 1);
    assert_eq!(refused(&newer), Err(DecodeError::Newer { schema: u64::from(SCHEMA) + 1 }));
    assert_eq!(refused(&" ".repeat(MAX_BYTES + 1)), Err(DecodeError::TooLong { bytes: MAX_BYTES + 1 }));
    assert!(matches!(refused("{\"schema\": 1}"), Err(DecodeError::Field(_))));
    let deep = format!("{{\"schema\": 1, \"title\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(refused(&deep), Err(DecodeError::NotJson { .. })));
}

/// U23: what hangs on two nodes, or on itself, is no tree; it is made one, and each step is told.
#[test]
fn a_tree_that_bites_its_tail_is_mended() {
    let mut plan = flat(100, Method::Even, [Node::default(), Node::default()]);
    let sound = plan.clone();
    let tree: &mut Tree = &mut plan.trees.organisation;
    tree.nodes.get_mut(&NodeId(2)).expect("a node").children = vec![NodeId(0), NodeId(1), NodeId(2), NodeId(9)];
    tree.nodes.insert(NodeId(7), Node { children: vec![NodeId(7)], ..Node::default() });
    let (mended, repairs) = decode(&plan.to_json()).expect("a plan");
    let child = Repair::Child(ORGANISATION, NodeId(2));
    let orphan = Repair::Orphan(ORGANISATION, NodeId(7));
    assert_eq!(repairs, [child.clone(), child.clone(), child.clone(), child, orphan]);
    assert_eq!(mended, sound);
}

#[test]
fn a_name_cut_at_a_space_is_whole() {
    let name = format!("{} {}", "x".repeat(MAX_NAME - 1), "y");
    let plan = flat(100, Method::Even, [Node::named(name)]);
    let (mut mended, _) = decode(&plan.to_json()).expect("a plan");
    assert_eq!(decode(&mended.to_json()), Ok((mended.clone(), vec![])));
    // And a name that is changed and changed back is the same name.
    let before = mended.clone();
    let edit = Edit::Node { dimension: ORGANISATION, id: NodeId(1), field: Field::Name("z".to_owned()) };
    let inverse = mended.apply(edit).expect("a name");
    mended.apply(inverse).expect("the old name");
    assert_eq!(mended, before);
}

#[test]
fn a_unit_is_a_word_and_nothing_else() {
    let mut plan = blank(100);
    for noun in ["", " ", "人\u{202e}", "a\nb", " 人", "many too many letters"] {
        let unit = Unit::Count(noun.to_owned());
        assert_eq!(plan.apply(Edit::Unit(unit)), Err(EditError::NotAUnit(noun.to_owned())), "{noun:?}");
    }
}

#[test]
fn a_pair_of_the_wrong_order_is_no_pair() {
    let edit = |rows: &str, columns: &str| {
        let pair = format!(r#"{{"rows": "{rows}", "columns": "{columns}"}}"#);
        let cell = r#"{"typed": null, "lock": {"value": 1}}"#;
        serde_json::from_str::<Edit>(&format!(
            r#"{{"cell": {{"at": {{"pair": {pair}, "row": 1, "column": 1}}, "cell": {cell}}}}}"#
        ))
    };
    assert!(edit("organisation", "time").is_ok());
    assert!(edit("time", "organisation").is_err());
    assert!(edit("time", "time").is_err());
}

/// U7: left out of a season it is a mistake more often than a choice; left out among people it may well be one.
#[test]
fn a_blank_in_a_season_is_a_warning() {
    let of = |dimension| Finding::BlankWeights { dimension, node: NodeId(0), method: Method::Weight, count: 1 };
    assert_eq!(of(Dimension::Time).severity(), Severity::Warning);
    assert_eq!(of(Dimension::Organisation).severity(), Severity::Hint);
}
