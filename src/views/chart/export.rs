//! A picture to take along: as PNG and SVG with its title, unit and legend on it, and its table as CSV.
//!
//! The file is drawn anew at a width of its own, in light colours whatever the page is in, and every colour that the style
//! sheet gives is written into it. Names become text nodes and the browser writes the markup.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::{Element, XmlSerializer};

use super::canvas::{Ink, Shape, width};
use super::frame::unit;
use super::pen::{Side, block, moved, text};
use super::story::{Meaning, Picture, Told};
use crate::edge::{file, picture};
use crate::i18n::Words;
use crate::say;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Png,
    Svg,
    Csv,
}

impl Format {
    pub const ALL: [Format; 3] = [Format::Png, Format::Svg, Format::Csv];

    /// What it is called everywhere, and how its files end.
    pub fn kind(self) -> &'static str {
        match self {
            Format::Png => "PNG",
            Format::Svg => "SVG",
            Format::Csv => "CSV",
        }
    }
}

/// As wide as a page of a report.
const WIDTH: u32 = 960;
const MARGIN: i32 = 16;

/// Hands the file to the browser; `refused` is called where it would not take it.
pub fn save(words: Words, told: &Told, format: Format, refused: impl Fn() + 'static) {
    let (name, text) = untrack(|| {
        let (name, plan) = (told.0.name(words), told.0.plan());
        let title = say!(words, chart.file, title = plan.title.clone(), name = name);
        let text = match format {
            Format::Csv => Some(told.0.table(words).csv(words, plan)),
            Format::Png | Format::Svg => page(words, told).and_then(|it| standalone(&it).ok()),
        };
        (file::name_of(&title, &format.kind().to_ascii_lowercase()), text)
    });
    let Some(text) = text else { return refused() };
    spawn_local(async move {
        let is_taken = match format {
            Format::Csv => file::download(&name, "text/csv", &text),
            Format::Svg => file::download(&name, picture::SVG, &text),
            Format::Png => picture::png(&text).await.is_ok_and(|blob| file::download_blob(&name, &blob)),
        };
        if !is_taken {
            refused();
        }
    });
}

/// The picture with all that it needs to be understood alone.
pub fn page(words: Words, told: &Told) -> Option<Picture> {
    let inner = WIDTH - 2 * MARGIN as u32;
    let drawn = told.0.draw(words, inner)?;
    let mut shapes = Vec::new();
    let mut y = MARGIN + 8;
    for line in lines(&told.0.title(words), inner as i32) {
        shapes.push(text(Ink::Title, (MARGIN, y), Side::Start, line));
        y += 22;
    }
    let unit = unit(words, told);
    shapes.push(text(Ink::Label, (MARGIN, y), Side::Start, unit.clone()));
    shapes.extend(legend(told.0.legend(words), (MARGIN + width(&unit) + 24, y)));
    y += 20;
    let size = (WIDTH, drawn.size.1 + (y + MARGIN) as u32);
    let paper = block(Ink::Gap, (0, 0), (size.0 as i32, size.1 as i32));
    let picture = drawn.shapes.into_iter().map(|shape| moved(shape, (MARGIN, y)));
    Some(Picture { size, shapes: [paper].into_iter().chain(shapes).chain(picture).collect(), spots: Vec::new() })
}

fn legend(meanings: Vec<Meaning>, (mut x, y): (i32, i32)) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for meaning in meanings {
        shapes.extend(meaning.swatch().into_iter().map(|it| moved(it, (x, y - 7))));
        x += 20;
        let room = width(&meaning.text) + 16;
        shapes.push(text(Ink::Label, (x, y), Side::Start, meaning.text));
        x += room;
    }
    shapes
}

/// A title in lines of a width. It is larger than other texts, by a quarter.
fn lines(title: &str, most: i32) -> Vec<String> {
    let is_long = |line: &str| most * 4 < width(line) * 5;
    let mut lines = vec![String::new()];
    // A line may end behind a space, and between two characters that are as wide as they are high.
    for letter in title.chars() {
        let Some(line) = lines.last_mut() else { break };
        line.push(letter);
        if is_long(line) {
            let end = line.rfind(' ').map_or(line.len() - letter.len_utf8(), |at| at + 1);
            let rest = line.split_off(end);
            lines.push(rest);
        }
    }
    lines
}

const NAMESPACE: Option<&str> = Some("http://www.w3.org/2000/svg");

/// What the style sheet says of a shape, as attributes of its own.
const LOOK: [&str; 8] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-family",
    "font-size",
    "font-weight",
    "font-variant-numeric",
];

/// The picture as the text of a file that needs no other.
fn standalone(picture: &Picture) -> Result<String, JsValue> {
    let root = made("svg", &[("width", picture.size.0.to_string()), ("height", picture.size.1.to_string())])?;
    root.set_attribute("viewBox", &format!("0 0 {} {}", picture.size.0, picture.size.1))?;
    for shape in &picture.shapes {
        let element = element(shape)?;
        root.append_child(&element)?;
    }
    let host = document().create_element("div")?;
    host.set_class_name("taken-along unseen");
    host.append_child(&root)?;
    document().body().ok_or(JsValue::NULL)?.append_child(&host)?;
    let looked = write_look(&root);
    host.remove();
    looked?;
    XmlSerializer::new()?.serialize_to_string(&root)
}

fn write_look(root: &Element) -> Result<(), JsValue> {
    let mut next = root.first_element_child();
    while let Some(element) = next {
        if let Some(style) = window().get_computed_style(&element)? {
            for name in LOOK {
                element.set_attribute(name, &style.get_property_value(name)?)?;
            }
        }
        element.remove_attribute("class")?;
        next = element.next_element_sibling();
    }
    Ok(())
}

fn element(shape: &Shape) -> Result<Element, JsValue> {
    let (name, ink, attributes) = match shape {
        Shape::Block { ink, x, y, width, height } => {
            ("rect", ink, vec![("x", *x), ("y", *y), ("width", *width), ("height", *height)])
        }
        Shape::Line { ink, .. } => ("polyline", ink, Vec::new()),
        Shape::Dot { ink, x, y, radius } => ("circle", ink, vec![("cx", *x), ("cy", *y), ("r", *radius)]),
        Shape::Text { ink, x, y, .. } => ("text", ink, vec![("x", *x), ("y", *y)]),
    };
    let attributes: Vec<(&str, String)> = attributes.into_iter().map(|(name, it)| (name, it.to_string())).collect();
    let element = made(name, &attributes)?;
    element.set_attribute("class", ink.class())?;
    match shape {
        Shape::Line { points, .. } => {
            let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
            element.set_attribute("points", &points.join(" "))?;
        }
        Shape::Text { across, down, text, .. } => {
            element.set_attribute("dy", down)?;
            element.set_attribute("text-anchor", across)?;
            element.set_text_content(Some(text));
        }
        _ => {}
    }
    Ok(element)
}

fn made(name: &str, attributes: &[(&str, String)]) -> Result<Element, JsValue> {
    let element = document().create_element_ns(NAMESPACE, name)?;
    for (name, value) in attributes {
        element.set_attribute(name, value)?;
    }
    Ok(element)
}
