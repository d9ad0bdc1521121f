//! Files: a plan goes out as JSON or a workbook, a table as CSV, and whatever comes in is looked at before anybody believes its name.
//!
//! Refused here: more bytes than a plan may have, before they are read. Nothing is opened or written but what was asked.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use super::link;
use super::store::Backup;
use crate::plan::Plan;
use crate::plan::check::Repair;
use crate::plan::migrate::{self, DecodeError, MAX_BYTES};

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Plan(Box<Plan>, Vec<Repair>),
    /// A text with a link in it, such as a saved message.
    Link(String),
    /// All plans of a machine.
    Backup(String),
    /// Anything else is looked at as a table.
    Table,
}

/// Why the bytes of a file did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    TooLong {
        bytes: usize,
    },
    /// It was moved, or the browser may not read it.
    Unreadable,
}

/// Tells a plan from a message and a table, by what is in the file: a chat may have renamed it. A plan in another
/// encoding than UTF-8 is refused, for its names would come out as boxes.
pub fn sort(name: &str, bytes: &[u8]) -> Result<Content, DecodeError> {
    let (text, is_text) = match str::from_utf8(bytes) {
        Ok(text) => (text, true),
        Err(error) => (str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(), false),
    };
    let inside = text.trim_start_matches('\u{feff}').trim_start();
    let is_plan = inside.starts_with('{') || name.to_ascii_lowercase().ends_with(".json");
    match (is_plan, is_text) {
        (true, true) if Backup::is_one(text) => Ok(Content::Backup(text.to_owned())),
        (true, true) => migrate::decode(text).map(|(plan, repairs)| Content::Plan(Box::new(plan), repairs)),
        (true, false) => Err(end_of(text)),
        (false, true) if link::find(text) => Ok(Content::Link(text.to_owned())),
        (false, _) => Ok(Content::Table),
    }
}

fn end_of(text: &str) -> DecodeError {
    let last = text.rsplit('\n').next().unwrap_or_default();
    DecodeError::NotJson { line: text.split('\n').count(), column: last.chars().count() + 1 }
}

/// The name of a file of some kind: a title without what some system forbids in names.
pub fn name_of(title: &str, ending: &str) -> String {
    const LONGEST: usize = 60;
    let forbidden = |it: char| it.is_control() || matches!(it, '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let safe: String = title.chars().map(|it| if forbidden(it) { '-' } else { it }).take(LONGEST).collect();
    let safe = safe.trim_matches(|it: char| it == '.' || it.is_whitespace());
    format!("{}.{ending}", if safe.is_empty() { "sextant" } else { safe })
}

/// What a plan is to a browser.
pub const PLAN: &str = "application/json";
/// And a table.
pub const TABLE: &str = "text/csv";

/// Hands a text to the browser as a download. False if the browser would not take it.
pub fn download(name: &str, kind: &str, text: &str) -> bool {
    try_download(name, kind, text).is_ok()
}

fn try_download(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options)?;
    hand_out(name, &blob)
}

/// The same, of bytes.
pub fn download_bytes(name: &str, kind: &str, bytes: &[u8]) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options);
    blob.is_ok_and(|it| hand_out(name, &it).is_ok())
}

/// The same, of bytes that the browser made itself.
pub fn download_blob(name: &str, blob: &Blob) -> bool {
    hand_out(name, blob).is_ok()
}

/// A browser may begin to read what it was handed only after the click that handed it out.
const READ_WITHIN_MS: i32 = 60_000;

fn hand_out(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let document = window.document().ok_or(JsValue::NULL)?;
    let url = Url::create_object_url_with_blob(blob)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.dyn_into().map_err(JsValue::from)?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    let let_go = Closure::once_into_js(move || _ = Url::revoke_object_url(&url));
    window.set_timeout_with_callback_and_timeout_and_arguments_0(let_go.unchecked_ref(), READ_WITHIN_MS).map(|_| ())
}

/// The bytes of a picked or dropped file.
pub async fn read(file: &File) -> Result<Vec<u8>, ReadError> {
    let bytes = file.size() as usize;
    if MAX_BYTES < bytes {
        return Err(ReadError::TooLong { bytes });
    }
    let buffer = file.array_buffer().await.map_err(|_| ReadError::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
