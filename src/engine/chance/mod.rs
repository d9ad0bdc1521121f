//! The chance of the year: what each node brings if many years were drawn, and by how much to aim higher to be as sure of the
//! target as one wants to be.
//!
//! `asked` makes of a plan what is drawn, `kernel` draws it, `said` tells in whole units what came of it: an estimate each,
//! rounded once. Refused: to draw anything here where somebody waits. Whoever wants the answer has the blocks drawn, one
//! after the other or beside each other; what comes out is the same.

mod asked;
pub mod kernel;
mod moves;
mod said;

pub use asked::{Asked, Basis, Nothing, asked};
pub use moves::{Move, Moved, MovedEnd, Moves};
pub use said::{Answer, AnsweredMonth, AnsweredNode, Needed, answer, chance};

use kernel::{Block, Model, Simulation, Summary};

/// All of it at once: what a worker beside the page does in pieces.
pub fn drawn(model: &Model) -> Summary {
    let mut simulation = Simulation::new(model);
    let blocks: Vec<Option<Block>> = (0..model.blocks()).map(|number| Some(simulation.block(number))).collect();
    Summary::of(model, &blocks)
}
