//! A table that was read, made into the organisation of a plan: `convert` builds the tree and says what became of it.
//!
//! A person has confirmed what each column is. A cell that is no number counts as blank and is reported with its text and
//! its line; nothing counts as zero that was not written as zero. Refused: a table without a single name, and more than a
//! plan holds. No words in here: what was odd is a code.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};

use super::table::{Role, Sheet};
use crate::amount::{Amount, Numeral, ParseAmountError, Scale, parse_decimal, parse_rounded};
use crate::order;
use crate::plan::check::{self, Lines, MAX_DECIMALS, MAX_NAME, MAX_NODES, MAX_PERCENT, MAX_WEIGHT};
use crate::plan::{Calendar, Dimension, Edit, GoalField, Method, Node, NodeId, Nodes, Plan, Tree, Unit};

/// What a person said about a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub roles: Vec<Role>,
    pub unit: Unit,
    /// What a bare number in a column of amounts is counted in: 万 under 去年（万元）.
    pub scale: Scale,
    pub blanks: Blanks,
    /// By which of the columns the target is to be divided; None for the first of `methods`.
    pub method: Option<Method>,
}

/// What an empty cell in a column of levels means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanks {
    /// There is no such level: the row hangs on the nearest that is given.
    Nothing,
    /// The same as above, as merged cells come out of a spreadsheet.
    AsAbove,
}

/// What comes of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub tree: Tree,
    pub method: Method,
    pub report: Report,
}

/// What became of the rows and the cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The nodes of each column of levels, in the order of the columns.
    pub levels: Vec<Level>,
    /// Those that hang on a level or on the root and have nobody below them.
    pub leaves: usize,
    /// How many of the leaves hang on the root although there are levels.
    pub on_root: usize,
    pub last_year: Option<Amount>,
    pub target: Option<Amount>,
    pub weight: Option<Decimal>,
    pub percent: Option<Decimal>,
    /// Figures that had more decimals than the unit has.
    pub rounded: usize,
    /// The percentages were written as parts of one.
    pub parts_of_one: bool,
    pub odd: Vec<Odd>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub header: String,
    pub nodes: usize,
}

/// Something in the table that is not as one would expect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Odd {
    /// Fewer or more cells than the table has columns.
    Ragged { line: usize },
    /// The cell counts as blank.
    NotANumber { line: usize, header: String, error: ParseAmountError },
    /// The cell counts as blank.
    Negative { line: usize, header: String, given: String },
    /// Two of one name under the same parent: they stay two.
    Repeated { line: usize, name: String },
    /// Numbers without a name: left out.
    Nameless { line: usize },
    /// A row of sums: left out, or everything would count twice.
    Sum { line: usize, name: String },
    /// Text, whatever a spreadsheet would make of it.
    Formula { line: usize, name: String },
    /// Cut to the length allowed.
    LongName { line: usize, name: String },
}

/// Why a table does not become an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// There is a header and nothing below it.
    NoRows,
    /// No column holds names, or those that do are empty.
    NoNames,
    TooMany {
        found: usize,
        most: usize,
    },
}

/// The methods for which the table has figures, the one to propose first.
pub fn methods(roles: &[Role]) -> Vec<Method> {
    let method = |(role, method)| roles.contains(&role).then_some(method);
    [
        (Role::LastYear, Method::History),
        (Role::Weight, Method::Weight),
        (Role::Target, Method::Amount),
        (Role::Percent, Method::Percent),
    ]
    .into_iter()
    .filter_map(method)
    .collect()
}

/// Gives a column a role. Of people and of each kind of numbers there is one column at most.
pub fn assign(roles: &mut [Role], column: usize, role: Role) {
    for (at, other) in roles.iter_mut().enumerate() {
        if at == column {
            *other = role;
        } else if *other == role && !matches!(role, Role::Level | Role::Ignore) {
            *other = if role == Role::Person { Role::Level } else { Role::Ignore };
        }
    }
}

/// What the headers of amounts say that they are counted in.
pub fn proposed_scale(sheet: &Sheet, roles: &[Role]) -> Scale {
    let headers: String = amount_headers(sheet, roles).collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    let says = |entries: &[&str]| entries.iter().any(|it| headers.contains(it));
    match () {
        () if says(&["亿"]) => Scale::HundredMillion,
        () if says(&["百万", "million", "(m)", "（m）"]) => Scale::Million,
        () if says(&["万"]) => Scale::TenThousand,
        () if says(&["千元", "千美元", "thousand", "(k)", "（k）", "'000"]) => Scale::Thousand,
        () => Scale::One,
    }
}

