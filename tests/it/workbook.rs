//! Workbooks: what is written adds up again, cell by cell and to the last unit (N31); other programs read it as we do; what
//! people named is never a formula; and what comes in is bounded, whatever it says of itself.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use leptos::prelude::{Owner, untrack};
use rust_decimal::Decimal;
use sextant::amount::{Amount, Scale};
use sextant::edge::import::{Blanks, Wanted, convert, lines};
use sextant::edge::returned::{self, Odd, ReturnError, Told};
use sextant::edge::table::{self, Role};
use sextant::edge::xlsx::{Book, Cell, Look, Row, Sheet, Value, Workbook, WorkbookError, address};
use sextant::engine::{Outcome, evaluate};
use sextant::i18n::{Locale, Words};
use sextant::live::Held;
use sextant::plan::template::{Language, Template};
use sextant::plan::{Calendar, Dimension, Edit, Field, GoalField, Method, Node, NodeId, Plan, Tree, Unit, Weeks};
use sextant::results::sheet;
use sextant::results::workbook::{Unrolled, pairs};
use sextant::views::workbook::{book, csv, fill};

/// What a story needs to be told in a language.
fn in_words<T>(locale: Locale, story: impl FnOnce(Words) -> T) -> T {
    let owner = Owner::new();
    owner.set();
    untrack(|| story(Words::new(Held::new(locale), Held::new(false))))
}

/// Plans of all kinds: the worked examples, one with weeks and an own season, one that hands out less than it has, and one
/// of a year from April in dollars with cents that do not come out even.
fn plans() -> Vec<Plan> {
    let mut plans: Vec<Plan> = Template::ALL.into_iter().map(|it| it.plan(Language::Zh, 2027)).collect();
    plans.extend(Template::ALL.into_iter().map(|it| it.plan(Language::En, 2026)));
    plans.extend([with_weeks(), with_a_rest(), in_cents()]);
    plans
}

fn with_weeks() -> Plan {
    let mut plan = Template::EcommercePercent.plan(Language::Zh, 2027);
    let calendar = Calendar { weeks: Some(Weeks::FourFourFive), ..plan.calendar.clone() };
    plan.apply(Edit::Calendar(calendar)).unwrap();
    plan
}

/// Teams that may together have up to a tenth less or more than their whole.
fn with_a_rest() -> Plan {
    let mut plan = tree_of("余额", "CNY", &[("华东", &["甲", "乙"]), ("华南", &["丙"])], 10_000_001);
    let root = plan.trees.organisation.root;
    let node = |id, field| Edit::Node { dimension: Dimension::Organisation, id, field };
    plan.apply(node(root, Field::Method(Some(Method::Percent)))).unwrap();
    plan.apply(node(root, Field::Tolerance(Some(Decimal::from(10))))).unwrap();
    let teams = plan.trees.organisation.children(root).to_vec();
    for (team, percent) in teams.into_iter().zip([60, 35]) {
        plan.apply(node(team, Field::Percent(Some(Decimal::from(percent))))).unwrap();
    }
    plan
}

fn in_cents() -> Plan {
    let people: Vec<String> = (1..=301).map(|it| format!("Person {it}")).collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let mut plan =
        tree_of("Cents", "USD", &[("East", &people), ("West", &["Ann", "Ann"]), ("Nobody's", &[])], 9_999_999_999_999);
    plan.apply(Edit::Calendar(Calendar::new(2027, 4))).unwrap();
    let root = plan.trees.product.root;
    for name in ["One", "Two", "Three"] {
        plan.trees.product.grow(root, Node::named(name));
    }
    plan
}

fn tree_of(title: &str, unit: &str, teams: &[(&str, &[&str])], target: i64) -> Plan {
    let mut plan = Plan::blank(title, Unit::Money(unit.to_owned()), Calendar::new(2027, 1));
    let tree = &mut plan.trees.organisation;
    for (team, people) in teams {
        let at = tree.grow(tree.root, Node::named(*team));
        for person in *people {
            tree.grow(at, Node::named(*person));
        }
    }
    plan.apply(Edit::Goal(GoalField::Target(Some(Amount::from_units(target))))).unwrap();
    plan
}

fn made(words: Words, plan: &Plan, outcome: &Outcome) -> Book {
    book(words, plan, outcome, "2026-08-21 14:02")
}

fn calamine_of(book: &Book) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(book.to_bytes())).unwrap()
}

// ---- What is written adds up again ----

/// A sheet as another program reads it, whose formulas are worked out from nothing but its numbers.
struct Sums<'a> {
    sheets: &'a BTreeMap<String, BTreeMap<String, Given>>,
    sheet: &'a str,
}

#[derive(Clone, Debug)]
enum Given {
    Number(Decimal),
    /// The formula, and the value that is kept with it.
    Formula(String, Decimal),
    Text(String),
}

