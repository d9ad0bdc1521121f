//! Laws: what holds of every plan, whatever it says. The random plans are the same each time (`.cargo/config.toml`);
//! `make laws` looks further.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rust_decimal::Decimal;
use serde_json::Value;
use sextant::amount::Amount;
use sextant::engine::calendar::Days;
use sextant::engine::{Division, Finding, Rounding, Shortfall, Source, apportion, evaluate, split};
use sextant::plan::migrate::decode;
use sextant::plan::{Dimension, Edit, History, Method, Mix, Node, NodeId, Plan, Tree};

use crate::plans::{Said, Shown, any_plan, methods, plans, wishes};
use crate::promise::{amount, check, units};

/// What is found is written down as a case of its own, with its plan; a seed says nothing to a reader.
pub fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    // Half of what is usual, so that they are quick; PROPTEST_CASES asks for more.
    ProptestConfig { failure_persistence: None, cases: config.cases.div_ceil(2), ..config }
}

/// Whole plans take longer to make.
pub fn of_plans() -> ProptestConfig {
    let config = config();
    ProptestConfig { cases: config.cases.div_ceil(3), ..config }
}

/// Fails with the plan that broke a law, as a file that can be opened.
pub fn hold(plan: &Plan, result: Result<(), String>) -> Result<(), TestCaseError> {
    result.map_err(|broken| TestCaseError::fail(format!("{broken}\n{}", plan.to_compact_json())))
}

macro_rules! law {
    ($plan:expr, $holds:expr, $($what:tt)*) => {
        if !$holds {
            return Err(TestCaseError::fail(format!("{}\n{}", format!($($what)*), $plan.to_compact_json())));
        }
    };
}

