//! The engine on the command line: a plan in, a table out.
//!
//! ```text
//! cargo run --release --example evaluate -- --template ecommerce-percent --by organisation,quarter
//! ```
//!
//! Prints CSV with a header line: every node of the dimensions asked for, names joined by ` / ` along the path, amounts in
//! the plan's currency with its decimals. Three dimensions are printed by their leaves, without their sums; by how much the cells
//! miss the table of two of them is said on standard error and by `--check`. `--trace PLACE` prints instead why one of these numbers is what it is, step by step
//! from the target; the place is written as the table names it, two names with ` & ` between them. `--check` prints all
//! findings with their codes, how fair the division is, and what people, leads, limits and buffers come to; `--agree`, of every node of the first dimension, what was given,
//! what was submitted, the gap, and what both can agree on; `--chance`, how likely each node of the organisation reaches
//! what it was given, what it brings in bad, middling and good years, and how high to aim. `--scenario NAME` prints any of this
//! of the plan with that scenario done to it, and says on standard error what of it no longer fits; `--compare` prints what
//! differs between the plan and its scenarios, a column each. A bad file or name ends with status 1 and one sentence.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the command line")]

use std::process::ExitCode;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use sextant::amount::{Amount, Numeral, Places, Scale, print};
use sextant::engine::breakback::amount_at;
use sextant::engine::buffer::{ledger, range};
use sextant::engine::chain::{Chain, Level, MOST, Residual, Unchained, chain};
use sextant::engine::chance::{Answer, Needed, Nothing, answer, asked, chance, drawn};
use sextant::engine::sights::sights;
use sextant::engine::trace::{Reason, trace};
use sextant::engine::{Division, Outcome, Source, evaluate};
use sextant::plan::migrate::decode;
use sextant::plan::template::{Language, Template};
use sextant::plan::{At, Calendar, Dimension, Fit, NodeId, Pair, Period, Plan, Scenario, tried};
use sextant::results::capacity::{hires, monthly_orders, orders};
use sextant::results::consensus::rows;
use sextant::results::fairness::fairness;
use sextant::results::figure::print_percent;
use sextant::results::funnel::stages;
use sextant::results::scenario::{Likely, Seen, What, compare};

const USAGE: &str = "evaluate --template ID | --plan FILE, [--by ONE[,TWO[,THREE]]], [--trace PLACE | --check | --agree | --chance | --compare], [--scenario NAME], \
                     [--language zh|en]; ONE, TWO and THREE are among organisation, product, customer, channel, quarter, \
                     month, week";
/// The year that a template is shown for, so that the output does not depend on the day.
const YEAR: i32 = 2027;

/// A dimension as the command line names it, and the levels of it that are printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    Tree(Dimension),
    Quarter,
    Month,
    Week,
}