impl Sums<'_> {
    fn value(&self, at: &str) -> Decimal {
        match self.sheets[self.sheet].get(at) {
            Some(Given::Number(number)) => *number,
            Some(Given::Formula(formula, _)) => self.work_out(formula),
            Some(Given::Text(_)) | None => Decimal::ZERO,
        }
    }

    fn work_out(&self, formula: &str) -> Decimal {
        if let Some(inside) = inside(formula, "ROUND") {
            let (of, places) = inside.rsplit_once(',').unwrap();
            return self.work_out(of).round_dp(places.parse().unwrap());
        }
        if let Some(inside) = inside(formula, "SUM") {
            return inside.split(',').flat_map(cells).map(|it| self.value(&it)).sum();
        }
        if let Some(inside) = inside(formula, "SUMIF") {
            let [levels, level, amounts] = inside.split(',').collect::<Vec<_>>().try_into().unwrap();
            let level: Decimal = level.parse().unwrap();
            let (levels, amounts) = (cells(levels), cells(amounts));
            let pairs = levels.iter().zip(&amounts).filter(|(it, _)| self.value(it) == level);
            return pairs.map(|(_, it)| self.value(it)).sum();
        }
        if let Some(inside) = inside(formula, "IF") {
            let (whole, rest) = inside.split_once("=0,0,").unwrap();
            let (part, of) = rest.split_once('/').unwrap();
            assert_eq!(whole, of);
            let whole = self.value(whole);
            return if whole.is_zero() { whole } else { self.value(part) / whole };
        }
        let (there, whole) = formula.split_once('-').unwrap();
        let (sheet, at) = there.strip_prefix('\'').unwrap().split_once("'!").unwrap();
        Sums { sheet, ..*self }.value(at) - self.value(whole)
    }
}

fn inside<'a>(formula: &'a str, name: &str) -> Option<&'a str> {
    formula.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')
}

/// The cells of a range, or the one.
fn cells(range: &str) -> Vec<String> {
    let Some((first, last)) = range.split_once(':') else { return vec![range.to_owned()] };
    let [(row, column), (last_row, last_column)] = [first, last].map(place);
    (row..=last_row).flat_map(|row| (column..=last_column).map(move |column| address(row, column))).collect()
}

fn place(address: &str) -> (usize, usize) {
    let digits = address.find(|it: char| it.is_ascii_digit()).unwrap();
    let column = address[..digits].bytes().fold(0, |sum, it| sum * 26 + usize::from(it - b'A') + 1);
    (address[digits..].parse::<usize>().unwrap() - 1, column - 1)
}

fn decimal(number: f64) -> Decimal {
    number.to_string().parse().unwrap()
}

fn read_by_calamine(book: &Book) -> BTreeMap<String, BTreeMap<String, Given>> {
    let mut workbook = calamine_of(book);
    let mut sheets = BTreeMap::new();
    for name in workbook.sheet_names() {
        let (values, formulas) = (workbook.worksheet_range(&name).unwrap(), workbook.worksheet_formula(&name).unwrap());
        let mut cells = BTreeMap::new();
        let (row, column) = values.start().unwrap_or_default();
        for (at_row, at_column, value) in values.used_cells() {
            let at = (row as usize + at_row, column as usize + at_column);
            let formula = formulas.get_value((at.0 as u32, at.1 as u32)).filter(|it| !it.is_empty());
            let given = match (value, formula) {
                (Data::Float(number), Some(formula)) => Given::Formula(formula.clone(), decimal(*number)),
                (Data::Float(number), None) => Given::Number(decimal(*number)),
                (Data::String(text), None) => Given::Text(text.clone()),
                other => panic!("{name} {at:?}: {other:?}"),
            };
            cells.insert(address(at.0, at.1), given);
        }
        sheets.insert(name, cells);
    }
    sheets
}

/// Where the table's own columns begin: behind the share.
fn first_column(cells: &BTreeMap<String, Given>, head: &str) -> usize {
    let is_share = |at: &usize| matches!(cells.get(&address(0, *at)), Some(Given::Text(text)) if text == head);
    (0..70).find(is_share).unwrap() + 1
}

