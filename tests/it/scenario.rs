//! What if: what two plans differ in as edits, scenarios that follow their plan, inputs that can be turned, and what-if links.

use proptest::prelude::*;
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::edge::link::LinkError;
use sextant::edge::plan_link::{self, PlanLinkError};
use sextant::edge::trial::{self, Kept};
use sextant::edge::what_if::{WhatIfError, WhatIfLink};
use sextant::engine::evaluate;
use sextant::engine::seek::{Point, Sought, narrowed, seek};
use sextant::engine::sensitivity::{Effect, Swing, tornado, usual};
use sextant::plan::template::{Language, Template};
use sextant::plan::{
    CapacityField, Crew, Dimension, Edit, EditError, Edits, Field, Fit, FunnelField, GoalField, ItemId, Knob,
    LeadSource, Level, NodeId, Plan, Scenario, ScenarioField, Scenarios, Stage, Unit, diff, tried,
};
use sextant::results::ready::{Called, Lack, Like, Ready, ready};
use sextant::results::scenario::{Likely, Seen, What, compare, figure, raised_bare, steps};

use crate::columns::every_plan;
use crate::plans::{Shown, wishes};

fn wan(amount: i64) -> Amount {
    Amount::from_units(amount * 1_000_000)
}

fn target(amount: i64) -> Edit {
    Edit::Goal(GoalField::Target(Some(wan(amount))))
}

fn done(plan: &mut Plan, edit: Edit) {
    plan.apply(edit).expect("an edit that the plan takes");
}

fn scenario(name: &str, edits: Vec<Edit>) -> Scenario {
    Scenario { name: name.to_owned(), edits: Edits::of(&edits), ..Scenario::default() }
}

/// A plan with people and a funnel: 40 of a level that brings 2 a month, one source of 300 leads, 20% of them orders of 1万.
fn company() -> Plan {
    let mut plan = Template::EcommercePercent.plan(Language::Zh, 2027);
    (plan.capacity, plan.funnel, plan.goal.limits) = Default::default();
    plan.goal.market = Default::default();
    let level =
        plan.capacity.levels.add(Level { name: "资深".to_owned(), orders: Some(2.into()), ..Level::default() });
    done(&mut plan, Edit::Capacity(CapacityField::Level(level)));
    let crew = Crew { heads: 40, level: Some(ItemId(0)), ..Crew::default() };
    let crew = plan.capacity.crews.add(crew);
    done(&mut plan, Edit::Capacity(CapacityField::Crew(crew)));
    for (name, conversion) in [("线索", Some(20)), ("成交", None)] {
        let stage = Stage { name: name.to_owned(), conversion: conversion.map(Decimal::from), ..Stage::default() };
        let stage = plan.funnel.stages.add(stage);
        done(&mut plan, Edit::Funnel(FunnelField::Stage(stage)));
    }
    let source = LeadSource { name: "官网".to_owned(), leads: Some(300.into()), ..LeadSource::default() };
    let source = plan.funnel.sources.add(source);
    done(&mut plan, Edit::Funnel(FunnelField::Source(source)));
    done(&mut plan, Edit::Funnel(FunnelField::OrderValue(Some(wan(1)))));
    plan
}

proptest! {
    /// The law of `diff`: what is said to differ, done to the one, gives the other.
    #[test]
    fn what_differs_done_to_the_one_gives_the_other(Shown(base) in every_plan(), Shown(theirs) in every_plan()) {
        let mut made = base.clone();
        for edit in diff(&base, &theirs) {
            made.apply(edit).expect("an edit of the difference");
        }
        prop_assert_eq!(Plan { scenarios: theirs.scenarios.clone(), ..made }, theirs);
    }

    /// The same for a plan that was edited by hand, where few things differ; and nothing differs from itself.
    #[test]
    fn what_somebody_did_is_what_differs(Shown(base) in every_plan(), wishes in proptest::collection::vec(wishes(), 1..4)) {
        let mut theirs = base.clone();
        for wish in &wishes {
            _ = theirs.apply(wish.edit(&theirs));
        }
        let edits = diff(&base, &theirs);
        let mut made = base.clone();
        edits.into_iter().for_each(|it| _ = made.apply(it).expect("an edit of the difference"));
        prop_assert_eq!(diff(&made, &theirs), vec![]);
        prop_assert_eq!(Plan { scenarios: theirs.scenarios.clone(), ..made }, theirs);
    }

    /// What a scenario holds is known to the plan's own rules: another unit carries every amount in it, and comes back.
    #[test]
    fn amounts_inside_scenarios_follow_the_unit(Shown(plan) in every_plan()) {
        let mut other = plan.clone();
        let Ok(back) = other.apply(Edit::Unit(Unit::Money("KWD".to_owned()))) else { return Ok(()) };
        other.apply(back).expect("the way back");
        prop_assert_eq!(other, plan);
    }
}

#[test]
fn one_moved_line_is_one_edit() {
    let base = Template::Education.plan(Language::Zh, 2027);
    let mut theirs = base.clone();
    let root = base.trees.organisation.root;
    let first = base.trees.organisation.children(root)[0];
    let last = base.trees.organisation.children(root).len() - 1;
    let edit = Edit::Move { dimension: Dimension::Organisation, id: first, parent: root, position: last };
    done(&mut theirs, edit.clone());
    assert_eq!(diff(&base, &theirs), vec![edit]);
}

