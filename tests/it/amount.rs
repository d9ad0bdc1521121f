//! What people write in an amount field, and what must come of it.

use proptest::prelude::*;
use sextant::amount::{
    Amount, Numeral, ParseAmountError, Places, Scale, parse, parse_decimal, parse_rounded, places_needed, plain, print,
};

const YUAN: Numeral = Numeral { decimals: 2, scale: Scale::One };
const WAN: Numeral = Numeral { decimals: 2, scale: Scale::TenThousand };
const COUNT: Numeral = Numeral { decimals: 0, scale: Scale::One };

/// The outcome in one word: units, or the code of the error.
fn outcome(result: Result<Amount, ParseAmountError>) -> String {
    match result {
        Ok(amount) => amount.units().to_string(),
        Err(ParseAmountError::Empty) => "empty".into(),
        Err(ParseAmountError::NotANumber { .. }) => "not a number".into(),
        Err(ParseAmountError::ChineseNumeral { .. }) => "chinese".into(),
        Err(ParseAmountError::Ambiguous { .. }) => "ambiguous".into(),
        Err(ParseAmountError::Percent { .. }) => "percent".into(),
        Err(ParseAmountError::TooPrecise { allowed, .. }) => format!("too precise, {allowed} allowed"),
        Err(ParseAmountError::TooLarge { .. }) => "too large".into(),
    }
}

#[track_caller]
fn check_in(numeral: Numeral, input: &str, expect: &str) {
    assert_eq!(outcome(parse(input, numeral)), expect, "{input:?}");
}

#[track_caller]
fn check(input: &str, expect: &str) {
    check_in(YUAN, input, expect);
}

#[test]
fn plain_numbers() {
    check("0", "0");
    check("5", "500");
    check("007", "700");
    check("12.34", "1234");
    check("12.3", "1230");
    check("12.340000", "1234");
    check(".5", "50");
    check("5.", "500");
    check("1.234", "too precise, 2 allowed");
    check("-500", "-50000");
    check("+500", "50000");
    check("-0", "0");
    check("\u{2212}500", "-50000");
    check("–500", "-50000");
    check("(500)", "-50000");
    check("( 1,200.50 )", "-120050");
    check("（500）", "-50000");
}

#[test]
fn full_width_and_chinese_punctuation() {
    check("１２，３４５．６", "1234560");
    check("－１２", "-1200");
    check("12。5", "1250");
    check("１２｡５", "1250");
    check("￥１，２００", "120000");
    check("\u{3000}12\u{3000}", "1200");
    check("12。", "not a number");
}

#[test]
fn groups() {
    check("475,962", "47596200");
    check("1,234,567", "123456700");
    check("1,234,567.89", "123456789");
    check("1,2345", "1234500");
    check("1,2345,6789", "12345678900");
    check("1 234 567", "123456700");
    check("1\u{a0}234\u{a0}567.5", "123456750");
    check("1\u{202f}234", "123400");
    check("1\u{2009}234", "123400");
    check("1'234'567", "123456700");
    check("1’234.50", "123450");
    check("12 34", "not a number");
    check("1\n234", "not a number");
    check("1,,234", "not a number");
    check("1,234,", "not a number");
    check(",234", "not a number");
}

#[test]
fn a_mark_that_may_be_a_decimal_comma_is_not_guessed() {
    check("1.234,5", "ambiguous");
    check("1.234.567", "ambiguous");
    check("1.234.567,89", "ambiguous");
    check("12,50", "ambiguous");
    check("0,5", "ambiguous");
    check("0,500", "ambiguous");
    check("1,2345,678", "ambiguous");
    check("12,34,567", "ambiguous");
    check("1 234,56", "ambiguous");
    check("1'234,567", "ambiguous");
    check("1.2.3", "not a number");
}

#[test]
fn currencies_are_read_over() {
    for text in
        ["¥500", "500元", "￥ 500", "$500", "US$500", "500 USD", "usd 500", "人民币500元", "RMB500", "€500", "500块"]
    {
        check(text, "50000");
    }
    check("-¥500", "-50000");
    check("¥-500", "-50000");
    check("¥(500)", "-50000");
    check("500元整", "50000");
    check("¥", "not a number");
    check("元", "not a number");
}

