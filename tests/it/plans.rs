//! Random plans and random edits for the laws: trees of any shape, every method, blanks, zeros, percentages off 100, typed
//! numbers, locks on nodes and cells, possible and impossible.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::{breakback, evaluate};
use sextant::plan::{
    At, BasisKind, Buffer, Calendar, CapacityField, Cell, Chance, Crew, Day, Dimension, Draws, Edit, Factor, Festival,
    Field, FunnelField, Goal, GoalField, Holiday, Horizon, ItemEdit, LeadRule, LeadSource, Leave, Level, Limit, List,
    Lock, Market, Measure, Method, Mix, Node, NodeId, Pair, Peak, Plan, Ramp, Rounding, Stage, Tree, Typed, Unit, Week,
    Weeks, When,
};

/// What a plan of the strategy may hold besides trees, methods and what each node brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Nothing,
    /// Floors, caps and increments at random.
    Bounds,
    /// Besides them numbers typed and locked at random, most of them at odds with one another.
    Anything,
}

/// An amount that is told apart from the target, so that some locks can be met.
#[derive(Clone, Copy, Debug)]
enum Size {
    Units(i64),
    PerMille(i64),
}

impl Size {
    fn of(self, target: i64) -> Amount {
        Amount::from_units(match self {
            Size::Units(units) => units,
            Size::PerMille(part) => (i128::from(target) * i128::from(part) / 1000).min(MOST.into()) as i64,
        })
    }
}

const MOST: i64 = Amount::MAX.units();

pub fn units() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 0..20_i64, 4 => 0..100_000_i64, 2 => 0..1_000_000_000_000_i64, 1 => 0..=MOST, 1 => Just(0), 1 => Just(MOST)]
}

fn size() -> impl Strategy<Value = Size> {
    prop_oneof![1 => units().prop_map(Size::Units), 4 => (0..1200_i64).prop_map(Size::PerMille)]
}

fn decimal(most: i64) -> impl Strategy<Value = Decimal> {
    let round = select(vec![0, 1, 2, 10, 20, 25, 30, 40, 50, 60, 100, 130]).prop_map(Decimal::from);
    let any = (0..=most, 0..=6_u32).prop_map(move |(value, scale)| Decimal::new(value, scale).normalize());
    prop_oneof![3 => round, 1 => any]
}

pub fn methods() -> impl Strategy<Value = Method> {
    select(Method::ALL.to_vec())
}

pub fn dimensions() -> impl Strategy<Value = Dimension> {
    select(Dimension::ALL.to_vec())
}

/// A node to be: what it hangs on, and what it holds.
#[derive(Clone, Debug)]
pub struct Seed {
    parent: Index,
    method: Option<Method>,
    rounding: Option<Rounding>,
    percent: Option<Decimal>,
    weight: Option<Decimal>,
    amount: Option<Size>,
    last_year: Option<Size>,
    columns: Columns,
    typed: Option<(Size, Size)>,
    lock: Option<(Size, bool)>,
    bounds: (Option<Size>, Option<Size>, Option<i64>),
    tolerance: Option<u32>,
}

/// What the methods of history, potential, capacity, working days and scores read.
#[derive(Clone, Debug)]
struct Columns {
    past: Vec<(String, Size)>,
    growth: Option<i64>,
    potential: Option<Size>,
    capacity: Option<Size>,
    days: Option<Decimal>,
    scores: Vec<(String, Decimal)>,
    mix: Option<(Decimal, Vec<(String, Decimal)>)>,
    factors: Vec<(String, Decimal)>,
}

fn columns() -> impl Strategy<Value = Columns> {
    let name = || select(vec!["one", "two", "three"]).prop_map(str::to_owned);
    let percents = || vec((name(), decimal(1_000)), 0..4);
    let figures = (
        vec((name(), size()), 0..3),
        option::weighted(0.2, -100..300_i64),
        option::weighted(0.6, size()),
        option::weighted(0.6, size()),
        option::weighted(0.6, decimal(400)),
    );
    (figures, percents(), option::weighted(0.2, (decimal(100), percents())), percents()).prop_map(
        |((past, growth, potential, capacity, days), scores, mix, factors)| Columns {
            past,
            growth,
            potential,
            capacity,
            days,
            scores,
            mix,
            factors,
        },
    )
}

