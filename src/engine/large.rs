//! Arithmetic of decimals that ends at a bound instead of overflowing: what a plan may hold, multiplied often enough, is more
//! than a decimal can, and whoever types such numbers is to be answered all the same.

use rust_decimal::Decimal;

/// Far beyond anything that is counted: a hundred million million million million.
pub const HUGE: Decimal = Decimal::from_parts(0xe400_0000, 0xdcc8_0cd2, 0x0052_b7d2, false, 0);

pub fn times(one: Decimal, other: Decimal) -> Decimal {
    limited(one.checked_mul(other))
}

/// The bound where there is nothing to divide by.
pub fn over(one: Decimal, other: Decimal) -> Decimal {
    limited(one.checked_div(other))
}

pub fn plus(one: Decimal, other: Decimal) -> Decimal {
    limited(one.checked_add(other))
}

fn limited(value: Option<Decimal>) -> Decimal {
    value.map_or(HUGE, |it| it.clamp(-HUGE, HUGE))
}