/// A scenario follows its base: what still fits is done, and what does not is kept and named.
#[test]
fn an_edit_that_no_longer_fits_is_passed_over_and_stays() {
    let mut plan = company();
    let gone = NodeId(3);
    let lock = Edit::Node { dimension: Dimension::Organisation, id: gone, field: Field::Cap(Some(wan(100))) };
    let (id, edit) = plan.save_scenario(scenario("保守", vec![target(1_000), lock.clone(), target(1_000)]));
    done(&mut plan, edit);
    let fits = |plan: &Plan| tried(plan, &plan.scenarios.list.get(id).expect("kept").edits.read()).1;
    assert_eq!(fits(&plan), [Fit::Applied, Fit::Applied, Fit::Same]);
    done(&mut plan, Edit::Remove { dimension: Dimension::Organisation, id: gone });
    let unknown = EditError::UnknownNode(Dimension::Organisation, gone);
    assert_eq!(fits(&plan), [Fit::Applied, Fit::Refused(unknown), Fit::Same]);
    assert_eq!(plan.scenarios.list.get(id).expect("kept").edits.read()[1], lock);
}

#[test]
fn what_no_scenario_may_hold_is_refused() {
    let mut plan = company();
    let unit = Edit::Unit(Unit::Money("USD".to_owned()));
    let inside = Edit::Batch(vec![Edit::Batch(vec![Edit::Scenario(ScenarioField::Pins(vec![]))])]);
    for edit in [unit, inside] {
        let (_, edit) = plan.save_scenario(scenario("x", vec![edit]));
        assert_eq!(plan.apply(edit), Err(EditError::NotInAScenario));
    }
    let (_, heavy) = plan.save_scenario(scenario("x", vec![target(1); Scenario::HEAVIEST + 1]));
    assert_eq!(plan.apply(heavy), Err(EditError::TooManyItems { most: Scenario::HEAVIEST }));
    for _ in 0..Scenarios::MOST {
        let (_, edit) = plan.save_scenario(scenario("x", vec![]));
        done(&mut plan, edit);
    }
    let (_, edit) = plan.save_scenario(scenario("x", vec![]));
    assert_eq!(plan.apply(edit), Err(EditError::TooManyItems { most: Scenarios::MOST }));
}

