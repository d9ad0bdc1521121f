//! What the page shows at the moment: the rows, which of them are folded, and how many are drawn. Nothing here is part of
//! the plan.

use std::collections::BTreeSet;

use super::super::display::Display;
use crate::live::{Derived, Held};
use crate::plan::{Dimension, NodeId};
use crate::results::arrange::Arranged;
use crate::results::consensus::{Row, rows};
use crate::results::figure::Figures;
use crate::session::Session;

/// As many rows are drawn at once, and as many more each time that somebody asks.
pub const STEP: usize = 200;

#[derive(Clone, Copy)]
pub struct AgreeState {
    pub session: Session,
    pub display: Display,
    /// Of every node, in the order of the tree.
    pub rows: Derived<Vec<Row>>,
    pub folded: Held<BTreeSet<NodeId>>,
    /// The nodes that are not folded away.
    pub visible: Derived<Vec<NodeId>>,
    /// How many of them are drawn at most.
    pub most: Held<usize>,
    pub figures: Derived<Figures>,
}

impl AgreeState {
    pub fn new(session: Session, display: Display) -> AgreeState {
        let rows = Derived::new(move || rows(&session.plan(), &session.outcome(), Dimension::Organisation));
        let folded = Held::new(rows.with_untracked(|it| folded_at_first(it)));
        let visible = Derived::new(move || {
            let shown = |folded: &_| {
                Arranged { folded: Some(folded), ..Arranged::default() }
                    .rows(&session.outcome(), Dimension::Organisation)
            };
            folded.with(shown).iter().filter(|it| !it.is_rest).map(|it| it.id).collect()
        });
        let figures = Derived::new(move || {
            let amounts = rows.with(|rows| rows.iter().flat_map(amounts).collect::<Vec<i64>>());
            display.figures(&session.plan(), amounts.into_iter())
        });
        AgreeState { session, display, rows, folded, visible, most: Held::new(STEP), figures }
    }

    /// The row of a node; none once it is gone.
    pub fn row(self, id: NodeId) -> Option<Row> {
        let outcome = self.session.outcome();
        let position = outcome.division(Dimension::Organisation).layout.position(id)?;
        self.rows.with(|rows| rows.get(position).copied())
    }

    /// The nodes that are drawn.
    pub fn drawn(self) -> Vec<NodeId> {
        self.visible.with(|it| it.iter().copied().take(self.most.get()).collect())
    }

    pub fn fold(self, id: NodeId) {
        self.folded.update(|it| {
            if !it.remove(&id) {
                it.insert(id);
            }
        });
    }
}

fn amounts(row: &Row) -> impl Iterator<Item = i64> + use<> {
    let sums = [Some(row.given), row.submitted, row.below.map(|it| it.sum), Some(row.reconciled)];
    sums.into_iter().flatten().map(|it| it.units())
}

/// A company that does not fit on the page begins at its largest parts.
fn folded_at_first(rows: &[Row]) -> BTreeSet<NodeId> {
    let is_long = STEP < rows.len();
    rows.iter().filter(|it| is_long && !it.is_leaf && 0 < it.depth).map(|it| it.id).collect()
}
