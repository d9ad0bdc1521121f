//! What a subject of the plan is made of, field by field, so that whoever checks, mends, rescales, translates, writes or reads
//! all of them need not know what they are for.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::check::{self, Lines, Repair};
use super::edit::EditError;
use super::list::Things;
use crate::amount::Amount;

/// Something that shows its fields, in the order of the file.
pub trait Fields {
    fn visit(&mut self, visitor: &mut dyn Visitor);
}

/// What a field is called in the file, and when it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub name: &'static str,
    pub stands: Stands,
}

/// When a field stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Where something is said.
    Said,
    /// In every file that is written; one that lacks it means what a new thing has.
    Always,
    /// In every file, or it cannot be read.
    Needed,
    /// Never: it is a part of a field that was shown as a whole.
    Within,
}

impl Key {
    /// A part of a field that was shown as a whole.
    pub const WITHIN: Key = Key { name: "", stands: Stands::Within };

    pub const fn always(name: &'static str) -> Key {
        Key { name, stands: Stands::Always }
    }
}

impl From<&'static str> for Key {
    fn from(name: &'static str) -> Key {
        Key { name, stands: Stands::Said }
    }
}

/// Whoever goes through the fields.
pub trait Visitor {
    fn text(&mut self, key: Key, text: &mut String, _most: usize, _lines: Lines) {
        self.plain(key, text);
    }

    fn amount(&mut self, key: Key, amount: &mut Option<Amount>) {
        self.plain(key, amount);
    }

    /// From zero, or from `least`, up to `most`.
    fn decimal(&mut self, key: Key, value: &mut Option<Decimal>, _least: Decimal, _most: Decimal) {
        self.plain(key, value);
    }

    /// What is sound whatever it is: a flag, a day, one of a few kinds.
    fn plain(&mut self, _: Key, _: &mut dyn Plain) {}

    /// Goes by the keys, and has had a field with all that is in it.
    fn goes_by_keys(&self) -> bool {
        false
    }

    /// Takes fields that stand together as a whole, and need not be led through them.
    fn takes_group(&mut self, _: Key, _: &mut dyn Group) -> bool {
        false
    }

    /// The same of the things of a list.
    fn takes_list(&mut self, _: Key, _: &mut dyn Things) -> bool {
        false
    }
}

impl<'a> dyn Visitor + 'a {
    /// What a thing is called.
    pub fn name(&mut self, name: &'static str, text: &mut String) {
        self.text(Key::always(name), text, check::MAX_NAME, Lines::One);
    }

    /// A word beside it.
    pub fn word(&mut self, key: impl Into<Key>, text: &mut String) {
        self.text(key.into(), text, check::MAX_NAME, Lines::One);
    }

    /// What a thing is about.
    pub fn prose(&mut self, name: &'static str, text: &mut String) {
        self.text(Key::always(name), text, check::MAX_PROSE, Lines::Many);
    }

    /// What there is to say beside it.
    pub fn note(&mut self, key: impl Into<Key>, text: &mut String) {
        self.text(key.into(), text, check::MAX_PROSE, Lines::Many);
    }

    pub fn money(&mut self, key: impl Into<Key>, amount: &mut Option<Amount>) {
        self.amount(key.into(), amount);
    }

    /// Of something, from nothing up to all of it.
    pub fn part(&mut self, key: impl Into<Key>, value: &mut Option<Decimal>) {
        self.decimal(key.into(), value, Decimal::ZERO, Decimal::ONE_HUNDRED);
    }

    pub fn percent(&mut self, key: impl Into<Key>, value: &mut Option<Decimal>) {
        self.decimal(key.into(), value, Decimal::ZERO, check::MAX_PERCENT);
    }

    /// A change in percent, from a loss of everything up.
    pub fn change(&mut self, key: impl Into<Key>, value: &mut Option<Decimal>) {
        self.decimal(key.into(), value, -Decimal::ONE_HUNDRED, check::MAX_PERCENT);
    }

    pub fn number(&mut self, key: impl Into<Key>, value: &mut Option<Decimal>) {
        self.decimal(key.into(), value, Decimal::ZERO, check::MAX_WEIGHT);
    }

    pub fn group(&mut self, key: impl Into<Key>, group: &mut dyn Group) {
        if !self.takes_group(key.into(), group) {
            group.visit(self);
        }
    }

    pub fn list(&mut self, name: &'static str, list: &mut dyn Things) {
        if !self.takes_list(name.into(), list) {
            list.each(&mut |it| it.visit(self));
        }
    }

    /// What is in a field that was shown as a whole.
    pub fn within(&mut self, fields: &mut dyn Fields) {
        if !self.goes_by_keys() {
            fields.visit(self);
        }
    }

    /// What may be left unsaid.
    pub fn other(&mut self, name: &'static str, value: &mut dyn Plain) {
        self.plain(name.into(), value);
    }

    /// What every thing has.
    pub fn always(&mut self, name: &'static str, value: &mut dyn Plain) {
        self.plain(Key::always(name), value);
    }