impl Axis {
    fn from_name(name: &str) -> Option<Axis> {
        Some(match name {
            "organisation" => Axis::Tree(Dimension::Organisation),
            "product" => Axis::Tree(Dimension::Product),
            "customer" => Axis::Tree(Dimension::Customer),
            "channel" => Axis::Tree(Dimension::Channel),
            "quarter" => Axis::Quarter,
            "month" => Axis::Month,
            "week" => Axis::Week,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Axis::Tree(Dimension::Organisation) => "organisation",
            Axis::Tree(Dimension::Product) => "product",
            Axis::Tree(Dimension::Customer) => "customer",
            Axis::Tree(Dimension::Channel) => "channel",
            Axis::Tree(Dimension::Time) | Axis::Quarter => "quarter",
            Axis::Month => "month",
            Axis::Week => "week",
        }
    }

    fn dimension(self) -> Dimension {
        match self {
            Axis::Tree(dimension) => dimension,
            Axis::Quarter | Axis::Month | Axis::Week => Dimension::Time,
        }
    }

    /// The nodes of which three dimensions are made.
    fn level(self) -> Level {
        match self {
            Axis::Quarter => Level::QUARTERS,
            Axis::Month => Level::MONTHS,
            Axis::Tree(_) | Axis::Week => Level::leaves(self.dimension()),
        }
    }

    fn shows(self, calendar: &Calendar, id: NodeId) -> bool {
        match self {
            Axis::Tree(_) => true,
            Axis::Quarter => matches!(calendar.period(id), Period::Quarter(_)),
            Axis::Month => matches!(calendar.period(id), Period::Month { .. }),
            Axis::Week => matches!(calendar.period(id), Period::Week { .. }),
        }
    }
}

struct Arguments {
    plan: Plan,
    by: Vec<Axis>,
    wanted: Wanted,
}

/// What is printed.
enum Wanted {
    Table,
    /// Why the number at a place is what it is.
    Trace(String),
    Check,
    /// What was given against what was submitted.
    Agree,
    /// How likely it is.
    Chance,
    /// The plan beside its scenarios.
    Compare,
}

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(csv) => {
            print!("{csv}");
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

/// The table that the arguments ask for, or the sentence that says why there is none.
pub fn run(given: impl Iterator<Item = String>) -> Result<String, String> {
    let Arguments { plan, by, wanted } = arguments(given)?;
    match wanted {
        Wanted::Table => table(&plan, &by),
        Wanted::Trace(place) => traced(&plan, &by, &place),
        Wanted::Check => checked(&plan, &by),
        Wanted::Agree => Ok(agreed(&plan, by[0])),
        Wanted::Chance => likely(&plan),
        Wanted::Compare => Ok(compared(&plan)),
    }
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let (mut source, mut by, mut language) = (None, vec![Axis::Tree(Dimension::Organisation)], Language::Zh);
    let (mut wanted, mut scenario) = (Wanted::Table, None);
    while let Some(flag) = given.next() {
        let mut value = || given.next().ok_or(format!("{flag} needs a value; usage: {USAGE}"));
        match flag.as_str() {
            "--template" | "--plan" => source = Some((flag.clone(), value()?)),
            "--by" => by = axes(&value()?)?,
            "--trace" => wanted = Wanted::Trace(value()?),
            "--check" => wanted = Wanted::Check,
            "--agree" => wanted = Wanted::Agree,
            "--chance" => wanted = Wanted::Chance,
            "--compare" => wanted = Wanted::Compare,
            "--scenario" => scenario = Some(value()?),
            "--language" => language = language_named(&value()?)?,
            _ => return Err(format!("{flag} is not known; usage: {USAGE}")),
        }
    }
    let (flag, name) = source.ok_or(format!("name a template or a plan file; usage: {USAGE}"))?;
    let plan = if flag == "--plan" { read(&name)? } else { template(&name, language)? };
    let plan = match scenario {
        Some(name) => with_scenario(&plan, &name)?,
        None => plan,
    };
    Ok(Arguments { plan, by, wanted })
}

fn axes(names: &str) -> Result<Vec<Axis>, String> {
    let axis = |name: &str| Axis::from_name(name).ok_or(format!("{name:?} is not a dimension; usage: {USAGE}"));
    let axes: Vec<Axis> = names.split(',').map(|name| axis(name.trim())).collect::<Result<_, _>>()?;
    let differ = (0..axes.len()).all(|it| axes[..it].iter().all(|other| other.dimension() != axes[it].dimension()));
    if differ && axes.len() <= 3 {
        Ok(axes)
    } else {
        Err(format!("--by takes one dimension, or two or three different ones, not {names:?}; usage: {USAGE}"))
    }
}

fn language_named(name: &str) -> Result<Language, String> {
    match name {
        "zh" => Ok(Language::Zh),
        "en" => Ok(Language::En),
        _ => Err(format!("{name:?} is not a language; give zh or en")),
    }
}

fn template(name: &str, language: Language) -> Result<Plan, String> {
    let known = || Template::ALL.map(Template::id).join(", ");
    let template =
        Template::from_id(name).ok_or_else(|| format!("{name:?} is not a template; give one of {}", known()))?;
    Ok(template.plan(language, YEAR))
}

fn read(path: &str) -> Result<Plan, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path} cannot be read: {error}"))?;
    let (plan, repairs) = decode(&text).map_err(|error| format!("{path}: {error}"))?;
    for repair in repairs {
        eprintln!("mended in {path}: {repair:?}");
    }
    Ok(plan)
}

