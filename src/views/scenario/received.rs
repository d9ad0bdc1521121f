//! What a what-if link has brought: over which plan it was made, and what becomes of each of its edits in the plan at hand.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::finding::refusal;
use super::super::library::Library;
use super::super::parts::{CollectAny, Look, Show, button};
use super::edit_sentence;
use crate::i18n::use_words;
use crate::plan::{Fit, tried};
use crate::session::{Refused, Session};
use crate::{say, text};

#[component]
pub fn Received() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let library = expect_context::<Library>();
    let display = expect_context::<Display>();
    let head = move || {
        let link = library.received()?;
        let is_over = link.is_over(&session.base());
        let name = if link.name.is_empty() { say!(words, scenario.a_trial).into_owned() } else { link.name.clone() };
        let title = link.title;
        Some(match is_over {
            true => say!(words, scenario.received_same, name = name, title = title),
            false => say!(words, scenario.received_other, name = name, title = title),
        })
    };
    let lines = move || {
        let Some(link) = library.received() else { return Vec::new() };
        let mut plan = (*session.base()).clone();
        let line = |edit: &crate::plan::Edit| {
            let what = edit_sentence(words, display, &plan, edit);
            let (after, fits) = tried(&plan, std::slice::from_ref(edit));
            plan = after;
            let (class, said) = match fits.into_iter().next() {
                Some(Fit::Refused(why)) => {
                    let why = refusal(words, session, &Refused::Edit(why));
                    ("bad", say!(words, scenario.fit_refused, what = what, why = why))
                }
                Some(Fit::Same) => ("muted", say!(words, scenario.fit_same, what = what)),
                _ => ("good", say!(words, scenario.fit_applied, what = what)),
            };
            view! { <li class=class>{said}</li> }
        };
        link.edits.iter().map(line).collect_any()
    };
    view! {
        <Show when=move || library.received().is_some()>
            <div class="whatif__received">
                <p role="status">{move || head()}</p>
                <ul>{move || lines()}</ul>
                {button(Look::Ghost, text!(words, scenario.understood), move || library.dismiss_received())}
            </div>
        </Show>
    }
}
