//! The marks of a picture, one at a time: the mouse points at one, arrows go from one to the next, and a line below says
//! what it is. From there one goes to its place in the sheet.
//!
//! One element stands for all marks, so that a picture of a hundred is one stop of the tab key and no more to draw.

use leptos::html::{Button, Div};
use leptos::prelude::*;

use super::super::app::{Here, Wanted};
use super::super::parts::{Look, Show, button};
use super::super::route::Route;
use super::spot::{Spot, next, under};
use super::story::Picture;
use crate::engine::Subject;
use crate::i18n::use_words;
use crate::live::{Derived, Held};
use crate::{say, text};

#[component]
pub fn Reader(picture: Derived<Option<Picture>>, children: ChildrenFn) -> impl IntoView {
    let words = use_words();
    let (here, wanted) = (expect_context::<Here>(), expect_context::<Wanted>());
    let (stage, cursor) = (NodeRef::<Div>::new(), NodeRef::<Button>::new());
    let chosen = Held::new(None::<usize>);
    let is_kept = Held::new(false);
    let spot = Derived::new(move || {
        let at = chosen.get()?;
        picture.with(|it| it.as_ref()?.spots.get(at).cloned())
    });
    let has_spots = Derived::new(move || picture.with(|it| it.as_ref().is_some_and(|it| !it.spots.is_empty())));
    let choose = move |at: Option<usize>| {
        if chosen.get_untracked() != at {
            chosen.set(at);
        }
    };
    let go = move || {
        if let Some(spot) = spot.get_untracked() {
            wanted.0.set(Some(spot.at));
            here.go(Route::of(Subject::Cell(spot.at)));
        }
    };
    let pointed = move |event: &web_sys::MouseEvent| {
        let stage = stage.get_untracked()?;
        picture.with_untracked(|it| {
            let it = it.as_ref()?;
            under(&it.spots, place_in(&stage, it.size, (event.client_x(), event.client_y())))
        })
    };
    let over = move |event: leptos::ev::PointerEvent| {
        if !is_kept.get_untracked() {
            choose(pointed(&event));
        }
    };
    let keep = move |event: leptos::ev::MouseEvent| {
        // Enter on the cursor is a click too, and points nowhere.
        if event.detail() == 0 {
            return go();
        }
        choose(pointed(&event));
        if let Some(cursor) = cursor.get_untracked().filter(|_| chosen.get_untracked().is_some()) {
            _ = cursor.focus();
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let at = chosen.get_untracked().unwrap_or(0);
        let next = picture.with_untracked(|it| next(&it.as_ref()?.spots, at, &event.key()));
        if next.is_some() {
            event.prevent_default();
            choose(next);
        }
    };
    let entered = move || {
        is_kept.set(true);
        choose(chosen.get_untracked().or(Some(0)));
    };
    let left = move || {
        if !is_kept.get_untracked() {
            choose(None);
        }
    };
    let says = move || match spot.get() {
        Some(spot) => spot.says,
        None => say!(words, chart.read_hint).into_owned(),
    };
    let name = move || say!(words, chart.mark, says = spot.get().map(|it| it.says).unwrap_or_default());
    let side = move |of: fn(&Spot) -> i32| spot.get().map_or("0".to_owned(), |it| format!("{}px", of(&it)));
    view! {
        <div class="chart__stage" node_ref=stage on:pointermove=over on:pointerleave=move |_| left() on:click=keep>
            {children()}
            <Show when=move || has_spots.get()>
                <button
                    class="chart__cursor"
                    class:chart__cursor--on=move || spot.with(Option::is_some)
                    type="button"
                    node_ref=cursor
                    aria-label=move || name()
                    style:left=move || side(|it| it.x)
                    style:top=move || side(|it| it.y)
                    style:width=move || side(|it| it.width)
                    style:height=move || side(|it| it.height)
                    on:focus=move |_| entered()
                    on:blur=move |_| is_kept.set(false)
                    on:keydown=on_key
                ></button>
            </Show>
        </div>
        <Show when=move || has_spots.get()>
            <p class="chart__says">
                <span role="status">{move || says()}</span>
                <Show when=move || spot.with(Option::is_some)>
                    {button(Look::Link, text!(words, chart.go_to), go)}
                </Show>
            </p>
        </Show>
    }
}

/// Where a point of the window is in the picture, which may be shown larger or smaller than it is drawn.
fn place_in(stage: &web_sys::Element, (width, height): (u32, u32), (x, y): (i32, i32)) -> (i32, i32) {
    let shown = stage.get_bounding_client_rect();
    let along = |from: f64, all: f64, drawn: u32, at: i32| {
        i32::try_from((i64::from(at) - from as i64) * i64::from(drawn) / (all as i64).max(1)).unwrap_or(-1)
    };
    (along(shown.left(), shown.width(), width, x), along(shown.top(), shown.height(), height, y))
}
