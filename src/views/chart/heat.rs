//! The sheet as a picture: rows against columns, each cell with its figure, a tint and a ridge that say how heavy it is.
//! Where columns do not fit beside each other, they stand in bands one below the other.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::{Ink, Shape, fit, width};
use super::frame::Frame;
use super::names::names;
use super::pen::{Side, block, part, text};
use super::pictures::Depth;
use super::spot::Spot;
use super::story::{Meaning, Picture, Story, told};
use super::table::{Cell, Table};
use super::{percent, piece_name, piece_node};
use crate::amount::Amount;
use crate::i18n::Words;
use crate::plan::{At, NodeId, Pair, Plan};
use crate::results::chart::{Peak, label_figures, peak};
use crate::results::cut::Piece;
use crate::results::figure::{Figures, basis_points};
use crate::results::heat::Heat;
use crate::results::show::heat;
use crate::say;
use crate::views::display::Display;
use crate::views::name;
use crate::views::settle::trailing;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cells {
    pair: Pair,
    heat: Heat,
    figures: Figures,
    plan: Arc<Plan>,
}

/// Where is it too heavy.
#[component]
pub fn HeatChart(pair: Pair) -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let Depth(depth) = expect_context();
    let story = told(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let heat = Heat::of(&outcome, pair, depth.get());
        let figures = display.figures(&plan, heat.amounts().into_iter());
        Cells { pair, heat, figures, plan }
    });
    view! { <Frame table_id="heat-table" story/> }
}

const LINE: i32 = 30;
const HEAD: i32 = 26;
const MOST_NAME_PX: i32 = 170;
const LEVELS: [Ink; 5] = [Ink::Heat0, Ink::Heat1, Ink::Heat2, Ink::Heat3, Ink::Heat4];

/// How the cells are laid out at a width.
struct Plot {
    wide: i32,
    name: i32,
    cell: i32,
    /// Columns beside each other.
    across: usize,
    /// The row's sums stand at the end, where all columns are in one band.
    with_sums: bool,
    figures: Figures,
}

impl Cells {
    fn row_names(&self, words: Words) -> Vec<String> {
        let rows = &self.heat.rows;
        let nodes: Vec<NodeId> = rows.iter().filter_map(|it| it.id).collect();
        let mut named = names(words, &self.plan, self.pair.rows(), &nodes).into_iter();
        let others = |it: &Piece| piece_name(words, &self.plan, self.pair.rows(), it);
        rows.iter().map(|it| if it.id.is_some() { named.next().unwrap_or_default() } else { others(it) }).collect()
    }

    fn column_names(&self, words: Words) -> Vec<String> {
        let name = |piece: &Piece| match piece.id {
            Some(id) if self.pair.is_over_time() => name::short_period(words, &self.plan, id),
            _ => piece_name(words, &self.plan, self.pair.columns(), piece),
        };
        self.heat.columns.iter().map(name).collect()
    }

    fn place(&self, row: usize, column: usize) -> At {
        let row = piece_node(&self.plan, self.pair.rows(), &self.heat.rows[row]);
        let column = piece_node(&self.plan, self.pair.columns(), &self.heat.columns[column]);
        At { pair: self.pair, row, column }
    }

    fn is_divided(&self) -> bool {
        1 < self.heat.rows.len() * self.heat.columns.len()
    }

    fn plot(&self, rows: &[String], wide: u32) -> Plot {
        let wide = wide as i32;
        let figures = label_figures(&self.figures, self.heat.largest());
        let print = |units: &i64| width(&figures.print(Amount::from_units(*units)));
        let sums = self.heat.sums.iter().chain([&self.heat.total]).map(print).max().unwrap_or(0) + 14;
        let figure = self.heat.cells.iter().flatten().chain(&self.heat.wholes).map(print).max().unwrap_or(0);
        let least = (figure + 10).max(36);
        let longest = rows.iter().map(|it| width(it)).max().unwrap_or(0);
        let name = longest.min(MOST_NAME_PX).min(wide * 3 / 10) + 10;
        let count = self.heat.columns.len() as i32;
        let fit = |room: i32| (room / least).max(1);
        let with_sums = count <= fit(wide - name - sums);
        let room = wide - name - if with_sums { sums } else { 0 };
        let bands = (count + fit(room) - 1) / fit(room);
        let across = (count + bands - 1) / bands.max(1);
        Plot { wide, name, cell: room / across.max(1), across: across as usize, with_sums, figures }
    }

