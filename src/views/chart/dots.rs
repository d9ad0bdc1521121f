//! What each is to bring, beside last year and what they are able to: on one line each, so that who is asked for too much
//! is seen, and said.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::{Ink, Shape, width};
use super::frame::Frame;
use super::lines::{Ground, Lines};
use super::names::names;
use super::pen::{Side, block, text};
use super::percent;
use super::spot::Spot;
use super::story::{Meaning, Picture, Sign, Story, told};
use super::table::{Cell, Table};
use crate::amount::Amount;
use crate::i18n::Words;
use crate::plan::{At, Dimension, NodeId, Pair, Plan};
use crate::results::chart::label_figures;
use crate::results::dots::{Dot, Dots, used};
use crate::results::figure::{Figures, growth};
use crate::say;
use crate::views::display::Display;
use crate::views::name;
use crate::views::settle::trailing;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Burdens {
    dimension: Dimension,
    dots: Dots,
    figures: Figures,
    plan: Arc<Plan>,
}

/// Target, last year and capacity of each.
#[component]
pub fn DotsChart(dimension: Dimension) -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let story = told(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let dots = Dots::of(&plan, &outcome, dimension);
        let figures = display.figures(&plan, dots.shown.iter().map(|it| it.target));
        Burdens { dimension, dots, figures, plan }
    });
    view! { <Frame table_id="dots-table" story/> }
}

impl Burdens {
    fn node(&self, words: Words, id: NodeId) -> String {
        name::node(words, &self.plan, self.dimension, id)
    }

    fn amount(&self, words: Words, units: i64) -> String {
        name::amount(words, &self.plan, &self.figures, Amount::from_units(units))
    }

    fn names(&self, words: Words) -> Vec<String> {
        let nodes: Vec<NodeId> = self.dots.shown.iter().map(|it| it.id).collect();
        names(words, &self.plan, self.dimension, &nodes)
    }

    fn most(&self) -> i64 {
        let all = self.dots.shown.iter().flat_map(|it| [Some(it.target), it.last_year, it.capacity]);
        all.flatten().max().unwrap_or(0)
    }

    fn over(&self, dot: &Dot, figures: &Figures) -> Option<String> {
        dot.over().map(|it| format!("▲ +{}", figures.print(Amount::from_units(it))))
    }

    fn marks(&self, ground: &Ground, at: usize, dot: &Dot, figures: &Figures) -> Vec<Shape> {
        let (top, bottom) = ground.rows[at];
        let middle = (top + bottom) / 2;
        let rail = vec![(ground.zero, middle), (ground.end, middle)];
        let mut shapes = vec![Shape::Line { ink: Ink::Grid, points: rail }];
        if let Some(capacity) = dot.capacity {
            shapes.push(block(Ink::Tick, (ground.x(capacity) - 1, top), (3, bottom - top)));
        }
        if let Some(last_year) = dot.last_year {
            shapes.push(Shape::Dot { ink: Ink::Before, x: ground.x(last_year), y: middle, radius: 4 });
        }
        shapes.push(Shape::Dot { ink: Ink::Mark, x: ground.x(dot.target), y: middle, radius: 6 });
        let figure = figures.print(Amount::from_units(dot.target));
        let after = ground.end + 12;
        shapes.push(text(Ink::Figure, (after, middle), Side::Start, figure.clone()));
        if let Some(over) = self.over(dot, figures) {
            shapes.push(text(Ink::Alarm, (after + self.widest(figures) + 8, middle), Side::Start, over));
        }
        shapes
    }

    /// Of the targets' figures.
    fn widest(&self, figures: &Figures) -> i32 {
        self.dots.shown.iter().map(|it| width(&figures.print(Amount::from_units(it.target)))).max().unwrap_or(0)
    }

    fn says(&self, words: Words, name: String, dot: &Dot) -> String {
        let exact = |units: Option<i64>| match units {
            Some(units) => name::exact_amount(words, &self.plan, Amount::from_units(units)),
            None => say!(words, chart.unknown).into_owned(),
        };
        let (target, before, able) = (exact(Some(dot.target)), exact(dot.last_year), exact(dot.capacity));
        say!(words, chart.dots_says, name = name, target = target, last_year = before, capacity = able).into_owned()
    }
}

