//! The base and the scenarios beside each other: what is divided in each, and how much of it is within reach.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::{Ink, Shape, width};
use super::frame::Frame;
use super::lines::{Ground, Lines};
use super::pen::{block, text};
use super::spot::Spot;
use super::story::{Meaning, Picture, Sign, Story, told};
use super::table::{Cell, Table};
use super::{pen, percent};
use crate::amount::Amount;
use crate::i18n::Words;
use crate::live::Derived;
use crate::plan::{At, Dimension, Pair, Plan};
use crate::results::chart::label_figures;
use crate::results::figure::Figures;
use crate::results::scenario::Likely;
use crate::say;
use crate::views::name;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    pub name: String,
    pub divided: i64,
    /// None where nothing says what is.
    pub possible: Option<i64>,
    pub chance: Likely,
}

/// What the picture speaks of, the base first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    pub sides: Vec<Side>,
    pub figures: Figures,
    pub plan: Arc<Plan>,
}

#[component]
pub fn SidesChart(sides: Derived<Sides>) -> impl IntoView {
    let story = told(move || sides.get());
    view! { <Frame table_id="sides-table" story/> }
}

impl Side {
    /// What is missing; below nothing, there is room.
    fn gap(&self) -> Option<i64> {
        self.possible.map(|it| self.divided - it)
    }
}

impl Sides {
    fn amount(&self, words: Words, units: i64) -> String {
        name::amount(words, &self.plan, &self.figures, Amount::from_units(units))
    }

    fn says(&self, words: Words, side: &Side) -> String {
        let exact = |units: i64| name::exact_amount(words, &self.plan, Amount::from_units(units));
        let possible = side.possible.map_or("–".to_owned(), exact);
        let amounts = say!(words, scenario.picture_row, target = exact(side.divided), possible = possible).into_owned();
        let chance = match side.chance {
            Likely::Known(it) => percent(it),
            Likely::Coming => "…".to_owned(),
            Likely::Unknown => "–".to_owned(),
        };
        say!(words, scenario.sides_says, name = side.name.clone(), amounts = amounts, chance = chance).into_owned()
    }

    fn bars(&self, ground: &Ground, (top, bottom): (i32, i32), side: &Side, figures: &Figures) -> Vec<Shape> {
        let high = bottom - top;
        let mut shapes = vec![block(Ink::Mark, (ground.zero, top), (ground.x(side.divided) - ground.zero, high))];
        if let Some(possible) = side.possible {
            let wide = ground.x(possible.max(0)) - ground.zero;
            shapes.push(block(Ink::Rise, (ground.zero, top + high / 4), (wide, high - 2 * (high / 4))));
        }
        let after = ground.x(side.divided.max(side.possible.unwrap_or(0))) + 7;
        shapes.push(text(Ink::Figure, (after, (top + bottom) / 2), pen::Side::Start, self.figure(side, figures)));
        shapes
    }

    /// What is within reach, of what is divided.
    fn figure(&self, side: &Side, figures: &Figures) -> String {
        let print = |units: i64| figures.print(Amount::from_units(units));
        side.possible.map_or_else(|| print(side.divided), |it| format!("{} / {}", print(it), print(side.divided)))
    }
}

impl Story for Sides {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, scenario.sides).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let known = self.sides.iter().filter_map(|it| Some((it.gap()?, it.possible?, it)));
        match known.min_by_key(|(gap, ..)| *gap) {
            Some((gap, possible, side)) => {
                let (name, target) = (side.name.clone(), self.amount(words, side.divided));
                let possible = self.amount(words, possible);
                match 0 < gap {
                    true => say!(words, scenario.sides_nearest, name = name, possible = possible, target = target),
                    false => say!(words, scenario.sides_reached, name = name, possible = possible, target = target),
                }
            }
            None => {
                let all = || self.sides.iter().map(|it| it.divided);
                let [low, high] = [all().min(), all().max()].map(|it| self.amount(words, it.unwrap_or(0)));
                say!(words, scenario.sides_unknown, low = low, high = high)
            }
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        vec![
            Meaning::new(Ink::Mark, say!(words, scenario.what_divided)),
            Meaning::as_sign(Sign::Bar, Ink::Rise, say!(words, scenario.what_possible)),
        ]
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        let ends = self.sides.iter().flat_map(|it| [Some(it.divided), it.possible]).flatten();
        let most = ends.max().filter(|it| 0 < *it)?;
        let figures = label_figures(&self.figures, most);
        let names: Vec<String> = self.sides.iter().map(|it| it.name.clone()).collect();
        let widest = self.sides.iter().map(|it| width(&self.figure(it, &figures))).max().unwrap_or(0);
        let mut ground = Lines::up(&names, widest, most, &figures).lay(wide);
        let mut spots = Vec::new();
        let root = |dimension: Dimension| self.plan.tree(dimension).root;
        let pair = Pair::over_time(Dimension::Organisation);
        for (at, side) in self.sides.iter().enumerate() {
            let shapes = self.bars(&ground, ground.rows[at], side, &figures);
            ground.shapes.extend(shapes);
            let (x, y, width, height) = ground.reach(at);
            let place = At { pair, row: root(Dimension::Organisation), column: root(Dimension::Time) };
            spots.push(Spot { x, y, width, height, says: self.says(words, side), at: place });
        }
        Some(Picture { size: ground.size, shapes: ground.shapes, spots })
    }

    fn table(&self, words: Words) -> Table {
        let row = |it: &Side| {
            let chance = if let Likely::Known(it) = it.chance { Some(it) } else { None };
            vec![
                Cell::Text(it.name.clone()),
                Cell::Amount(Some(it.divided)),
                Cell::Amount(it.possible),
                Cell::Change(it.gap()),
                Cell::Percent(chance),
            ]
        };
        let heads = [
            say!(words, scenario.side),
            say!(words, scenario.what_divided),
            say!(words, scenario.what_possible),
            say!(words, scenario.what_gap),
            say!(words, scenario.what_chance),
        ];
        Table {
            caption: say!(words, scenario.sides_caption, unit = super::unit(words, self)).into_owned(),
            heads: heads.into_iter().map(|it| it.into_owned()).collect(),
            rows: self.sides.iter().map(row).collect(),
            foot: Vec::new(),
        }
    }
}
