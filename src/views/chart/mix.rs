//! The mix: a bar of a hundred percent for the whole and for each region, of the same products in the same order;
//! or of what else two trees have across.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::{Ink, Shape, fit, width};
use super::frame::Frame;
use super::pen::{Side, block, hatch, part, text};
use super::spot::Spot;
use super::story::{Meaning, Picture, Story, told};
use super::table::{Cell, Table};
use super::{percent, piece_name, piece_node};
use crate::i18n::Words;
use crate::plan::{At, Pair, Plan};
use crate::results::figure::Figures;
use crate::results::mix::{Bar, Mix, PARTS};
use crate::say;
use crate::views::display::Display;
use crate::views::name;
use crate::views::settle::trailing;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shares {
    pair: Pair,
    /// None where nothing is divided by what runs across.
    mix: Option<Mix>,
    figures: Figures,
    plan: Arc<Plan>,
}

/// Of what each region's target is made.
#[component]
pub fn MixChart(pair: Pair) -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let story = told(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let mix = Mix::of(&outcome, pair);
        let amounts = mix.iter().flat_map(|it| it.rows.iter().chain([&it.whole]).flat_map(|bar| bar.amounts.clone()));
        let figures = display.figures(&plan, amounts);
        Shares { pair, mix, figures, plan }
    });
    view! { <Frame table_id="mix-table" story/> }
}

const INKS: [Ink; PARTS] = [Ink::Part1, Ink::Part2, Ink::Part3, Ink::Part4, Ink::Part5];
/// Below this width a name stands above its bar, not beside it.
const NARROW: u32 = 520;
const MOST_NAME_PX: i32 = 170;
const WHOLE: i64 = 10_000;

impl Shares {
    fn row_name(&self, words: Words, bar: &Bar) -> String {
        match &bar.piece {
            Some(piece) => piece_name(words, &self.plan, self.pair.rows(), piece),
            None => name::node(words, &self.plan, self.pair.rows(), self.plan.tree(self.pair.rows()).root),
        }
    }

    fn part_name(&self, words: Words, mix: &Mix, part: usize) -> String {
        piece_name(words, &self.plan, self.pair.columns(), &mix.parts[part])
    }

    /// What runs across.
    fn by(&self, words: Words) -> String {
        name::dimension(words, self.pair.columns())
    }

    /// Others stand in the last ink, however few are drawn by themselves.
    fn ink(mix: &Mix, part: usize) -> Ink {
        if mix.parts[part].id.is_none() { Ink::Part5 } else { INKS[part.min(PARTS - 1)] }
    }

    fn place(&self, mix: &Mix, bar: &Bar, part: usize) -> At {
        let (pair, rows) = (self.pair, self.pair.rows());
        let row = bar.piece.as_ref().map_or(self.plan.tree(rows).root, |it| piece_node(&self.plan, rows, it));
        At { pair, row, column: piece_node(&self.plan, pair.columns(), &mix.parts[part]) }
    }

    /// One part of a bar: its ink, strokes where it has some, and its share on a ground of its own.
    fn piece(ink: Ink, share: i64, corner: (i32, i32), size: (i32, i32)) -> Vec<Shape> {
        let mut shapes = vec![block(ink, corner, size)];
        if ink == Ink::Part4 {
            shapes.extend(hatch(corner, size));
        }
        let figure = percent(share);
        let plate = width(&figure) + 6;
        if plate + 6 <= size.0 {
            let middle = (corner.0 + size.0 / 2, corner.1 + size.1 / 2);
            shapes.push(block(Ink::Gap, (middle.0 - plate / 2, middle.1 - 8), (plate, 16)));
            shapes.push(text(Ink::Figure, middle, Side::Middle, figure));
        }
        shapes
    }
}

