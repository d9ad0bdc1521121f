//! The live document without a browser: one door in, derived numbers, and the way back.

use leptos::prelude::*;
use sextant::amount::Amount;
use sextant::engine::breakback::Refusal;
use sextant::plan::template::{Language, Template};
use sextant::plan::{At, Dimension, Edit, EditError, Field, GoalField, Knob, NodeId, Pair, ScenarioField, Unit};
use sextant::session::{Access, Refused, Selected, Session};

/// Runs a story with a session on a template. The runtime lives as long as the story.
fn with_session(template: Template, access: Access, story: impl FnOnce(Session)) {
    let owner = Owner::new();
    owner.set();
    story(Session::new(template.plan(Language::Zh, 2027), access));
}

fn wan(amount: i64) -> Amount {
    Amount::from_units(amount * 1_000_000)
}

fn at(row: u32, column: u32) -> At {
    At { pair: Pair::over_time(Dimension::Organisation), row: NodeId(row), column: NodeId(column) }
}

fn amount(session: Session, row: u32, column: u32) -> Amount {
    let place = at(row, column);
    sextant::engine::breakback::amount_at(&session.plan_untracked(), &session.outcome_untracked(), place).unwrap()
}

#[test]
fn a_typed_total_spreads_by_the_shares_below_and_a_lock_stays() {
    with_session(Template::EcommercePercent, Access::Own, |session| {
        let (east, senior) = (1, 3);
        assert_eq!(amount(session, east, 0), wan(540));
        session.toggle_lock(at(senior, 0)).unwrap();
        session.type_amount(at(0, 0), wan(1_320)).unwrap();
        assert_eq!(amount(session, east, 0), wan(594));
        assert_eq!(amount(session, senior, 0), wan(150));
        assert!(session.outcome_untracked().sums.hold());
    });
}

#[test]
fn undo_gives_back_every_step_and_redo_repeats_it() {
    with_session(Template::EcommercePercent, Access::Own, |session| {
        let start = session.plan_untracked();
        session.type_amount(at(0, 0), wan(1_300)).unwrap();
        session.type_amount(at(1, 1), wan(250)).unwrap();
        session.edit(Edit::Title("改过".to_owned())).unwrap();
        let end = session.plan_untracked();
        (0..3).for_each(|_| session.undo());
        assert_eq!(*session.plan_untracked(), *start);
        assert!(!session.can_undo());
        (0..3).for_each(|_| session.redo());
        assert_eq!(*session.plan_untracked(), *end);
    });
}

/// 7.5 test 19.
#[test]
fn two_hundred_steps_back_and_two_hundred_forth_give_the_same_bytes() {
    with_session(Template::EcommercePercent, Access::Own, |session| {
        let bytes = || session.plan_untracked().to_compact_json();
        let first = bytes();
        for step in 0..200 {
            let person = [3, 4, 5, 7, 8, 10, 11, 13][step % 8];
            match step % 5 {
                0 => session.edit(Edit::Title(format!("{step}"))).unwrap(),
                // A number that locks leave no room for is refused, which is no step.
                1 | 2 => _ = session.type_amount(at(person, 0), wan(40 + step as i64 / 2)),
                3 => session.toggle_lock(at(person, 0)).unwrap(),
                _ => session.clear(at(person, 0)).unwrap(),
            }
            session.edit(Edit::Title(format!("{step}, then"))).unwrap();
        }
        let last = bytes();
        let mut steps = 0;
        while session.can_undo() {
            session.undo();
            steps += 1;
        }
        assert!((200..1_000).contains(&steps), "{steps}");
        assert_eq!(bytes(), first);
        (0..steps).for_each(|_| session.redo());
        assert_eq!(bytes(), last);
        assert!(!session.can_redo());
    });
}

#[test]
fn an_edit_that_changes_nothing_is_no_step() {
    with_session(Template::Education, Access::Own, |session| {
        let title = session.plan_untracked().title.clone();
        session.edit(Edit::Title(title)).unwrap();
        assert!(!session.can_undo());
        assert_eq!(session.changes(), 0);
    });
}

#[test]
fn an_impossible_number_is_refused_by_how_much_and_changes_nothing() {
    with_session(Template::EcommercePercent, Access::Own, |session| {
        let before = session.plan_untracked();
        let refused = session.type_amount(at(1, 1), wan(500));
        // The first quarter holds 480.
        assert_eq!(refused, Err(Refused::Number(Refusal::Above { most: wan(480), by: wan(20) })));
        assert_eq!(*session.plan_untracked(), *before);
        assert!(!session.can_undo());
    });
}

