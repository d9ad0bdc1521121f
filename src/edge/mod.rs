//! The doors: where plans and tables come in and go out as text and bytes.
//! Nothing from outside is trusted here, and nothing in here panics on it. No room in here knows the views.

pub mod address;
pub mod block;
pub mod chance;
pub mod clipboard;
pub mod clock;
pub mod columns;
pub mod encoding;
pub mod file;
pub mod import;
pub mod link;
pub mod picture;
pub mod pinyin;
pub mod plan_link;
pub mod returned;
pub mod scope;
pub mod seal;
pub mod store;
pub mod table;
pub mod trial;
pub mod update;
pub mod what_if;
pub mod xlsx;
