//! Who carries how much, drawn: a bar each, the longest first, its figure at its end and last year as a mark upon it.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::canvas::{Canvas, Ink, Shape, fit, width};
use crate::amount::{Amount, Places, print};
use crate::results::figure::Figures;

/// What is drawn, with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarrierPlot {
    pub bars: Vec<Bar>,
    pub figures: Figures,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub name: String,
    pub amount: i64,
    pub last_year: Option<i64>,
    /// What is written at the end of the bar.
    pub figure: String,
    /// Many in one: a bar that would dwarf all others is left out, its figure says it.
    pub is_rest: bool,
}

/// Below this width a name stands above its bar, not beside it.
const NARROW: u32 = 520;
const MOST_NAME_PX: i32 = 180;
/// A bar is so many steps high on the plot's own scale.
const BAR: i32 = 100;

impl CarrierPlot {
    pub fn height(&self, width: u32) -> u32 {
        self.bars.len() as u32 * if width < NARROW { 44 } else { 28 } + 40
    }

    /// The shapes, for a picture of a width in pixels.
    pub fn draw(&self, width: u32) -> Vec<Shape> {
        let mut shapes = Vec::new();
        // Writing into a list cannot fail; if plotters ever refuses, the table still says it all.
        _ = self.plot(width, Canvas::new((width, self.height(width)), &mut shapes));
        shapes
    }

    fn plot<'a>(&self, wide: u32, canvas: Canvas<'a>) -> DrawResult<(), Canvas<'a>> {
        let is_narrow = wide < NARROW;
        let names = if is_narrow { 0 } else { self.widest(|it| &it.name).min(MOST_NAME_PX) + 8 };
        let figures = self.widest(|it| &it.figure) + 10;
        let end = BAR * self.bars.len() as i32;
        let tick = |amount: &i64| print(Amount::from_units(*amount), self.figures.numeral, Places::Exact);
        let ticks = if is_narrow { 4 } else { 6 };
        let root = canvas.into_drawing_area();
        let mut chart = ChartBuilder::on(&root)
            .margin_top(8)
            .margin_left(names.max(4))
            .margin_right(figures)
            .set_label_area_size(LabelAreaPosition::Bottom, 24)
            .build_cartesian_2d(0..self.longest(), 0..end)?;
        chart
            .configure_mesh()
            .disable_y_mesh()
            .disable_y_axis()
            .x_labels(ticks)
            .x_label_formatter(&tick)
            .label_style(Ink::Label.text(HPos::Center, VPos::Top))
            .axis_style(TRANSPARENT)
            .light_line_style(TRANSPARENT)
            .bold_line_style(Ink::Grid)
            .set_all_tick_mark_size(3)
            .draw()?;
        let (from, to) = if is_narrow { (46, 86) } else { (18, 82) };
        // The plot's own scale runs upwards, the bars run down.
        let level = |at: usize, offset: i32| end - BAR * at as i32 - offset;
        chart.draw_series(self.bars.iter().enumerate().filter(|(_, bar)| self.has_bar(bar)).map(|(at, bar)| {
            Rectangle::new([(0, level(at, from)), (bar.amount, level(at, to))], Ink::Mark.filled())
        }))?;
        // It would run through names that stand above their bars.
        if !is_narrow {
            chart.draw_series([PathElement::new(vec![(0, 0), (0, end)], Ink::Axis)])?;
        }
        let place = |amount: i64, y: i32| chart.backend_coord(&(amount, y));
        for (at, bar) in self.bars.iter().enumerate() {
            let (left, upper) = place(0, level(at, from));
            let (right, lower) = place(if self.has_bar(bar) { bar.amount } else { 0 }, level(at, to));
            let middle = (upper + lower) / 2;
            let mut stop = right;
            if let Some(before) = bar.last_year.filter(|_| self.has_bar(bar)) {
                let x = place(before, 0).0;
                stop = stop.max(x + 2);
                // A gap on either side sets the mark off from the bar, in whatever colours.
                for (half, over, ink) in [(3, 2, Ink::Gap), (1, 4, Ink::Tick)] {
                    let corners = [(x - half, upper - over), (x + half, lower + over)];
                    root.draw(&Rectangle::new(corners, ink.filled()))?;
                }
            }
            root.draw_text(&bar.figure, &Ink::Figure.text(HPos::Left, VPos::Center), (stop + 6, middle))?;
            let name = fit(&bar.name, if is_narrow { wide as i32 - left - 4 } else { MOST_NAME_PX });
            let (style, spot) = match is_narrow {
                true => (Ink::Name.text(HPos::Left, VPos::Bottom), (left, upper - 5)),
                false => (Ink::Name.text(HPos::Right, VPos::Center), (left - 8, middle)),
            };
            root.draw_text(&name, &style, spot)?;
        }
        Ok(())
    }

    fn widest(&self, text: impl Fn(&Bar) -> &String) -> i32 {
        self.bars.iter().map(|bar| width(text(bar))).max().unwrap_or(0)
    }

    fn longest(&self) -> i64 {
        let each = self.bars.iter().filter(|it| !it.is_rest);
        each.flat_map(|it| [Some(it.amount), it.last_year]).flatten().max().unwrap_or(0).max(1)
    }

    fn has_bar(&self, bar: &Bar) -> bool {
        bar.amount <= self.longest()
    }
}
