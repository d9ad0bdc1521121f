//! Whole units in proportion to weights: what the engine divides with, wherever it divides. Its loops run thousands of times
//! for an edit, which is why they are a package of their own: the page is compiled for size, and this for speed.
//!
//! Numbers go in and numbers come out. It knows neither plans nor money, and says nothing to anybody: what a whole is, who
//! shares it, and what to do where a division cannot be, is for the engine to know.

pub mod apportion;
pub mod bounded;
pub mod largest;
pub mod matrix;
pub mod rounding;
mod webster;

pub use apportion::{apportion, normalise};
pub use bounded::{NO_CAP, Shortfall, split};

/// Who gets the units that proportion alone cannot hand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// The largest remainders first, in the order given where they tie.
    LargestRemainder,
    /// Nobody falls when the total rises.
    Webster,
    /// Every running total stays within half a unit of the true one.
    Cumulative,
}
