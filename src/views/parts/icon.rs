//! Small line drawings, in the colour of the text around them. Never the only carrier of a meaning.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    Compass,
    Lock,
    Undo,
    Redo,
    Add,
    Bin,
    Up,
    Down,
    Glass,
}

impl Picture {
    fn path(self) -> &'static str {
        match self {
            Picture::Compass => {
                "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 3v4M12 12l5-3M12 10.6a1.4 1.4 0 1 0 0 2.8a1.4 1.4 0 1 0 0-2.8"
            }
            Picture::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Picture::Undo => "M9 7L4 12l5 5M4 12h10a5 5 0 0 1 5 5v1",
            Picture::Redo => "M15 7l5 5l-5 5M20 12H10a5 5 0 0 0-5 5v1",
            Picture::Add => "M12 5v14M5 12h14",
            Picture::Bin => "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
            Picture::Up => "M12 19V5M6 11l6-6l6 6",
            Picture::Down => "M12 5v14M6 13l6 6l6-6",
            Picture::Glass => "M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16 16l4.5 4.5",
        }
    }
}

#[component]
pub fn Icon(of: Picture) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
            stroke-linejoin="round" aria-hidden="true">
            <path d=of.path()></path>
        </svg>
    }
}
