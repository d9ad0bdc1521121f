//! What is pasted: which cells it goes to and what the plan would have there, shown before anything changes; then one step.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::finding::number_refusal;
use super::super::name;
use super::super::notice::{Notice, Notices};
use super::super::parts::{CollectAny, Dialog, Look, Show, button, button_unless};
use super::block;
use super::state::{Active, SheetState, Slot};
use crate::amount::Amount;
use crate::edge::block::read;
use crate::engine::breakback::amount_at;
use crate::i18n::{Words, use_words};
use crate::live::Derived;
use crate::plan::Edit;
use crate::results::paste::{Granted, Pasted, Placed, Wish, Wished, paste, place};
use crate::{say, text};

/// Rows of the preview; of more it says how many.
const MOST: usize = 60;

/// Takes a text from the clipboard: one number like a typed one, a block by way of its preview.
pub fn take(state: SheetState, notices: Notices, text: &str) {
    let Ok(rows) = read(text) else { return };
    let chosen = block::cells(state);
    let (is_one, is_lone) = (rows.len() == 1 && rows[0].len() == 1, chosen.len() == 1 && chosen[0].len() == 1);
    if is_one && is_lone {
        state.replace(rows[0][0].clone());
        super::entry::give_up(state, notices);
        return;
    }
    // One number into many cells goes into each.
    let rows = if is_one { chosen.iter().map(|it| vec![rows[0][0].clone(); it.len()]).collect() } else { rows };
    state.pasted.set(Some(Arc::new(rows)));
    state.is_pasting.set(true);
}

/// What a block comes to.
#[derive(Clone, PartialEq)]
struct Preview {
    lines: Vec<Line>,
    placed: Placed,
    edit: Edit,
    exact: usize,
}

/// One cell of it.
#[derive(Clone, PartialEq)]
struct Line {
    place: String,
    before: String,
    given: String,
    after: String,
    problem: Option<String>,
    differs: bool,
}

#[component]
pub fn PasteDialog() -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let notices = expect_context::<Notices>();
    let preview = Derived::new(move || {
        let rows = state.pasted.get().filter(|_| state.is_pasting.get())?;
        Some(Arc::new(Preview::of(words, state, &rows)))
    });
    let lines = move || {
        let Some(preview) = preview.get() else { return Vec::new() };
        preview.lines.iter().take(MOST).cloned().map(row).collect_any()
    };
    let of = move |read: fn(Words, &Preview) -> String| preview.get().map(|it| read(words, &it)).unwrap_or_default();
    let is_nothing = move || preview.get().is_none_or(|it| it.edit == Edit::Batch(Vec::new()));
    let apply = move || {
        let Some(preview) = preview.get_untracked() else { return };
        let result = state.session.edit(preview.edit.clone());
        let is_done = result.is_ok();
        notices.heed(result);
        state.is_pasting.set(false);
        if is_done {
            let session = state.session;
            let text = untrack(|| say!(words, sheet.pasted, count = preview.lines.len()).into_owned());
            notices.undoable(text, move || session.undo());
        }
    };
    view! {
        <Dialog name="paste" is_open=state.is_pasting title=text!(words, sheet.paste_title) close=text!(words, sheet.paste_cancel)>
            <div class="dialog__body">
                <p role="status">{move || of(summary)}</p>
                <div class="paste__frame" tabindex="0" role="region" aria-label=text!(words, sheet.paste_title)>
                    <table class="paste__table">
                        <thead>
                            <tr>
                                <th scope="col">{text!(words, sheet.paste_cell)}</th>
                                <th scope="col">{text!(words, sheet.paste_before)}</th>
                                <th scope="col">{text!(words, sheet.paste_given)}</th>
                                <th scope="col">{text!(words, sheet.paste_after)}</th>
                            </tr>
                        </thead>
                        <tbody>{move || lines()}</tbody>
                    </table>
                </div>
                <Show when=move || preview.get().is_some_and(|it| MOST < it.lines.len())>
                    <p class="muted">{move || of(more)}</p>
                </Show>
            </div>
            <div class="dialog__foot">
                {button(Look::Plain, text!(words, sheet.paste_cancel), move || state.is_pasting.set(false))}
                {button_unless(Look::Primary, None, text!(words, sheet.paste_apply), is_nothing, apply)}
            </div>
        </Dialog>
    }
}

fn row(line: Line) -> impl IntoView {
    let class = if line.problem.is_some() || line.differs { "paste__row paste__row--differs" } else { "paste__row" };
    let problem = line.problem.map(|it| {
        view! {
            <tr class=class>
                <td class="paste__problem" colspan="4">{it}</td>
            </tr>
        }
    });
    view! {
        <tr class=class>
            <th scope="row">{line.place}</th>
            <td>{line.before}</td>
            <td>{line.given}</td>
            <td>{line.after}</td>
        </tr>
        {problem}
    }
}

