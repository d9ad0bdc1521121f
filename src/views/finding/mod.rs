//! What the engine has to say about the plan: a list, the worst first. From each one goes to the place that it speaks of, and
//! does in one step what would settle it, where that is known.

mod sentence;

use leptos::prelude::*;

use super::app::{Here, Wanted};
use super::notice::Notices;
use super::parts::{CollectAny, Look, Show, button, button_unless};
use super::route::Route;
use super::settle::trailing;
use crate::engine::remedy::{Remedy, remedies};
use crate::engine::{Finding, Severity, Subject};
use crate::i18n::{Words, told, use_words};
use crate::live::{Derived, Held};
use crate::plan::{At, Dimension, Edit, Pair, Plan};
use crate::session::{Access, Session};
use crate::{say, text};
pub use sentence::{against, number_refusal, refusal, sentence, unreadable, unreadable_entry};

/// More than these nobody reads at once.
const MOST: usize = 12;

/// All findings of the plan.
#[component]
pub fn Findings() -> impl IntoView {
    let words = use_words();
    let session = trailing();
    let all = Held::new(false);
    let findings = Derived::new(move || session.outcome().findings.clone());
    let count = Derived::new(move || findings.with(Vec::len));
    let drawn = move || {
        let most = if all.get() { usize::MAX } else { MOST };
        findings.with(|them| them.iter().take(most).copied().collect::<Vec<Finding>>())
    };
    view! {
        <section class="card findings" aria-labelledby="findings-title" id="findings">
            <div class="card__bar">
                <h2 class="card__title" id="findings-title">{text!(words, finding.title)}</h2>
            </div>
            <ul class="findings__list">
                {move || drawn().into_iter().map(|it| item(words, session, it)).collect_any()}
            </ul>
            <Show when=move || { MOST < count.get() && !all.get() }>
                <p class="findings__more">
                    {button(Look::Link, told(move || say!(words, finding.more, count = count.get().saturating_sub(MOST))), move || all.set(true))}
                </p>
            </Show>
            <Show when=move || count.get() == 0>
                <p class="findings__more muted">{text!(words, finding.none)}</p>
            </Show>
        </section>
    }
}

/// One of them, said anew with every change of the plan and of the language.
fn item(words: Words, session: Session, finding: Finding) -> AnyView {
    let (class, mark, word) = match finding.severity() {
        Severity::Error => ("findings__item bad", "✕", say!(words, finding.error)),
        Severity::Warning => ("findings__item warn", "▲", say!(words, finding.warning)),
        Severity::Hint => ("findings__item", "·", say!(words, finding.hint)),
    };
    let plan = session.plan();
    let settle = remedies(&plan, &finding).into_iter().map(|(remedy, edit)| view! { <Settle remedy edit/> });
    view! {
        <li class=class>
            <span class="findings__mark" aria-hidden="true">{mark}</span>
            <span class="unseen">{word}</span>
            <span class="findings__text">{sentence(words, &plan, &finding)}</span>
            <span class="findings__ways"><GoTo subject=finding.subject()/>{settle.collect_any()}</span>
        </li>
    }
    .into_any()
}

/// To the place that a finding speaks of.
#[component]
fn GoTo(subject: Subject) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let (here, wanted) = (expect_context::<Here>(), expect_context::<Wanted>());
    let go = move || {
        wanted.0.set(place(&session.plan_untracked(), subject));
        here.go(Route::of(subject));
    };
    button(Look::Link, text!(words, finding.go_to), go)
}

/// Where in a sheet one sees what a finding speaks of.
pub fn place(plan: &Plan, subject: Subject) -> Option<At> {
    let root = |dimension| plan.tree(dimension).root;
    let over_time = |rows, row, column| Some(At { pair: Pair::over_time(rows), row, column });
    match subject {
        Subject::Target | Subject::Capacity | Subject::Funnel | Subject::Gate | Subject::Table(_) => None,
        Subject::Cell(at) => Some(at),
        Subject::Tree(Dimension::Time) => place(plan, Subject::Node(Dimension::Time, root(Dimension::Time))),
        Subject::Tree(dimension) => place(plan, Subject::Node(dimension, root(dimension))),
        Subject::Node(Dimension::Time, period) => {
            over_time(Dimension::Organisation, root(Dimension::Organisation), period)
        }
        Subject::Node(dimension, node) => over_time(dimension, node, root(Dimension::Time)),
    }
}

/// What would settle a finding, done in one step that can be undone.
#[component]
fn Settle(remedy: Remedy, edit: Edit) -> impl IntoView {
    let words = use_words();
    let session = trailing();
    let notices = expect_context::<Notices>();
    let word = Derived::new(move || sentence::remedy(words, &session.plan(), remedy));
    let settle = move || {
        let done = untrack(|| say!(words, finding.settled, what = word.get()).into_owned());
        match session.edit(edit.clone()) {
            Ok(()) => notices.undoable(done, move || session.undo()),
            refused => notices.heed(refused),
        }
    };
    let is_off = move || session.access() == Access::Preview;
    button_unless(Look::Link, None, told(move || word.get().into()), is_off, settle)
}
