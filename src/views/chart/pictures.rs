//! The pictures of a sheet, and which of them is shown: one at a time, but for the two of the overview. What is not shown is
//! not made.
//!
//! A part of the page: it is downloaded after the sheet (`later`).

use leptos::prelude::*;
use leptos_i18n::td_string;

use super::super::app::Paired;
use super::super::parts::{Segment, Segments};
use super::super::settle::provide_trailing;
use super::carrier::CarrierChart;
use super::dots::DotsChart;
use super::heat::HeatChart;
use super::icicle::IcicleChart;
use super::mix::MixChart;
use super::waterfall::WaterfallChart;
use super::year::YearChart;
use crate::i18n::{Locale, use_words};
use crate::live::{Derived, Held};
use crate::plan::{Dimension, Pair};
use crate::{say, text};

/// How deep the columns of the sheet above unfold.
#[derive(Clone, Copy)]
pub struct Depth(pub Derived<usize>);

/// Which picture was chosen last: who goes to another sheet looks on at the same.
#[derive(Clone, Copy)]
pub struct Hung(pub Held<Shown>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    Overview,
    Heat,
    Icicle,
    Waterfall,
    Dots,
    Mix,
}

impl Shown {
    /// What there is to be seen beside a sheet. Beside one over time it is the products whose mix is shown, if any.
    pub fn of(pair: Pair) -> Vec<Shown> {
        let mut all = vec![Shown::Overview, Shown::Heat, Shown::Icicle, Shown::Waterfall];
        if pair.rows() == Dimension::Organisation {
            all.push(Shown::Dots);
        }
        if !pair.is_over_time() || matches!(pair.rows(), Dimension::Organisation | Dimension::Product) {
            all.push(Shown::Mix);
        }
        all
    }

    /// What it is called in a language, whichever is in force.
    pub fn word(self, locale: Locale) -> &'static str {
        match self {
            Shown::Overview => td_string!(locale, chart.overview),
            Shown::Heat => td_string!(locale, chart.heat),
            Shown::Icicle => td_string!(locale, chart.icicle),
            Shown::Waterfall => td_string!(locale, chart.waterfall),
            Shown::Dots => td_string!(locale, chart.dots),
            Shown::Mix => td_string!(locale, chart.mix),
        }
    }

    fn draw(self, pair: Pair) -> AnyView {
        let dimension = pair.rows();
        let year = pair.is_over_time().then(|| view! { <YearChart dimension/> });
        match self {
            Shown::Overview => view! { {year} <CarrierChart dimension/> }.into_any(),
            Shown::Heat => view! { <HeatChart pair/> }.into_any(),
            Shown::Icicle => view! { <IcicleChart dimension/> }.into_any(),
            Shown::Waterfall => view! { <WaterfallChart dimension/> }.into_any(),
            Shown::Dots => view! { <DotsChart dimension/> }.into_any(),
            Shown::Mix => {
                let pair = if pair.is_over_time() { Pair::ORGANISATION_PRODUCT } else { pair };
                view! { <MixChart pair/> }.into_any()
            }
        }
    }
}

#[component]
pub fn Pictures() -> impl IntoView {
    let words = use_words();
    let Paired(pair) = expect_context();
    let Hung(hung) = expect_context();
    let shown = Derived::new(move || Some(hung.get()).filter(|it| Shown::of(pair).contains(it)).unwrap_or_default());
    let choice = Derived::new(move || {
        Shown::of(pair)
            .into_iter()
            .map(|value| Segment { value, word: value.word(words.locale()).to_owned() })
            .collect::<Vec<_>>()
    });
    provide_trailing();
    view! {
        <section class="pictures" aria-labelledby="pictures-title">
            <div class="pictures__bar">
                <h2 class="pictures__title" id="pictures-title">{text!(words, chart.pictures)}</h2>
                <Segments label=Derived::new(move || say!(words, chart.pictures).into_owned()) items=choice
                    chosen=shown choose=move |it| hung.set(it)/>
            </div>
            <div class="charts">{move || shown.get().draw(pair)}</div>
        </section>
    }
}
