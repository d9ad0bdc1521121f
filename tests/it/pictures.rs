//! What the pictures are drawn from: exact, complete, and the same numbers as the sheet's; and how one goes from mark to mark.

use proptest::prelude::*;
use sextant::amount::Amount;
use sextant::engine::breakback::type_amount;
use sextant::engine::{Outcome, evaluate};
use sextant::plan::template::{Language, Template};
use sextant::plan::{At, Calendar, Dimension, Lock, Node, NodeId, Pair, Plan, Unit};
use sextant::results::cut::{cut, deepest};
use sextant::results::dots::Dots;
use sextant::results::heat::Heat;
use sextant::results::icicle::icicle;
use sextant::results::mix::Mix;
use sextant::results::sheet::amount;
use sextant::results::waterfall::Waterfall;
use sextant::views::chart::canvas::Shape;
use sextant::views::chart::pen::{hatch, part};
use sextant::views::chart::spot::{Spot, next, under};

use crate::plans::{Shown, any_plan};
use crate::promise::units;

const ROWS: [Dimension; 4] = [Dimension::Organisation, Dimension::Product, Dimension::Customer, Dimension::Channel];

/// People under one whole, locked at what they carry.
fn team(people: &[(i64, Option<i64>, Option<i64>)]) -> Plan {
    let mut plan = Plan::blank("team", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(units(people.iter().map(|it| it.0).sum()));
    let tree = &mut plan.trees.organisation;
    for (target, last_year, capacity) in people {
        let (last_year, capacity) = (last_year.map(units), capacity.map(units));
        tree.grow(tree.root, Node { lock: Some(Lock::Value(units(*target))), last_year, capacity, ..Node::default() });
    }
    plan
}

fn all(plan: &Plan, outcome: &Outcome) {
    for pair in Pair::ALL {
        for depth in 0..4 {
            heat(outcome, pair, depth);
        }
    }
    for dimension in ROWS {
        tiers(outcome, dimension);
        way(plan, outcome, dimension);
        dots(plan, outcome, dimension);
    }
    for mix in Pair::CROSSED.into_iter().filter_map(|pair| Mix::of(outcome, pair)) {
        for bar in mix.rows.iter().chain([&mix.whole]) {
            assert_eq!(bar.shares.iter().sum::<i64>(), if bar.total == 0 { 0 } else { 10_000 }, "{bar:?}");
        }
        assert!(mix.parts.len() <= 5);
    }
}

/// Each cell is the sheet's, and rows, with what is not handed out, come to the whole.
fn heat(outcome: &Outcome, pair: Pair, depth: usize) {
    let heat = Heat::of(outcome, pair, depth);
    assert!(heat.rows.len() <= 16 && heat.columns.len() <= 13, "{} x {}", heat.rows.len(), heat.columns.len());
    let (rest, over) = heat.rest();
    for (column, piece) in heat.columns.iter().enumerate() {
        let cells: i64 = heat.cells.iter().map(|row| row[column]).sum();
        let whole: i64 = piece.positions.iter().map(|at| amount(outcome, pair, 0, *at)).sum();
        assert_eq!(cells + rest[column], whole);
    }
    assert_eq!(heat.sums.iter().sum::<i64>() + over, amount(outcome, pair, 0, 0));
}

/// Parts lie within their whole, one below the other, and are its parts to the last unit.
fn tiers(outcome: &Outcome, dimension: Dimension) {
    let division = outcome.division(dimension);
    let blocks = icicle(outcome, dimension, 24);
    let mut low = vec![0; 64];
    for block in &blocks {
        assert!(low[block.depth] <= block.from, "{block:?} begins above the end of the one before it");
        low[block.depth] = block.from + block.span;
        assert!(low[block.depth] <= division.total(), "{block:?}");
    }
    let first: i64 = blocks.iter().filter(|it| it.depth == 1).map(|it| it.amount).sum();
    if 1 < blocks.len() {
        assert_eq!(first, division.handed[0]);
    }
    let leaves = blocks.iter().filter(|it| it.others == 0).map(|it| it.id);
    let mut ids: Vec<NodeId> = leaves.collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "a node is drawn once");
}

fn way(plan: &Plan, outcome: &Outcome, dimension: Dimension) {
    let Some(way) = Waterfall::of(plan, outcome, dimension) else { return };
    let mut at = way.before;
    for step in &way.steps {
        assert_eq!(step.from, at);
        at += step.change;
    }
    assert_eq!(at, way.now);
    assert_eq!(way.now, outcome.division(dimension).total());
}

