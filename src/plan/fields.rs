//! What a subject of the plan is made of, field by field, so that whoever checks, mends, rescales or translates all of them
//! need not know what they are for.

use rust_decimal::Decimal;

use super::check::{self, Lines, Repair};
use super::edit::EditError;
use super::list::List;
use crate::amount::Amount;

/// Something that shows its fields.
pub trait Fields {
    fn visit(&mut self, visitor: &mut dyn Visitor);
}

/// Whoever goes through the fields.
pub trait Visitor {
    fn text(&mut self, text: &mut String, most: usize, lines: Lines);
    fn amount(&mut self, amount: &mut Option<Amount>);
    /// From zero, or from `least`, up to `most`.
    fn decimal(&mut self, value: &mut Option<Decimal>, least: Decimal, most: Decimal);
}

impl<'a> dyn Visitor + 'a {
    pub fn name(&mut self, text: &mut String) {
        self.text(text, check::MAX_NAME, Lines::One);
    }

    pub fn prose(&mut self, text: &mut String) {
        self.text(text, check::MAX_PROSE, Lines::Many);
    }

    /// Of something, from nothing up to all of it.
    pub fn part(&mut self, value: &mut Option<Decimal>) {
        self.decimal(value, Decimal::ZERO, Decimal::ONE_HUNDRED);
    }

    pub fn percent(&mut self, value: &mut Option<Decimal>) {
        self.decimal(value, Decimal::ZERO, check::MAX_PERCENT);
    }

    /// A change in percent, from a loss of everything up.
    pub fn change(&mut self, value: &mut Option<Decimal>) {
        self.decimal(value, -Decimal::ONE_HUNDRED, check::MAX_PERCENT);
    }

    pub fn number(&mut self, value: &mut Option<Decimal>) {
        self.decimal(value, Decimal::ZERO, check::MAX_WEIGHT);
    }
}

impl<T: Fields> Fields for List<T> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.values_mut().for_each(|it| it.visit(visitor));
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

    fn heed(&mut self, done: Result<(), EditError>) {
        self.0 = self.0.take().or(done.err());
    }
}

impl Visitor for Strict {
    fn text(&mut self, text: &mut String, most: usize, lines: Lines) {
        *text = check::clean(text, lines);
        let given = text.chars().count();
        self.heed(if most < given { Err(EditError::TooLong { given, most }) } else { Ok(()) });
    }

    fn amount(&mut self, amount: &mut Option<Amount>) {
        self.heed(match *amount {
            Some(it) if it.is_negative() => Err(EditError::Negative(it)),
            Some(it) if Amount::MAX < it => Err(EditError::TooLarge(it)),
            _ => Ok(()),
        });
    }

    fn decimal(&mut self, value: &mut Option<Decimal>, least: Decimal, most: Decimal) {
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
    fn text(&mut self, text: &mut String, most: usize, lines: Lines) {
        check::repair_text(text, most, lines, self.0);
    }

    fn amount(&mut self, amount: &mut Option<Amount>) {
        check::repair_amount(amount, self.0);
    }

    fn decimal(&mut self, value: &mut Option<Decimal>, least: Decimal, most: Decimal) {
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
    fn text(&mut self, _: &mut String, _: usize, _: Lines) {}

    fn amount(&mut self, amount: &mut Option<Amount>) {
        amount.iter_mut().for_each(&mut self.0);
    }

    fn decimal(&mut self, _: &mut Option<Decimal>, _: Decimal, _: Decimal) {}
}

/// Goes through what is written in words.
pub struct Texts<F: FnMut(&mut String)>(pub F);

impl<F: FnMut(&mut String)> Visitor for Texts<F> {
    fn text(&mut self, text: &mut String, _: usize, _: Lines) {
        (self.0)(text);
    }

    fn amount(&mut self, _: &mut Option<Amount>) {}

    fn decimal(&mut self, _: &mut Option<Decimal>, _: Decimal, _: Decimal) {}
}
