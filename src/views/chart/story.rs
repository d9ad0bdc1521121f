//! What every picture tells, whatever it is of: its point as a sentence, its marks, its legend, its table.

use std::sync::Arc;

use super::canvas::{Ink, Shape};
use super::pen::{block, hatch};
use super::spot::Spot;
use super::table::Table;
use crate::i18n::Words;
use crate::live::Derived;
use crate::plan::Plan;
use crate::results::figure::Figures;
use crate::views::name;

/// What a mark means, in the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    pub ink: Ink,
    pub sign: Sign,
    pub text: String,
}

/// What a mark looks like, its ink aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Bar,
    Dot,
    /// A stroke upon a bar, and one that stands alone.
    Tick,
    Stroke,
    /// A line that runs through the picture.
    Line,
}

impl Meaning {
    pub fn new(ink: Ink, text: impl Into<String>) -> Meaning {
        Meaning::as_sign(Sign::Bar, ink, text)
    }

    pub fn as_sign(sign: Sign, ink: Ink, text: impl Into<String>) -> Meaning {
        Meaning { ink, sign, text: text.into() }
    }

    /// The mark, on a square of fourteen pixels.
    pub fn swatch(&self) -> Vec<Shape> {
        let bar = |ink, x, width| block(ink, (x, 2), (width, 10));
        match (self.sign, self.ink) {
            (Sign::Dot, ink) => vec![Shape::Dot { ink, x: 7, y: 7, radius: 5 }],
            (Sign::Tick, ink) => vec![bar(Ink::Mark, 0, 14), bar(Ink::Gap, 5, 6), bar(ink, 7, 2)],
            (Sign::Line, ink) => vec![Shape::Line { ink, points: vec![(0, 7), (14, 7)] }],
            (Sign::Stroke, ink) => vec![block(ink, (6, 0), (3, 14))],
            (Sign::Bar, ink @ (Ink::Fall | Ink::Part4)) => {
                [bar(ink, 2, 10)].into_iter().chain(hatch((2, 2), (10, 10))).collect()
            }
            (Sign::Bar, ink) => vec![bar(ink, 2, 10)],
        }
    }
}

/// A drawn picture, and its marks in the order in which one reads them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    pub size: (u32, u32),
    pub shapes: Vec<Shape>,
    pub spots: Vec<Spot>,
}

/// A picture before it is drawn. Its figures are exact; its words follow the language.
pub trait Story: Send + Sync {
    fn plan(&self) -> &Plan;
    fn figures(&self) -> &Figures;
    /// What its figures are counted in.
    fn unit(&self, words: Words) -> String {
        name::unit(words, self.plan(), self.figures().numeral.scale)
    }

    /// What kind of picture it is, in a word.
    fn name(&self, words: Words) -> String;
    /// The point.
    fn title(&self, words: Words) -> String;
    fn legend(&self, words: Words) -> Vec<Meaning>;
    /// The picture at a width. None where there is nothing to draw.
    fn draw(&self, words: Words, width: u32) -> Option<Picture>;
    /// The same figures as a table.
    fn table(&self, words: Words) -> Table;
}

/// A story as the frame holds it. It is another one whenever it tells something else.
#[derive(Clone)]
pub struct Told(pub Arc<dyn Story>);

impl PartialEq for Told {
    fn eq(&self, other: &Told) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What is told, for as long as it is the same.
pub fn told<S: Story + PartialEq + 'static>(story: impl Fn() -> S + Send + Sync + 'static) -> Derived<Told> {
    let story = Derived::new(move || Arc::new(story()));
    Derived::new(move || Told(story.get()))
}