fn table(plan: &Plan, by: &[Axis]) -> Result<String, String> {
    if by.contains(&Axis::Week) && plan.calendar.weeks.is_none() {
        return Err("the months of this plan are not divided into weeks: its calendar has no \"weeks\"".to_owned());
    }
    let outcome = evaluate(plan);
    let names: Vec<&str> = by.iter().map(|axis| axis.name()).collect();
    let mut csv = format!("{},amount\n", names.join(","));
    let cells = match by {
        [one, two, three] => {
            let by = [*one, *two, *three];
            let chain = chained(&outcome, by)?;
            residuals(plan, &chain).into_iter().for_each(|(pair, says)| eprintln!("{pair}: {says}"));
            cells_of(plan, &outcome, by, &chain)
        }
        _ => cells(plan, &outcome, by)?,
    };
    for (labels, amount) in cells {
        let labels: Vec<String> = labels.iter().map(|label| quoted(label)).collect();
        csv.push_str(&format!("{},{}\n", labels.join(","), figure(plan, amount)));
    }
    Ok(csv)
}

fn cells(plan: &Plan, outcome: &Outcome, by: &[Axis]) -> Result<Vec<(Vec<String>, i64)>, String> {
    let positions = |axis: Axis| -> Vec<(String, usize)> {
        let division = outcome.division(axis.dimension());
        (0..division.layout.len())
            .filter(|position| axis.shows(&plan.calendar, division.layout.id(*position)))
            .map(|position| (path(plan, division, position), position))
            .collect()
    };
    let [one, rest @ ..] = by else { return Err(USAGE.to_owned()) };
    let Some(two) = rest.first() else {
        let amounts = &outcome.division(one.dimension()).amounts;
        return Ok(positions(*one).into_iter().map(|(label, at)| (vec![label], amounts[at])).collect());
    };
    let pair = Pair::of(one.dimension(), two.dimension()).ok_or(USAGE.to_owned())?;
    let refused = || format!("{} by {} are more cells than are worked out", one.name(), two.name());
    let mut cells = Vec::new();
    for (first, i) in positions(*one) {
        for (second, j) in positions(*two) {
            let (row, column) = if pair.rows() == one.dimension() { (i, j) } else { (j, i) };
            cells.push((vec![first.clone(), second], outcome.cell(pair, row, column).ok_or_else(refused)?));
        }
    }
    Ok(cells)
}

// ---- What if ----

/// The plan with one of its scenarios done to it.
fn with_scenario(plan: &Plan, name: &str) -> Result<Plan, String> {
    let known = || plan.scenarios.list.values().map(|it| format!("{:?}", it.name)).collect::<Vec<_>>().join(", ");
    let named = plan.scenarios.list.values().find(|it| it.name == name);
    let scenario = named.ok_or_else(|| format!("the plan has no scenario {name:?}; it has {}", known()))?;
    let (tried, fits) = tried(plan, &scenario.edits.read());
    for (number, fit) in (1..).zip(fits) {
        if let Fit::Refused(why) = fit {
            eprintln!("change {number} of {name:?} does not fit any more: {why}");
        }
    }
    Ok(tried)
}

/// How likely a plan is, as far as anything can be drawn of it.
fn chance_of(seen: &Seen) -> Likely {
    let asked = asked(&seen.plan, &seen.outcome, seen.plan.trees.organisation.root).ok();
    asked.and_then(|it| chance(&drawn(&it.model.whole()))).map_or(Likely::Unknown, Likely::Known)
}

