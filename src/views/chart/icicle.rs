//! The decomposition: from the whole to the left to whoever carries it to the right, each as high as what it carries, in the
//! order of the sheet. Those too low to be read stand together, and say how many they are.

use std::sync::Arc;

use leptos::prelude::*;

use super::canvas::{Ink, Shape, fit, width};
use super::frame::Frame;
use super::pen::{Side, block, part, text};
use super::percent;
use super::spot::Spot;
use super::story::{Meaning, Picture, Story, told};
use super::table::{Cell, Table};
use crate::amount::Amount;
use crate::i18n::Words;
use crate::plan::{At, Dimension, NodeId, Pair, Plan};
use crate::results::chart::{Peak, label_figures, peak};
use crate::results::figure::{Figures, basis_points};
use crate::results::icicle::{Block, icicle};
use crate::say;
use crate::views::display::Display;
use crate::views::name;
use crate::views::settle::trailing;

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tiers {
    dimension: Dimension,
    /// The parts of the whole, drawn or not.
    first: Vec<(NodeId, i64)>,
    blocks: Vec<Block>,
    figures: Figures,
    plan: Arc<Plan>,
}

/// Who carries how much, level by level.
#[component]
pub fn IcicleChart(dimension: Dimension) -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let story = told(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let blocks = icicle(&outcome, dimension, i64::from(HEIGHT / LEAST));
        let division = outcome.division(dimension);
        let parts = division.layout.children(0).into_iter();
        let first = parts.map(|at| (division.layout.id(at), division.amounts[at])).collect();
        let figures = display.figures(&plan, blocks.iter().map(|it| it.amount));
        Tiers { dimension, first, blocks, figures, plan }
    });
    view! { <Frame table_id="icicle-table" story/> }
}

const HEIGHT: i32 = 432;
/// What is lower holds no line of text.
const LEAST: i32 = 18;
/// What is narrower holds no name.
const LEAST_TIER: i32 = 84;

impl Tiers {
    fn name(&self, words: Words, it: &Block) -> String {
        match it.others {
            0 => name::node(words, &self.plan, self.dimension, it.id),
            n => say!(words, chart.others, n = n).into_owned(),
        }
    }

    /// With what it hangs on, but for the whole.
    fn path(&self, words: Words, it: &Block) -> String {
        let tree = self.plan.tree(self.dimension);
        // Those that stand together have their parent's id.
        let own = (it.others == 0).then_some(it.id).filter(|id| *id != tree.root);
        let above = if it.others == 0 { tree.parent(it.id) } else { Some(it.id) };
        let mut path: Vec<String> = above
            .map(|id| tree.path(id))
            .unwrap_or_default()
            .into_iter()
            .chain(own)
            .filter(|id| *id != tree.root)
            .map(|id| name::node(words, &self.plan, self.dimension, id))
            .collect();
        if 0 < it.others || path.is_empty() {
            path.push(self.name(words, it));
        }
        path.join(" / ")
    }

    fn total(&self) -> i64 {
        self.blocks.first().map_or(0, |it| it.amount)
    }

    fn share(&self, amount: i64) -> String {
        percent(basis_points(amount, self.total()).unwrap_or(0))
    }

    /// There is something to be seen: two who share the target.
    fn is_divided(&self) -> bool {
        1 < self.first.len() && 0 < self.total() || 2 < self.blocks.len()
    }

    fn depth(&self) -> usize {
        self.blocks.iter().map(|it| it.depth).max().unwrap_or(0)
    }

    /// Its upper and its lower end.
    fn ends(&self, it: &Block) -> (i32, i32) {
        let place = |units: i64| part(HEIGHT, units, self.total());
        (place(it.from), place(it.from + it.span))
    }

    /// The amount and its share, or as much of them as fits: half a figure is another one.
    fn figure(&self, words: Words, it: &Block, room: i32, figures: &Figures) -> String {
        let (amount, share) = (figures.print(Amount::from_units(it.amount)), self.share(it.amount));
        let both = say!(words, chart.bar_figure, figure = amount.clone(), share = share).into_owned();
        [both, amount].into_iter().find(|it| width(it) <= room).unwrap_or_default()
    }

