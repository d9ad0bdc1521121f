//! What things are called: nodes, periods, units, scales. The names that are not the user's own come from the words.

use rust_decimal::Decimal;

use crate::amount::{Amount, Numeral, Places, Scale, print};
use crate::i18n::Words;
use crate::plan::{At, BasisKind, Dimension, ItemId, Method, NodeId, Period, Plan, Unit};
use crate::results::figure::Figures;
use crate::say;

/// A node as it is shown: its name, or what it stands for where it has none.
pub fn node(words: Words, plan: &Plan, dimension: Dimension, id: NodeId) -> String {
    if dimension == Dimension::Time {
        return period(words, plan, id);
    }
    let tree = plan.tree(dimension);
    let is_person = || dimension == Dimension::Organisation && id != tree.root && tree.children(id).is_empty();
    if words.is_nameless() && is_person() {
        return say!(words, command.person, number = id.0).into_owned();
    }
    let name = tree.name(id);
    if !name.is_empty() {
        return name.to_owned();
    }
    if id == tree.root { whole(words, dimension) } else { say!(words, sheet.unnamed).into_owned() }
}

fn whole(words: Words, dimension: Dimension) -> String {
    match dimension {
        Dimension::Organisation => say!(words, sheet.all_organisation),
        Dimension::Product => say!(words, sheet.all_product),
        Dimension::Customer => say!(words, sheet.all_customer),
        Dimension::Channel => say!(words, sheet.all_channel),
        Dimension::Time => say!(words, sheet.year),
    }
    .into_owned()
}

/// A period with its label: Q1 旺季.
pub fn period(words: Words, plan: &Plan, id: NodeId) -> String {
    let name = short_period(words, plan, id);
    let label = plan.tree(Dimension::Time).name(id);
    if label.is_empty() { name } else { format!("{name} {label}") }
}

/// A period alone: Q1, 3月, Mar.
pub fn short_period(words: Words, plan: &Plan, id: NodeId) -> String {
    match plan.calendar.period(id) {
        Period::Year => say!(words, sheet.year).into_owned(),
        Period::Quarter(number) => say!(words, sheet.quarter, number = number).into_owned(),
        Period::Month { month: number, .. } => month(words, number),
        Period::Week { number, monday } => {
            let (month, day) = (u8::from(monday.month()), monday.day());
            say!(words, sheet.week, number = number, month = self::month(words, month), day = day).into_owned()
        }
    }
}

/// A month of the calendar, 1 to 12.
pub fn month(words: Words, month: u8) -> String {
    match month {
        1 => say!(words, sheet.month_1),
        2 => say!(words, sheet.month_2),
        3 => say!(words, sheet.month_3),
        4 => say!(words, sheet.month_4),
        5 => say!(words, sheet.month_5),
        6 => say!(words, sheet.month_6),
        7 => say!(words, sheet.month_7),
        8 => say!(words, sheet.month_8),
        9 => say!(words, sheet.month_9),
        10 => say!(words, sheet.month_10),
        11 => say!(words, sheet.month_11),
        _ => say!(words, sheet.month_12),
    }
    .into_owned()
}

/// A cell: who, and when or what.
pub fn cell(words: Words, plan: &Plan, at: At) -> String {
    let row = node(words, plan, at.pair.rows(), at.row);
    if at.column == plan.tree(at.pair.columns()).root {
        return row;
    }
    format!("{row} · {}", node(words, plan, at.pair.columns(), at.column))
}

pub fn dimension(words: Words, dimension: Dimension) -> String {
    match dimension {
        Dimension::Organisation => say!(words, sheet.organisation),
        Dimension::Product => say!(words, sheet.product),
        Dimension::Customer => say!(words, sheet.customer),
        Dimension::Channel => say!(words, sheet.channel),
        Dimension::Time => say!(words, sheet.time),
    }
    .into_owned()
}

pub fn method(words: Words, method: Method) -> String {
    match method {
        Method::Even => say!(words, inspector.even),
        Method::Percent => say!(words, inspector.percent),
        Method::Amount => say!(words, inspector.amount),
        Method::Weight => say!(words, inspector.weight),
        Method::History => say!(words, inspector.history),
        Method::Potential => say!(words, inspector.potential),
        Method::Capacity => say!(words, inspector.capacity),
        Method::WorkingDays => say!(words, inspector.working_days),
        Method::Score => say!(words, inspector.score),
    }
    .into_owned()
}

/// What amounts are counted in, at a scale: 万元, thousand USD, 人.
pub fn unit(words: Words, plan: &Plan, scale: Scale) -> String {
    let unit = match &plan.unit {
        Unit::Count(noun) => noun.clone(),
        Unit::Money(code) if code == "CNY" => say!(words, sheet.yuan).into_owned(),
        Unit::Money(code) => code.clone(),
    };
    let scale = scale_word(words, scale);
    let joint = if scale.is_empty() || words.is_chinese() && unit.chars().all(|it| !it.is_ascii()) { "" } else { " " };
    format!("{scale}{joint}{unit}")
}