fn summary(words: Words, preview: &Preview) -> String {
    let all = preview.lines.len();
    let refused = preview.lines.iter().filter(|it| it.problem.is_some()).count();
    let differs = preview.lines.iter().filter(|it| it.differs && it.problem.is_none()).count();
    let mut text = say!(words, sheet.paste_summary, count = all, exact = preview.exact).into_owned();
    let mut add = |sentence: std::borrow::Cow<'static, str>| {
        text.push(' ');
        text.push_str(&sentence);
    };
    if 0 < differs {
        add(say!(words, sheet.paste_differ, count = differs));
    }
    if 0 < refused {
        add(say!(words, sheet.paste_refused, count = refused));
    }
    if 0 < preview.placed.left_out {
        add(say!(words, sheet.paste_left_out, count = preview.placed.left_out));
    }
    if preview.placed.by_heads || preview.placed.by_names {
        add(say!(words, sheet.paste_by_names));
    }
    text
}

fn more(words: Words, preview: &Preview) -> String {
    say!(words, sheet.paste_more, count = preview.lines.len().saturating_sub(MOST)).into_owned()
}

impl Preview {
    fn of(words: Words, state: SheetState, rows: &[Vec<String>]) -> Preview {
        let (plan, outcome) = (state.session.plan(), state.session.outcome());
        let drawing = state.drawing.get_untracked().0;
        let chosen = block::cells(state);
        let first = chosen.first().and_then(|it| it.first()).copied();
        let start = first.and_then(|it| state.place(it)).unwrap_or((0, 0));
        let names: Vec<String> =
            drawing.rows.iter().map(|it| name::node(words, &plan, state.pair.rows(), it.id)).collect();
        let heads: Vec<String> = (0..drawing.slots.len()).map(|it| drawing.head(it).text).collect();
        let placed = place(rows, &names, &heads, start);
        let figures = state.figures.get_untracked();
        let (mut wishes, mut wished, mut unread) = (Vec::new(), Vec::new(), Vec::new());
        for (row, column, given) in &placed.cells {
            let Some(active) = state.active_in((*row, *column)) else { continue };
            let head = heads.get(*column).cloned().unwrap_or_default();
            let place = format!("{} · {head}", names.get(*row).cloned().unwrap_or_default());
            match state.wish(active, given) {
                Ok(is) => {
                    wishes.push(Wish { at: state.at(active), is });
                    wished.push((place, active, given.clone()));
                }
                Err(problem) => unread.push(Line {
                    place,
                    before: String::new(),
                    given: given.clone(),
                    after: String::new(),
                    problem: Some(problem),
                    differs: true,
                }),
            }
        }
        let Pasted { granted, edit } = paste(&plan, &outcome, &wishes, state.above.get_untracked());
        let mut exact = 0;
        let line = |((place, active, given), (wish, granted)): ((String, Active, String), (&Wish, &Granted))| {
            let is_figure = matches!(active.slot, Slot::Cell(_) | Slot::Share);
            let print = |it: Amount| if is_figure { figures.print(it) } else { String::new() };
            let differs = matches!(&wish.is, Wished::Amount(amount) if *amount != granted.after);
            exact += usize::from(!differs && granted.refused.is_none());
            let problem = granted.refused.map(|it| number_refusal(words, &plan, it));
            Line { place, before: print(granted.before), given, after: print(granted.after), problem, differs }
        };
        let mut lines: Vec<Line> = wished.into_iter().zip(wishes.iter().zip(&granted)).map(line).collect();
        lines.extend(unread);
        // What did not come as it was given comes first.
        let (mut odd, plain): (Vec<Line>, Vec<Line>) =
            lines.into_iter().partition(|it| it.differs || it.problem.is_some());
        odd.extend(plain);
        Preview { lines: odd, placed, edit, exact }
    }
}

/// Copies the amounts of the first row of the block into all others of it; of one row, what stands above it.
pub fn fill_down(state: SheetState, notices: Notices) {
    let mut rows = block::cells(state);
    if rows.len() == 1 {
        let above = |it: &Active| {
            let (row, place) = state.place(*it)?;
            state.active_in((row.checked_sub(1)?, place))
        };
        let Some(first) = rows[0].iter().map(above).collect::<Option<Vec<Active>>>() else { return };
        rows.insert(0, first);
    }
    let Some((first, others)) = rows.split_first() else { return };
    let (plan, outcome) = (state.session.plan_untracked(), state.session.outcome_untracked());
    let wish = |row: &Vec<Active>| -> Vec<Wish> {
        let wish = |(from, to): (&Active, &Active)| {
            let amount = amount_at(&plan, &outcome, state.at(*from))?;
            let last_year = || plan.node(state.pair.rows(), from.row).and_then(|it| it.last_year);
            let is = match to.slot {
                Slot::Name => return None,
                Slot::LastYear => Wished::LastYear(last_year()),
                Slot::Share | Slot::Cell(_) => Wished::Amount(amount),
            };
            Some(Wish { at: state.at(*to), is })
        };
        first.iter().zip(row).filter_map(wish).collect()
    };
    let wishes: Vec<Wish> = others.iter().flat_map(wish).collect();
    let Pasted { granted, edit } = paste(&plan, &outcome, &wishes, state.above.get_untracked());
    notices.heed(state.session.edit(edit));
    if let Some(refusal) = granted.iter().find_map(|it| it.refused) {
        notices.say(Notice::Problem(untrack(|| number_refusal(state.words, &plan, refusal))));
    }
}
