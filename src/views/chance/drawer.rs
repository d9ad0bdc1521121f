//! Something drawn in blocks: by a worker beside the page, or, where there is none, here, a block at a time between whatever
//! else the page has to do. What it says is the same, in the same numbers: something new whenever there is twice as much.

use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::time::Duration;

use leptos::prelude::*;

use crate::edge::chance::{Drawing, Told};
use crate::engine::chance::kernel::{Block, Model, Simulation, Summary, Tornado, Turning, samples};

/// What is drawn.
pub enum Work {
    Years(Model),
    /// What moves the chance.
    Tornado(Model, Tornado),
}

/// A drawing on its way. Dropped, it ends where it is and says nothing more.
pub struct Drawer(Rc<State>);

struct State {
    drawing: RefCell<Option<Drawing>>,
    here: RefCell<Option<Here>>,
    told: Box<dyn Fn(Told)>,
}

/// What is drawn by the page itself.
enum Here {
    Years { model: Model, blocks: Vec<Option<Block>> },
    Tornado(Box<Turning>),
}

impl Drawer {
    pub fn start(work: Work, told: impl Fn(Told) + 'static) -> Drawer {
        let state = Rc::new(State { drawing: RefCell::default(), here: RefCell::default(), told: Box::new(told) });
        let (model, tornado) = match &work {
            Work::Years(model) => (model.to_numbers(), None),
            Work::Tornado(model, tornado) => (model.to_numbers(), Some(tornado.to_numbers())),
        };
        let work = Rc::new(RefCell::new(Some(work)));
        let heard = {
            let (state, work) = (Rc::downgrade(&state), Rc::clone(&work));
            move |told: Told| hear(&state, &work, told)
        };
        match Drawing::start(&model, tornado.as_deref(), heard) {
            Some(drawing) => state.drawing.replace(Some(drawing)).map_or((), drop),
            None => hear(&Rc::downgrade(&state), &work, Told::Failed),
        }
        Drawer(state)
    }

    /// Asks for the samples of what is drawn by now: they are told.
    pub fn ask_samples(&self) {
        if let Some(drawing) = &*self.0.drawing.borrow() {
            return drawing.ask_samples();
        }
        let samples = match &*self.0.here.borrow() {
            Some(Here::Years { blocks, .. }) => samples(blocks),
            _ => return,
        };
        (self.0.told)(Told::Samples(samples));
    }
}

fn hear(state: &Weak<State>, work: &RefCell<Option<Work>>, told: Told) {
    let Some(state) = state.upgrade() else { return };
    let Told::Failed = told else { return (state.told)(told) };
    // A worker that has failed once is not asked again.
    let here = match work.take() {
        Some(Work::Years(model)) => Here::Years { blocks: (0..model.blocks()).map(|_| None).collect(), model },
        Some(Work::Tornado(model, tornado)) => Here::Tornado(Box::new(Turning::new(model, &tornado))),
        None => return,
    };
    state.drawing.replace(None);
    state.here.replace(Some(here));
    let state = Rc::downgrade(&state);
    set_timeout(move || draw(&state, 0, 1), Duration::ZERO);
}

/// A block, and the next after whatever else waits.
fn draw(state: &Weak<State>, number: usize, says_at: usize) {
    let Some(alive) = state.upgrade() else { return };
    let done = number + 1;
    let (of, said) = {
        let mut here = alive.here.borrow_mut();
        let Some(here) = &mut *here else { return };
        here.draw(number);
        let of = here.blocks();
        (of, (says_at <= done || done == of).then(|| here.say()))
    };
    let says_at = if said.is_some() { 2 * done } else { says_at };
    (alive.told)(Told::Some { done, of, said });
    if done < of {
        let state = Weak::clone(state);
        set_timeout(move || draw(&state, done, says_at), Duration::ZERO);
    }
}

impl Here {
    fn blocks(&self) -> usize {
        match self {
            Here::Years { blocks, .. } => blocks.len(),
            Here::Tornado(turning) => turning.blocks(),
        }
    }

    fn draw(&mut self, number: usize) {
        match self {
            Here::Years { model, blocks } => {
                let block = Simulation::new(model).block(number);
                blocks.get_mut(number).into_iter().for_each(|it| *it = Some(block.clone()));
            }
            Here::Tornado(turning) => turning.block(number),
        }
    }

    fn say(&self) -> Vec<f64> {
        match self {
            Here::Years { model, blocks } => Summary::of(model, blocks).to_numbers(),
            Here::Tornado(turning) => turning.said().to_numbers(),
        }
    }
}
