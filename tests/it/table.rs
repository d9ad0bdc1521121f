//! Tables as spreadsheets, systems and people leave them.

use proptest::prelude::*;
use sextant::amount::{Numeral, Scale, parse_rounded};
use sextant::edge::table::Role::{self, Ignore, LastYear, Level, Percent, Person, Target, Weight};
use sextant::edge::table::{
    Cell, MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Sheet, TableError, csv_cell, decode, looks_like_gbk, propose, read,
    write_cells, write_csv,
};

const SALES_PEOPLE: &[u8] = include_bytes!("../cases/adventureworks/sales_people.csv");

/// A sheet in one line: `header | header / cell | cell / ... ! ragged lines`.
fn shown(sheet: &Sheet) -> String {
    let mut rows: Vec<String> = sheet.rows.iter().map(|it| it.join(" | ")).collect();
    if sheet.has_header {
        rows.insert(0, sheet.headers.join(" | "));
    }
    let ragged: Vec<String> = sheet.ragged.iter().map(usize::to_string).collect();
    format!(
        "{}{}",
        rows.join(" / "),
        if ragged.is_empty() { String::new() } else { format!(" ! {}", ragged.join(" ")) }
    )
}

#[track_caller]
fn check(text: &str, expect: &str) {
    let outcome = match read(text) {
        Ok(sheet) => shown(&sheet),
        Err(error) => format!("{error:?}"),
    };
    assert_eq!(outcome, expect, "{text:?}");
}

#[track_caller]
fn check_roles(text: &str, expect: &[Role]) {
    assert_eq!(read(text).map(|it| propose(&it)), Ok(expect.to_vec()), "{text:?}");
}

#[test]
fn commas_tabs_and_semicolons() {
    check("姓名,去年\n张三,100\n", "姓名 | 去年 / 张三 | 100");
    check("姓名\t去年\r\n张三\t1,200\r\n李四\t2,300\r\n", "姓名 | 去年 / 张三 | 1,200 / 李四 | 2,300");
    check("name;last year\nAnna;1,5\nBo;2,5\n", "name | last year / Anna | 1,5 / Bo | 2,5");
    check("Anna;1,5\nBo;2,5\n", "Anna | 1,5 / Bo | 2,5");
    check("姓名\r去年\r", "姓名 / 去年");
    check("sep=;\nname;goal\na,b;1\n", "name | goal / a,b | 1");
    check("name,note\na,x;y\nb,z\n", "name | note / a | x;y / b | z");
}

#[test]
fn a_column_of_grouped_amounts_is_one_column() {
    check("去年\n475,962\n1,200\n300\n", "去年 / 475,962 / 1,200 / 300");
    check("475,962\n1,200\n", "475,962 / 1,200");
    check("1,2\n3,4\n", "1 | 2 / 3 | 4");
}

#[test]
fn a_byte_order_mark_is_not_part_of_the_first_header() {
    let text = decode(b"\xEF\xBB\xBFname,goal\na,1\n").unwrap();
    check(&text, "name | goal / a | 1");
    check("\u{FEFF}name,goal\na,1\n", "name | goal / a | 1");
}

#[test]
fn unicode_text_of_a_spreadsheet_is_utf_16() {
    let text = "姓名\t去年\r\n张三🙂\t100\r\n";
    let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    assert_eq!(decode(&little).as_deref(), Ok(text));
    assert_eq!(decode(&big).as_deref(), Ok(text));
    assert_eq!(decode(&little[..little.len() - 1]), Err(TableError::NotText));
    assert_eq!(decode(&[0xFF, 0xFE, 0x00, 0xD8]), Err(TableError::NotText));
}

/// 姓名,去年 / 张三,100 / 李四,200, as a Chinese Excel writes it.
const GBK: &[u8] = b"\xD0\xD5\xC3\xFB,\xC8\xA5\xC4\xEA\r\n\xD5\xC5\xC8\xFD,100\r\n\xC0\xEE\xCB\xC4,200\r\n";

