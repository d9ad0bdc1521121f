//! A plan as columns: what goes in comes out, to the last field, and no bytes whatever make the reader stumble.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use rust_decimal::Decimal;
use sextant::amount::Amount;
use sextant::edge::columns::{ColumnError, read, write};
use sextant::edge::plan_link;
use sextant::plan::check::Repair;
use sextant::plan::template::{Language, Template};
use sextant::plan::{Basis, Dimension, Edit, Edits, Plan, SCHEMA, Scenario, ScenarioField};

use crate::company::{Figures, company};
use crate::plans::{Shown, Wish, any_plan, wishes};

/// What the plans of the laws do not hold, for nothing in the engine follows from it.
#[derive(Clone, Debug)]
struct Dress {
    dimension: Dimension,
    node: Index,
    amount: i64,
    trust: u32,
    words: String,
}

fn dresses() -> impl Strategy<Value = Dress> {
    let dimensions = proptest::sample::select(Dimension::ALL.to_vec());
    (dimensions, any::<Index>(), 0..=Amount::MAX.units(), 0..=100_u32, "[A-Za-z 目标罗盘👩‍🚀]{1,20}")
        .prop_map(|(dimension, node, amount, trust, words)| Dress { dimension, node, amount, trust, words })
}

/// Every plan that can be: at odds with itself, edited in every way, with words and numbers that follow from nothing.
pub fn every_plan() -> impl Strategy<Value = Shown> {
    (any_plan(), vec(wishes(), 0..6), vec(dresses(), 0..4)).prop_map(|(Shown(mut plan), wishes, dresses)| {
        wished(&mut plan, &wishes);
        dresses.iter().for_each(|it| it.put(&mut plan));
        scenarios(&mut plan, &wishes);
        Shown(sextant::plan::migrate::sound(plan).expect("a plan").0)
    })
}

/// Half of what was wished for is wished for again, as what might be.
fn scenarios(plan: &mut Plan, wishes: &[Wish]) {
    for (at, wish) in wishes.iter().enumerate().filter(|(at, _)| at % 2 == 1) {
        let edits = vec![wish.edit(plan), wishes[at - 1].edit(plan)];
        let (_, edit) =
            plan.save_scenario(Scenario { name: at.to_string(), edits: Edits::of(&edits), ..Scenario::default() });
        // One that holds what no scenario may is refused.
        let _ = plan.apply(edit);
    }
    let pins = sextant::plan::offered(plan).into_iter().take(wishes.len()).collect();
    plan.apply(Edit::Scenario(ScenarioField::Pins(pins))).expect("a few pins");
}

fn wished(plan: &mut Plan, wishes: &[Wish]) {
    for wish in wishes {
        // A wish that is refused leaves the plan as it was.
        let _ = plan.apply(wish.edit(plan));
    }
}

impl Dress {
    fn put(&self, plan: &mut Plan) {
        let tree = match self.dimension {
            Dimension::Organisation => &mut plan.trees.organisation,
            Dimension::Product => &mut plan.trees.product,
            Dimension::Customer => &mut plan.trees.customer,
            Dimension::Channel => &mut plan.trees.channel,
            Dimension::Time => &mut plan.trees.time,
        };
        let ids: Vec<_> = tree.nodes.keys().copied().collect();
        let node = tree.nodes.get_mut(self.node.get(&ids)).expect("one of them");
        node.note = format!("{}\n{}", self.words, self.words);
        node.tag = self.words.clone();
        node.submitted = Some(Amount::from_units(self.amount));
        node.trust = Some(Decimal::from(self.trust));
        node.actual = Some(Amount::from_units(self.amount / 7)).filter(|_| self.dimension == Dimension::Time);
        tree.next += self.trust;
        plan.goal.basis = Basis { market: self.words.clone(), ..plan.goal.basis.clone() };
    }
}

fn templates() -> impl Iterator<Item = Plan> {
    Template::ALL.into_iter().flat_map(|it| [Language::Zh, Language::En].map(|language| it.plan(language, 2027)))
}

