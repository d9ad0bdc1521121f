//! The organisation as a table: given, submitted, the gap, the trust, and what both can agree on.

use leptos::prelude::*;

use super::super::name;
use super::super::notice::Notices;
use super::super::parts::{Each, Look, Show, button, button_unless};
use super::entry::{Entry, Kind};
use super::state::{AgreeState, STEP};
use crate::amount::Amount;
use crate::engine::consensus::{adopt, consensus, locked};
use crate::i18n::{Words, use_words};
use crate::live::Derived;
use crate::plan::{Dimension, NodeId};
use crate::results::consensus::{Gap, Row};
use crate::session::Access;
use crate::{say, text};

#[component]
pub fn AgreeTable() -> impl IntoView {
    let words = use_words();
    let state = expect_context::<AgreeState>();
    let hidden = Derived::new(move || state.visible.with(Vec::len).saturating_sub(state.most.get()));
    let unit = move || {
        let plan = state.session.plan();
        say!(words, agree.unit, unit = name::unit(words, &plan, state.display.scale(&plan)))
    };
    let keys = move || state.drawn().into_iter().map(|id| u64::from(id.0)).collect();
    view! {
        <section class="card" aria-labelledby="agree-title">
            <div class="card__bar">
                <h2 class="card__title" id="agree-title">{text!(words, agree.title)}</h2>
                <span class="muted">{move || unit()}</span>
                <span class="grow"></span>
                <Adopt/>
            </div>
            <div class="agree__frame">
                <table class="agree__table" aria-labelledby="agree-title">
                    <thead>
                        <tr>
                            <th scope="col" class="agree__name">{move || name::dimension(words, Dimension::Organisation)}</th>
                            <th scope="col">{text!(words, agree.given)}</th>
                            <th scope="col">{text!(words, agree.submitted)}</th>
                            <th scope="col">{text!(words, agree.below)}</th>
                            <th scope="col">{text!(words, agree.gap)}</th>
                            <th scope="col">{text!(words, agree.trust)}</th>
                            <th scope="col">{text!(words, agree.reconciled)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <Each keys row=move |key| view! { <NodeRow id=NodeId(u32::try_from(key).unwrap_or_default())/> }/>
                    </tbody>
                </table>
            </div>
            <div class="card__foot">
                <Show when=move || { 0 < hidden.get() }>
                    {button(
                        Look::Plain,
                        text!(words, agree.more),
                        move || state.most.update(|it| *it += STEP),
                    )}
                    <span>{move || say!(words, agree.hidden, count = hidden.get())}</span>
                </Show>
                <span class="muted">{text!(words, agree.hint)}</span>
            </div>
        </section>
    }
}

#[component]
fn NodeRow(id: NodeId) -> impl IntoView {
    let words = use_words();
    let state = expect_context::<AgreeState>();
    let row = Derived::new(move || state.row(id));
    let of = move |read: fn(&Row) -> Option<Amount>| {
        let amount = row.with(|it| it.as_ref().and_then(read));
        amount.map_or("–".to_owned(), |it| state.figures.get().print(it))
    };
    let name = Derived::new(move || name::node(words, &state.session.plan(), Dimension::Organisation, id));
    let tag = move || state.session.plan().node(Dimension::Organisation, id).map(|it| it.tag.clone());
    let depth = move || row.with(|it| it.map_or(0, |it| it.depth));
    let has_parts = move || row.with(|it| it.is_some_and(|it| !it.is_leaf));
    let is_incomplete = move || row.with(|it| it.and_then(|it| it.below).is_some_and(|it| !it.is_complete));
    let gap = Derived::new(move || row.with(|it| it.and_then(|it| it.gap)));
    let is_short = move || gap.with(|it| it.is_some_and(|it| it.amount.is_negative()));
    view! {
        <tr class:agree__whole=move || depth() == 0>
            <th scope="row" class="agree__name">
                <span class="agree__node" style:--depth=move || depth().to_string()>
                    <Show when=has_parts fallback=move || view! { <span class="agree__fold"></span> }>
                        <Fold id name/>
                    </Show>
                    {move || name.get()}
                    {move || tag().filter(|it| !it.is_empty()).map(|it| view! { <span class="tag">{it}</span> })}
                </span>
            </th>
            <td>{move || of(|it| Some(it.given))}</td>
            <td><Entry id kind=Kind::Submitted/></td>
            <td>
                <Show when=is_incomplete>
                    <span class="tag" title=text!(words, agree.incomplete_long)>{text!(words, agree.incomplete)}</span>
                    " "
                </Show>
                {move || of(|it| it.below.map(|it| it.sum))}
            </td>
            <td class:bad=move || is_short()>{move || gap.get().map_or("–".to_owned(), |it| gap_text(state, it))}</td>
            <td><Entry id kind=Kind::Trust/></td>
            <td class="agree__reconciled">{move || of(|it| Some(it.reconciled))}</td>
        </tr>
    }
}

/// A gap with its sign, and in percent: -12.00 (-4.0%).
fn gap_text(state: AgreeState, gap: Gap) -> String {
    let sign = if 0 < gap.amount.units() { "+" } else { "" };
    let amount = format!("{sign}{}", state.figures.get().print(gap.amount));
    gap.of_given.map_or(amount.clone(), |it| format!("{amount} ({})", name::change(it)))
}

#[component]
fn Fold(id: NodeId, name: Derived<String>) -> impl IntoView {
    let words = use_words();
    let state = expect_context::<AgreeState>();
    let is_folded = Derived::new(move || state.folded.with(|it| it.contains(&id)));
    let label = move || say!(words, agree.parts_of, node = name.get());
    view! {
        <button type="button" class="agree__fold" aria-label=move || label()
            aria-expanded=move || if is_folded.get() { "false" } else { "true" } on:click=move |_| state.fold(id)>
            <span aria-hidden="true">{move || if is_folded.get() { "▸" } else { "▾" }}</span>
        </button>
    }
}

/// Makes the reconciled numbers those of the plan, in one step.
#[component]
fn Adopt() -> impl IntoView {
    let words = use_words();
    let state = expect_context::<AgreeState>();
    let notices = expect_context::<Notices>();
    let session = state.session;
    let is_moved = Derived::new(move || state.rows.with(|rows| rows.iter().any(|it| it.reconciled != it.given)));
    let is_off = move || !is_moved.get() || session.access() == Access::Preview;
    let take = move || {
        let (plan, outcome) = (session.plan_untracked(), session.outcome_untracked());
        let division = outcome.division(Dimension::Organisation);
        let result = session.edit(adopt(&plan, division, &consensus(&plan, division)));
        let is_done = result.is_ok();
        notices.heed(result);
        if is_done {
            let said = untrack(|| adopted(words, state, &locked(&plan, division)));
            notices.undoable(said, move || session.undo());
        }
    };
    button_unless(Look::Primary, None, text!(words, agree.adopt), is_off, take)
}

/// What was done, and who was left as it was.
fn adopted(words: Words, state: AgreeState, locked: &[NodeId]) -> String {
    /// More names than these nobody reads.
    const MOST: usize = 5;
    let plan = state.session.plan();
    if locked.is_empty() {
        return say!(words, agree.adopted).into_owned();
    }
    let name = |id: &NodeId| name::node(words, &plan, Dimension::Organisation, *id);
    let mut names: Vec<String> = locked.iter().take(MOST).map(name).collect();
    names.extend((MOST < locked.len()).then(|| "…".to_owned()));
    say!(words, agree.adopted_but, names = names.join(if words.is_chinese() { "、" } else { ", " })).into_owned()
}
