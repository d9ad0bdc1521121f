//! A plan from a link or a file beside one of this machine: what each comes to, what differs in words, and what would come of
//! both. Whoever looks decides what both have changed; nothing is written before.
//!
//! A part of the page: it is downloaded when a plan is looked at, or in idle time.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::display::Display;
use super::library::{Library, Mine};
use super::name;
use super::parts::{CollectAny, Dialog, Look, Show, button, button_unless};
use super::scenario::edit_sentence;
use crate::amount::Amount;
use crate::edge::store::kin::Standing;
use crate::edge::store::snapshot::Cause;
use crate::i18n::{Words, told, use_words};
use crate::live::{Derived, Held};
use crate::plan::merge::{Change, Merge, MergeError, Place, merge};
use crate::plan::{Edit, Plan};
use crate::results::figure::basis_points;
use crate::results::merged::{Line, lines};
use crate::session::Session;
use crate::{say, text};

/// More lines nobody reads; what is not shown is counted.
const MOST: usize = 200;

/// The button, and the dialog that it opens.
#[component]
pub fn Merging() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let is_open = Held::new(false);
    view! {
        <Show when=move || library.entries().iter().any(|it| it.title().is_some())>
            {button(Look::Plain, text!(words, merge.open), move || is_open.set(true))}
        </Show>
        <Dialog name="merge" is_open title=text!(words, merge.title) close=text!(words, share.close)>
            <MergeForm is_open/>
        </Dialog>
    }
}

/// The two plans, and what comes of them.
#[derive(Clone, PartialEq)]
struct Seen {
    mine: Arc<Plan>,
    theirs: Arc<Plan>,
    /// They have nothing in common that anybody knows of.
    is_stranger: bool,
    merge: Result<Arc<Merge>, MergeError>,
}

/// What is looked at.
#[derive(Clone, Copy)]
struct Looked {
    beside: Held<Arc<[Mine]>>,
    chosen: Held<usize>,
    takes: Held<BTreeSet<Place>>,
    seen: Derived<Option<Seen>>,
}

impl Looked {
    fn with<R: Default>(self, read: impl FnOnce(&Seen) -> R) -> R {
        self.seen.with(|it| it.as_ref().map(read).unwrap_or_default())
    }

    /// The changes that are asked for, or those that are not.
    fn changes(self, are_asked: bool) -> Vec<Change> {
        self.with(|it| match &it.merge {
            Ok(merge) => merge.changes.iter().filter(|it| it.is_asked == are_asked).cloned().collect(),
            Err(_) => Vec::new(),
        })
    }

    fn decide(self, place: &Place, is_theirs: bool) {
        self.takes.update(|it| _ = if is_theirs { it.insert(place.clone()) } else { it.remove(place) });
    }

    fn decide_all(self, is_theirs: bool) {
        let places = self.changes(true).into_iter().map(|it| it.place);
        self.takes.set(if is_theirs { places.collect() } else { BTreeSet::new() });
    }
}

fn looked(library: Library, theirs: Arc<Plan>) -> Looked {
    let beside = Held::new(Arc::<[Mine]>::from(untrack(|| library.beside())));
    let (chosen, takes) = (Held::new(0), Held::new(BTreeSet::new()));
    let seen = Derived::new(move || {
        let Mine { id, standing, .. } = beside.with(|it| it.get(chosen.get()).cloned())?;
        let mine = library.mine(id)?;
        let base = match &standing {
            Some(Standing::Same | Standing::Older) => Some(Plan::clone(&theirs)),
            Some(Standing::Newer) => Some(Plan::clone(&mine)),
            Some(Standing::Both(base)) => Some(Plan::clone(base)),
            Some(Standing::Lost) | None => None,
        };
        let merge = takes.with(|it| merge(base.as_ref(), &mine, &theirs, it)).map(Arc::new);
        Some(Seen { mine, theirs: Arc::clone(&theirs), is_stranger: standing.is_none(), merge })
    });
    Looked { beside, chosen, takes, seen }
}

#[component]
fn MergeForm(is_open: Held<bool>) -> impl IntoView {
    let words = use_words();
    let (library, session) = (expect_context::<Library>(), expect_context::<Session>());
    let looked = looked(library, session.base_untracked());
    let option = move |(at, mine): (usize, &Mine)| {
        let is_chosen = move || looked.chosen.get() == at;
        let title = mine.title.clone();
        view! { <option value=at.to_string() selected=is_chosen prop:selected=is_chosen>{title}</option> }
    };
    let choose = move |value: String| {
        looked.takes.set(BTreeSet::new());
        looked.chosen.set(value.parse().unwrap_or_default());
    };
    view! {
        <div class="dialog__body">
            <label class="field">
                <span class="field__label">{text!(words, merge.with)}</span>
                <select class="field__input" autofocus=true on:change:target=move |event| choose(event.target().value())>
                    {looked.beside.with_untracked(|it| it.iter().enumerate().map(option).collect_any())}
                </select>
            </label>
            <p class="merge__standing" role="status">{move || standing(words, looked)}</p>
            {effect(looked)}
            {conflicts(looked)}
            {clean(looked)}
            {kept(looked)}
            {rest(looked)}
        </div>
        {foot(is_open, looked)}
    }
}

