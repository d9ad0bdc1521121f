//! The one live document: the plan, what follows from it, and the way back.
//!
//! A change enters by `edit` and by nothing else; whatever is on screen is derived from `plan` and `outcome`. Knows
//! nothing of the browser and has no words: refusals are codes.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::amount::Amount;
use crate::engine::breakback::{self, Above, Kept, Refusal};
use crate::engine::{Outcome, evaluate, evaluate_again};
use crate::live::{Derived, Held};
use crate::plan::{At, Dimension, Edit, EditError, History, Method, NodeId, Pair, Plan};
use crate::results::show::Opened;

/// Why something that the user did was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    Edit(EditError),
    Number(Refusal),
    /// The plan is looked at, not owned: a link's preview.
    ReadOnly,
}

impl From<EditError> for Refused {
    fn from(error: EditError) -> Refused {
        Refused::Edit(error)
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Refused {
        Refused::Number(refusal)
    }
}

/// Whether the plan may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Own,
    /// Opened from a link, an earlier version, or what another tab writes: shown, never written.
    Preview,
}

/// The cell that the inspector speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selected(pub At);

/// What follows from the plan, and the plan that it follows from: the next one is computed from both.
#[derive(Clone)]
struct Answer {
    plan: Arc<Plan>,
    outcome: Arc<Outcome>,
}

impl Answer {
    fn of(plan: Arc<Plan>, last: Option<&Answer>) -> Answer {
        let outcome = match last {
            Some(last) => evaluate_again(&last.plan, &last.outcome, &plan),
            None => evaluate(&plan),
        };
        Answer { outcome: Arc::new(outcome), plan }
    }
}

impl PartialEq for Answer {
    /// Whoever reads the outcome need not be told of another plan from which the same follows.
    fn eq(&self, other: &Answer) -> bool {
        self.outcome == other.outcome
    }
}

/// The live document. Copies share it.
#[derive(Clone, Copy)]
pub struct Session {
    plan: Held<Arc<Plan>>,
    history: Held<History>,
    answer: Derived<Answer>,
    /// The plan as it was last settled.
    settled: Held<Answer>,
    /// The plan as it was when it was opened.
    opened: Held<Answer>,
    /// The cell that was selected then.
    settled_selected: Held<Option<Selected>>,
    /// This copy shows what was last settled, and edits the plan as it is.
    trails: bool,
    access: Held<Access>,
    /// Counts the changes made here: whoever saves watches it.
    changes: Held<u64>,
    pub selected: Held<Option<Selected>>,
}

impl Session {
    pub fn new(plan: Plan, access: Access) -> Session {
        let plan = Held::new(Arc::new(plan));
        let answer = Derived::again(move |last| Answer::of(plan.get(), last));
        let settled = answer.get_untracked();
        Session {
            plan,
            history: Held::new(History::default()),
            answer,
            settled: Held::new(settled.clone()),
            opened: Held::new(settled),
            settled_selected: Held::new(None),
            trails: false,
            access: Held::new(access),
            changes: Held::new(0),
            selected: Held::new(None),
        }
    }

    /// The same document, whose tracked plan and outcome change together when it is settled, and the selected cell with
    /// them: for what may be shown a moment later than the cell that somebody types in. It follows what is selected and
    /// selects nothing itself.
    pub fn trailing(self) -> Session {
        Session { trails: true, selected: self.settled_selected, ..self }
    }

    /// Shows to those who trail what the plan is now.
    pub fn settle(self) {
        let plan = self.plan.get_untracked();
        if !Arc::ptr_eq(&plan, &self.settled.with_untracked(|it| Arc::clone(&it.plan))) {
            self.settled.set(Answer { plan, outcome: self.outcome_untracked() });
        }
        let selected = self.selected.get_untracked();
        if self.settled_selected.get_untracked() != selected {
            self.settled_selected.set(selected);
        }
    }

    /// The plan, tracked.
    pub fn plan(self) -> Arc<Plan> {
        if self.trails { self.settled.with(|it| Arc::clone(&it.plan)) } else { self.plan.get() }
    }

    pub fn plan_untracked(self) -> Arc<Plan> {
        self.plan.get_untracked()
    }

    /// What follows from the plan, tracked.
    pub fn outcome(self) -> Arc<Outcome> {
        let read = |it: &Answer| Arc::clone(&it.outcome);
        if self.trails { self.settled.with(read) } else { self.answer.with(read) }
    }

    pub fn outcome_untracked(self) -> Arc<Outcome> {
        self.answer.with_untracked(|it| Arc::clone(&it.outcome))
    }

    pub fn access(self) -> Access {
        self.access.get()
    }

    /// How often the plan was changed here, tracked.
    pub fn changes(self) -> u64 {
        self.changes.get()
    }

