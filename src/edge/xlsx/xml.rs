//! XML as far as workbooks use it: elements, attributes and text, told by their local names.
//!
//! Refused: entities but the five and numbers, so that nothing grows by being read; whatever a document type declares.

use std::borrow::Cow;
use std::fmt::Write;

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// An element begins; `is_closed` where it ends in the same place.
    Open {
        name: &'a str,
        attributes: Attributes<'a>,
        is_closed: bool,
    },
    Close(&'a str),
    Text(Cow<'a, str>),
}

/// The attributes of an element, not taken apart yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The value of an attribute, by its local name.
    pub fn get(self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.0;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|it| matches!(it, '"' | '\''))?;
            let (value, next) = after[1..].split_once(quote)?;
            if local(key.trim()) == name {
                return Some(unescaped(value));
            }
            rest = next;
        }
    }
}

/// Goes through a document, piece by piece; ends at the first place that is no XML.
pub struct Tokens<'a> {
    rest: &'a str,
}

pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { rest: text.trim_start_matches('\u{feff}') }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(inside) = self.rest.strip_prefix('<') else {
                let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
                self.rest = rest;
                return Some(Token::Text(unescaped(text)));
            };
            if let Some(data) = inside.strip_prefix("![CDATA[") {
                let (text, rest) = data.split_once("]]>")?;
                self.rest = rest;
                return Some(Token::Text(Cow::Borrowed(text)));
            }
            if let Some(comment) = inside.strip_prefix("!--") {
                self.rest = comment.split_once("-->")?.1;
                continue;
            }
            let end = end_of_tag(inside)?;
            let (tag, rest) = inside.split_at(end);
            self.rest = &rest[1..];
            if tag.starts_with(['?', '!']) {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                return Some(Token::Close(local(name.trim())));
            }
            let is_closed = tag.ends_with('/');
            let tag = tag.strip_suffix('/').unwrap_or(tag);
            let (name, attributes) = tag.split_at(tag.find(|it: char| it.is_ascii_whitespace()).unwrap_or(tag.len()));
            return Some(Token::Open { name: local(name), attributes: Attributes(attributes), is_closed });
        }
    }
}

/// A `>` within quotes ends nothing.
fn end_of_tag(inside: &str) -> Option<usize> {
    let mut quote = None;
    inside.bytes().position(|it| match quote {
        Some(open) => {
            if it == open {
                quote = None;
            }
            false
        }
        None => {
            if matches!(it, b'"' | b'\'') {
                quote = Some(it);
            }
            it == b'>'
        }
    })
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let entity = after.split_once(';').filter(|(it, _)| it.len() <= 8);
        match entity.and_then(|(it, next)| letter(it).map(|letter| (letter, next))) {
            Some((letter, next)) => {
                plain.push(letter);
                rest = next;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn letter(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

/// Text as it may stand in an element or an attribute. What XML has no room for is left out.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => _ = write!(escaped, "&#{};", u32::from(letter)),
            '\u{fffe}' | '\u{ffff}' => {}
            it if it.is_control() => {}
            it => escaped.push(it),
        }
    }
    escaped
}
