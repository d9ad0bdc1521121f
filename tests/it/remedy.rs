//! What is proposed about a finding takes it away, can be undone, and leaves every sum as exact as it was.

use proptest::prelude::*;
use sextant::engine::remedy::{Remedy, remedies};
use sextant::engine::{Finding, evaluate};
use sextant::plan::Plan;

use crate::laws::{hold, of_plans};
use crate::plans::{Shown, any_plan};
use crate::promise::check;

/// The same remark about the same place.
fn is_said_again(plan: &Plan, finding: &Finding) -> bool {
    let kind = std::mem::discriminant(finding);
    evaluate(plan).findings.iter().any(|it| std::mem::discriminant(it) == kind && it.subject() == finding.subject())
}

/// What no edit of one place can promise: another bound may take the place of the one that was moved, and amounts that are
/// scaled are scaled to what the node had before.
fn is_promised(remedy: Remedy, finding: &Finding) -> bool {
    let is_bound = matches!(finding, Finding::FloorsExceed { .. } | Finding::CapsFallShort { .. });
    !is_bound
        && matches!(
            remedy,
            Remedy::OpenLock
                | Remedy::NoIncrement
                | Remedy::Untyped
                | Remedy::PercentTo100
                | Remedy::FactorsTo100
                | Remedy::NoTolerance
        )
}

proptest! {
    #![proptest_config(of_plans())]

    #[test]
    fn what_is_proposed_settles_what_was_found(Shown(plan) in any_plan()) {
        for finding in &evaluate(&plan).findings {
            for (remedy, edit) in remedies(&plan, finding) {
                let mut edited = plan.clone();
                let back = edited.apply(edit).map_err(|it| TestCaseError::fail(format!("{remedy:?} for {finding:?}: {it:?}")))?;
                hold(&edited, check(&edited, &evaluate(&edited)))?;
                if is_promised(remedy, finding) && is_said_again(&edited, finding) {
                    hold(&plan, Err(format!("{remedy:?} for {finding:?}")))?;
                }
                edited.apply(back).expect("the way back");
                prop_assert!(edited == plan, "{:?}", remedy);
            }
        }
    }
}
