//! How amounts of one sheet are shown: one scale for all of them, and as many decimals as they need.

use crate::amount::{Amount, Numeral, Places, Scale, print};

/// The scale and the decimals of a whole sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    pub numeral: Numeral,
    pub places: u8,
    /// Every amount is shown to the last unit; otherwise they are rounded, and the sums of what is shown may not tie.
    pub exact: bool,
}

/// Two decimals of a scale are read at a glance; more are not.
const AT_A_GLANCE: u8 = 2;

impl Figures {
    /// The fewest decimals that show all amounts exactly, or two where that takes more.
    pub fn of(amounts: impl Iterator<Item = i64>, decimals: u8, scale: Scale) -> Figures {
        let numeral = Numeral { decimals, scale };
        let whole = 10_i64.saturating_pow(u32::from(decimals) + scale.exponent());
        let mut step = whole;
        // Finer than at a glance is shown rounded, however much finer it is.
        let finest = whole / 10_i64.pow(u32::from(AT_A_GLANCE));
        for amount in amounts {
            while 1 < step && amount % step != 0 {
                step /= 10;
            }
            if step < finest {
                break;
            }
        }
        let needed = (whole / step).ilog10() as u8;
        Figures { numeral, places: needed.min(AT_A_GLANCE), exact: needed <= AT_A_GLANCE }
    }

    /// The same, to the last unit.
    pub fn to_the_unit(self) -> Figures {
        let places = u32::from(self.numeral.decimals) + self.numeral.scale.exponent();
        Figures { places: places as u8, exact: true, ..self }
    }

    /// What is something and would be printed as nothing is printed as less than the least that can be: `<0.01`.
    pub fn print(&self, amount: Amount) -> String {
        let least = self.step(self.places);
        if (1..least).contains(&amount.units()) && 2 * amount.units() < least {
            let least = print(Amount::from_units(least), self.numeral, Places::Fixed(self.places));
            return format!("<{least}");
        }
        print(amount, self.numeral, Places::Fixed(self.places))
    }

    /// One of the last of so many decimals.
    fn step(&self, places: u8) -> i64 {
        let all = u32::from(self.numeral.decimals) + self.numeral.scale.exponent();
        10_i64.saturating_pow(all.saturating_sub(u32::from(places)))
    }

    /// The smallest amount that can be told at a glance.
    pub fn glance(&self) -> i64 {
        self.step(AT_A_GLANCE)
    }

    /// Without trailing zeros: for a single figure in a sentence.
    pub fn print_short(&self, amount: Amount) -> String {
        print(amount, self.numeral, Places::AtMost(AT_A_GLANCE))
    }
}

/// A part of a whole in hundredths of a percent, rounded half up. None where there is no whole.
pub fn basis_points(part: i64, whole: i64) -> Option<i64> {
    if whole == 0 {
        return None;
    }
    let twice = 2 * i128::from(part) * 10_000;
    let whole = i128::from(whole);
    i64::try_from((twice + whole).div_euclid(2 * whole)).ok()
}

/// Hundredths of a percent with so many decimals, at most two: 4500 is `45.0` with one.
pub fn print_percent(basis_points: i64, places: u8) -> String {
    let numeral = Numeral { decimals: 2, scale: Scale::One };
    print(Amount::from_units(basis_points), numeral, Places::Fixed(places.min(2)))
}

/// How much more than before, in hundredths of a percent. None where there was nothing before.
pub fn growth(now: i64, before: i64) -> Option<i64> {
    if before <= 0 { None } else { basis_points(now - before, before) }
}
