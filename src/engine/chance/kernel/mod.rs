//! Many years, drawn by chance: what each node brings in each, and what of it may be said.
//!
//! A stream is so many deals, or what somebody brings, in one month: won or not, and of a size that is lognormal. Streams of a
//! segment share a factor, so that a bad year is one for all of them. Trials are drawn in blocks of [`BLOCK`], and each
//! stream has a generator of its own in each block: what comes out does not depend on who draws which blocks, and a stream
//! that changes moves no draw of another.
//!
//! Compiled twice: into the page, and for speed into a small module of its own (src/page/chance.rs), which is why it knows
//! nothing of plans. Floats throughout; what leaves for a plan is rounded once, by `engine::chance`. Refused: any function
//! of a library that another machine might compute differently.
#![allow(clippy::float_arithmetic, reason = "draws are no money")]
#![allow(clippy::excessive_precision, reason = "the numbers are written as their sources have them")]

pub mod curve;
mod model;
mod random;
mod simulate;
mod summary;
mod tornado;

pub use model::{Model, Node, Stop, Stream, lognormal};
pub use random::Random;
pub use simulate::{Block, Simulation};
pub use summary::{Buffer, MonthSaid, NodeSaid, Summary, chance_at, quantile, rank_bounds, samples};
pub use tornado::{Bar, End, Factor, Tornado, TornadoSaid, Turning};

/// Trials that are drawn together: few enough for a first answer within a tenth of a second on a thousand people.
pub const BLOCK: usize = 256;

/// Months of a year, at most.
pub const MONTHS: usize = 12;

/// Years that stand for all, each as likely as any other.
pub const DOTS: usize = 20;