/// What came from outside and no scenario may hold is mended, and said.
#[test]
fn a_foreign_scenario_is_mended() {
    let plan = company();
    let mut file: serde_json::Value = serde_json::from_str(&plan.to_json()).expect("a file");
    let item = |edits: &str| serde_json::from_str::<serde_json::Value>(edits).expect("edits");
    file["scenarios"] = serde_json::json!({ "list": { "next": 2, "order": [0, 1], "items": {
        "0": { "name": "bad\u{202e}", "edits": item(r#"[{"unit":{"money":"USD"}}, {"from a later page":1}]"#) },
        "1": { "name": "low", "edits": item(r#"[{"goal":{"target":-5}}]"#) },
    } } });
    let (mended, repairs) = sextant::plan::migrate::decode(&file.to_string()).expect("a plan");
    let names: Vec<&str> = mended.scenarios.list.values().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["bad", "low"]);
    assert_eq!(repairs.len(), 1, "{repairs:?}");
    let edits = |id| &mended.scenarios.list.get(ItemId(id)).expect("kept").edits;
    assert_eq!((edits(0).read(), edits(0).passed_over()), (vec![], 2));
    assert_eq!((edits(1).read(), edits(1).passed_over()), (vec![Edit::Goal(GoalField::Target(None))], 0));
    // What is passed over stays as it is written.
    assert!(mended.to_json().contains("from a later page"));
}

// ---- Inputs ----

#[test]
fn every_input_that_is_offered_reads_back_what_it_is_set_to() {
    let mut plans: Vec<Plan> = Template::ALL.into_iter().map(|it| it.plan(Language::Zh, 2027)).collect();
    plans.push(company());
    for plan in plans {
        for knob in sextant::plan::offered(&plan) {
            assert!(knob.is_there(&plan), "{knob:?}");
            let now = knob.value(&plan).unwrap_or_default();
            let range = knob.range(now);
            assert!(range.low <= now && now <= range.high && Decimal::ZERO < range.step, "{knob:?} {now} {range:?}");
            let mut turned = plan.clone();
            done(&mut turned, knob.edit(&plan, Some(range.high)).expect("an edit"));
            assert_eq!(knob.value(&turned), Some(range.high), "{knob:?}");
            let back = knob.edit(&turned, knob.value(&plan)).expect("an edit");
            done(&mut turned, back);
            assert_eq!(turned, plan, "{knob:?}");
        }
    }
}

#[test]
fn a_value_that_no_input_can_have_is_refused_as_anywhere() {
    let mut plan = company();
    let negative = Knob::Target.edit(&plan, Some(Decimal::from(-1))).expect("an edit");
    assert_eq!(plan.apply(negative), Err(EditError::Negative(Amount::from_units(-1))));
    let above_all = Knob::Conversion(ItemId(0)).edit(&plan, Some(Decimal::from(101))).expect("an edit");
    let (given, most) = (Decimal::from(101), Decimal::ONE_HUNDRED);
    assert_eq!(plan.apply(above_all), Err(EditError::TooLargeDecimal { given, most }));
    assert_eq!(Knob::Heads(ItemId(7)).edit(&plan, Some(Decimal::ONE)), Err(EditError::UnknownItem(ItemId(7))));
    let many = Decimal::from(Crew::MOST_HEADS) + Decimal::ONE;
    assert!(matches!(Knob::Heads(ItemId(0)).edit(&plan, Some(many)), Err(EditError::TooLargeDecimal { .. })));
}

// ---- Sensitivity and goal-seek (N10, S3-41) ----

/// 300 leads a month, 20% of them orders of 1万, are 720万 of 1200万: 33.3334% or 500 leads would do, and 66 people.
#[test]
fn what_must_be_true_is_found_to_the_unit() {
    let plan = company();
    let outcome = evaluate(&plan);
    let found = |knob, by| seek(&plan, &outcome, knob, by);
    assert_eq!(found(Knob::Leads(ItemId(0)), Effect::Leads), Sought::At(500.into()));
    assert_eq!(found(Knob::Conversion(ItemId(0)), Effect::Leads), Sought::At(Decimal::new(333_334, 4)));
    // 1.666667万: the last fen counts.
    let price = match found(Knob::Price, Effect::Leads) {
        Sought::At(price) => price,
        other => panic!("{other:?}"),
    };
    let leads = |price: Decimal| {
        let mut plan = plan.clone();
        let edit = Knob::Price.edit(&plan, Some(price)).expect("an edit");
        done(&mut plan, edit);
        sextant::engine::sensitivity::effect(&evaluate(&plan), Effect::Leads).expect("known")
    };
    assert!(wan(1_200).units() <= leads(price) && leads(price - Decimal::ONE) < wan(1_200).units());
    // 2 × 12 × 1万 a head.
    assert_eq!(found(Knob::Heads(ItemId(0)), Effect::People), Sought::At(50.into()));
    // Down as well as up: the target that all allows.
    assert_eq!(found(Knob::Target, Effect::Possible), Sought::At(wan(720).units().into()));
    assert_eq!(found(Knob::Target, Effect::Gap), Sought::At(wan(720).units().into()));
}

proptest! {
    /// However what is missing goes down: the first step at which nothing is, in no more looks than halving takes and one.
    #[test]
    fn the_first_step_that_holds_is_found_in_few_looks(
        first in 1_i64..2_000_000_000, more in 0_i64..2_000_000_000, slope in 1_i64..1_000_000, jump in 0_i64..1_000_000_000_000,
        power in 1_u32..3, is_known in proptest::bool::ANY, is_flat in proptest::bool::ANY,
    ) {
        let looks = std::cell::Cell::new(0_u32);
        let short = |steps: i64| {
            looks.set(looks.get() + 1);
            let away = i128::from(first - steps);
            let way = away.signum() * away.abs().pow(power) * i128::from(slope) / if is_flat { 1_000_000 } else { 1 };
            let way = if steps < first { way.max(1) + i128::from(jump) } else { way.min(0) };
            let way = way.clamp(i128::from(i64::MIN / 4), i128::from(i64::MAX / 4)) as i64;
            (is_known || steps % 2 == 0 || first <= steps).then_some(way)
        };
        let (before, after) = (Point { steps: 0, short: short(0) }, Point { steps: first + more, short: short(first + more) });
        looks.set(0);
        prop_assert_eq!(narrowed(before, after, &short), first);
        let halvings = 64 - (first + more - 1).leading_zeros();
        prop_assert!(looks.get() <= halvings + 1, "{} looks where halving takes {halvings}", looks.get());
    }
}

/// Where it goes down evenly a few looks are enough: of a billion steps halving takes thirty.
#[test]
fn an_even_way_is_found_in_a_handful_of_looks() {
    for first in [1, 7, 123_456_789, 999_999_999] {
        let looks = std::cell::Cell::new(0);
        let short = |steps: i64| {
            looks.set(looks.get() + 1);
            Some((first - steps) * 1_000)
        };
        let (before, after) =
            (Point { steps: 0, short: short(0) }, Point { steps: 1_000_000_000, short: short(1_000_000_000) });
        assert_eq!(narrowed(before, after, &short), first);
        assert!(looks.get() <= 14, "{} looks", looks.get());
    }
}

#[test]
fn what_cannot_be_is_said_with_the_better_end() {
    let mut plan = company();
    done(&mut plan, target(12_000));
    let outcome = evaluate(&plan);
    let all = seek(&plan, &outcome, Knob::Conversion(ItemId(0)), Effect::Leads);
    assert_eq!(all, Sought::Never { best: Decimal::ONE_HUNDRED, short: wan(12_000 - 3_600).units() });
    done(&mut plan, target(100));
    let outcome = evaluate(&plan);
    assert_eq!(seek(&plan, &outcome, Knob::Price, Effect::Possible), Sought::Already);
    let mut bare = company();
    (bare.capacity, bare.funnel) = Default::default();
    assert_eq!(seek(&bare, &evaluate(&bare), Knob::Target, Effect::Possible), Sought::Unknown);
}

#[test]
fn the_widest_input_stands_first_and_one_that_does_nothing_is_nothing_wide() {
    let plan = company();
    let outcome = evaluate(&plan);
    let knobs = [Knob::Heads(ItemId(0)), Knob::Price, Knob::Leads(ItemId(0)), Knob::Target];
    let swings: Vec<Swing> = knobs.iter().filter_map(|it| usual(&plan, *it)).collect();
    let bars = tornado(&plan, &outcome, &swings, Effect::Leads);
    let seen: Vec<(Knob, i64, i64)> = bars.iter().map(|it| (it.swing.knob, it.at_low, it.at_high)).collect();
    let (low, base, high) = (wan(648).units(), wan(720).units(), wan(792).units());
    assert_eq!(
        seen,
        [
            (Knob::Price, low, high),
            (Knob::Leads(ItemId(0)), low, high),
            (Knob::Heads(ItemId(0)), base, base),
            (Knob::Target, base, base),
        ]
    );
}

// ---- Comparing ----

#[test]
fn what_differs_is_listed_and_each_edit_has_its_own_part() {
    let base = Seen::of(company());
    let price = Knob::Price.edit(&base.plan, Some((wan(2).units()).into())).expect("an edit");
    let leads = Knob::Leads(ItemId(0)).edit(&base.plan, Some(400.into())).expect("an edit");
    let edits = [price, leads];
    let other = base.with(&edits);
    let unknown = [Likely::Unknown; 2];
    let rows = compare(&[base.clone(), other.clone()], &unknown, true);
    let what: Vec<What> = rows.iter().map(|it| it.what).collect();
    // People are worth what an order is, so that they can bring more too; what the year divides is the same.
    let wanted =
        [What::People, What::Leads, What::Possible, What::Gap, What::LeadsNeeded, What::LeadsThere, What::Orders];
    assert_eq!(what, wanted);
    let steps = steps(&base, &edits, Effect::Leads);
    assert_eq!(steps.iter().map(|it| it.change()).collect::<Vec<_>>(), [wan(720).units(), wan(480).units()]);
    assert_eq!(steps.last().and_then(|it| it.after), Some(wan(1_920).units()));
    assert!(compare(&[base.clone(), base.clone()], &unknown, true).is_empty());
    assert!(compare(&[base.clone(), base.clone()], &unknown, false).iter().any(|it| matches!(it.what, What::Node(..))));
    // How likely each is comes later: a line of it is there from the start, and goes where it is the same of all.
    let chance = |likely: [Likely; 2], only: bool| {
        let rows = compare(&[base.clone(), base.clone()], &likely, only);
        rows.into_iter().find(|it| it.what == What::Chance).map(|it| (it.change(1), it.figures))
    };
    assert_eq!(chance([Likely::Coming; 2], true), Some((None, vec![None, None])));
    assert!(chance([Likely::Known(6_500), Likely::Coming], true).is_some());
    let by = chance([Likely::Known(6_500), Likely::Known(7_150)], true).expect("a line").0;
    assert_eq!(by, Some(650.into()));
    assert_eq!(chance([Likely::Known(6_500); 2], true), None);
    assert!(chance([Likely::Known(6_500), Likely::Unknown], false).is_some());
    assert_eq!(chance([Likely::Unknown; 2], false), None);
}

// ---- Links ----

fn six_edits() -> (Plan, Vec<Edit>) {
    let base = company();
    let mut theirs = base.clone();
    for (knob, value) in [
        (Knob::Target, Decimal::from(wan(1_300).units())),
        (Knob::Price, Decimal::from(wan(2).units())),
        (Knob::Conversion(ItemId(0)), Decimal::from(25)),
        (Knob::Leads(ItemId(0)), Decimal::from(400)),
        (Knob::Heads(ItemId(0)), Decimal::from(50)),
        (Knob::Percent { dimension: Dimension::Time, id: NodeId(1) }, Decimal::from(35)),
    ] {
        let edit = knob.edit(&theirs, Some(value)).expect("an edit");
        done(&mut theirs, edit);
    }
    let edits = diff(&base, &theirs);
    assert_eq!(edits.len(), 6);
    (base, edits)
}

/// U74 and 6.3: six edits are a line of a chat, and say whose plan they are for.
#[test]
fn a_what_if_link_is_short_and_comes_out_again() {
    let (base, edits) = six_edits();
    let link = WhatIfLink::of(&base, "涨价".to_owned(), edits.clone());
    let text = link.write().expect("a link");
    println!("{} characters: {text}", text.len());
    assert!(["p1w.", "p1x."].contains(&&text[..4]) && text.len() <= 220, "{} characters: {text}", text.len());
    let Err(PlanLinkError::WhatIf(read, repairs)) = plan_link::read(&format!("看看 https://x.cn/#{text}，如何？"))
    else {
        panic!("no what-if came out")
    };
    assert_eq!((*read).clone(), link);
    assert_eq!(repairs, []);
    assert!(read.is_over(&base));
    let (tried, fits) = tried(&base, &read.edits);
    assert!(fits.iter().all(|it| *it == Fit::Applied));
    assert!(!read.is_over(&tried));
    // Scenarios are no part of what it was made over.
    let mut with = base.clone();
    let (_, edit) = base.save_scenario(scenario("x", vec![]));
    done(&mut with, edit);
    assert!(read.is_over(&with));
}

/// The first of its kind, kept for ever.
#[test]
fn the_golden_what_if_link_still_opens() {
    let path = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/link-what-if-1.txt");
    let (base, edits) = six_edits();
    if std::env::var_os("BLESS").is_some() && !path.exists() {
        let link = WhatIfLink::of(&base, "涨价".to_owned(), edits.clone()).write().expect("a link");
        std::fs::write(&path, link + "\n").expect("a place to write");
    }
    let text = std::fs::read_to_string(&path).expect("a link");
    let Err(PlanLinkError::WhatIf(read, _)) = plan_link::read(&text) else { panic!("no what-if came out") };
    assert_eq!((read.name.as_str(), &read.edits), ("涨价", &edits));
}

#[test]
fn a_damaged_what_if_link_is_refused_wherever_it_is_damaged() {
    let (base, edits) = six_edits();
    let text = WhatIfLink::of(&base, String::new(), edits).write().expect("a link");
    for at in 0..text.len() {
        let cut = plan_link::read(&text[..at]).expect_err("a part of it");
        assert!(matches!(cut, PlanLinkError::Link(_)), "cut at {at}: {cut:?}");
        let other = if &text[at..=at] == "A" { "B" } else { "A" };
        let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
        let refused = plan_link::read(&changed).expect_err("a changed one");
        assert!(matches!(refused, PlanLinkError::Link(_)), "changed at {at}: {refused:?}");
    }
    let half = plan_link::read(&text[..text.len() / 2]).expect_err("half of it");
    assert!(matches!(half, PlanLinkError::Link(LinkError::Cut { .. })), "{half:?}");
}

/// Right length and right check around bytes that no writer wrote.
#[test]
fn a_forged_what_if_is_refused() {
    let read = |json: &str| WhatIfLink::read(json.as_bytes());
    assert!(matches!(read("[]"), Err(WhatIfError::Field(_))));
    assert_eq!(read(r#"[99,"","",{"count":"人"},0,[]]"#), Err(WhatIfError::Newer { schema: 99 }));
    assert_eq!(read(r#"[5,"","",{"count":"人"},0,[{"unit":{"count":"次"}}]]"#), Err(WhatIfError::NotInAScenario));
    assert_eq!(read(r#" [5,"","",{"count":"人"},0,[]]"#), Err(WhatIfError::Damaged));
    assert!(matches!(read(r#"[5,"","",{"count":"人"},0,[{"say":1}]]"#), Err(WhatIfError::Field(_))));
    assert_eq!(WhatIfLink::read(&[0xff, 0xfe]), Err(WhatIfError::Damaged));
    let deep = format!(r#"[5,"","",{{"count":"人"}},0,[{}{}]]"#, r#"{"batch":["#.repeat(200), "]}".repeat(200));
    assert!(matches!(read(&deep), Err(WhatIfError::Field(_))));
}

// ---- Ready-made ----

fn is_like(like: Like, name: &str) -> bool {
    let word = match like {
        Like::Offline => "线下",
        Like::Own => "私域",
        Like::Online => "线上",
        Like::Live => "直播",
        Like::Export => "出口",
        Like::Content => "内容",
        Like::Newcomer => "新人",
        Like::Approval => "方案",
        Like::Margin => "利润率",
        Like::Repeat => "复购",
        Like::Potential => "潜在",
        Like::Nurture => "培育",
    };
    name.contains(word)
}

fn called() -> Called<'static> {
    Called {
        is_like: &is_like, margin: "利润率".to_owned(), pool: "私域用户".to_owned(), newcomers: "新人".to_owned()
    }
}

fn prepared(it: Ready, plan: &Plan) -> Result<Seen, Lack> {
    let seen = Seen::of(plan.clone());
    let edits = ready(it, &seen, &called())?;
    assert!(tried(plan, &edits).1.iter().all(|it| *it == Fit::Applied), "{it:?}: {edits:?}");
    Ok(seen.with(&edits))
}

fn of(seen: &Seen, dimension: Dimension, name: &str) -> Option<Amount> {
    let (id, _) = seen.plan.tree(dimension).nodes.iter().find(|(_, node)| node.name == name)?;
    let units = figure(seen, What::Node(dimension, *id))?;
    units.to_string().parse().ok().map(Amount::from_units)
}

fn grown(plan: &mut Plan, dimension: Dimension, names: &[(&str, i64)]) {
    for (name, weight) in names {
        let (tree, weight) = (plan.tree(dimension), Some(Decimal::from(*weight)));
        let node = sextant::plan::Node { weight, ..sextant::plan::Node::named(*name) };
        let (parent, position, id) = (tree.root, tree.children(tree.root).len(), NodeId(tree.next));
        done(plan, Edit::Add { dimension, parent, position, id, node: Box::new(node) });
    }
    let (id, field) = (plan.tree(dimension).root, Field::Method(Some(sextant::plan::Method::Weight)));
    done(plan, Edit::Node { dimension, id, field });
}

/// A plan of nothing but a target, of so many times ten thousand.
fn bare(units: i64) -> Plan {
    let calendar = sextant::plan::Calendar::new(2027, 1);
    let mut plan = Plan::blank("试", Unit::Money("CNY".to_owned()), calendar);
    done(&mut plan, target(units));
    plan
}

/// S0-35: 300 → 270 and 480 → 432, with dearer leads.
#[test]
fn dearer_customers_lower_the_target() {
    for (before, after) in [(300, 270), (480, 432)] {
        let mut plan = company();
        done(&mut plan, target(before));
        let source = plan.funnel.sources.get(ItemId(0)).expect("a source").clone();
        let source = LeadSource { cost: Some(Amount::from_units(1_000)), ..source };
        let edit = Edit::Funnel(FunnelField::Source(plan.funnel.sources.put(ItemId(0), source)));
        assert_eq!(prepared(Ready::CostUp, &plan), Err(Lack::Costs));
        done(&mut plan, edit);
        let seen = prepared(Ready::CostUp, &plan).expect("all it needs");
        assert_eq!(seen.outcome.total(), wan(after));
        let cost = seen.plan.funnel.sources.get(ItemId(0)).and_then(|it| it.cost);
        assert_eq!(cost, Some(Amount::from_units(1_300)));
    }
}

/// S0-37: 1000 → 850 of exports, and the margin in the same edit.
#[test]
fn exports_fall_and_the_margin_rises_in_one() {
    let mut plan = bare(1_500);
    assert_eq!(prepared(Ready::ExportDown, &plan), Err(Lack::Node(Dimension::Product, Like::Export)));
    grown(&mut plan, Dimension::Channel, &[("出口", 10), ("内销", 5)]);
    let seen = prepared(Ready::ExportDown, &plan).expect("all it needs");
    let parts = ["出口", "内销"].map(|it| of(&seen, Dimension::Channel, it));
    assert_eq!(parts, [Some(wan(850)), Some(wan(500))]);
    let margin = seen.plan.goal.measures.values().next().expect("a measure");
    assert_eq!((margin.name.as_str(), margin.goal), ("利润率", Some(Decimal::from(5))));
    let edits = ready(Ready::ExportDown, &Seen::of(plan), &called()).expect("all it needs");
    assert!(matches!(edits.as_slice(), [Edit::Batch(_)]), "{edits:?}");
}

/// S1-07: live from 240 to 420 of 1200, the others from 960 to 780.
#[test]
fn the_live_share_takes_from_the_others() {
    let mut plan = bare(1_200);
    grown(&mut plan, Dimension::Channel, &[("直播", 2), ("货架", 8)]);
    let before = Seen::of(plan.clone());
    assert_eq!(of(&before, Dimension::Channel, "直播"), Some(wan(240)));
    let seen = prepared(Ready::LiveShare, &plan).expect("all it needs");
    let parts = ["直播", "货架"].map(|it| of(&seen, Dimension::Channel, it));
    assert_eq!(parts, [Some(wan(420)), Some(wan(780))]);
}

/// S1-25: of a budget of 100 offline 40 go to the own pool, at its own price.
#[test]
fn two_fifths_of_the_offline_budget_go_to_the_own_pool() {
    let mut plan = company();
    for (name, leads, cost) in [("线下活动", 10, 1_000), ("私域社群", 5, 500)] {
        let (leads, cost) = (Some(Decimal::from(leads)), Some(Amount::from_units(cost)));
        let source = LeadSource { name: name.to_owned(), leads, cost, ..LeadSource::default() };
        let edit = Edit::Funnel(FunnelField::Source(plan.funnel.sources.add(source)));
        done(&mut plan, edit);
    }
    let seen = prepared(Ready::OwnPool, &plan).expect("all it needs");
    let leads = |id| seen.plan.funnel.sources.get(ItemId(id)).and_then(|it| it.leads);
    assert_eq!([leads(1), leads(2)], [Some(6.into()), Some(13.into())]);
    assert_eq!(figure(&seen, What::Budget), figure(&Seen::of(plan), What::Budget));
}

/// S1-51, S0-32, S1-28, S3-18, S3-32 and ten newcomers: 5 → 8 people, 50% → 75%, a fifth more, a tenth less, ten more from April.
#[test]
fn people_rates_and_prices_as_the_documents_have_them() {
    let mut plan = company();
    assert_eq!(prepared(Ready::ContentTeam, &plan), Err(Lack::Crew(Like::Content)));
    assert_eq!(prepared(Ready::Approval, &plan), Err(Lack::Stage(Like::Approval)));
    let team = plan.capacity.crews.add(Crew { name: "内容团队".to_owned(), heads: 5, ..Crew::default() });
    done(&mut plan, Edit::Capacity(CapacityField::Crew(team)));
    let conversion = Some(Decimal::from(50));
    let stage = plan.funnel.stages.add(Stage { name: "方案通过".to_owned(), conversion, ..Stage::default() });
    done(&mut plan, Edit::Funnel(FunnelField::Stage(sextant::plan::ItemEdit { position: 1, ..stage })));
    let heads = |seen: &Seen, id| seen.plan.capacity.crews.get(ItemId(id)).map(|it| it.heads);
    assert_eq!(heads(&prepared(Ready::ContentTeam, &plan).expect("a team"), 1), Some(8));
    let seen = prepared(Ready::Approval, &plan).expect("a stage");
    assert_eq!(seen.plan.funnel.stages.get(ItemId(2)).and_then(|it| it.conversion), Some(75.into()));
    let seen = prepared(Ready::Conversion, &plan).expect("a stage");
    assert_eq!(seen.plan.funnel.stages.get(ItemId(0)).and_then(|it| it.conversion), Some(24.into()));
    let seen = prepared(Ready::PriceCut, &plan).expect("a price");
    assert_eq!(seen.plan.funnel.order_value, Some(Amount::from_units(900_000)));
    let seen = prepared(Ready::Newcomers, &plan).expect("a level");
    let crew = seen.plan.capacity.crews.values().last().expect("newcomers");
    assert_eq!((crew.heads, crew.start.map(|it| it.to_string()).as_deref()), (10, Some("2027-04-01")));
}

/// S0-41: another product takes over the amount of one, and the sum is kept. S1-50: of growth from 1000 to 1500 three fifths.
#[test]
fn plan_b_keeps_the_sum_and_a_softer_target_three_fifths_of_the_growth() {
    let mut plan = bare(1_500);
    assert_eq!(prepared(Ready::PlanB, &plan), Err(Lack::Products));
    grown(&mut plan, Dimension::Product, &[("线下团", 6), ("线上课程", 3), ("其他", 6)]);
    let seen = prepared(Ready::PlanB, &plan).expect("products");
    let parts = ["线下团", "线上课程", "其他"].map(|it| of(&seen, Dimension::Product, it));
    assert_eq!(parts, [Some(wan(0)), Some(wan(900)), Some(wan(600))]);
    assert_eq!(prepared(Ready::SofterTarget, &plan), Err(Lack::LastYear));
    done(&mut plan, Edit::Goal(GoalField::LastYear(Some(wan(1_000)))));
    let seen = prepared(Ready::SofterTarget, &plan).expect("a last year");
    assert_eq!(seen.outcome.total(), wan(1_300));
}

/// S1-33: repurchase 30% → 55% and potential conversion 15% → 28%, in one; so that the same money brings at least 40% more.
#[test]
fn segments_spoken_to_as_what_they_are_bring_more_of_the_same_money() {
    let mut plan = company();
    assert_eq!(prepared(Ready::Segments, &plan), Err(Lack::Source(Like::Repeat)));
    for (name, rate) in [("高价值复购", 30), ("潜在客户", 15)] {
        let conversions = [(ItemId(0), Decimal::from(rate))].into();
        let (leads, cost) = (Some(100.into()), Some(Amount::from_units(2_000)));
        let source = LeadSource { name: name.to_owned(), leads, cost, conversions, ..LeadSource::default() };
        let edit = Edit::Funnel(FunnelField::Source(plan.funnel.sources.add(source)));
        done(&mut plan, edit);
    }
    let seen = prepared(Ready::Segments, &plan).expect("both segments");
    let rate = |id| Knob::Own { source: ItemId(id), stage: ItemId(0) }.value(&seen.plan);
    assert_eq!([rate(1), rate(2)], [Some(55.into()), Some(28.into())]);
    let edits = ready(Ready::Segments, &Seen::of(plan.clone()), &called()).expect("both segments");
    assert!(matches!(edits.as_slice(), [Edit::Batch(both)] if both.len() == 2), "{edits:?}");
    let before = Seen::of(plan);
    let of_both =
        |it: &Seen| it.outcome.flow.as_ref().map(|it| it.sources[1..].iter().flat_map(|it| it.orders).sum::<Decimal>());
    assert!(of_both(&before).unwrap() * Decimal::new(14, 1) <= of_both(&seen).unwrap());
    assert_eq!(figure(&before, What::Budget), figure(&seen, What::Budget));
    assert!(figure(&seen, What::OrderCost) < figure(&before, What::OrderCost));
}

/// S1-34: nurtured in 7 days instead of 15, and 35% more go on: of 20%, 27%.
#[test]
fn nurture_by_itself_takes_seven_days_and_a_third_more_go_on() {
    let mut plan = company();
    assert_eq!(prepared(Ready::Nurture, &plan), Err(Lack::Days));
    let days = |plan: &mut Plan, days: i64| {
        let stage = plan.funnel.stages.get(ItemId(0)).expect("a stage").clone();
        let stage = plan.funnel.stages.put(ItemId(0), Stage { days: Some(days.into()), ..stage });
        done(plan, Edit::Funnel(FunnelField::Stage(stage)));
    };
    days(&mut plan, 15);
    let seen = prepared(Ready::Nurture, &plan).expect("a stage that takes days");
    let stage = seen.plan.funnel.stages.get(ItemId(0)).expect("it is there");
    assert_eq!((stage.days, stage.conversion), (Some(7.into()), Some(27.into())));
    days(&mut plan, 30);
    let seen = prepared(Ready::Nurture, &plan).expect("a stage that takes days");
    assert_eq!(seen.plan.funnel.stages.get(ItemId(0)).and_then(|it| it.days), Some(14.into()));
}

/// S1-35: content output +60%.
#[test]
fn drafts_by_a_machine_bring_three_fifths_more_leads_of_content() {
    let mut plan = company();
    assert_eq!(prepared(Ready::Drafts, &plan), Err(Lack::Source(Like::Content)));
    let source = LeadSource { name: "内容营销".to_owned(), leads: Some(50.into()), ..LeadSource::default() };
    let edit = Edit::Funnel(FunnelField::Source(plan.funnel.sources.add(source)));
    done(&mut plan, edit);
    let seen = prepared(Ready::Drafts, &plan).expect("content");
    assert_eq!(seen.plan.funnel.sources.get(ItemId(1)).and_then(|it| it.leads), Some(80.into()));
}

/// S1-51: a goal raised without people, leads or budget warns; with the content team from 5 to 8 it does not, and neither does
/// one that is lowered, or as it is.
#[test]
fn a_goal_raised_with_nothing_behind_it_warns() {
    let mut plan = company();
    let team = Crew { name: "内容团队".to_owned(), heads: 5, ..Crew::default() };
    let edit = Edit::Capacity(CapacityField::Crew(plan.capacity.crews.add(team)));
    done(&mut plan, edit);
    let base = Seen::of(plan.clone());
    let raised = base.with(&[target(1_500)]);
    assert_eq!(raised_bare(&base, &raised), Some(wan(300)));
    assert_eq!(raised_bare(&base, &base.with(&[target(900)])), None);
    assert_eq!(raised_bare(&base, &base), None);
    let more_people = ready(Ready::ContentTeam, &base, &called()).expect("a team");
    assert_eq!(raised_bare(&base, &raised.with(&more_people)), None);
    let more_leads = Knob::Leads(ItemId(0)).edit(&plan, Some(400.into())).expect("an edit");
    assert_eq!(raised_bare(&base, &raised.with(&[more_leads])), None);
}

/// Whatever the plan: what is offered can be done, and what is not says what is missing.
#[test]
fn every_ready_made_one_fits_every_example_or_says_why_not() {
    let mut fitting = 0;
    for template in Template::ALL {
        for it in Ready::ALL {
            fitting += usize::from(prepared(it, &template.plan(Language::Zh, 2027)).is_ok());
        }
    }
    assert!(15 < fitting, "only {fitting} fit");
}

/// What goes along without names has none in its scenarios either, and without what came back none of that; both stay plans
/// whose scenarios can be done.
#[test]
fn scenarios_keep_to_what_is_sent() {
    let mut plan = company();
    let (dimension, root) = (Dimension::Organisation, plan.trees.organisation.root);
    let named =
        |name: &str| Box::new(sextant::plan::Node { submitted: Some(wan(1)), ..sextant::plan::Node::named(name) });
    let id = NodeId(plan.trees.organisation.next);
    let crew = Crew { name: "秘密三".to_owned(), ..Crew::default() };
    let field = |field| Edit::Node { dimension, id: root, field };
    let edits = vec![
        Edit::Add { dimension, parent: root, position: 0, id, node: named("秘密一") },
        field(Field::Name("秘密二".to_owned())),
        field(Field::Submitted(Some(wan(2)))),
        Edit::Batch(vec![Edit::Capacity(CapacityField::Crew(plan.capacity.crews.add(crew)))]),
        Edit::Goal(GoalField::Basis(sextant::plan::BasisKind::Market, "问秘密一".to_owned())),
        target(1_300),
    ];
    let told = Scenario { note: "秘密四".to_owned(), ..scenario("秘密一不干了", edits) };
    let (_, edit) = plan.save_scenario(told);
    done(&mut plan, edit);
    let sent = |scope| sextant::edge::scope::scoped(&plan, scope, |it| format!("<{it:?}>"));
    let nameless = sent(sextant::edge::scope::Scope::Anonymous);
    let file = nameless.to_json();
    assert!(!file.contains("秘密一") && !file.contains("秘密二") && !file.contains("秘密四"), "{file}");
    assert!(!file.contains("秘密三"), "{file}");
    let edits = |plan: &Plan| plan.scenarios.list.values().next().expect("a scenario").edits.read();
    assert!(tried(&nameless, &edits(&nameless)).1.iter().all(|it| *it == Fit::Applied));
    assert!(edits(&nameless).contains(&target(1_300)));
    let planned = sent(sextant::edge::scope::Scope::Planned);
    assert!(sextant::edge::scope::has_returns(&plan) && !sextant::edge::scope::has_returns(&planned));
    assert!(!planned.to_json().contains("submitted"));
}

// ---- A trial that survives a reload ----

#[test]
fn what_is_tried_out_is_kept_as_it_would_be_sent() {
    let (plan, edits) = six_edits();
    let link = WhatIfLink::of(&plan, String::new(), edits).write().expect("six edits are a short link");
    let over = "00000000000000af".to_owned();
    for shown in [trial::Shown::Base, trial::Shown::Trial, trial::Shown::Scenario(ItemId(7))] {
        for link in [None, Some(link.clone())] {
            let kept = Kept { over: over.clone(), shown, link };
            assert_eq!(Kept::read(&kept.write()), Some(kept));
        }
    }
    for wrong in ["", "af", "af trial", "af x ", "af 7"] {
        assert_eq!(Kept::read(wrong), None, "{wrong:?}");
    }
}
