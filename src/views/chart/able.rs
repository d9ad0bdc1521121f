//! The target of each month beside what the people can bring in it: when they suffice, and when not.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::Ink;
use super::frame::Frame;
use super::spot::Spot;
use super::story::{Meaning, Picture, Story, told};
use super::table::{Cell, Table};
use super::year_plot::{Column, HEIGHT, Quarter, YearPlot};
use crate::amount::Amount;
use crate::engine::capacity::MONTHS;
use crate::i18n::Words;
use crate::plan::{At, Calendar, Dimension, Pair, Plan};
use crate::results::chart::label_figures;
use crate::results::figure::Figures;
use crate::say;
use crate::views::display::Display;
use crate::views::name;
use crate::views::settle::trailing;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Able {
    target: [i64; MONTHS],
    able: [i64; MONTHS],
    figures: Figures,
    plan: Arc<Plan>,
}

/// Target and capacity by month.
#[component]
pub fn AbleChart() -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let story = told(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let able = outcome.staff.whole(&plan).map(|it| it.amount).unwrap_or_default();
        let target = outcome.gate.months;
        let figures = display.figures(&plan, target.into_iter().chain(able));
        Able { target, able, figures, plan }
    });
    view! { <Frame table_id="able-table" story/> }
}

impl Able {
    fn short(&self, month: usize) -> i64 {
        self.target[month] - self.able[month]
    }

    fn month(&self, words: Words, month: usize) -> String {
        name::short_period(words, &self.plan, Calendar::month(month as u32 + 1))
    }

    fn amount(&self, words: Words, units: i64) -> String {
        name::amount(words, &self.plan, &self.figures, Amount::from_units(units))
    }

    fn says(&self, words: Words, month: usize) -> String {
        let exact = |units: i64| name::exact_amount(words, &self.plan, Amount::from_units(units));
        let (target, able) = (exact(self.target[month]), exact(self.able[month]));
        say!(words, capacity.chart_says, month = self.month(words, month), target = target, able = able).into_owned()
    }
}

impl Story for Able {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, capacity.chart).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let short: Vec<usize> = (0..MONTHS).filter(|it| 0 < self.short(*it)).collect();
        let worst = short.iter().copied().max_by_key(|it| self.short(*it));
        match worst {
            None => say!(words, capacity.chart_enough),
            Some(worst) => {
                let (month, amount) = (self.month(words, worst), self.amount(words, self.short(worst)));
                say!(words, capacity.chart_short, count = short.len(), month = month, amount = amount)
            }
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        vec![
            Meaning::new(Ink::Mark, say!(words, capacity.target)),
            Meaning::new(Ink::Before, say!(words, capacity.page)),
        ]
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        let most = self.target.iter().chain(&self.able).copied().max().filter(|it| 0 < *it)?;
        let column =
            |at: usize| Column { name: self.month(words, at), amount: self.target[at], last_year: Some(self.able[at]) };
        let quarter = |number: u32| {
            let id = Calendar::quarter(number);
            Quarter { long: name::period(words, &self.plan, id), short: name::short_period(words, &self.plan, id) }
        };
        let plot = YearPlot {
            months: (0..MONTHS).map(column).collect(),
            quarters: (1..=4).map(quarter).collect(),
            figures: label_figures(&self.figures, most),
        };
        let row = self.plan.trees.organisation.root;
        let spot = |(at, (x, width)): (usize, (i32, i32))| Spot {
            x,
            y: 0,
            width,
            height: HEIGHT as i32,
            says: self.says(words, at),
            at: At { pair: Pair::over_time(Dimension::Organisation), row, column: Calendar::month(at as u32 + 1) },
        };
        let spots = plot.places(wide).into_iter().enumerate().map(spot).collect();
        Some(Picture { size: (wide, HEIGHT), shapes: plot.draw(wide), spots })
    }

    fn table(&self, words: Words) -> Table {
        let row = |name: String, target: i64, able: i64| {
            vec![
                Cell::Text(name),
                Cell::Amount(Some(target)),
                Cell::Amount(Some(able)),
                Cell::Change(Some(able - target)),
            ]
        };
        let heads = [
            say!(words, capacity.month).into_owned(),
            say!(words, capacity.target).into_owned(),
            say!(words, capacity.page).into_owned(),
            say!(words, capacity.gap).into_owned(),
        ];
        Table {
            caption: say!(words, capacity.chart_caption, unit = super::unit(words, self)).into_owned(),
            heads: heads.into_iter().collect(),
            rows: (0..MONTHS).map(|at| row(self.month(words, at), self.target[at], self.able[at])).collect(),
            foot: row(say!(words, chart.total).into_owned(), self.target.iter().sum(), self.able.iter().sum()),
        }
    }
}
