//! A plan beside others that it might be: what differs in them line by line, what each edit of one does by itself, and what
//! the figures of the what-if bar are.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::amount::Amount;
use crate::engine::funnel::total;
use crate::engine::sensitivity::{Effect, effect};
use crate::engine::{Outcome, evaluate, evaluate_again};
use crate::plan::{Dimension, Edit, Fit, Kind, Knob, Lock, NodeId, Plan, tried};

/// A plan and what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub plan: Arc<Plan>,
    pub outcome: Arc<Outcome>,
}

impl Seen {
    /// A plan with edits done to it, as far as it takes them.
    pub fn with(&self, edits: &[Edit]) -> Seen {
        let (plan, _) = tried(&self.plan, edits);
        let outcome = evaluate_again(&self.plan, &self.outcome, &plan);
        Seen { plan: Arc::new(plan), outcome: Arc::new(outcome) }
    }

    pub fn of(plan: Plan) -> Seen {
        let outcome = Arc::new(evaluate(&plan));
        Seen { plan: Arc::new(plan), outcome }
    }
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Target,
    /// What is really divided.
    Divided,
    /// What people can bring.
    People,
    /// What leads bring.
    Leads,
    /// The least of all that bounds it.
    Possible,
    /// What is missing of what is divided.
    Gap,
    /// Leads that the target asks for in the year, and leads that come.
    LeadsNeeded,
    LeadsThere,
    Orders,
    /// What the leads cost, and what those would that the target asks for.
    Budget,
    BudgetNeeded,
    /// What an order costs of that.
    OrderCost,
    Heads,
    /// How likely the target is reached, in hundredths of a percent. It is drawn, and follows from no outcome.
    Chance,
    Node(Dimension, NodeId),
}

/// How likely a plan reaches its target, as far as that is known by now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Likely {
    /// It is being drawn.
    #[default]
    Coming,
    /// There is nothing to draw, or nobody waited for it.
    Unknown,
    /// In hundredths of a percent.
    Known(i64),
}

impl Likely {
    fn figure(self) -> Option<Decimal> {
        match self {
            Likely::Known(chance) => Some(chance.into()),
            Likely::Coming | Likely::Unknown => None,
        }
    }
}

impl What {
    /// Those of the year as a whole, in the order in which they are read.
    pub const YEAR: [What; 14] = [
        What::Target,
        What::Divided,
        What::People,
        What::Leads,
        What::Possible,
        What::Gap,
        What::Chance,
        What::LeadsNeeded,
        What::LeadsThere,
        What::Orders,
        What::Budget,
        What::BudgetNeeded,
        What::OrderCost,
        What::Heads,
    ];

    /// Those of the what-if bar.
    pub const BAR: [What; 6] = [What::Target, What::People, What::Leads, What::Gap, What::LeadsNeeded, What::Budget];

    pub fn is_money(self) -> bool {
        !matches!(self, What::LeadsNeeded | What::LeadsThere | What::Orders | What::Heads | What::Chance)
    }
}

/// Money in the smallest unit; anything else as it is counted.
pub fn figure(seen: &Seen, what: What) -> Option<Decimal> {
    let (plan, outcome) = (&seen.plan, &seen.outcome);
    let by = |by: Effect| effect(outcome, by).map(Decimal::from);
    let flow = outcome.flow.as_ref();
    match what {
        What::Target => plan.goal.target.map(|it| it.units().into()),
        What::Divided => Some(outcome.total().units().into()),
        What::People => by(Effect::People),
        What::Leads => by(Effect::Leads),
        What::Possible => by(Effect::Possible),
        What::Gap => by(Effect::Gap),
        What::LeadsNeeded => {
            let before = flow?.before.first().copied().unwrap_or_default();
            flow?.demand.first().map(|it| (total(it) + before).round_dp(1))
        }
        What::LeadsThere => flow?.supply.first().map(|it| total(it).round_dp(1)),
        What::Orders => flow.and_then(|it| it.supply.get(it.order_stage)).map(|it| total(it).round_dp(1)),
        What::Budget => flow?.cost.map(|it| it.units().into()),
        What::BudgetNeeded => flow?.cost_needed.map(|it| it.units().into()),
        What::OrderCost => {
            let orders = flow.and_then(|it| it.supply.get(it.order_stage)).map(total)?;
            Decimal::from(flow?.cost?.units()).checked_div(orders).map(|it| it.round())
        }
        What::Chance => None,
        What::Heads => {
            let heads: u64 = plan.capacity.crews.values().map(|it| u64::from(it.heads)).sum();
            (!plan.capacity.crews.is_empty()).then(|| heads.into())
        }
        What::Node(dimension, id) => amount(outcome, dimension, id).map(Decimal::from),
    }
}

fn amount(outcome: &Outcome, dimension: Dimension, id: NodeId) -> Option<i64> {
    let division = outcome.division(dimension);
    division.layout.position(id).map(|at| division.amounts[at])
}

/// A line of the comparison: what each plan has of it. None where it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub what: What,
    /// How deep in its tree.
    pub level: usize,
    pub figures: Vec<Option<Decimal>>,
}

impl Row {
    pub fn differs(&self) -> bool {
        self.figures.windows(2).any(|it| it[0] != it[1])
    }

    /// How much more one has than the first.
    pub fn change(&self, at: usize) -> Option<Decimal> {
        let (first, it) = (self.figures.first().copied()??, self.figures.get(at).copied()??);
        it.checked_sub(first)
    }
}