#[test]
fn units_of_thousands_and_more() {
    check("3百", "30000");
    check("5千", "500000");
    check("1.2万", "1200000");
    check("50w", "50000000");
    check("3十万", "30000000");
    check("3百万", "300000000");
    check("3千万", "3000000000");
    check("1.2亿", "12000000000");
    check("1.2 亿元", "12000000000");
    check("１.２億", "12000000000");
    check("2万亿", "200000000000000");
    check("¥1.28亿", "12800000000");
    check("500k", "50000000");
    check("1.5m", "150000000");
    check("1.5 MM", "150000000");
    check("1.5mn", "150000000");
    check("$1.5M", "150000000");
    check("1.5 Million USD", "150000000");
    check("2b", "200000000000");
    check("2bn", "200000000000");
    check("2 billion", "200000000000");
    check("20 thousand", "2000000");
    check("1,200万", "1200000000");
    check("0.00000001亿", "100");
    check("0.00000000001亿", "too precise, 10 allowed");
    check("5兆", "not a number");
    check("5mil", "not a number");
}

#[test]
fn a_bare_number_is_in_the_unit_of_the_sheet_and_a_unit_of_its_own_wins() {
    check_in(WAN, "1,200", "1200000000");
    check_in(WAN, "1200.0001", "1200000100");
    check_in(WAN, "0.000001", "1");
    check_in(WAN, "0.0000001", "too precise, 6 allowed");
    check_in(WAN, "1200万", "1200000000");
    check_in(WAN, "0.12亿", "1200000000");
    check_in(WAN, "500元", "50000");
    check_in(WAN, "¥500", "50000");
    check_in(WAN, "500k", "50000000");
}

#[test]
fn counts_have_no_decimals() {
    check_in(COUNT, "300", "300");
    check_in(COUNT, "300家", "300");
    check_in(COUNT, "5万家", "50000");
    check_in(COUNT, "0.5万", "5000");
    check_in(COUNT, "1.5", "too precise, 0 allowed");
    check_in(COUNT, "1.0", "1");
    check_in(YUAN, "300家", "not a number");
}

#[test]
fn chinese_numerals_are_refused_by_their_own_name() {
    for text in ["壹佰", "一百万", "人民币壹佰元整", "三", "3千五", "1亿2000万", "万元", "两千", "负一"]
    {
        check(text, "chinese");
    }
    check("三亚", "not a number");
}

#[test]
fn what_is_no_amount_says_why() {
    check("", "empty");
    check("  \u{200b}\t", "empty");
    check("abc", "not a number");
    check("12abc", "not a number");
    check("500-600", "not a number");
    check("--5", "not a number");
    check("-(5)", "not a number");
    check("(-5)", "not a number");
    check("=1+1", "not a number");
    check("1e5", "not a number");
    check("NaN", "not a number");
    check("∞", "not a number");
    check(".", "not a number");
    check("-", "not a number");
    check("10²", "not a number");
    check("①", "not a number");
    check("½", "not a number");
    check("5㎜", "not a number");
    check("٣", "not a number");
    check("5%", "percent");
    check("－１２％", "percent");
    check("💰", "not a number");
}

#[test]
fn invisible_characters_are_not_seen() {
    check("\u{feff}1,2\u{200b}00", "120000");
    check("\u{202d}1,200\u{202c}", "120000");
}

#[test]
fn the_largest_amount_is_the_limit() {
    check("10,000,000,000,000", "1000000000000000");
    check("10,000,000,000,000.01", "too large");
    check("-10,000,000,000,000", "-1000000000000000");
    check("10万亿", "1000000000000000");
    check("11万亿", "too large");
    check(&"9".repeat(10_000), "too large");
    check(&"0".repeat(10_000), "0");
    let odd = Numeral { decimals: u8::MAX, scale: Scale::Billion };
    check_in(odd, "1", "too large");
    check_in(odd, "0", "0");
    assert_eq!(print(Amount::MAX, odd, Places::AtMost(2)), "0");
}

