//! What stands above the page until it is settled: a preview, a plan that could not be kept, one that another tab
//! changed, something that could not be opened, and a newer version of the page. It says so and offers the way out; nothing here decides.

mod elsewhere;
mod preview;
mod refusal;
mod trouble;
mod update;

use leptos::prelude::*;

use elsewhere::ElsewhereBanner;
use preview::PreviewBanner;
use refusal::RefusalBanner;
use trouble::TroubleBanner;
use update::UpdateBanner;

#[component]
pub fn Banners() -> impl IntoView {
    view! {
        <div class="banners">
            <PreviewBanner/>
            <RefusalBanner/>
            <ElsewhereBanner/>
            <TroubleBanner/>
            <UpdateBanner/>
        </div>
    }
}
