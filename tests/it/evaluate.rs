//! The engine on the command line: `examples/evaluate.rs`, run from inside.

use std::path::Path;

use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::plan::{Buffer, Calendar, Crew, LeadSource, Level, Limit, Market, Node, Plan, Stage, Unit};

#[path = "../../examples/evaluate.rs"]
#[allow(dead_code, reason = "its main is the example's")]
mod example;

fn run(arguments: &str) -> Result<String, String> {
    example::run(arguments.split_whitespace().map(str::to_owned))
}

/// S0-15 as a table.
#[test]
fn a_template_by_quarters() {
    let table = "quarter,amount\nQ1,4800000.00\nQ2,3000000.00\nQ3,3600000.00\nQ4,600000.00\n";
    assert_eq!(run("--template ecommerce-percent --by quarter").as_deref(), Ok(table));
}

/// S1-19: people are whole, and have no decimals.
#[test]
fn two_dimensions_in_the_order_asked_for() {
    let table = run("--template enrolment --language en --by quarter,channel").expect("a table");
    assert!(table.starts_with("quarter,channel,amount\nQ1,All scenes,200\nQ1,All scenes / Online,100\n"), "{table}");
    let turned = run("--template enrolment --language en --by channel,quarter").expect("a table");
    assert!(turned.contains("\nAll scenes / Online,Q1,100\n"), "{turned}");
    assert_eq!(table.lines().count(), turned.lines().count());
}

#[test]
fn months_of_a_plan_file() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/plan-v1.json");
    let arguments = ["--plan", file, "--by", "month"].map(str::to_owned);
    let table = example::run(arguments.into_iter()).expect("a table");
    assert_eq!(table.lines().count(), 13);
    assert!(table.starts_with("month,amount\n2027-"), "{table}");
}

/// Three dimensions by their leaves; what two of them come to is what the table of these two says.
#[test]
fn three_dimensions_add_up_to_the_tables_of_two() {
    let plan = "--template ecommerce-percent --language en --by";
    let table = run(&format!("{plan} organisation,month,product")).expect("a table");
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["organisation", "month", "product", "amount"]);
    let cents = |amount: &str| amount.replace('.', "").parse::<i64>().expect("an amount");
    for (by, columns) in [("organisation,month", [0, 1]), ("organisation,product", [0, 2])] {
        let mut sums = std::collections::BTreeMap::new();
        for row in &rows[1..] {
            *sums.entry(columns.map(|it| row[it])).or_insert(0) += cents(row[3]);
        }
        let of_two = run(&format!("{plan} {by}")).expect("a table");
        let mut found = 0;
        for row in of_two.lines().skip(1).map(|line| line.split(',').collect::<Vec<&str>>()) {
            if let Some(sum) = sums.get(&[row[0], row[1]]) {
                assert_eq!(*sum, cents(row[2]), "{row:?}");
                found += 1;
            }
        }
        assert_eq!(found, sums.len());
    }
    let told = run(&format!("{plan} organisation,month,product --check")).expect("findings");
    assert!(told.contains("\nResidual,Organisation x Time,largest 0.00; sum 0.00; cells 0\n"), "{told}");
    assert!(told.contains("\nResidual,Product x Time,largest "), "{told}");
    let quarters = run(&format!("{plan} quarter,channel,product")).expect("a table");
    assert!(quarters.starts_with("quarter,channel,product,amount\nQ1,"), "{quarters}");
}