/// The currency that the headers or the cells of amounts name.
pub fn proposed_currency(sheet: &Sheet, roles: &[Role]) -> Option<&'static str> {
    let columns: Vec<usize> = amount_columns(roles).collect();
    let cells = sheet.rows.iter().take(20).flat_map(|row| columns.iter().filter_map(|at| row.get(*at)));
    let texts: Vec<String> =
        amount_headers(sheet, roles).chain(cells.map(String::as_str)).map(str::to_ascii_uppercase).collect();
    const MARKS: [(&str, &[&str]); 5] = [
        ("USD", &["$", "USD", "美元", "US DOLLAR"]),
        ("EUR", &["€", "EUR", "欧元"]),
        ("GBP", &["£", "GBP", "英镑"]),
        ("JPY", &["JPY", "日元", "円"]),
        ("CNY", &["¥", "￥", "CNY", "RMB", "人民币", "元"]),
    ];
    let is_named = |marks: &[&str]| texts.iter().any(|text| marks.iter().any(|mark| text.contains(mark)));
    MARKS.into_iter().find(|(_, marks)| is_named(marks)).map(|(code, _)| code)
}

fn amount_columns(roles: &[Role]) -> impl Iterator<Item = usize> + '_ {
    let is_amount = |role: &Role| matches!(role, Role::LastYear | Role::Target);
    roles.iter().enumerate().filter(move |(_, role)| is_amount(role)).map(|(at, _)| at)
}

fn amount_headers<'a>(sheet: &'a Sheet, roles: &'a [Role]) -> impl Iterator<Item = &'a str> {
    amount_columns(roles).filter_map(|at| sheet.headers.get(at)).map(String::as_str)
}

/// The line of the text at which each row of the table begins. Where the text is torn by an open quote, rows are
/// counted instead.
pub fn lines(text: &str, sheet: &Sheet) -> Vec<usize> {
    let is_blank = |line: &str| line.chars().all(|it| it.is_whitespace() || matches!(it, ',' | ';' | '"' | '\u{FEFF}'));
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut starts = Vec::new();
    let mut is_open = false;
    for (line, content) in (1..).zip(text.split('\n')) {
        let is_declaration = line == 1 && content.to_ascii_lowercase().starts_with("sep=");
        if !is_open && !is_declaration && !is_blank(content) {
            starts.push(line);
        }
        is_open ^= !content.matches('"').count().is_multiple_of(2);
    }
    let header = usize::from(sheet.has_header);
    if starts.len() == sheet.rows.len() + header {
        starts.split_off(header)
    } else {
        (0..sheet.rows.len()).map(|at| at + 1 + header).collect()
    }
}

/// Builds the organisation. The root of `before` stays, with its name; ids go on where that tree left off, so that
/// nothing said about a node that is gone can be taken for one of the new ones.
pub fn convert(sheet: &Sheet, lines: &[usize], wanted: &Wanted, before: &Tree) -> Result<Import, ImportError> {
    if sheet.rows.is_empty() {
        return Err(ImportError::NoRows);
    }
    let mut builder = Builder::new(sheet, wanted, before);
    for (at, row) in sheet.rows.iter().enumerate() {
        builder.add(lines.get(at).copied().unwrap_or(at + 1), row);
        if MAX_NODES < builder.tree.nodes.len() {
            let found = sheet.rows.len();
            return Err(ImportError::TooMany { found, most: MAX_NODES });
        }
    }
    builder.finish()
}

/// A new plan of an imported organisation.
pub fn plan(title: String, unit: Unit, calendar: Calendar, import: Import, target: Option<Amount>) -> Plan {
    let mut plan = Plan::blank(title, unit, calendar);
    plan.goal.target = target;
    plan.trees.organisation = import.tree;
    plan
}

/// The edit that puts an imported organisation, and a target if one was given, in the place of a plan's own.
pub fn edit(import: Import, target: Option<Amount>) -> Edit {
    let tree = Edit::Tree { dimension: Dimension::Organisation, tree: Box::new(import.tree) };
    match target {
        Some(target) => Edit::Batch(vec![tree, Edit::Goal(GoalField::Target(Some(target)))]),
        None => tree,
    }
}

/// The figures of one row.
#[derive(Default)]
struct Figures {
    last_year: Option<Amount>,
    target: Option<Amount>,
    weight: Option<Decimal>,
    percent: Option<Decimal>,
}