impl Columns {
    fn put(&self, node: &mut Node, target: i64) {
        node.past = self.past.iter().map(|(name, size)| (name.clone(), size.of(target))).collect();
        node.growth = self.growth.map(Decimal::from);
        node.potential = self.potential.map(|it| it.of(target));
        node.capacity = self.capacity.map(|it| it.of(target));
        node.working_days = self.days;
        node.scores = self.scores.iter().cloned().collect();
        node.mix = self.mix.clone().map(|(last_year, past)| Mix { last_year, past: past.into_iter().collect() });
        node.factors = self.factors();
    }

    /// Each name once.
    fn factors(&self) -> Vec<Factor> {
        let weights: std::collections::BTreeMap<String, Decimal> = self.factors.iter().cloned().collect();
        weights.into_iter().map(|(name, weight)| Factor { name, weight }).collect()
    }
}

/// A floor, a cap and an increment.
fn bounds() -> impl Strategy<Value = (Option<Size>, Option<Size>, Option<i64>)> {
    let increment = select(vec![0, 1, 2, 5, 10, 12, 100, 1_000, MOST]);
    (option::weighted(0.15, size()), option::weighted(0.15, size()), option::weighted(0.15, increment))
}

fn locks() -> impl Strategy<Value = Option<(Size, bool)>> {
    option::weighted(0.3, (size(), prop::bool::weighted(0.3)))
}

fn lock((size, is_share): (Size, bool), target: i64) -> Lock {
    match is_share {
        true => Lock::Share(Typed { part: size.of(target), whole: Amount::from_units(target) }),
        false => Lock::Value(size.of(target)),
    }
}

fn seeds(said: Said) -> BoxedStrategy<Seed> {
    let (typed, lock, bounds) = match said {
        Said::Nothing => (Just(None).boxed(), Just(None).boxed(), Just((None, None, None)).boxed()),
        Said::Bounds => (Just(None).boxed(), Just(None).boxed(), bounds().boxed()),
        Said::Anything => (option::weighted(0.3, (size(), size())).boxed(), locks().boxed(), bounds().boxed()),
    };
    // Largest remainders and running totals are what laws of shares speak of.
    let roundings = match said {
        Said::Nothing => Just(None).boxed(),
        _ => option::weighted(0.2, select(Rounding::ALL.to_vec())).boxed(),
    };
    let brings = (
        option::weighted(0.7, decimal(1_000)),
        option::weighted(0.7, decimal(1_000_000_000)),
        option::weighted(0.7, size()),
        option::weighted(0.7, size()),
        columns().boxed(),
    );
    let tolerance = match said {
        Said::Nothing => Just(None).boxed(),
        _ => option::weighted(0.1, select(vec![0, 1, 5, 20, 100])).boxed(),
    };
    let methods = (option::weighted(0.5, methods()), roundings);
    let limits = (typed, lock, bounds, tolerance);
    (any::<Index>(), methods, brings, limits)
        .prop_map(|(parent, (method, rounding), brings, (typed, lock, bounds, tolerance))| {
            let (percent, weight, amount, last_year, columns) = brings;
            Seed {
                parent,
                method,
                rounding,
                percent,
                weight,
                amount,
                last_year,
                columns,
                typed,
                lock,
                bounds,
                tolerance,
            }
        })
        // On the heap: a plan of these is too large for the stack of a test.
        .boxed()
}

impl Seed {
    fn node(&self, target: i64) -> Node {
        let mut node = Node {
            method: self.method,
            rounding: self.rounding,
            percent: self.percent,
            weight: self.weight,
            amount: self.amount.map(|it| it.of(target)),
            last_year: self.last_year.map(|it| it.of(target)),
            typed: self.typed.map(|(part, whole)| Typed { part: part.of(target), whole: whole.of(target) }),
            lock: self.lock.map(|it| lock(it, target)),
            floor: self.bounds.0.map(|it| it.of(target)),
            cap: self.bounds.1.map(|it| it.of(target)),
            increment: self.bounds.2.map(Amount::from_units),
            tolerance: self.tolerance.map(Decimal::from),
            ..Node::default()
        };
        self.columns.put(&mut node, target);
        node
    }
}