#[test]
fn an_error_keeps_what_was_given() {
    let error = parse(" 1.234,5\u{200b} ", YUAN).unwrap_err();
    assert_eq!(error, ParseAmountError::Ambiguous { given: "1.234,5".into() });
    assert_eq!(error.to_string(), "`1.234,5` is ambiguous: group by commas and mark decimals with a point");
    let ParseAmountError::NotANumber { given } = parse(&"长".repeat(100), YUAN).unwrap_err() else { panic!() };
    assert_eq!(given.chars().count(), 40);
}

#[test]
fn an_import_rounds_half_away_from_zero_and_tells() {
    let check = |input, units, rounded| {
        let read = parse_rounded(input, YUAN).unwrap();
        assert_eq!((read.amount.units(), read.rounded), (units, rounded), "{input}");
    };
    check("1750406.4785", 175_040_648, true);
    check("4251368.5497", 425_136_855, true);
    check("0.005", 1, true);
    check("-0.005", -1, true);
    check("0.0049999", 0, true);
    check("0.995", 100, true);
    check("0", 0, false);
    check("12.3400", 1234, false);
    check("1.234567891万", 1_234_568, true);
    assert_eq!(
        outcome(parse_rounded("10,000,000,000,000.004", YUAN).map(|it| it.amount)),
        Amount::MAX.units().to_string()
    );
    assert_eq!(outcome(parse_rounded("10,000,000,000,000.005", YUAN).map(|it| it.amount)), "too large");
}

#[test]
fn weights_and_percentages() {
    let check = |input, expect: &str| {
        let read = parse_decimal(input).map(|it| it.to_string());
        assert_eq!(read.unwrap_or_else(|error| outcome(Err(error))), expect, "{input}");
    };
    check("40%", "40");
    check("４０％", "40");
    check("40", "40");
    check("33.33 %", "33.33");
    check("0.333333333333333", "0.333333333333333");
    check("-12%", "-12");
    check("(5)", "-5");
    check("1.50", "1.5");
    check(".5", "0.5");
    check("-0", "0");
    check("1,200万", "12000000");
    check("1.2345678万", "12345.678");
    check("¥1,200", "1200");
    check("3人", "3");
    check("5万%", "not a number");
    check("", "empty");
    check("高", "not a number");
    check("三成", "not a number");
    check("1.234,5", "ambiguous");
    check("1,000,000,000,000,001", "too large");
    check("0.00000000000000000000000000000000001", "too precise, 12 allowed");
}

#[test]
fn printing() {
    let check = |units, numeral, places, expect: &str| {
        assert_eq!(print(Amount::from_units(units), numeral, places), expect);
    };
    check(120_000_000, YUAN, Places::Fixed(1), "1,200,000.0");
    check(120_000_000, WAN, Places::Fixed(1), "120.0");
    check(1_200_000_000, WAN, Places::Fixed(1), "1,200.0");
    check(1_234_567, WAN, Places::Exact, "1.234567");
    check(1_234_567, WAN, Places::Fixed(2), "1.23");
    check(1_235_000, WAN, Places::Fixed(2), "1.24");
    check(-1_235_000, WAN, Places::Fixed(2), "-1.24");
    check(-1_234_999, WAN, Places::Fixed(2), "-1.23");
    check(1_200_000, WAN, Places::AtMost(2), "1.2");
    check(1_000_000, WAN, Places::AtMost(2), "1");
    check(999_999, WAN, Places::AtMost(2), "1");
    check(99_999_999_999, YUAN, Places::Fixed(0), "1,000,000,000");
    check(5, YUAN, Places::Exact, "0.05");
    check(-5, YUAN, Places::Fixed(1), "-0.1");
    check(-4, YUAN, Places::Fixed(1), "0.0");
    check(0, WAN, Places::Exact, "0");
    check(0, WAN, Places::Fixed(2), "0.00");
    check(5, YUAN, Places::Fixed(4), "0.0500");
    check(1_234, COUNT, Places::Exact, "1,234");
    check(1_234, COUNT, Places::Fixed(2), "1,234.00");
    check(i64::MAX, YUAN, Places::Exact, "92,233,720,368,547,758.07");
    check(i64::MIN, YUAN, Places::Exact, "-92,233,720,368,547,758.08");
    check(i64::MAX, YUAN, Places::Fixed(0), "92,233,720,368,547,758");
    check(12_800_000_000, Numeral { decimals: 2, scale: Scale::HundredMillion }, Places::AtMost(2), "1.28");
    assert_eq!(plain(Amount::from_units(-123_456_789), YUAN), "-1234567.89");
    assert_eq!(places_needed(Amount::from_units(1_234_560), WAN), 5);
    assert_eq!(places_needed(Amount::from_units(1_000_000), WAN), 0);
    assert_eq!(places_needed(Amount::ZERO, WAN), 0);
}

