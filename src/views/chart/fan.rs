//! The year as it may go: what is brought by the end of each month in a bad, a middling and a good year, beside what there is
//! to be by then.

use std::sync::Arc;

use leptos::prelude::*;
use plotters::prelude::*;

use super::canvas::{Canvas, Ink, Shape};
use super::frame::Frame;
use super::months::{self, MONTH, Months};
use super::percent;
use super::spot::Spot;
use super::story::{Meaning, Picture, Sign, Story, told};
use super::table::{Cell, Table};
use crate::amount::Amount;
use crate::engine::chance::AnsweredMonth;
use crate::i18n::Words;
use crate::live::Held;
use crate::plan::{At, Calendar, Dimension, NodeId, Pair, Plan};
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
struct Fan {
    /// Whose years they are.
    of: NodeId,
    months: Vec<AnsweredMonth>,
    figures: Figures,
    plan: Arc<Plan>,
}

/// What is brought by the end of each month, in years of all kinds.
#[component]
pub fn FanChart(shown: Held<Option<Shown>>) -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let story = told(move || {
        let plan = session.plan();
        let (of, months) = shown.with(|it| {
            let answer = it.as_ref().map(|it| &it.answer);
            let of = answer.and_then(|it| it.nodes.first()).map_or(plan.trees.organisation.root, |it| it.id);
            (of, answer.map(|it| it.months.to_vec()).unwrap_or_default())
        });
        let figures = display.figures(&plan, months.iter().map(|it| it.target.units()));
        Fan { of, months, figures, plan }
    });
    view! { <Frame table_id="fan-table" story/> }
}

const HEIGHT: u32 = 280;

impl Fan {
    fn month(&self, words: Words, at: usize) -> String {
        name::short_period(words, &self.plan, Calendar::month(at as u32 + 1))
    }

    fn amount(&self, words: Words, amount: Amount) -> String {
        name::amount(words, &self.plan, &self.figures, amount)
    }

    fn top(&self) -> i64 {
        let highest = self.months.iter().map(|it| it.quantiles[2].max(it.target).units()).max().unwrap_or(0);
        highest.max(1).saturating_add(highest / 12)
    }

    fn labels(&self) -> Figures {
        label_figures(&self.figures, self.top())
    }

    fn room(&self) -> Months {
        Months { count: self.months.len(), top: self.top(), numeral: self.labels().numeral, below: 24 }
    }

    fn shapes(&self, words: Words, wide: u32) -> Vec<Shape> {
        let mut shapes = Vec::new();
        // Writing into a list cannot fail; if plotters ever refuses, the table still says it all.
        _ = self.plot(words, Canvas::new((wide, HEIGHT), &mut shapes));
        shapes
    }

    fn plot<'a>(&self, words: Words, canvas: Canvas<'a>) -> DrawResult<(), Canvas<'a>> {
        let room = self.room();
        let (top, end) = (room.top, room.end());
        let root = canvas.into_drawing_area();
        let mut chart = room.plot(&root)?;
        let height = |pixels: i64| (pixels * top / i64::from(HEIGHT)).max(1);
        let (thin, thick) = (height(2), height(4));
        let blocks = self.months.iter().enumerate().flat_map(|(at, it)| {
            let start = MONTH * at as i32;
            let block = |from: i32, to: i32, low: i64, high: i64, ink: Ink| {
                Rectangle::new([(start + from, low), (start + to, high)], ink.filled())
            };
            let [low, middle, high] = it.quantiles.map(Amount::units);
            let target = it.target.units();
            [
                block(10, 90, low, high.max(low + thin), Ink::Before),
                block(10, 90, middle - thick / 2, middle + thick - thick / 2, Ink::Rise),
                block(0, MONTH, target - thin / 2, target + thin - thin / 2, Ink::Tick),
            ]
        });
        chart.draw_series(blocks)?;
        chart.draw_series([PathElement::new(vec![(0, 0), (end, 0)], Ink::Axis)])?;
        let (left, floor) = chart.backend_coord(&(0, 0));
        let pitch = (chart.backend_coord(&(end, 0)).0 - left) / (self.months.len() as i32).max(1);
        let names: Vec<String> = (0..self.months.len()).map(|at| self.month(words, at)).collect();
        months::write_names(&root, &names, |at| (left + pitch * at + pitch / 2, floor))
    }

    fn says(&self, words: Words, at: usize) -> String {
        let it = &self.months[at];
        let [low, middle, high] = it.quantiles.map(|it| self.amount(words, estimate(it)));
        say!(
            words,
            chance.fan_says,
            month = self.month(words, at),
            low = low,
            middle = middle,
            high = high,
            target = self.amount(words, it.target),
            chance = percent(it.chance)
        )
        .into_owned()
    }
}

impl Story for Fan {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, chance.fan).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let Some(last) = self.months.last() else { return say!(words, chance.fan).into_owned() };
        let [low, middle, high] = last.quantiles.map(|it| self.amount(words, estimate(it)));
        say!(words, chance.fan_title, low = low, middle = middle, high = high).into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        vec![
            Meaning::new(Ink::Before, say!(words, chance.fan_band)),
            Meaning::as_sign(Sign::Stroke, Ink::Rise, say!(words, chance.fan_middle)),
            Meaning::as_sign(Sign::Stroke, Ink::Tick, say!(words, chance.target)),
        ]
    }

    fn draw(&self, words: Words, width: u32) -> Option<Picture> {
        if self.months.is_empty() {
            return None;
        }
        let row = self.of;
        let pair = Pair::over_time(Dimension::Organisation);
        let spots = self.room().places(width).into_iter().enumerate().map(|(at, (x, width))| Spot {
            x,
            y: 0,
            width,
            height: HEIGHT as i32,
            says: self.says(words, at),
            at: At { pair, row, column: Calendar::month(at as u32 + 1) },
        });
        Some(Picture { size: (width, HEIGHT), shapes: self.shapes(words, width), spots: spots.collect() })
    }

    fn table(&self, words: Words) -> Table {
        let row = |(at, it): (usize, &AnsweredMonth)| {
            let mut cells = vec![Cell::Text(self.month(words, at)), Cell::Amount(Some(it.target.units()))];
            cells.extend(it.quantiles.map(|it| Cell::Amount(Some(it.units()))));
            cells.extend([Cell::Percent(Some(it.chance)), Cell::Percent(Some(it.alone))]);
            cells
        };
        let heads = [
            say!(words, chart.month),
            say!(words, chance.target),
            say!(words, chance.p10),
            say!(words, chance.p50),
            say!(words, chance.p90),
            say!(words, chance.by_then),
            say!(words, chance.alone),
        ];
        Table {
            caption: say!(words, chance.fan_caption, unit = super::unit(words, self)).into_owned(),
            heads: heads.into_iter().map(|it| it.into_owned()).collect(),
            rows: self.months.iter().enumerate().map(row).collect(),
            foot: Vec::new(),
        }
    }
}
