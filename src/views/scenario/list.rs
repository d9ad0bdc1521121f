//! The page of scenarios: each with its name, what it changes as sentences, and what can be done with it; what everybody asks
//! about, ready to try; the comparison; and what moves the year most.

use leptos::prelude::*;

use super::super::display::Display;
use super::super::finding::refusal;
use super::super::notice::Notices;
use super::super::parts::{CollectAny, Each, Look, Picture, Show, button, icon_button};
use super::compare::compare_card;
use super::effect::effect_card;
use super::ready::ready_card;
use super::{edit_sentence, scenario_name};
use crate::i18n::{told, use_words};
use crate::live::{Derived, Held};
use crate::plan::check::{MAX_NAME, MAX_PROSE};
use crate::plan::{Edit, Fit, ItemEdit, ItemId, Scenario, ScenarioField, tried};
use crate::session::{Access, Refused, Session};
use crate::{say, text};

#[component]
pub fn ScenarioPage() -> impl IntoView {
    let words = use_words();
    view! {
        <h1>{text!(words, scenario.page)}</h1>
        <p class="sub">{text!(words, scenario.sub)}</p>
        <div class="reach">
            {list_card()}
            {ready_card()}
            {compare_card()}
            {effect_card()}
        </div>
    }
}

fn put(edit: ItemEdit<Scenario>) -> Edit {
    Edit::Scenario(ScenarioField::Scenario(edit))
}

fn list_card() -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let with_archived = Held::new(false);
    let ids = Derived::new(move || {
        let (plan, all) = (session.plan(), with_archived.get());
        let list = plan.scenarios.list.iter().filter(|(_, it)| all || !it.archived);
        list.map(|(id, _)| u64::from(id.0)).collect::<Vec<u64>>()
    });
    let archived = Derived::new(move || session.plan().scenarios.list.values().filter(|it| it.archived).count());
    let create = move || {
        let plan = session.plan_untracked();
        let name = untrack(|| say!(words, scenario.unnamed, number = plan.scenarios.list.next() + 1)).into_owned();
        let edit = plan.scenarios.list.add(Scenario { name, ..Scenario::default() });
        let id = edit.id;
        match session.edit(put(edit)) {
            Ok(()) => session.look_at(id),
            refused => notices.heed(refused),
        }
    };
    let try_new = move || {
        session.try_out(&[], None);
    };
    let is_fixed = move || session.base_access() == Access::Preview;
    view! {
        <section class="card reach__wide" aria-labelledby="scenarios-list">
            <div class="card__bar">
                <h2 class="card__title" id="scenarios-list">{text!(words, scenario.list)}</h2>
                <span class="grow"></span>
                {button(Look::Plain, text!(words, scenario.try_new), try_new)}
                <Show when=move || !is_fixed()>{button(Look::Primary, text!(words, scenario.create), create)}</Show>
            </div>
            <div class="card__body">
                <Show when=move || ids.with(Vec::is_empty)><p class="muted">{text!(words, scenario.none)}</p></Show>
                <ul class="scenarios"><Each keys=move || ids.get() row=move |key| scenario_row(ItemId(key as u32))/></ul>
                <Show when=move || { 0 < archived.get() }>
                    <label class="reach__check">
                        <input type="checkbox" prop:checked=move || with_archived.get()
                            on:change:target=move |event| with_archived.set(event.target().checked())/>
                        <span>{move || say!(words, scenario.with_archived, count = archived.get())}</span>
                    </label>
                </Show>
            </div>
        </section>
    }
    .into_any()
}

/// What is done to a scenario, told from the list as it is then.
#[derive(Clone, Copy)]
struct Doing {
    session: Session,
    notices: Notices,
    id: ItemId,
}

impl Doing {
    fn scenario(self) -> Option<Scenario> {
        self.session.plan_untracked().scenarios.list.get(self.id).cloned()
    }

