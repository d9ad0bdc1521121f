//! The drawing of years: by a worker beside the page, or, where there is none, here, a block at a time between whatever else
//! the page has to do. What is shown grows while more is drawn.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use crate::edge::chance::{Drawing, Told};
use crate::engine::chance::kernel::{Block, Simulation, Summary, samples};
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

/// Who draws.
enum Drawer {
    Worker(Drawing),
    Here(Rc<RefCell<Vec<Option<Block>>>>),
}

type Wanted = Box<dyn FnOnce(Vec<f64>)>;

/// A drawing that follows the plan. Copies share it.
#[derive(Clone, Copy)]
pub struct Run {
    session: Session,
    pub state: Held<State>,
    pub shown: Held<Option<Shown>>,
    /// Whose chance is asked for; none is the whole.
    pub scope: Held<Option<NodeId>>,
    /// Counts the drawings: what an earlier one still says is of no interest.
    turn: Held<u64>,
    drawer: StoredValue<Option<Drawer>, LocalStorage>,
    wanted: StoredValue<Option<Wanted>, LocalStorage>,
}

/// A plan that is being changed is not drawn for each key.
const SETTLES: Duration = Duration::from_millis(30);

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
        follow(move || {
            session.plan();
            session.outcome();
            run.scope.track();
            let turn = run.next_turn();
            if first.try_update_value(|it| std::mem::replace(it, false)) == Some(true) {
                return run.start(turn);
            }
            set_timeout(move || run.start(turn), SETTLES);
        });
        on_cleanup(move || {
            drop(run.drawer.try_update_value(Option::take));
        });
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
            if matches!(self.drawer.try_update_value(|it| matches!(it, Some(Drawer::Worker(_)))), Some(true)) {
                drop(self.drawer.try_update_value(Option::take));
            }
            self.state.set(State::Stopped { done, of });
        }
    }

    /// Whether the samples behind what is shown can be had.
    pub fn has_samples(self) -> bool {
        matches!(self.state.get(), State::Done)
    }

    /// Hands the samples to whoever wants them: of each year, what was brought by the end of each month.
    pub fn with_samples(self, take: impl FnOnce(Vec<f64>) + 'static) {
        let mut take = Some(take);
        let blocks = self.drawer.try_update_value(|it| match it {
            Some(Drawer::Here(blocks)) => Some(Rc::clone(blocks)),
            Some(Drawer::Worker(drawing)) => {
                self.wanted.set_value(take.take().map(|it| Box::new(it) as Wanted));
                drawing.ask_samples();
                None
            }
            None => None,
        });
        if let (Some(Some(blocks)), Some(take)) = (blocks, take) {
            take(samples(&blocks.borrow()));
        }
    }

    fn next_turn(self) -> u64 {
        self.turn
            .try_update(|it| {
                *it += 1;
                *it
            })
            .unwrap_or_default()
    }

    fn is_current(self, turn: u64) -> bool {
        self.turn.try_get_untracked() == Some(turn)
    }

    fn start(self, turn: u64) {
        if !self.is_current(turn) {
            return;
        }
        drop(self.drawer.try_update_value(Option::take));
        let (plan, outcome) = (self.session.plan_untracked(), self.session.outcome_untracked());
        let scope = self.scope.get_untracked().unwrap_or(plan.trees.organisation.root);
        let asked = match asked(&plan, &outcome, scope) {
            Ok(asked) => Arc::new(asked),
            Err(why) => {
                self.shown.set(None);
                return self.state.set(State::Nothing(why));
            }
        };
        self.state.set(State::Drawing { done: 0, of: asked.model.blocks() });
        let numbers = asked.model.to_numbers();
        let told = {
            let asked = Arc::clone(&asked);
            move |told: Told| self.heard(turn, &asked, told)
        };
        match Drawing::start(&numbers, told) {
            Some(drawing) => self.drawer.set_value(Some(Drawer::Worker(drawing))),
            None => self.draw_here(turn, asked),
        }
    }

    fn heard(self, turn: u64, asked: &Arc<Asked>, told: Told) {
        if !self.is_current(turn) {
            return;
        }
        match told {
            Told::Some { done, of, said } => {
                if let Some(summary) = said.as_deref().and_then(Summary::of_numbers) {
                    self.show(asked, &summary);
                }
                self.state.set(if done == of { State::Done } else { State::Drawing { done, of } });
            }
            Told::Samples(samples) => {
                if let Some(Some(take)) = self.wanted.try_update_value(Option::take) {
                    take(samples);
                }
            }
            Told::Failed => self.draw_here(turn, Arc::clone(asked)),
        }
    }

    fn show(self, asked: &Arc<Asked>, summary: &Summary) {
        self.shown.set(Some(Shown { asked: Arc::clone(asked), answer: Arc::new(answer(asked, summary)) }));
    }

    fn draw_here(self, turn: u64, asked: Arc<Asked>) {
        let blocks: Vec<Option<Block>> = (0..asked.model.blocks()).map(|_| None).collect();
        let blocks = Rc::new(RefCell::new(blocks));
        self.drawer.set_value(Some(Drawer::Here(Rc::clone(&blocks))));
        self.draw_one(turn, asked, blocks, 0, 1);
    }

    /// A block, and the next after whatever else waits. Says something new whenever there is twice as much.
    fn draw_one(
        self,
        turn: u64,
        asked: Arc<Asked>,
        blocks: Rc<RefCell<Vec<Option<Block>>>>,
        number: usize,
        says_at: usize,
    ) {
        if !self.is_current(turn) {
            return;
        }
        let of = asked.model.blocks();
        let drawn = Simulation::new(&asked.model).block(number);
        if let Some(place) = blocks.borrow_mut().get_mut(number) {
            *place = Some(drawn);
        }
        let done = number + 1;
        let says = says_at <= done || done == of;
        if says {
            self.show(&asked, &Summary::of(&asked.model, &blocks.borrow()));
        }
        self.state.set(if done == of { State::Done } else { State::Drawing { done, of } });
        if done < of {
            let says_at = if says { 2 * done } else { says_at };
            set_timeout(move || self.draw_one(turn, asked, blocks, done, says_at), Duration::ZERO);
        }
    }
}