proptest! {
    #![proptest_config(of_plans())]

    // ---- The promise ----

    #[test]
    fn every_sum_and_every_lock_holds(Shown(plan) in any_plan()) {
        hold(&plan, check(&plan, &evaluate(&plan)))?;
    }

    #[test]
    fn the_same_plan_gives_the_same_outcome(Shown(plan) in any_plan()) {
        let again = decode(&plan.to_json()).expect("a plan of ours").0;
        law!(plan, evaluate(&plan) == evaluate(&again), "two outcomes of one plan");
    }

    #[test]
    fn without_locks_the_total_is_the_target(Shown(plan) in plans(Said::Nothing)) {
        let outcome = evaluate(&plan);
        law!(plan, outcome.total() == plan.goal.target.unwrap_or_default(), "{:?}", outcome.total());
    }

    // ---- Shares ----

    #[test]
    fn free_parts_are_within_a_unit_of_their_share(Shown(plan) in plans(Said::Nothing)) {
        let outcome = evaluate(&plan);
        for dimension in Dimension::ALL {
            hold(&plan, near_the_share(&plan, outcome.division(dimension)))?;
        }
    }

    #[test]
    fn scaling_all_weights_changes_nothing(Shown(mut plan) in plans(Said::Nothing), factor in 1..1_000_i64, method in methods()) {
        let less = |it: &mut Decimal, most: i64| *it = (*it % Decimal::from(most)).round_dp(2).normalize();
        // What is carried from day to day is known to the millionth of a unit, and larger figures better than smaller ones.
        plan.calendar.carries_days = false;
        for dimension in Dimension::ALL {
            for node in nodes_mut(&mut plan, dimension) {
                node.method = Some(method);
                node.weight.iter_mut().for_each(|it| less(it, 1_000_000));
                node.last_year.iter_mut().for_each(|it| *it = units(it.units() % 1_000_000_000));
            }
        }
        let mut scaled = plan.clone();
        for dimension in Dimension::ALL {
            for node in nodes_mut(&mut scaled, dimension) {
                node.weight.iter_mut().for_each(|it| *it *= Decimal::from(factor));
                node.last_year.iter_mut().for_each(|it| *it = units(it.units() * factor));
            }
        }
        let (one, other) = (evaluate(&plan), evaluate(&scaled));
        for dimension in Dimension::ALL {
            law!(plan, one.division(dimension).amounts == other.division(dimension).amounts, "{dimension:?} by {factor}");
        }
    }

    #[test]
    fn scores_on_any_scale_give_the_same(Shown(mut plan) in plans(Said::Nothing), factors in vec(1..1_000_i64, 3)) {
        let dimension = Dimension::Organisation;
        for node in nodes_mut(&mut plan, dimension) {
            node.method = Some(Method::Score);
            node.scores.values_mut().for_each(|it| *it = (*it % Decimal::from(1_000)).round_dp(3).normalize());
        }
        let mut scaled = plan.clone();
        for node in nodes_mut(&mut scaled, dimension) {
            for (name, factor) in ["one", "two", "three"].into_iter().zip(&factors) {
                node.scores.entry(name.to_owned()).and_modify(|it| *it *= Decimal::from(*factor));
            }
        }
        let (one, other) = (evaluate(&plan), evaluate(&scaled));
        law!(plan, one.division(dimension).amounts == other.division(dimension).amounts, "by {factors:?}");
    }

    #[test]
    fn nothing_for_a_weight_of_zero(Shown(plan) in plans(Said::Nothing)) {
        let outcome = evaluate(&plan);
        for division in outcome.divisions() {
            for (source, amount) in division.sources.iter().zip(&division.amounts) {
                if let Source::Share { weight: 0, .. } = source {
                    law!(plan, *amount == 0, "{amount} for nothing in {:?}", division.dimension);
                }
            }
        }
        for finding in &outcome.findings {
            if let Finding::GetsNothing { dimension, node, .. } = finding {
                law!(plan, amount(&outcome, *dimension, *node) == 0, "{finding:?}");
            }
        }
    }

    // ---- Floors, caps and increments ----

    #[test]
    fn floors_and_caps_are_kept_where_they_can_be(Shown(plan) in plans(Said::Bounds)) {
        let outcome = evaluate(&plan);
        hold(&plan, check(&plan, &outcome))?;
        let in_the_way = |it: &Finding, of: Dimension| match it {
            Finding::FloorsExceed { dimension, .. }
            | Finding::CapsFallShort { dimension, .. }
            | Finding::FloorAboveCap { dimension, .. } => *dimension == of,
            _ => false,
        };
        for broken in &outcome.findings {
            let (Finding::FloorBroken { dimension, node, .. } | Finding::CapBroken { dimension, node, .. }) = broken else {
                continue;
            };
            // Nothing moves the target, so that the root's own floor and cap are remarks.
            let explained = outcome.findings.iter().any(|it| in_the_way(it, *dimension));
            law!(plan, explained || *node == plan.tree(*dimension).root, "{broken:?} for no reason");
        }
    }

    #[test]
    fn floors_and_caps_of_nothing_change_nothing(Shown(plan) in plans(Said::Nothing)) {
        let mut bounded = plan.clone();
        for dimension in Dimension::ALL {
            for node in nodes_mut(&mut bounded, dimension) {
                (node.floor, node.increment) = (Some(units(0)), Some(units(1)));
            }
        }
        let (one, other) = (evaluate(&plan), evaluate(&bounded));
        for dimension in Dimension::ALL {
            law!(plan, one.division(dimension).amounts == other.division(dimension).amounts, "{dimension:?}");
        }
    }

    #[test]
    fn parts_are_multiples_within_a_step_of_their_share(
        Shown(mut plan) in plans(Said::Nothing),
        steps in 0..1_000_000_i64,
        step in 2..1_000_i64,
    ) {
        // Of people; time may have a step of its own only where each month has it.
        plan.goal.target = Some(units(steps * step));
        let dimension = Dimension::Organisation;
        for node in nodes_mut(&mut plan, dimension) {
            node.increment = Some(units(step));
            // An amount by which children share would be one of another total.
            node.amount = None;
        }
        let outcome = evaluate(&plan);
        let division = outcome.division(dimension);
        let of_steps = Division { amounts: division.amounts.iter().map(|it| it / step).collect(), ..division.clone() };
        law!(plan, division.amounts.iter().all(|it| it % step == 0), "{:?} by {step}", division.amounts);
        hold(&plan, near_the_share(&plan, &of_steps))?;
    }

    // ---- Edits ----

    #[test]
    fn an_edit_and_its_inverse_are_nothing(Shown(plan) in any_plan(), wishes in vec(wishes(), 1..8)) {
        let mut plan = sound(plan);
        for wish in wishes {
            let before = plan.clone();
            let edit = wish.edit(&plan);
            match plan.apply(edit.clone()) {
                Ok(inverse) => {
                    let after = plan.clone();
                    let back = plan.apply(inverse.clone());
                    law!(before, plan == before, "{edit:?} is not taken back by {inverse:?}: {}", plan.to_compact_json());
                    law!(before, plan.to_json() == before.to_json(), "equal plans, other bytes after {edit:?}");
                    let forth = back.map(|it| plan.apply(it));
                    law!(before, matches!(forth, Ok(Ok(_))) && plan == after, "{edit:?} is not done again");
                }
                Err(error) => law!(before, plan == before, "{edit:?} was refused ({error}) and changed the plan"),
            }
            let again = decode(&plan.to_json());
            law!(before, again == Ok((plan.clone(), vec![])), "after {edit:?} the plan is no plan file: {:?}", again.map(|it| it.1));
        }
    }

    #[test]
    fn undoing_everything_and_doing_it_again(Shown(plan) in any_plan(), wishes in vec(wishes(), 1..12)) {
        let first = sound(plan);
        let mut plan = first.clone();
        let mut history = History::default();
        let mut steps = vec![first.clone()];
        for wish in wishes {
            let edit = wish.edit(&plan);
            if history.edit(&mut plan, edit).is_ok() {
                steps.push(plan.clone());
            }
        }
        for step in steps.iter().rev().skip(1) {
            prop_assert!(history.can_undo() && history.undo(&mut plan));
            law!(first, plan == *step, "undo");
        }
        prop_assert!(!history.can_undo() && !history.undo(&mut plan));
        for step in steps.iter().skip(1) {
            prop_assert!(history.can_redo() && history.redo(&mut plan));
            law!(first, plan == *step, "redo");
        }
        prop_assert!(!history.can_redo() && !history.redo(&mut plan));
    }

    // ---- Files ----

    #[test]
    fn a_plan_file_reads_back_as_the_same_plan(Shown(plan) in any_plan()) {
        let plan = sound(plan);
        for text in [plan.to_json(), plan.to_compact_json(), format!("\u{feff}{}", plan.to_json())] {
            law!(plan, decode(&text) == Ok((plan.clone(), vec![])), "{:?}", decode(&text).map(|it| it.1));
        }
        law!(plan, decode(&plan.to_json()).map(|it| it.0.to_json()) == Ok(plan.to_json()), "other bytes");
    }

    /// What says nothing, such as a stretch of zero percent, may be gone then: it does the same.
    #[test]
    fn edits_read_back_as_edits_that_do_the_same(Shown(plan) in any_plan(), wish in wishes()) {
        let edit = wish.edit(&plan);
        let read = |edit: &Edit| -> Edit {
            let text = serde_json::to_string(edit).expect("an edit is plain data");
            serde_json::from_str(&text).expect("an edit of ours")
        };
        let again = read(&edit);
        prop_assert_eq!(&again, &read(&again));
        let (mut one, mut other) = (plan.clone(), plan);
        prop_assert_eq!(one.apply(edit), other.apply(again));
        prop_assert!(one == other);
    }

    #[test]
    fn bytes_that_fell_over_are_refused_or_mended(Shown(plan) in any_plan(), flips in vec((any::<Index>(), any::<u8>()), 1..6)) {
        let mut bytes = plan.to_compact_json().into_bytes();
        for (place, byte) in flips {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        reads_or_refuses(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn fields_that_are_not_what_they_should_be_are_refused_or_mended(Shown(plan) in any_plan(), damages in vec(damages(), 1..4)) {
        let mut value = serde_json::to_value(&plan).expect("a plan is plain data");
        for (place, damage) in damages {
            hurt(&mut value, &place, &damage);
        }
        reads_or_refuses(&value.to_string())?;
    }
}

proptest! {
    #![proptest_config(config())]

    // ---- Apportionment ----

    #[test]
    fn parts_sum_and_lie_beside_their_quota(total in 0..=1_000_000_000_000_000_i64, weights in weights()) {
        let sum: i128 = weights.iter().map(|it| i128::from(*it)).sum();
        for rounding in [Rounding::LargestRemainder, Rounding::Cumulative] {
            let parts = apportion(total, &weights, rounding);
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = i128::from(total) * i128::from(*weight);
                let floor = (exact / sum) as i64;
                prop_assert!(*part == floor || exact % sum != 0 && *part == floor + 1, "{} of {}", part, exact);
            }
        }
    }

    #[test]
    fn running_totals_stay_within_half_a_unit(total in 0..=1_000_000_000_000_000_i64, weights in weights()) {
        let sum: i128 = weights.iter().map(|it| i128::from(*it)).sum();
        let (mut given, mut claimed) = (0_i128, 0_i128);
        for (part, weight) in apportion(total, &weights, Rounding::Cumulative).iter().zip(&weights) {
            given += i128::from(*part);
            claimed += i128::from(*weight);
            prop_assert!((2 * (given * sum - claimed * i128::from(total))).abs() <= sum);
        }
    }

    #[test]
    fn the_order_of_siblings_matters_at_ties_only(total in 0..1_000_000_i64, weights in weights(), turn in any::<Index>()) {
        let sum: u128 = weights.iter().map(|it| u128::from(*it)).sum();
        let mut rests: Vec<u128> = weights.iter().map(|it| u128::from(total.unsigned_abs()) * u128::from(*it) % sum).collect();
        rests.sort();
        prop_assume!(rests.windows(2).all(|pair| pair[0] != pair[1]));
        let by = turn.index(weights.len());
        let mut turned = weights.clone();
        turned.rotate_left(by);
        let mut parts = apportion(total, &weights, Rounding::LargestRemainder);
        parts.rotate_left(by);
        prop_assert_eq!(parts, apportion(total, &turned, Rounding::LargestRemainder));
    }

    #[test]
    fn twice_the_total_leaves_nobody_with_less(total in 0..=100_000_000_000_000_i64, weights in weights()) {
        let once = apportion(total, &weights, Rounding::LargestRemainder);
        let twice = apportion(2 * total, &weights, Rounding::LargestRemainder);
        prop_assert!(once.iter().zip(&twice).all(|(less, more)| less <= more), "{:?} {:?}", once, twice);
    }

    #[test]
    fn webster_gives_each_unit_to_whom_it_is_worth_most(total in 0..5_000_i64, weights in weights()) {
        let parts = apportion(total, &weights, Rounding::Webster);
        prop_assert_eq!(parts.iter().sum::<i64>(), total);
        let worth = |at: usize, number: i64| (i128::from(weights[at]), i128::from(2 * number - 1));
        for one in (0..parts.len()).filter(|at| 0 < parts[*at]) {
            prop_assert!(0 < weights[one]);
            for other in 0..parts.len() {
                let ((had, at), (could, next)) = (worth(one, parts[one]), worth(other, parts[other] + 1));
                prop_assert!(could * at <= had * next, "{} would rather have it than {} in {:?}", other, one, parts);
            }
        }
    }

    #[test]
    fn webster_lets_nobody_fall_when_the_total_rises(
        total in 0..3_000_i64,
        members in vec((0..50_u64, 0..300_i64, 0..600_i64), 1..8),
    ) {
        let weights: Vec<u64> = members.iter().map(|it| it.0).collect();
        let floors: Vec<i64> = members.iter().map(|it| it.1).collect();
        let caps: Vec<i64> = members.iter().map(|it| it.1 + it.2).collect();
        let of = |total: i64| split(total, &weights, &floors, &caps, Rounding::Webster);
        if let (Ok(before), Ok(after)) = (of(total), of(total + 1)) {
            prop_assert!(before.iter().zip(&after).all(|(less, more)| less <= more), "{:?} {:?}", before, after);
        }
        if weights.iter().any(|it| 0 < *it) {
            let (before, after) = (apportion(total, &weights, Rounding::Webster), apportion(total + 1, &weights, Rounding::Webster));
            prop_assert!(before.iter().zip(&after).all(|(less, more)| less <= more), "{:?} {:?}", before, after);
        }
    }

    #[test]
    fn a_split_keeps_to_its_bounds_and_to_one_level(
        total in 0..3_000_i64,
        members in vec((0..50_u64, 0..300_i64, 0..600_i64), 1..8),
        rounding in select(vec![Rounding::LargestRemainder, Rounding::Webster, Rounding::Cumulative]),
    ) {
        let weights: Vec<u64> = members.iter().map(|it| it.0).collect();
        let floors: Vec<i64> = members.iter().map(|it| it.1).collect();
        let caps: Vec<i64> = members.iter().map(|it| it.1 + it.2).collect();
        let (lowest, highest) = (floors.iter().sum::<i64>(), caps.iter().sum::<i64>());
        match split(total, &weights, &floors, &caps, rounding) {
            Ok(parts) => {
                prop_assert!(lowest <= total && total <= highest);
                prop_assert_eq!(parts.iter().sum::<i64>(), total);
                let inside = |at: usize| floors[at] <= parts[at] && parts[at] <= caps[at];
                prop_assert!((0..parts.len()).all(inside), "{:?}", parts);
                // Nobody above the floor has more than a unit over the level of somebody below the cap.
                for one in (0..parts.len()).filter(|at| floors[*at] < parts[*at] && rounding != Rounding::Webster) {
                    for other in (0..parts.len()).filter(|at| 0 < weights[*at] && parts[*at] < caps[*at]) {
                        let (more, less) = (parts[one] - 1, parts[other] + 1);
                        let fair = more as i128 * weights[other] as i128 <= less as i128 * weights[one] as i128;
                        prop_assert!(fair, "{} and {} of {:?}", one, other, parts);
                    }
                }
            }
            Err(Shortfall::BelowFloors(by)) => prop_assert_eq!(total + by, lowest),
            Err(Shortfall::AboveCaps(by)) => prop_assert_eq!(total - by, highest),
        }
    }
}

fn weights() -> impl Strategy<Value = Vec<u64>> {
    let weight = prop_oneof![1 => Just(0_u64), 4 => 0..1_000_u64, 2 => 0..1_000_000_000_000_u64];
    vec(weight, 1..12).prop_filter("something to go by", |them| them.iter().any(|it| 0 < *it))
}

fn nodes_mut(plan: &mut Plan, dimension: Dimension) -> impl Iterator<Item = &mut sextant::plan::Node> {
    let trees = &mut plan.trees;
    let tree = match dimension {
        Dimension::Organisation => &mut trees.organisation,
        Dimension::Product => &mut trees.product,
        Dimension::Customer => &mut trees.customer,
        Dimension::Channel => &mut trees.channel,
        Dimension::Time => &mut trees.time,
    };
    tree.nodes.values_mut()
}

/// The plan as a file would give it: what a strategy makes up may need mending first.
fn sound(plan: Plan) -> Plan {
    decode(&plan.to_json()).expect("a plan").0
}

// ---- What a share is: the words of `plan::Method`, read a second time, in fractions ----

/// The claims of the children of a node, in whatever unit, all above or at zero.
fn claims(plan: &Plan, division: &Division, parent: usize) -> Vec<i128> {
    let tree = plan.tree(division.dimension);
    let children = division.layout.children(parent);
    let node = |at: usize| &tree.nodes[&division.layout.id(at)];
    let millionths = |it: Decimal| (it * Decimal::from(1_000_000)).mantissa_at_zero();
    let known = |at: usize, read: &dyn Fn(usize) -> Option<i128>| -> Option<i128> {
        let mut below = vec![None; division.layout.end(at)];
        for place in (at..division.layout.end(at)).rev() {
            let own = read(place).or(below[place]);
            below[place] = own;
            if let (Some(own), true) = (own, at < place) {
                let up = division.layout.parent(place);
                below[up] = Some(below[up].unwrap_or(0) + own);
            }
        }
        below[at]
    };
    let rest_of = |given: Vec<Option<i128>>, whole: i128| -> Vec<i128> {
        let blanks = given.iter().filter(|it| it.is_none()).count().max(1) as i128;
        let rest = (whole - given.iter().flatten().sum::<i128>()).max(0);
        given.iter().map(|it| it.map_or(rest, |it| it * blanks)).collect()
    };
    let averaged = |given: Vec<Option<i128>>| -> Vec<i128> {
        let some = given.iter().flatten().count() as i128;
        let sum: i128 = given.iter().flatten().sum();
        given.iter().map(|it| it.map_or(sum, |it| it * some.max(1))).collect()
    };
    let above = |read: &dyn Fn(&Node) -> Option<Mix>| nearest(tree, division.layout.id(parent), read);
    let factors = nearest(tree, division.layout.id(parent), &|it| Some(it.factors.clone()).filter(|it| !it.is_empty()));
    let method = tree.method(division.layout.id(parent));
    let claims: Vec<i128> = match method {
        Method::Even => vec![1; children.len()],
        Method::Percent => rest_of(children.iter().map(|at| node(*at).percent.map(millionths)).collect(), 100_000_000),
        Method::Amount => rest_of(
            children.iter().map(|at| node(*at).amount.map(|it| it.units().into())).collect(),
            division.amounts[parent].into(),
        ),
        Method::Weight => {
            averaged(children.iter().map(|at| known(*at, &|it| node(it).weight.map(millionths))).collect())
        }
        Method::History => {
            let column = |read: &dyn Fn(&Node) -> Option<Amount>| {
                averaged(children.iter().map(|at| grown(tree, division, *at, read)).collect())
            };
            match above(&|it| it.mix.clone()) {
                None => column(&|it| it.last_year),
                Some(mix) => {
                    let mut columns = vec![(mix.last_year, column(&|it| it.last_year))];
                    columns.extend(
                        mix.past.iter().map(|(name, weight)| (*weight, column(&|it| it.past.get(name).copied()))),
                    );
                    blended(columns, children.len())
                }
            }
        }
        Method::Potential => {
            averaged(children.iter().map(|at| known(*at, &|it| units_of(node(it).potential))).collect())
        }
        Method::Capacity => averaged(children.iter().map(|at| known(*at, &|it| units_of(node(it).capacity))).collect()),
        Method::WorkingDays => {
            let year = Some(&plan.calendar).filter(|_| division.dimension == Dimension::Time).and_then(Days::of);
            let counted = |at: usize| {
                let span = year.as_ref().filter(|_| division.layout.is_leaf(at))?.span(division.layout.id(at))?;
                i128::try_from(span.counts).ok()
            };
            let days = |at: usize| node(at).working_days.map(millionths).or_else(|| counted(at));
            averaged(children.iter().map(|at| known(*at, &days)).collect())
        }
        Method::Score => {
            let factors = factors.unwrap_or_default();
            let score = |at: usize, name: &str| node(at).scores.get(name).copied().map(millionths);
            let column = |name: &str| averaged(children.iter().map(|at| score(*at, name)).collect());
            let columns: Vec<_> = factors.iter().map(|it| (it.weight, column(&it.name))).collect();
            let is_nothing = columns.iter().all(|(_, scores)| scores.iter().all(|it| *it == 0));
            if is_nothing { vec![0; children.len()] } else { blended(columns, children.len()) }
        }
    };
    if claims.iter().all(|it| *it == 0) { vec![1; children.len()] } else { claims }
}

/// What a node says, or the nearest one above it that says anything.
fn nearest<T>(tree: &Tree, id: NodeId, read: &dyn Fn(&Node) -> Option<T>) -> Option<T> {
    tree.path(id).iter().rev().find_map(|at| read(&tree.nodes[at]))
}

fn units_of(amount: Option<Amount>) -> Option<i128> {
    amount.map(|it| it.units().into())
}

/// The figures of a node and of those below it, with the growth of each, in billionths of a unit; parts of one fall off.
fn grown(tree: &Tree, division: &Division, at: usize, read: &dyn Fn(&Node) -> Option<Amount>) -> Option<i128> {
    let node = &tree.nodes[&division.layout.id(at)];
    let below = || {
        let parts: Vec<i128> =
            division.layout.children(at).into_iter().filter_map(|child| grown(tree, division, child, read)).collect();
        Some(parts.iter().sum::<i128>()).filter(|_| !parts.is_empty())
    };
    let figure = read(node).map(|it| i128::from(it.units()) * 1_000_000_000).or_else(below)?;
    let hundredths = 100 + node.growth.map_or(0, Mantissa::mantissa_at_zero);
    Some(figure * hundredths / 100)
}

/// Each column brought to shares of its own sum, and these by the weights.
fn blended(columns: Vec<(Decimal, Vec<i128>)>, len: usize) -> Vec<i128> {
    const ONE: i128 = 1 << 54;
    let mut sums = vec![0; len];
    for (weight, figures) in columns {
        let (weight, whole) = ((weight * Decimal::from(1_000_000)).mantissa_at_zero(), figures.iter().sum::<i128>());
        // What is too large to be multiplied loses what does not matter.
        let shift = (128 - whole.leading_zeros()).saturating_sub(70);
        for (sum, figure) in sums.iter_mut().zip(figures) {
            let share = if whole == 0 { ONE / len as i128 } else { (figure >> shift) * ONE / (whole >> shift) };
            *sum += weight * share;
        }
    }
    sums
}

trait Mantissa {
    fn mantissa_at_zero(self) -> i128;
}

impl Mantissa for Decimal {
    fn mantissa_at_zero(self) -> i128 {
        let mut whole = self.normalize();
        whole.rescale(0);
        whole.mantissa()
    }
}

/// Each part lies less than a unit from its share; of time, each running total within half a unit.
fn near_the_share(plan: &Plan, division: &Division) -> Result<(), String> {
    for parent in (0..division.layout.len()).filter(|at| !division.layout.is_leaf(*at)) {
        let mut claims = claims(plan, division, parent);
        let method = plan.tree(division.dimension).method(division.layout.id(parent));
        // Figures that are grown or blended are shortened to 60 bits: two units of a total of 50 may then lie elsewhere.
        let is_short = matches!(method, Method::History | Method::Score);
        let bits = 128 - claims.iter().sum::<i128>().leading_zeros();
        // What is carried over by day has its own tests: `calendar`.
        let is_carried = division.dimension == Dimension::Time && plan.calendar.carries_days;
        if (60 < bits && !is_short) || (method == Method::History && is_carried) {
            continue;
        }
        claims.iter_mut().for_each(|it| *it >>= bits.saturating_sub(60));
        let (sum, total) = (claims.iter().sum::<i128>(), i128::from(division.amounts[parent]));
        let units = if is_short { 3 } else { 1 };
        let mut running = 0;
        for (child, claim) in division.layout.children(parent).into_iter().zip(claims) {
            let off = i128::from(division.amounts[child]) * sum - claim * total;
            running += off;
            let near = if division.dimension == Dimension::Time {
                2 * running.abs() <= units * sum
            } else {
                off.abs() < units * sum
            };
            if !near {
                let node = division.layout.id(child).0;
                return Err(format!(
                    "{:?} node {node}: {} for {claim} of {sum} in {total}",
                    division.dimension, division.amounts[child]
                ));
            }
        }
    }
    Ok(())
}

// ---- Broken files ----

pub fn reads_or_refuses(text: &str) -> Result<(), TestCaseError> {
    let Ok((plan, _)) = decode(text) else { return Ok(()) };
    hold(&plan, check(&plan, &evaluate(&plan)))?;
    // What was mended is whole now.
    law!(
        plan,
        decode(&plan.to_json()) == Ok((plan.clone(), vec![])),
        "mended twice: {:?}",
        decode(&plan.to_json()).map(|it| it.1)
    );
    Ok(())
}

/// What happens to one field of a file.
#[derive(Clone, Debug)]
pub enum Damage {
    Gone,
    Is(Value),
    /// What stands somewhere else in the file.
    Copied(Index),
    /// A field that nobody knows.
    Stranger,
}

pub fn damages() -> impl Strategy<Value = (Index, Damage)> {
    let values = select(vec![
        Value::Null,
        Value::from(true),
        Value::from(-1),
        Value::from(0),
        Value::from(1),
        Value::from(7),
        Value::from(60),
        Value::from(u32::MAX),
        Value::from(u64::from(u32::MAX) - 1),
        Value::from(i64::MAX),
        Value::from(i64::MIN),
        Value::from(u64::MAX),
        Value::from(1.5),
        Value::from(1e300),
        Value::from(""),
        Value::from("100"),
        Value::from("-0"),
        Value::from("-12.5"),
        Value::from("1e20"),
        Value::from("0.00000000000001"),
        Value::from("\u{0}\u{202e}\n  "),
        Value::from("目".repeat(3_000)),
        Value::Array(vec![]),
        Value::from(vec![0, 0, 1]),
        Value::Object(serde_json::Map::new()),
    ]);
    let damage = prop_oneof![
        2 => Just(Damage::Gone),
        6 => values.prop_map(Damage::Is),
        3 => any::<Index>().prop_map(Damage::Copied),
        1 => Just(Damage::Stranger),
    ];
    (any::<Index>(), damage)
}

/// Every place of a JSON value, as a path of keys.
fn paths(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, it)| paths(it, &format!("{here}/{key}"), found)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, it)| paths(it, &format!("{here}/{at}"), found)),
        _ => {}
    }
}

pub fn hurt(value: &mut Value, place: &Index, damage: &Damage) {
    let mut all = Vec::new();
    paths(value, "", &mut all);
    let path = all[place.index(all.len())].clone();
    match damage {
        Damage::Gone => {
            let Some((parent, key)) = path.rsplit_once('/') else { return };
            match value.pointer_mut(parent) {
                Some(Value::Object(fields)) => drop(fields.remove(key)),
                Some(Value::Array(items)) => drop(items.pop()),
                _ => {}
            }
        }
        Damage::Is(other) => replace(value, &path, other.clone()),
        Damage::Copied(from) => {
            let other = value.pointer(&all[from.index(all.len())]).cloned().unwrap_or_default();
            replace(value, &path, other);
        }
        Damage::Stranger => {
            if let Some(Value::Object(fields)) = value.pointer_mut(&path) {
                fields.insert("stranger".to_owned(), Value::from(1));
            }
        }
    }
}

fn replace(value: &mut Value, path: &str, other: Value) {
    if let Some(at) = value.pointer_mut(path) {
        *at = other;
    }
}
