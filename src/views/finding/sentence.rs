//! The sentences of findings, refusals and numbers that cannot be read: each names the value and the way out.

use rust_decimal::Decimal;

use super::super::fault::grouped;
use super::super::name;
use crate::amount::{Amount, FormulaError, ParseAmountError};
use crate::engine::Finding;
use crate::engine::breakback::Refusal;
use crate::engine::gate::Against;
use crate::engine::remedy::Remedy;
use crate::i18n::Words;
use crate::plan::{At, Calendar, Dimension, EditError, NodeId, Plan};
use crate::results::entry::EntryError;
use crate::say;
use crate::session::{Refused, Session};

/// Why something was not done.
pub fn refusal(words: Words, session: Session, refused: &Refused) -> String {
    let plan = session.plan();
    match refused {
        Refused::ReadOnly => say!(words, error.read_only).into_owned(),
        Refused::Number(it) => number_refusal(words, &plan, *it),
        Refused::Edit(it) => edit_error(words, &plan, it),
    }
}

pub fn number_refusal(words: Words, plan: &Plan, refusal: Refusal) -> String {
    let figure = |amount| name::exact_amount(words, plan, amount);
    match refusal {
        Refusal::Above { most, by } => say!(words, error.above, most = figure(most), by = figure(by)),
        Refusal::Below { least, by } => say!(words, error.below, least = figure(least), by = figure(by)),
        Refusal::Negative(amount) => say!(words, error.negative, given = figure(amount)),
        Refusal::NotAShare(percent) => say!(words, error.not_a_share, given = percent.normalize().to_string()),
        Refusal::Gone => say!(words, error.gone),
    }
    .into_owned()
}

fn edit_error(words: Words, plan: &Plan, error: &EditError) -> String {
    let figure = |amount| name::exact_amount(words, plan, amount);
    match error {
        EditError::UnknownNode(..) | EditError::BrokenTree(_) | EditError::NotACell(_) | EditError::UnknownItem(_) => {
            say!(words, error.gone)
        }
        EditError::NotInAScenario => say!(words, error.not_in_a_scenario),
        EditError::TooManyItems { most } => say!(words, error.too_many_items, most = *most),
        EditError::NotARamp { most } => say!(words, error.not_a_ramp, most = *most),
        EditError::TooManyHeads { most } => say!(words, error.too_many_heads, most = *most),
        EditError::EndsBeforeStart { from, to } => {
            say!(words, error.ends_before_start, from = from.to_string(), to = to.to_string())
        }
        EditError::Root => say!(words, error.root),
        EditError::IntoItself(_) => say!(words, error.into_itself),
        EditError::FixedShape => say!(words, error.fixed_shape),
        EditError::Negative(amount) => say!(words, error.negative, given = figure(*amount)),
        EditError::NegativeDecimal(value) => say!(words, error.negative, given = value.to_string()),
        EditError::TooLarge(_) => say!(words, error.too_large, most = figure(Amount::MAX)),
        EditError::TooLargeDecimal { given, most } => {
            say!(words, error.too_large_decimal, given = given.to_string(), most = most.to_string())
        }
        EditError::OutOfRange { given, least, most } => {
            let [given, least, most] = [given, least, most].map(|it| it.to_string());
            say!(words, error.out_of_range, given = given, least = least, most = most)
        }
        EditError::TooPrecise(value) => say!(words, error.too_precise_decimal, given = value.to_string()),
        EditError::TooLong { given, most } => say!(words, error.too_long, given = *given, most = *most),
        EditError::TooManyNodes { most } => say!(words, error.too_many_nodes, most = *most),
        EditError::TooManyColumns { most } => say!(words, error.too_many_columns, most = *most),
        EditError::SameName(name) => say!(words, error.same_name, given = name.clone()),
        EditError::TooDeep { most } => say!(words, error.too_deep, most = *most),
        EditError::NotAUnit(text) => say!(words, error.not_a_unit, given = text.clone()),
        EditError::WouldRound(amount) => say!(words, error.would_round, given = figure(*amount)),
        EditError::Year(year) => say!(words, error.year, given = *year),
        EditError::Month(month) => say!(words, error.month, given = *month),
        EditError::WorkWeek(days) => say!(words, error.work_week, given = *days),
        EditError::NotADay(name) => say!(words, error.not_a_day, given = name.clone(), most = Calendar::MAX_LENGTH),
        EditError::TooManyHolidays { most } => say!(words, error.too_many_holidays, most = *most),
    }
    .into_owned()
}

