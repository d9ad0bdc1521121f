//! What stands above the page until it is settled: a preview, how plans are kept, a plan that could not be kept, one that
//! another tab changed, something that could not be opened, and a newer version of the page. It says so and offers the way
//! out; nothing here decides.

mod elsewhere;
mod kept;
mod preview;
mod refusal;
mod trouble;
mod update;

use leptos::prelude::*;

use elsewhere::ElsewhereBanner;
use kept::KeptBanners;
use preview::PreviewBanner;
use refusal::RefusalBanner;
use update::UpdateBanner;

use super::later::{self, Later};
use super::library::Library;
use super::parts::Show;

pub use trouble::TroubleBoxes;

#[component]
pub fn Banners() -> impl IntoView {
    let library = expect_context::<Library>();
    view! {
        <div class="banners">
            <PreviewBanner/>
            <KeptBanners/>
            <RefusalBanner/>
            <ElsewhereBanner/>
            <Show when=move || library.trouble().is_some()><Later part=later::trouble/></Show>
            <UpdateBanner/>
        </div>
    }
}
