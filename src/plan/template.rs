//! Worked examples to start from, each with its words in both languages.
//!
//! Each stands for a case that the field's own texts give with numbers; the id names it on the command line and in links.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Basis, Calendar, Goal, Method, Node, NodeId, Plan, Tree, Unit};
use crate::amount::Amount;

/// The language in which a template's names are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Zh,
    En,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Template {
    /// 1200万 over the quarters by 40 / 25 / 30 / 5 percent.
    EcommercePercent,
    /// 1200万 over the quarters by the amounts 200 / 300 / 400 / 300.
    EcommerceAmount,
    /// 1000万 by four seniors of 150万 and five newcomers of 80万.
    Education,
    /// 1000 people enrolled, by role.
    Enrolment,
    /// 1000 new paying customers.
    Saas,
    /// 40 million dollars over ten territories by last year's sales.
    Territories,
}

impl Template {
    pub const ALL: [Template; 6] = [
        Template::EcommercePercent,
        Template::EcommerceAmount,
        Template::Education,
        Template::Enrolment,
        Template::Saas,
        Template::Territories,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Template::EcommercePercent => "ecommerce-percent",
            Template::EcommerceAmount => "ecommerce-amount",
            Template::Education => "education",
            Template::Enrolment => "enrolment",
            Template::Saas => "saas",
            Template::Territories => "territories",
        }
    }

    pub fn from_id(id: &str) -> Option<Template> {
        Template::ALL.into_iter().find(|template| template.id() == id)
    }

    /// The plan, for the fiscal year that starts in January of `year`.
    pub fn plan(self, language: Language, year: i32) -> Plan {
        let words = Words(language);
        match self {
            Template::EcommercePercent => ecommerce_percent(words, year),
            Template::EcommerceAmount => ecommerce_amount(words, year),
            Template::Education => education(words, year),
            Template::Enrolment => enrolment(words, year),
            Template::Saas => saas(words, year),
            Template::Territories => territories(words, year),
        }
    }
}

/// Picks one of two wordings.
#[derive(Clone, Copy)]
struct Words(Language);

impl Words {
    fn say(self, zh: &str, en: &str) -> String {
        match self.0 {
            Language::Zh => zh.to_owned(),
            Language::En => en.to_owned(),
        }
    }
}

/// A node and what hangs below it, in both languages.
struct Sketch {
    zh: &'static str,
    en: &'static str,
    tag: Option<(&'static str, &'static str)>,
    note: Option<(&'static str, &'static str)>,
    node: Node,
    below: Vec<Sketch>,
}

fn node(zh: &'static str, en: &'static str) -> Sketch {
    Sketch { zh, en, tag: None, note: None, node: Node::default(), below: Vec::new() }
}

impl Sketch {
    fn percent(mut self, percent: i64) -> Sketch {
        self.node.percent = Some(Decimal::from(percent));
        self
    }

    fn weight(mut self, weight: i64) -> Sketch {
        self.node.weight = Some(Decimal::from(weight));
        self
    }

    fn amount(mut self, amount: Amount) -> Sketch {
        self.node.amount = Some(amount);
        self
    }

    fn last_year(mut self, amount: Amount) -> Sketch {
        self.node.last_year = Some(amount);
        self
    }

    fn tag(mut self, zh: &'static str, en: &'static str) -> Sketch {
        self.tag = Some((zh, en));
        self
    }

    fn note(mut self, zh: &'static str, en: &'static str) -> Sketch {
        self.note = Some((zh, en));
        self
    }

    fn split(mut self, method: Method, below: Vec<Sketch>) -> Sketch {
        self.node.method = Some(method);
        self.below = below;
        self
    }

    fn tree(self, words: Words) -> Tree {
        let mut tree = Tree::single("");
        let root = tree.root;
        if let Some(at) = tree.nodes.get_mut(&root) {
            *at = self.finish(words);
        }
        for child in self.below {
            child.grow(&mut tree, root, words);
        }
        tree
    }

    fn grow(self, tree: &mut Tree, parent: NodeId, words: Words) {
        let id = tree.grow(parent, self.finish(words));
        for child in self.below {
            child.grow(tree, id, words);
        }
    }

    fn finish(&self, words: Words) -> Node {
        let pick = |pair: Option<(&str, &str)>| pair.map(|(zh, en)| words.say(zh, en)).unwrap_or_default();
        Node { name: words.say(self.zh, self.en), tag: pick(self.tag), note: pick(self.note), ..self.node.clone() }
    }
}

