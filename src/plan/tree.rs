//! The dimensions along which a target is divided, each a tree of nodes.
//!
//! A node says how its children share what it carries (`method`), what each child brings to that (`percent`, `amount`,
//! `weight`, `last_year`), and which numbers somebody typed or locked. Nothing here is computed: whoever wants to know
//! what a node gets asks the engine.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::fields::{Fields, Key, Visitor, visit_columns};
use super::nodes::Nodes;
use super::visit::visit_lock;
use super::written::by_fields;
use crate::amount::Amount;

/// One axis along which the same total is divided. The order is the order of the axes of a table: whichever comes first
/// runs down the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    #[default]
    Organisation,
    Product,
    Customer,
    Channel,
    Time,
}

impl Dimension {
    pub const ALL: [Dimension; 5] =
        [Dimension::Organisation, Dimension::Product, Dimension::Customer, Dimension::Channel, Dimension::Time];
}

/// A node of one tree. Given once, never reused, never shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct NodeId(pub u32);

/// How the children of a node share what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The same for everyone.
    Even,
    /// By `percent`. A blank takes part in what is left of 100; percentages that do not total 100 are used as weights.
    Percent,
    /// By `amount`. A blank takes part in what is left of the total; amounts that do not reach it are used as weights.
    Amount,
    /// By `weight`. A blank stands for the weights below it, or for the average of its siblings.
    Weight,
    /// By `last_year`, or by the past periods of the parent's `mix`, with the `growth` expected. A blank stands for the
    /// figures below it, or for the average of its siblings; so it does in the three that follow.
    History,
    /// By `potential`.
    Potential,
    /// By `capacity`.
    Capacity,
    /// By `working_days`.
    WorkingDays,
    /// By `scores`, each of the parent's `factors` by its weight. A blank stands for the average of its siblings.
    Score,
}

impl Method {
    pub const ALL: [Method; 9] = [
        Method::Even,
        Method::Percent,
        Method::Amount,
        Method::Weight,
        Method::History,
        Method::Potential,
        Method::Capacity,
        Method::WorkingDays,
        Method::Score,
    ];
}

/// Who gets the units that proportion alone cannot hand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// The largest remainders first, in the order given where they tie (Hamilton's method). Everybody is within a unit of
    /// the share. For people and products, where the order means nothing.
    LargestRemainder,
    /// Nobody falls when the total rises, at the price of a part that may rarely lie more than a unit from its share. For
    /// coarse increments, where one unit is a thousand.
    Webster,
    /// Every running total stays within half a unit of the true one. For time, where the order means everything.
    Cumulative,
}

impl Rounding {
    pub const ALL: [Rounding; 3] = [Rounding::LargestRemainder, Rounding::Webster, Rounding::Cumulative];
}

/// How much each past period counts where children share by history. Only the proportion of the weights matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Mix {
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub last_year: Decimal,
    /// By the names of the periods.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<String, String>"))]
    pub past: BTreeMap<String, Decimal>,
}

/// Something by which children are scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Told apart from the others of the node by this.
    pub name: String,
    /// In percent of all factors of the node.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub weight: Decimal,
}

/// A number that somebody typed. It keeps its share of the whole that it was typed against, so that a new total above it
/// spreads by the shares below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Typed {
    pub part: Amount,
    pub whole: Amount,
}

/// What stays, whatever else changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lock {
    /// This very amount.
    Value(Amount),
    /// This part of what the parent has, however much that is. Where locked amounts leave no room for it, it gives way.
    Share(Typed),
}

impl Lock {
    /// The amount that is locked; none for a share.
    pub fn value(self) -> Option<Amount> {
        match self {
            Lock::Value(amount) => Some(amount),
            Lock::Share(_) => None,
        }
    }

    /// The share that is locked; none for an amount, and none for a share of nothing.
    pub fn share(self) -> Option<Typed> {
        match self {
            Lock::Value(_) => None,
            Lock::Share(share) => Some(share).filter(|it| 0 < it.whole.units()),
        }
    }

    /// A lock of the same kind at another amount, of a whole.
    pub fn moved_to(self, part: Amount, whole: Amount) -> Lock {
        match self {
            Lock::Value(_) => Lock::Value(part),
            Lock::Share(_) => Lock::Share(Typed { part, whole }),
        }
    }
}

/// A company, a team, a person, a product, a quarter. Absent means "decide for me" or "not known", never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct Node {
    /// Shown to the user. In the time tree a label beside the period's own name, such as 旺季.
    pub name: String,
    /// A short word beside the name, such as 资深 or 新人.
    pub tag: String,
    /// What the node stands for, in words.
    pub note: String,
    pub children: Vec<NodeId>,
    /// How the children share; absent, as the parent's children do, and evenly at the root.
    pub method: Option<Method>,
    /// How what the children get is rounded; absent, as the parent's children are, and at the root by the largest
    /// remainder, or in the time tree cumulatively.
    pub rounding: Option<Rounding>,
    /// In percent, up to six decimals.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub percent: Option<Decimal>,
    pub amount: Option<Amount>,
    /// Any number from zero up, up to six decimals.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub weight: Option<Decimal>,
    pub last_year: Option<Amount>,
    /// What it brought in earlier periods, by their names, such as 2025.
    pub past: BTreeMap<String, Amount>,
    /// By how many percent its past figures are expected to grow, from -100 up.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub growth: Option<Decimal>,
    /// What its market could give.
    pub potential: Option<Amount>,
    /// What it is able to do.
    pub capacity: Option<Amount>,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub working_days: Option<Decimal>,
    /// What it scores, by the names of factors.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<String, String>"))]
    pub scores: BTreeMap<String, Decimal>,
    /// The periods by which the children share where they do by history; absent, as the parent's children do, and by last
    /// year alone at the root.
    pub mix: Option<Mix>,
    /// What the children are scored by; none, what the parent's children are.
    pub factors: Vec<Factor>,
    pub typed: Option<Typed>,
    pub lock: Option<Lock>,
    /// The least that it takes. With `cap` it is a range.
    pub floor: Option<Amount>,
    /// The most that it takes.
    pub cap: Option<Amount>,
    /// It takes whole multiples of this: a carton, a thousand. One of the smallest unit, or none, is any amount.
    pub increment: Option<Amount>,
    /// By how many percent of what the node carries its children may together have more or less, where their
    /// percentages, amounts or locks say so. In the organisation only.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub tolerance: Option<Decimal>,
    /// What those who carry it say that they can do.
    pub submitted: Option<Amount>,
    /// In percent, how far submitted numbers are trusted against given ones, here and below; absent, as above, and half
    /// and half at the root.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Option<String>"))]
    pub trust: Option<Decimal>,
    /// What it really brought so far. In the time tree only.
    pub actual: Option<Amount>,
}

