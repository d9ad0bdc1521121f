//! A what-if as the part of an address behind the `#`: the edits alone, for the plan that the receiver has.
//!
//! It says what the edits are called, which plan they were made over, and in what that one counts; what a plan says of them
//! is worked out where it is opened. In the envelope of `link`, as JSON in which what every edit has is a byte.
//!
//! Refused: an edit that no scenario may have, too many of them, and a text that the writer would have written otherwise.

use super::link::{self, Body, Form, MAX_CHARS};
use crate::plan::check::{self, Repair};
use crate::plan::{Edit, Plan, SCHEMA, Scenario, Unit, may_be_tried, weight};

/// What goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhatIfLink {
    /// The schema of plans that the edits are for.
    schema: u32,
    /// What it is called; empty where nobody said.
    pub name: String,
    /// What the plan is called that it was made over.
    pub title: String,
    pub unit: Unit,
    /// A checksum of that plan.
    base: u32,
    pub edits: Vec<Edit>,
}

/// What stands for each byte, from 1 on. A place once given is never given to another.
const SHORT: [&str; 31] = [
    "{\"goal\":{\"target\":",
    "{\"goal\":{\"",
    "{\"node\":{\"dimension\":\"organisation\",\"id\":",
    "{\"node\":{\"dimension\":\"product\",\"id\":",
    "{\"node\":{\"dimension\":\"customer\",\"id\":",
    "{\"node\":{\"dimension\":\"channel\",\"id\":",
    "{\"node\":{\"dimension\":\"time\",\"id\":",
    ",\"field\":{\"percent\":\"",
    ",\"field\":{\"weight\":\"",
    ",\"field\":{\"typed\":{\"part\":",
    ",\"field\":{\"lock\":{\"value\":",
    ",\"field\":{\"",
    ",\"whole\":",
    "{\"funnel\":{\"stage\":{\"id\":",
    "{\"funnel\":{\"source\":{\"id\":",
    "{\"funnel\":{\"order_value\":",
    "{\"capacity\":{\"crew\":{\"id\":",
    "{\"capacity\":{\"level\":{\"id\":",
    "{\"cell\":{\"at\":{\"pair\":{\"rows\":\"organisation\",\"columns\":\"time\"},\"row\":",
    ",\"position\":",
    ",\"item\":{\"name\":\"",
    "\",\"conversion\":\"",
    "\",\"leads\":\"",
    "\",\"conversions\":{\"",
    "\",\"cost\":",
    ",\"level\":",
    ",\"heads\":",
    ",\"start\":\"20",
    "\"money\":\"CNY\"",
    "\"node\":",
    "\"}}}",
];

/// Why no what-if came out of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhatIfError {
    /// It is none, or not as it is written.
    Damaged,
    /// Made by a newer version.
    Newer {
        schema: u32,
    },
    Field(String),
    /// An edit that no scenario may have, or too many.
    NotInAScenario,
}

impl WhatIfLink {
    /// The edits over a plan, as they are sent.
    pub fn of(base: &Plan, name: String, edits: Vec<Edit>) -> WhatIfLink {
        let (title, unit) = (base.title.clone(), base.unit.clone());
        WhatIfLink { schema: SCHEMA, name, title, unit, base: sum(base), edits }
    }

    /// It was made over this very plan.
    pub fn is_over(&self, plan: &Plan) -> bool {
        self.base == sum(plan)
    }

    /// What goes behind the `#`. None where that is too long for a link.
    pub fn write(&self) -> Option<String> {
        let body = self.body();
        (body.bytes.len() <= link::MAX_BYTES)
            .then(|| link::pack(body.form, &body.bytes))
            .filter(|it| it.len() <= MAX_CHARS)
    }

    /// What is in the link.
    pub fn body(&self) -> Body {
        Body { form: Form::WhatIf, bytes: shortened(self).into_bytes() }
    }

    /// What a link of the kind holds, and what of it had to be mended.
    pub fn read(bytes: &[u8]) -> Result<(WhatIfLink, Vec<Repair>), WhatIfError> {
        let given = str::from_utf8(bytes).map_err(|_| WhatIfError::Damaged)?;
        let long = |letter: u8| SHORT.get(usize::from(letter).wrapping_sub(1)).map_or(1, |it| it.len());
        if 4 * link::MAX_BYTES < given.bytes().map(long).sum() {
            return Err(WhatIfError::Damaged);
        }
        let text = (0..SHORT.len()).fold(given.to_owned(), |text, at| text.replace(byte(at), SHORT[at]));
        let parts: Written = serde_json::from_str(&text).map_err(|error| WhatIfError::Field(error.to_string()))?;
        let mut it = WhatIfLink::from(parts);
        if SCHEMA < it.schema {
            return Err(WhatIfError::Newer { schema: it.schema });
        }
        if shortened(&it) != given {
            return Err(WhatIfError::Damaged);
        }
        if !it.edits.iter().all(may_be_tried) || Scenario::HEAVIEST < weight(&it.edits) {
            return Err(WhatIfError::NotInAScenario);
        }
        let repairs = check::repair_edits(&mut it.name, &mut it.edits);
        Ok((it, repairs))
    }
}

/// Without the names of its fields, which are the same in every link.
type Written = (u32, String, String, Unit, u32, Vec<Edit>);

impl From<Written> for WhatIfLink {
    fn from((schema, name, title, unit, base, edits): Written) -> WhatIfLink {
        WhatIfLink { schema, name, title, unit, base, edits }
    }
}

/// The place of the list above.
fn byte(place: usize) -> char {
    char::from(place as u8 + 1)
}

fn shortened(it: &WhatIfLink) -> String {
    let written = (it.schema, &it.name, &it.title, &it.unit, it.base, &it.edits);
    let text = serde_json::to_string(&written).unwrap_or_default();
    // The longest first, so that none is taken apart by another.
    let mut longest: Vec<usize> = (0..SHORT.len()).collect();
    longest.sort_unstable_by_key(|it| usize::MAX - SHORT[*it].len());
    longest.into_iter().fold(text, |text, at| text.replace(SHORT[at], byte(at).encode_utf8(&mut [0])))
}

/// Of all that the edits of a scenario can speak of.
fn sum(plan: &Plan) -> u32 {
    let plan = Plan { scenarios: Default::default(), ..plan.clone() };
    link::sum(plan.to_compact_json().as_bytes())
}