/// U44: no formula is broken, and whoever gets the workbook can work every number out anew.
#[test]
fn every_number_of_the_workbook_is_the_plans_and_every_formula_comes_to_it_again() {
    for plan in plans() {
        let outcome = evaluate(&plan);
        let unrolled = Unrolled::of(&outcome, pairs(&plan)[0]).unwrap();
        assert_eq!(unrolled.rows.iter().any(|it| it.is_rest), plan.title == "余额", "what is not handed out has a row");
        in_words(Locale::zh, |words| {
            let book = made(words, &plan, &outcome);
            let sheets = read_by_calamine(&book);
            for (pair, sheet) in pairs(&plan).into_iter().zip(&book.sheets) {
                let of = Unrolled::of(&outcome, pair).unwrap();
                let cells = &sheets[&sheet.name];
                let first = first_column(cells, "占上级");
                let sums = Sums { sheets: &sheets, sheet: &sheet.name };
                let scale = 10_i64.pow(u32::from(plan.unit.decimals()));
                for (row, column) in (0..of.rows.len()).flat_map(|it| (0..of.columns.len()).map(move |at| (it, at))) {
                    let at = address(row + 1, first + column);
                    let place = of.rows[row];
                    let units = sheet::units(&outcome, pair, place, of.columns[column].position);
                    let amount = Decimal::from(units) / Decimal::from(scale);
                    let is_sum = !place.is_leaf || !of.columns[column].is_leaf;
                    match &cells[&at] {
                        Given::Number(number) => assert!(!is_sum && *number == amount, "{} {at}", plan.title),
                        Given::Formula(formula, kept) => {
                            assert!(is_sum, "{} {at} is {formula}", plan.title);
                            assert_eq!((*kept, sums.work_out(formula)), (amount, amount), "{} {at}", plan.title);
                        }
                        Given::Text(text) => panic!("{} {at}: {text}", plan.title),
                    }
                }
                for row in 0..of.rows.len() {
                    let Given::Formula(formula, kept) = &cells[&address(row + 1, first - 1)] else { panic!("a share") };
                    assert!((sums.work_out(formula) - kept).abs() < Decimal::new(1, 12), "{} {row}", plan.title);
                }
            }
            let about = &book.sheets.last().unwrap().name;
            let checks: Vec<Decimal> = sheets[about]
                .values()
                .filter_map(|it| match it {
                    Given::Formula(formula, _) => Some(Sums { sheets: &sheets, sheet: about }.work_out(formula)),
                    _ => None,
                })
                .collect();
            assert_eq!(checks, vec![Decimal::ZERO; pairs(&plan).len()], "{}", plan.title);
        });
    }
}

/// More groups than one sum can name, each with people: they are summed by their level.
#[test]
fn a_whole_of_very_many_parts_is_still_a_formula() {
    let names: Vec<String> = (0..700).map(|it| format!("店{it}")).collect();
    let teams: Vec<(&str, &[&str])> = names.iter().map(|it| (it.as_str(), &["甲", "乙"][..])).collect();
    let plan = tree_of("连锁", "CNY", &teams, 1_234_567_891);
    let outcome = evaluate(&plan);
    in_words(Locale::en, |words| {
        let book = made(words, &plan, &outcome);
        let sheets = read_by_calamine(&book);
        let cells = &sheets[&book.sheets[0].name];
        let first = first_column(cells, "Of the one above");
        let Given::Formula(formula, kept) = &cells[&address(1, first + 2)] else { panic!("a sum") };
        assert!(formula.contains("SUMIF("), "{formula}");
        let sums = Sums { sheets: &sheets, sheet: &book.sheets[0].name };
        assert_eq!(sums.work_out(formula), *kept);
        let january = Unrolled::of(&outcome, pairs(&plan)[0]).unwrap().units(&outcome, 0, 2);
        assert_eq!(*kept, Decimal::new(january, 2));
    });
}

/// A spreadsheet keeps fifteen digits. No amount of a plan has more, however much more than there is may be handed out; a
/// sum of what was entered can, and is written as text.
#[test]
fn the_largest_plan_is_kept_to_the_last_unit() {
    let most = Amount::MAX.units();
    let mut plan = tree_of("巨额", "CNY", &[("甲", &[]), ("乙", &[]), ("丙", &[])], most);
    let root = plan.trees.organisation.root;
    let node = |id, field| Edit::Node { dimension: Dimension::Organisation, id, field };
    plan.apply(node(root, Field::Method(Some(Method::Percent)))).unwrap();
    plan.apply(node(root, Field::Tolerance(Some(Decimal::from(1_000))))).unwrap();
    for (id, percent) in
        plan.trees.organisation.children(root).to_vec().into_iter().zip(["333.333331", "200", "0.000001"])
    {
        plan.apply(node(id, Field::Percent(Some(percent.parse().unwrap())))).unwrap();
        plan.apply(node(id, Field::LastYear(Some(Amount::from_units(most))))).unwrap();
    }
    let outcome = evaluate(&plan);
    in_words(Locale::zh, |words| {
        let book = made(words, &plan, &outcome);
        let sheets = read_by_calamine(&book);
        let digits = |it: &Decimal| it.normalize().mantissa().abs().to_string().len();
        for cell in sheets[&book.sheets[0].name].values() {
            if let Given::Number(number) | Given::Formula(_, number) = cell {
                assert!(digits(number) <= 15 || number.abs() < Decimal::from(100), "{number}");
            }
        }
        let before = "30000000000000";
        assert!(sheets["计划"].values().any(|it| matches!(it, Given::Text(text) if text == before)), "{sheets:?}");
    });
}