fn standing(words: Words, looked: Looked) -> String {
    match looked.seen.with(|it| it.as_ref().map(|it| it.merge.as_ref().err().copied())) {
        Some(Some(MergeError::Unit)) => return say!(words, merge.unit).into_owned(),
        Some(Some(MergeError::TooLarge)) => return say!(words, merge.too_large).into_owned(),
        _ => {}
    }
    let standing = looked.beside.with(|it| it.get(looked.chosen.get()).and_then(|it| it.standing.clone()));
    match standing {
        Some(Standing::Same) => say!(words, merge.same),
        Some(Standing::Older) => say!(words, merge.older),
        Some(Standing::Newer) => say!(words, merge.newer),
        Some(Standing::Both(_)) => say!(words, merge.both),
        Some(Standing::Lost) => say!(words, merge.lost),
        None => say!(words, merge.stranger),
    }
    .into_owned()
}

// ---- What it comes to ----

fn effect(looked: Looked) -> AnyView {
    let words = use_words();
    let display = expect_context::<Display>();
    let rows = move || {
        let Some(Seen { mine, theirs, merge, .. }) = looked.seen.get() else { return Vec::new() };
        let Ok(merge) = merge else { return vec![] };
        let theirs = if merge.theirs == *theirs { theirs } else { Arc::new(merge.theirs.clone()) };
        let all = lines(&[&mine, &theirs, &merge.plan]);
        all.iter().map(|it| line(words, display, [&mine, &theirs, &merge.plan], it)).collect()
    };
    view! {
        <Show when=move || looked.with(|it| it.merge.is_ok())>
            <div class="lines__scroll merge__effect" tabindex="0" role="region" aria-label=text!(words, merge.effect)>
                <table class="lines__table lines__figures">
                    <thead><tr>
                        <th scope="col">{text!(words, merge.what)}</th>
                        <th scope="col">{text!(words, merge.mine)}</th>
                        <th scope="col">{text!(words, merge.theirs)}</th>
                        <th scope="col">{text!(words, merge.merged)}</th>
                    </tr></thead>
                    <tbody>{move || rows().into_iter().collect_any()}</tbody>
                </table>
            </div>
        </Show>
    }
    .into_any()
}

fn line(words: Words, display: Display, plans: [&Plan; 3], line: &Line) -> AnyView {
    let called = match line.node {
        None => say!(words, merge.total).into_owned(),
        Some((dimension, id)) => {
            let plan = plans.into_iter().find(|it| it.node(dimension, id).is_some()).unwrap_or(plans[0]);
            name::node(words, plan, dimension, id)
        }
    };
    let figures = display.figures(plans[0], line.amounts.iter().flatten().map(|it| it.units()));
    let said = |it: Amount| name::amount(words, plans[0], &figures, it);
    let mine = line.amounts.first().copied().flatten();
    let cell = |(at, amount): (usize, &Option<Amount>)| {
        let Some(amount) = amount else { return view! { <td>"–"</td> }.into_any() };
        let by = mine.filter(|it| 0 < at && it != amount).map(|mine| {
            let by = amount.units() - mine.units();
            let sign = if 0 < by { "+" } else { "" };
            let percent = basis_points(by, mine.units()).map_or_else(|| "–".to_owned(), name::change);
            let by = format!("{sign}{}", said(Amount::from_units(by)));
            say!(words, merge.by, amount = by, percent = percent).into_owned()
        });
        view! { <td>{said(*amount)} {by.map(|it| view! { <small class="merge__by">{it}</small> })}</td> }.into_any()
    };
    let cells = line.amounts.iter().enumerate().map(cell).collect_any();
    view! { <tr><th scope="row">{called}</th>{cells}</tr> }.into_any()
}

// ---- What differs ----

