//! The one live document: the plan, what follows from it, and the way back.
//!
//! A change enters by `edit` and by nothing else; whatever is on screen is derived from `plan` and `outcome`. Knows
//! nothing of the browser and has no words: refusals are codes.
//!
//! While something is tried out, `plan` and `outcome` are what would be, and `base` is the plan that is kept: every edit goes
//! into the trial, or into the scenario in view, and none into the base but what pins inputs and keeps scenarios.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::amount::Amount;
use crate::engine::breakback::{self, Above, Kept, Refusal};
use crate::engine::{Outcome, evaluate, evaluate_again};
use crate::live::{Derived, Held};
use crate::plan::{
    At, Dimension, Edit, EditError, Edits, Fit, History, ItemId, Method, NodeId, Pair, Plan, Scenario, ScenarioField,
    diff, may_be_tried, tried,
};
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

/// What is tried out over the plan that is kept.
#[derive(Clone)]
struct Trial {
    base: Answer,
    /// How the base came to be what it is; the trial has a history of its own.
    history: History,
    view: WhatIf,
}

/// What is tried out: a scenario, or something that nobody has kept yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// The scenario in view: what is changed is changed in it.
    pub of: Option<ItemId>,
    /// Edits that the base does not take, and why. They stay in the scenario and are passed over.
    pub unfit: Vec<(Edit, EditError)>,
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
    trial: Held<Option<Trial>>,
    /// What was tried out last and not kept, for whoever comes back to it.
    parked: Held<Vec<Edit>>,
    /// A slider is on its way: what it passes is one step.
    drags: Held<bool>,
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
            trial: Held::new(None),
            parked: Held::new(Vec::new()),
            drags: Held::new(false),
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

    /// Whether what is on screen may be changed: anything may be tried out, also in a plan that is only looked at.
    pub fn access(self) -> Access {
        if self.is_trial() { Access::Own } else { self.access.get() }
    }

    /// Whether the plan under what is tried out may be changed.
    pub fn base_access(self) -> Access {
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
        self.trial.set(None);
        self.parked.set(Vec::new());
        self.drags.set(false);
        self.access.set(access);
        self.plan.set(Arc::new(plan));
        self.settle();
        self.opened.set(self.settled.get_untracked());
    }

    /// The same plan as somebody else has kept it by now: what is tried out here goes on over it.
    pub fn reopen(self, plan: Plan, access: Access) {
        let trial = self.trial.get_untracked().map(|it| (it.view.of, self.tried_and_unfit(&it)));
        self.open(plan, access);
        match trial {
            Some((Some(id), edits)) if self.plan_untracked().scenarios.list.get(id).is_none() => {
                self.try_out(&edits, None)
            }
            Some((Some(id), _)) => self.look_at(id),
            Some((None, edits)) => self.try_out(&edits, None),
            None => {}
        }
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
        self.drags.set(false);
        self.done(edit).map(|is_done| {
            if is_done {
                self.record();
            }
        })
    }

    /// The plan's other title, as a step like any edit: the one change that the page makes before it knows of all others.
    pub fn retitle(self, title: String) -> Result<(), Refused> {
        if self.access.get_untracked() == Access::Preview {
            return Err(Refused::ReadOnly);
        }
        self.drags.set(false);
        let mut plan = Plan::clone(&self.base_untracked());
        let before = plan.title.clone();
        let inverse = plan.retitle(title)?;
        if plan.title == before {
            return Ok(());
        }
        match self.trial.get_untracked() {
            Some(mut trial) => {
                trial.history.did(inverse);
                self.put_base(trial, plan);
            }
            None => {
                self.history.update(|it| it.did(inverse));
                self.show(plan);
                self.count();
            }
        }
        Ok(())
    }

    /// An edit of something that is on its way, such as a slider: all of them until `release` are one step.
    pub fn drag(self, edit: Edit) -> Result<(), Refused> {
        self.done(edit).map(|is_done| {
            if is_done {
                self.drags.set(true);
            }
        })
    }

    /// What was on its way has come to rest.
    pub fn release(self) {
        if self.drags.get_untracked() {
            self.drags.set(false);
            self.record();
        }
    }

    /// Something is on its way, tracked: what takes longer than a frame waits until it has come to rest.
    pub fn is_dragged(self) -> bool {
        self.drags.get()
    }

    /// Does an edit to what is on screen. False where it changes nothing.
    fn done(self, edit: Edit) -> Result<bool, Refused> {
        let is_fixed = self.access.get_untracked() == Access::Preview;
        match (&edit, self.is_trial_now()) {
            // Inputs may be pinned over a plan that is only looked at, for as long as it is.
            (Edit::Scenario(_), true) => return self.edit_base(edit).map(|()| false),
            (Edit::Title(title), true) if !is_fixed => return self.retitle(title.clone()).map(|()| false),
            (edit, true) if !may_be_tried(edit) => return Err(Refused::Edit(EditError::NotInAScenario)),
            (Edit::Title(_), true) => return Err(Refused::ReadOnly),
            (_, false) if is_fixed => return Err(Refused::ReadOnly),
            _ => {}
        }
        let before = self.plan.get_untracked();
        let mut plan = Plan::clone(&before);
        let inverse = plan.apply(edit)?;
        if plan == *before {
            return Ok(false);
        }
        // The first step of a slider takes all of its way back.
        if !self.drags.get_untracked() {
            self.history.update(|it| it.did(inverse));
        }
        self.show(plan);
        Ok(true)
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
        self.drags.set(false);
        let mut plan = Plan::clone(&self.plan.get_untracked());
        if self.history.try_update(|it| step(it, &mut plan)) == Some(true) {
            self.show(plan);
            self.record();
        }
    }

    // ---- What if ----

    /// Something is tried out, tracked.
    pub fn is_trial(self) -> bool {
        self.trial.with(Option::is_some)
    }

    pub fn is_trial_now(self) -> bool {
        self.trial.with_untracked(Option::is_some)
    }

    /// What is tried out, tracked.
    pub fn what_if(self) -> Option<WhatIf> {
        self.trial.with(|it| it.as_ref().map(|it| it.view.clone()))
    }

    /// The plan that is kept, tracked: the one on screen, or the one under what is tried out.
    pub fn base(self) -> Arc<Plan> {
        self.trial.with(|it| it.as_ref().map(|it| Arc::clone(&it.base.plan))).unwrap_or_else(|| self.plan())
    }

    pub fn base_untracked(self) -> Arc<Plan> {
        self.base_answer().plan
    }

    /// What follows from the plan that is kept, tracked.
    pub fn base_outcome(self) -> Arc<Outcome> {
        self.trial.with(|it| it.as_ref().map(|it| Arc::clone(&it.base.outcome))).unwrap_or_else(|| self.outcome())
    }

    pub fn base_outcome_untracked(self) -> Arc<Outcome> {
        self.base_answer().outcome
    }

    fn base_answer(self) -> Answer {
        let under = self.trial.with_untracked(|it| it.as_ref().map(|it| it.base.clone()));
        under.unwrap_or_else(|| Answer { plan: self.plan.get_untracked(), outcome: self.outcome_untracked() })
    }

    /// The edits that make the base what is on screen.
    pub fn tried(self) -> Vec<Edit> {
        diff(&self.base_untracked(), &self.plan_untracked())
    }

    /// What nobody has kept as a scenario: what is tried out, with what the base does not take, or what the next trial begins
    /// with.
    pub fn unkept(self) -> Vec<Edit> {
        let tried = |it: &Trial| it.view.of.is_none().then(|| self.tried_and_unfit(it));
        let tried = self.trial.with_untracked(|it| it.as_ref().and_then(tried));
        tried.unwrap_or_else(|| self.parked.get_untracked())
    }

    /// What the next trial begins with.
    pub fn set_aside(self, edits: Vec<Edit>) {
        self.parked.set(edits);
    }

    /// Begins to try out, where the last trial was left.
    pub fn begin(self) {
        let parked = self.parked.get_untracked();
        self.try_out(&parked, None);
    }

    /// Shows the base with these edits, of a scenario or of nobody yet. What the base does not take is passed over.
    pub fn try_out(self, edits: &[Edit], of: Option<ItemId>) {
        self.drags.set(false);
        let base = self.base_answer();
        let (plan, fits) = tried(&base.plan, edits);
        let refused = |(edit, fit): (&Edit, Fit)| match fit {
            Fit::Refused(why) => Some((edit.clone(), why)),
            Fit::Applied | Fit::Same => None,
        };
        let unfit = edits.iter().zip(fits).filter_map(refused).collect();
        let of_base = self.trial.with_untracked(|it| it.as_ref().map(|it| it.history.clone()));
        let history = of_base.unwrap_or_else(|| self.history.get_untracked());
        self.history.set(History::default());
        self.trial.set(Some(Trial { base, history, view: WhatIf { of, unfit } }));
        self.show(plan);
    }

    /// Shows a scenario; what is changed from now on is changed in it. Nothing happens where it is gone.
    pub fn look_at(self, id: ItemId) {
        let edits = self.base_untracked().scenarios.list.get(id).map(|it| it.edits.read());
        if let Some(edits) = edits {
            self.park();
            self.try_out(&edits, Some(id));
        }
    }

    /// Keeps at hand what nobody has kept.
    fn park(self) {
        if self.trial.with_untracked(|it| it.as_ref().is_some_and(|it| it.view.of.is_none())) {
            self.set_aside(self.tried());
        }
    }

    /// Back to the base. What nobody has kept is there again when something is tried out the next time.
    pub fn leave(self) {
        self.release();
        self.park();
        let Some(trial) = self.trial.get_untracked() else { return };
        self.trial.set(None);
        self.history.set(trial.history);
        self.show(Plan::clone(&trial.base.plan));
    }

    /// Takes back all that is tried out, as one step.
    pub fn reset(self) -> Result<(), Refused> {
        let back = diff(&self.plan_untracked(), &self.base_untracked());
        if back.is_empty() { Ok(()) } else { self.edit(Edit::Batch(back)) }
    }

    /// What is tried out becomes the plan, as one step of it.
    pub fn promote(self) -> Result<(), Refused> {
        if self.access.get_untracked() == Access::Preview {
            return Err(Refused::ReadOnly);
        }
        let edits = self.tried();
        self.leave();
        self.parked.set(Vec::new());
        if edits.is_empty() { Ok(()) } else { self.edit(Edit::Batch(edits)) }
    }

    /// Keeps what is tried out under a name, and goes on in it.
    pub fn save_scenario(self, name: String) -> Result<ItemId, Refused> {
        if self.access.get_untracked() == Access::Preview {
            return Err(Refused::ReadOnly);
        }
        let edits = Edits::of(&self.tried());
        let (id, edit) = self.base_untracked().save_scenario(Scenario { name, edits, ..Scenario::default() });
        match self.is_trial_now() {
            true => self.edit_base(edit)?,
            false => self.edit(edit)?,
        }
        self.trial.update(|it| {
            if let Some(trial) = it {
                trial.view.of = Some(id);
            }
        });
        self.parked.set(Vec::new());
        Ok(id)
    }

    /// Changes the plan under what is tried out: which inputs are pinned, which scenarios there are, and its title.
    fn edit_base(self, edit: Edit) -> Result<(), Refused> {
        let Some(mut trial) = self.trial.get_untracked() else { return Ok(()) };
        let mut base = Plan::clone(&trial.base.plan);
        let inverse = base.apply(edit)?;
        if base == *trial.base.plan {
            return Ok(());
        }
        trial.history.did(inverse);
        trial.view.of = trial.view.of.filter(|id| base.scenarios.list.get(*id).is_some());
        self.put_base(trial, base);
        Ok(())
    }

    fn put_base(self, mut trial: Trial, base: Plan) {
        let mut plan = Plan::clone(&self.plan.get_untracked());
        plan.scenarios = base.scenarios.clone();
        plan.title.clone_from(&base.title);
        // Nothing follows from scenarios and from the title: the answer is that of the base as it was.
        trial.base.plan = Arc::new(base);
        self.trial.set(Some(trial));
        self.show(plan);
        self.count();
    }

    /// What was changed is to be kept: as the plan, or as the scenario in view.
    fn record(self) {
        let Some(trial) = self.trial.get_untracked() else { return self.count() };
        let Some(id) = trial.view.of else { return };
        let mut base = Plan::clone(&trial.base.plan);
        let Some(scenario) = base.scenarios.list.get(id) else { return };
        let edits = Edits::of(&self.tried_and_unfit(&trial));
        let edit = base.scenarios.list.put(id, Scenario { edits, ..scenario.clone() });
        // A scenario that has become too large stays as it was kept last, and what is on screen stays tried out.
        match base.apply(Edit::Scenario(ScenarioField::Scenario(edit))) {
            Ok(_) => self.put_base(trial, base),
            Err(_) => self.trial.set(Some(Trial { view: WhatIf { of: None, ..trial.view }, ..trial })),
        }
    }

    /// What does not fit stays, before what is tried out.
    fn tried_and_unfit(self, trial: &Trial) -> Vec<Edit> {
        trial.view.unfit.iter().map(|(edit, _)| edit.clone()).chain(self.tried()).collect()
    }

    fn count(self) {
        self.changes.update(|it| *it += 1);
    }

    /// Puts a plan on screen.
    fn show(self, plan: Plan) {
        if self.selected.get_untracked().is_some_and(|Selected(at)| !is_in(&plan, at)) {
            self.selected.set(None);
        }
        let has_same_nodes = self.plan.with_untracked(|it| has_same_nodes(it, &plan));
        self.plan.set(Arc::new(plan));
        // Who trails may be asked for a node that was just added, and is to know it.
        if !has_same_nodes {
            self.settle();
        }
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