/// U70, and the list of OWASP: what people named is text in every program, whatever it looks like.
#[test]
fn names_are_text_and_never_a_formula() {
    let names = [
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "@SUM(1+9)*cmd|' /C calc'!A0",
        "+86 张三",
        "-1",
        "_x0041_",
        "<b>&amp;\"'",
        "=1+1",
    ];
    let mut plan = tree_of("=cmd|'/C calc'!A0", "CNY", &[("队", &names)], 10_000);
    let first = plan.trees.organisation.children(NodeId(1))[0];
    let edit = |field| Edit::Node { dimension: Dimension::Organisation, id: first, field };
    plan.apply(edit(Field::Tag("=A1".to_owned()))).unwrap();
    plan.apply(edit(Field::Note("=A1\n=B1".to_owned()))).unwrap();
    let outcome = evaluate(&plan);
    in_words(Locale::zh, |words| {
        for book in [made(words, &plan, &outcome), fill(words, &plan, &outcome)] {
            let mut workbook = calamine_of(&book);
            let mut found = Vec::new();
            for name in workbook.sheet_names() {
                let range = workbook.worksheet_range(&name).unwrap();
                found.extend(range.used_cells().filter_map(|(_, _, it)| match it {
                    Data::String(text) => Some(text.clone()),
                    _ => None,
                }));
                for (_, _, formula) in workbook.worksheet_formula(&name).unwrap().used_cells() {
                    let known = ["", "SUM(", "ROUND(", "IF("];
                    assert!(
                        known.iter().any(|it| formula.is_empty() || !it.is_empty() && formula.starts_with(it)),
                        "{formula}"
                    );
                    assert!(!formula.contains("cmd") && !formula.contains("HYPERLINK"), "{formula}");
                }
            }
            for name in names {
                assert!(found.iter().any(|it| it == name), "{name} in {}", book.title);
            }
        }
        let csv = csv(words, &plan, &outcome);
        assert!(csv.starts_with('\u{feff}'), "Excel reads Chinese by this mark");
        assert!(
            csv.contains("\"'=1+1\"") && csv.contains("\"'@SUM(1+9)*cmd|' /C calc'!A0\"") && csv.contains("\"'-1\"")
        );
        assert!(csv.lines().all(|it| it.starts_with('"') || it.starts_with('\u{feff}')));
        // Read again, names are what they were, and a minus of a number is no name.
        let sheet = table::read(&csv).unwrap();
        let column = sheet.headers.iter().position(|it| it == "团队或人员").unwrap();
        let read: Vec<&str> = sheet.rows.iter().map(|it| it[column].as_str()).filter(|it| !it.is_empty()).collect();
        assert_eq!(read, names);
    });
}

// ---- What is written is read again ----

#[test]
fn we_read_a_workbook_as_another_program_does() {
    for plan in [in_cents(), with_weeks()] {
        let outcome = evaluate(&plan);
        in_words(Locale::en, |words| {
            for book in [made(words, &plan, &outcome), fill(words, &plan, &outcome)] {
                let (ours, mut theirs) = (Workbook::open(book.to_bytes()).unwrap(), calamine_of(&book));
                let names: Vec<String> = ours.sheets().map(|(name, _)| name.to_owned()).collect();
                assert_eq!(names, theirs.sheet_names());
                for (at, name) in names.iter().enumerate() {
                    let (grid, range) = (ours.read(at).unwrap(), theirs.worksheet_range(name).unwrap());
                    let (row, column) = range.start().unwrap_or_default();
                    let mut count = 0;
                    for (at_row, at_column, value) in range.used_cells() {
                        let ours = grid.get(row as usize + at_row + 1, column as usize + at_column + 1);
                        count += usize::from(!ours.is_empty());
                        match value {
                            Data::String(text) => assert_eq!(ours, text, "{name}"),
                            Data::Float(number) if ours.ends_with('%') => {
                                let of_one: Decimal =
                                    ours.trim_end_matches('%').parse::<Decimal>().unwrap() / Decimal::ONE_HUNDRED;
                                assert!((of_one - decimal(*number)).abs() < Decimal::new(1, 14), "{ours} {number}");
                            }
                            Data::Float(number) => assert_eq!(ours.parse::<Decimal>().unwrap(), decimal(*number)),
                            other => panic!("{other:?}"),
                        }
                    }
                    let all: usize = grid.rows().map(|it| grid.columns_of(it).count()).sum();
                    assert_eq!(count, all, "{name}");
                }
            }
        });
    }
}

