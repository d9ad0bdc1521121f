//! The sheet of two crossing trees: figures at the head, the grid, what was found, and two pictures.

mod block;
mod drawing;
mod entry;
mod grid;
mod keys;
mod kpi;
mod paper;
mod paste;
mod printed;
mod search;
mod state;
mod tools;
mod tracks;
mod under;

use leptos::prelude::*;

use super::app::{Chosen, Dialogs, Paired, Wanted};
use super::display::Display;
use super::finding::sentence;
use super::later::{self, DialogLater, Later};
use super::parts::{Look, Show, button};
use super::route::Route;
use super::settle::provide_trailing;
use crate::amount::Amount;
use crate::engine::Subject;
use crate::i18n::use_words;
use crate::live::{Derived, follow};
use crate::plan::{Dimension, Pair};
use crate::results::sheet::Tally;
use crate::results::show::Tint;
use crate::session::Session;
use crate::{say, text};
use grid::Grid;
use kpi::Kpis;
pub use paste::PasteDialog;
use search::{SearchBar, ShowChoice};
use state::SheetState;
use tools::{AboveChoice, ColumnDepth, ScaleChoice, Tools};
pub use under::UnderSheet;

/// One page: a pair of dimensions.
///
/// A part of the page: it is downloaded when there is a plan to show (`later`).
#[component]
pub fn SheetPage() -> impl IntoView {
    let Paired(pair) = expect_context();
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let dialogs = expect_context::<Dialogs>();
    let state = SheetState::new(pair, session, display);
    provide_context(state);
    session.selected.set(None);
    follow_block(state);
    let wanted = expect_context::<Wanted>();
    follow(move || {
        if let Some(at) = wanted.0.get().filter(|at| at.pair == pair) {
            wanted.0.set(None);
            state.go_to(at);
        }
    });
    let title = move || match pair.rows() {
        _ if !pair.is_over_time() => Route::Cross(pair).word(words.locale()).to_owned(),
        Dimension::Organisation | Dimension::Time => say!(words, sheet.title_organisation).into_owned(),
        Dimension::Product => say!(words, sheet.title_product).into_owned(),
        Dimension::Customer => say!(words, sheet.title_customer).into_owned(),
        Dimension::Channel => say!(words, sheet.title_channel).into_owned(),
    };
    // What would be too large to be worked out has no cells to show.
    let too_large = Derived::new(move || {
        if pair.is_over_time() {
            return None;
        }
        let outcome = session.outcome();
        let finding = outcome.findings.iter().find(|it| it.subject() == Subject::Table(pair));
        finding.map(|it| sentence(words, &session.plan(), it))
    });
    // Where the tint says more or less than usual, cells say which beside it.
    let tint = move || (state.tint.get() == Tint::Deviation).then_some("deviation");
    view! {
        <h1>{move || title()}</h1>
        <p class="sub">{text!(words, sheet.sub)}</p>
        {move || {
            provide_trailing();
            view! { <Kpis pair/> }.into_any()
        }}
        <Show when=move || too_large.get().is_some()>
            <p class="card later__missing" role="status">{move || too_large.get()}</p>
        </Show>
        <Show when=move || too_large.get().is_none()>
            <section class="card sheet" aria-label=move || title() data-tint=tint>
                <div class="card__bar">
                    <ShowChoice/>
                    <ColumnDepth/>
                    <span class="grow"></span>
                    <Show when=move || pair == Pair::ORGANISATION_PRODUCT>
                        {button(Look::Plain, text!(words, chain.export), move || dialogs.chain.set(true))}
                    </Show>
                    <ScaleChoice/>
                </div>
                <Tools/>
                <SearchBar/>
                <Grid/>
                <div class="card__foot">
                    <span class="muted">{move || rounding_note(words, state)}</span>
                    <span class="grow"></span>
                    <AboveChoice/>
                    <span class="muted">{text!(words, sheet.hint)}</span>
                </div>
            </section>
            <Later part=later::under_sheet/>
        </Show>
        <DialogLater part=later::paste is_asked=state.is_pasting/>
    }
}

/// Has the line at the foot of the page say what the chosen block comes to.
fn follow_block(state: SheetState) {
    let chosen = expect_context::<Chosen>();
    let tally = Derived::new(move || {
        let figures = state.figures.get();
        let print = |it: Amount| figures.print_short(it);
        let Tally { sum, average, count } = block::tally(state)?;
        Some(say!(state.words, sheet.tally, sum = print(sum), average = print(average), count = count).into_owned())
    });
    follow(move || chosen.0.set(tally.get()));
    on_cleanup(move || chosen.0.set(None));
}

fn rounding_note(words: crate::i18n::Words, state: SheetState) -> String {
    match state.figures.get().exact {
        true => say!(words, sheet.exact).into_owned(),
        false => say!(words, sheet.rounded).into_owned(),
    }
}
