//! The latest version of each plan once more, and the versions from before that are young, in IndexedDB (src/page/journal.js): what local storage has lost when the
//! browser was killed is put back from there at the next start.
//!
//! Refused: to fail. A browser without IndexedDB has no journal, and all else is as it was.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::slot::Slot;
use super::{Healed, PlanId, snapshot};
use crate::edge::clock;
use crate::plan::Plan;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = sextant, js_name = journalRead, catch)]
    fn journal_read() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = sextant, js_name = journalWrite, catch)]
    fn journal_write(name: &str, text: Option<&str>) -> Result<(), JsValue>;
}

/// What came of reading the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Plans that were put back where they belong.
    pub healed: Vec<Healed>,
    /// Plans for which there is no room: the later version, and the one that lies in local storage.
    pub homeless: Vec<(PlanId, Plan, Option<u64>)>,
}

/// Puts back what the journal knows later than local storage. Called once, before any plan is opened.
pub async fn settle() -> Settled {
    let mut settled = Settled::default();
    let Ok(reading) = journal_read() else { return settled };
    let Ok(read) = reading.await else { return settled };
    let texts: Vec<Option<String>> =
        read.dyn_into::<Array>().unwrap_or_default().iter().map(|it| it.as_string()).collect();
    let pairs = || texts.chunks_exact(2).filter_map(|it| Some((it[0].as_ref()?, it[1].as_ref()?)));
    for (name, text) in pairs() {
        let Ok(id) = name.parse::<PlanId>() else { continue };
        match super::heal(id, text) {
            Ok(healed) => settled.healed.extend(healed),
            Err(_) => {
                let plan = super::decode(&[(Slot::A, text.clone())]).plan;
                settled.homeless.extend(plan.ok().map(|(plan, _)| (id, plan, super::read(id).map(|it| it.rev))));
            }
        }
    }
    // Versions from before come after their plans: one of a plan that is gone is gone too.
    let now = clock::now();
    pairs().filter(|it| snapshot::is_one(it.0)).for_each(|(name, text)| snapshot::heal(name, text, now));
    settled
}

/// Keeps the text of a plan's latest version; without a text, forgets the plan.
pub(super) fn write(id: PlanId, text: Option<&str>) {
    put(&id.to_string(), text);
}

/// Keeps a text under a name; without a text, forgets it.
pub(super) fn put(name: &str, text: Option<&str>) {
    // Local storage has it too.
    _ = journal_write(name, text);
}