impl Story for Burdens {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, chart.dots).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let Dots { known, over, worst, nearest, .. } = &self.dots;
        match (worst, nearest) {
            _ if self.dots.total <= 0 => say!(words, chart.dots_nothing),
            (Some(worst), _) => {
                let (name, amount) = (self.node(words, worst.id), self.amount(words, worst.over().unwrap_or(0)));
                say!(words, chart.dots_over, over = over, known = known, name = name, amount = amount)
            }
            (None, Some(nearest)) => {
                let (name, share) = (self.node(words, nearest.id), percent(used(nearest).unwrap_or(0)));
                say!(words, chart.dots_within, known = known, name = name, share = share)
            }
            (None, None) => {
                let first = self.dots.shown.first();
                let name = first.map(|it| self.node(words, it.id)).unwrap_or_default();
                let amount = self.amount(words, first.map_or(0, |it| it.target));
                say!(words, chart.dots_unknown, name = name, amount = amount)
            }
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        let mut meanings = vec![Meaning::as_sign(Sign::Dot, Ink::Mark, say!(words, chart.target))];
        if self.dots.shown.iter().any(|it| it.last_year.is_some()) {
            meanings.push(Meaning::as_sign(Sign::Dot, Ink::Before, say!(words, chart.last_year)));
        }
        if 0 < self.dots.known {
            meanings.push(Meaning::as_sign(Sign::Stroke, Ink::Tick, say!(words, chart.capacity)));
        }
        meanings
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        let most = self.most();
        if self.dots.total <= 0 || most <= 0 {
            return None;
        }
        let figures = label_figures(&self.figures, most);
        let names = self.names(words);
        let overs = self.dots.shown.iter().filter_map(|it| self.over(it, &figures)).map(|it| width(&it) + 8);
        let widest = self.widest(&figures) + overs.max().unwrap_or(0) + 6;
        let mut ground = Lines::up(&names, widest, most, &figures).lay(wide);
        let mut spots = Vec::new();
        for (at, (dot, name)) in self.dots.shown.iter().zip(names.iter()).enumerate() {
            let marks = self.marks(&ground, at, dot, &figures);
            ground.shapes.extend(marks);
            let (x, y, width, height) = ground.reach(at);
            let column = self.plan.tree(Dimension::Time).root;
            let place = At { pair: Pair::over_time(self.dimension), row: dot.id, column };
            spots.push(Spot { x, y, width, height, says: self.says(words, name.clone(), dot), at: place });
        }
        Some(Picture { size: ground.size, shapes: ground.shapes, spots })
    }

    fn table(&self, words: Words) -> Table {
        let line = |name: String, target: i64, last_year: Option<i64>, capacity: Option<i64>| {
            vec![
                Cell::Text(name),
                Cell::Amount(Some(target)),
                Cell::Amount(last_year),
                Cell::Percent(last_year.and_then(|it| growth(target, it))),
                Cell::Amount(capacity),
                Cell::Change(capacity.map(|it| target - it)),
            ]
        };
        let dots = &self.dots;
        let shown = self.names(words).into_iter().zip(&dots.shown);
        let shown = shown.map(|(name, it)| line(name, it.target, it.last_year, it.capacity));
        let others = (0 < dots.others).then(|| {
            let name = say!(words, chart.others, n = dots.others).into_owned();
            line(name, dots.others_target, dots.others_last_year, dots.others_capacity)
        });
        let heads = [
            name::dimension(words, self.dimension),
            say!(words, chart.target).into_owned(),
            say!(words, chart.last_year).into_owned(),
            say!(words, chart.growth).into_owned(),
            say!(words, chart.capacity).into_owned(),
            say!(words, chart.over_capacity).into_owned(),
        ];
        let blank = || Cell::Text(String::new());
        let total = vec![
            Cell::Text(say!(words, chart.total).into_owned()),
            Cell::Amount(Some(dots.total)),
            blank(),
            blank(),
            blank(),
            blank(),
        ];
        Table {
            caption: say!(words, chart.dots_caption, unit = super::unit(words, self)).into_owned(),
            heads: heads.into_iter().collect(),
            rows: shown.chain(others).collect(),
            foot: total,
        }
    }
}
