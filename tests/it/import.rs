//! A table becomes the organisation of a plan: what comes of each row, and what is said about the odd ones.
#![allow(clippy::expect_used, reason = "what a helper cannot do fails its test")]

use rust_decimal::Decimal;
use sextant::amount::{Amount, ParseAmountError, Scale};
use sextant::edge::import::{
    Blanks, Import, ImportError, Odd, Wanted, assign, convert, edit, lines, methods, plan, proposed_currency,
    proposed_scale,
};
use sextant::edge::table::{Role, decode, propose, read};
use sextant::engine::evaluate;
use sextant::plan::template::{Language, Template};
use sextant::plan::{Calendar, Dimension, Method, NodeId, Plan, Tree, Unit};

const SALES_PEOPLE: &[u8] = include_bytes!("../cases/adventureworks/sales_people.csv");
fn year() -> Calendar {
    Calendar::new(2027, 1)
}

fn dollars() -> Unit {
    Unit::Money("USD".to_owned())
}

fn wanted(roles: Vec<Role>) -> Wanted {
    Wanted { roles, unit: Unit::Money("CNY".to_owned()), scale: Scale::One, blanks: Blanks::Nothing, method: None }
}

/// Reads a table with the roles that are proposed for it.
fn import(text: &str) -> Import {
    import_with(text, |_| {})
}

fn import_with(text: &str, change: impl Fn(&mut Wanted)) -> Import {
    let sheet = read(text).expect("a table");
    let mut wanted = wanted(propose(&sheet));
    change(&mut wanted);
    convert(&sheet, &lines(text, &sheet), &wanted, &Tree::single("公司")).expect("an organisation")
}

/// The tree as text: names by depth, with the figure that each brings.
fn sketch(import: &Import) -> String {
    let tree = &import.tree;
    let line = |id: &NodeId| {
        let node = tree.get(*id).expect("a node");
        let mut text = format!("{}{}", "  ".repeat(tree.path(*id).len() - 2), node.name);
        for amount in [node.last_year, node.amount].into_iter().flatten() {
            text.push_str(&format!(" {}", amount.units() / 100));
        }
        for decimal in [node.weight, node.percent].into_iter().flatten() {
            text.push_str(&format!(" {decimal}"));
        }
        text
    };
    tree.walk(tree.root).iter().skip(1).map(line).collect::<Vec<_>>().join("\n")
}

fn adventureworks() -> Import {
    let text = decode(SALES_PEOPLE).expect("text");
    let sheet = read(&text).expect("a table");
    let wanted = Wanted { unit: dollars(), ..wanted(propose(&sheet)) };
    convert(&sheet, &lines(&text, &sheet), &wanted, &Tree::single("AdventureWorks")).expect("an organisation")
}

// ---- The table of the issue ----

#[test]
fn adventureworks_is_imported_as_it_is() {
    let Import { tree, method, report } = adventureworks();
    assert_eq!(method, Method::History);
    assert_eq!(report.leaves, 17);
    let levels: Vec<(&str, usize)> = report.levels.iter().map(|it| (it.header.as_str(), it.nodes)).collect();
    assert_eq!(levels, [("group", 3), ("territory", 10)]);
    assert_eq!(report.on_root, 3);
    assert_eq!(report.rounded, 13);
    assert_eq!(report.odd, []);
    let cents: i64 = tree.nodes.values().filter_map(|it| it.last_year).map(Amount::units).sum();
    assert_eq!(report.last_year, Some(Amount::from_units(cents)));
    assert_eq!(cents, 2_368_596_363);
}

#[test]
fn it_is_the_tree_of_the_template() {
    let template = Template::Territories.plan(Language::En, 2027).trees.organisation;
    let imported = adventureworks().tree;
    let figures = |tree: &Tree| -> Vec<(String, usize, Option<Amount>)> {
        let node =
            |id: &NodeId| (tree.name(*id).to_owned(), tree.path(*id).len(), tree.get(*id).expect("it").last_year);
        tree.walk(tree.root).iter().skip(1).map(node).collect()
    };
    assert_eq!(figures(&imported), figures(&template));
}

