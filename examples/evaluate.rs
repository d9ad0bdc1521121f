//! The engine on the command line: a plan in, a table out.
//!
//! ```text
//! cargo run --release --example evaluate -- --template ecommerce-percent --by organisation,quarter
//! ```
//!
//! Prints CSV with a header line: every node of the dimensions asked for, names joined by ` / ` along the path, amounts in
//! the plan's currency with its decimals. A bad file or name ends with status 1 and one sentence.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the command line")]

use std::process::ExitCode;

use sextant::amount::{Amount, Numeral, Places, Scale, print};
use sextant::engine::{Division, Outcome, evaluate};
use sextant::plan::migrate::decode;
use sextant::plan::template::{Language, Template};
use sextant::plan::{Calendar, Dimension, NodeId, Pair, Period, Plan};

const USAGE: &str = "evaluate --template ID | --plan FILE, [--by ONE[,TWO]], [--language zh|en]; \
                     ONE and TWO are among organisation, product, customer, channel, quarter, month";
/// The year that a template is shown for, so that the output does not depend on the day.
const YEAR: i32 = 2027;

/// A dimension as the command line names it, and the levels of it that are printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    Tree(Dimension),
    Quarter,
    Month,
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
        }
    }

    fn dimension(self) -> Dimension {
        match self {
            Axis::Tree(dimension) => dimension,
            Axis::Quarter | Axis::Month => Dimension::Time,
        }
    }

    fn shows(self, calendar: Calendar, id: NodeId) -> bool {
        match self {
            Axis::Tree(_) => true,
            Axis::Quarter => matches!(calendar.period(id), Period::Quarter(_)),
            Axis::Month => matches!(calendar.period(id), Period::Month { .. }),
        }
    }
}

struct Arguments {
    plan: Plan,
    by: Vec<Axis>,
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
    arguments(given).and_then(|it| table(&it.plan, &it.by))
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let (mut source, mut by, mut language) = (None, vec![Axis::Tree(Dimension::Organisation)], Language::Zh);
    while let Some(flag) = given.next() {
        let mut value = || given.next().ok_or(format!("{flag} needs a value; usage: {USAGE}"));
        match flag.as_str() {
            "--template" | "--plan" => source = Some((flag.clone(), value()?)),
            "--by" => by = axes(&value()?)?,
            "--language" => language = language_named(&value()?)?,
            _ => return Err(format!("{flag} is not known; usage: {USAGE}")),
        }
    }
    let (flag, name) = source.ok_or(format!("name a template or a plan file; usage: {USAGE}"))?;
    let plan = if flag == "--plan" { read(&name)? } else { template(&name, language)? };
    Ok(Arguments { plan, by })
}

fn axes(names: &str) -> Result<Vec<Axis>, String> {
    let axis = |name: &str| Axis::from_name(name).ok_or(format!("{name:?} is not a dimension; usage: {USAGE}"));
    let axes: Vec<Axis> = names.split(',').map(|name| axis(name.trim())).collect::<Result<_, _>>()?;
    match axes.as_slice() {
        [_] => Ok(axes),
        [one, two] if one.dimension() != two.dimension() => Ok(axes),
        _ => Err(format!("--by takes one dimension, or two different ones, not {names:?}; usage: {USAGE}")),
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
    let outcome = evaluate(plan);
    let names: Vec<&str> = by.iter().map(|axis| axis.name()).collect();
    let mut csv = format!("{},amount\n", names.join(","));
    for (labels, amount) in cells(plan, &outcome, by)? {
        let labels: Vec<String> = labels.iter().map(|label| quoted(label)).collect();
        csv.push_str(&format!("{},{}\n", labels.join(","), figure(plan, amount)));
    }
    Ok(csv)
}

fn cells(plan: &Plan, outcome: &Outcome, by: &[Axis]) -> Result<Vec<(Vec<String>, i64)>, String> {
    let positions = |axis: Axis| -> Vec<(String, usize)> {
        let division = outcome.division(axis.dimension());
        (0..division.layout.len())
            .filter(|position| axis.shows(plan.calendar, division.layout.id(*position)))
            .map(|position| (path(plan, division, position), position))
            .collect()
    };
    let [one, rest @ ..] = by else { return Err(USAGE.to_owned()) };
    let Some(two) = rest.first() else {
        let amounts = &outcome.division(one.dimension()).amounts;
        return Ok(positions(*one).into_iter().map(|(label, at)| (vec![label], amounts[at])).collect());
    };
    let pair = Pair::of(one.dimension(), two.dimension()).ok_or(USAGE.to_owned())?;
    let table =
        outcome.table(pair).ok_or(format!("a plan is not divided by {} and {} at once", one.name(), two.name()))?;
    let mut cells = Vec::new();
    for (first, i) in positions(*one) {
        for (second, j) in positions(*two) {
            let amount = if pair.rows() == one.dimension() { table.get(i, j) } else { table.get(j, i) };
            cells.push((vec![first.clone(), second], amount));
        }
    }
    Ok(cells)
}

fn path(plan: &Plan, division: &Division, position: usize) -> String {
    let tree = plan.tree(division.dimension);
    let last = division.layout.id(position);
    match plan.calendar.period(last) {
        Period::Quarter(number) if division.dimension == Dimension::Time => format!("Q{number}"),
        Period::Month { year, month } if division.dimension == Dimension::Time => format!("{year}-{month:02}"),
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