proptest! {
    #[test]
    fn what_is_written_comes_out(Shown(plan) in every_plan()) {
        let bytes = write(&plan);
        prop_assert_eq!(read(&bytes), Ok((plan.clone(), vec![])));
        // The same plan by another way has the same bytes.
        let again: Plan = serde_json::from_str(&plan.to_json()).expect("the plan's own file");
        prop_assert_eq!(write(&again), bytes);
    }

    #[test]
    fn no_bytes_make_the_reader_stumble(
        Shown(plan) in every_plan(),
        changes in vec((any::<Index>(), any::<u8>()), 1..5),
        cut in any::<Index>(),
    ) {
        let whole = write(&plan);
        let mut bytes = whole.clone();
        changes.iter().for_each(|(at, byte)| bytes[at.index(whole.len())] = *byte);
        let _ = read(&bytes);
        // A beginning is none of it, or all that was said; never another plan that is said to be whole.
        bytes = whole[..cut.index(whole.len())].to_vec();
        if let Ok((part, _)) = read(&bytes) {
            prop_assert!(write(&part).len() <= whole.len());
        }
    }

    #[test]
    fn no_noise_makes_the_reader_stumble(noise in vec(any::<u8>(), 0..200)) {
        let _ = read(&noise);
        let _ = read(&[&[3, 3][..], &noise].concat());
    }
}

#[test]
fn templates_and_companies_come_out() {
    for plan in templates().chain([0, 1, 60, 1_000].map(|people| company(people, Figures::WithActuals))) {
        let bytes = write(&plan);
        assert_eq!(read(&bytes), Ok((plan.clone(), vec![])), "{}", plan.title);
        assert!(bytes.len() < plan.to_compact_json().len() / 2, "{}: {}", plan.title, bytes.len());
    }
}

/// U74: 60 people without actuals are at most 2,000 characters, so that every chat takes them.
#[test]
fn sixty_people_are_a_short_link() {
    let link = plan_link::write(&company(60, Figures::Planned)).expect("a link");
    assert!(link.len() <= 1_500, "{} characters", link.len());
    for plan in templates() {
        let link = plan_link::write(&plan).expect("a link");
        assert!(link.starts_with("p1c.") && link.len() <= 2_000, "{}: {}", plan.title, link.len());
    }
}

#[test]
fn a_plan_that_columns_do_not_hold_goes_as_its_file() {
    let mut plan = company(3, Figures::Planned);
    plan.title = " not clean\u{1}".to_owned();
    let link = plan_link::write(&plan).expect("a link");
    assert!(link.starts_with("p1d."), "{link}");
    let (mended, repairs) = plan_link::read(&link).expect("a plan");
    assert_eq!((mended.title.as_str(), repairs.len()), ("not clean", 1));
}

/// A section: its id, and what is in it.
fn section(id: u8, bytes: &[u8]) -> Vec<u8> {
    [&[id, bytes.len() as u8], bytes].concat()
}

#[test]
fn a_newer_plan_is_read_as_far_as_it_is_known() {
    let plan = company(7, Figures::Planned);
    let mut bytes = write(&plan);
    bytes.extend(section(100, b"what is to come"));
    assert_eq!(read(&bytes), Err(ColumnError::Code), "of this schema, everything is known");
    bytes[0] = SCHEMA as u8 + 1;
    let newer = Repair::Newer { schema: u64::from(SCHEMA) + 1 };
    assert_eq!(read(&bytes), Ok((plan, vec![newer])));
    bytes[1] = SCHEMA as u8 + 1;
    assert_eq!(read(&bytes), Err(ColumnError::Newer { schema: u64::from(SCHEMA) + 1 }));
}

