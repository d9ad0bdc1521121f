//! Inputs, each lower and higher, and what the year is then: a bar to either side of what it is now, the widest first.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::{Ink, Shape, width};
use super::frame::Frame;
use super::lines::{Ground, Lines};
use super::pen::{Side, block, text};
use super::percent;
use super::spot::Spot;
use super::story::{Meaning, Picture, Story, told};
use super::table::{Cell, Table};
use crate::amount::{Amount, Scale};
use crate::i18n::Words;
use crate::live::Derived;
use crate::plan::{At, Dimension, Pair, Plan};
use crate::results::chart::label_figures;
use crate::results::figure::Figures;
use crate::say;
use crate::views::name;

/// What the bars are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// In units of the plan.
    Amount,
    /// In hundredths of a percent.
    Chance,
}

/// An input, what it is at its two ends, and what the year is then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    pub name: String,
    pub low: String,
    pub high: String,
    pub at_low: i64,
    pub at_high: i64,
    /// What half of all years bring then, where years are drawn.
    pub middles: Option<[i64; 2]>,
}

/// What the picture speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// The point.
    pub title: String,
    /// What is measured, in a word.
    pub what: String,
    pub measure: Measure,
    pub now: i64,
    /// The widest first.
    pub bars: Vec<Ranked>,
    pub figures: Figures,
    pub plan: Arc<Plan>,
}

#[component]
pub fn RankingChart(table_id: &'static str, ranking: Derived<Ranking>) -> impl IntoView {
    let story = told(move || ranking.get());
    view! { <Frame table_id story/> }
}

/// More bars than these nobody reads at once; the table has all.
const MOST: usize = 20;

impl Ranking {
    fn drawn(&self) -> impl Iterator<Item = &Ranked> {
        self.bars.iter().take(MOST)
    }

    fn print(&self, figures: &Figures, value: i64) -> String {
        match self.measure {
            Measure::Amount => figures.print(Amount::from_units(value)),
            Measure::Chance => percent(value),
        }
    }

    fn exact(&self, words: Words, value: i64) -> String {
        match self.measure {
            Measure::Amount => name::exact_amount(words, &self.plan, Amount::from_units(value)),
            Measure::Chance => percent(value),
        }
    }

    fn says(&self, words: Words, bar: &Ranked) -> String {
        say!(
            words,
            scenario.rank_says,
            name = bar.name.clone(),
            what = self.what.clone(),
            low = bar.low.clone(),
            at_low = self.exact(words, bar.at_low),
            high = bar.high.clone(),
            at_high = self.exact(words, bar.at_high)
        )
        .into_owned()
    }

    /// Low above, high below, so that neither hides the other where both lie on one side.
    fn bar(&self, ground: &Ground, (top, bottom): (i32, i32), bar: &Ranked, figures: &Figures) -> Vec<Shape> {
        let middle = (top + bottom) / 2;
        let side = |ink: Ink, end: i64, from: i32, to: i32| {
            let (x, now) = (ground.x(end), ground.zero);
            let width = if end == self.now { 0 } else { (x - now).abs().max(2) };
            block(ink, (x.min(now), from), (width, to - from))
        };
        let (least, most) = (bar.at_low.min(bar.at_high), bar.at_low.max(bar.at_high));
        let left = ground.x(least.min(self.now)) - 7;
        let right = ground.x(most.max(self.now)) + 7;
        vec![
            side(Ink::Before, bar.at_low, top, middle),
            side(Ink::Rise, bar.at_high, middle, bottom),
            text(Ink::Figure, (left, middle), Side::End, self.print(figures, least)),
            text(Ink::Figure, (right, middle), Side::Start, self.print(figures, most)),
        ]
    }
}

impl Story for Ranking {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn unit(&self, words: Words) -> String {
        match self.measure {
            Measure::Amount => name::unit(words, &self.plan, self.figures.numeral.scale),
            Measure::Chance => "%".to_owned(),
        }
    }

    fn name(&self, words: Words) -> String {
        say!(words, scenario.rank_name, what = self.what.clone()).into_owned()
    }

    fn title(&self, _: Words) -> String {
        self.title.clone()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        vec![
            Meaning::new(Ink::Before, say!(words, scenario.rank_low)),
            Meaning::new(Ink::Rise, say!(words, scenario.rank_high)),
        ]
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        let ends = self.drawn().flat_map(|it| [it.at_low, it.at_high]);
        let (least, most) = ends.fold((self.now, self.now), |(least, most), it| (least.min(it), most.max(it)));
        if least == most {
            return None;
        }
        let figures = match self.measure {
            Measure::Amount => label_figures(&self.figures, most.max(-least)),
            // Hundredths of a percent, along the scale.
            Measure::Chance => Figures::of([].into_iter(), 2, Scale::One),
        };
        let names: Vec<String> = self.drawn().map(|it| it.name.clone()).collect();
        let texts = self.drawn().flat_map(|it| [it.at_low, it.at_high]).map(|it| self.print(&figures, it));
        let widest = texts.map(|it| width(&it)).max().unwrap_or(0);
        let lines =
            Lines { names: &names, widest, before: widest + 10, least, from: self.now, most, figures: &figures };
        let mut ground = lines.lay(wide);
        let mut spots = Vec::new();
        let pair = Pair::over_time(Dimension::Organisation);
        let root = |dimension: Dimension| self.plan.tree(dimension).root;
        for (at, bar) in self.drawn().enumerate() {
            let shapes = self.bar(&ground, ground.rows[at], bar, &figures);
            ground.shapes.extend(shapes);
            let (x, y, width, height) = ground.reach(at);
            let place = At { pair, row: root(Dimension::Organisation), column: root(Dimension::Time) };
            spots.push(Spot { x, y, width, height, says: self.says(words, bar), at: place });
        }
        Some(Picture { size: ground.size, shapes: ground.shapes, spots })
    }

    fn table(&self, words: Words) -> Table {
        let cell = |value: i64| match self.measure {
            Measure::Amount => Cell::Amount(Some(value)),
            Measure::Chance => Cell::Percent(Some(value)),
        };
        let row = |bar: &Ranked| {
            let mut cells =
                vec![Cell::Text(bar.name.clone()), Cell::Text(bar.low.clone()), Cell::Text(bar.high.clone())];
            cells.extend([cell(bar.at_low), cell(bar.at_high)]);
            cells.extend(bar.middles.into_iter().flatten().map(|it| Cell::Amount(Some(it))));
            cells
        };
        let mut heads = vec![
            say!(words, scenario.input),
            say!(words, scenario.low),
            say!(words, scenario.high),
            say!(words, scenario.at_low),
            say!(words, scenario.at_high),
        ];
        if self.bars.iter().any(|it| it.middles.is_some()) {
            heads.extend([say!(words, scenario.middle_at_low), say!(words, scenario.middle_at_high)]);
        }
        let unit = match self.measure {
            Measure::Amount => super::unit(words, self),
            Measure::Chance => name::unit(words, &self.plan, self.figures.numeral.scale),
        };
        let (what, now) = (self.what.clone(), self.exact(words, self.now));
        Table {
            caption: say!(words, scenario.rank_caption, what = what, now = now, unit = unit).into_owned(),
            heads: heads.into_iter().map(|it| it.into_owned()).collect(),
            rows: self.bars.iter().map(row).collect(),
            foot: Vec::new(),
        }
    }
}
