//! What is wrong with something that came from outside, or with keeping it, as sentences that name the value and the way
//! out.

use super::library::{FileFault, LinkFault, Trouble};
use super::name;
use crate::amount::{Amount, Numeral, Places, Scale, print};
use crate::edge::columns::ColumnError;
use crate::edge::file::ReadError;
use crate::edge::link::{self, LinkError};
use crate::edge::plan_link::PlanLinkError;
use crate::edge::seal::SealError;
use crate::edge::store::{BackupError, KeptError, StoreError};
use crate::edge::what_if::WhatIfError;
use crate::i18n::Words;
use crate::plan::check::{self, Repair};
use crate::plan::migrate::{self, DecodeError};
use crate::plan::{SCHEMA, Unit};
use crate::say;

/// Why a link shows no plan.
pub fn of_link(words: Words, fault: &LinkFault) -> String {
    match fault {
        LinkFault::Link(error) => of_plan_link(words, error),
        LinkFault::NotHere => say!(words, shell.part_not_here).into_owned(),
    }
}

pub fn of_plan_link(words: Words, error: &PlanLinkError) -> String {
    let error = match error {
        PlanLinkError::Link(error) => *error,
        PlanLinkError::Plan(error) | PlanLinkError::Columns(ColumnError::Plan(error)) => return of_plan(words, error),
        PlanLinkError::Columns(ColumnError::Newer { .. }) => LinkError::Newer,
        PlanLinkError::Columns(_) => return say!(words, error.link_columns).into_owned(),
        PlanLinkError::WhatIf(..) => return say!(words, error.link_what_if).into_owned(),
        PlanLinkError::NoWhatIf(WhatIfError::Newer { .. }) => LinkError::Newer,
        PlanLinkError::NoWhatIf(WhatIfError::Damaged) => LinkError::Damaged,
        PlanLinkError::NoWhatIf(WhatIfError::Field(given)) => {
            return say!(words, error.what_if_field, words = given.clone()).into_owned();
        }
        PlanLinkError::NoWhatIf(WhatIfError::NotInAScenario) => {
            return say!(words, error.what_if_refused).into_owned();
        }
        PlanLinkError::Sealed(_) => return say!(words, seal.asked).into_owned(),
        PlanLinkError::Seal(SealError::Insecure) => return say!(words, seal.insecure).into_owned(),
        PlanLinkError::Seal(SealError::Passphrase) => return say!(words, seal.wrong).into_owned(),
        PlanLinkError::Seal(SealError::Damaged) => LinkError::Damaged,
        PlanLinkError::Seal(SealError::Newer) => LinkError::Newer,
    };
    match error {
        LinkError::None => say!(words, error.link_none),
        LinkError::Cut { got, want } => say!(words, error.link_cut, got = grouped(got), want = grouped(want)),
        LinkError::Damaged => say!(words, error.link_damaged),
        LinkError::Newer => say!(words, error.link_newer),
        LinkError::TooLong => say!(words, error.link_too_long, most = grouped(link::MAX_CHARS)),
        LinkError::Bomb => say!(words, error.link_bomb, most = grouped(link::MAX_BYTES)),
    }
    .into_owned()
}

/// Why a text is no plan.
pub fn of_plan(words: Words, error: &DecodeError) -> String {
    match error {
        DecodeError::NotJson { line, column } => say!(words, error.plan_not_json, line = *line, column = *column),
        DecodeError::NotAPlan => say!(words, error.plan_not_a_plan),
        DecodeError::Newer { schema } => say!(words, error.plan_newer, schema = *schema, known = SCHEMA),
        DecodeError::Field(given) => say!(words, error.plan_field, words = given.clone()),
        DecodeError::Tree(dimension) => {
            let dimension = name::dimension(words, *dimension);
            say!(words, error.plan_tree, dimension = dimension, most = grouped(check::MAX_NODES))
        }
        DecodeError::TooLong { bytes } => {
            say!(words, error.plan_too_long, bytes = grouped(*bytes), most = grouped(migrate::MAX_BYTES))
        }
    }
    .into_owned()
}

