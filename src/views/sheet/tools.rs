//! What can be done with the chosen row, and how the sheet is shown.

use leptos::prelude::*;

use super::super::app::Dialogs;
use super::super::command::{Command, Commands, OnSheet};
use super::super::display::Display;
use super::super::name;
use super::super::notice::{Notice, Notices};
use super::super::parts::{CollectAny, Look, Picture, Segment, Segments, Show, button, button_unless, icon_button};
use super::state::{Active, SheetState, Slot};
use super::{block, search};
use crate::amount::Scale;
use crate::engine::breakback::Above;
use crate::i18n::use_words;
use crate::live::Derived;
use crate::plan::{Dimension, Edit, Node, NodeId, Tree};
use crate::results::arrange::Order;
use crate::results::sheet::Unfolded;
use crate::session::{Access, Session};
use crate::{say, text};

/// A tool without a word.
const ARROW: &str = "button button--icon";

/// Adding, naming, moving, locking and removing.
#[component]
pub fn Tools() -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let dialogs = expect_context::<Dialogs>();
    let notices = expect_context::<Notices>();
    let session = state.session;
    let dimension = state.pair.rows();
    let chosen = Derived::new(move || {
        let active = state.active.get()?;
        session.plan().node(dimension, active.row).map(|_| active.row)
    });
    let is_root = move || chosen.get() == Some(session.plan().tree(dimension).root);
    let is_off = move || chosen.get().is_none() || session.access() == Access::Preview;
    let is_fixed = move || is_off() || is_root();
    let rename = move || {
        if let Some(row) = chosen.get_untracked() {
            state.start(Active::cell(row, Slot::Name));
        }
    };
    let lock = move || notices.heed(block::toggle_lock(state));
    let put = move |place| add(state, notices, chosen.get_untracked(), place);
    let gone = move || remove(state, notices, chosen.get_untracked());
    let act = move |make: fn(&Tree, NodeId) -> Option<Place>| {
        let Some(id) = chosen.get_untracked() else { return };
        let Some(Place { parent, position }) = make(session.plan_untracked().tree(dimension), id) else { return };
        // In another order than the plan's nobody would see where it went.
        search::sort(state, Order::Plan);
        notices.heed(session.edit(Edit::Move { dimension, id, parent, position }));
    };
    expect_context::<Commands>().take(Command::on_sheet, move |on| match on {
        OnSheet::AddBelow if !is_off() => put(Where::Below),
        OnSheet::Rename if !is_off() => rename(),
        OnSheet::Lock if !is_off() => lock(),
        OnSheet::Clear if !is_off() => {
            if let Some(active) = state.active.get_untracked() {
                notices.heed(session.clear(state.at(active)));
            }
        }
        OnSheet::AddBeside if !is_fixed() => put(Where::Beside),
        OnSheet::Up if !is_fixed() => act(up),
        OnSheet::Down if !is_fixed() => act(down),
        OnSheet::Out if !is_fixed() => act(outward),
        OnSheet::In if !is_fixed() => act(inward),
        OnSheet::Remove if !is_fixed() => gone(),
        OnSheet::Show(show) => state.show.set(show),
        OnSheet::Depth(depth) => state.unfolded.set(Unfolded::to(depth)),
        OnSheet::Above(above) => state.above.set(above),
        _ => notices.say(Notice::Problem(say!(words, command.choose_first).into_owned())),
    });
    view! {
        <div class="card__bar sheet__tools" role="toolbar" aria-label=text!(words, sheet.tools)>
            {button_unless(Look::Plain, Some(Picture::Add), text!(words, sheet.add_below), is_off, move || put(Where::Below))}
            {button_unless(Look::Plain, Some(Picture::Add), text!(words, sheet.add_beside), is_fixed, move || put(Where::Beside))}
            {button_unless(Look::Plain, None, text!(words, sheet.rename), is_off, rename)}
            {button_unless(Look::Plain, Some(Picture::Lock), text!(words, sheet.lock), is_off, lock)}
            {icon_button(ARROW, Picture::Up, [text!(words, sheet.move_up), text!(words, sheet.move_up)], is_fixed, move || act(up))}
            {icon_button(ARROW, Picture::Down, [text!(words, sheet.move_down), text!(words, sheet.move_down)], is_fixed, move || act(down))}
            {button_unless(Look::Plain, None, text!(words, sheet.move_out), is_fixed, move || act(outward))}
            {button_unless(Look::Plain, None, text!(words, sheet.move_in), is_fixed, move || act(inward))}
            {button_unless(Look::Danger, Some(Picture::Bin), text!(words, sheet.remove), is_fixed, gone)}
            <span class="grow"></span>
            <Show when=move || dimension == Dimension::Organisation>
                {button(Look::Plain, text!(words, sheet.paste), move || dialogs.import.set(true))}
            </Show>
        </div>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Below,
    Beside,
}

