//! The answer in the screen's terms: the rows of sheets, the points of charts, the figures of the head of a page. No prose
//! and no colours; what is a word or a hue is decided in the views.

pub mod arrange;
pub mod beside;
pub mod calendar;
pub mod capacity;
pub mod chance;
pub mod chart;
pub mod consensus;
pub mod cut;
pub mod difference;
pub mod dots;
pub mod entry;
pub mod fairness;
pub mod figure;
pub mod find;
pub mod funnel;
pub mod goal;
pub mod heat;
pub mod icicle;
pub mod merged;
pub mod mix;
pub mod paste;
pub mod ready;
pub mod scenario;
pub mod sheet;
pub mod show;
pub mod waterfall;
pub mod workbook;
