//! Sending a plan: its link, how long that is and where it gets through, who can read it, and the file instead.

mod light;
mod link_text;

use leptos::prelude::*;

use super::app::Dialogs;
use super::library::Library;
use super::parts::{Dialog, Look, button};
use crate::edge::{address, plan_link};
use crate::i18n::use_words;
use crate::live::Held;
use crate::session::Session;
use crate::{say, text};
use link_text::LinkText;

/// What the dialog says of the last thing that the user did in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Nothing,
    Copied,
    /// The browser would not: the text is selected.
    ByHand,
    FileRefused,
}

/// The link of the plan, its length, and who can read it.
#[component]
pub fn ShareDialog() -> impl IntoView {
    let words = use_words();
    let dialogs = expect_context::<Dialogs>();
    view! {
        <Dialog name="share" is_open=dialogs.share title=text!(words, share.title) close=text!(words, share.close)>
            <ShareBody/>
        </Dialog>
    }
}

/// Made anew each time the dialog opens, so that nothing is packed that nobody sends.
#[component]
fn ShareBody() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let library = expect_context::<Library>();
    let done = Held::new(Done::Nothing);
    let link = plan_link::write(&session.plan_untracked()).ok().map(|it| format!("{}#{it}", address::page()));
    let save = move || {
        if !library.save_file() {
            done.set(Done::FileRefused);
        }
    };
    let said = move || match done.get() {
        Done::Nothing => String::new(),
        Done::Copied => say!(words, share.copied).into_owned(),
        Done::ByHand => say!(words, share.by_hand).into_owned(),
        Done::FileRefused => say!(words, share.file_refused).into_owned(),
    };
    let body = match link {
        Some(link) => view! { <LinkText link done/> }.into_any(),
        None => view! { <p>{text!(words, share.too_large)}</p> }.into_any(),
    };
    view! {
        <div class="dialog__body">
            {body}
            <p class="share__warning">{text!(words, share.warning)}</p>
        </div>
        <div class="dialog__foot">
            <p class="share__said" role="status">{move || said()}</p>
            {button(Look::Plain, text!(words, share.save_file), save)}
        </div>
    }
}
