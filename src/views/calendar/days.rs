//! Holidays and peaks: a row each, in which everything is typed or chosen, and the day that the rule means this year.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::super::finding::unreadable;
use super::super::parts::{CollectAny, Look, Picture, Show, button_unless, icon_button};
use super::change;
use super::when::{Rule, print};
use crate::amount::parse_decimal;
use crate::engine::calendar::first_day;
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Calendar, Day, Festival, Holiday, Peak, When};
use crate::session::{Access, Session};
use crate::{say, text};

/// Which of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Holidays,
    Peaks,
}

/// What both lists say of their days.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    name: String,
    when: When,
    days: u16,
    /// Of a holiday.
    is_worked: bool,
    /// Of a peak.
    factor: Decimal,
}

impl List {
    fn len(self, calendar: &Calendar) -> usize {
        match self {
            List::Holidays => calendar.holidays.len(),
            List::Peaks => calendar.peaks.len(),
        }
    }

    fn get(self, calendar: &Calendar, place: usize) -> Option<Entry> {
        match self {
            List::Holidays => {
                let Holiday { name, when, days, is_worked } = calendar.holidays.get(place)?.clone();
                Some(Entry { name, when, days, is_worked, factor: Decimal::ONE })
            }
            List::Peaks => {
                let Peak { name, when, days, factor } = calendar.peaks.get(place)?.clone();
                Some(Entry { name, when, days, is_worked: false, factor })
            }
        }
    }

    /// Puts an entry in its place, or after all others.
    fn put(self, calendar: &mut Calendar, place: usize, entry: Entry) {
        let Entry { name, when, days, is_worked, factor } = entry;
        match self {
            List::Holidays => put(&mut calendar.holidays, place, Holiday { name, when, days, is_worked }),
            List::Peaks => put(&mut calendar.peaks, place, Peak { name, when, days, factor }),
        }
    }

    fn remove(self, calendar: &mut Calendar, place: usize) {
        match self {
            List::Holidays if place < calendar.holidays.len() => _ = calendar.holidays.remove(place),
            List::Peaks if place < calendar.peaks.len() => _ = calendar.peaks.remove(place),
            _ => {}
        }
    }

    fn id(self) -> &'static str {
        match self {
            List::Holidays => "holidays",
            List::Peaks => "peaks",
        }
    }
}

fn put<T>(list: &mut Vec<T>, place: usize, item: T) {
    match list.get_mut(place) {
        Some(old) => *old = item,
        None => list.push(item),
    }
}

#[component]
pub fn DaysCard(list: List) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let problem = Held::new(None::<String>);
    let len = Derived::new(move || list.len(&session.plan().calendar));
    let is_fixed = move || session.access() == Access::Preview;
    let title = move || match list {
        List::Holidays => say!(words, calendar.holidays),
        List::Peaks => say!(words, calendar.peaks),
    };
    let hint = move || match list {
        List::Holidays => say!(words, calendar.holidays_hint),
        List::Peaks => say!(words, calendar.peaks_hint),
    };
    let add = move |entries: Vec<Entry>| {
        problem.set(
            change(words, session, |calendar| {
                for entry in entries {
                    list.put(calendar, usize::MAX, entry);
                }
                Ok(())
            })
            .err(),
        );
    };
    let usual_word = match list {
        List::Holidays => text!(words, calendar.add_china),
        List::Peaks => text!(words, calendar.add_peaks),
    };
    let title_id = format!("calendar-{}", list.id());
    let labelled_by = title_id.clone();
    view! {
        <section class="card calendar__wide" aria-labelledby=labelled_by>
            <div class="card__bar">
                <h2 class="card__title" id=title_id>{move || title()}</h2>
                <span class="grow"></span>
                {button_unless(Look::Plain, None, usual_word, is_fixed, move || add(usual(words, list)))}
                {button_unless(Look::Plain, None, text!(words, calendar.add), is_fixed, move || add(vec![blank(words, list)]))}
            </div>
            <div class="card__body">
                <p class="field__hint">{move || hint()}</p>
                <p class="field__problem" role="alert">{move || problem.get()}</p>
                <Show when=move || 0 < len.get()>
                    <div class="calendar__scroll" role="group" tabindex="0" aria-label=move || title()>
                        <table class="calendar__table">
                            <thead><tr>
                                <th scope="col">{text!(words, calendar.name)}</th>
                                <th scope="col">{text!(words, calendar.rule)}</th>
                                <th scope="col">{text!(words, calendar.day)}</th>
                                <th scope="col">{text!(words, calendar.lasts)}</th>
                                <th scope="col">{move || last_head(words, list)}</th>
                                <th scope="col">{text!(words, calendar.this_year)}</th>
                                <th scope="col"><span class="unseen">{text!(words, calendar.delete)}</span></th>
                            </tr></thead>
                            <tbody>{move || (0..len.get()).map(|place| view! { <DayRow list place problem/> }).collect_any()}</tbody>
                        </table>
                    </div>
                </Show>
            </div>
        </section>
    }
}

