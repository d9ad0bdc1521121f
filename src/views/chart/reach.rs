//! Lines of bars along one scale: the funnel stage by stage, the target against all that bounds it, the sights upon it, and
//! what each level aims at beyond it.

use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::prelude::ToPrimitive;

use super::canvas::{Ink, Shape, width};
use super::frame::Frame;
use super::lines::{Ground, Lines};
use super::pen::{Side, block, text};
use super::spot::Spot;
use super::story::{Meaning, Picture, Sign, Story, told};
use super::table::{Cell, Table};
use crate::amount::{Amount, Numeral, Scale};
use crate::engine::buffer::{Rung, ledger, range};
use crate::engine::gate::Against;
use crate::engine::large::times;
use crate::engine::sights::{Look, Sight, sights};
use crate::i18n::Words;
use crate::plan::{At, Dimension, Pair, Plan};
use crate::results::chart::label_figures;
use crate::results::figure::Figures;
use crate::results::funnel::{StageRow, stages};
use crate::say;
use crate::views::display::Display;
use crate::views::finding::against;
use crate::views::name;
use crate::views::settle::trailing;

/// What the picture is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Funnel,
    Bounds,
    Sights,
    Ledger,
}

/// The figures of it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    Funnel(Vec<StageRow>),
    Bounds { target: i64, bounds: Vec<(Against, i64)> },
    Sights { target: i64, sights: Vec<Sight> },
    Ledger { target: i64, rungs: Vec<Rung>, range: Option<(i64, i64)> },
}

/// What the picture speaks of, words aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bars {
    told: Told,
    figures: Figures,
    plan: Arc<Plan>,
}

/// A line.
struct Bar {
    name: String,
    from: i64,
    to: i64,
    /// What it is held against.
    mark: Option<i64>,
    ink: Ink,
}

#[component]
pub fn ReachChart(of: Of) -> impl IntoView {
    let session = trailing();
    let display = expect_context::<Display>();
    let story = told(move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let target = outcome.total().units();
        let told = match of {
            Of::Funnel => Told::Funnel(outcome.flow.as_ref().map(|it| stages(&plan, it)).unwrap_or_default()),
            Of::Bounds => {
                let bounds = outcome.gate.bounds.iter().map(|it| (it.by, it.year.units())).collect();
                Told::Bounds { target, bounds }
            }
            Of::Sights => Told::Sights { target, sights: sights(&plan, &outcome.gate, outcome.last_year(&plan)) },
            Of::Ledger => {
                let range = range(&plan, outcome.total(), outcome.last_year(&plan));
                let range = range.map(|(low, high)| (low.units(), high.units()));
                Told::Ledger { target, rungs: ledger(&plan, outcome.total()), range }
            }
        };
        let figures = match told {
            // Counts, in hundredths.
            Told::Funnel(_) => Figures { numeral: Numeral { decimals: 2, scale: Scale::One }, places: 0, exact: false },
            _ => display.figures(&plan, std::iter::once(target)),
        };
        Bars { told, figures, plan }
    });
    let table_id = match of {
        Of::Funnel => "funnel-table",
        Of::Bounds => "bounds-table",
        Of::Sights => "sights-table",
        Of::Ledger => "ledger-table",
    };
    view! { <Frame table_id story/> }
}

/// A count in hundredths.
fn hundredths(value: rust_decimal::Decimal) -> i64 {
    times(value, rust_decimal::Decimal::ONE_HUNDRED).round().to_i64().unwrap_or(i64::MAX)
}

impl Bars {
    fn bars(&self, words: Words) -> Vec<Bar> {
        match &self.told {
            Told::Funnel(stages) => stages
                .iter()
                .map(|it| Bar {
                    name: name::stage(words, &self.plan, it.id),
                    from: 0,
                    to: hundredths(it.supply),
                    mark: it.demand.map(hundredths),
                    ink: Ink::Mark,
                })
                .collect(),
            Told::Bounds { target, bounds } => bounds
                .iter()
                .map(|(by, year)| Bar {
                    name: against(words, &self.plan, *by),
                    from: 0,
                    to: *year,
                    mark: Some(*target),
                    ink: Ink::Mark,
                })
                .collect(),
            Told::Sights { target, sights } => sights
                .iter()
                .map(|it| Bar {
                    name: look(words, it.look),
                    from: it.low.units(),
                    to: it.high.units(),
                    mark: Some(*target),
                    ink: Ink::Rise,
                })
                .collect(),
            Told::Ledger { target, rungs, range } => {
                let range = range.map(|(low, high)| Bar {
                    name: say!(words, gate.range).into_owned(),
                    from: low,
                    to: high,
                    mark: None,
                    ink: Ink::Before,
                });
                let committed = Bar {
                    name: say!(words, gate.committed).into_owned(),
                    from: 0,
                    to: *target,
                    mark: None,
                    ink: Ink::Mark,
                };
                let mut before = *target;
                let rung = |it: &Rung| {
                    let bar = Bar {
                        name: level(words, it.level),
                        from: before,
                        to: it.aim.units(),
                        mark: None,
                        ink: Ink::Rise,
                    };
                    before = it.aim.units();
                    bar
                };
                range.into_iter().chain([committed]).chain(rungs.iter().map(rung)).collect()
            }
        }
    }

