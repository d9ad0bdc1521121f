//! Whether a division is fair: what each leaf of a tree carries against its potential and its last year, how far these lie
//! apart, and who stands out.
//!
//! Ratios are in hundredths of a percent. Who has no potential or no last year takes no part in what is said of them: not
//! known is not zero.

use super::figure::{basis_points, growth};
use crate::amount::Amount;
use crate::engine::Outcome;
use crate::plan::{Dimension, NodeId, Plan};

/// One who carries a part of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burden {
    pub id: NodeId,
    pub amount: Amount,
    /// The part of its potential that it is to bring.
    pub of_potential: Option<i64>,
    pub growth: Option<i64>,
    /// The part of it that it is able to do.
    pub within_reach: Option<i64>,
    /// Its part of the potential is more than a quarter off the one in the middle.
    pub stands_out: bool,
}

/// The burdens of a tree, and how far they lie apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fairness {
    pub burdens: Vec<Burden>,
    pub of_potential: Option<Spread>,
    pub growth: Option<Spread>,
    pub reach: Option<Reach>,
    /// 0 where everyone is to bring the same part of the potential, towards 10,000 the more one alone is to.
    pub gini: Option<i64>,
}

/// How many of a series lie in each part of the way from nothing to its highest, all parts equally wide.
pub fn histogram(series: impl Iterator<Item = i64> + Clone) -> [usize; BARS] {
    let most = series.clone().max().unwrap_or(0).max(1);
    let mut bars = [0; BARS];
    for it in series {
        let bar = i128::from(it.max(0)) * BARS as i128 / i128::from(most);
        bars[usize::try_from(bar).unwrap_or(0).min(BARS - 1)] += 1;
    }
    bars
}

/// Into how many parts [`histogram`] divides the way.
pub const BARS: usize = 24;

/// The ends and the middle of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    pub lowest: i64,
    pub median: i64,
    pub highest: i64,
}

/// Who is able to do what they are to bring, as far as their capacity is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// How many have a capacity.
    pub known: usize,
    /// How many of these are able to do at least eighty percent.
    pub most: usize,
    pub all: usize,
}

pub fn fairness(plan: &Plan, outcome: &Outcome, dimension: Dimension) -> Fairness {
    let division = outcome.division(dimension);
    let burden = |position: usize| {
        let id = division.layout.id(position);
        let amount = division.amounts[position];
        let node = plan.node(dimension, id);
        let potential = node.and_then(|it| it.potential);
        let capacity = outcome.capacity(plan, dimension, id);
        Burden {
            id,
            amount: Amount::from_units(amount),
            of_potential: potential.and_then(|it| basis_points(amount, it.units())),
            growth: division.last_year[position].and_then(|it| growth(amount, it.units())),
            // Nothing is within everybody's reach.
            within_reach: capacity.map(|it| basis_points(it.units(), amount).unwrap_or(10_000)),
            stands_out: false,
        }
    };
    let leaves = (0..division.layout.len()).filter(|position| division.layout.is_leaf(*position));
    let mut burdens: Vec<Burden> = leaves.map(burden).collect();
    let ratios = sorted(burdens.iter().filter_map(|it| it.of_potential));
    let of_potential = spread(&ratios);
    if let Some(spread) = of_potential {
        for burden in &mut burdens {
            burden.stands_out = burden.of_potential.is_some_and(|ratio| is_far(ratio, spread.median));
        }
    }
    let growth = spread(&sorted(burdens.iter().filter_map(|it| it.growth)));
    let reach = reach(&burdens);
    Fairness { burdens, of_potential, growth, reach, gini: gini(&ratios) }
}

/// None where nobody has a capacity.
fn reach(burdens: &[Burden]) -> Option<Reach> {
    let able = |least: i64| burdens.iter().filter(|it| it.within_reach.is_some_and(|part| least <= part)).count();
    let reach = Reach { known: able(0), most: able(8_000), all: able(10_000) };
    Some(reach).filter(|it| 0 < it.known)
}

fn sorted(series: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut series: Vec<i64> = series.collect();
    series.sort_unstable();
    series
}

/// None of nothing. Of an even number the lower of the two in the middle.
fn spread(sorted: &[i64]) -> Option<Spread> {
    let (lowest, highest) = (*sorted.first()?, *sorted.last()?);
    Some(Spread { lowest, median: sorted[(sorted.len() - 1) / 2], highest })
}

/// More than a quarter of the middle away from it.
fn is_far(ratio: i64, median: i64) -> bool {
    4 * (i128::from(ratio) - i128::from(median)).abs() > i128::from(median).abs()
}

/// None where there are fewer than two to compare, or nothing is asked of anybody.
fn gini(sorted: &[i64]) -> Option<i64> {
    let len = sorted.len() as i128;
    let sum: i128 = sorted.iter().map(|it| i128::from(*it)).sum();
    if len < 2 || sum <= 0 {
        return None;
    }
    // Half the mean difference over the mean, from the ranks of the sorted series.
    let ranked: i128 = sorted.iter().zip(1_i128..).map(|(it, rank)| (2 * rank - len - 1) * i128::from(*it)).sum();
    i64::try_from((10_000 * ranked + len * sum / 2) / (len * sum)).ok()
}