/// A new node, its name waiting to be typed.
fn add(state: SheetState, notices: Notices, chosen: Option<NodeId>, place: Where) {
    let dimension = state.pair.rows();
    let plan = state.session.plan_untracked();
    let tree = plan.tree(dimension);
    let Some(chosen) = chosen else { return };
    let parent = match place {
        Where::Below => chosen,
        Where::Beside => tree.parent(chosen).unwrap_or(tree.root),
    };
    let children = tree.children(parent);
    let position = children.iter().position(|it| *it == chosen).map_or(children.len(), |it| it + 1);
    let id = NodeId(tree.next);
    let result = state.session.edit(Edit::Add { dimension, parent, position, id, node: Box::new(Node::default()) });
    let is_done = result.is_ok();
    notices.heed(result);
    if is_done {
        state.fold(parent, false);
        state.start(Active::cell(id, Slot::Name));
    }
}

/// Gone with everything below it; a notice offers the way back.
fn remove(state: SheetState, notices: Notices, chosen: Option<NodeId>) {
    let words = state.words;
    let dimension = state.pair.rows();
    let plan = state.session.plan_untracked();
    let Some(id) = chosen else { return };
    let name = name::node(words, &plan, dimension, id);
    let next = neighbour(plan.tree(dimension), id);
    let result = state.session.edit(Edit::Remove { dimension, id });
    let is_done = result.is_ok();
    notices.heed(result);
    if is_done {
        if let Some(row) = next {
            state.activate(Active::cell(row, Slot::Name));
        }
        let session = state.session;
        let text = say!(words, sheet.removed, name = name).into_owned();
        notices.undoable(text, move || session.undo());
    }
}

/// Who stands where a node stood.
fn neighbour(tree: &Tree, id: NodeId) -> Option<NodeId> {
    let parent = tree.parent(id)?;
    let siblings = tree.children(parent);
    let place = siblings.iter().position(|it| *it == id)?;
    siblings.get(place + 1).or(place.checked_sub(1).and_then(|it| siblings.get(it))).copied().or(Some(parent))
}

/// Where a node moves to.
struct Place {
    parent: NodeId,
    position: usize,
}

fn stand(tree: &Tree, id: NodeId) -> Option<Place> {
    let parent = tree.parent(id)?;
    Some(Place { parent, position: tree.children(parent).iter().position(|it| *it == id)? })
}

fn up(tree: &Tree, id: NodeId) -> Option<Place> {
    let Place { parent, position } = stand(tree, id)?;
    Some(Place { parent, position: position.checked_sub(1)? })
}

fn down(tree: &Tree, id: NodeId) -> Option<Place> {
    let Place { parent, position } = stand(tree, id)?;
    Some(Place { parent, position: position + 1 }).filter(|it| it.position < tree.children(parent).len())
}

/// Beside its parent, behind it.
fn outward(tree: &Tree, id: NodeId) -> Option<Place> {
    let Place { parent, position } = stand(tree, stand(tree, id)?.parent)?;
    Some(Place { parent, position: position + 1 })
}