/// Why a file was not opened.
pub fn of_file(words: Words, fault: &FileFault) -> String {
    match fault {
        FileFault::Plan(error) => of_plan(words, error),
        FileFault::Backup(BackupError::NotABackup) => say!(words, store.not_a_backup).into_owned(),
        FileFault::Backup(BackupError::Newer { version }) => {
            say!(words, store.backup_newer, version = *version).into_owned()
        }
        FileFault::Read(ReadError::TooLong { bytes }) => of_plan(words, &DecodeError::TooLong { bytes: *bytes }),
        FileFault::Read(ReadError::Unreadable) => say!(words, error.file_unreadable).into_owned(),
    }
}

/// Why a plan of the list cannot be opened.
pub fn of_kept(words: Words, error: &KeptError) -> String {
    match error {
        KeptError::Harmed | KeptError::Plan(DecodeError::NotJson { .. }) => say!(words, store.harmed).into_owned(),
        KeptError::Plan(DecodeError::NotAPlan) => say!(words, error.kept_foreign).into_owned(),
        KeptError::Plan(error) => of_plan(words, error),
    }
}

/// Why a plan lives in this tab only.
pub fn of_store(words: Words, error: StoreError) -> String {
    match error {
        StoreError::Full { chars } => say!(words, error.store_full, chars = grouped(chars)),
        StoreError::Newer { schema } => say!(words, store.newer_schema, schema = schema, known = SCHEMA),
        StoreError::Blocked | StoreError::Changed | StoreError::Gone => say!(words, error.store_blocked),
    }
    .into_owned()
}

/// What the trouble is about, as a heading.
pub fn heading(words: Words, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Link(LinkFault::Link(PlanLinkError::WhatIf(..))) | Trouble::OtherUnit { .. } => {
            say!(words, error.what_if_waits)
        }
        Trouble::Link(_) => say!(words, error.link_trouble),
        Trouble::File { name, .. } => say!(words, error.file_trouble, name = name.clone()),
        Trouble::Harmed(_) => say!(words, store.harmed_title),
        Trouble::Mended { repairs, .. } => say!(words, error.mended, count = repairs.len()),
    }
    .into_owned()
}

/// What was mended in a plan. The unit is the plan's own.
pub fn of_repair(words: Words, unit: &Unit, repair: &Repair) -> String {
    match repair {
        Repair::Text(text) => say!(words, error.repair_text, text = text.clone()),
        Repair::Amount(amount) => {
            let numeral = Numeral { decimals: unit.decimals(), scale: Scale::One };
            say!(words, error.repair_amount, amount = print(*amount, numeral, Places::Exact))
        }
        Repair::Decimal(value) => say!(words, error.repair_decimal, value = value.to_string()),
        Repair::Orphan(dimension, _) => {
            say!(words, error.repair_orphan, dimension = name::dimension(words, *dimension))
        }
        Repair::Child(dimension, _) => say!(words, error.repair_child, dimension = name::dimension(words, *dimension)),
        Repair::Cell(_) => say!(words, error.repair_cell),
        Repair::Column(name) => say!(words, error.repair_column, name = name.clone()),
        Repair::Crew(name) => say!(words, error.repair_crew, name = name.clone()),
        Repair::Scenario(name) => say!(words, error.repair_scenario, name = name.clone()),
        Repair::Unit(unit) => say!(words, error.repair_unit, unit = unit.clone()),
        Repair::Holiday(name) => say!(words, error.repair_holiday, name = name.clone()),
        Repair::Newer { schema } => say!(words, error.repair_newer, schema = *schema, known = SCHEMA),
        Repair::Calendar(year, month) => say!(words, error.repair_calendar, year = *year, month = *month),
    }
    .into_owned()
}

/// A count with its thousands apart.
pub fn grouped(count: usize) -> String {
    let amount = Amount::from_units(i64::try_from(count).unwrap_or(i64::MAX));
    print(amount, Numeral::default(), Places::Exact)
}
