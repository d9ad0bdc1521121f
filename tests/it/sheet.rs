//! The rows of a sheet: whatever is folded, and whatever is handed out more or less than there is, the rows below a row make it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sextant::engine::evaluate;
use sextant::plan::{NodeId, Pair};
use sextant::results::sheet::{Row, rows, units};

use crate::laws::of_plans;
use crate::plans::{Shown, any_plan};

/// The rows one level below a row, as they stand in the sheet.
fn below(rows: &[Row], at: usize) -> impl Iterator<Item = &Row> {
    let depth = rows[at].depth;
    rows[at + 1..].iter().take_while(move |it| depth < it.depth).filter(move |it| it.depth == depth + 1)
}

proptest! {
    #![proptest_config(of_plans())]

    /// U19: over- and under-allocation stand in a row of their own.
    #[test]
    fn the_rows_below_a_row_make_it(Shown(plan) in any_plan(), folded in any::<u8>()) {
        let outcome = evaluate(&plan);
        for pair in Pair::ALL {
            let ids = plan.tree(pair.rows()).nodes.keys().copied();
            let folded: BTreeSet<NodeId> = ids.filter(|it| folded >> (it.0 % 8) & 1 == 1).collect();
            let rows = rows(&outcome, pair.rows(), &folded);
            let columns = outcome.division(pair.columns()).layout.len();
            for at in (0..rows.len()).filter(|at| !rows[*at].is_leaf && !rows[*at].is_folded) {
                for column in 0..columns {
                    let sum: i64 = below(&rows, at).map(|row| units(&outcome, pair, *row, column)).sum();
                    prop_assert_eq!(sum, units(&outcome, pair, rows[at], column), "{:?}", Shown(plan.clone()));
                }
            }
            let shown: BTreeSet<NodeId> = rows.iter().map(|it| it.id).collect();
            prop_assert_eq!(shown.len(), rows.len(), "two rows of one id");
        }
    }
}