/// The tree below the whole: names by depth, and what each has in the year.
fn sketch(plan: &Plan) -> Vec<(usize, String, i64)> {
    let outcome = evaluate(plan);
    let division = outcome.division(Dimension::Organisation);
    let line = |at: usize| {
        let name = plan.trees.organisation.name(division.layout.id(at)).to_owned();
        (division.layout.depth(at), name, division.amounts[at])
    };
    (1..division.layout.len()).map(line).collect()
}

#[test]
fn an_exported_workbook_imported_is_the_same_tree_with_the_same_numbers() {
    for plan in plans().into_iter().filter(|it| it.trees.organisation.is_divided() && it.title != "余额") {
        for locale in [Locale::zh, Locale::en] {
            in_words(locale, |words| {
                let outcome = evaluate(&plan);
                let workbook = Workbook::open(made(words, &plan, &outcome).to_bytes()).unwrap();
                let csv = table::decode(csv(words, &plan, &outcome).as_bytes()).unwrap();
                for text in [workbook.read(0).unwrap().to_text(), csv] {
                    let sheet = table::read(&text).unwrap();
                    let roles = table::propose(&sheet);
                    assert!(roles.contains(&Role::Target), "{roles:?} {:?}", sheet.headers);
                    let wanted = Wanted {
                        roles,
                        unit: plan.unit.clone(),
                        scale: sextant::edge::import::proposed_scale(&sheet, &table::propose(&sheet)),
                        blanks: Blanks::Nothing,
                        method: None,
                    };
                    assert_eq!(wanted.scale, Scale::One);
                    let import = convert(&sheet, &lines(&text, &sheet), &wanted, &Tree::single("")).unwrap();
                    assert_eq!(import.method, Method::Amount);
                    assert_eq!(import.report.target, plan.goal.target, "sums of sums count once");
                    let sums = |it: &sextant::edge::import::Odd| {
                        matches!(
                            it,
                            sextant::edge::import::Odd::Sum { line: 2, .. }
                                | sextant::edge::import::Odd::Repeated { .. }
                        )
                    };
                    assert!(import.report.odd.iter().all(sums), "{:?}", import.report.odd);
                    let again = sextant::edge::import::plan(
                        "again".to_owned(),
                        plan.unit.clone(),
                        plan.calendar.clone(),
                        import,
                        plan.goal.target,
                    );
                    assert_eq!(sketch(&again), sketch(&plan), "{}", plan.title);
                }
            });
        }
    }
}

// ---- What comes in ----

fn workbook_of(rows: Vec<Vec<Cell>>) -> Vec<u8> {
    let rows = rows.into_iter().map(|cells| Row { level: 0, cells }).collect();
    let sheet = Sheet { name: "表".to_owned(), rows, ..Sheet::default() };
    Book { title: String::new(), amounts: "#,##0".to_owned(), sheets: vec![sheet] }.to_bytes()
}

#[test]
fn what_is_no_workbook_is_refused_and_so_is_one_that_was_cut() {
    let good = workbook_of(vec![vec![Cell::text("姓名", Look::Head)]]);
    assert!(Workbook::open(good.clone()).is_ok());
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0].to_vec();
    assert_eq!(Workbook::open(old).unwrap_err(), WorkbookError::OldOrLocked);
    assert_eq!(Workbook::open(b"a,b\n1,2\n".to_vec()).unwrap_err(), WorkbookError::NotAWorkbook);
    let limit = table::MAX_BYTES;
    assert_eq!(Workbook::open(vec![0; limit + 1]).unwrap_err(), WorkbookError::TooLarge { bytes: limit + 1, limit });
    // Cut or altered anywhere, it is refused, or says nothing but what it said.
    for cut in (4..good.len() - 2).step_by(7) {
        assert!(Workbook::open(good[..cut].to_vec()).is_err(), "cut at {cut}");
    }
    for at in (4..good.len()).step_by(3) {
        let mut bad = good.clone();
        bad[at] ^= 0x55;
        if let Ok(book) = Workbook::open(bad) {
            let grid = book.read(0);
            assert!(grid.is_err() || grid.is_ok_and(|it| it.is_empty() || it.get(1, 1) == "姓名"), "altered at {at}");
        }
    }
}

#[test]
fn a_workbook_that_unpacks_to_far_more_is_stopped_on_the_way() {
    let long = "0".repeat(30 << 20);
    let bytes = workbook_of(vec![vec![Cell::text(long, Look::Plain)]]);
    assert!(bytes.len() < 100_000, "{} bytes", bytes.len());
    assert_eq!(Workbook::open(bytes).unwrap().read(0).unwrap_err(), WorkbookError::Bomb);
}

