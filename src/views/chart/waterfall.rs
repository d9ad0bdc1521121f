//! From last year to the target: a bar for each of the two, and between them who adds and who takes away.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::{Ink, Shape, width};
use super::frame::Frame;
use super::lines::{Ground, Lines};
use super::pen::{Side, block, hatch, text};
use super::spot::Spot;
use super::story::{Meaning, Picture, Story, told};
use super::table::{Cell, Table, signed};
use super::{percent, piece_name, piece_node};
use crate::amount::Amount;
use crate::i18n::Words;
use crate::plan::{At, Dimension, Pair, Plan};
use crate::results::chart::label_figures;
use crate::results::figure::{Figures, basis_points, growth};
use crate::results::waterfall::{Step, Waterfall};
use crate::say;
use crate::views::display::Display;
use crate::views::name;
use crate::views::settle::trailing;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Way {
    dimension: Dimension,
    /// None where last year is not known.
    waterfall: Option<Waterfall>,
    figures: Figures,
    plan: Arc<Plan>,
}

/// A line of the picture.
struct Line {
    name: String,
    /// None of the two ends.
    change: Option<i64>,
    /// From where to where the bar reaches.
    from: i64,
    to: i64,
    ink: Ink,
    at: At,
}

/// From last year to the target.
#[component]
pub fn WaterfallChart(dimension: Dimension) -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let story = told(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let waterfall = Waterfall::of(&plan, &outcome, dimension);
        let amounts = waterfall.iter().flat_map(|it| it.steps.iter().map(|it| it.change).chain([it.before, it.now]));
        let figures = display.figures(&plan, amounts);
        Way { dimension, waterfall, figures, plan }
    });
    view! { <Frame table_id="waterfall-table" story/> }
}

impl Way {
    fn place(&self, step: Option<&Step>) -> At {
        let root = self.plan.tree(self.dimension).root;
        let row = step.and_then(|it| it.piece.as_ref()).map_or(root, |it| piece_node(&self.plan, self.dimension, it));
        At { pair: Pair::over_time(self.dimension), row, column: self.plan.tree(Dimension::Time).root }
    }

    fn step_name(&self, words: Words, step: &Step) -> String {
        match &step.piece {
            Some(piece) => piece_name(words, &self.plan, self.dimension, piece),
            None => say!(words, chart.waterfall_rest).into_owned(),
        }
    }

    fn lines(&self, words: Words) -> Vec<Line> {
        let Some(way) = &self.waterfall else { return Vec::new() };
        let end = |name: String, ink: Ink, to: i64| Line { name, change: None, from: 0, to, ink, at: self.place(None) };
        let step = |step: &Step| Line {
            name: self.step_name(words, step),
            change: Some(step.change),
            from: step.from,
            to: step.from + step.change,
            ink: if step.change < 0 { Ink::Fall } else { Ink::Rise },
            at: self.place(Some(step)),
        };
        let first = end(say!(words, chart.last_year).into_owned(), Ink::Before, way.before);
        let last = end(say!(words, chart.target).into_owned(), Ink::Mark, way.now);
        [first].into_iter().chain(way.steps.iter().map(step)).chain([last]).collect()
    }

    fn figure(&self, line: &Line, figures: &Figures) -> String {
        match line.change {
            Some(change) => signed(change, figures),
            None => figures.print(Amount::from_units(line.to)),
        }
    }

    fn bar(&self, ground: &Ground, at: usize, line: &Line, figure: String) -> Vec<Shape> {
        let (top, bottom) = ground.rows[at];
        let (left, right) = (ground.x(line.from.min(line.to)), ground.x(line.from.max(line.to)));
        // A change too small to be seen is seen all the same.
        let (corner, size) = ((left, top), ((right - left).max(2), bottom - top));
        let mut shapes = vec![block(line.ink, corner, size)];
        if line.ink == Ink::Fall {
            shapes.extend(hatch(corner, size));
        }
        // Down to where the next one begins.
        if let Some((next, _)) = ground.rows.get(at + 1) {
            let x = ground.x(line.to);
            shapes.push(Shape::Line { ink: Ink::Boundary, points: vec![(x, bottom), (x, *next)] });
        }
        shapes.push(text(Ink::Figure, (right + 7, (top + bottom) / 2), Side::Start, figure));
        shapes
    }