/// The quarters, with what each brings and its label.
fn year_by(method: Method, words: Words, quarters: [Sketch; 4]) -> Tree {
    let mut tree = Calendar::tree();
    if let Some(root) = tree.nodes.get_mut(&tree.root) {
        root.method = Some(method);
    }
    for (number, quarter) in (1..).zip(quarters) {
        if let Some(at) = tree.nodes.get_mut(&Calendar::quarter(number)) {
            let children = std::mem::take(&mut at.children);
            *at = Node { children, method: Some(Method::Even), ..quarter.finish(words) };
        }
    }
    tree
}

/// Ten thousand yuan, in fen.
fn wan(amount: i64) -> Amount {
    Amount::from_units(amount * 10_000 * 100)
}

fn count(number: i64) -> Amount {
    Amount::from_units(number)
}

fn yuan() -> Unit {
    Unit::Money("CNY".to_owned())
}

struct Start {
    title: (&'static str, &'static str),
    unit: Unit,
    target: Amount,
    last_year: Option<Amount>,
    basis: [(&'static str, &'static str); 3],
}

fn start(words: Words, year: i32, start: Start) -> Plan {
    let title = words.say(start.title.0, start.title.1).replace("{year}", &year.to_string());
    let mut plan = Plan::blank(title, start.unit, Calendar { year, start_month: 1 });
    let [strategy, market, capability] = start.basis.map(|(zh, en)| words.say(zh, en));
    plan.goal =
        Goal { target: Some(start.target), last_year: start.last_year, basis: Basis { strategy, market, capability } };
    plan
}

fn ecommerce_percent(words: Words, year: i32) -> Plan {
    let mut plan = start(
        words,
        year,
        Start {
            title: ("{year} 年度电商团队目标", "E-commerce team target {year}"),
            unit: yuan(),
            target: wan(1_200),
            last_year: None,
            basis: [
                ("公司营收增长 24%，电商承担主要增量。", "The company grows by 24%, most of it through e-commerce."),
                (
                    "行业线索转化率 8%，一季度为全年旺季。",
                    "The industry converts 8% of leads; the first quarter is the peak.",
                ),
                ("八名成员，去年合计 968 万。", "Eight people, 9.68 million last year."),
            ],
        },
    );
    plan.trees.time = year_by(
        Method::Percent,
        words,
        [
            node("旺季", "peak").percent(40),
            node("淡季", "low season").percent(25),
            node("促销季", "promotions").percent(30),
            node("收尾", "closing").percent(5),
        ],
    );
    plan.trees.organisation = node("电商事业部", "E-commerce division")
        .split(
            Method::Percent,
            vec![
                node("华东大区", "East region").percent(45).split(
                    Method::Weight,
                    vec![
                        node("直播团队", "Livestream team").weight(7).split(
                            Method::Weight,
                            vec![
                                node("资深一", "Senior 1").tag("资深", "senior").weight(30).last_year(wan(128)),
                                node("资深二", "Senior 2").tag("资深", "senior").weight(20).last_year(wan(86)),
                                node("新人一", "Newcomer 1").tag("新人", "new").weight(13).last_year(wan(0)),
                            ],
                        ),
                        node("货架团队", "Shelf team").weight(5).split(
                            Method::Weight,
                            vec![
                                node("资深三", "Senior 3").tag("资深", "senior").weight(3).last_year(wan(118)),
                                node("新人二", "Newcomer 2").tag("新人", "new").weight(2).last_year(wan(76)),
                            ],
                        ),
                    ],
                ),
                node("华南大区", "South region").percent(35).split(
                    Method::Weight,
                    vec![
                        node("资深四", "Senior 4").tag("资深", "senior").weight(11).last_year(wan(212)),
                        node("资深五", "Senior 5").tag("资深", "senior").weight(10).last_year(wan(176)),
                    ],
                ),
                node("私域与新渠道", "Own pool and new channels")
                    .percent(20)
                    .split(Method::Even, vec![node("资深六", "Senior 6").tag("资深", "senior").last_year(wan(172))]),
            ],
        )
        .tree(words);
    plan.trees.product = node("全部产品", "All products")
        .split(
            Method::Percent,
            vec![
                node("服饰", "Apparel").percent(40).note("稳定增长，守住份额", "Steady growth, hold the share"),
                node("美妆", "Beauty").percent(30).tag("高毛利", "high margin"),
                node("家居", "Home").percent(20),
                node("智能穿戴", "Wearables").percent(10).tag("战略新品", "strategic"),
            ],
        )
        .tree(words);
    plan.trees.customer = node("全部客户", "All customers")
        .split(
            Method::Percent,
            vec![
                node("新客户开发", "New customers").percent(45),
                node("老客户复购", "Repeat purchases").percent(40),
                node("老客户转介绍", "Referrals").percent(15),
            ],
        )
        .tree(words);
    plan.trees.channel = node("全部渠道", "All channels")
        .split(
            Method::Percent,
            vec![
                node("直播", "Livestream").percent(35),
                node("货架电商", "Shelf e-commerce").percent(45),
                node("私域", "Own pool").percent(20),
            ],
        )
        .tree(words);
    plan
}