/// What both have changed, or whatever differs where nobody can tell who changed it.
fn conflicts(looked: Looked) -> AnyView {
    let words = use_words();
    let asked = Derived::new(move || looked.changes(true));
    let count = Derived::new(move || asked.with(Vec::len));
    let is_known = move || looked.with(|it| matches!(&it.merge, Ok(it) if it.changes.iter().any(|it| it.is_conflict)));
    let title = move || match is_known() {
        true => say!(words, merge.conflicts, count = count.get()),
        false => say!(words, merge.differences, count = count.get()),
    };
    let rows = move || {
        let all = asked.get();
        all.into_iter().take(MOST).enumerate().map(|(at, it)| conflict(looked, at, it)).collect_any()
    };
    view! {
        <Show when=move || { 0 < count.get() }>
            <section class="merge__part" aria-labelledby="merge-conflicts">
                <h3 class="merge__title" id="merge-conflicts">{move || title()}</h3>
                <p class="muted">{text!(words, merge.conflicts_hint)}</p>
                <div class="merge__ways">
                    {button(Look::Plain, text!(words, merge.all_mine), move || looked.decide_all(false))}
                    {button(Look::Plain, text!(words, merge.all_theirs), move || looked.decide_all(true))}
                </div>
                {move || rows()}
                {more(words, count)}
            </section>
        </Show>
    }
    .into_any()
}