struct Builder<'a> {
    sheet: &'a Sheet,
    wanted: &'a Wanted,
    levels: Vec<usize>,
    person: Option<usize>,
    tree: Tree,
    /// The nodes of levels, by parent and name, and of which column they are.
    found: BTreeMap<(NodeId, String), NodeId>,
    people: BTreeSet<(NodeId, String)>,
    counts: Vec<usize>,
    above: Vec<String>,
    has_percent_sign: bool,
    report: Report,
}

impl<'a> Builder<'a> {
    fn new(sheet: &'a Sheet, wanted: &'a Wanted, before: &Tree) -> Builder<'a> {
        let of = |role: Role| wanted.roles.iter().enumerate().filter(move |(_, it)| **it == role).map(|(at, _)| at);
        let levels: Vec<usize> = of(Role::Level).collect();
        let kept = before.get(before.root).cloned().unwrap_or_default();
        let root = Node { name: kept.name, tag: kept.tag, note: kept.note, ..Node::default() };
        let next = before.next.max(before.root.0.saturating_add(1));
        Builder {
            sheet,
            wanted,
            person: of(Role::Person).next(),
            tree: Tree { root: before.root, next, nodes: Nodes::from([(before.root, root)]) },
            found: BTreeMap::new(),
            people: BTreeSet::new(),
            counts: vec![0; levels.len()],
            above: vec![String::new(); levels.len()],
            has_percent_sign: false,
            report: Report {
                odd: sheet.ragged.iter().map(|line| Odd::Ragged { line: *line }).collect(),
                ..Report::default()
            },
            levels,
        }
    }

    fn add(&mut self, line: usize, row: &[String]) {
        let mut names: Vec<String> = self.levels.clone().iter().map(|at| self.name(line, row, *at)).collect();
        let person = self.person.map(|at| self.name(line, row, at)).filter(|it| !it.is_empty());
        let is_written = |it: &&String| !it.is_empty();
        if let Some(sum) = names.iter().chain(&person).filter(is_written).find(|it| is_sum(it)) {
            self.report.odd.push(Odd::Sum { line, name: sum.clone() });
            return;
        }
        if self.wanted.blanks == Blanks::AsAbove {
            self.fill_down(&mut names);
        }
        if names.iter().all(String::is_empty) && person.is_none() {
            if self.number_columns().any(|at| row.get(at).is_some_and(|it| !it.is_empty())) {
                self.report.odd.push(Odd::Nameless { line });
            }
            return;
        }
        let mut at = self.tree.root;
        for (level, name) in names.into_iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            at = self.level(at, level, name);
        }
        let figures = self.figures(line, row);
        if let Some(name) = person {
            if !self.people.insert((at, name.clone())) {
                self.report.odd.push(Odd::Repeated { line, name: name.clone() });
            }
            at = self.tree.grow(at, Node::named(name));
        }
        self.put(at, figures);
    }

    fn number_columns(&self) -> impl Iterator<Item = usize> + '_ {
        let is_number = |role: &Role| matches!(role, Role::LastYear | Role::Target | Role::Weight | Role::Percent);
        self.wanted.roles.iter().enumerate().filter(move |(_, role)| is_number(role)).map(|(at, _)| at)
    }

    /// A cell as a name, and what is odd about it.
    fn name(&mut self, line: usize, row: &[String], column: usize) -> String {
        let name = check::clean(row.get(column).map_or("", String::as_str), Lines::One);
        if name.starts_with(['=', '+', '@']) || name.starts_with('-') && 1 < name.chars().count() {
            self.report.odd.push(Odd::Formula { line, name: name.chars().take(MAX_NAME).collect() });
        }
        if name.chars().count() <= MAX_NAME {
            return name;
        }
        let name: String = name.chars().take(MAX_NAME).collect();
        self.report.odd.push(Odd::LongName { line, name: name.clone() });
        name
    }

    /// What is given ends what stood below it above.
    fn fill_down(&mut self, names: &mut [String]) {
        for (at, name) in names.iter_mut().enumerate() {
            let Some((above, below)) = self.above.get_mut(at..).and_then(<[String]>::split_first_mut) else { return };
            if name.is_empty() {
                name.clone_from(above);
            } else if name != above {
                above.clone_from(name);
                below.fill(String::new());
            }
        }
    }

    fn level(&mut self, parent: NodeId, level: usize, name: String) -> NodeId {
        let key = (parent, name);
        if let Some(id) = self.found.get(&key) {
            return *id;
        }
        let id = self.tree.grow(parent, Node::named(key.1.clone()));
        self.found.insert(key, id);
        self.counts[level] += 1;
        id
    }

    /// Reads the numbers of a row; a second column of the same role is not looked at.
    fn figures(&mut self, line: usize, row: &[String]) -> Figures {
        let mut figures = Figures::default();
        let columns: Vec<usize> = self.number_columns().collect();
        for column in columns {
            let Some(cell) = row.get(column).filter(|it| !it.is_empty()) else { continue };
            let header = || self.sheet.headers.get(column).cloned().unwrap_or_default();
            let role = self.wanted.roles.get(column).copied().unwrap_or(Role::Ignore);
            match self.read(role, cell, &mut figures) {
                Ok(true) => self.report.rounded += 1,
                Ok(false) => {}
                Err(Bad::Negative) => {
                    let given = cell.chars().take(40).collect();
                    self.report.odd.push(Odd::Negative { line, header: header(), given });
                }
                Err(Bad::Unreadable(error)) => {
                    self.report.odd.push(Odd::NotANumber { line, header: header(), error });
                }
            }
        }
        figures
    }

    /// True if the figure was rounded.
    fn read(&mut self, role: Role, cell: &str, figures: &mut Figures) -> Result<bool, Bad> {
        match role {
            Role::LastYear | Role::Target => {
                let numeral = Numeral { decimals: self.wanted.unit.decimals(), scale: self.wanted.scale };
                let read = parse_rounded(cell, numeral).map_err(Bad::Unreadable)?;
                if read.amount.is_negative() {
                    return Err(Bad::Negative);
                }
                let place = if role == Role::Target { &mut figures.target } else { &mut figures.last_year };
                *place = Some(read.amount);
                Ok(read.rounded)
            }
            Role::Weight | Role::Percent => {
                let read = parse_decimal(cell).map_err(Bad::Unreadable)?;
                let most = if role == Role::Weight { MAX_WEIGHT } else { MAX_PERCENT };
                if read.is_sign_negative() && !read.is_zero() {
                    return Err(Bad::Negative);
                }
                if most < read {
                    return Err(Bad::Unreadable(ParseAmountError::TooLarge { given: cell.chars().take(40).collect() }));
                }
                let kept = read.round_dp_with_strategy(MAX_DECIMALS, RoundingStrategy::MidpointAwayFromZero);
                if role == Role::Percent {
                    self.has_percent_sign |= cell.ends_with(['%', '％']);
                    figures.percent = Some(kept);
                } else {
                    figures.weight = Some(kept);
                }
                Ok(kept != read)
            }
            Role::Level | Role::Person | Role::Ignore => Ok(false),
        }
    }

    /// Rows without a person may speak of the same level more than once: their figures add up.
    fn put(&mut self, id: NodeId, figures: Figures) {
        let Figures { last_year, target, weight, percent } = figures;
        let add_amount = |sum: &mut Option<Amount>, more: Option<Amount>| {
            *sum = [*sum, more].into_iter().flatten().reduce(|one, other| [one, other].into_iter().sum());
        };
        let add_decimal = |sum: &mut Option<Decimal>, more: Option<Decimal>| {
            *sum = [*sum, more].into_iter().flatten().reduce(|one, other| one + other);
        };
        add_decimal(&mut self.report.weight, weight);
        add_decimal(&mut self.report.percent, percent);
        if let Some(node) = self.tree.nodes.get_mut(&id) {
            add_amount(&mut node.last_year, last_year);
            add_amount(&mut node.amount, target);
            add_decimal(&mut node.weight, weight);
            add_decimal(&mut node.percent, percent);
        }
    }

    fn finish(mut self) -> Result<Import, ImportError> {
        if self.tree.nodes.len() < 2 {
            return Err(ImportError::NoNames);
        }
        let possible = methods(&self.wanted.roles);
        let method = self.wanted.method.filter(|it| possible.contains(it)).or(possible.first().copied());
        let method = match method.unwrap_or(Method::Even) {
            Method::Percent => self.settle_percentages(),
            method => method,
        };
        self.settle_amounts();
        self.report.last_year = self.brings(self.tree.root, &|it| it.last_year);
        self.report.target = self.brings(self.tree.root, &|it| it.amount);
        if let Some(root) = self.tree.nodes.get_mut(&self.tree.root) {
            root.method = Some(method);
        }
        let headers = |at: &usize| self.sheet.headers.get(*at).cloned().unwrap_or_default();
        let levels = self.levels.iter().zip(&self.counts);
        self.report.levels = levels.map(|(at, nodes)| Level { header: headers(at), nodes: *nodes }).collect();
        let is_leaf = |id: &&NodeId| self.tree.children(**id).is_empty();
        self.report.leaves = self.tree.nodes.keys().filter(is_leaf).count();
        self.report.on_root = if self.levels.is_empty() || self.person.is_none() {
            0
        } else {
            self.tree.children(self.tree.root).iter().filter(is_leaf).count()
        };
        self.report.odd = order::by_number(self.report.odd, |it| it.line() as i128);
        Ok(Import { tree: self.tree, method, report: self.report })
    }

    /// 0.4 under a head that says per cent is 40 of a hundred. Percentages that make up a hundred among siblings stay
    /// percentages; those of the whole, under levels, are weights, which add up from below.
    fn settle_percentages(&mut self) -> Method {
        let percent = |node: &Node| node.percent;
        let given: Vec<Decimal> = self.tree.nodes.values().filter_map(percent).collect();
        if !self.has_percent_sign && given.iter().all(|it| *it <= Decimal::ONE) && given.iter().any(|it| !it.is_zero())
        {
            self.report.parts_of_one = true;
            for node in self.tree.nodes.values_mut() {
                node.percent = node.percent.map(|it| (it * Decimal::ONE_HUNDRED).normalize());
            }
            self.report.percent = self.report.percent.map(|it| (it * Decimal::ONE_HUNDRED).normalize());
        }
        let is_flat = self.tree.children(self.tree.root).iter().all(|id| self.tree.children(*id).is_empty());
        if is_flat || self.tree.nodes.values().all(|node| self.makes_a_hundred(node)) {
            return Method::Percent;
        }
        for node in self.tree.nodes.values_mut() {
            node.weight = node.percent.take();
        }
        Method::Weight
    }

    fn makes_a_hundred(&self, parent: &Node) -> bool {
        let of = |id: &NodeId| self.tree.get(*id).and_then(|it| it.percent);
        let given: Vec<Decimal> = parent.children.iter().filter_map(of).collect();
        given.is_empty() || (given.iter().sum::<Decimal>() - Decimal::ONE_HUNDRED).abs() <= Decimal::ONE
    }

    /// What a node brings by its own figure, or those below it. A row of a level may say the sum of its people: that is no more
    /// than they say.
    fn brings(&self, id: NodeId, of: &dyn Fn(&Node) -> Option<Amount>) -> Option<Amount> {
        let below = || {
            let known: Vec<Amount> =
                self.tree.children(id).iter().filter_map(|child| self.brings(*child, of)).collect();
            if known.is_empty() { None } else { Some(known.into_iter().sum()) }
        };
        self.tree.get(id).and_then(of).or_else(below)
    }

    /// What a level is to bring is the sum of what is below it, if all of that is known. Children have higher ids.
    fn settle_amounts(&mut self) {
        let ids: Vec<NodeId> = self.tree.nodes.keys().rev().copied().filter(|id| *id != self.tree.root).collect();
        for id in ids {
            let below: Option<Amount> =
                self.tree.children(id).iter().map(|child| self.tree.get(*child).and_then(|it| it.amount)).sum_known();
            if let Some(node) = self.tree.nodes.get_mut(&id) {
                node.amount = node.amount.or(below);
            }
        }
    }
}

