//! The year by month: where the year is made, and how early.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::Ink;
use super::frame::Frame;
use super::percent;
use super::spot::Spot;
use super::story::{Meaning, Picture, Story, told};
use super::table::{Cell, Table};
use super::year_plot::{Column, HEIGHT, Quarter, YearPlot};
use crate::amount::Amount;
use crate::i18n::Words;
use crate::plan::{At, Calendar, Dimension, NodeId, Pair, Plan};
use crate::results::chart::{Month, Peak, label_figures, peak, year_by_month};
use crate::results::figure::{Figures, basis_points, growth};
use crate::say;
use crate::views::display::Display;
use crate::views::name;
use crate::views::settle::trailing;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Year {
    /// Whose rows stand above the picture.
    dimension: Dimension,
    months: Vec<Month>,
    figures: Figures,
    plan: Arc<Plan>,
}

/// The year by month.
#[component]
pub fn YearChart(dimension: Dimension) -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let story = told(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let months = year_by_month(&outcome);
        let figures = display.figures(&plan, months.iter().map(|it| it.amount));
        Year { dimension, months, figures, plan }
    });
    view! { <Frame table_id="year-table" story/> }
}

/// Months of the year before the last quarter begins.
const BEFORE_LAST_QUARTER: usize = 9;

impl Year {
    fn total(&self) -> i64 {
        self.months.last().map_or(0, |it| it.running)
    }

    fn has_last_year(&self) -> bool {
        self.months.iter().any(|it| it.last_year.is_some())
    }

    /// The place of a month in the sheet above: that of the whole.
    fn place(&self, column: NodeId) -> At {
        At { pair: Pair::over_time(self.dimension), row: self.plan.tree(self.dimension).root, column }
    }

    fn highest(&self) -> i64 {
        self.months.iter().map(|it| it.amount).max().unwrap_or(0)
    }

    fn month(&self, words: Words, month: &Month) -> String {
        name::short_period(words, &self.plan, month.id)
    }

    fn plot(&self, words: Words) -> Option<YearPlot> {
        if self.total() <= 0 {
            return None;
        }
        let column = |it: &Month| Column { name: self.month(words, it), amount: it.amount, last_year: it.last_year };
        let quarter = |(number, months): (u32, &[Month])| {
            let amount: i64 = months.iter().map(|it| it.amount).sum();
            let share = percent(basis_points(amount, self.total()).unwrap_or(0));
            let id = Calendar::quarter(number);
            Quarter {
                long: format!("{} {share}", name::period(words, &self.plan, id)),
                short: format!("{} {share}", name::short_period(words, &self.plan, id)),
            }
        };
        Some(YearPlot {
            months: self.months.iter().map(column).collect(),
            quarters: (1..).zip(self.months.chunks(3)).map(quarter).collect(),
            figures: label_figures(&self.figures, self.highest()),
        })
    }

    /// Of the whole year; none where a month's is not known.
    fn last_year(&self) -> Option<i64> {
        self.months.iter().map(|it| it.last_year).sum()
    }
}

impl Story for Year {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, chart.year).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let amounts: Vec<i64> = self.months.iter().map(|it| it.amount).collect();
        let month = |at: usize| self.months.get(at).map(|it| self.month(words, it)).unwrap_or_default();
        let most = name::amount(words, &self.plan, &self.figures, Amount::from_units(self.highest()));
        let running = self.months.get(BEFORE_LAST_QUARTER - 1).map_or(0, |it| it.running);
        let early = percent(basis_points(running, self.total()).unwrap_or(0));
        match peak(&amounts, &self.figures) {
            Peak::Nowhere => say!(words, chart.year_nothing),
            Peak::At(at) => say!(words, chart.year_peak, month = month(at), amount = most, share = early),
            Peak::Along(first, last) => {
                say!(words, chart.year_peaks, first = month(first), last = month(last), amount = most, share = early)
            }
            Peak::Scattered(count) => say!(words, chart.year_scattered, n = count, amount = most, share = early),
            Peak::Everywhere => say!(words, chart.year_even, amount = most, share = early),
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        if !self.has_last_year() {
            return Vec::new();
        }
        vec![
            Meaning::new(Ink::Mark, say!(words, chart.target)),
            Meaning::new(Ink::Before, say!(words, chart.last_year)),
        ]
    }

    fn draw(&self, words: Words, width: u32) -> Option<Picture> {
        let plot = self.plot(words)?;
        let spots = self.months.iter().zip(plot.places(width)).map(|(month, (x, width))| Spot {
            x,
            y: 0,
            width,
            height: HEIGHT as i32,
            says: super::says(words, &self.plan, &self.month(words, month), month.amount),
            at: self.place(month.id),
        });
        Some(Picture { size: (width, HEIGHT), shapes: plot.draw(width), spots: spots.collect() })
    }

    fn table(&self, words: Words) -> Table {
        let share = |part: i64| Cell::Percent(basis_points(part, self.total()));
        let with_last_year = self.has_last_year();
        let line = |name: String, amount: i64, running: [Cell; 2], before: Option<i64>| {
            let mut line = vec![Cell::Text(name), Cell::Amount(Some(amount)), share(amount)];
            line.extend(running);
            if with_last_year {
                let change = before.and_then(|before| growth(amount, before));
                line.extend([Cell::Amount(before), Cell::Percent(change)]);
            }
            line
        };
        let row = |it: &Month| {
            let running = [Cell::Amount(Some(it.running)), share(it.running)];
            line(self.month(words, it), it.amount, running, it.last_year)
        };
        let mut heads = vec![
            say!(words, chart.month),
            say!(words, chart.target),
            say!(words, chart.share),
            say!(words, chart.running),
            say!(words, chart.running_share),
        ];
        if with_last_year {
            heads.extend([say!(words, chart.last_year), say!(words, chart.growth)]);
        }
        let whole = say!(words, chart.whole_year).into_owned();
        let blank = || Cell::Text(String::new());
        Table {
            caption: say!(words, chart.year_caption, unit = super::unit(words, self)).into_owned(),
            heads: heads.into_iter().map(|it| it.into_owned()).collect(),
            rows: self.months.iter().map(row).collect(),
            foot: line(whole, self.total(), [blank(), blank()], self.last_year()),
        }
    }
}
