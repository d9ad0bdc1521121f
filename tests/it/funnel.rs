//! From leads to orders and back: the field's own numbers, and the laws of a stream.

use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::capacity::MONTHS;
use sextant::engine::funnel::{Flow, coverage, ladder, total};
use sextant::engine::{Finding, evaluate};
use sextant::plan::{
    Activity, Calendar, Crew, Dimension, Edit, EditError, FunnelField, ItemId, LeadRule, LeadSource, Node, NodeId,
    PastRate, Plan, Stage, Unit, Week,
};
use sextant::results::funnel::{
    BestDay, PastRow, activities, best_day, covered, cycle, lifted, past, rungs, sellers, stages, territories,
};

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn number(value: i64) -> Option<Decimal> {
    Some(Decimal::from(value))
}

/// Leads that become orders at a rate, in percent, in so many days.
fn funnel(conversion: i64, days: i64) -> Plan {
    let mut plan = Plan::blank("", Unit::Count("customers".to_owned()), Calendar::new(2027, 1));
    let leads =
        Stage { name: "leads".to_owned(), conversion: number(conversion), days: number(days), ..Stage::default() };
    plan.funnel.stages.push(leads);
    plan.funnel.stages.push(Stage { name: "orders".to_owned(), ..Stage::default() });
    plan
}

fn source(plan: &mut Plan, leads: i64, own: Option<i64>) -> ItemId {
    let stage = plan.funnel.stages.ids()[0];
    let conversions = own.map(|it| (stage, Decimal::from(it))).into_iter().collect();
    plan.funnel.sources.push(LeadSource { leads: number(leads), conversions, ..LeadSource::default() })
}

fn flow(plan: &Plan) -> Flow {
    evaluate(plan).flow.expect("a funnel")
}

/// S0-09, S0-10: 2,000 leads a month from our own pool are 200 orders, from a third party 40, half and half 120.
#[test]
fn orders_of_2000_leads_by_where_they_come_from() {
    let monthly = |sources: &[(i64, i64)]| {
        let mut plan = funnel(100, 0);
        for (leads, rate) in sources {
            source(&mut plan, *leads, Some(*rate));
        }
        flow(&plan).supply[1][0]
    };
    assert_eq!(monthly(&[(2_000, 10)]), Decimal::from(200));
    assert_eq!(monthly(&[(2_000, 2)]), Decimal::from(40));
    assert_eq!(monthly(&[(1_000, 10), (1_000, 2)]), Decimal::from(120));
}

/// S0-13: a thousand customers at 10 % take 10,000 leads, which are there; at 2 % they take 50,000, and 2,166.7 a month are
/// missing.
#[test]
fn leads_suffice_at_ten_percent_and_not_at_two() {
    let of = |conversion| {
        let mut plan = funnel(conversion, 0);
        plan.goal.target = Some(Amount::from_units(1_000));
        source(&mut plan, 2_000, None);
        plan
    };
    let fits = flow(&of(10));
    assert_eq!(total(&fits.demand[0]), Decimal::from(10_000));
    assert_eq!(fits.leads_short(), Some(Decimal::ZERO));
    let short = flow(&of(2));
    assert_eq!(total(&short.demand[0]), Decimal::from(50_000));
    assert_eq!(short.leads_short().map(|it| it.round_dp(1)), Some(decimal("2166.7")));
    let [target, possible] = [1_000, 480].map(Amount::from_units);
    let said = Finding::LeadsShort { target, possible, leads: decimal("2166.7") };
    assert!(evaluate(&of(2)).findings.contains(&said));
    assert!(!evaluate(&of(10)).findings.iter().any(|it| matches!(it, Finding::LeadsShort { .. })));
}

