//! The doors: where plans and tables come in and go out as text and bytes.
//! Nothing from outside is trusted here, and nothing in here panics on it. No room in here knows the views.

pub mod link;
pub mod table;