#[test]
fn gbk_is_told_from_other_bytes() {
    assert_eq!(decode(GBK), Err(TableError::NotUtf8));
    assert!(looks_like_gbk(GBK));
    assert!(looks_like_gbk(b"\xD6\xEC\xE9F\xBB\xF9"), "朱镕基, whose second character is not among the common ones");
    assert!(!looks_like_gbk("姓名,去年".as_bytes()), "UTF-8");
    assert!(!looks_like_gbk(b"name,goal"), "ASCII");
    assert!(!looks_like_gbk(b"M\xFCller,\xC5ke,1"), "Latin-1");
    assert!(!looks_like_gbk(b"caf\xE9"), "Latin-1 at the end");
    assert!(!looks_like_gbk(b""));
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    assert_eq!(decode(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xFF"), Err(TableError::NotText));
    assert_eq!(decode(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00"), Err(TableError::NotText));
    assert_eq!(decode(b"a\0b\0"), Err(TableError::NotText));
    let large = vec![b'a'; MAX_BYTES + 1];
    assert_eq!(decode(&large), Err(TableError::TooLarge { bytes: MAX_BYTES + 1, limit: MAX_BYTES }));
    assert_eq!(read(&"a".repeat(MAX_BYTES + 1)), Err(TableError::TooLarge { bytes: MAX_BYTES + 1, limit: MAX_BYTES }));
}

#[test]
fn ragged_rows_are_kept_and_reported() {
    check(
        "姓名,去年\n张三\n李四,2\n王五,3,备注,x\n赵六,4,,\n",
        "姓名 | 去年 / 张三 |  / 李四 | 2 / 王五 | 3 | 备注 | x / 赵六 | 4 ! 2 4",
    );
    check(
        "name,goal\r\n\r\n\r\na,1\r\n  ,\r\n\r\nb\r\n\"c\r\nd\",3\r\ne\r\n",
        "name | goal / a | 1 / b |  / c d | 3 / e |  ! 7 10",
    );
    check("大区,姓名\n华东,张三,100\n华北,李四,200\n", "大区 | 姓名 |  / 华东 | 张三 | 100 / 华北 | 李四 | 200");
}

#[test]
fn blank_rows_and_empty_columns_at_the_end_are_dropped() {
    check("name,goal,,\n,,,\na,1,,\n\n , ,\u{3000},\n", "name | goal / a | 1");
    check(&format!("name,goal{0}\na,1{0}\n", ",".repeat(500)), "name | goal / a | 1");
}

#[test]
fn quotes_hold_delimiters_and_line_breaks() {
    check("name,goal\n\"Wang, \"\"Li\"\"\",1\n", "name | goal / Wang, \"Li\" | 1");
    check("\"去年\n销售额\"\t姓名\n100\t\"张\n三\"\n", "去年 销售额 | 姓名 / 100 | 张 三");
    check("name\tgoal\n\"5 inch pipe\t1\nb\t2\n", "name | goal / \"5 inch pipe | 1 / b | 2");
    check("name\tgoal\n5\" pipe\t1\nb\t2\n", "name | goal / 5\" pipe | 1 / b | 2");
}

#[test]
fn a_formula_in_a_name_is_a_name() {
    let text = "姓名,去年\n\"=HYPERLINK(\"\"http://x.example\"\",\"\"y\"\")\",100\n@SUM(A1),-5\n";
    check(text, "姓名 | 去年 / =HYPERLINK(\"http://x.example\",\"y\") | 100 / @SUM(A1) | -5");
    check_roles(text, &[Person, LastYear]);
}

#[test]
fn cells_lose_what_cannot_be_seen() {
    check("name,goal\n\u{202e}a\u{200b}b\u{7}\u{0}\u{85},\u{2066}1\u{2069}\n", "name | goal / ab | 1");
}

#[test]
fn more_rows_or_columns_than_the_limit_are_refused_with_their_number() {
    let rows = |count: usize| format!("name,goal\n{}", "a,1\n".repeat(count));
    assert_eq!(read(&rows(50_000)), Err(TableError::TooManyRows { found: 50_000, limit: MAX_ROWS }));
    assert_eq!(read(&rows(MAX_ROWS + 1)), Err(TableError::TooManyRows { found: MAX_ROWS + 1, limit: MAX_ROWS }));
    assert_eq!(read(&rows(MAX_ROWS)).map(|it| it.rows.len()), Ok(MAX_ROWS));
    let no_header = "a,1\n".repeat(MAX_ROWS + 1);
    assert_eq!(read(&no_header), Err(TableError::TooManyRows { found: MAX_ROWS + 1, limit: MAX_ROWS }));
    let columns = |count: usize| format!("{}\n", vec!["a"; count].join(","));
    assert_eq!(read(&columns(MAX_COLUMNS)).map(|it| it.headers.len()), Ok(MAX_COLUMNS));
    assert_eq!(read(&columns(121)), Err(TableError::TooManyColumns { found: 121, limit: MAX_COLUMNS }));
    assert!(matches!(read(&format!("{}x", ",".repeat(100_000))), Err(TableError::TooManyColumns { .. })));
}

#[test]
fn nothing_and_only_a_header() {
    check("", "Empty");
    check("\n \n,,\n\u{FEFF}", "Empty");
    let sheet = read("组织,姓名,去年\n").unwrap();
    assert_eq!((sheet.headers.len(), sheet.rows.len(), sheet.has_header), (3, 0, true));
    assert_eq!(propose(&sheet), [Level, Person, LastYear]);
}

#[test]
fn a_first_row_of_data_is_not_a_header() {
    let has_header = |text| read(text).unwrap().has_header;
    assert!(!has_header("华东\t张三\t100\n华东\t李四\t200\n"));
    assert!(!has_header("华东大区\t张三\n华北大区\t李四\n"));
    assert!(!has_header("张三\n李四\n"));
    assert!(has_header("大区\t姓名\n华东大区\t张三\n华北大区\t李四\n"));
    assert!(has_header("Wer,Wieviel\nAnna,100\n"));
    assert!(has_header("姓名,2025\n张三,100\n"));
    assert!(has_header("销售姓名\n张三\n李四\n"));
}

#[test]
fn the_adventureworks_sales_people_are_understood() {
    let sheet = read(&decode(SALES_PEOPLE).unwrap()).unwrap();
    assert_eq!((sheet.rows.len(), sheet.ragged.len()), (17, 0));
    assert_eq!(propose(&sheet), [Level, Level, Person, Ignore, Ignore, Ignore, Ignore, LastYear]);
    let dollars = Numeral { decimals: 2, scale: Scale::One };
    let sales = sheet.rows.iter().map(|it| parse_rounded(&it[7], dollars).unwrap());
    // 23,685,963.6244 in the file; thirteen of the figures have more decimals than a dollar has cents.
    assert_eq!(sales.clone().map(|it| it.amount.units()).sum::<i64>(), 2_368_596_363);
    assert_eq!(sales.filter(|it| it.rounded).count(), 13);
}

#[test]
fn roles_by_header() {
    check_roles(
        "大区,团队,姓名,去年销售额\n华东,一组,张三,100\n华东,一组,李四,90\n",
        &[Level, Level, Person, LastYear],
    );
    check_roles("部门,销售,目标(万元)\n一部,张三,100\n一部,李四,90\n", &[Level, Person, Target]);
    check_roles("Region,Sales Rep,Quota\nN,Anna,100\nN,Bo,90\n", &[Level, Person, Target]);
    check_roles(
        "RegionName,SalesPersonID,SalesLastYear,Quota\nN,274,100,5\nN,275,90,6\n",
        &[Level, Person, LastYear, Ignore],
    );
    check_roles("工号,姓名,权重\n1001,张三,3\n1002,李四,2\n", &[Ignore, Person, Weight]);
    check_roles("区域经理,姓名,占比\n王五,张三,40%\n王五,李四,60%\n", &[Level, Person, Percent]);
    check_roles("销售区域,区域销售人员,LY\n华东,张三,1\n华东,李四,2\n", &[Level, Person, LastYear]);
    check_roles(
        "客户,去年目标,去年实际,今年目标,同比增长\n甲,1,2,3,4%\n乙,1,2,3,4%\n",
        &[Level, Ignore, LastYear, Target, Ignore],
    );
    check_roles("客户经理,客户数,上年业绩\n张三,12,100\n李四,15,200\n", &[Person, Ignore, LastYear]);
    check_roles("name,prior year,last year\nA,1,2\nB,3,4\n", &[Person, LastYear, Ignore]);
    check_roles("territory,territory id,share\nN,1,40\nS,2,60\n", &[Level, Level, Percent]);
    check_roles(
        "姓名,手机,提成比例,目标客户\n张三,13812345678,3%,医院\n李四,13912345678,3%,学校\n",
        &[Person, Ignore, Ignore, Ignore],
    );
    check_roles("华东大区,姓名\n250000,张三\n300000,李四\n", &[Ignore, Person]);
}

#[test]
fn roles_by_content() {
    check_roles("华东\t张三\t1,200\n华东\t李四\t900\n", &[Level, Person, Weight]);
    check_roles("张三\t40%\n李四\t60%\n", &[Person, Percent]);
    check_roles("张三\n李四\n", &[Person]);
    check_roles("Wo,Wer,Wieviel\nNord,Anna,100\nNord,Bo,200\n", &[Level, Person, Weight]);
    check_roles("姓名,销售额\n张三,100\n李四,200\n", &[Person, Weight]);
    check_roles("姓名,一季度,二季度\n张三,100,1\n李四,200,2\n", &[Person, Ignore, Ignore]);
    check_roles("姓名,年份,业绩\n张三,2025,1\n李四,2025,2\n", &[Person, Ignore, Weight]);
}

#[test]
fn exported_text_is_never_a_formula() {
    assert_eq!(csv_cell("张三"), "\"张三\"");
    assert_eq!(csv_cell("say \"hi\""), "\"say \"\"hi\"\"\"");
    for text in ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "'=1"] {
        assert_eq!(csv_cell(text), format!("\"'{text}\""));
    }
    assert_eq!(csv_cell("'quoted'"), "\"'quoted'\"");
    let rows = [
        vec![Cell::Text("姓名"), Cell::Text("目标")],
        vec![Cell::Text("=HYPERLINK(\"x\")"), Cell::Number("-1,200.50")],
        vec![Cell::Text("-5"), Cell::Number("=1+1")],
    ];
    assert_eq!(
        write_csv(&rows),
        "\u{FEFF}\"姓名\",\"目标\"\r\n\"'=HYPERLINK(\"\"x\"\")\",\"-1,200.50\"\r\n\"'-5\",\"'=1+1\"\r\n"
    );
}

#[test]
fn three_dimensions_are_a_row_a_cell() {
    let texts = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<String>>();
    let heads = ["组织", "月份", "产品", "目标"].map(str::to_owned);
    let names = [texts(&["=A1", "李四"]), texts(&["2027-01"]), texts(&["say \"hi\"", "-5"])];
    let figure = |[i, _, k]: [usize; 3]| if (i, k) == (1, 1) { "=2".to_owned() } else { format!("{}.50", 10 * i + k) };
    assert_eq!(
        write_cells(&heads, &names, figure),
        "\u{FEFF}\"组织\",\"月份\",\"产品\",\"目标\"\r\n\
         \"'=A1\",\"2027-01\",\"say \"\"hi\"\"\",\"0.50\"\r\n\"'=A1\",\"2027-01\",\"'-5\",\"1.50\"\r\n\
         \"李四\",\"2027-01\",\"say \"\"hi\"\"\",\"10.50\"\r\n\"李四\",\"2027-01\",\"'-5\",\"'=2\"\r\n"
    );
}

proptest! {
    #[test]
    fn what_is_exported_is_read_back(cells in proptest::collection::vec("['=+\"@x,;0-9张\n-][=+\"@x,;'张-]{0,8}z", 2..20)) {
        let mut rows = vec![vec![Cell::Text("姓名"), Cell::Text("备注")]];
        rows.extend(cells.chunks(2).map(|it| it.iter().chain([&cells[0]]).take(2).map(|it| Cell::Text(it)).collect()));
        let sheet = read(&write_csv(&rows)).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let seen = |text: &str| text.replace('\n', " ").trim().to_owned();
        let expect: Vec<Vec<String>> = cells.chunks(2)
            .map(|it| it.iter().chain([&cells[0]]).take(2).map(|it| seen(it)).collect()).collect();
        prop_assert_eq!(sheet.rows, expect);
        prop_assert!(sheet.ragged.is_empty());
    }

    #[test]
    fn no_text_is_too_strange(text in "([\"',;=\t\n\r 0-9a张]|去年|name|=){0,60}") {
        if let Ok(sheet) = read(&text) {
            prop_assert_eq!(propose(&sheet).len(), sheet.headers.len());
            prop_assert!(sheet.rows.iter().all(|it| sheet.headers.len() <= it.len()));
            prop_assert!(propose(&sheet).iter().filter(|it| **it == Person).count() <= 1);
        }
    }

    #[test]
    fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        let _ = looks_like_gbk(&bytes);
        if let Ok(text) = decode(&bytes) {
            let _ = read(&text);
        }
    }
}
