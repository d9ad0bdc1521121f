//! What those who carry the target say that they can do, against what they are given; what both can agree on; and whether
//! the division is fair.

mod entry;
mod fairness;
mod state;
mod table;

use leptos::prelude::*;

use super::on_paper::on_paper;
use crate::i18n::use_words;
use crate::live::Held;
use crate::text;
use fairness::FairnessCard;
use state::{AgreeState, STEP};
use table::AgreeTable;

#[component]
pub fn AgreePage() -> impl IntoView {
    let words = use_words();
    let state = AgreeState::new(expect_context(), expect_context());
    provide_context(state);
    // What is read step by step on the screen is whole on paper.
    let before = Held::new(STEP);
    let put = move || {
        if state.most.get_untracked() != usize::MAX {
            before.set(state.most.get_untracked());
            state.most.set(usize::MAX);
        }
    };
    on_paper(put, move || state.most.set(before.get_untracked()));
    view! {
        <h1>{text!(words, shell.page_agree)}</h1>
        <p class="sub">{text!(words, agree.sub)}</p>
        <AgreeTable/>
        <FairnessCard/>
    }
}