/// Below the sibling before it, as the last.
fn inward(tree: &Tree, id: NodeId) -> Option<Place> {
    let Place { parent, position } = stand(tree, id)?;
    let before = *tree.children(parent).get(position.checked_sub(1)?)?;
    Some(Place { parent: before, position: tree.children(before).len() })
}

/// How deep the columns unfold: year, quarter, month; or the levels of a tree.
#[component]
pub fn ColumnDepth() -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let session = expect_context::<Session>();
    let deepest = Derived::new(move || {
        let outcome = session.outcome();
        let layout = &outcome.division(state.pair.columns()).layout;
        (0..layout.len()).map(|it| layout.depth(it)).max().unwrap_or(0)
    });
    let items = Derived::new(move || {
        let word = |depth: usize| match (state.pair.columns(), depth) {
            (Dimension::Time, 0) => say!(words, sheet.year).into_owned(),
            (Dimension::Time, 1) => say!(words, sheet.quarters).into_owned(),
            (Dimension::Time, 2) => say!(words, sheet.months).into_owned(),
            (Dimension::Time, _) => say!(words, sheet.weeks).into_owned(),
            (_, 0) => say!(words, sheet.whole).into_owned(),
            (_, level) => say!(words, sheet.level, number = level).into_owned(),
        };
        (0..=deepest.get()).map(|depth| Segment { value: depth, word: word(depth) }).collect()
    });
    // None of them where columns are folded one by one.
    let chosen =
        Derived::new(move || state.unfolded.with(|it| if it.turned.is_empty() { it.depth } else { usize::MAX }));
    view! {
        <Segments label=Derived::new(move || say!(words, sheet.columns).into_owned()) items chosen
            choose=move |it| state.unfolded.set(Unfolded::to(it))/>
    }
}

/// The unit of all amounts, and whether they are shown to the last unit.
#[component]
pub fn ScaleChoice() -> impl IntoView {
    let words = use_words();
    let display = expect_context::<Display>();
    let session = expect_context::<Session>();
    let scales = Derived::new(move || {
        let plan = session.plan();
        let named = |it: Scale| (it, name::unit(words, &plan, it));
        display.scales(&plan).into_iter().map(named).collect::<Vec<_>>()
    });
    let chosen = Derived::new(move || display.scale(&session.plan()));
    let option = move |(scale, word): (Scale, String)| {
        let is_chosen = move || chosen.get() == scale;
        view! { <option value=scale.exponent().to_string() prop:selected=move || is_chosen() selected=move || is_chosen()>{word}</option> }
    };
    let choose = move |value: String| {
        let scale = Scale::ALL.into_iter().find(|it| it.exponent().to_string() == value);
        display.scale.set(scale);
    };
    view! {
        <label class="sheet__scale">
            <span class="muted">{text!(words, sheet.unit)}</span>
            <select class="field__input" on:change:target=move |event| choose(event.target().value())>
                {move || scales.get().into_iter().map(option).collect_any()}
            </select>
        </label>
        <button class="button" aria-pressed=move || if display.exact.get() { "true" } else { "false" }
            on:click=move |_| display.exact.update(|it| *it = !*it)>
            {text!(words, sheet.to_the_unit)}
        </button>
    }
}

/// What a typed amount moves: its siblings, or the wholes above it.
#[component]
pub fn AboveChoice() -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let items = Derived::new(move || {
        let hold = Segment { value: Above::Hold, word: say!(words, sheet.above_hold).into_owned() };
        let roll = Segment { value: Above::RollUp, word: say!(words, sheet.above_roll).into_owned() };
        vec![hold, roll]
    });
    view! {
        <span class="muted" aria-hidden="true">{text!(words, sheet.above)}</span>
        <Segments label=Derived::new(move || say!(words, sheet.above).into_owned()) items chosen=state.above
            choose=move |it| state.above.set(it)/>
    }
}
