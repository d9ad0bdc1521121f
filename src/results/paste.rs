//! Many numbers put into a sheet at once: which cell each goes to, and what the plan then has there. Nothing is changed; the
//! answer holds the one edit that does it.

use crate::amount::Amount;
use crate::engine::breakback::{self, Above, Refusal};
use crate::engine::{Outcome, evaluate};
use crate::plan::{At, Edit, Field, GoalField, Pair, Plan, Typed};

/// What is wished for a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub at: At,
    pub is: Wished,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wished {
    Amount(Amount),
    /// In percent of the parent.
    Share(rust_decimal::Decimal),
    /// The cell follows the rules again.
    Nothing,
    /// Last year's figure of the row.
    LastYear(Option<Amount>),
    Name(String),
}

/// What a wish comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    pub before: Amount,
    /// In the end, with all other wishes beside it.
    pub after: Amount,
    pub refused: Option<Refusal>,
}

/// What comes of all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// In the order of the wishes.
    pub granted: Vec<Granted>,
    /// All that can be done, in one step.
    pub edit: Edit,
}

/// Nodes times wishes up to which they are tried one after the other, each with all that it moves.
const PATIENCE: usize = 60_000;

/// Puts numbers into a plan: first all at once; where some do not stand so, because wholes above them hold, one after the
/// other, as if they were typed.
pub fn paste(plan: &Plan, outcome: &Outcome, wishes: &[Wish], above: Above) -> Pasted {
    let at_once = put(plan, outcome, at_once(plan, outcome, wishes), wishes, &[]);
    let nodes: usize = outcome.divisions().map(|it| it.layout.len()).sum();
    let is_granted = |(wish, granted): (&Wish, &Granted)| match &wish.is {
        Wished::Amount(amount) => granted.after == *amount,
        _ => true,
    };
    let needs_typing = |it: &Wish| matches!(it.is, Wished::Share(_));
    let stands = wishes.iter().zip(&at_once.granted).all(is_granted) && !wishes.iter().any(needs_typing);
    if above == Above::Hold && stands || PATIENCE < nodes * wishes.len() {
        return at_once;
    }
    one_by_one(plan, outcome, wishes, above)
}

fn one_by_one(plan: &Plan, outcome: &Outcome, wishes: &[Wish], above: Above) -> Pasted {
    let (mut now, mut then) = (plan.clone(), outcome.clone());
    let (mut edits, mut refusals) = (Vec::new(), Vec::new());
    for wish in wishes {
        let edit = match &wish.is {
            Wished::Amount(amount) => breakback::type_amount_by(&now, &then, wish.at, *amount, above),
            Wished::Share(percent) => breakback::type_share(&now, &then, wish.at, *percent),
            _ => Ok(plain_edit(&now, &then, wish).unwrap_or(Edit::Batch(Vec::new()))),
        };
        match edit {
            Ok(edit) => {
                // Refused edits change nothing, and the cell then has what it had.
                if now.apply(edit.clone()).is_ok() {
                    then = evaluate(&now);
                    edits.push(edit);
                }
                refusals.push(None);
            }
            Err(refusal) => refusals.push(Some(refusal)),
        }
    }
    put(plan, outcome, Edit::Batch(edits), wishes, &refusals)
}

/// The edit, and what each wish comes to by it.
fn put(plan: &Plan, outcome: &Outcome, edit: Edit, wishes: &[Wish], refusals: &[Option<Refusal>]) -> Pasted {
    let mut now = plan.clone();
    let is_done = now.apply(edit.clone()).is_ok();
    let then = evaluate(&now);
    let amount = |plan: &Plan, outcome: &Outcome, at: At| breakback::amount_at(plan, outcome, at).unwrap_or_default();
    let granted = |(number, wish): (usize, &Wish)| Granted {
        before: amount(plan, outcome, wish.at),
        after: amount(&now, &then, wish.at),
        refused: refusals.get(number).copied().flatten(),
    };
    let granted = wishes.iter().enumerate().map(granted).collect();
    Pasted { granted, edit: if is_done { edit } else { Edit::Batch(Vec::new()) } }
}

/// All numbers typed against the wholes that stand now.
fn at_once(plan: &Plan, outcome: &Outcome, wishes: &[Wish]) -> Edit {
    Edit::Batch(wishes.iter().filter_map(|it| plain_edit(plan, outcome, it)).collect())
}

/// What a wish means as an edit of its own place alone.
fn plain_edit(plan: &Plan, outcome: &Outcome, wish: &Wish) -> Option<Edit> {
    let At { pair, row, column } = wish.at;
    let dimension = pair.rows();
    match &wish.is {
        Wished::Amount(amount) => typed(plan, outcome, wish.at, *amount),
        Wished::Share(_) => None,
        Wished::Nothing => breakback::clear(plan, wish.at),
        Wished::LastYear(figure) if column == plan.tree(pair.columns()).root => {
            Some(Edit::Node { dimension, id: row, field: Field::LastYear(*figure) })
        }
        Wished::LastYear(_) => None,
        Wished::Name(name) => Some(Edit::Node { dimension, id: row, field: Field::Name(name.clone()) }),
    }
}

