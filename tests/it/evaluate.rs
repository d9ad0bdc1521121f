//! The engine on the command line: `examples/evaluate.rs`, run from inside.

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

#[test]
fn what_is_wrong_is_one_sentence() {
    for (arguments, says) in [
        ("", "name a template or a plan file"),
        ("--template", "--template needs a value"),
        ("--template none", "\"none\" is not a template"),
        ("--plan /no/such/file.json", "/no/such/file.json cannot be read"),
        ("--template saas --by week", "\"week\" is not a dimension"),
        ("--template saas --by quarter,month", "two different ones"),
        ("--template saas --by customer,channel", "not divided by customer and channel at once"),
        ("--template saas --language fr", "\"fr\" is not a language"),
        ("--colour red", "--colour is not known"),
    ] {
        let error = run(arguments).expect_err(arguments);
        assert!(error.contains(says) && error.lines().count() == 1, "{arguments}: {error}");
    }
}
