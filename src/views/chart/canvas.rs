//! Where plotters draws: shapes, each in an ink that has a name.
//!
//! plotters knows where things go, and bakes in colours that follow no theme, no paper and no forced colours. So a colour
//! that it is given here is the number of an [`Ink`], and what it draws is kept as shapes, of which the page makes SVG
//! elements with the class of the ink: names stay text nodes, and no markup is ever written as text.
//!
//! Refused: colours, style attributes, and measuring. plotters would measure a label by putting an element with a style
//! attribute into the page, which a strict content security policy forbids; widths are estimated instead.

use std::convert::Infallible;

use plotters::style::{Color, FontFamily, IntoFont, TextStyle};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

/// The inks, each with the class that `style/chart.css` says the look of.
macro_rules! inks {
    ($($(#[$doc:meta])* $ink:ident: $class:literal,)*) => {
        /// What a shape stands for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Ink {
            /// plotters' own transparent: nothing is drawn in it.
            None,
            $($(#[$doc])* $ink,)*
        }

        impl Ink {
            pub const ALL: &[Ink] = &[$(Ink::$ink),*];

            pub fn class(self) -> &'static str {
                match self {
                    Ink::None => "",
                    $(Ink::$ink => concat!("chart__", $class),)*
                }
            }
        }
    };
}

inks! {
    /// What the plan gives: an outline, as it is yet to be.
    Mark: "mark",
    /// What last year brought: solid, as it is done, and paler.
    Before: "before",
    /// The mark of last year or of a capacity upon a bar, and the gap that sets it off.
    Tick: "tick",
    Gap: "gap",
    Grid: "grid",
    Boundary: "boundary",
    Axis: "axis",
    /// The line of what is wished, and of what is feasible.
    Wish: "wish",
    Able: "able",
    /// What adds to a whole, what takes from it, and the strokes that tell it without its colour.
    Rise: "rise",
    Fall: "fall",
    Hatch: "hatch",
    /// Many in one.
    Fold: "fold",
    /// How heavy a cell is, and the heaviest; the ridge says the same by its length.
    Heat0: "heat0",
    Heat1: "heat1",
    Heat2: "heat2",
    Heat3: "heat3",
    Heat4: "heat4",
    Ridge: "ridge",
    /// The parts of a bar in their order.
    Part1: "part1",
    Part2: "part2",
    Part3: "part3",
    Part4: "part4",
    Part5: "part5",
    /// The texts: along the axes, beside the bars, the figures, those that warn, and the title of a picture on its own.
    Label: "label",
    Name: "name",
    Figure: "figure",
    Alarm: "alarm",
    Title: "headline",
}

impl Ink {
    /// The style of a text in this ink, set at its anchor.
    pub fn text(self, across: HPos, down: VPos) -> TextStyle<'static> {
        let mut style =
            TextStyle::from((FontFamily::SansSerif, f64::from(FONT_PX)).into_font()).pos(Pos::new(across, down));
        style.color = self.to_backend_color();
        style
    }

    /// None for what is drawn in no ink: plotters' own transparent.
    fn of(color: BackendColor) -> Option<Ink> {
        Ink::ALL.iter().copied().find(|ink| 0.0 < color.alpha && color.rgb.0 == *ink as u8)
    }
}

impl Color for Ink {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (*self as u8, 0, 0) }
    }
}

/// Something drawn, in pixels from the upper left corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Block { ink: Ink, x: i32, y: i32, width: i32, height: i32 },
    Line { ink: Ink, points: Vec<(i32, i32)> },
    Dot { ink: Ink, x: i32, y: i32, radius: i32 },
    Text { ink: Ink, x: i32, y: i32, across: &'static str, down: &'static str, text: String },
}

/// A sheet of a size, and what was drawn on it.
pub struct Canvas<'a> {
    size: (u32, u32),
    shapes: &'a mut Vec<Shape>,
}

impl<'a> Canvas<'a> {
    pub fn new(size: (u32, u32), shapes: &'a mut Vec<Shape>) -> Canvas<'a> {
        Canvas { size, shapes }
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    /// Whether a block is filled or an outline is the ink's affair.
    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, _fill: bool) -> Drawn {
        if let Some(ink) = Ink::of(style.color()) {
            let (x, y) = (from.0.min(to.0), from.1.min(to.1));
            self.shapes.push(Shape::Block { ink, x, y, width: (to.0 - from.0).abs(), height: (to.1 - from.1).abs() });
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        if let Some(ink) = Ink::of(style.color()) {
            self.shapes.push(Shape::Line { ink, points: path.into_iter().collect() });
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let anchor = style.anchor();
        let across = match anchor.h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let down = match anchor.v_pos {
            VPos::Top => "0.76em",
            VPos::Center => "0.35em",
            VPos::Bottom => "-0.3em",
        };
        if let Some(ink) = Ink::of(style.color()) {
            self.shapes.push(Shape::Text { ink, x, y, across, down, text: text.to_owned() });
        }
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        _style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((width(text).unsigned_abs(), FONT_PX.unsigned_abs()))
    }
}

/// The size of every text in a picture; `style/chart.css` says the same.
const FONT_PX: i32 = 12;

/// About how wide a text is, in pixels; rather too wide than too narrow, for figures are bold and fonts differ.
pub fn width(text: &str) -> i32 {
    let hundredths: i32 = text.chars().map(em).sum();
    (hundredths * FONT_PX + 99) / 100
}

/// The width of a character in hundredths of the size of the font.
fn em(letter: char) -> i32 {
    match letter {
        '.' | ',' | ':' | ';' | '\'' | '|' | 'i' | 'j' | 'l' | 'I' | ' ' | '·' => 38,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 100,
        '0'..='9' => 70,
        'A'..='Z' => 72,
        '\0'..='\u{2E7F}' => 62,
        _ => 100,
    }
}

/// As much of a text as fits, with an ellipsis where that is not all.
pub fn fit(text: &str, most: i32) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if most < width(&kept) + width("…") {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}
