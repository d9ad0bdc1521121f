//! The fiscal year: weeks, holidays that move, peaks, and what the days of a period count for (U1, U25, N15, N16, S0-16,
//! S0-17, S2-06).

use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::calendar::{Days, carried, left_for_last};
use sextant::engine::evaluate;
use sextant::plan::{
    Calendar, Day, Dimension, Edit, Festival, Field, Holiday, NodeId, Peak, Period, Plan, Unit, Weeks, When,
};
use sextant::results::calendar::{closing, periods};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn in_weeks(year: i32, start_month: u8, weeks: Weeks) -> Calendar {
    Calendar { weeks: Some(weeks), ..Calendar::new(year, start_month) }
}

/// S1-18: every period begins where the one before it ends, and its parts are it, in every year and for every calendar.
#[test]
fn periods_lie_end_to_end_at_every_level() {
    for year in Calendar::YEARS.step_by(3) {
        for start_month in 1..=12 {
            for weeks in [None, Some(Weeks::Iso), Some(Weeks::FourFourFive), Some(Weeks::FiveFourFour)] {
                let calendar = Calendar { weeks, ..Calendar::new(year, start_month) };
                let tree = calendar.tree();
                for (id, node) in &tree.nodes {
                    let (first, last) = calendar.span(*id).expect("a span");
                    let parts: Vec<_> = node.children.iter().map(|it| calendar.span(*it).expect("a span")).collect();
                    if parts.is_empty() {
                        continue;
                    }
                    assert_eq!((parts[0].0, parts[parts.len() - 1].1), (first, last), "{year} {start_month} {weeks:?}");
                    assert!(parts.windows(2).all(|pair| pair[0].1.next_day() == Some(pair[1].0)));
                }
                let next = calendar.in_year(year + 1).span(NodeId(0)).expect("a span");
                let (_, last) = calendar.span(NodeId(0)).expect("a span");
                assert_eq!(last.next_day(), Some(next.0));
            }
        }
    }
}

fn weeks_of_months(calendar: &Calendar) -> Vec<usize> {
    (1..=12).map(|month| calendar.tree().children(Calendar::month(month)).len()).collect()
}

#[test]
fn a_year_of_4_4_5_has_its_53rd_week_in_the_last_month() {
    let year = in_weeks(2027, 1, Weeks::FourFourFive);
    assert_eq!(weeks_of_months(&year), [4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5]);
    // ISO 8601 gives 2026 a 53rd week.
    let long = in_weeks(2026, 1, Weeks::FourFourFive);
    assert_eq!(weeks_of_months(&long), [4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 6]);
    assert_eq!(weeks_of_months(&in_weeks(2026, 1, Weeks::FourFiveFour)), [4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5]);
    assert_eq!(weeks_of_months(&in_weeks(2027, 1, Weeks::FiveFourFour)), [5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4]);
    // A year that starts in another month.
    let retail = in_weeks(2027, 2, Weeks::FourFourFive);
    assert_eq!(retail.span(NodeId(0)).map(|it| Day(it.0)), Some(day("2027-02-01")));
    assert_eq!(retail.period(Calendar::week(1)), Period::Week { number: 1, monday: day("2027-02-01").0 });
}

