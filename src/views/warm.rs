//! The engine at work before anybody waits for it. A browser compiles what has run some times once more, for speed, and the
//! first edits would pay for that.
//!
//! Nothing is kept of what comes of it, and nobody is kept waiting: it works while the browser has nothing else to do, and
//! no longer than `MOST` in all, however large the plan.

use std::hint::black_box;

use super::later::when_idle;
use super::library::Library;
use crate::amount::Amount;
use crate::edge::clock;
use crate::engine::evaluate_again;
use crate::live::follow;
use crate::plan::Plan;
use crate::session::Session;

const TIMES: u32 = 12;
/// In milliseconds.
const MOST: u64 = 150;

/// Warms the engine up once, as soon as a plan is open.
pub fn warm_up(session: Session, library: Library) {
    let mut is_warm = false;
    follow(move || {
        if library.is_open() && !is_warm {
            is_warm = true;
            when_idle(move || work(session, TIMES, MOST));
        }
    });
}

/// Works out what another target would come to, and goes on so when the browser is idle again.
fn work(session: Session, times: u32, most: u64) {
    // The page may be gone by now.
    if session.selected.try_get_untracked().is_none() {
        return;
    }
    let begun = clock::now();
    let (plan, outcome) = (session.plan_untracked(), session.outcome_untracked());
    let target = plan.goal.target.unwrap_or_default().units();
    let mut other = Plan::clone(&plan);
    other.goal.target = Some(Amount::from_units(target.saturating_sub(1)));
    black_box(evaluate_again(&plan, &outcome, &other));
    let took = clock::now().saturating_sub(begun);
    if 1 < times && took < most {
        when_idle(move || work(session, times - 1, most - took));
    }
}
