//! What is sent of a plan: whatever is left out of it, every amount is what it was, and nobody's name is in it.

use proptest::prelude::*;
use sextant::edge::columns;
use sextant::edge::scope::{Scope, Standin, has_returns, scoped};
use sextant::engine::evaluate;
use sextant::plan::{
    BasisKind, CapacityField, Crew, Dimension, Edit, Evidence, Factor, FunnelField, GoalField, LeadSource, Level,
    Measure, Node, Plan, Tree,
};

use crate::columns::every_plan;
use crate::company::{Figures, company};
use crate::plans::Shown;

/// Words that no plan has.
fn word(standin: Standin) -> String {
    format!("<{standin:?}>")
}

fn trees(plan: &mut Plan) -> [&mut Tree; 5] {
    let trees = &mut plan.trees;
    [&mut trees.organisation, &mut trees.product, &mut trees.customer, &mut trees.channel, &mut trees.time]
}

/// Somebody's name wherever there is room for one.
fn told_on(plan: &mut Plan) {
    for tree in [&mut plan.trees.organisation, &mut plan.trees.customer] {
        tree.nodes.iter_mut().for_each(|(id, node)| node.name = format!("秘密{}", id.0));
    }
    let whisper = || "问秘密0就知道".to_owned();
    plan.title = whisper();
    for kind in BasisKind::ALL {
        *plan.goal.basis.get_mut(kind) = whisper();
    }
    let evidence = Evidence { words: whisper(), source: whisper(), ..Evidence::default() };
    let crew = Crew { name: whisper(), ..Crew::default() };
    for edit in [
        Edit::Goal(GoalField::Evidence(plan.goal.evidence.add(evidence))),
        Edit::Goal(GoalField::Measure(plan.goal.measures.add(Measure { name: whisper(), ..Measure::default() }))),
        Edit::Capacity(CapacityField::Crew(plan.capacity.crews.add(crew))),
        Edit::Capacity(CapacityField::Level(plan.capacity.levels.add(Level { name: whisper(), ..Level::default() }))),
        Edit::Funnel(FunnelField::Source(
            plan.funnel.sources.add(LeadSource { name: whisper(), ..LeadSource::default() }),
        )),
    ] {
        plan.apply(edit).expect("an edit");
    }
    plan.calendar.holidays.iter_mut().for_each(|it| it.name = whisper());
    plan.calendar.peaks.iter_mut().for_each(|it| it.name = whisper());
    trees(plan).into_iter().flat_map(|it| it.nodes.values_mut()).for_each(whispered);
}

fn whispered(node: &mut Node) {
    (node.tag, node.note) = ("秘密0".to_owned(), "秘密0\n的秘密".to_owned());
    if !node.name.contains("秘密") {
        node.name = "秘密0的".to_owned();
    }
    let secret = |it: &String| format!("秘密0 {it}");
    node.past = node.past.iter().map(|(name, value)| (secret(name), *value)).collect();
    node.scores = node.scores.iter().map(|(name, value)| (secret(name), *value)).collect();
    if let Some(mix) = &mut node.mix {
        mix.past = mix.past.iter().map(|(name, value)| (secret(name), *value)).collect();
    }
    let factor = |it: &Factor| Factor { name: secret(&it.name), weight: it.weight };
    node.factors = node.factors.iter().map(factor).collect();
}

fn same_amounts(one: &Plan, other: &Plan) -> Result<(), TestCaseError> {
    let (one, other) = (evaluate(one), evaluate(other));
    for dimension in Dimension::ALL {
        prop_assert_eq!(&one.division(dimension).amounts, &other.division(dimension).amounts);
    }
    prop_assert!(one.tables().zip(other.tables()).all(|(one, other)| one == other));
    Ok(())
}

proptest! {
    #[test]
    fn without_names_there_are_no_names(Shown(mut plan) in every_plan()) {
        told_on(&mut plan);
        let sent = scoped(&plan, Scope::Anonymous, word);
        prop_assert!(!sent.to_json().contains("秘密"), "{}", sent.to_json());
        let bytes = columns::write(&sent);
        prop_assert!(!bytes.windows(6).any(|it| it == "秘密".as_bytes()));
        same_amounts(&plan, &sent)?;
    }

    #[test]
    fn without_what_came_back_the_plan_is_the_same(Shown(plan) in every_plan()) {
        let sent = scoped(&plan, Scope::Planned, word);
        prop_assert!(!has_returns(&sent));
        prop_assert_eq!(has_returns(&plan), sent != plan);
        same_amounts(&plan, &sent)?;
        prop_assert_eq!(scoped(&plan, Scope::Whole, word), plan);
    }
}

#[test]
fn a_company_is_called_by_what_it_is_made_of() {
    let sent = scoped(&company(17, Figures::WithActuals), Scope::Anonymous, |it| match it {
        Standin::Title(year) => format!("{year}"),
        Standin::Unit(number) => format!("unit {number}"),
        Standin::Team(number) => format!("team {number}"),
        Standin::Person(number) => format!("person {number}"),
        other => panic!("{other:?} is nobody here"),
    });
    let tree = &sent.trees.organisation;
    let names: Vec<&str> = tree.walk(tree.root).into_iter().map(|id| tree.name(id)).collect();
    assert_eq!(names[..4], ["", "unit 1", "team 1", "person 1"]);
    assert_eq!(names[19..], ["person 15", "unit 2", "team 4", "person 16", "person 17"]);
    assert_eq!(sent.title, "2027");
    assert_eq!(sent.trees.product.name(sextant::plan::NodeId(1)), "基础版", "what is nobody's name stays");
}