#[test]
fn forty_million_are_divided_by_last_years_sales() {
    let target = Amount::from_units(4_000_000_000);
    let plan = plan("AdventureWorks".to_owned(), dollars(), year(), adventureworks(), Some(target));
    let outcome = evaluate(&plan);
    assert_eq!(outcome.total(), target);
    let division = outcome.division(Dimension::Organisation);
    let of = |name: &str| {
        let id = *plan.trees.organisation.nodes.iter().find(|(_, it)| it.name == name).expect(name).0;
        division.amounts[division.layout.position(id).expect("in the layout")]
    };
    // Each is within a cent of last year's share, taken level by level.
    let share = |cents: i128| i64::try_from(cents * 4_000_000_000 / 2_368_596_363).expect("fits");
    assert!((of("290") - share(239_653_976)).abs() <= 2);
    assert!((of("North America") - share(1_606_710_170)).abs() <= 1);
    assert_eq!(of("284"), 0);
    assert_eq!(of("274"), 0);
    assert!(outcome.sums.broken.is_empty());
}

// ---- Names ----

#[test]
fn levels_of_one_name_are_one_and_people_of_one_name_are_two() {
    let import = import("大区,团队,姓名,去年\n华东,一组,张三,10\n华东,一组,张三,20\n华南,一组,张三,30\n");
    assert_eq!(sketch(&import), "华东\n  一组\n    张三 10\n    张三 20\n华南\n  一组\n    张三 30");
    assert_eq!(import.report.odd, [Odd::Repeated { line: 3, name: "张三".to_owned() }]);
}

#[test]
fn who_has_no_team_hangs_on_the_nearest_level_and_else_on_the_root() {
    let import = import("大区,团队,姓名,去年\n华东,一组,甲,1\n华东,,乙,2\n,,丙,3\n,二组,丁,4\n");
    assert_eq!(sketch(&import), "华东\n  一组\n    甲 1\n  乙 2\n丙 3\n二组\n  丁 4");
    assert_eq!((import.report.leaves, import.report.on_root), (4, 1));
}

#[test]
fn merged_cells_are_filled_from_above_when_asked_for() {
    let text = "大区,团队,姓名,去年\n华东,一组,甲,1\n,,乙,2\n,二组,丙,3\n华南,,丁,4\n";
    let import = import_with(text, |it| it.blanks = Blanks::AsAbove);
    assert_eq!(sketch(&import), "华东\n  一组\n    甲 1\n    乙 2\n  二组\n    丙 3\n华南\n  丁 4");
}

#[test]
fn a_table_without_people_has_its_last_level_for_leaves_and_adds_up_what_is_said_twice() {
    let text = "大区,团队,去年\n华东,一组,1\n华东,二组,2\n华东,二组,3\n";
    let import = import_with(text, |it| it.roles = vec![Role::Level, Role::Level, Role::LastYear]);
    assert_eq!(sketch(&import), "华东\n  一组 1\n  二组 5");
    assert_eq!((import.report.leaves, import.report.on_root), (2, 0));
}

#[test]
fn rows_of_sums_are_left_out_and_said() {
    let import = import("大区,姓名,去年\n华东,甲,1\n华东小计,,1\n合计,,1\nGrand Total,,1\n华东,张总计划,2\n");
    assert_eq!(sketch(&import), "华东\n  甲 1\n  张总计划 2");
    let lines: Vec<usize> = import.report.odd.iter().map(Odd::line).collect();
    assert_eq!(lines, [3, 4, 5]);
    assert!(matches!(&import.report.odd[0], Odd::Sum { name, .. } if name == "华东小计"));
}

#[test]
fn numbers_without_a_name_are_left_out_and_said() {
    let import = import("大区,姓名,去年\n华东,甲,1\n,,7\n");
    assert_eq!(sketch(&import), "华东\n  甲 1");
    assert_eq!(import.report.odd, [Odd::Nameless { line: 3 }]);
}

#[test]
fn a_formula_is_text_and_a_long_name_is_cut() {
    let long = "长".repeat(90);
    let import = import(&format!("姓名,去年\n\"=HYPERLINK(\"\"x\"\")\",1\n{long},2\n"));
    let names: Vec<&str> = import.tree.nodes.values().skip(1).map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["=HYPERLINK(\"x\")", &"长".repeat(80)]);
    assert!(matches!(&import.report.odd[..], [Odd::Formula { line: 2, .. }, Odd::LongName { line: 3, .. }]));
}

