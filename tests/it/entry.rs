//! What is typed into a cell and pasted into a sheet, and what becomes of it: the table in `tests/cases/entries.txt` (U3, U5,
//! U20).

use sextant::amount::{Amount, FormulaError, Numeral, ParseAmountError, Scale, parse, plain};
use sextant::edge::block;
use sextant::edge::table::Cell;
use sextant::engine::breakback::Above;
use sextant::engine::evaluate;
use sextant::plan::template::{Language, Template};
use sextant::plan::{At, Dimension, NodeId, Pair};
use sextant::results::entry::{Entry, EntryError, Takes, read};
use sextant::results::paste::{Wish, Wished, paste, place};
use sextant::results::sheet::Tally;
use sextant::results::show::Show;

const TABLE: &str = include_str!("../cases/entries.txt");
const ROWS: [&str; 3] = ["公司", "华东", "华南"];
const COLUMNS: [&str; 5] = ["组织", "占上级", "全年", "Q1 旺季", "Q2"];

#[test]
fn every_entry_of_the_table_becomes_what_the_table_says() {
    let lines: Vec<&str> = TABLE.lines().filter(|it| !it.is_empty() && !it.starts_with('#')).collect();
    assert!(60 <= lines.len(), "{}", lines.len());
    for line in lines {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let (given, expected) = match fields[..] {
            ["typed", shows, unit, now, text, expected] => (typed(shows, unit, now, text), expected),
            ["pasted", at, text, expected] => (pasted(at, text), expected),
            _ => panic!("a line of the table: {line}"),
        };
        assert_eq!(given, expected, "{line}");
    }
}

fn typed(shows: &str, unit: &str, now: &str, text: &str) -> String {
    let numeral = match unit {
        "元" => Numeral { decimals: 2, scale: Scale::One },
        "万元" => Numeral { decimals: 2, scale: Scale::TenThousand },
        _ => Numeral { decimals: 0, scale: Scale::One },
    };
    let takes = Takes::Shown(match shows {
        "amounts" => Show::Amount,
        "shares" => Show::Share,
        "shares of all" => Show::ShareOfTotal,
        "capacity" => Show::Capacity,
        "per head" => Show::PerHead,
        "changes" => Show::Change,
        _ => Show::Growth,
    });
    match read(text, takes, parse(now, numeral).unwrap(), numeral) {
        Ok(Entry::Nothing) => "follows the rules".to_owned(),
        Ok(Entry::Amount(amount)) => plain(amount, Numeral { scale: Scale::One, ..numeral }),
        Ok(Entry::Share(percent)) => format!("share {percent}"),
        Ok(Entry::Growth(percent)) => format!("growth {percent}"),
        Ok(Entry::Part(percent)) => format!("part {percent}"),
        Ok(Entry::Each(amount)) => format!("each {}", plain(amount, Numeral { scale: Scale::One, ..numeral })),
        Err(EntryError::Number(it) | EntryError::Formula(FormulaError::Number(it))) => number(&it).to_owned(),
        Err(EntryError::Formula(FormulaError::NoResult { .. })) => "no result".to_owned(),
        Err(EntryError::Formula(FormulaError::DividedByZero { .. })) => "divided by zero".to_owned(),
        Err(EntryError::Formula(FormulaError::TooLarge { .. })) => "too large".to_owned(),
    }
}

fn number(error: &ParseAmountError) -> &'static str {
    match error {
        ParseAmountError::Empty => "empty",
        ParseAmountError::NotANumber { .. } => "not a number",
        ParseAmountError::ChineseNumeral { .. } => "chinese numeral",
        ParseAmountError::Ambiguous { .. } => "ambiguous",
        ParseAmountError::Percent { .. } => "percent",
        ParseAmountError::TooPrecise { .. } => "too precise",
        ParseAmountError::TooLarge { .. } => "too large",
    }
}

fn pasted(at: &str, text: &str) -> String {
    let text = text.replace("\\t", "\t").replace("\\r", "\r").replace("\\n", "\n");
    let (row, column) = at.split_once(' ').unwrap();
    let row = ROWS.iter().position(|it| *it == row).unwrap();
    let column = COLUMNS.iter().position(|it| *it == column).unwrap();
    let placed =
        place(&block::read(&text).unwrap(), &ROWS.map(String::from), &COLUMNS.map(String::from), (row, column));
    let mut words: Vec<String> =
        placed.cells.iter().map(|(row, column, text)| format!("{} {}={text}", ROWS[*row], COLUMNS[*column])).collect();
    if 0 < placed.left_out {
        words.push(format!("left out {}", placed.left_out));
    }
    words.join(", ")
}