/// What differs between the plan and its scenarios, those that are archived aside.
fn compared(plan: &Plan) -> String {
    let base = Seen::of(plan.clone());
    let scenarios: Vec<&Scenario> = plan.scenarios.list.values().filter(|it| !it.archived).collect();
    let names = scenarios.iter().map(|it| quoted(&it.name));
    let mut csv = format!("figure,base{}\n", names.map(|it| format!(",{it}")).collect::<String>());
    let plans: Vec<Seen> =
        std::iter::once(base.clone()).chain(scenarios.iter().map(|it| base.with(&it.edits.read()))).collect();
    let likely: Vec<Likely> = plans.iter().map(chance_of).collect();
    for row in compare(&plans, &likely, true) {
        let label = match row.what {
            What::Node(dimension, id) => {
                let has = |it: &&Seen| it.outcome.division(dimension).layout.position(id).is_some();
                let seen = plans.iter().find(has).unwrap_or(&base);
                let division = seen.outcome.division(dimension);
                division.layout.position(id).map(|at| path(&seen.plan, division, at)).unwrap_or_default()
            }
            what => format!("{what:?}"),
        };
        let print = |value: &Option<Decimal>| match value {
            Some(it) if row.what.is_money() => figure(plan, it.to_i64().unwrap_or_default()),
            Some(it) if row.what == What::Chance => format!("{}%", print_percent(it.to_i64().unwrap_or_default(), 2)),
            Some(it) => it.normalize().to_string(),
            None => String::new(),
        };
        let figures: Vec<String> = row.figures.iter().map(print).collect();
        csv.push_str(&format!("{},{}\n", quoted(&label), figures.join(",")));
    }
    csv
}

// ---- Three dimensions at once ----

fn chained(outcome: &Outcome, by: [Axis; 3]) -> Result<Chain, String> {
    let [one, two, three] = by.map(Axis::name);
    chain(outcome, by.map(Axis::level)).map_err(|error| match error {
        Unchained::Apart => format!("{one}, {two} and {three} are too large together for their tables"),
        Unchained::TooMany { cells } => format!("{one} by {two} by {three} are {cells} cells; at most {MOST} are made"),
    })
}

fn cells_of(plan: &Plan, outcome: &Outcome, by: [Axis; 3], chain: &Chain) -> Vec<(Vec<String>, i64)> {
    let label =
        |axis: usize, place: usize| path(plan, outcome.division(by[axis].dimension()), chain.nodes[axis][place]);
    let labels: [Vec<String>; 3] =
        [0, 1, 2].map(|axis| (0..chain.nodes[axis].len()).map(|place| label(axis, place)).collect());
    let mut cells = Vec::with_capacity(chain.len());
    for (i, one) in labels[0].iter().enumerate() {
        for (j, two) in labels[1].iter().enumerate() {
            for (k, three) in labels[2].iter().enumerate() {
                cells.push((vec![one.clone(), two.clone(), three.clone()], chain.get([i, j, k])));
            }
        }
    }
    cells
}

/// How the cells of three dimensions compare with each table of two.
fn residuals(plan: &Plan, chain: &Chain) -> Vec<(String, String)> {
    let told = |it: &Residual| {
        let (largest, sum) = (figure(plan, it.largest), figure(plan, it.sum));
        let pair = format!("{:?} x {:?}", it.pair.rows(), it.pair.columns());
        (pair, format!("largest {largest}; sum {sum}; cells {}", it.cells))
    };
    chain.residuals.iter().map(told).collect()
}

fn path(plan: &Plan, division: &Division, position: usize) -> String {
    let tree = plan.tree(division.dimension);
    let last = division.layout.id(position);
    match plan.calendar.period(last) {
        Period::Quarter(number) if division.dimension == Dimension::Time => format!("Q{number}"),
        Period::Month { year, month } if division.dimension == Dimension::Time => format!("{year}-{month:02}"),
        Period::Week { number, .. } if division.dimension == Dimension::Time => format!("W{number:02}"),
        _ => {
            let names: Vec<&str> =
                division.layout.path(position).into_iter().map(|at| tree.name(division.layout.id(at))).collect();
            names.join(" / ")
        }
    }
}

