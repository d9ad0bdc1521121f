//! The first screen: the plans on this machine, worked examples, and one's own data: a blank plan, a file, a table, a
//! link. Nothing here needs more than a click.

mod blank;
mod intake;
mod link_form;
mod new_name;
mod own;
mod pick_file;
mod plan_row;
mod plans;
mod spark;
mod template;
mod veil;

use leptos::prelude::*;

use crate::i18n::use_words;
use crate::text;

pub use link_form::LinkForm;
pub use pick_file::PickFile;
pub use veil::DropVeil;

#[component]
pub fn StartPage() -> impl IntoView {
    let words = use_words();
    view! {
        <div class="start">
            <header class="start__head">
                <h1 class="start__headline">{text!(words, start.headline)}</h1>
                <p class="start__about">{text!(words, start.about)}</p>
            </header>
            <plans::Plans/>
            <template::Templates/>
            <own::OwnData/>
        </div>
    }
    .into_any()
}
