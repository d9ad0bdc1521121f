//! The first letters of Chinese names as they are typed: hdq for 华东区. By the browser's own order of Chinese, which every
//! character has a place in, so that no table of them is downloaded.
//!
//! A character of several readings goes by the one that the order knows it by. Whatever is no Chinese stays as it is.

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

/// The order of Chinese.
pub struct Initials(Function);

impl Initials {
    /// In a browser without that order every name keeps its characters, and is found by them.
    pub fn new() -> Initials {
        let locales = Array::of1(&JsValue::from_str("zh-u-co-pinyin"));
        Initials(Intl::Collator::new(&locales, &Object::new()).compare())
    }

    /// The first letter of each character of a name, spaces left out.
    pub fn of(&self, name: &str) -> String {
        name.chars().filter(|it| !it.is_whitespace()).map(|it| self.initial(it)).collect()
    }

    fn initial(&self, letter: char) -> char {
        if !('\u{4e00}'..='\u{9fff}').contains(&letter) {
            return letter.to_ascii_lowercase();
        }
        let text = JsValue::from_str(letter.encode_utf8(&mut [0; 4]));
        let comes_after = |first: &str| {
            let order = self.0.call2(&JsValue::UNDEFINED, &text, &JsValue::from_str(first));
            order.ok().and_then(|it| it.as_f64()).is_some_and(|it| it >= 0.0)
        };
        FIRSTS.iter().rev().find(|(_, first)| comes_after(first)).map_or(letter, |(initial, _)| *initial)
    }
}

impl Default for Initials {
    fn default() -> Initials {
        Initials::new()
    }
}