fn last_head(words: Words, list: List) -> String {
    match list {
        List::Holidays => say!(words, calendar.worked),
        List::Peaks => say!(words, calendar.factor),
    }
    .into_owned()
}

#[component]
fn DayRow(list: List, place: usize, problem: Held<Option<String>>) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let entry = Derived::new(move || list.get(&session.plan().calendar, place));
    let is_fixed = move || session.access() == Access::Preview;
    let set = move |set: &dyn Fn(&mut Entry) -> Result<(), String>| {
        problem.set(
            change(words, session, |calendar| {
                let Some(mut entry) = list.get(calendar, place) else { return Ok(()) };
                set(&mut entry)?;
                list.put(calendar, place, entry);
                Ok(())
            })
            .err(),
        );
    };
    let of = move |read: fn(&Entry) -> String| entry.with(|it| it.as_ref().map(read).unwrap_or_default());
    let rule = move || entry.with(|it| it.as_ref().map_or(Rule::Yearly, |it| Rule::of(it.when)));
    let choose_rule = move |value: String| {
        let Some(rule) = Rule::ALL.into_iter().find(|it| format!("{it:?}") == value) else { return };
        set(&|entry| {
            let calendar = session.plan_untracked().calendar.clone();
            let day =
                first_day(entry.when, entry.days, &calendar).or(calendar.span(crate::plan::NodeId(0)).map(|it| it.0));
            entry.when = day.map_or(entry.when, |day| rule.at(day));
            Ok(())
        });
    };
    let this_year = move || {
        let plan = session.plan();
        let entry = list.get(&plan.calendar, place)?;
        let day = first_day(entry.when, entry.days, &plan.calendar).map(|day| Day(day).to_string());
        Some(day.unwrap_or_else(|| say!(words, calendar.not_this_year).into_owned()))
    };
    let named = move |what: String| format!("{what}: {}", of(|it| it.name.clone()));
    let option = move |it: Rule| {
        let is_chosen = move || rule() == it;
        view! { <option value=format!("{it:?}") selected=is_chosen prop:selected=is_chosen>{move || it.word(words)}</option> }
    };
    let last = match list {
        List::Holidays => view! {
            <input type="checkbox" disabled=is_fixed aria-label=move || named(last_head(words, list))
                prop:checked=move || entry.with(|it| it.as_ref().is_some_and(|it| it.is_worked))
                on:change:target=move |event| {
                    let is_worked = event.target().checked();
                    set(&|entry| { entry.is_worked = is_worked; Ok(()) });
                }/>
        }
        .into_any(),
        List::Peaks => view! {
            <input class="field__input calendar__short" type="text" inputmode="decimal" readonly=is_fixed
                aria-label=move || named(last_head(words, list)) prop:value=move || of(|it| it.factor.normalize().to_string())
                on:change:target=move |event| {
                    let text = event.target().value();
                    set(&|entry| { entry.factor = parse_decimal(&text).map_err(|it| unreadable(words, &it))?; Ok(()) });
                }/>
        }
        .into_any(),
    };
    view! {
        <tr>
            <td><input class="field__input calendar__name" type="text" autocomplete="off" readonly=is_fixed
                aria-label=move || named(say!(words, calendar.name).into_owned()) prop:value=move || of(|it| it.name.clone())
                on:change:target=move |event| {
                    let name = event.target().value();
                    set(&|entry| { entry.name = name.clone(); Ok(()) });
                }/></td>
            <td><select class="field__input" disabled=is_fixed
                aria-label=move || named(say!(words, calendar.rule).into_owned())
                on:change:target=move |event| choose_rule(event.target().value())>
                {Rule::ALL.into_iter().map(option).collect_any()}
            </select></td>
            <td><input class="field__input calendar__day" type="text" autocomplete="off" readonly=is_fixed
                aria-label=move || named(say!(words, calendar.day).into_owned()) title=move || rule().hint(words)
                prop:value=move || of(|it| print(it.when))
                on:change:target=move |event| {
                    let text = event.target().value();
                    set(&|entry| {
                        let rule = Rule::of(entry.when);
                        let bad = || format!("{} {}", say!(words, calendar.bad_day, given = text.clone()), rule.hint(words));
                        entry.when = rule.read(&text).ok_or_else(bad)?;
                        Ok(())
                    });
                }/></td>
            <td><input class="field__input calendar__short" type="text" inputmode="numeric" readonly=is_fixed
                aria-label=move || named(say!(words, calendar.lasts).into_owned()) prop:value=move || of(|it| it.days.to_string())
                on:change:target=move |event| {
                    let text = event.target().value();
                    set(&|entry| {
                        let bad = |_| say!(words, calendar.bad_days, given = text.clone(), most = Calendar::MAX_LENGTH).into_owned();
                        entry.days = text.trim().parse().map_err(bad)?;
                        Ok(())
                    });
                }/></td>
            <td>{last}</td>
            <td class="calendar__when">{move || this_year()}</td>
            <td>{icon_button("button button--icon", Picture::Bin, [text!(words, calendar.delete), text!(words, calendar.delete)], is_fixed,
                move || problem.set(change(words, session, |calendar| { list.remove(calendar, place); Ok(()) }).err()))}</td>
        </tr>
    }
}