fn typed(plan: &Plan, outcome: &Outcome, at: At, part: Amount) -> Option<Edit> {
    let pair: Pair = at.pair;
    let (rows, columns) = (outcome.division(pair.rows()), outcome.division(pair.columns()));
    let (row, column) = (rows.layout.position(at.row)?, columns.layout.position(at.column)?);
    if breakback::amount_at(plan, outcome, at) == Some(part) && breakback::typed_at(plan, at).is_none() {
        return None;
    }
    let node = |division: &crate::engine::Division, position: usize| {
        let whole = Amount::from_units(division.amounts[division.layout.parent(position)]);
        let field = Field::Typed(Some(Typed { part, whole }));
        Edit::Node { dimension: division.dimension, id: division.layout.id(position), field }
    };
    Some(match (row, column) {
        (0, 0) => Edit::Goal(GoalField::Target(Some(part))),
        (_, 0) => node(rows, row),
        (0, _) => node(columns, column),
        _ => {
            let whole = Amount::from_units(super::sheet::amount(outcome, pair, row, columns.layout.parent(column)));
            let cell = crate::plan::Cell { typed: Some(Typed { part, whole }), ..plan.cells.get(at) };
            Edit::Cell { at, cell }
        }
    })
}

/// Where a block of texts goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// Row, place among the columns, and text.
    pub cells: Vec<(usize, usize, String)>,
    /// Texts for which there is no cell: beyond the sheet, or of a name that it does not have.
    pub left_out: usize,
    /// Columns were found by what stands above them, rows by their names.
    pub by_heads: bool,
    pub by_names: bool,
}

/// Finds the cells for a block that is pasted at a row and a place. A first row of words over numbers is taken for heads, and
/// a first column of words beside numbers for names: where the sheet has them, they say where their numbers go, and else
/// the numbers go where they lie. What is empty changes nothing.
pub fn place(block: &[Vec<String>], names: &[String], heads: &[String], (row, place): (usize, usize)) -> Placed {
    let width = block.iter().map(Vec::len).max().unwrap_or(0);
    let has_head = has_head(block);
    let body = if has_head { &block[1..] } else { block };
    let lead = (0..width).take_while(|it| is_words(body, *it)).count();
    let lead = if lead < width { lead } else { 0 };
    let heads_of = |at: usize| if has_head { text(&block[0], at) } else { "" };
    let by_heads: Option<Vec<usize>> = (lead..width).map(|at| find(heads, heads_of(at))).collect();
    // Beside names that stand in the column of names, numbers begin with the next.
    let first = place.max(usize::from(0 < lead));
    let columns: Vec<usize> = by_heads.clone().unwrap_or_else(|| (0..width - lead).map(|it| first + it).collect());
    let named: Vec<Option<usize>> =
        body.iter().map(|it| lead.checked_sub(1).and_then(|at| find(names, text(it, at)))).collect();
    let by_names = body.len() < 2 * named.iter().flatten().count();
    let mut placed = Placed { by_heads: by_heads.is_some(), by_names, ..Placed::default() };
    for (number, cells) in body.iter().enumerate() {
        let to_row = if by_names { named[number] } else { Some(row + number).filter(|it| *it < names.len()) };
        for (at, column) in (lead..).zip(&columns) {
            let text = text(cells, at);
            if is_blank(text) {
                continue;
            }
            match to_row.filter(|_| *column < heads.len()) {
                Some(row) => placed.cells.push((row, *column, text.to_owned())),
                None => placed.left_out += 1,
            }
        }
    }
    placed
}

fn text(row: &[String], at: usize) -> &str {
    row.get(at).map_or("", String::as_str)
}

/// Nothing, or the dash by which a sheet says that there is nothing.
fn is_blank(text: &str) -> bool {
    matches!(text, "" | "–" | "-" | "—")
}

fn is_number(text: &str) -> bool {
    crate::amount::parse_decimal(text).is_ok() || text.starts_with(['=', '+', '-', '*', '<'])
}

/// Words and no number.
fn is_words(rows: &[Vec<String>], at: usize) -> bool {
    let filled = || rows.iter().map(|it| text(it, at)).filter(|it| !is_blank(it));
    filled().next().is_some() && !filled().any(is_number)
}

/// Words over a number, and no number among them.
fn has_head(block: &[Vec<String>]) -> bool {
    let [first, below @ ..] = block else { return false };
    let is_over = |at: usize| below.iter().map(|it| text(it, at)).any(is_number) && !is_blank(text(first, at));
    !first.iter().any(|it| is_number(it)) && (0..first.len()).any(is_over)
}

/// The only one of that name; a head may go on behind its name.
fn find(among: &[String], name: &str) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    let is_same = |it: &str| it == name || it.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '));
    let exact: Vec<usize> = (0..among.len()).filter(|at| among[*at] == name).collect();
    let near: Vec<usize> = (0..among.len()).filter(|at| is_same(&among[*at])).collect();
    match (&exact[..], &near[..]) {
        ([one], _) | ([], [one]) => Some(*one),
        _ => None,
    }
}