#[test]
fn a_sum_saturates_at_the_end_and_not_on_the_way() {
    let amounts = [i64::MAX, i64::MAX, i64::MIN, i64::MIN, 7].map(Amount::from_units);
    assert_eq!(amounts.iter().sum::<Amount>().units(), 5);
    assert_eq!([Amount::from_units(i64::MAX), Amount::MAX].into_iter().sum::<Amount>().units(), i64::MAX);
    assert_eq!(Amount::from_units(i64::MIN).abs().units(), i64::MAX);
    assert_eq!(Amount::from_units(i64::MAX).checked_add(Amount::MAX), None);
    assert_eq!(Amount::ZERO.checked_sub(Amount::MAX), Some(Amount::from_units(-Amount::MAX.units())));
}

#[test]
fn an_amount_is_a_bare_number_in_a_file_and_a_scale_a_word() {
    assert_eq!(serde_json::to_string(&Amount::from_units(-5)).unwrap(), "-5");
    assert_eq!(serde_json::from_str::<Amount>("12").unwrap().units(), 12);
    assert!(serde_json::from_str::<Amount>("12.5").is_err());
    assert_eq!(
        serde_json::to_string(&Scale::ALL).unwrap(),
        concat!(r#"["one","thousand","ten_thousand","#, r#""million","hundred_million","billion"]"#)
    );
}

fn numeral() -> impl Strategy<Value = Numeral> {
    (0..5_u8, proptest::sample::select(&Scale::ALL[..])).prop_map(|(decimals, scale)| Numeral { decimals, scale })
}

fn amount() -> impl Strategy<Value = Amount> {
    let max = Amount::MAX.units();
    prop_oneof![-max..=max, -100_000..100_000_i64].prop_map(Amount::from_units)
}

proptest! {
    #[test]
    fn what_is_printed_exactly_is_read_back(amount in amount(), numeral in numeral()) {
        prop_assert_eq!(parse(&print(amount, numeral, Places::Exact), numeral), Ok(amount));
        prop_assert_eq!(parse(&plain(amount, numeral), numeral), Ok(amount));
        let places = places_needed(amount, numeral);
        prop_assert_eq!(parse(&print(amount, numeral, Places::Fixed(places)), numeral), Ok(amount));
    }

    #[test]
    fn what_is_printed_shorter_is_off_by_half_a_last_place_at_most(
        amount in amount(), numeral in numeral(), places in 0..6_u8,
    ) {
        let text = print(amount, numeral, Places::Fixed(places));
        let read = parse(&text, numeral);
        prop_assume!(!matches!(read, Err(ParseAmountError::TooLarge { .. }))); // Rounded up beyond the limit.
        let shift = u32::from(numeral.decimals) + numeral.scale.exponent();
        let last_place = 10_i64.pow(shift.saturating_sub(u32::from(places)));
        let off = match read {
            Ok(read) => (read.units() - amount.units()).abs(),
            Err(error) => return Err(TestCaseError::fail(format!("{text}: {error}"))),
        };
        prop_assert!(off <= last_place / 2, "{text}");
        prop_assert_eq!(print(amount, numeral, Places::AtMost(places)).replace(',', "").len() <= text.len(), true);
    }

    #[test]
    fn no_text_is_too_strange(text in ".{0,40}", numeral in numeral()) {
        let _ = parse(&text, numeral);
        let _ = parse_decimal(&text);
    }

    #[test]
    fn no_text_of_the_right_letters_is_too_strange(text in "[-+()0-9.,。' 万亿mk元¥%]{0,12}", numeral in numeral()) {
        if let Ok(amount) = parse(&text, numeral) {
            prop_assert_eq!(parse_rounded(&text, numeral).map(|it| (it.amount, it.rounded)), Ok((amount, false)));
        }
    }
}
