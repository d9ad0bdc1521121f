//! Worked examples to start from, each with its words in both languages.
//!
//! Each stands for a case that the field's own texts give with numbers; the id names it on the command line and in links.
//! They are plan files, one each in `template/`, whose words are written `中文 | English` where the languages differ, and
//! whose title has `{year}` for the fiscal year.
//!
//! The people of the territories come from the AdventureWorks OLTP sample database, under the MIT licence: last year's
//! sales in cents, rounded half up from four decimals; who has no territory hangs on the root.

use serde::{Deserialize, Serialize};

use super::fields::{Fields, Texts};
use super::{Calendar, Plan, Trees, Unit, migrate};

/// The language in which a template's names are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Zh,
    En,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Template {
    /// 1200万 over the quarters by 40 / 25 / 30 / 5 percent.
    EcommercePercent,
    /// 1200万 over the quarters by the amounts 200 / 300 / 400 / 300.
    EcommerceAmount,
    /// 1000万 by four seniors of 150万 and five newcomers of 80万.
    Education,
    /// 1000 people enrolled, by role.
    Enrolment,
    /// 1000 new paying customers.
    Saas,
    /// 40 million dollars over ten territories by last year's sales.
    Territories,
}

impl Template {
    pub const ALL: [Template; 6] = [
        Template::EcommercePercent,
        Template::EcommerceAmount,
        Template::Education,
        Template::Enrolment,
        Template::Saas,
        Template::Territories,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Template::EcommercePercent => "ecommerce-percent",
            Template::EcommerceAmount => "ecommerce-amount",
            Template::Education => "education",
            Template::Enrolment => "enrolment",
            Template::Saas => "saas",
            Template::Territories => "territories",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Template::EcommercePercent => include_str!("template/ecommerce-percent.json"),
            Template::EcommerceAmount => include_str!("template/ecommerce-amount.json"),
            Template::Education => include_str!("template/education.json"),
            Template::Enrolment => include_str!("template/enrolment.json"),
            Template::Saas => include_str!("template/saas.json"),
            Template::Territories => include_str!("template/territories.json"),
        }
    }

    pub fn from_id(id: &str) -> Option<Template> {
        Template::ALL.into_iter().find(|template| template.id() == id)
    }

    /// The plan, for the fiscal year that starts in January of `year`.
    pub fn plan(self, language: Language, year: i32) -> Plan {
        let calendar = || Calendar::new(year, 1);
        // A test reads them all: the blank plan is never seen.
        let blank = || Plan::blank("", Unit::Money("CNY".to_owned()), calendar());
        let mut plan = migrate::parse(self.file()).unwrap_or_else(|_| blank());
        plan.calendar = calendar();
        words_mut(&mut plan).into_iter().for_each(|words| *words = in_language(words, language));
        let mut texts = Texts(|words: &mut String| *words = in_language(words, language));
        plan.goal.visit(&mut texts);
        plan.capacity.visit(&mut texts);
        plan.funnel.visit(&mut texts);
        plan.title = plan.title.replace("{year}", &year.to_string());
        plan
    }
}

/// What the title, the unit and the trees have in both languages.
fn words_mut(plan: &mut Plan) -> Vec<&mut String> {
    let (Unit::Money(unit) | Unit::Count(unit)) = &mut plan.unit;
    let mut words = vec![&mut plan.title, unit];
    let Trees { organisation, product, customer, channel, time } = &mut plan.trees;
    for tree in [organisation, product, customer, channel, time] {
        words.extend(tree.nodes.values_mut().flat_map(|it| [&mut it.name, &mut it.tag, &mut it.note]));
    }
    words
}

fn in_language(words: &str, language: Language) -> String {
    let (zh, en) = words.split_once(" | ").unwrap_or((words, words));
    match language {
        Language::Zh => zh.to_owned(),
        Language::En => en.to_owned(),
    }
}