#[test]
fn a_preview_is_never_written() {
    with_session(Template::Saas, Access::Preview, |session| {
        assert_eq!(session.type_amount(at(0, 0), Amount::from_units(5)), Err(Refused::ReadOnly));
        assert_eq!(session.toggle_lock(at(1, 0)), Err(Refused::ReadOnly));
        assert_eq!(session.changes(), 0);
        session.take();
        assert_eq!(session.type_amount(at(0, 0), Amount::from_units(5)), Ok(()));
    });
}

#[test]
fn a_removed_node_is_no_longer_selected() {
    with_session(Template::Education, Access::Own, |session| {
        session.selected.set(Some(Selected(at(2, 0))));
        session.edit(Edit::Remove { dimension: Dimension::Organisation, id: NodeId(1) }).unwrap();
        assert_eq!(session.selected.get_untracked(), None);
        session.undo();
        assert_eq!(amount(session, 2, 0), wan(150));
    });
}

#[test]
fn what_is_shown_follows_the_plan() {
    with_session(Template::EcommerceAmount, Access::Own, |session| {
        // S1-16: 200 / 300 / 400 / 300.
        let quarters = Memo::new(move |_| {
            let time = session.outcome().division(Dimension::Time).clone();
            [1, 5, 9, 13].map(|position| time.amounts[position])
        });
        assert_eq!(quarters.get_untracked(), [200, 300, 400, 300].map(|it| it * 1_000_000));
        session.type_amount(at(0, 0), wan(2_400)).unwrap();
        assert_eq!(quarters.get_untracked(), [400, 600, 800, 600].map(|it| it * 1_000_000));
    });
}

/// What trails never shows a plan beside the outcome of another, and never lacks a node that was added (N14).
#[test]
fn what_trails_the_plan_is_settled_as_a_whole() {
    with_session(Template::EcommercePercent, Access::Own, |session| {
        let trailing = session.trailing();
        let shown = || (trailing.plan().goal.target, trailing.outcome().total());
        let before = shown();
        session.type_amount(at(0, 0), wan(1_300)).unwrap();
        assert_eq!(shown(), before);
        assert_eq!(session.outcome().total(), wan(1_300));
        session.settle();
        assert_eq!(shown(), (Some(wan(1_300)), wan(1_300)));
        trailing.type_amount(at(0, 0), wan(1_400)).unwrap();
        assert_eq!(session.outcome().total(), wan(1_400));
        session.edit(Edit::Remove { dimension: Dimension::Organisation, id: NodeId(1) }).unwrap();
        assert!(trailing.plan().node(Dimension::Organisation, NodeId(1)).is_none());
        assert_eq!(trailing.outcome().total(), wan(1_400));
    });
}

fn target(units: i64) -> Edit {
    Edit::Goal(GoalField::Target(Some(wan(units))))
}

/// N10: whatever is changed while something is tried out is changed in it, and the plan that is kept stays.
#[test]
fn a_trial_leaves_the_plan_alone_and_goes_back_step_by_step() {
    with_session(Template::EcommercePercent, Access::Own, |session| {
        session.type_amount(at(0, 0), wan(1_300)).unwrap();
        let (kept, changes) = (session.plan_untracked(), session.changes());
        session.begin();
        assert!(session.is_trial() && !session.can_undo());
        session.type_amount(at(0, 0), wan(1_500)).unwrap();
        session.type_amount(at(1, 0), wan(600)).unwrap();
        assert_eq!((session.outcome().total(), session.base_outcome().total()), (wan(1_500), wan(1_300)));
        assert_eq!(*session.base_untracked(), *kept);
        assert_eq!(session.changes(), changes);
        session.undo();
        assert_eq!(session.tried(), [target(1_500)]);
        session.redo();
        session.leave();
        assert_eq!(*session.plan_untracked(), *kept);
        // Undo is that of the plan again, and the trial is there for whoever comes back to it.
        assert!(session.can_undo());
        session.begin();
        assert_eq!(session.outcome().total(), wan(1_500));
        session.reset().unwrap();
        assert_eq!(session.tried(), []);
        session.undo();
        assert_eq!(session.outcome().total(), wan(1_500));
    });
}