fn dots(plan: &Plan, outcome: &Outcome, dimension: Dimension) {
    let division = outcome.division(dimension);
    let dots = Dots::of(plan, outcome, dimension);
    let leaves: i64 =
        (0..division.layout.len()).filter(|at| division.layout.is_leaf(*at)).map(|at| division.amounts[at]).sum();
    assert_eq!(dots.shown.iter().map(|it| it.target).sum::<i64>() + dots.others_target, leaves);
    assert!(dots.shown.windows(2).all(|pair| pair[1].target <= pair[0].target), "sorted");
    assert!(dots.over <= dots.known && dots.shown.len() <= 20);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_pictures_of_any_plan_are_complete(Shown(plan) in any_plan()) {
        all(&plan, &evaluate(&plan));
    }
}

#[test]
fn the_pictures_of_every_example_are_complete() {
    for template in Template::ALL {
        for language in [Language::Zh, Language::En] {
            let mut plan = template.plan(language, 2027);
            all(&plan, &evaluate(&plan));
            plan.goal.target = None;
            all(&plan, &evaluate(&plan));
        }
    }
}

#[test]
fn many_in_one_are_never_the_heaviest() {
    let people: Vec<(i64, Option<i64>, Option<i64>)> = (1..=100).map(|it| (it, None, None)).collect();
    let outcome = evaluate(&team(&people));
    let heat = Heat::of(&outcome, Pair::over_time(Dimension::Organisation), 1);
    assert_eq!((heat.rows.len(), heat.sums[15], heat.sums[14]), (16, 85 * 86 / 2, 100));
    assert_eq!((heat.largest(), heat.single().len()), (25, 15 * 4));
}

#[test]
fn a_cut_of_many_keeps_the_largest_in_their_order_and_the_others_as_one() {
    let people: Vec<(i64, Option<i64>, Option<i64>)> = (1..=40).map(|it| (it, None, None)).collect();
    let outcome = evaluate(&team(&people));
    let pieces = cut(&outcome, Dimension::Organisation, 1, 5);
    let amounts = &outcome.division(Dimension::Organisation).amounts;
    let sums: Vec<i64> = pieces.iter().map(|it| it.sum(|at| amounts[at])).collect();
    assert_eq!(sums, [37, 38, 39, 40, 36 * 37 / 2]);
    assert_eq!((pieces[4].id, pieces[4].count()), (None, 36));
    assert_eq!(deepest(&outcome, Dimension::Organisation, usize::MAX, 5), 1);
    assert_eq!(deepest(&outcome, Dimension::Time, usize::MAX, 13), 2);
    assert_eq!(deepest(&outcome, Dimension::Time, 1, 13), 1);
}

#[test]
fn who_makes_the_difference_is_said_with_its_share_and_what_has_no_last_year_is_a_step_of_its_own() {
    let plan = team(&[(300, Some(200), None), (100, Some(150), None), (50, None, None), (0, Some(0), None)]);
    let way = Waterfall::of(&plan, &evaluate(&plan), Dimension::Organisation).unwrap();
    assert_eq!((way.before, way.now, way.change()), (350, 450, 100));
    let changes: Vec<(bool, i64)> = way.steps.iter().map(|it| (it.piece.is_some(), it.change)).collect();
    assert_eq!(changes, [(true, 100), (true, -50), (false, 50)]);
    assert_eq!(way.furthest().map(|it| it.change), Some(100));
    let unknown = team(&[(300, None, None)]);
    assert_eq!(Waterfall::of(&unknown, &evaluate(&unknown), Dimension::Organisation), None);
}

#[test]
fn who_is_asked_for_more_than_they_are_able_to_is_shown_however_many_there_are() {
    let mut people: Vec<(i64, Option<i64>, Option<i64>)> = (0..50).map(|it| (1_000 + it, None, Some(2_000))).collect();
    people.push((10, Some(5), Some(4)));
    people.push((20, None, None));
    let plan = team(&people);
    let dots = Dots::of(&plan, &evaluate(&plan), Dimension::Organisation);
    assert_eq!((dots.shown.len(), dots.others, dots.known, dots.over), (20, 32, 51, 1));
    let last = dots.shown.last().unwrap();
    assert_eq!((last.target, last.over(), last.last_year), (10, Some(6), Some(5)));
    assert_eq!(dots.worst.map(|it| it.target), Some(10));
    assert_eq!(dots.nearest.map(|it| it.target), Some(1_049));
    assert_eq!(dots.others_capacity, None, "of one of them it is not known");
}

