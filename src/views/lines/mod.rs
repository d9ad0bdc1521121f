//! A list of the plan as a table: a line for each thing, in which everything is typed or chosen, and figures that follow
//! from it. The pages say which columns there are; here is how a line is written, added, moved and taken out.
//!
//! What cannot be taken stays in its field, and the list says why below; the plan stays as it was. Of a long list a page of
//! lines is drawn at a time. Refused: to know what any of it means.

mod column;
mod field;
mod node;

use std::sync::Arc;

use leptos::prelude::*;

use super::finding::refusal;
use super::parts::{CollectAny, Each, Look, Picture, Show, button_unless, icon_button};
use crate::i18n::{Text, Words, told, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Edit, ItemEdit, ItemId, List, Plan};
use crate::session::{Access, Session};
use crate::{say, text};
pub use column::{Column, Input, amount, check, choice, day, decimal, name, number, own, price, shown, suggested};
use column::{Drawn, texts};
pub use field::{Say, field};
pub use node::{node_name, node_of, nodes};

/// More lines than these stand on another page of the list.
const PAGE: usize = 20;

/// Of what a list is, and how it is changed.
pub struct Lines<T: 'static> {
    /// Told apart from the other lists of the page by this.
    pub id: &'static str,
    pub title: Text,
    pub hint: Text,
    pub add: Text,
    pub list: fn(&Plan) -> &List<T>,
    pub edit: fn(ItemEdit<T>) -> Edit,
    pub blank: fn(Words, &Plan) -> T,
    pub columns: Vec<Column<T>>,
    /// The order means something.
    pub is_ordered: bool,
    /// Other ways to add lines: the word, and what is done.
    pub ways: Vec<(Text, OtherWay)>,
}

/// What adding lines in another way comes to; none where there is nothing to add.
type OtherWay = fn(Words, &Plan) -> Option<Edit>;

/// What a list is to whoever draws it.
#[derive(Clone)]
struct Shape {
    id: &'static str,
    ids: Derived<Vec<ItemId>>,
    columns: Arc<Vec<Drawn>>,
    is_ordered: bool,
    add: Way,
    take: Take,
    /// To another place in the order.
    shift: Shift,
}

type Way = Arc<dyn Fn(Words, &Plan) -> Option<Edit> + Send + Sync>;
type Take = Arc<dyn Fn(&Plan, ItemId) -> Edit + Send + Sync>;
type Shift = Arc<dyn Fn(&Plan, ItemId, usize) -> Option<Edit> + Send + Sync>;

/// The card of a list.
pub fn lines<T: Clone + PartialEq + Send + Sync + 'static>(lines: Lines<T>) -> AnyView {
    let Lines { id, title, hint, add, list, edit, blank, columns, is_ordered, ways } = lines;
    let session = expect_context::<Session>();
    let shape = Shape {
        id,
        ids: Derived::new(move || list(&session.plan()).ids().to_vec()),
        columns: Arc::new(columns.into_iter().map(|it| it.drawn(list, edit)).collect()),
        is_ordered,
        add: Arc::new(move |words, plan| Some(edit(list(plan).add(blank(words, plan))))),
        take: Arc::new(move |plan, id| edit(list(plan).take(id))),
        shift: Arc::new(move |plan, id, position| {
            let item = list(plan).get(id)?.clone();
            Some(edit(ItemEdit { position, ..list(plan).put(id, item) }))
        }),
    };
    let ways = ways.into_iter().map(|(word, way)| (word, Arc::new(way) as Way)).collect();
    card(shape, [title, hint, add], ways)
}

