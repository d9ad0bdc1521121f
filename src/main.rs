//! The page: puts back what a killed browser lost, mounts the app, and lets a panic say on the console what it was.

use leptos::prelude::*;
use sextant::edge::store::journal;
use sextant::views::{App, link_reader};

fn main() {
    console_error_panic_hook::set_once();
    // The skeleton is on screen until then; reading the journal began with the page.
    js_sys::futures::spawn_local(async {
        let settled = journal::settle().await;
        let read_link = link_reader().await;
        leptos::mount::mount_to_body(move || view! { <App settled read_link/> });
    });
}
