//! Expectations as data: a plan in, numbers out. Each file of `tests/cases` is one case; `about` names what asks for it.
//!
//! A case starts from a `template`, or from a `plan` in short: the fields of a plan file, trees nested by `below`, and
//! amounts as people write them. Then come `steps`, which do what a user does, and what must be seen after them. A place is
//! written `organisation=East / Team A & time=Q1`; an axis that is left out is the whole of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value};
use sextant::amount::{self, Amount, Numeral, Scale};
use sextant::engine::breakback::{self, Above, Kept, Refusal};
use sextant::engine::{Finding, Outcome, evaluate};
use sextant::plan::migrate::decode;
use sextant::plan::template::{Language, Template};
use sextant::plan::{At, Calendar, Dimension, Edit, GoalField, Node, NodeId, Pair, Period, Plan, Tree, Unit};
use sextant::results::{figure, sheet};

use crate::promise;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    #[serde(default)]
    template: Option<String>,
    #[serde(default)]
    plan: Option<Map<String, Value>>,
    #[serde(default)]
    steps: Vec<Step>,
    /// Amounts by place.
    amounts: BTreeMap<String, String>,
    /// Percentages of the parent, with two decimals.
    #[serde(default)]
    shares: BTreeMap<String, String>,
    /// The names of nodes; of periods, the label.
    #[serde(default)]
    labels: BTreeMap<String, String>,
    /// The codes of all findings, with what they carry where a case is about that.
    findings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Step {
    Target(String),
    Type {
        at: String,
        amount: String,
    },
    /// The wholes above take the difference.
    RollUp {
        at: String,
        amount: String,
    },
    /// That this much would not go up, and the last amount that would.
    NotUp {
        at: String,
        amount: String,
        last: String,
    },
    Share {
        at: String,
        percent: Decimal,
    },
    /// What is refused, and the last amount that would not be.
    Refused {
        at: String,
        amount: String,
        last: String,
    },
    ToggleLock(String),
    KeepShare(String),
    Clear(String),
    Edit(Box<Edit>),
}

