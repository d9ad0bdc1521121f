//! What the pictures show: the points, what stands out among them, and the shapes that plotters makes of them.
#![allow(clippy::expect_used, reason = "what a helper cannot do fails its test")]

use sextant::amount::{Numeral, Scale};
use sextant::engine::evaluate;
use sextant::plan::template::{Language, Template};
use sextant::plan::{Dimension, Method, Node, Plan};
use sextant::results::chart::{Peak, carriers, label_figures, peak, year_by_month};
use sextant::results::figure::Figures;
use sextant::views::chart::canvas::{Ink, Shape, fit, width};
use sextant::views::chart::carrier_plot::{Bar, CarrierPlot};
use sextant::views::chart::year_plot::{Column, HEIGHT, Quarter, YearPlot};

const WAN: i64 = 10_000 * 100;

fn wan() -> Figures {
    Figures { numeral: Numeral { decimals: 2, scale: Scale::TenThousand }, places: 0, exact: true }
}

#[test]
fn the_year_runs_up_to_the_target() {
    let plan = Template::EcommercePercent.plan(Language::Zh, 2027);
    let months = year_by_month(&evaluate(&plan));
    let amounts: Vec<i64> = months.iter().map(|it| it.amount / WAN).collect();
    assert_eq!(amounts, [160, 160, 160, 100, 100, 100, 120, 120, 120, 20, 20, 20]);
    assert_eq!(months[8].running, 1_140 * WAN);
    assert_eq!(months[11].running, 1_200 * WAN);
}

#[test]
fn a_peak_is_one_month_a_run_or_several() {
    let check = |amounts: &[i64], expected: Peak| {
        let units: Vec<i64> = amounts.iter().map(|it| it * WAN).collect();
        assert_eq!(peak(&units, &wan()), expected, "{amounts:?}");
    };
    check(&[1, 3, 2], Peak::At(1));
    check(&[3, 3, 2], Peak::Along(0, 1));
    check(&[3, 2, 3], Peak::Scattered(2));
    check(&[3, 3, 3], Peak::Everywhere);
    check(&[5], Peak::At(0));
    check(&[0, 0], Peak::Nowhere);
    check(&[], Peak::Nowhere);
}

#[test]
fn a_cent_more_is_no_peak() {
    let third = 100 * WAN / 3;
    assert_eq!(peak(&[third, third + 1, third], &wan()), Peak::Everywhere);
    assert_eq!(peak(&[third, third + WAN, third], &wan()), Peak::At(1));
    let people = Figures { numeral: Numeral::default(), places: 0, exact: true };
    assert_eq!(peak(&[117, 116, 117, 50], &people), Peak::Along(0, 2));
    assert_eq!(peak(&[3, 2, 2], &people), Peak::At(0));
}

#[test]
fn figures_beside_marks_have_about_four_digits() {
    let figures = Figures { places: 2, ..wan() };
    let places = |amount: i64| label_figures(&figures, amount * WAN).places;
    assert_eq!([places(9), places(99), places(404), places(4_040)], [2, 2, 1, 0]);
    assert_eq!(label_figures(&wan(), 9 * WAN).places, 0);
}

#[test]
fn those_who_carry_the_most_come_first_and_the_others_as_one() {
    let plan = Template::Education.plan(Language::Zh, 2027);
    let who = carriers(&evaluate(&plan), Dimension::Organisation, 5);
    let amounts: Vec<i64> = who.first.iter().map(|it| it.amount / WAN).collect();
    assert_eq!(amounts, [150, 150, 150, 150, 80]);
    assert_eq!((who.others, who.others_amount / WAN, who.total / WAN), (4, 320, 1_000));
}

#[test]
fn last_year_of_the_others_is_known_only_if_that_of_each_is() {
    let mut plan = Template::Territories.plan(Language::En, 2027);
    let all = carriers(&evaluate(&plan), Dimension::Organisation, 15);
    assert_eq!((all.others, all.others_last_year), (2, Some(0)));
    let last = *plan.trees.organisation.nodes.keys().next_back().expect("people");
    plan.trees.organisation.nodes.get_mut(&last).expect("the last").last_year = None;
    let some = carriers(&evaluate(&plan), Dimension::Organisation, 1);
    assert_eq!(some.others_last_year, None);
}

// ---- Drawing ----

fn quarter(share: u8) -> Quarter {
    Quarter { long: format!("Q1 旺季备货 {share}%"), short: format!("Q1 {share}%") }
}

fn year(last_year: Option<i64>) -> YearPlot {
    let column = |month: i64| Column { name: format!("{month}月"), amount: month * WAN, last_year };
    YearPlot { months: (1..=12).map(column).collect(), quarters: [8, 19, 31, 42].map(quarter).to_vec(), figures: wan() }
}

