//! What a backup would do to each plan of this machine, before anything is written: whoever brings it back chooses.
//!
//! A part of the page: it is downloaded when it is first asked for, or in idle time.

use leptos::prelude::*;

use super::library::{Library, Offered, Standing};
use super::parts::{CollectAny, Dialog, Look, button, button_unless};
use super::versions::when;
use crate::edge::store::PlanId;
use crate::i18n::{Words, use_words};
use crate::live::{Derived, Held};
use crate::{say, text};

#[component]
pub fn BackupDialog() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    view! {
        <Dialog name="backup" is_open=library.asks_backup title=text!(words, store.backup_title) close=text!(words, share.close)>
            <BackupForm/>
        </Dialog>
    }
}

#[component]
fn BackupForm() -> impl IntoView {
    let words = use_words();
    let library = expect_context::<Library>();
    let offered = untrack(|| library.offered());
    let wanted = offered.iter().filter(|it| it.standing.is_wanted()).map(|it| it.id).collect::<Vec<PlanId>>();
    let chosen = Held::new(wanted);
    let count = Derived::new(move || chosen.with(Vec::len));
    let rows = offered.into_iter().map(|offered| view! { <OfferedRow offered chosen/> }).collect_any();
    view! {
        <div class="dialog__body">
            <p class="muted">{text!(words, store.backup_text)}</p>
            <ul class="versions__list">{rows}</ul>
        </div>
        <div class="dialog__foot">
            <span class="grow"></span>
            {button(Look::Plain, text!(words, store.backup_cancel), move || library.asks_backup.set(false))}
            {button_unless(
                Look::Primary,
                None,
                crate::i18n::told(move || say!(words, store.backup_restore, count = count.get())),
                move || count.get() == 0,
                move || library.restore_backup(&chosen.get_untracked()),
            )}
        </div>
    }
}

#[component]
fn OfferedRow(offered: Offered, chosen: Held<Vec<PlanId>>) -> impl IntoView {
    let words = use_words();
    let Offered { id, title, saved, versions, standing } = offered;
    let choose = move |is_chosen: bool| {
        chosen.update(|all| {
            all.retain(|it| *it != id);
            if is_chosen {
                all.push(id);
            }
        });
    };
    let box_id = format!("backup-{id}");
    let of = box_id.clone();
    let title = move || title.clone().unwrap_or_else(|| say!(words, start.damaged).into_owned());
    let about = move || {
        let versions = (versions != 0).then(|| say!(words, store.with_versions, count = versions).into_owned());
        let parts = [Some(said(words, standing)), Some(when(saved)), versions];
        parts.into_iter().flatten().collect::<Vec<String>>().join(" · ")
    };
    view! {
        <li class="versions__item versions__item--choice">
            <input type="checkbox" id=box_id disabled=!standing.changes_something()
                prop:checked=move || chosen.with(|it| it.contains(&id))
                on:change:target=move |event| choose(event.target().checked())/>
            <label class="versions__what" for=of>
                <b>{move || title()}</b>
                <span class="muted">{move || about()}</span>
            </label>
        </li>
    }
}

fn said(words: Words, standing: Standing) -> String {
    match standing {
        Standing::New => say!(words, store.standing_new),
        Standing::Same => say!(words, store.standing_same),
        Standing::Newer => say!(words, store.standing_newer),
        Standing::Older => say!(words, store.standing_older),
        Standing::Harmed => say!(words, store.standing_harmed),
        Standing::Unreadable => say!(words, store.standing_unreadable),
    }
    .into_owned()
}
