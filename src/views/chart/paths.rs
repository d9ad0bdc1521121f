//! What is wished and what is feasible, each as the line of a year that adds up, and the gap between the two at its end
//! (S0-02).

use std::sync::Arc;

use leptos::prelude::*;
use plotters::prelude::*;

use super::canvas::{Canvas, Ink, Shape, width};
use super::frame::Frame;
use super::months::{self, MONTH, Months};
use super::spot::Spot;
use super::story::{Meaning, Picture, Sign, Story, told};
use super::table::{Cell, Table};
use crate::amount::Amount;
use crate::engine::capacity::MONTHS;
use crate::i18n::Words;
use crate::plan::{At, Calendar, Dimension, Pair, Plan};
use crate::results::chart::label_figures;
use crate::results::figure::Figures;
use crate::results::goal::{self, paths};
use crate::say;
use crate::views::display::Display;
use crate::views::name;
use crate::views::settle::trailing;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Paths {
    paths: Option<goal::Paths>,
    figures: Figures,
    plan: Arc<Plan>,
}

/// Wish and feasibility through the year.
#[component]
pub fn PathsChart() -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let story = told(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let paths = paths(&outcome.gate);
        let figures = display.figures(&plan, paths.iter().flat_map(|it| it.wished.into_iter().chain(it.feasible)));
        Paths { paths, figures, plan }
    });
    view! { <Frame table_id="paths-table" story/> }
}

const HEIGHT: u32 = 260;

impl Paths {
    fn month(&self, words: Words, at: usize) -> String {
        name::short_period(words, &self.plan, Calendar::month(at as u32 + 1))
    }

    fn amount(&self, words: Words, units: i64) -> String {
        name::amount(words, &self.plan, &self.figures, Amount::from_units(units))
    }

    fn says(&self, words: Words, paths: &goal::Paths, at: usize) -> String {
        let exact = |units: i64| name::exact_amount(words, &self.plan, Amount::from_units(units));
        let (wished, feasible) = (exact(paths.wished[at]), exact(paths.feasible[at]));
        say!(words, goal.paths_says, month = self.month(words, at), wished = wished, feasible = feasible).into_owned()
    }

    fn room(&self, paths: &goal::Paths) -> Months {
        let highest = paths.wished.iter().chain(&paths.feasible).copied().max().unwrap_or(0).max(1);
        let top = highest.saturating_add(highest / 12);
        Months { count: MONTHS, top, numeral: label_figures(&self.figures, top).numeral, below: 24 }
    }

    fn plot<'a>(&self, words: Words, paths: &goal::Paths, canvas: Canvas<'a>) -> DrawResult<(), Canvas<'a>> {
        let room = self.room(paths);
        let end = room.end();
        let root = canvas.into_drawing_area();
        let mut chart = room.plot(&root)?;
        let line = |of: &[i64; MONTHS]| {
            let ends = of.iter().enumerate().map(|(at, it)| (MONTH * (at as i32 + 1), *it));
            std::iter::once((0, 0)).chain(ends).collect::<Vec<_>>()
        };
        let (wish, able) = (paths.wished[MONTHS - 1], paths.feasible[MONTHS - 1]);
        chart.draw_series([PathElement::new(line(&paths.feasible), Ink::Able)])?;
        chart.draw_series([PathElement::new(line(&paths.wished), Ink::Wish)])?;
        chart.draw_series([PathElement::new(vec![(end, wish), (end, able)], Ink::Boundary)])?;
        chart.draw_series([PathElement::new(vec![(0, 0), (end, 0)], Ink::Axis)])?;
        let (left, floor) = chart.backend_coord(&(0, 0));
        let pitch = (chart.backend_coord(&(end, 0)).0 - left) / MONTHS as i32;
        let names: Vec<String> = (0..MONTHS).map(|at| self.month(words, at)).collect();
        months::write_names(&root, &names, |at| (left + pitch * at + pitch / 2, floor))
    }

    /// The gap in a word, below the end of the lines and so far down that the lower one rises beside it and not through it.
    fn gap(&self, words: Words, paths: &goal::Paths, room: &Months, wide: u32) -> Option<Shape> {
        let gap = paths.gap();
        if gap == 0 {
            return None;
        }
        let (ink, sentence) = match 0 < gap {
            true => (Ink::Alarm, say!(words, goal.paths_gap, amount = self.amount(words, gap))),
            false => (Ink::Figure, say!(words, goal.paths_spare, amount = self.amount(words, -gap))),
        };
        let low = paths.wished[MONTHS - 1].min(paths.feasible[MONTHS - 1]);
        let (top, floor) = (8, HEIGHT as i32 - room.below);
        let y = floor - super::pen::part(floor - top, low, room.top);
        let across = wide as i32 - room.left();
        let rise = super::pen::part(floor - y, width(&sentence).into(), across.into());
        let y = (y + 14 + rise).min(floor - 10);
        Some(super::pen::text(ink, (wide as i32 - 8, y), super::pen::Side::End, sentence))
    }
}

impl Story for Paths {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, goal.paths).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let Some(paths) = &self.paths else { return say!(words, goal.paths).into_owned() };
        let [wished, feasible] = [paths.wished, paths.feasible].map(|it| self.amount(words, it[MONTHS - 1]));
        match paths.gap() {
            gap if 0 < gap => {
                let gap = self.amount(words, gap);
                say!(words, goal.paths_title_short, wished = wished, feasible = feasible, gap = gap)
            }
            _ => say!(words, goal.paths_title_enough, wished = wished, feasible = feasible),
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        vec![
            Meaning::as_sign(Sign::Line, Ink::Wish, say!(words, goal.paths_wished)),
            Meaning::as_sign(Sign::Line, Ink::Able, say!(words, goal.paths_feasible)),
        ]
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        let paths = self.paths.as_ref()?;
        let room = self.room(paths);
        let mut shapes = Vec::new();
        // Writing into a list cannot fail; if plotters ever refuses, the table still says it all.
        _ = self.plot(words, paths, Canvas::new((wide, HEIGHT), &mut shapes));
        shapes.extend(self.gap(words, paths, &room, wide));
        let pair = Pair::over_time(Dimension::Organisation);
        let row = self.plan.trees.organisation.root;
        let spots = room.places(wide).into_iter().enumerate().map(|(at, (x, width))| Spot {
            x,
            y: 0,
            width,
            height: HEIGHT as i32,
            says: self.says(words, paths, at),
            at: At { pair, row, column: Calendar::month(at as u32 + 1) },
        });
        Some(Picture { size: (wide, HEIGHT), shapes, spots: spots.collect() })
    }

    fn table(&self, words: Words) -> Table {
        let row = |paths: &goal::Paths, at: usize| {
            let (wished, feasible) = (paths.wished[at], paths.feasible[at]);
            vec![
                Cell::Text(self.month(words, at)),
                Cell::Amount(Some(wished)),
                Cell::Amount(Some(feasible)),
                Cell::Change(Some(feasible - wished)),
            ]
        };
        let heads = [
            say!(words, capacity.month),
            say!(words, goal.paths_wished),
            say!(words, goal.paths_feasible),
            say!(words, capacity.gap),
        ];
        Table {
            caption: say!(words, goal.paths_caption, unit = super::unit(words, self)).into_owned(),
            heads: heads.into_iter().map(|it| it.into_owned()).collect(),
            rows: self.paths.iter().flat_map(|it| (0..MONTHS).map(move |at| row(it, at))).collect(),
            foot: Vec::new(),
        }
    }
}
