//! An input of the plan that can be turned while one looks at what follows: what it reads now, and the edit that sets it.
//!
//! Values are decimals, money in the smallest unit. Refused: a value that the plan's own rules refuse, and a thing that is
//! no longer there.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::capacity::{Crew, Level, Ramp};
use super::edit::{Edit, EditError, Field};
use super::funnel::{LeadSource, Stage};
use super::list::{ItemId, List};
use super::subjects::{CapacityField, FunnelField, GoalField};
use super::tree::{Dimension, Lock, Node, NodeId};
use super::{Plan, check};
use crate::amount::Amount;

/// One input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Knob {
    /// What the year is to bring.
    Target,
    /// What an order brings.
    Price,
    /// How many go on from a stage.
    Conversion(ItemId),
    /// How many of one source's leads go on from a stage.
    Own {
        source: ItemId,
        stage: ItemId,
    },
    /// What a source brings a month.
    Leads(ItemId),
    /// What a lead of a source costs.
    LeadCost(ItemId),
    /// What an order costs to win through a source.
    Cac(ItemId),
    /// How many people stand in a line.
    Heads(ItemId),
    /// How many of them go in a year.
    Attrition(ItemId),
    /// Orders that one of a level brings a month.
    Orders(ItemId),
    /// What one of a level brings a month.
    Brings(ItemId),
    /// How many months newcomers of a level take.
    Ramp(ItemId),
    Percent {
        dimension: Dimension,
        id: NodeId,
    },
    Weight {
        dimension: Dimension,
        id: NodeId,
    },
    /// What a node brings to the division by amounts.
    Amount {
        dimension: Dimension,
        id: NodeId,
    },
    /// How much a node's past figures are expected to grow.
    Growth {
        dimension: Dimension,
        id: NodeId,
    },
    /// What a node keeps, whatever else changes.
    Lock {
        dimension: Dimension,
        id: NodeId,
    },
    Floor {
        dimension: Dimension,
        id: NodeId,
    },
    Cap {
        dimension: Dimension,
        id: NodeId,
    },
}

/// What the value of an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In the smallest unit of the plan.
    Money,
    /// From 0 to 100.
    Part,
    /// Of any size.
    Percent,
    Number,
    /// Whole people.
    Heads,
    Months,
}

/// Where the slider of an input goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub low: Decimal,
    pub high: Decimal,
    pub step: Decimal,
}

/// Steps from one end of a slider to the other, about.
const STEPS: i64 = 200;

impl Knob {
    pub fn kind(self) -> Kind {
        match self {
            Knob::Target
            | Knob::Price
            | Knob::LeadCost(_)
            | Knob::Cac(_)
            | Knob::Brings(_)
            | Knob::Amount { .. }
            | Knob::Lock { .. }
            | Knob::Floor { .. }
            | Knob::Cap { .. } => Kind::Money,
            Knob::Conversion(_) | Knob::Own { .. } | Knob::Attrition(_) => Kind::Part,
            Knob::Percent { .. } | Knob::Growth { .. } => Kind::Percent,
            Knob::Leads(_) | Knob::Orders(_) | Knob::Weight { .. } => Kind::Number,
            Knob::Heads(_) => Kind::Heads,
            Knob::Ramp(_) => Kind::Months,
        }
    }