fn figure(plan: &Plan, units: i64) -> String {
    let decimals = plan.unit.decimals();
    print(Amount::from_units(units), Numeral { decimals, scale: Scale::One }, Places::Fixed(decimals)).replace(',', "")
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

// ---- Why, and whether all is well ----

/// The chain from the target to a place: what each step came to, of what, and why.
fn traced(plan: &Plan, by: &[Axis], place: &str) -> Result<String, String> {
    let outcome = evaluate(plan);
    let at = place_of(plan, &outcome, by, place)?;
    let mut csv = "step,place,amount,of,why\n".to_owned();
    for (number, step) in (1..).zip(trace(plan, &outcome, at)) {
        let (named, why) = reason(plan, &outcome, at, step.reason);
        let (amount, whole) = (figure(plan, step.amount.units()), figure(plan, step.whole.units()));
        csv.push_str(&format!("{number},{},{amount},{whole},{}\n", quoted(&named), quoted(&why)));
    }
    Ok(csv)
}

fn place_of(plan: &Plan, outcome: &Outcome, by: &[Axis], place: &str) -> Result<At, String> {
    let labels: Vec<&str> = place.split(" & ").map(str::trim).collect();
    if 2 < by.len() {
        return Err("--trace takes one dimension, or two: a number of three has no steps of its own".to_owned());
    }
    if labels.len() != by.len() {
        return Err(format!("{place:?} names {} of the {} dimensions of --by", labels.len(), by.len()));
    }
    let mut ids = Vec::new();
    for (axis, label) in by.iter().zip(labels) {
        let division = outcome.division(axis.dimension());
        let found = (0..division.layout.len()).find(|position| path(plan, division, *position) == label);
        let position = found.ok_or(format!("{label:?} is not in the {} of this plan", axis.name()))?;
        ids.push((axis.dimension(), division.layout.id(position)));
    }
    let over = |dimension| if dimension == Dimension::Time { Dimension::Organisation } else { Dimension::Time };
    let other = by.get(1).map_or_else(|| over(by[0].dimension()), |axis| axis.dimension());
    let pair = Pair::of(by[0].dimension(), other).ok_or(USAGE.to_owned())?;
    let id = |dimension| ids.iter().find(|it| it.0 == dimension).map_or(plan.tree(dimension).root, |it| it.1);
    let at = At { pair, row: id(pair.rows()), column: id(pair.columns()) };
    match amount_at(plan, outcome, at) {
        Some(_) => Ok(at),
        None => Err(format!("{place:?} is in a table of more cells than are worked out")),
    }
}

/// What a step speaks of, and its code with the numbers it went by.
fn reason(plan: &Plan, outcome: &Outcome, at: At, reason: Reason) -> (String, String) {
    let named = |dimension: Dimension, id| {
        let division = outcome.division(dimension);
        division.layout.position(id).map(|position| path(plan, division, position)).unwrap_or_default()
    };
    match reason {
        Reason::Target => (String::new(), "Target".to_owned()),
        Reason::Node { dimension, node, source: Source::Share { method, weight, sum, shared } } => {
            (named(dimension, node), format!("{method:?}: {weight} of {sum} in {}", figure(plan, shared)))
        }
        Reason::Node { dimension, node, source } => (named(dimension, node), spelt(plan, &format!("{source:?}"))),
        Reason::Cell { column, state } => (named(at.pair.columns(), column), format!("{state:?}")),
        Reason::Rounding { hundredths } => (String::new(), format!("Rounding by {hundredths} hundredths of a unit")),
    }
}

/// Every finding, the worst first, then how what the leaves of a tree carry compares, and by how much three dimensions
/// miss their tables.
fn checked(plan: &Plan, by: &[Axis]) -> Result<String, String> {
    let (outcome, dimension) = (evaluate(plan), by[0].dimension());
    let mut csv = "kind,code,says\n".to_owned();
    for finding in &outcome.findings {
        let told = format!("{finding:?}");
        let (code, rest) = told.split_once(' ').unwrap_or((&told, ""));
        let rest = rest.trim_start_matches("{ ").trim_end_matches(" }");
        csv.push_str(&format!("{:?},{code},{}\n", finding.severity(), quoted(&spelt(plan, rest))));
    }
    let fair = fairness(plan, &outcome, dimension);
    let percent = |it: i64| print_percent(it, 2);
    let mut say = |code: &str, says: String| csv.push_str(&format!("Fairness,{code},{}\n", quoted(&says)));
    for (code, spread) in [("OfPotential", fair.of_potential), ("OnLastYear", fair.growth)] {
        if let Some(it) = spread {
            let (lowest, median, highest) = (percent(it.lowest), percent(it.median), percent(it.highest));
            say(code, format!("lowest {lowest}%; median {median}%; highest {highest}%"));
        }
    }
    if let Some(gini) = fair.gini {
        say("Gini", percent(gini));
    }
    for burden in fair.burdens.iter().filter(|it| it.stands_out) {
        say("StandsOut", plan.tree(dimension).name(burden.id).to_owned());
    }
    reached(plan, &outcome).iter().for_each(|it| csv.push_str(it));
    if let [one, two, three] = by {
        let chain = chained(&outcome, [*one, *two, *three])?;
        residuals(plan, &chain).iter().for_each(|(pair, says)| csv.push_str(&format!("Residual,{pair},{says}\n")));
    }
    Ok(csv)
}

/// What people and leads can bring, all that bounds the target, the sights upon it, and the buffers over it.
fn reached(plan: &Plan, outcome: &Outcome) -> Vec<String> {
    let amount = |it: Amount| figure(plan, it.units());
    let mut lines = Vec::new();
    let mut say = |kind: &str, code: &str, says: String| lines.push(format!("{kind},{code},{}\n", quoted(&says)));
    if let Some(people) = outcome.staff.whole(plan) {
        let most = monthly_orders(people).into_iter().max().unwrap_or_default();
        let (orders, year) = (orders(people), amount(people.total()));
        say("Capacity", "People", format!("orders {orders}; in the best month {most}; amount {year}"));
    }
    if let Some((gap, rows)) = hires(plan, outcome) {
        for row in rows {
            let heads = row.heads.map(|it| it.map_or("-".to_owned(), |it| Decimal::new(it, 1).normalize().to_string()));
            let level = plan.capacity.levels.get(row.level).map(|it| it.name.as_str()).unwrap_or_default();
            say("Capacity", "Hire", format!("{} short; {level} by month of start: {}", amount(gap), heads.join(" ")));
        }
    }
    if let Some(flow) = &outcome.flow {
        for row in stages(plan, flow) {
            let name = plan.funnel.stages.get(row.id).map(|it| it.name.as_str()).unwrap_or_default();
            let asked = row.demand.map_or("-".to_owned(), |it| it.normalize().to_string());
            let mark = if row.is_bottleneck { "; bottleneck" } else { "" };
            say("Funnel", "Stage", format!("{name}; comes in {}; target asks {asked}{mark}", row.supply));
        }
        if let Some(short) = flow.leads_short() {
            say("Funnel", "LeadsShort", format!("{} a month", short.round_dp(1).normalize()));
        }
    }
    for bound in &outcome.gate.bounds {
        let short = bound.short(outcome.gate.target).map_or("-".to_owned(), amount);
        say("Gate", &format!("{:?}", bound.by), format!("possible {}; short {short}", amount(bound.year)));
    }
    for sight in sights(plan, &outcome.gate, outcome.last_year(plan)) {
        say("Sight", &format!("{:?}", sight.look), format!("{} to {}", amount(sight.low), amount(sight.high)));
    }
    for rung in ledger(plan, outcome.total()).into_iter().filter(|it| !it.together.is_zero()) {
        let aim = amount(rung.aim);
        say(
            "Buffer",
            &format!("Level{}", rung.level),
            format!("adds {}%; together {}%; aims at {aim}", rung.own, rung.together),
        );
    }
    if let Some((low, high)) = range(plan, outcome.total(), outcome.last_year(plan)) {
        say("Buffer", "Range", format!("{} to {}", amount(low), amount(high)));
    }
    lines
}

/// A line a node: blank where nobody submitted anything. `below` is what its parts submitted, `complete` whether all did.
fn agreed(plan: &Plan, axis: Axis) -> String {
    let outcome = evaluate(plan);
    let division = outcome.division(axis.dimension());
    let mut csv = format!("{},given,submitted,below,complete,gap,gap_percent,trust,reconciled\n", axis.name());
    for (at, row) in rows(plan, &outcome, axis.dimension()).into_iter().enumerate() {
        let amount = |it: Amount| figure(plan, it.units());
        let columns = [
            quoted(&path(plan, division, at)),
            amount(row.given),
            row.submitted.map(amount).unwrap_or_default(),
            row.below.map(|it| amount(it.sum)).unwrap_or_default(),
            row.below.map(|it| it.is_complete.to_string()).unwrap_or_default(),
            row.gap.map(|it| amount(it.amount)).unwrap_or_default(),
            row.gap.and_then(|it| it.of_given).map(|it| print_percent(it, 2)).unwrap_or_default(),
            row.trust.normalize().to_string(),
            amount(row.reconciled),
        ];
        csv.push_str(&format!("{}\n", columns.join(",")));
    }
    csv
}

/// A line a node of the organisation, then the months of the whole, then what one would have to aim at.
fn likely(plan: &Plan) -> Result<String, String> {
    let outcome = evaluate(plan);
    let asked = asked(plan, &outcome, plan.trees.organisation.root).map_err(|why| {
        match why {
            Nothing::NoTarget => "the plan has no target, so that there is nothing to reach",
            Nothing::NoDeals => "the funnel brings no deals, or it is not known what one is worth",
            Nothing::NoPeople => "nobody brings anything",
        }
        .to_owned()
    })?;
    let Answer { trials, nodes, months, needed, aimed, mean, .. } = answer(&asked, &drawn(&asked.model));
    let percent = |it: i64| print_percent(it, 2);
    let quantiles = |it: [Amount; 3]| it.map(|it| figure(plan, it.units())).join(",");
    let buffer = |it: Needed| match it {
        Needed::By { part, least, most } => {
            format!("{},{},{}", percent(part), percent(least), most.map(percent).unwrap_or_default())
        }
        Needed::Unknown | Needed::TooSure | Needed::Never => format!("{it:?},,"),
    };
    let division = outcome.division(Dimension::Organisation);
    let mut csv = "of,target,chance,error,p10,p50,p90,stop_loss,buffer,buffer_least,buffer_most\n".to_owned();
    for node in nodes {
        let place = division.layout.position(node.id).map(|it| path(plan, division, it)).unwrap_or_default();
        let (target, of_ten) = (figure(plan, node.target.units()), node.quantiles.map(quantiles));
        let (chance, error, stops) = (percent(node.chance), percent(node.error), percent(node.stops));
        let of_ten = of_ten.unwrap_or(",,".to_owned());
        csv.push_str(&format!(
            "{},{target},{chance},{error},{of_ten},{stops},{}\n",
            quoted(&place),
            buffer(node.needed)
        ));
    }
    for (number, month) in (1..).zip(months) {
        let (target, of_ten) = (figure(plan, month.target.units()), quantiles(month.quantiles));
        csv.push_str(&format!("by the end of month {number},{target},{},,{of_ten},,,,\n", percent(month.chance)));
    }
    let [ten, fifteen, own] = aimed.map(percent);
    let mean = figure(plan, mean.units());
    eprintln!(
        "{:?}: {trials} years, {mean} on average; reached by {ten}% aiming 10% higher, {fifteen}% aiming 15%, {own}% as the plan aims; to be sure: {}",
        asked.basis,
        buffer(needed)
    );
    Ok(csv)
}

/// What the engine says in codes, with amounts as the table prints them and nodes by their names.
fn spelt(plan: &Plan, told: &str) -> String {
    let dimension = |word: &str| {
        let said = |it: &Dimension| told.contains(&format!("{word}: {it:?}"));
        Dimension::ALL.into_iter().find(said).unwrap_or(Dimension::Organisation)
    };
    let named = |before: &str, id: u32| {
        let word = match before {
            _ if before.ends_with("row: ") => "rows",
            _ if before.ends_with("column: ") => "columns",
            _ => "dimension",
        };
        format!("{:?}", plan.tree(dimension(word)).name(NodeId(id)))
    };
    let amounts = replaced(told, "Amount(", |_, units| units.parse().ok().map(|it| figure(plan, it)));
    replaced(&amounts, "NodeId(", |before, id| id.parse().ok().map(|it| named(before, it)))
}

/// Each `mark` up to its bracket, by what `with` makes of the text before it and of what it encloses.
fn replaced(text: &str, mark: &str, with: impl Fn(&str, &str) -> Option<String>) -> String {
    let mut parts = text.split(mark);
    let mut done = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (inside, rest) = part.split_once(')').unwrap_or((part, ""));
        let made = with(&done, inside).unwrap_or_else(|| inside.to_owned());
        done.push_str(&made);
        done.push_str(rest);
    }
    done
}