fn ecommerce_amount(words: Words, year: i32) -> Plan {
    let mut plan = start(
        words,
        year,
        Start {
            title: ("{year} 年度 GMV 目标", "GMV target {year}"),
            unit: yuan(),
            target: wan(1_200),
            last_year: Some(wan(800)),
            basis: [
                ("新市场渗透：先冷启动，再放量。", "Enter a new market: start cold, then scale."),
                ("三季度大促集中，四季度收尾。", "Promotions gather in the third quarter."),
                ("内容、直播、运营三组已就位。", "Content, livestream and operations are staffed."),
            ],
        },
    );
    plan.trees.time = year_by(
        Method::Amount,
        words,
        [
            node("冷启动", "cold start").amount(wan(200)),
            node("增长期", "growth").amount(wan(300)),
            node("爆发期", "surge").amount(wan(400)),
            node("收尾期", "closing").amount(wan(300)),
        ],
    );
    plan.trees.organisation = node("电商团队", "E-commerce team")
        .split(
            Method::Weight,
            vec![
                node("直播组", "Livestream group").weight(5),
                node("内容组", "Content group").weight(4),
                node("运营组", "Operations group").weight(3),
            ],
        )
        .tree(words);
    plan.trees.channel = node("全部场景", "All scenes")
        .split(
            Method::Percent,
            vec![
                node("线上", "Online").percent(60).split(
                    Method::Percent,
                    vec![
                        node("抖音", "Douyin").percent(50).tag("曝光", "reach"),
                        node("小红书", "Xiaohongshu").percent(30).tag("转化", "conversion"),
                        node("私域", "Own pool").percent(20).tag("复购", "repeat"),
                    ],
                ),
                node("线下", "Offline").percent(25).split(
                    Method::Percent,
                    vec![
                        node("商圈快闪店", "Pop-up store").percent(60).tag("体验", "experience"),
                        node("便利店铺货", "Convenience stores").percent(40).tag("触达", "presence"),
                    ],
                ),
                node("直播 + 线下体验", "Livestream with offline trial").percent(15),
            ],
        )
        .tree(words);
    plan
}

