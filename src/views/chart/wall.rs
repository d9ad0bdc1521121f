//! The pictures that hang in the page at the moment, for whoever lists what can be done: the palette names each of them and
//! has it saved. Knows nothing of pages; a picture hangs itself up, and takes itself down when it goes.

use leptos::prelude::*;

use super::super::notice::Notices;
use super::export::Format;
use super::story::Told;
use crate::i18n::Words;
use crate::live::{Derived, Held};

/// Has a picture saved, and says so where that fails. Saving lies in the parts that draw, and is had from them.
pub type Save = fn(Words, Notices, Derived<Told>, Format);

/// A picture that hangs.
#[derive(Clone, Copy)]
pub struct Hanging {
    /// The name of its table in the page: no other picture has it.
    pub id: &'static str,
    pub story: Derived<Told>,
    pub save: Save,
}

impl Hanging {
    /// What kind of picture it is, in a language, whichever is in force.
    pub fn name(self, words: Words) -> String {
        self.story.with_untracked(|it| it.0.name(words))
    }
}

#[derive(Clone, Copy)]
pub struct Wall(Held<Vec<Hanging>>);

impl Default for Wall {
    fn default() -> Wall {
        Wall(Held::new(Vec::new()))
    }
}

impl Wall {
    /// Hangs a picture up for as long as whoever calls is there.
    pub fn hang(self, picture: Hanging) {
        self.0.update(|all| all.push(picture));
        on_cleanup(move || self.0.update(|all| all.retain(|it| it.id != picture.id)));
    }

    /// What hangs now, in the order in which it was hung.
    pub fn all(self) -> Vec<Hanging> {
        self.0.get_untracked()
    }
}