/// S0-04: opportunities and leads for a thousand orders, each to the next whole one, and what they cost.
#[test]
fn the_ladder_from_orders_to_leads() {
    let rates = [decimal("0.3"), decimal("0.7")];
    assert_eq!(ladder(Decimal::from(1_000), &rates), Some([4_764, 1_429, 1_000].map(Decimal::from).to_vec()));
    assert_eq!(ladder(Decimal::from(1_000), &[Decimal::ZERO]), None);
    let mut plan = funnel(10, 0);
    plan.goal.target = Some(Amount::from_units(1_000));
    let id = source(&mut plan, 2_000, None);
    let priced = LeadSource { cac: Some(Amount::from_units(7)), ..plan.funnel.sources.get(id).expect("it").clone() };
    plan.apply(Edit::Funnel(FunnelField::Source(plan.funnel.sources.put(id, priced)))).expect("an edit");
    let rungs = rungs(&plan, &flow(&plan)).expect("a ladder");
    assert_eq!(rungs.needed.iter().map(|it| it.1).collect::<Vec<_>>(), [10_000, 1_000].map(Decimal::from));
    assert_eq!(rungs.cost, Some(Amount::from_units(7_000)));
}

/// S0-05: a stage that has to take more than its people can is named.
#[test]
fn a_stage_that_cannot_take_what_comes() {
    let mut plan = funnel(10, 0);
    plan.goal.target = Some(Amount::from_units(1_200));
    source(&mut plan, 2_000, None);
    let id = plan.funnel.stages.ids()[0];
    let narrow = Stage { resource: number(900), ..plan.funnel.stages.get(id).expect("it").clone() };
    plan.apply(Edit::Funnel(FunnelField::Stage(plan.funnel.stages.put(id, narrow)))).expect("an edit");
    let said = Finding::StageTight { stage: id, needed: Decimal::from(1_000), resource: Decimal::from(900) };
    assert!(evaluate(&plan).findings.contains(&said));
    assert_eq!(flow(&plan).bottleneck(&plan), Some(id));
}

/// S1-24: below five percent a source is to be paused; at five it is not.
#[test]
fn a_source_below_its_line_is_paused() {
    let paused = |rate: &str| {
        let mut plan = funnel(100, 0);
        let stage = plan.funnel.stages.ids()[0];
        let conversions = [(stage, decimal(rate))].into();
        let source = LeadSource { leads: number(100), conversions, pause_below: number(5), ..LeadSource::default() };
        plan.funnel.sources.push(source);
        evaluate(&plan).findings.iter().any(|it| matches!(it, Finding::SourcePaused { .. }))
    };
    assert!(paused("4.9"));
    assert!(!paused("5.0"));
    assert!(!paused("5"));
}

/// S1-47: a form and three views make a lead; two views do not, nor nine without a form.
#[test]
fn what_counts_as_a_lead() {
    let rule = LeadRule { needs_form: true, views: 3, words: String::new() };
    assert_eq!([(true, 2), (true, 3), (false, 9)].map(|(form, views)| rule.is_lead(form, views)), [false, true, false]);
}

/// S0-21, S2-09: three leads and two visits a week are 12 and 8 in four weeks, 156 and 104 in the year, and 27 and 18 for nine.
#[test]
fn weekly_actions_of_nine() {
    let mut plan = funnel(10, 0);
    for weekly in [3, 2] {
        plan.funnel.activities.push(Activity { weekly: number(weekly), ..Activity::default() });
    }
    plan.capacity.crews.push(Crew { heads: 9, ..Crew::default() });
    let rows = activities(&plan, sellers(&plan));
    let figures: Vec<_> = rows.iter().map(|it| (it.all_weekly, it.four_weeks, it.yearly)).collect();
    assert_eq!(figures, [(27, 12, 156), (18, 8, 104)].map(|(all, four, year)| (all.into(), four.into(), year.into())));
}

/// S3-10: five open for three orders cover it 1.67 times; three of five have to be won.
#[test]
fn how_far_the_pipeline_covers() {
    assert_eq!(coverage(Decimal::from(5), Decimal::from(3)), Some((decimal("1.6667"), decimal("0.6"))));
    let mut plan = funnel(10, 0);
    plan.apply(Edit::Funnel(FunnelField::Pipeline(number(5), number(3)))).expect("an edit");
    assert_eq!(covered(&plan, None), Some((decimal("1.67"), Decimal::from(60))));
}