fn education(words: Words, year: i32) -> Plan {
    let mut plan = start(
        words,
        year,
        Start {
            title: ("{year} 年度教育业务目标", "Education target {year}"),
            unit: yuan(),
            target: wan(1_000),
            last_year: Some(wan(820)),
            basis: [
                ("以续费与转介绍为主，新课包突破。", "Renewals and referrals first, the new course second."),
                ("家长更看重效果，转介绍率可到 15%。", "Parents look for results; referrals can reach 15%."),
                ("四名资深、五名新人。", "Four seniors and five newcomers."),
            ],
        },
    );
    let senior = |zh, en| node(zh, en).tag("资深", "senior").amount(wan(150));
    let new = |zh, en| node(zh, en).tag("新人", "new").amount(wan(80));
    plan.trees.organisation = node("教育事业部", "Education division")
        .split(
            Method::Amount,
            vec![
                node("高价值客户攻坚组", "Key account team")
                    .amount(wan(600))
                    .note("高价值客户攻坚，打造标杆案例", "Wins key accounts and builds reference cases")
                    .split(
                        Method::Amount,
                        vec![
                            senior("资深一", "Senior 1"),
                            senior("资深二", "Senior 2"),
                            senior("资深三", "Senior 3"),
                            senior("资深四", "Senior 4"),
                        ],
                    ),
                node("基础客户开拓组", "Base customer team")
                    .amount(wan(400))
                    .note("基础客户开拓，熟悉流程，主推标准化产品", "Opens base customers with standard products")
                    .split(
                        Method::Amount,
                        vec![
                            new("新人一", "Newcomer 1"),
                            new("新人二", "Newcomer 2"),
                            new("新人三", "Newcomer 3"),
                            new("新人四", "Newcomer 4"),
                            new("新人五", "Newcomer 5"),
                        ],
                    ),
            ],
        )
        .tree(words);
    plan.trees.product = node("全部业务", "All business")
        .split(
            Method::Amount,
            vec![
                node("新客户续费", "Renewals of new customers")
                    .amount(wan(400))
                    .note("转化率需达 85%", "Needs a conversion of 85%"),
                node("老客户转介绍", "Referrals by customers")
                    .amount(wan(200))
                    .note("转介绍率提升至 15%", "Referral rate raised to 15%"),
                node("新课包", "New course package").amount(wan(400)).note("占比 40%", "40% of the year"),
            ],
        )
        .tree(words);
    plan.trees.customer = node("全部客户", "All customers")
        .split(
            Method::Amount,
            vec![
                node("大客户", "Key accounts").amount(wan(360)).note("资深目标的 60%", "60% of the seniors' quota"),
                node("其他客户", "Other customers").amount(wan(640)),
            ],
        )
        .tree(words);
    plan.trees.time = year_by(
        Method::Percent,
        words,
        [
            node("寒假班", "winter term").percent(25),
            node("春季班", "spring term").percent(20),
            node("暑期班", "summer term").percent(35),
            node("秋季班", "autumn term").percent(20),
        ],
    );
    plan
}

fn enrolment(words: Words, year: i32) -> Plan {
    let mut plan = start(
        words,
        year,
        Start {
            title: ("{year} 招生目标", "Enrolment target {year}"),
            unit: Unit::Count(words.say("人", "people")),
            target: count(1_000),
            last_year: Some(count(780)),
            basis: [
                ("由销售、运营、策划三个岗位共同承担。", "Sales, operations and planning carry it together."),
                ("社群裂变与短视频引流仍在增长。", "Communities and short video still grow."),
                ("地推与老带新去年占四成。", "Street teams and referrals brought 40% last year."),
            ],
        },
    );
    plan.trees.organisation = node("招生团队", "Enrolment team")
        .split(
            Method::Amount,
            vec![
                node("销售岗", "Sales")
                    .amount(count(400))
                    .split(Method::Even, vec![node("线下地推", "Street team"), node("老带新", "Referrals")]),
                node("运营岗", "Operations")
                    .amount(count(300))
                    .split(Method::Even, vec![node("社群裂变", "Communities"), node("直播转化", "Livestream")]),
                node("策划岗", "Planning")
                    .amount(count(300))
                    .split(Method::Even, vec![node("线下活动", "Events"), node("短视频引流", "Short video")]),
            ],
        )
        .tree(words);
    plan.trees.channel = node("全部场景", "All scenes")
        .split(
            Method::Percent,
            vec![
                node("线上", "Online").percent(50),
                node("线下", "Offline").percent(35),
                node("直播 + 线下体验", "Livestream with offline trial").percent(15),
            ],
        )
        .tree(words);
    plan.trees.time = year_by(
        Method::Percent,
        words,
        [
            node("寒假", "winter").percent(20),
            node("春招", "spring").percent(30),
            node("暑期", "summer").percent(35),
            node("秋招", "autumn").percent(15),
        ],
    );
    plan
}