impl Fields for Node {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.name("name", &mut self.name);
        visitor.word("tag", &mut self.tag);
        visitor.note("note", &mut self.note);
        visitor.other("children", &mut self.children);
        visitor.other("method", &mut self.method);
        visitor.other("rounding", &mut self.rounding);
        visitor.percent("percent", &mut self.percent);
        visitor.money("amount", &mut self.amount);
        visitor.number("weight", &mut self.weight);
        visitor.money("last_year", &mut self.last_year);
        visitor.other("past", &mut self.past);
        visit_columns(&mut self.past, |name, amount| {
            visitor.word(Key::WITHIN, name);
            visitor.money(Key::WITHIN, amount);
        });
        visitor.change("growth", &mut self.growth);
        visitor.money("potential", &mut self.potential);
        visitor.money("capacity", &mut self.capacity);
        visitor.number("working_days", &mut self.working_days);
        visitor.other("scores", &mut self.scores);
        visit_columns(&mut self.scores, |name, score| {
            visitor.word(Key::WITHIN, name);
            visitor.number(Key::WITHIN, score);
        });
        visitor.other("mix", &mut self.mix);
        self.mix.iter_mut().for_each(|it| visitor.within(it));
        visitor.other("factors", &mut self.factors);
        self.factors.iter_mut().for_each(|it| visitor.within(it));
        visitor.other("typed", &mut self.typed);
        visitor.other("lock", &mut self.lock);
        visit_lock(&mut self.lock, visitor);
        visitor.money("floor", &mut self.floor);
        visitor.money("cap", &mut self.cap);
        visitor.money("increment", &mut self.increment);
        visitor.percent("tolerance", &mut self.tolerance);
        visitor.money("submitted", &mut self.submitted);
        visitor.part("trust", &mut self.trust);
        visitor.money("actual", &mut self.actual);
    }
}

by_fields!(Node);

impl Node {
    pub fn named(name: impl Into<String>) -> Node {
        Node { name: name.into(), ..Node::default() }
    }
}

/// One dimension: a root that carries the whole, and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tree {
    pub root: NodeId,
    /// The id that the next new node gets.
    pub next: u32,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<NodeId, Node>"))]
    pub nodes: Nodes,
}

impl Tree {
    /// A tree of one node, which carries everything.
    pub fn single(name: impl Into<String>) -> Tree {
        let root = NodeId(0);
        Tree { root, next: 1, nodes: Nodes::from([(root, Node::named(name))]) }
    }

    pub fn get(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(&id)
    }

    pub fn children(&self, id: NodeId) -> &[NodeId] {
        self.get(id).map_or(&[], |node| &node.children)
    }

    pub fn name(&self, id: NodeId) -> &str {
        self.get(id).map_or("", |node| &node.name)
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes.iter().find(|(_, node)| node.children.contains(&id)).map(|(parent, _)| *parent)
    }

    /// Adds a node as the last child. Used while a plan is being made; a plan in use changes by edits only.
    pub fn grow(&mut self, parent: NodeId, node: Node) -> NodeId {
        let id = NodeId(self.next);
        self.next += 1;
        self.nodes.insert(id, node);
        if let Some(parent) = self.nodes.get_mut(&parent) {
            parent.children.push(id);
        }
        id
    }

    /// From a node down, parents before children, in the order shown.
    pub fn walk(&self, from: NodeId) -> Vec<NodeId> {
        let mut seen = Vec::new();
        let mut open = vec![from];
        while let Some(id) = open.pop() {
            seen.push(id);
            open.extend(self.children(id).iter().rev());
        }
        seen
    }

    /// From the root to a node, both included. Empty if the node is not in the tree.
    pub fn path(&self, id: NodeId) -> Vec<NodeId> {
        let mut path: Vec<NodeId> = std::iter::successors(self.get(id).map(|_| id), |at| self.parent(*at)).collect();
        path.reverse();
        path
    }

    /// How the children of a node share: its own method, or the nearest one above.
    pub fn method(&self, id: NodeId) -> Method {
        self.path(id).iter().rev().find_map(|at| self.get(*at)?.method).unwrap_or(Method::Even)
    }

    /// What the children of a node are scored by: its own factors, or those of the nearest one above.
    pub fn factors(&self, id: NodeId) -> &[Factor] {
        let own = |at| self.get(at).map(|node| node.factors.as_slice()).filter(|factors| !factors.is_empty());
        self.path(id).into_iter().rev().find_map(own).unwrap_or_default()
    }

    /// A node is the whole of a tree that is not divided.
    pub fn is_divided(&self) -> bool {
        !self.children(self.root).is_empty()
    }
}
