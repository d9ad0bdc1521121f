//! Shares that change within the year: by named factors month after month, and by what quarters and months were given.

use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::breakback::type_amount;
use sextant::engine::{Finding, Outcome, evaluate};
use sextant::plan::{At, Calendar, Cell, Dimension, Edit, Factor, Field, Lock, Method, Node, NodeId, Pair, Plan};

use crate::edges::blank;
use crate::promise::{amount, cell, kept};

const FACTORS: [(&str, i64); 3] = [("成单率", 40), ("客户质量（LTV/CAC）", 40), ("流程合规", 20)];
const PEOPLE: Pair = Pair::over_time(Dimension::Organisation);

fn set(plan: &mut Plan, dimension: Dimension, id: NodeId, field: Field) {
    plan.apply(Edit::Node { dimension, id, field }).expect("a field of a node");
}

/// The scores of a month, a line each person.
fn score(plan: &mut Plan, people: &[NodeId], scores: [[i64; 3]; 3]) {
    for (id, scores) in people.iter().zip(scores) {
        for ((name, _), score) in FACTORS.into_iter().zip(scores) {
            set(plan, Dimension::Organisation, *id, Field::Score(name.to_owned(), Some(Decimal::from(score))));
        }
    }
}

/// What is over stays: the cells of a month become what they are, locked.
fn close(plan: &mut Plan, people: &[NodeId], month: u32) {
    let outcome = evaluate(plan);
    for row in people {
        let at = At { pair: PEOPLE, row: *row, column: Calendar::month(month) };
        let lock = Some(Lock::Value(Amount::from_units(cell(&outcome, at))));
        plan.apply(Edit::Cell { at, cell: Cell { lock, ..Cell::default() } }).expect("a cell");
    }
}

fn of(outcome: &Outcome, people: &[NodeId], month: u32) -> Vec<i64> {
    people.iter().map(|row| cell(outcome, At { pair: PEOPLE, row: *row, column: Calendar::month(month) })).collect()
}

/// S0-25: each month people's shares are set anew by how many orders they win, what their customers are worth and how well
/// they keep to the process. The weights total 100 %, months that are over stay, and every sum is exact.
#[test]
fn shares_are_adjusted_every_month() {
    let mut plan = blank(36_000_000);
    let mut tree = plan.trees.organisation.clone();
    let people: Vec<NodeId> = ["甲", "乙", "丙"].map(|it| tree.grow(tree.root, Node::named(it.to_owned()))).into();
    let root = tree.root;
    plan.apply(Edit::Tree { dimension: Dimension::Organisation, tree: Box::new(tree) }).expect("a tree");
    let factors = FACTORS.map(|(name, weight)| Factor { name: name.to_owned(), weight: Decimal::from(weight) }).into();
    set(&mut plan, Dimension::Organisation, root, Field::Factors(factors));
    set(&mut plan, Dimension::Organisation, root, Field::Method(Some(Method::Score)));
    score(&mut plan, &people, [[5, 5, 5], [5, 5, 5], [5, 5, 5]]);
    let january = kept(&plan);
    assert!(!january.findings.iter().any(|it| matches!(it, Finding::FactorsNot100 { .. })));
    assert_eq!(of(&january, &people, 1), [1_000_000; 3]);

    // January is over; 甲 wins more, 丙 skips the process.
    close(&mut plan, &people, 1);
    score(&mut plan, &people, [[9, 5, 5], [5, 5, 5], [5, 5, 1]]);
    let february = kept(&plan);
    assert_eq!(of(&february, &people, 1), [1_000_000; 3]);
    let shares = people.iter().map(|id| amount(&february, Dimension::Organisation, *id)).collect::<Vec<i64>>();
    assert_eq!(shares.iter().sum::<i64>(), 36_000_000);
    assert!(shares[2] < shares[1] && shares[1] < shares[0], "{shares:?}");
    let month = of(&february, &people, 2);
    assert_eq!(month.iter().sum::<i64>(), 3_000_000);
    assert!(month[2] < 1_000_000 && 1_000_000 < month[0], "{month:?}");

    // And again: what February was stays too.
    close(&mut plan, &people, 2);
    score(&mut plan, &people, [[5, 5, 5], [5, 9, 5], [5, 5, 5]]);
    let march = kept(&plan);
    assert_eq!((of(&march, &people, 1), of(&march, &people, 2)), (vec![1_000_000; 3], month));
    assert_eq!(of(&march, &people, 3).iter().sum::<i64>(), 3_000_000);

    // Weights of 90 % are remarked.
    let factor = |(name, weight): (&str, i64)| Factor { name: name.to_owned(), weight: Decimal::from(weight) };
    let less = FACTORS[..2].iter().copied().map(factor).chain([factor(("流程合规", 10))]).collect();
    set(&mut plan, Dimension::Organisation, root, Field::Factors(less));
    let percent = Decimal::from(90);
    let said = Finding::FactorsNot100 { dimension: Dimension::Organisation, node: root, percent };
    assert!(kept(&plan).findings.contains(&said));
}

/// U4: quarters by percent, or by fixed amounts; halves of a year are two of them; and a period is revised inside the year.
#[test]
fn quarters_by_percent_or_by_amount() {
    let mut plan = blank(10_000_000);
    let year = plan.trees.time.root;
    let quarters = [1, 2, 3, 4].map(Calendar::quarter);
    set(&mut plan, Dimension::Time, year, Field::Method(Some(Method::Percent)));
    for (id, percent) in quarters.into_iter().zip([15, 25, 20, 40]) {
        set(&mut plan, Dimension::Time, id, Field::Percent(Some(Decimal::from(percent))));
    }
    let of = |plan: &Plan| quarters.map(|id| amount(&kept(plan), Dimension::Time, id));
    assert_eq!(of(&plan), [1_500_000, 2_500_000, 2_000_000, 4_000_000]);
    set(&mut plan, Dimension::Time, year, Field::Method(Some(Method::Amount)));
    for (id, units) in quarters.into_iter().zip([1_000_000, 3_000_000, 2_500_000, 3_500_000]) {
        set(&mut plan, Dimension::Time, id, Field::Amount(Some(Amount::from_units(units))));
    }
    assert_eq!(of(&plan), [1_000_000, 3_000_000, 2_500_000, 3_500_000]);
    // In May the second quarter is revised; the others make room, and the first, which is over, does not.
    set(&mut plan, Dimension::Time, quarters[0], Field::Lock(Some(Lock::Value(Amount::from_units(1_000_000)))));
    let at = At { pair: PEOPLE, row: plan.trees.organisation.root, column: quarters[1] };
    let edit = type_amount(&plan, &evaluate(&plan), at, Amount::from_units(4_200_000)).expect("room");
    plan.apply(edit).expect("an edit");
    let revised = of(&plan);
    assert_eq!((revised[0], revised[1], revised.iter().sum::<i64>()), (1_000_000, 4_200_000, 10_000_000));
}
