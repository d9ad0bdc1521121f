//! The year by month: where the year is made, and how early.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::parts::CollectAny;
use super::canvas::Ink;
use super::frame::{FIRST_WIDTH, Frame, Meaning, Picture};
use super::percent;
use super::year_plot::{Column, HEIGHT, Quarter, YearPlot};
use crate::amount::Amount;
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Calendar, Plan};
use crate::results::chart::{Month, Peak, label_figures, peak, year_by_month};
use crate::results::figure::{Figures, basis_points, growth};
use crate::say;
use crate::session::Session;
use crate::views::display::Display;
use crate::views::name;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Year {
    months: Vec<Month>,
    figures: Figures,
    plan: Arc<Plan>,
}

/// The year by month.
#[component]
pub fn YearChart() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let width = Held::new(FIRST_WIDTH);
    let year = Derived::new(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let months = year_by_month(&outcome);
        let figures = display.figures(&plan, months.iter().map(|it| it.amount));
        Year { months, figures, plan }
    });
    let title = move || year.with(|it| it.title(words));
    let alternative = move || year.with(|it| say!(words, chart.year_alternative, title = it.title(words))).into_owned();
    let unit = move || year.with(|it| it.unit(words));
    let legend = move || year.with(|it| it.legend(words));
    let picture = Derived::new(move || {
        let plot = year.with(|it| it.plot(words))?;
        Some(Picture { size: (width.get(), HEIGHT), shapes: plot.draw(width.get()) })
    });
    let table = move || year.with(|it| it.table(words));
    view! {
        <Frame
            table_id="year-table"
            title=Derived::new(title)
            alternative=Derived::new(alternative)
            unit=Derived::new(unit)
            legend=Derived::new(legend)
            picture=picture
            width=width
            table=table
        />
    }
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

    fn highest(&self) -> i64 {
        self.months.iter().map(|it| it.amount).max().unwrap_or(0)
    }

    fn name(&self, words: Words, month: &Month) -> String {
        name::short_period(words, &self.plan, month.id)
    }

    fn unit(&self, words: Words) -> String {
        name::unit(words, &self.plan, self.figures.numeral.scale)
    }

    fn title(&self, words: Words) -> String {
        let amounts: Vec<i64> = self.months.iter().map(|it| it.amount).collect();
        let month = |at: usize| self.months.get(at).map(|it| self.name(words, it)).unwrap_or_default();
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
            Meaning { ink: Ink::Mark, text: say!(words, chart.target).into_owned() },
            Meaning { ink: Ink::Before, text: say!(words, chart.last_year).into_owned() },
        ]
    }

    fn plot(&self, words: Words) -> Option<YearPlot> {
        if self.total() <= 0 {
            return None;
        }
        let column = |it: &Month| Column { name: self.name(words, it), amount: it.amount, last_year: it.last_year };
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

    fn table(&self, words: Words) -> AnyView {
        let print = |amount: i64| self.figures.print(Amount::from_units(amount));
        let share = |part: i64| basis_points(part, self.total()).map(percent);
        let with_last_year = self.has_last_year();
        let row = |it: &Month| {
            let before = it.last_year.map(print);
            let change = it.last_year.and_then(|before| growth(it.amount, before)).map(percent);
            view! {
                <tr>
                    <th scope="row">{self.name(words, it)}</th>
                    <td>{print(it.amount)}</td>
                    <td>{share(it.amount)}</td>
                    <td>{print(it.running)}</td>
                    <td>{share(it.running)}</td>
                    {with_last_year.then(|| view! { <td>{before}</td><td>{change}</td> })}
                </tr>
            }
        };
        view! {
            <caption class="chart__caption">
                {say!(words, chart.year_caption, unit = self.unit(words)).into_owned()}
            </caption>
            <thead>
                <tr>
                    <th scope="col">{say!(words, chart.month)}</th>
                    <th scope="col">{say!(words, chart.target)}</th>
                    <th scope="col">{say!(words, chart.share)}</th>
                    <th scope="col">{say!(words, chart.running)}</th>
                    <th scope="col">{say!(words, chart.running_share)}</th>
                    {with_last_year.then(|| view! {
                        <th scope="col">{say!(words, chart.last_year)}</th>
                        <th scope="col">{say!(words, chart.growth)}</th>
                    })}
                </tr>
            </thead>
            <tbody>{self.months.iter().map(row).collect_any()}</tbody>
            <tfoot>
                <tr>
                    <th scope="row">{say!(words, chart.whole_year)}</th>
                    <td>{print(self.total())}</td>
                    <td>"100%"</td>
                    <td></td>
                    <td></td>
                    {with_last_year.then(|| view! { <td>{self.last_year().map(print)}</td><td></td> })}
                </tr>
            </tfoot>
        }
        .into_any()
    }

    /// Of the whole year; none where a month's is not known.
    fn last_year(&self) -> Option<i64> {
        self.months.iter().map(|it| it.last_year).sum()
    }
}
