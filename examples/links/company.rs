//! A company of any size, always the same one: what the length of links is measured on. Names are as usual and as different
//! as people's names are; figures are as people give them, and as accounts have them.

use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::plan::{At, Basis, Calendar, Cell, Dimension, Lock, Method, Node, NodeId, Pair, Plan, Tree, Typed, Unit};

/// What a plan holds of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figures {
    /// Weights, and what everybody brought last year.
    Planned,
    /// Besides them two earlier years, a submitted number for everybody, and what six months brought.
    WithActuals,
}

/// A plan of so many people, five to a team and three teams to a region, with five products.
pub fn company(people: usize, figures: Figures) -> Plan {
    let mut dice = Dice(people as u64);
    let mut plan = Plan::blank("2027 年度销售目标", Unit::Money("CNY".to_owned()), Calendar::new(2027, 1));
    plan.goal.target = Some(Amount::from_units(12_000_000_000));
    plan.goal.basis = Basis {
        strategy: "重点做大客户，新渠道占到三成".to_owned(),
        market: "行业年增速约 12%".to_owned(),
        capability: "人均产能 180 万，新人半年达产".to_owned(),
        ..Basis::default()
    };
    plan.trees.organisation = organisation(people, figures, &mut dice);
    plan.trees.product = products(&mut dice);
    season(&mut plan.trees.time, figures, &mut dice);
    said(&mut plan, &mut dice);
    plan
}

fn organisation(people: usize, figures: Figures, dice: &mut Dice) -> Tree {
    let mut tree = Tree::single("销售部");
    set(&mut tree, NodeId(0), |root| root.method = Some(Method::Weight));
    let (mut region, mut team) = (NodeId(0), NodeId(0));
    for person in 0..people {
        if person % 15 == 0 {
            region = tree.grow(NodeId(0), Node::named(format!("{}大区", REGIONS[person / 15 % REGIONS.len()])));
        }
        if person % 5 == 0 {
            let name = format!("{}{}组", CITIES[dice.below(CITIES.len())], person / 5 % 3 + 1);
            let weight = Some(Decimal::new(80 + 5 * dice.below(12) as i64, 2));
            team = tree.grow(region, Node { weight, ..Node::named(name) });
        }
        let node = one(figures, dice);
        tree.grow(team, node);
    }
    tree
}

fn one(figures: Figures, dice: &mut Dice) -> Node {
    let name = format!("{}{}", FAMILIES[dice.below(FAMILIES.len())], given(dice));
    let is_senior = dice.below(3) == 0;
    let mut node = Node::named(name);
    node.tag = if is_senior { "资深" } else { "" }.to_owned();
    node.weight = Some(if is_senior { Decimal::new(15, 1) } else { Decimal::ONE });
    // As people say them, in thousands of yuan.
    node.last_year = Some(Amount::from_units(100_000 * (1_000 + dice.below(1_000) as i64)));
    if figures == Figures::WithActuals {
        // As accounts have them, to the fen.
        let figure = |dice: &mut Dice| Amount::from_units(100_000_000 + dice.below(100_000_000) as i64);
        node.past = ["2024", "2025"].map(|year| (year.to_owned(), figure(dice))).into();
        node.submitted = Some(Amount::from_units(10_000_000 * (10 + dice.below(20) as i64)));
    }
    node
}

/// A name of one or two characters.
fn given(dice: &mut Dice) -> String {
    (0..=dice.below(2)).map(|_| GIVEN[dice.below(GIVEN.len())]).collect()
}

fn products(dice: &mut Dice) -> Tree {
    let mut tree = Tree::single("全部产品");
    set(&mut tree, NodeId(0), |root| root.method = Some(Method::Percent));
    for name in ["基础版", "专业版", "企业版", "实施服务", "续费"] {
        let percent = Some(Decimal::from(10 + 5 * dice.below(5)));
        tree.grow(NodeId(0), Node { percent, ..Node::named(name) });
    }
    tree
}

/// Months by weight, the last of a quarter the strongest.
fn season(time: &mut Tree, figures: Figures, dice: &mut Dice) {
    set(time, NodeId(0), |year| year.method = Some(Method::Weight));
    for number in 1..=12 {
        let (weight, actual) = (Decimal::new(70 + 5 * dice.below(16) as i64, 2), 700_000_000 + dice.below(400_000_000));
        set(time, Calendar::month(number), |month| {
            month.weight = Some(weight);
            let is_known = figures == Figures::WithActuals && number <= 6;
            month.actual = is_known.then(|| Amount::from_units(actual as i64));
        });
    }
}

/// A locked team, a region that takes a number at least, a typed cell.
fn said(plan: &mut Plan, dice: &mut Dice) {
    let regions = plan.tree(Dimension::Organisation).children(NodeId(0)).to_vec();
    let (Some(first), Some(last)) = (regions.first().copied(), regions.last().copied()) else { return };
    let tree = &mut plan.trees.organisation;
    set(tree, first, |it| it.floor = Some(Amount::from_units(2_500_000_000)));
    let team = tree.children(last).first().copied().unwrap_or(last);
    set(tree, team, |it| it.lock = Some(Lock::Value(Amount::from_units(800_000_000))));
    for quarter in 1..=2 {
        let part = Amount::from_units(100_000_000 * (1 + dice.below(9) as i64));
        let typed = Some(Typed { part, whole: Amount::from_units(3_000_000_000) });
        let at = At { pair: Pair::over_time(Dimension::Organisation), row: first, column: Calendar::quarter(quarter) };
        plan.cells.set(at, Cell { typed, ..Cell::default() });
    }
}

fn set(tree: &mut Tree, id: NodeId, change: impl FnOnce(&mut Node)) {
    if let Some(node) = tree.nodes.get_mut(&id) {
        change(node);
    }
}

/// The same throws every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % many
    }
}

const REGIONS: [&str; 8] = ["华东", "华南", "华北", "西南", "华中", "西北", "东北", "海外"];
const CITIES: [&str; 10] = ["上海", "杭州", "南京", "广州", "深圳", "北京", "天津", "成都", "重庆", "武汉"];
const FAMILIES: [char; 24] = [
    '王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '胡', '朱', '高', '林', '何', '郭', '马',
    '罗', '梁', '宋', '郑', '谢',
];
const GIVEN: [char; 40] = [
    '伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '娟', '涛', '明', '超', '秀', '霞',
    '平', '刚', '桂', '文', '辉', '玲', '华', '红', '建', '国', '英', '梅', '鑫', '宇', '浩', '然', '子', '涵', '欣',
    '怡', '佳',
];