#[test]
fn every_case_comes_out() {
    let mut wrong = Vec::new();
    let files = files();
    assert!(15 <= files.len(), "{} cases", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a case");
        let case: Case = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        wrong.extend(run(&case).into_iter().map(|line| format!("{name} ({}): {line}", case.about)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = std::fs::read_dir(folder).expect("the cases").map(|entry| entry.expect("a case").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|it| it == "json")).collect();
    files.sort();
    files
}

/// What did not come out.
fn run(case: &Case) -> Vec<String> {
    let mut plan = match (&case.template, &case.plan) {
        (Some(id), None) => Template::from_id(id).expect("a template").plan(Language::Zh, 2027),
        (None, Some(fields)) => written(fields),
        _ => panic!("a case has a template or a plan"),
    };
    for step in &case.steps {
        act(&mut plan, step);
    }
    let outcome = promise::kept(&plan);
    let mut wrong = Vec::new();
    let mut expect = |what: &str, place: &str, expected: &str, given: String| {
        if expected != given {
            wrong.push(format!("{what} of {place:?} is {given}, not {expected}"));
        }
    };
    for (place, expected) in &case.amounts {
        let given = breakback::amount_at(&plan, &outcome, at(&plan, place)).expect("a place of a table");
        let expected = amount_of(&plan, expected);
        expect("amount", place, &expected.units().to_string(), given.units().to_string());
    }
    for (place, expected) in &case.shares {
        let (dimension, id) = node(&plan, place);
        let position = outcome.division(dimension).layout.position(id).expect("a node");
        let given = sheet::share_of_parent(&outcome, dimension, position).expect("a part");
        expect("share", place, expected, figure::print_percent(given, 2));
    }
    for (place, expected) in &case.labels {
        let (dimension, id) = node(&plan, place);
        expect("label", place, expected, plan.tree(dimension).name(id).to_owned());
    }
    let told: Vec<String> = outcome.findings.iter().map(|it| told(&plan, it)).collect();
    if told != case.findings {
        wrong.push(format!("findings are {told:?}, not {:?}", case.findings));
    }
    wrong
}

fn act(plan: &mut Plan, step: &Step) {
    let outcome = evaluate(plan);
    let edit = match step {
        Step::Target(target) => Edit::Goal(GoalField::Target(Some(amount_of(plan, target)))),
        Step::Type { at: place, amount } => typed(plan, &outcome, place, amount).expect("room for it"),
        Step::RollUp { at: place, amount } => rolled_up(plan, &outcome, place, amount).expect("room for it"),
        Step::NotUp { at: place, amount, last } => {
            let last = amount_of(plan, last);
            match rolled_up(plan, &outcome, place, amount) {
                Err(Refusal::Above { most: end, .. } | Refusal::Below { least: end, .. }) if end == last => return,
                other => panic!("{amount} at {place}: {other:?}"),
            }
        }
        Step::Share { at: place, percent } => {
            breakback::type_share(plan, &outcome, at(plan, place), *percent).expect("room for it")
        }
        Step::Refused { at: place, amount, last } => {
            let last = amount_of(plan, last);
            match typed(plan, &outcome, place, amount) {
                Err(Refusal::Above { most: end, .. } | Refusal::Below { least: end, .. }) if end == last => return,
                other => panic!("{amount} at {place}: {other:?}"),
            }
        }
        Step::ToggleLock(place) => breakback::toggle_lock(plan, &outcome, at(plan, place)).expect("a place to lock"),
        Step::KeepShare(place) => {
            breakback::keep(plan, &outcome, at(plan, place), Kept::Share).expect("a share to keep")
        }
        Step::Clear(place) => breakback::clear(plan, at(plan, place)).expect("something to clear"),
        Step::Edit(edit) => (**edit).clone(),
    };
    plan.apply(edit).expect("a step that is allowed");
}

fn typed(plan: &Plan, outcome: &Outcome, place: &str, amount: &str) -> Result<Edit, Refusal> {
    breakback::type_amount(plan, outcome, at(plan, place), amount_of(plan, amount))
}

fn rolled_up(plan: &Plan, outcome: &Outcome, place: &str, amount: &str) -> Result<Edit, Refusal> {
    breakback::type_amount_by(plan, outcome, at(plan, place), amount_of(plan, amount), Above::RollUp)
}

/// A finding as a case writes it: its code, and the amounts or percentages that it carries.
fn told(plan: &Plan, finding: &Finding) -> String {
    let print = |it: Amount| amount::plain(it, numeral(&plan.unit));
    let name = |dimension: Dimension, id: NodeId| called(plan, dimension, id);
    match finding {
        Finding::NoTarget => "NoTarget".to_owned(),
        Finding::NoBasis => "NoBasis".to_owned(),
        Finding::EvenQuarters => "EvenQuarters".to_owned(),
        Finding::EvenPeople { node } => format!("EvenPeople {}", name(Dimension::Organisation, *node)),
        Finding::BeyondReach { node, given, capacity, people } => {
            let node = name(Dimension::Organisation, *node);
            format!("BeyondReach {node} {} {} {people}", print(*given), print(*capacity))
        }
        Finding::BelowLastYear { node, given, last_year, people } => {
            let node = name(Dimension::Organisation, *node);
            format!("BelowLastYear {node} {} {} {people}", print(*given), print(*last_year))
        }
        Finding::TargetNotMet { target, total, .. } => format!("TargetNotMet {} {}", print(*target), print(*total)),
        Finding::LocksDropped { dimension, .. } => format!("LocksDropped {dimension:?}"),
        Finding::FloorsExceed { dimension, node, floors, most } => {
            format!("FloorsExceed {} {} {}", name(*dimension, *node), print(*floors), print(*most))
        }
        Finding::CapsFallShort { dimension, node, caps, least } => {
            format!("CapsFallShort {} {} {}", name(*dimension, *node), print(*caps), print(*least))
        }
        Finding::FloorBroken { dimension, node, floor, given } => {
            format!("FloorBroken {} {} {}", name(*dimension, *node), print(*floor), print(*given))
        }
        Finding::CapBroken { dimension, node, cap, given } => {
            format!("CapBroken {} {} {}", name(*dimension, *node), print(*cap), print(*given))
        }
        Finding::FloorAboveCap { dimension, node, floor, cap } => {
            format!("FloorAboveCap {} {} {}", name(*dimension, *node), print(*floor), print(*cap))
        }
        Finding::OffIncrement { dimension, node, increment, given } => {
            format!("OffIncrement {} {} {}", name(*dimension, *node), print(*increment), print(*given))
        }
        Finding::LockBroken { dimension, node, locked, given } => {
            format!("LockBroken {} {} {}", name(*dimension, *node), print(*locked), print(*given))
        }
        Finding::CellLockBroken { locked, given, .. } => format!("CellLockBroken {} {}", print(*locked), print(*given)),
        Finding::TypedGaveWay { dimension, node, typed, given } => {
            format!("TypedGaveWay {} {} {}", name(*dimension, *node), print(*typed), print(*given))
        }
        Finding::CellTypedGaveWay { typed, given, .. } => {
            format!("CellTypedGaveWay {} {}", print(*typed), print(*given))
        }
        Finding::HandedOut { node, handed, given } => {
            format!("HandedOut {} {} {}", name(Dimension::Organisation, *node), print(*handed), print(*given))
        }
        Finding::CellFloorsExceed { floors, most, .. } => {
            format!("CellFloorsExceed {} {}", print(*floors), print(*most))
        }
        Finding::CellCapsFallShort { caps, least, .. } => {
            format!("CellCapsFallShort {} {}", print(*caps), print(*least))
        }
        Finding::CellFloorBroken { floor, given, .. } => format!("CellFloorBroken {} {}", print(*floor), print(*given)),
        Finding::CellCapBroken { cap, given, .. } => format!("CellCapBroken {} {}", print(*cap), print(*given)),
        Finding::CellOffIncrement { increment, given, .. } => {
            format!("CellOffIncrement {} {}", print(*increment), print(*given))
        }
        Finding::PercentNot100 { percent, .. } => format!("PercentNot100 {percent}"),
        Finding::FactorsNot100 { percent, .. } => format!("FactorsNot100 {percent}"),
        Finding::NoScores { factor, .. } => format!("NoScores {factor}"),
        Finding::AmountsOffTotal { sum, total, .. } => format!("AmountsOffTotal {} {}", print(*sum), print(*total)),
        Finding::NoWeights { dimension, node, .. } => format!("NoWeights {}", name(*dimension, *node)),
        Finding::BlankWeights { count, .. } => format!("BlankWeights {count}"),
        Finding::GetsNothing { dimension, node, .. } => format!("GetsNothing {}", name(*dimension, *node)),
        Finding::PeopleShort { target, possible } => format!("PeopleShort {} {}", print(*target), print(*possible)),
        Finding::RampIgnored { target, possible, unramped } => {
            format!("RampIgnored {} {} {}", print(*target), print(*possible), print(*unramped))
        }
        Finding::LeadsShort { target, possible, leads } => {
            format!("LeadsShort {} {} {leads}", print(*target), print(*possible))
        }
        Finding::LimitExceeded { target, possible, .. } => {
            format!("LimitExceeded {} {}", print(*target), print(*possible))
        }
        Finding::MarketExceeded { target, possible } => {
            format!("MarketExceeded {} {}", print(*target), print(*possible))
        }
        // What speaks of people, stages and grounds carries no amounts.
        other => format!("{other:?}"),
    }
}

// ---- Places ----

fn at(plan: &Plan, place: &str) -> At {
    let named: Vec<(Dimension, NodeId)> =
        place.split(" & ").filter(|part| !part.is_empty()).map(|part| node(plan, part)).collect();
    let (one, other) = match named.as_slice() {
        [] => (Dimension::Organisation, Dimension::Time),
        [(one, _)] => (*one, if *one == Dimension::Time { Dimension::Organisation } else { Dimension::Time }),
        [(one, _), (other, _)] => (*one, *other),
        _ => panic!("{place} has more than two sides"),
    };
    let pair = Pair::of(one, other).expect("two dimensions");
    let id = |dimension| named.iter().find(|it| it.0 == dimension).map_or(plan.tree(dimension).root, |it| it.1);
    At { pair, row: id(pair.rows()), column: id(pair.columns()) }
}

fn node(plan: &Plan, place: &str) -> (Dimension, NodeId) {
    let (axis, path) = place.split_once('=').unwrap_or_else(|| panic!("{place} names no dimension"));
    let dimension = dimension(axis);
    let tree = plan.tree(dimension);
    let mut id = tree.root;
    for name in path.split(" / ") {
        // A period is found by its own name, wherever it stands.
        let among: Vec<NodeId> = match dimension {
            Dimension::Time => tree.nodes.keys().copied().collect(),
            _ => tree.children(id).to_vec(),
        };
        let found = among.into_iter().find(|it| called(plan, dimension, *it) == name);
        id = found.unwrap_or_else(|| panic!("no {name} in {place}"));
    }
    (dimension, id)
}

fn called(plan: &Plan, dimension: Dimension, id: NodeId) -> String {
    match plan.calendar.period(id) {
        Period::Quarter(number) if dimension == Dimension::Time => format!("Q{number}"),
        Period::Month { year, month } if dimension == Dimension::Time => format!("{year}-{month:02}"),
        Period::Week { number, .. } if dimension == Dimension::Time => format!("W{number:02}"),
        _ => plan.tree(dimension).name(id).to_owned(),
    }
}

fn dimension(axis: &str) -> Dimension {
    serde_json::from_value(Value::from(axis)).unwrap_or_else(|_| panic!("{axis} is no dimension"))
}

// ---- Plans in short ----

fn numeral(unit: &Unit) -> Numeral {
    Numeral { decimals: unit.decimals(), scale: Scale::One }
}

fn amount_of(plan: &Plan, text: &str) -> Amount {
    amount::parse(text, numeral(&plan.unit)).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn written(fields: &Map<String, Value>) -> Plan {
    let mut plan = Plan::blank("", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    if let Some(unit) = fields.get("unit") {
        plan.unit = serde_json::from_value(unit.clone()).expect("a unit");
    }
    for (field, value) in fields.iter().filter(|(field, _)| *field != "unit") {
        match field.as_str() {
            "target" => plan.goal.target = Some(amount_of(&plan, value.as_str().expect("a target"))),
            "last_year" => plan.goal.last_year = Some(amount_of(&plan, value.as_str().expect("a figure"))),
            "basis" => plan.goal.basis.market = value.as_str().expect("words").to_owned(),
            "calendar" => {
                plan.calendar = serde_json::from_value(value.clone()).expect("a calendar");
                plan.trees.time = plan.calendar.tree();
            }
            "start_month" => plan.calendar.start_month = serde_json::from_value(value.clone()).expect("a month"),
            axis => {
                let mut tree = if axis == "time" { plan.calendar.tree() } else { Tree::single("") };
                let root = tree.root;
                grow(&plan, &mut tree, root, value.clone());
                let edit = Edit::Tree { dimension: dimension(axis), tree: Box::new(tree) };
                plan.apply(edit).expect("a tree");
            }
        }
    }
    let (sound, repairs) = decode(&plan.to_json()).expect("a plan");
    assert!(repairs.is_empty() && sound == plan, "{repairs:?}");
    plan
}

/// Puts a nested node in the place of one of the tree, and what is below it below that.
fn grow(plan: &Plan, tree: &mut Tree, id: NodeId, mut value: Value) {
    let below = value.as_object_mut().and_then(|fields| fields.remove("below"));
    in_units(plan, &mut value);
    let node: Node = serde_json::from_value(value).expect("a node");
    let children = tree.children(id).to_vec();
    let at = tree.nodes.get_mut(&id).expect("a node");
    let method = node.method.or(at.method);
    *at = Node { children: children.clone(), method, ..node };
    let Some(Value::Array(below)) = below else { return };
    for (number, child) in below.into_iter().enumerate() {
        let child_id = children.get(number).copied().unwrap_or_else(|| tree.grow(id, Node::default()));
        grow(plan, tree, child_id, child);
    }
}

/// Amounts that are written as text become whole units.
fn in_units(plan: &Plan, value: &mut Value) {
    let Some(fields) = value.as_object_mut() else { return };
    for (field, value) in fields {
        let is_amount = matches!(
            field.as_str(),
            "amount"
                | "last_year"
                | "value"
                | "part"
                | "whole"
                | "floor"
                | "cap"
                | "increment"
                | "potential"
                | "capacity"
        );
        match value.as_str() {
            Some(text) if is_amount => *value = Value::from(amount_of(plan, text).units()),
            None if field == "mix" => {}
            None if field == "past" => past_in_units(plan, value),
            _ => in_units(plan, value),
        }
    }
}

/// Figures of past periods, by their names. The weights of a mix stand under the same word, and are no amounts.
fn past_in_units(plan: &Plan, value: &mut Value) {
    for figure in value.as_object_mut().into_iter().flat_map(|periods| periods.values_mut()) {
        if let Some(text) = figure.as_str() {
            *figure = Value::from(amount_of(plan, text).units());
        }
    }
}
