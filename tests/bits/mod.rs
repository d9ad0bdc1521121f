//! The same bits on every machine: plans, tables, splits and trees that look like chance, and one number of all the whole
//! numbers that come of them. Native tests (`tests/it`) and those in a browser (`tests/web`) hold it against the same number.

use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::engine::chance::drawn;
use sextant::engine::chance::kernel::{MONTHS, Model, Node, Stop, Stream};
use sextant::engine::{Block, NO_CAP, Rounding, Said, evaluate, fit_bounded, fit_product, reconcile, split};
use sextant::plan::{At, Calendar, Cell, Factor, Lock, Method, NodeId, Pair, Plan, Tree, Typed, Unit};

/// What it was on the machine that saw it first. Whoever changes a number on purpose changes this one.
pub const EXPECTED: u64 = 7_409_145_175_828_596_185;

/// And of what is drawn by chance, bit for bit.
pub const EXPECTED_OF_CHANCE: u64 = 17_686_004_358_612_270_864;

pub fn bits_of_chance() -> u64 {
    let (mut dice, mut bits) = (Dice(2_028), Bits(0xcbf2_9ce4_8422_2325));
    for _ in 0..12 {
        let model = model(&mut dice);
        let numbers = drawn(&model).to_numbers();
        bits.add(&numbers.into_iter().map(|it| it.to_bits().cast_signed()).collect::<Vec<i64>>());
    }
    bits.0
}

/// Two teams and a whole, and streams of all kinds.
#[allow(clippy::float_arithmetic, reason = "draws are real numbers")]
fn model(dice: &mut Dice) -> Model {
    let node = |depth, target| Node { depth, target: [target; MONTHS], cap: 40_000.0, is_kept: true };
    let mut stream = |at: u64| Stream {
        id: at,
        node: at as usize / 30,
        month: dice.below(12) as usize,
        draws: 1 + dice.below(3) as usize,
        chance: dice.below(11) as f32 / 10.0,
        median: dice.below(10_000) as f64 / 7.0,
        sigma: dice.below(20) as f32 / 11.0,
        shared: dice.below(5) as f32 / 13.0,
        common: dice.below(9) as f32 / 10.0,
        segment: dice.below(3) as u32,
        is_bulk: dice.below(4) == 0,
    };
    let streams = (0..60).map(&mut stream).collect();
    let stop = Stop { months: 2, below: 0.7 };
    let nodes = vec![node(1, 900.0), node(1, 1_100.0), node(0, 2_000.0)];
    Model { seed: dice.below(1 << 30), trials: 2_500, confidence: 0.8, stop, own: 0.1, nodes, streams }
}

pub fn bits() -> u64 {
    let (mut dice, mut bits) = (Dice(2_027), Bits(0xcbf2_9ce4_8422_2325));
    for _ in 0..200 {
        let outcome = evaluate(&plan(&mut dice));
        outcome.divisions().for_each(|it| bits.add(&it.amounts));
        for pair in Pair::ALL {
            let [height, width] = [pair.rows(), pair.columns()].map(|it| outcome.division(it).layout.len());
            let cells = (0..height * width).filter_map(|at| outcome.cell(pair, at / width, at % width));
            bits.add(&cells.collect::<Vec<i64>>());
        }
    }
    for _ in 0..200 {
        let block = block(&mut dice);
        bits.add(&fit_product(&block.rows, &block.columns));
        bits.add(&fit_bounded(&block).unwrap_or_default());
        bits.add(&reconcile(&said(&mut dice)));
        let most = dice.below(1 << 40);
        let weights: Vec<u64> = (0..dice.below(60)).map(|_| dice.below(1_000)).collect();
        let floors: Vec<i64> = weights.iter().map(|_| dice.seldom(most as i64 / 50).unwrap_or(0)).collect();
        let caps: Vec<i64> =
            floors.iter().map(|it| dice.seldom(most as i64 / 20).map_or(NO_CAP, |by| it + by)).collect();
        bits.add(&split(most as i64, &weights, &floors, &caps, Rounding::LargestRemainder).unwrap_or_default());
        bits.add(&split(most as i64, &weights, &floors, &caps, Rounding::Cumulative).unwrap_or_default());
        bits.add(&split(most as i64 % 1_000, &weights, &floors, &caps, Rounding::Webster).unwrap_or_default());
    }
    bits.0
}

/// Fowler, Noll and Vo's hash, over integers instead of bytes.
struct Bits(u64);

