//! Pictures, each with a title that states the point, a text alternative, its marks for keys and mouse, its table one key
//! away, and three ways to take it along.
//!
//! `results` gives the points, a plot draws them upon named inks, a story says what they come to, a frame shows it. Where a
//! picture has axes, plotters draws them; where it has none, a pen does.
//! Refused: colours in code, markup as text, and a picture that says what its table does not.

mod able;
pub mod canvas;
mod carrier;
pub mod carrier_plot;
mod dots;
mod drawn;
mod export;
mod fan;
mod frame;
mod heat;
mod icicle;
pub mod lines;
mod mix;
mod months;
mod names;
mod paths;
pub mod pen;
mod pictures;
mod ranking;
mod reach;
mod reader;
mod sides;
pub mod spot;
mod steps;
mod story;
mod table;
mod wall;
mod waterfall;
mod year;
pub mod year_plot;

pub use able::AbleChart;
pub use canvas::width as text_width;
pub use drawn::DrawnChart;
pub use export::Format;
pub use fan::FanChart;
pub use paths::PathsChart;
pub use pictures::{Depth, Hung, Pictures, Shown};
pub use ranking::{Measure, Ranked, Ranking, RankingChart};
pub use reach::{Of, ReachChart, level};
pub use sides::{Side, Sides, SidesChart};
pub use steps::{Steps, StepsChart, Taken};
pub use wall::{Hanging, Wall};

use super::name;
use crate::amount::Amount;
use crate::i18n::Words;
use crate::plan::{Dimension, NodeId, Plan};
use crate::results::cut::Piece;
use crate::results::figure::print_percent;
use crate::say;
use story::Story;

/// A part of a whole in a sentence: 95% or 94.7%.
fn percent(basis_points: i64) -> String {
    let text = print_percent(basis_points, 1);
    format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
}

/// What a mark says where it is read alone: its name, and its amount to the last unit.
fn says(words: Words, plan: &Plan, name: &str, units: i64) -> String {
    let amount = name::exact_amount(words, plan, Amount::from_units(units));
    say!(words, chart.says, name = name, amount = amount).into_owned()
}

/// The unit of a picture's table.
fn unit(words: Words, story: &dyn Story) -> String {
    story.unit(words)
}

/// What a piece of a tree is called.
fn piece_name(words: Words, plan: &Plan, dimension: Dimension, piece: &Piece) -> String {
    match piece.id {
        Some(id) => name::node(words, plan, dimension, id),
        None => say!(words, chart.others, n = piece.count()).into_owned(),
    }
}

/// The node of a piece; of several the whole, where one finds them all.
fn piece_node(plan: &Plan, dimension: Dimension, piece: &Piece) -> NodeId {
    piece.id.unwrap_or(plan.tree(dimension).root)
}