/// N18: the chain from the target to one number, each step with what it came to and why.
#[test]
fn a_number_says_where_it_comes_from() {
    let place = "电商事业部 / 华东大区 & Q1";
    let arguments = ["--template", "ecommerce-percent", "--by", "organisation,quarter", "--trace", place];
    let chain = example::run(arguments.map(str::to_owned).into_iter()).expect("a chain");
    let lines: Vec<&str> = chain.lines().collect();
    assert_eq!(lines[0], "step,place,amount,of,why");
    assert_eq!(lines[1], "1,,12000000.00,12000000.00,Target");
    assert!(lines[2].starts_with("2,电商事业部 / 华东大区,5400000.00,12000000.00,"), "{chain}");
    assert!(lines[2].contains("Percent"), "{chain}");
    assert_eq!(lines[3], "3,Q1,2160000.00,5400000.00,Fitted");
    let wrong = ["--template", "saas", "--trace", "nobody"].map(str::to_owned);
    assert_eq!(example::run(wrong.into_iter()), Err("\"nobody\" is not in the organisation of this plan".to_owned()));
}

#[test]
fn findings_and_fairness_are_printed_with_their_codes() {
    let told = run("--template territories --check").expect("findings");
    assert!(told.starts_with("kind,code,says\nWarning,EvenQuarters,\n"), "{told}");
    assert!(told.contains("node: \"\"285\"\""), "{told}");
    assert!(told.contains("\nFairness,OnLastYear,lowest 68.88%; median 68.88%; highest 68.88%\n"), "{told}");
}