    /// Which of its kinds a thing is of.
    pub fn kind(&mut self, name: &'static str, value: &mut dyn Plain) {
        self.plain(Key { name, stands: Stands::Needed }, value);
    }
}

/// A value that the file has as it is.
pub trait Plain {
    fn is_unsaid(&self) -> bool;
    fn to_json(&self) -> String;
    /// Becomes what the file says, or says why that cannot be.
    fn read(&mut self, value: Value) -> Result<(), String>;
}

impl<T: Serialize + DeserializeOwned + Default + PartialEq> Plain for T {
    fn is_unsaid(&self) -> bool {
        *self == T::default()
    }

    fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn read(&mut self, value: Value) -> Result<(), String> {
        *self = serde_json::from_value(value).map_err(|error| error.to_string())?;
        Ok(())
    }
}

/// Fields that stand together under one name.
pub trait Group: Fields {
    fn is_unsaid(&self) -> bool;
}

impl<T: Fields + Default + PartialEq> Group for T {
    fn is_unsaid(&self) -> bool {
        *self == T::default()
    }
}

/// Shows each value with what it stands under. One that is none any more goes.
pub(super) fn visit_columns<K: Ord, T>(columns: &mut BTreeMap<K, T>, mut each: impl FnMut(&mut K, &mut Option<T>)) {
    for (mut name, value) in std::mem::take(columns) {
        let mut value = Some(value);
        each(&mut name, &mut value);
        columns.extend(value.map(|it| (name, it)));
    }
}

/// Takes what an edit brings, or says what of it cannot be.
#[derive(Default)]
pub(super) struct Strict(Option<EditError>);

impl Strict {
    /// The same, clean.
    pub fn sound<T: Fields>(mut item: T) -> Result<T, EditError> {
        let mut strict = Strict::default();
        item.visit(&mut strict);
        strict.0.map_or(Ok(item), Err)
    }

    pub fn sound_amount(mut amount: Option<Amount>) -> Result<Option<Amount>, EditError> {
        let mut strict = Strict::default();
        strict.amount(Key::WITHIN, &mut amount);
        strict.0.map_or(Ok(amount), Err)
    }

    fn heed(&mut self, done: Result<(), EditError>) {
        self.0 = self.0.take().or(done.err());
    }
}

impl Visitor for Strict {
    fn text(&mut self, _: Key, text: &mut String, most: usize, lines: Lines) {
        *text = check::clean(text, lines);
        let given = text.chars().count();
        self.heed(if most < given { Err(EditError::TooLong { given, most }) } else { Ok(()) });
    }

    fn amount(&mut self, _: Key, amount: &mut Option<Amount>) {
        self.heed(match *amount {
            Some(it) if it.is_negative() => Err(EditError::Negative(it)),
            Some(it) if Amount::MAX < it => Err(EditError::TooLarge(it)),
            _ => Ok(()),
        });
    }

    fn decimal(&mut self, _: Key, value: &mut Option<Decimal>, least: Decimal, most: Decimal) {
        let Some(given) = value.map(|it| it.normalize()) else { return };
        self.heed(match given {
            it if it < least && !it.is_sign_negative() => Err(EditError::OutOfRange { given: it, least, most }),
            it if it < least => Err(EditError::NegativeDecimal(it)),
            it if most < it => Err(EditError::TooLargeDecimal { given: it, most }),
            it if check::MAX_DECIMALS < it.scale() => Err(EditError::TooPrecise(it)),
            _ => Ok(()),
        });
        *value = Some(given);
    }
}

/// Mends what came from outside, and says what had to be.
pub(super) struct Mend<'a>(pub &'a mut Vec<Repair>);

impl Visitor for Mend<'_> {
    fn text(&mut self, _: Key, text: &mut String, most: usize, lines: Lines) {
        check::repair_text(text, most, lines, self.0);
    }

    fn amount(&mut self, _: Key, amount: &mut Option<Amount>) {
        check::repair_amount(amount, self.0);
    }

    fn decimal(&mut self, _: Key, value: &mut Option<Decimal>, least: Decimal, most: Decimal) {
        let sound = |it: Decimal| least <= it && it <= most && it.normalize().scale() <= check::MAX_DECIMALS;
        match value.take() {
            Some(bad) if !sound(bad) => self.0.push(Repair::Decimal(bad)),
            other => *value = other.map(|it| it.normalize()),
        }
    }
}

/// Goes through the amounts alone.
pub(super) struct Amounts<F: FnMut(&mut Amount)>(pub F);

impl<F: FnMut(&mut Amount)> Visitor for Amounts<F> {
    fn amount(&mut self, _: Key, amount: &mut Option<Amount>) {
        amount.iter_mut().for_each(&mut self.0);
    }
}

/// Goes through what is written in words.
pub struct Texts<F: FnMut(&mut String)>(pub F);

impl<F: FnMut(&mut String)> Visitor for Texts<F> {
    fn text(&mut self, _: Key, text: &mut String, _: usize, _: Lines) {
        (self.0)(text);
    }
}
