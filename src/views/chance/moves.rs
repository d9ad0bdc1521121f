//! What moves the chance: each input of the what-if bar a tenth lower and higher, with the same years drawn each time. Begun
//! when the years of the page are drawn; inputs are turned one after the other, and drawn beside the page.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::super::chart::{Measure, Ranked, Ranking, RankingChart};
use super::super::display::Display;
use super::super::parts::{Look, Show, button};
use super::super::scenario::{knob_name, knob_said};
use super::drawer::{Drawer, Work};
use super::run::{Run, SETTLES, State};
use super::says::percent;
use crate::edge::chance::Told;
use crate::engine::Outcome;
use crate::engine::chance::kernel::TornadoSaid;
use crate::engine::chance::{Move, Moved, Moves};
use crate::engine::sensitivity::{Swing, usual};
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held, follow};
use crate::plan::Plan;
use crate::results::scenario::inputs;
use crate::{say, text};

/// What is known of a plan.
#[derive(Clone, PartialEq)]
struct Known {
    plan: Arc<Plan>,
    moved: Moved,
}

/// How far it is, in percent: half of it for the inputs, half for the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Far {
    /// For the years of the page.
    Waiting,
    Drawing(usize),
    Stopped,
    Done,
}

#[derive(Clone, Copy)]
struct Turns {
    run: Run,
    far: Held<Far>,
    known: Held<Option<Known>>,
    /// Counts the beginnings: what an earlier one still waits for is of no interest.
    turn: Held<u64>,
    drawer: StoredValue<Option<Drawer>, LocalStorage>,
}

/// Inputs that are turned one after the other.
struct Turning {
    plan: Arc<Plan>,
    outcome: Arc<Outcome>,
    swings: Vec<Swing>,
    moves: Moves,
}

impl Turns {
    fn new(run: Run) -> Turns {
        let turns = Turns {
            run,
            far: Held::new(Far::Waiting),
            known: Held::new(None),
            turn: Held::new(0),
            drawer: StoredValue::new_local(None),
        };
        let is_drawn = Derived::new(move || run.state.get() == State::Done);
        follow(move || {
            run.session.plan();
            run.session.outcome();
            run.scope.track();
            match is_drawn.get() {
                true => turns.begin(SETTLES),
                false => _ = turns.end(Far::Waiting),
            }
        });
        on_cleanup(move || drop(turns.drawer.try_update_value(Option::take)));
        turns
    }

    /// Ends what is on its way.
    fn end(self, far: Far) -> u64 {
        drop(self.drawer.try_update_value(Option::take));
        self.far.set(far);
        let next = |it: &mut u64| {
            *it += 1;
            *it
        };
        self.turn.try_update(next).unwrap_or_default()
    }

    fn begin(self, after: Duration) {
        let turn = self.end(Far::Drawing(0));
        let first = move || {
            let session = self.run.session;
            let (plan, outcome) = (session.plan_untracked(), session.outcome_untracked());
            let Ok(moves) = Moves::new(&plan, &outcome, self.run.asks_of()) else {
                self.known.set(None);
                return self.far.set(Far::Done);
            };
            let swings = inputs(&plan).into_iter().filter_map(|it| usual(&plan, it)).collect();
            self.next(turn, &Rc::new(RefCell::new(Turning { plan, outcome, swings, moves })), 0);
        };
        self.later(turn, first, after);
    }

    /// After whatever else waits, if nothing else was begun by then.
    fn later(self, turn: u64, then: impl FnOnce() + 'static, after: Duration) {
        let is_current = move || self.turn.try_get_untracked() == Some(turn);
        set_timeout(
            move || {
                if is_current() {
                    then()
                }
            },
            after,
        );
    }

    fn next(self, turn: u64, turning: &Rc<RefCell<Turning>>, at: usize) {
        let many = {
            let Turning { plan, outcome, swings, moves } = &mut *turning.borrow_mut();
            if let Some(swing) = swings.get(at) {
                moves.turn(plan, outcome, *swing);
            }
            swings.len()
        };
        if many <= at {
            return self.draw(turning);
        }
        self.far.set(Far::Drawing(50 * (at + 1) / many));
        let turning = Rc::clone(turning);
        self.later(turn, move || self.next(turn, &turning, at + 1), Duration::ZERO);
    }