/// Why a typed text is no number.
pub fn unreadable(words: Words, error: &ParseAmountError) -> String {
    match error {
        ParseAmountError::Empty => say!(words, error.empty),
        ParseAmountError::NotANumber { given } => say!(words, error.not_a_number, given = given.clone()),
        ParseAmountError::ChineseNumeral { given } => say!(words, error.chinese_numeral, given = given.clone()),
        ParseAmountError::Ambiguous { given } => say!(words, error.ambiguous, given = given.clone()),
        ParseAmountError::Percent { given } => say!(words, error.percent, given = given.clone()),
        ParseAmountError::TooPrecise { given, allowed } => {
            say!(words, error.too_precise, given = given.clone(), allowed = *allowed)
        }
        ParseAmountError::TooLarge { given } => say!(words, error.too_large_text, given = given.clone()),
    }
    .into_owned()
}

/// Why a text in a cell means nothing.
pub fn unreadable_entry(words: Words, error: &EntryError) -> String {
    match error {
        EntryError::Number(it) | EntryError::Formula(FormulaError::Number(it)) => unreadable(words, it),
        EntryError::Formula(FormulaError::NoResult { given }) => {
            say!(words, error.formula, given = given.clone()).into_owned()
        }
        EntryError::Formula(FormulaError::DividedByZero { given }) => {
            say!(words, error.divided_by_zero, given = given.clone()).into_owned()
        }
        EntryError::Formula(FormulaError::TooLarge { given }) => {
            say!(words, error.too_large_text, given = given.clone()).into_owned()
        }
    }
}