/// The plans side by side: the year, then every node of every tree that is divided. With `only` what differs, or may yet.
pub fn compare(plans: &[Seen], likely: &[Likely], only: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut put = |what: What, level: usize| {
        let figures = match what {
            What::Chance => likely.iter().map(|it| it.figure()).collect(),
            _ => plans.iter().map(|it| figure(it, what)).collect(),
        };
        let row = Row { what, level, figures };
        let is_coming = what == What::Chance && likely.contains(&Likely::Coming);
        if is_coming || row.figures.iter().any(Option::is_some) && (row.differs() || !only) {
            rows.push(row);
        }
    };
    What::YEAR.into_iter().for_each(|it| put(it, 0));
    for dimension in Dimension::ALL {
        for (id, level) in nodes(plans, dimension) {
            put(What::Node(dimension, id), level);
        }
    }
    rows
}

/// Every node below a root that any of the plans has, as the first that has it lists it.
fn nodes(plans: &[Seen], dimension: Dimension) -> Vec<(NodeId, usize)> {
    let (mut seen, mut nodes) = (BTreeSet::new(), Vec::new());
    for plan in plans {
        let layout = &plan.outcome.division(dimension).layout;
        for id in plan.plan.tree(dimension).walk(plan.plan.tree(dimension).root) {
            let level = layout.position(id).map_or(0, |it| layout.depth(it));
            if 0 < level && seen.insert(id) {
                nodes.push((id, level));
            }
        }
    }
    nodes
}

/// One edit, and what the year is before and after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub edit: Edit,
    pub fit: Fit,
    pub before: Option<i64>,
    pub after: Option<i64>,
}

impl Step {
    pub fn change(&self) -> i64 {
        self.after.zip(self.before).map_or(0, |(after, before)| after.saturating_sub(before))
    }
}

/// The way from one plan to another, each edit on top of those before it: its own part of what differs.
pub fn steps(base: &Seen, edits: &[Edit], by: Effect) -> Vec<Step> {
    let mut at = base.clone();
    let mut steps = Vec::with_capacity(edits.len());
    for edit in edits {
        let (plan, fits) = tried(&at.plan, std::slice::from_ref(edit));
        let outcome = evaluate_again(&at.plan, &at.outcome, &plan);
        let next = Seen { plan: Arc::new(plan), outcome: Arc::new(outcome) };
        let [before, after] = [&at, &next].map(|it| effect_or_target(it, by));
        let fit = fits.into_iter().next().unwrap_or(Fit::Same);
        steps.push(Step { edit: edit.clone(), fit, before, after });
        at = next;
    }
    steps
}

/// What the picture of a way is of: where nothing bounds the plan, what is divided.
fn effect_or_target(seen: &Seen, by: Effect) -> Option<i64> {
    effect(&seen.outcome, by).or(Some(seen.outcome.total().units()))
}

/// By how much more a plan divides than the base, where nothing is added to it that would bring that: no people, no leads, no
/// money for them (S1-51). None where it divides no more, or something is.
pub fn raised_bare(base: &Seen, seen: &Seen) -> Option<Amount> {
    let more = |what: What| figure(base, what).unwrap_or_default() < figure(seen, what).unwrap_or_default();
    let is_backed = [What::Heads, What::People, What::LeadsThere, What::Budget].into_iter().any(more);
    let by = seen.outcome.total().units() - base.outcome.total().units();
    (0 < by && !is_backed).then(|| Amount::from_units(by))
}

/// What an input reads: what the plan says, or, of what a node keeps, what it has now.
pub fn reading(seen: &Seen, knob: Knob) -> Option<Decimal> {
    knob.value(&seen.plan).or_else(|| match knob {
        Knob::Lock { dimension, id } => amount(&seen.outcome, dimension, id).map(Decimal::from),
        _ => None,
    })
}

/// Whether an input is of money.
pub fn is_money(knob: Knob) -> bool {
    knob.kind() == Kind::Money
}

/// The inputs of the what-if bar, of the ranking and of the search: those that somebody has pinned, or the usual ones.
pub fn inputs(plan: &Plan) -> Vec<Knob> {
    let pinned: Vec<Knob> = plan.scenarios.pins.read().into_iter().filter(|it| it.is_there(plan)).collect();
    if pinned.is_empty() { usual_pins(plan) } else { pinned }
}

/// The most useful inputs of a plan that has pinned none: the target, and what bounds it.
fn usual_pins(plan: &Plan) -> Vec<Knob> {
    let mut pins = vec![Knob::Target];
    pins.extend(plan.funnel.order_value.map(|_| Knob::Price));
    let stage = plan.funnel.stages.iter().find(|(_, it)| it.conversion.is_some());
    pins.extend(stage.map(|(id, _)| Knob::Conversion(id)));
    pins.extend(plan.funnel.sources.iter().take(1).map(|(id, _)| Knob::Leads(id)));
    pins.extend(plan.capacity.crews.iter().max_by_key(|(_, it)| it.heads).map(|(id, _)| Knob::Heads(id)));
    let ramped = plan.capacity.levels.iter().find(|(_, it)| !it.ramp.is_none());
    pins.extend(ramped.map(|(id, _)| Knob::Ramp(id)));
    if pins.len() < 4 {
        for dimension in [Dimension::Time, Dimension::Organisation, Dimension::Product] {
            let tree = plan.tree(dimension);
            let first = tree.children(tree.root).iter().copied().find_map(|id| {
                let node = tree.get(id)?;
                match (node.percent.is_some(), node.weight.is_some(), node.lock) {
                    (_, _, Some(Lock::Value(_))) => Some(Knob::Lock { dimension, id }),
                    (true, ..) => Some(Knob::Percent { dimension, id }),
                    (_, true, _) => Some(Knob::Weight { dimension, id }),
                    _ => None,
                }
            });
            pins.extend(first);
        }
    }
    pins
}
