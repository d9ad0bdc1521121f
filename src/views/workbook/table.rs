//! One table of the plan as a sheet: a row for every node, a column for every period or product. Every parent is the sum of
//! its parts, every period the sum of those in it, every share its part of the whole; nothing but what has no parts is a
//! number by itself.

use rust_decimal::Decimal;

use super::{depth_of, in_unit, path_cells, path_heads, units, widths};
use crate::edge::xlsx::{Cell, Look, Row, Sheet, address};
use crate::engine::Outcome;
use crate::i18n::Words;
use crate::plan::{Dimension, Pair, Plan};
use crate::results::workbook::{Made, Unrolled};
use crate::say;
use crate::views::name;

/// A sum names so many ranges; Excel takes a few more.
const MOST_RANGES: usize = 250;

/// A sheet, and where its whole stands.
pub struct Table {
    pub sheet: Sheet,
    pub whole: String,
}

/// Organisation × Time.
pub fn title(words: Words, pair: Pair) -> String {
    let (rows, columns) = (name::dimension(words, pair.rows()), name::dimension(words, pair.columns()));
    say!(words, workbook.sheet_of, rows = rows, columns = columns).into_owned()
}

/// The columns of a sheet, by what stands in them.
#[derive(Clone, Copy)]
struct Places {
    depth: usize,
    tag: Option<usize>,
    share: usize,
    /// Where the table's own columns begin.
    first: usize,
    /// The level of each row, where some sum is made by it.
    level: Option<usize>,
}

pub fn table(words: Words, plan: &Plan, outcome: &Outcome, of: &Unrolled) -> Table {
    let dimension = of.pair.rows();
    let layout = &outcome.division(dimension).layout;
    let depth = depth_of(layout);
    let has_tag = |row: &crate::results::sheet::Row| {
        row.is_rest || plan.node(dimension, row.id).is_some_and(|it| !it.tag.is_empty())
    };
    let tag = of.rows.iter().any(has_tag).then_some(depth);
    let share = depth + usize::from(tag.is_some());
    let needs_level = (0..of.rows.len()).any(|it| MOST_RANGES < runs(of.parts(it)).len());
    let first = share + 1;
    let places = Places { depth, tag, share, first, level: needs_level.then_some(first + of.columns.len()) };
    let maker = Maker { words, plan, outcome, of, places };
    let mut rows = vec![maker.head()];
    rows.extend((0..of.rows.len()).map(|it| maker.row(it)));
    let mut columns = widths(&rows);
    for (column, of) in columns.iter_mut().skip(first).zip(&of.columns) {
        column.level = u8::try_from(of.depth).unwrap_or(u8::MAX);
    }
    let frozen = (1, share);
    let sheet = Sheet { name: title(words, of.pair), columns, rows, frozen, ..Sheet::default() };
    Table { sheet, whole: address(1, first) }
}

struct Maker<'a> {
    words: Words,
    plan: &'a Plan,
    outcome: &'a Outcome,
    of: &'a Unrolled,
    places: Places,
}