impl Bits {
    fn add(&mut self, numbers: &[i64]) {
        for number in numbers {
            self.0 = (self.0 ^ number.cast_unsigned()).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Marsaglia's xorshift.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most.max(1)
    }

    fn units(&mut self, most: i64) -> i64 {
        self.below(most.unsigned_abs()) as i64
    }

    /// One time in six.
    fn seldom(&mut self, most: i64) -> Option<i64> {
        (self.below(6) == 0).then(|| self.units(most))
    }

    fn often(&mut self, most: i64) -> Option<i64> {
        (self.below(6) != 0).then(|| self.units(most))
    }

    fn of<'a, T>(&mut self, these: &'a [T]) -> &'a T {
        &these[self.below(these.len() as u64) as usize]
    }
}

fn plan(dice: &mut Dice) -> Plan {
    let calendar = Calendar::new(2027, 1 + dice.below(12) as u8);
    let mut plan = Plan::blank("bits", Unit::Money("CNY".to_owned()), calendar);
    let magnitude = 10_i64.pow(1 + dice.below(13) as u32);
    let target = dice.units(magnitude);
    plan.goal.target = Some(Amount::from_units(target));
    let trees = &mut plan.trees;
    for tree in [&mut trees.organisation, &mut trees.product, &mut trees.customer, &mut trees.channel] {
        for _ in 0..dice.below(9) {
            let ids: Vec<NodeId> = tree.nodes.keys().copied().collect();
            tree.grow(*dice.of(&ids), sextant::plan::Node::default());
        }
        fill(tree, target, dice);
    }
    fill(&mut trees.time, target, dice);
    for pair in Pair::ALL.into_iter().take(3) {
        let mut place = |dimension| *dice.of(&plan.tree(dimension).walk(plan.tree(dimension).root));
        let at = At { pair, row: place(pair.rows()), column: place(pair.columns()) };
        if at.row != plan.tree(pair.rows()).root && at.column != plan.tree(pair.columns()).root {
            let lock = dice.seldom(target / 4).map(|it| Lock::Value(Amount::from_units(it)));
            plan.cells.set(at, Cell { typed: typed(dice, target), lock, ..Cell::default() });
        }
    }
    plan
}

fn typed(dice: &mut Dice, target: i64) -> Option<Typed> {
    let part = Amount::from_units(dice.seldom(target)?);
    Some(Typed { part, whole: Amount::from_units(target) })
}

/// What each node of a tree says.
fn fill(tree: &mut Tree, target: i64, dice: &mut Dice) {
    let amount = |units: Option<i64>| units.map(Amount::from_units);
    for node in tree.nodes.values_mut() {
        node.method = (dice.below(2) == 0).then(|| *dice.of(&Method::ALL));
        node.percent = dice.often(120).map(Decimal::from);
        node.weight = dice.often(1_000_000).map(|it| Decimal::new(it, 3));
        node.amount = amount(dice.often(target));
        node.last_year = amount(dice.often(target));
        node.potential = amount(dice.often(target));
        node.capacity = amount(dice.often(target));
        node.growth = dice.seldom(50).map(Decimal::from);
        node.working_days = dice.often(250).map(Decimal::from);
        node.factors = vec![Factor { name: "one".to_owned(), weight: Decimal::from(dice.units(100)) }];
        node.scores = [("one".to_owned(), Decimal::from(dice.units(10)))].into();
        node.typed = typed(dice, target);
        node.lock = amount(dice.seldom(target / 4)).map(Lock::Value);
        node.floor = amount(dice.seldom(target / 8));
        node.cap = amount(dice.seldom(target));
        node.increment = amount(dice.seldom(100).map(|it| it + 1));
    }
}

/// Margins of cells of any size, and bounds that those cells keep.
fn block(dice: &mut Dice) -> Block {
    let (height, width) = (1 + dice.below(12) as usize, 1 + dice.below(12) as usize);
    let magnitude = 10_i64.pow(1 + dice.below(9) as u32);
    let cells: Vec<i64> = (0..height * width).map(|_| dice.often(magnitude).unwrap_or(0)).collect();
    let floors: Vec<i64> = cells.iter().map(|it| dice.seldom(it + 1).unwrap_or(0)).collect();
    let caps = cells.iter().map(|it| if *it == 0 { 0 } else { dice.seldom(*it).map_or(NO_CAP, |by| it + by) });
    Block {
        rows: cells.chunks(width).map(|row| row.iter().sum()).collect(),
        columns: (0..width).map(|column| cells.iter().skip(column).step_by(width).sum()).collect(),
        caps: caps.collect(),
        floors,
        percents: Vec::new(),
    }
}

fn said(dice: &mut Dice) -> Vec<Said> {
    let many = 1 + dice.below(40);
    (0..many)
        .map(|at| Said { parent: dice.below(at) as usize, own: dice.often(1 << 40), variance: dice.below(1_000) })
        .collect()
}
