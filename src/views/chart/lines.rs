//! The ground of pictures that are read line by line: names to the left, or above where it is narrow, and one scale along
//! which all lines are drawn.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::canvas::{Canvas, Ink, Shape, fit, width};
use super::pen::{Side, part, text};
use crate::amount::{Amount, Places, print};
use crate::results::figure::Figures;

/// What the ground is laid for.
pub struct Lines<'a> {
    pub names: &'a [String],
    /// The widest text to the right of the scale.
    pub widest: i32,
    /// The widest text that stands to the left of a mark.
    pub before: i32,
    /// The ends of the scale, and where between them the marks begin.
    pub least: i64,
    pub from: i64,
    pub most: i64,
    pub figures: &'a Figures,
}

/// The ground as it is laid: where amounts and lines are in it.
pub struct Ground {
    pub size: (u32, u32),
    pub shapes: Vec<Shape>,
    pub is_narrow: bool,
    /// The lines, each from its upper end to its lower one, without its name where that stands above.
    pub rows: Vec<(i32, i32)>,
    /// Where the marks begin, and the end of the scale.
    pub zero: i32,
    pub end: i32,
    start: i32,
    least: i64,
    most: i64,
}

/// Below this width a name stands above its line, not beside it.
const NARROW: u32 = 520;
const MOST_NAME_PX: i32 = 180;
const TOP: i32 = 8;
const BOTTOM: i32 = 28;

impl<'a> Lines<'a> {
    /// From nothing up to the most.
    pub fn up(names: &'a [String], widest: i32, most: i64, figures: &'a Figures) -> Lines<'a> {
        Lines { names, widest, before: 0, least: 0, from: 0, most, figures }
    }

    pub fn lay(&self, wide: u32) -> Ground {
        let is_narrow = wide < NARROW;
        let pitch = if is_narrow { 44 } else { 28 };
        let count = self.names.len() as i32;
        let high = TOP + pitch * count + BOTTOM;
        let longest = self.names.iter().map(|it| width(it)).max().unwrap_or(0).min(MOST_NAME_PX);
        let names_end = if is_narrow { 4 } else { longest + 12 };
        let start = names_end + self.before;
        let end = (wide as i32 - self.widest - 12).max(start + 40);
        let mut shapes = Vec::new();
        // Writing into a list cannot fail; if plotters ever refuses, the table still says it all.
        _ = self.scale(Canvas::new((wide, high as u32), &mut shapes), (start, end), is_narrow);
        let rows = (0..count).map(|at| {
            let top = TOP + pitch * at;
            if is_narrow { (top + 18, top + pitch - 6) } else { (top + 5, top + pitch - 5) }
        });
        let rows: Vec<(i32, i32)> = rows.collect();
        for (name, (top, bottom)) in self.names.iter().zip(&rows) {
            shapes.push(match is_narrow {
                true => text(Ink::Name, (names_end, top - 9), Side::Start, fit(name, wide as i32 - names_end - 4)),
                false => text(Ink::Name, (names_end - 8, (top + bottom) / 2), Side::End, fit(name, MOST_NAME_PX)),
            });
        }
        let (least, most) = self.ends();
        let zero = start + part(end - start, self.from - least, most - least);
        Ground { size: (wide, high as u32), shapes, is_narrow, rows, zero, end, start, least, most }
    }

    fn ends(&self) -> (i64, i64) {
        (self.least, self.most.max(self.least + 1))
    }

    fn scale<'b>(&self, canvas: Canvas<'b>, (start, end): (i32, i32), is_narrow: bool) -> DrawResult<(), Canvas<'b>> {
        let (least, most) = self.ends();
        let tick = |amount: &i64| print(Amount::from_units(*amount), self.figures.numeral, Places::Exact);
        let root = canvas.into_drawing_area();
        let wide = root.dim_in_pixel().0 as i32;
        let mut chart = ChartBuilder::on(&root)
            .margin_top(TOP)
            .margin_left(start)
            .margin_right(wide - end)
            .set_label_area_size(LabelAreaPosition::Bottom, BOTTOM)
            .build_cartesian_2d(least..most, 0..1_i32)?;
        chart
            .configure_mesh()
            .disable_y_mesh()
            .disable_y_axis()
            .x_labels(if is_narrow { 3 } else { 6 })
            .x_label_formatter(&tick)
            .label_style(Ink::Label.text(HPos::Center, VPos::Top))
            .axis_style(TRANSPARENT)
            .light_line_style(TRANSPARENT)
            .bold_line_style(Ink::Grid)
            .set_all_tick_mark_size(3)
            .draw()?;
        // It would run through names that stand above their lines.
        if !is_narrow {
            chart.draw_series([PathElement::new(vec![(self.from, 0), (self.from, 1)], Ink::Axis)])?;
        }
        Ok(())
    }
}

impl Ground {
    pub fn x(&self, amount: i64) -> i32 {
        self.start + part(self.end - self.start, amount - self.least, self.most - self.least)
    }

    /// All of a line, its name included: what one points at.
    pub fn reach(&self, at: usize) -> (i32, i32, i32, i32) {
        let (top, bottom) = self.rows.get(at).copied().unwrap_or_default();
        let (above, below) = if self.is_narrow { (18, 6) } else { (5, 5) };
        (0, top - above, self.size.0 as i32, bottom - top + above + below)
    }
}