impl Story for Shares {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, chart.mix).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let Some(mix) = &self.mix else { return say!(words, chart.mix_unknown, by = self.by(words)).into_owned() };
        let leading = mix.leading();
        let usual = || percent(mix.whole.shares.get(leading).copied().unwrap_or(0));
        let leader = || self.part_name(words, mix, leading);
        match mix.apart() {
            Some(apart) => {
                let (row, part) = (self.row_name(words, &mix.rows[apart.row]), self.part_name(words, mix, apart.part));
                let (share, usual) = (percent(apart.share), percent(apart.usual));
                say!(words, chart.mix_apart, row = row, part = part, share = share, usual = usual)
            }
            None if mix.rows.len() < 2 => say!(words, chart.mix_leads, part = leader(), share = usual()),
            None => say!(words, chart.mix_even, part = leader(), share = usual()),
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        let Some(mix) = &self.mix else { return Vec::new() };
        (0..mix.parts.len()).map(|it| Meaning::new(Shares::ink(mix, it), self.part_name(words, mix, it))).collect()
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        let mix = self.mix.as_ref()?;
        let is_narrow = wide < NARROW;
        let bars: Vec<&Bar> = [&mix.whole].into_iter().chain(&mix.rows).filter(|it| 0 < it.total).collect();
        let names: Vec<String> = bars.iter().map(|it| self.row_name(words, it)).collect();
        let longest = names.iter().map(|it| width(it)).max().unwrap_or(0).min(MOST_NAME_PX);
        let left = if is_narrow { 0 } else { longest + 12 };
        let (pitch, above) = if is_narrow { (54, 20) } else { (38, 4) };
        let (mut shapes, mut spots) = (Vec::new(), Vec::new());
        for (at, (bar, name)) in bars.iter().zip(&names).enumerate() {
            let top = pitch * at as i32 + above;
            let room = wide as i32 - left;
            shapes.push(match is_narrow {
                true => text(Ink::Name, (0, top - 10), Side::Start, fit(name, wide as i32)),
                false => text(Ink::Name, (left - 10, top + 14), Side::End, fit(name, MOST_NAME_PX)),
            });
            let mut before = 0;
            for (index, share) in bar.shares.iter().enumerate() {
                let from = left + part(room, before, WHOLE);
                before += share;
                let to = left + part(room, before, WHOLE);
                if to - from < 3 {
                    continue;
                }
                // A gap of the paper's colour on either side tells neighbours apart, whatever their inks.
                let (corner, size) = ((from + 1, top), (to - from - 2, 28));
                shapes.extend(Shares::piece(Shares::ink(mix, index), *share, corner, size));
                let name = format!("{name} · {}", self.part_name(words, mix, index));
                let says = super::says(words, &self.plan, &name, bar.amounts[index]);
                let says = format!("{says} · {}", percent(*share));
                let at = self.place(mix, bar, index);
                spots.push(Spot { x: from, y: top, width: to - from, height: 28, says, at });
            }
        }
        Some(Picture { size: (wide, (pitch * bars.len() as i32 + 4) as u32), shapes, spots })
    }

    fn table(&self, words: Words) -> Table {
        let Some(mix) = &self.mix else { return Table::default() };
        let line = |name: String, bar: &Bar| {
            let parts = bar.amounts.iter().zip(&bar.shares);
            let parts = parts.flat_map(|(units, share)| [Cell::Amount(Some(*units)), Cell::Percent(Some(*share))]);
            [Cell::Text(name)].into_iter().chain(parts).chain([Cell::Amount(Some(bar.total))]).collect::<Vec<Cell>>()
        };
        let share = say!(words, chart.share).into_owned();
        let part = |it: usize| [self.part_name(words, mix, it), share.clone()];
        let first = name::dimension(words, self.pair.rows());
        let total = say!(words, chart.total).into_owned();
        Table {
            caption: say!(words, chart.mix_caption, by = self.by(words), unit = super::unit(words, self)).into_owned(),
            heads: [first].into_iter().chain((0..mix.parts.len()).flat_map(part)).chain([total]).collect(),
            rows: mix.rows.iter().map(|it| line(self.row_name(words, it), it)).collect(),
            foot: line(self.row_name(words, &mix.whole), &mix.whole),
        }
    }
}