/// What the engine has to say, as a sentence.
pub fn sentence(words: Words, plan: &Plan, finding: &Finding) -> String {
    let figure = |amount: Amount| name::exact_amount(words, plan, amount);
    let who = |dimension: Dimension, node: NodeId| name::node(words, plan, dimension, node);
    let cell = |at: At| name::cell(words, plan, at);
    let off = |one: Amount, other: Amount| figure(Amount::from_units((one.units() - other.units()).abs()));
    match *finding {
        Finding::NoTarget => say!(words, finding.no_target),
        Finding::NoBasis => say!(words, finding.no_basis),
        Finding::TargetNotMet { dimension, target, total } => say!(
            words,
            finding.target_not_met,
            dimension = name::dimension(words, dimension),
            target = figure(target),
            total = figure(total),
            off = off(target, total)
        ),
        Finding::LocksDropped { dimension, lowest, highest, total } => say!(
            words,
            finding.locks_dropped,
            dimension = name::dimension(words, dimension),
            off = off(if total < lowest { lowest } else { highest }, total),
            total = figure(total)
        ),
        Finding::HandedOut { node, handed, given } => {
            let (node, off) = (who(Dimension::Organisation, node), off(handed, given));
            let (more, handed, given) = (given < handed, figure(handed), figure(given));
            match more {
                true => say!(words, finding.handed_more, node = node, handed = handed, given = given, off = off),
                false => say!(words, finding.handed_less, node = node, handed = handed, given = given, off = off),
            }
        }
        Finding::FloorsExceed { dimension, node, floors, most } => say!(
            words,
            finding.floors_exceed,
            node = who(dimension, node),
            floors = figure(floors),
            most = figure(most),
            off = off(floors, most)
        ),
        Finding::CapsFallShort { dimension, node, caps, least } => say!(
            words,
            finding.caps_fall_short,
            node = who(dimension, node),
            caps = figure(caps),
            least = figure(least),
            off = off(caps, least)
        ),
        Finding::FloorBroken { dimension, node, floor, given } => say!(
            words,
            finding.floor_broken,
            node = who(dimension, node),
            floor = figure(floor),
            given = figure(given),
            off = off(floor, given)
        ),
        Finding::CapBroken { dimension, node, cap, given } => say!(
            words,
            finding.cap_broken,
            node = who(dimension, node),
            cap = figure(cap),
            given = figure(given),
            off = off(cap, given)
        ),
        Finding::FloorAboveCap { dimension, node, floor, cap } => {
            say!(words, finding.floor_above_cap, node = who(dimension, node), floor = figure(floor), cap = figure(cap))
        }
        Finding::OffIncrement { dimension, node, increment, given } => say!(
            words,
            finding.off_increment,
            node = who(dimension, node),
            increment = figure(increment),
            given = figure(given)
        ),
        Finding::CellFloorsExceed { at, floors, most } => say!(
            words,
            finding.floors_exceed,
            node = cell(at),
            floors = figure(floors),
            most = figure(most),
            off = off(floors, most)
        ),
        Finding::CellCapsFallShort { at, caps, least } => say!(
            words,
            finding.caps_fall_short,
            node = cell(at),
            caps = figure(caps),
            least = figure(least),
            off = off(caps, least)
        ),
        Finding::CellFloorBroken { at, floor, given } => say!(
            words,
            finding.floor_broken,
            node = cell(at),
            floor = figure(floor),
            given = figure(given),
            off = off(floor, given)
        ),
        Finding::CellCapBroken { at, cap, given } => say!(
            words,
            finding.cap_broken,
            node = cell(at),
            cap = figure(cap),
            given = figure(given),
            off = off(cap, given)
        ),
        Finding::CellOffIncrement { at, increment, given } => {
            say!(words, finding.off_increment, node = cell(at), increment = figure(increment), given = figure(given))
        }
        Finding::LockBroken { dimension, node, locked, given } => say!(
            words,
            finding.lock_broken,
            node = who(dimension, node),
            locked = figure(locked),
            given = figure(given),
            off = off(locked, given)
        ),
        Finding::CellLockBroken { at, locked, given } => say!(
            words,
            finding.lock_broken,
            node = cell(at),
            locked = figure(locked),
            given = figure(given),
            off = off(locked, given)
        ),
        Finding::TypedGaveWay { dimension, node, typed, given } => say!(
            words,
            finding.typed_gave_way,
            node = who(dimension, node),
            typed = figure(typed),
            given = figure(given)
        ),
        Finding::CellTypedGaveWay { at, typed, given } => {
            say!(words, finding.typed_gave_way, node = cell(at), typed = figure(typed), given = figure(given))
        }
        Finding::PercentNot100 { dimension, node, percent } => percent_off(words, who(dimension, node), percent),
        Finding::FactorsNot100 { dimension, node, percent } => {
            say!(words, finding.factors_not_100, node = who(dimension, node), percent = percent.to_string())
        }
        Finding::NoScores { dimension, node, factor } => {
            let factors = plan.tree(dimension).factors(node);
            let factor = factors.get(factor).map_or_else(String::new, |it| it.name.clone());
            say!(words, finding.no_scores, node = who(dimension, node), factor = factor)
        }
        Finding::AmountsOffTotal { dimension, node, sum, total } => say!(
            words,
            finding.amounts_off_total,
            node = who(dimension, node),
            sum = figure(sum),
            total = figure(total)
        ),
        Finding::NoWeights { dimension, node, method } => {
            say!(words, finding.no_weights, node = who(dimension, node), method = name::method(words, method))
        }
        Finding::BlankWeights { dimension, node, method, count } => say!(
            words,
            finding.blank_weights,
            node = who(dimension, node),
            method = name::method(words, method),
            count = count
        ),
        Finding::GetsNothing { dimension, node, method } => {
            say!(words, finding.gets_nothing, node = who(dimension, node), method = name::method(words, method))
        }
        Finding::EvenQuarters => say!(words, finding.even_quarters),
        Finding::EvenPeople { node } => say!(words, finding.even_people, node = who(Dimension::Organisation, node)),
        Finding::BeyondReach { node, given, capacity, people } => {
            let (node, off) = (who(Dimension::Organisation, node), off(given, capacity));
            let (given, capacity, others) = (figure(given), figure(capacity), people - 1);
            match others {
                0 => say!(words, finding.beyond_reach, node = node, given = given, capacity = capacity, off = off),
                _ => say!(
                    words,
                    finding.beyond_reach_many,
                    node = node,
                    given = given,
                    capacity = capacity,
                    off = off,
                    others = others
                ),
            }
        }
        Finding::BelowLastYear { node, given, last_year, people } => {
            let (node, off) = (who(Dimension::Organisation, node), off(given, last_year));
            let (given, last_year, others) = (figure(given), figure(last_year), people - 1);
            match others {
                0 => say!(words, finding.below_last_year, node = node, given = given, last_year = last_year, off = off),
                _ => say!(
                    words,
                    finding.below_last_year_many,
                    node = node,
                    given = given,
                    last_year = last_year,
                    off = off,
                    others = others
                ),
            }
        }
        Finding::PeopleShort { target, possible } => {
            let (off, target, possible) = (off(target, possible), figure(target), figure(possible));
            say!(words, finding.people_short, target = target, possible = possible, off = off)
        }
        Finding::RampIgnored { target, possible, unramped } => say!(
            words,
            finding.ramp_ignored,
            target = figure(target),
            possible = figure(possible),
            unramped = figure(unramped),
            off = off(target, possible)
        ),
        Finding::LeadsShort { target, possible, leads } => say!(
            words,
            finding.leads_short,
            target = figure(target),
            possible = figure(possible),
            off = off(target, possible),
            leads = name::count(leads)
        ),
        Finding::LimitExceeded { limit, target, possible } => say!(
            words,
            finding.limit_exceeded,
            name = name::limit(words, plan, limit),
            target = figure(target),
            possible = figure(possible),
            off = off(target, possible)
        ),
        Finding::MarketExceeded { target, possible } => {
            let (off, target, possible) = (off(target, possible), figure(target), figure(possible));
            say!(words, finding.market_exceeded, target = target, possible = possible, off = off)
        }
        Finding::MonthsShort { by, month, months } => {
            let (by, month) = (against(words, plan, by), name::short_period(words, plan, month));
            say!(words, finding.months_short, by = by, month = month, months = months)
        }
        Finding::StageTight { stage, needed, resource } => {
            let (needed, resource) = (name::count(needed), name::count(resource));
            say!(
                words,
                finding.stage_tight,
                stage = name::stage(words, plan, stage),
                needed = needed,
                resource = resource
            )
        }
        Finding::StageStops { stage } => say!(words, finding.stage_stops, stage = name::stage(words, plan, stage)),
        Finding::StageUnsaid { stage, stages: 1 } => {
            say!(words, finding.stage_unsaid, stage = name::stage(words, plan, stage))
        }
        Finding::StageUnsaid { stage, stages } => {
            say!(words, finding.stage_unsaid_many, stage = name::stage(words, plan, stage), stages = stages)
        }
        Finding::StageUnbound { stage, stages: 1 } => {
            say!(words, finding.stage_unbound, stage = name::stage(words, plan, stage))
        }
        Finding::StageUnbound { stage, stages } => {
            say!(words, finding.stage_unbound_many, stage = name::stage(words, plan, stage), stages = stages)
        }
        Finding::SourcePaused { source, conversion, limit } => say!(
            words,
            finding.source_paused,
            source = name::source(words, plan, source),
            conversion = conversion.to_string(),
            limit = limit.to_string()
        ),
        Finding::NoOrderValue => say!(words, finding.no_order_value),
        Finding::CrewWithoutLevel { crew, crews: 1 } => {
            say!(words, finding.crew_without_level, crew = name::crew(words, plan, crew))
        }
        Finding::CrewWithoutLevel { crew, crews } => {
            say!(words, finding.crew_without_level_many, crew = name::crew(words, plan, crew), crews = crews)
        }
        Finding::RampBeyondYear { crew, crews: 1 } => {
            say!(words, finding.ramp_beyond_year, crew = name::crew(words, plan, crew))
        }
        Finding::RampBeyondYear { crew, crews } => {
            say!(words, finding.ramp_beyond_year_many, crew = name::crew(words, plan, crew), crews = crews)
        }
        Finding::StretchUnusual { percent } => {
            say!(words, finding.stretch_unusual, percent = percent.round_dp(2).normalize().to_string())
        }
        Finding::FloorUnusual { points } => say!(words, finding.floor_unusual, points = points.to_string()),
        Finding::FewYears { years } => say!(words, finding.few_years, years = years),
        Finding::FewRates { source: None, years } => say!(words, finding.few_rates, years = years),
        Finding::FewRates { source: Some(source), years } => {
            say!(words, finding.few_rates_of, source = name::source(words, plan, source), years = years)
        }
        Finding::OneHorizon => say!(words, finding.one_horizon),
        Finding::MeasureForNothing { measure, measures } => {
            let name = plan.goal.measures.get(measure).map(|it| it.name.clone()).unwrap_or_default();
            say!(words, finding.measure_for_nothing, measure = name, measures = measures)
        }
        Finding::TableTooLarge { pair, cells, most } => {
            let (rows, columns) = (name::dimension(words, pair.rows()), name::dimension(words, pair.columns()));
            say!(
                words,
                finding.table_too_large,
                rows = rows,
                columns = columns,
                cells = grouped(cells),
                most = grouped(most)
            )
        }
        Finding::MarksMissing { count } => say!(words, finding.marks_missing, count = count),
    }
    .into_owned()
}

