//! Twenty years that stand for all that were drawn, as dots along what they bring: one counts how many of them reach the
//! target, and sees how far the others lie from it.

use std::sync::Arc;

use leptos::prelude::*;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::canvas::{Canvas, Ink, Shape};
use super::frame::Frame;
use super::pen::{block, part};
use super::spot::Spot;
use super::story::{Meaning, Picture, Sign, Story, told};
use super::table::{Cell, Table};
use crate::amount::{Amount, Places, print};
use crate::i18n::Words;
use crate::live::Held;
use crate::plan::{At, Dimension, NodeId, Pair, Plan};
use crate::results::chance::estimate;
use crate::results::chart::label_figures;
use crate::results::figure::Figures;
use crate::say;
use crate::views::chance::Shown;
use crate::views::display::Display;
use crate::views::name;
use crate::views::settle::trailing;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Drawn {
    /// Whose years they are.
    of: NodeId,
    /// The worst first.
    years: Vec<i64>,
    target: i64,
    figures: Figures,
    plan: Arc<Plan>,
}

#[component]
pub fn DrawnChart(shown: Held<Option<Shown>>) -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let story = told(move || {
        let plan = session.plan();
        let (of, target, years) = shown.with(|it| {
            let answer = it.as_ref().map(|it| &it.answer);
            let whole = answer.and_then(|it| it.nodes.first());
            let years = answer.map(|it| it.dots.iter().map(|it| it.units()).collect()).unwrap_or_default();
            let of = whole.map_or(plan.trees.organisation.root, |it| it.id);
            (of, whole.map_or(0, |it| it.target.units()), years)
        });
        let figures = display.figures(&plan, std::iter::once(target));
        Drawn { of, years, target, figures, plan }
    });
    view! { <Frame table_id="drawn-table" story/> }
}

const RADIUS: i32 = 9;
const SIDE: i32 = 28;
const TOP: i32 = 10;
const BOTTOM: i32 = 28;

/// A dot: which year, and where.
struct Place {
    year: usize,
    x: i32,
    y: i32,
}

impl Drawn {
    fn reaches(&self, year: i64) -> bool {
        self.target <= year
    }

    /// The ends of the scale: all years and the target, with a little to either side.
    fn ends(&self) -> (i64, i64) {
        let all = || self.years.iter().copied().chain([self.target]);
        let (least, most) = (all().min().unwrap_or(0), all().max().unwrap_or(0));
        let aside = ((most - least) / 20).max(1);
        ((least - aside).max(0), most + aside)
    }

    fn x(&self, amount: i64, wide: u32) -> i32 {
        let (least, most) = self.ends();
        SIDE + part(wide as i32 - 2 * SIDE, amount - least, most - least)
    }

    /// The dots of a picture so wide and how high it is: those that would lie on each other stand upon each other.
    fn places(&self, wide: u32) -> (Vec<Place>, i32) {
        let mut columns: Vec<(i32, Vec<usize>)> = Vec::new();
        for (year, amount) in self.years.iter().enumerate() {
            let x = self.x(*amount, wide);
            match columns.last_mut() {
                // No dot on both sides of the target in one column.
                Some((at, years))
                    if x - *at < 2 * RADIUS && self.reaches(self.years[years[0]]) == self.reaches(*amount) =>
                {
                    years.push(year);
                }
                _ => columns.push((x, vec![year])),
            }
        }
        let most = columns.iter().map(|it| it.1.len()).max().unwrap_or(0) as i32;
        let floor = TOP + 2 * RADIUS * most;
        let place = |(x, years): (i32, Vec<usize>)| {
            let place = move |(at, year): (usize, usize)| Place { year, x, y: floor - RADIUS - 2 * RADIUS * at as i32 };
            years.into_iter().enumerate().map(place)
        };
        (columns.into_iter().flat_map(place).collect(), floor)
    }

    fn axis<'a>(&self, canvas: Canvas<'a>, is_narrow: bool) -> DrawResult<(), Canvas<'a>> {
        let (least, most) = self.ends();
        let labels = label_figures(&self.figures, most);
        let tick = |amount: &i64| print(Amount::from_units(*amount), labels.numeral, Places::Exact);
        let root = canvas.into_drawing_area();
        let mut chart = ChartBuilder::on(&root)
            .margin_left(SIDE)
            .margin_right(SIDE)
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
        chart.draw_series([PathElement::new(vec![(least, 0), (most, 0)], Ink::Axis)])?;
        Ok(())
    }

    fn amount(&self, words: Words, units: i64) -> String {
        name::amount(words, &self.plan, &self.figures, Amount::from_units(units))
    }

    fn says(&self, words: Words, year: usize) -> String {
        let amount = self.amount(words, estimate(Amount::from_units(self.years[year])).units());
        say!(words, chance.drawn_says, number = year + 1, amount = amount, target = self.amount(words, self.target))
            .into_owned()
    }
}

impl Story for Drawn {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, chance.drawn).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let count = self.years.iter().filter(|it| self.reaches(**it)).count();
        say!(words, chance.drawn_title, count = count, target = self.amount(words, self.target)).into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        vec![
            Meaning::as_sign(Sign::Dot, Ink::Rise, say!(words, chance.drawn_reached)),
            Meaning::as_sign(Sign::Dot, Ink::Before, say!(words, chance.drawn_missed)),
            Meaning::as_sign(Sign::Stroke, Ink::Tick, say!(words, chance.target)),
        ]
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        if self.years.is_empty() || self.target <= 0 {
            return None;
        }
        let (places, floor) = self.places(wide);
        let high = (floor + BOTTOM) as u32;
        let mut shapes = Vec::new();
        // Writing into a list cannot fail; if plotters ever refuses, the table still says it all.
        _ = self.axis(Canvas::new((wide, high), &mut shapes), wide < 520);
        shapes.push(block(Ink::Tick, (self.x(self.target, wide) - 1, 0), (3, floor)));
        let mut spots = Vec::new();
        let (pair, column) = (Pair::over_time(Dimension::Organisation), self.plan.tree(Dimension::Time).root);
        for Place { year, x, y } in places {
            let ink = if self.reaches(self.years[year]) { Ink::Rise } else { Ink::Before };
            shapes.push(Shape::Dot { ink, x, y, radius: RADIUS - 1 });
            spots.push(Spot {
                x: x - RADIUS,
                y: y - RADIUS,
                width: 2 * RADIUS,
                height: 2 * RADIUS,
                says: self.says(words, year),
                at: At { pair, row: self.of, column },
            });
        }
        Some(Picture { size: (wide, high), shapes, spots })
    }

    fn table(&self, words: Words) -> Table {
        let row = |(at, year): (usize, &i64)| {
            vec![Cell::Text((at + 1).to_string()), Cell::Amount(Some(*year)), Cell::Change(Some(year - self.target))]
        };
        let heads = [say!(words, chance.drawn_year), say!(words, chance.drawn_brought), say!(words, chance.drawn_over)];
        Table {
            caption: say!(words, chance.drawn_caption, unit = super::unit(words, self)).into_owned(),
            heads: heads.into_iter().map(|it| it.into_owned()).collect(),
            rows: self.years.iter().enumerate().map(row).collect(),
            foot: Vec::new(),
        }
    }
}
