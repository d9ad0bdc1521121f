//! Long lists and tables of which a changed copy shares what did not change.
//!
//! They are cut into pages of so many rows. To copy one is to share all pages; whoever writes to a page that is shared
//! gets a page of their own.

use std::ops::Index;
use std::sync::Arc;

/// Rows of a page.
const ROWS: usize = 64;

/// Rows of the same width, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages<T> {
    width: usize,
    height: usize,
    pages: Vec<Arc<Vec<T>>>,
}

impl<T: Clone> Pages<T> {
    pub fn new(height: usize, width: usize, value: T) -> Pages<T> {
        let rows = |first: usize| ROWS.min(height - first);
        let page = |first: usize| Arc::new(vec![value.clone(); rows(first) * width]);
        Pages { width, height, pages: (0..height).step_by(ROWS).map(page).collect() }
    }

    pub fn height(&self) -> usize {
        self.height
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn row(&self, row: usize) -> &[T] {
        let first = row % ROWS * self.width;
        &self.pages[row / ROWS][first..first + self.width]
    }

    pub fn row_mut(&mut self, row: usize) -> &mut [T] {
        let first = row % ROWS * self.width;
        &mut Arc::make_mut(&mut self.pages[row / ROWS])[first..first + self.width]
    }
}

impl<T> Pages<T> {
    pub fn get(&self, row: usize, column: usize) -> &T {
        &self.pages[row / ROWS][row % ROWS * self.width + column]
    }
}

/// A list: rows of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T>(Pages<T>);

impl<T: Clone> List<T> {
    pub fn new(len: usize, value: T) -> List<T> {
        List(Pages::new(len, 1, value))
    }

    pub fn set(&mut self, at: usize, value: T) {
        self.0.row_mut(at)[0] = value;
    }
}

impl<T> Index<usize> for List<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        self.0.get(at, 0)
    }
}
