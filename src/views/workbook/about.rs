//! What the plan is: its target and why, when the workbook was made, whether its sheets add up to the target, and what was
//! found.

use super::table::Table;
use super::{in_unit, number};
use crate::amount::Amount;
use crate::edge::xlsx::{Cell, Column, Look, Row, Sheet};
use crate::engine::{Outcome, Severity};
use crate::i18n::Words;
use crate::plan::{BasisKind, Plan};
use crate::say;
use crate::views::finding::sentence;
use crate::views::name;

/// More than these nobody reads.
const MOST: usize = 1_000;

pub fn about(words: Words, plan: &Plan, outcome: &Outcome, tables: &[Table], left_out: &[String], made: &str) -> Sheet {
    let mut rows = Rows(vec![vec![Cell::text(plan.title.clone(), Look::Title)]]);
    let number = |it: Amount| number(plan, it, Look::Figure);
    let head = |it: std::borrow::Cow<'static, str>| in_unit(words, plan, it.into_owned());
    let target = plan.goal.target.unwrap_or_default();
    rows.pair(head(say!(words, workbook.target)), number(target));
    if outcome.total() != target {
        rows.pair(head(say!(words, workbook.divided)), number(outcome.total()));
    }
    let whole = rows.last_value();
    if let Some(before) = outcome.last_year(plan) {
        rows.pair(head(say!(words, workbook.last_year)), number(before));
    }
    rows.pair(say!(words, workbook.fiscal_year).into_owned(), Cell::text(plan.calendar.year.to_string(), Look::Name));
    rows.pair(say!(words, workbook.made).into_owned(), Cell::text(made, Look::Name));
    for kind in BasisKind::ALL {
        let grounds = plan.goal.basis.get(kind);
        let cell =
            if grounds.trim().is_empty() { say!(words, workbook.no_basis).into_owned() } else { grounds.to_owned() };
        rows.pair(name::basis(words, kind), Cell::text(cell, Look::Prose));
    }
    rows.gap();
    rows.title(say!(words, workbook.checks).into_owned());
    rows.one(Cell::text(say!(words, workbook.checks_hint), Look::Prose));
    for table in tables {
        let sheet = &table.sheet.name;
        let there = format!("'{}'!{}", sheet.replace('\'', "''"), table.whole);
        let formula = format!("ROUND({there}-{whole},{})", plan.unit.decimals());
        let label = say!(words, workbook.check_of, sheet = sheet.clone()).into_owned();
        rows.pair(label, Cell::formula(formula, "0", Look::Figure));
    }
    for sheet in left_out {
        rows.one(Cell::text(say!(words, workbook.left_out, sheet = sheet.clone()), Look::Prose));
    }
    rows.gap();
    rows.title(say!(words, finding.title).into_owned());
    for finding in outcome.findings.iter().take(MOST) {
        let severity = match finding.severity() {
            Severity::Error => say!(words, finding.error),
            Severity::Warning => say!(words, finding.warning),
            Severity::Hint => say!(words, finding.hint),
        };
        rows.pair(severity.into_owned(), Cell::text(sentence(words, plan, finding), Look::Prose));
    }
    if outcome.findings.is_empty() {
        rows.one(Cell::text(say!(words, finding.none), Look::Prose));
    }
    let columns = [28, 70].map(|width| Column { width, ..Column::default() }).into();
    let rows = rows.0.into_iter().map(|cells| Row { level: 0, cells }).collect();
    Sheet { name: say!(words, workbook.plan).into_owned(), columns, rows, ..Sheet::default() }
}

struct Rows(Vec<Vec<Cell>>);

impl Rows {
    fn pair(&mut self, what: String, value: Cell) {
        self.0.push(vec![Cell::text(what, Look::Name), value]);
    }

    fn one(&mut self, cell: Cell) {
        self.0.push(vec![Cell::default(), cell]);
    }

    fn title(&mut self, text: String) {
        self.0.push(vec![Cell::text(text, Look::Title)]);
    }

    fn gap(&mut self) {
        self.0.push(Vec::new());
    }

    /// Where the value of the last row stands.
    fn last_value(&self) -> String {
        crate::edge::xlsx::address(self.0.len() - 1, 1)
    }
}
