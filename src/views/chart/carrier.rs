//! Who carries how much: the leaves of a tree, the most first.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::canvas::Ink;
use super::carrier_plot::{Bar, CarrierPlot};
use super::frame::{FIRST_WIDTH, Frame, Meaning, Picture};
use super::measure::{Measure, percent};
use crate::amount::Amount;
use crate::i18n::{Words, use_words};
use crate::plan::{Dimension, NodeId, Tree};
use crate::results::chart::{Carrier, Carriers, Peak, carriers, peak};
use crate::results::figure::basis_points;
use crate::say;
use crate::session::Session;
use crate::views::display::Display;

/// More bars than these are no picture.
const MOST: usize = 15;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Who {
    dimension: Dimension,
    carriers: Carriers,
    /// The names of the first; an empty one is nobody's.
    names: Vec<String>,
    measure: Measure,
}

/// Who carries how much.
#[component]
pub fn CarrierChart(dimension: Dimension) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let width = RwSignal::new(FIRST_WIDTH);
    let who = Memo::new(move |_| {
        let (plan, outcome) = (session.plan(), session.outcome());
        let carriers = carriers(&outcome, dimension, MOST);
        let names = names(plan.tree(dimension), &carriers.first);
        let figures = display.figures(&plan, carriers.first.iter().map(|it| it.amount));
        Who { dimension, carriers, names, measure: Measure { figures, unit: plan.unit.clone() } }
    });
    let title = move || who.with(|it| it.title(words));
    let alternative =
        move || who.with(|it| say!(words, chart.carrier_alternative, title = it.title(words))).into_owned();
    let unit = move || who.with(|it| it.measure.unit(words));
    let legend = move || who.with(|it| it.legend(words));
    let picture = Memo::new(move |_| {
        let plot = who.with(|it| it.plot(words))?;
        let width = width.get();
        Some(Picture { size: (width, plot.height(width)), shapes: plot.draw(width) })
    });
    let table = move || who.with(|it| it.table(words));
    view! {
        <Frame
            table_id="carrier-table"
            title=Signal::derive(title)
            alternative=Signal::derive(alternative)
            unit=Signal::derive(unit)
            legend=Signal::derive(legend)
            picture=picture
            width=width
            table=table
        />
    }
}

/// The names of the carriers; one that several have is told apart by what it hangs on.
fn names(tree: &Tree, carriers: &[Carrier]) -> Vec<String> {
    let mut counts = BTreeMap::<&str, usize>::new();
    for carrier in carriers {
        *counts.entry(tree.name(carrier.id)).or_default() += 1;
    }
    let name = |id: NodeId| {
        let own = tree.name(id);
        let above = tree.parent(id).map_or("", |it| tree.name(it));
        let is_shared = counts.get(own).is_some_and(|count| 1 < *count);
        if is_shared && !own.is_empty() && !above.is_empty() { format!("{above} · {own}") } else { own.to_owned() }
    };
    carriers.iter().map(|it| name(it.id)).collect()
}

impl Who {
    fn name(&self, words: Words, at: usize) -> String {
        let name = self.names.get(at).cloned().unwrap_or_default();
        if name.is_empty() { say!(words, chart.unnamed).into_owned() } else { name }
    }

    fn share(&self, amount: i64) -> String {
        percent(basis_points(amount, self.carriers.total).unwrap_or(0))
    }

    fn title(&self, words: Words) -> String {
        let amounts: Vec<i64> = self.carriers.first.iter().map(|it| it.amount).collect();
        let first = amounts.first().copied().unwrap_or(0);
        let (name, amount) = (self.name(words, 0), self.measure.amount(words, first));
        let count = amounts.len() + self.carriers.others;
        let of_first = |count: usize| self.share(amounts.iter().take(count).sum());
        let tied = match peak(&amounts, &self.measure.figures) {
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
            Meaning { ink: Ink::Mark, text: say!(words, chart.target).into_owned() },
            Meaning { ink: Ink::Tick, text: say!(words, chart.last_year).into_owned() },
        ]
    }

    /// None where there is nothing to compare.
    fn plot(&self, words: Words) -> Option<CarrierPlot> {
        if self.carriers.total <= 0 || self.carriers.first.len() < 2 {
            return None;
        }
        let bar = |name: String, amount: i64, last_year: Option<i64>, is_rest: bool| {
            let figure = self.measure.figures.print_short(Amount::from_units(amount));
            let figure = say!(words, chart.bar_figure, figure = figure, share = self.share(amount)).into_owned();
            Bar { name, amount, last_year, figure, is_rest }
        };
        let mut bars: Vec<Bar> = Vec::new();
        for (at, it) in self.carriers.first.iter().enumerate() {
            bars.push(bar(self.name(words, at), it.amount, it.last_year, false));
        }
        if 0 < self.carriers.others {
            let name = say!(words, chart.others, n = self.carriers.others).into_owned();
            bars.push(bar(name, self.carriers.others_amount, self.carriers.others_last_year, true));
        }
        Some(CarrierPlot { bars, figures: self.measure.figures })
    }

    fn table(&self, words: Words) -> AnyView {
        let print = |amount: i64| self.measure.figures.print(Amount::from_units(amount));
        let with_last_year = self.carriers.first.iter().any(|it| it.last_year.is_some());
        let row = |name: String, amount: i64, last_year: Option<i64>| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{print(amount)}</td>
                    <td>{self.share(amount)}"%"</td>
                    {with_last_year.then(|| view! { <td>{last_year.map(print)}</td> })}
                </tr>
            }
        };
        let first =
            self.carriers.first.iter().enumerate().map(|(at, it)| row(self.name(words, at), it.amount, it.last_year));
        let others = (0 < self.carriers.others).then(|| {
            let name = say!(words, chart.others, n = self.carriers.others).into_owned();
            row(name, self.carriers.others_amount, self.carriers.others_last_year)
        });
        view! {
            <caption class="chart__caption">
                {say!(words, chart.carrier_caption, unit = self.measure.unit(words)).into_owned()}
            </caption>
            <thead>
                <tr>
                    <th scope="col">{self.head(words)}</th>
                    <th scope="col">{say!(words, chart.target)}</th>
                    <th scope="col">{say!(words, chart.share)}</th>
                    {with_last_year.then(|| view! { <th scope="col">{say!(words, chart.last_year)}</th> })}
                </tr>
            </thead>
            <tbody>{first.collect_view()}{others}</tbody>
            <tfoot>
                <tr>
                    <th scope="row">{say!(words, chart.total)}</th>
                    <td>{print(self.carriers.total)}</td>
                    <td>"100%"</td>
                    {with_last_year.then(|| view! { <td></td> })}
                </tr>
            </tfoot>
        }
        .into_any()
    }

    fn head(&self, words: Words) -> String {
        match self.dimension {
            Dimension::Product => say!(words, chart.product),
            Dimension::Customer => say!(words, chart.customer),
            Dimension::Channel => say!(words, chart.channel),
            Dimension::Organisation | Dimension::Time => say!(words, chart.organisation),
        }
        .into_owned()
    }
}