    fn height(&self, plot: &Plot) -> i32 {
        let bands = self.heat.columns.len().div_ceil(plot.across.max(1)) as i32;
        bands * self.band() - 8
    }

    /// A band: heads, rows, the whole, and a gap.
    fn band(&self) -> i32 {
        HEAD + LINE * (self.heat.rows.len() as i32 + 1) + 8
    }

    /// Where a cell lies.
    fn corner(&self, plot: &Plot, row: usize, column: usize) -> (i32, i32) {
        let (band, at) = ((column / plot.across) as i32, (column % plot.across) as i32);
        (plot.name + plot.cell * at, band * self.band() + HEAD + LINE * row as i32)
    }

    /// A cell: its tint, how far its amount reaches of the largest as a ridge, and its figure.
    fn cell(&self, plot: &Plot, row: usize, column: usize) -> Vec<Shape> {
        let (amount, largest) = (self.heat.cells[row][column], self.heat.largest());
        let (x, y) = self.corner(plot, row, column);
        let (wide, high) = (plot.cell - 2, LINE - 2);
        let print = |units: i64| plot.figures.print(Amount::from_units(units));
        let figure = print(amount);
        // What looks the same is as heavy.
        let is_heaviest = figure == print(largest) && self.heat.is_single(row, column);
        let ink = if is_heaviest { Ink::Figure } else { Ink::Name };
        let figure = text(ink, (x + 1 + wide / 2, y + 12), Side::Middle, figure);
        // Many in one have their figure alone.
        if !self.heat.is_single(row, column) {
            return vec![figure];
        }
        let level = LEVELS[(heat(amount, largest).unsigned_abs() as usize).min(LEVELS.len() - 1)];
        let ridge = part(wide - 8, amount, largest);
        vec![block(level, (x + 1, y + 1), (wide, high)), block(Ink::Ridge, (x + 5, y + high - 4), (ridge, 3)), figure]
    }

    /// The names around the cells, and what rows and columns come to.
    fn margins(&self, words: Words, plot: &Plot, rows: &[String]) -> Vec<Shape> {
        let print = |units: i64| plot.figures.print(Amount::from_units(units));
        let mut shapes = Vec::new();
        let last = self.heat.rows.len();
        for (column, name) in self.column_names(words).iter().enumerate() {
            let (x, y) = self.corner(plot, 0, column);
            let middle = x + plot.cell / 2;
            shapes.push(text(Ink::Label, (middle, y - 12), Side::Middle, fit(name, plot.cell - 4)));
            let whole = print(self.heat.wholes[column]);
            shapes.push(text(Ink::Figure, (middle, self.corner(plot, last, column).1 + 14), Side::Middle, whole));
        }
        for first in (0..self.heat.columns.len()).step_by(plot.across.max(1)) {
            for (row, name) in rows.iter().enumerate() {
                let at = (0, self.corner(plot, row, first).1 + 14);
                shapes.push(text(Ink::Name, at, Side::Start, fit(name, plot.name - 8)));
            }
            let (_, y) = self.corner(plot, last, first);
            let edge = vec![(0, y), (plot.wide, y)];
            shapes.push(Shape::Line { ink: Ink::Axis, points: edge });
            shapes.push(text(Ink::Name, (0, y + 14), Side::Start, say!(words, chart.total)));
        }
        if plot.with_sums {
            let end = plot.wide - 2;
            shapes.push(text(Ink::Label, (end, HEAD - 12), Side::End, say!(words, chart.total)));
            for (row, sum) in self.heat.sums.iter().chain([&self.heat.total]).enumerate() {
                let y = HEAD + LINE * row as i32 + 14;
                shapes.push(text(Ink::Figure, (end, y), Side::End, print(*sum)));
            }
        }
        shapes
    }
}

