//! What is known of each node of a tree, from the leaves up: a column for everything that some method goes by.
//!
//! A node has its own figure, or the sum of those below it. Only the columns that the tree uses are gathered.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{Days, carried};
use super::claim::{WHOLE, millionths, units};
use super::layout::Laid;
use super::pages::List;
use crate::order::gathered;
use crate::plan::{Dimension, Method, Node, NodeId};

/// Something that nodes have figures of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    LastYear,
    /// Last year's figures as they are expected to grow.
    Grown,
    /// Those of an earlier period, as they are expected to grow.
    Past(String),
    Weight,
    Potential,
    Capacity,
    WorkingDays,
}

impl Column {
    fn is_past(&self) -> bool {
        matches!(self, Column::Grown | Column::Past(_))
    }
}

/// One column, by position.
pub type Known = List<Option<u128>>;

/// The columns that a tree uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    known: BTreeMap<Column, Known>,
    /// Past figures are in millionths: some grow, or are carried over.
    is_fine: bool,
}

impl Columns {
    /// Those of the methods by which the nodes of the tree share.
    pub fn of(laid: Laid<'_>, methods: &[Method]) -> Columns {
        let used = used(laid, methods);
        let moves = laid.dimension == Dimension::Time && laid.plan.calendar.carries_days;
        let is_by_past = used.iter().any(Column::is_past);
        let is_fine = is_by_past && (moves || laid.tree.nodes.values().any(|node| node.growth.is_some()));
        let reader = Reader::of(laid, used.iter(), is_fine);
        let gather = |column: Column| {
            let mut known = Known::new(laid.layout.len(), None);
            for position in (0..laid.layout.len()).rev() {
                reader.settle(&column, &mut known, position);
            }
            (column, known)
        };
        Columns { known: gathered(used.iter().cloned().map(gather)), is_fine }
    }

    /// Reads the nodes of the tree as they are now. None of them began or ceased to grow since the columns were gathered.
    pub fn reader<'a>(&self, laid: Laid<'a>) -> Reader<'a> {
        Reader::of(laid, self.known.keys(), self.is_fine)
    }

    /// What is known of a node, once that is known of its children. Whether it is something else than before.
    pub fn settle(&mut self, reader: &Reader<'_>, position: usize) -> bool {
        self.known.iter_mut().fold(false, |is_new, (column, known)| reader.settle(column, known, position) || is_new)
    }

    /// A figure of a node. None where nothing is known, or nothing was gathered.
    pub fn get(&self, column: &Column, position: usize) -> Option<u128> {
        self.known.get(column).and_then(|known| known[position])
    }
}

fn used(laid: Laid<'_>, methods: &[Method]) -> Vec<Column> {
    let uses = |method: Method| methods.contains(&method);
    let by_method = [
        (Method::History, Column::Grown),
        (Method::Weight, Column::Weight),
        (Method::Potential, Column::Potential),
        (Method::Capacity, Column::Capacity),
        (Method::WorkingDays, Column::WorkingDays),
    ];
    let mut used = vec![Column::LastYear];
    used.extend(by_method.into_iter().filter(|(method, _)| uses(*method)).map(|(_, column)| column));
    if uses(Method::History) {
        let mixes = laid.tree.nodes.values().filter_map(|node| node.mix.as_ref());
        used.extend(mixes.flat_map(|mix| mix.past.keys().cloned().map(Column::Past)));
    }
    let used: BTreeSet<Column> = gathered(used);
    used.into_iter().collect()
}

/// What the days of a period count for now, and counted for then.
type Carried<'a> = Box<dyn Fn(NodeId) -> Option<(u128, u128)> + 'a>;

/// Reads the figures of single nodes.
pub struct Reader<'a> {
    laid: Laid<'a>,
    /// Periods know their working days from the calendar, unless somebody says otherwise.
    days: Option<Days<'a>>,
    /// For the columns whose figures move with their days.
    carried: BTreeMap<Column, Carried<'a>>,
    is_fine: bool,
}

impl<'a> Reader<'a> {
    fn of<'b>(laid: Laid<'a>, columns: impl Iterator<Item = &'b Column> + Clone, is_fine: bool) -> Reader<'a> {
        let calendar = &laid.plan.calendar;
        let is_time = laid.dimension == Dimension::Time;
        let is_by_days = is_time && columns.clone().any(|it| *it == Column::WorkingDays);
        let carries = |column: &Column| -> Option<(Column, Carried<'a>)> {
            Some((column.clone(), Box::new(carried(calendar, year(calendar.year, column)?))))
        };
        Reader {
            laid,
            days: Some(calendar).filter(|_| is_by_days).and_then(Days::of),
            carried: gathered(columns.filter(|_| is_time && calendar.carries_days).filter_map(carries)),
            is_fine,
        }
    }

    /// A node's own figure, or the sum of those below it, and what the node makes of that.
    fn settle(&self, column: &Column, known: &mut Known, position: usize) -> bool {
        let figure = self.laid.node(position).and_then(|node| {
            let own = self.own(column, self.laid.layout.id(position), node);
            let figure = own.or_else(|| self.below(known, position))?;
            Some(self.finish(column, node, figure))
        });
        let is_new = known[position] != figure;
        if is_new {
            known.set(position, figure);
        }
        is_new
    }

    fn below(&self, known: &Known, position: usize) -> Option<u128> {
        self.laid.layout.children(position).into_iter().filter_map(|child| known[child]).reduce(|sum, it| sum + it)
    }

    fn own(&self, column: &Column, id: NodeId, node: &Node) -> Option<u128> {
        match column {
            Column::LastYear => node.last_year.map(units),
            Column::Weight => node.weight.map(millionths),
            Column::Potential => node.potential.map(units),
            Column::Capacity => node.capacity.map(units),
            Column::WorkingDays => {
                let days = self.days.as_ref().filter(|_| node.children.is_empty());
                node.working_days.map(millionths).or_else(|| Some(days?.span(id)?.counts))
            }
            Column::Grown => self.past(column, id, node.last_year.map(units)?),
            Column::Past(period) => self.past(column, id, node.past.get(period).copied().map(units)?),
        }
    }

    /// Carried over to the days of this year, where the calendar says so.
    fn past(&self, column: &Column, id: NodeId, figure: u128) -> Option<u128> {
        if !self.is_fine {
            return Some(figure);
        }
        let figure = figure.min(MAX_FIGURE) * 1_000_000;
        let days = self.carried.get(column).and_then(|carried| carried(id));
        Some(days.map_or(figure, |(now, before)| figure * now / before))
    }

    /// As past figures are expected to grow. Where nothing changes them they are left as they are, to the unit.
    fn finish(&self, column: &Column, node: &Node, figure: u128) -> u128 {
        if !self.is_fine || !column.is_past() {
            return figure;
        }
        let growth = node.growth.unwrap_or_default();
        let change = millionths(growth);
        let factor = if growth.is_sign_negative() { WHOLE.saturating_sub(change) } else { WHOLE + change };
        figure.min(MAX_FIGURE) * factor / WHOLE
    }
}

/// The year whose figures a column has. A period that is named by a number is that year.
fn year(now: i32, column: &Column) -> Option<i32> {
    match column {
        Column::Grown => Some(now - 1),
        Column::Past(period) => period.trim().parse().ok(),
        _ => None,
    }
}

/// Growth upon growth ends here, far above every amount.
const MAX_FIGURE: u128 = 1 << 90;
