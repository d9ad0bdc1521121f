//! Step 1 of a tree, from the leaves up: all that can be said of it before anybody knows how much there is to divide.

use std::collections::BTreeSet;

use kernels::Rounding;

use super::bounds::{Bounds, Locks};
use super::claim::{inherited, usual_rounding};
use super::columns::Columns;
use super::layout::{Laid, Layout};
use super::remarks::Remarks;
use crate::plan::{Dimension, Method, Plan};

/// What a tree brings to its division. Kept, so that the next time only the paths of changed nodes are gone up again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    pub dimension: Dimension,
    pub layout: Layout,
    /// By which the children of each node share.
    pub methods: Vec<Method>,
    pub roundings: Vec<Rounding>,
    /// While all locks are kept.
    pub bounds: Bounds,
    pub columns: Columns,
    said: Remarks<usize>,
}

impl Base {
    pub fn of(dimension: Dimension, plan: &Plan, layout: Layout) -> Base {
        let laid = Laid::of(dimension, plan, &layout);
        let methods = inherited(laid.tree, &layout, Method::Even, |node| node.method);
        let roundings =
            inherited(laid.tree, &layout, usual_rounding(dimension), |node| node.rounding.map(Rounding::from));
        let columns = Columns::of(laid, &methods);
        let (bounds, said) = Bounds::of(laid, Locks::Kept);
        Base { dimension, layout, methods, roundings, bounds, columns, said }
    }

    /// The same where the nodes at some positions say something else, and the parents of whoever brings something else by
    /// that. No rule has changed.
    pub fn again(&self, plan: &Plan, changed: &BTreeSet<usize>) -> (Base, BTreeSet<usize>) {
        let mut base = self.clone();
        let laid = Laid::of(self.dimension, plan, &self.layout);
        let reader = self.columns.reader(laid);
        let (mut rising, mut open) = (changed.clone(), BTreeSet::new());
        while let Some(position) = rising.pop_last() {
            let (is_bound_new, said) = base.bounds.settle(laid, Locks::Kept, position);
            base.said.set(position, said);
            let is_new = base.columns.settle(&reader, position) || is_bound_new;
            if changed.contains(&position) {
                open.insert(position);
            }
            if position != 0 && (is_new || changed.contains(&position)) {
                open.insert(self.layout.parent(position));
            }
            if position != 0 && is_new {
                rising.insert(self.layout.parent(position));
            }
        }
        open.retain(|position| !self.layout.is_leaf(*position));
        (base, open)
    }

    /// What there is to say of what was entered, from the leaves up.
    pub fn said(&self) -> impl Iterator<Item = super::Finding> + '_ {
        self.said.backward()
    }
}
