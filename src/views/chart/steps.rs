//! From the base to a scenario: a bar for each of the two, and between them what each edit does on top of those before it.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::{Ink, Shape, width};
use super::frame::Frame;
use super::lines::{Ground, Lines};
use super::pen::{Side, block, hatch, text};
use super::spot::Spot;
use super::story::{Meaning, Picture, Story, told};
use super::table::{Cell, Table, signed};
use crate::amount::Amount;
use crate::i18n::Words;
use crate::live::Derived;
use crate::plan::{At, Dimension, Pair, Plan};
use crate::results::chart::label_figures;
use crate::results::figure::Figures;
use crate::say;
use crate::views::name;

/// An edit, and what the year is after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub name: String,
    pub after: i64,
    /// Why it does nothing, where it cannot be done.
    pub passed_over: Option<String>,
}

/// What the picture speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    /// What is measured, in a word.
    pub what: String,
    pub from: String,
    pub to: String,
    pub before: i64,
    pub taken: Vec<Taken>,
    pub figures: Figures,
    pub plan: Arc<Plan>,
}

#[component]
pub fn StepsChart(steps: Derived<Steps>) -> impl IntoView {
    let story = told(move || steps.get());
    view! { <Frame table_id="steps-table" story/> }
}

/// A line of the picture: one of the ends where nothing changes.
struct Line<'a> {
    name: &'a str,
    change: Option<i64>,
    from: i64,
    to: i64,
    passed_over: Option<&'a str>,
}

impl Steps {
    fn last(&self) -> i64 {
        self.taken.last().map_or(self.before, |it| it.after)
    }

    fn lines(&self) -> Vec<Line<'_>> {
        let end = |name, to: i64| Line { name, change: None, from: 0, to, passed_over: None };
        let mut lines = vec![end(&self.from, self.before)];
        let mut from = self.before;
        for it in &self.taken {
            let passed_over = it.passed_over.as_deref();
            lines.push(Line { name: &it.name, change: Some(it.after - from), from, to: it.after, passed_over });
            from = it.after;
        }
        lines.push(end(&self.to, self.last()));
        lines
    }

    fn figure(&self, line: &Line<'_>, figures: &Figures) -> String {
        match (line.change, line.passed_over) {
            (_, Some(why)) => why.to_owned(),
            (Some(change), None) => signed(change, figures),
            (None, None) => figures.print(Amount::from_units(line.to)),
        }
    }

    fn bar(&self, ground: &Ground, at: usize, line: &Line<'_>, figure: String) -> Vec<Shape> {
        let (top, bottom) = ground.rows[at];
        let (left, right) = (ground.x(line.from.min(line.to)), ground.x(line.from.max(line.to)));
        let (corner, size) = ((left, top), ((right - left).max(2), bottom - top));
        let ink = match line.change {
            None if at == 0 => Ink::Before,
            None => Ink::Mark,
            Some(..0) => Ink::Fall,
            Some(_) => Ink::Rise,
        };
        let mut shapes = vec![block(ink, corner, size)];
        if ink == Ink::Fall {
            shapes.extend(hatch(corner, size));
        }
        // Down to where the next one begins.
        if let Some((next, _)) = ground.rows.get(at + 1) {
            let x = ground.x(line.to);
            shapes.push(Shape::Line { ink: Ink::Boundary, points: vec![(x, bottom), (x, *next)] });
        }
        shapes.push(text(Ink::Figure, (right.max(ground.zero) + 7, (top + bottom) / 2), Side::Start, figure));
        shapes
    }

    fn amount(&self, words: Words, units: i64) -> String {
        name::amount(words, &self.plan, &self.figures, Amount::from_units(units))
    }

    fn says(&self, words: Words, line: &Line<'_>) -> String {
        let amount = match line.change {
            None => name::exact_amount(words, &self.plan, Amount::from_units(line.to)),
            Some(_) => {
                let scale = name::unit(words, &self.plan, self.figures.numeral.scale);
                format!("{} {scale}", self.figure(line, &self.figures))
            }
        };
        say!(words, chart.says, name = line.name.to_owned(), amount = amount).into_owned()
    }
}

impl Story for Steps {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, scenario.steps).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let (what, before, after) = (self.what.clone(), self.amount(words, self.before), self.last());
        let lines = self.lines();
        let changes = lines.iter().filter_map(|it| Some((it.change?, it.name)));
        match changes.max_by_key(|(change, _)| change.abs()).filter(|(change, _)| *change != 0) {
            Some((change, name)) => {
                let sign = if 0 < change { "+" } else { "" };
                let change = format!("{sign}{}", self.amount(words, change));
                let after = self.amount(words, after);
                let name = name.to_owned();
                say!(
                    words,
                    scenario.steps_title,
                    what = what,
                    before = before,
                    after = after,
                    name = name,
                    change = change
                )
            }
            None => say!(words, scenario.steps_same, what = what, before = before),
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        let mut meanings =
            vec![Meaning::new(Ink::Before, self.from.clone()), Meaning::new(Ink::Rise, say!(words, chart.rise))];
        if self.lines().iter().any(|it| it.change.is_some_and(|it| it < 0)) {
            meanings.push(Meaning::new(Ink::Fall, say!(words, chart.fall)));
        }
        meanings.push(Meaning::new(Ink::Mark, self.to.clone()));
        meanings
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        let lines = self.lines();
        if self.taken.is_empty() {
            return None;
        }
        let ends = lines.iter().flat_map(|it| [it.from, it.to]);
        let (least, most) = ends.fold((0, 0), |(least, most), it| (least.min(it), most.max(it)));
        let figures = label_figures(&self.figures, most.max(-least));
        let names: Vec<String> = lines.iter().map(|it| it.name.to_owned()).collect();
        let widest = lines.iter().map(|it| width(&self.figure(it, &figures))).max().unwrap_or(0);
        let lay = Lines { names: &names, widest, before: 0, least, from: 0, most, figures: &figures };
        let mut ground = lay.lay(wide);
        let mut spots = Vec::new();
        let root = |dimension: Dimension| self.plan.tree(dimension).root;
        let pair = Pair::over_time(Dimension::Organisation);
        for (at, line) in lines.iter().enumerate() {
            let bar = self.bar(&ground, at, line, self.figure(line, &figures));
            ground.shapes.extend(bar);
            let (x, y, width, height) = ground.reach(at);
            let place = At { pair, row: root(Dimension::Organisation), column: root(Dimension::Time) };
            spots.push(Spot { x, y, width, height, says: self.says(words, line), at: place });
        }
        Some(Picture { size: ground.size, shapes: ground.shapes, spots })
    }

    fn table(&self, words: Words) -> Table {
        let row = |it: &Line<'_>| {
            let change = match it.passed_over {
                Some(why) => Cell::Text(why.to_owned()),
                None => Cell::Change(it.change),
            };
            vec![Cell::Text(it.name.to_owned()), change, Cell::Amount(Some(it.to))]
        };
        let heads = [say!(words, scenario.step), say!(words, scenario.change), say!(words, scenario.steps_after)];
        let (what, unit) = (self.what.clone(), super::unit(words, self));
        Table {
            caption: say!(words, scenario.steps_caption, what = what, unit = unit).into_owned(),
            heads: heads.into_iter().map(|it| it.into_owned()).collect(),
            rows: self.lines().iter().map(row).collect(),
            foot: Vec::new(),
        }
    }
}