#[test]
fn more_rows_than_a_table_may_have_are_refused_by_their_number() {
    let rows = |many: usize| workbook_of(vec![vec![Cell::number("1", Look::Plain)]; many]);
    assert!(Workbook::open(rows(10_001)).unwrap().read(0).is_ok());
    let limit = table::MAX_ROWS;
    assert!(
        matches!(Workbook::open(rows(10_002)).unwrap().read(0), Err(WorkbookError::TooManyRows { limit: it, .. }) if it == limit)
    );
    let wide = workbook_of(vec![vec![Cell::number("1", Look::Plain); 200]]);
    assert!(matches!(Workbook::open(wide).unwrap().read(0), Err(WorkbookError::TooManyColumns { .. })));
}

fn lines_of(bytes: &[u8], sheet: usize) -> Vec<String> {
    Workbook::open(bytes.to_vec()).unwrap().read(sheet).unwrap().to_text().lines().map(str::to_owned).collect()
}

/// One file as two programs write it: fifteen digits, percentages with their sign, days as days, formulas as their values.
#[test]
fn workbooks_of_other_programs_are_read_as_they_are_seen() {
    let of_openpyxl = lines_of(include_bytes!("../cases/workbooks/openpyxl.xlsx"), 0);
    let of_libreoffice = lines_of(include_bytes!("../cases/workbooks/libreoffice.xlsx"), 0);
    let seen = |sum: &str, fault: &str| {
        vec![
            "大区\t姓名\t去年（万元）\t占比\t入职\t在岗\t备注".to_owned(),
            "华东\t甲\t120.3\t25.6%\t2024-02-29\tTRUE\ta b".to_owned(),
            "华东\t'=1+1\t1.5\t10%\t2025-12-31\tFALSE\t粗体字".to_owned(),
            format!("华南\t丙{sum}{fault}"),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            "\t\t12345678901234.6".to_owned(),
        ]
    };
    // openpyxl works no formulas out.
    assert_eq!(of_openpyxl, seen("", ""));
    assert_eq!(of_libreoffice, seen("\t121.8", "\t\t\t\t#DIV/0!"));
    for bytes in
        [&include_bytes!("../cases/workbooks/openpyxl.xlsx")[..], include_bytes!("../cases/workbooks/libreoffice.xlsx")]
    {
        let book = Workbook::open(bytes.to_vec()).unwrap();
        let sheets: Vec<(&str, bool)> = book.sheets().collect();
        assert_eq!(sheets, [("人员 & 去年", true), ("藏", false), ("第二张", true)]);
    }
}

/// Prefixes, relations from the root, strings with how they are spoken, an entity that nobody knows, cells without addresses, days
/// from 1904; and no sheet that is a chart, or lies outside.
#[test]
fn whatever_the_format_allows_is_read() {
    let bytes = include_bytes!("../cases/workbooks/by-hand.xlsx");
    let book = Workbook::open(bytes.to_vec()).unwrap();
    assert_eq!(book.sheets().collect::<Vec<_>>(), [("A&B", true)]);
    let grid = book.read(0).unwrap();
    let row = |row: usize| grid.columns_of(row).map(|it| format!("{it} {}", grid.get(row, it))).collect::<Vec<_>>();
    assert_eq!(row(3), ["2  東京 ", "3 a\n<b>", "5 \r&boom;_x0041_"]);
    assert_eq!(
        row(4),
        [
            "1 1904-01-02",
            "2 30%",
            "3 0.015",
            "4 2026-01-01",
            "5 #DIV/0!",
            "6 a>",
            "7 TRUE",
            "8 100000000000000000000",
            "9 inline"
        ]
    );
}

// ---- What others fill in ----

/// The cell that is to be filled in for whoever the row is about.
fn write(book: &mut Book, name: &str, value: Value) {
    let is_it = |row: &Row| {
        row.cells.iter().any(|it| {
            let is_name = matches!(it.look, Look::Name | Look::StrongName);
            is_name && matches!(&it.value, Value::Text(text) if text == name)
        })
    };
    let row = book
        .sheets
        .iter_mut()
        .flat_map(|it| &mut it.rows)
        .find(|it| is_it(it) && it.cells.last().is_some_and(|it| it.look == Look::Input));
    row.unwrap().cells.last_mut().unwrap().value = value;
}

fn back(book: &Book) -> returned::Returned {
    returned::gather(&Workbook::open(book.to_bytes()).unwrap()).unwrap()
}