/// A tree of one node a seed. The first is the root.
fn tree(seeds: &[Seed], target: i64) -> Tree {
    let mut tree = Tree::single("");
    let mut ids = vec![tree.root];
    for (number, seed) in seeds.iter().enumerate() {
        let node = Node { name: format!("{number}"), ..seed.node(target) };
        if number == 0 {
            tree.nodes.insert(tree.root, node);
        } else {
            let parent = ids[seed.parent.index(ids.len())];
            ids.push(tree.grow(parent, node));
        }
    }
    tree
}

fn year(calendar: &Calendar, seeds: &[Seed], target: i64) -> Tree {
    let mut tree = calendar.tree();
    for (node, seed) in tree.nodes.values_mut().zip(seeds) {
        *node = Node { children: std::mem::take(&mut node.children), ..seed.node(target) };
    }
    tree
}

/// Most years are of months alone: a table with weeks takes four times as long.
fn calendars() -> impl Strategy<Value = Calendar> {
    let weeks = prop_oneof![9 => Just(None), 1 => select(Weeks::ALL.to_vec()).prop_map(Some)];
    let holiday = (0..3_u16, 1..9_u16).prop_map(|(kind, days)| Holiday {
        name: String::new(),
        when: match kind {
            0 => When::Festival { festival: Festival::Spring, after: -1 },
            1 => When::Yearly { month: 10, day: 1 },
            _ => When::On("2027-05-01".parse().expect("a day")),
        },
        days,
        is_worked: kind == 2,
    });
    let year = prop_oneof![9 => Just(2027), 1 => Calendar::YEARS];
    let calendar = (year, 1..=12_u8, weeks, 5..=7_u8, vec(holiday, 0..3), any::<bool>());
    calendar.prop_map(|(year, start_month, weeks, work_week, holidays, carries_days)| {
        let peak =
            |it: &Holiday| Peak { name: String::new(), when: it.when, days: it.days, factor: Decimal::from(it.days) };
        let peaks = holidays.iter().map(peak).collect();
        Calendar { weeks, work_week, holidays, peaks, carries_days, ..Calendar::new(year, start_month) }
    })
}

/// A cell to be.
#[derive(Clone, Debug)]
struct Said1 {
    place: Anywhere,
    typed: Option<(Size, Size)>,
    lock: Option<(Size, bool)>,
    bounds: [Option<Size>; 3],
    percent: Option<u32>,
}

/// A place of one of the tables of whatever plan it meets.
#[derive(Clone, Debug)]
pub struct Anywhere {
    pair: Pair,
    row: Index,
    column: Index,
}

pub fn anywhere() -> impl Strategy<Value = Anywhere> {
    (select(Pair::ALL.to_vec()), any::<Index>(), any::<Index>()).prop_map(|(pair, row, column)| Anywhere {
        pair,
        row,
        column,
    })
}

impl Anywhere {
    /// Margins and the whole included.
    pub fn place(&self, plan: &Plan) -> At {
        At {
            pair: self.pair,
            row: pick(plan.tree(self.pair.rows()), &self.row),
            column: pick(plan.tree(self.pair.columns()), &self.column),
        }
    }

    /// Inside the table; none where one of the trees is not divided.
    pub fn cell(&self, plan: &Plan) -> Option<At> {
        let at = self.place(plan);
        let inside = at.row != plan.tree(at.pair.rows()).root && at.column != plan.tree(at.pair.columns()).root;
        inside.then_some(at)
    }
}

fn pick(tree: &Tree, index: &Index) -> NodeId {
    let ids: Vec<NodeId> = tree.nodes.keys().copied().collect();
    *index.get(&ids)
}

/// A plan that shows itself as its file, which can be opened.
#[derive(Clone)]
pub struct Shown(pub Plan);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.to_compact_json())
    }
}

