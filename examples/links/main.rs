//! How long the links of five plans are, for docs/links.md. `benches/links.sh` sets the answers beside what other formats
//! make of the same plans.
//!
//! ```text
//! cargo run --release --example links -- DIR     writes each plan to DIR, and prints how long its link is
//! ```

mod company;

use std::path::Path;

use company::{Figures, company};
use sextant::edge::plan_link;
use sextant::plan::Plan;
use sextant::plan::template::{Language, Template};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder for the plans")?;
    for (name, plan) in plans() {
        std::fs::write(Path::new(&folder).join(format!("{name}.json")), plan.to_compact_json())?;
        let link = plan_link::write(&plan).map_err(|_| "too large for a link")?;
        println!("{name} {}", link.len());
    }
    Ok(())
}

/// The smallest first.
fn plans() -> [(&'static str, Plan); 5] {
    [
        ("worked-example", Template::EcommercePercent.plan(Language::Zh, 2027)),
        ("territories", Template::Territories.plan(Language::En, 2027)),
        ("60-people", company(60, Figures::Planned)),
        ("60-people-with-actuals", company(60, Figures::WithActuals)),
        ("320-people", company(320, Figures::Planned)),
    ]
}
