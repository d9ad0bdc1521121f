//! How likely the target is: in words, by month and by node; what one would have to aim at to be as sure as one wants to be;
//! and what all of that is reckoned from. Nothing is worked out here but by the engine.

mod aim;
mod drawer;
mod moves;
mod nodes;
mod run;
mod says;
mod settings;

use leptos::prelude::*;

use super::chart::{DrawnChart, FanChart};
use super::finding::Findings;
use super::parts::Show;
use crate::i18n::use_words;
use crate::session::Session;
use crate::text;
use run::Run;

pub use drawer::{Drawer, Work};
pub use run::{SETTLES, Shown};
pub use says::percent;

#[component]
pub fn ChancePage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let run = Run::new(session);
    let is_known = move || run.shown.with(Option::is_some);
    view! {
        <h1>{text!(words, chance.page)}</h1>
        <p class="sub">{text!(words, chance.sub)}</p>
        <div class="reach">
            {says::said_card(run)}
            <Show when=is_known>
                <div class="reach__wide"><FanChart shown=run.shown/></div>
                <div class="reach__wide"><DrawnChart shown=run.shown/></div>
                {aim::aim_card(run)}
                {moves::moves_card(run)}
            </Show>
            {settings::settings_card()}
            {settings::spreads_card()}
            <Show when=is_known>{nodes::nodes_card(run)}</Show>
        </div>
        <Findings/>
    }
}