/// S0-08, S0-13, S0-39, S1-04, S1-09, S1-43: what a plan can reach, on the command line.
#[test]
fn what_bounds_a_target_is_printed() {
    let number = |it: i64| Some(Decimal::from(it));
    let mut plan = Plan::blank("reach", Unit::Count("customers".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::from_units(1_000));
    plan.goal.last_year = Some(Amount::from_units(640));
    for orders in [5, 2] {
        let level = plan.capacity.levels.push(Level { orders: number(orders), ..Level::default() });
        plan.capacity.crews.push(Crew { level: Some(level), heads: 10, ..Crew::default() });
    }
    plan.funnel.stages.push(Stage { name: "leads".to_owned(), conversion: number(2), ..Stage::default() });
    plan.funnel.stages.push(Stage { name: "orders".to_owned(), ..Stage::default() });
    plan.funnel.sources.push(LeadSource { leads: number(2_000), ..LeadSource::default() });
    plan.goal.limits.push(Limit { growth: number(50), ..Limit::default() });
    plan.goal.market =
        Market { customers: number(50_000), served: number(2_000), penetration: number(8), ..Market::default() };
    plan.buffer = Buffer { stretch: [(0, Decimal::from(15))].into(), floor: number(15) };
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reach.json");
    std::fs::write(&file, plan.to_json()).expect("a file");
    let told = example::run(["--plan", file.to_str().expect("a path"), "--check"].map(str::to_owned).into_iter());
    let told = told.expect("figures");
    for line in [
        "Capacity,People,orders 840; in the best month 70; amount 840",
        "Funnel,Stage,leads; comes in 24000; target asks 50000; bottleneck",
        "Funnel,LeadsShort,2166.7 a month",
        "Gate,Leads,possible 480; short 520",
        "Gate,People,possible 840; short 160",
        "Gate,Limit(ItemId(0)),possible 960; short 40",
        "Gate,Market,possible 50000; short -",
        "Sight,Market,2000 to 4000",
        "Sight,Capability,480 to 840",
        "Buffer,Level0,adds 15%; together 15%; aims at 1150",
        "Buffer,Range,904 to 1000",
    ] {
        assert!(told.lines().any(|it| it == line), "{line}\n{told}");
    }
}

/// Items 7 and 8: a line a node, and nothing where nobody submitted anything.
#[test]
fn given_submitted_and_agreed_are_a_table() {
    let table = run("--template saas --language en --agree").expect("a table");
    let head = "organisation,given,submitted,below,complete,gap,gap_percent,trust,reconciled";
    assert_eq!(table.lines().next(), Some(head));
    assert!(table.lines().skip(1).all(|line| line.contains(",,,,,,50,")), "{table}");

    let mut plan = Plan::blank("agree", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::from_units(30_000));
    let tree = &mut plan.trees.organisation;
    for (name, submitted) in [("one", Some(9_000)), ("two", None)] {
        tree.grow(tree.root, Node { submitted: submitted.map(Amount::from_units), ..Node::named(name) });
    }
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("agree.json");
    std::fs::write(&file, plan.to_json()).expect("a file");
    let arguments = ["--plan", file.to_str().expect("a path"), "--agree"].map(str::to_owned);
    let lines = [
        head,
        ",300.00,,90.00,false,-60.00,-40.00,50,282.86",
        " / one,150.00,90.00,,,-60.00,-40.00,50,124.29",
        " / two,150.00,,,,,,50,158.57",
    ];
    assert_eq!(example::run(arguments.into_iter()).as_deref(), Ok(format!("{}\n", lines.join("\n")).as_str()));
}

#[test]
fn what_is_wrong_is_one_sentence() {
    for (arguments, says) in [
        ("", "name a template or a plan file"),
        ("--template", "--template needs a value"),
        ("--template none", "\"none\" is not a template"),
        ("--plan /no/such/file.json", "/no/such/file.json cannot be read"),
        ("--template saas --by day", "\"day\" is not a dimension"),
        ("--template saas --by week", "not divided into weeks"),
        ("--template saas --by quarter,month", "two or three different ones"),
        ("--template saas --by organisation,quarter,month", "two or three different ones"),
        ("--template saas --by organisation,product,month --trace nobody", "--trace takes one dimension, or two"),
        ("--template saas --language fr", "\"fr\" is not a language"),
        ("--colour red", "--colour is not known"),
    ] {
        let error = run(arguments).expect_err(arguments);
        assert!(error.contains(says) && error.lines().count() == 1, "{arguments}: {error}");
    }
}

/// N11: how likely each node is, and by the end of each month; the same each time.
#[test]
fn how_likely_it_is_is_printed() {
    let table = run("--template saas --language en --chance").expect("a table");
    assert!(
        table.starts_with("of,target,chance,error,p10,p50,p90,stop_loss,buffer,buffer_least,buffer_most\n"),
        "{table}"
    );
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    assert!(lines.iter().all(|it| it.len() == 11), "{table}");
    let months = lines.iter().filter(|it| it[0].starts_with("by the end of month ")).count();
    assert_eq!(months, 12);
    let number = |at: usize, column: usize| lines[at][column].parse::<f64>().expect("a number");
    let (whole, december) = (1, lines.len() - 1);
    assert_eq!([2, 4, 5, 6].map(|it| lines[whole][it]), [2, 4, 5, 6].map(|it| lines[december][it]));
    assert!(number(whole, 4) < number(whole, 5) && number(whole, 5) < number(whole, 6), "{table}");
    assert_eq!(run("--template saas --language en --chance").as_deref(), Ok(&*table));
}

/// A plan with a scenario done to it, and beside its scenarios.
#[test]
fn a_scenario_is_done_to_the_plan_or_stands_beside_it() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/plan-v5.json");
    let run = |more: &[&str]| example::run(["--plan", file].iter().chain(more).map(|it| (*it).to_owned()));
    let total = |table: &str| table.lines().nth(1).and_then(|it| it.rsplit(',').next()).map(str::to_owned);
    let lower = run(&["--scenario", "竞品降价"]).expect("a table");
    assert_eq!(total(&lower).as_deref(), Some("10800000.00"));
    assert_eq!(total(&run(&[]).expect("a table")).as_deref(), Some("12000000.00"));
    let unknown = run(&["--scenario", "没有"]).expect_err("no such scenario");
    assert!(unknown.contains("\"没有\"") && unknown.contains("\"竞品降价\""), "{unknown}");
    let compared = run(&["--compare"]).expect("a table");
    assert!(compared.starts_with("figure,base,竞品降价\nTarget,12000000.00,10800000.00\n"), "{compared}");
    assert!(!compared.contains("Heads"), "nobody came or went:\n{compared}");
}