#[test]
fn what_others_filled_in_is_one_step_and_says_what_it_changes() {
    let plan = tree_of("2027", "CNY", &[("华东", &["甲", "乙"]), ("华南", &["丙", "丁", "戊"])], 1_000_000);
    let outcome = evaluate(&plan);
    in_words(Locale::zh, |words| {
        let mut book = fill(words, &plan, &outcome);
        let empty = back(&book).compare(&plan).unwrap();
        assert_eq!((empty.changes.len(), empty.blank, empty.odd.len()), (0, 7 + 12, 0));
        write(&mut book, "甲", Value::Number("1200.5".to_owned()));
        write(&mut book, "乙", Value::Text("1,5 万".to_owned()));
        write(&mut book, "丙", Value::Number("-5".to_owned()));
        write(&mut book, "丁", Value::Text("2万".to_owned()));
        write(&mut book, "戊", Value::Number("0.30000000000000004".to_owned()));
        write(&mut book, "3月", Value::Formula("50+50".to_owned(), "100".to_owned()));
        let read = back(&book).compare(&plan).unwrap();
        let id = |name: &str| {
            plan.trees.organisation.nodes.iter().find(|(_, it)| it.name == name).map(|(id, _)| *id).unwrap()
        };
        let changes: Vec<(Told, NodeId, Option<Amount>, i64)> =
            read.changes.iter().map(|it| (it.told, it.id, it.old, it.new.units())).collect();
        let march = Calendar::month(3);
        assert_eq!(
            changes,
            [
                (Told::Submitted, id("甲"), None, 120_050),
                (Told::Submitted, id("丁"), None, 2_000_000),
                (Told::Submitted, id("戊"), None, 30),
                (Told::Actual, march, None, 10_000),
            ]
        );
        assert_eq!(read.blank, 2 + 11);
        let odd: Vec<String> = read
            .odd
            .iter()
            .map(|it| match it {
                Odd::Unreadable { at, .. } | Odd::Negative { at, .. } => format!("{}!{}", at.sheet, at.cell),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(odd, ["上报!E4", "上报!E6"]);
        // One step, and one step back.
        let mut after = plan.clone();
        let inverse = after.apply(returned::edit(&read)).unwrap();
        assert_eq!(after.node(Dimension::Organisation, id("甲")).unwrap().submitted, Some(Amount::from_units(120_050)));
        assert_eq!(after.node(Dimension::Time, march).unwrap().actual, Some(Amount::from_units(10_000)));
        let again = back(&book).compare(&after).unwrap();
        assert_eq!((again.changes.len(), again.same), (0, 4));
        after.apply(inverse).unwrap();
        assert_eq!(after, plan);
    });
}

/// A company of more people than a pasted table may have rows.
#[test]
fn what_very_many_filled_in_is_taken_back() {
    let names: Vec<String> = (0..12_000).map(|it| format!("员工{it}")).collect();
    let people: Vec<&str> = names.iter().map(String::as_str).collect();
    let plan = tree_of("大", "CNY", &[("队", &people)], 1_000_000_000);
    let outcome = evaluate(&plan);
    in_words(Locale::zh, |words| {
        let mut book = fill(words, &plan, &outcome);
        write(&mut book, "员工11999", Value::Number("5".to_owned()));
        let read = back(&book).compare(&plan).unwrap();
        assert_eq!((read.changes.len(), read.odd.len(), read.blank), (1, 0, 12_000 + 12));
        assert_eq!(read.changes[0].at.cell, "E12002");
    });
}

#[test]
fn rows_of_nobody_and_rows_that_are_there_twice_are_said() {
    let mut plan = tree_of("2027", "CNY", &[("华东", &["甲", "乙", "丙", "丁"])], 1_000_000);
    let outcome = evaluate(&plan);
    in_words(Locale::en, |words| {
        let mut book = fill(words, &plan, &outcome);
        write(&mut book, "甲", Value::Number("1".to_owned()));
        write(&mut book, "乙", Value::Number("2".to_owned()));
        let people = book.sheets.iter_mut().find(|it| it.name == "Submitted").unwrap();
        let mut copy = people.rows[2].clone();
        copy.cells.last_mut().unwrap().value = Value::Number("7".to_owned());
        people.rows.push(copy);
        let mut added = vec![Cell::default(); people.rows[2].cells.len()];
        added[2] = Cell::text("新人", Look::Name);
        *added.last_mut().unwrap() = Cell::number("9", Look::Input);
        people.rows.push(Row { level: 0, cells: added });
        // One of them was removed since.
        let gone = plan.trees.organisation.nodes.iter().find(|(_, it)| it.name == "乙").map(|(id, _)| *id).unwrap();
        plan.apply(Edit::Remove { dimension: Dimension::Organisation, id: gone }).unwrap();
        let read = back(&book).compare(&plan).unwrap();
        assert_eq!(read.changes.len(), 1);
        let odd: Vec<(&str, &str, &str)> = read
            .odd
            .iter()
            .map(|it| match it {
                Odd::Unknown { at, shown, .. } => ("unknown", at.cell.as_str(), shown.as_str()),
                Odd::Twice { at, shown, .. } => ("twice", at.cell.as_str(), shown.as_str()),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(odd, [("unknown", "E4", "乙"), ("twice", "E7", "甲"), ("unknown", "E8", "新人")]);
    });
}

#[test]
fn the_workbook_of_another_plan_is_refused_and_one_of_a_renamed_plan_is_not() {
    let plan = tree_of("2027", "CNY", &[("华东", &["甲", "乙"]), ("华南", &["丙"])], 1_000_000);
    let outcome = evaluate(&plan);
    in_words(Locale::zh, |words| {
        let returned = back(&fill(words, &plan, &outcome));
        let changed = |edit: Edit| {
            let mut plan = plan.clone();
            plan.apply(edit).unwrap();
            plan
        };
        let name =
            Edit::Node { dimension: Dimension::Organisation, id: NodeId(2), field: Field::Name("甲某".to_owned()) };
        for same in [plan.clone(), changed(Edit::Title("另一个名字".to_owned())), changed(name)] {
            assert!(returned.compare(&same).is_ok());
        }
        let title = "2027".to_owned();
        let next = changed(Edit::Calendar(Calendar::new(2028, 1)));
        assert_eq!(
            returned.compare(&next),
            Err(ReturnError::OtherYear { title: title.clone(), year: "2027".to_owned() })
        );
        let dollars = changed(Edit::Unit(Unit::Money("USD".to_owned())));
        assert_eq!(
            returned.compare(&dollars),
            Err(ReturnError::OtherUnit { title: title.clone(), unit: "CNY".to_owned() })
        );
        let other = tree_of("别的", "CNY", &[("北区", &["子", "丑"]), ("南区", &["寅"])], 1_000_000);
        assert_eq!(returned.compare(&other), Err(ReturnError::OtherPlan { title, unknown: 5, rows: 5 }));
    });
}

#[test]
fn a_workbook_without_its_marks_or_of_a_newer_version_is_refused() {
    let plan = tree_of("2027", "CNY", &[("华东", &["甲"])], 1_000_000);
    let outcome = evaluate(&plan);
    in_words(Locale::zh, |words| {
        let gather = |book: &Book| returned::gather(&Workbook::open(book.to_bytes()).unwrap()).unwrap_err();
        let whole = fill(words, &plan, &outcome);
        let mut without = whole.clone();
        without.sheets.iter_mut().for_each(|it| {
            if !it.is_hidden {
                it.rows.iter_mut().for_each(|row| drop(row.cells.drain(..1)));
            }
        });
        assert_eq!(gather(&without), ReturnError::Unmarked);
        let mut newer = whole.clone();
        newer.sheets.last_mut().unwrap().rows[0].cells[1] = Cell::text("2", Look::Name);
        assert_eq!(gather(&newer), ReturnError::Newer);
        assert!(!returned::is_returned(&Workbook::open(made(words, &plan, &outcome).to_bytes()).unwrap()));
    });
}

// ---- For programs that are not here ----

/// Writes the workbooks and what is in them into a folder, for `make workbook`: LibreOffice works the formulas out anew, and
/// pandas and openpyxl read them (U70, N31).
#[test]
#[ignore = "make workbook runs it"]
fn written_for_other_programs() {
    let folder = std::path::PathBuf::from(std::env::var("WORKBOOKS").expect("WORKBOOKS names a folder"));
    for (at, plan) in plans().into_iter().enumerate() {
        let outcome = evaluate(&plan);
        let locale = if at % 2 == 0 { Locale::zh } else { Locale::en };
        in_words(locale, |words| {
            let book = made(words, &plan, &outcome);
            let mut tables = Vec::new();
            for (pair, sheet) in pairs(&plan).into_iter().zip(&book.sheets) {
                let of = Unrolled::of(&outcome, pair).unwrap();
                let first = sheet.rows[0].cells.len() - of.columns.len();
                let mut cells = Vec::new();
                for row in 0..of.rows.len() {
                    for column in 0..of.columns.len() {
                        let units = Decimal::new(of.units(&outcome, row, column), u32::from(plan.unit.decimals()));
                        let (place, is_leaf) =
                            (address(row + 1, first + column), of.columns[column].is_leaf && of.rows[row].is_leaf);
                        cells.push(format!("[{place:?},\"{units}\",{is_leaf}]"));
                    }
                }
                tables.push(format!("{:?}:[{}]", sheet.name, cells.join(",")));
            }
            let total = Decimal::new(outcome.total().units(), u32::from(plan.unit.decimals()));
            let about = &book.sheets.last().unwrap().name;
            let json = format!("{{\"total\":\"{total}\",\"about\":{about:?},\"tables\":{{{}}}}}", tables.join(","));
            std::fs::write(folder.join(format!("{at:02}.json")), json).unwrap();
            std::fs::write(folder.join(format!("{at:02}.xlsx")), book.to_bytes()).unwrap();
            std::fs::write(folder.join(format!("{at:02}.csv")), csv(words, &plan, &outcome)).unwrap();
        });
    }
}
