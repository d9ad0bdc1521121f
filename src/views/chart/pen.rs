//! Shapes drawn without axes: where a picture has no scale to be read, there is nothing for plotters to know.
//!
//! Refused: fractions. A picture is a whole number of pixels, and a part of it is reckoned in whole units.

use super::canvas::{Ink, Shape};

/// Where a text stands beside its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Start,
    Middle,
    End,
}

pub fn block(ink: Ink, (x, y): (i32, i32), (width, height): (i32, i32)) -> Shape {
    Shape::Block { ink, x, y, width: width.max(0), height: height.max(0) }
}

/// A text whose middle is at a height.
pub fn text(ink: Ink, (x, y): (i32, i32), side: Side, text: impl Into<String>) -> Shape {
    let across = match side {
        Side::Start => "start",
        Side::Middle => "middle",
        Side::End => "end",
    };
    Shape::Text { ink, x, y, across, down: "0.35em", text: text.into() }
}

/// So many of all the pixels as units of the whole, to the nearest.
pub fn part(pixels: i32, units: i64, whole: i64) -> i32 {
    let whole = i128::from(whole.max(1));
    let twice = 2 * i128::from(pixels) * i128::from(units);
    i32::try_from((twice + whole).div_euclid(2 * whole)).unwrap_or(pixels)
}

/// Strokes across a block, from its lower left to its upper right.
pub fn hatch((x, y): (i32, i32), (width, height): (i32, i32)) -> Vec<Shape> {
    const STEP: i32 = 6;
    let stroke = |offset: i32| {
        // The stroke that meets the lower edge so far from the left, as far as it lies in the block.
        let (from, to) = ((offset - height).max(0), offset.min(width));
        let points = vec![(x + from, y + offset - from), (x + to, y + offset - to)];
        Shape::Line { ink: Ink::Hatch, points }
    };
    // Measured along the upper edge and down the right one, so that all of the block is met.
    (1..).map(|at| at * STEP).take_while(|offset| *offset < width + height).map(stroke).collect()
}

/// The same further to the right and down.
pub fn moved(shape: Shape, (right, down): (i32, i32)) -> Shape {
    match shape {
        Shape::Block { ink, x, y, width, height } => Shape::Block { ink, x: x + right, y: y + down, width, height },
        Shape::Line { ink, points } => {
            Shape::Line { ink, points: points.into_iter().map(|(x, y)| (x + right, y + down)).collect() }
        }
        Shape::Dot { ink, x, y, radius } => Shape::Dot { ink, x: x + right, y: y + down, radius },
        Shape::Text { ink, x, y, across, down: lower, text } => {
            Shape::Text { ink, x: x + right, y: y + down, across, down: lower, text }
        }
    }
}
