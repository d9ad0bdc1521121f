//! The year of a plan in a thumbnail: twelve bars, as the engine divides it. A picture beside words that say the same.

use leptos::prelude::*;

use super::super::parts::CollectAny;
use crate::engine::evaluate;
use crate::plan::Plan;
use crate::results::chart::year_by_month;

const HEIGHT: i64 = 28;
const STEP: i64 = 8;
const WIDTH: i64 = 6;

#[component]
pub fn Spark(plan: Plan) -> impl IntoView {
    let months: Vec<i64> = year_by_month(&evaluate(&plan)).into_iter().map(|it| it.amount).collect();
    let largest = months.iter().copied().max().unwrap_or_default().max(1);
    let bar = |(at, amount): (i64, &i64)| {
        let height = (i128::from(*amount) * i128::from(HEIGHT) / i128::from(largest)).max(1);
        view! {
            <rect x=(at * STEP).to_string() y=(i128::from(HEIGHT) - height).to_string() width=WIDTH.to_string()
                height=height.to_string() rx="1"></rect>
        }
    };
    let bars = (0..).zip(&months).map(bar).collect_any();
    view! {
        <svg class="spark" viewBox="0 0 94 28" aria-hidden="true">{bars}</svg>
    }
}