    /// What the plan says. None where it says nothing, or what is spoken of is gone.
    pub fn value(self, plan: &Plan) -> Option<Decimal> {
        let money = |it: Amount| Decimal::from(it.units());
        let node = |dimension, id| plan.node(dimension, id);
        let (funnel, people) = (&plan.funnel, &plan.capacity);
        match self {
            Knob::Target => plan.goal.target.map(money),
            Knob::Price => funnel.order_value.map(money),
            Knob::Conversion(id) => funnel.stages.get(id)?.conversion,
            Knob::Own { source, stage } => {
                let own = funnel.sources.get(source)?.conversions.get(&stage).copied();
                own.or(funnel.stages.get(stage)?.conversion)
            }
            Knob::Leads(id) => funnel.sources.get(id)?.leads,
            Knob::LeadCost(id) => funnel.sources.get(id)?.cost.map(money),
            Knob::Cac(id) => funnel.sources.get(id)?.cac.map(money),
            Knob::Heads(id) => Some(people.crews.get(id)?.heads.into()),
            Knob::Attrition(id) => people.crews.get(id)?.attrition,
            Knob::Orders(id) => people.levels.get(id)?.orders,
            Knob::Brings(id) => people.levels.get(id)?.amount.map(money),
            Knob::Ramp(id) => Some(people.levels.get(id)?.ramp.months().into()),
            Knob::Percent { dimension, id } => node(dimension, id)?.percent,
            Knob::Weight { dimension, id } => node(dimension, id)?.weight,
            Knob::Amount { dimension, id } => node(dimension, id)?.amount.map(money),
            Knob::Growth { dimension, id } => node(dimension, id)?.growth,
            Knob::Lock { dimension, id } => node(dimension, id)?.lock.and_then(Lock::value).map(money),
            Knob::Floor { dimension, id } => node(dimension, id)?.floor.map(money),
            Knob::Cap { dimension, id } => node(dimension, id)?.cap.map(money),
        }
    }

    /// What it speaks of is in the plan.
    pub fn is_there(self, plan: &Plan) -> bool {
        match self {
            Knob::Target | Knob::Price => true,
            Knob::Conversion(id) => plan.funnel.stages.get(id).is_some(),
            Knob::Own { source, stage } => {
                plan.funnel.sources.get(source).is_some() && plan.funnel.stages.get(stage).is_some()
            }
            Knob::Leads(id) | Knob::LeadCost(id) | Knob::Cac(id) => plan.funnel.sources.get(id).is_some(),
            Knob::Heads(id) | Knob::Attrition(id) => plan.capacity.crews.get(id).is_some(),
            Knob::Orders(id) | Knob::Brings(id) | Knob::Ramp(id) => plan.capacity.levels.get(id).is_some(),
            Knob::Percent { dimension, id }
            | Knob::Weight { dimension, id }
            | Knob::Amount { dimension, id }
            | Knob::Growth { dimension, id }
            | Knob::Lock { dimension, id }
            | Knob::Floor { dimension, id }
            | Knob::Cap { dimension, id } => plan.node(dimension, id).is_some(),
        }
    }

    /// The edit that sets it, or, where it may be blank, makes it so.
    pub fn edit(self, plan: &Plan, value: Option<Decimal>) -> Result<Edit, EditError> {
        let node = |dimension: Dimension, id: NodeId, field: Field| {
            plan.node(dimension, id).ok_or(EditError::UnknownNode(dimension, id))?;
            Ok(Edit::Node { dimension, id, field })
        };
        let money = || value.map(money).transpose();
        Ok(match self {
            Knob::Target => Edit::Goal(GoalField::Target(money()?)),
            Knob::Price => Edit::Funnel(FunnelField::OrderValue(money()?)),
            Knob::Conversion(id) => stage(plan, id, |it| it.conversion = value)?,
            Knob::Own { source: id, stage } => source(plan, id, |it| match value {
                Some(value) => _ = it.conversions.insert(stage, value),
                None => _ = it.conversions.remove(&stage),
            })?,
            Knob::Leads(id) => source(plan, id, |it| it.leads = value)?,
            Knob::LeadCost(id) => money().and_then(|value| source(plan, id, |it| it.cost = value))?,
            Knob::Cac(id) => money().and_then(|value| source(plan, id, |it| it.cac = value))?,
            Knob::Heads(id) => {
                let heads = whole(value.unwrap_or_default(), Crew::MOST_HEADS)?;
                crew(plan, id, |it| it.heads = heads)?
            }
            Knob::Attrition(id) => crew(plan, id, |it| it.attrition = value)?,
            Knob::Orders(id) => level(plan, id, |it| it.orders = value)?,
            Knob::Brings(id) => money().and_then(|value| level(plan, id, |it| it.amount = value))?,
            Knob::Ramp(id) => {
                let months = whole(value.unwrap_or_default(), Ramp::MOST.into())? as u8;
                level(plan, id, |it| it.ramp = lasting(&it.ramp, months))?
            }
            Knob::Percent { dimension, id } => node(dimension, id, Field::Percent(value))?,
            Knob::Weight { dimension, id } => node(dimension, id, Field::Weight(value))?,
            Knob::Amount { dimension, id } => node(dimension, id, Field::Amount(money()?))?,
            Knob::Growth { dimension, id } => node(dimension, id, Field::Growth(value))?,
            Knob::Lock { dimension, id } => node(dimension, id, Field::Lock(money()?.map(Lock::Value)))?,
            Knob::Floor { dimension, id } => node(dimension, id, Field::Floor(money()?))?,
            Knob::Cap { dimension, id } => node(dimension, id, Field::Cap(money()?))?,
        })
    }

