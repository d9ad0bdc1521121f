//! What every picture stands in: a title that states the point, the unit, what the marks mean, the picture with its
//! text alternative, and the same figures as a table, one key away. Decides nothing of what is drawn.

use super::super::parts::{CollectAny, Show};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::canvas::{Ink, Shape};
use crate::i18n::use_words;
use crate::live::{Derived, Held, follow};
use crate::say;

/// What a mark means, in the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    pub ink: Ink,
    pub text: String,
}

/// A drawn picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    pub size: (u32, u32),
    pub shapes: Vec<Shape>,
}

/// Before the page has said how wide the picture is.
pub const FIRST_WIDTH: u32 = 720;
const LEAST_WIDTH: u32 = 240;

/// A picture with all that goes with it.
#[component]
pub fn Frame(
    /// The name of the table in the page, by which its button speaks of it.
    table_id: &'static str,
    #[prop(into)] title: Derived<String>,
    /// What is to be seen, for those who do not see it.
    #[prop(into)]
    alternative: Derived<String>,
    #[prop(into)] unit: Derived<String>,
    #[prop(into)] legend: Derived<Vec<Meaning>>,
    /// Draws the picture at a width. None where there is nothing to draw.
    #[prop(into)]
    picture: Derived<Option<Picture>>,
    /// Kept at the width that the picture has on the page.
    width: Held<u32>,
    /// The rows of the table, head and foot included.
    #[prop(into)]
    table: ViewFn,
) -> impl IntoView {
    let words = use_words();
    let is_table = Held::new(false);
    let place = NodeRef::<Div>::new();
    follow_width(place, width);
    let is_drawn = Derived::new(move || picture.with(Option::is_some));
    let meanings = move || {
        let swatch = |meaning: Meaning| {
            view! {
                <li class="chart__meaning">
                    <svg class="chart__swatch" width="14" height="14" aria-hidden="true">{swatch(meaning.ink)}</svg>
                    {meaning.text}
                </li>
            }
        };
        legend.get().into_iter().map(swatch).collect_any()
    };
    let size = move || picture.with(|it| it.as_ref().map(|it| it.size).unwrap_or_default());
    let view_box = move || format!("0 0 {} {}", size().0, size().1);
    let shapes = move || {
        picture.with(|it| it.as_ref().map(|it| it.shapes.iter().map(element).collect::<Vec<_>>()).unwrap_or_default())
    };
    let button = move || if is_table.get() { say!(words, chart.hide_table) } else { say!(words, chart.show_table) };
    let table = StoredValue::new(table);
    view! {
        <figure class="chart card">
            <figcaption class="chart__head card__bar">
                <h2 class="chart__title card__title">{move || title.get()}</h2>
                <Show when=move || is_drawn.get()>
                    <span class="chart__unit">{move || say!(words, chart.unit, unit = unit.get())}</span>
                    <ul class="chart__legend">{move || meanings()}</ul>
                    <span class="grow"></span>
                    <button
                        class="chart__button button"
                        type="button"
                        aria-expanded=move || is_table.get().to_string()
                        aria-controls=table_id
                        on:click=move |_| is_table.update(|it| *it = !*it)
                    >
                        {move || button()}
                    </button>
                </Show>
            </figcaption>
            <div class="chart__place" class:chart__place--empty=move || !is_drawn.get() node_ref=place>
                <Show when=move || is_drawn.get()>
                    <svg
                        class="chart__picture"
                        role="img"
                        aria-label=move || alternative.get()
                        width=move || size().0
                        height=move || size().1
                        viewBox=view_box
                    >
                        {move || shapes()}
                    </svg>
                </Show>
            </div>
            <div id=table_id>
                <Show when=move || is_table.get() && is_drawn.get()>
                    <div class="chart__scroll" tabindex="0" role="region" aria-label=move || title.get()>
                        <table class="chart__table">{table.with_value(|it| it.run())}</table>
                    </div>
                </Show>
            </div>
        </figure>
    }
    .into_any()
}

/// A shape as an element of the page: its colour is its class, its text a text node.
fn element(shape: &Shape) -> AnyView {
    match shape.clone() {
        Shape::Block { ink, x, y, width, height } => {
            view! { <rect class=ink.class() x=x y=y width=width height=height></rect> }.into_any()
        }
        Shape::Line { ink, points } => {
            let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
            view! { <polyline class=ink.class() points=points.join(" ")></polyline> }.into_any()
        }
        Shape::Text { ink, x, y, across, down, text } => {
            view! { <text class=ink.class() x=x y=y dy=down text-anchor=across>{text}</text> }.into_any()
        }
    }
}

/// What an ink looks like, on a square of fourteen pixels.
fn swatch(ink: Ink) -> AnyView {
    let block = |ink, x, width| Shape::Block { ink, x, y: 2, width, height: 10 };
    match ink {
        Ink::Tick => [block(Ink::Mark, 0, 14), block(Ink::Gap, 5, 6), block(Ink::Tick, 7, 2)]
            .into_iter()
            .map(|shape| element(&shape))
            .collect_any()
            .into_any(),
        ink => element(&block(ink, 2, 10)),
    }
}

/// Keeps a signal at the width of a place, which changes with the window and with what stands beside it.
fn follow_width(place: NodeRef<Div>, width: Held<u32>) {
    let watch = StoredValue::new_local(None::<(web_sys::ResizeObserver, Closure<dyn FnMut()>)>);
    follow(move || {
        let Some(place) = place.get() else { return };
        let measure = {
            let place = place.clone();
            move || {
                let now = u32::try_from(place.client_width()).unwrap_or(0).max(LEAST_WIDTH);
                if width.try_get_untracked().is_some_and(|before| before != now) {
                    width.set(now);
                }
            }
        };
        measure();
        let closure = Closure::<dyn FnMut()>::new(measure);
        // Without an observer the first width stays; the picture is scaled to its place all the same.
        if let Ok(observer) = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref()) {
            observer.observe(&place);
            watch.set_value(Some((observer, closure)));
        }
    });
    on_cleanup(move || {
        if let Some((observer, _)) = watch.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}