    fn draw(self, turning: &Rc<RefCell<Turning>>) {
        let turning = Rc::clone(turning);
        let (model, tornado) = turning.borrow().moves.drawn();
        let told = move |told: Told| {
            let Told::Some { done, of, said } = told else { return };
            if let Some(said) = said.as_deref().and_then(TornadoSaid::of_numbers) {
                let turning = turning.borrow();
                let moved = turning.moves.moved(&said);
                self.known.set(Some(Known { plan: Arc::clone(&turning.plan), moved }));
            }
            self.far.set(if done == of { Far::Done } else { Far::Drawing(50 + 50 * done / of.max(1)) });
        };
        self.drawer.set_value(Some(Drawer::start(Work::Tornado(model, tornado), told)));
    }
}

pub fn moves_card(run: Run) -> AnyView {
    let words = use_words();
    let display = expect_context::<Display>();
    let turns = Turns::new(run);
    let ranking = Derived::new(move || {
        let known = turns.known.get();
        let plan = known.as_ref().map_or_else(|| run.session.plan(), |it| Arc::clone(&it.plan));
        told(words, display, plan, known.map(|it| it.moved))
    });
    let part = move || match turns.far.get() {
        Far::Drawing(part) => part,
        Far::Waiting | Far::Stopped => 0,
        Far::Done => 100,
    };
    let word = move || match turns.far.get() {
        Far::Waiting => say!(words, chance.moves_waiting),
        Far::Drawing(part) => say!(words, chance.drawing, part = part),
        Far::Stopped => say!(words, chance.moves_stopped),
        Far::Done => say!(words, chance.moves_done),
    };
    let is_on = move || matches!(turns.far.get(), Far::Drawing(_));
    view! {
        <section class="card reach__wide" aria-labelledby="chance-moves">
            <div class="card__bar"><h2 class="card__title" id="chance-moves">{text!(words, chance.moves)}</h2></div>
            <div class="card__body">
                <p class="field__hint">{text!(words, chance.moves_hint)}</p>
                <div class="chance__progress">
                    <progress max="100" value=move || part().to_string() aria-label=text!(words, chance.moves)></progress>
                    <span class="muted" data-moved=move || part().to_string()>{move || word()}</span>
                    <Show when=is_on
                        fallback=move || button(Look::Plain, text!(words, chance.moves_again), move || turns.begin(Duration::ZERO))>
                        {button(Look::Plain, text!(words, chance.stop), move || _ = turns.end(Far::Stopped))}
                    </Show>
                </div>
            </div>
        </section>
        <Show when=move || turns.known.with(Option::is_some)>
            <div class="reach__wide"><RankingChart table_id="moves-table" ranking/></div>
        </Show>
    }
    .into_any()
}

/// The point, and the bars.
fn told(words: Words, display: Display, plan: Arc<Plan>, moved: Option<Moved>) -> Ranking {
    let (now, moves) = moved.map(|it| (it.base.chance, it.moves)).unwrap_or_default();
    let bar = |it: &Move| {
        let end = |value| knob_said(words, display, &plan, it.swing.knob, Some(value));
        Ranked {
            name: knob_name(words, &plan, it.swing.knob),
            low: end(it.swing.low),
            high: end(it.swing.high),
            at_low: it.low.chance,
            at_high: it.high.chance,
            middles: Some([it.low.middle.units(), it.high.middle.units()]),
        }
    };
    let title = match moves.first().filter(|it| 0 < it.width()) {
        Some(it) => {
            let name = knob_name(words, &plan, it.swing.knob);
            say!(words, chance.moves_title, name = name, low = percent(it.low.chance), high = percent(it.high.chance))
        }
        None => say!(words, chance.moves_nothing),
    };
    let middles = moves.iter().flat_map(|it| [it.low.middle.units(), it.high.middle.units()]);
    Ranking {
        title: title.into_owned(),
        what: say!(words, scenario.what_chance).into_owned(),
        measure: Measure::Chance,
        now,
        figures: display.figures(&plan, middles),
        bars: moves.iter().map(bar).collect(),
        plan,
    }
}
