//! The first letters of Chinese names as they are typed: hdq for 华东区. By the browser's own order of Chinese, which every
//! character has a place in, so that no table of them is downloaded.
//!
//! A character of several readings goes by the one that the order knows it by. Whatever is no Chinese stays as it is.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use js_sys::{Array, Function, Intl, Object};
use wasm_bindgen::JsValue;

/// The first character of each letter in the order of pinyin. No reading begins with i, u or v.
const FIRSTS: [(char, &str); 23] = [
    ('a', "阿"),
    ('b', "八"),
    ('c', "嚓"),
    ('d', "哒"),
    ('e', "妸"),
    ('f', "发"),
    ('g', "旮"),
    ('h', "哈"),
    ('j', "讥"),
    ('k', "咔"),
    ('l', "垃"),
    ('m', "痳"),
    ('n', "拏"),
    ('o', "噢"),
    ('p', "妑"),
    ('q', "七"),
    ('r', "呥"),
    ('s', "扨"),
    ('t', "它"),
    ('w', "穵"),
    ('x', "夕"),
    ('y', "丫"),
    ('z', "帀"),
];

/// The order of Chinese, and the first letters of what was asked before: names have few characters, and many times.
pub struct Initials {
    order: Function,
    known: RefCell<BTreeMap<char, char>>,
}

impl Initials {
    /// In a browser without that order every name keeps its characters, and is found by them.
    pub fn new() -> Initials {
        let locales = Array::of1(&JsValue::from_str("zh-u-co-pinyin"));
        Initials { order: Intl::Collator::new(&locales, &Object::new()).compare(), known: RefCell::default() }
    }

    /// Which of two names comes first: Latin letters, then Chinese by pinyin.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        self.difference(&JsValue::from_str(one), other).partial_cmp(&0.0).unwrap_or(Ordering::Equal)
    }

    fn difference(&self, one: &JsValue, other: &str) -> f64 {
        let order = self.order.call2(&JsValue::UNDEFINED, one, &JsValue::from_str(other));
        order.ok().and_then(|it| it.as_f64()).unwrap_or(-1.0)
    }

    /// The first letter of each character of a name, spaces left out.
    pub fn of(&self, name: &str) -> String {
        name.chars().filter(|it| !it.is_whitespace()).map(|it| self.initial(it)).collect()
    }

    fn initial(&self, letter: char) -> char {
        if !('\u{4e00}'..='\u{9fff}').contains(&letter) {
            return letter.to_ascii_lowercase();
        }
        *self.known.borrow_mut().entry(letter).or_insert_with(|| {
            let text = JsValue::from_str(letter.encode_utf8(&mut [0; 4]));
            let comes_after = |first: &str| 0.0 <= self.difference(&text, first);
            FIRSTS.iter().rev().find(|(_, first)| comes_after(first)).map_or(letter, |(initial, _)| *initial)
        })
    }
}

impl Default for Initials {
    fn default() -> Initials {
        Initials::new()
    }
}