#[test]
fn a_block_that_is_copied_and_pasted_is_the_same_block() {
    let rows = vec![
        vec![Cell::Text("张三\t\"甲\""), Cell::Number("-12.30")],
        vec![Cell::Text("=1+1"), Cell::Number("")],
        vec![Cell::Text("two\nlines"), Cell::Number("1200000")],
    ];
    let text = block::write(&rows);
    assert_eq!(text, "\"张三\t\"\"甲\"\"\"\t-12.30\r\n'=1+1\t\r\n\"two\nlines\"\t1200000");
    let read = block::read(&text).unwrap();
    // A cell of a sheet is one line.
    assert_eq!(read, [["张三 \"甲\"", "-12.30"], ["=1+1", ""], ["two lines", "1200000"]]);
    assert!(block::write_html(&rows).contains("<td>-12.30</td>"));
    assert!(block::write_html(&[vec![Cell::Text("<b>&")]]).contains("<td>&lt;b&gt;&amp;</td>"));
}

#[test]
fn a_quote_that_is_never_closed_swallows_nothing_and_an_empty_block_is_none() {
    assert_eq!(block::read("7\" screen\t5\n9\t6").unwrap(), [["7\" screen", "5"], ["9", "6"]]);
    assert_eq!(block::read("\"open\t5\n9\t6").unwrap(), [["\"open", "5"], ["9", "6"]]);
    assert!(block::read("").is_err());
    assert!(block::read("\t\n\t").is_err());
}

fn at(row: u32, column: u32) -> At {
    At { pair: Pair::over_time(Dimension::Organisation), row: NodeId(row), column: NodeId(column) }
}

fn wish(row: u32, column: u32, wan: i64) -> Wish {
    Wish { at: at(row, column), is: Wished::Amount(Amount::from_units(wan * 1_000_000)) }
}

/// Numbers that add up to what their wholes hold stand exactly as they were pasted, in one step (U3).
#[test]
fn a_block_that_adds_up_is_taken_to_the_last_unit() {
    let plan = Template::EcommercePercent.plan(Language::Zh, 2027);
    let outcome = evaluate(&plan);
    // The year of the team of three.
    let wishes = [wish(3, 0, 120), wish(4, 0, 130), wish(5, 0, 65)];
    let done = paste(&plan, &outcome, &wishes, Above::Hold);
    assert!(done.granted.iter().all(|it| it.refused.is_none()));
    let after: Vec<i64> = done.granted.iter().map(|it| it.after.units() / 1_000_000).collect();
    assert_eq!(after, [120, 130, 65]);
    let mut changed = plan.clone();
    let inverse = changed.apply(done.edit).unwrap();
    assert!(evaluate(&changed).sums.hold());
    changed.apply(inverse).unwrap();
    assert_eq!(changed, plan);
}

/// What cannot be is refused by how much, and the rest is taken (U20).
#[test]
fn a_block_of_which_one_number_cannot_be_says_which() {
    let plan = Template::EcommercePercent.plan(Language::Zh, 2027);
    let outcome = evaluate(&plan);
    let done = paste(&plan, &outcome, &[wish(3, 0, 120), wish(4, 0, 9_000)], Above::Hold);
    assert_eq!(done.granted[0].refused, None);
    assert!(done.granted[1].refused.is_some());
    assert_eq!(done.granted[0].after, Amount::from_units(120_000_000));
}

/// Where the wholes follow, every number is what was pasted, whatever they add up to (U15).
#[test]
fn a_block_that_moves_the_wholes_is_taken_as_it_is() {
    let plan = Template::EcommercePercent.plan(Language::Zh, 2027);
    let outcome = evaluate(&plan);
    let done = paste(&plan, &outcome, &[wish(3, 0, 200), wish(4, 0, 150)], Above::RollUp);
    let after: Vec<i64> = done.granted.iter().map(|it| it.after.units() / 1_000_000).collect();
    assert_eq!(after, [200, 150]);
    let mut changed = plan.clone();
    changed.apply(done.edit).unwrap();
    assert_eq!(evaluate(&changed).total().units(), 1_300_000_000);
}

#[test]
fn the_chosen_cells_come_to_a_sum_and_a_rounded_average() {
    let tally = |units: &[i64]| {
        let tally = Tally::of(units.iter().map(|it| Amount::from_units(*it)));
        (tally.sum.units(), tally.average.units(), tally.count)
    };
    assert_eq!(tally(&[1, 2, 4]), (7, 2, 3));
    assert_eq!(tally(&[1, 2]), (3, 2, 2));
    assert_eq!(tally(&[]), (0, 0, 0));
}
