//! A button of the ordinary kind: a word, perhaps with a picture, and what it does.

use leptos::prelude::*;

use super::{Icon, Picture};
use crate::i18n::Text;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    Primary,
    /// Without a border until it is pointed at.
    Ghost,
    Danger,
    /// In a sentence: underlined, as a link is.
    Link,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Look::Plain => "button",
            Look::Primary => "button button--primary",
            Look::Ghost => "button button--ghost",
            Look::Danger => "button button--danger",
            Look::Link => "button button--link",
        }
    }
}

/// A button; `act` is called for every press.
pub fn button(look: Look, word: Text, act: impl FnMut() + 'static) -> AnyView {
    pressed(look, None, word, Box::new(|| false), Box::new(act))
}

/// The same, off while `is_off` says so.
pub fn button_unless(
    look: Look,
    picture: Option<Picture>,
    word: Text,
    is_off: impl Fn() -> bool + Send + 'static,
    act: impl FnMut() + 'static,
) -> AnyView {
    pressed(look, picture, word, Box::new(is_off), Box::new(act))
}

fn pressed(
    look: Look,
    picture: Option<Picture>,
    word: Text,
    is_off: Box<dyn Fn() -> bool + Send>,
    mut act: Box<dyn FnMut()>,
) -> AnyView {
    let picture = picture.map(|of| view! { <Icon of/> });
    view! {
        <button type="button" class=look.class() disabled=move || is_off() on:click=move |_| act()>{picture} {word}</button>
    }
    .into_any()
}

/// A button that shows a picture alone; its word is its name.
pub fn icon_button(
    class: &'static str,
    of: Picture,
    [name, title]: [Text; 2],
    is_off: impl Fn() -> bool + Send + 'static,
    act: impl FnMut() + 'static,
) -> AnyView {
    pictured(class, of, [name, title], Box::new(is_off), Box::new(act))
}

fn pictured(
    class: &'static str,
    of: Picture,
    [name, title]: [Text; 2],
    is_off: Box<dyn Fn() -> bool + Send>,
    mut act: Box<dyn FnMut()>,
) -> AnyView {
    view! {
        <button type="button" class=class disabled=move || is_off() aria-label=name title=title on:click=move |_| act()>
            <Icon of/>
        </button>
    }
    .into_any()
}
