//! Who carries how much: the leaves of a tree, the most first.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::Ink;
use super::carrier_plot::{Bar, CarrierPlot};
use super::frame::Frame;
use super::names::names;
use super::percent;
use super::spot::Spot;
use super::story::{Meaning, Picture, Sign, Story, told};
use super::table::{Cell, Table};
use crate::amount::Amount;
use crate::i18n::Words;
use crate::plan::{At, Dimension, NodeId, Pair, Plan};
use crate::results::chart::{Carriers, Peak, carriers, label_figures, peak};
use crate::results::figure::{Figures, basis_points};
use crate::say;
use crate::views::display::Display;
use crate::views::name;
use crate::views::settle::trailing;

/// More bars than these are no picture.
const MOST: usize = 15;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Who {
    dimension: Dimension,
    carriers: Carriers,
    figures: Figures,
    plan: Arc<Plan>,
}

/// Who carries how much.
#[component]
pub fn CarrierChart(dimension: Dimension) -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let story = told(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let carriers = carriers(&outcome, dimension, MOST);
        let figures = display.figures(&plan, carriers.first.iter().map(|it| it.amount));
        Who { dimension, carriers, figures, plan }
    });
    view! { <Frame table_id="carrier-table" story/> }
}

impl Who {
    /// The names of the first.
    fn names(&self, words: Words) -> Vec<String> {
        let nodes: Vec<NodeId> = self.carriers.first.iter().map(|it| it.id).collect();
        names(words, &self.plan, self.dimension, &nodes)
    }

    fn share(&self, amount: i64) -> String {
        percent(basis_points(amount, self.carriers.total).unwrap_or(0))
    }

    /// None where there is nothing to compare.
    fn plot(&self, words: Words) -> Option<CarrierPlot> {
        if self.carriers.total <= 0 || self.carriers.first.len() < 2 {
            return None;
        }
        let largest = self.carriers.first.first().map_or(0, |it| it.amount);
        let figures = label_figures(&self.figures, largest);
        let bar = |name: String, amount: i64, last_year: Option<i64>, is_rest: bool| {
            let figure = figures.print(Amount::from_units(amount));
            let figure = say!(words, chart.bar_figure, figure = figure, share = self.share(amount)).into_owned();
            Bar { name, amount, last_year, figure, is_rest }
        };
        let first = self.carriers.first.len();
        let bars = self.lines(words).into_iter().enumerate();
        let bars = bars.map(|(at, it)| bar(it.name, it.amount, it.last_year, first <= at)).collect();
        Some(CarrierPlot { bars, figures })
    }

    /// All bars, the others' last.
    fn lines(&self, words: Words) -> Vec<Line> {
        let first = self.names(words).into_iter().zip(&self.carriers.first);
        let first = first.map(|(name, it)| Line { name, amount: it.amount, last_year: it.last_year });
        let others = (0 < self.carriers.others).then(|| Line {
            name: say!(words, chart.others, n = self.carriers.others).into_owned(),
            amount: self.carriers.others_amount,
            last_year: self.carriers.others_last_year,
        });
        first.chain(others).collect()
    }

    fn place(&self, at: usize) -> At {
        let root = self.plan.tree(self.dimension).root;
        let row = self.carriers.first.get(at).map_or(root, |it| it.id);
        At { pair: Pair::over_time(self.dimension), row, column: self.plan.tree(Dimension::Time).root }
    }
}

/// What a bar stands for.
struct Line {
    name: String,
    amount: i64,
    last_year: Option<i64>,
}

impl Story for Who {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, chart.carrier).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let amounts: Vec<i64> = self.carriers.first.iter().map(|it| it.amount).collect();
        let first = amounts.first().copied().unwrap_or(0);
        let name = self.names(words).into_iter().next().unwrap_or_default();
        let amount = name::amount(words, &self.plan, &self.figures, Amount::from_units(first));
        let count = amounts.len() + self.carriers.others;
        let of_first = |count: usize| self.share(amounts.iter().take(count).sum());
        let tied = match peak(&amounts, &self.figures) {
            Peak::Nowhere => return say!(words, chart.carrier_nothing).into_owned(),
            _ if count < 2 => return say!(words, chart.carrier_undivided).into_owned(),
            Peak::At(_) => 1,
            // They are sorted: the highest are the first.
            Peak::Along(_, last) => last + 1,
            Peak::Scattered(count) => count,
            Peak::Everywhere => amounts.len(),
        };
        match tied {
            1 if count <= 3 => say!(words, chart.carrier_most, name = name, amount = amount, share = of_first(1)),
            1 => say!(words, chart.carrier_first, name = name, amount = amount, share = of_first(3)),
            tied if tied == count => say!(words, chart.carrier_even, n = count, amount = amount),
            tied => say!(words, chart.carrier_tied, name = name, n = tied, amount = amount, share = of_first(tied)),
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        if self.carriers.first.iter().all(|it| it.last_year.is_none()) {
            return Vec::new();
        }
        vec![
            Meaning::new(Ink::Mark, say!(words, chart.target)),
            Meaning::as_sign(Sign::Tick, Ink::Tick, say!(words, chart.last_year)),
        ]
    }

    fn draw(&self, words: Words, width: u32) -> Option<Picture> {
        let plot = self.plot(words)?;
        let height = plot.height(width);
        let pitch = (height as i32 - 32) / plot.bars.len() as i32;
        let spots = self.lines(words).into_iter().enumerate().map(|(at, line)| Spot {
            x: 0,
            y: 8 + pitch * at as i32,
            width: width as i32,
            height: pitch,
            says: super::says(words, &self.plan, &line.name, line.amount),
            at: self.place(at),
        });
        Some(Picture { size: (width, height), shapes: plot.draw(width), spots: spots.collect() })
    }

    fn table(&self, words: Words) -> Table {
        let with_last_year = self.carriers.first.iter().any(|it| it.last_year.is_some());
        let line = |name: String, amount: i64, last_year: Option<i64>| {
            let share = basis_points(amount, self.carriers.total);
            let mut line = vec![Cell::Text(name), Cell::Amount(Some(amount)), Cell::Percent(share)];
            line.extend(with_last_year.then_some(Cell::Amount(last_year)));
            line
        };
        let lines = self.lines(words);
        let last_year: Option<i64> = lines.iter().map(|it| it.last_year).sum();
        let mut heads = vec![
            name::dimension(words, self.dimension),
            say!(words, chart.target).into_owned(),
            say!(words, chart.share).into_owned(),
        ];
        heads.extend(with_last_year.then(|| say!(words, chart.last_year).into_owned()));
        Table {
            caption: say!(words, chart.carrier_caption, unit = super::unit(words, self)).into_owned(),
            heads,
            rows: lines.into_iter().map(|it| line(it.name, it.amount, it.last_year)).collect(),
            foot: line(say!(words, chart.total).into_owned(), self.carriers.total, last_year),
        }
    }
}
