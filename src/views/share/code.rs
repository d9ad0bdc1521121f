//! A link as a code for cameras: one path of squares, black on white whatever the page looks like.
//!
//! Refused: a code that no camera could tell apart on a screen. Then it says so, and what to send instead.

use std::fmt::Write;

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::i18n::use_words;
use crate::live::Derived;
use crate::text;

/// Cameras want so many light squares around a code.
const MARGIN: i32 = 4;

/// Squares to a side, as 1,270 characters need. With more, a square is less than three pixels of the dialog.
const MOST_SQUARES: i32 = 117;

#[component]
pub fn Code(link: Derived<String>) -> impl IntoView {
    let words = use_words();
    move || match code(&link.get()) {
        Some(code) => {
            let side = code.size() + 2 * MARGIN;
            view! {
                <figure class="share__code">
                    <svg viewBox=format!("0 0 {side} {side}") role="img" aria-label=text!(words, share.code)
                        shape-rendering="crispEdges">
                        <rect width=side height=side fill="#fff"/>
                        <path d=path(&code) fill="#000"/>
                    </svg>
                    <figcaption class="field__hint">{text!(words, share.code_hint)}</figcaption>
                </figure>
            }
            .into_any()
        }
        None => {
            view! { <p class="light light--yellow" id="share-reach">{text!(words, share.code_too_long)}</p> }.into_any()
        }
    }
}

/// The smallest there is, with as much against smudges as it has room for.
fn code(link: &str) -> Option<QrCode> {
    QrCode::encode_text(link, QrCodeEcc::Low).ok().filter(|it| it.size() <= MOST_SQUARES)
}

fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing to a text cannot fail.
            _ = write!(path, "M{},{}h1v1h-1z", x + MARGIN, y + MARGIN);
        }
    }
    path
}