fn card(shape: Shape, [title, hint, add]: [Text; 3], ways: Vec<(Text, Way)>) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let problem = Held::new(None::<String>);
    let page = Held::new(0_usize);
    let ids = shape.ids;
    let len = Derived::new(move || ids.with(Vec::len));
    let pages = Derived::new(move || len.get().div_ceil(PAGE).max(1));
    let at = Derived::new(move || page.get().min(pages.get() - 1));
    let drawn = move || ids.with(|it| it.iter().skip(at.get() * PAGE).take(PAGE).map(|it| u64::from(it.0)).collect());
    let is_fixed = move || session.access() == Access::Preview;
    let act = move |edit: Option<Edit>| {
        let Some(edit) = edit else { return };
        problem.set(session.edit(edit).err().map(|it| refusal(words, session, &it)));
    };
    let way = |(word, way): (Text, Way)| {
        button_unless(Look::Plain, None, word, is_fixed, move || act(way(words, &session.plan_untracked())))
    };
    let new = Arc::clone(&shape.add);
    let add = button_unless(Look::Plain, Some(Picture::Add), add, is_fixed, move || {
        act(new(words, &session.plan_untracked()));
        page.set(usize::MAX);
    });
    let title_id = format!("{}-title", shape.id);
    let heads = shape.columns.iter().map(|it| view! { <th scope="col" class=it.class>{Arc::clone(&it.head)}</th> });
    let heads = heads.collect_any();
    let suggested = shape.columns.iter().filter_map(|it| it.suggestions()).collect::<Vec<_>>();
    let row_shape = shape.clone();
    let row = move |id: u64| row(row_shape.clone(), ItemId(id as u32), problem);
    let turn = move |to: usize| page.set(to);
    let labelled = title_id.clone();
    let region = Arc::clone(&title);
    view! {
        <section class="card lines" aria-labelledby=labelled id=shape.id>
            <div class="card__bar">
                <h2 class="card__title" id=title_id>{title}</h2>
                <span class="grow"></span>
                {ways.into_iter().map(way).collect_any()}
                {add}
            </div>
            <div class="card__body">
                <p class="field__hint">{hint}</p>
                <p class="field__problem" role="alert">{move || problem.get()}</p>
                <Show when=move || len.get() == 0>
                    <p class="muted lines__none">{text!(words, lines.none)}</p>
                </Show>
                <div class="lines__scroll" role="group" tabindex="0" aria-label=region class:lines__scroll--empty=move || len.get() == 0>
                    <table class="lines__table">
                        <thead><tr>{heads}<th scope="col"><span class="unseen">{text!(words, lines.change)}</span></th></tr></thead>
                        <tbody><Each keys=drawn row=row/></tbody>
                    </table>
                </div>
                {suggested}
                <Show when=move || 1 < pages.get()>
                    <p class="lines__pages">
                        {button_unless(Look::Plain, None, text!(words, lines.before), move || at.get() == 0, move || turn(at.get_untracked().saturating_sub(1)))}
                        <span>{move || say!(words, lines.page, page = at.get() + 1, pages = pages.get(), count = len.get())}</span>
                        {button_unless(Look::Plain, None, text!(words, lines.after), move || pages.get() <= at.get() + 1, move || turn(at.get_untracked() + 1))}
                    </p>
                </Show>
            </div>
        </section>
    }
    .into_any()
}

/// A line. What it is called in the labels of its fields is what stands in its first column.
fn row(shape: Shape, id: ItemId, problem: Held<Option<String>>) -> AnyView {
    let words = use_words();
    let session = expect_context::<Session>();
    let is_fixed = move || session.access() == Access::Preview;
    let act = move |edit: Option<Edit>| {
        let Some(edit) = edit else { return };
        problem.set(session.edit(edit).err().map(|it| refusal(words, session, &it)));
    };
    let texts = texts(&shape.columns, id);
    let text = move |at: usize| Derived::new(move || texts.with(|it| it.get(at).cloned().unwrap_or_default()));
    let called = text(0);
    let cells = shape.columns.iter().enumerate().map(|(at, it)| it.cell(id, text(at), called, problem)).collect_any();
    let place = move |ids: &Vec<ItemId>| ids.iter().position(|it| *it == id).unwrap_or_default();
    let (ids, Shape { take, shift, is_ordered, .. }) = (shape.ids, shape.clone());
    let other = Arc::clone(&shift);
    let up = move || act(shift(&session.plan_untracked(), id, ids.with_untracked(place).saturating_sub(1)));
    let down = move || act(other(&session.plan_untracked(), id, ids.with_untracked(place) + 1));
    let is_first = move || is_fixed() || ids.with(place) == 0;
    let is_last = move || is_fixed() || ids.with(|it| place(it) + 1 == it.len());
    let named = move |word: fn(Words) -> std::borrow::Cow<'static, str>| {
        told(move || format!("{}: {}", word(words), called.get()).into())
    };
    let moves = is_ordered.then(|| {
        let (rise, fall) = (|words: Words| say!(words, lines.up), |words: Words| say!(words, lines.down));
        view! {
            {icon_button("button button--icon", Picture::Up, [named(rise), text!(words, lines.up)], is_first, up)}
            {icon_button("button button--icon", Picture::Down, [named(fall), text!(words, lines.down)], is_last, down)}
        }
    });
    let delete = |words: Words| say!(words, lines.delete);
    view! {
        <tr>
            {cells}
            <td class="lines__acts">
                {moves}
                {icon_button("button button--icon", Picture::Bin, [named(delete), text!(words, lines.delete)], is_fixed,
                    move || act(Some(take(&session.plan_untracked(), id))))}
            </td>
        </tr>
    }
    .into_any()
}
