//! What was entered, node by node of every tree that is divided: the method by which a node's parts share, what each brings
//! to that, what bounds it. A column that nobody used is not there.

use rust_decimal::Decimal;

use super::table::divided;
use super::{in_unit, units, widths};
use crate::amount::Amount;
use crate::edge::xlsx::{Cell, Look, Row, Sheet};
use crate::engine::Outcome;
use crate::i18n::Words;
use crate::plan::{Dimension, Node, Plan};
use crate::say;
use crate::views::name;

/// A column: its head, and what a node says in it.
struct Field {
    head: String,
    cell: fn(&Context<'_>, &Node) -> Option<Cell>,
}

struct Context<'a> {
    words: Words,
    plan: &'a Plan,
}

impl Context<'_> {
    fn amount(&self, amount: Option<Amount>) -> Option<Cell> {
        amount.map(|it| Cell::number(units(self.plan, it.units()), Look::Amount))
    }
}

fn decimal(value: Option<Decimal>) -> Option<Cell> {
    value.map(|it| Cell::number(it.normalize().to_string(), Look::Plain))
}

fn text(text: &str, look: Look) -> Option<Cell> {
    (!text.is_empty()).then(|| Cell::text(text, look))
}

pub fn inputs(words: Words, plan: &Plan, outcome: &Outcome) -> Sheet {
    let context = Context { words, plan };
    let mut rows: Vec<(Vec<Cell>, &Node, u8)> = Vec::new();
    for dimension in divided(plan) {
        let layout = &outcome.division(dimension).layout;
        for position in 0..layout.len() {
            let id = layout.id(position);
            let Some(node) = plan.node(dimension, id) else { continue };
            let depth = layout.depth(position);
            let look = if layout.is_leaf(position) { Look::Name } else { Look::StrongName };
            let who = vec![
                Cell::text(name::dimension(words, dimension), Look::Faint),
                Cell::number(depth.to_string(), Look::Plain),
                Cell::text(name::node(words, plan, dimension, id), look),
                above(words, plan, outcome, dimension, position),
            ];
            rows.push((who, node, u8::try_from(depth).unwrap_or(u8::MAX)));
        }
    }
    let fields: Vec<Field> = fields(words, plan)
        .into_iter()
        .filter(|field| rows.iter().any(|(_, node, _)| (field.cell)(&context, node).is_some()))
        .collect();
    let heads = [
        say!(words, workbook.dimension).into_owned(),
        say!(words, workbook.depth).into_owned(),
        say!(words, workbook.name).into_owned(),
        say!(words, workbook.above).into_owned(),
    ];
    let heads = heads.into_iter().chain(fields.iter().map(|it| it.head.clone()));
    let mut sheet_rows = vec![Row { level: 0, cells: heads.map(|it| Cell::text(it, Look::Head)).collect() }];
    for (mut cells, node, level) in rows {
        cells.extend(fields.iter().map(|field| (field.cell)(&context, node).unwrap_or_default()));
        sheet_rows.push(Row { level, cells });
    }
    let columns = widths(&sheet_rows);
    let name = say!(words, workbook.inputs).into_owned();
    Sheet { name, columns, rows: sheet_rows, frozen: (1, 3), ..Sheet::default() }
}

/// All above it, from the whole down.
fn above(words: Words, plan: &Plan, outcome: &Outcome, dimension: Dimension, position: usize) -> Cell {
    let layout = &outcome.division(dimension).layout;
    let path = layout.path(position);
    let names: Vec<String> =
        path[..path.len() - 1].iter().map(|it| name::node(words, plan, dimension, layout.id(*it))).collect();
    text(&names.join(" / "), Look::Faint).unwrap_or_default()
}

fn fields(words: Words, plan: &Plan) -> Vec<Field> {
    let amount = |what: std::borrow::Cow<'static, str>| in_unit(words, plan, what.into_owned());
    let mut fields = vec![
        Field { head: say!(words, workbook.tag).into_owned(), cell: |_, node| text(&node.tag, Look::Name) },
        Field {
            head: say!(words, workbook.method).into_owned(),
            cell: |it, node| node.method.map(|method| Cell::text(name::method(it.words, method), Look::Name)),
        },
        Field { head: say!(words, workbook.percent).into_owned(), cell: |_, node| decimal(node.percent) },
        Field { head: say!(words, workbook.weight).into_owned(), cell: |_, node| decimal(node.weight) },
        Field { head: amount(say!(words, workbook.amount)), cell: |it, node| it.amount(node.amount) },
        Field { head: amount(say!(words, workbook.last_year)), cell: |it, node| it.amount(node.last_year) },
        Field { head: say!(words, workbook.growth).into_owned(), cell: |_, node| decimal(node.growth) },
        Field { head: amount(say!(words, workbook.potential)), cell: |it, node| it.amount(node.potential) },
        Field { head: amount(say!(words, workbook.capacity)), cell: |it, node| it.amount(node.capacity) },
        Field { head: say!(words, workbook.working_days).into_owned(), cell: |_, node| decimal(node.working_days) },
    ];
    fields.extend([
        Field {
            head: amount(say!(words, workbook.typed)),
            cell: |it, node| it.amount(node.typed.map(|typed| typed.part)),
        },
        Field {
            head: amount(say!(words, workbook.locked)),
            cell: |it, node| {
                it.amount(node.lock.and_then(|lock| lock.value().or(lock.share().map(|share| share.part))))
            },
        },
        Field { head: amount(say!(words, workbook.floor)), cell: |it, node| it.amount(node.floor) },
        Field { head: amount(say!(words, workbook.cap)), cell: |it, node| it.amount(node.cap) },
        Field { head: amount(say!(words, workbook.increment)), cell: |it, node| it.amount(node.increment) },
        Field { head: say!(words, workbook.tolerance).into_owned(), cell: |_, node| decimal(node.tolerance) },
        Field { head: amount(say!(words, workbook.submitted)), cell: |it, node| it.amount(node.submitted) },
        Field { head: amount(say!(words, workbook.actual)), cell: |it, node| it.amount(node.actual) },
        Field { head: say!(words, workbook.note).into_owned(), cell: |_, node| text(&node.note, Look::Prose) },
    ]);
    fields
}
