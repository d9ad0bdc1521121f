//! How likely each of the compared plans is: drawn one after the other beside the page, of the same seed, so that what
//! differs is what the edits do and not what chance does. What was drawn once is not drawn again.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::edge::chance::Told;
use crate::engine::chance::kernel::{Model, Summary};
use crate::engine::chance::{asked, chance};
use crate::live::{Derived, Held, follow};
use crate::results::scenario::{Likely, Seen};
use crate::views::chance::{Drawer, SETTLES, Work};

/// The chances of a comparison. Copies share them.
#[derive(Clone, Copy)]
pub struct Chances {
    pub likely: Held<Vec<Likely>>,
    /// How far all of them are, in percent. None where none is drawn.
    pub part: Held<Option<usize>>,
    /// Somebody had enough of it.
    pub is_stopped: Held<bool>,
    seen: Derived<Vec<Seen>>,
    /// Counts the comparisons: what an earlier one still waits for is of no interest.
    turn: Held<u64>,
    drawer: StoredValue<Option<Drawer>, LocalStorage>,
    known: StoredValue<Vec<(Arc<Model>, Likely)>, LocalStorage>,
}

/// Answers that are kept: those of two comparisons.
const MOST_KNOWN: usize = 10;

impl Chances {
    pub fn new(seen: Derived<Vec<Seen>>) -> Chances {
        let chances = Chances {
            likely: Held::new(Vec::new()),
            part: Held::new(None),
            is_stopped: Held::new(false),
            seen,
            turn: Held::new(0),
            drawer: StoredValue::new_local(None),
            known: StoredValue::new_local(Vec::new()),
        };
        follow(move || {
            seen.track();
            chances.begin(SETTLES);
        });
        on_cleanup(move || chances.end());
        chances
    }

    /// From the first of them; what is known is known at once.
    pub fn again(self) {
        self.begin(Duration::ZERO);
    }

    /// Those that are not there stay unknown.
    pub fn stop(self) {
        self.end();
        self.next_turn();
        let given_up = |it: &mut Likely| {
            if *it == Likely::Coming {
                *it = Likely::Unknown;
            }
        };
        self.likely.update(|all| all.iter_mut().for_each(given_up));
        self.part.set(None);
        self.is_stopped.set(true);
    }

    fn begin(self, after: Duration) {
        self.end();
        let turn = self.next_turn();
        let many = self.seen.with_untracked(Vec::len);
        self.likely.set(vec![Likely::Coming; many]);
        self.part.set(Some(0));
        self.is_stopped.set(false);
        set_timeout(move || self.next(turn, 0), after);
    }

    fn end(self) {
        drop(self.drawer.try_update_value(Option::take));
    }

    fn next_turn(self) -> u64 {
        let next = |it: &mut u64| {
            *it += 1;
            *it
        };
        self.turn.try_update(next).unwrap_or_default()
    }

    fn next(self, turn: u64, at: usize) {
        if self.turn.try_get_untracked() != Some(turn) {
            return;
        }
        self.end();
        let Some((seen, many)) = self.seen.with_untracked(|it| Some((it.get(at)?.clone(), it.len()))) else {
            return self.part.set(None);
        };
        let model = match asked(&seen.plan, &seen.outcome, seen.plan.trees.organisation.root) {
            Ok(asked) => Arc::new(asked.model.whole()),
            Err(_) => return self.found(turn, at, Likely::Unknown),
        };
        let known = self.known.with_value(|it| it.iter().find(|(of, _)| *of == model).map(|it| it.1));
        if let Some(known) = known {
            return self.found(turn, at, known);
        }
        let work = Work::Years((*model).clone());
        let told = move |told: Told| {
            let Told::Some { done, of, said } = told else { return };
            self.part.set(Some((at * 100 + done * 100 / of.max(1)) / many));
            if done < of {
                return;
            }
            let summary = said.as_deref().and_then(Summary::of_numbers);
            let likely = summary.as_ref().and_then(chance).map_or(Likely::Unknown, Likely::Known);
            self.known.update_value(|it| {
                it.insert(0, (Arc::clone(&model), likely));
                it.truncate(MOST_KNOWN);
            });
            self.found(turn, at, likely);
        };
        self.drawer.set_value(Some(Drawer::start(work, told)));
    }

    /// And on to the one behind it, after whatever else waits.
    fn found(self, turn: u64, at: usize, likely: Likely) {
        self.likely.update(|it| it.get_mut(at).into_iter().for_each(|it| *it = likely));
        set_timeout(move || self.next(turn, at + 1), Duration::ZERO);
    }
}