fn scale_word(words: Words, scale: Scale) -> String {
    match scale {
        Scale::One => String::new(),
        Scale::Thousand => say!(words, sheet.thousand).into_owned(),
        Scale::TenThousand => say!(words, sheet.ten_thousand).into_owned(),
        Scale::Million => say!(words, sheet.million).into_owned(),
        Scale::HundredMillion => say!(words, sheet.hundred_million).into_owned(),
        Scale::Billion => say!(words, sheet.billion).into_owned(),
    }
}

/// An amount in a sentence, with its unit: 1,200 万元, 14,000k CNY.
pub fn amount(words: Words, plan: &Plan, figures: &Figures, amount: Amount) -> String {
    let (figure, unit) = amount_and_unit(words, plan, figures, amount);
    format!("{figure} {unit}")
}

/// An amount and its unit, to be set apart. What the unit is too large for is said in the smallest: 80 元, not 0 亿元.
pub fn amount_and_unit(words: Words, plan: &Plan, figures: &Figures, amount: Amount) -> (String, String) {
    let small = Figures::of(std::iter::once(amount.units()), plan.unit.decimals(), Scale::One);
    let is_small = (1..figures.glance()).contains(&amount.units());
    let figures = if is_small { &small } else { figures };
    let figure = figures.print_short(amount);
    if words.is_chinese() {
        return (figure, unit(words, plan, figures.numeral.scale));
    }
    let scale = match figures.numeral.scale {
        Scale::One => "".into(),
        Scale::Thousand => say!(words, sheet.thousand_short),
        Scale::TenThousand => say!(words, sheet.ten_thousand_short),
        Scale::Million => say!(words, sheet.million_short),
        Scale::HundredMillion => say!(words, sheet.hundred_million_short),
        Scale::Billion => say!(words, sheet.billion_short),
    };
    (format!("{figure}{scale}"), unit(words, plan, Scale::One))
}

/// An amount in a sentence, to the last unit: 98.01 元.
pub fn exact_amount(words: Words, plan: &Plan, amount: Amount) -> String {
    let figures = Figures::of(std::iter::once(amount.units()), plan.unit.decimals(), Scale::One);
    format!("{} {}", figures.print(amount), unit(words, plan, Scale::One))
}

/// A percentage from hundredths of a percent: 45.0%.
pub fn percent(basis_points: i64, places: u8) -> String {
    format!("{}%", crate::results::figure::print_percent(basis_points, places))
}

/// A change in percent, with its sign: +24.0%.
pub fn change(basis_points: i64) -> String {
    let sign = if 0 < basis_points { "+" } else { "" };
    format!("{sign}{}", percent(basis_points, 1))
}

/// One of the grounds of a target.
pub fn basis(words: Words, kind: BasisKind) -> String {
    match kind {
        BasisKind::Strategy => say!(words, goal.strategy),
        BasisKind::Market => say!(words, goal.market),
        BasisKind::Capability => say!(words, goal.capability),
        BasisKind::History => say!(words, goal.history),
        BasisKind::Outlook => say!(words, goal.outlook),
    }
    .into_owned()
}

/// A count with its thousands apart: 2,166.7.
pub fn count(value: Decimal) -> String {
    let value = value.normalize();
    let scale = u8::try_from(value.scale()).unwrap_or_default();
    let units = i64::try_from(value.mantissa()).unwrap_or(i64::MAX);
    print(Amount::from_units(units), Numeral { decimals: scale, scale: Scale::One }, Places::Exact)
}

/// What somebody called a thing, or a word for one that has no name.
fn called(words: Words, name: Option<&String>) -> String {
    name.filter(|it| !it.is_empty()).cloned().unwrap_or_else(|| say!(words, sheet.unnamed).into_owned())
}

pub fn level(words: Words, plan: &Plan, id: ItemId) -> String {
    called(words, plan.capacity.levels.get(id).map(|it| &it.name))
}

pub fn stage(words: Words, plan: &Plan, id: ItemId) -> String {
    called(words, plan.funnel.stages.get(id).map(|it| &it.name))
}

pub fn source(words: Words, plan: &Plan, id: ItemId) -> String {
    called(words, plan.funnel.sources.get(id).map(|it| &it.name))
}

pub fn limit(words: Words, plan: &Plan, id: ItemId) -> String {
    called(words, plan.goal.limits.get(id).map(|it| &it.name))
}

/// Some people: by their own name, or whom they work for.
pub fn crew(words: Words, plan: &Plan, id: ItemId) -> String {
    match plan.capacity.crews.get(id) {
        Some(crew) if crew.name.is_empty() || words.is_nameless() => {
            let who = node(words, plan, Dimension::Organisation, crew.node);
            crew.level.map_or(who.clone(), |it| format!("{who} · {}", level(words, plan, it)))
        }
        Some(crew) => crew.name.clone(),
        None => called(words, None),
    }
}