/// S1-28: a fifth more go on, and as many more orders come.
#[test]
fn a_stage_lifted() {
    let mut plan = funnel(10, 0);
    source(&mut plan, 2_000, None);
    source(&mut plan, 1_000, Some(20));
    let (_, after) = lifted(&plan, plan.funnel.stages.ids()[0], Decimal::from(20)).expect("a funnel");
    assert_eq!((flow(&plan).supply[1][0], after.supply[1][0]), (Decimal::from(400), Decimal::from(480)));
    assert_eq!(lifted(&plan, plan.funnel.stages.ids()[0], Decimal::from(500)), None);
}

/// What takes 45 days arrives half a month apart; a source that begins in March brings nothing before.
#[test]
fn what_takes_time_arrives_later() {
    let mut plan = funnel(10, 45);
    let start = Some("2027-03-01".parse().expect("a day"));
    plan.funnel.sources.push(LeadSource { leads: number(1_000), start, ..LeadSource::default() });
    let orders = flow(&plan).supply[1];
    assert_eq!(orders[..6], [0, 0, 0, 50, 100, 100].map(Decimal::from));
    let steady = {
        let mut plan = funnel(10, 45);
        source(&mut plan, 1_000, None);
        flow(&plan).supply[1]
    };
    assert_eq!(steady, [Decimal::from(100); MONTHS]);
}

/// What the target asks for adds up: what has to set out in the year and before it is what is to arrive in it.
#[test]
fn demand_is_neither_lost_nor_made() {
    let mut plan = funnel(20, 70);
    plan.goal.target = Some(Amount::from_units(2_345));
    source(&mut plan, 100, None);
    let flow = flow(&plan);
    let asked = total(&flow.demand[0]) + flow.before[0];
    assert_eq!((asked * decimal("0.2")).round_dp(6).normalize(), Decimal::from(2_345));
}

/// S3-38: how long it takes from lead to order, and how many get there, of all sources together.
#[test]
fn the_cycle_from_lead_to_order() {
    let mut plan = funnel(10, 45);
    source(&mut plan, 1_000, None);
    source(&mut plan, 1_000, Some(20));
    assert_eq!(cycle(&plan, &flow(&plan)), Some((Some(Decimal::from(45)), Decimal::from(15))));
    // That nobody has said how long is not that it takes no time.
    plan.funnel.stages.values_mut().for_each(|it| it.days = None);
    assert_eq!(cycle(&plan, &flow(&plan)), Some((None, Decimal::from(15))));
}

/// Conversions of nothing, above all, and not said.
#[test]
fn conversions_that_cannot_be() {
    let mut plan = funnel(0, 0);
    plan.goal.target = Some(Amount::from_units(1_000));
    source(&mut plan, 2_000, None);
    let stage = plan.funnel.stages.ids()[0];
    assert!(evaluate(&plan).findings.contains(&Finding::StageStops { stage }));
    assert!(flow(&plan).demand.is_empty());
    let set = |plan: &mut Plan, conversion: Option<Decimal>| {
        let changed = Stage { conversion, ..plan.funnel.stages.get(stage).expect("it").clone() };
        plan.apply(Edit::Funnel(FunnelField::Stage(plan.funnel.stages.put(stage, changed))))
    };
    let refused = Err(EditError::TooLargeDecimal { given: Decimal::from(101), most: Decimal::ONE_HUNDRED });
    assert_eq!(set(&mut plan, number(101)), refused);
    set(&mut plan, None).expect("an edit");
    assert!(evaluate(&plan).findings.contains(&Finding::StageUnsaid { stage, stages: 1 }));
    assert_eq!(stages(&plan, &flow(&plan))[0].conversion, Decimal::ONE_HUNDRED);
}

