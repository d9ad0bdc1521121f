//! Lists of three plans as one list, thing by thing: what one of the two has added, changed or taken out.

use std::collections::BTreeSet;

use super::super::list::{ItemEdit, ItemId, List};
use super::super::{CapacityField, Edit, FunnelField, GoalField, Pins, Plan, Scenario, ScenarioField};
use super::place::{Listed, Place};
use super::renumber::Renumbered;
use super::{Said, Sides};

/// Every list but that of scenarios. The three plans have the same lists then, and they are in what comes of them.
pub(super) fn all(sides: &mut Sides<'_>) {
    macro_rules! merge {
        ($($listed:ident: $field:ident . $list:ident, $edit:expr;)*) => {
            $(let merged = {
                let Sides { base, mine, theirs, .. } = &*sides;
                let of = |it: &Plan| it.$field.$list.clone();
                let lists = [of(base), of(mine), of(theirs)];
                list(&mut sides.said, Listed::$listed, &lists, &$edit, &|_| false)
            };
            for plan in [&mut sides.base, &mut sides.mine, &mut sides.theirs] {
                plan.$field.$list = merged.clone();
            })*
        };
    }
    merge! {
        Evidence: goal.evidence, |it| Edit::Goal(GoalField::Evidence(it));
        Events: goal.events, |it| Edit::Goal(GoalField::Event(it));
        Limits: goal.limits, |it| Edit::Goal(GoalField::Limit(it));
        Measures: goal.measures, |it| Edit::Goal(GoalField::Measure(it));
        Levels: capacity.levels, |it| Edit::Capacity(CapacityField::Level(it));
        Crews: capacity.crews, |it| Edit::Capacity(CapacityField::Crew(it));
        Stages: funnel.stages, |it| Edit::Funnel(FunnelField::Stage(it));
        Sources: funnel.sources, |it| Edit::Funnel(FunnelField::Source(it));
        Activities: funnel.activities, |it| Edit::Funnel(FunnelField::Activity(it));
        PastRates: funnel.past, |it| Edit::Funnel(FunnelField::Past(it));
    }
}

/// The scenarios and the pinned inputs. One of theirs that speaks of something by a number that it has no more stays out, and
/// its name comes back.
pub(super) fn scenarios(sides: &mut Sides<'_>, renumbered: &Renumbered) -> Vec<String> {
    let lists = [&sides.base, &sides.mine, &sides.theirs].map(|it| it.scenarios.list.clone());
    let is_lost = |it: &Scenario| speaks_of(&serde_json::to_string(it).unwrap_or_default(), renumbered);
    let edit = |it| Edit::Scenario(ScenarioField::Scenario(it));
    let merged = list(&mut sides.said, Listed::Scenarios, &lists, &edit, &is_lost);
    let is_left = |(id, it): &(ItemId, &Scenario)| {
        is_lost(it) && lists[0].get(*id) != Some(*it) && lists[1].get(*id) != Some(*it)
    };
    let left = lists[2].iter().filter(is_left).map(|it| it.1.name.clone()).collect();
    let pins = [&sides.base, &sides.mine, &sides.theirs].map(|it| it.scenarios.pins.clone());
    let is_lost = speaks_of(&serde_json::to_string(&pins[2]).unwrap_or_default(), renumbered);
    let [base, mine, theirs] = pins;
    let mut kept = mine.clone();
    if theirs != mine && theirs != base && !is_lost {
        let edit = |it: &Pins| Edit::Scenario(ScenarioField::Pins(it.read()));
        let is_mine_too = mine != base;
        if sides.said.take(Place::Pins, is_mine_too, || vec![edit(&mine)], vec![edit(&theirs)]) {
            kept = theirs;
        }
    }
    for plan in [&mut sides.base, &mut sides.mine, &mut sides.theirs] {
        plan.scenarios.list = merged.clone();
        plan.scenarios.pins = kept.clone();
    }
    left
}

/// A number of one of those stands in it. It may be a number of something else: then it says too much.
fn speaks_of(text: &str, numbers: &Renumbered) -> bool {
    let mut digits = text.split(|it: char| !it.is_ascii_digit()).filter_map(|it| it.parse().ok());
    !numbers.is_empty() && digits.any(|it: u32| numbers.contains(&it))
}