    /// Puts another plan in the place of this one. What could be undone belonged to the other.
    pub fn open(self, plan: Plan, access: Access) {
        self.selected.set(None);
        self.history.set(History::default());
        self.access.set(access);
        self.plan.set(Arc::new(plan));
        self.settle();
        self.opened.set(self.settled.get_untracked());
    }

    /// The plan as it was when it was opened, and what followed from it, tracked.
    pub fn opened(self) -> Opened {
        self.opened.with(|it| Opened { plan: Arc::clone(&it.plan), outcome: Arc::clone(&it.outcome) })
    }

    /// Says anew whether the plan may be changed here; what can be undone stays.
    pub fn allow(self, access: Access) {
        if self.access.get_untracked() != access {
            self.access.set(access);
        }
    }

    /// From now on the plan is the user's own.
    pub fn take(self) {
        self.access.set(Access::Own);
        self.changes.update(|it| *it += 1);
    }

    /// The one door: one edit, one step to undo. An edit that changes nothing is no step.
    pub fn edit(self, edit: Edit) -> Result<(), Refused> {
        if self.access.get_untracked() == Access::Preview {
            return Err(Refused::ReadOnly);
        }
        let before = self.plan.get_untracked();
        let mut plan = Plan::clone(&before);
        let inverse = plan.apply(edit)?;
        if plan != *before {
            self.history.update(|it| it.did(inverse));
            self.put(plan);
        }
        Ok(())
    }

    /// Types an amount into a place of a sheet.
    pub fn type_amount(self, at: At, amount: Amount) -> Result<(), Refused> {
        self.type_amount_by(at, amount, Above::Hold)
    }

    /// The same, with a say in what becomes of the wholes above it.
    pub fn type_amount_by(self, at: At, amount: Amount, above: Above) -> Result<(), Refused> {
        let edit = breakback::type_amount_by(&self.plan_untracked(), &self.outcome_untracked(), at, amount, above)?;
        self.edit(edit)
    }

    /// Types a percentage of the parent into a place of a sheet.
    pub fn type_share(self, at: At, percent: Decimal) -> Result<(), Refused> {
        let edit = breakback::type_share(&self.plan_untracked(), &self.outcome_untracked(), at, percent)?;
        self.edit(edit)
    }

    /// Has those below a node share by another method.
    pub fn choose_method(self, dimension: Dimension, id: NodeId, method: Method) -> Result<(), Refused> {
        self.edit(breakback::choose_method(&self.plan_untracked(), &self.outcome_untracked(), dimension, id, method))
    }

    /// Lets a place follow the rules again. Nothing happens where it does.
    pub fn clear(self, at: At) -> Result<(), Refused> {
        breakback::clear(&self.plan_untracked(), at).map_or(Ok(()), |edit| self.edit(edit))
    }

    /// Has a place keep what it has, or its share, or neither. Nothing happens where there is none to keep.
    pub fn keep(self, at: At, kept: Kept) -> Result<(), Refused> {
        let edit = breakback::keep(&self.plan_untracked(), &self.outcome_untracked(), at, kept);
        edit.map_or(Ok(()), |edit| self.edit(edit))
    }

    /// Locks a place at what it has, or opens the lock.
    pub fn toggle_lock(self, at: At) -> Result<(), Refused> {
        let edit = breakback::toggle_lock(&self.plan_untracked(), &self.outcome_untracked(), at);
        edit.map_or(Ok(()), |edit| self.edit(edit))
    }

    pub fn undo(self) {
        self.shift(History::undo);
    }

    pub fn redo(self) {
        self.shift(History::redo);
    }

    pub fn can_undo(self) -> bool {
        self.history.with(History::can_undo)
    }

    pub fn can_redo(self) -> bool {
        self.history.with(History::can_redo)
    }

    fn shift(self, step: impl Fn(&mut History, &mut Plan) -> bool) {
        let mut plan = Plan::clone(&self.plan.get_untracked());
        if self.history.try_update(|it| step(it, &mut plan)) == Some(true) {
            self.put(plan);
        }
    }

    fn put(self, plan: Plan) {
        if self.selected.get_untracked().is_some_and(|Selected(at)| !is_in(&plan, at)) {
            self.selected.set(None);
        }
        let has_same_nodes = self.plan.with_untracked(|it| has_same_nodes(it, &plan));
        self.plan.set(Arc::new(plan));
        // Who trails may be asked for a node that was just added, and is to know it.
        if !has_same_nodes {
            self.settle();
        }
        self.changes.update(|it| *it += 1);
    }
}

fn has_same_nodes(one: &Plan, other: &Plan) -> bool {
    Dimension::ALL.into_iter().all(|it| one.tree(it).nodes.keys().eq(other.tree(it).nodes.keys()))
}

fn is_in(plan: &Plan, at: At) -> bool {
    let has = |dimension: Dimension, id: NodeId| plan.node(dimension, id).is_some();
    let pair: Pair = at.pair;
    has(pair.rows(), at.row) && has(pair.columns(), at.column)
}
