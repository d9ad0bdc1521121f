//! What those who carry the target say that they can do, against what they are given; what both can agree on; and whether
//! the division is fair.

mod entry;
mod fairness;
mod state;
mod table;

use leptos::prelude::*;

use crate::i18n::use_words;
use crate::text;
use fairness::FairnessCard;
use state::AgreeState;
use table::AgreeTable;

#[component]
pub fn AgreePage() -> impl IntoView {
    let words = use_words();
    let state = AgreeState::new(expect_context(), expect_context());
    provide_context(state);
    view! {
        <h1>{text!(words, shell.page_agree)}</h1>
        <p class="sub">{text!(words, agree.sub)}</p>
        <AgreeTable/>
        <FairnessCard/>
    }
}