/// What a target is held against, in a sentence.
pub fn against(words: Words, plan: &Plan, by: Against) -> String {
    match by {
        Against::People => say!(words, finding.by_people),
        Against::Leads => say!(words, finding.by_leads),
        Against::Limit(limit) => say!(words, finding.by_limit, name = name::limit(words, plan, limit)),
        Against::Market => say!(words, finding.by_market),
    }
    .into_owned()
}

fn percent_off(words: Words, node: String, percent: Decimal) -> std::borrow::Cow<'static, str> {
    say!(words, finding.percent_not_100, node = node, percent = percent.to_string())
}

/// What a remedy does, as the word on its button.
pub fn remedy(words: Words, plan: &Plan, remedy: Remedy) -> String {
    let figure = |amount| name::exact_amount(words, plan, amount);
    match remedy {
        Remedy::Target(amount) => say!(words, finding.remedy_target, amount = figure(amount)),
        Remedy::OpenLock => say!(words, finding.remedy_open_lock),
        Remedy::OpenLocks => say!(words, finding.remedy_open_locks),
        Remedy::Cap(amount) => say!(words, finding.remedy_cap, amount = figure(amount)),
        Remedy::Floor(amount) => say!(words, finding.remedy_floor, amount = figure(amount)),
        Remedy::NoIncrement => say!(words, finding.remedy_no_increment),
        Remedy::Untyped => say!(words, finding.remedy_untyped),
        Remedy::PercentTo100 => say!(words, finding.remedy_percent),
        Remedy::FactorsTo100 => say!(words, finding.remedy_factors),
        Remedy::AmountsToTotal => say!(words, finding.remedy_amounts),
        Remedy::Tolerance(percent) => say!(words, finding.remedy_tolerance, percent = percent.to_string()),
        Remedy::NoTolerance => say!(words, finding.remedy_no_tolerance),
        Remedy::Hire { level, heads } => {
            say!(words, finding.remedy_hire, level = name::level(words, plan, level), heads = heads)
        }
        Remedy::Leads { source, leads } => {
            say!(words, finding.remedy_leads, source = name::source(words, plan, source), leads = name::count(leads))
        }
    }
    .into_owned()
}
