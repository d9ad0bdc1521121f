//! Every mark of a picture against what lies beside it, in light and in dark: at least 3 to 1 for marks (WCAG 1.4.11) and 4.5
//! to 1 for texts (1.4.3), reckoned from the very style sheets. What axe looks at are texts alone.
#![allow(clippy::float_arithmetic, reason = "the formula of contrast is of fractions")]

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../style/tokens.css");
const CHART: &str = include_str!("../../style/chart.css");

type Tokens = BTreeMap<String, String>;

/// The values that a block gives to names, of all blocks whose selector has these words.
fn blocks(text: &str, selector: &str) -> Vec<Tokens> {
    text.split('}')
        .filter_map(|block| block.rsplit_once('{'))
        .filter(|(head, _)| head.contains(selector))
        .map(|(_, body)| declarations(body))
        .collect()
}

fn declarations(body: &str) -> Tokens {
    let said = body.split(';').filter_map(|it| it.split_once(':'));
    said.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}

/// Light, and dark as it is chosen and as the machine is set.
fn themes() -> Vec<(&'static str, Tokens)> {
    let light = blocks(TOKENS, ".taken-along").remove(0);
    let dark = |selector| {
        let over = blocks(TOKENS, selector).remove(0);
        light.clone().into_iter().chain(over).collect::<Tokens>()
    };
    vec![
        ("dark by the machine", dark(":not([data-theme=\"light\"])")),
        ("dark", dark("[data-theme=\"dark\"]")),
        ("light", light),
    ]
}

/// What the screen's part of the style sheet says of a class.
fn look(class: &str) -> Tokens {
    let screen = CHART.split("@media print").next().unwrap();
    let is_of = |head: &str| head.split(',').any(|it| it.trim().ends_with(&format!(".chart__{class}")));
    let rules = screen.split('}').filter_map(|block| block.rsplit_once('{'));
    let looks: Tokens = rules.filter(|(head, _)| is_of(head)).flat_map(|(_, body)| declarations(body)).collect();
    assert!(!looks.is_empty(), "nothing is said of .chart__{class}");
    looks
}

/// A token's colour, in hundredths of what light it gives.
fn light(theme: &Tokens, value: &str) -> f64 {
    let name = value.strip_prefix("var(").and_then(|it| it.strip_suffix(')'));
    let colour = name.map_or(value, |name| theme.get(name).unwrap_or_else(|| panic!("no token {name}")));
    let digits = colour.strip_prefix('#').unwrap_or_else(|| panic!("{colour} is no colour"));
    let long: String =
        if digits.len() == 3 { digits.chars().flat_map(|it| [it, it]).collect() } else { digits.to_owned() };
    let channel = |at: usize| {
        let it = f64::from(u8::from_str_radix(&long[at..at + 2], 16).unwrap()) / 255.0;
        if it <= 0.040_45 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(theme: &Tokens, one: &str, other: &str) -> f64 {
    let (one, other) = (light(theme, one), light(theme, other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What a mark is seen by: its outline where it has one, otherwise what it is filled with.
fn seen_by(class: &str) -> String {
    let look = look(class);
    look.get("stroke").or_else(|| look.get("fill")).unwrap().clone()
}

#[test]
fn every_mark_stands_out_from_what_lies_beside_it() {
    // A gap of the paper's colour lies between marks, so that paper is what lies beside each.
    let marks = [
        "mark", "before", "tick", "rise", "ridge", "fall", "fold", "hatch", "axis", "part1", "part2", "part3", "part4",
        "part5",
    ];
    for (name, theme) in themes() {
        for mark in marks {
            let ratio = contrast(&theme, &seen_by(mark), "var(--paper)");
            assert!(3.0 <= ratio, "{mark} on paper, {name}: {ratio:.2}");
        }
        for heat in 0..=4 {
            let ground = look(&format!("heat{heat}"))["fill"].clone();
            let ratio = contrast(&theme, &seen_by("ridge"), &ground);
            assert!(3.0 <= ratio, "the ridge of heat {heat}, {name}: {ratio:.2}");
        }
        let inside = look("mark")["fill"].clone();
        let ratio = contrast(&theme, &seen_by("mark"), &inside);
        assert!(3.0 <= ratio, "the outline of what is planned, {name}: {ratio:.2}");
        let ratio = contrast(&theme, "var(--ink)", &inside);
        assert!(3.0 <= ratio, "the cursor, {name}: {ratio:.2}");
    }
}

#[test]
fn every_text_of_a_picture_can_be_read_where_it_stands() {
    for (name, theme) in themes() {
        for text in ["label", "name", "figure", "alarm", "headline"] {
            let ratio = contrast(&theme, &look(text)["fill"], "var(--paper)");
            assert!(4.5 <= ratio, "{text} on paper, {name}: {ratio:.2}");
        }
        let grounds =
            (0..=4).map(|it| look(&format!("heat{it}"))["fill"].clone()).chain([look("mark")["fill"].clone()]);
        for ground in grounds {
            for text in ["name", "figure"] {
                let ratio = contrast(&theme, &look(text)["fill"], &ground);
                assert!(4.5 <= ratio, "{text} on {ground}, {name}: {ratio:.2}");
            }
        }
    }
}

/// The dark theme is written twice, for the machine's choice and for the user's: they are one theme.
#[test]
fn both_dark_themes_are_the_same() {
    let themes = themes();
    assert_eq!(themes[0].1, themes[1].1);
}