/// What a slider passes on its way is one step, and so is what becomes the plan.
#[test]
fn a_slider_is_one_step_and_so_is_what_is_promoted() {
    with_session(Template::EcommercePercent, Access::Own, |session| {
        let start = session.plan_untracked();
        session.begin();
        for units in [1_210, 1_250, 1_290, 1_320] {
            session.drag(target(units)).unwrap();
        }
        session.release();
        session.drag(target(1_400)).unwrap();
        session.release();
        session.undo();
        assert_eq!(session.outcome().total(), wan(1_320));
        session.undo();
        assert!(!session.can_undo());
        session.redo();
        session.toggle_lock(at(3, 0)).unwrap();
        session.promote().unwrap();
        assert!(!session.is_trial());
        assert_eq!(session.outcome().total(), wan(1_320));
        session.undo();
        assert_eq!(*session.plan_untracked(), *start);
        assert!(!session.can_undo());
    });
}

#[test]
fn a_scenario_in_view_takes_what_is_changed_and_follows_its_base() {
    with_session(Template::EcommercePercent, Access::Own, |session| {
        session.begin();
        session.edit(target(1_500)).unwrap();
        let id = session.save_scenario("冲刺".to_owned()).unwrap();
        let edits = || session.base_untracked().scenarios.list.get(id).unwrap().edits.read();
        assert_eq!(edits(), [target(1_500)]);
        let changes = session.changes();
        let cap = Edit::Node { dimension: Dimension::Organisation, id: NodeId(3), field: Field::Cap(Some(wan(90))) };
        session.edit(cap.clone()).unwrap();
        assert_eq!(edits(), [cap.clone(), target(1_500)]);
        assert!(changes < session.changes(), "a scenario is kept as it is changed");
        session.leave();
        assert_eq!(session.outcome().total(), wan(1_200));
        // The base changes, and one of the edits has nobody to speak of any more.
        session.edit(Edit::Remove { dimension: Dimension::Organisation, id: NodeId(3) }).unwrap();
        session.look_at(id);
        let unknown = EditError::UnknownNode(Dimension::Organisation, NodeId(3));
        assert_eq!(session.what_if().unwrap().unfit, [(cap.clone(), unknown)]);
        assert_eq!(session.outcome().total(), wan(1_500));
        // It stays in the scenario when that is changed.
        session.edit(target(1_600)).unwrap();
        assert_eq!(edits(), [cap, target(1_600)]);
        let take = session.plan_untracked().scenarios.list.take(id);
        session.edit(Edit::Scenario(ScenarioField::Scenario(take))).unwrap();
        assert_eq!(session.what_if().unwrap().of, None);
        assert_eq!(session.outcome().total(), wan(1_600));
        assert_eq!(session.base_untracked().scenarios.list.len(), 0);
    });
}

/// Over a link's preview everything can be tried and nothing kept; inputs are pinned for as long as it is looked at.
#[test]
fn a_preview_can_be_tried_out_and_is_never_written() {
    with_session(Template::EcommercePercent, Access::Preview, |session| {
        session.begin();
        session.type_amount(at(0, 0), wan(1_500)).unwrap();
        session.edit(Edit::Scenario(ScenarioField::Pins(vec![Knob::Target]))).unwrap();
        assert_eq!(session.plan_untracked().scenarios.pins.read(), [Knob::Target]);
        assert_eq!(session.save_scenario("x".to_owned()), Err(Refused::ReadOnly));
        assert_eq!(session.promote(), Err(Refused::ReadOnly));
        assert_eq!(session.edit(Edit::Title("x".to_owned())), Err(Refused::ReadOnly));
        let unit = session.edit(Edit::Unit(Unit::Money("USD".to_owned())));
        assert_eq!(unit, Err(Refused::Edit(EditError::NotInAScenario)));
        assert_eq!(session.outcome().total(), wan(1_500));
        session.leave();
        assert_eq!(session.edit(target(1)), Err(Refused::ReadOnly));
    });
}

/// What somebody else keeps meanwhile is what is tried out over from then on.
#[test]
fn a_trial_goes_on_over_a_plan_that_another_tab_has_changed() {
    with_session(Template::EcommercePercent, Access::Preview, |session| {
        session.begin();
        session.edit(target(1_500)).unwrap();
        let mut theirs = (*session.base_untracked()).clone();
        theirs.apply(Edit::Title("改过".to_owned())).unwrap();
        session.reopen(theirs, Access::Preview);
        assert_eq!((session.base_untracked().title.as_str(), session.outcome().total()), ("改过", wan(1_500)));
        assert!(session.is_trial());
    });
}
