//! What people can bring: the field's own numbers, and the laws of adding up.

use proptest::prelude::*;
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::capacity::{MONTHS, ONE, Output, Staff, heads_needed, mixes, month_of, months};
use sextant::engine::{Finding, evaluate};
use sextant::plan::{
    Calendar, CapacityField, Crew, Day, Dimension, Edit, EditError, FunnelField, ItemId, Leave, Level, Node, NodeId,
    Plan, Ramp, Unit,
};

use crate::laws::{hold, of_plans};
use crate::plans::{Shown, any_plan};

fn blank() -> Plan {
    Plan::blank("", Unit::Count("orders".to_owned()), Calendar::new(2027, 1))
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn level(plan: &mut Plan, orders: i64, ramp: Ramp) -> ItemId {
    let level = Level { orders: Some(Decimal::from(orders)), ramp, ..Level::default() };
    plan.capacity.levels.push(level)
}

/// What so many people of one level bring in orders, in millionths.
fn orders(ramp: Ramp, crew: Crew) -> Output {
    let mut plan = blank();
    let level = level(&mut plan, 2, ramp);
    plan.capacity.crews.push(Crew { level: Some(level), ..crew });
    *Staff::of(&plan).whole(&plan).expect("people")
}

fn newcomers(count: u32) -> Crew {
    Crew { heads: count, start: Some(day("2027-01-01")), ..Crew::default() }
}

/// S0-08: ten seniors of five orders a month and ten newcomers of two bring 70 a month and 840 in the year.
#[test]
fn seniors_and_newcomers_bring_840_orders() {
    let mut plan = blank();
    for orders in [5, 2] {
        let level = level(&mut plan, orders, Ramp::None);
        plan.capacity.crews.push(Crew { level: Some(level), heads: 10, ..Crew::default() });
    }
    let staff = Staff::of(&plan);
    let all = staff.whole(&plan).expect("people");
    assert_eq!(all.orders, [70 * ONE; MONTHS]);
    assert_eq!((all.total_orders(), all.total()), (840 * ONE, Amount::from_units(840)));
}

/// S0-11: ten newcomers over twelve months without a ramp, with nothing in it, by quarters of it, and by thirds.
#[test]
fn ramps_of_three_months() {
    let total = |ramp| orders(ramp, newcomers(10)).total_orders();
    assert_eq!(total(Ramp::None), 240 * ONE);
    assert_eq!(total(Ramp::Zero(3)), 180 * ONE);
    assert_eq!(total(Ramp::Linear(3)), 210 * ONE);
    assert_eq!(total(Ramp::Thirds(3)), 220 * ONE);
    assert_eq!(total(Ramp::Own([25, 50, 75].map(Decimal::from).into())), 210 * ONE);
    let months = orders(Ramp::Linear(3), newcomers(10)).orders;
    assert_eq!(months[..4], [5 * ONE, 10 * ONE, 15 * ONE, 20 * ONE]);
}

/// U37: the month of the first day is the first of the ramp, and of a month begun only the days left count.
#[test]
fn who_starts_within_a_month_brings_its_days() {
    let crew = Crew { heads: 1, start: Some(day("2027-04-16")), ..Crew::default() };
    let months = orders(Ramp::None, crew.clone()).orders;
    assert_eq!(months[..5], [0, 0, 0, ONE, 2 * ONE]);
    let months = orders(Ramp::Linear(3), crew).orders;
    assert_eq!(months[3..7], [ONE / 4, ONE, 3 * ONE / 2, 2 * ONE]);
}

/// U37: leave takes the days that it has, once where two leaves lie on one day; who has gone brings nothing.
#[test]
fn leave_and_the_last_day() {
    let leave = |from, to| Leave { from: day(from), to: day(to) };
    let crew = Crew {
        leave: vec![leave("2027-06-01", "2027-06-20"), leave("2027-06-11", "2027-06-24")],
        end: Some(day("2027-09-30")),
        ..Crew::default()
    };
    let months = orders(Ramp::None, crew).orders;
    assert_eq!(months[5], 400_000, "six days of thirty");
    assert_eq!((months[8], months[9]), (2 * ONE, 0));
}

/// One in a hundred goes each month; three months later somebody new starts, on the ramp.
#[test]
fn attrition_and_backfill() {
    let crew = Crew { heads: 100, attrition: Some(Decimal::from(12)), ..Crew::default() };
    let heads = orders(Ramp::None, crew.clone()).heads;
    assert_eq!((heads[0], heads[1], heads[11]), (100 * ONE, 99 * ONE, 89 * ONE));
    let filled = orders(Ramp::None, Crew { backfill: Some(2), ..crew.clone() }).heads;
    assert_eq!((filled[2], filled[3], filled[11]), (98 * ONE, 98 * ONE, 98 * ONE));
    let climbing = orders(Ramp::Zero(3), Crew { backfill: Some(2), ..crew }).orders;
    assert_eq!(climbing[3], 2 * 97 * ONE, "the first of them brings nothing yet");
}

/// S0-12: a target that newcomers reach only without their ramp.
#[test]
fn a_target_that_leaves_out_the_ramp_is_flagged() {
    let mut plan = blank();
    let level = level(&mut plan, 2, Ramp::Linear(3));
    plan.capacity.crews.push(Crew { level: Some(level), ..newcomers(10) });
    plan.goal.target = Some(Amount::from_units(230));
    let said = |plan: &Plan| evaluate(plan).findings.clone();
    let [target, possible, unramped] = [230, 210, 240].map(Amount::from_units);
    assert!(said(&plan).contains(&Finding::RampIgnored { target, possible, unramped }));
    plan.goal.target = Some(Amount::from_units(300));
    let target = Amount::from_units(300);
    assert!(said(&plan).contains(&Finding::PeopleShort { target, possible }));
    plan.goal.target = Some(Amount::from_units(210));
    let is_about_people = |it: &Finding| matches!(it, Finding::PeopleShort { .. } | Finding::RampIgnored { .. });
    assert!(!said(&plan).iter().any(is_about_people));
}

/// S0-24, N17: four of 150 and five of 80 make 1,000 exactly.
#[test]
fn how_many_seniors_and_newcomers_make_a_thousand() {
    let found = mixes(Amount::from_units(1_000), [150, 80].map(Amount::from_units), 3);
    assert_eq!((found[0].heads, found[0].over.units()), ([4, 5], 0));
    assert!(
        found.iter().all(|it| it.over.units() == i64::from(it.heads[0]) * 150 + i64::from(it.heads[1]) * 80 - 1_000)
    );
    assert_eq!(mixes(Amount::from_units(1_000), [0, 80].map(Amount::from_units), 3), []);
}

/// S0-23: of 150 sixty percent from key accounts are 90, and 60 from others.
#[test]
fn a_senior_has_key_accounts() {
    let mut plan = blank();
    let quota = Some(Amount::from_units(150));
    plan.capacity.levels.push(Level { quota, key_accounts: Some(Decimal::from(60)), ..Level::default() });
    let tiers = sextant::results::capacity::tiers(&plan);
    assert_eq!(tiers[0].parts, Some((Amount::from_units(90), Amount::from_units(60))));
}

/// So many more, their ramp counted: who starts in April has nine months, and brings 15 of 18 orders.
#[test]
fn how_many_to_hire_and_from_when() {
    let mut plan = blank();
    let level = level(&mut plan, 2, Ramp::Linear(3));
    assert_eq!(heads_needed(&plan, level, 3, Amount::from_units(18)), Some(12));
    assert_eq!(heads_needed(&plan, level, 0, Amount::from_units(21)), Some(10));
    assert_eq!(heads_needed(&plan, ItemId(9), 0, Amount::from_units(21)), None);
}

/// U38: capacity below the target is said as soon as it is so, with how many to hire and from when; one step settles it.
#[test]
fn capacity_below_the_target_is_said_at_once() {
    let mut plan = blank();
    let level = level(&mut plan, 2, Ramp::Linear(3));
    plan.capacity.crews.push(Crew { level: Some(level), heads: 5, ..Crew::default() });
    plan.goal.target = Some(Amount::from_units(120));
    assert_eq!(evaluate(&plan).gate.binding(), None);
    plan.apply(Edit::Goal(sextant::plan::GoalField::Target(Some(Amount::from_units(162))))).expect("an edit");
    let outcome = evaluate(&plan);
    let [target, possible] = [162, 120].map(Amount::from_units);
    let short = Finding::PeopleShort { target, possible };
    assert!(outcome.findings.contains(&short));
    let hire = sextant::results::capacity::hire(&plan, &outcome).expect("somebody to hire");
    // One who starts in January and climbs for three months brings 21.
    assert_eq!((hire.gap.units(), hire.heads, hire.month), (42, 20, Calendar::month(1)));
    let (_, edit) = sextant::engine::remedy::remedies(&plan, &short).remove(0);
    plan.apply(edit).expect("an edit");
    assert_eq!(evaluate(&plan).gate.binding(), None);
}

/// S2-12: what people can bring is the capacity of whoever has no other, and bounds what they get where the plan says so.
#[test]
fn people_are_a_weight_and_a_cap() {
    let mut plan = blank();
    let root = plan.trees.organisation.root;
    let teams = ["one", "two"].map(|name| plan.trees.organisation.grow(root, Node::named(name)));
    let level = level(&mut plan, 1, Ramp::None);
    for (team, heads) in teams.into_iter().zip([1, 3]) {
        plan.capacity.crews.push(Crew { node: team, level: Some(level), heads, ..Crew::default() });
    }
    plan.goal.target = Some(Amount::from_units(40));
    let given = |plan: &Plan| evaluate(plan).division(Dimension::Organisation).amounts.to_vec();
    assert_eq!(given(&plan), [40, 20, 20]);
    plan.capacity.is_cap = true;
    assert_eq!(given(&plan), [40, 12, 28]);
    plan.capacity.is_cap = false;
    let edit = Edit::Node {
        dimension: Dimension::Organisation,
        id: root,
        field: sextant::plan::Field::Method(Some(sextant::plan::Method::Capacity)),
    };
    plan.apply(edit).expect("an edit");
    assert_eq!(given(&plan), [40, 10, 30]);
}

#[test]
fn what_cannot_be_is_refused_with_its_value() {
    let mut plan = blank();
    let crew = |crew: Crew| Edit::Capacity(CapacityField::Crew(sextant::plan::List::default().add(crew)));
    let early = Crew { start: Some(day("2027-05-01")), end: Some(day("2027-04-30")), ..Crew::default() };
    let refused = Err(EditError::EndsBeforeStart { from: day("2027-05-01"), to: day("2027-04-30") });
    assert_eq!(plan.apply(crew(early)), refused);
    let stranger = Crew { node: NodeId(7), ..Crew::default() };
    assert_eq!(plan.apply(crew(stranger)), Err(EditError::UnknownNode(Dimension::Organisation, NodeId(7))));
    let long = Level { ramp: Ramp::Linear(37), ..Level::default() };
    let edit = Edit::Capacity(CapacityField::Level(plan.capacity.levels.add(long)));
    assert_eq!(plan.apply(edit), Err(EditError::NotARamp { most: 36 }));
    let price = Edit::Funnel(FunnelField::OrderValue(Some(Amount::from_units(-1))));
    assert_eq!(plan.apply(price), Err(EditError::Negative(Amount::from_units(-1))));
    assert_eq!(plan, blank());
}

/// A ramp that ends after the year, and people of no level, are remarked.
#[test]
fn ramps_beyond_the_year_and_people_of_no_level() {
    let mut plan = blank();
    let level = level(&mut plan, 2, Ramp::Linear(6));
    let late = Crew { level: Some(level), start: Some(day("2027-10-01")), ..Crew::default() };
    let late = plan.capacity.crews.push(late);
    let lost = plan.capacity.crews.push(Crew { level: Some(ItemId(9)), ..Crew::default() });
    let findings = evaluate(&plan).findings;
    assert!(findings.contains(&Finding::RampBeyondYear { crew: late, crews: 1 }));
    assert!(findings.contains(&Finding::CrewWithoutLevel { crew: lost, crews: 1 }));
}

#[test]
fn months_of_days_within_and_around_the_year() {
    let months = months(&Calendar::new(2027, 4));
    let at = |text: &str| month_of(&months, day(text).0);
    assert_eq!(["2027-04-01", "2027-04-30", "2028-03-31", "2028-04-01"].map(at), [0, 0, 11, 12]);
    assert_eq!(["2027-03-31", "2027-01-01", "2026-04-01"].map(at), [-1, -3, -12]);
}

proptest! {
    #![proptest_config(of_plans())]

    /// Crews add up to their node, nodes to the whole, and a removed node takes its people along and brings them back.
    #[test]
    fn people_add_up(Shown(plan) in any_plan()) {
        let staff = Staff::of(&plan);
        let of_crews: i64 = staff.crews.iter().map(|(_, it)| it.amount.iter().sum::<i64>()).fold(0, i64::saturating_add);
        let of_all = staff.whole(&plan).map_or(0, |it| it.amount.iter().fold(0, |sum: i64, it| sum.saturating_add(*it)));
        prop_assert_eq!(of_crews, of_all);
        let root = plan.trees.organisation.root;
        for id in plan.trees.organisation.children(root) {
            let mut less = plan.clone();
            let back = less.apply(Edit::Remove { dimension: Dimension::Organisation, id: *id });
            let Ok(back) = back else { continue };
            prop_assert!(less.capacity.crews.values().all(|it| less.trees.organisation.get(it.node).is_some()));
            less.apply(back).expect("the way back");
            hold(&plan, if less == plan { Ok(()) } else { Err("another plan after the way back".to_owned()) })?;
        }
    }
}