#[test]
fn those_too_low_to_be_read_stand_together_behind_the_others() {
    let mut people = vec![(1, None, None), (2, None, None), (500, None, None), (400, None, None)];
    let outcome = evaluate(&team(&people));
    let blocks = icicle(&outcome, Dimension::Organisation, 24);
    let drawn: Vec<(usize, i64, i64)> = blocks.iter().map(|it| (it.others, it.amount, it.from)).collect();
    assert_eq!(drawn, [(0, 903, 0), (0, 500, 0), (0, 400, 500), (2, 3, 900)]);
    // One alone is called by its name.
    people.remove(0);
    let blocks = icicle(&evaluate(&team(&people)), Dimension::Organisation, 24);
    assert_eq!(blocks.last().map(|it| (it.others, it.amount)), Some((0, 2)));
}

#[test]
fn a_mix_that_differs_is_found_and_one_that_does_not_is_none() {
    let plan = Template::Education.plan(Language::Zh, 2027);
    let mix = Mix::of(&evaluate(&plan), Pair::ORGANISATION_PRODUCT).unwrap();
    assert_eq!(mix.apart(), None);
    assert_eq!(mix.whole.shares[mix.leading()], 4_000);
    let mut plan = team(&[(100, None, None), (300, None, None)]);
    assert_eq!(Mix::of(&evaluate(&plan), Pair::ORGANISATION_PRODUCT), None, "nothing is divided by product");
    let tree = &mut plan.trees.product;
    let parts: Vec<NodeId> = (0..7).map(|it| tree.grow(tree.root, Node::named(format!("{it}")))).collect();
    let mix = Mix::of(&evaluate(&plan), Pair::ORGANISATION_PRODUCT).unwrap();
    assert_eq!((mix.parts.len(), mix.parts[4].count(), mix.parts[0].id), (5, 3, Some(parts[0])));
}

#[test]
fn a_region_that_sells_more_of_a_product_than_the_others_is_named() {
    let mut plan = Template::Education.plan(Language::Zh, 2027);
    let outcome = evaluate(&plan);
    let row = plan.trees.organisation.children(plan.trees.organisation.root)[1];
    let column = plan.trees.product.children(plan.trees.product.root)[1];
    let at = At { pair: Pair::ORGANISATION_PRODUCT, row, column };
    // 20 percent of its 4,000,000 become 30.
    let edit = type_amount(&plan, &outcome, at, Amount::from_units(1_200_000 * 100)).unwrap();
    plan.apply(edit).unwrap();
    let mix = Mix::of(&evaluate(&plan), Pair::ORGANISATION_PRODUCT).unwrap();
    let apart = mix.apart().unwrap();
    assert_eq!((apart.row, apart.part, apart.share), (1, 1, 3_000));
    assert_eq!(apart.usual, mix.whole.shares[1]);
}

// ---- Drawing ----

#[test]
fn a_part_of_the_pixels_is_the_part_of_the_units() {
    assert_eq!(part(100, 1, 3), 33);
    assert_eq!(part(100, 2, 3), 67);
    assert_eq!(part(700, i64::MAX, i64::MAX), 700);
    assert_eq!(part(700, 5, 0), 3_500, "of nothing, as of one");
}

#[test]
fn strokes_stay_within_their_block() {
    for (width, height) in [(2, 28), (10, 10), (300, 18), (5, 90)] {
        for shape in hatch((7, 9), (width, height)) {
            let Shape::Line { points, .. } = shape else { panic!("strokes are lines") };
            for (x, y) in points {
                assert!((7..=7 + width).contains(&x) && (9..=9 + height).contains(&y), "{x} {y}");
            }
        }
    }
}

#[test]
fn arrows_go_to_the_nearest_mark_in_their_direction() {
    let at = At { pair: Pair::ORGANISATION_PRODUCT, row: NodeId(0), column: NodeId(0) };
    let spot = |x: i32, y: i32| Spot { x: 40 * x, y: 20 * y, width: 40, height: 20, says: String::new(), at };
    // Three rows of four.
    let spots: Vec<Spot> = (0..12).map(|it| spot(it % 4, it / 4)).collect();
    let go = |at: usize, key: &str| next(&spots, at, key).unwrap();
    assert_eq!([go(0, "ArrowRight"), go(5, "ArrowLeft"), go(1, "ArrowDown"), go(9, "ArrowUp")], [1, 4, 5, 5]);
    assert_eq!([go(5, "Home"), go(5, "End")], [0, 11]);
    // At the end of a row reading goes on with the next.
    assert_eq!([go(3, "ArrowRight"), go(4, "ArrowLeft"), go(11, "ArrowDown"), go(0, "ArrowUp")], [4, 3, 11, 0]);
    assert_eq!(next(&spots, 0, "Tab"), None);
    assert_eq!(next(&[], 0, "End"), None);
    assert_eq!((under(&spots, (45, 25)), under(&spots, (400, 5))), (Some(5), None));
}
