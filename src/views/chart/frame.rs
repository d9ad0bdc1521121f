//! What every picture stands in: a title that states the point, the unit, what the marks mean, the picture with its text
//! alternative, its marks one by one for keys and mouse, the same figures as a table one key away, and the ways to take it
//! along. Decides nothing of what is drawn.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::super::notice::{Notice, Notices};
use super::super::parts::{CollectAny, Show};
use super::canvas::Shape;
use super::export::{self, Format};
use super::reader::Reader;
use super::story::{Meaning, Picture, Told};
use super::wall::{Hanging, Wall};
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held, follow};
use crate::say;

/// Before the page has said how wide the picture is.
const FIRST_WIDTH: u32 = 720;
const LEAST_WIDTH: u32 = 240;

/// A picture with all that goes with it.
#[component]
pub fn Frame(
    /// The name of the table in the page, by which its button speaks of it.
    table_id: &'static str,
    story: Derived<Told>,
) -> impl IntoView {
    let words = use_words();
    let is_table = Held::new(false);
    let place = NodeRef::<Div>::new();
    let (width, is_seen) = (Held::new(FIRST_WIDTH), Held::new(true));
    follow_width(place, width);
    follow_sight(place, is_seen);
    let picture = Derived::again(move |last: Option<&Option<Picture>>| match last {
        // What nobody sees is drawn when somebody does.
        Some(last) if !is_seen.get() => last.clone(),
        _ => story.with(|it| it.0.draw(words, width.get())),
    });
    let is_drawn = Derived::new(move || picture.with(Option::is_some));
    expect_context::<Wall>().hang(Hanging { id: table_id, story, save });
    let title = Derived::new(move || story.with(|it| it.0.title(words)));
    let alternative = move || {
        let name = story.with(|it| it.0.name(words));
        say!(words, chart.alternative, name = name, title = title.get())
    };
    let unit = move || story.with(|it| unit(words, it));
    let meanings = move || story.with(|it| it.0.legend(words)).into_iter().map(meaning).collect_any();
    let size = move || picture.with(|it| it.as_ref().map(|it| it.size).unwrap_or_default());
    let view_box = move || format!("0 0 {} {}", size().0, size().1);
    let shapes = move || {
        picture.with(|it| it.as_ref().map(|it| it.shapes.iter().map(element).collect::<Vec<_>>()).unwrap_or_default())
    };
    let button = move || if is_table.get() { say!(words, chart.hide_table) } else { say!(words, chart.show_table) };
    let table = move || story.with(|it| it.0.table(words).view(it.0.figures()));
    view! {
        <figure class="chart card">
            <figcaption class="chart__head card__bar">
                <h2 class="chart__title card__title">{move || title.get()}</h2>
                <Show when=move || is_drawn.get()>
                    <span class="chart__unit">{move || unit()}</span>
                    <ul class="chart__legend">{move || meanings()}</ul>
                    <span class="grow"></span>
                    <span class="chart__ways">
                        <button
                            class="chart__button button"
                            type="button"
                            aria-expanded=move || is_table.get().to_string()
                            aria-controls=table_id
                            on:click=move |_| is_table.update(|it| *it = !*it)
                        >
                            {move || button()}
                        </button>
                        {ways(words, story)}
                    </span>
                </Show>
            </figcaption>
            <div class="chart__place" class:chart__place--empty=move || !is_drawn.get() node_ref=place>
                <Show when=move || is_drawn.get()>
                    <Reader picture>
                        <svg
                            class="chart__picture"
                            role="img"
                            aria-label=move || alternative()
                            width=move || size().0
                            height=move || size().1
                            viewBox=view_box
                        >
                            {move || shapes()}
                        </svg>
                    </Reader>
                </Show>
            </div>
            <div id=table_id>
                <Show when=move || is_table.get() && is_drawn.get()>
                    <div class="chart__scroll" tabindex="0" role="region" aria-label=move || title.get()>
                        <table class="chart__table">{move || table()}</table>
                    </div>
                </Show>
            </div>
        </figure>
    }
    .into_any()
}

/// The unit and the year: without them a figure says nothing.
pub fn unit(words: Words, told: &Told) -> String {
    let plan = told.0.plan();
    let unit = told.0.unit(words);
    say!(words, chart.unit, unit = unit, year = plan.calendar.year).into_owned()
}

/// The buttons that save a picture.
fn ways(words: Words, story: Derived<Told>) -> Vec<AnyView> {
    let notices = expect_context::<Notices>();
    let way = move |format: Format| {
        let save = move |_| save(words, notices, story, format);
        let name = move || say!(words, chart.save_as, name = story.with(|it| it.0.name(words)), kind = format.kind());
        view! {
            <button class="chart__button button" type="button" aria-label=move || name() title=move || name() on:click=save>
                {format.kind()}
            </button>
        }
    };
    Format::ALL.into_iter().map(way).collect_any()
}

fn save(words: Words, notices: Notices, story: Derived<Told>, format: Format) {
    let refused = move || notices.say(Notice::Problem(untrack(|| say!(words, share.file_refused)).into_owned()));
    export::save(words, &story.get_untracked(), format, refused);
}

fn meaning(meaning: Meaning) -> AnyView {
    view! {
        <li class="chart__meaning">
            <svg class="chart__swatch" width="14" height="14" aria-hidden="true">
                {meaning.swatch().iter().map(element).collect_any()}
            </svg>
            {meaning.text}
        </li>
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
        Shape::Dot { ink, x, y, radius } => view! { <circle class=ink.class() cx=x cy=y r=radius></circle> }.into_any(),
        Shape::Text { ink, x, y, across, down, text } => {
            view! { <text class=ink.class() x=x y=y dy=down text-anchor=across>{text}</text> }.into_any()
        }
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

/// Who is told of what came into sight, and went.
type Sight = Closure<dyn FnMut(js_sys::Array)>;

/// Keeps a signal at whether a place is in sight. On paper everything is.
fn follow_sight(place: NodeRef<Div>, is_seen: Held<bool>) {
    let watch = StoredValue::new_local(None::<(web_sys::IntersectionObserver, Sight)>);
    let say = move |now: bool| {
        if is_seen.try_get_untracked().is_some_and(|before| before != now) {
            is_seen.set(now);
        }
    };
    follow(move || {
        let Some(place) = place.get() else { return };
        let closure = Sight::new(move |entries: js_sys::Array| {
            let last = entries.pop().dyn_into::<web_sys::IntersectionObserverEntry>();
            say(last.is_ok_and(|it| it.is_intersecting()));
        });
        // Without an observer everything counts as seen.
        if let Ok(observer) = web_sys::IntersectionObserver::new(closure.as_ref().unchecked_ref()) {
            observer.observe(&place);
            watch.set_value(Some((observer, closure)));
        }
    });
    let printed = window_event_listener(leptos::ev::Custom::new("beforeprint"), move |_: web_sys::Event| say(true));
    on_cleanup(move || {
        printed.remove();
        if let Some((observer, _)) = watch.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}
