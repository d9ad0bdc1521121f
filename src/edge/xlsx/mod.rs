//! Workbooks as Excel, WPS and LibreOffice read and write them (.xlsx): a zip of a few XML files.
//!
//! Written and read by ourselves, in some twenty kilobytes of the page. The packages for it take 329 and 232, compressed, and
//! their numbers go through floats; here a number is decimal text from the amount to the file and back. What comes in is
//! bounded while it is unpacked, whatever it says of its own size.
//!
//! Refused: macros, links to other files, formulas that come in (their last values are read), and formulas made of what
//! people named: a text is written as text.

mod read;
mod write;
mod xml;
mod zip;

pub use read::{Grid, Workbook, WorkbookError, is_workbook, named};
pub use write::{Book, Cell, Column, Look, Row, Rule, Sheet, Value, address, column_name};