    fn says(&self, words: Words, line: &Line) -> String {
        match line.change {
            None => super::says(words, &self.plan, &line.name, line.to),
            Some(change) => {
                let exact = Figures::of([change].into_iter(), self.plan.unit.decimals(), crate::amount::Scale::One);
                let unit = name::unit(words, &self.plan, crate::amount::Scale::One);
                let amount = format!("{} {unit}", signed(change, &exact));
                say!(words, chart.says, name = line.name.clone(), amount = amount).into_owned()
            }
        }
    }
}

impl Story for Way {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, chart.waterfall).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let Some(way) = &self.waterfall else { return say!(words, chart.waterfall_unknown).into_owned() };
        let amount = |units: i64| name::amount(words, &self.plan, &self.figures, Amount::from_units(units));
        let change = amount(way.change().abs());
        let rate = growth(way.now, way.before).map(|it| percent(it.abs())).unwrap_or_default();
        let furthest = way.furthest().filter(|_| 1 < way.steps.len());
        let share = furthest.and_then(|it| basis_points(it.change, way.change())).map(percent);
        match (furthest, share, way.change()) {
            (_, _, 0) => say!(words, chart.waterfall_same, amount = amount(way.now)),
            (Some(step), Some(share), 1..) => {
                let name = self.step_name(words, step);
                say!(words, chart.waterfall_up, change = change, rate = rate, name = name, share = share)
            }
            (Some(step), Some(share), _) => {
                let name = self.step_name(words, step);
                say!(words, chart.waterfall_down, change = change, rate = rate, name = name, share = share)
            }
            (_, _, 1..) => say!(words, chart.waterfall_more, change = change, rate = rate),
            _ => say!(words, chart.waterfall_less, change = change, rate = rate),
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        let Some(way) = &self.waterfall else { return Vec::new() };
        let mut meanings = vec![
            Meaning::new(Ink::Before, say!(words, chart.last_year)),
            Meaning::new(Ink::Rise, say!(words, chart.rise)),
        ];
        if way.steps.iter().any(|it| it.change < 0) {
            meanings.push(Meaning::new(Ink::Fall, say!(words, chart.fall)));
        }
        meanings.push(Meaning::new(Ink::Mark, say!(words, chart.target)));
        meanings
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        let lines = self.lines(words);
        let most = lines.iter().map(|it| it.from.max(it.to)).max().filter(|it| 0 < *it)?;
        let figures = label_figures(&self.figures, most);
        let names: Vec<String> = lines.iter().map(|it| it.name.clone()).collect();
        let widest = lines.iter().map(|it| width(&self.figure(it, &figures))).max().unwrap_or(0);
        let mut ground = Lines::up(&names, widest, most, &figures).lay(wide);
        let mut spots = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let bar = self.bar(&ground, at, line, self.figure(line, &figures));
            ground.shapes.extend(bar);
            let (x, y, width, height) = ground.reach(at);
            spots.push(Spot { x, y, width, height, says: self.says(words, line), at: line.at });
        }
        Some(Picture { size: ground.size, shapes: ground.shapes, spots })
    }

    fn table(&self, words: Words) -> Table {
        let Some(way) = &self.waterfall else { return Table::default() };
        let line = |name: String, before: Option<i64>, now: i64, change: i64| {
            let rate = before.and_then(|it| growth(now, it));
            vec![
                Cell::Text(name),
                Cell::Amount(before),
                Cell::Amount(Some(now)),
                Cell::Change(Some(change)),
                Cell::Percent(rate),
                Cell::Percent(basis_points(change, way.change())),
            ]
        };
        let step = |it: &Step| line(self.step_name(words, it), it.before, it.now, it.change);
        let heads = [
            name::dimension(words, self.dimension),
            say!(words, chart.last_year).into_owned(),
            say!(words, chart.target).into_owned(),
            say!(words, chart.change).into_owned(),
            say!(words, chart.growth).into_owned(),
            say!(words, chart.change_share).into_owned(),
        ];
        Table {
            caption: say!(words, chart.waterfall_caption, unit = super::unit(words, self)).into_owned(),
            heads: heads.into_iter().collect(),
            rows: way.steps.iter().map(step).collect(),
            foot: line(say!(words, chart.total).into_owned(), Some(way.before), way.now, way.change()),
        }
    }
}