fn conflict(looked: Looked, at: usize, change: Change) -> AnyView {
    let words = use_words();
    let display = expect_context::<Display>();
    let about = looked.with(|it| about(words, it, &change.place));
    let mine = looked.with(|it| sentences(words, display, it, &change, &change.mine, true));
    let theirs = looked.with(|it| sentences(words, display, it, &change, &change.theirs, false));
    let group = format!("merge-{at}");
    let way = |is_theirs: bool, word: crate::i18n::Text, said: String| {
        let (place, group) = (change.place.clone(), group.clone());
        let of = change.place.clone();
        let is_chosen = move || looked.takes.with(|it| it.contains(&of)) == is_theirs;
        view! {
            <label class="scope">
                <input type="radio" name=group prop:checked=is_chosen on:change=move |_| looked.decide(&place, is_theirs)/>
                <span class="scope__text">
                    <span class="scope__name">{word}</span>
                    <span class="scope__hint">{said}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="scopes merge__conflict">
            <legend class="field__label">{about}</legend>
            {way(false, text!(words, merge.keep_mine), mine)}
            {way(true, text!(words, merge.take_theirs), theirs)}
        </fieldset>
    }
    .into_any()
}

/// What only they have changed.
fn clean(looked: Looked) -> AnyView {
    let words = use_words();
    let display = expect_context::<Display>();
    let changes = Derived::new(move || looked.changes(false));
    let count = Derived::new(move || changes.with(Vec::len));
    let row = move |change: &Change| {
        let said = looked.with(|it| sentences(words, display, it, change, &change.theirs, false));
        view! { <li>{said}</li> }
    };
    let rows = move || changes.with(|all| all.iter().take(MOST).map(row).collect_any());
    let is_none = move || looked.with(|it| matches!(&it.merge, Ok(it) if it.changes.is_empty()));
    view! {
        <Show when=move || { 0 < count.get() }>
            <section class="merge__part" aria-labelledby="merge-clean">
                <h3 class="merge__title" id="merge-clean">{move || say!(words, merge.clean, count = count.get())}</h3>
                <ul class="merge__list">{move || rows()}</ul>
                {more(words, count)}
            </section>
        </Show>
        <Show when=is_none><p class="muted">{text!(words, merge.no_changes)}</p></Show>
    }
    .into_any()
}

/// What only I have changed.
fn kept(looked: Looked) -> AnyView {
    let words = use_words();
    let display = expect_context::<Display>();
    let count = Derived::new(move || looked.with(|it| it.merge.as_ref().map_or(0, |it| it.kept.len())));
    let rows = move || {
        let Some(Seen { merge: Ok(merge), mine, .. }) = looked.seen.get() else { return Vec::new() };
        let over = |edit: &Edit| if is_of_shape(edit) { &*mine } else { &merge.base };
        let said = |edit: &Edit| edit_sentence(words, display, over(edit), edit);
        merge.kept.iter().take(MOST).map(said).collect()
    };
    view! {
        <Show when=move || { 0 < count.get() }>
            <section class="merge__part" aria-labelledby="merge-kept">
                <h3 class="merge__title" id="merge-kept">{move || say!(words, merge.kept, count = count.get())}</h3>
                <ul class="merge__list">{move || rows().into_iter().map(|it| view! { <li>{it}</li> }).collect_any()}</ul>
                {more(words, count)}
            </section>
        </Show>
    }
    .into_any()
}

/// It speaks of nodes that not every plan has.
fn is_of_shape(edit: &Edit) -> bool {
    matches!(edit, Edit::Add { .. } | Edit::Move { .. } | Edit::Remove { .. } | Edit::Tree { .. })
}

fn more(words: Words, count: Derived<usize>) -> AnyView {
    let rest = move || count.get().saturating_sub(MOST);
    view! { <Show when=move || { 0 < rest() }><p class="muted">{move || say!(words, merge.more, count = rest())}</p></Show> }
        .into_any()
}

/// What does not come in, and what had to be mended.
fn rest(looked: Looked) -> AnyView {
    let words = use_words();
    let display = expect_context::<Display>();
    let said = move || {
        let Some(Seen { merge: Ok(merge), .. }) = looked.seen.get() else { return Vec::new() };
        let left = merge.left_out.iter().map(|it| say!(words, merge.left_out, name = it.clone()).into_owned());
        let unfit = merge.unfit.iter().map(|(edit, _)| {
            let what = edit_sentence(words, display, &merge.theirs, edit);
            say!(words, merge.unfit, what = what).into_owned()
        });
        let mended =
            (!merge.repairs.is_empty()).then(|| say!(words, merge.repairs, count = merge.repairs.len()).into_owned());
        left.chain(unfit).chain(mended).take(MOST).collect()
    };
    view! { <ul class="merge__list merge__rest">{move || said().into_iter().map(|it| view! { <li>{it}</li> }).collect_any()}</ul> }
        .into_any()
}

/// What a change is of.
fn about(words: Words, seen: &Seen, place: &Place) -> String {
    let Ok(merge) = &seen.merge else { return String::new() };
    let plans = [&merge.base, &*seen.mine, &merge.theirs];
    match place {
        Place::Node(dimension, id, ..)
        | Place::Branch(dimension, id)
        | Place::Parent(dimension, id)
        | Place::Order(dimension, id) => {
            let plan = plans.into_iter().find(|it| it.node(*dimension, *id).is_some()).unwrap_or(plans[1]);
            name::node(words, plan, *dimension, *id)
        }
        Place::Cell(at) => name::cell(words, plans[0], *at),
        _ => say!(words, merge.of_plan).into_owned(),
    }
}

/// What somebody did, in the words of scenarios.
fn sentences(words: Words, display: Display, seen: &Seen, change: &Change, edits: &[Edit], are_mine: bool) -> String {
    let Ok(merge) = &seen.merge else { return String::new() };
    match &change.place {
        Place::Order(..) => return say!(words, merge.order, name = about(words, seen, &change.place)).into_owned(),
        Place::Sequence(_) => return say!(words, merge.sequence).into_owned(),
        _ if edits.is_empty() => return say!(words, merge.not_changed).into_owned(),
        _ => {}
    }
    // Of a node that one of the two does not have, the other knows the name.
    let over = |edit: &Edit| match edit {
        Edit::Remove { dimension, id } if merge.base.node(*dimension, *id).is_none() => match are_mine {
            true => &merge.theirs,
            false => &*seen.mine,
        },
        Edit::Add { .. } | Edit::Move { .. } if !are_mine => &merge.theirs,
        Edit::Add { .. } | Edit::Move { .. } => &*seen.mine,
        _ => &merge.base,
    };
    let said: Vec<String> = edits.iter().map(|it| edit_sentence(words, display, over(it), it)).collect();
    said.join(&say!(words, scenario.and_then))
}

// ---- What is done ----

fn foot(is_open: Held<bool>, looked: Looked) -> AnyView {
    let words = use_words();
    let library = expect_context::<Library>();
    let id = move || looked.beside.with_untracked(|it| it.get(looked.chosen.get_untracked()).map(|it| it.id));
    let take = move |plan: &Plan, cause: Cause| {
        let Some(id) = id() else { return };
        is_open.set(false);
        _ = library.take_in(id, plan, cause);
    };
    let merge_in = move || {
        let merged = looked.seen.with_untracked(|it| it.as_ref().and_then(|it| it.merge.clone().ok()));
        if let Some(merged) = merged {
            take(&merged.plan, Cause::Merge);
        }
    };
    let replace = move || {
        let theirs = looked.seen.with_untracked(|it| it.as_ref().map(|it| Arc::clone(&it.theirs)));
        if let Some(theirs) = theirs {
            take(&theirs, Cause::Replace);
        }
    };
    let can_replace = move || looked.with(|it| !it.is_stranger && it.mine != it.theirs);
    let changes_nothing = move || looked.with(|it| !matches!(&it.merge, Ok(merge) if merge.plan != *it.mine));
    view! {
        <div class="dialog__foot">
            <p class="muted grow">{text!(words, merge.merged_hint)}</p>
            {button(Look::Plain, text!(words, merge.cancel), move || is_open.set(false))}
            <Show when=can_replace>{button(Look::Plain, text!(words, merge.replace), replace)}</Show>
            {button_unless(Look::Primary, None, told(move || say!(words, merge.do_merge)), changes_nothing, merge_in)}
        </div>
    }
    .into_any()
}
