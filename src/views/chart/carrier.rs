//! Who carries how much: the leaves of a tree, the most first.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::super::parts::CollectAny;
use super::canvas::Ink;
use super::carrier_plot::{Bar, CarrierPlot};
use super::frame::{FIRST_WIDTH, Frame, Meaning, Picture};
use super::percent;
use crate::amount::Amount;
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Dimension, NodeId, Plan};
use crate::results::chart::{Carriers, Peak, carriers, label_figures, peak};
use crate::results::figure::{Figures, basis_points};
use crate::say;
use crate::session::Session;
use crate::views::display::Display;
use crate::views::name;

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
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let width = Held::new(FIRST_WIDTH);
    let who = Derived::new(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let carriers = carriers(&outcome, dimension, MOST);
        let figures = display.figures(&plan, carriers.first.iter().map(|it| it.amount));
        Who { dimension, carriers, figures, plan }
    });
    let title = move || who.with(|it| it.title(words));
    let alternative =
        move || who.with(|it| say!(words, chart.carrier_alternative, title = it.title(words))).into_owned();
    let unit = move || who.with(|it| it.unit(words));
    let legend = move || who.with(|it| it.legend(words));
    let picture = Derived::new(move || {
        let plot = who.with(|it| it.plot(words))?;
        let width = width.get();
        Some(Picture { size: (width, plot.height(width)), shapes: plot.draw(width) })
    });
    let table = move || who.with(|it| it.table(words));
    view! {
        <Frame
            table_id="carrier-table"
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

impl Who {
    /// The names of the first; one that several have is told apart by what it hangs on.
    fn names(&self, words: Words) -> Vec<String> {
        let tree = self.plan.tree(self.dimension);
        let name = |id: NodeId| name::node(words, &self.plan, self.dimension, id);
        let mut counts = BTreeMap::<String, usize>::new();
        for carrier in &self.carriers.first {
            *counts.entry(name(carrier.id)).or_default() += 1;
        }
        let told_apart = |id: NodeId| {
            let own = name(id);
            let is_shared = counts.get(&own).is_some_and(|count| 1 < *count);
            match tree.parent(id).filter(|parent| is_shared && *parent != tree.root) {
                Some(parent) => format!("{} · {own}", name(parent)),
                None => own,
            }
        };
        self.carriers.first.iter().map(|it| told_apart(it.id)).collect()
    }

    fn unit(&self, words: Words) -> String {
        name::unit(words, &self.plan, self.figures.numeral.scale)
    }

    fn share(&self, amount: i64) -> String {
        percent(basis_points(amount, self.carriers.total).unwrap_or(0))
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
            Meaning { ink: Ink::Mark, text: say!(words, chart.target).into_owned() },
            Meaning { ink: Ink::Tick, text: say!(words, chart.last_year).into_owned() },
        ]
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
        let mut bars: Vec<Bar> = Vec::new();
        for (name, it) in self.names(words).into_iter().zip(&self.carriers.first) {
            bars.push(bar(name, it.amount, it.last_year, false));
        }
        if 0 < self.carriers.others {
            let name = say!(words, chart.others, n = self.carriers.others).into_owned();
            bars.push(bar(name, self.carriers.others_amount, self.carriers.others_last_year, true));
        }
        Some(CarrierPlot { bars, figures })
    }

    fn table(&self, words: Words) -> AnyView {
        let print = |amount: i64| self.figures.print(Amount::from_units(amount));
        let with_last_year = self.carriers.first.iter().any(|it| it.last_year.is_some());
        let row = |name: String, amount: i64, last_year: Option<i64>| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{print(amount)}</td>
                    <td>{self.share(amount)}</td>
                    {with_last_year.then(|| view! { <td>{last_year.map(print)}</td> })}
                </tr>
            }
        };
        let first = self.names(words).into_iter().zip(&self.carriers.first);
        let first = first.map(|(name, it)| row(name, it.amount, it.last_year));
        let others = (0 < self.carriers.others).then(|| {
            let name = say!(words, chart.others, n = self.carriers.others).into_owned();
            row(name, self.carriers.others_amount, self.carriers.others_last_year)
        });
        view! {
            <caption class="chart__caption">
                {say!(words, chart.carrier_caption, unit = self.unit(words)).into_owned()}
            </caption>
            <thead>
                <tr>
                    <th scope="col">{name::dimension(words, self.dimension)}</th>
                    <th scope="col">{say!(words, chart.target)}</th>
                    <th scope="col">{say!(words, chart.share)}</th>
                    {with_last_year.then(|| view! { <th scope="col">{say!(words, chart.last_year)}</th> })}
                </tr>
            </thead>
            <tbody>{first.collect_any()}{others}</tbody>
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
}
