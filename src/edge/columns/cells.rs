//! What is said where two trees meet: which table, which row and which column of it, by their places in `tree::order`, and
//! then the columns of what is said there.

use std::collections::BTreeMap;

use super::ColumnError;
use super::input::In;
use super::kind::{code_of, decoded};
use super::out::Out;
use super::row::Row;
use super::tree::order;
use crate::order::gathered;
use crate::plan::{At, Cell, Cells, Dimension, NodeId, Pair, Plan};

pub fn write(plan: &Plan, out: &mut Out) {
    if plan.cells.is_empty() {
        return;
    }
    let places: Vec<(Dimension, BTreeMap<NodeId, usize>)> = Dimension::ALL.map(|it| (it, places(plan, it))).into();
    // A node that is not there has the place behind the last, which nobody can read.
    let place = |dimension, id: NodeId| {
        let of = places.iter().find(|(it, _)| *it == dimension);
        of.map_or(0, |(_, places)| places.get(&id).copied().unwrap_or(places.len()))
    };
    let (ats, cells): (Vec<At>, Vec<Cell>) = plan.cells.iter().unzip();
    out.count(ats.len());
    ats.iter().for_each(|at| out.byte(code_of(&Pair::ALL, &at.pair)));
    ats.iter().for_each(|at| out.count(place(at.pair.rows(), at.row)));
    ats.iter().for_each(|at| out.count(place(at.pair.columns(), at.column)));
    Cell::write(&cells.iter().collect::<Vec<_>>(), out);
}

fn places(plan: &Plan, dimension: Dimension) -> BTreeMap<NodeId, usize> {
    gathered(order(plan.tree(dimension)).into_iter().zip(0..))
}

/// The trees of the plan are there already.
pub fn read(plan: &Plan, input: &mut In<'_>) -> Result<Cells, ColumnError> {
    let count = input.count()?;
    let pairs = (0..count).map(|_| decoded(&Pair::ALL, input.byte()?)).collect::<Result<Vec<_>, _>>()?;
    let rows = read_places(plan, pairs.iter().map(|it| it.rows()), input)?;
    let columns = read_places(plan, pairs.iter().map(|it| it.columns()), input)?;
    let mut said = vec![Cell::default(); count];
    Cell::read(&mut said, input)?;
    let mut cells = Cells::default();
    for (((pair, row), column), cell) in pairs.into_iter().zip(rows).zip(columns).zip(said) {
        cells.set(At { pair, row, column }, cell);
    }
    // One that says nothing, or is there twice, was not counted.
    if cells.len() == count { Ok(cells) } else { Err(ColumnError::Place) }
}

fn read_places(
    plan: &Plan,
    dimensions: impl Iterator<Item = Dimension>,
    input: &mut In<'_>,
) -> Result<Vec<NodeId>, ColumnError> {
    let orders: Vec<(Dimension, Vec<NodeId>)> = Dimension::ALL.map(|it| (it, order(plan.tree(it)))).into();
    let mut ids = Vec::new();
    for dimension in dimensions {
        let place = input.small::<usize>()?;
        let of = orders.iter().find(|(it, _)| *it == dimension);
        ids.push(of.and_then(|(_, order)| order.get(place).copied()).ok_or(ColumnError::Place)?);
    }
    Ok(ids)
}
