//! What is being imported: the text, where it came from, what the user said about it, and what would come of it; or a workbook
//! that others filled in. Changes no plan.

use std::sync::Arc;

use crate::amount::{Amount, Numeral, ParseAmountError, Scale, parse};
use crate::edge::encoding::{Encoding, text_as, text_of};
use crate::edge::file::ReadError;
use crate::edge::import::{self, Blanks, Import, ImportError, Wanted};
use crate::edge::returned::{self, Comparison, ReturnError, Returned};
use crate::edge::table::{self, Role, Sheet, TableError};
use crate::edge::xlsx::{Workbook, WorkbookError, is_workbook};
use crate::i18n::Words;
use crate::live::{Derived, Held};
use crate::plan::{Calendar, Method, Plan, Tree, Unit};
use crate::session::Session;
use crate::views::library::Library;

/// A file that gave no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Table(TableError),
    Read(ReadError),
    Workbook(WorkbookError),
    /// It is one that others fill in, and cannot be taken back.
    Return(ReturnError),
}

/// Where the text came from, as far as it can be read in another way.
#[derive(Clone)]
pub enum Origin {
    /// It was pasted or typed.
    Typed,
    /// A text file, in an encoding.
    Bytes(Arc<[u8]>),
    /// A sheet of a workbook.
    Sheet(Arc<Workbook>, usize),
}

/// What a workbook that others filled in comes to.
pub type Compared = Result<Arc<Comparison>, ReturnError>;

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
    pub origin: Held<Origin>,
    /// A workbook that others filled in, where that is what the file is.
    pub returned: Held<Option<Arc<Returned>>>,
    /// The same beside the plan that is open.
    pub compared: Derived<Option<Compared>>,
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
        let returned = Held::new(None::<Arc<Returned>>);
        let compared = Derived::new(move || {
            let returned = returned.get().filter(|_| library.is_open())?;
            Some(returned.compare(&session.plan()).map(Arc::new))
        });
        Draft {
            text,
            file: Held::new(None),
            origin: Held::new(Origin::Typed),
            returned,
            compared,
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
        self.file.set(None);
        self.put(text, Origin::Typed, Encoding::Utf8);
    }

    fn put(self, text: String, origin: Origin, encoding: Encoding) {
        self.fault.set(None);
        self.returned.set(None);
        self.origin.set(origin);
        self.encoding.set(encoding);
        self.choices.set(Choices::default());
        self.text.set(text);
    }

    /// A file's bytes. If they are neither text nor a workbook, what was there stays.
    pub fn take_file(self, name: String, bytes: Vec<u8>) {
        if is_workbook(&bytes) {
            self.take_workbook(bytes);
        } else {
            match text_of(&bytes) {
                Ok((text, encoding)) => self.put(text, Origin::Bytes(bytes.into()), encoding),
                Err(error) => {
                    // Somebody may know what it is encoded in.
                    if error == TableError::NotUtf8 {
                        self.put(String::new(), Origin::Bytes(bytes.into()), Encoding::Utf8);
                    }
                    self.fault.set(Some(Fault::Table(error)));
                }
            }
        }
        self.file.set(Some(name));
    }

    fn take_workbook(self, bytes: Vec<u8>) {
        let book = match Workbook::open(bytes) {
            Ok(book) => Arc::new(book),
            Err(error) => return self.fault.set(Some(Fault::Workbook(error))),
        };
        if !returned::is_returned(&book) {
            let first = book.sheets().position(|(_, is_in_sight)| is_in_sight).unwrap_or_default();
            return self.take_sheet(book, first);
        }
        match returned::gather(&book) {
            Ok(returned) => {
                self.put(String::new(), Origin::Typed, Encoding::Utf8);
                self.returned.set(Some(Arc::new(returned)));
            }
            Err(error) => self.fault.set(Some(Fault::Return(error))),
        }
    }

    /// A sheet of a workbook, as if its cells had been pasted. One that cannot be read leaves the choice of another.
    pub fn take_sheet(self, book: Arc<Workbook>, sheet: usize) {
        let read = book.read(sheet);
        let text = read.as_ref().map(|it| it.to_text()).unwrap_or_default();
        self.put(text, Origin::Sheet(book, sheet), Encoding::Utf8);
        if let Err(error) = read {
            self.fault.set(Some(Fault::Workbook(error)));
        }
    }

    /// The same bytes in another encoding.
    pub fn read_as(self, encoding: Encoding) {
        let Origin::Bytes(bytes) = self.origin.get_untracked() else { return };
        if let Some(text) = text_as(&bytes, encoding) {
            self.put(text, Origin::Bytes(bytes), encoding);
        }
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
