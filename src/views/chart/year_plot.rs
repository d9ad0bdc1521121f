//! The year by month, drawn: a column a month, last year's beside it as an outline, the quarters set apart.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::canvas::{Canvas, Ink, Shape, width};
use super::months::{self, MONTH, Months};
use crate::amount::Amount;
use crate::results::figure::Figures;

/// What is drawn, with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearPlot {
    pub months: Vec<Column>,
    pub quarters: Vec<Quarter>,
    pub figures: Figures,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub amount: i64,
    pub last_year: Option<i64>,
}

/// A quarter's name and its share of the year, with the user's own label or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarter {
    pub long: String,
    pub short: String,
}

pub const HEIGHT: u32 = 260;

impl YearPlot {
    /// The shapes, for a picture of a width in pixels.
    pub fn draw(&self, width: u32) -> Vec<Shape> {
        let mut shapes = Vec::new();
        // Writing into a list cannot fail; if plotters ever refuses, the table still says it all.
        _ = self.plot(Canvas::new((width, HEIGHT), &mut shapes));
        shapes
    }

    /// From where each month reaches how far, in a picture of a width. None where it is too narrow to be pointed at.
    pub fn places(&self, wide: u32) -> Vec<(i32, i32)> {
        self.room().places(wide)
    }

    fn room(&self) -> Months {
        Months { count: self.months.len(), top: self.top(), numeral: self.figures.numeral, below: 42 }
    }

    fn plot<'a>(&self, canvas: Canvas<'a>) -> DrawResult<(), Canvas<'a>> {
        let room = self.room();
        let (top, end) = (room.top, room.end());
        let root = canvas.into_drawing_area();
        let mut chart = room.plot(&root)?;
        let boundaries = (1..self.quarters.len() as i32).map(|at| at * end / self.quarters.len() as i32);
        chart.draw_series(boundaries.map(|x| PathElement::new(vec![(x, 0), (x, top)], Ink::Boundary)))?;
        chart.draw_series(self.columns())?;
        chart.draw_series([PathElement::new(vec![(0, 0), (end, 0)], Ink::Axis)])?;
        let place = |x: i32, y: i64| chart.backend_coord(&(x, y));
        let (left, floor) = place(0, 0);
        self.write_names(&root, |at, of| (left + (place(end, 0).0 - left) * (2 * at + 1) / (2 * of), floor))?;
        self.write_figures(&root, |at, amount| place(MONTH * at + self.middle(), amount))
    }

    /// Room above the highest column for its figure.
    fn top(&self) -> i64 {
        let highest = self.months.iter().flat_map(|it| [Some(it.amount), it.last_year]).flatten().max().unwrap_or(0);
        highest.max(1).saturating_add(highest / 8)
    }

    fn has_last_year(&self) -> bool {
        self.months.iter().any(|it| it.last_year.is_some())
    }

    /// Where a month's column begins and ends, and last year's beside it.
    fn sides(&self) -> ((i32, i32), (i32, i32)) {
        if self.has_last_year() { ((16, 56), (60, 86)) } else { ((20, 80), (0, 0)) }
    }

    fn middle(&self) -> i32 {
        let ((from, to), _) = self.sides();
        (from + to) / 2
    }

    fn columns(&self) -> impl Iterator<Item = Rectangle<(i32, i64)>> + '_ {
        let (now, before) = self.sides();
        self.months.iter().enumerate().flat_map(move |(at, month)| {
            let column = move |(from, to): (i32, i32), amount: i64, ink: Ink| {
                let start = MONTH * at as i32;
                Rectangle::new([(start + from, 0), (start + to, amount)], ink.filled())
            };
            let last_year = month.last_year.map(|amount| column(before, amount, Ink::Before));
            [Some(column(now, month.amount, Ink::Mark)), last_year].into_iter().flatten()
        })
    }

    /// The names of the months, and of the quarters below them.
    fn write_names<'a>(
        &self,
        root: &DrawingArea<Canvas<'a>, plotters::coord::Shift>,
        centre: impl Fn(i32, i32) -> (i32, i32),
    ) -> DrawResult<(), Canvas<'a>> {
        let (months, quarters) = (self.months.len() as i32, self.quarters.len() as i32);
        let names: Vec<String> = self.months.iter().map(|it| it.name.clone()).collect();
        months::write_names(root, &names, |at| centre(at, months))?;
        let pitch = centre(1, quarters).0 - centre(0, quarters).0;
        let has_room = self.quarters.iter().all(|it| width(&it.long) + 4 <= pitch);
        for (at, quarter) in (0..).zip(&self.quarters) {
            let (x, y) = centre(at, quarters);
            let text = if has_room { &quarter.long } else { &quarter.short };
            root.draw_text(text, &Ink::Name.text(HPos::Center, VPos::Top), (x, y + 25))?;
        }
        Ok(())
    }

    /// The figures upon the columns, or upon the highest alone where they would run into each other.
    fn write_figures<'a>(
        &self,
        root: &DrawingArea<Canvas<'a>, plotters::coord::Shift>,
        head: impl Fn(i32, i64) -> (i32, i32),
    ) -> DrawResult<(), Canvas<'a>> {
        let figure = |amount: i64| self.figures.print(Amount::from_units(amount));
        let pitch = head(1, 0).0 - head(0, 0).0;
        let fits = self.months.iter().all(|it| width(&figure(it.amount)) + 6 <= pitch);
        let highest = self.months.iter().map(|it| it.amount).max();
        let first = self.months.iter().position(|it| Some(it.amount) == highest);
        for (at, month) in self.months.iter().enumerate() {
            if fits || Some(at) == first {
                let (x, y) = head(at as i32, month.amount);
                let style = Ink::Figure.text(HPos::Center, VPos::Bottom);
                root.draw_text(&figure(month.amount), &style, (x, y - 2))?;
            }
        }
        Ok(())
    }
}
