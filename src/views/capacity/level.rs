//! The levels: what one of each brings a month, and how newcomers climb to it.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::lines::{Column, Input, Lines, amount, choice, lines, name, number, own};
use crate::amount::parse_decimal;
use crate::i18n::{Words, use_words};
use crate::plan::{CapacityField, Edit, Level, Plan, Ramp};
use crate::{say, text};

pub fn levels() -> AnyView {
    let words = use_words();
    let columns = vec![
        name(text!(words, capacity.level), |it: &mut Level| &mut it.name),
        number(text!(words, capacity.orders), |it| &mut it.orders),
        amount(text!(words, capacity.amount), |it| &mut it.amount),
        choice(
            text!(words, capacity.ramp),
            shapes,
            |it| shape(&it.ramp).to_owned(),
            |it, value| reshape(&mut it.ramp, value),
        ),
        own(
            text!(words, capacity.ramp_months),
            |_, _, it| months(&it.ramp),
            |words, _, it, text| set_months(words, &mut it.ramp, text),
        ),
        amount(text!(words, capacity.quota), |it| &mut it.quota),
        number(text!(words, capacity.key_accounts), |it| &mut it.key_accounts),
        Column { head: text!(words, capacity.role), class: "lines__long", input: Input::Name(|it| &mut it.role) },
    ];
    lines(Lines {
        id: "levels",
        title: text!(words, capacity.levels),
        hint: text!(words, capacity.levels_hint),
        add: text!(words, capacity.add_level),
        list: |plan| &plan.capacity.levels,
        edit: |edit| Edit::Capacity(CapacityField::Level(edit)),
        blank: |words, _| Level { name: say!(words, capacity.new_level).into_owned(), ..Level::default() },
        columns,
        is_ordered: true,
        ways: Vec::new(),
    })
}

const NONE: &str = "none";
const ZERO: &str = "zero";
const LINEAR: &str = "linear";
const THIRDS: &str = "thirds";
const OWN: &str = "own";

fn shape(ramp: &Ramp) -> &'static str {
    match ramp {
        Ramp::None => NONE,
        Ramp::Zero(_) => ZERO,
        Ramp::Linear(_) => LINEAR,
        Ramp::Thirds(_) => THIRDS,
        Ramp::Own(_) => OWN,
    }
}

fn shapes(words: Words, _: &Plan) -> Vec<(String, String)> {
    [
        (NONE, say!(words, capacity.ramp_none)),
        (ZERO, say!(words, capacity.ramp_zero)),
        (LINEAR, say!(words, capacity.ramp_linear)),
        (THIRDS, say!(words, capacity.ramp_thirds)),
        (OWN, say!(words, capacity.ramp_own)),
    ]
    .map(|(value, word)| (value.to_owned(), word.into_owned()))
    .into()
}

/// Another shape over the same months; three where there were none.
fn reshape(ramp: &mut Ramp, shape: &str) {
    let months = if ramp.is_none() { 3 } else { ramp.months() };
    *ramp = match shape {
        ZERO => Ramp::Zero(months),
        LINEAR => Ramp::Linear(months),
        THIRDS => Ramp::Thirds(months),
        OWN => Ramp::Own(vec![Decimal::from(50); months.into()]),
        _ => Ramp::None,
    };
}

/// How many months, or what each of them brings: 25 50 75.
fn months(ramp: &Ramp) -> String {
    match ramp {
        Ramp::None => String::new(),
        Ramp::Own(percents) => percents.iter().map(|it| it.normalize().to_string()).collect::<Vec<_>>().join(" "),
        _ => ramp.months().to_string(),
    }
}

fn set_months(words: Words, ramp: &mut Ramp, text: &str) -> Result<(), String> {
    let bad = || say!(words, capacity.bad_months, given = text.to_owned(), most = Ramp::MOST).into_owned();
    let count = || text.parse::<u8>().ok().filter(|it| *it <= Ramp::MOST).ok_or_else(bad);
    *ramp = match ramp {
        Ramp::None if text.is_empty() => Ramp::None,
        Ramp::None | Ramp::Linear(_) => Ramp::Linear(count()?),
        Ramp::Zero(_) => Ramp::Zero(count()?),
        Ramp::Thirds(_) => Ramp::Thirds(count()?),
        Ramp::Own(_) => {
            let parts = text
                .split([' ', ',', '，', '、', '/'])
                .map(|it| it.trim_end_matches(['%', '％']))
                .filter(|it| !it.is_empty());
            let percents: Result<Vec<Decimal>, _> = parts.map(parse_decimal).collect();
            Ramp::Own(percents.map_err(|_| say!(words, capacity.bad_percents, given = text.to_owned()).into_owned())?)
        }
    };
    Ok(())
}
