//! The target against what is possible: the field's own numbers.

use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::gate::Against;
use sextant::engine::remedy::{Remedy, remedies};
use sextant::engine::{Finding, Severity, Subject, evaluate};
use sextant::plan::{Calendar, Crew, LeadSource, Level, Limit, LimitKind, Market, Plan, Ramp, Stage, Unit};

fn money(target: i64, last_year: i64) -> Plan {
    let mut plan = Plan::blank("", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::from_units(target));
    plan.goal.last_year = Some(Amount::from_units(last_year));
    plan
}

/// S1-04: twice last year's amount, while the supply chain carries half as much again: 500 too much.
#[test]
fn a_target_beyond_the_supply_chain() {
    let mut plan = money(2_000, 1_000);
    let limit = Limit { kind: LimitKind::Supply, growth: Some(Decimal::from(50)), ..Limit::default() };
    let limit = plan.goal.limits.push(limit);
    let outcome = evaluate(&plan);
    let [target, possible] = [2_000, 1_500].map(Amount::from_units);
    let finding = Finding::LimitExceeded { limit, target, possible };
    assert!(outcome.findings.contains(&finding));
    let bound = outcome.gate.binding().expect("a bound");
    assert_eq!((bound.by, bound.short(target)), (Against::Limit(limit), Some(Amount::from_units(500))));
    assert_eq!((finding.severity(), finding.subject()), (Severity::Warning, Subject::Gate));
    let (remedy, edit) = remedies(&plan, &finding).remove(0);
    assert_eq!(remedy, Remedy::Target(possible));
    plan.apply(edit).expect("an edit");
    assert_eq!(evaluate(&plan).gate.binding(), None);
}

/// S1-09: of 50,000 who could be customers 2,000 are; the market as a whole is the ceiling.
#[test]
fn a_target_beyond_the_market() {
    let mut plan = Plan::blank("", Unit::Count("customers".to_owned()), Calendar::new(2027, 1));
    let number = |value: i64| Some(Decimal::from(value));
    plan.goal.market =
        Market { customers: number(50_000), served: number(2_000), penetration: number(8), ..Market::default() };
    plan.goal.target = Some(Amount::from_units(60_000));
    let [target, possible] = [60_000, 50_000].map(Amount::from_units);
    assert!(evaluate(&plan).findings.contains(&Finding::MarketExceeded { target, possible }));
    plan.goal.target = Some(Amount::from_units(50_000));
    assert_eq!(evaluate(&plan).gate.feasible(), Amount::from_units(50_000));
}

/// N6: of all that bounds the target the tightest binds, and is told in the year and in each month.
#[test]
fn the_tightest_binds() {
    let mut plan = money(1_200_000, 1_000_000);
    plan.funnel.order_value = Some(Amount::from_units(1_000));
    let level =
        plan.capacity.levels.push(Level { orders: Some(Decimal::from(5)), ramp: Ramp::None, ..Level::default() });
    plan.capacity.crews.push(Crew { level: Some(level), heads: 19, ..Crew::default() });
    plan.funnel.stages.push(Stage { conversion: Some(Decimal::TEN), ..Stage::default() });
    plan.funnel.stages.push(Stage::default());
    plan.funnel.sources.push(LeadSource { leads: Some(Decimal::from(900)), ..LeadSource::default() });
    plan.goal.limits.push(Limit { monthly: Some(Amount::from_units(99_000)), ..Limit::default() });
    let outcome = evaluate(&plan);
    let years: Vec<(Against, i64)> = outcome.gate.bounds.iter().map(|it| (it.by, it.year.units())).collect();
    let limit = plan.goal.limits.ids()[0];
    assert_eq!(years, [(Against::Leads, 1_080_000), (Against::People, 1_140_000), (Against::Limit(limit), 1_188_000)]);
    assert_eq!(outcome.gate.binding_in(0).map(|it| it.by), Some(Against::Leads));
    // Each of the three is a finding with a way out, and people and leads can be added in one step.
    for finding in outcome.findings.iter().filter(|it| it.subject() == Subject::Gate) {
        let ways = remedies(&plan, finding);
        assert!(!ways.is_empty(), "{finding:?}");
        let mut better = plan.clone();
        better.apply(ways[0].1.clone()).expect("an edit");
        let kind = std::mem::discriminant(finding);
        let is_left = evaluate(&better).findings.iter().any(|it| std::mem::discriminant(it) == kind);
        assert!(!is_left, "{:?} for {finding:?}", ways[0].0);
    }
}

/// A year that would do, of which months do not.
#[test]
fn months_that_fall_short() {
    let mut plan = money(1_200, 1_000);
    plan.trees.time.nodes.get_mut(&Calendar::quarter(1)).expect("a quarter").percent = Some(Decimal::from(40));
    plan.trees.time.nodes.get_mut(&plan.trees.time.root.clone()).expect("the year").method =
        Some(sextant::plan::Method::Percent);
    plan.goal.limits.push(Limit { monthly: Some(Amount::from_units(110)), ..Limit::default() });
    let findings = evaluate(&plan).findings;
    let by = Against::Limit(plan.goal.limits.ids()[0]);
    assert!(findings.contains(&Finding::MonthsShort { by, month: Calendar::month(1), months: 3 }), "{findings:?}");
}