#[test]
fn an_iso_week_has_its_number_and_belongs_to_the_month_of_its_thursday() {
    let year = in_weeks(2027, 1, Weeks::Iso);
    assert_eq!(year.period(Calendar::week(1)), Period::Week { number: 1, monday: day("2027-01-04").0 });
    assert_eq!(weeks_of_months(&year), [4, 4, 4, 5, 4, 4, 5, 4, 5, 4, 4, 5]);
    // The week from Monday 26 April has its Thursday in April, that from 29 March in April too.
    let april = year.tree().children(Calendar::month(4)).to_vec();
    let monday = |id| match year.period(id) {
        Period::Week { monday, .. } => Day(monday).to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!((monday(april[0]), monday(april[4])), ("2027-03-29".to_owned(), "2027-04-26".to_owned()));
    // A fiscal year from April counts the weeks of the calendar all the same.
    let from_april = in_weeks(2027, 4, Weeks::Iso);
    assert_eq!(from_april.period(Calendar::week(1)), Period::Week { number: 13, monday: day("2027-03-29").0 });
}

/// As the State Council and the Hong Kong Observatory announced them.
#[test]
fn festivals_fall_where_almanacs_say() {
    let known = [
        (
            Festival::Spring,
            ["1990-01-27", "2020-01-25", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"],
        ),
        (
            Festival::Qingming,
            ["1990-04-05", "2020-04-04", "2023-04-05", "2024-04-04", "2025-04-04", "2026-04-05", "2027-04-05"],
        ),
        (
            Festival::DragonBoat,
            ["1990-05-28", "2020-06-25", "2023-06-22", "2024-06-10", "2025-05-31", "2026-06-19", "2027-06-09"],
        ),
        (
            Festival::MidAutumn,
            ["1990-10-03", "2020-10-01", "2023-09-29", "2024-09-17", "2025-10-06", "2026-09-25", "2027-09-15"],
        ),
    ];
    for (festival, days) in known {
        for expected in days.map(day) {
            assert_eq!(festival.day(expected.0.year()).map(Day), Some(expected), "{festival:?}");
        }
    }
    // Every year that a plan may be for has them, from 21 January to 20 February and so on.
    for year in Calendar::YEARS {
        let days = Festival::ALL.map(|it| it.day(year).expect("a day").ordinal());
        assert!((21..=52).contains(&days[0]) && (94..=96).contains(&days[1]), "{year} {days:?}");
        assert!((147..=178).contains(&days[2]) && (250..=282).contains(&days[3]), "{year} {days:?}");
    }
    assert_eq!(Festival::Spring.day(1989), None);
    assert_eq!(Festival::Spring.day(2201), None);
}

fn spring_week() -> Holiday {
    let when = When::Festival { festival: Festival::Spring, after: -1 };
    Holiday { name: "春节".to_owned(), when, days: 8, is_worked: false }
}

fn working_days(calendar: &Calendar, months: impl IntoIterator<Item = u32>) -> Vec<u32> {
    let days = Days::of(calendar).expect("a year");
    months.into_iter().map(|month| days.span(Calendar::month(month)).expect("a month").working_days).collect()
}

#[test]
fn spring_festival_moves_its_free_days_between_january_and_february() {
    let plain = Calendar::new(2025, 1);
    assert_eq!(working_days(&plain, 1..=12), [23, 20, 21, 22, 22, 21, 23, 21, 22, 23, 20, 23]);
    let with = |year| Calendar { holidays: vec![spring_week()], ..Calendar::new(year, 1) };
    // 28 January to 4 February 2025: Tuesday to Friday, then Monday and Tuesday.
    assert_eq!(working_days(&with(2025), 1..=2), [19, 18]);
    // 5 to 12 February 2027: a Friday, then Monday to Friday.
    assert_eq!(working_days(&with(2027), 1..=2), [21, 14]);
    // Days on which people work to make up for it.
    let mut made_up = with(2027);
    let extra = Holiday { name: "调休".to_owned(), when: When::On(day("2027-02-20")), days: 1, is_worked: true };
    made_up.holidays.insert(0, extra);
    assert_eq!(working_days(&made_up, 1..=2), [21, 15]);
    // A week of six days, and of seven.
    assert_eq!(working_days(&Calendar { work_week: 6, ..Calendar::new(2027, 1) }, [2]), [24]);
    assert_eq!(working_days(&Calendar { work_week: 7, ..Calendar::new(2027, 1) }, [2]), [28]);
}

fn singles_day() -> Peak {
    let when = When::Yearly { month: 11, day: 1 };
    Peak { name: "双11".to_owned(), when, days: 11, factor: Decimal::from(4) }
}

#[test]
fn a_day_of_a_peak_counts_as_its_factor_says_free_or_not() {
    let peaks = vec![singles_day(), Peak { factor: Decimal::new(25, 1), days: 3, ..singles_day() }];
    let calendar = Calendar { peaks, ..Calendar::new(2027, 1) };
    let days = Days::of(&calendar).expect("a year");
    let november = days.span(Calendar::month(11)).expect("a month");
    // 22 working days, 9 of them in the first eleven days; overlapping, the higher factor counts.
    assert_eq!((november.days, november.working_days), (30, 22));
    assert_eq!(november.weight(), Decimal::from(13 + 4 * 11));
    // A holiday that begins in the fiscal year before reaches into this one.
    let eve =
        Holiday { name: "元旦".to_owned(), when: When::Yearly { month: 12, day: 30 }, days: 4, is_worked: false };
    let calendar = Calendar { holidays: vec![eve], ..Calendar::new(2027, 1) };
    assert_eq!(working_days(&calendar, [1, 12]), [20, 21]);
}

#[test]
fn past_figures_are_carried_over_by_day() {
    // Weeks before Spring Festival sell double: in January 2025, half in January and half in February 2026.
    let when = When::Festival { festival: Festival::Spring, after: -14 };
    let peak = Peak { name: "年货节".to_owned(), when, days: 14, factor: Decimal::TWO };
    let calendar = Calendar { peaks: vec![peak], work_week: 7, ..Calendar::new(2026, 1) };
    let of = carried(&calendar, 2025);
    // 31 days, 14 of them double, then none; now 31 days without, and 28 of which 14 are double.
    assert_eq!(of(Calendar::month(1)), Some((31_000_000, 45_000_000)));
    assert_eq!(of(Calendar::month(2)), Some((42_000_000, 28_000_000)));
    assert_eq!(of(Calendar::month(3)), Some((31_000_000, 31_000_000)));
    assert_eq!(of(NodeId(999)), None);
}

#[test]
fn s0_17_the_fourth_week_is_what_the_first_three_have_left_and_never_below_nothing() {
    let amounts = |them: &[i64]| them.iter().map(|it| Amount::from_units(*it)).collect::<Vec<_>>();
    let left = |whole, brought: &[i64]| left_for_last(Amount::from_units(whole), amounts(brought)).units();
    assert_eq!(left(100, &[25, 20, 30]), 25);
    assert_eq!(left(100, &[25, 20, 10]), 45);
    assert_eq!(left(100, &[60, 60, 60]), 0);
    assert_eq!(left(100, &[]), 100);
    assert_eq!(left(i64::MAX, &[i64::MAX, i64::MAX]), 0);
}

/// Weeks come and go with what was entered for them; undo brings all of it back.
#[test]
fn another_calendar_keeps_what_was_entered_and_undo_brings_the_weeks_back() {
    let mut plan = Plan::blank("", Unit::Money("CNY".to_owned()), in_weeks(2026, 1, Weeks::Iso));
    let edit = |id, field| Edit::Node { dimension: Dimension::Time, id, field };
    plan.apply(edit(Calendar::week(53), Field::Name("冲刺".to_owned()))).expect("a week");
    plan.apply(edit(Calendar::month(3), Field::Weight(Some(Decimal::TEN)))).expect("a month");
    let before = plan.clone();
    // 2027 has 52 weeks, and other weeks in March.
    let inverse = plan.apply(Edit::Calendar(before.calendar.in_year(2027))).expect("a calendar");
    assert_eq!(plan.trees.time.nodes.len(), 17 + 52);
    assert_eq!(plan.trees.time.get(Calendar::month(3)).and_then(|it| it.weight), Some(Decimal::TEN));
    let after = plan.clone();
    let again = plan.apply(inverse).expect("the way back");
    assert_eq!(plan, before);
    plan.apply(again).expect("and forth");
    assert_eq!(plan, after);
    // Months alone, and weeks again.
    plan.apply(Edit::Calendar(Calendar::new(2027, 1))).expect("a calendar");
    assert_eq!(plan.trees.time.nodes.len(), 17);
    plan.apply(Edit::Calendar(in_weeks(2027, 4, Weeks::FourFiveFour))).expect("a calendar");
    assert_eq!(plan.trees.time.get(Calendar::month(3)).and_then(|it| it.weight), Some(Decimal::TEN));
}

/// The rows of the page: quarters with their months, shares of the year, and a month that is closed.
#[test]
fn the_periods_of_the_page_and_a_month_that_is_closed() {
    let mut plan = Plan::blank("", Unit::Money("CNY".to_owned()), in_weeks(2027, 1, Weeks::FourFourFive));
    plan.goal.target = Some(Amount::from_units(1_200_000));
    let rows = periods(&plan, &evaluate(&plan));
    assert_eq!(rows.len(), 16);
    assert!(rows.iter().filter(|it| it.depth == 1).map(|it| it.share.unwrap_or(0)).sum::<i64>() == 10_000);
    assert_eq!((rows[0].days, rows[0].working_days, rows[1].days), (91, 65, 28));
    let actual = |number: u32, units| Edit::Node {
        dimension: Dimension::Time,
        id: Calendar::week(number),
        field: Field::Actual(Some(Amount::from_units(units))),
    };
    let last = |plan: &Plan| closing(plan, &evaluate(plan), Calendar::month(1)).map(|it| it.last.units());
    assert_eq!(last(&plan), Some(25_000));
    // 100,000 a month: two weeks brought 20,000 each, the third counts as its 25,000.
    plan.apply(actual(1, 20_000)).expect("a week");
    plan.apply(actual(2, 20_000)).expect("a week");
    assert_eq!(last(&plan), Some(35_000));
    plan.apply(actual(3, 70_000)).expect("a week");
    assert_eq!(last(&plan), Some(0));
    plan.apply(Edit::Calendar(Calendar::new(2027, 1))).expect("a calendar");
    assert_eq!(last(&plan), None);
}