enum Bad {
    Negative,
    Unreadable(ParseAmountError),
}

/// The sum of amounts, if there are any and all are known.
trait SumKnown {
    fn sum_known(self) -> Option<Amount>;
}

impl<I: Iterator<Item = Option<Amount>>> SumKnown for I {
    fn sum_known(self) -> Option<Amount> {
        let known: Vec<Amount> = self.collect::<Option<_>>()?;
        if known.is_empty() { None } else { Some(known.into_iter().sum()) }
    }
}

impl Odd {
    pub fn line(&self) -> usize {
        match self {
            Odd::Ragged { line }
            | Odd::NotANumber { line, .. }
            | Odd::Negative { line, .. }
            | Odd::Repeated { line, .. }
            | Odd::Nameless { line }
            | Odd::Sum { line, .. }
            | Odd::Formula { line, .. }
            | Odd::LongName { line, .. } => *line,
        }
    }
}

/// A name by which a row of sums goes: 合计, 华东小计, Grand total.
fn is_sum(name: &str) -> bool {
    let name = name.trim_end_matches([':', '：']).trim().to_ascii_lowercase();
    let whole = ["总和", "汇总", "sum", "total", "subtotal", "sub-total"];
    let ends = ["合计", "总计", "小计", " total", " subtotal"];
    whole.contains(&name.as_str()) || ends.iter().any(|end| name.ends_with(end))
}