#[test]
fn what_no_writer_writes_is_refused() {
    let start = [SCHEMA as u8, 3];
    let after = |sections: &[Vec<u8>]| [&start[..], &sections.concat()].concat();
    // Two nodes, no spare id, one child; ids 0 and 1.
    let tree = |bytes: &[u8]| after(&[section(5, bytes)]);
    let (short, over, number, code, place, text) = (
        Err(ColumnError::Short),
        Err(ColumnError::Over),
        Err(ColumnError::Number),
        Err(ColumnError::Code),
        Err(ColumnError::Place),
        Err(ColumnError::Text),
    );
    assert!(read(&tree(&[2, 0, 1, 0, 0, 0])).is_ok());
    let cases = [
        ("nothing", vec![], &short),
        ("a number of ten bytes", vec![0x80; 12], &number),
        ("a number that is written too long", vec![0x83, 0x00], &number),
        ("an older reader than there ever was", vec![3, 1], &number),
        ("a frame longer than the rest", after(&[vec![5, 9, 1]]), &short),
        ("a section twice", after(&[section(1, &[0, 0, 0]), section(1, &[0, 0, 0])]), &place),
        ("sections out of turn", after(&[section(2, &[1, 4, 0, 1, 0, 5]), section(1, &[0, 0, 0])]), &place),
        ("a unit of no kind", after(&[section(1, &[2, 0, 0])]), &code),
        ("a title that is no text", after(&[section(1, &[0, 0, 1, 0xff])]), &text),
        ("something behind the title", after(&[section(1, &[0, 0, 0, 0])]), &over),
        ("month 13", after(&[section(4, &[0, 13, 0, 5, 0, 0, 0, 0, 0, 0])]), &number),
        ("weeks of no kind", after(&[section(4, &[0, 1, 9, 5, 0, 0, 0, 0, 0, 0])]), &code),
        ("200 holidays in no bytes", after(&[section(4, &[0, 1, 0, 5, 0, 200, 1])]), &short),
        ("no nodes", tree(&[0, 0]), &place),
        ("more nodes than bytes", tree(&[100, 0, 1]), &short),
        ("a child too many", tree(&[2, 0, 2, 0, 0, 0]), &place),
        ("a node that hangs on nothing", tree(&[2, 0, 0, 0, 0, 0]), &place),
        ("a node above itself", tree(&[2, 0, 0, 1, 0, 0]), &place),
        ("the same id twice", tree(&[2, 0, 1, 0, 0, 1]), &place),
        ("an id below zero", tree(&[1, 0, 0, 1]), &number),
        ("a column of no field", tree(&[1, 0, 0, 0, 99, 1, 0]), &code),
        ("a column that nobody says anything in", tree(&[1, 0, 0, 0, 1, 2, 1, 0]), &place),
        ("a run beyond the last node", tree(&[1, 0, 0, 0, 1, 4, 0, 2, 1, 65]), &place),
        ("a method that is none", tree(&[1, 0, 0, 0, 4, 3, 0, 1, 9]), &code),
        ("an amount beyond all numbers", tree(&[1, 0, 0, 0, 7, 4, 0, 1, 18, 99]), &number),
        ("a decimal of seven places", tree(&[1, 0, 0, 0, 6, 4, 0, 1, 7, 2]), &number),
        ("two names for one node", tree(&[1, 0, 0, 0, 1, 6, 0, 1, 3, 65, 1, 65]), &text),
        ("a cell of no table", after(&[section(10, &[1, 10, 0, 0])]), &code),
        ("a cell of no row", after(&[section(10, &[1, 0, 7, 1])]), &place),
        ("a cell that says nothing", after(&[section(10, &[1, 0, 0, 1])]), &place),
    ];
    for (what, bytes, expect) in cases {
        assert_eq!(read(&bytes), expect.clone(), "{what}");
    }
}

/// Counts that promise much take nothing: a column of a few bytes never becomes many megabytes.
#[test]
fn what_promises_much_is_refused_at_once() {
    let huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
    for id in 1..=10 {
        let inside = [&huge[..], &[0; 40]].concat();
        let bytes = [&[3, 3][..], &section(id, &inside)].concat();
        assert!(read(&bytes).is_err(), "section {id}");
    }
    // A hundred names, each in each of 20,000 nodes.
    let nodes = 20_000_usize;
    let mut tree = vec![0xa0, 0x9c, 0x01, 0];
    tree.extend([0x9f, 0x9c, 0x01]);
    tree.extend(vec![0; nodes - 1 + nodes]);
    let mut column = vec![0, 0xa0, 0x9c, 0x01, 100];
    let names: Vec<String> = (0..100).map(|it| format!("{it:0>3}")).collect();
    let names = names.join("\u{1}");
    column.extend([(names.len() & 0x7f | 0x80) as u8, (names.len() >> 7) as u8]);
    column.extend(names.bytes());
    for _ in 0..100 {
        column.extend([0, 0xa0, 0x9c, 0x01, 0]);
        column.extend(vec![1; nodes]);
    }
    tree.push(10);
    tree.extend([
        (column.len() & 0x7f | 0x80) as u8,
        (column.len() >> 7 & 0x7f | 0x80) as u8,
        (column.len() >> 14) as u8,
    ]);
    tree.extend(&column);
    let mut bytes = vec![3, 3, 5];
    bytes.extend([(tree.len() & 0x7f | 0x80) as u8, (tree.len() >> 7 & 0x7f | 0x80) as u8, (tree.len() >> 14) as u8]);
    bytes.extend(&tree);
    assert_eq!(read(&bytes), Err(ColumnError::Place));
}