    /// The least and the most that it can be set to.
    pub fn bounds(self) -> (Decimal, Decimal) {
        match self.kind() {
            Kind::Money => (Decimal::ZERO, Decimal::from(Amount::MAX.units())),
            Kind::Part => (Decimal::ZERO, Decimal::ONE_HUNDRED),
            Kind::Percent if matches!(self, Knob::Growth { .. }) => (-Decimal::ONE_HUNDRED, check::MAX_PERCENT),
            Kind::Percent => (Decimal::ZERO, check::MAX_PERCENT),
            Kind::Number => (Decimal::ZERO, check::MAX_WEIGHT),
            Kind::Heads => (Decimal::ZERO, Crew::MOST_HEADS.into()),
            Kind::Months => (Decimal::ZERO, Ramp::MOST.into()),
        }
    }

    /// Where its slider goes, around a value: to twice as much, as far as it can be.
    pub fn range(self, around: Decimal) -> Range {
        let (least, most) = self.bounds();
        match self.kind() {
            Kind::Part => Range { low: least, high: most, step: Decimal::new(5, 1) },
            Kind::Months => Range { low: least, high: Decimal::from(12).max(around), step: Decimal::ONE },
            Kind::Heads => {
                let high = (around * Decimal::TWO).max(around + Decimal::TEN).min(most);
                Range { low: least, high, step: Decimal::ONE }
            }
            Kind::Percent | Kind::Number | Kind::Money => {
                let usual = if self.kind() == Kind::Money { Decimal::from(10_000) } else { Decimal::ONE_HUNDRED };
                let high = if around.is_zero() { usual } else { around.abs().min(most / Decimal::TWO) * Decimal::TWO };
                let step = round_step(high / Decimal::from(STEPS), self.kind() == Kind::Money);
                let low = if around.is_sign_negative() || matches!(self, Knob::Growth { .. }) { -high } else { least };
                Range { low: low.max(least), high: high.min(most), step }
            }
        }
    }
}

/// 1, 2 or 5 times a power of ten, no more than given; of money at least a unit.
fn round_step(about: Decimal, is_money: bool) -> Decimal {
    let mut step = if is_money { Decimal::ONE } else { Decimal::new(1, check::MAX_DECIMALS) };
    for factor in [Decimal::TWO, Decimal::new(25, 1), Decimal::TWO].into_iter().cycle() {
        let next = step * factor;
        if about < next {
            break;
        }
        step = next;
    }
    step.normalize()
}

/// The same kind of ramp over so many months.
fn lasting(ramp: &Ramp, months: u8) -> Ramp {
    match ramp {
        _ if months == 0 => Ramp::None,
        Ramp::Zero(_) => Ramp::Zero(months),
        Ramp::Thirds(_) => Ramp::Thirds(months),
        Ramp::None | Ramp::Linear(_) | Ramp::Own(_) => Ramp::Linear(months),
    }
}

fn money(value: Decimal) -> Result<Amount, EditError> {
    let units = value.round().to_i64().ok_or(EditError::TooLarge(Amount::from_units(i64::MAX)))?;
    Ok(Amount::from_units(units))
}

