//! The page: mounts the app, and lets a panic say on the console what it was.

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(sextant::views::App);
}
