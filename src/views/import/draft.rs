//! What is being imported: the text, what the user said about it, and what would come of it. Changes no plan.

use std::sync::Arc;

use crate::amount::{Amount, Numeral, ParseAmountError, Scale, parse};
use crate::edge::encoding::{Encoding, text_of};
use crate::edge::file::ReadError;
use crate::edge::import::{self, Blanks, Import, ImportError, Wanted};
use crate::edge::table::{self, Role, Sheet, TableError};
use crate::i18n::Words;
use crate::live::{Derived, Held};
use crate::plan::{Calendar, Method, Plan, Tree, Unit};
use crate::session::Session;
use crate::views::library::Library;

/// A file that gave no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Table(TableError),
    Read(ReadError),
}

/// What the user chose about the text at hand; None is what the table itself proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    pub roles: Option<Vec<Role>>,
    pub unit: Option<Unit>,
    pub scale: Option<Scale>,
    pub method: Option<Method>,
    pub fills_down: bool,
}

/// A table that was read, and the lines of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub sheet: Sheet,
    pub lines: Vec<usize>,
}

/// The table at hand. Copies share it; it outlives the dialog, so that a text is still there when that is opened again.
#[derive(Clone, Copy)]
pub struct Draft {
    pub text: Held<String>,
    pub file: Held<Option<String>>,
    pub encoding: Held<Encoding>,
    pub fault: Held<Option<Fault>>,
    pub choices: Held<Choices>,
    /// The target as it was typed.
    pub target: Held<String>,
    pub table: Derived<Result<Arc<Table>, TableError>>,
    pub roles: Derived<Vec<Role>>,
    pub unit: Derived<Unit>,
    pub scale: Derived<Scale>,
    pub import: Derived<Option<Result<Arc<Import>, ImportError>>>,
    session: Session,
}

impl Draft {
    pub fn new(words: Words, session: Session, library: Library) -> Draft {
        let text = Held::new(String::new());
        let choices = Held::new(Choices::default());
        let table = Derived::new(move || {
            text.with(|text| {
                let sheet = table::read(text)?;
                Ok(Arc::new(Table { lines: import::lines(text, &sheet), sheet }))
            })
        });
        let roles = Derived::new(move || {
            let chosen = choices.with(|it| it.roles.clone());
            chosen.unwrap_or_else(|| table.get().map(|it| table::propose(&it.sheet)).unwrap_or_default())
        });
        let of_table = move |roles: &[Role]| {
            let table = table.get().ok()?;
            import::proposed_currency(&table.sheet, roles).map(|code| Unit::Money(code.to_owned()))
        };
        let unit = Derived::new(move || {
            let of_plan = || library.is_open().then(|| session.plan().unit.clone());
            let of_language = || Unit::Money(if words.is_chinese() { "CNY" } else { "USD" }.to_owned());
            let chosen = choices.with(|it| it.unit.clone());
            chosen.or_else(|| roles.with(|it| of_table(it))).or_else(of_plan).unwrap_or_else(of_language)
        });
        let scale = Derived::new(move || {
            let proposed = || {
                let table = table.get().ok()?;
                roles.with(|roles| Some(import::proposed_scale(&table.sheet, roles)))
            };
            choices.with(|it| it.scale).or_else(proposed).unwrap_or_default()
        });
        let import = Derived::new(move || {
            let table = table.get().ok()?;
            let wanted = choices.with(|choices| wanted(roles.get(), unit.get(), scale.get(), choices));
            Some(import::convert(&table.sheet, &table.lines, &wanted, &Tree::single("")).map(Arc::new))
        });
        Draft {
            text,
            file: Held::new(None),
            encoding: Held::new(Encoding::Utf8),
            fault: Held::new(None),
            choices,
            target: Held::new(String::new()),
            table,
            roles,
            unit,
            scale,
            import,
            session,
        }
    }

    /// Another text: what was said about the last one is forgotten.
    pub fn take_text(self, text: String) {
        self.fault.set(None);
        self.file.set(None);
        self.encoding.set(Encoding::Utf8);
        self.choices.set(Choices::default());
        self.text.set(text);
    }

    /// A file's bytes. If they are no text, what was there stays.
    pub fn take_file(self, name: String, bytes: &[u8]) {
        match text_of(bytes) {
            Ok((text, encoding)) => {
                self.take_text(text);
                self.encoding.set(encoding);
            }
            Err(error) => self.fault.set(Some(Fault::Table(error))),
        }
        self.file.set(Some(name));
    }

    pub fn clear(self) {
        self.take_text(String::new());
        self.target.set(String::new());
    }

    /// The target: none where nothing is typed.
    pub fn target(self) -> Result<Option<Amount>, ParseAmountError> {
        let numeral = Numeral { decimals: self.unit.get().decimals(), scale: Scale::One };
        match self.target.with(|text| parse(text, numeral)) {
            Ok(amount) => Ok(Some(amount)),
            Err(ParseAmountError::Empty) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A plan with nothing in it but the unit, to write amounts in.
    pub fn sample(self) -> Plan {
        Plan::blank("", self.unit.get(), Calendar::new(2000, 1))
    }

    /// The same table for the plan that is open, in that plan's unit and on the root of its organisation.
    pub fn for_plan(self) -> Option<Import> {
        let plan = self.session.plan_untracked();
        let table = self.table.get_untracked().ok()?;
        let roles = self.roles.get_untracked();
        let wanted = self.choices.with_untracked(|it| wanted(roles, plan.unit.clone(), self.scale.get_untracked(), it));
        import::convert(&table.sheet, &table.lines, &wanted, &plan.trees.organisation).ok()
    }
}

fn wanted(roles: Vec<Role>, unit: Unit, scale: Scale, choices: &Choices) -> Wanted {
    let blanks = if choices.fills_down { Blanks::AsAbove } else { Blanks::Nothing };
    Wanted { roles, unit, scale, blanks, method: choices.method }
}