impl Story for Cells {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, chart.heat).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let (rows, columns) = (self.row_names(words), self.column_names(words));
        let single = self.heat.single();
        let amounts: Vec<i64> = single.iter().map(|(_, amount)| *amount).collect();
        let cell = |at: usize| {
            let (row, column) = single.get(at).map_or((0, 0), |(place, _)| *place);
            (rows.get(row).cloned().unwrap_or_default(), columns.get(column).cloned().unwrap_or_default())
        };
        let highest = self.heat.largest();
        let amount = name::amount(words, &self.plan, &self.figures, Amount::from_units(highest));
        let share = percent(basis_points(highest, self.heat.total).unwrap_or(0));
        let tied = |first: usize, n: usize| {
            let (row, column) = cell(first);
            say!(words, chart.heat_tied, row = row, column = column, n = n, amount = amount.clone())
        };
        match peak(&amounts, &self.figures) {
            Peak::Nowhere => say!(words, chart.heat_nothing),
            _ if !self.is_divided() => say!(words, chart.heat_undivided),
            Peak::At(at) => {
                let (row, column) = cell(at);
                say!(words, chart.heat_most, row = row, column = column, amount = amount, share = share)
            }
            Peak::Along(first, last) => tied(first, last - first + 1),
            Peak::Scattered(n) => tied(amounts.iter().position(|it| *it == highest).unwrap_or(0), n),
            Peak::Everywhere => say!(words, chart.heat_even, amount = amount),
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        vec![Meaning::new(Ink::Ridge, say!(words, chart.heat_means))]
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        if self.heat.largest() <= 0 || !self.is_divided() {
            return None;
        }
        let rows = self.row_names(words);
        let columns = self.column_names(words);
        let plot = self.plot(&rows, wide);
        let mut shapes = self.margins(words, &plot, &rows);
        let mut spots = Vec::new();
        for (row, row_name) in rows.iter().enumerate() {
            for (column, column_name) in columns.iter().enumerate() {
                shapes.extend(self.cell(&plot, row, column));
                let (x, y) = self.corner(&plot, row, column);
                let name = format!("{row_name} · {column_name}");
                let says = super::says(words, &self.plan, &name, self.heat.cells[row][column]);
                spots.push(Spot { x, y, width: plot.cell, height: LINE, says, at: self.place(row, column) });
            }
        }
        Some(Picture { size: (wide, self.height(&plot) as u32), shapes, spots })
    }

    fn table(&self, words: Words) -> Table {
        let heat = &self.heat;
        let line = |name: String, cells: &[i64], sum: i64| {
            let amounts = cells.iter().chain([&sum]).map(|it| Cell::Amount(Some(*it)));
            [Cell::Text(name)].into_iter().chain(amounts).collect::<Vec<Cell>>()
        };
        let rows = self.row_names(words).into_iter().zip(heat.cells.iter().zip(&heat.sums));
        let mut rows: Vec<Vec<Cell>> = rows.map(|(name, (cells, sum))| line(name, cells, *sum)).collect();
        let (rest, over) = heat.rest();
        if over != 0 || rest.iter().any(|it| *it != 0) {
            let name = if over < 0 { say!(words, sheet.over) } else { say!(words, sheet.under) };
            rows.push(line(name.into_owned(), &rest, over));
        }
        let first = name::dimension(words, self.pair.rows());
        let total = || say!(words, chart.total).into_owned();
        Table {
            caption: say!(words, chart.heat_caption, unit = super::unit(words, self)).into_owned(),
            heads: [first].into_iter().chain(self.column_names(words)).chain([total()]).collect(),
            rows,
            foot: line(total(), &heat.wholes, heat.total),
        }
    }
}