fn bars(amounts: &[i64]) -> CarrierPlot {
    let bar = |amount: &i64| Bar {
        name: format!("name {amount}"),
        amount: amount * WAN,
        last_year: None,
        figure: format!("{amount} 万"),
        is_rest: false,
    };
    CarrierPlot { bars: amounts.iter().map(bar).collect(), figures: wan() }
}

fn blocks(shapes: &[Shape], wanted: Ink) -> Vec<(i32, i32, i32, i32)> {
    let block = |shape: &Shape| match shape {
        Shape::Block { ink, x, y, width, height } if *ink == wanted => Some((*x, *y, *width, *height)),
        _ => None,
    };
    shapes.iter().filter_map(block).collect()
}

fn texts(shapes: &[Shape], wanted: Ink) -> Vec<&str> {
    let text = |shape| match shape {
        &Shape::Text { ink, ref text, .. } if ink == wanted => Some(text.as_str()),
        _ => None,
    };
    shapes.iter().filter_map(text).collect()
}

#[test]
fn each_month_is_a_column_that_stands_on_the_axis_and_is_as_high_as_its_amount() {
    let shapes = year(None).draw(900);
    let columns = blocks(&shapes, Ink::Mark);
    assert_eq!(columns.len(), 12);
    let floor = columns[0].1 + columns[0].3;
    assert!(columns.iter().all(|(_, y, _, height)| y + height == floor), "{columns:?}");
    let unit = f64::from(columns[11].3) / 12.0;
    for (month, (.., height)) in (1..).zip(&columns) {
        assert!((f64::from(*height) - unit * f64::from(month)).abs() <= 1.5, "month {month}: {height}");
    }
    assert!(columns.windows(2).all(|pair| pair[0].0 + pair[0].2 < pair[1].0), "{columns:?}");
}

#[test]
fn the_axis_is_in_the_scale_of_the_sheet() {
    let shapes = year(None).draw(900);
    let labels = texts(&shapes, Ink::Label);
    assert!(labels.starts_with(&["0", "5", "10"]), "{labels:?}");
}

#[test]
fn last_year_stands_beside_as_an_outline() {
    let shapes = year(Some(5 * WAN)).draw(900);
    let (now, before) = (blocks(&shapes, Ink::Mark), blocks(&shapes, Ink::Before));
    assert_eq!((now.len(), before.len()), (12, 12));
    assert!(now.iter().zip(&before).all(|(now, before)| now.0 + now.2 <= before.0));
}

#[test]
fn where_it_is_narrow_months_are_numbers_and_the_highest_alone_has_its_figure() {
    let wide = year(None).draw(900);
    assert_eq!(texts(&wide, Ink::Figure).len(), 12);
    assert!(texts(&wide, Ink::Label).contains(&"12月"));
    let mut narrow = year(None);
    narrow.months.iter_mut().for_each(|it| it.amount += 1_000 * WAN);
    let narrow = narrow.draw(260);
    assert_eq!(texts(&narrow, Ink::Figure), ["1,012"]);
    assert!(texts(&narrow, Ink::Label).contains(&"12"));
    assert_eq!((texts(&wide, Ink::Name)[0], texts(&narrow, Ink::Name)[0]), ("Q1 旺季备货 8%", "Q1 8%"));
}

#[test]
fn everything_lies_within_the_picture() {
    for wide in [240, 320, 520, 900, 1_400] {
        let inside = |shapes: Vec<Shape>, high: i32| {
            for shape in shapes {
                let (left, upper, right, lower) = match &shape {
                    Shape::Block { x, y, width, height, .. } => (*x, *y, x + width, y + height),
                    Shape::Line { points, .. } => (
                        points.iter().map(|it| it.0).min().expect("points"),
                        points.iter().map(|it| it.1).min().expect("points"),
                        points.iter().map(|it| it.0).max().expect("points"),
                        points.iter().map(|it| it.1).max().expect("points"),
                    ),
                    Shape::Dot { x, y, radius, .. } => (x - radius, y - radius, x + radius, y + radius),
                    Shape::Text { x, y, across, text, .. } => {
                        let size = width(text);
                        let left = match *across {
                            "start" => *x,
                            "middle" => x - size / 2,
                            _ => x - size,
                        };
                        (left, y - 9, left + size, y + 9)
                    }
                };
                let fits = -2 <= left && -2 <= upper && right <= wide + 4 && lower <= high + 4;
                assert!(fits, "{wide} x {high}: {shape:?}");
            }
        };
        inside(year(Some(9 * WAN)).draw(wide as u32), HEIGHT as i32);
        let plot = bars(&[1_000, 600, 599, 10, 1, 0]);
        let high = plot.height(wide as u32) as i32;
        inside(plot.draw(wide as u32), high);
    }
}

#[test]
fn bars_start_at_the_axis_and_are_as_long_as_their_amounts() {
    for wide in [300, 900] {
        let shapes = bars(&[400, 200, 100]).draw(wide);
        let bars = blocks(&shapes, Ink::Mark);
        assert!(bars.windows(2).all(|pair| pair[0].0 == pair[1].0 && pair[0].1 + pair[0].3 < pair[1].1), "{bars:?}");
        assert!((bars[0].2 - 2 * bars[1].2).abs() <= 2 && (bars[0].2 - 4 * bars[2].2).abs() <= 4, "{bars:?}");
    }
}