#[test]
fn the_root_keeps_its_name_and_ids_are_not_used_again() {
    let mut before = Tree::single("全公司");
    let team = before.grow(before.root, sextant::plan::Node::named("旧"));
    let text = "姓名,去年\n甲,1\n";
    let sheet = read(text).expect("a table");
    let import = convert(&sheet, &[2], &wanted(propose(&sheet)), &before).expect("an organisation");
    assert_eq!(import.tree.name(import.tree.root), "全公司");
    assert!(import.tree.get(team).is_none());
    assert!(import.tree.nodes.keys().all(|id| *id == before.root || team < *id));
}

// ---- Numbers ----

#[test]
fn what_is_no_number_is_blank_and_never_zero() {
    let import = import("姓名,去年\n甲,100\n乙,-5\n丙,12%\n丁,暂无\n戊,\n己,0\n");
    assert_eq!(sketch(&import), "甲 100\n乙\n丙\n丁\n戊\n己 0");
    let header = || "去年".to_owned();
    let given = |text: &str| text.to_owned();
    assert_eq!(
        import.report.odd,
        [
            Odd::Negative { line: 3, header: header(), given: given("-5") },
            Odd::NotANumber { line: 4, header: header(), error: ParseAmountError::Percent { given: given("12%") } },
            Odd::NotANumber {
                line: 5, header: header(), error: ParseAmountError::NotANumber { given: given("暂无") }
            },
        ]
    );
}

#[test]
fn figures_are_read_as_people_write_them_and_rounded_half_up() {
    let import = import("姓名,去年\n甲,\"1,234.5\"\n乙,¥2.3万\n丙,0.0049\n丁,0.005\n");
    let cents: Vec<i64> = import.tree.nodes.values().filter_map(|it| it.last_year).map(Amount::units).collect();
    assert_eq!(cents, [123_450, 2_300_000, 0, 1]);
    assert_eq!(import.report.rounded, 2);
}

#[test]
fn a_head_says_what_its_numbers_are_counted_in() {
    let check = |header: &str, scale: Scale, currency: Option<&str>| {
        let sheet = read(&format!("姓名,{header}\n甲,12\n乙,7\n")).expect("a table");
        let roles = propose(&sheet);
        assert_eq!(proposed_scale(&sheet, &roles), scale, "{header}");
        assert_eq!(proposed_currency(&sheet, &roles), currency, "{header}");
    };
    check("去年（万元）", Scale::TenThousand, Some("CNY"));
    check("去年", Scale::One, None);
    check("去年业绩 亿元", Scale::HundredMillion, Some("CNY"));
    check("Last year (USD million)", Scale::Million, Some("USD"));
    check("last year in thousands of €", Scale::Thousand, Some("EUR"));
    let import = import_with("姓名,去年（万元）\n甲,12.5\n", |it| it.scale = Scale::TenThousand);
    assert_eq!(sketch(&import), "甲 125000");
}

#[test]
fn a_currency_is_found_in_the_cells_too() {
    let sheet = read("name,last year\nA,$12\nB,$7\n").expect("a table");
    assert_eq!(proposed_currency(&sheet, &propose(&sheet)), Some("USD"));
}

#[test]
fn a_currency_without_decimals_has_none() {
    let import = import_with("姓名,去年\n甲,12.5\n", |it| it.unit = Unit::Money("JPY".to_owned()));
    assert_eq!(import.report.last_year, Some(Amount::from_units(13)));
    assert_eq!(import.report.rounded, 1);
}

// ---- Methods ----