/// Numbers as large and rates as small as a plan takes are answered, and nothing overflows.
#[test]
fn the_largest_numbers_and_the_smallest_rates() {
    let mut plan = Plan::blank("", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    let (most, least) = (Some(Decimal::from(1_000_000_000)), Some(decimal("0.000001")));
    plan.goal.target = Some(Amount::MAX);
    for (conversion, many) in [(least, 4), (number(100), 4)] {
        for _ in 0..many {
            plan.funnel.stages.push(Stage { conversion, days: most, ..Stage::default() });
        }
    }
    for _ in 0..40 {
        let (cost, cac) = (Some(Amount::MAX), Some(Amount::MAX));
        plan.funnel.sources.push(LeadSource { leads: most, cost, cac, ..LeadSource::default() });
    }
    for level in 0..60 {
        plan.buffer.stretch.insert(level, Decimal::from(1_000));
    }
    for value in [Amount::from_units(1), Amount::MAX] {
        plan.funnel.order_value = Some(value);
        let outcome = evaluate(&plan);
        let flow = outcome.flow.as_ref().expect("a funnel");
        let rows = stages(&plan, flow);
        assert!(rows.iter().all(|it| Decimal::ZERO <= it.supply), "{rows:?}");
        assert!(rungs(&plan, flow).is_none_or(|it| it.needed.len() == plan.funnel.stages.len()));
    }
    let mut deep = plan.trees.organisation.root;
    for _ in 0..50 {
        deep = plan.trees.organisation.grow(deep, sextant::plan::Node::default());
    }
    let ledger = sextant::engine::buffer::ledger(&plan, Amount::MAX);
    assert_eq!(ledger.last().map(|it| it.aim), Some(Amount::MAX));
    assert_eq!(lifted(&plan, plan.funnel.stages.ids()[0], Decimal::MAX), None);
}

/// U58, N22: what leads of their own bring to each territory, beside what its target asks for; the parts with what is
/// nobody's in particular are the whole.
#[test]
fn the_funnel_by_territory() {
    let mut plan = funnel(10, 0);
    plan.goal.target = Some(Amount::from_units(240));
    let root = plan.trees.organisation.root;
    let mut add = |parent| {
        let node = Box::new(Node::default());
        let id = NodeId(plan.trees.organisation.next);
        let position = plan.trees.organisation.children(parent).len();
        plan.apply(Edit::Add { dimension: Dimension::Organisation, parent, position, id, node }).expect("a node");
        id
    };
    let (east, west) = (add(root), add(root));
    let seller = add(east);
    plan.funnel.order_value = Some(Amount::from_units(1));
    for (node, leads) in [(Some(seller), 100), (Some(west), 50), (None, 30), (Some(NodeId(99)), 20)] {
        plan.funnel.sources.push(LeadSource { leads: number(leads), node, ..LeadSource::default() });
    }
    let outcome = evaluate(&plan);
    let rows = territories(&plan, &outcome, outcome.flow.as_ref().expect("a funnel"));
    let said: Vec<_> = rows.iter().map(|it| (it.id, it.depth, it.leads, it.orders, it.needed, it.short())).collect();
    let of = |it: i64| Decimal::from(it);
    assert_eq!(
        said,
        [
            (Some(root), 0, of(2_400), of(240), number(2_400), None),
            (Some(east), 1, of(1_200), of(120), number(1_200), None),
            (Some(seller), 2, of(1_200), of(120), number(1_200), None),
            (Some(west), 1, of(600), of(60), number(1_200), number(600)),
            (None, 1, of(600), of(60), None, None),
        ]
    );
    let parts = rows.iter().filter(|it| it.depth == 1).fold(Decimal::ZERO, |sum, it| sum + it.leads);
    assert_eq!(parts, rows[0].leads);
    assert_eq!(rows[1].conversion(), number(10));
}

/// S1-06: conversion, LTV and CAC of three years, of all or of a source; fewer are remarked.
#[test]
fn how_leads_fared_in_earlier_years() {
    let mut plan = funnel(10, 0);
    let live = source(&mut plan, 100, None);
    let year = |year: &str, source, conversion: &str, ltv: i64, cac: i64| PastRate {
        year: year.to_owned(),
        source,
        conversion: conversion.parse().ok(),
        ltv: Some(Amount::from_units(ltv)),
        cac: Some(Amount::from_units(cac)),
    };
    for past in [
        year("2026", None, "10.5", 9_000, 3_000),
        year("2025", None, "8", 7_000, 0),
        year("2026", Some(live), "12", 5_000, 2_000),
    ] {
        let edit = plan.funnel.past.add(past);
        plan.apply(Edit::Funnel(FunnelField::Past(edit))).expect("a year");
    }
    let rows: Vec<PastRow> = plan.funnel.past.ids().iter().map(|id| past(&plan, *id)).collect();
    let row =
        |change: Option<&str>, ratio: Option<&str>| PastRow { change: change.map(decimal), ratio: ratio.map(decimal) };
    assert_eq!(rows, [row(Some("2.5"), Some("3")), row(None, None), row(None, Some("2.5"))]);
    let few = |plan: &Plan| -> Vec<Finding> {
        evaluate(plan).findings.into_iter().filter(|it| matches!(it, Finding::FewRates { .. })).collect()
    };
    let both = [Finding::FewRates { source: None, years: 2 }, Finding::FewRates { source: Some(live), years: 1 }];
    assert_eq!(few(&plan), both);
    plan.funnel.past.push(year("2024", None, "7", 1, 1));
    assert_eq!(few(&plan), both[1..]);
    plan.funnel.past.push(year("2024", None, "7", 1, 1));
    assert_eq!(few(&plan), both[1..], "a year twice is one year");
}

/// S1-23: what comes on Wednesday is 40 % above what comes on Monday, so Wednesday is the day.
#[test]
fn the_best_day_of_the_week() {
    let week = |days: [Option<i64>; 7]| {
        let mut week = Week::default();
        for (slot, brings) in week.days_mut().into_iter().zip(days) {
            *slot = brings.map(Decimal::from);
        }
        best_day(&week)
    };
    let of = |best, least, above: &str| Some(BestDay { best, least, above: Some(decimal(above)) });
    assert_eq!(week([Some(500), Some(600), Some(700), None, Some(650), None, None]), of(2, 0, "40"));
    assert_eq!(week([Some(100), None, Some(140), Some(140), None, None, Some(90)]), of(2, 6, "55.6"));
    assert_eq!(week([Some(7); 7]), of(0, 0, "0"));
    // A day that brings nothing is no day that is not known.
    assert_eq!(
        week([None, Some(0), None, None, None, None, Some(1)]),
        Some(BestDay { best: 6, least: 1, above: None })
    );
    assert_eq!(week([None, None, Some(140), None, None, None, None]), None);
    let mut plan = funnel(10, 0);
    let given = Week { monday: number(500), wednesday: number(700), ..Week::default() };
    let back = plan.apply(Edit::Funnel(FunnelField::Week(given.clone()))).expect("an edit");
    let (read, repairs) = sextant::plan::migrate::decode(&plan.to_json()).expect("a plan");
    assert_eq!((read.funnel.week, repairs), (given, Vec::new()));
    let refused = plan.apply(Edit::Funnel(FunnelField::Week(Week { sunday: number(-1), ..Week::default() })));
    assert!(refused.is_err(), "{refused:?}");
    plan.apply(back).expect("the way back");
    assert!(plan.funnel.week.is_empty());
}

/// S3-30, U13: six stages of a sale, what has to come in at each of them for the target, and the one at which it is stuck.
#[test]
fn six_stages_of_a_sale_and_their_bottleneck() {
    let mut plan = Plan::blank("", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::from_units(1_200_000));
    plan.funnel.order_value = Some(Amount::from_units(10_000));
    let stages_of_it = [
        ("线索挖掘", Some(50), "30"),
        ("需求确认", Some(40), "45"),
        ("方案呈现", Some(25), "60"),
        ("谈判", Some(60), "55"),
        ("成交", None, ""),
        ("售后", None, ""),
    ];
    for (name, conversion, benchmark) in stages_of_it {
        let is_order = name == "成交";
        plan.funnel.stages.push(Stage {
            name: name.to_owned(),
            conversion: conversion.and_then(number),
            benchmark: benchmark.parse().ok(),
            is_order,
            note: format!("{name}: CRM"),
            ..Stage::default()
        });
    }
    source(&mut plan, 300, None);
    let flow = flow(&plan);
    let rows = stages(&plan, &flow);
    let needed: Vec<Decimal> = rows.iter().filter_map(|it| it.demand).map(|it| it.round_dp(0)).collect();
    // 120 orders of 10,000: 200 negotiations, 800 offers, 2,000 needs, 4,000 leads.
    assert_eq!(needed[..5], [4_000, 2_000, 800, 200, 120].map(Decimal::from));
    assert_eq!(
        rows.iter().map(|it| it.supply).collect::<Vec<_>>()[..5],
        [3_600, 1_800, 720, 180, 108].map(Decimal::from)
    );
    let stuck: Vec<usize> = rows.iter().enumerate().filter(|it| it.1.is_bottleneck).map(|it| it.0).collect();
    assert_eq!(stuck, [2], "25 % where the trade has 60");
    assert!(plan.funnel.stages.values().all(|it| it.note.ends_with("CRM")));
}

/// S1-22: an anomaly of the data asks for a tactic (a source below its line is to be paused), what is then missing for the
/// target asks for resources, and one step gives them: not by the source that was paused, though more of its leads get there.
#[test]
fn an_anomaly_asks_for_a_tactic_and_a_shortfall_for_resources() {
    let mut plan = funnel(10, 0);
    plan.goal.target = Some(Amount::from_units(240));
    source(&mut plan, 150, None);
    let stage = plan.funnel.stages.ids()[0];
    let weak = LeadSource {
        leads: number(1_500),
        conversions: [(stage, Decimal::from(12))].into(),
        pause_below: number(15),
        ..LeadSource::default()
    };
    let id = plan.funnel.sources.push(weak.clone());
    let (conversion, limit) = (Decimal::from(12), Decimal::from(15));
    assert!(evaluate(&plan).findings.contains(&Finding::SourcePaused { source: id, conversion, limit }));
    let paused = plan.funnel.sources.put(id, LeadSource { leads: number(0), ..weak });
    plan.apply(Edit::Funnel(FunnelField::Source(paused))).expect("an edit");
    let findings = evaluate(&plan).findings;
    let [target, possible] = [240, 180].map(Amount::from_units);
    let short = Finding::LeadsShort { target, possible, leads: Decimal::from(50) };
    assert!(findings.contains(&short), "{findings:?}");
    let (_, resources) = sextant::engine::remedy::remedies(&plan, &short).remove(0);
    plan.apply(resources).expect("an edit");
    assert_eq!(evaluate(&plan).gate.binding(), None);
    let leads: Vec<Option<Decimal>> = plan.funnel.sources.values().map(|it| it.leads).collect();
    assert_eq!(leads, [number(200), number(0)]);
}

/// S0-05: where some stages say what they can take, one that does not is remarked; where none does, nothing is forgotten.
#[test]
fn a_stage_without_resource() {
    let mut plan = funnel(10, 0);
    let last = plan.funnel.stages.ids()[1];
    source(&mut plan, 100, None);
    let asked = Stage { name: "offers".to_owned(), conversion: number(50), ..Stage::default() };
    let middle = sextant::plan::ItemEdit { position: 1, ..plan.funnel.stages.add(asked) };
    plan.apply(Edit::Funnel(FunnelField::Stage(middle))).expect("an edit");
    let [first, offers] = [0, 1].map(|at| plan.funnel.stages.ids()[at]);
    assert_eq!(plan.funnel.stages.ids()[2], last);
    let said = |plan: &Plan| -> Vec<Finding> {
        evaluate(plan).findings.into_iter().filter(|it| matches!(it, Finding::StageUnbound { .. })).collect()
    };
    assert_eq!(said(&plan), []);
    let bound = Stage { resource: number(100), ..plan.funnel.stages.get(first).expect("it").clone() };
    plan.apply(Edit::Funnel(FunnelField::Stage(plan.funnel.stages.put(first, bound)))).expect("an edit");
    assert_eq!(said(&plan), [Finding::StageUnbound { stage: offers, stages: 1 }]);
}
