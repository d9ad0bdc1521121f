//! The field that opens in a cell to be typed in.

use leptos::html;
use leptos::prelude::*;

use super::super::parts::Show;
use super::keys::advance;
use super::state::{Active, SheetState};
use crate::i18n::use_words;
use crate::text;

/// The id of a cell in the document: what the grid names as active.
pub fn cell_id(active: Active) -> String {
    use super::state::Slot;
    let slot = match active.slot {
        Slot::Name => "name".to_owned(),
        Slot::Share => "share".to_owned(),
        Slot::LastYear => "before".to_owned(),
        Slot::Cell(id) => id.0.to_string(),
    };
    format!("cell-{}-{slot}", active.row.0)
}

/// The field. It takes what is typed on Enter, Tab or when it is left; Escape gives the cell back as it was.
#[component]
pub fn Editor(
    active: Active,
    /// Called when typing is over, to give the keys back to the grid.
    done: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let field = NodeRef::<html::Input>::new();
    field.on_load(move |input| {
        _ = input.focus();
        if state.draft.with_untracked(|it| it.as_ref().is_some_and(|it| it.select)) {
            // After the double click that opened the field: its own default would put the caret somewhere.
            request_animation_frame(move || input.select());
        }
    });
    let text = move || state.draft.with(|it| it.as_ref().map(|it| it.text.clone()).unwrap_or_default());
    let problem = move || state.draft.with(|it| it.as_ref().and_then(|it| it.problem.clone()));
    let on_input = move |typed: String| {
        state.draft.update(|it| {
            if let Some(draft) = it {
                draft.text = typed;
                draft.problem = None;
                draft.select = false;
            }
        });
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        event.stop_propagation();
        // An input method has the key: its Enter chooses a word, it does not end the typing.
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        match event.key().as_str() {
            key @ ("Enter" | "Tab") => {
                event.prevent_default();
                if state.commit() {
                    advance(state, active, key, event.shift_key());
                    done.run(());
                }
            }
            "Escape" => {
                state.draft.set(None);
                done.run(());
            }
            _ => {}
        }
    };
    // Left by mouse: what was typed is taken; what cannot be taken is given up with its reason said, nothing changed.
    let on_blur = move |_| {
        if state.draft.get_untracked().is_some_and(|it| it.active == active) && !state.commit() {
            let problem = problem();
            state.draft.set(None);
            if let Some(problem) = problem {
                expect_context::<super::super::notice::Notices>().say(super::super::notice::Notice::Problem(problem));
            }
        }
    };
    view! {
        <input class="sheet__field" type="text" inputmode="text" autocomplete="off" node_ref=field
            aria-label=text!(words, sheet.field)
            aria-invalid=move || problem().is_some().then_some("true")
            prop:value=text
            on:input:target=move |event| on_input(event.target().value())
            on:keydown=on_key
            on:blur=on_blur/>
        <Show when=move || problem().is_some()>
            <span class="sheet__problem" role="alert">{move || problem()}</span>
        </Show>
    }
}