fn saas(words: Words, year: i32) -> Plan {
    let mut plan = start(
        words,
        year,
        Start {
            title: ("{year} 年新增付费客户目标", "New paying customers {year}"),
            unit: Unit::Count(words.say("家", "customers")),
            target: count(1_000),
            last_year: Some(count(690)),
            basis: [
                ("今年以新增付费客户数为第一目标。", "New paying customers come first this year."),
                ("潜在客户 5 万家，目前服务 2000 家。", "50,000 possible customers, 2,000 served."),
                ("资深每月 5 单，新人每月 2 单。", "A senior closes 5 a month, a newcomer 2."),
            ],
        },
    );
    plan.trees.organisation = node("销售部", "Sales")
        .split(
            Method::Weight,
            vec![
                node("华东", "East").split(
                    Method::Weight,
                    vec![
                        node("资深组", "Seniors").tag("资深", "senior").weight(25),
                        node("新人组", "Newcomers").tag("新人", "new").weight(10),
                    ],
                ),
                node("华南", "South").split(
                    Method::Weight,
                    vec![
                        node("资深组", "Seniors").tag("资深", "senior").weight(15),
                        node("新人组", "Newcomers").tag("新人", "new").weight(6),
                    ],
                ),
                node("华北", "North").split(
                    Method::Weight,
                    vec![
                        node("资深组", "Seniors").tag("资深", "senior").weight(10),
                        node("新人组", "Newcomers").tag("新人", "new").weight(4),
                    ],
                ),
            ],
        )
        .tree(words);
    plan.trees.product = node("全部产品", "All products")
        .split(
            Method::Percent,
            vec![
                node("标准版", "Standard").percent(60),
                node("专业版", "Professional").percent(30),
                node("企业版", "Enterprise").percent(10).tag("高毛利", "high margin"),
            ],
        )
        .tree(words);
    plan.trees.channel = node("全部渠道", "All channels")
        .split(
            Method::Percent,
            vec![
                node("自有渠道", "Own pool").percent(80).note("线索转化率 10%", "10% of the leads become customers"),
                node("第三方渠道", "Third party").percent(20).note("线索转化率 2%", "2% of the leads become customers"),
            ],
        )
        .tree(words);
    plan.trees.time = year_by(
        Method::Percent,
        words,
        [
            node("", "").percent(20),
            node("", "").percent(25),
            node("", "").percent(25),
            node("年末冲刺", "year end").percent(30),
        ],
    );
    plan
}

/// Group, territory, salesperson, sales of last year in cents (the source has four decimals, rounded half up). From the
/// AdventureWorks OLTP sample database, under the MIT licence; who has no territory hangs on the root.
const SALES_PEOPLE: [(&str, &str, &str, i64); 17] = [
    ("", "", "274", 0),
    ("North America", "Northeast", "275", 175_040_648),
    ("North America", "Southwest", "276", 143_915_603),
    ("North America", "Central", "277", 199_718_620),
    ("North America", "Canada", "278", 162_027_690),
    ("North America", "Southeast", "279", 184_964_094),
    ("North America", "Northwest", "280", 192_705_918),
    ("North America", "Southwest", "281", 207_350_600),
    ("North America", "Canada", "282", 203_823_465),
    ("North America", "Northwest", "283", 137_163_532),
    ("North America", "Northwest", "284", 0),
    ("", "", "285", 0),
    ("Pacific", "Australia", "286", 227_854_898),
    ("", "", "287", 0),
    ("Europe", "Germany", "288", 130_794_979),
    ("Europe", "United Kingdom", "289", 163_582_340),
    ("Europe", "France", "290", 239_653_976),
];

fn territories(words: Words, year: i32) -> Plan {
    let mut plan = start(
        words,
        year,
        Start {
            title: ("{year} 年销售区域目标", "Territory targets {year}"),
            unit: Unit::Money("USD".to_owned()),
            target: Amount::from_units(40_000_000 * 100),
            last_year: None,
            basis: [
                ("三大区继续扩张。", "The three groups keep growing."),
                ("按去年销售额分配，没有区域的管理者不背指标。", "Shared by last year's sales; managers carry none."),
                ("十七人，十个区域。", "Seventeen people in ten territories."),
            ],
        },
    );
    let mut tree = Tree::single(words.say("全球销售", "Global sales"));
    let root = tree.root;
    if let Some(at) = tree.nodes.get_mut(&root) {
        at.method = Some(Method::History);
    }
    for (group, territory, person, cents) in SALES_PEOPLE {
        let group = child_named(&mut tree, root, group);
        let territory = child_named(&mut tree, group, territory);
        let last_year = Some(Amount::from_units(cents));
        tree.grow(territory, Node { last_year, ..Node::named(person) });
    }
    plan.trees.organisation = tree;
    plan
}

/// The child of that name, made if it is missing; the parent itself where the name is empty.
fn child_named(tree: &mut Tree, parent: NodeId, name: &str) -> NodeId {
    if name.is_empty() {
        return parent;
    }
    let found = tree.children(parent).iter().copied().find(|child| tree.name(*child) == name);
    found.unwrap_or_else(|| tree.grow(parent, Node::named(name)))
}