#[test]
fn the_columns_say_how_the_target_is_divided() {
    let all = [Role::Percent, Role::Target, Role::Weight, Role::LastYear];
    assert_eq!(methods(&all), [Method::History, Method::Weight, Method::Amount, Method::Percent]);
    assert_eq!(methods(&[Role::Person]), []);
    let method = |text: &str| import(text).method;
    assert_eq!(method("姓名,去年\n甲,1\n乙,2\n"), Method::History);
    assert_eq!(method("姓名,权重\n甲,1\n乙,2\n"), Method::Weight);
    assert_eq!(method("姓名,目标\n甲,1\n乙,2\n"), Method::Amount);
    assert_eq!(method("姓名,占比\n甲,40%\n乙,60%\n"), Method::Percent);
    assert_eq!(method("姓名\n甲\n乙\n"), Method::Even);
}

#[test]
fn of_several_the_one_that_is_chosen_counts() {
    let text = "姓名,去年,目标\n甲,1,300\n乙,2,700\n";
    assert_eq!(import(text).method, Method::History);
    let import = import_with(text, |it| it.method = Some(Method::Amount));
    assert_eq!(import.method, Method::Amount);
    assert_eq!(import.report.target, Some(Amount::from_units(100_000)));
    let none = import_with(text, |it| it.method = Some(Method::Percent));
    assert_eq!(none.method, Method::History);
}

#[test]
fn targets_add_up_along_the_levels() {
    let text = "大区,姓名,目标\n华东,甲,300\n华东,乙,200\n华南,丙,500\n华北,丁,\n华北,戊,5\n";
    let import = import(text);
    assert_eq!(sketch(&import), "华东 500\n  甲 300\n  乙 200\n华南 500\n  丙 500\n华北\n  丁\n  戊 5");
}

#[test]
fn percentages_of_the_whole_keep_their_proportions_under_levels() {
    let text = "大区,姓名,占比\n华东,甲,30%\n华东,乙,20%\n华南,丙,50%\n";
    let import = import(text);
    assert_eq!(import.method, Method::Weight);
    let target = Amount::from_units(1_000);
    let plan = plan(String::new(), dollars(), year(), import, Some(target));
    assert_eq!(leaves(&plan), [300, 200, 500]);
    assert_eq!(evaluate(&plan).findings.iter().filter(|it| format!("{it:?}").contains("Percent")).count(), 0);
}

#[test]
fn percentages_of_each_group_stay_what_they_are() {
    let text = "大区,姓名,占比\n华东,,60%\n华东,甲,30%\n华东,乙,70%\n华南,,40%\n华南,丙,100%\n";
    let import = import(text);
    assert_eq!(import.method, Method::Percent);
    let plan = plan(String::new(), dollars(), year(), import, Some(Amount::from_units(1_000)));
    assert_eq!(leaves(&plan), [180, 420, 400]);
}

#[test]
fn parts_of_one_are_percentages() {
    let import = import("姓名,占比\n甲,0.4\n乙,0.6\n");
    assert_eq!(sketch(&import), "甲 40\n乙 60");
    assert!(import.report.parts_of_one);
    assert_eq!(import.report.percent, Some(Decimal::ONE_HUNDRED));
    assert!(!import_with("姓名,占比\n甲,0.4%\n乙,0.6%\n", |_| {}).report.parts_of_one);
}

fn leaves(plan: &Plan) -> Vec<i64> {
    let outcome = evaluate(plan);
    let division = outcome.division(Dimension::Organisation);
    let positions = (0..division.layout.len()).filter(|at| division.layout.is_leaf(*at));
    positions.map(|at| division.amounts[at]).collect()
}

// ---- Roles ----

#[test]
fn there_is_one_column_of_people_and_of_each_kind_of_numbers() {
    let mut roles = vec![Role::Level, Role::Person, Role::LastYear, Role::Weight];
    assign(&mut roles, 0, Role::Person);
    assert_eq!(roles, [Role::Person, Role::Level, Role::LastYear, Role::Weight]);
    assign(&mut roles, 3, Role::LastYear);
    assert_eq!(roles, [Role::Person, Role::Level, Role::Ignore, Role::LastYear]);
    assign(&mut roles, 2, Role::Level);
    assert_eq!(roles, [Role::Person, Role::Level, Role::Level, Role::LastYear]);
}

// ---- Refusals, lines, plans ----