fn list<T: Clone + PartialEq>(
    said: &mut Said<'_>,
    listed: Listed,
    [base, mine, theirs]: &[List<T>; 3],
    edit: &dyn Fn(ItemEdit<T>) -> Edit,
    is_left_out: &dyn Fn(&T) -> bool,
) -> List<T> {
    if theirs == mine || theirs == base {
        return mine.clone();
    }
    let mut merged = mine.clone();
    let all: BTreeSet<ItemId> = base.ids().iter().chain(theirs.ids()).copied().collect();
    for id in all {
        let (was, my, their) = (base.get(id), mine.get(id), theirs.get(id));
        if their == my || their == was || their.is_some_and(is_left_out) {
            continue;
        }
        let put = |it: Option<&T>, list: &List<T>| {
            edit(ItemEdit { id, position: list.position(id).unwrap_or(list.len()), item: it.cloned(), next: None })
        };
        let is_taken = said.take(Place::Item(listed, id), my != was, || vec![put(my, mine)], vec![put(their, theirs)]);
        if is_taken {
            match their {
                Some(item) => _ = merged.apply(merged.put(id, item.clone())),
                None => merged.remove(id),
            }
        }
    }
    let [was, my, their] = [base, mine, theirs].map(List::ids);
    let is_theirs = is_order_of_theirs(said, Place::Sequence(listed), [was, my, their]);
    let next = base.next().max(mine.next()).max(theirs.next());
    if is_theirs { in_order(merged, their, my, next) } else { in_order(merged, my, their, next) }
}

fn in_order<T: Clone + PartialEq>(mut merged: List<T>, first: &[ItemId], second: &[ItemId], next: u32) -> List<T> {
    let there: BTreeSet<ItemId> = merged.ids().iter().copied().collect();
    let wanted = interleaved(first, second, &there);
    if wanted != merged.ids() {
        for (position, id) in wanted.into_iter().enumerate() {
            let item = merged.get(id).cloned();
            // It is in the list: it only moves.
            _ = merged.apply(ItemEdit { id, position, item, next: None });
        }
    }
    merged.raise(next);
    merged
}

/// Whether those that are in both stand in another order.
fn is_reordered<T: Copy + Ord>(one: &[T], other: &[T]) -> bool {
    let [in_one, in_other]: [BTreeSet<T>; 2] = [one, other].map(|it| it.iter().copied().collect());
    let common = |list: &[T]| -> Vec<T> {
        list.iter().copied().filter(|it| in_one.contains(it) && in_other.contains(it)).collect()
    };
    common(one) != common(other)
}

/// Whether those that are in both stand in theirs in another order than in mine, and theirs is to be. Where both have ordered
/// them, or both have brought them here from elsewhere, somebody is asked.
pub(super) fn is_order_of_theirs<T: Copy + Ord>(
    said: &mut Said<'_>,
    place: Place,
    [base, mine, theirs]: [&[T]; 3],
) -> bool {
    let [is_mine, is_theirs] = [mine, theirs].map(|it| is_reordered(base, it));
    let is_conflict = is_mine == is_theirs;
    is_reordered(mine, theirs) && (is_theirs || is_conflict) && said.take(place, is_conflict, Vec::new, Vec::new())
}

/// Those that are there, in the order of `first`, and each that it has not behind the one that `second` has before it. What
/// each alone has at one place stands by its number, so that it does not matter which of the two is first.
pub(super) fn interleaved<T: Copy + Ord>(first: &[T], second: &[T], there: &BTreeSet<T>) -> Vec<T> {
    let of_second: BTreeSet<T> = second.iter().copied().collect();
    let mut all: Vec<T> = first.iter().copied().filter(|it| there.contains(it)).collect();
    let mut seen: BTreeSet<T> = all.iter().copied().collect();
    let mut before = None;
    for id in second.iter().copied().filter(|it| there.contains(it)) {
        if seen.insert(id) {
            let mut place = before.and_then(|it| all.iter().position(|other| *other == it)).map_or(0, |it| it + 1);
            while all.get(place).is_some_and(|it| !of_second.contains(it) && *it < id) {
                place += 1;
            }
            all.insert(place, id);
        }
        before = Some(id);
    }
    all.extend(there.iter().copied().filter(|it| !seen.contains(it)));
    all
}
