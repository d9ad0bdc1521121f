//! The kernel of chance as a module of its own, compiled for speed with instructions of 128 bits, without the page's library
//! and without any imports: for src/page/chance.js, which runs it beside the page. Compiled by `tools/chance.sh`.
//!
//! Numbers go in by `room`: so many that the caller fills, a model or a block. What comes out lies where `answer` says.
#![allow(dead_code, unused_imports, reason = "the page uses the rest of the kernel")]

#[path = "../engine/chance/kernel/mod.rs"]
mod kernel;

use std::cell::RefCell;

use kernel::{Block, Model, Simulation, Summary, Tornado, Turning};

/// A model, and the blocks that are there.
struct Run {
    model: Model,
    blocks: Vec<Option<Block>>,
}

thread_local! {
    static ROOM: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
    static RUN: RefCell<Option<Run>> = const { RefCell::new(None) };
    static TURNING: RefCell<Option<Turning>> = const { RefCell::new(None) };
    static ANSWER: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
}

#[unsafe(no_mangle)]
extern "C" fn room(numbers: usize) -> *mut f64 {
    ROOM.with_borrow_mut(|room| {
        *room = vec![0.0; numbers];
        room.as_mut_ptr()
    })
}

/// Takes the model in the room, and says of how many blocks it is; 0 where it is none.
#[unsafe(no_mangle)]
extern "C" fn load() -> usize {
    let model = ROOM.with_borrow(|room| Model::of_numbers(room));
    let blocks = model.as_ref().map_or(0, Model::blocks);
    RUN.set(model.map(|model| Run { blocks: (0..blocks).map(|_| None).collect(), model }));
    blocks
}

/// Draws a block and keeps it; it is the answer, for who puts the blocks together.
#[unsafe(no_mangle)]
extern "C" fn draw(number: usize) {
    RUN.with_borrow_mut(|run| {
        let Some(run) = run else { return };
        let block = Simulation::new(&run.model).block(number);
        if let Some(place) = run.blocks.get_mut(number) {
            *place = Some(block);
        }
    });
}

/// So many numbers of a block lie where `answer` says; it is kept no longer.
#[unsafe(no_mangle)]
extern "C" fn hand_over(number: usize) -> usize {
    answer_with(|run| run.blocks.get_mut(number).and_then(Option::take).map(|it| it.to_numbers()))
}

/// Takes in a block that another has drawn.
#[unsafe(no_mangle)]
extern "C" fn take(number: usize) {
    RUN.with_borrow_mut(|run| {
        let Some(Run { model, blocks }) = run else { return };
        if let Some(place) = blocks.get_mut(number) {
            *place = ROOM.with_borrow(|room| Block::of_numbers(model, number, room));
        }
    });
}

/// So many numbers of what may be said of the blocks that are there.
#[unsafe(no_mangle)]
extern "C" fn say() -> usize {
    answer_with(|Run { model, blocks }| Some(Summary::of(model, blocks).to_numbers()))
}

/// So many numbers of the samples behind it: of each trial, what the whole has brought by the end of each month.
#[unsafe(no_mangle)]
extern "C" fn samples() -> usize {
    answer_with(|run| Some(kernel::samples(&run.blocks)))
}

/// Takes the factors in the room, of the model that is there, and says of how many blocks it is; 0 where they are none.
#[unsafe(no_mangle)]
extern "C" fn turn() -> usize {
    let model = RUN.with_borrow(|run| run.as_ref().map(|it| it.model.clone()));
    let tornado = |model: &Model| ROOM.with_borrow(|room| Tornado::of_numbers(model, room));
    let turning = model.and_then(|model| Some(Turning::new(model.clone(), &tornado(&model)?)));
    let blocks = turning.as_ref().map_or(0, Turning::blocks);
    TURNING.set(turning);
    blocks
}

/// Draws a block with every factor lower and higher.
#[unsafe(no_mangle)]
extern "C" fn turn_block(number: usize) {
    TURNING.with_borrow_mut(|it| it.iter_mut().for_each(|it| it.block(number)));
}

/// So many numbers of what may be said of the factors by now.
#[unsafe(no_mangle)]
extern "C" fn turned() -> usize {
    ANSWER.set(TURNING.with_borrow(|it| it.as_ref().map(|it| it.said().to_numbers())).unwrap_or_default());
    ANSWER.with_borrow(Vec::len)
}

#[unsafe(no_mangle)]
extern "C" fn answer() -> *const f64 {
    ANSWER.with_borrow(|answer| answer.as_ptr())
}

fn answer_with(of: impl FnOnce(&mut Run) -> Option<Vec<f64>>) -> usize {
    ANSWER.set(RUN.with_borrow_mut(|run| run.as_mut().and_then(of)).unwrap_or_default());
    ANSWER.with_borrow(Vec::len)
}
