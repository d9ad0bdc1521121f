//! Which rows of a sheet are shown, and in which order: without what is folded, only what is looked for or has changed, and
//! siblings by their figures or names. The tree itself stays as it is, and whoever is shown stands below the same parent.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{Row, rest_id};
use super::show::{Showing, Shown};
use crate::engine::Outcome;
use crate::plan::{Dimension, NodeId};

/// The order of siblings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the plan has them.
    #[default]
    Plan,
    Largest,
    Smallest,
    Name,
}

/// Who comes before whom among siblings. Whoever is not in it comes last.
pub type Ranks = BTreeMap<NodeId, usize>;

/// The rows that are shown, by position, the whole among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Only {
    shown: BTreeSet<usize>,
    /// Rows with something below them that is looked for: they do not fold.
    open: BTreeSet<usize>,
}

/// How the rows of a sheet are arranged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arranged<'a> {
    pub folded: Option<&'a BTreeSet<NodeId>>,
    pub ranks: Option<&'a Ranks>,
    /// All rows, where none.
    pub only: Option<&'a Only>,
}

impl Arranged<'_> {
    /// The rows of a tree. After the parts of a node that hands out more or less than it has, a row of that difference, unless
    /// parts are left out.
    pub fn rows(&self, outcome: &Outcome, dimension: Dimension) -> Vec<Row> {
        let mut rows = Vec::new();
        self.put(outcome, dimension, 0, &mut rows);
        rows
    }

    fn put(&self, outcome: &Outcome, dimension: Dimension, position: usize, rows: &mut Vec<Row>) {
        let division = outcome.division(dimension);
        let (layout, id) = (&division.layout, division.layout.id(position));
        let is_shown = |it: &usize| self.only.is_none_or(|only| only.shown.contains(it));
        let mut children: Vec<usize> = Vec::new();
        if !layout.is_leaf(position) {
            children.extend(layout.children(position).into_iter().filter(is_shown));
        }
        let is_leaf = children.is_empty();
        let is_held_open = self.only.is_some_and(|only| only.open.contains(&position));
        let is_folded = !is_leaf && !is_held_open && self.folded.is_some_and(|it| it.contains(&id));
        let row = Row { id, position, depth: layout.depth(position), is_leaf, is_folded, is_rest: false };
        rows.push(row);
        if is_leaf || is_folded {
            return;
        }
        if let Some(ranks) = self.ranks {
            children.sort_by_key(|it| ranks.get(&layout.id(*it)).copied().unwrap_or(usize::MAX));
        }
        for child in children {
            self.put(outcome, dimension, child, rows);
        }
        if self.only.is_none() && division.handed[position] != division.amounts[position] {
            rows.push(Row { id: rest_id(id), depth: row.depth + 1, is_leaf: true, is_rest: true, ..row });
        }
    }
}

impl Only {
    /// What was found, all below it, and what stands above it.
    pub fn found(outcome: &Outcome, dimension: Dimension, found: impl Iterator<Item = usize>) -> Only {
        let layout = &outcome.division(dimension).layout;
        let found: Vec<usize> = found.collect();
        let mut only = Only::above(outcome, dimension, found.iter().copied());
        only.shown.extend(found.into_iter().flat_map(|it| it..layout.end(it)));
        only
    }

    /// What has changed, and what stands above it.
    pub fn changed(showing: &Showing) -> Only {
        let rows = showing.pair.rows();
        let all = 0..showing.outcome.division(rows).layout.len();
        Only::above(&showing.outcome, rows, all.filter(|it| showing.is_changed(*it)))
    }

    fn above(outcome: &Outcome, dimension: Dimension, these: impl Iterator<Item = usize>) -> Only {
        let layout = &outcome.division(dimension).layout;
        let mut only = Only { shown: BTreeSet::from([0]), open: BTreeSet::new() };
        for position in these {
            only.shown.insert(position);
            let mut at = position;
            while at != 0 && only.open.insert(layout.parent(at)) {
                at = layout.parent(at);
                only.shown.insert(at);
            }
        }
        only
    }

    /// What both of them show.
    pub fn both(self, other: &Only) -> Only {
        Only {
            shown: self.shown.intersection(&other.shown).copied().collect(),
            open: self.open.union(&other.open).copied().collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.shown.len()
    }

    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }
}

/// Whoever shows more in the first column comes first, or last. Who shows nothing comes behind all.
pub fn by_figure(showing: &Showing, order: Order) -> Ranks {
    let layout = &showing.outcome.division(showing.pair.rows()).layout;
    let figure = |position: usize| {
        let row = Row { id: layout.id(position), position, depth: 0, is_leaf: true, is_folded: false, is_rest: false };
        match showing.figure(row, 0) {
            Shown::Amount(amount) => Some(amount.units()),
            Shown::Percent(percent) => Some(percent),
            Shown::Nothing => None,
        }
    };
    let mut all: Vec<(NodeId, Option<i64>)> = (0..layout.len()).map(|it| (layout.id(it), figure(it))).collect();
    match order {
        Order::Smallest => all.sort_by_key(|(_, figure)| (figure.is_none(), *figure)),
        _ => all.sort_by_key(|(_, figure)| Reverse(*figure)),
    }
    ranks(all.into_iter().map(|(id, _)| id))
}

/// By names, in the order of a language.
pub fn by_name<N>(named: impl Iterator<Item = (NodeId, N)>, compare: impl Fn(&N, &N) -> Ordering) -> Ranks {
    let mut named: Vec<(NodeId, N)> = named.collect();
    named.sort_by(|(_, one), (_, other)| compare(one, other));
    ranks(named.into_iter().map(|(id, _)| id))
}

fn ranks(ids: impl Iterator<Item = NodeId>) -> Ranks {
    ids.enumerate().map(|(rank, id)| (id, rank)).collect()
}