/// Plans of four small trees and a year.
pub fn plans(said: Said) -> impl Strategy<Value = Shown> {
    let many = move |most: usize| vec(seeds(said), 1..most);
    let trees = (many(9), many(7), many(6), many(5), vec(seeds(said), 17));
    let bound = || prop_oneof![3 => Just(None), 1 => size().prop_map(Some)];
    let bounds = || (bound(), bound(), bound()).prop_map(|(floor, cap, increment)| [floor, cap, increment]);
    let percent = || option::of(0..150_u32);
    let cells = match said {
        Said::Nothing => Just(Vec::new()).boxed(),
        Said::Bounds => {
            let cell = (anywhere(), bounds(), percent());
            vec(
                cell.prop_map(|(place, bounds, percent)| Said1 { place, typed: None, lock: None, bounds, percent }),
                0..4,
            )
            .boxed()
        }
        Said::Anything => {
            let cell = (anywhere(), option::of((size(), size())), locks(), bounds(), percent());
            let said = |(place, typed, lock, bounds, percent)| Said1 { place, typed, lock, bounds, percent };
            vec(cell.prop_map(said), 0..6).boxed()
        }
    };
    let target = prop_oneof![1 => Just(None), 9 => units().prop_map(Some)];
    // People are a capacity and may be a cap, which plans that say nothing of either have not.
    let first = if said == Said::Anything { 0 } else { 4 };
    let beside = prop_oneof![2 => Just(Vec::new()), 1 => vec(besides(first), 1..12)];
    (target, trees, cells, calendars(), beside).prop_map(|(target, trees, cells, calendar, beside)| {
        let whole = target.unwrap_or(0);
        let mut plan = Plan::blank("law", Unit::Money("CNY".to_owned()), calendar);
        plan.goal = Goal { target: target.map(Amount::from_units), ..Goal::default() };
        plan.trees.organisation = tree(&trees.0, whole);
        plan.trees.product = tree(&trees.1, whole);
        plan.trees.customer = tree(&trees.2, whole);
        plan.trees.channel = tree(&trees.3, whole);
        plan.trees.time = year(&plan.calendar, &trees.4, whole);
        for Said1 { place, typed, lock, bounds, percent } in cells {
            let Some(at) = place.cell(&plan) else { continue };
            let typed = typed.map(|(part, whole_)| Typed { part: part.of(whole), whole: whole_.of(whole) });
            let [floor, cap, increment] = bounds.map(|it| it.map(|it| it.of(whole)));
            let (lock, percent) = (lock.map(|it| self::lock(it, whole)), percent.map(Decimal::from));
            plan.cells.set(at, Cell { typed, lock, floor, cap, increment, percent });
        }
        for it in beside {
            it.put(&mut plan);
        }
        Shown(plan)
    })
}

/// What somebody does in a sheet.
#[derive(Clone, Debug)]
enum Act {
    Lock(Anywhere),
    /// So many thousandths of what the place has.
    Type(Anywhere, i64),
}

/// Plans as they look after some use: numbers typed and locked where they were, so that nearly all of them can be kept.
pub fn lived_in() -> impl Strategy<Value = Shown> {
    let act = prop_oneof![
        anywhere().prop_map(Act::Lock),
        (anywhere(), 0..2000_i64).prop_map(|(place, part)| Act::Type(place, part)),
    ];
    (prop_oneof![plans(Said::Nothing), plans(Said::Bounds)], vec(act, 0..7)).prop_map(|(Shown(mut plan), acts)| {
        for act in acts {
            let outcome = evaluate(&plan);
            let edit = match act {
                Act::Lock(place) => breakback::toggle_lock(&plan, &outcome, place.place(&plan)),
                Act::Type(place, part) => {
                    let at = place.place(&plan);
                    let now = breakback::amount_at(&plan, &outcome, at).map_or(0, Amount::units);
                    let wish = Size::PerMille(part).of(now);
                    breakback::type_amount(&plan, &outcome, at, wish).ok()
                }
            };
            if let Some(edit) = edit {
                plan.apply(edit).expect("the engine's own edits are accepted");
            }
        }
        Shown(plan)
    })
}

/// Both kinds: at odds with themselves, and used with care.
pub fn any_plan() -> impl Strategy<Value = Shown> {
    prop_oneof![plans(Said::Anything), lived_in()]
}

/// A change to be, of whatever plan it meets. Some are refused.
#[derive(Clone, Debug)]
pub struct Wish {
    kind: Kind,
    dimension: Dimension,
    node: Index,
    other: Index,
    position: usize,
    seed: Seed,
    size: Option<Size>,
    words: String,
    place: Anywhere,
    more: Vec<Seed>,
}

