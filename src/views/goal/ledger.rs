//! The layer over the split: what each level aims at beyond what it is given, what that comes to from the company to a person,
//! and the range that the plan is managed as. The split below stays what it is.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::chart::{Of, ReachChart, level};
use super::super::finding::refusal;
use super::super::lines::{Say, decimal, field};
use super::super::name;
use super::super::parts::CollectAny;
use super::super::settle::trailing;
use crate::engine::buffer::{Rung, ledger, range};
use crate::i18n::use_words;
use crate::live::{Derived, Held};
use crate::plan::{Buffer, Edit};
use crate::session::Access;
use crate::{say, text};

pub fn ledger_card() -> AnyView {
    let words = use_words();
    let session = trailing();
    let problem = Held::new(None::<String>);
    let rungs = Derived::new(move || ledger(&session.plan(), session.outcome().total()));
    let levels = Derived::new(move || rungs.with(|it| it.iter().map(|it| it.level).collect::<Vec<_>>()));
    let is_fixed = move || session.access() == Access::Preview;
    let rung = move |level: u8| rungs.with(|it| it.iter().find(|it| it.level == level).copied());
    let set = move |level: u8, text: String| {
        let own = match untrack(|| decimal(words, &text)) {
            Ok(own) => own.unwrap_or_default(),
            Err(why) => return problem.set(Some(why)),
        };
        let mut buffer = session.plan_untracked().buffer.clone();
        buffer.stretch.insert(level, own);
        problem.set(session.edit(Edit::Buffer(buffer)).err().map(|it| untrack(|| refusal(words, session, &it))));
    };
    let percent = |it: Decimal| format!("{}%", it.round_dp(2).normalize());
    let row = move |of: u8| {
        let read = move |read: &dyn Fn(&Rung) -> String| rung(of).as_ref().map(read).unwrap_or_default();
        let label = move || format!("{}: {}", say!(words, goal.stretch), level(words, of));
        view! {
            <tr>
                <th scope="row">{move || level(words, of)}</th>
                <td><input class="field__input" type="text" inputmode="decimal" autocomplete="off" readonly=is_fixed aria-label=label
                    prop:value=move || read(&|it| it.own.normalize().to_string())
                    on:change:target=move |event| set(of, event.target().value())/></td>
                <td>{move || read(&|it| percent(it.together))}</td>
                <td>{move || read(&|it| name::exact_amount(words, &session.plan(), it.aim))}</td>
            </tr>
        }
    };
    let managed = move || {
        let (plan, outcome) = (session.plan(), session.outcome());
        let figure = |amount| name::exact_amount(words, &plan, amount);
        range(&plan, outcome.total(), outcome.last_year(&plan))
            .map(|(low, high)| say!(words, goal.range_says, low = figure(low), high = figure(high)))
    };
    view! {
        <section class="card reach__wide" aria-labelledby="goal-ledger">
            <div class="card__bar"><h2 class="card__title" id="goal-ledger">{text!(words, goal.ledger)}</h2></div>
            <div class="card__body reach__fields">
                <p class="field__hint">{text!(words, goal.ledger_hint)}</p>
                <div class="lines__scroll" role="group" tabindex="0" aria-label=text!(words, goal.ledger)>
                    <table class="lines__table lines__figures">
                        <thead><tr>
                            <th scope="col">{text!(words, goal.ledger_level)}</th>
                            <th scope="col">{text!(words, goal.stretch)}</th>
                            <th scope="col">{text!(words, goal.together)}</th>
                            <th scope="col">{text!(words, goal.aim)}</th>
                        </tr></thead>
                        <tbody>{move || levels.get().into_iter().map(row).collect_any()}</tbody>
                    </table>
                </div>
                <span class="field__problem" role="alert">{move || problem.get()}</span>
                {field("buffer-floor", text!(words, goal.floor), Some(text!(words, goal.floor_hint)), Say::Number(
                    |plan| plan.buffer.floor,
                    |plan, floor| Edit::Buffer(Buffer { floor, ..plan.buffer.clone() }),
                ))}
                <p role="status">{move || managed()}</p>
            </div>
        </section>
        <div class="reach__wide"><ReachChart of=Of::Ledger/></div>
    }
    .into_any()
}