    fn draw_block(&self, words: Words, it: &Block, (x, wide): (i32, i32), figures: &Figures) -> Vec<Shape> {
        let (top, bottom) = self.ends(it);
        let ink = if it.others == 0 { Ink::Mark } else { Ink::Fold };
        let mut shapes = vec![block(ink, (x + 2, top + 1), (wide - 4, (bottom - top - 2).max(1)))];
        let high = bottom - top;
        if high < LEAST - 2 {
            return shapes;
        }
        let name = self.name(words, it);
        let (left, room, middle) = (x + 9, wide - 18, top + high / 2);
        let figure = self.figure(words, it, room, figures);
        if 2 * LEAST + 4 <= high {
            shapes.push(text(Ink::Name, (left, middle - 8), Side::Start, fit(&name, room)));
            shapes.push(text(Ink::Figure, (left, middle + 8), Side::Start, figure));
            return shapes;
        }
        // On one line, the name as far as the figure leaves room; where it leaves none, the name alone.
        let beside = room - width(&figure) - 10;
        if width("…") * 4 < beside {
            shapes.push(text(Ink::Figure, (x + wide - 9, middle), Side::End, figure));
            shapes.push(text(Ink::Name, (left, middle), Side::Start, fit(&name, beside)));
        } else {
            shapes.push(text(Ink::Name, (left, middle), Side::Start, fit(&name, room)));
        }
        shapes
    }
}

impl Story for Tiers {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn name(&self, words: Words) -> String {
        say!(words, chart.icicle).into_owned()
    }

    fn title(&self, words: Words) -> String {
        let amounts: Vec<i64> = self.first.iter().map(|it| it.1).collect();
        let highest = amounts.iter().copied().max().unwrap_or(0);
        let print = |units: i64| name::amount(words, &self.plan, &self.figures, Amount::from_units(units));
        let (amount, total, share) = (print(highest), print(self.total()), self.share(highest));
        let name = |at: usize| {
            let id = self.first.get(at).map_or(self.plan.tree(self.dimension).root, |it| it.0);
            name::node(words, &self.plan, self.dimension, id)
        };
        let tied = |at: usize, n: usize| {
            say!(words, chart.icicle_tied, name = name(at), n = n, amount = amount.clone(), share = share.clone())
        };
        match peak(&amounts, &self.figures) {
            _ if self.total() <= 0 => say!(words, chart.icicle_nothing),
            _ if !self.is_divided() => say!(words, chart.icicle_undivided),
            Peak::Nowhere => say!(words, chart.icicle_undivided),
            Peak::At(at) => {
                say!(words, chart.icicle_most, name = name(at), share = share, amount = amount, total = total)
            }
            Peak::Along(at, last) => tied(at, last - at + 1),
            Peak::Scattered(n) => tied(amounts.iter().position(|it| *it == highest).unwrap_or(0), n),
            Peak::Everywhere => tied(0, amounts.len()),
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        let mut meanings = vec![Meaning::new(Ink::Mark, say!(words, chart.icicle_means))];
        if self.blocks.iter().any(|it| 0 < it.others) {
            meanings.push(Meaning::new(Ink::Fold, say!(words, chart.icicle_fold)));
        }
        meanings
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        if !self.is_divided() {
            return None;
        }
        let figures = label_figures(&self.figures, self.total());
        let tiers = (self.depth() + 1).min((wide as i32 / LEAST_TIER).max(2) as usize);
        // What does not fit beside the others is in the table.
        let pitch = wide as i32 / tiers as i32;
        let (mut shapes, mut spots) = (Vec::new(), Vec::new());
        // Those who carry nothing have no height.
        for it in self.blocks.iter().filter(|it| it.depth < tiers && 0 < it.span) {
            let x = pitch * it.depth as i32;
            shapes.extend(self.draw_block(words, it, (x, pitch), &figures));
            let (top, bottom) = self.ends(it);
            let name = self.path(words, it);
            let says = format!("{} · {}", super::says(words, &self.plan, &name, it.amount), self.share(it.amount));
            let column = self.plan.tree(Dimension::Time).root;
            let at = At { pair: Pair::over_time(self.dimension), row: it.id, column };
            spots.push(Spot { x, y: top, width: pitch, height: bottom - top, says, at });
        }
        Some(Picture { size: (wide, HEIGHT as u32), shapes, spots })
    }

    fn table(&self, words: Words) -> Table {
        let line = |it: &Block| {
            vec![
                Cell::Text(self.path(words, it)),
                Cell::Text(it.depth.to_string()),
                Cell::Amount(Some(it.amount)),
                Cell::Percent(basis_points(it.amount, it.whole)),
                Cell::Percent(basis_points(it.amount, self.total())),
            ]
        };
        let heads = [
            name::dimension(words, self.dimension),
            say!(words, chart.level).into_owned(),
            say!(words, chart.target).into_owned(),
            say!(words, chart.of_parent).into_owned(),
            say!(words, chart.of_whole).into_owned(),
        ];
        Table {
            caption: say!(words, chart.icicle_caption, unit = super::unit(words, self)).into_owned(),
            heads: heads.into_iter().collect(),
            rows: self.blocks.iter().map(line).collect(),
            foot: Vec::new(),
        }
    }
}