#[derive(Clone, Debug)]
enum Kind {
    Title,
    Unit,
    Calendar,
    Target,
    LastYear,
    Basis,
    Name,
    Tag,
    Note,
    Method,
    Rounding,
    Percent,
    Amount,
    Weight,
    History,
    Typed,
    Lock,
    Past,
    Growth,
    Potential,
    Capacity,
    WorkingDays,
    Score,
    Mix,
    Factors,
    Floor,
    Cap,
    Increment,
    Tolerance,
    Add,
    AddAgain,
    Remove,
    Move,
    Tree,
    Cell,
    Beside(Vec<Beside>),
    Batch(Vec<Wish>),
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z 目标\n\t]{0,12}", "\\PC{0,90}", Just("\u{202e}x\u{feff} ".to_owned())]
}

/// One change that is no batch.
fn single() -> BoxedStrategy<Wish> {
    let beside = vec(besides(0), 1..3).prop_map(Kind::Beside);
    let kinds = select(vec![
        Kind::Title,
        Kind::Unit,
        Kind::Calendar,
        Kind::Target,
        Kind::LastYear,
        Kind::Basis,
        Kind::Name,
        Kind::Tag,
        Kind::Note,
        Kind::Method,
        Kind::Rounding,
        Kind::Percent,
        Kind::Amount,
        Kind::Weight,
        Kind::History,
        Kind::Typed,
        Kind::Lock,
        Kind::Floor,
        Kind::Past,
        Kind::Growth,
        Kind::Potential,
        Kind::Capacity,
        Kind::WorkingDays,
        Kind::Score,
        Kind::Mix,
        Kind::Factors,
        Kind::Cap,
        Kind::Increment,
        Kind::Tolerance,
        Kind::Add,
        Kind::Add,
        Kind::AddAgain,
        Kind::Remove,
        Kind::Remove,
        Kind::Move,
        Kind::Move,
        Kind::Tree,
        Kind::Cell,
        Kind::Cell,
    ]);
    let kinds = prop_oneof![5 => kinds, 1 => beside];
    let nodes = (dimensions(), any::<Index>(), any::<Index>(), 0..5_usize);
    let holds = (seeds(Said::Anything), option::of(size()), words());
    (kinds, nodes, holds, anywhere(), vec(seeds(Said::Anything), 1..6))
        .prop_map(|(kind, (dimension, node, other, position), (seed, size, words), place, more)| Wish {
            kind,
            dimension,
            node,
            other,
            position,
            seed,
            size,
            words,
            place,
            more,
        })
        .boxed()
}

/// Something that stands beside the trees.
#[derive(Clone, Debug)]
pub struct Beside {
    kind: usize,
    /// The place in a list, and whether what is there goes.
    place: Index,
    goes: bool,
    words: String,
    count: Option<u32>,
    percent: Option<u32>,
    amount: Option<i64>,
    days: [Option<u16>; 2],
    ramp: Ramp,
}

fn ramps() -> impl Strategy<Value = Ramp> {
    let own = vec((0..=100_u32).prop_map(Decimal::from), 0..5);
    prop_oneof![
        Just(Ramp::None),
        (0..5_u8).prop_map(Ramp::Zero),
        (1..14_u8).prop_map(Ramp::Linear),
        (1..5_u8).prop_map(Ramp::Thirds),
        own.prop_map(Ramp::Own),
    ]
}

pub fn besides(first: usize) -> impl Strategy<Value = Beside> {
    let figures = (option::of(0..9_000_u32), option::of(0..=100_u32), option::of(0..900_000_000_i64));
    let days = [option::of(0..900_u16), option::of(0..900_u16)];
    (first..14, any::<Index>(), prop::bool::weighted(0.2), words(), figures, days, ramps()).prop_map(
        |(kind, place, goes, words, (count, percent, amount), days, ramp)| Beside {
            kind,
            place,
            goes,
            words,
            count,
            percent,
            amount,
            days,
            ramp,
        },
    )
}

impl Beside {
    /// Puts it into a plan by the edit that is returned. None where the plan will not have it.
    pub fn put(&self, plan: &mut Plan) -> Option<Edit> {
        let edit = self.edit(plan);
        plan.apply(edit.clone()).ok().map(|_| edit)
    }

