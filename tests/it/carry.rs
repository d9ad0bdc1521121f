//! What past months brought, carried into what is left of the year.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::carry::{NotCarried, Past, Towards, carry, months, past};
use sextant::engine::evaluate;
use sextant::plan::{Calendar, Dimension, Edit, Field, Lock, Method, NodeId, Plan};

use crate::edges::blank;
use crate::promise::{amount, kept};

const YEAR: i64 = 24_000_000;

/// A year of twelve equal months, and what the first of them brought.
fn year(actual: &[i64]) -> Plan {
    let mut plan = blank(YEAR);
    for (id, actual) in months().zip(actual) {
        set(&mut plan, id, Field::Actual(Some(Amount::from_units(*actual))));
    }
    plan
}

fn set(plan: &mut Plan, id: NodeId, field: Field) {
    plan.apply(Edit::Node { dimension: Dimension::Time, id, field }).expect("a field of a period");
}

fn amounts(plan: &Plan) -> Vec<i64> {
    let outcome = kept(plan);
    months().map(|id| amount(&outcome, Dimension::Time, id)).collect()
}

fn carried(plan: &Plan, towards: Towards) -> Result<Plan, NotCarried> {
    let edit = carry(plan, &evaluate(plan), towards)?;
    let mut then = plan.clone();
    then.apply(edit).expect("it fits");
    Ok(then)
}

/// U6: of 20,000 a month nothing was brought until April, which then asks for 80,000.
#[test]
fn what_is_unused_goes_into_the_next_month() {
    let plan = year(&[0, 0, 0]);
    let outcome = evaluate(&plan);
    let state = past(&plan, &outcome).expect("three months");
    assert_eq!(state, Past { months: 3, target: Amount::from_units(6_000_000), actual: Amount::ZERO });
    assert_eq!(state.next(), Some(Calendar::month(4)));
    let then = carried(&plan, Towards::Next).expect("room");
    assert_eq!(amounts(&then), [[0; 3].as_slice(), &[8_000_000], &[2_000_000; 8]].concat());
    // Nothing is left to carry until another month is over.
    assert_eq!(carry(&then, &evaluate(&then), Towards::Next), Err(NotCarried::Nothing));
    // And of the months left alike.
    let then = carried(&plan, Towards::Rest).expect("room");
    let each: Vec<i64> = amounts(&then)[3..].to_vec();
    assert_eq!(each.iter().sum::<i64>(), YEAR);
    assert!(each.iter().all(|it| (it - YEAR / 9).abs() <= 1), "{each:?}");
}

/// In the midst of a quarter, again after another month, and with a season of its own.
#[test]
fn month_by_month() {
    let mut plan = year(&[1_500_000, 2_500_000]);
    let amount = Field::Amount(Some(Amount::from_units(3)));
    set(&mut plan, Calendar::quarter(1), Field::Method(Some(Method::Amount)));
    set(&mut plan, Calendar::month(3), amount);
    let before = amounts(&plan);
    let first = carried(&plan, Towards::Next).expect("room");
    let gap = before[0] + before[1] - 4_000_000;
    assert_eq!(amounts(&first)[..4], [1_500_000, 2_500_000, before[2] + gap, before[3]]);
    let mut second = first.clone();
    set(&mut second, Calendar::month(3), Field::Actual(Some(Amount::from_units(1))));
    let wanted = amounts(&second)[2] - 1 + before[3];
    let second = carried(&second, Towards::Next).expect("room");
    assert_eq!(amounts(&second)[2..5], [1, wanted, before[4]]);
    assert_eq!(amounts(&second).iter().sum::<i64>(), YEAR);
}

#[test]
fn what_cannot_be_carried() {
    let refused = |plan: &Plan, towards| carry(plan, &evaluate(plan), towards).expect_err("nothing to be done");
    assert_eq!(refused(&year(&[]), Towards::Next), NotCarried::Unknown);
    assert_eq!(refused(&year(&[1; 12]), Towards::Next), NotCarried::YearOver);
    assert_eq!(refused(&year(&[2_000_000]), Towards::Rest), NotCarried::Nothing);
    assert_eq!(refused(&year(&[5_000_000]), Towards::Next), NotCarried::TooMuch);
    assert_eq!(refused(&year(&[YEAR + 1]), Towards::Rest), NotCarried::TooMuch);
    carried(&year(&[5_000_000]), Towards::Rest).expect("eleven months make room for three million");
    let mut locked = year(&[0]);
    let lock = Some(Lock::Value(Amount::from_units(2_000_000)));
    set(&mut locked, Calendar::month(2), Field::Lock(lock));
    assert_eq!(refused(&locked, Towards::Next), NotCarried::Held);
    // A month that nobody has spoken of ends what is past, whatever comes after it.
    let mut gap = year(&[0]);
    set(&mut gap, Calendar::month(3), Field::Actual(Some(Amount::ZERO)));
    assert_eq!(past(&gap, &evaluate(&gap)).map(|it| it.months), Some(1));
}

proptest! {
    /// U6: whatever months brought, the year's target stays, months that are over have what they brought, and one undo
    /// brings everything back.
    #[test]
    fn the_year_stays(
        actual in vec(0..4_000_000_i64, 1..12),
        weights in vec(option::of(1..9_i64), 12),
        goes_next in any::<bool>(),
    ) {
        let mut plan = year(&actual);
        for (id, weight) in months().zip(&weights) {
            set(&mut plan, id, Field::Weight(weight.map(Decimal::from)));
        }
        let towards = if goes_next { Towards::Next } else { Towards::Rest };
        let outcome = evaluate(&plan);
        match carry(&plan, &outcome, towards) {
            Ok(edit) => {
                let mut then = plan.clone();
                let back = then.apply(edit).expect("it fits");
                let amounts = amounts(&then);
                prop_assert_eq!(&amounts[..actual.len()], &actual[..]);
                prop_assert_eq!(amounts.iter().sum::<i64>(), YEAR);
                then.apply(back).expect("the way back");
                prop_assert_eq!(then, plan);
            }
            Err(why) => prop_assert!(matches!(why, NotCarried::TooMuch | NotCarried::Nothing), "{:?}", why),
        }
    }
}
