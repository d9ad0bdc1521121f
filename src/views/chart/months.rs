//! A year by month to draw in: an axis of amounts on the left, a column of room for each month, the months' names below.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::canvas::{Canvas, Ink, width};
use crate::amount::{Amount, Numeral, Places, print};

/// A month is so many steps wide on the plot's own scale.
pub const MONTH: i32 = 100;
/// What is smaller nobody hits.
const LEAST_TARGET: i32 = 24;
const RIGHT: i32 = 4;

/// What of a picture the months and the axis take.
#[derive(Clone, Copy, Debug)]
pub struct Months {
    pub count: usize,
    /// The highest amount that there is room for.
    pub top: i64,
    pub numeral: Numeral,
    /// Room for what is written below.
    pub below: i32,
}

/// Where amounts and months lie in the picture.
pub type Plot<'a, 'b> = ChartContext<
    'b,
    Canvas<'a>,
    Cartesian2d<plotters::coord::types::RangedCoordi32, plotters::coord::types::RangedCoordi64>,
>;

impl Months {
    /// Where the last month ends on the plot's own scale.
    pub fn end(&self) -> i32 {
        MONTH * self.count as i32
    }

    /// From where each month reaches how far, in a picture of a width. None where it is too narrow to be pointed at.
    pub fn places(&self, wide: u32) -> Vec<(i32, i32)> {
        let left = self.left();
        let pitch = (wide as i32 - left - RIGHT) / (self.count as i32).max(1);
        if pitch < LEAST_TARGET {
            return Vec::new();
        }
        (0..self.count as i32).map(|at| (left + pitch * at, pitch)).collect()
    }

    /// The axis and its lines, upon which the rest is drawn.
    pub fn plot<'a, 'b>(
        &self,
        root: &'b DrawingArea<Canvas<'a>, plotters::coord::Shift>,
    ) -> DrawResult<Plot<'a, 'b>, Canvas<'a>> {
        let tick = |amount: &i64| print(Amount::from_units(*amount), self.numeral, Places::Exact);
        let mut chart = ChartBuilder::on(root)
            .margin_top(8)
            .margin_right(RIGHT)
            .set_label_area_size(LabelAreaPosition::Left, self.left())
            .set_label_area_size(LabelAreaPosition::Bottom, self.below)
            .build_cartesian_2d(0..self.end(), 0..self.top)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .disable_x_axis()
            .y_labels(5)
            .y_label_formatter(&tick)
            .label_style(Ink::Label.text(HPos::Right, VPos::Center))
            .axis_style(TRANSPARENT)
            .light_line_style(TRANSPARENT)
            .bold_line_style(Ink::Grid)
            .set_all_tick_mark_size(3)
            .draw()?;
        Ok(chart)
    }

    /// Room for the figures along the axis.
    pub fn left(&self) -> i32 {
        width(&print(Amount::from_units(self.top), self.numeral, Places::Exact)) + 12
    }
}

/// The names of months below a plot, each about its centre, short where they would run into each other.
pub fn write_names<'a>(
    root: &DrawingArea<Canvas<'a>, plotters::coord::Shift>,
    names: &[String],
    centre: impl Fn(i32) -> (i32, i32),
) -> DrawResult<(), Canvas<'a>> {
    let pitch = centre(1).0 - centre(0).0;
    let is_narrow = names.iter().any(|it| pitch < width(it) + 2);
    for (at, name) in (0..).zip(names) {
        let (x, y) = centre(at);
        let name = if is_narrow { initial(name) } else { name.clone() };
        root.draw_text(&name, &Ink::Label.text(HPos::Center, VPos::Top), (x, y + 6))?;
    }
    Ok(())
}

/// What is left of the name of a month where there is no room: its number, or its first letter.
fn initial(name: &str) -> String {
    let number: String = name.chars().take_while(char::is_ascii_digit).collect();
    if number.is_empty() { name.chars().take(1).collect() } else { number }
}