    fn print(&self, units: i64) -> String {
        self.figures.print(Amount::from_units(units))
    }

    /// A figure in a sentence.
    fn amount(&self, words: Words, units: i64) -> String {
        match self.told {
            Told::Funnel(_) => self.print(units),
            _ => name::amount(words, &self.plan, &self.figures, Amount::from_units(units)),
        }
    }

    fn figure(&self, bar: &Bar, figures: &Figures) -> String {
        let print = |units: i64| figures.print(Amount::from_units(units));
        match bar.ink {
            _ if bar.from == 0 || bar.from == bar.to => print(bar.to),
            _ => format!("{}–{}", print(bar.from), print(bar.to)),
        }
    }

    fn says(&self, words: Words, bar: &Bar) -> String {
        let range = match bar.from {
            0 => self.amount(words, bar.to),
            from => format!("{} – {}", self.amount(words, from), self.amount(words, bar.to)),
        };
        match bar.mark {
            Some(mark) => {
                say!(words, gate.bar_against, name = bar.name.clone(), amount = range, mark = self.amount(words, mark))
            }
            None => say!(words, chart.says, name = bar.name.clone(), amount = range),
        }
        .into_owned()
    }

    fn marks(&self, ground: &Ground, at: usize, bar: &Bar, figures: &Figures) -> Vec<Shape> {
        let (top, bottom) = ground.rows[at];
        let (left, right) = (ground.x(bar.from), ground.x(bar.to).min(ground.end));
        let mut shapes = vec![block(bar.ink, (left, top + 3), ((right - left).max(2), bottom - top - 6))];
        if let Some(mark) = bar.mark {
            let x = ground.x(mark);
            shapes.push(block(Ink::Gap, (x - 3, top), (7, bottom - top)));
            shapes.push(block(Ink::Tick, (x - 1, top - 1), (3, bottom - top + 2)));
        }
        let middle = (top + bottom) / 2;
        let short = bar.mark.is_some_and(|it| bar.to < it) && !matches!(self.told, Told::Sights { .. });
        let ink = if short { Ink::Alarm } else { Ink::Figure };
        let figure = self.figure(bar, figures);
        let figure = if short { format!("▲ {figure}") } else { figure };
        shapes.push(text(ink, (ground.end + 10, middle), Side::Start, figure));
        shapes
    }
}

/// A sight in a word.
fn look(words: Words, look: Look) -> String {
    match look {
        Look::Strategy => say!(words, gate.look_strategy),
        Look::History => say!(words, gate.look_history),
        Look::Benchmark => say!(words, gate.look_benchmark),
        Look::Market => say!(words, gate.look_market),
        Look::Capability => say!(words, gate.look_capability),
    }
    .into_owned()
}

/// A level of the organisation in a word.
pub fn level(words: Words, level: u8) -> String {
    match level {
        0 => say!(words, gate.level_whole),
        1 => say!(words, gate.level_first),
        _ => say!(words, gate.level_below, level = level),
    }
    .into_owned()
}

impl Story for Bars {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn figures(&self) -> &Figures {
        &self.figures
    }

    fn unit(&self, words: Words) -> String {
        match self.told {
            Told::Funnel(_) => say!(words, gate.pieces).into_owned(),
            _ => name::unit(words, &self.plan, self.figures.numeral.scale),
        }
    }

    fn name(&self, words: Words) -> String {
        match self.told {
            Told::Funnel(_) => say!(words, gate.chart_funnel),
            Told::Bounds { .. } => say!(words, gate.chart_bounds),
            Told::Sights { .. } => say!(words, gate.chart_sights),
            Told::Ledger { .. } => say!(words, gate.chart_ledger),
        }
        .into_owned()
    }