fn whole(value: Decimal, most: u32) -> Result<u32, EditError> {
    if value.is_sign_negative() && !value.is_zero() {
        return Err(EditError::NegativeDecimal(value));
    }
    let too_many = EditError::TooLargeDecimal { given: value, most: most.into() };
    value.round().to_u32().filter(|it| *it <= most).ok_or(too_many)
}

fn changed<T: Clone>(list: &List<T>, id: ItemId, change: impl FnOnce(&mut T)) -> Result<super::ItemEdit<T>, EditError> {
    let mut item = list.get(id).cloned().ok_or(EditError::UnknownItem(id))?;
    change(&mut item);
    Ok(list.put(id, item))
}

fn stage(plan: &Plan, id: ItemId, change: impl FnOnce(&mut Stage)) -> Result<Edit, EditError> {
    changed(&plan.funnel.stages, id, change).map(|it| Edit::Funnel(FunnelField::Stage(it)))
}

fn source(plan: &Plan, id: ItemId, change: impl FnOnce(&mut LeadSource)) -> Result<Edit, EditError> {
    changed(&plan.funnel.sources, id, change).map(|it| Edit::Funnel(FunnelField::Source(it)))
}

fn crew(plan: &Plan, id: ItemId, change: impl FnOnce(&mut Crew)) -> Result<Edit, EditError> {
    changed(&plan.capacity.crews, id, change).map(|it| Edit::Capacity(CapacityField::Crew(it)))
}

fn level(plan: &Plan, id: ItemId, change: impl FnOnce(&mut Level)) -> Result<Edit, EditError> {
    changed(&plan.capacity.levels, id, change).map(|it| Edit::Capacity(CapacityField::Level(it)))
}

/// What can be pinned of a plan as it stands, what matters most first: what most questions in a meeting are about.
pub fn offered(plan: &Plan) -> Vec<Knob> {
    let mut knobs = vec![Knob::Target, Knob::Price];
    knobs.extend(
        plan.funnel.stages.iter().filter(|(_, it)| it.conversion.is_some()).map(|(id, _)| Knob::Conversion(id)),
    );
    for (id, source) in plan.funnel.sources.iter() {
        knobs.push(Knob::Leads(id));
        knobs.extend(source.conversions.keys().map(|stage| Knob::Own { source: id, stage: *stage }));
        knobs.extend(source.cost.map(|_| Knob::LeadCost(id)));
        knobs.extend(source.cac.map(|_| Knob::Cac(id)));
    }
    for (id, crew) in plan.capacity.crews.iter() {
        knobs.push(Knob::Heads(id));
        knobs.extend(crew.attrition.map(|_| Knob::Attrition(id)));
    }
    for (id, level) in plan.capacity.levels.iter() {
        knobs.push(if level.amount.is_some() { Knob::Brings(id) } else { Knob::Orders(id) });
        knobs.push(Knob::Ramp(id));
    }
    for dimension in Dimension::ALL {
        let tree = plan.tree(dimension);
        knobs.extend(tree.walk(tree.root).into_iter().flat_map(|id| of_node(dimension, id, &tree.nodes[&id])));
    }
    knobs
}

/// What of a node says something.
fn of_node(dimension: Dimension, id: NodeId, node: &Node) -> Vec<Knob> {
    let all = [
        (node.percent.is_some(), Knob::Percent { dimension, id }),
        (node.weight.is_some(), Knob::Weight { dimension, id }),
        (node.amount.is_some(), Knob::Amount { dimension, id }),
        (node.growth.is_some(), Knob::Growth { dimension, id }),
        (node.lock.is_some_and(|it| it.value().is_some()), Knob::Lock { dimension, id }),
        (node.floor.is_some(), Knob::Floor { dimension, id }),
        (node.cap.is_some(), Knob::Cap { dimension, id }),
    ];
    all.into_iter().filter(|(says, _)| *says).map(|(_, knob)| knob).collect()
}