fn blank(words: Words, list: List) -> Entry {
    let name = match list {
        List::Holidays => say!(words, calendar.new_holiday),
        List::Peaks => say!(words, calendar.new_peak),
    };
    let factor = if list == List::Peaks { Decimal::TWO } else { Decimal::ONE };
    Entry { name: name.into_owned(), when: When::Yearly { month: 1, day: 1 }, days: 1, is_worked: false, factor }
}

/// The days that most Chinese plans start from: the statutory holidays of the State Council's rules of 2025, without the
/// days that a year's notice moves, and the seasons of e-commerce with factors to begin with.
fn usual(words: Words, list: List) -> Vec<Entry> {
    let entry = |name: std::borrow::Cow<'static, str>, when, days, factor| Entry {
        name: name.into_owned(),
        when,
        days,
        is_worked: false,
        factor,
    };
    let yearly = |month, day| When::Yearly { month, day };
    let festival = |festival, after| When::Festival { festival, after };
    let free = |name, when, days| entry(name, when, days, Decimal::ONE);
    match list {
        List::Holidays => vec![
            free(say!(words, calendar.new_year), yearly(1, 1), 1),
            free(say!(words, calendar.rule_spring), festival(Festival::Spring, -1), 4),
            free(say!(words, calendar.rule_qingming), festival(Festival::Qingming, 0), 1),
            free(say!(words, calendar.labour_day), yearly(5, 1), 2),
            free(say!(words, calendar.rule_dragon_boat), festival(Festival::DragonBoat, 0), 1),
            free(say!(words, calendar.rule_mid_autumn), festival(Festival::MidAutumn, 0), 1),
            free(say!(words, calendar.national_day), yearly(10, 1), 3),
        ],
        List::Peaks => vec![
            entry(say!(words, calendar.spring_goods), festival(Festival::Spring, -21), 14, Decimal::new(15, 1)),
            entry(say!(words, calendar.mid_year), yearly(6, 1), 18, Decimal::TWO),
            entry(say!(words, calendar.singles_day), yearly(11, 1), 11, Decimal::from(3)),
        ],
    }
}