#[test]
fn tables_without_names_or_rows_are_refused() {
    let refused = |text: &str, roles: Vec<Role>| {
        let sheet = read(text).expect("a table");
        convert(&sheet, &lines(text, &sheet), &wanted(roles), &Tree::single("")).expect_err("no organisation")
    };
    assert_eq!(refused("姓名,去年\n", vec![Role::Person, Role::LastYear]), ImportError::NoRows);
    assert_eq!(refused("姓名,去年\n甲,1\n", vec![Role::Ignore, Role::LastYear]), ImportError::NoNames);
    assert_eq!(refused("姓名,去年\n合计,1\n", vec![Role::Person, Role::LastYear]), ImportError::NoNames);
}

#[test]
fn more_than_a_plan_holds_is_refused() {
    let mut text = "a,b,c,姓名\n".to_owned();
    for number in 0..9_000 {
        text.push_str(&format!("a{number},b{number},c{number},p{number}\n"));
    }
    let sheet = read(&text).expect("a table");
    let roles = vec![Role::Level, Role::Level, Role::Level, Role::Person];
    let refused = convert(&sheet, &lines(&text, &sheet), &wanted(roles), &Tree::single(""));
    assert_eq!(refused, Err(ImportError::TooMany { found: 9_000, most: 20_000 }));
}

#[test]
fn lines_are_those_of_the_text() {
    let check = |text: &str, expected: &[usize]| {
        let sheet = read(text).expect("a table");
        assert_eq!(lines(text, &sheet), expected, "{text:?}");
    };
    check("姓名,去年\n甲,1\n\n乙,2\n", &[2, 4]);
    check("\u{FEFF}姓名,去年\r\n甲,1\r\n,,\r\n乙,2", &[2, 4]);
    check("姓名,去年\n\"甲\n一\",1\n乙,2\n", &[2, 4]);
    check("sep=;\n姓名;去年\n甲;1\n", &[3]);
}

#[test]
fn ragged_lines_are_said() {
    let import = import("姓名,权重\n甲,1\n乙\n丙,3,9\n");
    let lines: Vec<usize> = import.report.odd.iter().map(Odd::line).collect();
    assert_eq!(lines, [3, 4]);
}

#[test]
fn an_organisation_is_replaced_and_brought_back_in_one_step() {
    let before = Template::Education.plan(Language::Zh, 2027);
    let mut after = before.clone();
    let text = "大区,姓名,去年\n华东,甲,1\n华南,乙,2\n";
    let sheet = read(text).expect("a table");
    let import = convert(&sheet, &[2, 3], &wanted(propose(&sheet)), &before.trees.organisation).expect("it");
    let inverse = after.apply(edit(import, Some(Amount::from_units(77)))).expect("an edit");
    assert_eq!(after.goal.target, Some(Amount::from_units(77)));
    assert_eq!(after.trees.organisation.nodes.len(), 5);
    assert_eq!(after.trees.organisation.name(after.trees.organisation.root), "教育事业部");
    after.apply(inverse).expect("the way back");
    assert_eq!(after.trees.organisation, before.trees.organisation);
    assert_eq!(after.goal, before.goal);
}

#[test]
fn any_text_with_any_roles_is_converted_or_refused() {
    use proptest::prelude::*;
    let roles = proptest::sample::select(vec![
        Role::Level,
        Role::Person,
        Role::LastYear,
        Role::Weight,
        Role::Target,
        Role::Percent,
        Role::Ignore,
    ]);
    let table = "([甲乙a=\"\n,;\t0-9.%¥万-]{0,8}[,\n]){0,30}";
    proptest!(ProptestConfig::with_cases(400), |(text in table, roles in proptest::collection::vec(roles, 0..8))| {
        let Ok(sheet) = read(&text) else { return Ok(()) };
        let lines = lines(&text, &sheet);
        prop_assert_eq!(lines.len(), sheet.rows.len());
        for blanks in [Blanks::Nothing, Blanks::AsAbove] {
            let wanted = Wanted { blanks, ..wanted(roles.clone()) };
            if let Ok(import) = convert(&sheet, &lines, &wanted, &Tree::single("")) {
                prop_assert!(sextant::plan::check::is_tree(&import.tree));
                let mut before = Plan::blank("", dollars(), year());
                prop_assert!(before.apply(edit(import, None)).is_ok());
            }
        }
    });
}