    fn edit(&self, plan: &Plan) -> Edit {
        let name = self.words.clone();
        let (count, percent) = (self.count.map(Decimal::from), self.percent.map(Decimal::from));
        let amount = self.amount.map(Amount::from_units);
        // Two years and more from before the plan's own.
        let day = |after: u16| {
            let first = plan.calendar.span(NodeId(0)).expect("a year").0;
            Day(first - time::Duration::days(300) + time::Duration::days(after.into()))
        };
        let [start, end] = self.days.map(|it| it.map(day));
        let (goal, capacity, funnel) = (&plan.goal, &plan.capacity, &plan.funnel);
        match self.kind {
            0 => Edit::Capacity(CapacityField::Level(self.item(&capacity.levels, || Level {
                name,
                orders: count,
                amount,
                ramp: self.ramp.clone(),
                key_accounts: percent,
                ..Level::default()
            }))),
            1 | 2 => Edit::Capacity(CapacityField::Crew(self.item(&capacity.crews, || {
                Crew {
                    name,
                    node: pick(&plan.trees.organisation, &self.place),
                    level: capacity.levels.ids().last().copied(),
                    heads: self.count.unwrap_or(1),
                    start,
                    end: end.filter(|end| start.is_none_or(|start| start <= *end)),
                    leave: start
                        .zip(end)
                        .filter(|(from, to)| from <= to)
                        .map(|(from, to)| Leave { from, to })
                        .into_iter()
                        .collect(),
                    attrition: percent,
                    backfill: self.percent.map(|it| it as u8 % 12),
                }
            }))),
            3 => Edit::Capacity(CapacityField::IsCap(self.goes)),
            4 => Edit::Funnel(FunnelField::Stage(self.item(&funnel.stages, || Stage {
                name,
                conversion: percent,
                days: count.map(|it| it / Decimal::from(40)),
                resource: count,
                is_order: self.goes,
                ..Stage::default()
            }))),
            5 => Edit::Funnel(FunnelField::Source(self.item(&funnel.sources, || LeadSource {
                name,
                leads: count,
                conversions: funnel.stages.ids().iter().take(2).zip(percent).map(|(id, it)| (*id, it)).collect(),
                cost: amount,
                start,
                ..LeadSource::default()
            }))),
            6 => Edit::Funnel(FunnelField::OrderValue(amount)),
            7 => Edit::Funnel(FunnelField::Lead(LeadRule {
                needs_form: self.goes,
                views: self.percent.unwrap_or(0),
                words: name,
            })),
            8 => Edit::Goal(GoalField::Measure(self.item(&goal.measures, || Measure {
                horizon: Horizon::ALL[self.days[0].unwrap_or(0) as usize % 3],
                name,
                goal: count,
                ..Measure::default()
            }))),
            9 => Edit::Goal(GoalField::Limit(self.item(&goal.limits, || Limit {
                name,
                amount,
                growth: percent,
                ..Limit::default()
            }))),
            10 => Edit::Goal(GoalField::Market(Market {
                customers: count,
                penetration: percent,
                value: amount,
                ..Market::default()
            })),
            11 => Edit::Chance(Chance {
                draws: Draws::ALL.get(self.place.index(3)).copied(),
                seed: count,
                attainment: percent,
                spread: percent,
                level_spreads: capacity.levels.ids().iter().take(1).zip(percent).map(|(id, it)| (*id, it)).collect(),
                common: percent.filter(|it| *it <= Decimal::from(95)),
                stop_below: percent,
                ..Chance::default()
            }),
            12 => Edit::Funnel(FunnelField::Week(Week { monday: count, wednesday: percent, ..Week::default() })),
            _ => Edit::Buffer(Buffer {
                stretch: percent.map(|it| (2, it)).into_iter().collect(),
                floor: count.filter(|it| *it < Decimal::from(900)),
            }),
        }
    }

    fn item<T: Clone>(&self, list: &List<T>, new: impl FnOnce() -> T) -> ItemEdit<T> {
        let ids = list.ids();
        match ids.is_empty() {
            true => list.add(new()),
            false if self.goes => list.take(*self.place.get(ids)),
            false if self.percent.is_some_and(|it| it % 3 == 0) => list.put(*self.place.get(ids), new()),
            false => ItemEdit { position: self.place.index(ids.len() + 1), ..list.add(new()) },
        }
    }
}

pub fn wishes() -> impl Strategy<Value = Wish> {
    let batch = (single(), vec(single(), 0..4)).prop_map(|(wish, batch)| Wish { kind: Kind::Batch(batch), ..wish });
    prop_oneof![6 => single(), 1 => batch]
}