    fn title(&self, words: Words) -> String {
        let amount = |units: i64| self.amount(words, units);
        match &self.told {
            Told::Funnel(stages) => match stages.iter().find(|it| it.is_bottleneck) {
                Some(it) => {
                    let stage = name::stage(words, &self.plan, it.id);
                    say!(words, gate.funnel_title, stage = stage, conversion = it.conversion.to_string())
                }
                None => say!(words, gate.funnel_title_none),
            },
            Told::Bounds { target, bounds } => match bounds.iter().min_by_key(|(_, year)| *year) {
                Some((by, year)) if year < target => {
                    let by = against(words, &self.plan, *by);
                    say!(words, gate.bounds_short, by = by, amount = amount(target - year))
                }
                Some((by, year)) => {
                    let by = against(words, &self.plan, *by);
                    say!(words, gate.bounds_enough, by = by, amount = amount(year - target))
                }
                None => say!(words, gate.bounds_none),
            },
            Told::Sights { target, sights } => {
                let within = sights.iter().filter(|it| it.low.units() <= *target && *target <= it.high.units()).count();
                let above = sights.iter().filter(|it| it.high.units() < *target).count();
                say!(words, gate.sights_title, count = sights.len(), within = within, above = above)
            }
            Told::Ledger { target, rungs, .. } => match rungs.last() {
                Some(last) if !last.together.is_zero() => {
                    let percent = last.together.round_dp(2).normalize().to_string();
                    say!(
                        words,
                        gate.ledger_title,
                        percent = percent,
                        target = amount(*target),
                        aim = amount(last.aim.units())
                    )
                }
                _ => say!(words, gate.ledger_none),
            },
        }
        .into_owned()
    }

    fn legend(&self, words: Words) -> Vec<Meaning> {
        let stroke = |word| Meaning::as_sign(Sign::Stroke, Ink::Tick, word);
        match self.told {
            Told::Funnel(_) => {
                vec![Meaning::new(Ink::Mark, say!(words, gate.supply)), stroke(say!(words, gate.demand))]
            }
            Told::Bounds { .. } => {
                vec![Meaning::new(Ink::Mark, say!(words, gate.possible)), stroke(say!(words, chart.target))]
            }
            Told::Sights { .. } => {
                vec![Meaning::new(Ink::Rise, say!(words, gate.range_of)), stroke(say!(words, chart.target))]
            }
            Told::Ledger { .. } => vec![
                Meaning::new(Ink::Mark, say!(words, gate.committed)),
                Meaning::new(Ink::Rise, say!(words, gate.added)),
            ],
        }
    }

    fn draw(&self, words: Words, wide: u32) -> Option<Picture> {
        let bars = self.bars(words);
        let longest = bars.iter().flat_map(|it| [it.to, it.mark.unwrap_or(0)]).max().filter(|it| 0 < *it)?;
        // What is far beyond the target would leave no room for what is near it: its bar is cut, its figure is not.
        let most = match self.told {
            Told::Bounds { target, .. } if 0 < target => longest.min(target.saturating_mul(3)),
            _ => longest,
        };
        let figures = match self.told {
            Told::Funnel(_) => self.figures,
            _ => label_figures(&self.figures, most),
        };
        let names: Vec<String> = bars.iter().map(|it| it.name.clone()).collect();
        let widest = bars.iter().map(|it| width(&self.figure(it, &figures))).max().unwrap_or(0) + 24;
        let mut ground = Lines::up(&names, widest, most, &figures).lay(wide);
        let mut spots = Vec::new();
        let (row, column) = (self.plan.trees.organisation.root, self.plan.trees.time.root);
        for (at, bar) in bars.iter().enumerate() {
            let marks = self.marks(&ground, at, bar, &figures);
            ground.shapes.extend(marks);
            let (x, y, width, height) = ground.reach(at);
            let place = At { pair: Pair::over_time(Dimension::Organisation), row, column };
            spots.push(Spot { x, y, width, height, says: self.says(words, bar), at: place });
        }
        Some(Picture { size: ground.size, shapes: ground.shapes, spots })
    }

    fn table(&self, words: Words) -> Table {
        let row = |bar: Bar| {
            vec![
                Cell::Text(bar.name),
                Cell::Amount(Some(bar.from)),
                Cell::Amount(Some(bar.to)),
                Cell::Amount(bar.mark),
                Cell::Change(bar.mark.map(|it| bar.to - it)),
            ]
        };
        let heads = [
            self.name(words),
            say!(words, gate.from).into_owned(),
            say!(words, gate.to).into_owned(),
            say!(words, gate.held_against).into_owned(),
            say!(words, capacity.gap).into_owned(),
        ];
        Table {
            caption: format!("{} ({})", self.name(words), self.unit(words)),
            heads: heads.into_iter().collect(),
            rows: self.bars(words).into_iter().map(row).collect(),
            foot: Vec::new(),
        }
    }
}
