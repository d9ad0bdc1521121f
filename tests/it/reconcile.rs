//! Numbers of several levels brought together: the ends of the scale of trust, and what has no middle.
#![allow(clippy::float_arithmetic, reason = "real numbers are what whole ones are held against")]

use proptest::collection::vec;
use proptest::prelude::*;
use sextant::engine::{Said, reconcile, reconciled};

use crate::laws::config;

/// The parent of each node, what is said of it, and its variance.
fn tree(nodes: &[(usize, Option<i64>, u64)]) -> Vec<Said> {
    nodes.iter().map(|(parent, own, variance)| Said { parent: *parent, own: *own, variance: *variance }).collect()
}

fn units(nodes: &[(usize, Option<i64>, u64)]) -> Vec<i64> {
    reconcile(&tree(nodes))
}

// ---- The ends of the scale ----

#[test]
fn bottom_up_is_hard_leaves() {
    let said = [(0, Some(1_000), 9), (0, Some(1), 4), (1, Some(20), 0), (1, Some(22), 0), (0, Some(7), 0)];
    assert_eq!(units(&said), [49, 42, 20, 22, 7]);
}

#[test]
fn top_down_is_a_hard_root_and_variances_like_the_numbers() {
    let said = [(0, Some(1_000), 0), (0, None, 1), (1, Some(20), 20), (1, Some(30), 30), (0, Some(150), 150)];
    assert_eq!(units(&said), [1_000, 250, 100, 150, 750]);
}

#[test]
fn top_down_with_equal_variances_moves_all_leaves_alike() {
    assert_eq!(units(&[(0, Some(100), 0), (0, Some(20), 1), (0, Some(50), 1)]), [100, 35, 65]);
}

#[test]
fn middle_out_is_hard_in_the_middle() {
    let said = [
        (0, Some(5), 1),
        (0, Some(100), 0),
        (1, Some(1), 1),
        (1, Some(3), 3),
        (0, Some(40), 0),
        (4, Some(10), 10),
        (4, Some(10), 10),
    ];
    assert_eq!(units(&said), [140, 100, 25, 75, 40, 20, 20]);
}

#[test]
fn between_them_each_moves_by_its_variance() {
    // 30 are missing: the root gives way by a half, each child by a quarter.
    assert_eq!(units(&[(0, Some(100), 2), (0, Some(30), 1), (0, Some(30), 1)]), [80, 40, 40]);
}

// ---- What has no middle ----

#[test]
fn hard_numbers_of_two_levels_leave_it_to_the_lower() {
    assert_eq!(units(&[(0, Some(100), 0), (0, Some(30), 0), (0, Some(60), 0)]), [90, 30, 60]);
    let said = [(0, Some(100), 0), (0, Some(50), 0), (1, Some(20), 0), (0, Some(10), 5)];
    assert_eq!(units(&said), [100, 20, 20, 80], "and the root still holds where it can");
}

#[test]
fn an_only_child_is_its_parent() {
    assert_eq!(units(&[(0, Some(90), 2), (0, None, 1), (1, Some(60), 1)]), [70, 70, 70]);
    assert_eq!(units(&[(0, Some(90), 0), (0, Some(80), 3), (1, Some(60), 1), (2, Some(5), 1)]), [90, 90, 90, 90]);
}

#[test]
fn who_says_nothing_takes_what_is_left() {
    assert_eq!(units(&[(0, Some(100), 7), (0, Some(30), 9), (0, None, 1)]), [100, 30, 70]);
    assert_eq!(units(&[(0, Some(100), 7), (0, Some(30), 9), (0, None, 1), (0, None, 5)]), [100, 30, 35, 35]);
    // Two leaves of which nothing is known weigh twice one.
    assert_eq!(
        units(&[(0, Some(90), 1), (0, None, 1), (1, None, 1), (1, None, 1), (0, None, 1)]),
        [90, 60, 30, 30, 30]
    );
    assert_eq!(units(&[(0, None, 1), (0, Some(30), 9), (0, None, 1)]), [30, 30, 0], "nobody says what is left");
    assert_eq!(units(&[(0, None, 0), (0, None, 0)]), [0, 0]);
}

#[test]
fn branches_may_differ_in_depth() {
    let said = [(0, Some(100), 0), (0, Some(40), 1), (0, None, 1), (2, Some(10), 1), (2, None, 1), (4, Some(10), 1)];
    // 40 are missing, a third of it for each leaf. Of equal rests the first is raised.
    assert_eq!(units(&said), [100, 53, 47, 24, 23, 23]);
}

#[test]
fn nobody_falls_below_zero() {
    // The second leaf would come to -15; the others then make do without it.
    assert_eq!(units(&[(0, Some(60), 0), (0, Some(80), 1), (0, Some(10), 1), (0, Some(40), 1)]), [60, 50, 0, 10]);
    assert_eq!(units(&[(0, Some(-5), 0), (0, Some(3), 1), (0, Some(4), 1)]), [0, 0, 0]);
}

#[test]
fn nothing_and_one_node() {
    assert_eq!(units(&[]), [0_i64; 0]);
    assert_eq!(units(&[(0, Some(7), 3)]), [7]);
    assert_eq!(units(&[(0, None, 3)]), [0]);
}

proptest! {
    #![proptest_config(config())]

    /// U22: reconciled numbers add up to the last unit.
    #[test]
    fn units_add_up_and_lie_beside_the_real_numbers(
        nodes in vec((any::<prop::sample::Index>(), prop::option::weighted(0.8, 0..1_000_000_000_i64), 0..1_000_u64), 1..40),
    ) {
        let parent = |at: usize, of: &prop::sample::Index| if at == 0 { 0 } else { of.index(at) };
        let said: Vec<Said> =
            nodes.iter().enumerate().map(|(at, (of, own, variance))| Said { parent: parent(at, of), own: *own, variance: *variance }).collect();
        let (units, numbers) = (reconcile(&said), reconciled(&said));
        let mut below = vec![None; said.len()];
        for at in 1..said.len() {
            *below[said[at].parent].get_or_insert(0) += units[at];
        }
        for at in 0..said.len() {
            prop_assert!(0 <= units[at], "{units:?}");
            prop_assert!(below[at].is_none_or(|it| it == units[at]), "{at} in {units:?} of {said:?}");
            prop_assert!((units[at] as f64 - numbers[at]).abs() < 1.001, "{} for {} of {said:?}", units[at], numbers[at]);
        }
    }
}