    fn change(self, change: impl FnOnce(&mut Scenario)) {
        let Some(mut scenario) = self.scenario() else { return };
        change(&mut scenario);
        let edit = self.session.plan_untracked().scenarios.list.put(self.id, scenario);
        self.notices.heed(self.session.edit(put(edit)));
    }

    /// So many places down the list.
    fn go(self, down: isize) {
        let plan = self.session.plan_untracked();
        let list = &plan.scenarios.list;
        let (Some(scenario), Some(position)) = (list.get(self.id), list.position(self.id)) else { return };
        let Some(position) = position.checked_add_signed(down) else { return };
        let edit = ItemEdit { position, ..list.put(self.id, scenario.clone()) };
        self.notices.heed(self.session.edit(put(edit)));
    }

    fn duplicate(self, name: String) {
        let Some(scenario) = self.scenario() else { return };
        let list = &self.session.plan_untracked().scenarios.list;
        let below = list.position(self.id).map_or(list.len(), |it| it + 1);
        let edit = ItemEdit { position: below, ..list.add(Scenario { name, archived: false, ..scenario }) };
        self.notices.heed(self.session.edit(put(edit)));
    }

    fn remove(self, said: String) {
        let plan = self.session.plan_untracked();
        let list = &plan.scenarios.list;
        let (Some(scenario), session) = (list.get(self.id).cloned(), self.session) else { return };
        let take = list.take(self.id);
        let back = ItemEdit { item: Some(scenario), ..take.clone() };
        match session.edit(put(take)) {
            Ok(()) => self.notices.undoable(said, move || _ = session.edit(put(back.clone()))),
            refused => self.notices.heed(refused),
        }
    }

    fn promote(self, said: String) {
        let session = self.session;
        session.look_at(self.id);
        match session.promote() {
            Ok(()) => self.notices.undoable(said, move || session.undo()),
            refused => self.notices.heed(refused),
        }
    }
}