#[test]
fn others_that_would_dwarf_all_bars_are_a_figure_without_a_bar() {
    let mut plot = bars(&[3, 2, 900]);
    plot.bars[2].is_rest = true;
    let shapes = plot.draw(900);
    assert_eq!(blocks(&shapes, Ink::Mark).len(), 2);
    assert_eq!(texts(&shapes, Ink::Figure), ["3 万", "2 万", "900 万"]);
    plot.bars[2].amount = 2 * WAN;
    assert_eq!(blocks(&plot.draw(900), Ink::Mark).len(), 3);
}

#[test]
fn last_year_is_a_mark_upon_the_bar_with_a_gap_around_it() {
    let mut plot = bars(&[4, 2]);
    plot.bars[1].last_year = Some(3 * WAN);
    let shapes = plot.draw(900);
    let (ticks, gaps) = (blocks(&shapes, Ink::Tick), blocks(&shapes, Ink::Gap));
    assert_eq!((ticks.len(), gaps.len()), (1, 1));
    let bars = blocks(&shapes, Ink::Mark);
    let at = ticks[0].0 + ticks[0].2 / 2 - bars[0].0;
    assert!((at - bars[0].2 * 3 / 4).abs() <= 1, "{ticks:?} {bars:?}");
    assert!(gaps[0].0 < ticks[0].0 && ticks[0].0 + ticks[0].2 < gaps[0].0 + gaps[0].2);
}

/// No markup is made of text: a name is the text of a text node, letter for letter.
#[test]
fn a_name_that_looks_like_markup_stays_a_name() {
    let name = r#"<img src=x onerror="alert(1)">&'"#;
    let mut plot = bars(&[4, 2]);
    name.clone_into(&mut plot.bars[0].name);
    let shapes = plot.draw(1_400);
    assert!(texts(&shapes, Ink::Name)[0].starts_with("<img src=x onerr"), "{:?}", texts(&shapes, Ink::Name));
    plot.bars.iter_mut().for_each(|it| it.name = fit(&it.name, 60));
    assert_eq!(texts(&plot.draw(300), Ink::Name)[0], fit(name, 60));
}

#[test]
fn what_does_not_fit_ends_in_an_ellipsis() {
    assert_eq!(fit("华东大区", 48), "华东大区");
    assert_eq!(fit("华东大区直播团队", 48), "华东大…");
    assert!(width(&fit("A very long name of a team in the north", 120)) <= 120);
    assert_eq!(fit("华东", 1), "…");
}

#[test]
fn plans_of_every_kind_are_drawn() {
    for template in Template::ALL {
        let plan = template.plan(Language::En, 2027);
        draws(&plan);
    }
    let mut plan = Template::Saas.plan(Language::Zh, 2027);
    plan.goal.target = None;
    draws(&plan);
}

#[test]
fn amounts_of_any_size_are_drawn() {
    for target in [1, 2, 7, 99, 1_000_000_000_000_000] {
        let mut plan = Template::Saas.plan(Language::Zh, 2027);
        plan.goal.target = Some(sextant::amount::Amount::from_units(target));
        draws(&plan);
    }
}

#[test]
fn a_tree_of_one_or_of_many_is_drawn() {
    let mut plan = Template::Saas.plan(Language::Zh, 2027);
    let tree = &mut plan.trees.organisation;
    let root = tree.root;
    tree.nodes.get_mut(&root).expect("a root").method = Some(Method::Even);
    for number in 0..2_000 {
        tree.grow(root, Node::named(format!("{number}")));
    }
    draws(&plan);
}

fn draws(plan: &Plan) {
    let outcome = evaluate(plan);
    let months = year_by_month(&outcome);
    let figures = Figures::of(months.iter().map(|it| it.amount), plan.unit.decimals(), Scale::One);
    let column = |it: &sextant::results::chart::Month| Column {
        name: "m".to_owned(),
        amount: it.amount,
        last_year: it.last_year,
    };
    let year = YearPlot { months: months.iter().map(column).collect(), quarters: vec![quarter(25); 4], figures };
    assert!(blocks(&year.draw(700), Ink::Mark).len() == 12);
    for most in [1, 15] {
        let who = carriers(&outcome, Dimension::Organisation, most);
        let bar = |it: &sextant::results::chart::Carrier| Bar {
            name: plan.trees.organisation.name(it.id).to_owned(),
            amount: it.amount,
            last_year: it.last_year,
            figure: String::new(),
            is_rest: false,
        };
        let plot = CarrierPlot { bars: who.first.iter().map(bar).collect(), figures };
        assert!(blocks(&plot.draw(700), Ink::Mark).len() == who.first.len());
    }
}
