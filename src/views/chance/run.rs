//! The drawing of years for a page that shows them: it follows the plan, and what is shown grows while more is drawn.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::drawer::{Drawer, Work};
use crate::edge::chance::Told;
use crate::engine::chance::kernel::Summary;
use crate::engine::chance::{Answer, Asked, Nothing, answer, asked};
use crate::live::{Held, follow};
use crate::plan::NodeId;
use crate::session::Session;

/// How far the drawing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Drawing {
        done: usize,
        of: usize,
    },
    /// Somebody had enough of it.
    Stopped {
        done: usize,
        of: usize,
    },
    Done,
    /// There is nothing to draw.
    Nothing(Nothing),
}

/// What was asked, and what is known of it by now.
#[derive(Clone, PartialEq)]
pub struct Shown {
    pub asked: Arc<Asked>,
    pub answer: Arc<Answer>,
}

type Wanted = Box<dyn FnOnce(Vec<f64>)>;

/// A drawing that follows the plan. Copies share it.
#[derive(Clone, Copy)]
pub struct Run {
    pub session: Session,
    pub state: Held<State>,
    pub shown: Held<Option<Shown>>,
    /// Whose chance is asked for; none is the whole.
    pub scope: Held<Option<NodeId>>,
    /// Counts the drawings: one that waits to begin is of no interest when there is a later one.
    turn: Held<u64>,
    drawer: StoredValue<Option<Drawer>, LocalStorage>,
    wanted: StoredValue<Option<Wanted>, LocalStorage>,
}

/// A plan that is being changed is not drawn for each key.
pub const SETTLES: Duration = Duration::from_millis(30);

impl Run {
    pub fn new(session: Session) -> Run {
        let run = Run {
            session,
            state: Held::new(State::Drawing { done: 0, of: 1 }),
            shown: Held::new(None),
            scope: Held::new(None),
            turn: Held::new(0),
            drawer: StoredValue::new_local(None),
            wanted: StoredValue::new_local(None),
        };
        let first = StoredValue::new_local(true);
        let settled = session.trailing();
        follow(move || {
            // Plan and outcome at once: told of each apart, it would begin again what somebody has stopped in between.
            settled.plan();
            run.scope.track();
            let turn = run.next_turn();
            if first.try_update_value(|it| std::mem::replace(it, false)) == Some(true) {
                return run.start(turn);
            }
            set_timeout(move || run.start(turn), SETTLES);
        });
        on_cleanup(move || run.end());
        run
    }

    /// Draws again from the start.
    pub fn again(self) {
        self.start(self.next_turn());
    }

    /// Ends it where it is. What is known by then stays.
    pub fn stop(self) {
        if let State::Drawing { done, of } = self.state.get_untracked() {
            self.next_turn();
            self.end();
            self.state.set(State::Stopped { done, of });
        }
    }

    /// Whether the samples behind what is shown can be had.
    pub fn has_samples(self) -> bool {
        matches!(self.state.get(), State::Done)
    }

    /// Hands the samples to whoever wants them: of each year, what was brought by the end of each month.
    pub fn with_samples(self, take: impl FnOnce(Vec<f64>) + 'static) {
        self.wanted.set_value(Some(Box::new(take)));
        self.drawer.with_value(|it| it.iter().for_each(Drawer::ask_samples));
    }

    /// Whose chance it is.
    pub fn asks_of(self) -> NodeId {
        self.scope.get_untracked().unwrap_or(self.session.plan_untracked().trees.organisation.root)
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

    fn start(self, turn: u64) {
        if self.turn.try_get_untracked() != Some(turn) {
            return;
        }
        self.end();
        let (plan, outcome) = (self.session.plan_untracked(), self.session.outcome_untracked());
        let asked = match asked(&plan, &outcome, self.asks_of()) {
            Ok(asked) => Arc::new(asked),
            Err(why) => {
                self.shown.set(None);
                return self.state.set(State::Nothing(why));
            }
        };
        self.state.set(State::Drawing { done: 0, of: asked.model.blocks() });
        let work = Work::Years(asked.model.clone());
        self.drawer.set_value(Some(Drawer::start(work, move |told: Told| self.heard(&asked, told))));
    }

    fn heard(self, asked: &Arc<Asked>, told: Told) {
        match told {
            Told::Some { done, of, said } => {
                if let Some(summary) = said.as_deref().and_then(Summary::of_numbers) {
                    let answer = Arc::new(answer(asked, &summary));
                    self.shown.set(Some(Shown { asked: Arc::clone(asked), answer }));
                }
                self.state.set(if done == of { State::Done } else { State::Drawing { done, of } });
            }
            Told::Samples(samples) => {
                if let Some(Some(take)) = self.wanted.try_update_value(Option::take) {
                    take(samples);
                }
            }
            Told::Failed => {}
        }
    }
}