impl Wish {
    /// The edit that it comes to in this plan.
    pub fn edit(&self, plan: &Plan) -> Edit {
        let dimension = self.dimension;
        let tree = plan.tree(dimension);
        let (id, parent) = (pick(tree, &self.node), pick(tree, &self.other));
        let position = self.position;
        let target = plan.goal.target.unwrap_or_default().units();
        let size = self.size.map(|it| it.of(target));
        let node = self.seed.node(target);
        let words = self.words.clone();
        let set = |field| Edit::Node { dimension, id, field };
        let add = |id| Edit::Add {
            dimension,
            parent,
            position,
            id,
            node: Box::new(Node { name: words.clone(), ..node.clone() }),
        };
        match &self.kind {
            Kind::Title => Edit::Title(words),
            Kind::Unit => Edit::Unit(match position {
                0 => Unit::Money("JPY".to_owned()),
                1 => Unit::Money("KWD".to_owned()),
                2 => Unit::Count(words),
                _ => Unit::Money("USD".to_owned()),
            }),
            Kind::Calendar => Edit::Calendar(Calendar {
                weeks: Some(Weeks::ALL[position % 4]).filter(|_| node.percent.is_some()),
                work_week: 4 + position as u8,
                ..Calendar::new(2200 + position as i32 - 3, 12)
            }),
            Kind::Target => Edit::Goal(GoalField::Target(size)),
            Kind::LastYear => Edit::Goal(GoalField::LastYear(size)),
            Kind::Basis => Edit::Goal(GoalField::Basis(BasisKind::ALL[position], words)),
            Kind::Name => set(Field::Name(words)),
            Kind::Tag => set(Field::Tag(words)),
            Kind::Note => set(Field::Note(words)),
            Kind::Method => set(Field::Method(node.method)),
            Kind::Rounding => set(Field::Rounding(node.rounding)),
            Kind::Percent => set(Field::Percent(node.percent)),
            Kind::Amount => set(Field::Amount(size)),
            Kind::Weight => set(Field::Weight(node.weight)),
            Kind::History => set(Field::LastYear(size)),
            Kind::Typed => set(Field::Typed(node.typed)),
            Kind::Lock => set(Field::Lock(node.lock)),
            Kind::Past => set(Field::Past(words, size)),
            Kind::Growth => set(Field::Growth(node.growth)),
            Kind::Potential => set(Field::Potential(size)),
            Kind::Capacity => set(Field::Capacity(size)),
            Kind::WorkingDays => set(Field::WorkingDays(node.working_days)),
            Kind::Score => set(Field::Score(words, node.weight)),
            Kind::Mix => set(Field::Mix(node.mix)),
            Kind::Factors => set(Field::Factors(node.factors)),
            Kind::Floor => set(Field::Floor(node.floor)),
            Kind::Cap => set(Field::Cap(node.cap)),
            Kind::Increment => set(Field::Increment(node.increment)),
            Kind::Tolerance => set(Field::Tolerance(node.tolerance)),
            Kind::Add => add(NodeId(tree.next)),
            Kind::AddAgain => add(id),
            Kind::Remove => Edit::Remove { dimension, id },
            Kind::Move => Edit::Move { dimension, id, parent, position },
            Kind::Tree => {
                let tree = if dimension == Dimension::Time {
                    year(&plan.calendar, &self.more, target)
                } else {
                    self::tree(&self.more, target)
                };
                Edit::Tree { dimension, tree: Box::new(tree) }
            }
            Kind::Cell => {
                let Node { typed, lock, floor, cap, increment, percent, .. } = node;
                let cell = Cell { typed, lock, floor, cap, increment, percent };
                Edit::Cell { at: self.place.place(plan), cell }
            }
            Kind::Beside(besides) => {
                let mut plan = plan.clone();
                Edit::Batch(besides.iter().filter_map(|it| it.put(&mut plan)).collect())
            }
            Kind::Batch(wishes) => {
                // Each as it is meant after those before it.
                let mut plan = plan.clone();
                let edits = wishes.iter().map(|wish| {
                    let edit = wish.edit(&plan);
                    let _ = plan.apply(edit.clone());
                    edit
                });
                Edit::Batch(edits.collect())
            }
        }
    }
}