impl Maker<'_> {
    fn head(&self) -> Row {
        let (words, places) = (self.words, self.places);
        let mut cells = path_heads(words, self.of.pair.rows(), places.depth);
        if places.tag.is_some() {
            cells.push(Cell::text(say!(words, workbook.tag), Look::Head));
        }
        cells.push(Cell::text(say!(words, workbook.share), Look::NumberHead));
        for column in &self.of.columns {
            let head = match (self.of.pair.columns(), column.position) {
                (_, 0) => self.whole_head(),
                (dimension, _) => name::node(words, self.plan, dimension, column.id),
            };
            cells.push(Cell::text(head, Look::NumberHead));
        }
        if places.level.is_some() {
            cells.push(Cell::text(say!(words, workbook.depth), Look::NumberHead));
        }
        Row { level: 0, cells }
    }

    fn whole_head(&self) -> String {
        let target = say!(self.words, workbook.target_of, year = self.plan.calendar.year).into_owned();
        in_unit(self.words, self.plan, target)
    }

    /// Places of rows here are those of the tables; in the sheet there is a head above them.
    fn row(&self, place: usize) -> Row {
        let (words, row) = (self.words, self.of.rows[place]);
        let dimension = self.of.pair.rows();
        let layout = &self.outcome.division(dimension).layout;
        let mut cells = match row.is_rest {
            // Without a name: it is nobody's, and nobody takes it for somebody's when the sheet is read again.
            true => vec![Cell::default(); self.places.depth],
            false => path_cells(words, self.plan, dimension, layout, row.position, self.places.depth),
        };
        if self.places.tag.is_some() {
            cells.push(self.tag(place));
        }
        cells.push(self.share(place));
        cells.extend((0..self.of.columns.len()).map(|column| self.cell(place, column)));
        if self.places.level.is_some() {
            cells.push(Cell::number(row.depth.to_string(), Look::Plain));
        }
        Row { level: u8::try_from(row.depth).unwrap_or(u8::MAX), cells }
    }

    fn tag(&self, place: usize) -> Cell {
        let (words, row) = (self.words, self.of.rows[place]);
        let dimension = self.of.pair.rows();
        if row.is_rest {
            let id = self.outcome.division(dimension).layout.id(row.position);
            let of = name::node(words, self.plan, dimension, id);
            let is_over = self.of.units(self.outcome, place, 0) < 0;
            let rest = if is_over { say!(words, sheet.over) } else { say!(words, sheet.under) };
            return Cell::text(say!(words, workbook.rest_of, name = of, rest = rest.into_owned()), Look::Faint);
        }
        let tag = self.plan.node(dimension, row.id).map_or(String::new(), |it| it.tag.clone());
        if tag.is_empty() { Cell::default() } else { Cell::text(tag, Look::Name) }
    }

    /// What it is of the one above it; nothing of nothing is nothing.
    fn share(&self, place: usize) -> Cell {
        let whole = self.of.above(place).unwrap_or(0);
        let of = |it: usize| self.of.units(self.outcome, it, 0);
        let share = Decimal::from(of(place)).checked_div(Decimal::from(of(whole))).unwrap_or_default();
        let share = share.round_dp(17).normalize().to_string();
        let [part, whole] = [place, whole].map(|it| address(it + 1, self.places.first));
        Cell::formula(format!("IF({whole}=0,0,{part}/{whole})"), share, Look::Percent)
    }

    fn cell(&self, place: usize, column: usize) -> Cell {
        let number = units(self.plan, self.of.units(self.outcome, place, column));
        let made = self.of.made(place, column);
        let at = |row: usize, column: usize| address(row + 1, self.places.first + column);
        match made {
            Made::Given => Cell::number(number, Look::Amount),
            Made::Across(parts) => {
                let look = if self.of.rows[place].is_leaf { Look::Amount } else { Look::StrongAmount };
                Cell::formula(self.sum(&ranges(parts, |it| at(place, it))), number, look)
            }
            Made::Down(parts) => {
                let ranges = ranges(parts, |it| at(it, column));
                let sum =
                    if ranges.len() <= MOST_RANGES { self.sum(&ranges) } else { self.sum_by_level(place, column) };
                Cell::formula(sum, number, Look::StrongAmount)
            }
        }
    }

    /// Cents are no whole numbers to a spreadsheet: a sum of many is a hair beside what it should be, and is rounded back.
    fn sum(&self, ranges: &[String]) -> String {
        self.to_the_unit(&format!("SUM({})", ranges.join(",")))
    }

    /// A sum of too many ranges to name: of all rows below, those one level down.
    fn sum_by_level(&self, place: usize, column: usize) -> String {
        let depth = self.of.rows[place].depth;
        let below = self.of.rows[place + 1..].iter().take_while(|it| depth < it.depth).count();
        let range = |column: usize| format!("{}:{}", address(place + 2, column), address(place + 1 + below, column));
        let levels = range(self.places.level.unwrap_or(self.places.share));
        self.to_the_unit(&format!("SUMIF({levels},{},{})", depth + 1, range(self.places.first + column)))
    }

    fn to_the_unit(&self, sum: &str) -> String {
        match self.plan.unit.decimals() {
            0 => sum.to_owned(),
            decimals => format!("ROUND({sum},{decimals})"),
        }
    }
}

/// Places that follow each other, first and last.
fn runs(places: &[usize]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in places {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *place => *last = *place,
            _ => runs.push((*place, *place)),
        }
    }
    runs
}

fn ranges(places: &[usize], at: impl Fn(usize) -> String) -> Vec<String> {
    let range = |(first, last): (usize, usize)| {
        if first == last { at(first) } else { format!("{}:{}", at(first), at(last)) }
    };
    runs(places).into_iter().map(range).collect()
}

/// The dimensions whose trees the workbook lists.
pub fn divided(plan: &Plan) -> impl Iterator<Item = Dimension> + '_ {
    Dimension::ALL.into_iter().filter(|it| plan.tree(*it).is_divided())
}