fn scenario_row(id: ItemId) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let doing = Doing { session, notices, id };
    let scenario = Derived::new(move || session.plan().scenarios.list.get(id).cloned().unwrap_or_default());
    let name = Derived::new(move || scenario_name(words, &session.plan(), id));
    let is_shown = Derived::new(move || session.what_if().is_some_and(|it| it.of == Some(id)));
    let is_fixed = move || session.base_access() == Access::Preview;
    let of = move |action: String| say!(words, start.of_plan, action = action, title = name.get()).into_owned();
    let label = move |word: fn(crate::i18n::Words) -> String| told(move || of(word(words)).into());
    let look = move || if is_shown.get_untracked() { session.leave() } else { session.look_at(id) };
    let look_word = move || match is_shown.get() {
        true => say!(words, scenario.leave_it),
        false => say!(words, scenario.look),
    };
    let archive_word = move || match scenario.with(|it| it.archived) {
        true => say!(words, scenario.unarchive),
        false => say!(words, scenario.archive),
    };
    let duplicate = move || {
        let copy: String =
            untrack(|| say!(words, scenario.copy_of, name = name.get())).chars().take(MAX_NAME).collect();
        doing.duplicate(copy);
    };
    let promote = move || doing.promote(untrack(|| say!(words, scenario.promoted)).into_owned());
    let remove = move || doing.remove(untrack(|| say!(words, scenario.removed, name = name.get())).into_owned());
    let rename = move |typed: String| doing.change(|it| it.name = typed.trim().to_owned());
    let note = move |typed: String| doing.change(|it| it.note = typed);
    let ways = move || {
        view! {
            <button type="button" class="button" aria-label=move || of(look_word().into_owned()) on:click=move |_| look()>
                {move || look_word()}
            </button>
            <Show when=move || !is_fixed()>
                <button type="button" class="button button--ghost" aria-label=label(|words| say!(words, scenario.promote).into_owned())
                    on:click=move |_| promote()>{text!(words, scenario.promote)}</button>
                <button type="button" class="button button--ghost" aria-label=label(|words| say!(words, scenario.duplicate).into_owned())
                    on:click=move |_| duplicate()>{text!(words, scenario.duplicate)}</button>
                <button type="button" class="button button--ghost" aria-label=move || of(archive_word().into_owned())
                    on:click=move |_| doing.change(|it| it.archived = !it.archived)>{move || archive_word()}</button>
                {icon_button("button button--ghost button--icon", Picture::Up,
                    [label(|words| say!(words, scenario.up).into_owned()), text!(words, scenario.up)], || false, move || doing.go(-1))}
                {icon_button("button button--ghost button--icon", Picture::Down,
                    [label(|words| say!(words, scenario.down).into_owned()), text!(words, scenario.down)], || false, move || doing.go(1))}
                {icon_button("button button--ghost button--icon", Picture::Bin,
                    [label(|words| say!(words, scenario.remove).into_owned()), text!(words, scenario.remove)], || false, remove)}
            </Show>
        }
    };
    view! {
        <li class="scenarios__item" class:scenarios__item--shown=move || is_shown.get()>
            <div class="scenarios__head">
                <input class="field__input scenarios__name" type="text" autocomplete="off" maxlength=MAX_NAME.to_string()
                    aria-label=text!(words, scenario.name) readonly=is_fixed prop:value=move || name.get()
                    on:change:target=move |event| rename(event.target().value())/>
                <Show when=move || scenario.with(|it| it.archived)>
                    <span class="muted">{text!(words, scenario.is_archived)}</span>
                </Show>
                <div class="scenarios__ways">{ways()}</div>
            </div>
            <textarea class="field__input scenarios__note" rows="1" maxlength=MAX_PROSE.to_string() readonly=is_fixed
                aria-label=label(|words| say!(words, scenario.note).into_owned())
                placeholder=text!(words, scenario.note_hint) prop:value=move || scenario.with(|it| it.note.clone())
                on:change:target=move |event| note(event.target().value())></textarea>
            {edits(id)}
        </li>
    }
    .into_any()
}

/// What it changes, and what of that the base no longer takes.
fn edits(id: ItemId) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let display = expect_context::<Display>();
    let edits = Derived::new(move || {
        let base = session.base();
        base.scenarios.list.get(id).map(|it| it.edits.read()).unwrap_or_default()
    });
    let count = Derived::new(move || edits.with(Vec::len));
    let passed_over = Derived::new(move || {
        let base = session.base();
        base.scenarios.list.get(id).map_or(0, |it| it.edits.passed_over())
    });
    let lines = move || {
        let mut plan = (*session.base()).clone();
        let line = |edit: &Edit| {
            let what = edit_sentence(words, display, &plan, edit);
            let (after, fits) = tried(&plan, std::slice::from_ref(edit));
            plan = after;
            match fits.into_iter().next() {
                Some(Fit::Refused(why)) => {
                    let why = refusal(words, session, &Refused::Edit(why));
                    view! { <li class="bad">{say!(words, scenario.unfit_line, what = what, why = why)}</li> }.into_any()
                }
                Some(Fit::Same) => {
                    view! { <li class="muted">{say!(words, scenario.fit_same, what = what)}</li> }.into_any()
                }
                _ => view! { <li>{what}</li> }.into_any(),
            }
        };
        edits.with(|it| it.iter().map(line).collect_any())
    };
    view! {
        <Show when=move || { 0 < count.get() }
            fallback=move || view! { <p class="muted">{text!(words, scenario.no_edits)}</p> }>
            <details class="scenarios__edits">
                <summary>{move || say!(words, scenario.edits, count = count.get())}</summary>
                <ul>{move || lines()}</ul>
            </details>
        </Show>
        <Show when=move || { 0 < passed_over.get() }>
            <p class="bad">{move || say!(words, scenario.foreign, count = passed_over.get())}</p>
        </Show>
    }
    .into_any()
}
