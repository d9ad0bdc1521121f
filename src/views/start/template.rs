//! The worked examples, each one click, each in the language in force and for the year to come.

use leptos::prelude::*;

use super::super::library::Library;
use super::super::parts::CollectAny;
use super::spark::Spark;
use crate::edge::clock::Moment;
use crate::i18n::{Words, use_words};
use crate::plan::template::{Language, Template};
use crate::{say, text};

/// What a card says of a template.
struct Card {
    name: String,
    shows: String,
    number: String,
}

#[component]
pub fn Templates() -> impl IntoView {
    let words = use_words();
    let cards = Template::ALL.map(|template| view! { <li><TemplateCard template/></li> });
    view! {
        <section class="start__part" aria-labelledby="templates-title">
            <div class="start__bar">
                <h2 class="start__title" id="templates-title">{text!(words, start.templates)}</h2>
                <span class="muted">{text!(words, start.templates_hint)}</span>
            </div>
            <ul class="start__cards">{cards.into_iter().collect_any()}</ul>
        </section>
    }
}

#[component]
fn TemplateCard(template: Template) -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let create = move |_| library.create(template.plan(language(words), coming_year()));
    view! {
        <button type="button" class="choice" data-template=template.id() on:click=create>
            <span class="choice__name">{move || card(words, template).name}</span>
            <span class="choice__figure">
                <span class="choice__number">{move || card(words, template).number}</span>
                <Spark plan=template.plan(Language::En, coming_year())/>
            </span>
            <span class="choice__line">{move || card(words, template).shows}</span>
        </button>
    }
}

/// Plans are made for the year to come.
pub fn coming_year() -> i32 {
    i32::try_from(Moment::now().year).unwrap_or(i32::MAX).saturating_add(1)
}

fn language(words: Words) -> Language {
    if untrack(|| words.is_chinese()) { Language::Zh } else { Language::En }
}

fn card(words: Words, template: Template) -> Card {
    let (name, shows, number) = match template {
        Template::EcommercePercent => (
            say!(words, start.ecommerce_percent_name),
            say!(words, start.ecommerce_percent_shows),
            say!(words, start.ecommerce_percent_number),
        ),
        Template::EcommerceAmount => (
            say!(words, start.ecommerce_amount_name),
            say!(words, start.ecommerce_amount_shows),
            say!(words, start.ecommerce_amount_number),
        ),
        Template::Education => {
            (say!(words, start.education_name), say!(words, start.education_shows), say!(words, start.education_number))
        }
        Template::Enrolment => {
            (say!(words, start.enrolment_name), say!(words, start.enrolment_shows), say!(words, start.enrolment_number))
        }
        Template::Saas => (say!(words, start.saas_name), say!(words, start.saas_shows), say!(words, start.saas_number)),
        Template::Territories => (
            say!(words, start.territories_name),
            say!(words, start.territories_shows),
            say!(words, start.territories_number),
        ),
    };
    Card { name: name.into_owned(), shows: shows.into_owned(), number: number.into_owned() }
}
